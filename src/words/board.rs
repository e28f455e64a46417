//! What the board says.

/// The words of the board.
#[derive(Debug)]
pub struct Board {
    pub title: &'static str,
    /// How many wait, and how many of them for too long.
    pub waiting: fn(usize, usize) -> String,
    pub nobody: &'static str,
    /// What the list is narrowed to.
    pub narrowed_to: fn(&str) -> String,
    pub nobody_matches: &'static str,
    pub nobody_focused: &'static str,

    // The heads of the columns.
    pub level: &'static str,
    pub ticket: &'static str,
    pub waits: &'static str,
    pub state: &'static str,
    pub station: &'static str,
    pub reference: &'static str,

    /// The level of a check that says nothing yet.
    pub not_known: &'static str,
    /// A level that could still be more urgent.
    pub at_least: fn(&str) -> String,
    pub finished: &'static str,
    pub stopped: &'static str,
    pub not_finished: &'static str,
    pub closed: &'static str,
    /// Somebody has seen the person.
    pub seen: &'static str,
    /// Who has seen the person.
    pub seen_by: fn(&str) -> String,
    /// Minutes, written briefly.
    pub minutes: fn(u64) -> String,
    /// How many minutes over the limit.
    pub overdue: fn(u64) -> String,
    pub overdue_short: &'static str,

    // What came of a key.
    pub q_leaves: &'static str,
    pub is_closed: &'static str,
    pub was_seen: fn(&str) -> String,
    pub marked_seen: &'static str,
    pub marked_closed: &'static str,
    pub copied: &'static str,
    pub too_long_to_copy: &'static str,
    pub printed: &'static str,
    pub not_printed: fn(&str) -> String,
    pub no_printer: &'static str,
    pub new_emergency: fn(&str) -> String,
    pub bell_failed: fn(&str) -> String,

    /// Before an encounter is closed; the ticket or the reference.
    pub close: fn(&str) -> String,
    pub close_open: &'static str,
    /// Why the store can't be asked.
    pub trouble: fn(&str) -> String,
    /// The newest hash of the chain.
    pub head: fn(&str) -> String,
    pub public: &'static str,
    /// The version of a questionnaire whose text the store can't give.
    pub unreadable: fn(&str) -> String,

    // What happened.
    pub opened: &'static str,
    /// A level.
    pub reached: fn(&str) -> String,
    /// A question, the answer before, and the one after.
    pub corrected: fn(&str, &str, &str) -> String,
    pub taken_back: fn(&str, &str) -> String,
    pub was_stopped: &'static str,
    pub referenced: &'static str,
    pub carried_over: fn(&str) -> String,
    pub reopened: &'static str,
    pub was_printed: &'static str,
    pub exported: &'static str,
    pub sent: fn(&str) -> String,

    pub notes: &'static str,
    pub history: &'static str,
    pub help: &'static str,

    pub keys: BoardKeys,
}

/// The words of its keys: on the bottom line, and in the help.
#[derive(Debug)]
pub struct BoardKeys {
    pub yes: &'static str,
    pub no: &'static str,
    pub choose: &'static str,
    pub open: &'static str,
    pub take: &'static str,
    pub back: &'static str,
    pub step: &'static str,
    pub seen: &'static str,
    pub resume: &'static str,
    pub close: &'static str,
    pub copy: &'static str,
    pub print: &'static str,
    pub filter: &'static str,
    pub all: &'static str,
    pub help: &'static str,
    pub quit: &'static str,

    pub does_open: &'static str,
    pub does_back: &'static str,
    pub does_unfilter: &'static str,
    pub does_first: &'static str,
    pub does_move: &'static str,
    pub does_page: &'static str,
    pub does_seen: &'static str,
    pub does_resume: &'static str,
    pub does_close: &'static str,
    pub does_copy: &'static str,
    pub does_print: &'static str,
    pub does_filter: &'static str,
    pub does_all: &'static str,
    pub does_help: &'static str,
    pub does_quit: &'static str,
}
