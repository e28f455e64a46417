//! Commands that read standard input say so where that is a keyboard: otherwise they would seem to hang.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::words;

/// Says what is read from the keyboard, and how to give a file instead, where `input` means standard input and nobody
/// has sent anything else there.
pub fn announce(input: &Path, what: &str, instead: &str) {
    if input.as_os_str() == "-" && io::stdin().is_terminal() {
        // Who can't hear it can type all the same.
        let _ = writeln!(io::stderr(), "redflag: {}", words::from_keyboard(what, instead));
    }
}
