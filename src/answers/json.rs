//! Answer sheets as JSON objects, `{"question": answer}`.
//!
//! one_of and yes_no are a string, many_of and body_map a list of strings, number and scale a number,
//! text a string; `"unsure"` where it is allowed, alone or in a list; `null` is no answer.

use std::collections::HashMap;
use std::fmt;

use serde_json::Value;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::units::has_unit;
use super::{Answer, Sheet, number};
use crate::questionnaire::{Domain, OptionSet, Question, QuestionIndex, Questionnaire};

/// How "I'm not sure" is written.
pub const UNSURE: &str = "unsure";

/// Reads sheets of one questionnaire; made once for many sheets.
pub struct SheetReader<'q> {
    questionnaire: &'q Questionnaire,
    by_id: HashMap<&'q str, QuestionIndex>,
}

impl<'q> SheetReader<'q> {
    pub fn new(questionnaire: &'q Questionnaire) -> SheetReader<'q> {
        let questions = questionnaire.questions.iter().enumerate();
        SheetReader { questionnaire, by_id: questions.map(|(index, q)| (q.id.as_str(), index)).collect() }
    }

    /// Reads one object. The error says what is wrong and at which column.
    pub fn read(&self, json: &str) -> Result<Sheet, serde_json::Error> {
        let mut input = serde_json::Deserializer::from_str(json);
        let sheet = self.deserialize(&mut input)?;
        input.end()?;
        Ok(sheet)
    }

    /// Reads one object that has, beside the answers, something else under this key, which is no question: what it
    /// says, or `None` where it isn't there.
    pub fn read_beside(&self, json: &str, key: &str) -> Result<(Sheet, Option<Value>), serde_json::Error> {
        let mut input = serde_json::Deserializer::from_str(json);
        let read = input.deserialize_map(Beside { reader: self, key })?;
        input.end()?;
        Ok(read)
    }

    /// `beside`: a key that is no question, and what stands under it.
    fn answers<'de, M: MapAccess<'de>>(
        &self,
        mut map: M,
        mut beside: Option<(&str, &mut Option<Value>)>,
    ) -> Result<Sheet, M::Error> {
        let mut sheet = Sheet::new(self.questionnaire);
        let mut seen = vec![false; self.questionnaire.questions.len()];
        let mut likely = 0;
        loop {
            let key = beside.as_ref().map(|(key, _)| *key);
            let Some(index) = map.next_key_seed(QuestionReader { reader: self, likely, beside: key })? else {
                return Ok(sheet);
            };
            let Some(index) = index else {
                let Some((key, value)) = &mut beside else { continue };
                if value.replace(map.next_value()?).is_some() {
                    return Err(Error::custom(format_args!("`{key}` appears twice")));
                }
                continue;
            };
            likely = index + 1;
            let question = &self.questionnaire.questions[index];
            if std::mem::replace(&mut seen[index], true) {
                return Err(Error::custom(format_args!("`{}` is answered twice", question.id)));
            }
            if let Some(answer) = map.next_value_seed(AnswerReader(question))? {
                sheet
                    .set(self.questionnaire, index, answer)
                    .map_err(|refusal| Error::custom(format_args!("`{}`: {refusal}", question.id)))?;
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for &SheetReader<'_> {
    type Value = Sheet;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Sheet, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &SheetReader<'_> {
    type Value = Sheet;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of answers, {\"question\": answer}")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Sheet, M::Error> {
        self.answers(map, None)
    }
}

/// Reads a sheet, and what stands beside the answers.
struct Beside<'a, 'q> {
    reader: &'a SheetReader<'q>,
    key: &'a str,
}

impl<'de> Visitor<'de> for Beside<'_, '_> {
    type Value = (Sheet, Option<Value>);

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.reader.expecting(f)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Self::Value, M::Error> {
        let mut beside = None;
        let sheet = self.reader.answers(map, Some((self.key, &mut beside)))?;
        Ok((sheet, beside))
    }
}

/// Reads the id of a question where it stands: a copy of every id would take a tenth of the time.
struct QuestionReader<'a, 'q> {
    reader: &'a SheetReader<'q>,
    /// Looked at first, because most sheets are in the order of asking.
    likely: QuestionIndex,
    /// A key that is no question.
    beside: Option<&'a str>,
}

/// `None` is the key that is no question.
impl<'de> DeserializeSeed<'de> for QuestionReader<'_, '_> {
    type Value = Option<QuestionIndex>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for QuestionReader<'_, '_> {
    type Value = Option<QuestionIndex>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the id of a question")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Self::Value, E> {
        let likely = self.reader.questionnaire.questions.get(self.likely);
        if likely.is_some_and(|question| question.id == id) {
            return Ok(Some(self.likely));
        }
        if self.beside == Some(id) {
            return Ok(None);
        }
        self.reader.by_id.get(id).copied().map(Some).ok_or_else(|| {
            let ids = self.reader.by_id.keys().copied();
            E::custom(format_args!("there is no question {}", named(id, ids)))
        })
    }
}

/// Reads the answer to one question; `None` for null.
struct AnswerReader<'q>(&'q Question);

impl AnswerReader<'_> {
    fn several(&self) -> bool {
        self.0.takes_several()
    }

    fn option<E: Error>(&self, id: &str) -> Result<OptionSet, E> {
        self.0.option_index(id).map(OptionSet::one).ok_or_else(|| E::custom(no_option(self.0, id)))
    }

    fn wrong<E: Error>(&self) -> E {
        let expected = match self.0.domain {
            Domain::One { .. } => "an option, such as",
            Domain::Several => "a list of options, such as",
            Domain::Number(ref bounds) if !bounds.others.is_empty() => {
                "a number without quotes, or a number with its unit in quotes"
            }
            Domain::Number(_) => "a number without quotes",
            Domain::Text => "a text",
            Domain::Nothing => "no answer, because it is an information page",
        };
        let example = match (self.0.options.first(), self.several()) {
            (Some(option), true) => format!(" [\"{}\"]", option.id),
            (Some(option), false) => format!(" \"{}\"", option.id),
            (None, _) => String::new(),
        };
        E::custom(format_args!("`{}` takes {expected}{example}", self.0.id))
    }
}

impl<'de> DeserializeSeed<'de> for AnswerReader<'_> {
    type Value = Option<Answer>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Answer>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnswerReader<'_> {
    type Value = Option<Answer>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "an answer to `{}`", self.0.id)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Answer>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Answer>, E> {
        match self.0.domain {
            Domain::Text => Ok(Some(Answer::Text(text.to_owned()))),
            _ if text == UNSURE => Ok(Some(Answer::UNSURE)),
            Domain::Number(ref bounds) if !bounds.others.is_empty() && has_unit(text) => {
                number(text, self.0).map(Some).map_err(E::custom)
            }
            Domain::One { .. } => self.option(text).map(|chosen| Some(Answer::Options(chosen))),
            _ => Err(self.wrong()),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<Answer>, E> {
        match self.0.domain {
            Domain::Number(_) => Ok(Some(Answer::Number(number))),
            _ => Err(self.wrong()),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<Answer>, E> {
        self.visit_f64(number as f64)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<Answer>, E> {
        self.visit_f64(number as f64)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<Answer>, E> {
        Err(self.wrong())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Option<Answer>, S::Error> {
        if !self.several() {
            return Err(self.wrong());
        }
        let (mut ticked, mut unsure) = (OptionSet::EMPTY, false);
        while let Some(option) = seq.next_element_seed(OptionReader(&self))? {
            match option {
                Some(option) => ticked = ticked.union(option),
                None => unsure = true,
            }
        }
        Ok(Some(if unsure { Answer::Unsure { ticked } } else { Answer::Options(ticked) }))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Option<Answer>, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Err(self.wrong())
    }
}

/// Reads one option of a list; `None` for unsure.
struct OptionReader<'a, 'q>(&'a AnswerReader<'q>);

impl<'de> DeserializeSeed<'de> for OptionReader<'_, '_> {
    type Value = Option<OptionSet>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for OptionReader<'_, '_> {
    type Value = Option<OptionSet>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "an option of `{}`", self.0.0.id)
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<Self::Value, E> {
        if id == UNSURE { Ok(None) } else { self.0.option(id).map(Some) }
    }
}

/// Reads the answer to one question; `None` for null.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read_answer(question: &Question, value: &serde_json::Value) -> Result<Option<Answer>, String> {
    AnswerReader(question).deserialize(value).map_err(|error: serde_json::Error| error.to_string())
}

/// The answer as it would stand in a sheet.
pub fn answer_value(answer: &Answer, question: &Question) -> serde_json::Value {
    let ids = |ticked: OptionSet| ticked.iter().map(|option| question.options[option].id.clone());
    let several = question.takes_several();
    match answer {
        Answer::Options(chosen) if several => ids(*chosen).collect(),
        Answer::Options(chosen) => ids(*chosen).next().into(),
        Answer::Unsure { ticked } if several => ids(*ticked).chain([UNSURE.to_owned()]).collect(),
        Answer::Unsure { .. } => UNSURE.into(),
        // Whole numbers are written as they were most likely read: 64, not 64.0.
        Answer::Number(number) if number.fract() == 0.0 => (*number as i64).into(),
        Answer::Number(number) => (*number).into(),
        Answer::Text(text) => text.as_str().into(),
    }
}

/// Says that a question has no such option. The answer itself is repeated only where it is nearly an option: anything
/// else may be words about a person that got into the wrong place, and messages go to logs.
pub fn no_option(question: &Question, id: &str) -> String {
    let ids = question.options.iter().map(|option| option.id.as_str());
    match nearest(id, ids) {
        Some(near) => format!("`{}` has no option `{id}`; did you mean `{near}`?", question.id),
        None => format!("`{}` has no such option", question.id),
    }
}

/// An unknown name, with the nearest known one.
fn named<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
    match nearest(name, known) {
        Some(near) => format!("`{shown}`; did you mean `{near}`?"),
        None => format!("`{shown}`"),
    }
}

/// The known name that was most likely meant.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The distance takes time that grows with the length, and no id is this long.
    let near = known
        .filter(|_| name.len() < 100)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .min();
    near.filter(|(distance, _)| distance * 3 <= name.chars().count().max(3)).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests;
