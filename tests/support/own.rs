//! The program's own words as their files have them.

use redflag::words::{Language, Piece, pieces};

/// Every text that the program has in a language, with its name; `5` stands for each part.
pub fn texts(language: Language) -> Vec<(String, String)> {
    let texts = language.texts().into_iter();
    // What is no text to read: what the file is, and how a date is put together.
    let texts = texts.filter(|(name, _)| name.contains('.') && !name.starts_with("writing."));
    texts.map(|(name, text)| (name.to_owned(), filled(text))).collect()
}

fn filled(text: &str) -> String {
    let pieces = pieces(text).into_iter();
    pieces.map(|piece| if let Piece::Text(text) = piece { text } else { "5" }).collect()
}
