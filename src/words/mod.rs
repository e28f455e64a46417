//! The program's own words, in each language that it speaks: one table a language, of the same shape. A word that
//! a language lacks doesn't compile.
//!
//! What is asked, and what it means, is said by the questionnaire; these are the words around it. A sentence with
//! parts, such as a count or a name, is a function: each language has its own order and its own plurals.

mod english;
mod language;
mod spanish;

pub use language::Language;

/// Everything that the program says in one language.
#[derive(Debug)]
pub struct Words {
    pub language: Language,
    /// How the unsure answer reads, wherever it is offered.
    pub unsure: &'static str,
}
