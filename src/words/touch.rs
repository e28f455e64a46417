//! What the full screen says to somebody who has fingers and no keys.

table! {
    pub struct Touch {
        // Buttons, each with at most so many letters as its place has room for; see `tui/draw/touch/dock.rs`.
        text back;
        text why;
        text unsure;
        /// Larger letters, and as before; signs rather than words.
        text large;
        text not_large;
        text staff;
        text next;
        /// Instead of `next`, while answers have not been seen.
        text more;
        text start;
        /// Instead of `next`, where it returns to the list of answers.
        text keep;
        text close;
        text finish;
        text save;
        /// Leaves the check.
        text stop;

        // Instead of what names keys.
        text how_to_answer;
        /// Whom another questionnaire is for.
        line offered(label: &str);
        text tick_all;
        text leave_out;
        text open_one;
        text pages;
        text nothing_chosen;
        /// Follows, where "not sure" is an answer.
        text or_unsure;
        text first_question;
        text at_alert;
        text not_finished;
        /// The page of the summary, and of how many.
        line page_of(page: &str, at: usize, all: usize);
        /// The sentence that is read out, and of how many.
        line sentence_of(at: usize, all: usize);
        /// Taps came too soon; and after a pause, when they count again.
        text lost;
        text taken_again;
        /// Somebody was called, or couldn't be.
        text called;
        text not_called;
        /// At a question in free words that must have an answer.
        text needs_keyboard;
        /// Columns and lines that there are, and that fingers need.
        line too_small(width: u16, height: u16, least_width: u16, least_height: u16);
    }
}
