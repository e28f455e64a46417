//! Where in the file something stands: `sections[0].questions[3].ask_if`.

use std::fmt;

/// A step from a value to one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
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
pub(super) struct Path<'a> {
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
pub(super) struct Place {
    pub steps: Vec<Step>,
    pub part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Value,
    Key,
    Word(String),
}

/// As messages write it: `sections[0].title`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}
