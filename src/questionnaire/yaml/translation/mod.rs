//! A companion file: the texts of a questionnaire in another language.
//!
//! What it may hold follows from the questionnaire: from its texts an [`Outline`] is made, from that a JSON Schema,
//! and the file is compared with both. So ids, keys and lists are those of the questionnaire, or a mistake.

mod compare;
mod draft;
mod outline;
mod same;

use serde_yaml::Value;

use super::super::diagnostic::{Diagnostic, Span};
use super::super::direction::first_right_to_left;
use super::super::language::Translation;
use super::super::wording::{self, each_text};
use super::super::{Audience, Questionnaire, Text};
use super::form::{placed, tree};
use super::language::check_language;
use super::lint::right_to_left;
use super::mistake::Mistakes;
use super::names::shown;
use super::path::{Part, Path, Place, Step};
use super::tree::Tree;
use super::unseen::as_read;
use super::{bytes, shape};
use compare::Comparer;
pub use draft::draft;
use outline::Outline;

/// The questionnaire that a file translates.
#[derive(Clone, Copy)]
pub struct Original<'a> {
    pub questionnaire: &'a Questionnaire,
    /// What to call its file in messages.
    pub file: &'a str,
    pub text: &'a [u8],
}

/// A translation that can be used, and what its author may still want to look at.
#[derive(Debug)]
pub struct LoadedTranslation {
    pub translation: Translation,
    pub warnings: Vec<Diagnostic>,
}

/// Reads the companion of a questionnaire. `file` is only for the messages; `named` is the language in its name.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places. A text that is
/// missing is a mistake if a person's safety may hang on it, see [`wording::Role`].
pub fn load(
    file: &str,
    named: &str,
    bytes: &[u8],
    original: &Original,
) -> Result<LoadedTranslation, Vec<Diagnostic>> {
    let text = bytes::text(file, bytes)?;
    let outline = Outline::of(original.questionnaire);
    let schema = outline.schema(original.questionnaire);
    let tree = tree(file, text, "translation", &schema)?;
    let (value, mut mistakes) = shape::check(&tree, "translation", &schema);
    if mistakes.is_full() {
        return Err(placed(file, text, (&tree, &schema), mistakes, Some(original)));
    }
    check_head(&value, named, original.questionnaire, &mut mistakes);
    let mut comparer = Comparer::new(original.questionnaire, mistakes);
    let reviewed = comparer.free_text(&value["reviewed"], &Path::ROOT.key("reviewed"));
    comparer.compare(&outline, Some(&value), &Path::ROOT);
    let (found, mut mistakes) = (comparer.found, comparer.mistakes);

    let mut texts_in_order = Vec::new();
    each_text(&mut original.questionnaire.clone(), &mut |name, _, _| {
        texts_in_order.push(found.get(&owned(name)).cloned());
    });
    let language = value["language"].as_str().unwrap_or_default().to_owned();
    let translation = Translation { language, reviewed, texts: texts_in_order };
    let translated = translation.of(original.questionnaire);
    equal_labels(original.questionnaire, &translated, &mut mistakes);
    // Its own texts only: of those that are missing the questionnaire tells.
    let in_text = first_right_to_left(&translated, |name, word| {
        let steps = owned(name);
        let is_here = found.contains_key(&steps);
        is_here.then(|| Place { steps, part: Part::Word(word.to_owned()) })
    });
    right_to_left(&translation.language, in_text, &mut mistakes);

    let has_errors = mistakes.has_errors;
    let diagnostics = placed(file, text, (&tree, &schema), mistakes, Some(original));
    match has_errors {
        true => Err(diagnostics),
        false => Ok(LoadedTranslation { translation, warnings: diagnostics }),
    }
}

/// The JSON Schema of the translations of a questionnaire, for editors: with all its ids, and with each of its texts.
pub fn schema(questionnaire: &Questionnaire) -> serde_json::Value {
    Outline::of(questionnaire).schema(questionnaire)
}

/// Whether the file is about this questionnaire, and in which language.
fn check_head(value: &Value, named: &str, questionnaire: &Questionnaire, mistakes: &mut Mistakes) {
    let root = Path::ROOT;
    let word = |key: &str| value[key].as_str().unwrap_or_default();
    let (language, of, version) = (word("language"), word("of"), word("version"));
    let place = root.key("language").value();
    check_language(language, place.clone(), mistakes);
    if language == questionnaire.language {
        let message = format!("`{}` is the language of the questionnaire itself", shown(language));
        mistakes.error(place, "same-language", message).original(vec![Step::Key("language".to_owned())]);
    } else if language != named {
        let message =
            format!("the name of this file says `{}`, but this says `{}`", shown(named), shown(language));
        mistakes.error(place, "language-and-name", message).help("rename the file, or change this");
    }
    if of != questionnaire.id {
        let message = format!(
            "this translates `{}`, but the questionnaire is `{}`",
            shown(of),
            shown(&questionnaire.id)
        );
        mistakes
            .error(root.key("of").value(), "other-questionnaire", message)
            .original(vec![Step::Key("id".to_owned())]);
    }
    if version != questionnaire.version {
        let message = format!(
            "this translates version {}, but the questionnaire is version {}",
            shown(version),
            shown(&questionnaire.version)
        );
        mistakes
            .error(root.key("version").value(), "other-version", message)
            .help("go through everything that has changed since, then write the new version here")
            .original(vec![Step::Key("version".to_owned())]);
    }
}

