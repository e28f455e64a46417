//! JSON Lines: answer sheets, one on each line.

use std::collections::HashMap;

use memchr::memchr;

use super::quick::{Pattern, find, number_at, word_at};
use super::{Bad, Place, Record};
use crate::answers::json::{SheetReader, UNSURE};
use crate::answers::{Sheet, TEXT_MAX};
use crate::circuit::{Batch, Rows, Slot};
use crate::questionnaire::{Domain, Questionnaire};

/// Reads lines. What is as most programs write it goes straight to the planes of a [`Batch`]; everything else goes
/// through [`SheetReader`], which is exact about mistakes.
pub(super) struct Lines<'p> {
    questionnaire: &'p Questionnaire,
    reader: &'p SheetReader<'p>,
    /// For each question its id and a quotation mark.
    keys: Vec<Pattern>,
    by_id: HashMap<&'p [u8], usize>,
    /// For each question, and last for the beginning, the question that came after it the last time.
    after: Vec<usize>,
    /// For each question its options, each with a quotation mark; one beyond the last is "not sure".
    options: Vec<Vec<Pattern>>,
    /// For each question, and last for the beginning, an answer that often came after it.
    often: Vec<Often>,
    seen: Vec<u64>,
    /// Planes that an answer marks.
    marks: Vec<usize>,
}

/// A key with its answer, as it was written, and what comes behind it.
#[derive(Default, Clone)]
struct Often {
    text: Vec<u8>,
    question: usize,
    marks: Vec<usize>,
    /// How often it came of late.
    trust: u8,
}

/// No longer answers are kept to be compared.
const LONGEST_OFTEN: usize = 160;
const MOST_TRUST: u8 = 3;

