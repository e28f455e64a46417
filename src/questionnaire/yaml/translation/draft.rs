//! The file that a translator begins with: every text in order, with the words of the questionnaire above each.

use super::super::super::{Audience, Questionnaire, Text};
use super::outline::Outline;

/// A translation into `language` in which nothing is translated yet.
pub fn draft(questionnaire: &Questionnaire, language: &str) -> String {
    let mut text = format!(
        "# {} in `{language}`. Above each text are the words of the questionnaire: write yours between the quotes.\n\
         # A part in braces, such as {{answer}}, stays as it is. `redflag check` shows what is still missing.\n\
         format: 1\nlanguage: {language}\nof: {}\nversion: {}\n\
         # Say in this language who has reviewed it, or that nobody has.\n\
         reviewed: Nobody has reviewed this translation.\n",
        questionnaire.id,
        questionnaire.id,
        quoted(&questionnaire.version),
    );
    if let Outline::Map(map) = Outline::of(questionnaire) {
        for (key, part) in &map.entries {
            text.push('\n');
            write(&mut text, 0, &format!("{}:", name(key)), part);
        }
    }
    text
}

/// One part behind `head`, which is a key or the dash of a list.
fn write(text: &mut String, depth: usize, head: &str, part: &Outline) {
    let space = "  ".repeat(depth);
    match part {
        Outline::Text { original, .. } if *original == Text::default() => {
            text.push_str(&format!("{space}{head} \"\"\n"));
        }
        Outline::Text { original, .. } => {
            let [patient, clinician] = [Audience::Patient, Audience::Clinician].map(|who| original.to(who));
            if patient == clinician {
                remark(text, &space, patient);
                text.push_str(&format!("{space}{head} \"\"\n"));
                return;
            }
            // A dash has its first key behind it.
            let (first, inner) = match head {
                "-" => (format!("{space}- "), format!("{space}  ")),
                key => {
                    text.push_str(&format!("{space}{key}\n"));
                    (format!("{space}  "), format!("{space}  "))
                }
            };
            remark(text, &space, patient);
            text.push_str(&format!("{first}patient: \"\"\n"));
            remark(text, &inner, clinician);
            text.push_str(&format!("{inner}clinician: \"\"\n"));
        }
        Outline::List(parts) => {
            if head == "-" {
                // A row of a table: its cells are texts.
                text.push_str(&format!("{space}-\n"));
            } else {
                text.push_str(&format!("{space}{head}\n"));
            }
            parts.iter().for_each(|part| write(text, depth + 1, "-", part));
        }
        Outline::Map(map) => {
            text.push_str(&format!("{space}{head}\n"));
            for (key, part) in &map.entries {
                write(text, depth + 1, &format!("{}:", name(key)), part);
            }
        }
    }
}

/// The words of the questionnaire, as a remark.
fn remark(text: &mut String, space: &str, words: &str) {
    for line in words.lines() {
        text.push_str(format!("{space}# {line}").trim_end());
        text.push('\n');
    }
}

fn name(key: &str) -> String {
    let is_plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    if is_plain { key.to_owned() } else { quoted(key) }
}

fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}
