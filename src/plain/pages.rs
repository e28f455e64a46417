//! What is said at each stage, line by line. One line is one paragraph: whoever shows it breaks it.

use super::Shell;
use super::command::Command;
use super::typed::numbered;
use super::words::{how, how_to_answer};
use crate::answers::Answer;
use crate::interview::Stage;
use crate::interview::rows::Row;
use crate::outlook::Progress;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use crate::report::joined;
use crate::report::spoken::sentence;
use crate::text::{Block, blocks, clean_line};
use crate::words::{Language, capitalised};

impl Shell<'_, '_> {
    /// What this is, before the first question.
    pub fn welcome(&mut self) {
        let welcome = &self.questionnaire.welcome;
        self.say(self.texts.line(&self.questionnaire.title));
        self.last_time();
        let others = self.interview.languages().filter(|tag| *tag != self.questionnaire.language);
        for language in others.filter_map(Language::of) {
            self.say(language.words().plain.in_this_language);
        }
        self.say("");
        if let Some(stop) = &welcome.stop {
            self.say(self.texts.words.asking.stop_here);
            self.body(&self.texts.body(stop));
            self.say("");
        }
        self.body(&self.texts.body(&welcome.about));
        self.say("");
        if !self.questionnaire.offers.is_empty() {
            for offer in &self.questionnaire.offers {
                self.say(self.words().offered(&self.texts.line(&offer.label), &offer.questionnaire));
            }
            self.say("");
        }
        if let Stage::Asking(first) = *self.interview.stage() {
            let progress = Progress::of(self.interview, first);
            match self.interview.begins_again() {
                true => self.say(self.texts.words.again.how_many(self.interview.count_open())),
                false => self.say(match (progress.fewest, progress.most) {
                    (fewest, most) if fewest == most => self.words().all_questions(most),
                    (fewest, most) => self.words().some_questions(fewest, most),
                }),
            }
        }
        for point in &welcome.points {
            self.say(self.texts.line(point));
        }
        let for_clinician = self.interview.audience() == Audience::Clinician;
        for words in self.texts.words.asking.what_becomes(for_clinician, self.destinations) {
            self.say(words);
        }
        self.say(self.texts.words.signed(&self.texts.line(&self.questionnaire.sign_off)));
        self.say("");
        self.commands();
    }

    fn commands(&mut self) {
        let words = self.words();
        self.say(words.besides_answers);
        let has_others = self.interview.other_language().is_some();
        let for_clinicians = self.interview.audience() == Audience::Clinician;
        let works = |command: &Command| match command {
            Command::Language => has_others,
            Command::Finish => for_clinicians,
            _ => true,
        };
        for command in Command::ALL.into_iter().filter(works) {
            let (word, does) = command.words(&words.commands);
            self.say(format!("{word}: {does}."));
        }
        self.say(words.words_as_answers);
    }

