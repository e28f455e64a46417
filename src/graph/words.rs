//! The words of pictures: conditions in short, and all that isn't in the file.

use super::links::Branch;
use crate::answers::number_text;
use crate::questionnaire::condition::Comparison;
use crate::questionnaire::{
    Audience, Condition, OptionSet, QuestionIndex, Questionnaire, UnsureCountsAs, count,
};

/// A condition in the ids of the file: `signs has leak AND old`. It ends with `…` where it would
/// get longer than about `longest` characters.
pub fn condition(questionnaire: &Questionnaire, condition: &Condition, longest: usize) -> String {
    let mut writer = Writer { questionnaire, known: None, longest, words: String::new() };
    writer.write(condition, Inside::Nothing);
    writer.ended()
}

/// The same where only one question is looked at, which is known: `leak`, `at least worsening`.
fn condition_on(
    questionnaire: &Questionnaire,
    condition: &Condition,
    known: QuestionIndex,
    longest: usize,
) -> String {
    let mut writer = Writer { questionnaire, known: Some(known), longest, words: String::new() };
    writer.write(condition, Inside::Nothing);
    writer.ended()
}

/// What leads to a question, where its parent stands beside it.
pub fn branch(questionnaire: &Questionnaire, on: &Condition, branch: &Branch, longest: usize) -> String {
    match branch.alone {
        true => condition_on(questionnaire, on, branch.parent, longest),
        false => condition(questionnaire, on, longest),
    }
}

/// What a part of a condition stands in, and so whether it needs brackets.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Nothing,
    All,
    Any,
    Not,
}

struct Writer<'q> {
    questionnaire: &'q Questionnaire,
    known: Option<QuestionIndex>,
    longest: usize,
    words: String,
}

impl Writer<'_> {
    fn ended(mut self) -> String {
        if let Some((cut, _)) = self.words.char_indices().nth(self.longest) {
            let last_blank = self.words[..cut].rfind(' ').filter(|&at| at > cut / 2);
            self.words.truncate(last_blank.unwrap_or(cut));
            self.words.push_str(" …");
        }
        self.words
    }

    fn is_full(&self) -> bool {
        self.words.len() > 4 * self.longest
    }

    fn write(&mut self, condition: &Condition, inside: Inside) {
        if self.is_full() {
            return;
        }
        match condition {
            Condition::All(parts) => self.list(parts, " AND ", Inside::All, inside),
            Condition::Any(parts) => self.list(parts, " OR ", Inside::Any, inside),
            Condition::Not(part) => {
                self.words += "NOT ";
                self.write(part, Inside::Not);
            }
            Condition::AtLeast(needed, parts) => {
                self.words += &format!("{needed} or more of (");
                self.list(parts, ", ", Inside::Nothing, Inside::Nothing);
                self.words += ")";
            }
            Condition::Has(question, options) => self.has(*question, *options),
            Condition::Unsure(question) => {
                self.subject(*question, "is");
                self.words += "not sure";
            }
            Condition::Number(question, comparison, bound) => {
                self.subject(*question, "");
                self.words += match comparison {
                    Comparison::AtLeast => "≥ ",
                    Comparison::Above => "> ",
                    Comparison::Below => "< ",
                };
                self.words += &number_text(*bound);
            }
            Condition::Definition(definition) => {
                self.words += &self.questionnaire.definitions[*definition].name;
            }
            Condition::Rule(rules) => {
                let ids = rules.iter().map(|&rule| self.questionnaire.rules[rule].id.as_str());
                let ids = ids.collect::<Vec<_>>().join(" / ");
                self.words += &format!("rule {ids}");
            }
            Condition::UnsureAnswers => self.words += "an answer is not sure",
        }
    }

    fn list(&mut self, parts: &[Condition], between: &str, kind: Inside, inside: Inside) {
        let brackets = parts.len() > 1 && inside != Inside::Nothing && inside != kind;
        if brackets {
            self.words.push('(');
        }
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.words += between;
            }
            self.write(part, if parts.len() > 1 { kind } else { inside });
        }
        if brackets {
            self.words.push(')');
        }
    }

    /// A question with a verb, unless it is known which it is.
    fn subject(&mut self, question: QuestionIndex, verb: &str) {
        if self.known != Some(question) {
            for word in
                [&self.questionnaire.questions[question].id, verb].into_iter().filter(|word| !word.is_empty())
            {
                self.words += word;
                self.words.push(' ');
            }
        }
    }

    fn has(&mut self, question: QuestionIndex, options: OptionSet) {
        let asked = &self.questionnaire.questions[question];
        let last = asked.options.len();
        let chosen: Vec<usize> = options.iter().filter(|&option| option < last).collect();
        let ids = |chosen: &[usize]| {
            let ids = chosen.iter().map(|&option| asked.options[option].id.as_str());
            ids.collect::<Vec<_>>().join(" / ")
        };
        let several = asked.takes_several();
        self.subject(question, if several { "has" } else { "is" });
        let ordered = asked.is_written_in_order();
        self.words += &match chosen.as_slice() {
            [] => "never so".to_owned(),
            [first, .., to] if ordered && to + 1 == last && to - first + 1 == chosen.len() => {
                format!("at least {}", asked.options[*first].id)
            }
            [0, .., to] if ordered && to + 1 == chosen.len() => format!("below {}", asked.options[to + 1].id),
            chosen => ids(chosen),
        };
    }
}

