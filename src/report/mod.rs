//! Reporting: everything a summary says about an encounter, in the words of one reader.
//!
//! [`Judged`] works out what an encounter means, once. [`Report::of`] puts that into a reader's words; the reader
//! chooses words and which sections are shown, and nothing else. [`document`] makes each section in one place,
//! [`surfaces`] lists for each surface which sections it shows, in order, and renderers mark them up: [`text`],
//! [`markdown`], [`html`] and [`spoken`] here, the screen in its shell. [`json`] gives everything to other programs.
//! Nothing here knows a screen or a clock, and no text in a report can command a terminal.

mod advice;
mod again;
mod answered;
mod card;
mod change;
pub mod document;
mod evidence;
mod excerpt;
pub mod farewell;
mod figure;
mod follow_ups;
mod format;
mod handover;
pub mod html;
pub mod json;
mod judged;
pub mod look;
pub mod markdown;
mod negatives;
mod numbers;
mod outcome;
mod phone;
mod reasons;
mod settled;
pub mod spoken;
pub mod surfaces;
#[cfg(test)]
mod tests;
pub mod text;
mod texts;

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use advice::{CallStep, Sources};
pub use again::{Again, Change};
pub use excerpt::Excerpt;
pub use figure::Figure;
pub use format::Format;
pub use handover::Handover;
pub use judged::Judged;
pub use numbers::{Call, Number, Numbers};
pub use texts::{Texts, joined};

use crate::encounter::Encounter;
use crate::interview::Interview;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex, Questionnaire, ReturnItem, Text};
use crate::site::Site;
use crate::text::{Block, clean_line};
use crate::words::{self, Language};

/// Everything that a summary says to one reader. All words are ready to be shown.
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
    /// And its number, whether or not it is to be called for this result.
    pub site_number: Option<String>,
    /// The day that all other dates are counted from.
    pub date: Date,
    /// When the check began, in the local time of the place.
    pub began: Option<DateTime>,
    /// When it was written, in the local time of the place; see [`Report::at`].
    pub at: Option<DateTime>,
    /// In whose words it is.
    pub reader: Audience,
    /// Who answered, which is not always the reader.
    pub asked_as: Audience,
    /// Of its words, as BCP 47 writes it.
    pub language: String,
    /// Every question that is asked has its answer. If not, the result is only "at least".
    pub finished: bool,
    /// Not finished, and the level is final all the same: nothing that was left could change it.
    pub stopped_early: bool,
    /// What to act on. `None`: not finished, and the answers so far say nothing yet. That is never the
    /// same as the least urgent level.
    pub level: Option<Urgency>,
    /// The level interrupts: it is an emergency.
    pub interrupts: bool,
    /// Not finished: the more urgent level that the missing answers could still bring up.
    pub could_be: Option<Urgency>,
    /// The result in one line.
    pub headline: String,
    /// What to do, in a sentence or two.
    pub act: String,
    pub within: Option<When>,
    pub who: Option<String>,
    /// The numbers that `who` names.
    pub numbers: Numbers,
    /// The number to call at an emergency, where this place has set it.
    pub emergency: Option<String>,
    /// What set the level first, then the most urgent.
    pub reasons: Vec<Reason>,
    /// Open answers that leave something more urgent possible, the most urgent first.
    pub doubts: Vec<Doubt>,
    /// The answers that decided the result. `None` where none can be named for certain.
    pub decided: Option<Decided>,
    /// Single other answers that would make it more urgent, the most urgent and the nearest first.
    pub would_be: Vec<WouldBe>,
    /// Red flags asked about and absent.
    pub negatives: Vec<Negative>,
    /// Stopped early: the screens for red flags that have no answer.
    pub not_asked: Vec<String>,
    /// The questions asked and not answered yet.
    pub open: Vec<QuestionIndex>,
    /// The ids of all questions, asked or not.
    pub question_ids: Vec<String>,
    /// All levels, the most urgent first.
    pub levels: Vec<Urgency>,
    /// The answers that count, as a sheet that can be judged again.
    pub sheet: Map<String, Value>,
    /// What happened, without answers that were set aside.
    pub encounter: Value,
    /// For the person to do; the call first.
    pub steps: Vec<Step>,
    call_step: CallStep,
    /// For a clinician to consider.
    pub consider: Vec<Step>,
    /// What to say on the phone, a sentence each.
    pub say: Vec<String>,
    pub return_list: ReturnList,
    /// What to look out for that needs help less soon, list by list.
    pub further_return_lists: Vec<ReturnList>,
    pub always: Vec<String>,
    /// When to look again, the soonest first.
    pub check_again: Vec<When>,
    /// The body with the places that were marked.
    pub figure: Option<Figure>,
    /// Every answer that counts, by section.
    pub answers: Vec<AnswerSection>,
    /// Edits that made a result less urgent that had been shown, as sentences.
    pub lowered: Vec<String>,
    /// The check before, if this one comes after one.
    pub again: Option<Again>,
    /// What was "not sure" and was asked once more, as sentences.
    pub settled: Vec<String>,
    pub handover: Handover,
    pub tables: Vec<TextTable>,
    /// What the texts rest on. Others refer to them by number: 1 is the first.
    pub sources: Vec<String>,
    /// To learn more.
    pub pages: Vec<InfoPage>,
    /// Of a report for a patient: the one on the same encounter for a clinician.
    for_clinician: Option<Box<Report>>,
}

