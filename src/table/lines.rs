//! JSON Lines: answer sheets, one on each line.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memchr;
use serde::de::Error;
use serde_json::Value;

use super::numbers::Numbers;
use super::quick::{Pattern, find, number_at, word_at};
use super::{Bad, Next, Place, Record};
use crate::answers::json::{SheetReader, UNSURE};
use crate::answers::{Sheet, TEXT_MAX};
use crate::circuit::{Batch, Rows, Slot};
use crate::questionnaire::{Domain, Questionnaire};
use crate::text::{clean_line, json};

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
    /// For each question that takes a number, which plane it goes into; nothing before the first line.
    numbers: Vec<Option<Numbers>>,
    /// For each question, and last for the beginning, an answer that often came after it.
    often: Vec<Often>,
    seen: Vec<u64>,
    /// Planes that an answer marks.
    marks: Vec<usize>,
    /// The key that says what a sheet is called, unless a question has that name.
    id_key: Option<String>,
    /// The same with quotation marks around it.
    id_pattern: Vec<u8>,
    /// Where the id was in the line that was read last.
    id: Option<Range<usize>>,
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
    /// `id`: the key that says what a sheet is called.
    pub fn new(questionnaire: &'p Questionnaire, reader: &'p SheetReader<'p>, id: &str) -> Lines<'p> {
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
            numbers: Vec::new(),
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
            id_key: questionnaire.question_index(id).is_none().then(|| id.to_owned()),
            id_pattern: json::string(id).into_bytes(),
            id: None,
            seen: vec![0; questions.len().div_ceil(64)],
        }
    }

    /// The next line that isn't blank.
    pub fn next(&mut self, chunk: &[u8], next: &mut Next) -> Option<Record> {
        while next.at < chunk.len() {
            let (start, number) = (next.at, next.line);
            let end = memchr(b'\n', &chunk[start..]).map_or(chunk.len(), |found| start + found);
            next.at = end + 1;
            next.line += 1;
            if !chunk[start..end].trim_ascii().is_empty() {
                return Some(Record {
                    span: start..end,
                    line: number,
                    is_broken: false,
                    is_slow: false,
                    id: None,
                });
            }
        }
        None
    }

    /// Puts the answers of records into the planes, and says which of them are not as usual, and what the others are
    /// called if `is_named`.
    pub fn fill(
        &mut self,
        chunk: &[u8],
        records: &mut [Record],
        is_named: bool,
        batch: &Batch,
        rows: &mut Rows,
    ) {
        if self.numbers.is_empty() {
            let slots = self.questionnaire.questions.iter().zip(batch.slots());
            let numbers = slots.map(|(question, slot)| match &question.domain {
                Domain::Number(bounds) => Some(Numbers::new(slot, bounds)),
                _ => None,
            });
            self.numbers = numbers.collect();
        }
        for (row, record) in records.iter_mut().enumerate() {
            let text = &chunk[record.span.clone()];
            record.is_slow = self.quick(text, batch, rows, row).is_none();
            record.id = if is_named && !record.is_slow { self.id(text) } else { None };
        }
    }

    /// Puts a line that is as usual into the planes. `None`: it isn't, and the planes hold a part of it.
    #[inline]
    fn quick(&mut self, text: &[u8], batch: &Batch, rows: &mut Rows, row: usize) -> Option<()> {
        let mut at = spaces(text, 0);
        at = eat(text, at, b'{')?;
        at = spaces(text, at);
        self.seen.fill(0);
        self.id = None;
        let mut previous = self.keys.len();
        if text.get(at) == Some(&b'}') {
            at += 1;
        } else {
            loop {
                if let Some(behind) = self.id_at(text, at) {
                    (at, self.id) = (behind.0, Some(behind.1).filter(|_| self.id.is_none()));
                    self.id.as_ref()?;
                    match text.get(at) {
                        Some(b',') => at = spaces(text, at + 1),
                        Some(b'}') => {
                            at += 1;
                            break;
                        }
                        _ => return None,
                    }
                    continue;
                }
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

    /// The id of a sheet, if its key is here and it is a plain text or number, and where what follows begins.
    #[inline]
    fn id_at(&self, text: &[u8], at: usize) -> Option<(usize, Range<usize>)> {
        let is_key = self.id_key.is_some() && text[at..].starts_with(&self.id_pattern);
        let behind = at + self.id_pattern.len();
        let start = spaces(text, eat(text, spaces(text, behind), b':').filter(|_| is_key)?);
        let end = if text.get(start) == Some(&b'"') {
            let words = &text[start + 1..];
            let words = &words[..memchr(b'"', words)?];
            let is_plain = words.iter().all(|byte| (b' '..=b'~').contains(byte) && *byte != b'\\');
            is_plain.then_some(start + words.len() + 2)?
        } else {
            let (_, end) = number_at(text, start)?;
            (!text[start..end].contains(&b'.')).then_some(end)?
        };
        Some((spaces(text, end), start..end))
    }

    /// The id of the line that was read last by [`Lines::quick`].
    fn id(&self, text: &[u8]) -> Option<String> {
        let id = text.get(self.id.clone()?)?;
        String::from_utf8(id.to_vec()).ok()
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
                self.marks.push(slot.plane_of(option.means)?);
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
            (Domain::Number(_), Slot::Ladder { .. }) => {
                if first == b'"' {
                    // With a unit it takes longer.
                    let unsure = options.first()?;
                    let is_unsure = unsure.is_at(text, at + 1, word_at(text, at + 1));
                    self.marks.push(slot.plane_of(slot.place_of_unsure().filter(|_| is_unsure)?)?);
                    return Some(at + 1 + unsure.len());
                }
                let (number, end) = number_at(text, at)?;
                self.marks.push(self.numbers[question].as_ref()?.plane(number)?);
                Some(end)
            }
            (Domain::Text, Slot::Ladder { .. }) if first == b'"' => {
                let words = text.get(at + 1..)?;
                let words = &words[..memchr(b'"', words)?];
                let is_plain = words.iter().all(|&byte| byte >= b' ' && byte != b'\\');
                (is_plain && words.len() <= TEXT_MAX && std::str::from_utf8(words).is_ok()).then_some(())?;
                self.marks.push(slot.plane_of(0)?);
                Some(at + 1 + words.len() + 1)
            }
            _ => None,
        }
    }

    /// Reads a line by all rules, and its id.
    pub fn sheet(&self, text: &[u8]) -> Result<(Sheet, Option<String>), Bad> {
        let text = std::str::from_utf8(text).map_err(|error| Bad {
            place: Place::Whole,
            reason: format!("not UTF-8 text (byte {})", error.valid_up_to() + 1),
            below: 0,
            id: None,
        })?;
        self.read(text).map_err(|error| Bad {
            place: if error.column() == 0 { Place::Whole } else { Place::Byte(error.column()) },
            reason: without_values(json::mistake(&error)),
            below: (error.line() as u64).saturating_sub(1),
            id: self.id_of(text),
        })
    }

    fn read(&self, text: &str) -> Result<(Sheet, Option<String>), serde_json::Error> {
        let Some(key) = &self.id_key else { return Ok((self.reader.read(text)?, None)) };
        let (sheet, id) = self.reader.read_beside(text, key)?;
        let id = id.filter(|id| !id.is_null());
        if id.as_ref().is_some_and(|id| !id.is_string() && !id.is_number()) {
            let key = clean_line(key);
            return Err(Error::custom(format!(
                "`{key}` is a text or a number, which comes back with the result"
            )));
        }
        Ok((sheet, id.as_ref().map(as_json)))
    }

    /// The id of a sheet whose answers can't be read.
    fn id_of(&self, text: &str) -> Option<String> {
        let sheet = serde_json::from_str::<Value>(text).ok()?;
        let id = sheet.get(self.id_key.as_deref()?)?;
        (id.is_string() || id.is_number()).then(|| as_json(id))
    }
}

/// A text or a number, safe to show.
fn as_json(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), json::string)
}

/// With the quotation marks around it.
const LONGEST_NUMBER: usize = 6;

/// What was found in the wrong place may be words about a person, and is not repeated.
fn without_values(said: String) -> String {
    let Some((found, rest)) = said.strip_prefix("here is ").and_then(|said| said.split_once(", where "))
    else {
        return said;
    };
    let kind = match found {
        _ if found.starts_with("the text") => "a text",
        // A short number is a slip of the hand; a long one may be that of a person.
        _ if found.starts_with('`') && found.len() > LONGEST_NUMBER => "a number",
        _ => found,
    };
    // A text may have these words in it too.
    let expected = rest.rsplit(", where ").next().unwrap_or(rest);
    format!("here is {kind}, where {expected}")
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