    /// Says where the person is and what can be typed there.
    pub fn show(&mut self) {
        self.say("");
        match self.interview.stage().clone() {
            Stage::Asking(question) | Stage::Settling { question, .. } => self.question(question),
            Stage::OfferSettling => self.offer_settling(),
            Stage::SettingAside { loses, .. } => self.setting_aside(&loses),
            Stage::Lowering { question, answer, from, to } => {
                self.lowering(question, answer.as_ref(), from, to);
            }
            Stage::Alert { level, question } => self.alert(level, question),
            Stage::Review => {
                self.say(self.words().back_at_review);
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
        let words = self.words();
        match self.interview.stage() {
            Stage::Asking(question) | Stage::Settling { question, .. } => {
                self.say(how(&self.asked(*question), self.texts));
            }
            Stage::OfferSettling => self.say(self.texts.words.settling.at_offer),
            Stage::SettingAside { .. } => self.say(words.at_setting_aside),
            Stage::Lowering { .. } => self.say(words.at_lowering),
            Stage::Alert { .. } => self.say(words.at_alert),
            Stage::Review => self.say(words.at_review),
            Stage::Summary if self.interview.is_finished() => self.say(words.at_summary),
            Stage::Summary => self.say(words.at_unfinished_summary),
        }
    }

    fn question(&mut self, index: QuestionIndex) {
        let question = &*self.asked(index);
        self.heading(index);
        // The answers of a page with rows are said once.
        let rows = self.interview.rows();
        let before = rows.iter().take_while(|row| **row < index).last().copied();
        let is_said = before.is_some() && before == self.just_asked;
        self.just_asked = Some(index);
        if rows.len() > 1 && before.is_none() {
            self.say(self.words().rows_follow(rows.len()));
        }
        self.say(self.texts.line(&question.ask));
        if let Some(hint) = &question.hint {
            self.say(self.texts.line(hint));
        }
        let numbered = numbered(question, &self.texts.words.answers);
        if is_said {
            let keys: Vec<String> = numbered.iter().map(|(key, _)| key.to_string()).collect();
            self.say(self.words().same_answers(&keys.join(", ")));
        }
        for (key, row) in numbered.into_iter().filter(|_| !is_said) {
            let words = match row {
                Row::Unsure => self.texts.words.answers.unsure.to_owned(),
                Row::Option(option) => {
                    let option = &question.options[option];
                    let label = self.texts.line(&option.label);
                    match &option.hint {
                        Some(hint) => format!("{} {}", sentence(&label), self.texts.line(hint)),
                        None => label,
                    }
                }
            };
            self.say(format!("{key}  {words}"));
        }
        for (value, label) in question.labels() {
            self.say(self.words().value_means(*value, &sentence(&self.texts.line(label))));
        }
        if let Some(then) = self.interview.last_time(index).filter(|_| !self.interview.is_once_more()) {
            let then = self.texts.answer(then, question);
            self.say(self.texts.words.again.answer_then(&then));
        }
        let Some(answer) = self.interview.given() else {
            return self.say(how(question, self.texts));
        };
        let answer = self.texts.answer(&answer, question);
        let say = self.words();
        self.say(how_to_answer(question, self.texts));
        self.say(say.answer_until_now(&answer));
        self.say(if question.optional { say.keep_or_remove_it } else { say.keep_it });
    }

    /// Where the question stands.
    fn heading(&mut self, index: QuestionIndex) {
        let section = self.texts.line(&self.questionnaire.section_of(index).title);
        if self.interview.is_once_more() {
            let once_more = capitalised(self.texts.words.settling.once_more);
            return self.say(format!("{once_more}. {}", sentence(&section)));
        }
        let progress = Progress::of(self.interview, index);
        let of = match (progress.fewest, progress.most) {
            (fewest, most) if fewest == most => most.to_string(),
            (fewest, most) => self.words().range(fewest, most),
        };
        self.say(self.words().question(progress.position, &of, &sentence(&section)));
    }

    fn setting_aside(&mut self, loses: &[QuestionIndex]) {
        let asking = &self.texts.words.asking;
        self.say(format!("{}:", asking.no_longer_apply));
        for &lost in loses {
            self.say(self.asked_and_answered(lost, self.interview.sheet().get(lost)));
        }
        self.say(asking.set_aside);
        self.ways_on();
    }

    fn lowering(
        &mut self,
        question: QuestionIndex,
        new: Option<&Answer>,
        from: LevelIndex,
        to: Option<LevelIndex>,
    ) {
        let title = |level: LevelIndex| self.texts.line(&self.questionnaire.levels[level].title);
        let to = to.map_or_else(|| self.texts.words.asking.no_result.to_owned(), title);
        let from = title(from);
        let asked = &self.questionnaire.questions[question];
        let answer = |answer: Option<&Answer>| match answer {
            Some(answer) => self.texts.answer(answer, asked),
            None => self.texts.words.answers.none.to_owned(),
        };
        let (old, new) = (answer(self.interview.sheet().get(question)), answer(new));
        let words = self.words();
        self.say(format!("{}.", self.texts.words.asking.less_urgent));
        self.say(words.result_until_now(&from));
        self.say(words.result_with_change(&to));
        self.say(self.texts.line(&asked.ask));
        self.say(words.answer_until_now(&old));
        self.say(words.answer_with_change(&new));
        self.ways_on();
    }

    /// What to do comes first, whatever else there is to say.
    fn alert(&mut self, level: LevelIndex, question: QuestionIndex) {
        let report = self.report();
        let title = self.texts.line(&self.questionnaire.levels[level].title);
        self.say(sentence(&title.to_uppercase()));
        self.say(&report.act);
        if let Some(who) = &report.who {
            self.say(who);
        }
        for reason in report.reasons.iter().filter(|reason| reason.level == level) {
            self.say(format!("{}: {}", self.texts.words.report.headings.why, reason.words));
        }
        self.say(format!("{}:", self.texts.words.asking.say_on_the_phone));
        report.say.iter().for_each(|sentence| self.say(sentence));
        self.echo(question);
        self.ways_on();
    }

    pub fn why(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire.questions[index];
        self.say(format!("{}: {}", self.texts.words.asking.why_we_ask, self.texts.line(&question.ask)));
        match &question.why {
            Some(why) => self.body(&self.texts.body(why)),
            None => self.say(self.texts.words.asking.no_reason),
        }
        if !question.sources.is_empty() {
            self.say(format!("{}:", self.texts.words.asking.rests_on));
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
        self.say(format!("{}:", self.texts.words.asking.answers_so_far));
        for question in self.interview.asked() {
            let mut answer = self.asked_and_answered(question, self.interview.sheet().get(question));
            if self.interview.encounter().is_carried(question) {
                answer = format!("{answer} ({})", self.texts.words.again.as_last_time);
            }
            self.say(format!("{}  {answer}", self.interview.number(question)));
        }
        self.ways_on();
    }

    fn asked_and_answered(&self, index: QuestionIndex, answer: Option<&Answer>) -> String {
        let question = &self.questionnaire.questions[index];
        let ask = self.texts.line(&question.ask);
        let answer = match answer {
            Some(answer) => self.texts.answer(answer, question),
            None if !question.takes_answer() => self.texts.words.asking.page_to_read.to_owned(),
            None => self.words().in_list_left_out.to_owned(),
        };
        joined(&ask, &answer)
    }

    pub fn asks_to_leave(&mut self) {
        match self.destinations.any() {
            Some(file) => self.say(self.words().leave_saved(file)),
            None => self.say(self.words().leave),
        }
        self.say(self.words().leave_or_stay);
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
