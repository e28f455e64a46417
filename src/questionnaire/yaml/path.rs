//! Where in the file something stands: `sections[0].questions[3].ask_if`.

use std::ops::Range;

/// A step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

#[derive(Debug, Clone, Copy)]
enum StepRef<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

/// A path that costs nothing until a mistake needs it: each step borrows the one before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: StepRef<'a>,
}

impl<'a> Path<'a> {
    pub const ROOT: Path<'static> = Path { parent: None, step: StepRef::Root };

    pub fn key<'b>(&'b self, key: &'b str) -> Path<'b> {
        Path { parent: Some(self), step: StepRef::Key(key) }
    }

    pub fn index<'b>(&'b self, index: usize) -> Path<'b> {
        Path { parent: Some(self), step: StepRef::Index(index) }
    }

    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(path) = at {
            match path.step {
                StepRef::Root => {}
                StepRef::Key(key) => steps.push(Step::Key(key.to_owned())),
                StepRef::Index(index) => steps.push(Step::Index(index)),
            }
            at = path.parent;
        }
        steps.reverse();
        steps
    }

    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }

    /// The key that this path ends with, if it ends with one.
    pub fn last_key(&self) -> Option<&'a str> {
        match self.step {
            StepRef::Key(key) => Some(key),
            StepRef::Root | StepRef::Index(_) => None,
        }
    }

    /// The key of the list or map of things that this path ends in: `questions` of `questions[3]`.
    pub fn list_key(&self) -> Option<&'a str> {
        let parent = self.parent?;
        match (self.step, parent.last_key()) {
            (StepRef::Index(_), key) => key,
            (StepRef::Key(_), key @ Some("sources" | "baselines")) => key,
            _ => None,
        }
    }

    /// The value at this path.
    pub fn value(&self) -> Place {
        self.place(Part::Value)
    }

    /// The key that this path ends with.
    pub fn name(&self) -> Place {
        self.place(Part::Key)
    }

    /// A word inside the value at this path.
    pub fn word(&self, word: &str) -> Place {
        self.place(Part::Word(word.to_owned()))
    }

    fn place(&self, part: Part) -> Place {
        Place { steps: self.steps(), part }
    }
}

/// What to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub steps: Vec<Step>,
    pub part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Value,
    Key,
    Word(String),
    /// These bytes, where a path leads to something else.
    Bytes(Range<usize>),
}

impl Place {
    pub fn of_bytes(steps: Vec<Step>, bytes: Range<usize>) -> Place {
        let part = Part::Bytes(bytes);
        Place { steps, part }
    }
}
