//! Where things stand in a file that was read without mistakes: looked up only when there is a finding.

use super::super::diagnostic::Span;
use super::super::{OptionIndex, QuestionIndex, Questionnaire, RuleIndex};
use super::form::Marked;
use super::path::Path;

/// A thing in a questionnaire that can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Question(QuestionIndex),
    AskIf(QuestionIndex),
    Option(QuestionIndex, OptionIndex),
    RuleWhen(RuleIndex),
    RuleId(RuleIndex),
    RuleLevel(RuleIndex),
    /// What an open question counts for.
    Unsure,
    Definition(usize),
    Level(usize),
    /// The conditions of a level: of its deadlines and contacts.
    LevelAdvice(usize),
    Step(usize),
    Page(usize),
    Waiver(usize),
    Departure(usize),
    /// The questionnaire that is offered.
    Offer(usize),
}

/// A file that can be searched for places.
pub struct Places<'t>(pub(super) Marked<'t>);

impl<'t> Places<'t> {
    /// Of a text that was loaded; of any other, nothing is found.
    pub fn of(text: &'t [u8]) -> Places<'t> {
        Places(Marked::of(text))
    }

    pub fn span(&self, questionnaire: &Questionnaire, spot: Spot) -> Option<Span> {
        let root = Path::ROOT;
        let (sections, rules) = (root.key("sections"), root.key("rules"));
        let in_question = |index: QuestionIndex, key: &str| {
            let section = questionnaire.questions[index].section;
            let section_path = sections.index(section);
            let questions = section_path.key("questions");
            let path = questions.index(index - questionnaire.sections[section].first);
            path.key(key).value()
        };
        let entry = |list: &str, index: usize, key: &str| root.key(list).index(index).key(key).value();
        let place = match spot {
            Spot::Question(index) => in_question(index, "id"),
            Spot::AskIf(index) => in_question(index, "ask_if"),
            // The options of a yes_no are not written.
            Spot::Option(index, _) if questionnaire.questions[index].is_yes_no() => in_question(index, "id"),
            Spot::Option(index, option) => {
                let section = questionnaire.questions[index].section;
                let section_path = sections.index(section);
                let questions = section_path.key("questions");
                let path = questions.index(index - questionnaire.sections[section].first);
                path.key("options").index(option).key("id").value()
            }
            Spot::RuleWhen(rule) => rules.index(rule).key("when").value(),
            Spot::RuleId(rule) => rules.index(rule).key("id").value(),
            Spot::RuleLevel(rule) => rules.index(rule).key("level").value(),
            Spot::Unsure => root.key("unsure").name(),
            Spot::Definition(index) => {
                root.key("definitions").key(&questionnaire.definitions[index].name).name()
            }
            Spot::Level(level) | Spot::LevelAdvice(level) => entry("levels", level, "id"),
            Spot::Step(step) => entry("next_steps", step, "id"),
            Spot::Offer(offer) => entry("offers", offer, "questionnaire"),
            Spot::Page(page) => entry("learn", page, "id"),
            Spot::Waiver(waiver) => {
                let is_here = |entry: &usize| questionnaire.departures.iter().all(|one| one.entry != *entry);
                let at = (0..).filter(is_here).nth(waiver).unwrap_or(waiver);
                entry("waivers", at, "property")
            }
            Spot::Departure(at) => entry("waivers", questionnaire.departures[at].entry, "property"),
        };
        self.0.span(&place)
    }
}