/// Options that can be told apart in the first language and not in the other.
fn equal_labels(original: &Questionnaire, translated: &Questionnaire, mistakes: &mut Mistakes) {
    let root = Path::ROOT;
    let path = root.key("questions");
    for (question, first) in translated.questions.iter().zip(&original.questions) {
        for (index, option) in question.options.iter().enumerate() {
            let same = |other: &usize| {
                [Audience::Patient, Audience::Clinician].into_iter().any(|audience| {
                    let label = |questions: &super::super::Question, at: usize| {
                        as_read(questions.options[at].label.to(audience))
                    };
                    label(question, index) == label(question, *other)
                        && label(first, index) != label(first, *other)
                })
            };
            let Some(other) = (0..index).find(same) else { continue };
            let question_path = path.key(&question.id);
            let options = question_path.key("options");
            let other = options.key(&question.options[other].id).key("label").value();
            mistakes
                .warning(
                    options.key(&option.id).key("label").value(),
                    "equal-labels",
                    "two options of this question have the same words",
                )
                .related(other, "the other one");
        }
    }
}

/// Where a text of a translation stands in the questionnaire: there, things with ids are entries of lists.
pub(super) fn place_in_original(name: &[Step], questionnaire: &Questionnaire) -> Vec<Step> {
    let q = questionnaire;
    let key = |key: &str| Step::Key(key.to_owned());
    let [Step::Key(list), Step::Key(id), rest @ ..] = name else {
        return name.to_vec();
    };
    let (ids, last): (Vec<&String>, _) = match list.as_str() {
        "questions" => return place_of_question(id, rest, q),
        "levels" => {
            let in_a_list = matches!(rest, [_, Step::Index(_)]);
            (q.levels.iter().map(|level| &level.id).collect(), in_a_list.then_some("say"))
        }
        "offers" => (q.offers.iter().map(|offer| &offer.questionnaire).collect(), Some("label")),
        "sections" => (q.sections.iter().map(|section| &section.id).collect(), Some("title")),
        "grids" => (q.grids.iter().map(|grid| &grid.id).collect(), None),
        "rules" => {
            let index = q.rules.iter().position(|rule| rule.id == *id).unwrap_or_default();
            let mut place = vec![key(list), Step::Index(index), key("because")];
            if let [entry] = rest {
                place.extend([entry.clone(), key("say")]);
            }
            return place;
        }
        "next_steps" => (q.next_steps.iter().map(|step| &step.id).collect(), Some("say")),
        "learn" => (q.learn.iter().map(|page| &page.id).collect(), None),
        "tables" => (q.tables.iter().map(|table| &table.id).collect(), None),
        _ => return name.to_vec(),
    };
    let index = ids.iter().position(|known| *known == id).unwrap_or_default();
    let mut place = vec![key(list), Step::Index(index)];
    place.extend_from_slice(rest);
    place.extend(last.map(key));
    place
}

fn place_of_question(id: &str, rest: &[Step], questionnaire: &Questionnaire) -> Vec<Step> {
    let key = |key: &str| Step::Key(key.to_owned());
    let Some(index) = questionnaire.question_index(id) else {
        return vec![key("sections")];
    };
    let question = &questionnaire.questions[index];
    let in_section = index - questionnaire.sections[question.section].first;
    let mut place =
        vec![key("sections"), Step::Index(question.section), key("questions"), Step::Index(in_section)];
    match rest {
        [Step::Key(options), Step::Key(option), part @ ..] if options == "options" => {
            let option = question.option_index(option).unwrap_or_default();
            place.extend([key("options"), Step::Index(option)]);
            place.extend_from_slice(part);
        }
        _ => place.extend_from_slice(rest),
    }
    place
}

/// The spans of places in the questionnaire's file, for notes beside mistakes in a translation of it.
pub(super) struct OriginalSpans<'a> {
    file: &'a str,
    text: &'a str,
    tree: Tree<'a>,
}

impl<'a> OriginalSpans<'a> {
    pub fn of(original: &Original<'a>) -> Option<OriginalSpans<'a>> {
        let text = std::str::from_utf8(original.text).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Some(OriginalSpans { file: original.file, text, tree: Tree::read(text, "questionnaire").ok()? })
    }

    /// `None`: the file says nothing there.
    pub fn span(&self, mut steps: Vec<Step>) -> Option<Span> {
        // There, one text may serve both audiences.
        if !self.tree.has(&steps) {
            steps.pop_if(|last| matches!(last, Step::Key(key) if key == "patient" || key == "clinician"))?;
        }
        let place = Place { steps, part: super::path::Part::Value };
        let mut span = Span::in_text(self.text, self.tree.locate(&place));
        span.file = Some(self.file.to_owned());
        Some(span)
    }
}

pub(super) fn owned(name: &[wording::Step]) -> Vec<Step> {
    let steps = name.iter().map(|step| match step {
        wording::Step::Key(key) => Step::Key((*key).to_owned()),
        wording::Step::Index(index) => Step::Index(*index),
    });
    steps.collect()
}

/// A text as the file has it; `None` if it has not the shape of one.
fn text_of(value: &Value) -> Option<Text> {
    match value {
        Value::String(words) => Some(Text::both(words.trim())),
        Value::Mapping(map) => {
            let words = |key: &str| map.get(key).and_then(Value::as_str).map(str::trim);
            Some(Text::each(words("patient")?, words("clinician")?))
        }
        _ => None,
    }
}
