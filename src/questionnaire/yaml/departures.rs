//! The waivers of a changed copy: what may be less urgent than in the built-in questionnaire.
//!
//! What they name is in the built-in questionnaire, which is not here. That it is there is looked at when both are
//! compared.

use super::super::departure::LESS_URGENT;
use super::super::{Departing, Departure, LevelIndex, UnsurePolicy};
use super::levels::counts_as;
use super::path::Path;
use super::raw;
use super::resolve::Resolver;
use super::texts::Manner;

/// What a waiver may name, of which it names one.
const ONE_OF: &str =
    "name one thing: `rule`, `step`, `text` or `interrupt: false` with a `level`, or `unsure`";

impl Resolver<'_> {
    pub fn departures(&mut self) -> Vec<Departure> {
        let root = Path::ROOT;
        let path = root.key("waivers");
        let raw = self.raw.waivers.iter().enumerate().filter(|(_, raw)| raw.property == LESS_URGENT);
        raw.filter_map(|(entry, raw)| {
            let path = path.index(entry);
            let because = self.words(&raw.because, &path.key("because"), Manner::LINES);
            Some(Departure { what: self.departing(raw, &path)?, because, entry })
        })
        .collect()
    }

    fn departing(&mut self, raw: &raw::Waiver, path: &Path) -> Option<Departing> {
        for (key, is_there) in [("question", raw.question.0.is_some()), ("option", raw.option.0.is_some())] {
            self.misplaced(is_there, key, path);
        }
        let named = [
            raw.rule.0.is_some(),
            raw.step.0.is_some(),
            raw.text.0.is_some(),
            raw.interrupt.0.is_some(),
            raw.unsure.0.is_some(),
        ];
        if named.into_iter().filter(|is_named| *is_named).count() != 1 || raw.interrupt.0 == Some(true) {
            let message =
                format!("a waiver of `{LESS_URGENT}` is about one thing of the built-in questionnaire");
            self.mistakes.error(path.key("property").value(), "bad-waiver", message).help(ONE_OF);
            return None;
        }
        self.misplaced(raw.days.0.is_some() && raw.text.0.is_none(), "days", path);
        if let Some(unsure) = &raw.unsure.0 {
            self.misplaced(raw.level.0.is_some(), "level", path);
            return self.accepted_policy(unsure, path).map(Departing::Unsure);
        }
        let level = self.level_of(raw, path)?;
        let words = |words: &Option<String>| words.as_deref().unwrap_or_default().trim().to_owned();
        Some(match (&raw.rule.0, &raw.step.0, &raw.text.0) {
            (rule @ Some(_), ..) => Departing::Rule { rule: words(rule), level },
            (_, step @ Some(_), _) => Departing::Step { step: words(step), level },
            (.., text @ Some(_)) => Departing::Text { text: words(text), level, days: raw.days.0 },
            _ => Departing::Interrupt { level },
        })
    }

    fn level_of(&mut self, raw: &raw::Waiver, path: &Path) -> Option<LevelIndex> {
        let Some(level) = &raw.level.0 else {
            let message = "this waiver lacks the key `level`";
            let help = "for a rule: the least urgent level that it may count for; for anything else: the level at which it is not shown";
            self.mistakes.error(path.key("property").value(), "missing-key", message).help(help);
            return None;
        };
        self.names.levels.find(level, path.key("level").value(), &mut self.mistakes)
    }

    fn accepted_policy(&mut self, raw: &raw::Unsure, path: &Path) -> Option<UnsurePolicy> {
        let unsure = path.key("unsure");
        let place = unsure.key("at_least").value();
        let at_least = self.names.levels.find(&raw.at_least, place, &mut self.mistakes)?;
        Some(UnsurePolicy { counts_as: counts_as(raw.counts_as), at_least })
    }

    /// Keys that only a waiver about the built-in questionnaire has.
    pub fn no_keys_of_departures(&mut self, raw: &raw::Waiver, path: &Path) {
        for (key, is_there) in [
            ("rule", raw.rule.0.is_some()),
            ("step", raw.step.0.is_some()),
            ("text", raw.text.0.is_some()),
            ("level", raw.level.0.is_some()),
            ("days", raw.days.0.is_some()),
            ("interrupt", raw.interrupt.0.is_some()),
            ("unsure", raw.unsure.0.is_some()),
        ] {
            self.misplaced(is_there, key, path);
        }
    }

    fn misplaced(&mut self, is_there: bool, key: &str, path: &Path) {
        if is_there {
            let message = format!("this waiver has no key `{key}`");
            let help = format!("leave it out; `{LESS_URGENT}` has other keys than the other properties");
            self.mistakes.error(path.key(key).name(), "misplaced-key", message).help(help);
        }
    }
}
