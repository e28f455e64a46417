//! What can still come, in English.

use super::super::Outlook;

pub const OUTLOOK: Outlook = Outlook {
    ruled_out: "ruled out",
    possible: |levels, questions| match questions {
        0 => format!("Still possible: {levels}"),
        _ => format!("Still possible: {levels} · {} can change it", counted(questions)),
    },
    possible_short: |levels, questions| match questions {
        0 => format!("Possible: {levels}"),
        _ => format!("Possible: {levels} · {}", counted(questions)),
    },
    levels: possible,
    questions: counted,
    decided: |level, key| format!("Decided: {level}. Nothing left can change it. {key} finishes here."),
    decided_short: |level, key| format!("Decided: {level}. {key} finishes here."),
    decided_shortest: |key| format!("Decided · {key}"),

    not_decided: "Answers can still change how urgent this is.",
    not_taken: "What is chosen here is not taken yet. Press Enter first, or take it back.",

    can_be: |levels, questions| match questions {
        0 => format!("Still possible: {levels}."),
        1 => format!("Still possible: {levels}. 1 question can still change it."),
        _ => format!("Still possible: {levels}. {questions} questions can still change it."),
    },
    is_decided: |level| {
        format!(
            "Decided: {level}. Nothing that is left can change how urgent this is. Type finish to go to the \
             result now, or go on."
        )
    },
};

fn counted(questions: usize) -> String {
    match questions {
        1 => "1 question".to_owned(),
        _ => format!("{questions} questions"),
    }
}

fn possible(levels: usize) -> String {
    match levels {
        1 => "1 level possible".to_owned(),
        _ => format!("{levels} levels possible"),
    }
}
