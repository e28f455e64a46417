//! What the full screen says.

table! {
    pub struct Screen {
        table dialogs: Dialogs;
        table summary: Summary;

        // Around the page.
        /// Columns and lines that there are, and that are needed.
        line too_small(width: u16, height: u16, least_width: u16, least_height: u16);
        /// The number of the question, and how many there are.
        line position(number: usize, all: &str);
        /// The numbers of the first and the last row, and how many questions there are.
        line positions(first: usize, last: usize, all: &str);
        /// The number of a question whose answer is being changed.
        line editing(number: usize);
        text your_answers;
        /// More lines above, and below; neither both 0.
        counted lines_above(above: usize);
        counted lines_below(below: usize);
        line lines_around(above: usize, below: usize);
        /// More entries of a list.
        counted entries_above(above: usize);
        counted entries_below(below: usize);

        // The welcome page and the help.
        /// How many questions there are; or the fewest and the most.
        counted all_questions(all: usize);
        line some_questions(fewest: usize, most: usize);
        /// Whom another questionnaire is for, and the key that starts it.
        line offered(label: &str, key: usize);
        text how_to_answer;
        text keys_here;
        text keys_all;

        // After a key that changes how everything is shown: how it is now, and how to get back.
        text large;
        text not_large;

        // A question.
        text tick_all;
        text one_in_each_row;
        text leave_out;
        /// In a line to type into that is empty.
        text nothing_typed;
        /// At a text where not being sure is an answer.
        text or_not_sure;
        line from_to(min: &str, max: &str);
        /// An example of a number, to follow a sentence without its full stop.
        line for_example(number: &str);
        /// On a scale, with its ends.
        line nothing_chosen_yet(min: i32, max: i32);
        /// On a scale.
        line chosen(value: &str);
        /// A value, and the ends of its scale.
        line chosen_of(value: i32, min: i32, max: i32);
        /// The letters of the person's right and left, one each.
        text right;
        text left;
        text front;
        text back;

        // Why an answer is not taken.
        text nothing_chosen;
        text nothing_in_row;
        text nothing_ticked;
        /// From and to.
        line nothing_on_scale(min: i32, max: i32);
        line scale_goes(min: i32, max: i32);
        /// No answer has this key.
        line no_such_key(key: char);
        /// In a line for a number.
        text digits_only;
        /// Keys came before anybody could see where they went; and after a pause, when they count again.
        text keys_lost;
        text keys_taken_again;
        /// The value that a digit has set, and the one that it would have made with the digit before.
        line digits_apart(value: i32, joined: i32);
        /// How many ticks an answer that excludes them has taken away.
        counted ticks_wiped(ticks: usize);
        text ticks_back;
        text nothing_to_undo;
        text first_question;

        // The list of answers.
        text open_one;
        text open_one_or_back;
    }
}

table! {
    /// What asks for a decision.
    pub struct Dialogs {
        // Setting answers aside.
        text set_aside;
        text keep_earlier;

        // Making the result less urgent.
        line until_now(level: &str);
        line with_change(level: &str);
        text before;
        text now;
        text new_is_right;

        // An alert; the short ones for small screens.
        text hold_on;
        text understood;
        text understood_short;
        text go_on;
        text go_on_short;
        /// The answer that raised it.
        line you_answered(answer: &str);
        text mistake;
        text mistake_short;
        /// After Enter, which does nothing there.
        text enter_at_alert;

        // Leaving.
        text leave_title;
        text stay;
        text show_result;
        text to_summary;
        text leave;
        /// Where the command line names a file for the answers.
        text leave_saved;

        // Leaving a summary.
        text finish_title;
        text save_it;
        text print_it;
        text finish_it;
        /// Where the command line names a file for the answers or the result.
        text finish_saved;

        // Saving.
        text save_title;
        text file_name;
        text keep_private;
        /// Before the name of a format; and those names.
        text format;
        text as_text;
        text as_markdown;
        text as_html;
        text as_json;
        /// Before for whom its words are; and who that can be.
        text reader;
        text for_patient;
        text for_clinician;
        text needs_name;
        text file_exists;
        line not_saved(why: &str);
    }
}

table! {
    /// The pages of the summary.
    pub struct Summary {
        // Their names; the short ones for narrow screens.
        text result;
        text result_short;
        text say;
        text say_short;
        text answers;
        text answers_short;
        text clinician;
        text clinician_short;
        text learn;
        text learn_short;

        // The result.
        text not_finished;
        text rests_on;

        /// There are no reasons to show.
        text no_reasons;

        // What to say.
        text read_out;
        /// The number of a sentence, and of how many; and the keys to the others.
        line sentence_of(at: usize, all: usize);

        text pages;

        // Copying.
        /// What the terminal was asked to copy: one of the three that follow.
        line copied(what: &str);
        text the_result;
        text what_to_say;
        text the_handover;
        text too_long_to_copy;
    }
}

impl Screen {
    /// More lines above, and below; neither both 0.
    pub fn more_lines(&self, above: usize, below: usize) -> String {
        match (above, below) {
            (above, 0) => self.lines_above(above),
            (0, below) => self.lines_below(below),
            (above, below) => self.lines_around(above, below),
        }
    }

    /// More entries of a list.
    pub fn more_entries(&self, above: usize, below: usize) -> String {
        match (above, below) {
            (above, 0) => self.entries_above(above),
            (0, below) => self.entries_below(below),
            (above, below) => self.lines_around(above, below),
        }
    }
}
