//! Places in the lists of a problem, each of its own type so that a vehicle is never taken for a site.

use serde::{Deserialize, Serialize};

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// Of a place in the list.
            pub const fn of(index: usize) -> Self {
                Self(index as u32)
            }
        }
    )*};
}

numbers! {
    /// A point on the map: `Problem::places`.
    PlaceNo,
    /// A facility that uses oxygen: `Problem::sites`.
    SiteNo,
    /// Where oxygen is loaded: `Problem::sources`.
    SourceNo,
    /// A vehicle: `Problem::vehicles`.
    VehicleNo,
    /// A contract: `Problem::contracts`.
    ContractNo,
    /// A ferry: `Roads::ferries`.
    FerryNo,
}
