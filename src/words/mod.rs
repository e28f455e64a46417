//! The program's own words, in each language that it speaks: one table a language, of the same shape. A word that
//! a language lacks doesn't compile.
//!
//! What is asked, and what it means, is said by the questionnaire; these are the words around it. A sentence with
//! parts, such as a count or a name, is a function: each language has its own order and its own plurals. Numbers
//! come as texts, written as [`Words::number`] does.

mod again;
mod answers;
mod asking;
mod board;
mod english;
mod handout;
mod intake;
mod keys;
mod kiosk;
mod language;
mod outlook;
mod plain;
mod report;
mod screen;
mod settling;
mod spanish;
mod touch;

use jiff::civil::Date;

pub use again::Again;
pub use answers::Answers;
pub use asking::Asking;
pub use board::{Board, BoardKeys};
pub use handout::Handout;
pub use intake::Intake;
pub use keys::Keys;
pub use kiosk::{Kiosk, Staff};
pub use language::Language;
pub use outlook::Outlook;
pub use plain::{Commands, Plain};
pub use report::{Handover, Headings, Opening, Report};
pub use screen::{Dialogs, Screen, Summary};
pub use settling::Settling;
pub use touch::Touch;

/// Everything that the program says in one language.
#[derive(Debug)]
pub struct Words {
    pub language: Language,
    /// Such as `2.6`.
    pub number: fn(f64) -> String,
    /// A day as people write it within a sentence, such as `Saturday 5 December 2026`.
    pub date: fn(Date) -> String,
    /// A day that is near, such as `Saturday 5 December`.
    pub day: fn(Date) -> String,
    /// Such as `Saturday`, within a sentence.
    pub weekday: fn(Date) -> &'static str,
    /// A day where there is little room, such as `5 Dec 2026`.
    pub short_date: fn(Date) -> String,
    pub answers: Answers,
    pub asking: Asking,
    pub again: Again,
    pub settling: Settling,
    pub outlook: Outlook,
    pub plain: Plain,
    pub screen: Screen,
    pub touch: Touch,
    pub handout: Handout,
    pub intake: Intake,
    pub keys: Keys,
    pub kiosk: Kiosk,
    pub board: Board,
    pub report: Report,
}

/// With a capital, for the beginning of a sentence.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number in digits without needless zeros, `point` before its decimals: `64`, `2.6`.
fn digits(number: f64, point: &str) -> String {
    // There is no minus zero for people.
    format!("{}", number + 0.0).replace('.', point)
}

/// Such as `5 Dec 2026`; these languages shorten months alike.
fn short_date(date: Date, months: &[&str; 12]) -> String {
    let month: String = name_of_month(date, months).chars().take(3).collect();
    format!("{} {month} {}", date.day(), date.year())
}

/// What the weekday, from Monday on, and the month of a date are called.
fn names_in(
    date: Date,
    weekdays: &[&'static str; 7],
    months: &[&'static str; 12],
) -> (&'static str, &'static str) {
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    (weekdays[weekday % 7], name_of_month(date, months))
}

fn name_of_month<'n>(date: Date, months: &[&'n str; 12]) -> &'n str {
    months[(usize::from(date.month().unsigned_abs()) + 11) % 12]
}
