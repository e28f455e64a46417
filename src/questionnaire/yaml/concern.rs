//! What the file says for its proofs: `concern`, `least`, `never_below`, `waivers`.

use super::super::departure::LESS_URGENT;
use super::super::{Concern, LevelIndex, OptionIndex, Property, Reference, Waiver};
use super::names::shown;
use super::path::{Path, Place};
use super::questions::has_at_most_decimals;
use super::raw::{self, Kind, Written};
use super::resolve::Resolver;
use super::texts::Manner;

impl Resolver<'_> {
    pub fn concern(&mut self, index: usize, raw: &raw::Question, path: &Path) -> Concern {
        let least = self.least(index, raw, path);
        let ordered = raw.ordered.0 == Some(true);
        let by_type = match raw.kind {
            Kind::YesNo | Kind::ManyOf | Kind::BodyMap => Concern::ByType,
            Kind::OneOf if ordered => Concern::ByType,
            Kind::Text | Kind::Note => Concern::None,
            Kind::OneOf | Kind::Number | Kind::Scale => Concern::Unsaid,
        };
        let Some(word) = raw.concern.0 else {
            return least.map_or(by_type, Concern::Least);
        };
        if self.names.asked[index].kind_known {
            self.check_concern(raw, word, path);
        }
        match word {
            raw::Concern::None => Concern::None,
            raw::Concern::Higher => Concern::Higher,
            raw::Concern::Lower => Concern::Lower,
        }
    }

    fn check_concern(&mut self, raw: &raw::Question, word: raw::Concern, path: &Path) {
        let place = path.key("concern");
        let is_number = matches!(raw.kind, Kind::Number | Kind::Scale);
        if word != raw::Concern::None && !is_number {
            let message = "only a number or scale has a higher or lower answer";
            let help = match raw.kind {
                Kind::OneOf if raw.ordered.0 == Some(true) => {
                    "leave it out: the options run from least to most concerning"
                }
                Kind::OneOf => "use `ordered: true`, or `least:` with the least concerning option",
                _ => "leave it out, or write `concern: none` if no answer is of more concern than another",
            };
            self.mistakes.error(place.value(), "bad-concern", message).help(help);
        } else if word == raw::Concern::None && raw.least.0.is_some() {
            let message = "`least` names a least concerning option, but `concern: none` says there is none";
            self.mistakes
                .error(place.value(), "bad-concern", message)
                .help("keep one of them")
                .related(path.key("least").name(), "the other one");
        }
    }

    /// Reports what gives a meaning to answers that are only for the record.
    pub fn check_record(&mut self, raw: &raw::Question, path: &Path) {
        if raw.record_only.0 != Some(true) || raw.kind == Kind::Note {
            return;
        }
        let has_direction = raw.concern.0.is_some_and(|concern| concern != raw::Concern::None);
        let said = [
            ("red_flag", raw.red_flag.0 == Some(true)),
            ("never_below", raw.never_below.0.is_some()),
            ("least", raw.least.0.is_some()),
            ("concern", has_direction),
        ];
        let mut places: Vec<Place> =
            said.into_iter().filter(|(_, is_said)| *is_said).map(|(key, _)| path.key(key).name()).collect();
        let options = path.key("options");
        for (index, option) in raw.options.0.iter().flatten().enumerate() {
            if option.never_below.0.is_some() {
                places.push(options.index(index).key("never_below").name());
            }
        }
        let record = path.key("record_only");
        for place in places {
            let message = format!("`{}` is only for the record, so this has no meaning", shown(&raw.id));
            self.mistakes
                .error(place, "only-for-the-record", message)
                .help("leave it out, or leave `record_only: true` out and use the answer in a rule")
                .related(record.name(), "said here");
        }
    }

    fn least(&mut self, index: usize, raw: &raw::Question, path: &Path) -> Option<OptionIndex> {
        let id = raw.least.0.as_ref()?;
        let path = path.key("least");
        if raw.kind == Kind::OneOf && raw.ordered.0 == Some(true) {
            let message = "the least concerning option of an ordered question is its first";
            self.mistakes.error(path.name(), "misplaced-key", message).help("leave `least` out");
            return None;
        }
        match raw.kind {
            Kind::OneOf => self.option_of(index, id, &path),
            // Reported as a key that the type does not have.
            _ => None,
        }
    }

    /// The option that "nothing else" stands for. Nothing of concern is ever recorded without being asked.
    pub fn nothing(&mut self, index: usize, raw: &raw::Question, path: &Path) -> Option<OptionIndex> {
        let id = raw.nothing.0.as_ref()?;
        let path = path.key("nothing");
        if raw.kind != Kind::OneOf {
            // Reported as a key that the type does not have.
            return None;
        }
        let option = self.option_of(index, id, &path)?;
        let least = match (&raw.least.0, raw.ordered.0 == Some(true)) {
            _ if raw.concern.0 == Some(raw::Concern::None) => None,
            (_, true) => raw.options.0.as_ref()?.first().map(|first| first.id.as_str()),
            (Some(least), false) => Some(least.as_str()),
            (None, false) => None,
        };
        if least == Some(id.as_str()) {
            return Some(option);
        }
        let message = match least {
            Some(least) => format!(
                "\"nothing else\" can't mean `{}`: the least concerning option is `{}`",
                shown(id),
                shown(least)
            ),
            None => "the file does not say which option is the least concerning".to_owned(),
        };
        self.mistakes
            .error(path.value(), "bad-nothing", message)
            .help("name the option that is least concerning: the first of an `ordered` question, or that of `least`");
        None
    }

    /// The usual numbers of a question.
    pub fn reference(
        &mut self,
        raw: &raw::Question,
        (least, most): (f64, f64),
        decimals: u8,
        path: &Path,
    ) -> Option<Reference> {
        let written = raw.reference.0?;
        let path = path.key("reference");
        let (min, max) = (written.min.0, written.max.0);
        if min.is_none() && max.is_none() {
            let message = "this reference range has neither end";
            self.mistakes.error(path.value(), "empty-reference", message).help("write `min`, `max` or both");
            return None;
        }
        for (key, end) in [("min", min), ("max", max)] {
            let Some(end) = end else { continue };
            let place = path.key(key);
            if !(least..=most).contains(&end) {
                let message = format!("no answer is {end}: they go from {least} to {most}");
                self.mistakes
                    .error(place.value(), "reference-out-of-range", message)
                    .help("the usual numbers lie between `min` and `max` of the question");
                return None;
            }
            if !has_at_most_decimals(end, decimals) {
                let message =
                    format!("{end} has more digits after the decimal point than an answer can have");
                self.mistakes.error(place.value(), "bound-too-fine", message).help(
                    "`decimals` says how many digits after the decimal point an answer has; without it, none",
                );
                return None;
            }
        }
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let message = format!("the usual numbers go from {min} down to {max}");
            self.mistakes
                .error(path.key("min").value(), "reference-upside-down", message)
                .help("`min` is the smaller one")
                .related(path.key("max").value(), "the other end");
            return None;
        }
        Some(Reference { min, max })
    }

    /// The level below which an answer must never end.
    pub fn never_below(&mut self, raw: &Written<String>, path: &Path) -> Option<LevelIndex> {
        let place = path.key("never_below").value();
        self.names.levels.find(raw.0.as_ref()?, place, &mut self.mistakes)
    }

    pub fn waivers(&mut self) -> Vec<Waiver> {
        let root = Path::ROOT;
        let path = root.key("waivers");
        let raw = self.raw.waivers.iter().enumerate().filter(|(_, raw)| raw.property != LESS_URGENT);
        raw.filter_map(|(index, raw)| self.waiver(raw, &path.index(index))).collect()
    }

    fn waiver(&mut self, raw: &raw::Waiver, path: &Path) -> Option<Waiver> {
        let because = self.words(&raw.because, &path.key("because"), Manner::LINES);
        let names: Vec<&str> =
            Property::NAMES.map(|(name, _)| name).into_iter().chain([LESS_URGENT]).collect();
        let property = Property::NAMES.iter().find(|(name, _)| *name == raw.property);
        if property.is_none() {
            let message = format!("there is no property `{}` to waive", shown(&raw.property));
            self.unknown_word(&raw.property, &names, &path.key("property"), "unknown-word", message);
        }
        if property.is_some() {
            self.no_keys_of_departures(raw, path);
        }
        let Some(question) = &raw.question.0 else {
            if property.is_some() {
                self.mistakes
                    .error(
                        path.key("property").value(),
                        "missing-key",
                        "this waiver lacks the key `question`",
                    )
                    .help("name the question whose answers may break the property");
            }
            return None;
        };
        let place = path.key("question").value();
        let question = self.names.questions.find(question, place, &mut self.mistakes)?;
        let option = match &raw.option.0 {
            Some(id) => Some(self.option_of(question, id, &path.key("option"))?),
            None => None,
        };
        let (_, property) = *property?;
        Some(Waiver { property, question, option, because })
    }
}
