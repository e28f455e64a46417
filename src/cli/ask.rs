//! The interactive command.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Date;

use super::choice::Choice;
use super::language::Opened;
use super::{AskArgs, Exit, WrongUsage};
use crate::interview::Interview;
use crate::plain;
use crate::questionnaire::{Languages, Questionnaire};
use crate::report::{Format, Report};
use crate::site::Site;
use crate::tui;
use crate::tui::Outcome;
use crate::tui::app::{App, Leaving};
use crate::tui::draw::Look;
use crate::tui::terminal::{Ending, Mouse};
use crate::tui::theme;

/// Asks, shows the summary and writes the report.
pub fn run(args: AskArgs) -> Result<Exit> {
    let variable = |name: &str| std::env::var(name).ok();
    let opened = Opened::of(&Choice::of(&args.questionnaire)?)?;
    let questionnaire = opened.wanted(&args.language, variable)?;
    let _ = io::stderr().write_all(opened.warning().as_bytes());
    let site = args.site.read()?;
    let today = jiff::Zoned::now().date();
    if args.plain || !io::stdin().is_terminal() || !io::stdout().is_terminal() || wants_lines(variable) {
        return in_lines(&args, (questionnaire, &opened.languages), &site, today);
    }
    let theme = args.theme.map_or_else(|| theme::Look::from_environment(variable), Into::into).theme();
    let look = Look { theme, ascii: !shows_unicode(variable) };
    let mouse = if args.mouse { Mouse::Captured } else { Mouse::Free };

    let mut app = App::new(questionnaire, args.audience.into(), site.clone(), today);
    app.interview.offer(&opened.languages);
    let outcome = tui::run(&mut app, look, mouse).context("the terminal cannot be used for a full screen")?;
    let exit = match outcome {
        Outcome::Ended(Ending::Terminated) => return Ok(Exit::Terminated),
        Outcome::Ended(Ending::HungUp) => return Ok(Exit::HungUp),
        Outcome::Ended(Ending::Interrupted) | Outcome::Left(Leaving::Interrupted) => {
            return Ok(Exit::Interrupted);
        }
        Outcome::Left(Leaving::Abandoned) => return Ok(Exit::NotAllWell),
        Outcome::Left(Leaving::NotFinished) => Exit::NotAllWell,
        Outcome::Left(Leaving::Finished) => Exit::Done,
    };
    let report = Report::of(&app.interview, today, &site);
    let Some(path) = &args.report else {
        // Kept in the terminal's own history, where it can still be read and copied.
        io::stdout().write_all(written(&args, report).as_bytes())?;
        return Ok(exit);
    };
    write(path, &written(&args, report.clone())).inspect_err(|_| {
        // The answers are gone with the screen. They took a while, so what they led to is not lost.
        let _ = io::stdout().write_all(Format::Text.write(&report).as_bytes());
    })?;
    Ok(exit)
}

/// Line by line, on standard input and output.
fn in_lines(
    args: &AskArgs,
    (questionnaire, languages): (&Questionnaire, &Languages),
    site: &Site,
    today: Date,
) -> Result<Exit> {
    if args.format.is_some() && args.report.is_none() {
        let needs = "line by line the result is said; --format needs --report FILE to write it to";
        return Err(WrongUsage(needs.to_owned()).into());
    }
    let mut interview = Interview::new(questionnaire, args.audience.into());
    interview.offer(languages);
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let outcome = match plain::run(&mut interview, &mut input, &mut output, site, today) {
        // Nobody listens any more. What was said before still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => plain::Outcome::now(&interview),
        outcome => outcome.context("the conversation broke off")?,
    };
    if let Some(path) = &args.report {
        write(path, &written(args, Report::of(&interview, today, site)))?;
    }
    Ok(match outcome {
        plain::Outcome::Finished => Exit::Done,
        plain::Outcome::NotFinished => Exit::NotAllWell,
    })
}

/// The report as a file, made now.
fn written(args: &AskArgs, report: Report) -> String {
    let by_ending = || args.report.as_deref().and_then(|path| Format::of_file(&path.to_string_lossy()));
    let format = args.format.map(Format::from).or_else(by_ending).unwrap_or(Format::Text);
    format.write(&report.at(jiff::Zoned::now().datetime()))
}

fn write(path: &Path, words: &str) -> Result<()> {
    fs::write(path, words).with_context(|| format!("{} was not written", path.display()))
}

/// Does the environment ask for lines rather than a full screen?
pub fn wants_lines(variable: impl Fn(&str) -> Option<String>) -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
        || variable("ACCESSIBLE").is_some_and(|accessible| !accessible.is_empty())
}

/// Does the locale show more than ASCII? Where none is set, terminals of today do.
fn shows_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    set.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
