//! What the full screen says to somebody who has fingers and no keys.

#[derive(Debug)]
pub struct Touch {
    // Buttons, each with at most so many letters as its place has room for; see `tui/draw/touch/dock.rs`.
    pub back: &'static str,
    pub why: &'static str,
    pub unsure: &'static str,
    /// Larger letters, and as before; signs rather than words.
    pub large: &'static str,
    pub not_large: &'static str,
    pub staff: &'static str,
    pub next: &'static str,
    /// Instead of `next`, while answers have not been seen.
    pub more: &'static str,
    pub start: &'static str,
    /// Instead of `next`, where it returns to the list of answers.
    pub keep: &'static str,
    pub close: &'static str,
    pub finish: &'static str,
    pub save: &'static str,
    /// Leaves the check.
    pub stop: &'static str,

    // Instead of what names keys.
    pub how_to_answer: &'static str,
    /// Whom another questionnaire is for.
    pub offered: fn(&str) -> String,
    pub tick_all: &'static str,
    pub leave_out: &'static str,
    pub open_one: &'static str,
    pub pages: &'static str,
    pub nothing_chosen: &'static str,
    /// Follows, where "not sure" is an answer.
    pub or_unsure: &'static str,
    pub first_question: &'static str,
    pub at_alert: &'static str,
    pub not_finished: &'static str,
    /// The page of the summary, and of how many.
    pub page_of: fn(&str, usize, usize) -> String,
    /// The sentence that is read out, and of how many.
    pub sentence_of: fn(usize, usize) -> String,
    /// Taps came too soon; and after a pause, when they count again.
    pub lost: &'static str,
    pub taken_again: &'static str,
    /// Somebody was called, or couldn't be.
    pub called: &'static str,
    pub not_called: &'static str,
    /// At a question in free words that must have an answer.
    pub needs_keyboard: &'static str,
    /// Columns and lines that there are, and that fingers need.
    pub too_small: fn([u16; 4]) -> String,
}
