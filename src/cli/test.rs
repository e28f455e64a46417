//! `redflag test`: tries the scenarios beside questionnaires, and looks whether they would notice mistakes.

use std::io::{self, Write};

use anyhow::Result;

use super::args::TestArgs;
use super::beside::{self, Beside};
use super::check::{has_colour, rendered};
use super::choice::Choice;
use super::{Exit, WrongUsage, mutants};
use crate::questionnaire::Questionnaire;
use crate::report::clean_line;
use crate::scenarios::Case;
use crate::scenarios::coverage::{self, Share};

pub fn run(args: &TestArgs) -> Result<Exit> {
    if args.questionnaires.is_empty() {
        return Err(WrongUsage(NO_FILE.to_owned()).into());
    }
    let arguments = beside::questionnaires(&args.questionnaires);
    let choices: Vec<Choice> =
        arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<_>>()?;
    let mut all_well = true;
    for choice in &choices {
        let Some(beside) = Beside::of(choice)? else {
            return Err(WrongUsage(no_scenarios(choice)).into());
        };
        let questionnaire = choice.questionnaire()?;
        all_well &= test(args, choice, &questionnaire, &beside)?;
    }
    Ok(if all_well { Exit::Done } else { Exit::NotAllWell })
}

const NO_FILE: &str =
    "give the file of a questionnaire, such as questionnaires/back-pain.yaml; its scenarios stand beside it";

fn no_scenarios(choice: &Choice) -> String {
    match choice {
        Choice::Builtin(builtin) => format!(
            "the program holds the questionnaire `{0}` without its scenarios: give the file that it was made from, such as questionnaires/{0}.yaml, with {0}.tests.yaml beside it",
            builtin.name
        ),
        Choice::File { path, name, .. } => {
            let wanted = clean_line(&beside::path(path).to_string_lossy());
            format!("{name} has no scenarios: they would stand in {wanted}")
        }
    }
}

/// Tries one questionnaire. `false`: something fails.
fn test(args: &TestArgs, choice: &Choice, questionnaire: &Questionnaire, beside: &Beside) -> Result<bool> {
    let mut out = io::stdout().lock();
    let colour = has_colour(&out);
    let loaded = match beside.suite(questionnaire) {
        Ok(loaded) => loaded,
        Err(mistakes) => {
            out.write_all(rendered(&mistakes, colour).as_bytes())?;
            out.flush()?;
            return Ok(false);
        }
    };
    if !loaded.warnings.is_empty() {
        writeln!(out, "{}", rendered(&loaded.warnings, colour))?;
    }
    let suite = loaded.suite;
    let is_meant = |case: &Case| args.only.as_ref().is_none_or(|words| case.name.contains(words.as_str()));
    let meant: Vec<(usize, &Case)> =
        suite.cases.iter().enumerate().filter(|(_, case)| is_meant(case)).collect();
    let failed = beside::failed(questionnaire, meant.iter().copied());
    writeln!(out, "{}: {}", beside.name, scenarios(meant.len()))?;
    for (index, case) in &meant {
        let verdict = if failed.iter().any(|(failed, _)| failed == index) { "FAILED" } else { "ok" };
        writeln!(out, "test {} ... {verdict}", case.name)?;
    }
    let failures = beside.failures(questionnaire, &suite, &failed);
    if !failures.is_empty() {
        write!(out, "\nfailures:\n\n{}", rendered(&failures, colour))?;
    }
    let left_out = suite.cases.len() - meant.len();
    let verdict = if failed.is_empty() { "ok" } else { "FAILED" };
    let passed = meant.len() - failed.len();
    writeln!(out, "\ntest result: {verdict}. {passed} passed; {} failed; {left_out} left out", failed.len())?;
    if args.only.is_none() {
        let passed = meant.iter().filter(|(index, _)| failed.iter().all(|(failed, _)| failed != index));
        let passed: Vec<&Case> = passed.map(|(_, case)| *case).collect();
        write!(out, "\n{}", covered(&coverage::of(questionnaire, &passed)))?;
    }
    out.flush()?;
    let mut all_well = failed.is_empty();
    if args.mutants && !all_well {
        writeln!(out, "\nsmall changes are tried when all scenarios hold")?;
    } else if args.mutants {
        let file = (choice.name(), choice.text());
        let (said, well) = mutants::report(questionnaire, file, &suite, args.budget, colour);
        write!(out, "\n{said}")?;
        all_well = well;
    }
    out.flush()?;
    Ok(all_well)
}

/// `1 scenario`
pub fn scenarios(count: usize) -> String {
    if count == 1 { "1 scenario".to_owned() } else { format!("{count} scenarios") }
}

/// What the scenarios come across, and what none does.
fn covered(shares: &[Share]) -> String {
    let mut said = "covered by what passed:\n".to_owned();
    for share in shares {
        let (covered, all, percent) = (share.covered(), share.all, share.percent());
        said += &format!("  {:<9} {covered} of {all} ({percent} %)\n", share.what);
    }
    for share in shares.iter().filter(|share| !share.missing.is_empty()) {
        said += &format!("{} not covered:\n", share.what);
        share.missing.iter().for_each(|id| said += &format!("  {id}\n"));
    }
    said
}
