//! What is said in a check after a check.

#[derive(Debug)]
pub struct Again {
    /// The result of the last check: its date, and its level.
    pub last_time: fn(&str, &str) -> String,
    /// And the result now.
    pub now: fn(&str) -> String,
    /// Instead of a level.
    pub no_result: &'static str,
    /// After the level of a check that was not finished.
    pub not_finished: &'static str,
    /// Before the first question.
    pub what_comes: &'static str,
    /// So many questions are open.
    pub how_many: fn(usize) -> String,
    /// At a question: the answer of last time.
    pub answer_then: fn(&str) -> String,
    /// Behind an answer that was carried over.
    pub as_last_time: &'static str,
    pub heading: &'static str,
    pub more_urgent: &'static str,
    pub as_urgent: &'static str,
    /// Before the answers that made it less urgent; a colon follows.
    pub less_urgent: &'static str,
    /// Where no answer did.
    pub less_urgent_by_file: &'static str,
    /// The version then, and the version now.
    pub other_version: fn(&str, &str) -> String,
    pub nothing_changed: &'static str,
    /// The columns of the changed answers.
    pub changed: &'static str,
    pub column_then: &'static str,
    pub column_now: &'static str,
}
