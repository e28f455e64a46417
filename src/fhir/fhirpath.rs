//! Conditions as FHIRPath. Unknown is `{}`, and FHIRPath's own `and`, `or` and `not()` are those of Kleene's logic, so
//! the three values of a condition go over one to one.

use std::collections::HashMap;

use super::codes::Codes;
use super::layout::Layout;
use super::names;
use super::units;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{
    Audience, Concern, Condition, Domain, NumberBounds, OptionSet, Question, QuestionIndex, Questionnaire,
    UnsureCountsAs,
};
use crate::text::clean_line;

/// An expression whose value is true, false or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Path {
    True,
    False,
    /// Stands anywhere without parentheses.
    Tight(String),
    Loose(String),
}

impl Path {
    fn tight(&self) -> String {
        match self {
            Path::Loose(text) => format!("({text})"),
            _ => self.text(),
        }
    }

    pub fn text(&self) -> String {
        match self {
            Path::True => "true".to_owned(),
            Path::False => "false".to_owned(),
            Path::Tight(text) | Path::Loose(text) => text.clone(),
        }
    }

    fn joined(parts: Vec<Path>, word: &str, neutral: Path, absorbing: Path) -> Path {
        if parts.contains(&absorbing) {
            return absorbing;
        }
        let mut parts: Vec<Path> = parts.into_iter().filter(|part| *part != neutral).collect();
        match parts.len() {
            0 => neutral,
            1 => parts.remove(0),
            _ => Path::Loose(parts.iter().map(Path::tight).collect::<Vec<_>>().join(word)),
        }
    }

    pub fn all(parts: Vec<Path>) -> Path {
        Path::joined(parts, " and ", Path::True, Path::False)
    }

    pub fn any(parts: Vec<Path>) -> Path {
        Path::joined(parts, " or ", Path::False, Path::True)
    }

    pub fn not(part: Path) -> Path {
        match part {
            Path::True => Path::False,
            Path::False => Path::True,
            part => Path::Tight(format!("{}.not()", part.tight())),
        }
    }

    fn at_least(needed: usize, parts: &[Path]) -> Path {
        let sum = |test: &str, yes: &str, no: &str| {
            let terms = parts.iter().map(|part| format!("iif({}{test}, {yes}, {no})", part.tight()));
            terms.collect::<Vec<_>>().join(" + ")
        };
        Path::Tight(format!(
            "iif({} >= {needed}, true, iif({} < {needed}, false, {{}}))",
            sum("", "1", "0"),
            sum(" = false", "0", "1")
        ))
    }
}

/// A variable of the form: what it is called, what it says and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub name: String,
    pub expression: String,
    pub description: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Atom {
    Has(QuestionIndex, OptionSet),
    Unsure(QuestionIndex),
    /// The bound in bits, so that equal ones are one.
    Number(QuestionIndex, u8, u64),
}

/// When a question is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Live {
    Always,
    Never,
    /// As this variable says.
    If(String),
}

/// All that a form works out of its answers, each variable after those that it names.
pub struct Program<'q> {
    questionnaire: &'q Questionnaire,
    layout: &'q Layout,
    codes: &'q Codes,
    pub variables: Vec<Variable>,
    pub live: Vec<Live>,
    atoms: HashMap<Atom, Path>,
    definitions: Vec<Option<Path>>,
}

