//! The options of a question.

use super::super::{Choice, OptionSet, Region, Text};
use super::names::{Ids, Spelling, listed, shown};
use super::path::Path;
use super::raw::{self, Written};
use super::resolve::Resolver;
use super::texts::Manner;

impl Resolver<'_> {
    pub fn options(&mut self, raw: &raw::Question, path: &Path) -> Vec<Choice> {
        if raw.kind == raw::Kind::YesNo {
            let mut options = self.no_and_yes.clone();
            if let Written(Some(phrases)) = &raw.phrases {
                let path = path.key("phrases");
                for (option, phrase) in options.iter_mut().zip([&phrases.no, &phrases.yes]) {
                    option.phrase = self.optional_text(phrase, &path.key(&option.id), Manner::LINE);
                }
            }
            return options;
        }
        let Written(Some(options)) = &raw.options else {
            return Vec::new();
        };
        let kind_path = path.key("type");
        let path = path.key("options");
        if options.len() < 2 {
            self.mistakes
                .error(path.name(), "too-few-options", "a question needs at least two options")
                .help("for a page without an answer use `type: note`");
        }
        if options.len() > OptionSet::CAPACITY {
            let message = format!(
                "this question has {} options, and the most is {}",
                options.len(),
                OptionSet::CAPACITY
            );
            self.mistakes.error(path.name(), "too-many-options", message);
        }
        if options.len() >= 2 && options.iter().all(|option| option.exclusive.0 == Some(true)) {
            self.mistakes
                .error(path.name(), "all-exclusive", "every option is exclusive, so only one can be ticked")
                .help("use `type: one_of`");
        }
        self.option_ids(options, &path);
        let options = options.iter().enumerate();
        let options: Vec<Choice> =
            options.map(|(index, option)| self.option(raw, option, &path.index(index), &kind_path)).collect();
        self.different_codes(&options, &path);
        options
    }

    /// The options of every yes_no.
    pub fn no_and_yes(&mut self) -> Vec<Choice> {
        let raw = &self.raw.yes_no;
        let path = Path::ROOT.key("yes_no");
        [("no", &raw.no, "No"), ("yes", &raw.yes, "Yes")]
            .map(|(id, written, otherwise)| {
                let label = self.optional_text(written, &path.key(id), Manner::LINE);
                Choice::plain(id, label.unwrap_or_else(|| Text::both(otherwise)))
            })
            .into()
    }

    fn option_ids(&mut self, options: &[raw::Choice], path: &Path) {
        let mut ids = Ids::new("option");
        for (index, option) in options.iter().enumerate() {
            let option_path = path.index(index);
            let id_path = option_path.key("id");
            let place_of = |index: usize| path.index(index).key("id").value();
            ids.add(&option.id, &id_path, id_path.value(), Spelling::Plain, place_of, &mut self.mistakes);
            if option.id == "unsure" {
                self.mistakes
                    .error(id_path.value(), "reserved-word", "`unsure` can't be the id of an option")
                    .help("write `unsure: true` at the question: it adds \"I'm not sure\"");
            }
        }
    }

    fn option(&mut self, of: &raw::Question, raw: &raw::Choice, path: &Path, question_type: &Path) -> Choice {
        let kind = of.kind;
        let kind_known = !self.mistakes.holes.cover(question_type);
        if raw.exclusive.0.is_some() && kind == raw::Kind::OneOf && kind_known {
            let place = path.key("exclusive").name();
            let message = "`exclusive` has no meaning in a one_of, where one option is chosen anyway";
            self.mistakes.error(place, "misplaced-key", message).help("leave it out, or use `type: many_of`");
        }
        Choice {
            id: raw.id.clone(),
            label: self.text(&raw.label, &path.key("label"), Manner::LINE),
            hint: self.optional_text(&raw.hint, &path.key("hint"), Manner::LINE),
            exclusive: raw.exclusive.0.unwrap_or_default(),
            say: self.optional_text(&raw.say, &path.key("say"), Manner::LINE),
            phrase: self.optional_text(&raw.phrase, &path.key("phrase"), Manner::LINE),
            region: self.region(kind, raw, path),
            no_concern: raw.concern.0.is_some(),
            never_below: self.never_below(&raw.never_below, path),
            settle: self.settle_of_option(of, raw, path, kind_known),
            code: self.code(&raw.code, path),
        }
    }

    fn region(&mut self, kind: raw::Kind, raw: &raw::Choice, path: &Path) -> Option<Region> {
        let region_path = path.key("region");
        if kind != raw::Kind::BodyMap {
            if raw.region.0.is_some() {
                self.mistakes
                    .error(region_path.name(), "misplaced-key", "only an option of a body_map has a `region`")
                    .help("leave it out, or use `type: body_map`");
            }
            return None;
        }
        let names = Region::NAMES.map(|(name, _)| name);
        let named = |name: &str| names.iter().position(|known| *known == name);
        let found = match &raw.region.0 {
            Some(name) => {
                let found = named(name);
                if found.is_none() {
                    let message = format!("the figure has no region `{}`", shown(name));
                    self.unknown_word(name, &names, &region_path, "unknown-region", message);
                }
                found
            }
            None => {
                let found = named(&raw.id);
                // "It hurts nowhere" has no place on the figure.
                if found.is_none() && raw.exclusive.0 != Some(true) {
                    let message = format!("the figure has no region `{}`", shown(&raw.id));
                    let help = format!("add `region:` with one of {}", listed(&names));
                    self.mistakes.error(path.key("id").value(), "unknown-region", message).help(help);
                }
                found
            }
        };
        found.map(|index| Region::NAMES[index].1)
    }
}
