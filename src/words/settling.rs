//! What is said where something is asked once more after "not sure".

#[derive(Debug)]
pub struct Settling {
    /// Above the offer.
    pub title: &'static str,
    /// Why it is offered, for so many questions.
    pub offer: fn(usize) -> String,
    /// What comes of it.
    pub how: &'static str,
    /// The two ways on.
    pub ask_me: &'static str,
    pub go_to_result: &'static str,
    /// Instead of a number, at a question that is asked once more.
    pub once_more: &'static str,
    /// Line by line: what can be typed at the offer.
    pub at_offer: &'static str,
    /// In a report, above or before what was asked once more.
    pub heading: &'static str,
    /// In a report, as a word before what is still not sure.
    pub not_sure: &'static str,
    /// In a report: what was asked, and what was said then.
    pub was_unsure: fn(&str, &str) -> String,
    /// In a report: not sure, then not sure once more.
    pub still_unsure: fn(&str) -> String,
}
