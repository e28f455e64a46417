//! Shell 2: the full screen.

pub mod app;
pub mod draft;
pub mod draw;
pub mod field;
mod guard;
pub mod keys;
pub mod theme;
mod words;
