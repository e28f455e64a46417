//! What is said in a check after a check.

table! {
    pub struct Again {
        /// The result of the last check: its date, and its level.
        line last_time(date: &str, level: &str);
        /// And the result now.
        line now(level: &str);
        /// Instead of a level.
        text no_result;
        /// After the level of a check that was not finished.
        text not_finished;
        /// Before the first question.
        text what_comes;
        /// So many questions are open.
        counted how_many(open: usize);
        /// At a question: the answer of last time.
        line answer_then(answer: &str);
        /// Behind an answer that was carried over.
        text as_last_time;
        text heading;
        text more_urgent;
        text as_urgent;
        /// Before the answers that made it less urgent; a colon follows.
        text less_urgent;
        /// Where no answer did.
        text less_urgent_by_file;
        /// The version then, and the version now.
        line other_version(then: &str, now: &str);
        text nothing_changed;
        /// The columns of the changed answers.
        text changed;
        text column_then;
        text column_now;
    }
}
