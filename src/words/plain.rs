//! What is said and understood line by line.

/// Sentences with their full stop, one a line.
#[derive(Debug)]
pub struct Plain {
    pub commands: Commands,

    // The greeting.
    /// To somebody who is greeted in another language.
    pub in_this_language: &'static str,
    /// After a change of language.
    pub now_in_this_language: &'static str,
    pub all_questions: fn(usize) -> String,
    pub some_questions: fn(usize, usize) -> String,
    /// Whom another questionnaire is for, and the word that starts it.
    pub offered: fn(&str, &str) -> String,
    pub besides_answers: &'static str,
    pub words_as_answers: &'static str,

    // A question.
    /// Its number, of how many, in which section; the section ends its own sentence.
    pub question: fn(usize, &str, &str) -> String,
    /// From the first to the second.
    pub range: fn(usize, usize) -> String,
    /// How many questions with the same answers come now; and their keys, at each but the first.
    pub rows_follow: fn(usize) -> String,
    pub same_answers: fn(&str) -> String,
    /// A value of a scale, and what it means as a sentence.
    pub value_means: fn(i32, &str) -> String,
    pub answer_until_now: fn(&str) -> String,
    pub keep_it: &'static str,
    pub keep_or_remove_it: &'static str,

    // What can be typed at a question.
    pub type_a_number: &'static str,
    /// Where some answers have a letter.
    pub type_a_key: &'static str,
    pub type_yes_or_no: &'static str,
    pub type_yes_no_or_unsure: &'static str,
    /// Two numbers as an example.
    pub type_several: fn(&str) -> String,
    /// From, to and an example.
    pub type_between: fn(&str, &str, &str) -> String,
    /// From and to.
    pub type_on_scale: fn(&str, &str) -> String,
    pub type_text: &'static str,
    pub read_page: &'static str,
    pub or_unsure: &'static str,
    pub or_leave_out: &'static str,

    // Why a line was not taken.
    pub no_answer: fn(&str) -> String,
    pub one_only: &'static str,
    /// "No" was typed at a list; the key of "none of these".
    pub no_alone: fn(&str) -> String,
    /// "Yes" was typed where several answers begin with it.
    pub several_yes: &'static str,
    pub empty_is_no_answer: &'static str,
    /// The label that stands alone, its number, and an example of others.
    pub not_together: fn(&str, &str, &str) -> String,
    pub not_understood: fn(&str) -> String,
    /// After what was typed, where it was too long to repeat.
    pub and_so_on: &'static str,
    /// The longest line, in characters.
    pub line_too_long: fn(usize) -> String,
    pub line_not_text: &'static str,

    // What came of a line.
    pub your_answer: fn(&str) -> String,
    pub left_out: &'static str,
    pub nothing_to_keep: &'static str,
    pub nothing_to_remove: &'static str,
    pub first_question: &'static str,
    pub no_answers_yet: &'static str,
    pub nothing_changed: &'static str,

    // A change that makes the result less urgent.
    pub result_until_now: fn(&str) -> String,
    pub result_with_change: fn(&str) -> String,
    pub answer_with_change: fn(&str) -> String,

    // In a list of answers, instead of one.
    pub in_list_left_out: &'static str,

    // What can be typed elsewhere.
    pub at_setting_aside: &'static str,
    pub at_lowering: &'static str,
    pub at_alert: &'static str,
    pub at_review: &'static str,
    pub back_at_review: &'static str,
    pub at_summary: &'static str,
    pub at_unfinished_summary: &'static str,
    pub more_clinician: &'static str,
    pub more_phone: &'static str,
    pub more_sources: &'static str,
    /// The number of a page, and its title.
    pub more_learn: fn(usize, &str) -> String,

    // What to say on the phone, a sentence at a time: its number, and of how many.
    pub sentence_of: fn(usize, usize) -> String,
    pub last_sentence: &'static str,

    // Saving.
    /// Names as examples: of a text, of a web page, of a text for a clinician.
    pub save_needs_name: fn([&str; 3]) -> String,
    pub file_exists: fn(&str) -> String,
    pub not_saved: fn(&str) -> String,

    // The end.
    pub leave: &'static str,
    pub leave_or_stay: &'static str,
    pub left: &'static str,
    pub input_ended: &'static str,
    pub finished: &'static str,
    /// And why the check ended.
    pub not_finished: fn(&str) -> String,
    pub result_so_far: &'static str,
}

/// The words that are commands. The English ones are understood in every language.
#[derive(Debug)]
pub struct Commands {
    /// Other words for them, in small letters and without accents.
    pub also_back: &'static [&'static str],
    pub also_why: &'static [&'static str],
    // Anywhere; each with what it does, without a full stop.
    pub back: (&'static str, &'static str),
    pub review: (&'static str, &'static str),
    pub why: (&'static str, &'static str),
    pub repeat: (&'static str, &'static str),
    pub keep: (&'static str, &'static str),
    pub remove: (&'static str, &'static str),
    pub help: (&'static str, &'static str),
    pub quit: (&'static str, &'static str),
    pub language: (&'static str, &'static str),
    /// Only for clinicians.
    pub finish: (&'static str, &'static str),

    // Where they are offered.
    pub yes: &'static str,
    pub no: &'static str,
    pub go_on: &'static str,
    pub show: &'static str,
    pub change: &'static str,
    pub more: &'static str,
    /// What to say on the phone, a sentence at a time.
    pub phone: &'static str,
    pub sources: &'static str,
    pub clinician: &'static str,
    /// After `save`, before a name.
    pub patient: &'static str,
    pub save: &'static str,
    pub replace: &'static str,
    pub learn: &'static str,
}
