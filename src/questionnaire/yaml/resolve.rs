//! From the file as written to a questionnaire: every name to an index, every text checked.

use super::super::text::{Audience, Text};
use super::super::{
    Contact, Contacts, Deadline, Level, LevelIndex, NextStep, Page, Questionnaire, ReturnList,
    Rule, Section, Shown, Source, SourceIndex, Table, UnsureCountsAs, UnsurePolicy, Welcome,
};
use super::conditions::Scope;
use super::lint;
use super::mistake::Mistakes;
use super::names::{self, Spelling};
use super::path::Path;
use super::raw;
use super::texts::Manner;

/// Turns a file into a questionnaire and collects the mistakes on the way. Whatever can't be resolved is filled
/// with something, so that all the rest is looked at too; the result is of use only if there were no errors.
pub(super) struct Resolver<'a> {
    pub raw: &'a raw::Questionnaire,
    pub names: Names<'a>,
    pub mistakes: Mistakes,
    /// For each definition the last question it looks at, also through others.
    pub latest: Vec<Option<usize>>,
}

/// All ids that others refer to.
pub(super) struct Names<'a> {
    pub levels: names::Table<'a>,
    pub sources: names::Table<'a>,
    pub questions: names::Table<'a>,
    pub definitions: names::Table<'a>,
    pub rules: names::Table<'a>,
    /// The questions as written, with the positions of their sections and in them.
    pub asked: Vec<Asked<'a>>,
}

#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub raw: &'a raw::Question,
    pub section: usize,
    pub position: usize,
    /// Whether the file shows all its options.
    pub options_complete: bool,
    /// Whether the file shows its type.
    pub kind_known: bool,
}

/// Resolves a file.
pub(super) fn resolve(raw: &raw::Questionnaire, mistakes: Mistakes) -> (Questionnaire, Mistakes) {
    let mut mistakes = mistakes;
    let names = Names::of(raw, &mut mistakes);
    let mut resolver = Resolver {
        raw,
        names,
        mistakes,
        latest: Vec::new(),
    };
    let questionnaire = resolver.questionnaire();
    let mut mistakes = resolver.mistakes;
    if !mistakes.has_errors {
        lint::lint(&questionnaire, &mut mistakes);
    }
    (questionnaire, mistakes)
}

