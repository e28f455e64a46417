//! What the full screen says.

#[derive(Debug)]
pub struct Screen {
    pub dialogs: Dialogs,
    pub summary: Summary,

    // Around the page.
    /// Columns and lines that there are, and that are needed.
    pub too_small: fn([u16; 4]) -> String,
    /// The number of the question, and how many there are.
    pub position: fn(usize, &str) -> String,
    /// The numbers of the first and the last row, and how many questions there are.
    pub positions: fn(usize, usize, &str) -> String,
    /// The number of a question whose answer is being changed.
    pub editing: fn(usize) -> String,
    pub your_answers: &'static str,
    /// More lines above, and below; neither both 0.
    pub more_lines: fn(usize, usize) -> String,
    /// More entries of a list.
    pub more_entries: fn(usize, usize) -> String,

    // The welcome page and the help.
    /// How many questions there are; or the fewest and the most.
    pub all_questions: fn(usize) -> String,
    pub some_questions: fn(usize, usize) -> String,
    /// Whom another questionnaire is for, and the key that starts it.
    pub offered: fn(&str, usize) -> String,
    pub how_to_answer: &'static str,
    pub keys_here: &'static str,
    pub keys_all: &'static str,

    // After a key that changes how everything is shown: how it is now, and how to get back.
    pub large: &'static str,
    pub not_large: &'static str,

    // A question.
    pub tick_all: &'static str,
    pub one_in_each_row: &'static str,
    pub leave_out: &'static str,
    /// In a line to type into that is empty.
    pub nothing_typed: &'static str,
    /// At a text where not being sure is an answer.
    pub or_not_sure: &'static str,
    pub from_to: fn(&str, &str) -> String,
    /// An example of a number, to follow a sentence without its full stop.
    pub for_example: fn(&str) -> String,
    /// On a scale, with its ends.
    pub nothing_chosen_yet: fn(i32, i32) -> String,
    /// On a scale.
    pub chosen: fn(&str) -> String,
    /// A value, and the ends of its scale.
    pub chosen_of: fn(i32, i32, i32) -> String,
    /// The letters of the person's right and left, one each.
    pub right: &'static str,
    pub left: &'static str,
    pub front: &'static str,
    pub back: &'static str,

    // Why an answer is not taken.
    pub nothing_chosen: &'static str,
    pub nothing_in_row: &'static str,
    pub nothing_ticked: &'static str,
    /// From and to.
    pub nothing_on_scale: fn(i32, i32) -> String,
    pub scale_goes: fn(i32, i32) -> String,
    /// No answer has this key.
    pub no_such_key: fn(char) -> String,
    /// In a line for a number.
    pub digits_only: &'static str,
    /// Keys came before anybody could see where they went; and after a pause, when they count again.
    pub keys_lost: &'static str,
    pub keys_taken_again: &'static str,
    /// The value that a digit has set, and the one that it would have made with the digit before.
    pub digits_apart: fn(i32, i32) -> String,
    /// How many ticks an answer that excludes them has taken away.
    pub ticks_wiped: fn(usize) -> String,
    pub ticks_back: &'static str,
    pub nothing_to_undo: &'static str,
    pub first_question: &'static str,

    // The list of answers.
    pub open_one: &'static str,
    pub open_one_or_back: &'static str,
}

/// What asks for a decision.
#[derive(Debug)]
pub struct Dialogs {
    // Setting answers aside.
    pub set_aside: &'static str,
    pub keep_earlier: &'static str,

    // Making the result less urgent.
    pub until_now: fn(&str) -> String,
    pub with_change: fn(&str) -> String,
    pub before: &'static str,
    pub now: &'static str,
    pub new_is_right: &'static str,

    // An alert; the short ones for small screens.
    pub hold_on: &'static str,
    pub understood: &'static str,
    pub understood_short: &'static str,
    pub go_on: &'static str,
    pub go_on_short: &'static str,
    /// The answer that raised it.
    pub you_answered: fn(&str) -> String,
    pub mistake: &'static str,
    pub mistake_short: &'static str,
    /// After Enter, which does nothing there.
    pub enter_at_alert: &'static str,

    // Leaving.
    pub leave_title: &'static str,
    pub stay: &'static str,
    pub show_result: &'static str,
    pub to_summary: &'static str,
    pub leave: &'static str,

    // Leaving a summary.
    pub finish_title: &'static str,
    pub save_it: &'static str,
    pub print_it: &'static str,
    pub finish_it: &'static str,

    // Saving.
    pub save_title: &'static str,
    pub file_name: &'static str,
    pub keep_private: &'static str,
    /// Before the name of a format; and those names.
    pub format: &'static str,
    pub as_text: &'static str,
    pub as_markdown: &'static str,
    pub as_html: &'static str,
    pub as_json: &'static str,
    /// Before for whom its words are; and who that can be.
    pub reader: &'static str,
    pub for_patient: &'static str,
    pub for_clinician: &'static str,
    pub needs_name: &'static str,
    pub file_exists: &'static str,
    pub not_saved: fn(&str) -> String,
}

/// The pages of the summary.
#[derive(Debug)]
pub struct Summary {
    // Their names; the short ones for narrow screens.
    pub result: &'static str,
    pub result_short: &'static str,
    pub say: &'static str,
    pub say_short: &'static str,
    pub answers: &'static str,
    pub answers_short: &'static str,
    pub clinician: &'static str,
    pub clinician_short: &'static str,
    pub learn: &'static str,
    pub learn_short: &'static str,

    // The result.
    pub not_finished: &'static str,
    pub rests_on: &'static str,

    /// There are no reasons to show.
    pub no_reasons: &'static str,

    // What to say.
    pub read_out: &'static str,
    /// The number of a sentence, and of how many; and the keys to the others.
    pub sentence_of: fn(usize, usize) -> String,

    pub pages: &'static str,

    // Copying.
    /// What the terminal was asked to copy: one of the three that follow.
    pub copied: fn(&str) -> String,
    pub the_result: &'static str,
    pub what_to_say: &'static str,
    pub the_handover: &'static str,
    pub too_long_to_copy: &'static str,
}
