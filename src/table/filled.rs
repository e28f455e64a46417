//! Results by columns.

use super::Column;

/// A column of results, with something for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    Numbers(Vec<u64>),
    Flags(Vec<bool>),
    /// The place of a text among those that the column can have.
    Texts(Vec<u32>),
    /// How many texts, and the places of all.
    Lists {
        lengths: Vec<u32>,
        texts: Vec<u32>,
    },
    /// Texts that a sheet brought along.
    Own(Vec<Option<String>>),
}

impl Filled {
    /// Nothing yet.
    pub(super) fn new(column: Column) -> Filled {
        match column {
            Column::Line => Filled::Numbers(Vec::new()),
            Column::Complete => Filled::Flags(Vec::new()),
            Column::Level | Column::Certain | Column::Possible | Column::Questionnaire => {
                Filled::Texts(Vec::new())
            }
            Column::Rules | Column::Reasons | Column::NextSteps | Column::Unanswered | Column::SetAside => {
                Filled::Lists { lengths: Vec::new(), texts: Vec::new() }
            }
            Column::Id => Filled::Own(Vec::new()),
        }
    }

    // Each of these adds a row; to a column of another kind it adds nothing.

    pub(super) fn number(&mut self, number: u64) {
        if let Filled::Numbers(numbers) = self {
            numbers.push(number);
        }
    }

    pub(super) fn flag(&mut self, flag: bool) {
        if let Filled::Flags(flags) = self {
            flags.push(flag);
        }
    }

    pub(super) fn text(&mut self, place: usize) {
        if let Filled::Texts(texts) = self {
            texts.push(narrow(place));
        }
    }

    pub(super) fn list(&mut self, places: impl Iterator<Item = usize>) {
        if let Filled::Lists { lengths, texts } = self {
            let before = texts.len();
            texts.extend(places.map(narrow));
            lengths.push(narrow(texts.len() - before));
        }
    }

    pub(super) fn own(&mut self, text: Option<String>) {
        if let Filled::Own(texts) = self {
            texts.push(text);
        }
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Filled::Numbers(numbers) => numbers.len(),
            Filled::Flags(flags) => flags.len(),
            Filled::Texts(texts) => texts.len(),
            Filled::Lists { lengths, .. } => lengths.len(),
            Filled::Own(texts) => texts.len(),
        }
    }

    /// Roughly the bytes that it takes.
    pub(super) fn size(&self) -> usize {
        match self {
            Filled::Numbers(numbers) => 8 * numbers.len(),
            Filled::Flags(flags) => flags.len(),
            Filled::Texts(texts) => 4 * texts.len(),
            Filled::Lists { lengths, texts } => 4 * (lengths.len() + texts.len()),
            Filled::Own(texts) => texts.iter().map(|text| 24 + text.as_ref().map_or(0, String::len)).sum(),
        }
    }

    /// Adds the rows of another column of the same kind.
    pub(super) fn append(&mut self, more: &Filled) {
        match (self, more) {
            (Filled::Numbers(all), Filled::Numbers(more)) => all.extend_from_slice(more),
            (Filled::Flags(all), Filled::Flags(more)) => all.extend_from_slice(more),
            (Filled::Texts(all), Filled::Texts(more)) => all.extend_from_slice(more),
            (Filled::Lists { lengths, texts }, Filled::Lists { lengths: more, texts: places }) => {
                lengths.extend_from_slice(more);
                texts.extend_from_slice(places);
            }
            (Filled::Own(all), Filled::Own(more)) => all.extend_from_slice(more),
            _ => {}
        }
    }

    /// Keeps the room that it has taken.
    pub(super) fn clear(&mut self) {
        match self {
            Filled::Numbers(numbers) => numbers.clear(),
            Filled::Flags(flags) => flags.clear(),
            Filled::Texts(texts) => texts.clear(),
            Filled::Lists { lengths, texts } => {
                lengths.clear();
                texts.clear();
            }
            Filled::Own(texts) => texts.clear(),
        }
    }
}

/// Questionnaires have no more than some thousand of anything.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