impl<'q> Program<'q> {
    pub fn of(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        layout: &'q Layout,
        codes: &'q Codes,
    ) -> Program<'q> {
        let mut program = Program {
            questionnaire,
            layout,
            codes,
            variables: Vec::new(),
            live: Vec::new(),
            atoms: HashMap::new(),
            definitions: vec![None; questionnaire.definitions.len()],
        };
        program.questions(audience);
        let rules = program.rules();
        program.levels(&rules);
        program.open();
        program
    }

    fn add(&mut self, name: String, expression: String, description: Option<String>) -> Path {
        let path = Path::Tight(format!("%{name}"));
        self.variables.push(Variable { name, expression, description });
        path
    }

    /// The answers of each question, and when it is asked: a condition looks at earlier ones only.
    fn questions(&mut self, audience: Audience) {
        for (index, question) in self.questionnaire.questions.iter().enumerate() {
            if self.questionnaire.sections[question.section].audience.is_some_and(|only| only != audience) {
                self.live.push(Live::Never);
                continue;
            }
            let live = match &question.ask_if {
                None => Live::Always,
                Some(condition) => match self.condition(condition) {
                    Path::True => Live::Always,
                    Path::False => Live::Never,
                    path => {
                        let name = format!("l{index}");
                        let said = format!("{}: is it asked?", question.id);
                        self.add(name.clone(), path.text(), Some(said));
                        Live::If(name)
                    }
                },
            };
            if live != Live::Never && question.takes_answer() {
                self.answer(index, question);
            }
            self.live.push(live);
        }
    }

    fn answer(&mut self, index: QuestionIndex, question: &Question) {
        let item = self.layout.path(self.questionnaire, index);
        let value = format!("{item}.where(linkId = {}).answer.value", string(&question.id));
        let expression = match &question.domain {
            Domain::One { .. } | Domain::Several => format!("{value}.code"),
            Domain::Number(bounds) if !bounds.others.is_empty() => {
                let raw = format!("q{index}");
                self.add(raw.clone(), value, None);
                in_own_unit(&raw, bounds, question.concern)
            }
            Domain::Number(_) | Domain::Text | Domain::Nothing => value,
        };
        self.add(format!("a{index}"), expression, Some(question.id.clone()));
        if names::has_unsure_item(question) {
            let link = string(&names::unsure(question));
            let unsure = format!("{item}.where(linkId = {link}).answer.value.code");
            self.add(format!("u{index}"), unsure, None);
        }
    }

    fn rules(&mut self) -> Vec<Path> {
        let mut paths = Vec::new();
        for (index, rule) in self.questionnaire.rules.iter().enumerate() {
            let path = self.condition(&rule.when);
            let because = clean_line(rule.because.to(Audience::Clinician));
            let said = format!("{} ({}): {because}", rule.id, self.questionnaire.levels[rule.level].id);
            paths.push(match path {
                constant @ (Path::True | Path::False) => constant,
                path => self.add(format!("r{index}"), path.text(), Some(said)),
            });
        }
        paths
    }

    fn levels(&mut self, rules: &[Path]) {
        let last = self.questionnaire.last_level();
        let mut reached = Vec::new();
        for (index, level) in self.questionnaire.levels.iter().enumerate().take(last) {
            let of_level =
                rules.iter().zip(&self.questionnaire.rules).filter(|(_, rule)| rule.level == index);
            let path = Path::any(of_level.map(|(path, _)| path.clone()).collect());
            let path = match path {
                constant @ (Path::True | Path::False) => constant,
                path => {
                    let said = format!("a rule of {} holds", level.id);
                    self.add(format!("v{index}"), path.text(), Some(said))
                }
            };
            reached.push(path);
        }
        let first = |test: &dyn Fn(&Path) -> Option<String>| {
            let tests = reached.iter().enumerate().rev();
            tests.fold(last.to_string(), |rest, (index, path)| match (path, test(path)) {
                (Path::True, _) => index.to_string(),
                (Path::False, _) | (_, None) => rest,
                (_, Some(text)) => text.replace('@', &index.to_string()).replace('#', &rest),
            })
        };
        let certain = first(&|path| Some(format!("iif({}, @, #)", path.text())));
        let possible = first(&|path| Some(format!("iif({} = false, #, @)", path.text())));
        let policy = self.questionnaire.unsure;
        let doubtful = match policy.counts_as {
            UnsureCountsAs::SameLevel => "%possibleAt".to_owned(),
            UnsureCountsAs::OneLevelLess => "(%possibleAt + 1)".to_owned(),
        };
        let least = policy.at_least;
        self.add("certainAt".to_owned(), certain, Some("0 is the most urgent level".to_owned()));
        self.add("possibleAt".to_owned(), possible, None);
        self.add("doubtAt".to_owned(), format!("iif({doubtful} < {least}, {doubtful}, {least})"), None);
        let level = "iif(%possibleAt = %certainAt or %certainAt < %doubtAt, %certainAt, %doubtAt)";
        self.add("levelAt".to_owned(), level.to_owned(), Some("what to act on".to_owned()));
        for name in ["certain", "possible", "level"] {
            let ids = self.questionnaire.levels.iter().map(|level| string(&level.id));
            let named = picked(&format!("%{name}At"), ids.collect());
            self.add(name.to_owned(), named, None);
        }
    }

    /// Whether a question that is asked has no answer.
    fn open(&mut self) {
        let mut parts = Vec::new();
        for (index, question) in self.questionnaire.questions.iter().enumerate() {
            if question.optional || !question.takes_answer() {
                continue;
            }
            let mut empty = format!("%a{index}.empty()");
            if names::has_unsure_item(question) {
                empty += &format!(" and %u{index}.empty()");
            }
            match &self.live[index] {
                Live::Never => {}
                Live::Always => parts.push(format!("({empty})")),
                Live::If(name) => parts.push(format!("(%{name} = true and {empty})")),
            }
        }
        let open = if parts.is_empty() { "false".to_owned() } else { parts.join(" or ") };
        let said = "a question that is asked has no answer";
        self.add("open".to_owned(), format!("iif({open}, true, false)"), Some(said.to_owned()));
    }

    /// The title of the level once every question has its answer, and at once where a certain level interrupts. Any
    /// other level before the end would be read as the result.
    pub fn shown(&self, titles: Vec<String>) -> String {
        let titles: Vec<String> = titles.iter().map(|title| string(title)).collect();
        let levels = self.questionnaire.levels.iter().zip(&titles);
        let at_once = levels.map(|(level, title)| match level.interrupt {
            true => title.clone(),
            false => "{}".to_owned(),
        });
        let at_once = picked("%certainAt", at_once.collect());
        format!("iif(%open = false, {}, {at_once})", picked("%levelAt", titles))
    }

    fn condition(&mut self, condition: &Condition) -> Path {
        match condition {
            Condition::All(parts) => Path::all(self.parts(parts)),
            Condition::Any(parts) => Path::any(self.parts(parts)),
            Condition::Not(part) => Path::not(self.condition(part)),
            Condition::AtLeast(0, _) => Path::True,
            Condition::AtLeast(needed, parts) if parts.len() < *needed => Path::False,
            Condition::AtLeast(needed, parts) => Path::at_least(*needed, &self.parts(parts)),
            Condition::Has(question, options) => self.atom(Atom::Has(*question, *options)),
            Condition::Unsure(question) => self.atom(Atom::Unsure(*question)),
            Condition::Number(question, comparison, bound) => {
                self.atom(Atom::Number(*question, place(*comparison), bound.to_bits()))
            }
            Condition::Definition(definition) => self.definition(*definition),
            // Only steps and texts look at these, and a form has none.
            Condition::Rule(_) | Condition::UnsureAnswers => Path::False,
        }
    }

    fn parts(&mut self, parts: &[Condition]) -> Vec<Path> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn definition(&mut self, index: usize) -> Path {
        if let Some(known) = &self.definitions[index] {
            return known.clone();
        }
        let questionnaire = self.questionnaire;
        let definition = &questionnaire.definitions[index];
        let path = match self.condition(&definition.condition) {
            constant @ (Path::True | Path::False) => constant,
            path => self.add(format!("d{index}"), path.text(), Some(definition.name.clone())),
        };
        self.definitions[index] = Some(path.clone());
        path
    }

    /// What an answer says, unless its question is certainly not asked; then it says nothing.
    fn atom(&mut self, atom: Atom) -> Path {
        if let Some(known) = self.atoms.get(&atom) {
            return known.clone();
        }
        let index = match atom {
            Atom::Has(question, _) | Atom::Unsure(question) | Atom::Number(question, ..) => question,
        };
        let question = &self.questionnaire.questions[index];
        let live = self.live[index].clone();
        let judged = if live == Live::Never { None } else { self.judged(atom, index, question) };
        let path = match (judged, live) {
            (None, _) => Path::False,
            (Some(text), Live::If(name)) => {
                let text = format!("iif(%{name} = false, false, {text})");
                self.add(format!("c{}", self.atoms.len()), text, None)
            }
            (Some(text), _) => self.add(format!("c{}", self.atoms.len()), text, None),
        };
        self.atoms.insert(atom, path.clone());
        path
    }

    /// `None`: nothing can make it true.
    fn judged(&self, atom: Atom, index: QuestionIndex, question: &Question) -> Option<String> {
        let answer = format!("%a{index}");
        let unsure = match (question.unsure, names::has_unsure_item(question)) {
            (false, _) => None,
            (true, false) => Some(format!("{} in {answer}", string(names::ASKED_UNKNOWN))),
            (true, true) => Some(format!("%u{index}.exists()")),
        };
        let without = if question.optional { "false" } else { "{}" };
        Some(match atom {
            Atom::Has(_, options) => {
                let ids = options
                    .iter()
                    .filter_map(|option| self.codes.option_code(self.questionnaire, index, option));
                let has: Vec<String> = ids.map(|id| format!("{} in {answer}", string(&id))).collect();
                let has = if has.is_empty() { return None } else { has.join(" or ") };
                let rest = format!("iif({answer}.empty(), {without}, false)");
                match unsure {
                    Some(unsure) => format!("iif({has}, true, iif({unsure}, {{}}, {rest}))"),
                    None => format!("iif({has}, true, {rest})"),
                }
            }
            Atom::Unsure(_) => {
                let unsure = unsure?;
                match names::has_unsure_item(question) {
                    // A number that is there is the answer.
                    true => format!("iif({answer}.exists(), false, iif({unsure}, true, {without}))"),
                    false => format!("iif({unsure}, true, iif({answer}.empty(), {without}, false))"),
                }
            }
            Atom::Number(_, comparison, bound) => {
                let Domain::Number(_) = question.domain else { return None };
                let compared =
                    format!("{answer} {} {}", SIGNS[usize::from(comparison)], number(f64::from_bits(bound)));
                match (question.optional, unsure) {
                    (false, _) => compared,
                    (true, None) => format!("iif({answer}.empty(), false, {compared})"),
                    (true, Some(unsure)) => {
                        format!("iif({answer}.empty(), iif({unsure}, {{}}, false), {compared})")
                    }
                }
            }
        })
    }
}

