//! What is said where somebody asks another person, a section at a time.

table! {
    pub struct Intake {
        /// What was taken back.
        line undone(what: &str);
        text nothing_to_undo;
        /// Before what would be recorded for the rest of this section.
        line nothing_else(section: &str);
        text still_asked;
        text left_out;
        text nothing_covered;
        text row_open;
        counted still_open(open: usize);
        counted set_aside(count: usize);
        /// Where an answer comes from: the person, seen or measured, the record.
        text said;
        text observed;
        text from_record;
        text note;
        line note_on(ask: &str);
        text answer_first;
        /// An answer of somebody else, changed.
        line corrected(ask: &str, old: &str, new: &str);
        text jump;
        text jump_none;
        text low;
        text high;
        /// The ends of a reference range.
        line usual_between(min: &str, max: &str);
        line usual_from(min: &str);
        line usual_up_to(max: &str);
        line type_on(value: &str);
        line not_joined(joined: &str, value: &str);
        /// At a row of free text.
        text write_here;
        text sections;
        text red_flags;
        text positives;
        text open;
        text no_open;
        text none_yet;
        text handover;
        text is_possible;
        /// What the person is found by.
        text reference;
        line section_of(at: usize, all: usize);
        /// Of a section.
        text complete;
        counted rows_open(open: usize);
        text not_kept;
        line not_kept_why(why: &str);
        text try_again;
        text on_paper;
        text drop_answer;
        /// In the header, after that.
        text unkept;
        /// In the line of what was taken.
        text none;
        /// Where a check of somebody else is taken over, before what matters most of it.
        text go_through;
        /// A question, the answer given here, and the one that somebody else has written.
        line both(ask: &str, ours: &str, theirs: &str);
        // On leaving, where every answer is in a store.
        text leave_kept;
        text finish_kept;
    }
}

impl Intake {
    /// Where an answer comes from: the person, seen or measured, the record.
    pub fn provenance(&self) -> [&'static str; 3] {
        [self.said, self.observed, self.from_record]
    }

    /// The ends of a reference range.
    pub fn usual(&self, min: Option<&str>, max: Option<&str>) -> String {
        match (min, max) {
            (Some(min), Some(max)) => self.usual_between(min, max),
            (Some(min), None) => self.usual_from(min),
            (None, Some(max)) => self.usual_up_to(max),
            (None, None) => String::new(),
        }
    }

    /// Of a section.
    pub fn open_rows(&self, open: usize) -> String {
        if open == 0 { self.complete.to_owned() } else { self.rows_open(open) }
    }
}
