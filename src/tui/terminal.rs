//! The terminal is borrowed here and given back here, whatever the way out: the end of the questionnaire, a panic,
//! a signal, or a terminal that has gone.
//!
//! Input is read by this one thread, which sleeps in `poll` on the terminal and on a pipe that the signal handlers
//! write to. crossterm's own reader isn't used: it reads in a loop that never ends once the terminal has gone, it
//! waits without a limit for the rest of a broken sequence, and it leaves keys lying when more than 1024 bytes wait.

use std::io::{self, IsTerminal};
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use crossterm::event::Event;
use ratatui::Frame;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process};
use signal_hook::consts::{SIGCHLD, SIGCONT, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH};

use super::borrow::{borrow, give_back, in_background, lend};
use super::input::Input;
use super::large::{ASK, Large, Sizing};
use super::output::{self, Screen};
use crate::system::signals::{Ending, Second, Signals};
use crate::system::stream::{Stream, timespec};

pub use super::borrow::Mouse;

/// Why [`Terminal::next`] has returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Everything that has come in, at least one; draw once after all of them.
    Events(Vec<Event>),
    /// Nothing has come in for as long as was asked.
    Tick,
    /// What [`Terminal::listen`] has named can be read.
    Told,
    /// Leave now, with [`Ending::status`].
    Ended(Ending),
}

/// The borrowed terminal. It is given back when this is dropped.
pub struct Terminal {
    screen: ratatui::Terminal<Screen>,
    from: Stream,
    input: Input,
    signals: Signals,
    mouse: Mouse,
    /// Anybody may be at it, so that no key and no signal that a key can make ends or stops the program.
    is_public: bool,
    also: Option<BorrowedFd<'static>>,
    ending: Option<Ending>,
    /// A frame was not drawn, because the one before it has not gone out yet.
    behind: bool,
    sizing: Sizing,
    /// What is on the screen in larger letters.
    large: Option<Large>,
}

