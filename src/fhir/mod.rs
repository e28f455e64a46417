//! FHIR R4: a questionnaire as a form, what happened as resources, and both back again.
//!
//! Whatever is written is strict; what is read may be anything, and whatever of it has no place here is told.
//! docs/reference/fhir.md is for those who run it.

pub mod amended;
pub mod answered;
pub mod bundle;
pub mod codes;
mod digest;
mod enable;
mod fhirpath;
pub mod foreign;
mod items;
pub mod json;
mod layout;
mod loss;
mod lost;
pub mod model;
pub mod names;
pub mod questionnaire;
pub mod response;
mod shown;
mod units;
mod values;

pub use loss::Loss;
