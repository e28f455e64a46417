//! The store, on every database that is there.

#![cfg(feature = "store")]

#[path = "store/clinic.rs"]
mod clinic;
#[path = "store/command.rs"]
mod command;
#[path = "store/erasing.rs"]
mod erasing;
#[path = "store/keeping.rs"]
mod keeping;
#[path = "store/verifying.rs"]
mod verifying;
