//! What a report says around the words of the questionnaire.

table! {
    pub struct Report {
        table headings: Headings;
        table handover: Handover;

        /// Above the result in a form that works it out while it is filled in.
        text form_result;

        // What decided the result, and what would change it.
        text nothing_decided;
        text these_decided;
        /// Said instead where fewer answers may be enough.
        text a_few_decided;
        /// Other answers in quotes, of which one is enough; the title of the level; further questions would follow.
        line would_be_exactly(answers: &str, level: &str);
        /// Where further questions would follow.
        line would_be_at_least(answers: &str, level: &str);
        /// The ids of so many rules in a row.
        counted rules(count: usize, ids: &str);

        // Until when, whom to call, and when that answers. Times are such as `8:00`.
        /// Before the end of a day, or before an hour of it.
        line until_day(day: &str);
        /// Before an hour of a day; the hour as `at_hour` says it.
        line until_hour(day: &str, hour: &str);
        /// An hour of the clock within a sentence: its number, and such as `8:00`.
        counted at_hour(number: usize, hour: &str);
        /// Whose number to call, whether at once, and until when it answers, in words.
        line call_whom(name: &str);
        line call_until(name: &str, until: &str);
        line call_now(name: &str);
        line call_now_until(name: &str, until: &str);
        line open_till(hour: &str);
        /// When somebody opens, as a sentence.
        line opens_today(name: &str, hour: &str);
        line opens_tomorrow(name: &str, hour: &str);
        line opens_on(name: &str, day: &str, hour: &str);
        /// Whose number to call instead, after that sentence; and that there is none to call before.
        line now_call(name: &str);
        text call_then;
        /// So many signs of a list that there is no room for.
        counted and_more(signs: usize);

        // On leaving: where the whole report is, or that it is nowhere.
        line whole_report(path: &str);
        text not_kept;

        // Where it is not finished: about how many questions are left, in one line; and what is certain all the same.
        counted not_finished_yet(open: usize);
        line certain_so_far(level: &str);
        // For clinicians: at least this level, could be that one.
        line at_least(certain: &str);
        line at_least_could_be(certain: &str, possible: &str);
        line could_be(possible: &str);
        text no_result;
        text go_on;

        // Named in a row, and what is not finished.
        text how_soon;
        text whom_to_contact;
        /// How many questions have no answer, and whether that could make it more urgent.
        counted unfinished(open: usize);
        /// Follows, where one of so many answers could make it more urgent.
        counted may_be_more_urgent(open: usize);
        /// Not finished, and nothing could change the level any more: how many questions have no answer.
        counted stopped_early(open: usize);
        /// Of an early stop: how many questions for red flags were not asked, and the page or heading that lists them.
        counted flags_not_asked(questions: usize, place: &str);

        // What is not certain.
        line answered_unsure(unsure: &str);
        /// What an answer "not sure" could mean.
        line could_mean(meaning: &str);
        /// The reason, where answers "not sure" made it as urgent as it is.
        text because_unsure;
        /// And what a clinician reads instead.
        text because_unsure_clinician;
        /// Before a list of findings that are absent.
        text none_of;

        /// What the person says on the phone of the result: the title of the level, and how soon.
        line say_level(level: &str);
        line say_level_within(level: &str, within: &str);
        /// And of a question that they are not sure about, in quotes.
        line say_unsure(question: &str);

        // Changed answers: the title of the level before; the question, the old and the new answer.
        line answer_changed(level: &str);
        line changed_from_to(question: &str, old: &str, new: &str, level: &str);

        // A table of answers, and a question by its number.
        text number;
        text question;
        text answer;
        line question_number(number: usize, question: &str);

        // Where the report comes from.
        text made;
        /// The day of the answers, where the report was made later.
        text answered_on;
        text answered_by;
        text site;
        text in_words_for;
        text patient;
        text clinician;
        text state;
        text state_not_finished;
        text program;
        text questionnaire;
    }
}

/// The day on which somebody can be called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Today,
    Tomorrow,
    /// Its weekday.
    On(&'static str),
}

