//! The interactive command.

use std::io::{self, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use super::drawing::wants_lines;
use super::earlier::Earlier;
use super::report_place::ReportPlace;
use super::{AskArgs, Exit, SessionArgs, WrongUsage, earlier, mistyped, opening, say, words};
use crate::interview::{Interview, Stage};
use crate::library::builtin;
use crate::library::{Choice, Problem};
use crate::plain;
use crate::questionnaire::Audience;
use crate::report::{Format, Report, farewell};
use crate::site::{Place, Site};
use crate::system::clock;
use crate::system::signals::{self, Ending, Second, Signals};
use crate::system::stream::{Listening, Saying, Stream};
use crate::text::clean_line;
use crate::tui;
use crate::tui::Outcome;
use crate::tui::app::{App, Leaving};
use crate::tui::draw::Look;
use crate::tui::large::Sizing;
use crate::tui::terminal::Mouse;
use crate::tui::theme::{self, Theme};
use crate::words::{Destinations, Language};

/// Asks, shows the summary and writes the report. Where another questionnaire is chosen on the first page, that one is
/// asked instead.
pub fn run(args: AskArgs) -> Result<Exit> {
    let begin = match args.go_on.as_deref().map(earlier::read).transpose()? {
        Some(earlier) => Begin::GoOn(earlier),
        None => Begin::Anew,
    };
    ask(
        args.questionnaire.as_deref(),
        args.audience.into(),
        args.language.language.as_deref(),
        begin,
        &args.session,
    )
}

/// What comes before the first question.
pub enum Begin {
    Anew,
    /// Goes on where a check was left.
    GoOn(Earlier),
    /// The check after a check, as this audience or as the one of then.
    Again(Earlier, Option<Audience>),
}

impl Begin {
    fn earlier(&self) -> Option<&Earlier> {
        match self {
            Begin::Anew => None,
            Begin::GoOn(earlier) | Begin::Again(earlier, _) => Some(earlier),
        }
    }
}

/// Asks a questionnaire, or the one that an earlier check is of, in a language, or in that of the earlier check.
///
/// # Errors
/// When something can't be read or kept, or the screen can't be used.
pub fn ask(
    questionnaire: Option<&str>,
    audience: Audience,
    language: Option<&str>,
    mut begin: Begin,
    args: &SessionArgs,
) -> Result<Exit> {
    let variable = |name: &str| std::env::var(name).ok();
    let name = questionnaire.or(begin.earlier().map(|kept| kept.questionnaire.as_str()));
    let report = ReportPlace::of(&args.output, begin.earlier().map(Earlier::path))?;
    let mut choice = chosen(name.unwrap_or(builtin::DEFAULT))?;
    let in_lines =
        args.plain || !io::stdin().is_terminal() || !io::stdout().is_terminal() || wants_lines(variable);
    let signals = in_lines.then(|| Lines::signals(args)).transpose()?;
    let mut lines = signals.as_ref().map(Lines::new);
    let mut reader: Option<Reader> = None;
    loop {
        let mut opened = opening::open(&choice)?;
        let missing = choice.not_offered(opened.languages.first());
        if !missing.is_empty() {
            return Err(Problem::HasMistakes { file: choice.name().to_owned(), found: missing }.into());
        }
        let asked_for = language.or(begin.earlier().map(|kept| kept.language.as_str()));
        let place = opening::place(&args.screen.site, opened.languages.first())?;
        if asked_for.is_none() {
            opening::offer_only(&mut opened, &place);
        }
        let questionnaire = match &reader {
            Some(reader) => {
                let spoken = opened.languages.tags().find(|tag| *tag == reader.language);
                opened.wanted(spoken, variable)?
            }
            None => opened.wanted(asked_for, variable)?,
        };
        opening::warn_of_direction(&opened);
        opening::warn_of_language(&questionnaire.language);
        let mut interview = match &begin {
            Begin::Anew => Interview::new(questionnaire, audience, clock::now().date()),
            Begin::GoOn(earlier) => earlier.resumed(questionnaire)?,
            Begin::Again(earlier, audience) => {
                earlier.again(questionnaire, *audience, clock::now().date())?
            }
        };
        interview.began(clock::now().datetime());
        interview.offer(&opened.languages);
        let asked = match &mut lines {
            Some(lines) => lines.ask(args, report.as_ref(), interview, &place.contacts)?,
            None => {
                let large = reader
                    .as_ref()
                    .map_or(args.screen.look.large || place.large.unwrap_or_default(), |reader| reader.large);
                let app = App::on(interview, place.contacts.clone());
                on_full_screen(args, report.as_ref(), app, &place, large)?
            }
        };
        match asked {
            Asked::Over(exit) => return Ok(exit),
            Asked::Instead { questionnaire, reader: who } => {
                choice = choice.offered(&questionnaire)?;
                (reader, begin) = (Some(who), Begin::Anew);
            }
        }
    }
}

/// The questionnaire of this name. Where there is none, a command may have been meant.
fn chosen(name: &str) -> Result<Choice> {
    if let Some(told) = mistyped::left_out(name) {
        return Err(WrongUsage(told).into());
    }
    Choice::of(name).map_err(|problem| match (&problem, mistyped::meant(name)) {
        (Problem::Unknown { meant: None, .. }, Some(command)) => {
            WrongUsage(format!("{}\n{problem}", words::no_command_either(name, &command))).into()
        }
        _ => problem.into(),
    })
}

/// How asking one questionnaire ended.
pub enum Asked {
    Over(Exit),
    /// Another one was chosen on its first page, before anything was answered.
    Instead {
        questionnaire: String,
        reader: Reader,
    },
}

/// What somebody who chooses another questionnaire brings along.
pub struct Reader {
    /// The language spoken last.
    language: String,
    large: bool,
}

impl Asked {
    fn instead(interview: &Interview, offer: usize, large: bool) -> Asked {
        let questionnaire = interview.questionnaire();
        let language = questionnaire.language.clone();
        Asked::Instead {
            questionnaire: questionnaire.offers[offer].questionnaire.clone(),
            reader: Reader { language, large },
        }
    }
}

/// Runs the full screen to its end, and keeps what was asked for.
///
/// # Errors
/// When the screen can't be used, or something can't be kept.
pub fn on_full_screen(
    args: &SessionArgs,
    report: Option<&ReportPlace>,
    mut app: App,
    place: &Place,
    large: bool,
) -> Result<Asked> {
    let look = look(args.screen.look.theme.map(Into::into), place.look);
    let mouse = if args.screen.mouse || args.touch { Mouse::Captured } else { Mouse::Free };
    let site = &place.contacts;
    app.large = large;
    if args.touch {
        app.take_touch();
    }
    app.may_ask_for_larger = Sizing::may_be_asked(|name| std::env::var(name).ok());
    app.tell_time(clock::now().datetime());
    app.destinations = destinations(args);
    let outcome = tui::run(&mut app, look, mouse);
    if let Ok(Outcome::Left(Leaving::Instead(offer))) = outcome {
        return Ok(Asked::instead(&app.interview, offer, app.large));
    }
    earlier::keep(args, &mut app.interview)?;
    let so_far = *app.interview.stage() == Stage::Summary;
    let kept = Kept { args, report, interview: &app.interview, site, so_far };
    let mut is_printing = false;
    let exit = match outcome {
        Ok(Outcome::Ended(ending)) => return kept.ended(ending).map(Asked::Over),
        Ok(Outcome::Left(Leaving::Interrupted)) => return kept.ended(Ending::Interrupted).map(Asked::Over),
        Ok(Outcome::Left(Leaving::Abandoned | Leaving::Instead(_))) => {
            return Ok(Asked::Over(Exit::NotAllWell));
        }
        Ok(Outcome::Left(Leaving::Printing)) => {
            is_printing = true;
            if app.interview.is_finished() { Exit::Done } else { Exit::NotAllWell }
        }
        Ok(Outcome::Left(Leaving::NotFinished)) => Exit::NotAllWell,
        Ok(Outcome::Left(Leaving::Finished)) => Exit::Done,
        Err(error) => {
            let broke_off = Err(error).context("the terminal cannot be used for a full screen");
            let exit = if so_far { kept.after(broke_off) } else { broke_off };
            return exit.map(Asked::Over);
        }
    };
    let written = kept.keep()?;
    signals::release();
    let mut output = io::stdout().lock();
    if is_printing || (args.output.format.is_some() && args.output.report.is_none()) {
        output.write_all(kept.written().as_bytes())?;
    }
    // As little as is seen at a glance. A report that was asked for is not mixed with it.
    let is_apart = args.output.report.is_none() || (is_printing && written.is_some());
    if args.output.format.is_none() && is_apart {
        let saved = written.as_ref().or(app.saved_as.as_ref());
        output.write_all(kept.farewell(saved.map(PathBuf::as_path)).as_bytes())?;
    }
    output.flush()?;
    Ok(Asked::Over(exit))
}

fn destinations(args: &SessionArgs) -> Destinations {
    let shown = |file: &Option<PathBuf>| file.as_ref().map(|file| clean_line(&file.to_string_lossy()));
    Destinations { keep: shown(&args.output.keep), report: shown(&args.output.report) }
}

/// Standard input and output, line by line. They stay the same when another questionnaire is asked: lines that have
/// come in already are for that one.
struct Lines<'s> {
    signals: &'s Signals,
    input: BufReader<Listening<'s>>,
    output: Saying<'s>,
}

