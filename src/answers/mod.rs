//! What is known: answers, the sheet that holds them, and what they make true.

mod answer;
pub mod json;
mod sheet;
#[cfg(test)]
pub(crate) mod small;
mod truth;
mod typed;
mod units;

pub use answer::{Answer, Refusal, TEXT_MAX};
pub use sheet::Sheet;
pub use truth::{Facts, Truth};
use typed::has_at_most_decimals;
pub use typed::{as_typed, example, means_unsure, number_text, understood};
pub use units::{is_of_number, number, units, with_unit};
