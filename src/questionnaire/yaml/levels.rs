//! Levels, and what an open question counts for.

use super::super::{Contact, Deadline, Level, UnsureCountsAs, UnsurePolicy};
use super::conditions::Scope;
use super::path::Path;
use super::raw;
use super::resolve::Resolver;
use super::texts::Manner;

impl Resolver<'_> {
    pub fn levels(&mut self) -> Vec<Level> {
        let root = Path::ROOT;
        let path = root.key("levels");
        self.not_empty(&self.raw.levels, &path, "no-levels", "there are no levels");
        let raw = self.raw.levels.iter().enumerate();
        raw.map(|(index, level)| self.level(level, &path.index(index))).collect()
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
        self.only_last_unconditional(within.iter().map(|entry| entry.when.is_some()), &within_path);
        Level {
            id: raw.id.clone(),
            title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
            short: self.optional_text(&raw.short, &path.key("short"), Manner::LINE),
            act: self.text(&raw.act, &path.key("act"), Manner::ADVICE),
            interrupt: raw.interrupt,
            within,
            who,
            check_again: self.deadlines(&raw.check_again, &path.key("check_again")),
            code: self.code(&raw.code, path),
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
    pub fn only_last_unconditional(&mut self, conditional: impl Iterator<Item = bool>, path: &Path) {
        let conditional: Vec<bool> = conditional.collect();
        let Some((&last, others)) = conditional.split_last() else {
            return;
        };
        if last {
            let at = path.index(conditional.len() - 1);
            let message = "the last entry has a condition, so it is possible that none fits";
            self.mistakes
                .error(at.key("when").name(), "condition-on-last-entry", message)
                .help("add an entry without `when` after it");
        }
        if let Some(first) = others.iter().position(|conditional| !conditional) {
            let message = "the entries after this one are never reached, because it has no condition";
            self.mistakes
                .error(path.index(first).value(), "unreachable-entry", message)
                .help("give it a `when`, or put it last");
        }
    }

    pub fn unsure(&mut self) -> UnsurePolicy {
        let raw = &self.raw.unsure;
        let place = Path::ROOT.key("unsure").key("at_least").value();
        let at_least = self.names.levels.find(&raw.at_least, place, &mut self.mistakes);
        UnsurePolicy { counts_as: counts_as(raw.counts_as), at_least: at_least.unwrap_or_default() }
    }
}

pub(super) fn counts_as(raw: raw::CountsAs) -> UnsureCountsAs {
    match raw {
        raw::CountsAs::SameLevel => UnsureCountsAs::SameLevel,
        raw::CountsAs::OneLevelLess => UnsureCountsAs::OneLevelLess,
    }
}
