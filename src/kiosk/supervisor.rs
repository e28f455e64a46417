//! The process that stays: it holds the terminal, the PIN, the commands and the counts, and never an answer.

use std::collections::VecDeque;
use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::counts::Kept;
use super::ended::Ended;
use super::person::BEAT;
use super::staff::{Desk, Wanted};
use super::ticket;
use super::told::{Lines, Reply, Told, send};
use crate::site::Kiosk;
use crate::system::command::{self, Failure, Running};
use crate::system::pin::Delay;
use crate::system::signals::Ending;
use crate::system::stream::{Ready, poll};
use crate::text::clean_line;
use crate::tui::draw::Look;
use crate::tui::draw::poster::{self, Buttons, Poster};
use crate::tui::failed;
use crate::tui::terminal::{Mouse, Terminal, Wake};
use crate::words::Words;

/// So many crashes in so long, and something is wrong that starting again does not help.
const CRASHES: usize = 5;
const SO_LONG: Duration = Duration::from_secs(60);
/// The wait after the first of them; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// How long a person's process may take to end when it is told to.
const PATIENCE: Duration = Duration::from_secs(2);
/// So long without a word, and a person's process hangs.
const SILENCE: Duration = Duration::from_secs(30);

/// How the kiosk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Staff have left it.
    Left,
    /// Nobody could be asked any more.
    OutOfOrder,
    Ended(Ending),
}

/// What the supervisor needs.
pub struct Supervisor<'a> {
    pub kiosk: &'a Kiosk,
    /// In the language of those who work there.
    pub words: &'static Words,
    /// In every language, for those who come.
    pub all_words: Vec<&'static Words>,
    pub look: Look,
    pub kept: Kept,
    /// The command that asks one person, but for its standard error.
    pub person: &'a dyn Fn() -> Command,
}

/// A person's process.
struct Process {
    child: Child,
    /// The way to it and from it, which is its standard error.
    line: UnixStream,
    lines: Lines,
    call: Call,
    has_begun: bool,
    is_finished: bool,
    level: Option<String>,
    at: Option<(String, Instant)>,
    left_at: Option<String>,
}

/// Calls of one person.
#[derive(Default)]
struct Call {
    ticket: Option<String>,
    /// An urgent level has called already.
    has_called: bool,
}

/// A call that is on its way, and for whom: the number of the person's process.
struct Bell {
    running: Running,
    ticket: String,
    person: u32,
}

/// How one person's process ended.
enum End {
    With(ExitStatus),
    Leave,
    Ended(Ending),
}

