//! The interactive command.

use anyhow::{Result, bail};

use super::choice::Choice;
use super::{AskArgs, Exit};

/// Asks, shows the summary and writes the report.
pub fn run(args: AskArgs) -> Result<Exit> {
    let questionnaire = Choice::of(&args.questionnaire)?.questionnaire()?;
    let _site = args.site.read()?;
    bail!("asking about {} needs a terminal", questionnaire.id)
}
