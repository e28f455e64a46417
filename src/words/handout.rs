//! What is said of a result that is taken along.

#[derive(Debug)]
pub struct Handout {
    /// Instead of a name that is too long.
    pub result: &'static str,
    pub title: &'static str,
    /// What to do, what comes of it, and what is in it.
    pub how: &'static str,
    pub offers: &'static str,
    /// Where it has the level, the date and the ticket; and where it has what to say as well.
    pub holds: &'static str,
    pub holds_what_to_say: &'static str,
    /// Who else can read it.
    pub private: &'static str,
    // Why there is no code, before the text.
    pub no_room: &'static str,
    pub no_colours: &'static str,
    pub instead: &'static str,
    /// The key that leaves the page.
    pub close: &'static str,
    /// The button that opens it.
    pub button: &'static str,
}
