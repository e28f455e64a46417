//! The interactive command.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::Date;

use super::drawing::wants_lines;
use super::{AskArgs, Exit, WrongUsage, opening};
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
    let opened = opening::open(&args.questionnaire)?;
    let questionnaire = opened.wanted(args.language.language.as_deref(), variable)?;
    opening::warn_of_direction(&opened);
    let place = opening::place(&args.site, questionnaire)?;
    let site = place.contacts;
    let today = jiff::Zoned::now().date();
    if args.plain || !io::stdin().is_terminal() || !io::stdout().is_terminal() || wants_lines(variable) {
        return in_lines(&args, (questionnaire, &opened.languages), &site, today);
    }
    let theme = theme::Look::of(args.theme.map(Into::into), place.look, variable).theme();
    let look = Look { theme, ascii: !shows_unicode(variable) };
    let mouse = if args.mouse { Mouse::Captured } else { Mouse::Free };

    let mut app = App::new(questionnaire, args.audience.into(), site.clone(), today);
    app.interview.offer(&opened.languages);
    app.large = args.large || place.large;
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
    let report = Report::of_interview(&app.interview, &site);
    let Some(path) = &args.report else {
        // Kept in the terminal's own history, where it can still be read and copied.
        io::stdout().write_all(written(&args, report).as_bytes())?;
        return Ok(exit);
    };
    keep(path, &written(&args, report.clone()), report)?;
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
    let mut interview = Interview::new(questionnaire, args.audience.into(), today);
    interview.offer(languages);
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let outcome = match plain::run(&mut interview, &mut input, &mut output, site) {
        // Nobody listens any more. What was said before still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => plain::Outcome::now(&interview),
        outcome => outcome.context("the conversation broke off")?,
    };
    if let Some(path) = &args.report {
        let report = Report::of_interview(&interview, site);
        keep(path, &written(args, report.clone()), report)?;
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

/// Writes the report into its file. The answers took a while, so where that fails, it is printed as text.
fn keep(path: &Path, words: &str, report: Report) -> Result<()> {
    let Err(problem) = crate::save::write(path, words) else { return Ok(()) };
    let mut output = io::stdout().lock();
    let text = Format::Text.write(&report.at(jiff::Zoned::now().datetime()));
    let printed = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Err(problem).with_context(|| match printed {
        Ok(()) => format!(
            "{} was not written; the report is printed instead, and can be saved elsewhere from there",
            path.display()
        ),
        Err(_) => format!("{} was not written, and the report could not be printed either", path.display()),
    })
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
