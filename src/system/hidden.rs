//! A line that is typed in answer to a question, seen or not.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};

use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use super::signals::Signals;
use super::stream::{Listening, Stream};

/// Far more than anybody types as a secret.
const LONGEST: u64 = 256;

/// Reads a line from standard input, without its end. On a terminal it asks `question` on standard error first, and
/// what is typed is not shown. A signal breaks that off.
///
/// # Errors
/// Those of reading, and [`io::ErrorKind::UnexpectedEof`] when there is no line.
pub fn line(question: &str, signals: &Signals) -> io::Result<String> {
    let before = if io::stdin().is_terminal() { Some(tcgetattr(stdin())?) } else { None };
    if let Some(before) = &before {
        // Before it is asked: what is typed at once would be seen, and then thrown away.
        let mut unseen = before.clone();
        unseen.local_modes.remove(LocalModes::ECHO);
        tcsetattr(stdin(), OptionalActions::Flush, &unseen)?;
        if let Err(error) = write!(io::stderr(), "{question}") {
            tcsetattr(stdin(), OptionalActions::Flush, before)?;
            return Err(error);
        }
    }
    let read = read(signals);
    if let Some(before) = &before {
        tcsetattr(stdin(), OptionalActions::Flush, before)?;
        let _ = writeln!(io::stderr());
    }
    read
}

/// Reads a line as [`line()`] does, with what is typed to be seen, such as a name.
///
/// # Errors
/// As for [`line()`].
pub fn line_in_sight(question: &str, signals: &Signals) -> io::Result<String> {
    if io::stdin().is_terminal() {
        write!(io::stderr(), "{question}")?;
    }
    read(signals)
}

fn read(signals: &Signals) -> io::Result<String> {
    let mut line = String::new();
    // No larger than a line, so that what follows it is left to whoever reads next.
    let input = Listening { stream: Stream::input(), signals };
    match BufReader::with_capacity(1, input.take(LONGEST)).read_line(&mut line)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end_matches(['\n', '\r']).to_owned()),
    }
}
