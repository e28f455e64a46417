//! How a report is written.

use super::{Report, html, json, markdown, text};

/// A form of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Json,
    Html,
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Text, Format::Markdown, Format::Html, Format::Json];

    /// The usual ending of a file's name, without its point.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Json => "json",
            Format::Html => "html",
        }
    }

    /// The same name with the ending of this format. An ending that belongs to no format stays part of it.
    pub fn named(self, name: &str) -> String {
        let stem = match (Format::of_file(name), name.rsplit_once('.')) {
            (Some(_), Some((stem, _))) => stem,
            _ => name,
        };
        format!("{stem}.{}", self.ending())
    }

    /// What the ending of a file's name asks for, if that is a known one.
    pub fn of_file(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "json" => Some(Format::Json),
            "html" | "htm" => Some(Format::Html),
            _ => None,
        }
    }

    /// The ending of a file's name where it belongs to another kind of file, such as `pdf`. A date or a version behind
    /// a point is no ending.
    pub fn other_ending(name: &str) -> Option<String> {
        let (stem, ending) = name.rsplit(std::path::is_separator).next()?.rsplit_once('.')?;
        let is_ending = (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphabetic());
        (is_ending && !stem.is_empty() && Format::of_file(name).is_none()).then(|| ending.to_owned())
    }

    /// The whole file.
    pub fn write(self, report: &Report) -> String {
        match self {
            Format::Text => text::text(report),
            Format::Markdown => markdown::markdown(report),
            Format::Json => json::json(report),
            Format::Html => html::html(report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_takes_the_ending_of_a_format() {
        for (name, format, named) in [
            ("my check.md", Format::Html, "my check.html"),
            ("a.b/r", Format::Text, "a.b/r.txt"),
            ("r.v2", Format::Json, "r.v2.json"),
            ("r.HTM", Format::Markdown, "r.md"),
        ] {
            assert_eq!(format.named(name), named);
            assert_eq!(Format::of_file(named), Some(format));
        }
    }

    #[test]
    fn the_ending_of_another_kind_of_file_is_known_from_a_name_with_points() {
        for (name, other) in [
            ("note.pdf", Some("pdf")),
            ("a.txt/note.DOCX", Some("DOCX")),
            ("note.txt.rtf", Some("rtf")),
            ("note.txt", None),
            ("note", None),
            ("note.2026-11-28", None),
            ("note.v2", None),
            (".note", None),
            ("a.pdf/note", None),
        ] {
            assert_eq!(Format::other_ending(name).as_deref(), other, "{name}");
        }
    }

    #[test]
    fn the_ending_tells_the_format() {
        for (name, format) in [
            ("my check.md", Some(Format::Markdown)),
            ("/a.json/r.HTML", Some(Format::Html)),
            ("r.json", Some(Format::Json)),
            ("r.v2.txt", Some(Format::Text)),
            ("r.pdf", None),
            ("json", None),
            ("r.json/r", None),
        ] {
            assert_eq!(Format::of_file(name), format, "{name}");
        }
    }
}
