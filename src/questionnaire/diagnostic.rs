//! Something to say about a file, and where: drawn for people, or as JSON for programs.

use crate::text::is_harmful;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file can't be used.
    Error,
    /// The file can be used.
    Warning,
}

/// A mistake in a file.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stays the same when the message gets better words: `unknown-option`.
    pub code: &'static str,
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    pub file: String,
    /// `None`: it is about the file as a whole.
    pub span: Option<Span>,
    /// Other places that have to do with it, and what they are.
    pub related: Vec<(Span, String)>,
    /// Answers that show it, drawn for people below the place.
    pub example: Option<String>,
    /// Answers that show it, where it is about what can happen and not about how it is written.
    pub witness: Option<serde_json::Value>,
}

/// A place in a file, with the line that it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In characters, at most 200.
    pub length: usize,
    /// The file, where it is another than that of the diagnostic.
    pub file: Option<String>,
    /// The line, or the part of a long one around the place.
    excerpt: String,
    /// Of the excerpt, in bytes.
    marked: Range<usize>,
}

impl Span {
    /// More of a line than this, before or after the place, is left out.
    const MOST_AROUND: usize = 1000;
    /// More than this is not underlined.
    const MOST_MARKED: usize = 200;

    /// The place of some bytes of a text. What goes on after the end of the line is left out.
    pub fn in_text(text: &str, bytes: Range<usize>) -> Span {
        let start = floor_char_boundary(text, bytes.start);
        let end = floor_char_boundary(text, bytes.end.max(start));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let lead = &text[line_start..start];
        let column = lead.chars().count() + 1;
        let cut = column - 1 > Self::MOST_AROUND;
        let lead: Vec<char> = lead.chars().rev().take(Self::MOST_AROUND).collect();
        let on_line = |c: &char| *c != '\n' && *c != '\r';
        let mut marked = text[start..end].chars().take_while(on_line);
        let mut rest = text[end..].chars().take_while(on_line);
        // What is marked may end before the line does, or go on after it.
        let ends_on_line = !text[start..end].contains(['\n', '\r']);

        let mut excerpt = String::new();
        if cut {
            excerpt.push('…');
        }
        excerpt.extend(lead.into_iter().rev().map(visible));
        let from = excerpt.len();
        let marked_start: Vec<char> = marked.by_ref().take(Self::MOST_MARKED).collect();
        let length = marked_start.len().max(1);
        excerpt.extend(marked_start.into_iter().map(visible));
        let to = excerpt.len();
        if marked.next().is_some() {
            excerpt.push('…');
        } else if ends_on_line {
            excerpt.extend(rest.by_ref().take(Self::MOST_AROUND).map(visible));
            if rest.next().is_some() {
                excerpt.push('…');
            }
        }
        Span {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column,
            length,
            file: None,
            excerpt,
            marked: from..to,
        }
    }

    /// Whether both can be marked in one drawing of their line.
    fn same_line(&self, other: &Span) -> bool {
        self.line == other.line && self.excerpt == other.excerpt && self.file == other.file
    }

    /// The line, and the place before it where the renderer can't know it from a part of the line.
    fn drawn<'a>(&'a self, file: &'a str) -> (Option<Origin<'a>>, Snippet<'a, Annotation<'a>>) {
        let file = self.file.as_deref().unwrap_or(file);
        let snippet = Snippet::source(&self.excerpt).line_start(self.line);
        if self.excerpt.starts_with('…') {
            let origin = Origin::path(file).line(self.line).char_column(self.column);
            return (Some(origin), snippet);
        }
        (None, snippet.path(file))
    }

    fn annotation<'a>(&self, kind: AnnotationKind, label: Option<&'a str>) -> Annotation<'a> {
        kind.span(self.marked.clone()).label(label)
    }
}

impl Diagnostic {
    /// Without a place, and with nothing but the message.
    pub fn new(severity: Severity, code: &'static str, file: &str, message: String) -> Diagnostic {
        Diagnostic {
            severity,
            code,
            message,
            help: None,
            file: file.to_owned(),
            span: None,
            related: Vec::new(),
            example: None,
            witness: None,
        }
    }

    /// That a file can't be read at all.
    pub fn of_file(file: &str, message: String) -> Diagnostic {
        Diagnostic::new(Severity::Error, "unreadable", file, message)
    }

    /// Draws it as rustc does: the place, the line with the wrong word underlined, the message, and what to write
    /// instead. Ends with a newline.
    pub fn render(&self, colour: bool) -> String {
        let this = self.harmless();
        let level = match this.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(&this.message).id(this.code);
        let mut group = Group::with_title(title);
        match &this.span {
            Some(span) => {
                let (origin, mut snippet) = span.drawn(&this.file);
                snippet = snippet.annotation(span.annotation(AnnotationKind::Primary, None));
                for (other, what) in this.related_on(span) {
                    let annotation = other.annotation(AnnotationKind::Context, Some(what));
                    snippet = snippet.annotation(annotation);
                }
                group = group.elements(origin).element(snippet);
            }
            None => group = group.element(Origin::path(this.file.as_str())),
        }
        for (other, what) in &this.related {
            if this.span.as_ref().is_some_and(|span| span.same_line(other)) {
                continue;
            }
            let (origin, snippet) = other.drawn(&this.file);
            let annotation = other.annotation(AnnotationKind::Context, Some(what));
            group = group.elements(origin).element(snippet.annotation(annotation));
        }
        if let Some(help) = &this.help {
            group = group.element(Level::HELP.message(help));
        }
        let renderer = match colour {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        let mut drawn = renderer.render(&[group]);
        drawn.push('\n');
        if let Some(example) = &this.example {
            drawn.push('\n');
            drawn.push_str(example);
        }
        drawn
    }

    /// The same without what a terminal would act on. Words of the file stand in messages, and there an escape in
    /// quotes has become what it stands for.
    fn harmless(&self) -> Diagnostic {
        let harmless = |text: &str| text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect();
        Diagnostic {
            message: harmless(&self.message),
            help: self.help.as_deref().map(harmless),
            file: harmless(&self.file),
            related: self.related.iter().map(|(span, what)| (span.clone(), harmless(what))).collect(),
            example: self.example.as_deref().map(harmless),
            ..self.clone()
        }
    }

    /// The other places on the same line.
    fn related_on<'a>(&'a self, span: &'a Span) -> impl Iterator<Item = (&'a Span, &'a str)> {
        let related = self.related.iter();
        related.filter(|(other, _)| span.same_line(other)).map(|(other, what)| (other, what.as_str()))
    }
}

/// As `redflag check --format json` writes it.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let harmless = self.harmless();
        let mut object = serializer.serialize_struct("Diagnostic", 8)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("code", self.code)?;
        object.serialize_field("message", &harmless.message)?;
        object.serialize_field("help", &harmless.help)?;
        object.serialize_field("file", &harmless.file)?;
        object.serialize_field("line", &self.span.as_ref().map(|span| span.line))?;
        object.serialize_field("column", &self.span.as_ref().map(|span| span.column))?;
        object.serialize_field("witness", &self.witness)?;
        object.end()
    }
}

fn floor_char_boundary(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// What a terminal would act on, as something that it shows.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_harmful(c) => '\u{fffd}',
        c => c,
    }
}
