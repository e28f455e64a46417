//! What both shells say around a question.

#[derive(Debug)]
pub struct Asking {
    /// Above what must be done instead of the check.
    pub stop_here: &'static str,
    pub why_we_ask: &'static str,
    /// Instead of a reason, where the questionnaire gives none.
    pub no_reason: &'static str,
    pub rests_on: &'static str,
    pub answers_so_far: &'static str,
    /// In a list of answers, at a page without a question.
    pub page_to_read: &'static str,

    pub only_language: &'static str,
    pub unreadable_language: &'static str,

    // Before a change that has consequences.
    pub no_longer_apply: &'static str,
    pub set_aside: &'static str,
    pub less_urgent: &'static str,
    /// Instead of a level.
    pub no_result: &'static str,

    /// At an alert; a colon follows.
    pub say_on_the_phone: &'static str,

    /// What has been saved, by its whole path.
    pub saved: fn(&str) -> String,
    // Why a file was not saved, for the middle of a sentence.
    pub something_else_there: &'static str,
    pub no_folder: &'static str,
    pub not_allowed: &'static str,
    /// Where there is no room left.
    pub disk_full: fn(&str) -> String,
    pub read_only: &'static str,
    pub nobody_reads: &'static str,
    pub no_control_characters: &'static str,
    /// A name with the ending of another kind of file.
    pub no_such_format: fn(&str) -> String,
    /// Which report was not written and why. It is printed instead.
    pub report_printed: fn(&str, &str) -> String,
    /// Which report was not written and why. It is nowhere.
    pub report_not_printed: fn(&str, &str) -> String,
}
