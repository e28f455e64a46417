//! Shell 2: the full screen. Keys in, frames out; the interview itself is in [`crate::interview`].

pub mod app;
mod borrow;
pub mod clipboard;
pub mod draft;
pub mod draw;
pub mod failed;
pub mod field;
pub(crate) mod guard;
mod input;
pub mod keys;
pub mod large;
mod output;
pub mod pad;
pub mod policy;
mod run;
mod section_keys;
mod sequence;
pub mod terminal;
pub mod theme;
mod words;

pub use borrow::give_back;
pub use run::{Outcome, pass_on, run};

/// The events in bytes that come from a terminal in these pieces, without a pause between them and with one after the
/// last: what the decoder makes of any bytes, for tests from outside.
pub fn decoded(pieces: &[&[u8]]) -> Vec<crossterm::event::Event> {
    let (mut input, mut events) = (input::Input::default(), Vec::new());
    let start = std::time::Instant::now();
    for piece in pieces {
        input.feed(piece, start, &mut events);
    }
    input.give_up_waiting(start + std::time::Duration::from_secs(60), &mut events);
    events
}
