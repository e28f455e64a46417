//! The store, on every database that is there.

#[path = "store/clinic.rs"]
mod clinic;
#[path = "store/keeping.rs"]
mod keeping;
