//! Asking: a state machine without a terminal. Shells show [`Interview::stage`] and call what was pressed.

pub mod again;
mod kept;
pub mod page;
pub mod rows;
mod settle;
#[cfg(test)]
mod tests;
mod way;

use jiff::civil::{Date, DateTime};

use crate::answers::{Answer, Facts, Refusal, Sheet, Truth};
pub use crate::encounter::Lowered;
use crate::encounter::{Encounter, Fingerprint, Said, Settled};
use crate::questionnaire::language::differ_in_texts_only;
use crate::questionnaire::{
    Audience, Languages, LevelIndex, OptionIndex, Question, QuestionIndex, Questionnaire,
};
use crate::triage::{self, Assessment};
pub use kept::Resumed;
use way::{PageBelow, Trail};

/// What the person is looking at.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    Asking(QuestionIndex),
    /// The answer just given would set others aside: confirm or decline.
    SettingAside {
        question: QuestionIndex,
        answer: Option<Answer>,
        loses: Vec<QuestionIndex>,
    },
    /// The answer just given would make a level less urgent that was shown already: confirm or decline.
    Lowering {
        question: QuestionIndex,
        answer: Option<Answer>,
        from: LevelIndex,
        /// `None`: with this answer there is no result before more questions are answered.
        to: Option<LevelIndex>,
    },
    /// The answer to `question` made a level certain that interrupts. Of a complete interview `level` may be more
    /// urgent still, because of doubts.
    Alert {
        level: LevelIndex,
        question: QuestionIndex,
    },
    Review,
    /// All is answered, and the level hangs on answers "not sure": they can be asked once more.
    OfferSettling,
    /// Is this option of a list so, of which the person was not sure? [`Interview::once_more`] is the question.
    Settling {
        question: QuestionIndex,
        option: OptionIndex,
    },
    /// All is answered, or the person asked to finish.
    Summary,
}

/// One person's way through a questionnaire.
#[derive(Clone)]
pub struct Interview<'q> {
    questionnaire: &'q Questionnaire,
    languages: Option<&'q Languages>,
    encounter: Encounter,
    place: Place,
    fingerprint: Fingerprint,
    /// A section is one page: see [`page`].
    by_section: bool,
}

/// Where in an encounter the person is.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    stage: Stage,
    /// The questions opened out of order; `None`: on the straight way through all of them.
    trail: Option<Trail>,
    /// The pages below the current one. None below the straight way and the summary, some below all else.
    below: Vec<PageBelow>,
    /// The question that was on the screen when the summary was asked for before the end.
    left: Option<QuestionIndex>,
    /// The answers to the other rows of a grid, which wait with that of the stage.
    beside: Vec<(QuestionIndex, Option<Answer>)>,
    /// Which of `Encounter::settled` is on the page, or was handled last; `None`: none yet.
    settling: Option<usize>,
    /// What was said on that page, while the answer that follows from it waits to be confirmed.
    pending: Option<Said>,
}

impl Place {
    fn at(stage: Stage) -> Place {
        Place {
            stage,
            trail: None,
            below: Vec::new(),
            left: None,
            beside: Vec::new(),
            settling: None,
            pending: None,
        }
    }
}

