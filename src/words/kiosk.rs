//! What is said where the program runs alone with whoever comes.

#[derive(Debug)]
pub struct Kiosk {
    // The page that waits for somebody.
    pub touch_or_key: &'static str,
    /// The number of the key for a language.
    pub press: fn(usize) -> String,

    // Before the first question.
    /// What happens with the answers.
    pub privacy: &'static str,
    /// The same where people may show them to the desk.
    pub privacy_desk: &'static str,
    pub start: &'static str,
    pub other_language: &'static str,

    // When nobody has done anything for a while.
    pub still_there: &'static str,
    /// How many seconds are left.
    pub erased_in: fn(u64) -> String,
    /// The same, where a result is on the screen.
    pub result_erased_in: fn(u64) -> String,
    pub call_first: &'static str,
    pub stay: &'static str,

    // Calling staff, with the number that they are told.
    pub call_staff: &'static str,
    pub calling: fn(&str) -> String,
    pub called: fn(&str) -> String,
    pub not_called: fn(&str) -> String,
    pub ask_desk: &'static str,

    // Stopping and finishing.
    pub stop: &'static str,
    pub stop_and_erase: &'static str,
    pub back_to_result: &'static str,
    pub print_slip: &'static str,
    pub finish_and_erase: &'static str,
    pub show_desk: &'static str,
    /// What the desk sees, before the person agrees.
    pub consent: &'static str,
    pub agree: &'static str,
    pub disagree: &'static str,
    /// The ticket to say at the desk.
    pub handed_over: fn(&str) -> String,
    pub handed_over_before: fn(&str) -> String,
    pub not_handed_over: &'static str,
    pub printing: &'static str,
    pub printed: &'static str,
    pub not_printed: &'static str,
    pub first_question: &'static str,
    pub enter_at_alert: &'static str,

    // When it does not work.
    pub moment: &'static str,
    pub out_of_order: &'static str,

    pub staff: Staff,
}

/// What is said to those who work there.
#[derive(Debug)]
pub struct Staff {
    pub title: &'static str,
    pub type_pin: &'static str,
    pub take: &'static str,
    pub erase: &'static str,
    pub close: &'static str,
    pub wrong: &'static str,
    /// How many seconds no PIN is taken.
    pub wait: fn(u64) -> String,
    pub no_pin: &'static str,
    pub menu: &'static str,
    pub restart: &'static str,
    pub leave: &'static str,
    pub test_bell: &'static str,
    pub test_printer: &'static str,
    pub counts: &'static str,
    pub not_set: &'static str,
    pub trying: &'static str,
    pub worked: &'static str,
    /// Why not.
    pub failed: fn(&str) -> String,
    pub test_slip: &'static str,

    // Counts, each before its number.
    pub since: fn(&str) -> String,
    pub started: &'static str,
    pub finished: &'static str,
    pub stopped: &'static str,
    pub walked_away: &'static str,
    pub ended_by_staff: &'static str,
    pub crashed: &'static str,
    pub calls: &'static str,
    pub failed_calls: &'static str,
    /// Before the questions at which people stopped, and before levels.
    pub left_at: &'static str,
    pub levels: &'static str,

    // Why a command failed.
    pub not_started: fn(&str) -> String,
    pub status: fn(i32) -> String,
    pub killed: fn(i32) -> String,
    pub too_long: fn(u64) -> String,
}
