//! What commands for authors of questionnaires take.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::super::values::{AudienceArg, CheckFormat, EvaluateFormat, GraphFormat, LayoutArg, TableArg};
use crate::library::builtin;
use crate::population::{MOST_PEOPLE, SEED};

/// Which schema: one of them.
#[derive(Debug, ClapArgs)]
#[group(multiple = false)]
pub struct SchemaArgs {
    /// The schema of translations of this questionnaire
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub translation_of: Option<String>,
    /// The schema of scenario files
    #[arg(long)]
    pub tests: bool,
    /// The schema of population files
    #[arg(long)]
    pub population: bool,
    /// The schema of checks as `--keep` saves them
    #[arg(long)]
    pub encounter: bool,
    /// The schema of JSON reports
    #[arg(long)]
    pub report: bool,
    /// The schema of site files
    #[arg(long)]
    pub site: bool,
    /// The schema of answer sheets of this questionnaire, which `assess` reads
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub answers_of: Option<String>,
    /// The schema of results, which `assess` writes
    #[arg(long)]
    pub assess: bool,
    /// The schema of what `check --format json` writes
    #[arg(long)]
    pub check: bool,
    /// The schema of files of the program's own words
    #[arg(long)]
    pub words: bool,
}

#[derive(Debug, ClapArgs)]
pub struct GuideArgs {
    /// The name of a page; without one, the list of them
    #[arg(value_name = "PAGE")]
    pub page: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Built-in questionnaires or files [default: all built-in ones]
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaires: Vec<String>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time limit for the proofs of each questionnaire; anything not proved in time is an error
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
    /// Print answers that reach each question, rule and level
    #[arg(long)]
    pub witness: bool,
    /// Check the files again whenever one is saved, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, ClapArgs)]
pub struct GraphArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// Format of the picture [default: by the extension of FILE (.svg, .mmd, .dot), else SVG]
    #[arg(long, value_enum)]
    pub format: Option<GraphFormat>,
    /// The file to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// The file to write; a name without an extension gets `.yaml`. If mine.yaml exists, mine.es.yaml becomes the
    /// outline of its translation
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
    /// Start from a copy of this questionnaire, with its own id
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub from: Option<String>,
    /// Write the program's own words instead, to be translated into this language: words.fr.yaml
    #[arg(long, value_name = "LANGUAGE", conflicts_with = "from")]
    pub words: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// The old version: a built-in questionnaire, a file, or REVISION:PATH in a git repository
    pub old: String,
    /// The new version, given in the same way
    pub new: String,
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time limit for the comparison; anything not proved in time is an error
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// Questionnaire files
    #[arg(value_name = "FILE")]
    pub questionnaires: Vec<String>,
    /// Run only scenarios with these words in their name
    #[arg(long, value_name = "WORDS")]
    pub only: Option<String>,
    /// Make small mistakes in the questionnaire, one at a time, and show which of them no scenario notices
    #[arg(long, conflicts_with = "only")]
    pub mutants: bool,
    /// With --mutants: time limit for each questionnaire; anything not decided in time is an error
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct SimulateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Population files, files with answer sheets (.jsonl), or names of built-in populations [default: all of the
    /// questionnaire]
    #[arg(value_name = "POPULATION")]
    pub populations: Vec<String>,
    /// How many people to draw from each population [default: as its file says, or 20000]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=MOST_PEOPLE))]
    pub people: Option<u64>,
    /// The same seed draws the same people
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    pub seed: u64,
    /// An old version to ask the same people: a built-in questionnaire, a file, or REVISION:PATH in a git repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    /// Repeat with all figures at their floor, and at their ceiling
    #[arg(long)]
    pub vary: bool,
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Draw the shares as SVG into FILE; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write the answers of each person into FILE, one sheet a line
    #[arg(long, value_name = "FILE")]
    pub sheets: Option<PathBuf>,
    /// Who gave the answers, for files with answer sheets
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
}

#[derive(Debug, ClapArgs)]
pub struct EvaluateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Answer sheets with the outcome of each person, as JSON Lines or CSV; `-` is standard input
    pub sheets: PathBuf,
    /// Format of the sheets [default: by the extension]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<TableArg>,
    /// Which columns to read, if a CSV file has several options of a question both as columns and as a list
    #[arg(long, value_enum)]
    pub layout: Option<LayoutArg>,
    /// The key or column with the outcome: the right level, or a word that --right translates
    #[arg(long, value_name = "COLUMN")]
    pub truth: String,
    /// The right level for an outcome, as in x=emergency; `*=LEVEL` is for all others
    #[arg(long, value_name = "OUTCOME=LEVEL")]
    pub right: Vec<String>,
    /// Repeat the figures for each answer to this question, or for ranges of a number, as in age:18,40,60
    #[arg(long, value_name = "QUESTION[:CUTS]")]
    pub by: Vec<String>,
    /// An old version to judge the same people by: a built-in questionnaire, a file, or REVISION:PATH in a git repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    /// Format of the output
    #[arg(long, value_enum, default_value_t)]
    pub format: EvaluateFormat,
    /// Draw sensitivity and specificity as SVG into FILE; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Who answered
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
}