impl<'s> Lines<'s> {
    fn signals(args: &SessionArgs) -> Result<Signals> {
        if args.output.format.is_some() && args.output.report.is_none() {
            let needs = "with --plain, --format also needs --report FILE";
            return Err(WrongUsage(needs.to_owned()).into());
        }
        Signals::take(&[], Second::Noted).context("signals cannot be noted")
    }

    fn new(signals: &'s Signals) -> Lines<'s> {
        Lines {
            signals,
            input: BufReader::new(Listening { stream: Stream::input(), signals }),
            output: Saying { stream: Stream::output(), signals },
        }
    }

    fn ask(
        &mut self,
        args: &SessionArgs,
        report: Option<&ReportPlace>,
        mut interview: Interview,
        site: &Site,
    ) -> Result<Asked> {
        let clock = || Some(clock::now().datetime());
        let outcome = match plain::run_by(
            &mut interview,
            &mut self.input,
            &mut self.output,
            site,
            &clock,
            &destinations(args),
        ) {
            // Nobody listens any more. What was said before still counts.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(plain::Outcome::now(&interview)),
            outcome => outcome,
        };
        let ended = self.signals.ended();
        if let (None, Ok(plain::Outcome::Instead(offer))) = (ended, &outcome) {
            return Ok(Asked::instead(&interview, *offer, args.screen.look.large));
        }
        earlier::keep(args, &mut interview)?;
        let so_far = !interview.asked().is_empty();
        let kept = Kept { args, report, interview: &interview, site, so_far };
        let exit = match (ended, outcome) {
            (Some(ending), _) => {
                let exit = kept.ended(ending);
                if args.output.report.is_none() {
                    // Nothing was borrowed and nothing is kept, so it ends as any program does.
                    ending.end_by_signal();
                }
                exit
            }
            (None, Ok(outcome)) => {
                kept.keep()?;
                // A terminal that goes is seen at its end first, and only then by the signal.
                if let Some(ending) = self.signals.ended() {
                    return Ok(Asked::Over(Exit::By(ending)));
                }
                Ok(match outcome {
                    plain::Outcome::Finished => Exit::Done,
                    plain::Outcome::NotFinished | plain::Outcome::Instead(_) => Exit::NotAllWell,
                })
            }
            (None, Err(error)) => kept.after(Err(error).context("the conversation broke off")),
        };
        exit.map(Asked::Over)
    }
}

/// How long a terminal that takes nothing may hold up the way out.
const PATIENCE: Duration = Duration::from_millis(500);

/// What is kept of an interview when the program ends: a report, if one was asked for.
struct Kept<'a, 'q> {
    args: &'a SessionArgs,
    report: Option<&'a ReportPlace<'a>>,
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
            (Ok(_), happened) => happened,
            (Err(lost), Ok(exit)) => {
                say(&lost);
                Ok(exit)
            }
            (Err(lost), Err(error)) => Err(lost.context(format!("{error:#}"))),
        }
    }

    /// The last lines in the terminal.
    fn farewell(&self, saved: Option<&Path>) -> String {
        let report = Report::of_interview(self.interview, self.site).at(clock::now().datetime());
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let saved = saved.map(|path| clean_line(&whole(path).to_string_lossy()));
        let lines = farewell::lines(&report, saved.as_deref());
        lines.into_iter().flat_map(|line| [line, "\n".to_owned()]).collect()
    }

    /// The report as a file, made now.
    fn written(&self) -> String {
        let by_place = self.report.map(|place| place.format);
        let format = by_place.or(self.args.output.format.map(Format::from)).unwrap_or(Format::Text);
        self.text(format)
    }

    fn text(&self, format: Format) -> String {
        let report = Report::of_interview(self.interview, self.site);
        format.write(&report.at(clock::now().datetime()))
    }

    /// Writes the report into its file and says where that is. The answers took a while, so where it fails, the report
    /// is printed as text.
    fn keep(&self) -> Result<Option<PathBuf>> {
        let (Some(place), Some(path)) = (self.report, &self.args.output.report) else { return Ok(None) };
        let questionnaire = self.interview.questionnaire();
        let words = Language::around(&questionnaire.language).words();
        let why = match place.write(&questionnaire.id, &self.written(), words) {
            Ok(written) => {
                if let Some(path) = &written {
                    let told = words.asking.saved(&clean_line(&path.to_string_lossy()));
                    // The report is written; a terminal that takes nothing doesn't keep the program from ending.
                    let told = format!("redflag: {told}\n");
                    let _ = Stream::errors().write_within(told.as_bytes(), PATIENCE);
                }
                return Ok(written);
            }
            Err(why) => why,
        };
        signals::release();
        let mut output = io::stdout().lock();
        let printed =
            output.write_all(self.text(Format::Text).as_bytes()).and_then(|()| output.flush()).is_ok();
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let path = path.to_string_lossy();
        Err(anyhow!(match printed {
            true => words.asking.report_printed(&path, &why),
            false => words.asking.report_not_printed(&path, &why),
        }))
    }
}

/// In which colours and signs to draw on this terminal.
pub fn look(flag: Option<theme::Look>, site: Option<theme::Look>) -> Look {
    let variable = |name: &str| std::env::var(name).ok();
    let look = theme::Look::of(flag, site, variable);
    let theme = Theme { ink: theme::Ink::of(look, variable), ..look.theme() };
    Look { theme, ascii: !theme::shows_unicode(variable) }
}
