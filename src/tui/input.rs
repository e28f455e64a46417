//! Bytes from the terminal in, events out, wherever the line has cut the bytes. Knows no clock and no terminal.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyModifiers};

use super::sequence::{ESC, PASTE_START, Parsed, character, cursor_place, key, parse, paste};

/// How long a lone Esc may still be the start of a sequence that a slow line has cut. Shorter than one picture of a
/// screen with 50 a second.
const ESC_PATIENCE: Duration = Duration::from_millis(20);
/// How long the rest of any other sequence may take.
const SEQUENCE_PATIENCE: Duration = Duration::from_millis(100);
/// How long the rest of a pasted text may take.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);
/// No sequence is longer than this, except a pasted text.
const LONGEST_SEQUENCE: usize = 4096;
/// A pasted text is cut here, so that an endless one can't fill the memory.
const LONGEST_PASTE: usize = 1 << 20;

/// What has come in and isn't an event yet.
#[derive(Debug, Default)]
pub struct Input {
    waiting: Vec<u8>,
    since: Option<Instant>,
    /// Where the cursor is, as the terminal has said.
    places: Vec<(u16, u16)>,
}

impl Input {
    /// Adds the events in `bytes`, which came in at `now`. The start of a sequence waits for its rest.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, events: &mut Vec<Event>) {
        self.waiting.extend_from_slice(bytes);
        self.since = Some(now);
        let mut used = 0;
        loop {
            match parse(&self.waiting[used..]) {
                Parsed::Incomplete => break,
                Parsed::Nothing(length) => {
                    self.places.extend(cursor_place(&self.waiting[used..used + length]));
                    used += length;
                }
                Parsed::Event(event, length) => {
                    events.push(event);
                    used += length;
                }
            }
        }
        // Another piece of memory, so that nothing typed stays in this one.
        self.waiting = self.waiting[used..].to_vec();
        let longest = if self.is_paste() { LONGEST_PASTE } else { LONGEST_SEQUENCE };
        if self.waiting.len() > longest {
            self.take_as_it_is(events);
        }
    }

    /// Where the cursor is, row and column, as the terminal has said since this was called last.
    pub fn take_places(&mut self) -> Vec<(u16, u16)> {
        std::mem::take(&mut self.places)
    }

    /// When to call [`Input::give_up_waiting`]; `None` when nothing waits.
    pub fn patience_ends(&self) -> Option<Instant> {
        let patience = match self.waiting[..] {
            [] => return None,
            [ESC] => ESC_PATIENCE,
            _ if self.is_paste() => PASTE_PATIENCE,
            _ => SEQUENCE_PATIENCE,
        };
        self.since.map(|since| since + patience)
    }

    /// When the rest of a sequence hasn't come until `now`, what is there counts for itself: a lone Esc is the key,
    /// a pasted text ends here, and anything else is dropped.
    pub fn give_up_waiting(&mut self, now: Instant, events: &mut Vec<Event>) {
        if self.patience_ends().is_some_and(|end| now >= end) {
            self.take_as_it_is(events);
        }
    }

    fn is_paste(&self) -> bool {
        self.waiting.starts_with(PASTE_START)
    }

    fn take_as_it_is(&mut self, events: &mut Vec<Event>) {
        let waiting = std::mem::take(&mut self.waiting);
        match waiting[..] {
            [ESC] => events.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            [ESC, introducer] if introducer.is_ascii() => {
                events.push(character(introducer.into(), KeyModifiers::ALT));
            }
            [ESC, b'[', b'2', b'0', b'0', b'~', ref text @ ..] => events.push(paste(text)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(bytes: &[u8]) -> Vec<Event> {
        let (mut input, mut events, now) = (Input::default(), Vec::new(), Instant::now());
        input.feed(bytes, now, &mut events);
        input.give_up_waiting(now + PASTE_PATIENCE, &mut events);
        events
    }

    fn pressed(code: KeyCode) -> Event {
        key(code, KeyModifiers::NONE)
    }

    #[test]
    fn pasted_text_is_one_event_even_with_sequences_in_it_or_without_an_end() {
        assert_eq!(
            events(b"\x1b[200~a\nb\x1b[A\x1b[201~c"),
            [Event::Paste("a\nb\x1b[A".into()), pressed(KeyCode::Char('c'))]
        );
        assert_eq!(events(b"\x1b[200~cut off"), [Event::Paste("cut off".into())]);
        assert_eq!(events(&[b"\x1b[200~".to_vec(), vec![b'x'; LONGEST_PASTE]].concat()).len(), 1);
    }

    #[test]
    fn a_lone_esc_waits_a_moment_for_the_rest_of_a_sequence() {
        let (mut input, mut events, now) = (Input::default(), Vec::new(), Instant::now());
        input.feed(b"\x1b", now, &mut events);
        input.give_up_waiting(now, &mut events);
        assert!(events.is_empty());
        assert_eq!(input.patience_ends(), Some(now + ESC_PATIENCE));
        input.feed(b"[A", now, &mut events);
        assert_eq!(events, [pressed(KeyCode::Up)]);
        assert_eq!(input.patience_ends(), None);
    }

    /// Bytes that are likely to begin, break off and end sequences.
    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            4 => prop::sample::select(b"\x1b[O]PM<;:~mu\\A\x07015\r\xe2\x82\xac".to_vec()).prop_map(|byte| vec![byte]),
            1 => Just(b"\x1b[200~".to_vec()),
            1 => Just(b"\x1b[201~".to_vec()),
            1 => any::<u8>().prop_map(|byte| vec![byte]),
        ];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_stream_means_the_same_wherever_it_is_cut(bytes in stream(), at in any::<prop::sample::Index>()) {
            let (mut input, mut events, now) = (Input::default(), Vec::new(), Instant::now());
            let (start, rest) = bytes.split_at(at.index(bytes.len() + 1));
            input.feed(start, now, &mut events);
            input.feed(rest, now, &mut events);
            input.give_up_waiting(now + PASTE_PATIENCE, &mut events);
            prop_assert_eq!(events, self::events(&bytes));
            prop_assert_eq!(input.patience_ends(), None);
        }
    }
}
