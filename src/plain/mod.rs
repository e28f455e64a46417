//! Shell 1: lines in, lines out, for screen readers, pipes and terminals that can do nothing else.
//!
//! Output is only ever appended, and nothing in it is said by place, colour or symbol. What is asked and what
//! it means is for [`Interview`], as in the full screen. Nothing is answered by an empty line or by the end
//! of the input.

mod again;
mod command;
mod lines;
mod outlook;
mod pages;
mod result;
mod settle;
mod spoken;
mod typed;
mod words;

use std::io::{self, BufRead, Write};

use jiff::civil::DateTime;

use crate::answers::{Answer, Refusal};
use crate::interview::{Interview, Stage};
use crate::outlook::Lookout;
use crate::questionnaire::{Offer, QuestionIndex, Questionnaire};
use crate::report::{Report, Texts};
use crate::site::Site;
use crate::text::folded;
use crate::words::{Commands, Destinations, Language, Plain};
use command::Command;
use lines::Line;
use typed::{Problem, short, yes_or_no};

/// How the conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is answered, and the result was told.
    Finished,
    NotFinished,
    /// Another questionnaire was chosen, by its place among those that the first page offers.
    Instead(usize),
}

impl Outcome {
    /// What it is if the conversation breaks off here.
    pub fn now(interview: &Interview) -> Outcome {
        match interview.stage() {
            Stage::Summary if interview.is_finished() => Outcome::Finished,
            _ => Outcome::NotFinished,
        }
    }
}

/// Asks until the person has finished or left, or the input ends.
///
/// # Errors
///
/// When the input cannot be read or the output cannot be written. `interview` then is as it was left.
pub fn run(
    interview: &mut Interview,
    input: &mut impl BufRead,
    output: &mut impl Write,
    site: &Site,
) -> io::Result<Outcome> {
    run_by(interview, input, output, site, &|| None, &Destinations::default())
}

/// Asks as [`run`] does, by a clock that tells the local time of the place: which number answers follows from it.
/// `destinations` are said on the first page.
///
/// # Errors
///
/// When the input cannot be read or the output cannot be written. `interview` then is as it was left.
pub fn run_by(
    interview: &mut Interview,
    input: &mut impl BufRead,
    output: &mut impl Write,
    site: &Site,
    clock: &dyn Fn() -> Option<DateTime>,
    destinations: &Destinations,
) -> io::Result<Outcome> {
    let questionnaire = interview.questionnaire();
    let texts = Texts::new(questionnaire, interview.audience(), site);
    let said = String::new();
    let mut shell = Shell {
        interview,
        questionnaire,
        texts,
        site,
        clock,
        destinations,
        said,
        leaving: false,
        aloud: None,
        outcome: None,
        just_asked: None,
        lookout: None,
    };
    shell.welcome();
    shell.show();
    loop {
        output.write_all(shell.said.as_bytes())?;
        output.flush()?;
        shell.said.clear();
        if let Some(outcome) = shell.outcome {
            return Ok(outcome);
        }
        match lines::read(input)? {
            Line::Typed(line) => shell.take(&line),
            Line::TooLong => shell.say(shell.words().line_too_long(lines::LONGEST)),
            Line::NotText => shell.say(shell.words().line_not_text),
            Line::End => shell.end(shell.words().input_ended),
        }
    }
}

/// The conversation.
struct Shell<'a, 'q> {
    interview: &'a mut Interview<'q>,
    questionnaire: &'q Questionnaire,
    texts: Texts<'a>,
    site: &'a Site,
    clock: &'a dyn Fn() -> Option<DateTime>,
    destinations: &'a Destinations,
    /// What was said since the last line came in.
    said: String,
    /// The person was asked whether to leave.
    leaving: bool,
    /// The sentence for the phone that was read last, while they are read one by one.
    aloud: Option<usize>,
    outcome: Option<Outcome>,
    /// The question asked last, while nothing else was said since but answers.
    just_asked: Option<QuestionIndex>,
    /// Of a clinician who was asked something already.
    lookout: Option<Lookout<'q>>,
}

