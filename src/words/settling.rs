//! What is said where something is asked once more after "not sure".

table! {
    pub struct Settling {
        /// Above the offer.
        text title;
        /// Why it is offered, for so many questions.
        counted offer(questions: usize);
        /// What comes of it.
        text how;
        /// The two ways on.
        text ask_me;
        text go_to_result;
        /// Instead of a number, at a question that is asked once more.
        text once_more;
        /// Line by line: what can be typed at the offer.
        text at_offer;
        /// In a report, above or before what was asked once more.
        text heading;
        /// In a report, as a word before what is still not sure.
        text not_sure;
        /// In a report: what was asked, and what was said then.
        line was_unsure(ask: &str, answer: &str);
        /// In a report: not sure, then not sure once more.
        line still_unsure(ask: &str);
    }
}
