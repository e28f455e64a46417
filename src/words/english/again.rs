use crate::words::Again;

pub const AGAIN: Again = Again {
    last_time: |date, level| format!("Last time, on {date}: {level}."),
    now: |level| format!("Now: {level}."),
    no_result: "no result",
    not_finished: "not finished",
    what_comes: "We ask again about what can have changed. All other answers are as last time. You can look at them and change them.",
    how_many: |open| match open {
        1 => "One question comes, and perhaps more after it.".to_owned(),
        _ => format!("{open} questions come, and perhaps a few more."),
    },
    answer_then: |answer| format!("Last time: {answer}"),
    as_last_time: "as last time",
    heading: "Compared with last time",
    more_urgent: "This is more urgent than last time.",
    as_urgent: "This is as urgent as last time.",
    less_urgent: "This is less urgent than last time, because of these answers",
    less_urgent_by_file: "This is less urgent than last time, and no changed answer is the reason: the questions or their rules have changed since.",
    other_version: |then, now| {
        format!("Last time version {then} of the questions was asked, now version {now}.")
    },
    nothing_changed: "No answer has changed.",
    changed: "Changed since",
    column_then: "Then",
    column_now: "Now",
};
