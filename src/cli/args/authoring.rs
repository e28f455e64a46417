//! What commands for authors of questionnaires take.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::super::values::{AudienceArg, CheckFormat, EvaluateFormat, GraphFormat, LayoutArg, TableArg};
use crate::library::builtin;
use crate::population::{MOST_PEOPLE, SEED};

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The schema of the translations of this questionnaire
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub translation_of: Option<String>,
    /// The schema of files of scenarios instead
    #[arg(long, conflicts_with = "translation_of")]
    pub tests: bool,
    /// The schema of population files instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests"])]
    pub population: bool,
    /// The schema of encounters instead, as `--keep` writes them
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population"])]
    pub encounter: bool,
    /// The schema of reports in JSON instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter"])]
    pub report: bool,
    /// The schema of site files instead
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report"])]
    pub site: bool,
    /// The schema of answer sheets for this questionnaire, as `assess` reads them
    #[arg(long, value_name = "QUESTIONNAIRE", conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site"])]
    pub answers_of: Option<String>,
    /// The schema of the lines that `assess` writes
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site", "answers_of"])]
    pub assess: bool,
    /// The schema of what `check --format json` writes
    #[arg(long, conflicts_with_all = ["translation_of", "tests", "population", "encounter", "report", "site", "answers_of", "assess"])]
    pub check: bool,
}

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Built-in questionnaires or files; all built-in ones if none is given
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaires: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time for the proofs of each questionnaire; what is not proved by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
    /// Print answers that show how everything can be reached
    #[arg(long)]
    pub witness: bool,
    /// Check these files again at every save, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
}

#[derive(Debug, ClapArgs)]
pub struct GraphArgs {
    /// A built-in questionnaire or a file
    #[arg(default_value = builtin::DEFAULT)]
    pub questionnaire: String,
    /// How to write the picture; by default as the ending of FILE says (.svg, .mmd, .dot), else as SVG
    #[arg(long, value_enum)]
    pub format: Option<GraphFormat>,
    /// Where to write it; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct NewArgs {
    /// Where to write it; `.yaml` is added to a name without an extension. mine.es.yaml beside mine.yaml becomes the
    /// outline of a translation
    #[arg(value_name = "FILE")]
    pub file: Option<String>,
    /// Copy this questionnaire, under an id of its own, instead of beginning with a small one
    #[arg(long, value_name = "QUESTIONNAIRE")]
    pub from: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// The version before: a built-in questionnaire, a file, or REVISION:PATH of a git repository
    pub old: String,
    /// The version now: the same
    pub new: String,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Time for the comparison; what is not proved by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct TestArgs {
    /// Files of questionnaires
    #[arg(value_name = "QUESTIONNAIRE")]
    pub questionnaires: Vec<String>,
    /// Try only the scenarios with these words in their name
    #[arg(long, value_name = "WORDS")]
    pub only: Option<String>,
    /// Change the questionnaire in small ways, and look whether a scenario notices each change
    #[arg(long, conflicts_with = "only")]
    pub mutants: bool,
    /// With --mutants: time for each questionnaire; what is not decided by then is a failure
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub budget: u64,
}

#[derive(Debug, ClapArgs)]
pub struct SimulateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Population files, files of answer sheets (.jsonl), or names; all that belong to the questionnaire if none is given
    #[arg(value_name = "POPULATION")]
    pub populations: Vec<String>,
    /// How many people to draw of each population [default: as its file says, or 20000]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..=MOST_PEOPLE))]
    pub people: Option<u64>,
    /// The same seed draws the same people
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    pub seed: u64,
    /// The version before, asked of the same people: a built-in questionnaire, a file, or REVISION:PATH of a git
    /// repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    /// Also with all figures at their floor, and at their ceiling
    #[arg(long)]
    pub vary: bool,
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Draw the shares into this file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Write what each person answered into this file, a sheet on each line
    #[arg(long, value_name = "FILE")]
    pub sheets: Option<PathBuf>,
    /// Who is asked, of files of answer sheets
    #[arg(long, value_enum)]
    pub audience: Option<AudienceArg>,
}

#[derive(Debug, ClapArgs)]
pub struct EvaluateArgs {
    /// A built-in questionnaire or a file
    pub questionnaire: String,
    /// Answer sheets, one on each line or as CSV, each with what came of the person; `-` is standard input
    pub sheets: PathBuf,
    /// What the sheets are, where the extension doesn't say it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<TableArg>,
    /// How CSV holds several options of one question, where it holds them both ways
    #[arg(long, value_enum)]
    pub layout: Option<LayoutArg>,
    /// The key beside the answers that says what came of the person: the level that was right, or what --right knows
    #[arg(long, value_name = "COLUMN")]
    pub truth: String,
    /// Which level was right for what stands there, as in x=emergency; `*=LEVEL` for all others
    #[arg(long, value_name = "OUTCOME=LEVEL")]
    pub right: Vec<String>,
    /// Also for each answer to this question, or for parts of a number: age:18,40,60
    #[arg(long, value_name = "QUESTION[:CUTS]")]
    pub by: Vec<String>,
    /// The version before, on the same people: a built-in questionnaire, a file, or REVISION:PATH of a git repository
    #[arg(long, value_name = "OLD")]
    pub against: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: EvaluateFormat,
    /// Draw sensitivity and specificity into this file; `-` is standard output
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Who answered
    #[arg(long, value_enum, default_value_t)]
    pub audience: AudienceArg,
}
