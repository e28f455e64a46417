//! A translation compared with its questionnaire, text by text.

use std::collections::HashMap;

use serde_yaml::Value;

use super::super::super::wording::Role;
use super::super::super::{Audience, Questionnaire, Text};
use super::super::characters::{check_characters, is_empty};
use super::super::mistake::Mistakes;
use super::super::names::shown;
use super::super::path::{Path, Step};
use super::outline::Outline;
use super::same::{are_same, numbers, placeholders};
use super::{place_in_original, text_of};

pub(super) struct Comparer<'q> {
    questionnaire: &'q Questionnaire,
    pub mistakes: Mistakes,
    /// The texts that the file has, by their names.
    pub found: HashMap<Vec<Step>, Text>,
}

impl Comparer<'_> {
    pub fn new(questionnaire: &Questionnaire, mistakes: Mistakes) -> Comparer<'_> {
        Comparer { questionnaire, mistakes, found: HashMap::new() }
    }

    pub fn compare(&mut self, outline: &Outline, value: Option<&Value>, path: &Path) {
        let Some(value) = value else {
            return self.is_missing(outline, path);
        };
        match (outline, value) {
            (Outline::Map(map), Value::Mapping(values)) => {
                for (key, part) in &map.entries {
                    self.compare(part, values.get(key.as_str()), &path.key(key));
                }
            }
            (Outline::List(parts), Value::Sequence(values)) => {
                if parts.len() != values.len() {
                    return self.wrong_length(parts, values.len(), path);
                }
                for (index, (part, value)) in parts.iter().zip(values).enumerate() {
                    self.compare(part, Some(value), &path.index(index));
                }
            }
            // As an outline has it that nobody has filled in.
            (Outline::Text { original, .. }, value)
                if is_left_empty(value) && *original != Text::default() =>
            {
                self.is_missing(outline, path);
            }
            (Outline::Text { role, original }, value) => {
                if let Some(text) = self.text(value, *role, original, path) {
                    self.found.insert(path.steps(), text);
                }
            }
            // Of another shape; that has been told.
            _ => {}
        }
    }

    fn is_missing(&mut self, outline: &Outline, path: &Path) {
        let (texts, safety) = outline.texts();
        let name = shown(&name(&path.steps()));
        let message = match texts {
            1 => format!("`{name}` is not translated"),
            _ => format!("`{name}` is not translated; it has {texts} texts"),
        };
        let (place, original) = (path.value(), place_in_original(&path.steps(), self.questionnaire));
        let language = shown(&self.questionnaire.language);
        let mistake = match safety {
            true => self.mistakes.error(place, "missing-safety-text", message),
            false => self.mistakes.warning(place, "missing-text", message),
        };
        mistake.original(original).help(match safety {
            true => "a language without words for what is urgent or what to do is refused".to_owned(),
            false => format!("until it is, it is shown in `{language}`"),
        });
    }

    fn wrong_length(&mut self, parts: &[Outline], length: usize, path: &Path) {
        let what = path.last_key().map_or_else(|| "this row".to_owned(), |key| format!("`{}`", shown(key)));
        let message = format!("{what} has {length} here, and {} in the questionnaire", parts.len());
        let original = place_in_original(&path.steps(), self.questionnaire);
        let place = if path.last_key().is_some() { path.name() } else { path.value() };
        self.mistakes
            .error(place, "wrong-length", message)
            .help(match length > parts.len() {
                true => {
                    "these have no ids: each must be in the place of the one that it translates; a comma in brackets begins a new one, unless the text is in quotes"
                }
                false => "these have no ids: each must be in the place of the one that it translates",
            })
            .original(original);
    }

    /// A text that translates nothing.
    pub fn free_text(&mut self, value: &Value, path: &Path) -> Text {
        let text = text_of(value).unwrap_or_default();
        for (audience, path) in audiences(value, path) {
            let words = text.to(audience);
            if !is_empty(words, &path, &mut self.mistakes) {
                check_characters(words, &path, false, &mut self.mistakes);
                let braces = placeholders(words);
                if let Some(wrong) = braces.first() {
                    let message = "this text can't have placeholders";
                    self.mistakes.error(path.word(wrong), "unknown-placeholder", message);
                }
            }
        }
        text
    }

    fn text(&mut self, value: &Value, role: Role, original: &Text, path: &Path) -> Option<Text> {
        let text = text_of(value)?;
        for (audience, path) in audiences(value, path) {
            let words = text.to(audience);
            let both = [original.to(Audience::Patient), original.to(Audience::Clinician)];
            // One text for both stands for each of the two.
            let originals = match value {
                Value::String(_) if both[0] != both[1] => &both[..],
                _ => &[original.to(audience)][..],
            };
            if original.to(audience).is_empty() {
                if !words.is_empty() {
                    let message = "this text is empty in the questionnaire";
                    self.mistakes.error(path.value(), "text-for-empty", message).help("write \"\"");
                }
                continue;
            }
            if is_empty(words, &path, &mut self.mistakes) {
                continue;
            }
            check_characters(words, &path, role.lines, &mut self.mistakes);
            for original in originals {
                if self.differs(words, original, &path) {
                    break;
                }
            }
        }
        Some(text)
    }

    /// Reports placeholders and numbers that are not those of the original.
    fn differs(&mut self, words: &str, original: &str, path: &Path) -> bool {
        let (here, there) = (placeholders(words), placeholders(original));
        let added = here.iter().find(|braced| !there.contains(braced));
        let lost = there.iter().find(|braced| !here.contains(braced));
        let at = place_in_original(&path.steps(), self.questionnaire);
        if let Some(added) = added {
            let braced = shown(added);
            let meant = self.mistakes.did_you_mean(added, there.iter().copied());
            let mistake = self.mistakes.error(
                path.word(added),
                "added-placeholder",
                format!("the text that this translates has no `{braced}`"),
            );
            mistake.original(at).help(meant.unwrap_or_else(|| {
                "a translation has the same placeholders as the text of the questionnaire".to_owned()
            }));
            return true;
        }
        if let Some(lost) = lost {
            let braced = shown(lost);
            self.mistakes
                .error(path.value(), "lost-placeholder", format!("`{braced}` is missing in this text"))
                .help(format!("put `{braced}` where its words belong; the program fills it in"))
                .original(at);
            return true;
        }
        let (here, there) = (numbers(words), numbers(original));
        if !are_same(&here, &there) {
            let listed = |numbers: &[String]| match numbers {
                [] => "no number".to_owned(),
                _ => numbers.join(", "),
            };
            let message = format!(
                "here stands {}, in the questionnaire {}",
                shown(&listed(&here)),
                shown(&listed(&there))
            );
            self.mistakes
                .warning(path.value(), "other-numbers", message)
                .help("write the same numbers, or number words where the questionnaire has them")
                .original(at);
            return true;
        }
        false
    }
}

/// Whether a text has no words, for neither audience.
fn is_left_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => words.is_empty(),
        Value::Mapping(both) => !both.is_empty() && both.values().all(is_left_empty),
        _ => false,
    }
}

/// The paths to the words of a text, with whom they are for. One text for both is the patient's.
fn audiences<'p>(value: &Value, path: &'p Path<'p>) -> Vec<(Audience, Path<'p>)> {
    match value {
        Value::Mapping(_) => {
            vec![(Audience::Patient, path.key("patient")), (Audience::Clinician, path.key("clinician"))]
        }
        _ => vec![(Audience::Patient, *path)],
    }
}

/// `levels.emergency.within[0]`
fn name(steps: &[Step]) -> String {
    let mut name = String::new();
    for step in steps {
        match step {
            Step::Key(key) if name.is_empty() => name.push_str(key),
            Step::Key(key) => {
                name.push('.');
                name.push_str(key);
            }
            Step::Index(index) => name.push_str(&format!("[{index}]")),
        }
    }
    name
}
