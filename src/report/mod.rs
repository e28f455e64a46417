//! Telling: everything a summary says as one value, in the reader's words and with the site's contacts.
//!
//! [`Report::of`] makes it. The shells show its parts; a [`Format`] writes it for saving and printing: [`page`]
//! says what stands where, [`text`], [`markdown`] and [`html`] mark that up, and [`json`] gives everything to
//! other programs. Nothing here knows a screen or a clock, and no text in a report can command a terminal.

mod advice;
mod answered;
mod change;
mod clinician;
mod excerpt;
mod fingerprint;
mod format;
mod handover;
pub mod html;
pub mod json;
pub mod look;
pub mod markdown;
mod outcome;
pub mod page;
mod phone;
mod reasons;
#[cfg(test)]
mod tests;
pub mod text;
mod words;

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use advice::Sources;
pub use excerpt::Excerpt;
pub use format::Format;
pub use handover::Handover;
pub use words::{Words, joined};

use crate::answers::Facts;
use crate::change::{Changes, Effort};
use crate::interview::{Interview, Lowered};
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use crate::site::Site;
use crate::text::{Block, clean_line};
use crate::triage;
use crate::words::{self as own, Language};

/// Everything that a summary tells. All words are ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub questionnaire: String,
    pub version: String,
    /// What the questionnaire says, to the last rule and word, as a SHA-256 in hexadecimal.
    pub fingerprint: String,
    pub title: String,
    pub sign_off: String,
    /// The name of the clinic, where the site has set it.
    pub site: Option<String>,
    /// The day that all other dates are counted from.
    pub date: Date,
    /// When it was written, in the local time of the place; see [`Report::at`].
    pub at: Option<DateTime>,
    pub audience: Audience,
    /// Of its words, as BCP 47 writes it.
    pub language: String,
    /// Every question that is asked has its answer. If not, the result is only "at least".
    pub finished: bool,
    /// Not finished, and the level is final all the same: nothing that was left could change it.
    pub stopped_early: bool,
    /// What to act on. `None`: not finished, and the answers so far say nothing yet. That is never the
    /// same as the least urgent level.
    pub level: Option<Urgency>,
    /// Not finished: the more urgent level that the missing answers could still bring up.
    pub could_be: Option<Urgency>,
    /// The result in one line.
    pub headline: String,
    /// What to do, in a sentence or two.
    pub act: String,
    pub within: Option<When>,
    pub who: Option<String>,
    /// The most urgent first.
    pub reasons: Vec<Reason>,
    /// Open answers that leave something more urgent possible, the most urgent first.
    pub doubts: Vec<Doubt>,
    /// The answers that decided the result. `None` where none can be named for certain.
    pub decided: Option<Decided>,
    /// Single other answers that would make it more urgent, the most urgent and the nearest first.
    pub would_be: Vec<WouldBe>,
    /// The questions asked and not answered yet.
    pub open: Vec<QuestionIndex>,
    /// The ids of all questions, asked or not.
    pub question_ids: Vec<String>,
    /// All levels, the most urgent first.
    pub levels: Vec<Urgency>,
    /// The answers that count, as a sheet that can be judged again.
    pub sheet: Map<String, Value>,
    /// For the person to do.
    pub steps: Vec<Step>,
    /// What to say on the phone.
    pub say: String,
    pub return_list: ReturnList,
    pub always: Vec<String>,
    /// When to look again, the soonest first.
    pub check_again: Vec<When>,
    /// Every answer that counts, by section.
    pub answers: Vec<AnswerSection>,
    /// Edits that made a result less urgent that had been shown, as sentences.
    pub lowered: Vec<String>,
    pub tables: Vec<Table>,
    pub clinician: Clinician,
    /// What the texts rest on. Others refer to them by number: 1 is the first.
    pub sources: Vec<String>,
    /// To learn more.
    pub pages: Vec<Page>,
}

