//! What is said where somebody asks another person, a section at a time.

#[derive(Debug)]
pub struct Intake {
    /// What was taken back.
    pub undone: fn(&str) -> String,
    pub nothing_to_undo: &'static str,
    /// Before what would be recorded for the rest of this section.
    pub nothing_else: fn(&str) -> String,
    pub still_asked: &'static str,
    pub left_out: &'static str,
    pub nothing_covered: &'static str,
    pub row_open: &'static str,
    pub still_open: fn(usize) -> String,
    pub set_aside: fn(usize) -> String,
    /// Where an answer comes from: the person, seen or measured, the record.
    pub provenance: [&'static str; 3],
    pub note: &'static str,
    pub note_on: fn(&str) -> String,
    pub answer_first: &'static str,
    /// An answer of somebody else, changed.
    pub corrected: fn(&str, &str, &str) -> String,
    pub jump: &'static str,
    pub jump_none: &'static str,
    pub low: &'static str,
    pub high: &'static str,
    /// The ends of a reference range.
    pub usual: fn(Option<&str>, Option<&str>) -> String,
    pub type_on: fn(&str) -> String,
    pub not_joined: fn(&str, &str) -> String,
    /// At a row of free text.
    pub write_here: &'static str,
    pub sections: &'static str,
    pub red_flags: &'static str,
    pub positives: &'static str,
    pub open: &'static str,
    pub no_open: &'static str,
    pub none_yet: &'static str,
    pub handover: &'static str,
    pub is_possible: &'static str,
    /// What the person is found by.
    pub reference: &'static str,
    pub section_of: fn(usize, usize) -> String,
    /// Of a section.
    pub open_rows: fn(usize) -> String,
    pub not_kept: &'static str,
    pub not_kept_why: fn(&str) -> String,
    pub try_again: &'static str,
    pub on_paper: &'static str,
    pub drop_answer: &'static str,
    /// In the header, after that.
    pub unkept: &'static str,
    /// In the line of what was taken.
    pub none: &'static str,
    /// Where a check of somebody else is taken over, before what matters most of it.
    pub go_through: &'static str,
    /// A question, the answer given here, and the one that somebody else has written.
    pub both: fn(&str, &str, &str) -> String,
    // On leaving, where every answer is in a store.
    pub leave_kept: &'static str,
    pub finish_kept: &'static str,
}
