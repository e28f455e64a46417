//! A result as a vCard of whom to call. Phones know that form without a program for it, and offer to call; text of no
//! known form some of them search the web for, which would send it away.

use crate::report::Report;
use crate::words::{Language, capitalised};

/// The forms of the vCard, from the fullest to the shortest. None has a name of the person, and only the first, where
/// there is room for what to say on the phone, has anything of what was answered.
pub fn forms(report: &Report, ticket: Option<&str>) -> Vec<String> {
    let words = Language::around(&report.language).words();
    let (in_full, in_short) = (in_full(report, ticket), in_short(report, ticket));
    let to_say = says_all(report).then(|| format!("{in_full}\n{}", report.say.join(" ")));
    let (name, number) = whom(report);
    let notes = [to_say, Some(in_full), Some(in_short)];
    let mut forms = Vec::new();
    for note in notes.into_iter().flatten() {
        forms.push(card(&name, true, number.as_deref(), &note));
        forms.push(card(&name, false, number.as_deref(), &note));
    }
    // The level in a word, then a shorter name, rather than no code at all.
    let in_short = in_a_word(report, ticket);
    forms.push(card(&name, false, number.as_deref(), &in_short));
    let mut shorter = name.as_str();
    while let Some((before, _)) = shorter.rsplit_once(' ') {
        shorter = before;
        forms.push(card(shorter, false, number.as_deref(), &in_short));
    }
    forms.push(card(words.handout.result, false, number.as_deref(), &in_short));
    forms.dedup();
    forms
}

/// The first form has what to say on the phone as well.
pub fn says_all(report: &Report) -> bool {
    report.is_final() && !report.say.is_empty()
}

/// What the shorter forms hold, to be read.
pub fn told(report: &Report, ticket: Option<&str>) -> Vec<String> {
    let (name, number) = whom(report);
    let named = match number {
        Some(number) => format!("{name}: {number}"),
        None => name,
    };
    [Some(named), Some(in_full(report, ticket))].into_iter().flatten().collect()
}

fn in_full(report: &Report, ticket: Option<&str>) -> String {
    // What is not final is never told as if it were.
    let until = report.until().or(report.within.as_ref().map(|within| within.say.clone()));
    let until = until.filter(|_| report.is_final());
    let level = until.map_or(level(report), |until| format!("{}: {until}", level(report)));
    let parts = [Some(level), Some(report.date.to_string()), ticket.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
}

fn in_short(report: &Report, ticket: Option<&str>) -> String {
    // How many questions are left is more than a short note has room for.
    let level = match report.is_final() {
        true => level(report),
        false => capitalised(Language::around(&report.language).words().report.state_not_finished),
    };
    short(&level, report, ticket)
}

fn in_a_word(report: &Report, ticket: Option<&str>) -> String {
    match report.level.as_ref().filter(|_| report.is_final()) {
        Some(level) => short(&capitalised(&level.in_short), report, ticket),
        None => in_short(report, ticket),
    }
}

fn short(level: &str, report: &Report, ticket: Option<&str>) -> String {
    let parts = [Some(level.to_owned()), Some(report.date.to_string()), ticket.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn level(report: &Report) -> String {
    capitalised(&report.headline)
}

/// Whom to call, and the number.
fn whom(report: &Report) -> (String, Option<String>) {
    let number = report.call().map(|call| call.number);
    let number = number.or_else(|| report.numbers.known.first().map(|known| known.number.clone()));
    let number = number.or_else(|| report.emergency.clone().filter(|_| report.interrupts));
    let number = number.or_else(|| report.site_number.clone());
    let owner = report.numbers.known.iter().find(|known| Some(&known.number) == number.as_ref());
    let name = owner.map(|owner| owner.name.clone()).or_else(|| report.site.clone());
    (capitalised(&name.unwrap_or_else(|| report.title.clone())), number)
}

/// With the name twice, as the form asks for it, or once, which phones take too.
fn card(name: &str, twice: bool, number: Option<&str>, note: &str) -> String {
    let name = escaped(name);
    let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:3.0".to_owned(), format!("N:{name}")];
    if twice {
        lines.push(format!("FN:{name}"));
    }
    lines.extend(number.map(|number| format!("TEL:{}", escaped(number))));
    lines.push(format!("NOTE:{}", escaped(note)));
    lines.push("END:VCARD".to_owned());
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::card;

    #[test]
    fn what_means_something_in_a_vcard_is_escaped() {
        let card = card("A, B; C\\D", true, Some("555 0123"), "one\ntwo\u{7}");
        assert_eq!(
            card,
            "BEGIN:VCARD\nVERSION:3.0\nN:A\\, B\\; C\\\\D\nFN:A\\, B\\; C\\\\D\nTEL:555 0123\nNOTE:one\\ntwo\n\
             END:VCARD"
        );
    }
}
