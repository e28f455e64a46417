//! The signals that end a program. They are noted, so that a terminal is given back and a report is written whole
//! before the program ends.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::{flag, low_level};

use super::stream::{Ready, poll};

/// Why a program has to end without having been asked to on its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// SIGTERM.
    Terminated,
    /// SIGHUP, or the terminal has gone, with a signal or without.
    HungUp,
    /// SIGINT: Ctrl-C where keys make signals, or sent by another program.
    Interrupted,
    /// SIGQUIT: Ctrl-\ where keys make signals, or sent by another program.
    Quit,
    /// SIGABRT sent by another program, such as one that watches over this one.
    Aborted,
}

impl Ending {
    const ALL: [Ending; 5] =
        [Ending::Terminated, Ending::HungUp, Ending::Interrupted, Ending::Quit, Ending::Aborted];

    fn signal(self) -> i32 {
        match self {
            Ending::Terminated => SIGTERM,
            Ending::HungUp => SIGHUP,
            Ending::Interrupted => SIGINT,
            Ending::Quit => SIGQUIT,
            Ending::Aborted => SIGABRT,
        }
    }

    /// The exit status: 128 and the number of the signal, as shells report it.
    pub fn status(self) -> u8 {
        128 + self.signal() as u8
    }

    /// Ends the program as the signal does by itself.
    pub fn end_by_signal(self) {
        let _ = low_level::emulate_default_handler(self.signal());
    }
}

/// What a second signal does while the first one is being obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// It is noted too. Terminals that go and programs that end others often send two at once.
    Noted,
    /// It ends the program at once.
    Ends,
}

/// The signals of one program, noted.
pub struct Signals {
    wake: UnixStream,
    /// The number of the last one that ends the program, or 0.
    ended: Arc<AtomicUsize>,
    /// Others that are of interest, and whether they came.
    others: Vec<(i32, Arc<AtomicBool>)>,
}

impl Signals {
    /// From now on the signals that end a program only are noted, and these others too. One that was to be passed
    /// over when the program was started, as `nohup` says, goes on being passed over.
    ///
    /// # Errors
    /// When the system can't do that.
    pub fn take(others: &[i32], second: Second) -> io::Result<Signals> {
        Signals::obeying(&Ending::ALL, others, second)
    }

    /// From now on only these signals end the program, and they are noted as by [`Signals::take`]; of the others in
    /// [`Ending`] none does anything, if it is in `others`.
    ///
    /// # Errors
    /// When the system can't do that.
    pub fn obeying(endings: &[Ending], others: &[i32], second: Second) -> io::Result<Signals> {
        let (wake, write) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let (ended, released) = (Arc::new(AtomicUsize::new(0)), released());
        released.store(false, Ordering::SeqCst);
        let passed_over = passed_over();
        let is_obeyed = |signal: &i32| passed_over >> (signal - 1) & 1 == 0;
        for signal in endings.iter().map(|ending| ending.signal()).filter(is_obeyed) {
            flag::register_conditional_default(signal, Arc::clone(released))?;
            if second == Second::Ends {
                flag::register(signal, Arc::clone(released))?;
            }
            flag::register_usize(signal, Arc::clone(&ended), signal as usize)?;
            low_level::pipe::register(signal, write.try_clone()?)?;
        }
        let mut flags = Vec::new();
        for &signal in others {
            if signal == SIGTSTP {
                flag::register_conditional_default(signal, Arc::clone(released))?;
            }
            let came = Arc::new(AtomicBool::new(false));
            flag::register(signal, Arc::clone(&came))?;
            low_level::pipe::register(signal, write.try_clone()?)?;
            flags.push((signal, came));
        }
        Ok(Signals { wake, ended, others: flags })
    }

    /// Why the program has to end, if it has to.
    pub fn ended(&self) -> Option<Ending> {
        self.asker().ended()
    }

    /// What can be asked whether the program has to end, from anywhere.
    pub fn asker(&self) -> Asker {
        Asker(Arc::clone(&self.ended))
    }

    /// Whether this one of the others has come since it was asked for last.
    pub fn came(&self, signal: i32) -> bool {
        let flag = self.others.iter().find(|(known, _)| *known == signal);
        flag.is_some_and(|(_, came)| came.swap(false, Ordering::SeqCst))
    }

    /// What can be read from when a signal has come. Call [`Signals::woken`] then, before asking which.
    pub fn wake(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }

    /// Makes [`Signals::wake`] wait for the next signal.
    pub fn woken(&self) {
        let mut bytes = [0; 64];
        while matches!((&self.wake).read(&mut bytes), Ok(1..)) {}
    }

    /// Sleeps for so long, or until a signal comes. `true`: the program has to end.
    pub fn wait(&self, so_long: Duration) -> bool {
        if let Ok([true]) = poll([(self.wake(), Ready::ToRead)], Some(so_long)) {
            self.woken();
        }
        self.ended().is_some()
    }
}

/// The signals that are passed over, the first in the lowest bit. Only Linux says it in a way that needs no unsafe
/// code.
fn passed_over() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

/// Tells whether the program has to end.
#[derive(Clone)]
pub struct Asker(Arc<AtomicUsize>);

impl Asker {
    pub fn ended(&self) -> Option<Ending> {
        let number = self.0.load(Ordering::SeqCst);
        Ending::ALL.into_iter().find(|ending| ending.signal() as usize == number)
    }
}

/// From now on a signal does again what it does to any program: nothing has to be finished first any more, and what
/// follows may wait for ever. (A handler, once installed, stays, and would swallow it.)
pub fn release() {
    released().store(true, Ordering::SeqCst);
}

fn released() -> &'static Arc<AtomicBool> {
    static RELEASED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    RELEASED.get_or_init(Arc::default)
}