impl<'p> Lines<'p> {
    pub fn new(questionnaire: &'p Questionnaire, reader: &'p SheetReader<'p>) -> Lines<'p> {
        let quoted = |id: &str| format!("{id}\"").into_bytes();
        let questions = &questionnaire.questions;
        let options = questions.iter().map(|question| {
            let ids = question.options.iter().map(|option| option.id.as_str());
            let ids = ids.chain(question.unsure.then_some(UNSURE));
            ids.enumerate().map(|(at, id)| Pattern::new(quoted(id), at)).collect()
        });
        Lines {
            questionnaire,
            reader,
            keys: questions
                .iter()
                .enumerate()
                .map(|(at, question)| Pattern::new(quoted(&question.id), at))
                .collect(),
            by_id: questions.iter().enumerate().map(|(at, question)| (question.id.as_bytes(), at)).collect(),
            after: (1..questions.len()).chain([0, 0]).collect(),
            options: options.collect(),
            often: vec![Often::default(); questions.len() + 1],
            marks: Vec::new(),
            seen: vec![0; questions.len().div_ceil(64)],
        }
    }

    /// The next line that isn't blank.
    pub fn next(&mut self, chunk: &[u8], at: &mut usize, line: &mut u64) -> Option<Record> {
        while *at < chunk.len() {
            let start = *at;
            let end = memchr(b'\n', &chunk[start..]).map_or(chunk.len(), |found| start + found);
            *at = end + 1;
            let number = *line;
            *line += 1;
            if !chunk[start..end].trim_ascii().is_empty() {
                return Some(Record { span: start..end, line: number, is_broken: false });
            }
        }
        None
    }

    /// Puts a line that is as usual into the planes. `None`: it isn't, and the planes hold a part of it.
    #[inline]
    pub fn quick(&mut self, text: &[u8], batch: &Batch, rows: &mut Rows, row: usize) -> Option<()> {
        let mut at = spaces(text, 0);
        at = eat(text, at, b'{')?;
        at = spaces(text, at);
        self.seen.fill(0);
        let mut previous = self.keys.len();
        if text.get(at) == Some(&b'}') {
            at += 1;
        } else {
            loop {
                let often = &self.often[previous];
                let is_often = !often.text.is_empty() && text[at..].starts_with(&often.text);
                let question = if is_often {
                    often.marks.iter().for_each(|&plane| rows.mark(plane, row));
                    at += often.text.len();
                    often.question
                } else {
                    let start = at;
                    at = eat(text, at, b'"')?;
                    let question = self.key(text, &mut at, previous)?;
                    at = eat(text, spaces(text, at), b':')?;
                    self.marks.clear();
                    at = self.value(text, spaces(text, at), question, &batch.slots()[question])?;
                    self.marks.iter().for_each(|&plane| rows.mark(plane, row));
                    at = spaces(text, at) + 1;
                    self.remember(text.get(start..at)?, question, previous);
                    question
                };
                let (word, bit) = (question / 64, 1 << (question % 64));
                if self.seen[word] & bit != 0 {
                    return None;
                }
                self.seen[word] |= bit;
                self.often[previous].trust =
                    if is_often { MOST_TRUST } else { self.often[previous].trust.saturating_sub(1) };
                previous = question;
                match text[at - 1] {
                    b',' => at = spaces(text, at),
                    b'}' => break,
                    _ => return None,
                }
            }
        }
        (spaces(text, at) == text.len()).then_some(())
    }

    /// Keeps an answer to be compared with the next one in this place, unless another comes more often.
    fn remember(&mut self, text: &[u8], question: usize, previous: usize) {
        let is_text = matches!(self.questionnaire.questions[question].domain, Domain::Text);
        let often = &mut self.often[previous];
        let is_whole = matches!(text.last(), Some(b',' | b'}'));
        if often.trust > 0 || is_text || !is_whole || text.len() > LONGEST_OFTEN {
            return;
        }
        often.text.clear();
        often.text.extend_from_slice(text);
        often.marks.clone_from(&self.marks);
        (often.question, often.trust) = (question, 2);
    }

    /// Which question a key is, from behind its first quotation mark to behind its last.
    #[inline]
    fn key(&mut self, text: &[u8], at: &mut usize, previous: usize) -> Option<usize> {
        let likely = self.keys.get(self.after[previous])?;
        if likely.is_at(text, *at, word_at(text, *at)) {
            *at += likely.len();
            return Some(likely.means);
        }
        let id = text.get(*at..)?;
        let id = &id[..memchr(b'"', id)?];
        let question = *self.by_id.get(id)?;
        self.after[previous] = question;
        *at += id.len() + 1;
        Some(question)
    }

    /// Notes which planes the answer marks, and says where it ends.
    #[inline]
    fn value(&mut self, text: &[u8], at: usize, question: usize, slot: &Slot) -> Option<usize> {
        let first = *text.get(at)?;
        if first == b'n' {
            return text.get(at..at + 4).filter(|word| *word == b"null").map(|_| at + 4);
        }
        let asked = &self.questionnaire.questions[question];
        let options = &self.options[question];
        match (&asked.domain, slot) {
            (Domain::One { .. }, Slot::Ladder { .. }) if first == b'"' => {
                let option = find(options, text, at + 1)?;
                self.marks.extend(slot.planes_of(option.means));
                Some(at + 1 + option.len())
            }
            (Domain::Several, Slot::Ticks { first: plane, .. }) => {
                if first == b'"' {
                    let option = find(options, text, at + 1)?;
                    // Alone only "not sure" may be without a list.
                    (option.means == asked.options.len()).then_some(())?;
                    self.marks.push(plane + option.means);
                    return Some(at + 1 + option.len());
                }
                let mut at = eat(text, at, b'[')?;
                loop {
                    at = eat(text, spaces(text, at), b'"')?;
                    let option = find(options, text, at)?;
                    self.marks.push(plane + option.means);
                    at = spaces(text, at + option.len());
                    match text.get(at) {
                        Some(b',') => at += 1,
                        Some(b']') => return Some(at + 1),
                        _ => return None,
                    }
                }
            }
            (Domain::Number(bounds), Slot::Ladder { .. }) => {
                if first == b'"' {
                    // With a unit it takes longer.
                    let unsure = options.first()?;
                    let is_unsure = unsure.is_at(text, at + 1, word_at(text, at + 1));
                    self.marks.extend(slot.planes_of(slot.place_of_unsure().filter(|_| is_unsure)?));
                    return Some(at + 1 + unsure.len());
                }
                let (number, end) = number_at(text, at)?;
                let fits = number >= bounds.min && number <= bounds.max;
                (fits && (bounds.decimals > 0 || number.fract() == 0.0)).then_some(())?;
                self.marks.extend(slot.planes_of(slot.place_of_number(number)?));
                Some(end)
            }
            (Domain::Text, Slot::Ladder { .. }) if first == b'"' => {
                let words = text.get(at + 1..)?;
                let words = &words[..memchr(b'"', words)?];
                let is_plain = words.iter().all(|&byte| byte >= b' ' && byte != b'\\');
                (is_plain && words.len() <= TEXT_MAX && std::str::from_utf8(words).is_ok()).then_some(())?;
                self.marks.extend(slot.planes_of(0));
                Some(at + 1 + words.len() + 1)
            }
            _ => None,
        }
    }

    /// Reads a line by all rules.
    pub fn sheet(&self, text: &[u8]) -> Result<Sheet, Bad> {
        let text = std::str::from_utf8(text).map_err(|error| Bad {
            place: Place::Whole,
            reason: format!("not UTF-8 text (byte {})", error.valid_up_to() + 1),
            below: 0,
        })?;
        self.reader.read(text).map_err(|error| {
            let message = error.to_string();
            let place = format!(" at line {} column {}", error.line(), error.column());
            let what = without_values(message.strip_suffix(&place).unwrap_or(&message));
            let below = (error.line() as u64).saturating_sub(1);
            Bad { place: Place::Byte(error.column()), reason: what, below }
        })
    }
}

/// What was found in the wrong place may be words about a person, and is not repeated.
fn without_values(message: &str) -> String {
    match (message.strip_prefix("invalid type: "), message.rfind(", expected ")) {
        (Some(found), Some(at)) => {
            let kind = found.split([' ', ',']).next().unwrap_or_default();
            format!("invalid type: {kind}{}", &message[at..])
        }
        _ => message.to_owned(),
    }
}

#[inline]
fn eat(text: &[u8], at: usize, byte: u8) -> Option<usize> {
    (text.get(at) == Some(&byte)).then_some(at + 1)
}

#[inline]
fn spaces(text: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\r') = text.get(at) {
        at += 1;
    }
    at
}
