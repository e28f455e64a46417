//! How something is asked once more after "not sure".

use super::super::Settle;
use super::path::Path;
use super::raw::{self, Kind, Written};
use super::resolve::Resolver;
use super::texts::Manner;

const ADD_UNSURE: &str = "add `unsure: true` to the question, or leave `settle` out";

impl Resolver<'_> {
    /// Of a whole question.
    pub fn settle(&mut self, raw: &raw::Question, path: &Path) -> Option<Settle> {
        let place = path.key("settle");
        let settle = self.settle_texts(&raw.settle, &place)?;
        // A key of another type of question has been reported.
        if raw.unsure.0 != Some(true) && !matches!(raw.kind, Kind::Text | Kind::Note | Kind::ManyOf) {
            let message = "nobody can be unsure here, so there is nothing to settle";
            self.mistakes.error(place.name(), "settle-without-unsure", message).help(ADD_UNSURE);
        }
        Some(settle)
    }

    /// Of an option.
    pub fn settle_of_option(
        &mut self,
        of: &raw::Question,
        raw: &raw::Choice,
        path: &Path,
        kind_known: bool,
    ) -> Option<Settle> {
        let place = path.key("settle");
        let settle = self.settle_texts(&raw.settle, &place)?;
        if !kind_known {
            return Some(settle);
        }
        if of.kind != Kind::ManyOf {
            let message = "only the options of a many_of are asked about one by one";
            let mistake = self.mistakes.error(place.name(), "misplaced-key", message);
            mistake.help("write `settle` at the question, which is asked again as a whole");
        } else if of.unsure.0 != Some(true) {
            let message = "nobody can be unsure here, so there is nothing to settle";
            self.mistakes.error(place.name(), "settle-without-unsure", message).help(ADD_UNSURE);
        } else if raw.exclusive.0 == Some(true) {
            let message = "an exclusive option already means \"no\" to all the others";
            let mistake = self.mistakes.error(place.name(), "misplaced-key", message);
            mistake.help("write `settle` at the other options");
        } else if self.alone(of) != 1 {
            let message =
                "this list is asked again as a whole, and no answer means \"no\" to all its options";
            let mistake = self.mistakes.error(place.name(), "settle-without-none", message);
            mistake.help("give the list one option with `exclusive: true`, such as \"None of these\"");
        }
        Some(settle)
    }

    /// How many options stand alone.
    fn alone(&self, of: &raw::Question) -> usize {
        let options = of.options.0.iter().flatten();
        options.filter(|option| option.exclusive.0 == Some(true)).count()
    }

    fn settle_texts(&mut self, raw: &Written<raw::Settle>, path: &Path) -> Option<Settle> {
        let raw = raw.0.as_ref()?;
        let settle = Settle {
            ask: self.optional_text(&raw.ask, &path.key("ask"), Manner::LINES),
            test: self.optional_text(&raw.test, &path.key("test"), Manner::LINES),
        };
        if settle.ask.is_none() && settle.test.is_none() && !self.mistakes.holes.cover(path) {
            let mistake = self.mistakes.error(path.name(), "missing-key", "`settle` is empty");
            mistake.help("it needs `ask:`, how to ask, or `test:`, how to find out");
        }
        Some(settle)
    }
}
