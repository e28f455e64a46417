//! The file as a tree that knows where everything stands. Only read when there is something to say.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use super::super::diagnostic::{self, Diagnostic, Severity};
use super::path::{Part, Place, Step};
use super::stumble;

/// Deeper than any questionnaire, and shallow enough for recursion.
pub(super) const DEEPEST: usize = 64;

/// Nodes by index, so that no nesting makes dropping them recursive.
#[derive(Debug)]
pub(super) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Node<'t>>,
}

/// Position of a node in its tree.
pub(super) type NodeIndex = usize;

#[derive(Debug)]
pub(super) struct Node<'t> {
    pub content: Content<'t>,
    /// In bytes.
    span: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Content<'t> {
    /// `plain`: without quotes, so it may be a number.
    Scalar {
        words: Cow<'t, str>,
        plain: bool,
    },
    List(Vec<NodeIndex>),
    Map(Vec<(NodeIndex, NodeIndex)>),
}

/// Why a text is no tree.
#[derive(Debug)]
pub(super) struct NotATree {
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub span: Range<usize>,
}

impl NotATree {
    pub fn diagnostic(self, file: &str, text: &str) -> Diagnostic {
        let span = Some(diagnostic::Span::in_text(text, self.span));
        let plain = Diagnostic::new(Severity::Error, self.code, file, self.message);
        Diagnostic { span, help: self.help, ..plain }
    }
}

impl<'t> Tree<'t> {
    /// The root is the first node.
    pub const ROOT: NodeIndex = 0;

