//! The full screen in English.

use super::super::{Dialogs, Screen, Summary};

pub const SCREEN: Screen = Screen {
    dialogs: DIALOGS,
    summary: SUMMARY,

    too_small: |[width, height, least_width, least_height]| {
        format!(
            "This window is {width} by {height}. Make it {least_width} by {least_height} or larger, or use a \
             smaller font. Your answers are kept."
        )
    },
    position: |number, all| format!("{number} of {all}"),
    positions: |first, last, all| format!("{first} to {last} of {all}"),
    editing: |number| format!("Editing {number}"),
    your_answers: "Your answers",
    more_lines: |above, below| more(above, below, if above + below == 1 { " line" } else { " lines" }),
    more_entries: |above, below| more(above, below, ""),

    all_questions: |all| format!("{all} questions."),
    some_questions: |fewest, most| format!("{fewest} to {most} short questions, depending on your answers."),
    offered: |label, key| format!("{label}: press {key} for another check."),
    how_to_answer: "The key in front of an answer chooses it, Enter goes on, Esc goes back.",
    keys_here: "Keys that work here",
    keys_all: "All keys of the program:",

    large: "Wide spacing. F6: as before",
    not_large: "The usual spacing. F6: wide spacing",

    tick_all: "Tick all that fit, then press Enter.",
    one_in_each_row: "Choose one answer in each row, then press Enter.",
    leave_out: "To leave this out, press Enter.",
    nothing_typed: "nothing typed yet",
    or_not_sure: "Or press Tab for: not sure.",
    from_to: |min, max| format!("From {min} to {max}"),
    for_example: |number| format!(", for example {number}"),
    nothing_chosen_yet: |min, max| format!("Nothing chosen yet, from {min} to {max}"),
    chosen: |value| format!("Chosen: {value}"),
    chosen_of: |value, min, max| format!("Chosen: {value}, from {min} to {max}"),
    right: "R",
    left: "L",
    front: "Front",
    back: "Back",

    nothing_chosen: "Nothing is chosen yet. Press the key in front of an answer, or ↑ ↓, then Enter.",
    nothing_in_row: "This row has no answer yet. Press the key of an answer.",
    nothing_ticked: "Nothing is ticked yet. Press the key in front of an answer, or Space, then Enter.",
    nothing_on_scale: |min, max| {
        format!("Nothing is chosen yet. Press a number from {min} to {max}, or ← →, then Enter.")
    },
    scale_goes: |min, max| format!("The scale goes from {min} to {max}."),
    no_such_key: |key| format!("No answer here has the key {key}. Each has its key in front of it."),
    digits_only: "Digits only. That was not taken.",
    keys_lost: "Too quick: keys were not taken. Wait a moment, then go on here.",
    keys_taken_again: "Some keys were not taken. Go on here.",
    digits_apart: |value, joined| {
        format!("This is {value} now. For {joined}, type both digits without a pause.")
    },
    ticks_wiped: |ticks| match ticks {
        1 => "This took away 1 tick. Backspace brings it back.".to_owned(),
        _ => format!("This took away {ticks} ticks. Backspace brings them back."),
    },
    ticks_back: "The ticks are back as they were before.",
    nothing_to_undo: "Nothing was changed here that could come back.",
    first_question: "This is the first question. Ctrl-C leaves.",

    open_one: "Enter opens an answer to change it.",
    open_one_or_back: "Enter opens one to change it. Esc goes back to where you were.",
};

const DIALOGS: Dialogs = Dialogs {
    set_aside: "Change my answer and set these aside",
    keep_earlier: "Keep my earlier answer",

    until_now: |level| format!("Until now: {level}"),
    with_change: |level| format!("With the change: {level}"),
    before: "Before",
    now: "Now",
    new_is_right: "The new answer is right. Note the change on the summary",

    hold_on: "Hold on to this page. When you have done this:",
    understood: "I have understood, show me everything",
    understood_short: "I have understood",
    go_on: "Go on with the questions, so that the summary is complete",
    go_on_short: "Go on with the questions",
    you_answered: |answer| format!("You answered: {answer}"),
    mistake: "That was a mistake: change my answer",
    mistake_short: "Change my answer",
    enter_at_alert: "Enter does nothing here. Press a when you have called, c for the other questions, or Esc if your \
                     answer was a mistake.",

    leave_title: "Leave?",
    stay: "Stay",
    show_result: "Show the result so far",
    to_summary: "Back to the first page of the summary",
    leave: "Leave. Answers are not kept",

    finish_title: "Finish?",
    save_it: "Save the summary in a file",
    print_it: "Print the whole report here, and finish",
    finish_it: "Finish. Answers are not kept",

    save_title: "Save the summary",
    file_name: "Name of the file, in this folder or with a path:",
    keep_private: "It holds health data. Keep it as private as any medical paper.",
    format: "Format",
    as_text: "plain text",
    as_markdown: "Markdown",
    as_html: "web page (HTML)",
    as_json: "for programs (JSON)",
    reader: "For",
    for_patient: "patient",
    for_clinician: "clinician, with handover",
    needs_name: "Type a name for the file, such as summary.txt",
    file_exists: "This file exists. Enter again to replace it, or type another name.",
    not_saved: |why| format!("Not saved: {why}. Nothing is lost: type another name or place, or Esc."),
};

const SUMMARY: Summary = Summary {
    result: "Result",
    result_short: "Result",
    say: "Say on the phone",
    say_short: "Say",
    answers: "Answers",
    answers_short: "Answers",
    clinician: "Clinician",
    clinician_short: "Clinic",
    learn: "Learn more",
    learn_short: "Learn",

    not_finished: "Press c to go on with the questions.",
    rests_on: "What this rests on",

    no_reasons: "No answer made this more urgent.",

    read_out: "Read this out when you call",
    sentence_of: |at, all| format!("{at} of {all} · Space next · ← back"),

    pages: "Pages to read. Enter opens one.",

    copied: |what| {
        format!(
            "The terminal was asked to copy {what}. Many terminals refuse: if there is nothing to paste, save \
             it with s."
        )
    },
    the_result: "the result",
    what_to_say: "what to say",
    the_handover: "the handover",
    too_long_to_copy: "This is too long to copy. Save it with s.",
};

fn more(above: usize, below: usize, what: &str) -> String {
    match (above, below) {
        (above, 0) => format!("↑ {above} more{what} above"),
        (0, below) => format!("{below} more{what} below ↓"),
        (above, below) => format!("↑ {above} above · {below} below ↓"),
    }
}
