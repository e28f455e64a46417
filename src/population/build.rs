//! From what stands in a file, and the population it is based on, to a population: every name resolved, every question
//! with its figures.

use serde_yaml::Value;

use super::figures::{Around, Names, Reader, is_assumed};
use super::raw::{self, File};
use super::when::{self, key_word};
use super::{
    Factor, Figure, Figures, Group, Limit, LimitOf, MOST_PEOPLE, Need, PEOPLE, Population, Shares, Variable,
    VariableIndex,
};
use crate::questionnaire::yaml::characters;
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{self, Ids, Spelling, listed, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::{Audience, Question, Questionnaire};
use crate::text::clean_line;

pub struct Builder<'q> {
    pub questionnaire: &'q Questionnaire,
    /// The population that this one is based on.
    pub base: Option<Population>,
    /// It is meant to have a base, so what is missing here may be there.
    pub lacks_base: bool,
    pub mistakes: Mistakes,
}

impl<'q> Builder<'q> {
    pub fn population(mut self, raw: &File) -> (Population, Mistakes) {
        let root = Path::ROOT;
        self.check_head(raw);
        let base = self.base.take();
        let mut factors = base.as_ref().map_or(Vec::new(), |base| base.factors.clone());
        let mut groups = base.as_ref().map_or(Vec::new(), |base| base.groups.clone());
        let mut counted = base.as_ref().map_or(Figures::default(), |base| base.figures);
        let mut variables = base.as_ref().map_or_else(|| self.questions(), |base| base.variables.clone());
        self.factors(raw, &mut factors, &mut counted);
        self.groups(raw, &mut groups);

        let names = self.names(raw, &variables);
        let after = self.questionnaire.questions.len();
        variables.extend(names.hidden[variables.len() - after..].iter().map(Variable::of_trait));
        let factor_names: Vec<String> = factors.iter().map(|factor| factor.name.clone()).collect();
        let group_names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
        let mut reader = Reader {
            names: &names,
            factors: &factor_names,
            groups: &group_names,
            figures: &mut counted,
            mistakes: &mut self.mistakes,
        };
        let unsure = raw.unsure.0.as_ref();
        let unsure = unsure.and_then(|raw| reader.shares(&raw.0, &root.key("unsure"), Around::default()));
        let unsure = unsure.unwrap_or(Shares::certain(0.0));
        for (list, entries) in [("hidden", &raw.hidden), ("questions", &raw.questions)] {
            let path = root.key(list);
            for (name, draw) in &entries.0 {
                let path = path.key(name);
                let of = match list {
                    "questions" => {
                        let ids = self.questionnaire.questions.iter().map(|question| question.id.as_str());
                        Ids::of("question", ids).find(name, path.name(), reader.mistakes)
                    }
                    _ => names.index(name),
                };
                let Some(of) = of else { continue };
                let Some(target) = names.target(of) else {
                    let message = "the answers of this trait are missing";
                    let help = "write `p` (the share of yes), or `answers` with a share for each";
                    reader.mistakes.error(path.name(), "missing-key", message).help(help);
                    continue;
                };
                let read = reader.entries(&target, &draw.0, &path, &unsure);
                variables[of].entries = read;
            }
        }
        let audience = raw.audience.0.or(base.as_ref().map(|base| base.audience)).unwrap_or_default();
        let needs = self.needs(raw, &names);
        let limits = self.limits(raw, !needs.is_empty());
        let order = self.order(&variables, raw);
        self.check_questions(raw, audience, &variables);
        let population = Population {
            title: clean_line(raw.title.trim()),
            about: raw.about.0.as_deref().map_or(String::new(), |about| about.trim().to_owned()),
            audience,
            base_only: raw.base_only.0.unwrap_or_default(),
            people: raw.people.0.or(base.as_ref().map(|base| base.people)).unwrap_or(PEOPLE),
            factors,
            groups,
            variables,
            order,
            needs,
            limits,
            figures: counted,
        };
        (population, self.mistakes)
    }

    fn questions(&self) -> Vec<Variable> {
        let variable = |question: &Question| Variable {
            name: question.id.clone(),
            options: question.options.iter().map(|option| option.id.clone()).collect(),
            entries: Vec::new(),
        };
        self.questionnaire.questions.iter().map(variable).collect()
    }