    /// Reads a text without recursion. `what` is what the file should hold.
    ///
    /// # Errors
    /// The first thing that is not YAML, or that a questionnaire file may not use: anchors, tags, several documents.
    pub fn read(text: &'t str, what: &str) -> Result<Tree<'t>, NotATree> {
        let bytes = Bytes::of(text);
        let mut tree = Tree { text, nodes: Vec::new() };
        let mut parser = Parser::new_from_str(text);
        let mut open: Vec<NodeIndex> = Vec::new();
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| not_yaml(&error, text, &bytes))?;
            let span = bytes.of_span(span);
            match event {
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(refused_document(span, what));
                    }
                }
                Event::Alias(_) => return Err(refused_anchor(span)),
                Event::Scalar(_, _, anchor, ref tag)
                | Event::SequenceStart(anchor, ref tag)
                | Event::MappingStart(anchor, ref tag)
                    if anchor != 0 || tag.is_some() =>
                {
                    return Err(match anchor {
                        0 => refused_tag(span),
                        _ => refused_anchor(span),
                    });
                }
                Event::Scalar(words, style, _, _) => {
                    let plain = style == ScalarStyle::Plain;
                    tree.add(Content::Scalar { words, plain }, span, &open);
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    if open.len() == DEEPEST {
                        return Err(refused_depth(span));
                    }
                    let content = match event {
                        Event::SequenceStart(..) => Content::List(Vec::new()),
                        _ => Content::Map(Vec::new()),
                    };
                    let index = tree.add(content, span, &open);
                    open.push(index);
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some(index) = open.pop() {
                        tree.nodes[index].span.end = span.end;
                    }
                }
            }
        }
        if tree.nodes.is_empty() {
            return Err(empty(what));
        }
        Ok(tree)
    }

    pub fn content(&self, node: NodeIndex) -> &Content<'t> {
        &self.nodes[node].content
    }

    /// The words of a scalar.
    pub fn words(&self, node: NodeIndex) -> Option<&str> {
        match self.content(node) {
            Content::Scalar { words, .. } => Some(words),
            _ => None,
        }
    }

    /// Adds a node to the innermost open list or map.
    fn add(&mut self, content: Content<'t>, span: Range<usize>, open: &[NodeIndex]) -> NodeIndex {
        let index = self.nodes.len();
        self.nodes.push(Node { content, span });
        // In a map, a node is a key if the last entry has its value already.
        if let Some(&parent) = open.last() {
            match &mut self.nodes[parent].content {
                Content::List(items) => items.push(index),
                Content::Map(entries) => match entries.last_mut() {
                    Some((key, value)) if key == value => *value = index,
                    _ => entries.push((index, index)),
                },
                Content::Scalar { .. } => {}
            }
        }
        index
    }

    /// The bytes to underline for a place; of something that is not there, what is nearest around it.
    pub fn locate(&self, place: &Place) -> Range<usize> {
        if let Part::Bytes(bytes) = &place.part {
            return bytes.clone();
        }
        let mut at = Self::ROOT;
        let mut key = None;
        let mut found = true;
        for step in &place.steps {
            match self.step(at, step) {
                Some((node, node_key)) => {
                    at = node;
                    key = node_key;
                }
                None => {
                    found = false;
                    break;
                }
            }
        }
        match (&place.part, key) {
            (Part::Key, Some(key)) if found => self.nodes[key].span.clone(),
            (Part::Word(word), _) if found => {
                let span = self.nodes[at].span.clone();
                match self.text.get(span.clone()).and_then(|text| text.find(word)) {
                    Some(offset) => span.start + offset..span.start + offset + word.len(),
                    None => self.value_span(at, key),
                }
            }
            _ => self.value_span(at, key),
        }
    }

    /// Whether there is something at the end of these steps.
    pub fn has(&self, steps: &[Step]) -> bool {
        let end = steps.iter().try_fold(Self::ROOT, |at, step| self.step(at, step).map(|(node, _)| node));
        end.is_some()
    }

    /// The scalars: what each is, and its bytes.
    pub fn scalars(&self) -> impl Iterator<Item = (&str, bool, Range<usize>)> {
        self.nodes.iter().filter_map(|node| match &node.content {
            Content::Scalar { words, plain } => Some((words.as_ref(), *plain, node.span.clone())),
            _ => None,
        })
    }

    /// The bytes of a key.
    pub fn key_span(&self, node: NodeIndex) -> Range<usize> {
        self.nodes[node].span.clone()
    }

    /// The value that the steps lead to.
    pub fn node_at(&self, steps: &[Step]) -> Option<NodeIndex> {
        steps.iter().try_fold(Self::ROOT, |at, step| self.step(at, step).map(|(node, _)| node))
    }

    /// A word itself, or the first item of a list or value of a map that is this word.
    pub fn named_in(&self, node: NodeIndex, word: &str) -> Option<NodeIndex> {
        let is_it = |node: &NodeIndex| self.words(*node) == Some(word);
        match self.content(node) {
            Content::Scalar { .. } => Some(node).filter(is_it),
            Content::List(items) => items.iter().copied().find(is_it),
            Content::Map(entries) => entries.iter().map(|&(_, value)| value).find(is_it),
        }
    }

    pub fn is_on_one_line(&self, bytes: &Range<usize>) -> bool {
        self.text.get(bytes.clone()).is_some_and(|text| !text.contains('\n'))
    }

    fn step(&self, at: NodeIndex, step: &Step) -> Option<(NodeIndex, Option<NodeIndex>)> {
        match (self.content(at), step) {
            (Content::List(items), Step::Index(index)) => Some((*items.get(*index)?, None)),
            (Content::Map(entries), Step::Key(wanted)) => {
                let named = |(key, _): &&(NodeIndex, NodeIndex)| self.words(*key) == Some(wanted);
                entries.iter().find(named).map(|&(key, value)| (value, Some(key)))
            }
            _ => None,
        }
    }

    /// What to underline of a value, and of the key that it has.
    pub fn value_span(&self, node: NodeIndex, key: Option<NodeIndex>) -> Range<usize> {
        let span = self.nodes[node].span.clone();
        let on_one_line = || self.text.get(span.clone()).is_some_and(|text| !text.contains('\n'));
        match self.content(node) {
            Content::Scalar { words, .. } if words.is_empty() && span.is_empty() => match key {
                Some(key) => self.nodes[key].span.clone(),
                None => span,
            },
            Content::Scalar { .. } => span,
            Content::Map(entries) => {
                let id = self.step(node, &Step::Key("id".to_owned()));
                match (id, key, entries.first()) {
                    (Some((id, _)), _, _) if self.words(id).is_some_and(|id| !id.is_empty()) => {
                        self.nodes[id].span.clone()
                    }
                    _ if self.is_flow(node) && on_one_line() => span,
                    (_, Some(key), _) => self.nodes[key].span.clone(),
                    (_, None, Some(&(first, _))) => self.nodes[first].span.clone(),
                    _ => span,
                }
            }
            Content::List(items) => match (key, items.first()) {
                _ if self.is_flow(node) && on_one_line() => span,
                (Some(key), _) => self.nodes[key].span.clone(),
                (None, Some(&first)) if first != node => self.value_span(first, None),
                _ => span,
            },
        }
    }

    /// Whether a list or map is written in brackets.
    pub fn is_flow(&self, node: NodeIndex) -> bool {
        let start = self.nodes[node].span.start;
        self.text[start..].starts_with(['[', '{'])
    }
}

