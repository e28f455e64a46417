//! What is said at each stage, line by line. One line is one paragraph: whoever shows it breaks it.

use super::Shell;
use super::command::COMMANDS;
use super::typed::numbered;
use super::words::{how, how_to_answer};
use crate::answers::{Answer, UNSURE_WORDS};
use crate::interview::Stage;
use crate::interview::rows::Row;
use crate::questionnaire::{Kind, LevelIndex, QuestionIndex};
use crate::report::{Block, blocks, clean_line};

impl Shell<'_, '_> {
    /// What this is, before the first question.
    pub fn welcome(&mut self) {
        let welcome = &self.questionnaire.welcome;
        self.say(self.words.line(&self.questionnaire.title));
        self.say("");
        self.body(&self.words.body(&welcome.about));
        self.say("");
        if let Stage::Asking(first) = *self.interview.stage() {
            let progress = self.interview.progress(first);
            self.say(match (progress.fewest, progress.most) {
                (fewest, most) if fewest == most => format!("There are {most} questions."),
                (fewest, most) => {
                    format!("There are {fewest} to {most} short questions, depending on your answers.")
                }
            });
        }
        for point in &welcome.points {
            self.say(self.words.line(point));
        }
        self.say(self.words.line(&self.questionnaire.sign_off));
        self.say("");
        self.commands();
    }

    fn commands(&mut self) {
        self.say("Besides answers, you can type:");
        for (_, word, does) in COMMANDS {
            self.say(format!("{word}: {does}."));
        }
        self.say("To answer with one of these words itself, put a full stop after it.");
    }

    /// Says where the person is and what can be typed there.
    pub fn show(&mut self) {
        self.say("");
        match self.interview.stage().clone() {
            Stage::Asking(question) => self.question(question),
            Stage::SettingAside { loses, .. } => self.setting_aside(&loses),
            Stage::Lowering { question, answer, from, to } => {
                self.lowering(question, answer.as_ref(), from, to);
            }
            Stage::Alert { level, question } => self.alert(level, question),
            Stage::Review => {
                self.say("You are back at your answers.");
                self.ways_on();
            }
            Stage::Summary => {
                self.summary();
                self.say("");
                self.ways_on();
            }
        }
    }

    /// What can be typed at this stage.
    pub fn ways_on(&mut self) {
        let finished = self.interview.is_finished();
        self.say(match self.interview.stage() {
            Stage::Asking(question) => how(&self.questionnaire.questions[*question]),
            Stage::SettingAside { .. } => {
                "Type yes to change your answer, or no to keep the one that you gave before.".to_owned()
            }
            Stage::Lowering { .. } => {
                "Type yes if the new answer is right, and the change is noted on the result. Type no to keep \
                 the answer that you gave before."
                    .to_owned()
            }
            Stage::Alert { .. } => {
                "When you have done this, type go on for the other questions, show for the whole result so \
                 far, or back to change your answer."
                    .to_owned()
            }
            Stage::Review => {
                "Type the number of an answer to change it, review for the whole list, or back to leave it."
                    .to_owned()
            }
            Stage::Summary if finished => {
                "Type review to change an answer, save and a name to save this as a text file, more for \
                 what else there is, or just press Enter to finish."
                    .to_owned()
            }
            Stage::Summary => {
                "This is not finished. Type go on for the other questions, review to change an answer, save \
                 and a name to save this as a text file, more for what else there is, or quit to leave."
                    .to_owned()
            }
        });
    }

    fn question(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire.questions[index];
        let progress = self.interview.progress(index);
        let of = match (progress.fewest, progress.most) {
            (fewest, most) if fewest == most => most.to_string(),
            (fewest, most) => format!("{fewest} to {most}"),
        };
        let section = self.words.line(&self.questionnaire.section_of(index).title);
        self.say(format!("Question {} of {of}. {}", progress.position, sentence(&section)));
        self.say(self.words.line(&question.ask));
        if let Some(hint) = &question.hint {
            self.say(self.words.line(hint));
        }
        for (number, row) in numbered(question) {
            let words = match row {
                Row::Unsure => UNSURE_WORDS.to_owned(),
                Row::Option(option) => {
                    let option = &question.options[option];
                    let label = self.words.line(&option.label);
                    match &option.hint {
                        Some(hint) => format!("{} {}", sentence(&label), self.words.line(hint)),
                        None => label,
                    }
                }
            };
            self.say(format!("{number}  {words}"));
        }
        if let Kind::Scale { labels, .. } = &question.kind {
            for (value, label) in labels {
                self.say(format!("{value} means {}", sentence(&self.words.line(label))));
            }
        }
        let Some(answer) = self.interview.sheet().get(index) else { return self.say(how(question)) };
        let answer = self.words.answer(answer, question);
        self.say(how_to_answer(question));
        self.say(format!("Your answer until now: {answer}"));
        self.say(if question.optional {
            "Type keep or just press Enter to leave it as it is, or remove to take it back."
        } else {
            "Type keep to leave it as it is."
        });
    }

