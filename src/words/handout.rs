//! What is said of a result that is taken along.

table! {
    pub struct Handout {
        /// Instead of a name that is too long.
        text result;
        text title;
        /// What to do, what comes of it, and what is in it.
        text how;
        text offers;
        /// Where it has the level, the date and the ticket; and where it has what to say as well.
        text holds;
        text holds_what_to_say;
        /// Who else can read it.
        text private;
        // Why there is no code, before the text.
        text no_room;
        text no_colours;
        text instead;
        /// The key that leaves the page.
        text close;
        /// The button that opens it.
        text button;
    }
}