impl Resolver<'_> {
    fn questionnaire(&mut self) -> Questionnaire {
        let raw = self.raw;
        let root = Path::ROOT;
        let id = root.key("id");
        names::check_spelling(
            "questionnaire",
            &raw.id,
            id.value(),
            Spelling::File,
            &mut self.mistakes,
        );
        // Definitions come before the questions, whose ask_if needs to know what they look at.
        let definitions = self.definitions();
        let questions = self.questions();
        Questionnaire {
            id: raw.id.clone(),
            version: self.words(&raw.version, &root.key("version"), Manner::LINE),
            title: self.text(&raw.title, &root.key("title"), Manner::LINE),
            sign_off: self.text(&raw.sign_off, &root.key("sign_off"), Manner::LINES),
            welcome: self.welcome(),
            contacts: self.contacts(),
            levels: self.levels(),
            unsure: self.unsure(),
            sections: self.sections(),
            questions,
            definitions,
            rules: self.rules(),
            next_steps: self.next_steps(),
            return_list: self.return_list(),
            always: self.texts(&raw.always, &root.key("always"), Manner::ADVICE),
            say: self.text(&raw.say, &root.key("say"), Manner::ADVICE),
            learn: self.pages(),
            tables: self.tables(),
            sources: self.sources(),
        }
    }

    fn welcome(&mut self) -> Welcome {
        let path = Path::ROOT.key("welcome");
        let raw = &self.raw.welcome;
        Welcome {
            about: self.text(&raw.about, &path.key("about"), Manner::LINES),
            points: self.texts(&raw.points, &path.key("points"), Manner::LINE),
        }
    }

    fn contacts(&mut self) -> Contacts<Text> {
        let path = Path::ROOT.key("contacts");
        let raw = &self.raw.contacts;
        let mut contact = |words, key| {
            let named = self.optional_text(words, &path.key(key), Manner::LINE);
            named.unwrap_or_default()
        };
        Contacts {
            clinic: contact(&raw.clinic, "clinic"),
            clinic_phone: contact(&raw.clinic_phone, "clinic_phone"),
            emergency_number: contact(&raw.emergency_number, "emergency_number"),
            nurse_line: contact(&raw.nurse_line, "nurse_line"),
            cancer_line: contact(&raw.cancer_line, "cancer_line"),
        }
    }

    fn levels(&mut self) -> Vec<Level> {
        let root = Path::ROOT;
        let path = root.key("levels");
        self.not_empty(&self.raw.levels, &path, "no-levels", "there are no levels");
        let raw = self.raw.levels.iter().enumerate();
        raw.map(|(index, level)| self.level(level, &path.index(index)))
            .collect()
    }

    fn level(&mut self, raw: &raw::Level, path: &Path) -> Level {
        let who_path = path.key("who");
        let who: Vec<Contact> = (raw.who.iter().enumerate())
            .map(|(index, entry)| {
                let path = who_path.index(index);
                Contact {
                    when: self.optional_condition(&entry.when, &path.key("when"), Scope::Advice),
                    say: self.text(&entry.say, &path.key("say"), Manner::ADVICE),
                }
            })
            .collect();
        self.only_last_unconditional(who.iter().map(|entry| entry.when.is_some()), &who_path);
        let within_path = path.key("within");
        let within = self.deadlines(&raw.within, &within_path);
        self.only_last_unconditional(
            within.iter().map(|entry| entry.when.is_some()),
            &within_path,
        );
        Level {
            id: raw.id.clone(),
            title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
            act: self.text(&raw.act, &path.key("act"), Manner::ADVICE),
            interrupt: raw.interrupt,
            within,
            who,
            check_again: self.deadlines(&raw.check_again, &path.key("check_again")),
        }
    }

    fn deadlines(&mut self, raw: &[raw::Deadline], path: &Path) -> Vec<Deadline> {
        let entries = raw.iter().enumerate();
        entries
            .map(|(index, entry)| {
                let path = path.index(index);
                Deadline {
                    when: self.optional_condition(&entry.when, &path.key("when"), Scope::Advice),
                    say: self.text(&entry.say, &path.key("say"), Manner::ADVICE),
                    days: entry.days.0,
                }
            })
            .collect()
    }

    /// Of a list where the first entry that fits counts: the last must always fit, and no other.
    fn only_last_unconditional(&mut self, conditional: impl Iterator<Item = bool>, path: &Path) {
        let conditional: Vec<bool> = conditional.collect();
        let Some((&last, others)) = conditional.split_last() else {
            return;
        };
        if last {
            let at = path.index(conditional.len() - 1);
            let message = "the last entry has a condition, so it can be that none fits";
            self.mistakes
                .error(at.key("when").name(), "condition-on-last-entry", message)
                .help("add an entry without `when` after it");
        }
        if let Some(first) = others.iter().position(|conditional| !conditional) {
            let message =
                "the entries after this one are never reached, because it has no condition";
            self.mistakes
                .error(path.index(first).value(), "unreachable-entry", message)
                .help("give it a `when`, or put it last");
        }
    }

    fn unsure(&mut self) -> UnsurePolicy {
        let raw = &self.raw.unsure;
        let place = Path::ROOT.key("unsure").key("at_least").value();
        let at_least = self
            .names
            .levels
            .find(&raw.at_least, place, &mut self.mistakes);
        UnsurePolicy {
            counts_as: match raw.counts_as {
                raw::CountsAs::SameLevel => UnsureCountsAs::SameLevel,
                raw::CountsAs::OneLevelLess => UnsureCountsAs::OneLevelLess,
            },
            at_least: at_least.unwrap_or_default(),
        }
    }

    fn sections(&mut self) -> Vec<Section> {
        let root = Path::ROOT;
        let path = root.key("sections");
        self.not_empty(
            &self.raw.sections,
            &path,
            "no-sections",
            "there are no sections",
        );
        let mut first = 0;
        let mut sections = Vec::new();
        for (index, raw) in self.raw.sections.iter().enumerate() {
            let path = path.index(index);
            self.not_empty(
                &raw.questions,
                &path.key("questions"),
                "empty-section",
                "this section has no questions",
            );
            let end = first + raw.questions.len();
            sections.push(Section {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::LINE),
                audience: raw.audience.0,
                first,
                end,
            });
            first = end;
        }
        sections
    }

    fn rules(&mut self) -> Vec<Rule> {
        let root = Path::ROOT;
        let path = root.key("rules");
        self.not_empty(&self.raw.rules, &path, "no-rules", "there are no rules");
        let raw = self.raw.rules.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            let place = path.key("level").value();
            let level = self
                .names
                .levels
                .find(&raw.level, place, &mut self.mistakes);
            Rule {
                id: raw.id.clone(),
                level: level.unwrap_or_default(),
                because: self.text(&raw.because, &path.key("because"), Manner::LINE),
                when: self.condition(&raw.when, &path.key("when"), Scope::Rule),
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    fn next_steps(&mut self) -> Vec<NextStep> {
        let root = Path::ROOT;
        let path = root.key("next_steps");
        let raw = self.raw.next_steps.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            NextStep {
                id: raw.id.clone(),
                shown: self.shown(&raw.levels, &raw.when, raw.audience, &path),
                say: self.text(&raw.say, &path.key("say"), Manner::ADVICE),
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    fn pages(&mut self) -> Vec<Page> {
        let root = Path::ROOT;
        let path = root.key("learn");
        let raw = self.raw.learn.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            Page {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
                shown: self.shown(&raw.levels, &raw.when, raw.audience, &path),
                body: self.text(&raw.body, &path.key("body"), Manner::ADVICE),
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    fn shown(
        &mut self,
        levels: &raw::Written<Vec<String>>,
        when: &raw::Written<raw::Condition>,
        audience: raw::Written<Audience>,
        path: &Path,
    ) -> Shown {
        Shown {
            levels: self.shown_levels(levels, &path.key("levels")),
            when: self.optional_condition(when, &path.key("when"), Scope::Advice),
            audience: audience.0,
        }
    }

    fn shown_levels(&mut self, raw: &raw::Written<Vec<String>>, path: &Path) -> Vec<LevelIndex> {
        let Some(raw) = &raw.0 else {
            return Vec::new();
        };
        if raw.is_empty() {
            self.mistakes
                .error(path.name(), "empty-list", "`levels` is empty")
                .help("leave the key out for all levels");
        }
        let mut levels = Vec::new();
        for (index, id) in raw.iter().enumerate() {
            let place = path.index(index).value();
            let Some(level) = self
                .names
                .levels
                .find(id, place.clone(), &mut self.mistakes)
            else {
                continue;
            };
            if levels.contains(&level) {
                let message = format!("`{id}` is in the list twice");
                self.mistakes.error(place, "twice-in-list", message);
            } else {
                levels.push(level);
            }
        }
        levels
    }

    /// The sources that a text rests on.
    pub fn cited(&mut self, raw: &[String], path: &Path) -> Vec<SourceIndex> {
        let mut cited = Vec::with_capacity(raw.len());
        for (index, id) in raw.iter().enumerate() {
            let place = path.index(index).value();
            let Some(source) = self
                .names
                .sources
                .find(id, place.clone(), &mut self.mistakes)
            else {
                continue;
            };
            if cited.contains(&source) {
                let message = format!("`{id}` is in the list twice");
                self.mistakes.error(place, "twice-in-list", message);
            } else {
                cited.push(source);
            }
        }
        cited
    }

    fn return_list(&mut self) -> ReturnList {
        let path = Path::ROOT.key("return_list");
        let raw = &self.raw.return_list;
        let items = path.key("items");
        self.not_empty(&raw.items, &items, "empty-list", "the list is empty");
        ReturnList {
            title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
            items: self.texts(&raw.items, &items, Manner::ADVICE),
        }
    }

    fn tables(&mut self) -> Vec<Table> {
        let root = Path::ROOT;
        let path = root.key("tables");
        let mut tables = Vec::new();
        for (index, raw) in self.raw.tables.iter().enumerate() {
            let path = path.index(index);
            let columns = path.key("columns");
            self.not_empty(
                &raw.columns,
                &columns,
                "empty-list",
                "the table has no columns",
            );
            let mut rows = Vec::with_capacity(raw.rows.len());
            for (position, row) in raw.rows.iter().enumerate() {
                let rows_path = path.key("rows");
                let path = rows_path.index(position);
                if row.len() != raw.columns.len() {
                    let message = format!(
                        "this row has {}, but the table has {}",
                        counted(row.len(), "cell"),
                        counted(raw.columns.len(), "column"),
                    );
                    self.mistakes
                        .error(path.value(), "wrong-number-of-cells", message)
                        .help("an empty cell is written \"\"");
                }
                let cells = row.iter().enumerate();
                rows.push(
                    cells
                        .map(|(index, cell)| self.cell(cell, &path.index(index)))
                        .collect(),
                );
            }
            tables.push(Table {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::LINE),
                audience: raw.audience.0,
                columns: self.texts(&raw.columns, &columns, Manner::LINE),
                rows,
            });
        }
        tables
    }

    fn sources(&mut self) -> Vec<Source> {
        let root = Path::ROOT;
        let path = root.key("sources");
        let raw = self.raw.sources.0.iter();
        raw.map(|(id, raw)| Source {
            id: id.clone(),
            title: self.words(&raw.title, &path.key(id).key("title"), Manner::LINE),
            year: raw.year.0,
        })
        .collect()
    }

    fn not_empty<T>(&mut self, list: &[T], path: &Path, code: &'static str, message: &str) {
        if list.is_empty() {
            self.mistakes.error(path.name(), code, message);
        }
    }

    /// Reports a word that is none of those that may stand there.
    pub fn unknown_word(
        &mut self,
        word: &str,
        known: &[&str],
        path: &Path,
        code: &'static str,
        message: String,
    ) {
        let help = self
            .mistakes
            .did_you_mean(word, known.iter().copied())
            .unwrap_or_else(|| format!("there are: {}", names::listed(known)));
        self.mistakes.error(path.value(), code, message).help(help);
    }
}

/// `1 cell`, `2 cells`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
