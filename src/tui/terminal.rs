//! The terminal is borrowed here and given back here, whatever the way out: the end of the questionnaire, a panic,
//! a signal, or a terminal that has gone.
//!
//! Input is read by this one thread, which sleeps in `poll` on the terminal and on a pipe that the signal handlers
//! write to. crossterm's own reader isn't used: it reads in a loop that never ends once the terminal has gone, it
//! waits without a limit for the rest of a broken sequence, and it leaves keys lying when more than 1024 bytes wait.

use std::io::{self, IsTerminal, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::Event;
use ratatui::Frame;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process};
use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetpgrp, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

use super::input::Input;
use super::output::{self, Screen};

const SIGNALS: [i32; 6] = [SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGCONT, SIGTSTP];
const SIGNALS_THAT_END_OR_STOP: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGTSTP];

/// Who gets the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal keeps it, so that text can be selected.
    Free,
    /// Presses, drags and the wheel come as events.
    Captured,
}

/// Why [`Terminal::next`] has returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Everything that has come in, at least one; draw once after all of them.
    Events(Vec<Event>),
    /// Nothing has come in for as long as was asked.
    Tick,
    /// Leave now, with [`Ending::status`].
    Ended(Ending),
}

/// Why the program has to leave without having been told so by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// SIGTERM.
    Terminated,
    /// SIGHUP, or the terminal has gone, with a signal or without.
    HungUp,
    /// SIGINT sent by another program; Ctrl-C on the keyboard comes as a key.
    Interrupted,
}

impl Ending {
    /// The exit status: 128 and the number of the signal, as shells report it.
    pub fn status(self) -> u8 {
        match self {
            Ending::Terminated => 143,
            Ending::HungUp => 129,
            Ending::Interrupted => 130,
        }
    }
}

/// The borrowed terminal. It is given back when this is dropped.
pub struct Terminal {
    screen: ratatui::Terminal<Screen>,
    input: Input,
    signals: SignalDelivery<UnixStream, SignalOnly>,
    mouse: Mouse,
    ending: Option<Ending>,
}

impl Terminal {
    /// Borrows the terminal: raw mode, alternate screen, pasted text as one event, and the mouse if asked.
    /// From now on a panic gives it back and prints where it happened, but never what it says, because that could
    /// hold an answer.
    ///
    /// # Errors
    ///
    /// When standard input or output is no terminal, or the terminal can't be set up. It is then as it was.
    pub fn take(mouse: Mouse) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::other("standard input and output are not both terminals"));
        }
        restore_before_panic_messages();
        let (read, write) = UnixStream::pair()?;
        let signals = SignalDelivery::with_pipe(read, write, SignalOnly, SIGNALS)?;
        released()?.store(false, Ordering::SeqCst);
        let screen = ratatui::Terminal::new(Screen::new())?;
        let terminal = Terminal { screen, input: Input::default(), signals, mouse, ending: None };
        borrow(mouse)?;
        Ok(terminal)
    }

    /// Draws a frame and writes it at once. A terminal that has gone is no error here: the next [`Terminal::next`]
    /// reports it. Nothing is drawn any more once there is a reason to leave.
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.ending.is_some() {
            return Ok(());
        }
        match self.screen.draw(render) {
            Ok(_) => Ok(()),
            Err(error) if output::is_gone(&error) => {
                self.ending = Some(Ending::HungUp);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Writes a sequence that shows nothing and moves nothing. A terminal that has gone is no error, as in
    /// [`Terminal::draw`].
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        match output::write_now(sequence.as_bytes()) {
            Err(error) if output::is_gone(&error) => {
                self.ending = self.ending.or(Some(Ending::HungUp));
                Ok(())
            }
            sent => sent,
        }
    }

    /// Waits for input or a signal, at most as long as `wait`.
    ///
    /// [`Event::Resize`] stands for every reason to draw again: another size, or the program was stopped and goes
    /// on. Once it has returned [`Wake::Ended`] it always does.
    pub fn next(&mut self, wait: Duration) -> Wake {
        let mut events = Vec::new();
        // A wait too long for the clock is as good as a day.
        let now = Instant::now();
        let end = now.checked_add(wait).unwrap_or(now + Duration::from_secs(86_400));
        while self.ending.is_none() {
            let (input_ready, signal_ready) = self.sleep_until(end);
            if signal_ready {
                self.answer_signals(&mut events);
            }
            if input_ready && self.ending.is_none() {
                self.read(&mut events);
            }
            self.input.give_up_waiting(Instant::now(), &mut events);
            if self.ending.is_some() {
                break;
            }
            if !events.is_empty() {
                #[cfg(debug_assertions)]
                panic_if_a_test_asks();
                return Wake::Events(events);
            }
            if Instant::now() >= end {
                return Wake::Tick;
            }
        }
        Wake::Ended(self.ending.unwrap_or(Ending::HungUp))
    }

    /// Stops the program as Ctrl-Z does in a shell, and returns when it goes on. `false` when there is no shell that
    /// could wake it up again, because the program is all that runs in its window; it hasn't been stopped then.
    /// Draw a frame afterwards.
    ///
    /// # Errors
    ///
    /// When the terminal can't be borrowed again.
    pub fn suspend(&mut self) -> io::Result<bool> {
        if getsid(None).is_ok_and(|session| session == getpgrp()) {
            return Ok(false);
        }
        give_back();
        // The terminal would stop the whole group. A parent such as `sudo` or `cargo run`, left running, would keep
        // the shell from coming back.
        kill_current_process_group(Signal::TSTP)?;
        self.stop_here()?;
        Ok(true)
    }

    /// Stops until SIGCONT, then takes the terminal back, unless the program was woken up to end.
    fn stop_here(&mut self) -> io::Result<()> {
        kill_process(getpid(), Signal::STOP)?;
        // Woken up. The signal that `suspend` has sent to the group is still noted, so it is not obeyed twice.
        for signal in self.signals.pending() {
            self.ending = self.ending.or(ending(signal));
        }
        if self.ending.is_none() { self.take_again() } else { Ok(()) }
    }

    fn take_again(&mut self) -> io::Result<()> {
        if in_background() {
            // Woken up by `bg`. Setting up the terminal would stop us too, but then SIGTERM couldn't end us.
            return self.stop_here();
        }
        borrow(self.mouse)?;
        self.screen.clear()
    }

    /// Sleeps until there is input, a signal, the end of patience with a half sequence, or `end`.
    fn sleep_until(&mut self, end: Instant) -> (bool, bool) {
        let until = self.input.patience_ends().map_or(end, |patience| patience.min(end));
        let left = until.saturating_duration_since(Instant::now());
        let timeout = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
        let input = stdin();
        let mut fds =
            [PollFd::new(&input, PollFlags::IN), PollFd::new(self.signals.get_read(), PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) => {}
            Err(Errno::INTR) => return (false, true),
            Err(_) => self.ending = Some(Ending::HungUp),
        }
        let [input, signal] = [fds[0].revents(), fds[1].revents()];
        if input.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            self.ending = Some(Ending::HungUp);
        }
        (input.contains(PollFlags::IN), !signal.is_empty())
    }

    fn read(&mut self, events: &mut Vec<Event>) {
        let mut bytes = [0; 4096];
        match rustix::io::read(stdin(), &mut bytes) {
            // A terminal in raw mode has no end of file, so this one has gone.
            Ok(0) => self.ending = Some(Ending::HungUp),
            Ok(count) => self.input.feed(&bytes[..count], Instant::now(), events),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.ending = Some(Ending::HungUp),
        }
    }

    fn answer_signals(&mut self, events: &mut Vec<Event>) {
        let (mut stop, mut went_on, mut resized) = (false, false, false);
        for signal in self.signals.pending() {
            self.ending = self.ending.or(ending(signal));
            stop |= signal == SIGTSTP;
            went_on |= signal == SIGCONT;
            resized |= signal == SIGWINCH;
        }
        if self.ending.is_some() {
            return;
        }
        let ready = if stop {
            give_back();
            self.stop_here()
        } else if went_on {
            self.take_again()
        } else if resized {
            // Even when the size is the same as before: a window made smaller and larger again has cut its text off.
            self.screen.clear()
        } else {
            return;
        };
        match ready.and_then(|()| self.screen.size()) {
            Ok(size) => events.push(Event::Resize(size.width, size.height)),
            Err(_) => self.ending = Some(Ending::HungUp),
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
        if let Ok(released) = released() {
            released.store(true, Ordering::SeqCst);
        }
    }
}