/// What of an interview its answers do not tell.
#[derive(Clone, Copy)]
struct Course<'a> {
    lowered: &'a [Lowered],
    /// See [`Interview::stop`].
    stopped: Option<LevelIndex>,
}

/// A level of urgency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgency {
    /// 0 is the most urgent.
    pub index: LevelIndex,
    pub id: String,
    pub title: String,
}

/// A day, or how soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub say: String,
    pub date: Option<Date>,
}

/// A rule that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub rule: String,
    pub level: LevelIndex,
    pub words: String,
    /// What it rests on, in the order of asking.
    pub answers: Vec<Told>,
    pub sources: Vec<usize>,
}

/// A question and its answer, or the part of the answer that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub question: QuestionIndex,
    /// As it stood on the screen.
    pub number: usize,
    pub ask: String,
    pub answer: String,
    /// The answer makes sense without its question, as options do and "yes" does not.
    pub stands_alone: bool,
}

impl Told {
    /// The answer, with its question where it says nothing alone.
    pub fn line(&self) -> String {
        if self.stands_alone { self.answer.clone() } else { format!("{} {}", self.ask, self.answer) }
    }

    /// The same after the number of the question.
    pub fn by_number(&self, own: &own::Report) -> String {
        (own.question_number)(self.number, &self.line())
    }
}

/// A question whose open answer leaves something more urgent possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub question: QuestionIndex,
    pub number: usize,
    pub ask: String,
    /// With "I'm not sure"; otherwise there is no answer yet.
    pub answered: bool,
    /// Never empty; the most urgent first.
    pub could_mean: Vec<Meaning>,
}

/// A rule that may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    pub rule: String,
    pub level: LevelIndex,
    pub words: String,
}

/// A smallest set of answers that alone lead to the result or a more urgent one.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Empty: the result is the least urgent level, and no answer points to a more urgent one.
    pub answers: Vec<Told>,
    /// It is proved that no fewer answers do. Otherwise none of these can be left out.
    pub smallest: bool,
    /// The ids of the rules of this level that hold, or may hold.
    pub rules: Vec<String>,
}

/// Another answer to one question, and the more urgent level that it would lead to.
#[derive(Debug, Clone, PartialEq)]
pub struct WouldBe {
    pub question: QuestionIndex,
    pub number: usize,
    pub ask: String,
    /// The answer given; `None`: it was left out.
    pub given: Option<String>,
    /// One of these is enough, the nearest first. Of several options, what would be ticked on top.
    pub others: Vec<String>,
    pub level: Urgency,
    /// Further questions would be asked then, and could make it more urgent still.
    pub at_least: bool,
    /// The ids of the rules that would lead to it.
    pub rules: Vec<String>,
}

/// How many of these a page shows; programs and clinicians get all.
pub const SHOWN_CHANGES: usize = 8;

/// Those that a page shows, and how many more there are.
pub fn shown_changes(would_be: &[WouldBe], for_clinician: bool) -> (&[WouldBe], usize) {
    let shown = if for_clinician { would_be.len() } else { would_be.len().min(SHOWN_CHANGES) };
    (&would_be[..shown], would_be.len() - shown)
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    pub words: String,
    pub sources: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnList {
    pub title: String,
    pub items: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSection {
    pub title: String,
    pub answers: Vec<Told>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub id: String,
    pub title: String,
    pub body: Vec<Block>,
    pub sources: Vec<usize>,
}

/// The clinician's page, in the clinician's words whoever the report is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Clinician {
    pub handover: Handover,
    pub rules: Vec<Reason>,
    pub decided: Option<Decided>,
    pub would_be: Vec<WouldBe>,
    pub negatives: Vec<Negative>,
    /// Stopped early: the screens for red flags that have no answer.
    pub not_asked: Vec<String>,
    /// To consider.
    pub steps: Vec<Step>,
    pub tables: Vec<Table>,
}

/// A red flag that was asked about and is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negative {
    pub question: QuestionIndex,
    pub number: usize,
    pub ask: String,
    /// `absent` lists findings that are not there; otherwise it is the answer given instead.
    pub several: bool,
    pub absent: String,
}

