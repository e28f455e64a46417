//! Questions and their options, by type.

use super::super::{Choice, Kind, NumberBounds, OptionSet, Question, Region, Text};
use super::conditions::Scope;
use super::names::{Spelling, Table, listed, shown};
use super::path::Path;
use super::raw::{self, Written};
use super::resolve::Resolver;
use super::texts::Manner;

/// Beyond this a number question holds more than a person means, or than its decimals can tell apart.
const LARGEST_NUMBER: f64 = 1e9;
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

    fn question(
        &mut self,
        index: usize,
        raw: &raw::Question,
        section: usize,
        path: &Path,
    ) -> Question {
        self.check_keys(raw, path);
        let say_manner = match raw.kind {
            raw::Kind::YesNo | raw::Kind::Number | raw::Kind::Scale => Manner::ANSWER,
            _ => Manner::LINE,
        };
        Question {
            id: raw.id.clone(),
            section,
            kind: self.kind(raw, path),
            ask: self.text(&raw.ask, &path.key("ask"), Manner::LINES),
            hint: self.optional_text(&raw.hint, &path.key("hint"), Manner::LINES),
            why: self.optional_text(&raw.why, &path.key("why"), Manner::LINES),
            sources: self.cited(&raw.sources, &path.key("sources")),
            unsure: raw.unsure.0.unwrap_or_default(),
            optional: raw.optional.0.unwrap_or_default(),
            ask_if: self.optional_condition(&raw.ask_if, &path.key("ask_if"), Scope::AskIf(index)),
            options: self.options(raw, path),
            say: self.optional_text(&raw.say, &path.key("say"), say_manner),
        }
    }

    /// Reports keys that a question of this type doesn't have, and ones that it lacks.
    fn check_keys(&mut self, raw: &raw::Question, path: &Path) {
        use raw::Kind::{BodyMap, ManyOf, Note, Number, OneOf, Scale, Text, YesNo};
        let written = [
            (
                "options",
                raw.options.0.is_some(),
                &[OneOf, ManyOf, BodyMap][..],
            ),
            ("ordered", raw.ordered.0.is_some(), &[OneOf]),
            ("min", raw.min.0.is_some(), &[Number, Scale]),
            ("max", raw.max.0.is_some(), &[Number, Scale]),
            ("decimals", raw.decimals.0.is_some(), &[Number]),
            ("unit", raw.unit.0.is_some(), &[Number]),
            ("labels", raw.labels.0.is_some(), &[Scale]),
            ("say", raw.say.0.is_some(), &[YesNo, Number, Scale]),
        ];
        let answered = [
            ("unsure", raw.unsure.0.is_some()),
            ("optional", raw.optional.0.is_some()),
        ];
        if self.mistakes.holes.cover(&path.key("type")) {
            return;
        }
        for (key, is_written, kinds) in written {
            if is_written && !kinds.contains(&raw.kind) {
                let of: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
                self.misplaced_key(
                    raw,
                    key,
                    path,
                    format!("`{key}` is a key of {}", listed(&of)),
                );
            }
        }
        if raw.kind == Note {
            for (key, is_written) in answered {
                if is_written {
                    self.misplaced_key(
                        raw,
                        key,
                        path,
                        "a note is a page without an answer".to_owned(),
                    );
                }
            }
        }
        let needed: &[(&str, bool)] = match raw.kind {
            OneOf | ManyOf | BodyMap => &[("options", raw.options.0.is_none())],
            Number | Scale => &[("min", raw.min.0.is_none()), ("max", raw.max.0.is_none())],
            YesNo | Text | Note => &[],
        };
        for &(key, missing) in needed {
            if missing && !self.mistakes.holes.cover(&path.key(key)) {
                let message = format!("the question `{}` has no `{key}`", shown(&raw.id));
                let help = format!("a question of type `{}` needs `{key}:`", raw.kind.name());
                self.mistakes
                    .error(path.value(), "missing-key", message)
                    .help(help);
            }
        }
    }

    fn misplaced_key(&mut self, raw: &raw::Question, key: &str, path: &Path, help: String) {
        let message = match (raw.kind, key) {
            (raw::Kind::YesNo, "options") => {
                "a yes_no question has the options `no` and `yes` by itself".to_owned()
            }
            _ => format!("a question of type `{}` has no `{key}`", raw.kind.name()),
        };
        let help = match (raw.kind, key) {
            (raw::Kind::YesNo, "options") => {
                "leave `options` out, or use `type: one_of`".to_owned()
            }
            _ => help,
        };
        self.mistakes
            .error(path.key(key).name(), "misplaced-key", message)
            .help(help);
    }

    fn kind(&mut self, raw: &raw::Question, path: &Path) -> Kind {
        match raw.kind {
            raw::Kind::OneOf => Kind::OneOf {
                ordered: raw.ordered.0.unwrap_or_default(),
            },
            raw::Kind::ManyOf => Kind::ManyOf,
            raw::Kind::YesNo => Kind::YesNo,
            raw::Kind::BodyMap => Kind::BodyMap,
            raw::Kind::Text => Kind::Text,
            raw::Kind::Note => Kind::Note,
            raw::Kind::Number => self.number(raw, path),
            raw::Kind::Scale => self.scale(raw, path),
        }
    }

    fn number(&mut self, raw: &raw::Question, path: &Path) -> Kind {
        let decimals = raw.decimals.0.unwrap_or_default();
        if decimals > 6 {
            let message = format!("{decimals} decimals are too many");
            self.mistakes
                .error(path.key("decimals").value(), "too-many-decimals", message)
                .help("0 to 6");
        }
        let unit = self.optional_text(&raw.unit, &path.key("unit"), Manner::LINE);
        let (min, max) = self.bounds(raw, decimals.min(6), path);
        Kind::Number(NumberBounds {
            min,
            max,
            decimals,
            unit,
        })
    }

    fn bounds(&mut self, raw: &raw::Question, decimals: u8, path: &Path) -> (f64, f64) {
        for (key, bound) in [("min", raw.min), ("max", raw.max)] {
            let Some(bound) = bound.0 else { continue };
            let path = path.key(key);
            if !bound.is_finite() || bound.abs() > LARGEST_NUMBER {
                let message =
                    format!("`{key}` must be a number between -1000000000 and 1000000000");
                self.mistakes
                    .error(path.value(), "bound-out-of-range", message);
            } else if !has_at_most_decimals(bound, decimals) {
                let message =
                    format!("`{key}` has more digits after the point than an answer may have");
                let mistake = self.mistakes.error(path.value(), "bound-too-fine", message);
                match raw.kind {
                    raw::Kind::Scale => mistake.help("a scale has whole numbers"),
                    _ => mistake
                        .help("`decimals` says how many digits an answer has; left out: none"),
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

    fn scale(&mut self, raw: &raw::Question, path: &Path) -> Kind {
        let (min, max) = self.bounds(raw, 0, path);
        let span = max - min + 1.0;
        if span > MOST_SCALE_VALUES as f64 && span.is_finite() {
            let message =
                format!("this scale has {span} values, and the most is {MOST_SCALE_VALUES}");
            self.mistakes
                .error(path.key("max").value(), "too-many-values", message)
                .help("use fewer values, or `type: number`");
        }
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
                Some(value) => labels.push((value, words)),
                None => {
                    let message = format!("`{}` is not a value of this scale", shown(key));
                    self.mistakes
                        .error(path.name(), "label-outside", message)
                        .help(format!(
                            "its values are the whole numbers from {min} to {max}"
                        ));
                }
            }
        }
        labels.sort_by_key(|&(value, _)| value);
        // As i32 out of bounds these are clamped; `bounds` has reported them.
        Kind::Scale {
            min: min as i32,
            max: max as i32,
            labels,
        }
    }

    fn options(&mut self, raw: &raw::Question, path: &Path) -> Vec<Choice> {
        if raw.kind == raw::Kind::YesNo {
            return vec![plain_option("no", "No"), plain_option("yes", "Yes")];
        }
        let Written(Some(options)) = &raw.options else {
            return Vec::new();
        };
        let kind_path = path.key("type");
        let path = path.key("options");
        if options.len() < 2 {
            self.mistakes
                .error(
                    path.name(),
                    "too-few-options",
                    "a question needs at least two options",
                )
                .help("for a page without an answer use `type: note`");
        }
        if options.len() > OptionSet::CAPACITY {
            let message = format!(
                "this question has {} options, and the most is {}",
                options.len(),
                OptionSet::CAPACITY
            );
            self.mistakes
                .error(path.name(), "too-many-options", message);
        }
        if options.len() >= 2
            && options
                .iter()
                .all(|option| option.exclusive.0 == Some(true))
        {
            self.mistakes
                .error(
                    path.name(),
                    "all-exclusive",
                    "every option is exclusive, so only one can be ticked",
                )
                .help("use `type: one_of`");
        }
        self.option_ids(options, &path);
        let options = options.iter().enumerate();
        options
            .map(|(index, option)| self.option(raw.kind, option, &path.index(index), &kind_path))
            .collect()
    }

    fn option_ids(&mut self, options: &[raw::Choice], path: &Path) {
        let mut ids = Table::new("option");
        for (index, option) in options.iter().enumerate() {
            let option_path = path.index(index);
            let id_path = option_path.key("id");
            let place_of = |index: usize| path.index(index).key("id").value();
            ids.add(
                &option.id,
                &id_path,
                id_path.value(),
                Spelling::Plain,
                place_of,
                &mut self.mistakes,
            );
            if option.id == "unsure" {
                self.mistakes
                    .error(
                        id_path.value(),
                        "reserved-word",
                        "`unsure` can't be the id of an option",
                    )
                    .help("write `unsure: true` at the question: it adds \"I'm not sure\"");
            }
        }
    }

    fn option(
        &mut self,
        kind: raw::Kind,
        raw: &raw::Choice,
        path: &Path,
        question_type: &Path,
    ) -> Choice {
        let kind_known = !self.mistakes.holes.cover(question_type);
        if raw.exclusive.0.is_some() && kind == raw::Kind::OneOf && kind_known {
            let place = path.key("exclusive").name();
            let message =
                "`exclusive` has no meaning in a one_of, where one option is chosen anyway";
            self.mistakes
                .error(place, "misplaced-key", message)
                .help("leave it out, or use `type: many_of`");
        }
        Choice {
            id: raw.id.clone(),
            label: self.text(&raw.label, &path.key("label"), Manner::LINE),
            hint: self.optional_text(&raw.hint, &path.key("hint"), Manner::LINE),
            exclusive: raw.exclusive.0.unwrap_or_default(),
            say: self.optional_text(&raw.say, &path.key("say"), Manner::LINE),
            region: self.region(kind, raw, path),
        }
    }

    fn region(&mut self, kind: raw::Kind, raw: &raw::Choice, path: &Path) -> Option<Region> {
        let region_path = path.key("region");
        if kind != raw::Kind::BodyMap {
            if raw.region.0.is_some() {
                self.mistakes
                    .error(
                        region_path.name(),
                        "misplaced-key",
                        "only an option of a body_map has a `region`",
                    )
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
                    self.mistakes
                        .error(path.key("id").value(), "unknown-region", message)
                        .help(help);
                }
                found
            }
        };
        found.map(|index| Region::NAMES[index].1)
    }
}

fn plain_option(id: &str, label: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        label: Text::both(label),
        hint: None,
        exclusive: false,
        say: None,
        region: None,
    }
}

/// Whether a number is exact with so many digits after the point.
pub(super) fn has_at_most_decimals(number: f64, decimals: u8) -> bool {
    let scaled = number * 10f64.powi(i32::from(decimals));
    (scaled - scaled.round()).abs() < 1e-6
}