impl Supervisor<'_> {
    /// Asks one person after another until staff leave, or it has to end.
    ///
    /// # Errors
    /// When the terminal can't be used.
    pub fn run(mut self) -> io::Result<Outcome> {
        let mut terminal = Terminal::take_public(Mouse::Captured)?;
        let (mut delay, mut bell) = (Delay::default(), None);
        let mut crashes = VecDeque::new();
        let outcome = loop {
            terminal.lend();
            let end = match self.start() {
                Ok(mut person) => {
                    let end = self.watch(&mut person, &mut terminal, &mut delay, &mut bell)?;
                    self.count(&mut person, &end);
                    Some(end)
                }
                Err(error) => {
                    log(&format!("a person's process was not started: {error}"));
                    None
                }
            };
            let hung_up = Ending::HungUp.status().into();
            match end {
                Some(End::Leave) => break Outcome::Left,
                Some(End::Ended(ending)) => break Outcome::Ended(ending),
                Some(End::With(status)) if status.code() == Some(hung_up) => {
                    break Outcome::Ended(Ending::HungUp);
                }
                Some(End::With(status)) if Ended::of(status) != Ended::Crashed => {}
                Some(End::With(_)) | None => {
                    let now = Instant::now();
                    crashes.push_back(now);
                    crashes.retain(|&crash| now.saturating_duration_since(crash) < SO_LONG);
                    let is_broken = crashes.len() >= CRASHES;
                    let wait = FIRST_WAIT * (1 << (crashes.len() - 1).min(8));
                    if let Some(ending) = self.show_trouble(is_broken, wait, &mut terminal)? {
                        break Outcome::Ended(ending);
                    }
                    if is_broken {
                        break Outcome::OutOfOrder;
                    }
                }
            }
        };
        terminal.lend();
        Ok(outcome)
    }

    fn start(&self) -> io::Result<Process> {
        let (line, theirs) = UnixStream::pair()?;
        line.set_nonblocking(true)?;
        let child = (self.person)().stderr(OwnedFd::from(theirs)).spawn()?;
        Ok(Process {
            child,
            line,
            lines: Lines::default(),
            call: Call::default(),
            has_begun: false,
            is_finished: false,
            level: None,
            at: None,
            left_at: None,
        })
    }

    /// Waits for one person.
    fn watch(
        &mut self,
        person: &mut Process,
        terminal: &mut Terminal,
        delay: &mut Delay,
        bell: &mut Option<Bell>,
    ) -> io::Result<End> {
        let mut heard = Instant::now();
        loop {
            let wait = [(person.line.as_fd(), Ready::ToRead), (terminal.signals().wake(), Ready::ToRead)];
            let [told, signalled] = poll(wait, Some(bell.as_ref().map_or(BEAT, |_| command::LOOK)))?;
            if signalled {
                terminal.signals().woken();
                if let Some(ending) = terminal.signals().ended() {
                    person.end();
                    return Ok(End::Ended(ending));
                }
            }
            self.look_after(bell, person);
            let mut is_over = false;
            if heard.elapsed() >= SILENCE {
                log("a person's process stopped responding and was ended");
                person.child.kill()?;
                return Ok(End::With(person.child.wait()?));
            }
            if told {
                heard = Instant::now();
                let read = person.lines.read(&person.line);
                is_over = read.is_over;
                for line in read.lines {
                    match Told::read(&line) {
                        Some(Told::Staff) => {
                            if let Some(end) = self.for_staff(person, terminal, delay)? {
                                return Ok(end);
                            }
                            heard = Instant::now();
                        }
                        Some(told) => self.hear(told, person, bell),
                        None => log(&line),
                    }
                }
            }
            // Nothing more comes from it, so it has ended or does so now.
            if is_over {
                return Ok(End::With(person.ended()?));
            }
        }
    }

    fn for_staff(
        &mut self,
        person: &mut Process,
        terminal: &mut Terminal,
        delay: &mut Delay,
    ) -> io::Result<Option<End>> {
        terminal.take_back()?;
        let (kiosk, words, look) = (self.kiosk, self.words, self.look);
        let wanted = Desk { kiosk, words, look, counts: &self.kept.counts, delay }.run(terminal)?;
        terminal.lend();
        if let Some(ending) = terminal.signals().ended() {
            person.end();
            return Ok(Some(End::Ended(ending)));
        }
        let reply = if wanted == Wanted::Nothing { Reply::GoOn } else { Reply::End };
        // One that has crashed meanwhile is noticed next.
        let _ = send(&person.line, &reply.line());
        if wanted == Wanted::Leave {
            person.ended()?;
            return Ok(Some(End::Leave));
        }
        Ok(None)
    }

    fn hear(&mut self, told: Told, person: &mut Process, bell: &mut Option<Bell>) {
        match told {
            Told::Began => {
                person.has_begun = true;
                self.kept.counts.started += 1;
            }
            Told::At(question) => {
                person.leave_question(&mut self.kept);
                person.left_at = question.clone().or(person.left_at.take());
                person.at = question.map(|question| (question, Instant::now()));
            }
            Told::Level { id, is_urgent, is_complete } => {
                person.is_finished |= is_complete;
                if is_urgent && !std::mem::replace(&mut person.call.has_called, true) {
                    self.call(&id, person, bell);
                }
                person.level = Some(id);
            }
            Told::Call => {
                let level = person.level.clone().unwrap_or_else(|| "none".to_owned());
                self.call(&level, person, bell);
            }
            Told::Alive | Told::Staff => {}
        }
    }

    /// Calls staff with the level on the screen and the person's ticket.
    fn call(&mut self, level: &str, person: &mut Process, bell: &mut Option<Bell>) {
        if !self.kiosk.on_emergency.is_set() {
            let _ = send(&person.line, &Reply::NoBell.line());
            return;
        }
        // One at a time.
        if bell.is_some() {
            return;
        }
        let ticket = person.call.ticket.get_or_insert_with(ticket::new).clone();
        self.kept.counts.calls += 1;
        let started =
            Running::start(&self.kiosk.on_emergency.0, &[level, &ticket], Vec::new(), command::LIMIT);
        let reply = match started {
            Ok(running) => {
                *bell = Some(Bell { running, ticket: ticket.clone(), person: person.child.id() });
                Reply::Calling(ticket)
            }
            Err(failure) => {
                self.failed_call(&failure);
                Reply::NotCalled(ticket)
            }
        };
        let _ = send(&person.line, &reply.line());
    }

    fn failed_call(&mut self, failure: &Failure) {
        self.kept.counts.failed_calls += 1;
        log(&format!("on_emergency: {}", failed::why(failure, self.words)));
    }

    /// Looks whether the call has come through.
    fn look_after(&mut self, bell: &mut Option<Bell>, person: &Process) {
        let Some(ended) = bell.as_mut().and_then(|bell| bell.running.look()) else { return };
        let Some(Bell { ticket, person: called, .. }) = bell.take() else { return };
        let reply = match ended {
            Ok(()) => Reply::Called(ticket),
            Err(failure) => {
                self.failed_call(&failure);
                Reply::NotCalled(ticket)
            }
        };
        // It is nothing to whoever came after them.
        if called == person.child.id() {
            let _ = send(&person.line, &reply.line());
        }
    }

    fn count(&mut self, person: &mut Process, end: &End) {
        person.leave_question(&mut self.kept);
        let how = match end {
            End::With(status) => Ended::of(*status),
            End::Leave => Ended::ByStaff,
            End::Ended(_) => return,
        };
        // A page that waits may crash or be ended as well; that counts, and nobody has left.
        if person.has_begun || how == Ended::Crashed {
            let (level, left_at) = (person.level.as_deref(), person.left_at.as_deref());
            self.kept.counts.over(how, person.is_finished, level, left_at);
        }
        if let Err(why) = self.kept.keep(self.words) {
            log(&why);
        }
    }

    /// Says that something is wrong, and waits. `Some`: the program has to end.
    fn show_trouble(
        &self,
        is_broken: bool,
        wait: Duration,
        terminal: &mut Terminal,
    ) -> io::Result<Option<Ending>> {
        terminal.take_back()?;
        let say = |words: &&'static Words| match is_broken {
            true => words.kiosk.out_of_order.to_owned(),
            false => words.kiosk.moment.to_owned(),
        };
        let poster = Poster { paragraphs: self.all_words.iter().map(say).collect(), ..Poster::default() };
        let wait = if is_broken { self.kiosk.out_of_order } else { wait };
        let end = Instant::now() + wait;
        loop {
            terminal.draw(|frame| poster::draw(&poster, &mut Buttons::default(), self.look, frame))?;
            let left = end.saturating_duration_since(Instant::now());
            match terminal.next(left) {
                Wake::Ended(ending) => return Ok(Some(ending)),
                Wake::Tick if left.is_zero() => return Ok(None),
                Wake::Tick | Wake::Told | Wake::Events(_) => {}
            }
        }
    }
}

impl Process {
    /// Notes how long the question was on the screen that was there until now.
    fn leave_question(&mut self, kept: &mut Kept) {
        if let Some((question, since)) = self.at.take() {
            kept.counts.asked(&question, since.elapsed());
        }
    }

    /// How it has ended, or ends now that it was told to; one that doesn't is killed.
    fn ended(&mut self) -> io::Result<ExitStatus> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.child.kill()?;
        self.child.wait()
    }

    /// Ends it.
    fn end(&mut self) {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
            && matches!(self.child.try_wait(), Ok(None))
        {
            let _ = kill_process(pid, Signal::TERM);
        }
        let _ = self.ended();
    }
}

/// Says something to whoever runs this place, where that isn't on the screen that everybody sees. What is said holds no
/// answer.
fn log(words: &str) {
    if !io::stderr().is_terminal() {
        let _ = writeln!(io::stderr(), "redflag: {}", clean_line(words));
    }
}
