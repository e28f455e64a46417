//! A questionnaire as a picture: its sections and questions in order, what leads to a follow-up, and which rules
//! look at which answers.
//!
//! With fifty rules that look at eight questions each, an arrow for each look hides everything. So questions and
//! rules stand in two lists, each entry names the others, and only follow-ups are joined by lines. [`Links`] finds
//! out who looks at whom; [`svg`] draws that, [`mermaid`] and [`dot`] leave the drawing to other programs.

mod dot;
mod links;
mod mermaid;
mod paint;
mod svg;
mod words;

use links::Links;

use crate::evaluation::Evaluation;
use crate::population::Simulated;
use crate::questionnaire::Questionnaire;
use crate::tally::Tally;
use crate::text::clean_line;

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Svg,
    Mermaid,
    Dot,
}

impl Format {
    /// The format that the ending of a file's name asks for.
    pub fn of_file(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "svg" => Some(Format::Svg),
            "mmd" | "mermaid" => Some(Format::Mermaid),
            "dot" | "gv" => Some(Format::Dot),
            _ => None,
        }
    }

    /// The picture as a text in this format.
    pub fn draw(self, questionnaire: &Questionnaire) -> String {
        let links = Links::of(questionnaire);
        match self {
            Format::Svg => svg::svg(questionnaire, &links),
            Format::Mermaid => mermaid::mermaid(questionnaire, &links),
            Format::Dot => dot::dot(questionnaire, &links),
        }
    }
}

/// How right a questionnaire was: sensitivity and specificity of each level with their intervals, as an SVG.
pub fn accuracy(questionnaire: &Questionnaire, evaluation: &Evaluation, head: &str) -> String {
    svg::accuracy(questionnaire, evaluation, head)
}

/// What the checks of a time came to, as an SVG.
pub fn tally(tally: &Tally, heading: &str) -> String {
    svg::tally(tally, heading)
}

/// What questionnaires tell simulated people, as an SVG.
pub fn shares(simulated: &[Simulated]) -> String {
    svg::shares(simulated)
}

/// A text of the file on one line, of at most so many characters, without anything that could command a reader.
fn short(text: &str, longest: usize) -> String {
    let text = clean_line(text);
    match text.char_indices().nth(longest) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_file_tells_the_format() {
        assert_eq!(Format::of_file("a.SVG"), Some(Format::Svg));
        assert_eq!(Format::of_file("a.b/c.mmd"), Some(Format::Mermaid));
        assert_eq!(Format::of_file("a.gv"), Some(Format::Dot));
        assert_eq!(Format::of_file("a.png"), None);
        assert_eq!(Format::of_file("svg"), None);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(short("a\nbc\u{1b}[31m d", 40), "a bc� d");
        assert_eq!(short("背中が痛い", 2), "背中…");
    }
}
