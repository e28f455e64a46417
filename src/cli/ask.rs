//! The interactive command.

use std::io::{self, BufReader, IsTerminal, Write};

use anyhow::{Context, Result, anyhow};

use super::drawing::wants_lines;
use super::{AskArgs, Exit, WrongUsage, earlier, opening, say};
use crate::interview::{Interview, Stage};
use crate::library::builtin;
use crate::plain;
use crate::report::{Format, Report};
use crate::save::{self, Readers};
use crate::site::Site;
use crate::system::clock;
use crate::system::signals::{self, Ending, Second, Signals};
use crate::system::stream::{Listening, Saying, Stream};
use crate::tui;
use crate::tui::Outcome;
use crate::tui::app::{App, Leaving};
use crate::tui::draw::Look;
use crate::tui::terminal::Mouse;
use crate::tui::theme;
use crate::words::Language;

/// Asks, shows the summary and writes the report.
pub fn run(args: AskArgs) -> Result<Exit> {
    let variable = |name: &str| std::env::var(name).ok();
    let earlier = args.go_on.as_deref().map(earlier::read).transpose()?;
    let name = args.questionnaire.as_deref().or(earlier.as_ref().map(|kept| kept.questionnaire.as_str()));
    let opened = opening::open(name.unwrap_or(builtin::DEFAULT))?;
    let language = args.language.language.as_deref().or(earlier.as_ref().map(|kept| kept.language.as_str()));
    let questionnaire = opened.wanted(language, variable)?;
    opening::warn_of_direction(&opened);
    let place = opening::place(&args.site, questionnaire)?;
    let site = place.contacts;
    let mut interview = match &earlier {
        Some(earlier) => earlier.resumed(questionnaire)?,
        None => Interview::new(questionnaire, args.audience.into(), clock::now().date()),
    };
    interview.began(clock::now().datetime());
    interview.offer(&opened.languages);
    if args.plain || !io::stdin().is_terminal() || !io::stdout().is_terminal() || wants_lines(variable) {
        return in_lines(&args, interview, &site);
    }
    let theme = theme::Look::of(args.theme.map(Into::into), place.look, variable).theme();
    let look = Look { theme, ascii: !shows_unicode(variable) };
    let mouse = if args.mouse { Mouse::Captured } else { Mouse::Free };

    let mut app = App::on(interview, site.clone());
    app.large = args.large || place.large;
    let outcome = tui::run(&mut app, look, mouse);
    earlier::keep(&args, &mut app.interview)?;
    let so_far = *app.interview.stage() == Stage::Summary;
    let kept = Kept { args: &args, interview: &app.interview, site: &site, so_far };
    let exit = match outcome {
        Ok(Outcome::Ended(ending)) => return kept.ended(ending),
        Ok(Outcome::Left(Leaving::Interrupted)) => return kept.ended(Ending::Interrupted),
        Ok(Outcome::Left(Leaving::Abandoned)) => return Ok(Exit::NotAllWell),
        Ok(Outcome::Left(Leaving::NotFinished)) => Exit::NotAllWell,
        Ok(Outcome::Left(Leaving::Finished)) => Exit::Done,
        Err(error) => {
            let broke_off = Err(error).context("the terminal cannot be used for a full screen");
            return if so_far { kept.after(broke_off) } else { broke_off };
        }
    };
    if args.report.is_some() {
        kept.keep()?;
    } else {
        signals::release();
        // Kept in the terminal's own history, where it can still be read and copied.
        io::stdout().write_all(kept.written().as_bytes())?;
    }
    Ok(exit)
}

/// Line by line, on standard input and output.
fn in_lines(args: &AskArgs, mut interview: Interview, site: &Site) -> Result<Exit> {
    if args.format.is_some() && args.report.is_none() {
        let needs = "line by line the result is said; --format needs --report FILE to write it to";
        return Err(WrongUsage(needs.to_owned()).into());
    }
    let signals = Signals::take(&[], Second::Noted).context("signals cannot be noted")?;
    let mut input = BufReader::new(Listening { stream: Stream::input(), signals: &signals });
    let mut output = Saying { stream: Stream::output(), signals: &signals };
    let outcome = match plain::run(&mut interview, &mut input, &mut output, site) {
        // Nobody listens any more. What was said before still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(plain::Outcome::now(&interview)),
        outcome => outcome,
    };
    earlier::keep(args, &mut interview)?;
    let so_far = !interview.asked().is_empty();
    let kept = Kept { args, interview: &interview, site, so_far };
    match (signals.ended(), outcome) {
        (Some(ending), _) => {
            let exit = kept.ended(ending);
            if args.report.is_none() {
                // Nothing was borrowed and nothing is kept, so it ends as any program does.
                ending.end_by_signal();
            }
            exit
        }
        (None, Ok(outcome)) => {
            kept.keep()?;
            Ok(match outcome {
                plain::Outcome::Finished => Exit::Done,
                plain::Outcome::NotFinished => Exit::NotAllWell,
            })
        }
        (None, Err(error)) => kept.after(Err(error).context("the conversation broke off")),
    }
}

/// What is kept of an interview when the program ends: a report, if one was asked for.
struct Kept<'a, 'q> {
    args: &'a AskArgs,
    interview: &'a Interview<'q>,
    site: &'a Site,
    /// There is something to keep before all is answered: on the full screen once the summary was shown, and line by
    /// line, where the end of the input makes one, once something was asked.
    so_far: bool,
}

impl Kept<'_, '_> {
    fn is_finished(&self) -> bool {
        plain::Outcome::now(self.interview) == plain::Outcome::Finished
    }

    /// After a signal. Whoever interrupts an interview leaves it, and nothing is kept of it before its end. A program
    /// that is told to end, or that loses its terminal, keeps what there is.
    fn ended(&self, ending: Ending) -> Result<Exit> {
        if self.is_finished() || (ending != Ending::Interrupted && self.so_far) {
            self.after(Ok(Exit::By(ending)))
        } else {
            Ok(Exit::By(ending))
        }
    }

    /// Whatever has happened, the answers are not lost.
    fn after(&self, happened: Result<Exit>) -> Result<Exit> {
        match (self.keep(), happened) {
            (Ok(()), happened) => happened,
            (Err(lost), Ok(exit)) => {
                say(&lost);
                Ok(exit)
            }
            (Err(lost), Err(error)) => Err(lost.context(format!("{error:#}"))),
        }
    }

    /// The report as a file, made now.
    fn written(&self) -> String {
        let by_ending =
            || self.args.report.as_deref().and_then(|path| Format::of_file(&path.to_string_lossy()));
        let format = self.args.format.map(Format::from).or_else(by_ending).unwrap_or(Format::Text);
        self.text(format)
    }

    fn text(&self, format: Format) -> String {
        let report = Report::of_interview(self.interview, self.site);
        format.write(&report.at(clock::now().datetime()))
    }

    /// Writes the report into its file. The answers took a while, so where that fails, it is printed as text.
    fn keep(&self) -> Result<()> {
        let Some(path) = &self.args.report else { return Ok(()) };
        let own = Language::around(&self.interview.questionnaire().language).words();
        let Err(why) = save::write(path, &self.written(), Readers::Owner, own) else { return Ok(()) };
        signals::release();
        let mut output = io::stdout().lock();
        let printed =
            output.write_all(self.text(Format::Text).as_bytes()).and_then(|()| output.flush()).is_ok();
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let told = if printed { own.asking.report_printed } else { own.asking.report_not_printed };
        Err(anyhow!(told(&path.to_string_lossy(), &why)))
    }
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
