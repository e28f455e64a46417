//! Questions, by type.

use super::super::{Again, Audience, Control, Domain, NumberBounds, OtherUnit, Question, Text};
use super::conditions::Scope;
use super::names::{listed, shown};
use super::path::{Path, Place};
use super::raw;
use super::resolve::Resolver;
use super::texts::Manner;

/// Beyond this a number question holds more than a person means, or than its decimals can tell apart.
pub const LARGEST_NUMBER: f64 = 1e9;
/// More values than this are not a scale to point at.
const MOST_SCALE_VALUES: i64 = 21;

impl Resolver<'_> {
    pub fn questions(&mut self) -> Vec<Question> {
        let mut questions = Vec::with_capacity(self.names.asked.len());
        let root = Path::ROOT;
        let sections = root.key("sections");
        for index in 0..self.names.asked.len() {
            let asked = self.names.asked[index];
            let section = sections.index(asked.section);
            let path = section.key("questions");
            let path = path.index(asked.position);
            questions.push(self.question(index, asked.raw, asked.section, &path));
        }
        questions
    }

    fn question(&mut self, index: usize, raw: &raw::Question, section: usize, path: &Path) -> Question {
        self.check_keys(raw, path);
        self.check_record(raw, path);
        let say_manner = match raw.kind {
            raw::Kind::YesNo | raw::Kind::Number | raw::Kind::Scale => Manner::ANSWER,
            _ => Manner::LINE,
        };
        Question {
            id: raw.id.clone(),
            section,
            domain: self.domain(raw, path),
            control: self.control(raw, path),
            ask: self.text(&raw.ask, &path.key("ask"), Manner::LINES),
            hint: self.optional_text(&raw.hint, &path.key("hint"), Manner::LINES),
            why: self.optional_text(&raw.why, &path.key("why"), Manner::LINES),
            sources: self.cited(&raw.sources, &path.key("sources")),
            unsure: raw.unsure.0.unwrap_or_default(),
            optional: raw.optional.0.unwrap_or_default(),
            ask_if: self.optional_condition(&raw.ask_if, &path.key("ask_if"), Scope::AskIf(index)),
            options: self.options(raw, path),
            grid: self.in_grid(raw, path),
            say: self.optional_text(&raw.say, &path.key("say"), say_manner),
            phrase: self.optional_text(&raw.phrase, &path.key("phrase"), Manner::ANSWER),
            concern: self.concern(index, raw, path),
            nothing: self.nothing(index, raw, path),
            red_flag: raw.red_flag.0.unwrap_or_default(),
            record_only: raw.record_only.0.unwrap_or_default(),
            never_below: self.never_below(&raw.never_below, path),
            settle: self.settle(raw, path),
            again: match raw.again.0 {
                Some(raw::Again::IfUnsure) => Again::IfUnsure,
                Some(raw::Again::Always) | None => Again::Always,
            },
            ask_again: self.optional_text(&raw.ask_again, &path.key("ask_again"), Manner::LINES),
            code: self.code(&raw.code, path),
        }
    }

    /// Reports keys that a question of this type doesn't have, and ones that it lacks.
    fn check_keys(&mut self, raw: &raw::Question, path: &Path) {
        if self.mistakes.holes.cover(&path.key("type")) {
            return;
        }
        for (key, kinds) in raw::KEYS_OF_KINDS {
            if raw.has(key) && !kinds.contains(&raw.kind) {
                let of: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                self.misplaced_key(raw, key, path, format!("`{key}` is a key of {}", listed(&of)));
            }
        }
        if raw.kind == raw::Kind::Note {
            for key in raw::KEYS_OF_ANSWERED.into_iter().filter(|key| raw.has(key)) {
                self.misplaced_key(raw, key, path, "a note is a page without an answer".to_owned());
            }
        }
        for &key in raw.kind.needed_keys() {
            if !raw.has(key) && !self.mistakes.holes.cover(&path.key(key)) {
                let message = format!("the question `{}` has no `{key}`", shown(&raw.id));
                let help = format!("a question of type `{}` needs `{key}:`", raw.kind.name());
                self.mistakes.error(path.value(), "missing-key", message).help(help);
            }
        }
    }

    fn misplaced_key(&mut self, raw: &raw::Question, key: &str, path: &Path, help: String) {
        let message = match (raw.kind, key) {
            (raw::Kind::YesNo, "options") => {
                "a yes_no question always has the options `no` and `yes`".to_owned()
            }
            _ => format!("a question of type `{}` has no `{key}`", raw.kind.name()),
        };
        let help = match (raw.kind, key) {
            (raw::Kind::YesNo, "options") => "leave `options` out, or use `type: one_of`".to_owned(),
            (raw::Kind::Note, "red_flag") => "a note is a page without an answer".to_owned(),
            (raw::Kind::Text, "red_flag") => {
                "no rule can look at the words of a text: ask about the warning sign itself, in a yes_no question"
                    .to_owned()
            }
            _ => help,
        };
        self.mistakes.error(path.key(key).name(), "misplaced-key", message).help(help);
    }

    fn domain(&mut self, raw: &raw::Question, path: &Path) -> Domain {
        match raw.kind {
            raw::Kind::OneOf => Domain::One { ordered: raw.ordered.0.unwrap_or_default() },
            raw::Kind::YesNo => Domain::One { ordered: true },
            raw::Kind::ManyOf | raw::Kind::BodyMap => Domain::Several,
            raw::Kind::Text => Domain::Text,
            raw::Kind::Note => Domain::Nothing,
            raw::Kind::Number => Domain::Number(self.number(raw, path)),
            raw::Kind::Scale => Domain::Number(self.scale(raw, path)),
        }
    }

    fn control(&mut self, raw: &raw::Question, path: &Path) -> Control {
        match raw.kind {
            raw::Kind::OneOf | raw::Kind::ManyOf => Control::List,
            raw::Kind::YesNo => Control::YesNo,
            raw::Kind::BodyMap => Control::Figure,
            raw::Kind::Number | raw::Kind::Text => Control::Field,
            raw::Kind::Scale => Control::Scale { labels: self.labels(raw, path) },
            raw::Kind::Note => Control::Note,
        }
    }

    fn number(&mut self, raw: &raw::Question, path: &Path) -> NumberBounds {
        let decimals = raw.decimals.0.unwrap_or_default();
        if decimals > 6 {
            let message = format!("{decimals} decimal places are too many");
            self.mistakes.error(path.key("decimals").value(), "too-many-decimals", message).help("0 to 6");
        }
        let unit = self.optional_text(&raw.unit, &path.key("unit"), Manner::LINE);
        let (min, max) = self.bounds(raw, decimals.min(6), path);
        let others = self.other_units(raw, unit.as_ref(), path);
        let reference = self.reference(raw, (min, max), decimals, path);
        NumberBounds { min, max, decimals, unit, others, reference }
    }

    fn other_units(&mut self, raw: &raw::Question, own: Option<&Text>, path: &Path) -> Vec<OtherUnit> {
        let Some(units) = &raw.units.0 else { return Vec::new() };
        let Some(own) = own else {
            let message = "`units` without `unit`: nothing says which unit an answer is in".to_owned();
            self.mistakes
                .error(path.key("units").name(), "units-without-unit", message)
                .help("write `unit: cm` beside `units: { dm: 10 }`");
            return Vec::new();
        };
        let written = [Audience::Patient, Audience::Clinician].map(|audience| own.to(audience));
        if let Some(unit) = written.into_iter().find(|unit| !begins_as_a_unit(unit)) {
            self.not_a_unit(unit, path.key("unit").value());
        }
        let path = path.key("units");
        let mut known = written.map(str::to_lowercase).to_vec();
        let mut others = Vec::new();
        for (unit, times) in &units.0 {
            let times = *times;
            let path = path.key(unit);
            if !begins_as_a_unit(unit) || unit.chars().any(|c| c.is_control() || c.is_whitespace()) {
                self.not_a_unit(unit, path.name());
            } else if known.contains(&unit.to_lowercase()) {
                let message = format!("the unit `{}` is here twice", shown(unit));
                let help = "`units` lists the units other than `unit`; capitals make no difference";
                self.mistakes.error(path.name(), "duplicate-unit", message).help(help);
            } else if !(times.is_finite() && times > 0.0) {
                let message = format!("{times} of one unit can't make one of `{}`", shown(unit));
                let help = "a number above 0: one dm is 10 cm, so `dm: 10` beside `unit: cm`";
                self.mistakes.error(path.value(), "bad-factor", message).help(help);
            } else {
                others.push(OtherUnit { unit: unit.clone(), times });
            }
            known.push(unit.to_lowercase());
        }
        others
    }

    fn not_a_unit(&mut self, unit: &str, at: Place) {
        let message = format!("`{}` is not a unit that can be typed after a number", shown(unit));
        let help = "a unit begins with a letter, `%` or `°` and has no space, such as `km/h`";
        self.mistakes.error(at, "not-a-unit", message).help(help);
    }

    fn bounds(&mut self, raw: &raw::Question, decimals: u8, path: &Path) -> (f64, f64) {
        for (key, bound) in [("min", raw.min), ("max", raw.max)] {
            let Some(bound) = bound.0 else { continue };
            let path = path.key(key);
            if !bound.is_finite() || bound.abs() > LARGEST_NUMBER {
                let message = format!("`{key}` must be a number between -1000000000 and 1000000000");
                self.mistakes.error(path.value(), "bound-out-of-range", message);
            } else if !has_at_most_decimals(bound, decimals) {
                let message =
                    format!("`{key}` has more digits after the decimal point than an answer can have");
                let mistake = self.mistakes.error(path.value(), "bound-too-fine", message);
                match raw.kind {
                    raw::Kind::Scale => mistake.help("a scale has whole numbers"),
                    _ => mistake.help("`decimals` says how many digits after the decimal point an answer has; without it, none"),
                };
            }
        }
        let (Some(min), Some(max)) = (raw.min.0, raw.max.0) else {
            return (0.0, 0.0);
        };
        if min >= max {
            let message = if min > max {
                format!("`min` is {min}, but `max` is {max}: no number lies between them")
            } else {
                format!("`min` and `max` are both {min}: there is only one answer")
            };
            self.mistakes
                .error(path.key("min").value(), "min-not-below-max", message)
                .help("both are included; `min` must be below `max`")
                .related(path.key("max").value(), "the other bound");
        }
        (min, max)
    }

    fn scale(&mut self, raw: &raw::Question, path: &Path) -> NumberBounds {
        let (min, max) = self.bounds(raw, 0, path);
        let span = max - min + 1.0;
        if span > MOST_SCALE_VALUES as f64 && span.is_finite() {
            let message = format!("this scale has {span} values, and the most is {MOST_SCALE_VALUES}");
            self.mistakes
                .error(path.key("max").value(), "too-many-values", message)
                .help("a scale must fit on one line: use fewer values, such as 0 to 10, or write `type: number` with these bounds and without `labels`, and people type the number");
        }
        // Fractions and what is out of bounds have been reported.
        NumberBounds { min, max, decimals: 0, unit: None, others: Vec::new(), reference: None }
    }

    fn labels(&mut self, raw: &raw::Question, path: &Path) -> Vec<(i32, Text)> {
        let (Some(min), Some(max)) = (raw.min.0, raw.max.0) else { return Vec::new() };
        let mut labels: Vec<(i32, Text)> = Vec::new();
        let labels_path = path.key("labels");
        for (key, words) in raw.labels.0.iter().flat_map(|labels| &labels.0) {
            let path = labels_path.key(key);
            let words = self.text(words, &path, Manner::LINE);
            let value = key.parse::<i32>().ok();
            let inside = |value: &i32| f64::from(*value) >= min && f64::from(*value) <= max;
            match value.filter(inside) {
                Some(value) if labels.iter().any(|&(other, _)| other == value) => {
                    let message = format!("the value {value} has two labels");
                    self.mistakes.error(path.name(), "duplicate-label", message);
                }
                Some(value) => {
                    let at = labels.partition_point(|&(other, _)| other < value);
                    labels.insert(at, (value, words));
                }
                None => {
                    let message = format!("`{}` is not a value of this scale", shown(key));
                    self.mistakes
                        .error(path.name(), "label-outside", message)
                        .help(format!("its values are the whole numbers from {min} to {max}"));
                }
            }
        }
        labels
    }
}

/// Whether a number is exact with so many digits after the point.
pub(super) fn has_at_most_decimals(number: f64, decimals: u8) -> bool {
    let scaled = number * 10f64.powi(i32::from(decimals));
    (scaled - scaled.round()).abs() < 1e-6
}

/// Can it be told from the number before it?
fn begins_as_a_unit(unit: &str) -> bool {
    unit.chars().next().is_some_and(|c| c.is_alphabetic() || matches!(c, '%' | '°'))
}
