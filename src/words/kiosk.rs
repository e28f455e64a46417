//! What is said where the program runs alone with whoever comes.

table! {
    pub struct Kiosk {
        // The page that waits for somebody.
        text touch_or_key;
        /// The number of the key for a language.
        line press(key: usize);

        // Before the first question.
        /// What happens with the answers.
        text privacy;
        /// The same where people may show them to the desk.
        text privacy_desk;
        text start;
        text other_language;

        // When nobody has done anything for a while.
        text still_there;
        /// How many seconds are left.
        counted erased_in(seconds: u64);
        /// The same, where a result is on the screen.
        counted result_erased_in(seconds: u64);
        text call_first;
        text stay;

        // Calling staff, with the number that they are told.
        text call_staff;
        line calling(ticket: &str);
        line called(ticket: &str);
        line not_called(ticket: &str);
        text ask_desk;

        // Stopping and finishing.
        text stop;
        text stop_and_erase;
        text back_to_result;
        text print_slip;
        text finish_and_erase;
        text show_desk;
        /// What the desk sees, before the person agrees.
        text consent;
        text agree;
        text disagree;
        /// The ticket to say at the desk.
        line handed_over(ticket: &str);
        line handed_over_before(ticket: &str);
        text not_handed_over;
        text printing;
        text printed;
        text not_printed;
        text first_question;
        text enter_at_alert;

        // When it does not work.
        text moment;
        text out_of_order;

        table staff: Staff;
    }
}

table! {
    /// What is said to those who work there.
    pub struct Staff {
        text title;
        text type_pin;
        text take;
        text erase;
        text close;
        text wrong;
        /// How many seconds no PIN is taken.
        counted wait(seconds: u64);
        text no_pin;
        text menu;
        text restart;
        text leave;
        text test_bell;
        text test_printer;
        text counts;
        text not_set;
        text trying;
        text worked;
        /// Why not.
        line failed(why: &str);
        text test_slip;

        // Counts, each before its number.
        line since(day: &str);
        text started;
        text finished;
        text stopped;
        text walked_away;
        text ended_by_staff;
        text crashed;
        text calls;
        text failed_calls;
        /// Before the questions at which people stopped, and before levels.
        text left_at;
        text levels;

        // Why a command failed.
        line not_started(why: &str);
        line status(status: i32);
        line killed(signal: i32);
        line too_long(seconds: u64);
    }
}
