//! The program's own words, in each language that it speaks: one file a language in `languages/`, all of the same
//! shape, compiled into the program; and files of the same shape that a place brings.
//!
//! What is asked, and what it means, is said by the questionnaire; these are the words around it. A sentence with
//! parts, such as a count or a name, is a method: its file has the order of the parts and the forms for counting.
//! Numbers come as texts, written as [`Words::number`] does.

#[macro_use]
mod table;

mod again;
mod answers;
mod asking;
mod board;
mod flat;
mod handout;
mod intake;
mod keeping;
mod keys;
mod kiosk;
mod language;
mod outlook;
mod plain;
mod plural;
mod report;
mod screen;
mod settling;
mod touch;
mod writing;

use jiff::civil::Date;

pub use again::Again;
pub use answers::Answers;
pub use asking::{Asking, Destinations};
pub use board::{Board, BoardKeys};
pub use flat::flat;
pub use handout::Handout;
pub use intake::Intake;
pub use keeping::Keeping;
pub use keys::Keys;
pub use kiosk::{Kiosk, Staff};
pub use language::Language;
pub use outlook::Outlook;
pub use plain::{Commands, Plain};
pub use plural::{Category, Plural};
pub use report::{Handover, Headings, Opening, Report};
pub use screen::{Dialogs, Screen, Summary};
pub use settling::Settling;
pub use table::{Entry, Kind, Piece, pieces};
pub use touch::Touch;
pub use writing::Writing;

use table::{Entries, Source, Texts};

/// Everything that the program says: from one list of its tables, how they are read and what they hold.
macro_rules! words {
    ($($name:ident: $Table:ident),* $(,)?) => {
        /// Everything that the program says in one language.
        #[derive(Debug)]
        pub struct Words {
            /// Its code, as BCP 47 and HTML write it.
            pub tag: &'static str,
            /// What its speakers call it.
            pub name: &'static str,
            /// Said where the language is chosen and in reports, where nobody has reviewed its words.
            pub not_reviewed: Option<&'static str>,
            $( pub $name: $Table, )*
        }

        impl Words {
            /// The words of a file, which gives `texts` by their names; those of `usual` stand in for what it lacks. They
            /// stay for as long as the program runs.
            fn read(texts: &Texts, usual: Option<&Texts>) -> Words {
                let text = |name: &str| texts.get(name);
                let tag = text("words").unwrap_or_default();
                let plural = |tag| -> &'static Plural { Box::leak(Box::new(Plural::of(tag))) };
                let usual = usual.map(|texts| (texts, plural(Language::default().code())));
                let from = &mut Source::new(texts, plural(tag), usual);
                Words {
                    tag,
                    name: text("name").unwrap_or(tag),
                    not_reviewed: text("not_reviewed"),
                    $( $name: from.table(stringify!($name), $Table::read), )*
                }
            }

            /// What a file of words holds, in the order of its outline.
            pub fn entries() -> Vec<Entry> {
                let mut into = Entries::default();
                $( into.table(stringify!($name), $Table::describe); )*
                into.all
            }
        }
    };
}

words! {
    writing: Writing,
    answers: Answers,
    asking: Asking,
    again: Again,
    settling: Settling,
    outlook: Outlook,
    plain: Plain,
    screen: Screen,
    touch: Touch,
    handout: Handout,
    intake: Intake,
    keys: Keys,
    kiosk: Kiosk,
    board: Board,
    keeping: Keeping,
    report: Report,
}

impl Words {
    /// Such as `2.6`.
    pub fn number(&self, number: f64) -> String {
        self.writing.number(number)
    }

    /// A day as people write it within a sentence, such as `Saturday 5 December 2026`.
    pub fn date(&self, date: Date) -> String {
        self.writing.date(self.writing.weekday(date), date.day(), self.writing.month(date), date.year())
    }

    /// A day that is near, such as `Saturday 5 December`.
    pub fn day(&self, date: Date) -> String {
        self.writing.day(self.writing.weekday(date), date.day(), self.writing.month(date))
    }

    /// Such as `Saturday`, within a sentence.
    pub fn weekday(&self, date: Date) -> &'static str {
        self.writing.weekday(date)
    }

    /// A day where there is little room, such as `5 Dec 2026`.
    pub fn short_date(&self, date: Date) -> String {
        self.writing.short_date(date.day(), self.writing.short_month(date), date.year())
    }

    /// Who has reviewed a questionnaire, and that nobody has reviewed the words around it, where that is so and not said
    /// already.
    pub fn signed(&self, sign_off: &str) -> String {
        match self.not_reviewed {
            Some(not_reviewed) if !sign_off.contains(not_reviewed) => format!("{sign_off} {not_reviewed}"),
            _ => sign_off.to_owned(),
        }
    }

    /// One of these is enough: `a or b`.
    pub fn any_of(&self, things: &[String]) -> String {
        things.join(&format!(" {} ", self.writing.or))
    }
}

/// With a capital, for the beginning of a sentence.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
