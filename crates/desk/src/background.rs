//! Work that would hold up a thread that answers others: hashing of passwords, writing of files.

use store::StoreError;

use crate::failure::{Failure, Outcome};

/// Runs `work` on a thread of its own. A panic in it is the request's failure, not the program's.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Store(StoreError::Panicked(error.to_string())))
}