/// From characters, in which the parser counts, to bytes.
struct Bytes(Option<Vec<u32>>, usize);

impl Bytes {
    fn of(text: &str) -> Bytes {
        let offsets = || text.char_indices().map(|(offset, _)| offset as u32).collect();
        Bytes((!text.is_ascii()).then(offsets), text.len())
    }

    fn of_marker(&self, marker: Marker) -> usize {
        let index = marker.index();
        let offset = match &self.0 {
            None => Some(index),
            Some(offsets) => offsets.get(index).map(|&offset| offset as usize),
        };
        offset.unwrap_or(self.1).min(self.1)
    }

    fn of_span(&self, span: Span) -> Range<usize> {
        let start = self.of_marker(span.start);
        start..self.of_marker(span.end).max(start)
    }
}

fn not_yaml(error: &saphyr_parser::ScanError, text: &str, bytes: &Bytes) -> NotATree {
    let start = bytes.of_marker(*error.marker());
    let what = error.info();
    if what.contains("unknown anchor") {
        return refused_anchor(start..start + 1);
    }
    if what.contains("recursion limit") {
        return refused_depth(start..start + 1);
    }
    NotATree {
        code: "not-yaml",
        message: format!("this is not YAML: {what}"),
        help: stumble::help(text, start, what),
        span: start..start + 1,
    }
}

fn empty(what: &str) -> NotATree {
    NotATree {
        code: "empty-file",
        message: format!("there is no {what} in this file"),
        help: None,
        span: 0..0,
    }
}

fn refused_document(span: Range<usize>, what: &str) -> NotATree {
    NotATree {
        code: "several-documents",
        message: "a second document begins here".to_owned(),
        help: Some(format!("a file contains one {what}: leave out `---`")),
        span,
    }
}

fn refused_anchor(span: Range<usize>) -> NotATree {
    NotATree {
        code: "anchor",
        message: "anchors (`&name`) and aliases (`*name`) can't be used".to_owned(),
        help: Some("write it out; if it is meant as text, put it in quotes".to_owned()),
        span,
    }
}

fn refused_tag(span: Range<usize>) -> NotATree {
    NotATree {
        code: "tag",
        message: "tags (`!name`) can't be used".to_owned(),
        help: Some("leave it out; if it is meant as text, put it in quotes".to_owned()),
        span,
    }
}

fn refused_depth(span: Range<usize>) -> NotATree {
    NotATree {
        code: "too-deep",
        message: format!("lists and maps inside each other more than {DEEPEST} deep"),
        help: Some("give parts of it a name under `definitions`".to_owned()),
        span,
    }
}
