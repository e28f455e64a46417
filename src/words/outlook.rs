//! What clinicians are told about what can still come.

#[derive(Debug)]
pub struct Outlook {
    /// Beside a level that can't come any more.
    pub ruled_out: &'static str,
    // On the screen, from the longest to the shortest.
    /// The levels by short names, and how many questions can change the level.
    pub possible: fn(&str, usize) -> String,
    pub possible_short: fn(&str, usize) -> String,
    /// How many levels; how many questions. Shown side by side.
    pub levels: fn(usize) -> String,
    pub questions: fn(usize) -> String,
    /// The title of the only level left, and the key that finishes.
    pub decided: fn(&str, &str) -> String,
    pub decided_short: fn(&str, &str) -> String,
    pub decided_shortest: fn(&str) -> String,

    // Why the key or the word does nothing.
    pub not_decided: &'static str,
    /// Something is chosen on the screen that was not taken yet.
    pub not_taken: &'static str,

    // Line by line; titles in a row.
    pub can_be: fn(&str, usize) -> String,
    pub is_decided: fn(&str) -> String,
}
