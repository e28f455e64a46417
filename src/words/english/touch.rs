//! For fingers, in English.

use super::super::Touch;

pub const TOUCH: Touch = Touch {
    back: "Back",
    why: "Why?",
    unsure: "Not sure",
    large: "A+",
    not_large: "A-",
    staff: "Call staff",
    next: "Next",
    more: "More",
    start: "Start",
    keep: "Keep",
    close: "Close",
    finish: "Finish",
    save: "Save",
    stop: "Stop",

    how_to_answer: "Touch your answer, then Next. Back is always possible.",
    offered: |label| format!("{label}: touch here for another check."),
    tick_all: "Touch all that fit, then Next.",
    leave_out: "To leave this out, touch Next.",
    open_one: "Touch an answer to change it.",
    pages: "Touch a page to read it.",
    nothing_chosen: "Nothing is chosen yet. Touch an answer, then Next.",
    or_unsure: " If you don\'t know, touch Not sure.",
    first_question: "This is the first question.",
    at_alert: "Touch one of the answers on the screen.",
    not_finished: "Touch here to go on with the questions",
    page_of: |page, at, all| format!("{page} · page {at} of {all}"),
    sentence_of: |at, all| format!("{at} of {all}"),
    lost: "Too quick: that was not taken. Wait a moment, then go on here.",
    taken_again: "A touch was not taken. Go on here.",
    called: "Staff have been called.",
    not_called: "Staff could not be called from here. Ask at the desk.",
    needs_keyboard: "This needs words, and so a keyboard.",
    too_small: |[width, height, least_width, least_height]| {
        format!(
            "No room for fingers: {width} by {height}, needs {least_width} by {least_height}. Keys and clicks \
             work."
        )
    },
};