/// What an open question counts for.
pub fn unsure(questionnaire: &Questionnaire) -> String {
    let counts = match questionnaire.unsure.counts_as {
        UnsureCountsAs::SameLevel => "as its level",
        UnsureCountsAs::OneLevelLess => "one level less",
    };
    let least = &questionnaire.levels[questionnaire.unsure.at_least].id;
    format!("A rule that is still open counts {counts}, and never less than {least}.")
}

pub fn only_for(audience: Audience) -> &'static str {
    match audience {
        Audience::Patient => "for patients only",
        Audience::Clinician => "for clinicians only",
    }
}

pub const QUESTIONS: &str = "What is asked, in this order";
pub const LEVELS: &str = "What the answers mean";
pub const DEFINITIONS: &str = "Named conditions";
pub const NO_RULE: &str = "This is the level when no rule is true.";
pub const NO_RULE_GIVES: &str = "No rule gives this level.";
pub const CONTINUED: &str = "(continued)";
pub const RED_FLAG: &str = "safety screen";
pub const OPTIONAL: &str = "optional";
pub const SUPPORTING: &str = "supports others";
pub const NO_RULES: &str = "no rule looks at it";
pub const NO_QUESTIONS: &str = "looks at no question";

/// How to read the picture.
pub const LEGEND: [&str; 4] = [
    "Indented: asked only if the condition in italics is true.",
    "Below a question: the rules that look at its answer, with the symbol of their level.",
    "Below a rule: when it is true, and the numbers of the questions that it looks at.",
    "Of the rules that are true, the most urgent decides.",
];

/// For whoever doesn't see the picture.
pub fn description(questionnaire: &Questionnaire) -> String {
    format!(
        "Two lists. The first has {} in {}, in the order of asking, each with what it depends on and the rules that \
         look at its answer. The second has {} in {}, the most urgent first, each with its condition and the numbers \
         of the questions that it looks at.",
        count(questionnaire.questions.len(), "question"),
        count(questionnaire.sections.len(), "section"),
        count(questionnaire.rules.len(), "rule"),
        count(questionnaire.levels.len(), "level"),
    )
}

/// `+3`: so many more, which aren't shown.
pub fn more(number: usize) -> String {
    format!("+{number}")
}

#[cfg(test)]
mod tests {
    use crate::questionnaire::yaml;

    const SMALL: &str = include_str!("../../tests/fixtures/small.yaml");

    fn words(condition: &str) -> String {
        let text = SMALL.replace("both: { all: [cancer, nerve] }", &format!("both: {condition}"));
        let questionnaire = yaml::load("a.yaml", text.as_bytes()).expect("no mistakes").questionnaire;
        let both = questionnaire.definitions.iter().find(|definition| definition.name == "both");
        super::condition(&questionnaire, &both.expect("it is there").condition, 200)
    }

    #[test]
    fn brackets_say_what_belongs_together() {
        for (written, told) in [
            ("cancer", "cancer"),
            ("{ all: [cancer, { any: [nerve, strong] }] }", "cancer AND (nerve OR strong)"),
            ("{ any: [cancer, { all: [nerve, strong] }] }", "cancer OR (nerve AND strong)"),
            ("{ any: [cancer, { any: [nerve, strong] }] }", "cancer OR nerve OR strong"),
            ("{ all: [cancer, { any: [nerve] }] }", "cancer AND nerve"),
            ("{ not: { all: [cancer, nerve] } }", "NOT (cancer AND nerve)"),
            ("{ all: [{ not: cancer }, nerve] }", "NOT cancer AND nerve"),
            (
                "{ any: [cancer, { at_least: 2, of: [nerve, strong, { kind: solid }] }] }",
                "cancer OR 2 or more of (nerve, strong, kind is solid)",
            ),
            (
                "{ signs: [numb, unsure], age: { at_least: 18, below: 60 } }",
                "(signs has numb OR signs is not sure) AND age ≥ 18 AND age < 60",
            ),
        ] {
            assert_eq!(words(written), told, "{written}");
        }
    }

    #[test]
    fn options_in_order_are_told_by_their_ends() {
        for (written, told) in [
            ("{ numb_since: { at_least: weeks } }", "numb_since is at least weeks"),
            ("{ numb_since: { below: new } }", "numb_since is below new"),
            ("{ numb_since: { above: weeks } }", "numb_since is new"),
            ("{ numb_since: [long, new] }", "numb_since is long / new"),
            ("{ signs: [numb, weak] }", "signs has numb / weak"),
            ("{ severity: { above: 6 } }", "severity > 6"),
        ] {
            assert_eq!(words(written), told, "{written}");
        }
    }

    #[test]
    fn a_long_condition_is_cut_between_words() {
        let questionnaire = yaml::load("a.yaml", SMALL.as_bytes()).expect("no mistakes").questionnaire;
        let told = super::condition(&questionnaire, &questionnaire.rules[2].when, 40);
        assert_eq!(told, "2 or more of (sites has neck / …");
        assert!(super::condition(&questionnaire, &questionnaire.rules[2].when, 400).ends_with(')'));
    }
}