    fn setting_aside(&mut self, loses: &[QuestionIndex]) {
        self.say("With this change, these answers no longer apply:");
        for &lost in loses {
            self.say(self.asked_and_answered(lost, self.interview.sheet().get(lost)));
        }
        self.say("They are set aside and count for nothing. They come back if you change your answer back.");
        self.ways_on();
    }

    fn lowering(
        &mut self,
        question: QuestionIndex,
        new: Option<&Answer>,
        from: LevelIndex,
        to: Option<LevelIndex>,
    ) {
        let title = |level: LevelIndex| self.words.line(&self.questionnaire.levels[level].title);
        let to = to.map_or_else(|| "no result before more questions are answered".to_owned(), title);
        let from = title(from);
        let asked = &self.questionnaire.questions[question];
        let answer = |answer: Option<&Answer>| match answer {
            Some(answer) => self.words.answer(answer, asked),
            None => "no answer".to_owned(),
        };
        let (old, new) = (answer(self.interview.sheet().get(question)), answer(new));
        self.say("This change makes the result less urgent.");
        self.say(format!("The result until now: {from}"));
        self.say(format!("The result with the change: {to}"));
        self.say(self.words.line(&asked.ask));
        self.say(format!("Your answer until now: {old}"));
        self.say(format!("Your answer with the change: {new}"));
        self.ways_on();
    }

    /// What to do comes first, whatever else there is to say.
    fn alert(&mut self, level: LevelIndex, question: QuestionIndex) {
        let report = self.report();
        let title = self.words.line(&self.questionnaire.levels[level].title);
        self.say(sentence(&title.to_uppercase()));
        self.say(&report.act);
        if let Some(who) = &report.who {
            self.say(who);
        }
        for reason in report.reasons.iter().filter(|reason| reason.level == level) {
            self.say(format!("Why: {}", reason.words));
        }
        self.say(format!("Say on the phone: {}", report.say));
        self.echo(question);
        self.ways_on();
    }

    pub fn why(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire.questions[index];
        self.say(format!("Why we ask: {}", self.words.line(&question.ask)));
        match &question.why {
            Some(why) => self.body(&self.words.body(why)),
            None => self.say("It helps whoever looks after you to understand the rest."),
        }
        if !question.sources.is_empty() {
            self.say("This rests on:");
        }
        for &source in &question.sources {
            self.say(clean_line(&self.questionnaire.sources[source].cited()));
        }
        self.ways_on();
    }

    pub fn help(&mut self) {
        self.ways_on();
        self.commands();
    }

    /// All answers so far, each with the number that its question had.
    pub fn answers(&mut self) {
        self.say("Your answers so far:");
        for question in self.interview.asked() {
            let answer = self.asked_and_answered(question, self.interview.sheet().get(question));
            self.say(format!("{}  {answer}", self.interview.number(question)));
        }
        self.ways_on();
    }

    fn asked_and_answered(&self, index: QuestionIndex, answer: Option<&Answer>) -> String {
        let question = &self.questionnaire.questions[index];
        let ask = self.words.line(&question.ask);
        let answer = match answer {
            Some(answer) => self.words.answer(answer, question),
            None if question.kind == Kind::Note => "A page to read".to_owned(),
            None => "Left out".to_owned(),
        };
        joined(&ask, &answer)
    }

    pub fn asks_to_leave(&mut self) {
        self.say("Leave now? Your answers are not kept.");
        self.say("Type yes to leave, or no to stay.");
    }

    /// A text of several paragraphs.
    pub fn body(&mut self, text: &str) {
        for block in blocks(text) {
            match block {
                Block::Paragraph(words) | Block::Item(words) => self.say(words),
            }
        }
    }
}

/// A question and its answer on one line.
pub fn joined(ask: &str, answer: &str) -> String {
    if ask.ends_with(['?', '.', ':']) { format!("{ask} {answer}") } else { format!("{ask}: {answer}") }
}

/// With a full stop, so that a voice stops there.
pub fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?', ':']) { words.to_owned() } else { format!("{words}.") }
}
