//! `redflag check --watch`: the files once more at every save.
//!
//! A file is looked at four times a second by what the system says of it, which also sees an editor that puts a
//! new file in the place of the old one. It is read only when something has changed.

use std::cell::Cell;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::args::CheckArgs;
use super::checked::Checked;
use super::drawing;
use super::values::CheckFormat;
use super::{Exit, WrongUsage, words};
use crate::library::Choice;
use crate::library::scenario_file;
use crate::library::{TranslationFile, WordsFile};
use crate::proof;
use crate::questionnaire::diagnostic::Severity;
use crate::system::clock;
use crate::system::signals::{Ending, Second, Signals};
use crate::system::stream::{Saying, Stream};

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(250);

/// A file that was just touched is read when it has been left alone for so long: some editors empty it first.
const SETTLED: Duration = Duration::from_millis(60);
/// It is read all the same after so many of these.
const MOST_SETTLING: usize = 20;

/// Cursor to the top, and nothing below it.
const CLEAR: &str = "\x1b[H\x1b[2J";

pub fn run(args: &CheckArgs) -> Result<Exit> {
    if args.format == CheckFormat::Json {
        return Err(WrongUsage(words::WATCH_TELLS_IN_TEXT.to_owned()).into());
    }
    let arguments = scenario_file::questionnaires(&args.questionnaires)?;
    let mut files = arguments.iter().map(|argument| Watched::of(argument)).collect::<Result<Vec<_>>>()?;
    if files.is_empty() {
        return Err(WrongUsage(words::WATCH_NEEDS_A_FILE.to_owned()).into());
    }
    let signals = Signals::take(&[], Second::Ends).context("signals cannot be waited for")?;
    let mut first = true;
    while signals.ended().is_none() {
        let changed = check_again(&mut files, args, &signals);
        if signals.ended().is_some() {
            break;
        }
        if changed {
            tell(&files, first, &signals)?;
            first = false;
        }
        files.iter_mut().for_each(|file| file.is_new = false);
        wait_for_a_change(&files, &signals);
    }
    if io::stdout().is_terminal() {
        // The terminal has drawn `^C` there. One that doesn't read needs no new line.
        let _ = Stream::output().write_some(b"\n");
    }
    Ok(Exit::By(signals.ended().unwrap_or(Ending::Interrupted)))
}

/// Checks what has changed since it was checked last. `true`: something had.
fn check_again(files: &mut [Watched], args: &CheckArgs, signals: &Signals) -> bool {
    let mut any = false;
    for file in files {
        let mut state = State::of(&file.argument);
        while file.told.is_none() || state != file.state {
            file.state = state;
            let started = Instant::now();
            file.told = Some(file.check(args, signals));
            file.took = started.elapsed();
            file.is_new = true;
            any = true;
            if signals.ended().is_some() {
                return any;
            }
            // What was proved of a file that has changed meanwhile is of no use.
            state = State::of(&file.argument);
        }
    }
    any
}

/// Returns when a file has changed and is left alone, or the program is to end.
fn wait_for_a_change(files: &[Watched], signals: &Signals) {
    let states = || files.iter().map(|file| State::of(&file.argument)).collect::<Vec<_>>();
    while files.iter().all(|file| State::of(&file.argument) == file.state) {
        if signals.wait(PAUSE) {
            return;
        }
    }
    let mut before = states();
    for _ in 0..MOST_SETTLING {
        if signals.wait(SETTLED) {
            return;
        }
        let now = states();
        if now == before {
            return;
        }
        before = now;
    }
}

fn tell(files: &[Watched], first: bool, signals: &Signals) -> io::Result<()> {
    let out = io::stdout();
    let colour = drawing::has_colour(&out);
    let mut text = String::new();
    match may_clear(&out) {
        true => text += CLEAR,
        false if !first => text += &format!("\n{}\n", words::SEPARATOR),
        false => {}
    }
    let now = clock::now();
    let now = format!("{:02}:{:02}:{:02}", now.hour(), now.minute(), now.second());
    for file in files {
        let Some(told) = &file.told else { continue };
        // One that is well and as it was needs no more than its line below.
        if file.is_new || !told.is_well() {
            text += &told.text(colour);
            text.push('\n');
        }
    }
    for file in files {
        let Some(told) = &file.told else { continue };
        let took = file.took.as_secs_f64();
        let when = if file.is_new { &now } else { "        " };
        text += &format!("{when}  {}: {}", file.name, told.verdict());
        if file.is_new && matches!(told, Verdict::Checked(_)) {
            text += &format!(" ({took:.2} s)");
        }
        text.push('\n');
    }
    text += &format!("{}\n", words::WAITING);
    match (Saying { stream: Stream::output(), signals }).write_all(text.as_bytes()) {
        // It is not read any more, and need not be.
        Err(_) if signals.ended().is_some() => Ok(()),
        told => told,
    }
}