impl Terminal {
    /// Borrows the terminal: raw mode, alternate screen, pasted text as one event, and the mouse if asked. From now
    /// on signals that end a program are only noted, and stay so when it has been given back, until
    /// [`release`](crate::system::signals::release) is called.
    ///
    /// # Errors
    ///
    /// When standard input or output is no terminal, or the terminal can't be set up. It is then as it was.
    pub fn take(mouse: Mouse) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::other("standard input and output are not both terminals"));
        }
        let signals = Signals::take(&[SIGWINCH, SIGCONT, SIGTSTP], Second::Noted)?;
        Terminal::with(mouse, signals, false)
    }

    /// Borrows a terminal that anybody may be at. Only SIGTERM and the end of the terminal end the program, and nothing
    /// stops it.
    ///
    /// # Errors
    ///
    /// As for [`Terminal::take`].
    pub fn take_public(mouse: Mouse) -> io::Result<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::other("standard input and output are not both terminals"));
        }
        let others = [SIGWINCH, SIGCONT, SIGTSTP, SIGINT, SIGQUIT, SIGCHLD];
        let signals = Signals::obeying(&[Ending::Terminated, Ending::HungUp], &others, Second::Noted)?;
        Terminal::with(mouse, signals, true)
    }

    fn with(mouse: Mouse, signals: Signals, is_public: bool) -> io::Result<Self> {
        let screen = ratatui::Terminal::new(Screen::new())?;
        let terminal = Terminal {
            screen,
            from: Stream::input(),
            input: Input::default(),
            signals,
            mouse,
            is_public,
            also: None,
            ending: None,
            behind: false,
            sizing: Sizing::default(),
            large: None,
        };
        borrow(mouse)?;
        Ok(terminal)
    }

    /// Asks whether the terminal writes larger letters, before the first frame. Nothing waits for the answer; with
    /// [`Event::Resize`] it is known, see [`Terminal::writes_larger`].
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn ask_for_larger(&mut self) -> io::Result<()> {
        self.sizing.asked(Instant::now());
        self.send(ASK)
    }

    /// The terminal has said that it writes larger letters.
    pub fn writes_larger(&self) -> bool {
        self.sizing.is_there()
    }

    /// After each frame: writes what of it is in larger letters, unless it is there already.
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn enlarge(&mut self, large: Option<Large>) -> io::Result<()> {
        if self.behind || self.ending.is_some() || self.large == large {
            return Ok(());
        }
        self.large = large;
        match &self.large {
            Some(large) => {
                let written = output::write_now(large.sequence().as_bytes());
                self.unless_gone(written)
            }
            None => Ok(()),
        }
    }

    fn clear(&mut self) -> io::Result<()> {
        self.large = None;
        self.screen.clear()
    }

    /// From now on [`Terminal::next`] returns [`Wake::Told`] when this can be read too, or has come to its end.
    pub fn listen(&mut self, also: BorrowedFd<'static>) {
        self.also = Some(also);
    }

    /// Leaves the terminal to another program that runs on it, with nothing on the screen and nothing typed ahead;
    /// [`Terminal::take_back`] ends that.
    pub fn lend(&mut self) {
        self.input = Input::default();
        lend();
    }

    /// Takes the terminal again that was lent. Draw a frame afterwards.
    ///
    /// # Errors
    ///
    /// When the terminal can't be set up.
    pub fn take_back(&mut self) -> io::Result<()> {
        borrow(self.mouse)?;
        self.clear()
    }

    /// The signals that come in, for waiting while the terminal is lent.
    pub fn signals(&self) -> &Signals {
        &self.signals
    }

    /// Draws a frame and writes it at once. A terminal that has gone is no error here: the next [`Terminal::next`]
    /// reports it. Nothing is drawn any more once there is a reason to leave, and nothing as long as the terminal has
    /// not taken the frame before: [`Terminal::next`] returns when it has.
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        if self.ending.is_some() {
            return Ok(());
        }
        self.behind = output::waits();
        if self.behind {
            return Ok(());
        }
        let drawn = self.screen.draw(render).map(drop);
        self.unless_gone(drawn)
    }

    /// Writes a sequence that shows nothing and moves nothing. A terminal that has gone is no error, as in
    /// [`Terminal::draw`], and one that doesn't read doesn't get it.
    ///
    /// # Errors
    ///
    /// When the terminal is there and can't be written to.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        if output::waits() {
            return Ok(());
        }
        self.unless_gone(output::write_now(sequence.as_bytes()))
    }

    fn unless_gone(&mut self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error) if output::is_gone(&error) => {
                self.ending = self.ending.or(Some(Ending::HungUp));
                Ok(())
            }
            written => written,
        }
    }

    /// Waits for input or a signal, at most as long as `wait`. As long as the terminal has not taken everything,
    /// nobody sees what a key would do, so keys wait.
    ///
    /// [`Event::Resize`] stands for every reason to draw again: another size, or the program was stopped and goes
    /// on. Once it has returned [`Wake::Ended`] it always does.
    pub fn next(&mut self, wait: Duration) -> Wake {
        let mut events = Vec::new();
        // A wait too long for the clock is as good as a day.
        let now = Instant::now();
        let end = now.checked_add(wait).unwrap_or(now + Duration::from_secs(86_400));
        while self.ending.is_none() {
            let ready = self.sleep_until(end);
            if self.ending.is_some() {
                break;
            }
            if ready.signal {
                // What was there to read may be gone by the time that this returns: the program was perhaps stopped
                // meanwhile. So nothing is read before it has been asked for again.
                self.answer_signals(&mut events);
            } else if ready.output {
                let written = output::write_now(&[]);
                if self.unless_gone(written).is_err() {
                    self.ending = Some(Ending::HungUp);
                }
                if !output::waits() && std::mem::take(&mut self.behind) {
                    return Wake::Tick;
                }
            } else if ready.input {
                self.read(&mut events);
            }
            if self.ending.is_some() {
                break;
            }
            if !ready.output && !output::waits() {
                self.input.give_up_waiting(Instant::now(), &mut events);
            }
            if ready.told && events.is_empty() {
                return Wake::Told;
            }
            if !events.is_empty() {
                #[cfg(debug_assertions)]
                crate::system::secrecy::panic_if_a_test_asks("1");
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
        if self.is_public || getsid(None).is_ok_and(|session| session == getpgrp()) {
            return Ok(false);
        }
        self.signals.came(SIGCONT);
        give_back();
        // The terminal would stop the whole group. A parent such as `sudo` or `cargo run`, left running, would keep
        // the shell from coming back.
        kill_current_process_group(Signal::TSTP)?;
        self.stop_here()?;
        Ok(true)
    }

    /// Stops until SIGCONT, then takes the terminal back, unless the program was woken up to end. Woken up by `bg`,
    /// it stops again: setting up the terminal would stop it too, but then SIGTERM couldn't end it.
    fn stop_here(&mut self) -> io::Result<()> {
        loop {
            // A SIGCONT that has come while the terminal was given back is the only one that comes.
            let goes_on = self.signals.came(SIGCONT);
            if !goes_on && self.signals.ended().is_none() {
                kill_process(getpid(), Signal::STOP)?;
                self.signals.came(SIGCONT);
            }
            // The signal that `suspend` has sent to the group is not obeyed twice.
            self.signals.came(SIGTSTP);
            self.ending = self.ending.or(self.signals.ended());
            if self.ending.is_some() {
                return Ok(());
            }
            if !in_background() {
                return self.take_again();
            }
        }
    }

    fn take_again(&mut self) -> io::Result<()> {
        if in_background() {
            return self.stop_here();
        }
        borrow(self.mouse)?;
        self.clear()
    }

    /// Sleeps until something is ready, half a sequence has waited for long enough, or `end`.
    fn sleep_until(&mut self, end: Instant) -> Come {
        let waits = output::waits();
        let patience = self.input.patience_ends().filter(|_| !waits);
        let until = patience.map_or(end, |patience| patience.min(end));
        let timeout = timespec(until.saturating_duration_since(Instant::now()));
        // Without anything to ask for, `poll` says that the terminal has gone.
        let input = if waits { PollFlags::empty() } else { PollFlags::IN };
        let output = if waits { PollFlags::OUT } else { PollFlags::empty() };
        let also = if self.also.is_some() { PollFlags::IN } else { PollFlags::empty() };
        let mut fds = [
            PollFd::from_borrowed_fd(self.from.fd(), input),
            PollFd::from_borrowed_fd(self.signals.wake(), PollFlags::IN),
            PollFd::from_borrowed_fd(output::stream().fd(), output),
            // Where nothing else is listened to, once more what is waited for anyway.
            PollFd::from_borrowed_fd(self.also.unwrap_or(self.signals.wake()), also),
        ];
        let polled = poll(&mut fds, Some(&timeout));
        let [input, signal, output, told] = fds.map(|fd| fd.revents());
        match polled {
            Ok(_) => {}
            Err(Errno::INTR) => return Come { signal: true, ..Come::default() },
            Err(_) => self.ending = Some(Ending::HungUp),
        }
        if (input | output).intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            // Where a signal has said so too, it may have been another one, which counts.
            self.ending = self.signals.ended().or(Some(Ending::HungUp));
        }
        Come {
            input: input.contains(PollFlags::IN),
            signal: !signal.is_empty(),
            output: output.contains(PollFlags::OUT),
            told: self.also.is_some() && !told.is_empty(),
        }
    }

    fn read(&mut self, events: &mut Vec<Event>) {
        // Not on the stack, where what was pasted would stay: what is freed is overwritten, see `main.rs`.
        let mut bytes = vec![0; 4096];
        match self.from.read_some(&mut bytes) {
            // A terminal in raw mode has no end of file, so this one has gone.
            Ok(Some(0)) | Err(_) => self.ending = Some(Ending::HungUp),
            Ok(Some(count)) => self.input.feed(&bytes[..count], Instant::now(), events),
            Ok(None) => {}
        }
        let now = Instant::now();
        let places = self.input.take_places();
        let mut is_new = false;
        for place in places {
            is_new |= self.sizing.answer(place, now);
        }
        if let (true, Ok(size)) = (is_new, self.screen.size()) {
            events.push(Event::Resize(size.width, size.height));
        }
    }

    fn answer_signals(&mut self, events: &mut Vec<Event>) {
        self.signals.woken();
        let [stop, went_on, resized] = [SIGTSTP, SIGCONT, SIGWINCH].map(|signal| self.signals.came(signal));
        self.ending = self.ending.or(self.signals.ended());
        if self.ending.is_some() {
            return;
        }
        let stop = stop && !self.is_public;
        let ready = if stop && !went_on {
            give_back();
            self.stop_here()
        } else if stop || went_on {
            // Nothing tells which of the two came first. A stop after which nobody wakes us up is the worse mistake.
            self.take_again()
        } else if resized {
            // Even when the size is the same as before: a window made smaller and larger again has cut its text off.
            self.clear()
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
    }
}

/// What has come.
#[derive(Default)]
struct Come {
    input: bool,
    signal: bool,
    /// The terminal takes more of what waits.
    output: bool,
    /// By [`Terminal::listen`].
    told: bool,
}