table! {
    /// Headings, without a colon.
    pub struct Headings {
        text result;
        text why;
        /// Before the reasons beside those.
        text also;
        text not_certain;
        text what_to_do;
        text what_else_to_do;
        text decided;
        text would_be;
        text on_the_phone;
        text check_again;
        text changed_answers;
        text all_answers;
        text about_check;
        text sources;
        text about_report;
        // For clinicians.
        text handover;
        text rules;
        text absent;
        /// Screens for red flags without an answer.
        text not_asked;
        text to_consider;
        text for_the_person;
    }
}

table! {
    /// The handover by SBAR.
    pub struct Handover {
        /// Before what the person is found by in the record.
        text reference;
        /// Before answers of somebody else that were changed.
        text corrected;
        // Behind an answer: where it comes from, and before a note.
        text observed;
        text from_record;
        text note;
        /// The title of the questionnaire.
        line title(title: &str);
        text situation;
        text background;
        text assessment;
        text recommendation;

        /// How many questions have no answer.
        line not_finished(open: usize);
        /// The same, where none of them could change the level.
        line stopped_early(open: usize);
        /// A question, and what an open answer to it could mean.
        line could_mean(question: &str, meaning: &str);
        line contact(who: &str);

        // What begins a list.
        /// Who it is, and what the person came with.
        text presenting;
        text findings;
        text advise;
        text consider;
        text unsure;
        text lowered;
        text because;
        // Where there is none.
        text no_findings;
        /// Of a part of a handover that has nothing in it.
        text nothing;
        /// Rules beside those.
        text others;
        text absent;
        /// Before a list of answers that are no findings.
        text other_answers;

        // A red flag that is absent.
        text none;
        /// These, in a row.
        line none_of(findings: &str);
    }
}

// Times are such as `8:00`.
impl Report {
    /// Answers in quotes of which one is enough, the title of the level, and whether further questions would follow.
    pub fn would_be(&self, answers: &str, level: &str, at_least: bool) -> String {
        match at_least {
            true => self.would_be_at_least(answers, level),
            false => self.would_be_exactly(answers, level),
        }
    }

    /// Before the end of a day, or before an hour of it.
    pub fn until(&self, day: &str, hour: Option<&str>) -> String {
        match hour {
            Some(hour) => self.until_hour(day, &self.hour(hour)),
            None => self.until_day(day),
        }
    }

    /// Whose number to call, whether at once, and until when it answers, in words.
    pub fn call(&self, name: &str, at_once: bool, until: Option<&str>) -> String {
        match (at_once, until) {
            (true, Some(until)) => self.call_now_until(name, until),
            (true, None) => self.call_now(name),
            (false, Some(until)) => self.call_until(name, until),
            (false, None) => self.call_whom(name),
        }
    }

    pub fn open_until(&self, hour: &str) -> String {
        self.open_till(&self.hour(hour))
    }

    /// When somebody opens, as a sentence.
    pub fn opens(&self, name: &str, day: Opening, hour: &str) -> String {
        let hour = &self.hour(hour);
        match day {
            Opening::Today => self.opens_today(name, hour),
            Opening::Tomorrow => self.opens_tomorrow(name, hour),
            Opening::On(day) => self.opens_on(name, day, hour),
        }
    }

    /// How many questions have no answer, and whether that could make it more urgent.
    pub fn not_finished(&self, open: usize, could_be: bool) -> String {
        let unfinished = self.unfinished(open);
        if could_be { format!("{unfinished} {}", self.may_be_more_urgent(open)) } else { unfinished }
    }

    /// What the person says on the phone of the result: the title of the level, and how soon.
    pub fn say_result(&self, level: &str, within: Option<&str>) -> String {
        match within {
            Some(within) => self.say_level_within(level, within),
            None => self.say_level(level),
        }
    }

    /// An hour of the clock within a sentence, with the article that its number takes in some languages.
    fn hour(&self, hour: &str) -> String {
        let number = hour.split(':').next().and_then(|number| number.parse().ok());
        self.at_hour(number.unwrap_or_default(), hour)
    }
}
