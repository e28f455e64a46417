//! Shell 2: the full screen. Keys in, frames out; the interview itself is in [`crate::interview`].

pub mod app;
mod clipboard;
pub mod draft;
pub mod draw;
pub mod field;
mod guard;
mod input;
pub mod keys;
mod output;
mod run;
mod sequence;
pub mod terminal;
pub mod theme;
mod words;

pub use run::{Outcome, run};
