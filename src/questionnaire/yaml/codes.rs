//! Codes of others, at questions, options and levels.

use super::super::{Choice, Code};
use super::path::Path;
use super::raw::{self, Written};
use super::resolve::Resolver;

impl Resolver<'_> {
    pub fn code(&mut self, raw: &Written<raw::Code>, path: &Path) -> Option<Code> {
        let raw = raw.0.as_ref()?;
        let path = path.key("code");
        let code =
            Code { system: raw.system.clone(), code: raw.code.clone(), display: raw.display.0.clone() };
        if let Err(misspelt) = code.check()
            && !self.mistakes.holes.cover(&path)
            && !self.mistakes.holes.cover(&path.key(misspelt.key))
        {
            let place = path.key(misspelt.key).value();
            self.mistakes.error(place, "misspelt-code", misspelt.message).help(misspelt.help);
        }
        Some(code)
    }

    /// Two options of one question that are written alike in a record could not be told apart.
    pub fn different_codes(&mut self, options: &[Choice], path: &Path) {
        let written =
            |option: &Choice| option.code.as_ref().map_or(option.id.clone(), |code| code.code.clone());
        for (index, option) in options.iter().enumerate().filter(|(_, option)| option.code.is_some()) {
            let others = options.iter().enumerate().filter(|(other, _)| *other != index);
            if others.into_iter().any(|(_, other)| written(other) == written(option)) {
                let message = "another option of this question is written like this in a record";
                let place = path.index(index).key("code").name();
                self.mistakes.error(place, "duplicate-code", message).help("give each a code of its own");
            }
        }
    }
}
