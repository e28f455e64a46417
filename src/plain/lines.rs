//! One typed line after the other, whatever the bytes.

use std::io::{self, BufRead};

/// The longest line, in bytes: no answer needs more, and memory stays bounded.
pub const LONGEST: usize = 64 * 1024;

#[derive(Debug, PartialEq)]
pub enum Line {
    /// Without its end.
    Typed(String),
    /// Longer than [`LONGEST`]; it has been skipped.
    TooLong,
    /// Not UTF-8; it has been skipped.
    NotText,
    /// Nothing comes any more.
    End,
}

/// Reads one line. The last one may lack its end.
pub fn read(input: &mut impl BufRead) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut any = false;
    loop {
        let bytes = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if bytes.is_empty() && !any {
            return Ok(Line::End);
        }
        let end = bytes.iter().position(|&byte| byte == b'\n');
        let part = &bytes[..end.unwrap_or(bytes.len())];
        too_long |= line.len() + part.len() > LONGEST;
        if !too_long {
            line.extend_from_slice(part);
        }
        let (used, is_last) = (part.len() + usize::from(end.is_some()), end.is_some() || bytes.is_empty());
        any = true;
        input.consume(used);
        if is_last {
            return Ok(if too_long { Line::TooLong } else { text(line) });
        }
    }
}

fn text(line: Vec<u8>) -> Line {
    match String::from_utf8(line) {
        // Some programs begin a file with a mark of the encoding, and some end lines with two characters.
        Ok(line) => Line::Typed(line.trim_start_matches('\u{FEFF}').trim_end_matches('\r').to_owned()),
        Err(_) => Line::NotText,
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(bytes: &[u8], at_once: usize) -> Vec<Line> {
        let mut input = BufReader::with_capacity(at_once, bytes);
        let mut found = Vec::new();
        loop {
            match read(&mut input).unwrap() {
                Line::End => return found,
                line => found.push(line),
            }
        }
    }

    #[test]
    fn lines_come_out_however_the_bytes_come_in() {
        let text = "\u{FEFF}one\r\n\nGröße\nlast".as_bytes();
        for at_once in 1..=text.len() {
            let expected = ["one", "", "Größe", "last"].map(|line| Line::Typed(line.to_owned()));
            assert_eq!(lines(text, at_once), expected);
        }
        assert_eq!(lines(b"", 1), []);
        assert_eq!(lines(b"\n", 1), [Line::Typed(String::new())]);
    }

    #[test]
    fn what_is_too_long_or_no_text_is_skipped_and_the_next_line_is_not() {
        for (length, fits) in [(LONGEST, true), (LONGEST + 1, false), (9 * LONGEST, false)] {
            let mut text = vec![b'x'; length];
            text.extend_from_slice(b"\nnext");
            let found = lines(&text, 8192);
            assert_eq!(found.len(), 2, "{length}");
            assert_eq!(found[0] != Line::TooLong, fits, "{length}");
            assert_eq!(found[1], Line::Typed("next".to_owned()));
        }
        assert_eq!(lines(b"\xff\nnext", 8), [Line::NotText, Line::Typed("next".to_owned())]);
    }
}
