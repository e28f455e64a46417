//! The store, on every database that is there.

#![cfg(feature = "store")]

#[path = "store/clinic.rs"]
mod clinic;
#[path = "store/command.rs"]
mod command;
#[path = "store/erasing.rs"]
mod erasing;
#[path = "store/faults.rs"]
mod faults;
#[path = "store/keeping.rs"]
mod keeping;
#[cfg(feature = "postgres")]
#[path = "store/network.rs"]
mod network;
#[cfg(feature = "postgres")]
#[path = "store/roles.rs"]
mod roles;
#[cfg(feature = "postgres")]
#[path = "store/server.rs"]
mod server;
#[path = "store/verifying.rs"]
mod verifying;
