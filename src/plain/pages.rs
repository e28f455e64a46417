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
        self.say(self.words.line(&self.questionnaire.title));
        self.last_time();
        let others = self.interview.languages().filter(|tag| *tag != self.questionnaire.language);
        for language in others.filter_map(Language::of) {
            self.say(language.words().plain.in_this_language);
        }
        self.say("");
        if let Some(stop) = &welcome.stop {
            self.say(self.words.own.asking.stop_here);
            self.body(&self.words.body(stop));
            self.say("");
        }
        self.body(&self.words.body(&welcome.about));
        self.say("");
        if !self.questionnaire.offers.is_empty() {
            for offer in &self.questionnaire.offers {
                self.say((self.own().offered)(&self.words.line(&offer.label), &offer.questionnaire));
            }
            self.say("");
        }
        if let Stage::Asking(first) = *self.interview.stage() {
            let progress = Progress::of(self.interview, first);
            match self.interview.begins_again() {
                true => self.say((self.words.own.again.how_many)(self.interview.count_open())),
                false => self.say(match (progress.fewest, progress.most) {
                    (fewest, most) if fewest == most => (self.own().all_questions)(most),
                    (fewest, most) => (self.own().some_questions)(fewest, most),
                }),
            }
        }
        for point in &welcome.points {
            self.say(self.words.line(point));
        }
        self.say(self.words.line(&self.questionnaire.sign_off));
        self.say("");
        self.commands();
    }

    fn commands(&mut self) {
        let own = self.own();
        self.say(own.besides_answers);
        let has_others = self.interview.other_language().is_some();
        let for_clinicians = self.interview.audience() == Audience::Clinician;
        let works = |command: &Command| match command {
            Command::Language => has_others,
            Command::Finish => for_clinicians,
            _ => true,
        };
        for command in Command::ALL.into_iter().filter(works) {
            let (word, does) = command.words(&own.commands);
            self.say(format!("{word}: {does}."));
        }
        self.say(own.words_as_answers);
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
                self.say(self.own().back_at_review);
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
        let own = self.own();
        match self.interview.stage() {
            Stage::Asking(question) | Stage::Settling { question, .. } => {
                self.say(how(&self.asked(*question), self.words));
            }
            Stage::OfferSettling => self.say(self.words.own.settling.at_offer),
            Stage::SettingAside { .. } => self.say(own.at_setting_aside),
            Stage::Lowering { .. } => self.say(own.at_lowering),
            Stage::Alert { .. } => self.say(own.at_alert),
            Stage::Review => self.say(own.at_review),
            Stage::Summary if self.interview.is_finished() => self.say(own.at_summary),
            Stage::Summary => self.say(own.at_unfinished_summary),
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
            self.say((self.own().rows_follow)(rows.len()));
        }
        self.say(self.words.line(&question.ask));
        if let Some(hint) = &question.hint {
            self.say(self.words.line(hint));
        }
        let numbered = numbered(question, &self.words.own.answers);
        if is_said {
            let keys: Vec<String> = numbered.iter().map(|(key, _)| key.to_string()).collect();
            self.say((self.own().same_answers)(&keys.join(", ")));
        }
        for (key, row) in numbered.into_iter().filter(|_| !is_said) {
            let words = match row {
                Row::Unsure => self.words.own.answers.unsure.to_owned(),
                Row::Option(option) => {
                    let option = &question.options[option];
                    let label = self.words.line(&option.label);
                    match &option.hint {
                        Some(hint) => format!("{} {}", sentence(&label), self.words.line(hint)),
                        None => label,
                    }
                }
            };
            self.say(format!("{key}  {words}"));
        }
        for (value, label) in question.labels() {
            self.say((self.own().value_means)(*value, &sentence(&self.words.line(label))));
        }
        if let Some(then) = self.interview.last_time(index).filter(|_| !self.interview.is_once_more()) {
            let then = self.words.answer(then, question);
            self.say((self.words.own.again.answer_then)(&then));
        }
        let Some(answer) = self.interview.given() else {
            return self.say(how(question, self.words));
        };
        let answer = self.words.answer(&answer, question);
        let own = self.own();
        self.say(how_to_answer(question, self.words));
        self.say((own.answer_until_now)(&answer));
        self.say(if question.optional { own.keep_or_remove_it } else { own.keep_it });
    }

    /// Where the question stands.
    fn heading(&mut self, index: QuestionIndex) {
        let section = self.words.line(&self.questionnaire.section_of(index).title);
        if self.interview.is_once_more() {
            let once_more = capitalised(self.words.own.settling.once_more);
            return self.say(format!("{once_more}. {}", sentence(&section)));
        }
        let progress = Progress::of(self.interview, index);
        let of = match (progress.fewest, progress.most) {
            (fewest, most) if fewest == most => most.to_string(),
            (fewest, most) => (self.own().range)(fewest, most),
        };
        self.say((self.own().question)(progress.position, &of, &sentence(&section)));
    }

    fn setting_aside(&mut self, loses: &[QuestionIndex]) {
        let asking = &self.words.own.asking;
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
        let title = |level: LevelIndex| self.words.line(&self.questionnaire.levels[level].title);
        let to = to.map_or_else(|| self.words.own.asking.no_result.to_owned(), title);
        let from = title(from);
        let asked = &self.questionnaire.questions[question];
        let answer = |answer: Option<&Answer>| match answer {
            Some(answer) => self.words.answer(answer, asked),
            None => self.words.own.answers.none.to_owned(),
        };
        let (old, new) = (answer(self.interview.sheet().get(question)), answer(new));
        let own = self.own();
        self.say(format!("{}.", self.words.own.asking.less_urgent));
        self.say((own.result_until_now)(&from));
        self.say((own.result_with_change)(&to));
        self.say(self.words.line(&asked.ask));
        self.say((own.answer_until_now)(&old));
        self.say((own.answer_with_change)(&new));
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
            self.say(format!("{}: {}", self.words.own.report.headings.why, reason.words));
        }
        self.say(format!("{}:", self.words.own.asking.say_on_the_phone));
        report.say.iter().for_each(|sentence| self.say(sentence));
        self.echo(question);
        self.ways_on();
    }

    pub fn why(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire.questions[index];
        self.say(format!("{}: {}", self.words.own.asking.why_we_ask, self.words.line(&question.ask)));
        match &question.why {
            Some(why) => self.body(&self.words.body(why)),
            None => self.say(self.words.own.asking.no_reason),
        }
        if !question.sources.is_empty() {
            self.say(format!("{}:", self.words.own.asking.rests_on));
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
        self.say(format!("{}:", self.words.own.asking.answers_so_far));
        for question in self.interview.asked() {
            let mut answer = self.asked_and_answered(question, self.interview.sheet().get(question));
            if self.interview.encounter().is_carried(question) {
                answer = format!("{answer} ({})", self.words.own.again.as_last_time);
            }
            self.say(format!("{}  {answer}", self.interview.number(question)));
        }
        self.ways_on();
    }

    fn asked_and_answered(&self, index: QuestionIndex, answer: Option<&Answer>) -> String {
        let question = &self.questionnaire.questions[index];
        let ask = self.words.line(&question.ask);
        let answer = match answer {
            Some(answer) => self.words.answer(answer, question),
            None if !question.takes_answer() => self.words.own.asking.page_to_read.to_owned(),
            None => self.own().in_list_left_out.to_owned(),
        };
        joined(&ask, &answer)
    }

    pub fn asks_to_leave(&mut self) {
        self.say(self.own().leave);
        self.say(self.own().leave_or_stay);
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
