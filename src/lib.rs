//! `redflag` asks a questionnaire written in YAML and tells how soon to act, and why.

pub mod answers;
pub mod interview;
pub mod questionnaire;
pub mod triage;
pub mod tui;
