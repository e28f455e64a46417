//! What the two processes tell each other, as lines on a socket. No answer is ever among it.

use std::io;
use std::os::fd::AsFd;

use rustix::io::Errno;

/// Before each line, so that whatever else is said on standard error is told apart.
const MARK: &str = "redflag-kiosk ";

/// No line is longer.
const LONGEST: usize = 4096;

/// What a person's process tells the supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing new: it is still there and does its work.
    Alive,
    /// Somebody has touched the screen or pressed a key.
    Began,
    /// This question is on the screen now, by its id; `None`: something else is.
    At(Option<String>),
    /// This level is on the screen, by its id.
    Level { id: String, is_urgent: bool, is_complete: bool },
    /// Somebody wants staff.
    Call,
    /// Somebody wants the page for staff. The terminal is free for it until there is a [`Reply`].
    Staff,
}

/// What the supervisor tells a person's process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Staff are being called, are called, could not be called, with the number that they are told.
    Calling(String),
    Called(String),
    NotCalled(String),
    /// There is nobody to call in this way.
    NoBell,
    /// The page for staff is closed again.
    GoOn,
    /// End now, on the word of staff.
    End,
}

impl Told {
    pub fn line(&self) -> String {
        let words = match self {
            Told::Alive => "alive".to_owned(),
            Told::Began => "began".to_owned(),
            Told::At(id) => format!("at {}", id.as_deref().unwrap_or_default()),
            Told::Level { id, is_urgent, is_complete } => {
                let flag = |is: bool, yes: &'static str| if is { yes } else { "-" };
                format!("level {} {} {id}", flag(*is_urgent, "urgent"), flag(*is_complete, "complete"))
            }
            Told::Call => "call".to_owned(),
            Told::Staff => "staff".to_owned(),
        };
        format!("{MARK}{words}\n")
    }

    /// `None`: it is something else that was said.
    pub fn read(line: &str) -> Option<Told> {
        let mut words = line.strip_prefix(MARK)?.split(' ');
        Some(match words.next()? {
            "alive" => Told::Alive,
            "began" => Told::Began,
            "at" => Told::At(words.next().filter(|id| !id.is_empty()).map(str::to_owned)),
            "level" => {
                let (is_urgent, is_complete) = (words.next()? == "urgent", words.next()? == "complete");
                Told::Level { id: words.next()?.to_owned(), is_urgent, is_complete }
            }
            "call" => Told::Call,
            "staff" => Told::Staff,
            _ => return None,
        })
    }
}

impl Reply {
    pub fn line(&self) -> String {
        let words = match self {
            Reply::Calling(ticket) => format!("calling {ticket}"),
            Reply::Called(ticket) => format!("called {ticket}"),
            Reply::NotCalled(ticket) => format!("not-called {ticket}"),
            Reply::NoBell => "no-bell".to_owned(),
            Reply::GoOn => "go-on".to_owned(),
            Reply::End => "end".to_owned(),
        };
        format!("{MARK}{words}\n")
    }

    pub fn read(line: &str) -> Option<Reply> {
        let mut words = line.strip_prefix(MARK)?.split(' ');
        let (word, ticket) = (words.next()?, words.next().unwrap_or_default().to_owned());
        Some(match word {
            "calling" => Reply::Calling(ticket),
            "called" => Reply::Called(ticket),
            "not-called" => Reply::NotCalled(ticket),
            "no-bell" => Reply::NoBell,
            "go-on" => Reply::GoOn,
            "end" => Reply::End,
            _ => return None,
        })
    }
}

/// The lines that come in on a socket.
#[derive(Debug, Default)]
pub struct Lines {
    waiting: Vec<u8>,
}

/// What reading has brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub lines: Vec<String>,
    /// Nobody is at the other end any more.
    pub is_over: bool,
}

impl Lines {
    /// Reads what there is, without waiting on a socket that does not block.
    pub fn read(&mut self, from: impl AsFd) -> Read {
        let mut read = Read::default();
        let mut bytes = vec![0; 1024];
        match rustix::io::read(&from, &mut bytes[..]) {
            Ok(0) => read.is_over = true,
            Ok(count) => self.waiting.extend_from_slice(&bytes[..count]),
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => read.is_over = true,
        }
        while let Some(end) = self.waiting.iter().position(|byte| *byte == b'\n') {
            read.lines.push(String::from_utf8_lossy(&self.waiting[..end]).into_owned());
            self.waiting = self.waiting[end + 1..].to_vec();
        }
        if self.waiting.len() > LONGEST {
            self.waiting = Vec::new();
        }
        read
    }
}

/// Sends a line. Whoever has gone doesn't get it.
///
/// # Errors
/// When it can't be sent: the other end is gone, or reads nothing.
pub fn send(to: impl AsFd, line: &str) -> io::Result<()> {
    let mut bytes = line.as_bytes();
    while !bytes.is_empty() {
        match rustix::io::write(&to, bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_as_it_was() {
        let level = |is_urgent, is_complete| Told::Level { id: "soon".into(), is_urgent, is_complete };
        for told in [
            Told::Alive,
            Told::Began,
            Told::At(None),
            Told::At(Some("since_when".into())),
            level(true, false),
            level(false, true),
            Told::Call,
            Told::Staff,
        ] {
            assert_eq!(Told::read(told.line().trim_end()), Some(told));
        }
        for reply in [
            Reply::Calling("KD47".into()),
            Reply::Called("KD47".into()),
            Reply::NotCalled("KD47".into()),
            Reply::NoBell,
            Reply::GoOn,
            Reply::End,
        ] {
            assert_eq!(Reply::read(reply.line().trim_end()), Some(reply));
        }
        assert_eq!(Told::read("redflag: something else"), None);
    }

    #[test]
    fn lines_are_whole_wherever_they_were_cut_and_the_end_is_noticed() {
        use std::os::unix::net::UnixStream;
        let (here, there) = UnixStream::pair().unwrap();
        here.set_nonblocking(true).unwrap();
        let mut lines = Lines::default();
        assert_eq!(lines.read(&here), Read::default());
        send(&there, "one\ntw").unwrap();
        assert_eq!(lines.read(&here).lines, ["one"]);
        send(&there, "o\n").unwrap();
        assert_eq!(lines.read(&here).lines, ["two"]);
        drop(there);
        assert!(lines.read(&here).is_over);
    }
}
