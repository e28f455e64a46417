//! What clinicians are told about what can still come.

table! {
    pub struct Outlook {
        /// Beside a level that can't come any more.
        text ruled_out;
        // On the screen, from the longest to the shortest.
        /// The levels by short names, and how many questions can change the level.
        line only_possible(levels: &str);
        /// And how many questions can change the level.
        counted possible_until(questions: usize, levels: &str);
        line only_possible_short(levels: &str);
        counted possible_until_short(questions: usize, levels: &str);
        /// How many levels; how many questions. Shown side by side.
        counted levels(levels: usize);
        counted questions(questions: usize);
        /// The title of the only level left, and the key that finishes.
        line decided(level: &str, key: &str);
        line decided_short(level: &str, key: &str);
        line decided_shortest(key: &str);

        // Why the key or the word does nothing.
        text not_decided;
        /// Something is chosen on the screen that was not taken yet.
        text not_taken;

        // Line by line; titles in a row.
        line can_only_be(levels: &str);
        counted can_be_until(questions: usize, levels: &str);
        line is_decided(level: &str);
    }
}

impl Outlook {
    /// The levels by short names, and how many questions can change the level.
    pub fn possible(&self, levels: &str, questions: usize) -> String {
        if questions == 0 { self.only_possible(levels) } else { self.possible_until(questions, levels) }
    }

    pub fn possible_short(&self, levels: &str, questions: usize) -> String {
        match questions {
            0 => self.only_possible_short(levels),
            _ => self.possible_until_short(questions, levels),
        }
    }

    /// Line by line; titles in a row.
    pub fn can_be(&self, levels: &str, questions: usize) -> String {
        if questions == 0 { self.can_only_be(levels) } else { self.can_be_until(questions, levels) }
    }
}
