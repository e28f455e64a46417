//! Tools for text that know nothing of questionnaires: what is harmful, making it harmless, breaking lines,
//! comparing what was typed.

pub mod blocks;
pub mod clean;
pub mod fold;
pub mod harmful;
pub mod json;
pub mod tag;
pub mod wrap;

pub use blocks::{Block, blocks};
pub use clean::{clean, clean_line};
pub use fold::folded;
pub use harmful::is_harmful;
pub use wrap::{width, wrap};