/// Whether the screen may be cleared: not where lines are read aloud or kept.
fn may_clear(out: &impl IsTerminal) -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    out.is_terminal() && !drawing::wants_lines(variable)
}

/// A file that is watched, and what was last said of it.
struct Watched {
    argument: String,
    name: String,
    /// As it was just before it was read.
    state: Option<State>,
    told: Option<Verdict>,
    took: Duration,
    /// Whether that was said in this round.
    is_new: bool,
}

impl Watched {
    /// # Errors
    /// [`WrongUsage`] for what is no file, or isn't there: a misspelt name would be waited for in vain.
    fn of(argument: &str) -> Result<Watched> {
        match Choice::of(argument)? {
            Choice::Builtin(builtin) => Err(WrongUsage(words::never_changes(builtin.name)).into()),
            // What comes through a pipe comes once.
            Choice::File { name, .. } if !Path::new(argument).is_file() => {
                Err(WrongUsage(words::not_watched(&name)).into())
            }
            choice @ Choice::File { .. } => Ok(Watched {
                argument: argument.to_owned(),
                name: choice.name().to_owned(),
                state: None,
                told: None,
                took: Duration::ZERO,
                is_new: true,
            }),
        }
    }

    fn check(&self, args: &CheckArgs, signals: &Signals) -> Verdict {
        if self.state.is_none() {
            return Verdict::NotThere(words::not_there(&self.name));
        }
        match Choice::of(&self.argument) {
            Ok(choice) => {
                Verdict::Checked(Checked::of(&choice, args.witness, self.stop(args.budget, signals)))
            }
            Err(error) => Verdict::NotRead(format!("{error}\n")),
        }
    }

    /// Says that a proof may end: the time is up, the program is to end, or the file isn't what is proved any more.
    fn stop(&self, budget: u64, signals: &Signals) -> proof::Stop {
        let (started, budget) = (Instant::now(), Duration::from_secs(budget));
        let (looked, outdated) = (Cell::new(started), Cell::new(false));
        let (argument, state) = (self.argument.clone(), self.state.clone());
        let signals = signals.asker();
        Rc::new(move || {
            if looked.get().elapsed() > PAUSE {
                looked.set(Instant::now());
                outdated.set(State::of(&argument) != state);
            }
            outdated.get() || started.elapsed() > budget || signals.ended().is_some()
        })
    }
}

/// What there is to say of a file.
enum Verdict {
    Checked(Checked),
    NotThere(String),
    NotRead(String),
}

impl Verdict {
    fn is_well(&self) -> bool {
        matches!(self, Verdict::Checked(checked) if checked.diagnostics.is_empty())
    }

    fn text(&self, colour: bool) -> String {
        match self {
            Verdict::Checked(checked) => checked.text(colour),
            Verdict::NotThere(text) | Verdict::NotRead(text) => text.clone(),
        }
    }

    fn verdict(&self) -> String {
        match self {
            Verdict::Checked(checked) => {
                let number = |severity| drawing::number_of(&checked.diagnostics, severity);
                words::verdict(number(Severity::Error), number(Severity::Warning))
            }
            Verdict::NotThere(_) => words::VERDICT_NOT_THERE.to_owned(),
            Verdict::NotRead(_) => words::VERDICT_NOT_READ.to_owned(),
        }
    }
}

/// What tells one content of a questionnaire, its translations and its scenarios from the next without reading them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State(Vec<(PathBuf, FileState)>);

impl State {
    /// `None`: there is nothing of this name.
    fn of(path: &str) -> Option<State> {
        let path = Path::new(path);
        let mut files = vec![(path.to_owned(), FileState::of(path)?)];
        let translations = TranslationFile::beside(path).into_iter().map(|translation| translation.path);
        let original = TranslationFile::of(path).map(|(_, original)| original);
        let folder = path.parent().unwrap_or(Path::new(""));
        let words = WordsFile::in_folder(folder).into_iter().map(|words| words.path);
        for other in translations.chain(original).chain([scenario_file::path(path)]).chain(words) {
            if let Some(state) = FileState::of(&other) {
                files.push((other, state));
            }
        }
        Some(State(files))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct FileState {
    /// Device and number: another file of the same name has others.
    place: (u64, u64),
    length: u64,
    /// Seconds and nanoseconds of the last write, and of the last change of any kind.
    written: (i64, i64),
    changed: (i64, i64),
}

impl FileState {
    fn of(path: &Path) -> Option<FileState> {
        let found = fs::metadata(path).ok()?;
        Some(FileState {
            place: (found.dev(), found.ino()),
            length: found.len(),
            written: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        })
    }
}