impl<'q> Shell<'_, 'q> {
    fn say(&mut self, line: impl AsRef<str>) {
        self.said.push_str(line.as_ref());
        self.said.push('\n');
    }

    fn report(&self) -> Report {
        let report = Report::of_interview(self.interview, self.site);
        match (self.clock)() {
            Some(moment) => report.at(moment),
            None => report,
        }
    }

    /// What is said in the person's language.
    fn words(&self) -> &'static Plain {
        &self.texts.words.plain
    }

    /// Is the line this word?
    fn is(&self, line: &str, word: fn(&Commands) -> &'static str) -> bool {
        command::is(line, &self.words().commands, word)
    }

    /// What follows this word in the line.
    fn after<'t>(&self, line: &'t str, word: fn(&Commands) -> &'static str) -> Option<&'t str> {
        command::after(line, &self.words().commands, word)
    }

    fn take(&mut self, line: &str) {
        if self.leaving {
            self.just_asked = None;
            return self.take_leaving(line);
        }
        if let Some(language) = self.language_meant(line) {
            return self.switch_to(language);
        }
        if let Some(at) = self.aloud.take()
            && *self.interview.stage() == Stage::Summary
            && self.read_on(at, line)
        {
            return;
        }
        if let Some(offer) = self.offer_meant(line) {
            self.outcome = Some(Outcome::Instead(offer));
            return;
        }
        let command = Command::of(line, &self.words().commands);
        if command.is_some() || !matches!(self.interview.stage(), Stage::Asking(_)) {
            self.just_asked = None;
        }
        match (command, self.interview.stage().clone()) {
            (Some(Command::Help), _) => self.help(),
            (Some(Command::Repeat), Stage::Review) => self.review(),
            (Some(Command::Repeat), _) => self.show(),
            (Some(Command::Quit), Stage::Summary) => self.end(self.words().left),
            (Some(Command::Quit), _) => {
                self.leaving = true;
                self.asks_to_leave();
            }
            (Some(Command::Language), _) => self.say(self.texts.words.asking.only_language),
            (Some(Command::Back), _) => self.back(),
            (Some(Command::Why), Stage::Asking(question) | Stage::Settling { question, .. }) => {
                self.why(question)
            }
            (
                Some(Command::Review),
                Stage::Asking(_) | Stage::Settling { .. } | Stage::Review | Stage::Summary,
            ) => self.review(),
            (Some(Command::Keep), Stage::Asking(question) | Stage::Settling { question, .. }) => {
                self.keep(question);
            }
            (Some(Command::Remove), Stage::Asking(question)) => self.remove(question),
            (Some(Command::Finish), Stage::Asking(_)) if self.looks_ahead() => self.finish_here(),
            (_, Stage::Asking(question) | Stage::Settling { question, .. }) => {
                self.take_answer(question, line);
            }
            (_, Stage::OfferSettling) => self.take_at_offer(line),
            (_, Stage::SettingAside { question, .. } | Stage::Lowering { question, .. }) => {
                self.take_confirmation(question, line);
            }
            (_, Stage::Alert { .. }) => self.take_at_alert(line),
            (_, Stage::Review) => self.take_at_review(line),
            (_, Stage::Summary) => self.take_at_summary(line),
        }
    }

    /// The other questionnaire that a line asks for, while nothing is answered: by its name, or whom it is for.
    fn offer_meant(&self, line: &str) -> Option<usize> {
        // Spoken input has no hyphen, and ends with a full stop.
        let plain = |words: &str| folded(words).replace('-', " ").trim_end_matches('.').to_owned();
        let is_meant = |offer: &Offer| {
            let names = [&offer.questionnaire, self.texts.line(&offer.label).as_str()].map(plain);
            names.contains(&plain(line))
        };
        let is_begun = !self.interview.asked().is_empty();
        self.questionnaire.offers.iter().position(is_meant).filter(|_| !is_begun)
    }

    /// The language that a line asks for: by its name, or the next one.
    fn language_meant(&self, line: &str) -> Option<&'q str> {
        let other = self.interview.other_language()?;
        let is_named = |language: &Language| folded(language.name()) == folded(line);
        let named = |tag: &&str| Language::of(tag).as_ref().is_some_and(is_named);
        let next = || Command::of(line, &self.words().commands) == Some(Command::Language);
        self.interview.languages().find(named).or_else(|| next().then_some(other))
    }

    /// Says the same in another language.
    fn switch_to(&mut self, language: &str) {
        self.just_asked = None;
        if !self.interview.switch_to(language) {
            self.say(self.texts.words.asking.unreadable_language);
            return;
        }
        self.questionnaire = self.interview.questionnaire();
        self.texts = Texts::new(self.questionnaire, self.interview.audience(), self.site);
        self.say(self.words().now_in_this_language);
        if self.interview.asked().is_empty() {
            // What was said before the first question was in the other language.
            self.say("");
            self.welcome();
        }
        match self.interview.stage() {
            Stage::Review => self.review(),
            _ => self.show(),
        }
    }

    fn take_answer(&mut self, index: QuestionIndex, line: &str) {
        let question = &*self.asked(index);
        let may_be_left = question.optional || !question.takes_answer();
        let answer = match line.trim() {
            "" if may_be_left => Ok(self.interview.given()),
            "" => Err(Refusal::NeedsAnAnswer.into()),
            _ if !question.takes_answer() => Err(Refusal::TakesNoAnswer.into()),
            _ => typed::answer(line, question, self.texts).map(Some),
        };
        self.give(index, answer);
    }

    /// Gives an answer to the interview and says what came of it.
    fn give(&mut self, index: QuestionIndex, answer: Result<Option<Answer>, Problem>) {
        let question = self.asked(index);
        if matches!(self.interview.stage(), Stage::Settling { .. }) {
            return self.give_once_more(&question, answer);
        }
        match answer.and_then(|answer| Ok(self.interview.answer(answer)?)) {
            Ok(()) => self.show_after(index),
            Err(problem) => self.say(words::problem(&problem, &question, self.texts)),
        }
    }

    /// Says the answer just given, and where it led.
    fn show_after(&mut self, index: QuestionIndex) {
        match self.interview.stage() {
            // These say it themselves: an alert after what to do, the others because it waits.
            Stage::Alert { .. } | Stage::SettingAside { .. } | Stage::Lowering { .. } => self.show(),
            Stage::Asking(_)
            | Stage::Review
            | Stage::OfferSettling
            | Stage::Settling { .. }
            | Stage::Summary => {
                self.echo(index);
                self.look_ahead();
                self.show();
            }
        }
    }

    fn echo(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire.questions[index];
        match self.interview.sheet().get(index) {
            Some(answer) => self.say(self.words().your_answer(&self.texts.answer(answer, question))),
            None if !question.takes_answer() => {}
            None => self.say(self.words().left_out),
        }
    }

    fn keep(&mut self, index: QuestionIndex) {
        match self.interview.given() {
            Some(answer) => self.give(index, Ok(Some(answer))),
            None => self.say(self.words().nothing_to_keep),
        }
    }

    fn remove(&mut self, index: QuestionIndex) {
        let has_answer = self.interview.given().is_some();
        if has_answer && self.questionnaire.questions[index].optional {
            self.give(index, Ok(None));
        } else {
            self.say(self.words().nothing_to_remove);
        }
    }

    fn back(&mut self) {
        if *self.interview.stage() == Stage::Summary {
            // Not to the last question: whatever is typed next would become its answer.
            self.review();
        } else if self.interview.back() {
            self.show();
        } else {
            self.say(self.words().first_question);
        }
    }

    fn review(&mut self) {
        if self.interview.asked().is_empty() {
            return self.say(self.words().no_answers_yet);
        }
        self.interview.review();
        self.say("");
        self.answers();
    }

    fn take_confirmation(&mut self, question: QuestionIndex, line: &str) {
        match yes_or_no(line, self.texts.words) {
            Some(true) => {
                self.interview.confirm();
                self.show_after(question);
            }
            Some(false) => {
                self.interview.decline();
                self.say(self.words().nothing_changed);
                self.show();
            }
            None => self.not_understood(line),
        }
    }

    fn take_at_alert(&mut self, line: &str) {
        if self.is(line, |words| words.go_on) {
            self.interview.go_on();
            self.look_ahead();
        } else if self.is(line, |words| words.show) {
            self.interview.finish();
        } else {
            return self.not_understood(line);
        }
        self.show();
    }

    fn take_at_review(&mut self, line: &str) {
        if self.is(line, |words| words.go_on) {
            self.back();
        } else {
            self.open(line);
        }
    }

    /// Opens an answer by its number.
    fn open(&mut self, line: &str) {
        let wanted = self.after(line, |words| words.change).unwrap_or(line);
        let wanted = wanted.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let Ok(number) = wanted.parse::<usize>() else { return self.not_understood(line) };
        let asked = self.interview.asked();
        match asked.into_iter().find(|&question| self.interview.number(question) == number) {
            Some(question) => {
                self.interview.revisit(question);
                self.show();
            }
            None => {
                let none = self.texts.words.answers.no_such_number(&number.to_string());
                self.say(format!("{none}."));
            }
        }
    }

    fn not_understood(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.say(self.words().not_understood(&short(line, self.texts)));
        }
        self.ways_on();
    }

    fn take_leaving(&mut self, line: &str) {
        match (yes_or_no(line, self.texts.words), Command::of(line, &self.words().commands)) {
            (Some(true), _) => self.end(self.words().left),
            (Some(false), _) | (_, Some(Command::Back)) => {
                self.leaving = false;
                self.show();
            }
            _ => self.asks_to_leave(),
        }
    }

    /// The last words. A summary that was told is not told again.
    fn end(&mut self, why: &str) {
        let outcome = Outcome::now(self.interview);
        self.outcome = Some(outcome);
        self.say("");
        if outcome == Outcome::Finished {
            return self.say(self.words().finished);
        }
        self.say(self.words().not_finished(why));
        if *self.interview.stage() != Stage::Summary {
            self.say(self.words().result_so_far);
            self.say("");
            self.summary();
        }
    }
}
