//! What somebody sees of supply.
