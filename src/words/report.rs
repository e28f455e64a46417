//! What a report says around the words of the questionnaire.

#[derive(Debug)]
pub struct Report {
    pub headings: Headings,
    pub handover: Handover,

    /// Above the result in a form that works it out while it is filled in.
    pub form_result: &'static str,

    // What decided the result, and what would change it.
    pub nothing_decided: &'static str,
    pub these_decided: &'static str,
    /// Said instead where fewer answers may be enough.
    pub a_few_decided: &'static str,
    /// Other answers in quotes, of which one is enough; the title of the level; further questions would follow.
    pub would_be: fn(&[String], &str, bool) -> String,
    /// Before the ids of so many rules.
    pub rules: fn(usize) -> &'static str,

    // Until when, whom to call, and when that answers. Times are such as `8:00`.
    /// Before the end of a day, or before an hour of it.
    pub until: fn(&str, Option<&str>) -> String,
    /// Whose number to call, whether at once, and until when it answers, in words.
    pub call: fn(&str, bool, Option<&str>) -> String,
    pub open_until: fn(&str) -> String,
    /// When somebody opens, as a sentence.
    pub opens: fn(&str, Opening, &str) -> String,
    /// Whose number to call instead, after that sentence; and that there is none to call before.
    pub now_call: fn(&str) -> String,
    pub call_then: &'static str,
    /// So many signs of a list that there is no room for.
    pub and_more: fn(usize) -> String,

    // On leaving: where the whole report is, or that it is nowhere.
    pub whole_report: fn(&str) -> String,
    pub not_kept: &'static str,

    // Where it is not finished: about how many questions are left, in one line; and what is certain all the same.
    pub not_finished_yet: fn(usize) -> String,
    pub certain_so_far: fn(&str) -> String,
    // For clinicians: at least this level, could be that one.
    pub at_least: fn(&str) -> String,
    pub at_least_could_be: fn(&str, &str) -> String,
    pub could_be: fn(&str) -> String,
    pub no_result: &'static str,
    pub go_on: &'static str,

    // Named in a row, and what is not finished.
    pub how_soon: &'static str,
    pub whom_to_contact: &'static str,
    /// How many questions have no answer, and whether that could make it more urgent.
    pub not_finished: fn(usize, bool) -> String,
    /// Not finished, and nothing could change the level any more: how many questions have no answer.
    pub stopped_early: fn(usize) -> String,
    /// Of an early stop: how many questions for red flags were not asked, and the page or heading that lists them.
    pub flags_not_asked: fn(usize, &str) -> String,

    // What is not certain.
    pub answered_unsure: fn(&str) -> String,
    /// What an answer "not sure" could mean.
    pub could_mean: fn(&str) -> String,
    /// The reason, where answers "not sure" made it as urgent as it is.
    pub because_unsure: &'static str,
    /// And what a clinician reads instead.
    pub because_unsure_clinician: &'static str,
    /// Before a list of findings that are absent.
    pub none_of: &'static str,

    /// What the person says on the phone of the result: the title of the level, and how soon.
    pub say_result: fn(&str, Option<&str>) -> String,
    /// And of a question that they are not sure about, in quotes.
    pub say_unsure: fn(&str) -> String,

    // Changed answers: the title of the level before; the question, the old and the new answer.
    pub answer_changed: fn(&str) -> String,
    pub changed_from_to: fn(&str, &str, &str, &str) -> String,

    // A table of answers, and a question by its number.
    pub number: &'static str,
    pub question: &'static str,
    pub answer: &'static str,
    pub question_number: fn(usize, &str) -> String,

    // Where the report comes from.
    pub made: &'static str,
    /// The day of the answers, where the report was made later.
    pub answered_on: &'static str,
    pub answered_by: &'static str,
    pub site: &'static str,
    pub in_words_for: &'static str,
    pub patient: &'static str,
    pub clinician: &'static str,
    pub state: &'static str,
    pub state_not_finished: &'static str,
    pub program: &'static str,
    pub questionnaire: &'static str,
}

/// The day on which somebody can be called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    Today,
    Tomorrow,
    /// Its weekday.
    On(&'static str),
}

/// Headings, without a colon.
#[derive(Debug)]
pub struct Headings {
    pub result: &'static str,
    pub why: &'static str,
    /// Before the reasons beside those.
    pub also: &'static str,
    pub not_certain: &'static str,
    pub what_to_do: &'static str,
    pub decided: &'static str,
    pub would_be: &'static str,
    pub on_the_phone: &'static str,
    pub check_again: &'static str,
    pub changed_answers: &'static str,
    pub all_answers: &'static str,
    pub about_check: &'static str,
    pub sources: &'static str,
    pub about_report: &'static str,
    // For clinicians.
    pub handover: &'static str,
    pub rules: &'static str,
    pub absent: &'static str,
    /// Screens for red flags without an answer.
    pub not_asked: &'static str,
    pub to_consider: &'static str,
    pub for_the_person: &'static str,
}

/// The handover by SBAR.
#[derive(Debug)]
pub struct Handover {
    /// Before what the person is found by in the record.
    pub reference: &'static str,
    /// Before answers of somebody else that were changed.
    pub corrected: &'static str,
    // Behind an answer: where it comes from, and before a note.
    pub observed: &'static str,
    pub from_record: &'static str,
    pub note: &'static str,
    /// The title of the questionnaire.
    pub title: fn(&str) -> String,
    pub situation: &'static str,
    pub background: &'static str,
    pub assessment: &'static str,
    pub recommendation: &'static str,

    /// How many questions have no answer.
    pub not_finished: fn(usize) -> String,
    /// The same, where none of them could change the level.
    pub stopped_early: fn(usize) -> String,
    /// A question, and what an open answer to it could mean.
    pub could_mean: fn(&str, &str) -> String,
    pub contact: fn(&str) -> String,

    // What begins a list.
    /// Who it is, and what the person came with.
    pub presenting: &'static str,
    pub findings: &'static str,
    pub advise: &'static str,
    pub consider: &'static str,
    pub unsure: &'static str,
    pub lowered: &'static str,
    pub because: &'static str,
    // Where there is none.
    pub no_findings: &'static str,
    /// Of a part of a handover that has nothing in it.
    pub nothing: &'static str,
    /// Rules beside those.
    pub others: &'static str,
    pub absent: &'static str,
    /// Before a list of answers that are no findings.
    pub other_answers: &'static str,

    // A red flag that is absent.
    pub none: &'static str,
    /// These, in a row.
    pub none_of: fn(&str) -> String,
}
