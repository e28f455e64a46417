//! How a question or a trait is drawn, from the file.

use serde_yaml::{Mapping, Value};

use super::figures::{Around, Reader, Target, is_assumed};
use super::when::key_word;
use super::{Entry, How, Law, Numbers, Shares};
use crate::answers::Answer;
use crate::answers::json::UNSURE;
use crate::questionnaire::yaml::names::{listed, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{Domain, OptionSet, Question};

const KEYS: [&str; 18] = [
    "when",
    "p",
    "floor",
    "ceiling",
    "answers",
    "ticks",
    "not_named",
    "nothing",
    "mean",
    "sd",
    "from",
    "to",
    "outside",
    "given",
    "unsure",
    "factor",
    "group",
    "source",
];

/// What a list of shares may be off by, as `33.3 %` three times.
const ROUNDING: f64 = 0.0015;

impl<'a> Reader<'a> {
    /// The entries for one question or trait. `unsure` is the share of "not sure" where nothing else is said.
    pub fn entries(&mut self, target: &Target, value: &Value, path: &Path, unsure: &Shares) -> Vec<Entry> {
        if self.mistakes.holes.cover(path) {
            return Vec::new();
        }
        if let Target::Question(question) = target
            && !question.takes_answer()
        {
            let message = format!("`{}` is an information page, which has no answer", question.id);
            self.mistakes.error(path.name(), "bad-answer", message).help("leave it out");
            return Vec::new();
        }
        let Value::Sequence(items) = value else {
            let entry = self.entry(target, value, path, unsure);
            if entry.as_ref().is_some_and(|entry| entry.when.is_some()) {
                let help = "write a list: this one first, and after it one without `when`";
                let message = "what holds for the others is missing";
                self.mistakes.error(path.key("when").name(), "condition-missing", message).help(help);
            }
            return entry.into_iter().collect();
        };
        if items.is_empty() {
            self.mistakes.error(path.name(), "empty-list", "this list is empty");
        }
        let mut entries = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = path.index(at);
            let has_when = matches!(item, Value::Mapping(map) if map.get("when").is_some());
            self.conditions_in_order(has_when, at + 1 == items.len(), &path);
            entries.extend(self.entry(target, item, &path, unsure));
        }
        entries
    }

    fn entry(&mut self, target: &Target, value: &Value, path: &Path, unsure: &Shares) -> Option<Entry> {
        let Value::Mapping(map) = value else {
            let message = "how people answer is needed here, as a map";
            let help = match target {
                _ if target.is_number() => {
                    "such as `{ mean: 44, sd: 15, from: 18, to: 90, source: assumed }`"
                }
                _ if target.takes_several() => "such as `{ ticks: { an_option: 5 % }, source: assumed }`",
                _ => "such as `{ answers: { an_option: 5 %, another: rest }, source: assumed }`",
            };
            self.mistakes.error(path.value(), "wrong-type", message).help(help);
            return None;
        };
        self.keys(map, &KEYS, &format!("`{}`", shown(target.name())), path);
        let around = self.around(map, path, Around::default());
        let when = self.when(map, path);
        let share = |reader: &mut Self, key: &str| match map.get(key) {
            Some(value) => reader.shares(value, &path.key(key), Around { factor: None, ..around }).map(Some),
            None => Some(None),
        };
        let given = share(self, "given");
        let said = share(self, "unsure");
        if map.get("unsure").is_some() && !target.takes_unsure() {
            let message = format!("`{}` can't be answered \"I'm not sure\"", shown(target.name()));
            self.mistakes
                .error(path.key("unsure").name(), "unsure-not-allowed", message)
                .help("leave this out");
        }
        let how = self.how(target, map, path, around);
        let (when, given, said, how) = (when?, given?, said?, how?);
        let names_unsure =
            matches!(&how, How::One(answers) if answers.iter().any(|(answer, _)| answer.is_unsure()));
        if names_unsure && said.is_some() {
            let message = "`unsure` is among the answers and beside them";
            self.mistakes.error(path.key("unsure").name(), "contradiction", message).help("keep one of them");
        }
        let unsure = match said {
            Some(said) => said,
            None if names_unsure || !target.takes_unsure() => Shares::certain(0.0),
            None => unsure.clone(),
        };
        let given = given.unwrap_or(Shares::certain(1.0));
        Some(Entry { when, given, unsure, factor: around.factor, how })
    }

    fn how(&mut self, target: &Target, map: &Mapping, path: &Path, around: Around) -> Option<How> {
        let ways = ["p", "answers", "ticks", "mean", "from"];
        let written: Vec<&str> = ways.into_iter().filter(|key| map.get(key).is_some()).collect();
        let wanted = match target {
            Target::Question(question) => match question.domain {
                Domain::One { .. } if question.is_yes_no() => "`p` (the share of yes) or `answers`",
                Domain::One { .. } => "`answers`",
                Domain::Several => "`ticks`, or `answers` where one alone is chosen",
                Domain::Number(_) => "`mean`, `sd`, `from` and `to`; `from` and `to`; or `answers`",
                Domain::Text | Domain::Nothing => "`given` (the share of those who write anything)",
            },
            Target::Hidden(..) => "`p` (the share of yes) or `answers`",
        };
        let fits = |key: &str| match target {
            Target::Question(question) => match question.domain {
                Domain::One { .. } if question.is_yes_no() => matches!(key, "p" | "answers"),
                Domain::One { .. } => key == "answers",
                Domain::Several => matches!(key, "ticks" | "answers"),
                Domain::Number(_) => matches!(key, "mean" | "from" | "answers"),
                Domain::Text | Domain::Nothing => false,
            },
            Target::Hidden(..) => matches!(key, "p" | "answers"),
        };
        if let Some(wrong) = written.iter().find(|key| !fits(key)) {
            let message = format!("`{wrong}` doesn't say how `{}` is answered", shown(target.name()));
            self.mistakes
                .error(path.key(wrong).name(), "misplaced-key", message)
                .help(format!("write {wanted}"));
            return None;
        }
        let range = ["floor", "ceiling"].into_iter().find(|key| map.get(key).is_some());
        if let Some(key) = range
            && written.first() != Some(&"p")
        {
            let message = format!("`{key}` is beside a figure's `p`");
            let help = "write `{ p: 5 %, floor: 2 %, ceiling: 9 % }` in place of the figure";
            self.mistakes.error(path.key(key).name(), "misplaced-key", message).help(help);
        }
        match written.as_slice() {
            [] if matches!(target, Target::Question(question) if question.domain == Domain::Text) => {
                Some(How::Text)
            }
            [] => {
                let message = format!("how `{}` is answered is missing", shown(target.name()));
                self.mistakes.error(path.value(), "missing-key", message).help(format!("write {wanted}"));
                None
            }
            ["p", "answers", ..] => {
                let message = "`p` and `answers` say it twice";
                self.mistakes.error(path.key("p").name(), "contradiction", message).help("keep one of them");
                None
            }
            ["p", ..] => {
                let shares = self.share_of_yes(map, path, around)?;
                let (yes, no) =
                    (target.option("yes", path, self.mistakes)?, target.option("no", path, self.mistakes)?);
                Some(How::One(vec![(Answer::option(yes), shares), (Answer::option(no), Shares::Rest)]))
            }
            ["answers", ..] => self.answers(target, map, path, around),
            ["ticks", ..] => match target {
                Target::Question(question) => self.ticks(question, target, map, path, around),
                Target::Hidden(..) => None,
            },
            _ => match target {
                Target::Question(question) => self.numbers(question, map, path, around),
                Target::Hidden(..) => None,
            },
        }
    }

    /// `p`, whose floor and ceiling can be beside it.
    fn share_of_yes(&mut self, map: &Mapping, path: &Path, around: Around) -> Option<Shares> {
        let inside = Around { factor: None, ..around };
        let mut figure = Mapping::new();
        for key in ["p", "floor", "ceiling"] {
            figure.extend(map.get(key).map(|value| (Value::from(key), value.clone())));
        }
        match (figure.len(), map.get("p")?) {
            (1, value) => self.shares(value, &path.key("p"), inside),
            (_, Value::Mapping(_) | Value::Sequence(_)) => {
                let message = "a floor and a ceiling are inside the figure here";
                self.mistakes
                    .error(path.key("p").name(), "misplaced-key", message)
                    .help("move them beside its `p`");
                None
            }
            _ => self.shares(&Value::Mapping(figure), path, inside),
        }
    }

    fn answers(&mut self, target: &Target, map: &Mapping, path: &Path, around: Around) -> Option<How> {
        let at = path.key("answers");
        let Some(Value::Mapping(written)) = map.get("answers") else {
            let message = "the share of each answer is needed here";
            let help = format!("such as `{{ {}: 5 %, ... }}`", target.answers().first().unwrap_or(&"7"));
            self.mistakes.error(at.value(), "wrong-type", message).help(help);
            return None;
        };
        let inside = Around { factor: None, ..around };
        let mut answers: Vec<(Answer, Shares)> = Vec::new();
        let mut whole = true;
        for (key, value) in written {
            let Some(key) = key_word(key) else { continue };
            let at = at.key(&key);
            let answer = self.answer(target, &key, &at);
            let shares = self.shares(value, &at, inside);
            if let Some(Shares::Of(figures)) = &shares
                && figures.iter().any(|(_, figure)| figure.factor.is_some())
            {
                let message = "a factor ties a question as a whole";
                self.mistakes
                    .error(at.name(), "misplaced-key", message)
                    .help("write `factor` beside `answers`");
            }
            match answer.zip(shares) {
                Some(both) => answers.push(both),
                None => whole = false,
            }
        }
        if !whole {
            return None;
        }
        let named = answers.iter().fold(OptionSet::EMPTY, |named, (answer, _)| named.union(answer.ticked()));
        let others: Vec<usize> = (0..target.answers().len()).filter(|&at| !named.contains(at)).collect();
        self.not_named(target, &others, map, path, inside)?.into_iter().for_each(|(option, shares)| {
            answers.push((Answer::option(option), shares));
        });
        self.check_sum(&answers, &at);
        Some(How::One(answers))
    }

    fn answer(&mut self, target: &Target, key: &str, path: &Path) -> Option<Answer> {
        if key == UNSURE && target.takes_unsure() {
            return Some(Answer::UNSURE);
        }
        if let Target::Question(question) = target
            && target.is_number()
        {
            let answer = key.parse().ok().map(Answer::Number);
            let fits = answer.as_ref().map(|answer| answer.check(question));
            match fits {
                Some(Ok(())) => return answer,
                Some(Err(refusal)) => {
                    let message = format!("`{}`: {refusal}", question.id);
                    self.mistakes.error(path.name(), "number-out-of-range", message);
                }
                None => {
                    let message = format!("`{}` is answered with a number", question.id);
                    self.mistakes.error(path.name(), "bad-answer", message);
                }
            }
            return None;
        }
        target.option(key, path, self.mistakes).map(Answer::option)
    }

    /// The options that nothing names have the share of `not_named`; without it that is a mistake.
    fn not_named(
        &mut self,
        target: &Target,
        others: &[usize],
        map: &Mapping,
        path: &Path,
        around: Around,
    ) -> Option<Vec<(usize, Shares)>> {
        if let Some(value) = map.get("not_named") {
            let shares = self.shares(value, &path.key("not_named"), around)?;
            return Some(others.iter().map(|&option| (option, shares.clone())).collect());
        }
        if others.is_empty() || target.is_number() {
            return Some(Vec::new());
        }
        let answers = target.answers();
        let missing: Vec<&str> = others.iter().map(|&option| answers[option]).collect();
        let message = format!("`{}` has no figure for {}", shown(target.name()), listed(&missing));
        let help = "give each its share, or write `not_named: 0 %` for all that are left out";
        self.mistakes.error(path.value(), "no-figure", message).help(help);
        None
    }

    /// Shares that don't depend on anything must add up to 1, unless one is the rest.
    fn check_sum(&mut self, answers: &[(Answer, Shares)], path: &Path) {
        let rests = answers.iter().filter(|(_, shares)| *shares == Shares::Rest).count();
        if rests > 1 {
            let message = "only one answer can have the rest";
            self.mistakes.error(path.name(), "two-rests", message).help("give the others their shares");
            return;
        }
        let mut sum = 0.0;
        for (_, shares) in answers {
            match shares {
                Shares::Rest => {}
                Shares::Of(figures) => match figures.as_slice() {
                    [(None, figure)] => sum += figure.share,
                    _ if rests == 0 => {
                        let message = "shares with `when` don't always add up to 1";
                        self.mistakes
                            .error(path.name(), "no-rest", message)
                            .help("write `rest` for one of the answers");
                        return;
                    }
                    // Only part of them counts for any person.
                    _ => {}
                },
            }
        }
        let per_cent = (sum * 1e5).round() / 1e3;
        let message = match rests {
            0 if (sum - 1.0).abs() > ROUNDING => format!("the shares add up to {per_cent} %, not to 100 %"),
            1 if sum > 1.0 + 1e-9 => format!("the shares add up to {per_cent} %, which leaves no rest"),
            _ => return,
        };
        self.mistakes.error(path.name(), "sum", message).help("write `rest` for one of the answers");
    }

    fn ticks(
        &mut self,
        question: &Question,
        target: &Target,
        map: &Mapping,
        path: &Path,
        around: Around,
    ) -> Option<How> {
        let at = path.key("ticks");
        let Some(Value::Mapping(written)) = map.get("ticks") else {
            let help = "such as `{ an_option: 5 %, ... }`";
            let message = "for each option, the share of those who tick it is needed here";
            self.mistakes.error(at.value(), "wrong-type", message).help(help);
            return None;
        };
        let mut ticks: Vec<(usize, Shares)> = Vec::new();
        let mut whole = true;
        for (key, value) in written {
            let Some(key) = key_word(key) else { continue };
            let at = at.key(&key);
            let option = target.option(&key, &at, self.mistakes);
            let shares = self.shares(value, &at, around);
            if shares == Some(Shares::Rest) {
                let message = "options are ticked each by itself, so there is no rest";
                self.mistakes.error(at.value(), "not-a-share", message);
            }
            match option.zip(shares) {
                Some((option, _)) if question.options[option].exclusive => {
                    let message = format!("`{key}` stands alone, and is answered where nothing is ticked");
                    self.mistakes.error(at.name(), "exclusive", message).help("leave it out");
                }
                Some(both) => ticks.push(both),
                None => whole = false,
            }
        }
        let named: OptionSet =
            ticks.iter().map(|&(option, _)| option).chain(question.exclusive().iter()).collect();
        let others: Vec<usize> = (0..question.options.len()).filter(|&at| !named.contains(at)).collect();
        if whole {
            ticks.extend(self.not_named(target, &others, map, path, around)?);
        }
        let nothing = self.nothing(question, target, map, path)?;
        whole.then_some(How::Ticks { ticks, nothing })
    }

    /// What is answered where nothing is ticked.
    fn nothing(
        &mut self,
        question: &Question,
        target: &Target,
        map: &Mapping,
        path: &Path,
    ) -> Option<OptionSet> {
        if let Some(value) = map.get("nothing") {
            let at = path.key("nothing");
            let id = key_word(value).unwrap_or_default();
            return Some(OptionSet::one(target.option(&id, &at, self.mistakes)?));
        }
        if let Some(exclusive) = question.exclusive().iter().next() {
            return Some(OptionSet::one(exclusive));
        }
        if question.optional {
            return Some(OptionSet::EMPTY);
        }
        let message = format!("what is answered to `{}` where nothing is ticked is missing", question.id);
        let help = "add `nothing:` with one of its options";
        self.mistakes.error(path.value(), "missing-key", message).help(help);
        None
    }

    fn numbers(&mut self, question: &Question, map: &Mapping, path: &Path, around: Around) -> Option<How> {
        let (least, most) = question.limits()?;
        let mut number = |key: &str| match map.get(key) {
            Some(Value::Number(number)) if number.as_f64().is_some_and(f64::is_finite) => {
                Some(number.as_f64())
            }
            Some(_) => {
                self.mistakes.error(path.key(key).value(), "wrong-type", "a number is needed here");
                None
            }
            None => Some(None),
        };
        let (mean, sd, from, to) = (number("mean")?, number("sd")?, number("from")?, number("to")?);
        for (key, bound) in [("from", from), ("to", to)] {
            let Some(Err(refusal)) = bound.map(|bound| Answer::Number(bound).check(question)) else {
                continue;
            };
            let message = format!("`{}`: {refusal}", question.id);
            self.mistakes.error(path.key(key).value(), "number-out-of-range", message);
            return None;
        }
        let (from, to) = (from.unwrap_or(least), to.unwrap_or(most));
        if from > to {
            let message = "the least number is above the largest";
            self.mistakes.error(path.key("from").value(), "out-of-order", message);
            return None;
        }
        let again = match map.get("outside").map(|word| word.as_str()) {
            None | Some(Some("again")) => true,
            Some(Some("nearest")) => false,
            Some(_) => {
                let at = path.key("outside");
                let message = "there are `again` and `nearest`";
                self.mistakes.error(at.value(), "unknown-word", message);
                return None;
            }
        };
        let law = match (mean, sd) {
            (Some(mean), Some(sd)) if sd > 0.0 => {
                // Of two figures without a source one is told.
                self.figures.all += 1;
                self.figures.assumed += usize::from(around.source.is_some_and(is_assumed));
                Law::Normal { mean, sd }
            }
            (None, None) => Law::Uniform,
            (Some(_), Some(_)) => {
                let message = "a standard deviation is above 0";
                self.mistakes.error(path.key("sd").value(), "number-out-of-range", message);
                return None;
            }
            _ => {
                let message = "`mean` and `sd` belong together";
                self.mistakes.error(path.value(), "missing-key", message).help("write both");
                return None;
            }
        };
        self.source(around.source, path);
        let decimals = match &question.domain {
            Domain::Number(bounds) => bounds.decimals,
            _ => 0,
        };
        if let Law::Normal { mean, sd } = law
            && again
            && (mean + 6.0 * sd < from || mean - 6.0 * sd > to)
        {
            let message = "hardly any such number lies between the bounds";
            let help = "move `mean`, `from` or `to`, or write `outside: nearest`";
            self.mistakes.error(path.key("mean").value(), "out-of-order", message).help(help);
            return None;
        }
        Some(How::Number(Numbers { law, from, to, decimals, again }))
    }
}
