//! From the file to a suite: every name resolved, every answer checked.

use super::raw::{self, File};
use super::{Baseline, Case, Suite, Wanted, answers};
use crate::answers::Answer;
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::yaml::characters;
use crate::questionnaire::yaml::form::{self, Form};
use crate::questionnaire::yaml::mistake::Mistakes;
use crate::questionnaire::yaml::names::{self, Ids, Spelling, shown};
use crate::questionnaire::yaml::path::Path;
use crate::questionnaire::yaml::version;
use crate::questionnaire::yaml::written::Entries;
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};

/// Scenarios that can be tried, and what their author may still want to look at.
#[derive(Debug)]
pub struct Loaded {
    pub suite: Suite,
    pub warnings: Vec<Diagnostic>,
}

const FORM: Form = Form { what: "set of scenarios", schema: raw::schema };

/// Reads the scenarios of a questionnaire. `file` is only for the messages.
///
/// # Errors
/// All mistakes in the file and what else there is to say about it, in the order of their places.
pub fn read(questionnaire: &Questionnaire, file: &str, bytes: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    let (suite, warnings) = form::read(FORM, file, bytes, |raw: &File, mistakes| {
        let mut reader = Reader { questionnaire, known: Known::of(questionnaire), mistakes };
        if let Some(refused) = raw.format.0.and_then(|format| version::refused(&format.to_string())) {
            // Told alone, as for a questionnaire.
            let place = Path::ROOT.key("format").value();
            reader.mistakes.error(place, refused.code, refused.message).help(refused.help);
        }
        let suite = reader.suite(raw);
        (suite, reader.mistakes)
    })?;
    Ok(Loaded { suite, warnings })
}

/// What the questionnaire has that a scenario can name.
struct Known<'q> {
    levels: Ids<'q>,
    rules: Ids<'q>,
    questions: Ids<'q>,
    steps: Ids<'q>,
}

