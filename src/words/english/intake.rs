//! Where somebody asks another person, in English.

use super::super::Intake;

pub const INTAKE: Intake = Intake {
    undone: |what| format!("Taken back: {what}"),
    nothing_to_undo: "Nothing was answered yet that could be taken back.",
    nothing_else: |section| format!("Nothing else in \"{section}\"?"),
    still_asked: "Not covered by this, still to be asked:",
    left_out: "left out",
    nothing_covered: "No open row here can be answered with \"none\" or \"no\" alone.",
    row_open: "This row has no answer yet.",
    still_open: |open| {
        if open == 1 {
            "1 question is still open: here it is.".to_owned()
        } else {
            format!("{open} questions are still open: here is the first.")
        }
    },
    set_aside: |count| {
        if count == 1 {
            "1 answer no longer applies and is set aside. Esc brings it back.".to_owned()
        } else {
            format!("{count} answers no longer apply and are set aside. Esc brings them back.")
        }
    },
    provenance: ["patient said", "observed", "from the record"],
    note: "Note",
    note_on: |ask| format!("A note on: {ask}"),
    answer_first: "Answer this row first: a note goes with an answer.",
    corrected: |ask, old, new| format!("{ask}: {new} (before: {old})"),
    jump: "Go to a question, by its number or a word of it:",
    jump_none: "No question that is asked now has that.",
    low: "low",
    high: "high",
    usual: |min, max| match (min, max) {
        (Some(min), Some(max)) => format!("usual {min} to {max}"),
        (Some(min), None) => format!("usual from {min}"),
        (None, Some(max)) => format!("usual up to {max}"),
        (None, None) => String::new(),
    },
    type_on: |value| format!("Enter takes {value}, or type the next digit."),
    not_joined: |joined, value| format!("{joined} is not on the scale. Enter takes {value}."),
    write_here: "Space to write",
    sections: "Sections",
    red_flags: "Red flags",
    positives: "Findings",
    open: "Open",
    no_open: "Nothing is open.",
    none_yet: "None so far",
    handover: "Handover so far",
    is_possible: "Levels",
    reference: "Reference",
    section_of: |at, all| format!("section {at} of {all}"),
    open_rows: |open| if open == 0 { "complete".to_owned() } else { format!("{open} open") },
    not_kept: "This answer could not be kept",
    not_kept_why: |why| {
        format!("{why} The page stays here with the answer until it is kept, or you say otherwise.")
    },
    try_again: "Try again",
    on_paper: "Go on, and write the answers on paper: nothing is kept from here on",
    drop_answer: "Take this answer back",
    unkept: "NOT KEPT",
    none: "none",
    go_through: "Go through these first: red flags, what is not sure, what decided it. Enter opens one; Esc goes on.",
    both: |ask, ours, theirs| format!("{ask}: here {ours}, there {theirs}."),
    leave_kept: "Leave. What was answered is kept in the store",
    finish_kept: "Finish. What was answered is kept in the store",
};