impl<'q> Interview<'q> {
    /// Starts at the first question. `day` is the one that all dates in the result count from.
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience, day: Date) -> Interview<'q> {
        Interview::on(questionnaire, Encounter::new(questionnaire, audience, day))
    }

    /// Goes on with an encounter, at the first question that is still open, or else at its summary.
    pub fn on(questionnaire: &'q Questionnaire, encounter: Encounter) -> Interview<'q> {
        let place = Place::at(Stage::Summary);
        let mut interview = Interview {
            questionnaire,
            languages: None,
            encounter,
            place,
            fingerprint: Fingerprint::default(),
            by_section: false,
        };
        let first = interview.open().next();
        match (interview.unseen_alert(), first) {
            (Some(alert), _) => {
                (interview.encounter.alerted, interview.place.stage) = (Some(alert.0), alert.1);
            }
            (None, Some(first)) if interview.encounter.earlier.is_some() => interview.ask_open(first),
            (None, Some(first)) => interview.place.stage = Stage::Asking(first),
            (None, None) => interview.arrive(),
        }
        interview
    }

    /// What has happened so far.
    pub fn encounter(&self) -> &Encounter {
        &self.encounter
    }

    /// Notes when it began, in local time; the first note counts.
    pub fn began(&mut self, at: DateTime) {
        self.encounter.began.get_or_insert(at);
    }

    /// Notes when the result was shown, in local time.
    pub fn ended(&mut self, at: DateTime) {
        self.encounter.ended = Some(at);
    }

    /// Lets the person choose among these languages; the one spoken now is one of them.
    pub fn offer(&mut self, languages: &'q Languages) {
        self.languages = Some(languages);
    }

    /// The tags of the languages to choose from; none if there is nothing to choose.
    pub fn languages(&self) -> impl Iterator<Item = &'q str> + use<'q> {
        self.languages.into_iter().flat_map(Languages::tags)
    }

    /// The next language after the one spoken now, round and round; `None` if there is only this one.
    pub fn other_language(&self) -> Option<&'q str> {
        let now = self.questionnaire.language.as_str();
        let other = self.languages().skip_while(|&tag| tag != now).nth(1).or(self.languages().next())?;
        (other != now).then_some(other)
    }

    /// Goes on in the language of this tag, one of those to choose from. `false`: it isn't there, or its texts can't
    /// be had.
    pub fn switch_to(&mut self, tag: &str) -> bool {
        let other = self.languages.and_then(|languages| languages.get(tag)?.ok());
        other.is_some_and(|other| self.speak(other))
    }

    /// Goes on in another language: nothing changes but texts.
    ///
    /// `false`, and nothing is done, if the other questionnaire asks or judges otherwise.
    pub fn speak(&mut self, other: &'q Questionnaire) -> bool {
        let same = differ_in_texts_only(self.questionnaire, other);
        if same {
            self.questionnaire = other;
            self.fingerprint = Fingerprint::default();
            self.encounter.language.clone_from(&other.language);
        }
        same
    }

    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.questionnaire
    }

    pub fn audience(&self) -> Audience {
        self.encounter.asked_as
    }

    pub fn stage(&self) -> &Stage {
        &self.place.stage
    }

    /// Every answer given, also those set aside; [`Facts`] tells them apart.
    pub fn sheet(&self) -> &Sheet {
        &self.encounter.sheet
    }

    pub fn facts(&self) -> Facts<'_> {
        self.encounter.facts(self.questionnaire)
    }

    pub fn assessment(&self) -> Assessment {
        triage::assess(&self.facts())
    }

    /// The edits that made a shown level less urgent, oldest first.
    pub fn lowered(&self) -> &[Lowered] {
        &self.encounter.lowered
    }

    /// The level at which the check was stopped early, while nothing has been answered since.
    pub fn stopped(&self) -> Option<LevelIndex> {
        self.encounter.stopped.filter(|_| !self.is_finished())
    }

    /// The most urgent interrupting level that is certain at present, if an alert has shown it.
    pub fn alerted(&self) -> Option<LevelIndex> {
        self.encounter.alerted
    }

    /// Takes the answer to the current question and goes on. `None` leaves it out: that means unsure
    /// where unsure is allowed, is refused where an answer is needed.
    ///
    /// The answer waits for [`Interview::confirm`] if it sets others aside or lowers a level shown before.
    pub fn answer(&mut self, answer: Option<Answer>) -> Result<(), Refusal> {
        let question = match self.place.stage {
            Stage::Asking(question) => question,
            Stage::Settling { .. } => return self.answer_once_more(answer),
            _ => return Ok(()),
        };
        let answer = self.checked(question, answer)?;
        self.place.beside.clear();
        self.give(question, answer);
        Ok(())
    }

    /// Takes an answer that fits, or lets it wait to be confirmed.
    fn give(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        if self.encounter.sheet.get(question) == answer.as_ref() {
            return self.take(question, answer);
        }
        self.take_unless_lost(question, answer);
    }

    /// Takes the answers to all rows of the page of the current question at once, in the order of [`Interview::rows`],
    /// and goes on behind it. As with [`Interview::answer`], they may have to wait.
    ///
    /// # Errors
    /// The first row whose answer can't be taken, and why; then none is.
    pub fn answer_rows(&mut self, answers: Vec<Option<Answer>>) -> Result<(), (QuestionIndex, Refusal)> {
        let Stage::Asking(_) = self.place.stage else { return Ok(()) };
        let mut rows = Vec::new();
        for (row, answer) in self.rows().into_iter().zip(answers) {
            rows.push((row, self.checked(row, answer).map_err(|refusal| (row, refusal))?));
        }
        let is_new = |(row, answer): &(QuestionIndex, Option<Answer>)| {
            self.encounter.sheet.get(*row) != answer.as_ref()
        };
        let is_new = rows.iter().any(is_new);
        let Some((last, answer)) = rows.pop() else { return Ok(()) };
        self.place.beside = rows;
        match is_new {
            true => self.take_unless_lost(last, answer),
            false => self.take(last, answer),
        }
        Ok(())
    }

    /// An answer as it is kept.
    fn checked(&self, question: QuestionIndex, answer: Option<Answer>) -> Result<Option<Answer>, Refusal> {
        let asked = &self.questionnaire.questions[question];
        // A text of blanks says nothing.
        let answer = answer.filter(|answer| !matches!(answer, Answer::Text(text) if text.trim().is_empty()));
        match answer {
            None if !asked.takes_answer() || asked.optional => Ok(None),
            None if asked.unsure => Ok(Some(Answer::UNSURE)),
            None => Err(Refusal::NeedsAnAnswer),
            Some(answer) => {
                answer.check(asked)?;
                Ok(Some(answer))
            }
        }
    }

    fn take_unless_lost(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        let loses = self.loses(question, answer.clone());
        // On a page of a section whatever is set aside is seen to go, and comes back with its branch.
        if loses.is_empty() || self.by_section {
            self.take_unless_lower(question, answer);
        } else {
            self.place.stage = Stage::SettingAside { question, answer, loses };
        }
    }

    /// Takes the answer that waits.
    pub fn confirm(&mut self) {
        match self.place.stage.clone() {
            Stage::SettingAside { question, answer, .. } => self.take_unless_lower(question, answer),
            Stage::Lowering { question, answer, from, to } => {
                let beside = self.place.beside.clone();
                for (question, new) in beside.into_iter().chain([(question, answer.clone())]) {
                    let old = self.encounter.sheet.get(question).cloned();
                    self.note_lowered(Lowered { question, old, new, from, to });
                }
                self.take(question, answer);
            }
            _ => {}
        }
    }

    /// Drops the answer that waits and stays at its question with the old one.
    pub fn decline(&mut self) {
        self.place.beside.clear();
        if let Stage::SettingAside { question, .. } | Stage::Lowering { question, .. } = self.place.stage {
            self.place.stage = match (self.place.pending.take(), self.settled_here()) {
                (Some(_), Some(&Settled { question, option: Some(option), .. })) => {
                    Stage::Settling { question, option }
                }
                _ => Stage::Asking(question),
            };
        }
    }

    /// Was it answered, read or left out, whether or not it is asked as things stand?
    pub fn has_passed(&self, question: QuestionIndex) -> bool {
        self.encounter.passed[question] || self.encounter.sheet.get(question).is_some()
    }

    /// Can it still get an answer, if it is asked?
    pub fn is_open(&self, question: QuestionIndex) -> bool {
        let is_answered = self.encounter.sheet.get(question).is_some();
        can_be_answered(&self.questionnaire.questions[question], is_answered, self.encounter.passed[question])
    }

    /// Does every question that needs an answer have one? Pages and optional questions may still come.
    pub fn is_finished(&self) -> bool {
        self.assessment().complete
    }

    /// Is there a page still to come as things stand? Optional questions count, which a finished check may lack.
    pub fn asks_more(&self) -> bool {
        self.open().next().is_some()
    }

    /// The number of a question as things stand, 1 for the first: the one that it has in every list and report.
    pub fn number(&self, question: QuestionIndex) -> usize {
        let facts = self.facts();
        (0..=question).filter(|&q| facts.is_asked(q)).count()
    }

    /// The questions that are asked as things stand and already lie behind, in the order of asking.
    pub fn asked(&self) -> Vec<QuestionIndex> {
        let facts = self.facts();
        let reached = |q: &QuestionIndex| self.encounter.passed[*q] || facts.answer(*q).is_some();
        (0..self.questionnaire.questions.len()).filter(|q| facts.is_asked(*q) && reached(q)).collect()
    }

    /// The sheet with this answer, and with those to the other rows that wait with it.
    fn sheet_with(&self, question: QuestionIndex, answer: Option<Answer>) -> Sheet {
        let mut sheet = self.encounter.sheet.clone();
        for (question, answer) in self.place.beside.iter().cloned().chain([(question, answer)]) {
            match answer {
                // Checked by `answer` already, so nothing is refused here.
                Some(answer) => drop(sheet.set(self.questionnaire, question, answer)),
                None => sheet.clear(question),
            }
        }
        sheet
    }

    /// The answers that count now and would not with this one.
    fn loses(&self, question: QuestionIndex, answer: Option<Answer>) -> Vec<QuestionIndex> {
        let sheet = self.sheet_with(question, answer);
        let after = Facts::of(self.questionnaire, self.encounter.asked_as, &sheet);
        let before = self.facts();
        let questions = question + 1..self.questionnaire.questions.len();
        questions.filter(|&q| before.answer(q).is_some() && after.set_aside(q).is_some()).collect()
    }

    fn take_unless_lower(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        let sheet = self.sheet_with(question, answer.clone());
        let assessment = triage::assess(&Facts::of(self.questionnaire, self.encounter.asked_as, &sheet));
        let (from, to) = (self.encounter.shown, assessment.at_least());
        if to > from {
            let is_result = assessment.complete || to < self.questionnaire.last_level();
            self.place.stage = Stage::Lowering { question, answer, from, to: is_result.then_some(to) };
        } else {
            self.take(question, answer);
        }
    }

    /// Puts an edit on record that makes a level less urgent that was shown.
    fn note_lowered(&mut self, edit: Lowered) {
        self.encounter.shown = edit.to.unwrap_or(self.questionnaire.last_level());
        if edit.old != edit.new {
            self.encounter.lowered.push(edit);
        }
    }

    fn take(&mut self, question: QuestionIndex, answer: Option<Answer>) {
        self.note_settled(question, answer.as_ref());
        for (row, answer) in self.place.beside.clone() {
            self.note_settled(row, answer.as_ref());
        }
        self.encounter.sheet = self.sheet_with(question, answer);
        for row in std::mem::take(&mut self.place.beside).into_iter().map(|(row, _)| row).chain([question]) {
            self.encounter.passed[row] = true;
            if let Some(earlier) = &mut self.encounter.earlier {
                earlier.carried[row] = false;
            }
        }
        self.encounter.stopped = None;
        let assessment = self.assessment();
        let (certain, level) = (assessment.certain, assessment.at_least());
        self.encounter.alerted = self.encounter.alerted.filter(|&alerted| certain <= alerted);
        if self.must_alert(certain) {
            self.encounter.alerted = Some(certain);
            self.encounter.shown = self.encounter.shown.min(level);
            self.place.stage = Stage::Alert { level, question };
        } else {
            self.proceed(question);
        }
    }

    fn must_alert(&self, certain: LevelIndex) -> bool {
        self.questionnaire.levels[certain].interrupt
            && self.encounter.alerted.is_none_or(|alerted| certain < alerted)
    }

    /// Of an encounter that came from elsewhere: the level that is certain, and the alert that nobody has seen, at the
    /// last answer that it rests on.
    fn unseen_alert(&self) -> Option<(LevelIndex, Stage)> {
        let assessment = self.assessment();
        let level = assessment.certain;
        if !self.must_alert(level) {
            return None;
        }
        let facts = self.facts();
        let is_it =
            |&rule: &usize| self.questionnaire.rules[rule].level == level && facts.rule(rule) == Truth::True;
        let rule = (0..self.questionnaire.rules.len()).find(is_it);
        let because = rule.map(|rule| triage::evidence(&facts, &self.questionnaire.rules[rule].when));
        let rests_on = because.unwrap_or_default();
        let asked = self.asked();
        let is_behind =
            |question: &&QuestionIndex| rests_on.iter().any(|behind| behind.question == **question);
        let question = *asked.iter().rev().find(is_behind).or(asked.last())?;
        Some((level, Stage::Alert { level: assessment.at_least(), question }))
    }

    /// Shows the summary of the answers as they are.
    fn summarise(&mut self) {
        self.encounter.shown = self.encounter.shown.min(self.assessment().at_least());
        self.place = Place::at(Stage::Summary);
    }

    /// The questions that are asked as things stand, and neither answered nor passed.
    fn open(&self) -> impl Iterator<Item = QuestionIndex> {
        let facts = self.facts();
        let open = move |&question: &QuestionIndex| {
            let asked = &self.questionnaire.questions[question];
            let may_be_left = asked.optional || !asked.takes_answer();
            let passed = may_be_left && self.encounter.passed[question];
            facts.live(question) == Truth::True && facts.answer(question).is_none() && !passed
        };
        (0..self.questionnaire.questions.len()).filter(open)
    }
}

/// Whether a question can still get an answer, if it is asked.
pub fn can_be_answered(question: &Question, is_answered: bool, is_passed: bool) -> bool {
    let is_left_out = question.optional && is_passed;
    !is_answered && !is_left_out && question.takes_answer()
}
