//! `redflag test`: tries the scenarios beside questionnaires, and looks whether they would notice mistakes.

use std::collections::HashSet;
use std::io::{self, Write};

use anyhow::Result;

use super::args::TestArgs;
use super::checked::failed;
use super::drawing::{has_colour, mistakes as drawn};
use super::while_read::WhileRead;
use super::{Exit, WrongUsage, mutants, words};
use crate::library::Choice;
use crate::library::{ScenarioFile, population_file, scenario_file};
use crate::population;
use crate::questionnaire::Questionnaire;
use crate::scenarios::coverage::{self, Share};
use crate::scenarios::{Case, Suite};
use crate::text::clean_line;

pub fn run(args: &TestArgs) -> Result<Exit> {
    if args.questionnaires.is_empty() {
        return Err(WrongUsage(words::TEST_NEEDS_A_FILE.to_owned()).into());
    }
    let arguments = scenario_file::questionnaires(&args.questionnaires)?;
    let choices: Vec<Choice> =
        arguments.iter().map(|argument| Choice::of(argument)).collect::<Result<_, _>>()?;
    let mut all_well = true;
    let mut names = Vec::new();
    for choice in &choices {
        let Some(beside) = ScenarioFile::of(choice)? else {
            return Err(WrongUsage(no_scenarios(choice)).into());
        };
        let questionnaire = choice.questionnaire()?;
        all_well &= test(args, choice, &questionnaire, &beside, &mut names)?;
        if args.only.is_none() && !args.mutants {
            all_well &= limits(choice, &questionnaire)?;
        }
    }
    if let Some(only) = args.only.as_deref().filter(|only| !names.iter().any(|name| name.contains(*only))) {
        // Nothing was tried, which must not pass for all being well.
        return Err(WrongUsage(words::only_nothing(only, &names)).into());
    }
    Ok(if all_well { Exit::Done } else { Exit::NotAllWell })
}

fn no_scenarios(choice: &Choice) -> String {
    match choice {
        Choice::Builtin(builtin) => words::built_in_without_scenarios(builtin.name),
        Choice::File { path, name, .. } => {
            words::no_scenarios(name, &clean_line(&scenario_file::path(path).to_string_lossy()))
        }
    }
}

/// Tries one questionnaire. `false`: something fails.
fn test(
    args: &TestArgs,
    choice: &Choice,
    questionnaire: &Questionnaire,
    beside: &ScenarioFile,
    names: &mut Vec<String>,
) -> Result<bool> {
    let mut out = WhileRead::new(io::stdout().lock());
    let colour = has_colour(out.stream());
    let loaded = match beside.suite(questionnaire) {
        Ok(loaded) => loaded,
        Err(mistakes) => {
            out.write_all(drawn(&mistakes, colour).as_bytes())?;
            out.flush()?;
            return Ok(false);
        }
    };
    if !loaded.warnings.is_empty() {
        writeln!(out, "{}", drawn(&loaded.warnings, colour))?;
    }
    names.extend(loaded.suite.cases.iter().map(|case| case.name.clone()));
    let (told, mut all_well) = tried(args.only.as_deref(), questionnaire, beside, &loaded.suite, colour);
    out.write_all(told.as_bytes())?;
    if args.mutants && !all_well {
        write!(out, "\n{}", words::MUTANTS_NEED_SCENARIOS_THAT_HOLD)?;
    } else if args.mutants {
        // It takes a while, and what was found so far can be read meanwhile.
        out.flush()?;
        let file = (choice.name(), choice.text());
        let (told, well) = mutants::report(questionnaire, file, &loaded.suite, args.budget, colour);
        write!(out, "\n{told}")?;
        all_well = well;
    }
    out.flush()?;
    Ok(all_well)
}

/// Tries the limits of the populations. `false`: one is broken.
fn limits(choice: &Choice, questionnaire: &Questionnaire) -> Result<bool> {
    let mut out = io::stdout().lock();
    let colour = has_colour(&out);
    let mut all_well = true;
    let mut is_first = true;
    for file in population_file::all(choice, &questionnaire.id)? {
        let (what, limits, found) = match file.population(choice, questionnaire) {
            Ok(loaded) => {
                let people = loaded.population;
                let counts = population::drawn(questionnaire, &people);
                let found = population::broken(questionnaire, &people, &counts, (&file.name, &file.text));
                (format!("{}: {}", file.name, people.title), people.limits.len(), found)
            }
            Err(mistakes) => (file.name.clone(), 0, mistakes),
        };
        if limits == 0 && found.is_empty() {
            continue;
        }
        if std::mem::take(&mut is_first) {
            writeln!(out)?;
        }
        write!(out, "{}", words::limits_tried(&what, limits, found.len()))?;
        if !found.is_empty() {
            all_well = false;
            write!(out, "\n{}", drawn(&found, colour))?;
        }
        out.flush()?;
    }
    Ok(all_well)
}

/// Tries the cases, or those with these words in their name: what to say, and whether all hold.
fn tried(
    only: Option<&str>,
    questionnaire: &Questionnaire,
    beside: &ScenarioFile,
    suite: &Suite,
    colour: bool,
) -> (String, bool) {
    let is_meant = |case: &Case| only.is_none_or(|words| case.name.contains(words));
    let meant = suite.cases.iter().enumerate().filter(|(_, case)| is_meant(case));
    let meant: Vec<(usize, &Case)> = meant.collect();
    let failed = failed(questionnaire, meant.iter().copied());
    let failing: HashSet<usize> = failed.iter().map(|(index, _)| *index).collect();
    let mut told = format!("{}: {}\n", beside.name, words::scenarios(meant.len()));
    for (index, case) in &meant {
        told += &words::tried(&case.name, !failing.contains(index));
    }
    let failures = beside.failures(questionnaire, suite, &failed);
    if !failures.is_empty() {
        told += &format!("\n{}\n{}", words::FAILURES, drawn(&failures, colour));
    }
    let passed: Vec<&Case> =
        meant.iter().filter(|(index, _)| !failing.contains(index)).map(|(_, case)| *case).collect();
    told.push('\n');
    told += &words::test_result(passed.len(), failed.len(), suite.cases.len() - meant.len());
    if only.is_none() {
        told.push('\n');
        told += &covered(&coverage::of(questionnaire, &passed));
    }
    (told, failed.is_empty())
}

/// What the scenarios come across, and what none does.
fn covered(shares: &[Share]) -> String {
    let mut told = words::COVERED.to_owned();
    for share in shares {
        told += &words::covered(share.what, share.covered(), share.all, share.percent());
    }
    for share in shares.iter().filter(|share| !share.missing.is_empty()) {
        told += &words::not_covered(share.what);
        share.missing.iter().for_each(|id| told += &format!("  {id}\n"));
    }
    told
}