impl Report {
    /// The report on an interview as it stands, finished or not.
    pub fn of(interview: &Interview, date: Date, site: &Site) -> Report {
        let course = Course { lowered: interview.lowered(), stopped: interview.stopped() };
        Report::made(&interview.facts(), course, date, site)
    }

    /// The same in the words for another reader.
    pub fn for_reader(interview: &Interview, reader: Audience, date: Date, site: &Site) -> Report {
        let facts = Facts::of(interview.questionnaire(), reader, interview.sheet());
        Report::of_facts(&facts, interview.lowered(), date, site)
    }

    /// The report on a sheet of answers.
    pub fn of_facts(facts: &Facts, lowered: &[Lowered], date: Date, site: &Site) -> Report {
        Report::made(facts, Course { lowered, stopped: None }, date, site)
    }

    fn made(facts: &Facts, course: Course, date: Date, site: &Site) -> Report {
        let Course { lowered, stopped } = course;
        let questionnaire = facts.questionnaire;
        let words = Words::new(questionnaire, facts.audience, site);
        let for_clinician = Words::new(questionnaire, Audience::Clinician, site);
        let assessment = triage::assess(facts);
        let outcome = outcome::outcome(facts, &assessment, stopped, date, words);
        let level = outcome.level.as_ref().map(|level| level.index);

        let mut sources = Sources::default();
        let reasons = reasons::reasons(facts, &assessment.rules, words, &mut sources);
        let doubts = reasons::doubts(facts, assessment.certain, words);
        let steps = advice::steps(facts, level, Audience::Patient, words, &mut sources);
        let pages = advice::pages(facts, level, words, &mut sources);
        let changes = Changes::of(facts, Effort::default());
        let clinician = clinician::clinician(
            facts,
            &assessment,
            &changes,
            course,
            (date, level),
            for_clinician,
            &mut sources,
        );

        Report {
            questionnaire: clean_line(&questionnaire.id),
            version: clean_line(&questionnaire.version),
            fingerprint: fingerprint::fingerprint(questionnaire),
            title: words.line(&questionnaire.title),
            sign_off: words.line(&questionnaire.sign_off),
            site: site.name().map(clean_line),
            date,
            at: None,
            audience: facts.audience,
            language: clean_line(&questionnaire.language),
            finished: assessment.complete,
            stopped_early: stopped.is_some(),
            level: outcome.level,
            could_be: outcome.could_be,
            headline: outcome.headline,
            act: outcome.act,
            within: outcome.within,
            who: outcome.who,
            say: phone::say(facts, &assessment.rules, &doubts, words),
            reasons,
            doubts,
            decided: change::decided(facts, &changes, words),
            would_be: change::would_be(facts, &changes, words),
            open: assessment.unanswered,
            question_ids: questionnaire.questions.iter().map(|question| question.id.clone()).collect(),
            levels: (0..questionnaire.levels.len())
                .map(|level| outcome::urgency(questionnaire, level, words))
                .collect(),
            sheet: answered::sheet(facts),
            steps,
            return_list: ReturnList {
                title: words.line(&questionnaire.return_list.title),
                items: change::return_items(facts, &changes).map(|item| words.line(&item.say)).collect(),
            },
            always: questionnaire.always.iter().map(|text| words.line(text)).collect(),
            check_again: outcome.check_again,
            answers: answered::by_section(facts, words),
            lowered: lowered.iter().map(|edit| answered::lowered(facts, edit, words)).collect(),
            tables: clinician::tables(facts, facts.audience, words),
            clinician,
            sources: sources.titles(facts),
            pages,
        }
    }

    /// What the program itself says in its language.
    pub fn own(&self) -> &'static own::Words {
        Language::around(&self.language).words()
    }

    /// The same, written at this moment.
    pub fn at(self, moment: DateTime) -> Report {
        Report { at: Some(moment), ..self }
    }
}