    fn check_head(&mut self, raw: &File) {
        let root = Path::ROOT;
        let (id, wanted) = (&raw.questionnaire, &self.questionnaire.id);
        if id != wanted && !self.mistakes.holes.cover(&root.key("questionnaire")) {
            let message = format!("these people are for `{}`, but this is `{wanted}`", shown(id));
            let place = root.key("questionnaire").value();
            self.mistakes.warning(place, "other-questionnaire", message);
        }
        let path = root.key("title");
        if raw.title.trim().is_empty() {
            let help = "say in a few words who these people are";
            self.mistakes.error(path.value(), "empty-text", "this population has no title").help(help);
        }
        characters::check_characters(&raw.title, &path, false, &mut self.mistakes);
        if let Some(about) = &raw.about.0 {
            characters::check_characters(about, &root.key("about"), true, &mut self.mistakes);
        }
        if let Some(people) = raw.people.0
            && !(1..=MOST_PEOPLE).contains(&people)
        {
            let message = format!("{people} is no number of people that can be drawn");
            let help = format!("write a number from 1 to {MOST_PEOPLE}");
            self.mistakes.error(root.key("people").value(), "number-out-of-range", message).help(help);
        }
    }

    fn factors(&mut self, raw: &File, factors: &mut Vec<Factor>, counted: &mut Figures) {
        let root = Path::ROOT;
        let path = root.key("factors");
        for (name, raw) in &raw.factors.0 {
            let path = path.key(name);
            names::check_spelling("factor", name, path.name(), Spelling::Plain, &mut self.mistakes);
            let shares =
                [("strength", Some(raw.strength)), ("floor", raw.floor.0), ("ceiling", raw.ceiling.0)];
            for (key, share) in shares {
                if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                    let message = "a strength is a number from 0 to 1";
                    self.mistakes.error(path.key(key).value(), "not-a-share", message);
                }
            }
            self.counted(&raw.source, &path, counted);
            let strength = Figure {
                share: raw.strength,
                floor: raw.floor.0,
                ceiling: raw.ceiling.0,
                group: None,
                factor: None,
            };
            let factor = Factor { name: name.clone(), strength };
            match factors.iter_mut().find(|known| known.name == *name) {
                Some(known) => *known = factor,
                None => factors.push(factor),
            }
        }
    }

    fn groups(&mut self, raw: &File, groups: &mut Vec<Group>) {
        let root = Path::ROOT;
        let path = root.key("groups");
        for (name, raw) in &raw.groups.0 {
            let path = path.key(name);
            names::check_spelling("group", name, path.name(), Spelling::Plain, &mut self.mistakes);
            if !(0.0..=1.0).contains(&raw.floor) {
                let message = "a floor is so many times the figures, from 0 to 1";
                self.mistakes.error(path.key("floor").value(), "number-out-of-range", message);
            }
            if !(raw.ceiling.is_finite() && raw.ceiling >= 1.0) {
                let message = "a ceiling is so many times the figures, 1 or more";
                self.mistakes.error(path.key("ceiling").value(), "number-out-of-range", message);
            }
            self.counted(&raw.source, &path, &mut Figures::default());
            let group = Group { name: name.clone(), floor: raw.floor, ceiling: raw.ceiling };
            match groups.iter_mut().find(|known| known.name == *name) {
                Some(known) => *known = group,
                None => groups.push(group),
            }
        }
    }

    fn counted(&mut self, source: &str, path: &Path, counted: &mut Figures) {
        counted.all += 1;
        counted.assumed += usize::from(is_assumed(source));
        if source.trim().is_empty() {
            let help = "write where it is from, or `assumed`";
            self.mistakes.error(path.key("source").value(), "no-source", "the source is empty").help(help);
        }
    }

    /// The hidden traits with their options: those of the base, and those of this file.
    fn names(&mut self, raw: &File, variables: &[Variable]) -> Names<'q> {
        let after = self.questionnaire.questions.len();
        let known = variables[after.min(variables.len())..].iter();
        let mut hidden: Vec<(String, Vec<String>)> =
            known.map(|variable| (variable.name.clone(), variable.options.clone())).collect();
        let root = Path::ROOT;
        let path = root.key("hidden");
        for (name, draw) in &raw.hidden.0 {
            let path = path.key(name);
            names::check_spelling("hidden trait", name, path.name(), Spelling::Plain, &mut self.mistakes);
            if self.questionnaire.question_index(name).is_some() {
                let message = format!("`{}` is a question, which is not hidden", shown(name));
                self.mistakes.error(path.name(), "duplicate-id", message).help("give the trait another name");
            }
            let options = options(&draw.0);
            match hidden.iter_mut().find(|(known, _)| known == name) {
                // What looks at the trait in the other file counts its answers as they are there.
                Some((_, known)) if *known != options => {
                    let message =
                        format!("`{}` has other answers in the file that this is based on", shown(name));
                    let help = format!("give it {}, in this order, or another name", listed_of(known));
                    self.mistakes.error(path.name(), "other-answers", message).help(help);
                }
                Some(_) => {}
                None => hidden.push((name.clone(), options)),
            }
        }
        Names { questionnaire: self.questionnaire, hidden }
    }

    fn needs(&mut self, raw: &File, names: &Names) -> Vec<Need> {
        let Some(raw::Needs(value)) = &raw.needs.0 else { return Vec::new() };
        let root = Path::ROOT;
        let path = root.key("needs");
        let levels = levels(self.questionnaire);
        let find = |id: &Value, path: &Path, mistakes: &mut Mistakes| {
            levels.find(&key_word(id).unwrap_or_default(), path.value(), mistakes)
        };
        let Value::Sequence(items) = value else {
            let level = find(value, &path, &mut self.mistakes);
            return level.map(|level| Need { when: None, level }).into_iter().collect();
        };
        let mut needs = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let path = path.index(at);
            let when = match item.get("when") {
                Some(when) => {
                    let mut reader = when::Reader { names, mistakes: &mut self.mistakes };
                    let Some(when) = reader.when(when, &path.key("when")) else { continue };
                    Some(when)
                }
                None => None,
            };
            let Some(level) = item.get("level") else {
                let message = "the level is missing";
                self.mistakes.error(path.value(), "missing-key", message).help("add `level:`");
                continue;
            };
            if let Some(level) = find(level, &path.key("level"), &mut self.mistakes) {
                needs.push(Need { when, level });
            }
        }
        if needs.last().is_some_and(|need| need.when.is_some()) {
            let message = "what the others need is missing";
            self.mistakes
                .error(path.name(), "condition-missing", message)
                .help("end with an entry without `when`");
        }
        needs
    }

    fn limits(&mut self, raw: &File, has_needs: bool) -> Vec<Limit> {
        let root = Path::ROOT;
        let path = root.key("limits");
        let limits = raw.limits.iter().enumerate();
        limits.filter_map(|(at, raw)| self.limit(raw, &path.index(at), has_needs)).collect()
    }

    fn limit(&mut self, raw: &raw::Limit, path: &Path, has_needs: bool) -> Option<Limit> {
        let levels = levels(self.questionnaire);
        let mut of = Vec::new();
        let named = [
            ("level", &raw.level.0, LimitOf::Level as fn(usize) -> LimitOf),
            ("at_or_above", &raw.at_or_above.0, LimitOf::AtOrAbove),
            ("below", &raw.below.0, LimitOf::Below),
        ];
        for (key, id, made) in named {
            let Some(id) = id else { continue };
            let at = path.key(key);
            if key == "at_or_above" && id == "needed" {
                if !has_needs {
                    let message = "this file doesn't say what these people need";
                    self.mistakes.error(at.value(), "no-needs", message).help("add `needs:` with a level");
                }
                of.push(LimitOf::Needed);
            } else if let Some(level) = levels.find(id, at.value(), &mut self.mistakes) {
                of.push(made(level));
            } else {
                return None;
            }
        }
        if raw.unsure_alone.0 == Some(true) {
            of.push(LimitOf::Unsure);
        }
        let &[of] = of.as_slice() else {
            let message = "a limit is about one share";
            let help = "write one of `level`, `at_or_above`, `below` and `unsure_alone: true`";
            self.mistakes.error(path.value(), "bad-limit", message).help(help);
            return None;
        };
        let (names, none) = (Names { questionnaire: self.questionnaire, hidden: Vec::new() }, Vec::new());
        let mut figures = Figures::default();
        let mut reader = Reader {
            names: &names,
            factors: &none,
            groups: &none,
            figures: &mut figures,
            mistakes: &mut self.mistakes,
        };
        let mut bound = |raw: &Option<raw::Share>, key: &str| match raw {
            Some(raw::Share(value)) => reader.share(value, &path.key(key)).map(Some),
            None => Some(None),
        };
        let (at_most, at_least) = (bound(&raw.at_most.0, "at_most"), bound(&raw.at_least.0, "at_least"));
        let (at_most, at_least) = (at_most?, at_least?);
        if at_most.is_none() && at_least.is_none() {
            let message = "this limit has no bound";
            let help = "add `at_most: 8 %` or `at_least: 99 %`";
            self.mistakes.error(path.value(), "bad-limit", message).help(help);
            return None;
        }
        Some(Limit { of, at_most, at_least })
    }

    /// An order in which everything comes after what it depends on; a circle is a mistake.
    fn order(&mut self, variables: &[Variable], raw: &File) -> Vec<VariableIndex> {
        let needed: Vec<Vec<VariableIndex>> = variables
            .iter()
            .map(|variable| {
                let mut needed = Vec::new();
                let whens = variable.entries.iter().flat_map(|entry| entry.whens());
                whens.for_each(|when| when.visit(&mut |of| needed.push(of)));
                needed.sort_unstable();
                needed.dedup();
                needed
            })
            .collect();
        let mut order: Vec<VariableIndex> = Vec::with_capacity(variables.len());
        let mut done = vec![false; variables.len()];
        // Round by round what only looks at what is drawn already; a file has few rounds.
        loop {
            let before = order.len();
            for of in 0..variables.len() {
                if !done[of] && needed[of].iter().all(|&other| done.get(other) == Some(&true)) {
                    done[of] = true;
                    order.push(of);
                }
            }
            if order.len() == before {
                break;
            }
        }
        if let Some(first) = done.iter().position(|done| !done) {
            // Only those that are in a circle, or look at one, are left.
            let mut circle = vec![first];
            while let Some(&next) =
                needed[circle[circle.len() - 1]].iter().find(|&&of| done.get(of) == Some(&false))
            {
                if let Some(at) = circle.iter().position(|&of| of == next) {
                    circle.drain(..at);
                    break;
                }
                circle.push(next);
            }
            let names: Vec<&str> = circle.iter().map(|&of| variables[of].name.as_str()).collect();
            let list = if circle[0] < self.questionnaire.questions.len() { "questions" } else { "hidden" };
            let message = match names.as_slice() {
                [one] => format!("`{one}` looks at its own answer"),
                _ => format!("{} look at one another in a circle", listed(&names)),
            };
            let root = Path::ROOT;
            let place = match raw.questions.0.iter().chain(&raw.hidden.0).any(|(name, _)| name == names[0]) {
                true => root.key(list).key(names[0]).name(),
                false => root.key(list).name(),
            };
            let help = "take a condition out, or let both look at a hidden trait";
            self.mistakes.error(place, "circle", message).help(help);
        }
        order.retain(|&of| !variables[of].entries.is_empty());
        order
    }

    /// Every question that these people can be asked and must answer has its figures.
    fn check_questions(&mut self, raw: &File, audience: Audience, variables: &[Variable]) {
        if self.lacks_base || self.mistakes.holes.cover(&Path::ROOT.key("questions")) {
            return;
        }
        let root = Path::ROOT;
        for (question, variable) in self.questionnaire.questions.iter().zip(variables) {
            let section = &self.questionnaire.sections[question.section];
            let is_asked = section.audience.is_none_or(|only| only == audience);
            let is_needed = !question.optional && question.takes_answer();
            let is_written = raw.questions.0.iter().any(|(id, _)| *id == question.id);
            if !is_asked || !is_needed || is_written || !variable.entries.is_empty() {
                continue;
            }
            let ids: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
            let message = format!("the question `{}` is asked and has no figures", question.id);
            let help = match ids.as_slice() {
                [] => format!("add `{}:` with the numbers that people answer, and their source", question.id),
                _ => format!(
                    "add `{}:` with a share for each of its answers, {}, and their source",
                    question.id,
                    listed(&ids)
                ),
            };
            let place = match raw.questions.0.is_empty() {
                true => root.value(),
                false => root.key("questions").name(),
            };
            self.mistakes.error(place, "no-figures", message).help(help);
        }
    }
}

fn levels(questionnaire: &Questionnaire) -> Ids<'_> {
    Ids::of("level", questionnaire.levels.iter().map(|level| level.id.as_str()))
}

/// The options of a trait, in the order in which the file names them; none if that can't be told.
fn options(draw: &Value) -> Vec<String> {
    let one = std::slice::from_ref(draw);
    let items = match draw {
        Value::Sequence(items) => items.as_slice(),
        _ => one,
    };
    let mut options: Vec<String> = Vec::new();
    for item in items {
        if item.get("p").is_some() {
            options.extend(
                ["no", "yes"]
                    .into_iter()
                    .filter(|id| !options.iter().any(|o| o == id))
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            );
        }
        let Some(Value::Mapping(answers)) = item.get("answers") else { continue };
        for (key, _) in answers {
            let Some(key) = key_word(key) else { continue };
            if !options.contains(&key) && options.len() < 64 {
                options.push(key);
            }
        }
    }
    options
}

fn listed_of(words: &[String]) -> String {
    listed(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

impl Variable {
    fn of_trait((name, options): &(String, Vec<String>)) -> Variable {
        Variable { name: name.clone(), options: options.clone(), entries: Vec::new() }
    }
}
