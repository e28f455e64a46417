//! What the board says.

table! {
    /// The words of the board.
    pub struct Board {
        text title;
        /// How many wait, and how many of them for too long.
        text nobody_waits;
        /// How many wait.
        counted some_wait(waiting: usize);
        /// How many wait, and how many of them for too long.
        counted some_overdue(overdue: usize, waiting: usize);
        text nobody;
        /// What the list is narrowed to.
        line narrowed_to(filter: &str);
        text nobody_matches;
        text nobody_focused;

        // The heads of the columns.
        text level;
        text ticket;
        text waits;
        text state;
        text station;
        text reference;

        /// The level of a check that says nothing yet.
        text not_known;
        /// A level that could still be more urgent.
        line at_least(level: &str);
        text finished;
        text stopped;
        text not_finished;
        text closed;
        /// Somebody has seen the person.
        text seen;
        /// Who has seen the person.
        line seen_by(who: &str);
        /// Minutes, written briefly.
        line in_minutes(minutes: u64);
        /// Minutes have two digits.
        line in_hours(hours: u64, minutes: &str);
        counted in_days(days: u64);
        /// How many minutes over the limit.
        line overdue_by(time: &str);
        text overdue_short;

        // What came of a key.
        text q_leaves;
        text is_closed;
        line was_seen(who: &str);
        text marked_seen;
        text marked_closed;
        text copied;
        text too_long_to_copy;
        text printed;
        line not_printed(why: &str);
        text no_printer;
        line new_emergency(who: &str);
        line bell_failed(why: &str);

        /// Before an encounter is closed; the ticket or the reference.
        line close(who: &str);
        text close_open;
        /// Why the store can't be asked.
        line trouble(why: &str);
        /// The newest hash of the chain.
        line head(hash: &str);
        text public;
        /// The version of a questionnaire whose text the store can't give.
        line unreadable(version: &str);

        // What happened.
        text opened;
        /// A level.
        line reached(level: &str);
        /// A question, the answer before, and the one after.
        line corrected(question: &str, old: &str, new: &str);
        line taken_back(question: &str, old: &str);
        text was_stopped;
        text referenced;
        line carried_over(version: &str);
        text reopened;
        text was_printed;
        text exported;
        line sent(to: &str);

        text notes;
        text history;
        text help;

        table keys: BoardKeys;
    }
}

table! {
    /// The words of its keys: on the bottom line, and in the help.
    pub struct BoardKeys {
        text yes;
        text no;
        text choose;
        text open;
        text take;
        text back;
        text step;
        text seen;
        text resume;
        text close;
        text copy;
        text print;
        text filter;
        text all;
        text help;
        text quit;

        text does_open;
        text does_back;
        text does_unfilter;
        text does_first;
        text does_move;
        text does_page;
        text does_seen;
        text does_resume;
        text does_close;
        text does_copy;
        text does_print;
        text does_filter;
        text does_all;
        text does_help;
        text does_quit;
    }
}

impl Board {
    /// How many wait, and how many of them for too long.
    pub fn waiting(&self, waiting: usize, overdue: usize) -> String {
        match (waiting, overdue) {
            (0, _) => self.nobody_waits.to_owned(),
            (_, 0) => self.some_wait(waiting),
            _ => self.some_overdue(overdue, waiting),
        }
    }

    /// Minutes, written briefly.
    pub fn minutes(&self, minutes: u64) -> String {
        match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
            (0, 0, minutes) => self.in_minutes(minutes),
            (0, hours, minutes) => self.in_hours(hours, &format!("{minutes:02}")),
            (days, ..) => self.in_days(days),
        }
    }

    /// How many minutes over the limit.
    pub fn overdue(&self, minutes: u64) -> String {
        self.overdue_by(&self.minutes(minutes))
    }
}
