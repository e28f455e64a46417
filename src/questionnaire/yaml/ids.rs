//! Collects all ids of a file, before anything refers to them.

use super::mistake::Mistakes;
use super::names::{CONDITION_WORDS, Ids, Spelling};
use super::path::Path;
use super::raw::{self, Kind};
use super::resolve::{Asked, Names};

impl<'a> Names<'a> {
    /// All ids of a file. Two of the same and wrong spellings are mistakes.
    pub fn of(raw: &'a raw::Questionnaire, mistakes: &mut Mistakes) -> Names<'a> {
        let sections = list("section", "sections", &raw.sections, |s| &s.id, mistakes);
        list("step", "next_steps", &raw.next_steps, |step| &step.id, mistakes);
        list("page", "learn", &raw.learn, |page| &page.id, mistakes);
        list("table", "tables", &raw.tables, |table| &table.id, mistakes);
        let (questions, asked) = questions(raw, sections.complete, mistakes);
        let names = Names {
            levels: list("level", "levels", &raw.levels, |level| &level.id, mistakes),
            grids: list("grid", "grids", &raw.grids, |grid| &grid.id, mistakes),
            rules: list("rule", "rules", &raw.rules, |rule| &rule.id, mistakes),
            sources: entries("source", "sources", &raw.sources, mistakes),
            contacts: entries("contact", "contacts", &raw.contacts, mistakes),
            definitions: entries("definition", "definitions", &raw.definitions, mistakes),
            questions,
            asked,
        };
        names.check_condition_words(mistakes);
        names.check_contacts(mistakes);
        names
    }

    /// In a condition, questions and definitions stand beside words such as `all`.
    fn check_condition_words(&self, mistakes: &mut Mistakes) {
        let definitions = Path::ROOT.key("definitions");
        for id in &self.definitions.ids {
            let place = definitions.key(id).name();
            if CONDITION_WORDS.contains(id) {
                let message = format!("`{id}` has a special meaning in conditions");
                mistakes.error(place, "reserved-word", message).help("give the definition another name");
            } else if let Some(question) = self.questions.get(id) {
                let message = format!("`{id}` is also the name of a question");
                mistakes
                    .error(place, "definition-like-question", message)
                    .help("give the definition another name")
                    .related(self.place_of_question(question), "the question");
            }
        }
        for (index, id) in self.questions.ids.iter().enumerate() {
            if CONDITION_WORDS.contains(id) {
                let message = format!("`{id}` has a special meaning in conditions");
                mistakes
                    .error(self.place_of_question(index), "reserved-word", message)
                    .help("give the question another id");
            }
        }
    }

    /// In a text, contacts share the braces with `{answer}`.
    fn check_contacts(&self, mistakes: &mut Mistakes) {
        if self.contacts.ids.contains(&"answer") {
            let place = Path::ROOT.key("contacts").key("answer").name();
            let message = "`{answer}` has a special meaning in texts";
            mistakes.error(place, "reserved-word", message).help("give the contact another id");
        }
    }

    /// Where the id of a question stands.
    pub fn place_of_question(&self, index: usize) -> super::path::Place {
        let asked = &self.asked[index];
        let root = Path::ROOT;
        let sections = root.key("sections");
        let section = sections.index(asked.section);
        let questions = section.key("questions");
        questions.index(asked.position).key("id").value()
    }
}

fn list<'a, T>(
    what: &'static str,
    key: &str,
    items: &'a [T],
    id: impl Fn(&'a T) -> &'a String,
    mistakes: &mut Mistakes,
) -> Ids<'a> {
    let root = Path::ROOT;
    let path = root.key(key);
    let spelling = match what {
        "rule" => Spelling::Rule,
        _ => Spelling::Plain,
    };
    let mut table = Ids::new(what);
    table.complete = !mistakes.holes.cover(&path);
    for (index, item) in items.iter().enumerate() {
        let item_path = path.index(index);
        let place_of = |index| path.index(index).key("id").value();
        let id_path = item_path.key("id");
        let place = id_path.value();
        table.add(id(item), &id_path, place, spelling, place_of, mistakes);
    }
    table
}

fn entries<'a, T>(
    what: &'static str,
    key: &str,
    entries: &'a raw::Entries<T>,
    mistakes: &mut Mistakes,
) -> Ids<'a> {
    let root = Path::ROOT;
    let path = root.key(key);
    let mut table = Ids::new(what);
    table.complete = !mistakes.holes.cover(&path);
    for (id, _) in &entries.0 {
        let place_of = |_| path.key(id).name();
        let place = path.key(id).name();
        table.add(id, &path.key(id), place, Spelling::Plain, place_of, mistakes);
    }
    table
}

fn questions<'a>(
    raw: &'a raw::Questionnaire,
    sections_complete: bool,
    mistakes: &mut Mistakes,
) -> (Ids<'a>, Vec<Asked<'a>>) {
    let root = Path::ROOT;
    let sections = root.key("sections");
    let mut table = Ids::new("question");
    table.complete = sections_complete;
    let mut asked: Vec<Asked> = Vec::new();
    for (section, raw) in raw.sections.iter().enumerate() {
        let section_path = sections.index(section);
        let path = section_path.key("questions");
        table.complete &= !mistakes.holes.cover(&path);
        for (position, raw) in raw.questions.iter().enumerate() {
            let question = path.index(position);
            let place_of = |index: usize| {
                let Asked { section, position, .. } = asked[index];
                let section = sections.index(section);
                let questions = section.key("questions");
                questions.index(position).key("id").value()
            };
            let id = question.key("id");
            table.add(&raw.id, &id, id.value(), Spelling::Plain, place_of, mistakes);
            let options_complete = options_complete(raw, &question.key("options"), mistakes);
            asked.push(Asked {
                raw,
                section,
                position,
                options_complete,
                kind_known: !mistakes.holes.cover(&question.key("type")),
            });
        }
    }
    (table, asked)
}

fn options_complete(raw: &raw::Question, path: &Path, mistakes: &Mistakes) -> bool {
    let Some(options) = &raw.options.0 else {
        return matches!(raw.kind, Kind::YesNo);
    };
    let shown = |index: usize| !mistakes.holes.cover(&path.index(index).key("id"));
    options.len() <= super::super::OptionSet::CAPACITY && (0..options.len()).all(shown)
}
