//! The full-screen shell: keys in, frames out. The interview itself is in [`crate::interview`].

pub mod input;
pub mod output;
pub mod sequence;
pub mod terminal;
