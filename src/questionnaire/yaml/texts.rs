//! Texts: the words for each audience, and what may stand in them.

use super::super::text::Text;
use super::characters::{check_characters, is_empty};
use super::names::{listed, shown};
use super::path::Path;
use super::raw;
use super::resolve::Resolver;

/// What a text is for, which decides what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// Paragraphs and lists.
    pub lines: bool,
    pub placeholders: Placeholders,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placeholders {
    None,
    /// The site's contacts.
    Contacts,
    /// `{answer}`.
    Answer,
}

impl Manner {
    /// One line: a title, a label.
    pub const LINE: Manner = Manner { lines: false, placeholders: Placeholders::None };
    pub const LINES: Manner = Manner { lines: true, placeholders: Placeholders::None };
    /// One line that may name the site's contacts.
    pub const ADVICE_LINE: Manner = Manner { lines: false, placeholders: Placeholders::Contacts };
    /// Lines that may name the site's contacts.
    pub const ADVICE: Manner = Manner { lines: true, placeholders: Placeholders::Contacts };
    /// A sentence about an answer.
    pub const ANSWER: Manner = Manner { lines: false, placeholders: Placeholders::Answer };
}

impl Resolver<'_> {
    pub fn text(&mut self, text: &raw::Text, path: &Path, manner: Manner) -> Text {
        match text {
            raw::Text::Both(words) => Text::both(self.words(words, path, manner)),
            raw::Text::Each { patient, clinician } => Text::each(
                self.words(patient, &path.key("patient"), manner),
                self.words(clinician, &path.key("clinician"), manner),
            ),
        }
    }

    pub fn optional_text(
        &mut self,
        text: &raw::Written<raw::Text>,
        path: &Path,
        manner: Manner,
    ) -> Option<Text> {
        text.0.as_ref().map(|text| self.text(text, path, manner))
    }

    pub fn texts(&mut self, texts: &[raw::Text], path: &Path, manner: Manner) -> Vec<Text> {
        let mut resolved = Vec::with_capacity(texts.len());
        for (index, text) in texts.iter().enumerate() {
            resolved.push(self.text(text, &path.index(index), manner));
        }
        resolved
    }

    /// A text that may be empty, as a cell of a table may.
    pub fn cell(&mut self, text: &raw::Text, path: &Path) -> Text {
        match text {
            raw::Text::Both(words) if words.trim().is_empty() => Text::default(),
            _ => self.text(text, path, Manner::LINE),
        }
    }

    pub fn words(&mut self, words: &str, path: &Path, manner: Manner) -> String {
        let words = words.trim();
        if is_empty(words, path, &mut self.mistakes) {
            return String::new();
        }
        check_characters(words, path, manner.lines, &mut self.mistakes);
        if words.contains(['{', '}']) {
            self.check_placeholders(words, path, manner.placeholders);
        }
        words.to_owned()
    }

    fn check_placeholders(&mut self, words: &str, path: &Path, allowed: Placeholders) {
        let mut rest = words;
        while let Some(start) = rest.find(['{', '}']) {
            let from_brace = &rest[start..];
            let end = from_brace[1..].find(['{', '}']).map(|end| end + 1);
            let closed = end.filter(|&end| from_brace.starts_with('{') && from_brace[end..].starts_with('}'));
            let Some(end) = closed else {
                let brace = &from_brace[..1];
                let message = format!("a `{brace}` alone in a text");
                self.mistakes
                    .error(path.word(brace), "lone-brace", message)
                    .help("braces can only be around a placeholder, such as `{clinic}`");
                rest = &from_brace[1..];
                continue;
            };
            self.check_placeholder(&from_brace[..=end], path, allowed);
            rest = &from_brace[end + 1..];
        }
    }

    fn check_placeholder(&mut self, braced: &str, path: &Path, allowed: Placeholders) {
        let name = &braced[1..braced.len() - 1];
        let place = path.word(braced);
        let contacts = &self.names.contacts;
        let known: &[&str] = match allowed {
            Placeholders::None => &[],
            Placeholders::Contacts => &contacts.ids,
            Placeholders::Answer => &["answer"],
        };
        if known.contains(&name) || allowed == Placeholders::Contacts && !contacts.complete {
            return;
        }
        let is_elsewhere = name == "answer" || contacts.get(name).is_some();
        let name = shown(name);
        if is_elsewhere {
            let message = format!("`{{{name}}}` can't be used in this text");
            let help = match name.as_str() {
                "answer" => "`{answer}` can only be used in `say` of a yes_no, number or scale question",
                _ => {
                    "contacts can only be used in the texts of levels, steps, pages, `return_list`, `always` and `say`"
                }
            };
            self.mistakes.error(place, "misplaced-placeholder", message).help(help);
            return;
        }
        let message = format!("there is no placeholder `{{{name}}}`");
        let likely = self.mistakes.meant(&name, known.iter().copied());
        let help = match (likely, allowed) {
            (Some(meant), _) => format!("did you mean `{{{meant}}}`?"),
            (None, Placeholders::None) => "this text can't have placeholders".to_owned(),
            (None, Placeholders::Answer) => "there is only `{answer}`".to_owned(),
            (None, Placeholders::Contacts) => {
                let add = format!("add `{name}: your ...` to `contacts`");
                if known.is_empty() { add } else { format!("{add}; there are: {}", listed(known)) }
            }
        };
        self.mistakes.error(place, "unknown-placeholder", message).help(help);
    }
}
