//! Line by line, in English.

use super::super::{Commands, Plain};

pub const PLAIN: Plain = Plain {
    commands: COMMANDS,

    in_this_language: "In English: type English and press Enter.",
    now_in_this_language: "This is in English now. Your answers are kept.",
    all_questions: |all| format!("There are {all} questions."),
    some_questions: |fewest, most| {
        format!("There are {fewest} to {most} short questions, depending on your answers.")
    },
    offered: |label, word| format!("{label}: type \"{word}\" to do another check."),
    besides_answers: "Besides answers, you can type:",
    words_as_answers: "To answer with one of these words itself, put a full stop after it.",

    question: |number, of, section| format!("Question {number} of {of}. {section}"),
    range: |fewest, most| format!("{fewest} to {most}"),
    rows_follow: |rows| format!("The next {rows} questions have the same answers."),
    same_answers: |keys| format!("The same answers as before: {keys}."),
    value_means: |value, meaning| format!("{value} means {meaning}"),
    answer_until_now: |answer| format!("Your answer until now: {answer}"),
    keep_it: "Type keep to leave it as it is.",
    keep_or_remove_it: "Type keep or just press Enter to leave it as it is, or remove to take it back.",

    type_a_number: "Type a number, then Enter.",
    type_a_key: "Type a number or letter from the list, then Enter.",
    type_yes_or_no: "Type yes or no, then Enter.",
    type_yes_no_or_unsure: "Type yes, no or not sure, then Enter.",
    type_several: |example| format!("Type one or more numbers or letters, such as {example}, then Enter."),
    type_between: |min, max, example| {
        format!("Type a number from {min} to {max}, for example {example}, then Enter.")
    },
    type_on_scale: |min, max| format!("Type a number from {min} to {max}, then Enter."),
    type_text: "Type your answer on one line, then Enter.",
    read_page: "This is a page to read. Press Enter to go on.",
    or_unsure: "Or type not sure.",
    or_leave_out: "To leave this out, just press Enter.",

    no_answer: |typed| format!("\"{typed}\" is not an answer here."),
    one_only: "This question takes one answer only.",
    no_alone: |key| format!("A \"no\" alone does not say to what. If you have none of these, type {key}."),
    several_yes: "Several answers begin with \"Yes\". Type the number of yours.",
    empty_is_no_answer: "This question needs an answer, and an empty line is none.",
    not_together: |label, key, others| {
        format!(
            "\"{label}\" does not go together with another answer. Type {key} by itself, or only the \
             others, such as {others}."
        )
    },
    not_understood: |typed| format!("\"{typed}\" is not understood here."),
    and_so_on: "and so on",
    line_too_long: |max| {
        format!("That line is too long and was not taken. A line may have {max} characters at most.")
    },
    line_not_text: "That line is not text in UTF-8 and was not taken.",

    your_answer: |answer| format!("Your answer: {answer}"),
    left_out: "Left out.",
    nothing_to_keep: "There is no answer to keep here.",
    nothing_to_remove: "There is no answer here that can be taken back.",
    first_question: "This is the first question. Type quit to leave.",
    no_answers_yet: "There are no answers yet.",
    nothing_changed: "Nothing was changed.",

    result_until_now: |level| format!("The result until now: {level}"),
    result_with_change: |level| format!("The result with the change: {level}"),
    answer_with_change: |answer| format!("Your answer with the change: {answer}"),

    in_list_left_out: "Left out",

    at_setting_aside: "Type yes to change your answer, or no to keep the one that you gave before.",
    at_lowering: "Type yes if the new answer is right, and the change is noted on the result. Type no to keep \
                  the answer that you gave before.",
    at_alert: "When you have done this, type go on for the other questions, show for the whole result so far, \
               or back to change your answer.",
    at_review: "Type the number of an answer to change it, review for the whole list, or back to leave it.",
    back_at_review: "You are back at your answers.",
    at_summary: "Type review to change an answer, save and a name to save this in a file, more for what else \
                 there is, or just press Enter to finish.",
    at_unfinished_summary: "This is not finished. Type go on for the other questions, review to change an \
                            answer, save and a name to save this in a file, more for what else there is, \
                            or quit to leave.",
    more_clinician: "Type clinician for the page for whoever sees you.",
    more_phone: "Type phone for what to say on the phone, one sentence at a time.",
    more_sources: "Type sources for what this rests on.",
    more_learn: |number, title| format!("Type learn {number} for a page to read: {title}"),

    sentence_of: |at, all| format!("Sentence {at} of {all}. Press Enter for the next, or type back."),
    last_sentence: "That was the last sentence.",

    save_needs_name: |[text, page, clinician]| {
        format!(
            "Type save and a name, such as save {text}. The ending tells the format: {text} is plain text, {page} \
             a web page, and .md and .json work too. To save it for a clinician, with the handover: save \
             clinician {clinician}"
        )
    },
    file_exists: |name| {
        format!("This file exists. Type replace {name} to write over it, or save and another name.")
    },
    not_saved: |why| format!("Not saved: {why}. Type save and another name."),

    leave: "Leave now? Your answers are not kept.",
    leave_or_stay: "Type yes to leave, or no to stay.",
    left: "You have left the check.",
    input_ended: "The input has ended.",
    finished: "The check is finished.",
    not_finished: |why| format!("Not finished. {why}"),
    result_so_far: "This is what your answers say so far.",
};

const COMMANDS: Commands = Commands {
    also_back: &["previous"],
    also_why: &[],
    back: ("back", "go back to the question before"),
    review: ("review", "your answers so far, to look at or change"),
    why: ("why", "why the question is asked, and what that rests on"),
    repeat: ("repeat", "the same once more"),
    keep: ("keep", "leave an answer that you gave before as it is"),
    remove: ("remove", "take back an answer that may be left out"),
    help: ("help", "this list"),
    quit: ("quit", "leave; you are asked once more"),
    language: ("language", "go on in another language; your answers are kept"),
    finish: ("finish", "go to the result, once no answer can change how urgent it is"),

    yes: "yes",
    no: "no",
    go_on: "go on",
    show: "show",
    change: "change",
    more: "more",
    phone: "phone",
    sources: "sources",
    clinician: "clinician",
    patient: "patient",
    save: "save",
    replace: "replace",
    learn: "learn",
};
