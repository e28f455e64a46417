//! The terminal is borrowed here and given back here. A process has one, and the panic hook must find it: so this is
//! the one place that knows whether it is borrowed, and how it was before.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::process::getpgrp;
use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr};

use super::output;

/// Who gets the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal keeps it, so that text can be selected.
    Free,
    /// Presses, drags and the wheel come as events.
    Captured,
}

static BORROWED: Mutex<Option<Borrowed>> = Mutex::new(None);

struct Borrowed {
    before: Termios,
    mouse: Mouse,
}

fn borrowed() -> MutexGuard<'static, Option<Borrowed>> {
    BORROWED.lock().unwrap_or_else(PoisonError::into_inner)
}

// What `borrow` switches on, `give_back` switches off, in the opposite order.
const ENTER: &str = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?2004h";
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
// The screen is cleared before it is left, for terminals without an alternate screen: no answer stays behind.
const LEAVE: &str = "\x1b[?2004l\x1b[0m\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h";

/// Ends a sequence that was cut off anywhere.
const CANCEL: &str = "\x18\x1b\\";
/// Only the last of these empties what has scrolled out of view in every terminal.
const NOTHING_LEFT: &str = "\x1b[0m\x1b[H\x1b[2J\x1b[3J";

/// How long a terminal that doesn't read may hold up the way out.
const PATIENCE: Duration = Duration::from_millis(500);

/// Shorter than the time after which a key that is held down comes again.
const HANDING_BACK: Duration = Duration::from_millis(20);

/// Raw mode, alternate screen, pasted text as one event, and the mouse if asked.
///
/// # Errors
///
/// When the terminal can't be set up.
pub fn borrow(mouse: Mouse) -> io::Result<()> {
    let mut borrowed = borrowed();
    // After a stop that the program couldn't see coming it is still borrowed, whatever the shell did to it since.
    let before = match borrowed.take() {
        Some(borrowed) => borrowed.before,
        None => tcgetattr(stdin())?,
    };
    let mut raw = before.clone();
    raw.make_raw();
    *borrowed = Some(Borrowed { before, mouse });
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    let mouse = if mouse == Mouse::Captured { MOUSE_ON } else { "" };
    output::write_now(format!("{ENTER}{mouse}").as_bytes())
}

/// Gives the terminal back if it is borrowed. Whatever fails on a dead terminal is passed over in silence, and one
/// that doesn't read is not waited for long.
pub fn give_back() {
    let Some(Borrowed { before, mouse }) = borrowed().take() else { return };
    let mouse = if mouse == Mouse::Captured { MOUSE_OFF } else { "" };
    output::write_last(&format!("{mouse}{LEAVE}"), PATIENCE);
    // In the background the terminal is the shell's, which has set it up for itself; touching it would stop us.
    if in_background() {
        return;
    }
    // Once keys make signals again, a Ctrl-C that is still held down makes the system drop what the terminal hasn't
    // read yet, and that would be all of the above. Nothing tells when it has been read, but it takes no longer.
    std::thread::sleep(HANDING_BACK);
    // What was typed for the questionnaire mustn't reach the shell as a command.
    let _ = tcflush(stdin(), QueueSelector::IFlush);
    let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
}

/// Leaves the screen empty to another program that is started on this terminal: nothing is left on it or above it,
/// and nothing that was typed ahead reaches that program. The terminal stays raw, so that no key makes a signal.
/// However the program before has left the terminal, half a sequence behind or its mouse on, makes no difference.
pub fn lend() {
    if borrowed().is_none() {
        return;
    }
    output::write_last(&format!("{CANCEL}{MOUSE_OFF}{LEAVE}{NOTHING_LEFT}"), PATIENCE);
    if let Ok(mut raw) = tcgetattr(stdin()) {
        raw.make_raw();
        let _ = tcsetattr(stdin(), OptionalActions::Now, &raw);
    }
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}

/// Whether the terminal is another program's at the moment, such as the shell's.
pub fn in_background() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|group| group != getpgrp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the modes that are switched by sequences such as `ESC [ ? 1049 h`.
    fn modes(sequences: &str, switch: char) -> Vec<&str> {
        let numbers = sequences.split("\x1b[?").skip(1).filter_map(|mode| mode.split_once(switch));
        numbers.map(|(number, _)| number).filter(|number| number.parse::<u16>().is_ok()).collect()
    }

    #[test]
    fn what_is_switched_on_is_switched_off_in_the_opposite_order() {
        let [on, off] = [format!("{ENTER}{MOUSE_ON}"), format!("{MOUSE_OFF}{LEAVE}")];
        let mut off = modes(&off, 'l');
        off.reverse();
        assert_eq!(modes(&on, 'h'), off);
        assert_eq!(off.len(), 5);
    }
}
