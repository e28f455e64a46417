//! Standard input and output, and pipes, without ever waiting in the middle of a read or a write: waiting is done in
//! `poll`, where a signal ends it.
//!
//! A terminal that is handed to the program is shared with others, such as the shell, and making it non-blocking
//! would make it so for them. So the terminal is opened once more, for the program alone. Where that can't be done,
//! a write to a terminal that reads nothing may still wait.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::process::getsid;
use rustix::stdio::{stderr, stdin, stdout};
use rustix::termios::{isatty, tcgetsid, ttyname};

use super::signals::Signals;

/// A pipe that is ready takes as much at once.
const PIECE: usize = 4096;

/// What to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    ToRead,
    ToWrite,
}

/// Waits until one of them is ready or at its end, and says which are. After a signal none may be.
///
/// # Errors
/// When the system can't wait for them.
pub fn poll<const N: usize>(
    fds: [(BorrowedFd, Ready); N],
    at_most: Option<Duration>,
) -> Result<[bool; N], Errno> {
    let mut fds = fds.map(|(fd, ready)| {
        let flags = if ready == Ready::ToRead { PollFlags::IN } else { PollFlags::OUT };
        PollFd::from_borrowed_fd(fd, flags)
    });
    match rustix::event::poll(&mut fds, at_most.map(timespec).as_ref()) {
        Ok(_) | Err(Errno::INTR) => Ok(fds.map(|fd| !fd.revents().is_empty())),
        Err(error) => Err(error),
    }
}

/// A length of time as `poll` takes it.
pub fn timespec(duration: Duration) -> Timespec {
    Timespec { tv_sec: duration.as_secs() as i64, tv_nsec: duration.subsec_nanos().into() }
}

/// Something to read from or to write to, as it was handed to the program or as an open file of its own.
pub struct Stream {
    handed: BorrowedFd<'static>,
    own: Option<File>,
}

impl Stream {
    /// Standard input.
    pub fn input() -> Stream {
        Stream { handed: stdin(), own: reopened(stdin(), OFlags::RDONLY) }
    }

    /// Standard output.
    pub fn output() -> Stream {
        Stream { handed: stdout(), own: reopened(stdout(), OFlags::WRONLY) }
    }

    /// Standard error.
    pub fn errors() -> Stream {
        Stream { handed: stderr(), own: reopened(stderr(), OFlags::WRONLY) }
    }

    /// A pipe or a device that was opened with `O_NONBLOCK`.
    pub fn opened(file: File) -> Stream {
        Stream { handed: stdout(), own: Some(file) }
    }

    /// For `poll`.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.own.as_ref().map_or(self.handed, AsFd::as_fd)
    }

    /// Reads what there is, once `poll` has said that there is something. `None`: there is nothing after all.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn read_some(&self, bytes: &mut [u8]) -> io::Result<Option<usize>> {
        match rustix::io::read(self.fd(), bytes) {
            Ok(read) => Ok(Some(read)),
            Err(Errno::INTR | Errno::AGAIN) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes as much as is taken without waiting, which may be nothing.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn write_some(&self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < bytes.len() {
            let mut piece = &bytes[written..];
            if self.own.is_none() {
                if poll([(self.fd(), Ready::ToWrite)], Some(Duration::ZERO))? == [false] {
                    break;
                }
                piece = &piece[..piece.len().min(PIECE)];
            }
            match rustix::io::write(self.fd(), piece) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(some) => written += some,
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(written)
    }

    /// Writes everything, and gives up when nothing is taken for so long.
    ///
    /// # Errors
    /// Those of `write`, and [`io::ErrorKind::TimedOut`].
    pub fn write_within(&self, mut bytes: &[u8], patience: Duration) -> io::Result<()> {
        let mut end = Instant::now() + patience;
        loop {
            let written = self.write_some(bytes)?;
            bytes = &bytes[written..];
            if bytes.is_empty() {
                return Ok(());
            }
            let now = Instant::now();
            if written > 0 {
                end = now + patience;
            }
            let left = end.saturating_duration_since(now);
            if left.is_zero() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            poll([(self.fd(), Ready::ToWrite)], Some(left))?;
        }
    }
}

/// The terminal that was handed to us, opened once more so that it never keeps us waiting. `None`: it is no
/// terminal, or can't be opened, as one of another user can't.
fn reopened(handed: BorrowedFd<'static>, access: OFlags) -> Option<File> {
    if !isatty(handed) {
        return None;
    }
    let flags = access | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let by_name = ttyname(handed, Vec::new()).and_then(|name| open(name, flags, Mode::empty()));
    let own = by_name.or_else(|error| {
        // Everybody may open the terminal of the own session by this name.
        let is_ours = matches!((tcgetsid(handed), getsid(None)), (Ok(its), Ok(ours)) if its == ours);
        if is_ours { open("/dev/tty", flags, Mode::empty()) } else { Err(error) }
    });
    own.ok().map(File::from)
}

/// A stream to read from until a signal ends the program.
pub struct Listening<'a> {
    pub stream: Stream,
    pub signals: &'a Signals,
}

impl Read for Listening<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            if wait(&self.stream, Ready::ToRead, self.signals)?
                && let Some(read) = self.stream.read_some(bytes)?
            {
                return Ok(read);
            }
        }
    }
}

/// A stream to write to until a signal ends the program. It keeps nothing back.
pub struct Saying<'a> {
    pub stream: Stream,
    pub signals: &'a Signals,
}

impl Write for Saying<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            if wait(&self.stream, Ready::ToWrite, self.signals)? {
                match self.stream.write_some(bytes)? {
                    0 if !bytes.is_empty() => {}
                    written => return Ok(written),
                }
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits for the stream. `false`: something else has come, so wait again.
///
/// # Errors
/// When a signal ends the program; it is not [`io::ErrorKind::Interrupted`], after which one tries again.
fn wait(stream: &Stream, ready: Ready, signals: &Signals) -> io::Result<bool> {
    let [stream, woken] = poll([(stream.fd(), ready), (signals.wake(), Ready::ToRead)], None)?;
    if woken {
        signals.woken();
    }
    if signals.ended().is_some() {
        return Err(io::Error::other("a signal has ended it"));
    }
    Ok(stream)
}