impl<'q> Known<'q> {
    fn of(questionnaire: &'q Questionnaire) -> Known<'q> {
        Known {
            levels: Ids::of("level", questionnaire.levels.iter().map(|level| level.id.as_str())),
            rules: Ids::of("rule", questionnaire.rules.iter().map(|rule| rule.id.as_str())),
            questions: Ids::of("question", questionnaire.questions.iter().map(|asked| asked.id.as_str())),
            steps: Ids::of("step", questionnaire.next_steps.iter().map(|step| step.id.as_str())),
        }
    }
}

struct Reader<'q> {
    questionnaire: &'q Questionnaire,
    known: Known<'q>,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn suite(&mut self, raw: &File) -> Suite {
        let root = Path::ROOT;
        let path = root.key("baselines");
        let mut table = Ids::new("baseline");
        table.complete = !self.mistakes.holes.cover(&path);
        let mut baselines = Vec::new();
        for (id, entry) in &raw.baselines.0 {
            let path = path.key(id);
            let place = path.name();
            names::check_spelling("baseline", id, place, Spelling::Plain, &mut self.mistakes);
            let baseline = self.baseline(id, entry, &path, &table, (raw, &baselines));
            table.insert(id);
            baselines.push(baseline);
        }
        let path = root.key("cases");
        if raw.cases.is_empty() {
            self.mistakes.error(path.name(), "no-cases", "there are no cases");
        }
        let cases: Vec<Case> = raw
            .cases
            .iter()
            .enumerate()
            .map(|(index, raw)| self.case(raw, &path.index(index), &table, &baselines))
            .collect();
        self.check_names(&cases);
        self.check_use(raw);
        Suite { baselines, cases }
    }

    fn baseline(
        &mut self,
        id: &str,
        raw: &raw::Baseline,
        path: &Path,
        earlier: &Ids,
        (all, baselines): (&File, &[Baseline]),
    ) -> Baseline {
        let below = raw.based_on.0.as_ref().and_then(|name| self.earlier(name, path, earlier, all));
        let below = below.map(|index| &baselines[index]);
        let mut answers = self.start(below);
        self.answers(&raw.answers, &path.key("answers"), &mut answers);
        let audience = raw.audience.0.or(below.map(|below| below.audience)).unwrap_or_default();
        Baseline { id: id.to_owned(), audience, answers }
    }

    /// The position of the baseline that another one is based on.
    fn earlier(&mut self, name: &str, path: &Path, earlier: &Ids, all: &File) -> Option<usize> {
        let place = path.key("based_on").value();
        let comes_later = all.baselines.0.iter().any(|(id, _)| id == name);
        if !comes_later || earlier.get(name).is_some() {
            return earlier.find(name, place, &mut self.mistakes);
        }
        let message = format!("the baseline `{}` does not come before this one", shown(name));
        let help = "a baseline can only be based on one that comes before it";
        let root = Path::ROOT;
        let other = root.key("baselines").key(name).name();
        let mistake = self.mistakes.error(place, "looks-ahead", message).help(help);
        if path.last_key() != Some(name) {
            mistake.related(other, "it is here");
        }
        None
    }

    /// The answers of a baseline; without one, none.
    fn start(&self, below: Option<&Baseline>) -> Vec<Option<Answer>> {
        match below {
            Some(baseline) => baseline.answers.clone(),
            None => vec![None; self.questionnaire.questions.len()],
        }
    }

    /// Puts the answers that are written over others, and gives the questions that have one.
    fn answers(
        &mut self,
        raw: &Entries<raw::Given>,
        path: &Path,
        answers: &mut [Option<Answer>],
    ) -> Vec<QuestionIndex> {
        let mut written = Vec::new();
        for (id, value) in &raw.0 {
            let path = path.key(id);
            let Some(question) = self.known.questions.find(id, path.name(), &mut self.mistakes) else {
                continue;
            };
            let asked = &self.questionnaire.questions[question];
            if let Some(answer) = answers::read(asked, &value.0, &path, &mut self.mistakes) {
                answers[question] = answer;
                written.push(question);
            }
        }
        written
    }

    fn case(&mut self, raw: &raw::Case, path: &Path, known: &Ids, baselines: &[Baseline]) -> Case {
        let baseline = raw.baseline.0.as_ref().and_then(|name| {
            let place = path.key("baseline").value();
            known.find(name, place, &mut self.mistakes)
        });
        let below = baseline.and_then(|index| baselines.get(index));
        let mut answers = self.start(below);
        let written = self.answers(&raw.answers, &path.key("answers"), &mut answers);
        let place = path.key("level").value();
        let level = self.known.levels.find(&raw.level, place, &mut self.mistakes);
        let audience = raw.audience.0.or(below.map(|below| below.audience));
        Case {
            name: self.name(&raw.name, &path.key("name")),
            audience: audience.unwrap_or(Audience::Patient),
            baseline,
            answers,
            written,
            level: level.unwrap_or_default(),
            rules: self.wanted(
                |known| &known.rules,
                (&raw.rules, "rules"),
                (&raw.not_rules, "not_rules"),
                path,
            ),
            asked: self.wanted(
                |known| &known.questions,
                (&raw.asked, "asked"),
                (&raw.not_asked, "not_asked"),
                path,
            ),
            steps: self.wanted(
                |known| &known.steps,
                (&raw.steps, "steps"),
                (&raw.not_steps, "not_steps"),
                path,
            ),
            within_days: raw.within_days.0,
        }
    }

    fn name(&mut self, name: &str, path: &Path) -> String {
        let name = name.trim();
        if name.is_empty() {
            let help = "say in a sentence what it tests";
            self.mistakes.error(path.value(), "empty-text", "this case has no name").help(help);
        }
        characters::check_characters(name, path, false, &mut self.mistakes);
        name.to_owned()
    }

    /// The ids of two lists, of which the second must not be.
    fn wanted(
        &mut self,
        table: impl for<'k, 'q> Fn(&'k Known<'q>) -> &'k Ids<'q>,
        yes: (&[String], &str),
        no: (&[String], &str),
        path: &Path,
    ) -> Wanted<usize> {
        let mut lists = [(yes, Vec::new()), (no, Vec::new())];
        for index in 0..lists.len() {
            let ((ids, key), _) = lists[index];
            let list = path.key(key);
            for (at, id) in ids.iter().enumerate() {
                let place = list.index(at).value();
                let Some(found) = table(&self.known).find(id, place.clone(), &mut self.mistakes) else {
                    continue;
                };
                if lists[index].1.contains(&found) {
                    let message = format!("`{id}` is in the list twice");
                    self.mistakes.error(place, "twice-in-list", message);
                } else if lists[0].1.contains(&found) {
                    let message = format!("`{id}` is in `{}` too", yes.1);
                    let help = "leave it out of one of them";
                    self.mistakes.error(place, "contradiction", message).help(help);
                } else {
                    lists[index].1.push(found);
                }
            }
        }
        let [(_, yes), (_, no)] = lists;
        Wanted { yes, no }
    }

    /// Two cases with one name could not be told apart.
    fn check_names(&mut self, cases: &[Case]) {
        let mut first = std::collections::HashMap::new();
        let root = Path::ROOT;
        let path = root.key("cases");
        for (index, case) in cases.iter().enumerate() {
            let Some(earlier) = first.insert(case.name.as_str(), index) else { continue };
            if case.name.is_empty() {
                continue;
            }
            let message = format!("two cases have the name `{}`", shown(&case.name));
            let other = path.index(earlier).key("name").value();
            self.mistakes
                .error(path.index(index).key("name").value(), "duplicate-name", message)
                .help("say in each what it tests")
                .related(other, "the other one");
        }
    }

    fn check_use(&mut self, raw: &File) {
        let root = Path::ROOT;
        let path = root.key("baselines");
        let by_cases = raw.cases.iter().filter_map(|case| case.baseline.0.as_ref());
        let by_others = raw.baselines.0.iter().filter_map(|(_, baseline)| baseline.based_on.0.as_ref());
        let used: std::collections::HashSet<&String> = by_cases.chain(by_others).collect();
        for (id, _) in raw.baselines.0.iter().filter(|(id, _)| !used.contains(id)) {
            let message = format!("nothing uses the baseline `{}`", shown(id));
            self.mistakes
                .warning(path.key(id).name(), "unused-baseline", message)
                .help("use it or delete it");
        }
    }
}
