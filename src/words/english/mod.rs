//! English.

mod again;
mod board;
mod handout;
mod intake;
mod keys;
mod kiosk;
mod outlook;
mod plain;
mod report;
mod screen;
mod settling;
mod touch;

use jiff::civil::Date;

use super::{Answers, Asking, Language, Words, digits, names_in, short_date};

pub const ENGLISH: Words = Words {
    language: Language::English,
    number: |number| digits(number, "."),
    date,
    day,
    weekday: |date| names_in(date, &WEEKDAYS, &MONTHS).0,
    short_date: |date| short_date(date, &MONTHS),
    answers: ANSWERS,
    asking: ASKING,
    again: again::AGAIN,
    settling: settling::SETTLING,
    outlook: outlook::OUTLOOK,
    plain: plain::PLAIN,
    screen: screen::SCREEN,
    touch: touch::TOUCH,
    handout: handout::HANDOUT,
    intake: intake::INTAKE,
    keys: keys::KEYS,
    kiosk: kiosk::KIOSK,
    board: board::BOARD,
    report: report::REPORT,
};

const ANSWERS: Answers = Answers {
    unsure: "I'm not sure",
    typed_unsure: &["unsure", "not sure", "im not sure", "u"],
    typed_none: &["none", "none of them", "none of those", "nothing"],
    yes: "Yes",
    no: "No",
    typed_yes: &["y"],
    typed_no: &["n"],
    typed_and: &["and", "&"],
    none: "no answer",

    takes_whole_number: "This takes a whole number",
    takes_decimals: |digits| match digits {
        1 => "This takes one digit after the point at most".to_owned(),
        _ => format!("This takes {digits} digits after the point at most"),
    },
    takes_number: |min, max| format!("This takes a number from {min} to {max}"),
    which_unit: |numbers| format!("In which unit is that? Type it too: {}", numbers.join(" or ")),
    two_readings: |thousands, decimal| format!("This can mean {thousands} or {decimal}"),
    type_either: |thousands, decimal| format!("Type {thousands} without a separator, or {decimal}"),
    type_first_or_shorter: |thousands, digits| {
        format!(
            "Type {thousands} without a separator, or a number with {digits} digits after the point at most"
        )
    },
    nothing_to_answer: "There is nothing to answer here",
    unsure_not_taken: |unsure| format!("\"{unsure}\" is not an answer to this question"),
    out_of_bounds: "That is too low or too high",
    not_in_digits: "That is not a number in digits",
    too_long: |max| format!("That is longer than {max} characters"),
    needs_an_answer: "This question needs an answer",
    no_answer_here: "That is not an answer here",
    no_such_number: |number| format!("There is no answer with the number {number}"),
};

const ASKING: Asking = Asking {
    stop_here: "First: do you need help now?",
    why_we_ask: "Why we ask",
    no_reason: "It helps whoever looks after you to understand the rest.",
    rests_on: "This rests on",
    answers_so_far: "Your answers so far",
    page_to_read: "A page to read",
    only_language: "There is no other language here.",
    unreadable_language: "The other language can't be read.",

    no_longer_apply: "With this change, these answers no longer apply",
    set_aside: "They are set aside and count for nothing. They come back if you change your answer back.",
    less_urgent: "This change makes the result less urgent",
    no_result: "no result before more questions are answered",

    say_on_the_phone: "Say on the phone",

    saved: |path| format!("Saved as {path}. It holds health data: keep it private."),
    something_else_there: "there is something else of this name",
    no_folder: "there is no such folder",
    not_allowed: "you may not write there",
    disk_full: |folder| format!("there is no room left on the disk in {folder}"),
    read_only: "this disk can only be read",
    nobody_reads: "nobody reads what is written there",
    no_control_characters: "a name has no control characters or marks that turn text around",
    no_such_format: |ending| format!("it can be a .txt, .md, .html or .json file, not .{ending}"),
    report_printed: |path, why| {
        format!(
            "{path} was not written; the report is printed instead, and can be saved elsewhere from there: {why}"
        )
    },
    report_not_printed: |path, why| {
        format!("{path} was not written, and the report could not be printed either: {why}")
    },
};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Such as `Saturday 5 December 2026`.
fn date(date: Date) -> String {
    format!("{} {}", day(date), date.year())
}

fn day(date: Date) -> String {
    let (weekday, month) = names_in(date, &WEEKDAYS, &MONTHS);
    format!("{weekday} {} {month}", date.day())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn dates_are_written_as_in_english() {
        let first = jiff::civil::date(2024, 2, 29);
        for days in 0..400 {
            let day = first.saturating_add(days.days());
            assert_eq!(date(day), day.strftime("%A %-d %B %Y").to_string());
        }
    }
}