const SIGNS: [&str; 3] = [">=", ">", "<"];

fn place(comparison: Comparison) -> u8 {
    match comparison {
        Comparison::AtLeast => 0,
        Comparison::Above => 1,
        Comparison::Below => 2,
    }
}

/// A quantity in the question's unit, converted and rounded as an answer with its unit is.
fn in_own_unit(raw: &str, bounds: &NumberBounds, concern: Concern) -> String {
    let rounded = match concern {
        Concern::Higher => "ceiling()",
        Concern::Lower => "floor()",
        Concern::ByType | Concern::Least(_) | Concern::None | Concern::Unsaid => "round()",
    };
    let steps = number(10f64.powi(bounds.decimals.into()));
    let own = format!("%{raw}.value");
    bounds.others.iter().rev().fold(own, |rest, other| {
        let unit = string(&other.unit);
        let is_this = match units::code(&other.unit) {
            Some(code) => format!("code = {} or unit = {unit}", string(code)),
            None => format!("unit = {unit}"),
        };
        let value =
            format!("(%{raw}.value * {} * {steps}).round(6).{rounded} / {steps}", number(other.times));
        format!("iif(%{raw}.where({is_this}).exists(), {value}, {rest})")
    })
}

/// The entry at the position that an expression gives.
fn picked(position: &str, mut entries: Vec<String>) -> String {
    let rest = entries.pop().unwrap_or_else(|| "{}".to_owned());
    let entries = entries.into_iter().enumerate().rev();
    entries.fold(rest, |rest, (index, entry)| format!("iif({position} = {index}, {entry}, {rest})"))
}

pub fn string(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\'' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted + "'"
}

fn number(number: f64) -> String {
    let text = format!("{number}");
    if number < 0.0 { format!("({text})") } else { text }
}
