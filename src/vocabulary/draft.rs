//! The file that a translator of the program's own words begins with: every text in order, the English words above it.

use crate::words::{Category, Entry, Kind, Language, Plural, Words};

/// A file of words in which nothing is translated yet.
pub fn draft(language: &str) -> String {
    let english = English(Language::English.texts());
    let mut text = format!(
        "# What redflag itself says, in `{language}`. Above each text is the English one: write yours between the quotes.\n\
         # A part in braces, such as {{level}}, stays as it is. What is left empty is shown in English.\n\
         # `redflag check words.{language}.yaml` shows what is missing, and what doesn't fit.\n\
         format: 1\n\
         words: {language}\n\
         # What its speakers call the language.\n\
         name: \"\"\n\
         # Say here, in this language, that nobody has reviewed these words. It is shown where the language is chosen and\n\
         # in reports. Take it out when they were reviewed.\n\
         not_reviewed: \"\"\n"
    );
    let forms = Plural::of(language).categories();
    let mut open: Vec<String> = Vec::new();
    for entry in Words::entries() {
        let mut path: Vec<&str> = entry.name.split('.').collect();
        let key = path.pop().unwrap_or_default();
        let same = open.iter().zip(&path).take_while(|(open, here)| open == here).count();
        if same < path.len() || open.len() > path.len() {
            text.push('\n');
        }
        for (depth, table) in path.iter().enumerate().skip(same) {
            text += &format!("{}{table}:\n", "  ".repeat(depth));
        }
        open = path.iter().map(|&table| table.to_owned()).collect();
        english.write(&mut text, &entry, key, &"  ".repeat(path.len()), &forms);
    }
    text
}

struct English(Vec<(&'static str, &'static str)>);

impl English {
    fn write(&self, text: &mut String, entry: &Entry, key: &str, space: &str, forms: &[Category]) {
        if !entry.about.is_empty() {
            *text += &format!("{space}# ({})\n", entry.about.trim_end_matches('.'));
        }
        let name = &entry.name;
        match entry.kind {
            Kind::Text | Kind::Line(_) => {
                *text += &format!("{space}# {}\n{space}{key}: \"\"\n", self.shown(name));
            }
            Kind::Pair => {
                *text += &format!("{space}{key}:\n");
                for part in ["type", "does"] {
                    let english = self.shown(&format!("{name}.{part}"));
                    *text += &format!("{space}  # {english}\n{space}  {part}: \"\"\n");
                }
            }
            Kind::List => {
                let entries = (0..).map_while(|at| self.get(&format!("{name}.{at}")));
                let entries = entries.collect::<Vec<_>>().join(", ");
                *text += &format!("{space}# {entries}\n{space}{key}: []\n");
            }
            Kind::Counted(_) => {
                *text += &format!("{space}{key}:\n");
                for form in forms {
                    let english = self.get(&format!("{name}.{}", form.name()));
                    let english = english
                        .or_else(|| self.get(&format!("{name}.other")))
                        .or_else(|| self.get(name))
                        .unwrap_or_default();
                    *text +=
                        &format!("{space}  # {}\n{space}  {}: \"\"\n", with_blanks(english), form.name());
                }
            }
        }
    }

    fn get(&self, name: &str) -> Option<&'static str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    fn shown(&self, name: &str) -> String {
        with_blanks(self.get(name).unwrap_or_default())
    }
}

/// In quotes where blanks at an end belong to it.
fn with_blanks(text: &str) -> String {
    if text == text.trim() { text.to_owned() } else { format!("\"{text}\"") }
}
