//! What can go wrong in the system around the program: a signal, a terminal that doesn't read, a pipe in the place of
//! a file, a time zone that is no time zone, a core file. Everything here either answers soon or can be ended.

pub mod clock;
pub mod command;
pub mod files;
pub mod hidden;
pub mod pin;
pub mod secrecy;
pub mod signals;
pub mod stream;