fn ending(signal: i32) -> Option<Ending> {
    match signal {
        SIGTERM => Some(Ending::Terminated),
        SIGHUP => Some(Ending::HungUp),
        SIGINT => Some(Ending::Interrupted),
        _ => None,
    }
}

/// A process has one terminal, and the panic hook must find it: so this is the one place that knows whether the
/// terminal is borrowed, and how it was before.
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

/// Shorter than the time after which a key that is held down comes again.
const HANDING_BACK: Duration = Duration::from_millis(20);

fn borrow(mouse: Mouse) -> io::Result<()> {
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

/// Gives the terminal back if it is borrowed. Whatever fails on a dead terminal is passed over in silence.
fn give_back() {
    let Some(Borrowed { before, mouse }) = borrowed().take() else { return };
    let mouse = if mouse == Mouse::Captured { MOUSE_OFF } else { "" };
    let _ = output::write_now(format!("{mouse}{LEAVE}").as_bytes());
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

fn in_background() -> bool {
    tcgetpgrp(stdin()).is_ok_and(|group| group != getpgrp())
}

fn restore_before_panic_messages() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|panic| {
            give_back();
            let place = panic.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
            let place = place.unwrap_or_default();
            // Not `eprintln!`, which would panic again without a terminal.
            let _ = writeln!(io::stderr(), "redflag stopped because of a mistake in the program{place}");
            // Nothing unwinds in the released program, and an abort would leave a core file with the answers.
            std::process::exit(101);
        }));
    });
}

/// Whether the terminal has been given back for good. Signals then do again what they do to any program: a handler,
/// once installed, stays, and would swallow them.
fn released() -> io::Result<&'static Arc<AtomicBool>> {
    static RELEASED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    if let Some(released) = RELEASED.get() {
        return Ok(released);
    }
    let released = Arc::new(AtomicBool::new(false));
    for signal in SIGNALS_THAT_END_OR_STOP {
        signal_hook::flag::register_conditional_default(signal, released.clone())?;
    }
    Ok(RELEASED.get_or_init(|| released))
}

/// Lets the end-to-end tests see what a panic leaves behind.
#[cfg(debug_assertions)]
fn panic_if_a_test_asks() {
    if std::env::var_os("REDFLAG_TEST_PANIC").is_some() {
        panic!("what a panic says can hold an answer");
    }
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
