//! Asking once more, before a result, what the person was not sure of and the level hangs on.

use super::way::{PageBelow, Trail};
use super::{Interview, Stage};
use crate::answers::{Answer, Refusal};
use crate::encounter::{Said, Settled, Settling};
use crate::questionnaire::{Choice, OptionIndex, OptionSet, Question, QuestionIndex, Settle, Text};
use crate::triage;
use crate::words::Language;

/// Places of the two answers to a yes_no.
const NO: OptionIndex = 0;
const YES: OptionIndex = 1;

impl Interview<'_> {
    /// Takes the offer to be asked once more.
    pub fn settle(&mut self) {
        if self.place.stage != Stage::OfferSettling {
            return;
        }
        if !matches!(self.encounter.settling, Some(Settling::Open(_))) {
            let facts = self.facts();
            let is_unsure = |&question: &QuestionIndex| facts.answer(question).is_some_and(Answer::is_unsure);
            let unsure = (0..self.questionnaire.questions.len()).filter(is_unsure).collect();
            self.encounter.settling = Some(Settling::Open(unsure));
        }
        self.place.settling = None;
        self.settle_on();
    }

    /// Goes to the result with the answers as they are; the offer is not made again.
    pub fn leave_unsettled(&mut self) {
        if self.place.stage == Stage::OfferSettling {
            self.encounter.settling = Some(Settling::Declined);
            self.summarise();
        }
    }

    /// Is the question on the page asked once more before the result?
    pub fn is_once_more(&self) -> bool {
        match self.place.stage {
            Stage::Settling { .. } => true,
            Stage::Asking(question) => self.is_settling(question, None),
            _ => false,
        }
    }

    /// The question on the page where it is asked once more, or again; `None`: it is asked as it is written, or
    /// nothing is.
    pub fn once_more(&self) -> Option<Question> {
        match self.place.stage {
            Stage::Settling { question, option } => Some(self.about_option(question, option)),
            Stage::Asking(question) if self.is_settling(question, None) => Some(self.as_a_whole(question)),
            Stage::Asking(question) => self.as_again(question),
            _ => None,
        }
    }

    /// How many answers "not sure" the level hangs on, at the offer to settle them.
    pub fn unsettled(&self) -> usize {
        self.deciding_doubts().len()
    }

    /// What has been answered on this page before.
    pub fn given(&self) -> Option<Answer> {
        match self.place.stage {
            Stage::Asking(question) => self.encounter.sheet.get(question).cloned(),
            Stage::Settling { .. } => match self.settled_here()?.said {
                Some(Said::No) => Some(Answer::option(NO)),
                Some(Said::Yes) => Some(Answer::option(YES)),
                Some(Said::Unsure) => Some(Answer::UNSURE),
                Some(Said::Answer(_)) | None => None,
            },
            _ => None,
        }
    }

    /// Shows the result, or first asks once more what it hangs on.
    pub(super) fn arrive(&mut self) {
        match self.encounter.settling {
            Some(Settling::Open(_)) => self.settle_on(),
            None if !self.deciding_doubts().is_empty() => {
                let place = &mut self.place;
                (place.trail, place.below, place.left, place.settling) = (None, Vec::new(), None, None);
                place.stage = Stage::OfferSettling;
            }
            Some(Settling::Declined | Settling::Done) | None => self.summarise(),
        }
    }

    /// Whoever asks for the result is not asked anything more before it.
    pub(super) fn stop_settling(&mut self) {
        match &self.encounter.settling {
            // Once the result was shown, it is too late to offer anything before it.
            None if !self.deciding_doubts().is_empty() => {
                self.encounter.settling = Some(Settling::Declined);
            }
            Some(Settling::Open(_)) => self.encounter.settling = Some(Settling::Done),
            _ => {}
        }
    }

    /// Goes to the next page after the one where the person was, or to the result.
    pub(super) fn settle_on(&mut self) {
        let after = self.place.settling.map_or(0, |at| at + 1);
        let facts = self.facts();
        let is_asked = |at: &usize| facts.is_asked(self.encounter.settled[*at].question);
        let visited = (after..self.encounter.settled.len()).find(is_asked);
        let next = visited.or_else(|| {
            let (question, option) = self.next_to_settle()?;
            let was = self.encounter.sheet.get(question)?.clone();
            self.encounter.settled.push(Settled { question, option, was, said: None });
            Some(self.encounter.settled.len() - 1)
        });
        match next {
            Some(next) => self.open_settled(next),
            None => {
                self.encounter.settling = Some(Settling::Done);
                self.summarise();
            }
        }
    }

    /// Goes to the page before.
    pub(super) fn settle_back(&mut self) {
        let facts = self.facts();
        let is_asked = |at: &usize| facts.is_asked(self.encounter.settled[*at].question);
        let before = self.place.settling.and_then(|at| (0..at).rfind(is_asked));
        match before {
            Some(before) => self.open_settled(before),
            None => {
                let place = &mut self.place;
                (place.trail, place.below, place.settling) = (None, Vec::new(), None);
                place.stage = Stage::OfferSettling;
            }
        }
    }

    pub(super) fn open_settled(&mut self, at: usize) {
        let Some(Settled { question, option, .. }) = self.encounter.settled.get(at) else { return };
        let (question, option) = (*question, *option);
        self.place.settling = Some(at);
        self.place.below = vec![PageBelow::Summary];
        self.place.trail = Some(Trail::default());
        match option {
            Some(option) => self.place.stage = Stage::Settling { question, option },
            None => self.ask(question),
        }
    }

    /// Is this the page that is open, or whose follow-ups are?
    pub(super) fn is_settling(&self, question: QuestionIndex, option: Option<OptionIndex>) -> bool {
        self.settled_here().is_some_and(|here| here.question == question && here.option == option)
    }

    pub(super) fn settled_here(&self) -> Option<&Settled> {
        self.encounter.settled.get(self.place.settling?)
    }

    /// Takes the answer to a question about one option of a list.
    pub(super) fn answer_once_more(&mut self, answer: Option<Answer>) -> Result<(), Refusal> {
        let Some(&Settled { question, .. }) = self.settled_here() else { return Ok(()) };
        let said = match answer {
            None => return Err(Refusal::NeedsAnAnswer),
            Some(Answer::Unsure { .. }) => Said::Unsure,
            Some(answer) if answer == Answer::option(NO) => Said::No,
            Some(answer) if answer == Answer::option(YES) => Said::Yes,
            Some(_) => return Err(Refusal::ExactlyOne),
        };
        let answer = self.answer_with(&said);
        self.place.pending = Some(said);
        self.give(question, answer);
        Ok(())
    }

    /// The answer to the list, with this said of the option on the page: what was ticked stays, yes ticks, and when
    /// nothing is left to be unsure of, that goes.
    fn answer_with(&self, said: &Said) -> Option<Answer> {
        let here = self.settled_here()?;
        let asked = &self.questionnaire.questions[here.question];
        let none = asked.none_of_all()?;
        let about = self.encounter.settled.iter().filter(|settled| settled.question == here.question);
        let (mut ticked, mut sure) = (OptionSet::EMPTY, OptionSet::EMPTY);
        for settled in about {
            ticked = ticked.union(settled.was.ticked());
            let Some(option) = settled.option else { continue };
            let said = if settled.option == here.option { Some(said) } else { settled.said.as_ref() };
            match said {
                Some(Said::Yes) => ticked = ticked.with(option),
                Some(Said::No) => sure = sure.with(option),
                Some(Said::Unsure | Said::Answer(_)) | None => {}
            }
        }
        let open = (0..asked.options.len())
            .any(|option| option != none && !ticked.contains(option) && !sure.contains(option));
        Some(match open {
            true => Answer::Unsure { ticked },
            false if ticked.is_empty() => Answer::option(none),
            false => Answer::Options(ticked),
        })
    }

    /// Notes an answer that is about to be taken: what was said once more, or that the question was answered anew
    /// elsewhere, so that what was said once more about the old answer does not count.
    pub(super) fn note_settled(&mut self, question: QuestionIndex, answer: Option<&Answer>) {
        let pending = self.place.pending.take();
        let whole = self.is_settling(question, None);
        let said = match (pending, answer) {
            (Some(said), _) => Some(said),
            (None, Some(answer)) if whole && answer.is_unsure() => Some(Said::Unsure),
            (None, Some(answer)) if whole => Some(Said::Answer(answer.clone())),
            _ => None,
        };
        match (said, self.place.settling) {
            (Some(said), Some(at)) => self.encounter.settled[at].said = Some(said),
            _ if self.encounter.sheet.get(question) != answer => self.forget_settled(question),
            _ => {}
        }
    }

    fn forget_settled(&mut self, question: QuestionIndex) {
        if let (Some(at), Some(here)) = (self.place.settling, self.settled_here()) {
            let before = self.encounter.settled.iter().take(at);
            let kept = before.filter(|settled| settled.question != question).count();
            self.place.settling = if here.question == question { kept.checked_sub(1) } else { Some(kept) };
        }
        self.encounter.settled.retain(|settled| settled.question != question);
    }

    fn deciding_doubts(&self) -> Vec<QuestionIndex> {
        triage::deciding_doubts(self.questionnaire, self.encounter.asked_as, &self.encounter.sheet)
    }

    /// The next question that has not been asked once more, or the next option of a list.
    fn next_to_settle(&self) -> Option<(QuestionIndex, Option<OptionIndex>)> {
        let Some(Settling::Open(wanted)) = &self.encounter.settling else { return None };
        let was_asked = |question: QuestionIndex, option: Option<OptionIndex>| {
            let mut settled = self.encounter.settled.iter();
            settled.any(|settled| settled.question == question && settled.option == option)
        };
        let doubts = self.deciding_doubts().into_iter().filter(|doubt| wanted.contains(doubt));
        doubts.into_iter().find_map(|question| {
            let asked = &self.questionnaire.questions[question];
            let Some(none) = asked.none_of_all() else {
                return (!was_asked(question, None)).then_some((question, None));
            };
            let ticked = self.encounter.sheet.get(question).map(Answer::ticked).unwrap_or_default();
            let is_next = |option: &OptionIndex| {
                *option != none && !ticked.contains(*option) && !was_asked(question, Some(*option))
            };
            let next = (0..asked.options.len()).find(is_next)?;
            Some((question, Some(next)))
        })
    }

    /// One option of a list as a question of its own.
    fn about_option(&self, question: QuestionIndex, option: OptionIndex) -> Question {
        let list = &self.questionnaire.questions[question];
        let choice = &list.options[option];
        let (ask, hint) = match &choice.settle {
            Some(Settle { ask: Some(ask), test }) => (ask.clone(), test.clone()),
            Some(Settle { ask: None, test: Some(test) }) => (choice.label.clone(), Some(test.clone())),
            Some(Settle { ask: None, test: None }) | None => {
                let hint = match &choice.hint {
                    Some(hint) => list.ask.followed_by(hint),
                    None => list.ask.clone(),
                };
                (choice.label.clone(), Some(hint))
            }
        };
        list.as_yes_no(ask, hint, self.no_and_yes())
    }

    fn as_a_whole(&self, question: QuestionIndex) -> Question {
        let asked = self.questionnaire.questions[question].clone();
        let Some(Settle { ask, test }) = asked.settle.clone() else { return asked };
        let hint = match (test, &asked.hint) {
            (Some(test), Some(hint)) => Some(test.followed_by(hint)),
            (Some(test), None) => Some(test),
            (None, hint) => hint.clone(),
        };
        Question { ask: ask.unwrap_or_else(|| asked.ask.clone()), hint, ..asked }
    }

    /// The answers of a yes_no as the questionnaire calls them.
    fn no_and_yes(&self) -> Vec<Choice> {
        let mut questions = self.questionnaire.questions.iter();
        let words = &Language::around(&self.questionnaire.language).words().answers;
        match questions.find(|question| question.is_yes_no()) {
            Some(yes_no) => yes_no.options.clone(),
            None => [("no", words.no), ("yes", words.yes)]
                .map(|(id, label)| Choice::plain(id, Text::both(label)))
                .into(),
        }
    }
}