/// A level of urgency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgency {
    /// 0 is the most urgent.
    pub index: LevelIndex,
    pub id: String,
    pub title: String,
    /// Where there is little room.
    pub in_short: String,
}

/// A day, or how soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub say: String,
    pub date: Option<Date>,
}

/// A rule that holds, or answers "not sure" that set the level.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The ids of the rule that holds, or of those that answers "not sure" leave open.
    pub rules: Vec<String>,
    /// How urgent it is for that reason.
    pub level: LevelIndex,
    /// Answers "not sure" are the reason.
    pub doubt: bool,
    pub words: String,
    /// The fewest answers that it rests on, in the order of asking.
    pub answers: Vec<Answered>,
    pub sources: Vec<usize>,
}

/// A question and its answer, or the part of the answer that matters.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub question: QuestionIndex,
    /// As it was on the screen.
    pub number: usize,
    pub ask: String,
    pub answer: String,
    /// The answer in a few words that make sense alone, where the questionnaire has them: "A leak, new".
    pub phrase: Option<String>,
    /// The answer makes sense without its question, as options do and "yes" does not.
    pub stands_alone: bool,
}

impl Answered {
    /// The answer in words that make sense alone.
    pub fn line(&self) -> String {
        if let Some(phrase) = &self.phrase {
            phrase.clone()
        } else if self.stands_alone {
            self.answer.clone()
        } else {
            joined(&self.ask, &self.answer)
        }
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
    pub answers: Vec<Answered>,
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

impl ReturnList {
    /// What needs help at once, and then what needs it less soon, as far as that is told at this level.
    fn all(judged: &Judged, level: Option<LevelIndex>, texts: Texts) -> (ReturnList, Vec<ReturnList>) {
        let list = |title: &Text, items: &[ReturnItem]| ReturnList {
            title: texts.line(title),
            items: change::nearest_first(items, &judged.changes).map(|item| texts.line(&item.say)).collect(),
        };
        let first = &judged.questionnaire.return_list;
        let further = first.further.iter().filter(|part| part.is_shown_at(level));
        (list(&first.title, &first.items), further.map(|part| list(&part.title, &part.items)).collect())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSection {
    pub title: String,
    pub answers: Vec<Answered>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTable {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A page to learn more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoPage {
    pub id: String,
    pub title: String,
    pub body: Vec<Block>,
    pub sources: Vec<usize>,
}

/// Findings of one question that were asked about and are absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negative {
    pub question: QuestionIndex,
    pub number: usize,
    pub ask: String,
    /// `absent` lists findings that are not there; otherwise it is the answer given instead.
    pub several: bool,
    /// Nothing of the list is there.
    pub none_at_all: bool,
    pub absent: String,
}

impl Report {
    /// The report on an encounter in the words of `reader`. The judgement is the encounter's, whoever reads it.
    pub fn of(judged: &Judged, reader: Audience, site: &Site) -> Report {
        let mut sources = Sources::default();
        let mut report = Report::without_sources(judged, reader, site, &mut sources);
        if reader == Audience::Patient {
            let clinician = Report::without_sources(judged, Audience::Clinician, site, &mut sources);
            report.for_clinician = Some(Box::new(clinician));
        }
        let titles = sources.titles(&judged.facts);
        if let Some(clinician) = &mut report.for_clinician {
            clinician.sources.clone_from(&titles);
        }
        Report { sources: titles, ..report }
    }

    /// The report on an interview as it is now, for whoever is asked.
    pub fn of_interview(interview: &Interview, site: &Site) -> Report {
        Report::for_reader(interview, interview.audience(), site)
    }

    /// The report on an interview as it is now, in the words of `reader`.
    pub fn for_reader(interview: &Interview, reader: Audience, site: &Site) -> Report {
        Report::of_encounter(interview.questionnaire(), interview.encounter(), reader, site)
    }

    /// The report on an encounter that was kept, in the words of `reader`.
    pub fn of_encounter(
        questionnaire: &Questionnaire,
        encounter: &Encounter,
        reader: Audience,
        site: &Site,
    ) -> Report {
        Report::of(&Judged::of(questionnaire, encounter), reader, site)
    }

    fn without_sources(judged: &Judged, reader: Audience, site: &Site, sources: &mut Sources) -> Report {
        let Judged { questionnaire, encounter, facts, assessment, changes, .. } = judged;
        let texts = Texts::new(questionnaire, reader, site);
        let findings = handover::Findings::of(judged, texts, sources);
        let handover = handover::handover(judged, &findings, texts);
        let handover::Findings { outcome, reasons, doubts, negatives, steps, call_step, consider } = findings;
        let level = outcome.level.as_ref().map(|level| level.index);
        let not_asked = judged.stopped().map(|_| negatives::not_asked(facts, texts)).unwrap_or_default();
        let (return_list, further_return_lists) = ReturnList::all(judged, level, texts);
        let all_levels = 0..questionnaire.levels.len();
        Report {
            questionnaire: clean_line(&questionnaire.id),
            version: clean_line(&questionnaire.version),
            fingerprint: judged.fingerprint().to_owned(),
            title: texts.line(&questionnaire.title),
            sign_off: texts.words.signed(&texts.line(&questionnaire.sign_off)),
            date: encounter.day,
            site: site.name().map(clean_line),
            began: encounter.began,
            at: None,
            reader,
            asked_as: encounter.asked_as,
            language: clean_line(&questionnaire.language),
            finished: assessment.complete,
            stopped_early: judged.stopped().is_some(),
            interrupts: level.is_some_and(|level| questionnaire.levels[level].interrupt),
            say: phone::say(judged, &outcome, &doubts, texts),
            handover,
            level: outcome.level,
            could_be: outcome.could_be,
            headline: outcome.headline,
            act: outcome.act,
            within: outcome.within,
            who: outcome.who,
            numbers: outcome.numbers,
            emergency: outcome::emergency(questionnaire, texts),
            site_number: numbers::of_place(questionnaire, texts),
            reasons,
            doubts,
            decided: change::decided(facts, changes, texts),
            would_be: change::would_be(facts, changes, texts),
            negatives,
            not_asked,
            open: assessment.unanswered.clone(),
            question_ids: questionnaire.questions.iter().map(|question| question.id.clone()).collect(),
            levels: all_levels.map(|level| outcome::urgency(questionnaire, level, texts)).collect(),
            sheet: answered::sheet(facts),
            encounter: answered::encounter(judged),
            steps,
            call_step,
            consider,
            return_list,
            further_return_lists,
            always: questionnaire.always.iter().map(|text| texts.line(text)).collect(),
            check_again: outcome.check_again,
            figure: figure::figure(facts, texts),
            answers: answered::by_section(judged, texts),
            lowered: encounter.lowered.iter().map(|edit| answered::lowered(facts, edit, texts)).collect(),
            again: again::again(judged, texts),
            settled: settled::settled(judged, texts),
            tables: advice::tables(facts, reader, texts),
            sources: Vec::new(),
            pages: advice::pages(facts, level, reader, texts, sources),
            for_clinician: None,
        }
    }

    /// The report on the same encounter for a clinician, which may be this one.
    pub fn clinician(&self) -> &Report {
        self.for_clinician.as_deref().unwrap_or(self)
    }

    /// What the program itself says in its language.
    pub fn words(&self) -> &'static words::Words {
        Language::around(&self.language).words()
    }

    /// The report as written at this moment.
    pub fn at(self, moment: DateTime) -> Report {
        let for_clinician = self.for_clinician.map(|report| Box::new(report.at(moment)));
        Report { at: Some(moment), for_clinician, ..self }
    }

    /// Of a check that was stopped early: how many screens for red flags were not asked, and the `place` that lists
    /// them. `None`: all were asked, or it was not stopped.
    pub fn flags_not_asked(&self, place: &str) -> Option<String> {
        let screens = self.not_asked.len();
        (screens > 0).then(|| self.words().report.flags_not_asked(screens, place))
    }
}
