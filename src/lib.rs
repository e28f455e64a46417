//! `redflag` asks a questionnaire written in YAML and tells how soon to act, and why.

pub mod answers;
pub mod cli;
pub mod interview;
pub mod plain;
pub mod questionnaire;
pub mod report;
pub mod site;
pub mod triage;
pub mod tui;
