//! Reports in English.

use super::super::{Handover, Headings, Opening, Report};

pub const REPORT: Report = Report {
    headings: HEADINGS,
    handover: HANDOVER,

    form_result: "What your answers mean so far",

    nothing_decided: "None of the answers pointed to something more urgent.",
    these_decided: "With these answers alone, the result is this urgent or more:",
    a_few_decided: "With these answers alone, the result is this urgent or more. Fewer may be enough:",
    would_be: |others, level, at_least| {
        let least = if at_least { "at least " } else { "" };
        format!("With {}, the result would be {least}\"{level}\".", others.join(" or "))
    },
    rules: |count| if count == 1 { "Rule" } else { "Rules" },

    until: |day, hour| match hour {
        Some(hour) => format!("before {day}, {hour}"),
        None => format!("by {day}"),
    },
    call: |name, at_once, until| match (at_once, until) {
        (true, Some(until)) => format!("Call {name} now ({until})"),
        (true, None) => format!("Call {name} now"),
        (false, Some(until)) => format!("Call {name} ({until})"),
        (false, None) => format!("Call {name}"),
    },
    open_until: |hour| format!("open until {hour}"),
    opens: |name, day, hour| match day {
        Opening::Today => format!("{name} opens at {hour}."),
        Opening::Tomorrow => format!("{name} opens tomorrow at {hour}."),
        Opening::On(day) => format!("{name} opens on {day} at {hour}."),
    },
    now_call: |name| format!("Now: {name}"),
    call_then: "Call then",
    and_more: |signs| format!("and {signs} more below"),

    whole_report: |path| format!("The whole report: {path}"),
    not_kept: "The whole report was not saved.",

    not_finished_yet: |open| match open {
        1 => "Not finished: about 1 question left".to_owned(),
        _ => format!("Not finished: about {open} questions left"),
    },
    certain_so_far: |level| format!("Certain so far: at least \"{level}\"."),
    at_least: |certain| format!("Not finished: at least \"{certain}\""),
    at_least_could_be: |certain, possible| {
        format!("Not finished: at least \"{certain}\", could be \"{possible}\"")
    },
    could_be: |possible| format!("Not finished: no result yet, could be \"{possible}\""),
    no_result: "Not finished: no result yet",
    go_on: "Go on with the questions to get a result.",

    how_soon: "How soon",
    whom_to_contact: "Whom to contact",
    not_finished: |open, could_be| {
        let open = match open {
            1 => "1 question has no answer yet".to_owned(),
            _ => format!("{open} questions have no answer yet"),
        };
        let more = if could_be { " More urgent answers may be among them." } else { "" };
        format!("This check is not finished: {open}.{more}")
    },
    stopped_early: |open| {
        let open = match open {
            1 => "1 question has no answer yet".to_owned(),
            _ => format!("{open} questions have no answer yet"),
        };
        format!(
            "This check was stopped early: {open}. No way of answering what was left could have changed how \
             urgent this is. It could have added reasons and steps."
        )
    },
    flags_not_asked: |questions, place| match questions {
        1 => format!("1 question about red flags was not asked: see \"{place}\"."),
        _ => format!("{questions} questions about red flags were not asked: see \"{place}\"."),
    },

    answered_unsure: |unsure| format!("Answered \"{unsure}\":"),
    could_mean: |meaning| format!("It could mean: {meaning}"),
    because_unsure: "You were not sure about something that matters. Until that is clear, it counts as this urgent.",
    because_unsure_clinician: "Answered \"not sure\"",
    none_of: "none of: ",

    say_result: |level, within| match within {
        Some(within) => format!("I was told: \"{level}\", {within}."),
        None => format!("I was told: \"{level}\"."),
    },
    say_unsure: |question| format!("I am not sure about this: {question}"),

    answer_changed: |level| format!("An answer was changed. Before that, the result was \"{level}\"."),
    changed_from_to: |question, old, new, level| {
        format!(
            "The answer to \"{question}\" was changed from {old} to {new}. Before that, the result was \
             \"{level}\"."
        )
    },

    number: "Number",
    question: "Question",
    answer: "Answer",
    question_number: |number, question| format!("Question {number}: {question}"),

    made: "Made",
    answered_on: "Answers given on",
    answered_by: "Answered by",
    site: "Site",
    in_words_for: "In words for",
    patient: "patient",
    clinician: "clinician",
    state: "State",
    state_not_finished: "not finished",
    program: "Program",
    questionnaire: "Questionnaire",
};

const HEADINGS: Headings = Headings {
    result: "Result",
    why: "Why",
    also: "Also",
    not_certain: "What is not certain",
    what_to_do: "What to do now",
    decided: "The answers that decided this",
    would_be: "What would make it more urgent",
    on_the_phone: "What to say on the phone",
    check_again: "Check again",
    changed_answers: "Changed answers",
    all_answers: "All answers",
    about_check: "About this check",
    sources: "Sources",
    about_report: "About this report",
    handover: "Handover (SBAR)",
    rules: "Rules that hold",
    absent: "Red flags asked about and absent",
    not_asked: "Red flags not asked about",
    to_consider: "To consider",
    for_the_person: "For the person to do",
};

const HANDOVER: Handover = Handover {
    reference: "Reference",
    corrected: "Corrected answers",
    observed: "observed",
    from_record: "from the record",
    note: "note",
    title: |title| format!("SBAR handover: {title}"),
    situation: "Situation",
    background: "Background",
    assessment: "Assessment",
    recommendation: "Recommendation",

    not_finished: |open| format!("Not finished: {open} unanswered; more rules may hold."),
    stopped_early: |open| {
        format!("Stopped early: {open} unanswered; none could change the level. More rules may hold.")
    },
    could_mean: |question, meaning| format!("{question} (could mean: {meaning})"),
    contact: |who| format!("Contact: {who}"),

    presenting: "Presenting",
    findings: "Findings",
    advise: "Advise",
    consider: "Consider",
    unsure: "Answered \"not sure\"",
    lowered: "Result lowered by an edit",
    because: "Because",
    no_findings: "No findings so far.",
    nothing: "Nothing recorded.",
    others: "Other rules that hold",
    absent: "Red flags absent",
    other_answers: "Other answers",

    none: "none",
    none_of: |findings| format!("no {findings}"),
};
