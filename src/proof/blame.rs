//! Which part of a rule makes it less true with the more concerning of two answers, and what its author may have meant.

use super::words;
use crate::answers::{Answer, Facts, Truth};
use crate::questionnaire::{
    Concern, Condition, Domain, OptionIndex, OptionSet, Property, Question, QuestionIndex, Questionnaire,
    RuleIndex,
};

/// What to do where "no" is the answer of concern, or neither is.
pub const NO_IS_OF_CONCERN: &str = "if \"no\" is the answer of concern, ask the other way round; if neither answer is, write `concern: none` at the question";

/// A part of a condition that looks at one answer.
struct Part<'q> {
    condition: &'q Condition,
    /// It counts the other way round.
    under_not: bool,
}

/// What is wrong with a rule that is less true with the second answer to a question than with the first.
pub fn blame(was: &Facts, is: &Facts, rule: RuleIndex, changed: QuestionIndex, property: Property) -> String {
    let questionnaire = was.questionnaire;
    let id = &questionnaire.rules[rule].id;
    let Some(part) = part(was, is, &questionnaire.rules[rule].when, false) else {
        return format!("rule {id} is less true with the second answer; look for a `not` or a branch");
    };
    let asked = &questionnaire.questions[changed];
    let found = Found { questionnaire, id, asked, part: &part };
    let looks_at = match part.condition {
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, ..) => {
            *question
        }
        _ => changed,
    };
    if looks_at != changed {
        return found.another_question(was, is, looks_at);
    }
    match property {
        Property::UnsureSafe => found.unsure(),
        _ => found.more_concerning(was.answer(changed), is.answer(changed)),
    }
}

/// The first part that pulls the condition down.
fn part<'q>(was: &Facts<'q>, is: &Facts<'q>, condition: &'q Condition, under_not: bool) -> Option<Part<'q>> {
    let (before, after) = (was.truth(condition), is.truth(condition));
    let pulls = if under_not { after > before } else { after < before };
    if !pulls {
        return None;
    }
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().find_map(|inner| part(was, is, inner, under_not))
        }
        Condition::Not(inner) => part(was, is, inner, !under_not),
        Condition::Definition(definition) => {
            part(was, is, &was.questionnaire.definitions[*definition].condition, under_not)
        }
        _ => Some(Part { condition, under_not }),
    }
}

struct Found<'a> {
    questionnaire: &'a Questionnaire,
    /// Of the rule.
    id: &'a str,
    /// The question to which the answers differ.
    asked: &'a Question,
    part: &'a Part<'a>,
}

impl Found<'_> {
    /// The part as the file writes it, with the `not` around it.
    fn written(&self) -> String {
        let words = words::condition(self.questionnaire, self.part.condition);
        if self.part.under_not { format!("not: {{ {words} }}") } else { words }
    }

    /// A branch opens or closes another question.
    fn another_question(&self, was: &Facts, is: &Facts, other: QuestionIndex) -> String {
        let other_id = &self.questionnaire.questions[other].id;
        if was.live(other) == Truth::Unknown {
            return format!(
                "a branch: with the first answer it is open whether `{other_id}` is asked, and with the second its answer speaks against rule {}; look at its `ask_if`",
                self.id
            );
        }
        let answer = match (is.live(other), is.answer(other)) {
            (Truth::Unknown, _) => "it is open whether it is asked",
            (_, Some(answer)) if answer.is_unsure() => "it is asked, and \"not sure\" is answered",
            _ => "it is asked",
        };
        format!(
            "a branch: rule {} has `{}`, which is true where `{other_id}` is not asked; with the second answer {answer}; name the answers that count instead of those that do not",
            self.id,
            self.written()
        )
    }

    /// "Not sure" instead of a plain answer.
    fn unsure(&self) -> String {
        let (rule, id) = (self.id, &self.asked.id);
        let has_least = !self.asked.least_concerning().is_empty()
            || matches!(self.asked.concern, Concern::Higher | Concern::Lower);
        let compared = "so \"not sure\" is compared with each answer";
        match self.asked.domain {
            _ if has_least => {}
            Domain::Several => {
                return format!(
                    "`{id}` has no option that says that none of them fits, {compared}: add one with `exclusive: true`, such as \"None of these\""
                );
            }
            _ if self.asked.concern == Concern::None => {
                return format!(
                    "by `concern: none` no answer to `{id}` is the least concerning, {compared}: let rule {rule} look at `{id}: unsure` too, or leave `unsure: true` out"
                );
            }
            Domain::One { .. } => {
                return format!(
                    "the file does not say which answer to `{id}` is the least concerning, {compared}: say it with `least:` or `ordered: true`"
                );
            }
            _ => {
                return format!(
                    "the file does not say which answer to `{id}` is the least concerning, {compared}: say it with `concern: higher` or `concern: lower`"
                );
            }
        }
        let written = self.written();
        match self.part.condition {
            Condition::Unsure(_) => {
                format!("rule {rule} has `{written}`: it leaves out people who are not sure")
            }
            _ => format!(
                "rule {rule} counts on the least concerning answer: `{written}` is true with it and open with \"not sure\", and an open rule counts for less (`unsure:`); let the rule name the answers of concern, or `unsure` as well"
            ),
        }
    }

    /// A step to a more concerning answer.
    fn more_concerning(&self, before: Option<&Answer>, after: Option<&Answer>) -> String {
        let (rule, id, written) = (self.id, &self.asked.id, self.written());
        let ticked = |answer: Option<&Answer>| answer.map_or(OptionSet::EMPTY, Answer::ticked);
        let added = ticked(after).without(ticked(before)).iter().next();
        let option = |option: OptionIndex| self.asked.options[option].id.as_str();
        match (&self.asked.domain, added) {
            (Domain::Several, Some(added)) if self.part.under_not => {
                let sign = option(added);
                let none = match self.asked.exclusive().is_empty() {
                    true => format!(
                        "if `{sign}` says that none of the others fits, it lacks `exclusive: true`; if not, "
                    ),
                    false => String::new(),
                };
                format!("{none}rule {rule} is inverted by `{written}`: with `{sign}` it is no longer true")
            }
            (Domain::Number(_), _) => {
                let (direction, other) = match self.asked.concern {
                    Concern::Lower => ("lower", "higher"),
                    _ => ("higher", "lower"),
                };
                format!(
                    "rule {rule} has `{written}`, which a {direction} number makes untrue; if {other} numbers are of more concern, write `concern: {other}`, and if both are, `concern: none`"
                )
            }
            (Domain::One { ordered }, Some(added)) if !self.part.under_not && !self.asked.is_yes_no() => {
                let order = if *ordered { "the order of the options" } else { "`least:`" };
                format!(
                    "rule {rule} has `{written}` without `{}`, which according to the file is more concerning: is it missing there, or is {order} wrong?",
                    option(added)
                )
            }
            (_, Some(added)) if self.part.under_not => {
                format!(
                    "rule {rule} is inverted by `{written}`: with `{id}: {}` it is no longer true",
                    option(added)
                )
            }
            _ => {
                let way_out = match self.asked.is_yes_no() {
                    true => format!("; {NO_IS_OF_CONCERN}"),
                    false => String::new(),
                };
                format!(
                    "rule {rule} is inverted by `{written}`: it is true only with the less concerning answer{way_out}"
                )
            }
        }
    }
}
