//! The pages for those who work there: the PIN, and what they can do behind it.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode};

use super::counts::Counts;
use super::slip;
use crate::site::Kiosk;
use crate::system::command::{self, Failure, Running};
use crate::system::pin::{self, Delay};
use crate::tui::draw::Look;
use crate::tui::draw::poster::{self, Button, Buttons, DIGITS, Poster};
use crate::tui::failed::why;
use crate::tui::terminal::{Terminal, Wake};
use crate::words::Words;

/// With nobody there for so long the pages close.
const PATIENCE: Duration = Duration::from_secs(15);

/// What staff want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: the person goes on.
    Nothing,
    Restart,
    Leave,
}

/// What the pages need.
pub struct Desk<'a> {
    pub kiosk: &'a Kiosk,
    pub words: &'static Words,
    pub look: Look,
    pub counts: &'a Counts,
    pub delay: &'a mut Delay,
}

const CLOSE: &[KeyCode] = &[KeyCode::Esc, KeyCode::Char('-')];
const ERASE: &[KeyCode] = &[KeyCode::Backspace, KeyCode::Delete, KeyCode::Char('/'), KeyCode::Char('.')];
/// The digits of the number pad, in their order on the screen.
fn pad() -> impl Iterator<Item = (&'static str, &'static [KeyCode])> {
    DIGITS.iter().cycle().skip(1).take(DIGITS.len()).copied()
}

impl Desk<'_> {
    /// Shows the pages on the terminal until they are closed.
    ///
    /// # Errors
    /// When the terminal can't be used.
    pub fn run(&mut self, terminal: &mut Terminal) -> io::Result<Wanted> {
        match self.ask_pin(terminal)? {
            true => self.menu(terminal),
            false => Ok(Wanted::Nothing),
        }
    }

    /// `true`: the right PIN was typed.
    fn ask_pin(&mut self, terminal: &mut Terminal) -> io::Result<bool> {
        let staff = &self.words.kiosk.staff;
        let (mut typed, mut notice) = (String::with_capacity(*pin::DIGITS.end()), "");
        let mut page = Page::new(self.look);
        loop {
            let waits = self.delay.left(Instant::now());
            let mut poster = Poster { title: staff.title.to_owned(), columns: 3, ..Poster::default() };
            let hash = self.kiosk.pin.as_deref();
            if hash.is_some() {
                let dots = "●".repeat(typed.len());
                poster.paragraphs = vec![format!("{}  {dots}", staff.type_pin)];
                poster.buttons =
                    pad().map(|(label, keys)| Button { label: label.to_owned(), keys }).collect();
                poster.buttons.push(Button { label: staff.erase.to_owned(), keys: ERASE });
                poster.buttons.push(Button { label: staff.take.to_owned(), keys: &[KeyCode::Enter] });
            } else {
                poster.paragraphs = vec![staff.no_pin.to_owned()];
            }
            poster.buttons.push(Button { label: staff.close.to_owned(), keys: CLOSE });
            poster.notice = waits.map_or_else(|| notice.to_owned(), |seconds| staff.wait(seconds));
            let due = waits.map_or(PATIENCE, |_| Duration::from_millis(500));
            let Some(chosen) = page.choose(&poster, due, terminal)? else { return Ok(false) };
            match (chosen, hash) {
                (Chosen::Nothing, _) => {}
                (Chosen::Button(at), Some(_)) if at < DIGITS.len() => {
                    if typed.len() < *pin::DIGITS.end() {
                        pad().nth(at).into_iter().for_each(|(digit, _)| typed.push_str(digit));
                    }
                    notice = "";
                }
                (Chosen::Button(10), Some(_)) => drop(typed.pop()),
                // While it waits nothing is tried.
                (Chosen::Button(11), Some(_)) if waits.is_some() => typed.clear(),
                (Chosen::Button(11), Some(hash)) => {
                    if pin::is_right(&typed, hash) {
                        self.delay.right();
                        return Ok(true);
                    }
                    self.delay.wrong(Instant::now());
                    typed.clear();
                    notice = staff.wrong;
                }
                (Chosen::Button(_), _) => return Ok(false),
            }
        }
    }

    fn menu(&mut self, terminal: &mut Terminal) -> io::Result<Wanted> {
        let staff = &self.words.kiosk.staff;
        let mut page = Page::new(self.look);
        let mut trying: Option<Running> = None;
        let mut notice = String::new();
        loop {
            let labels =
                [staff.restart, staff.leave, staff.test_bell, staff.test_printer, staff.counts, staff.close];
            let keys = pad().take(labels.len() - 1).map(|(_, keys)| keys).chain([CLOSE]);
            let buttons = labels.into_iter().zip(keys).enumerate().map(|(at, (label, keys))| {
                let label = if at < 5 { format!("{}  {label}", at + 1) } else { format!("-  {label}") };
                Button { label, keys }
            });
            let poster = Poster {
                title: staff.title.to_owned(),
                paragraphs: vec![staff.menu.to_owned()],
                buttons: buttons.collect(),
                columns: 2,
                notice: notice.clone(),
                ..Poster::default()
            };
            let due = if trying.is_some() { command::LOOK } else { PATIENCE };
            let Some(chosen) = page.choose(&poster, due, terminal)? else { return Ok(Wanted::Nothing) };
            if let Some(ended) = trying.as_mut().and_then(Running::look) {
                trying = None;
                notice = told(ended, self.words);
            }
            match chosen {
                Chosen::Nothing => {}
                Chosen::Button(0) => return Ok(Wanted::Restart),
                Chosen::Button(1) => return Ok(Wanted::Leave),
                Chosen::Button(at @ (2 | 3)) => {
                    let slip = slip::line(staff.test_slip, self.kiosk);
                    let (command, more, input): (_, &[&str], _) = match at {
                        2 => (&self.kiosk.on_emergency, &["test", "TEST"], Vec::new()),
                        _ => (&self.kiosk.print, &[], slip),
                    };
                    notice = match command.is_set() {
                        false => staff.not_set.to_owned(),
                        true => match Running::start(&command.0, more, input, command::LIMIT) {
                            Ok(running) => {
                                trying = Some(running);
                                staff.trying.to_owned()
                            }
                            Err(failure) => told(Err(failure), self.words),
                        },
                    };
                }
                Chosen::Button(4) => {
                    if !self.show_counts(&mut page, terminal)? {
                        return Ok(Wanted::Nothing);
                    }
                }
                Chosen::Button(_) => return Ok(Wanted::Nothing),
            }
        }
    }

    /// `false`: nobody was there any more.
    fn show_counts(&self, page: &mut Page, terminal: &mut Terminal) -> io::Result<bool> {
        let (staff, counts) = (&self.words.kiosk.staff, self.counts);
        let line = |(name, count): (&str, u64)| format!("{name}: {count}");
        let [people, calls] = [
            &[
                (staff.started, counts.started),
                (staff.finished, counts.finished),
                (staff.stopped, counts.stopped),
                (staff.walked_away, counts.walked_away),
                (staff.ended_by_staff, counts.ended_by_staff),
                (staff.crashed, counts.crashed),
            ][..],
            &[(staff.calls, counts.calls), (staff.failed_calls, counts.failed_calls)][..],
        ]
        .map(|counts| counts.iter().copied().map(line).collect::<Vec<_>>().join(", "));
        let listed = |heading: &str, counts: &std::collections::BTreeMap<String, u64>| {
            // The most frequent ones, as many as fit.
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            let counts: Vec<_> =
                counts.into_iter().take(8).map(|(id, count)| format!("{id} {count}")).collect();
            format!("{heading}: {}", counts.join(", "))
        };
        let poster = Poster {
            title: format!("{}. {}", staff.counts, staff.since(&counts.since)),
            paragraphs: vec![
                people,
                calls,
                listed(staff.levels, &counts.levels),
                listed(staff.left_at, &counts.left_at),
            ],
            buttons: vec![Button { label: staff.close.to_owned(), keys: CLOSE }],
            columns: 1,
            ..Poster::default()
        };
        loop {
            match page.choose(&poster, PATIENCE, terminal)? {
                None => return Ok(false),
                Some(Chosen::Button(_)) => return Ok(true),
                Some(Chosen::Nothing) => {}
            }
        }
    }
}

/// What came of a command, in words.
pub fn told(ended: Result<(), Failure>, words: &Words) -> String {
    let staff = &words.kiosk.staff;
    match ended {
        Ok(()) => staff.worked.to_owned(),
        Err(failure) => staff.failed(&why(&failure, words)),
    }
}

enum Chosen {
    Nothing,
    Button(usize),
}

/// A page that closes when nobody is there.
struct Page {
    buttons: Buttons,
    /// What has come in and was not looked at yet.
    events: VecDeque<Event>,
    seen: Instant,
    look: Look,
}

impl Page {
    fn new(look: Look) -> Page {
        Page { buttons: Buttons::default(), events: VecDeque::new(), seen: Instant::now(), look }
    }

    /// Shows it for so long at most, or until a button is chosen. `None`: nobody is there, or the program has to end.
    fn choose(
        &mut self,
        poster: &Poster,
        at_most: Duration,
        terminal: &mut Terminal,
    ) -> io::Result<Option<Chosen>> {
        terminal.draw(|frame| poster::draw(poster, &mut self.buttons, self.look, frame))?;
        while let Some(event) = self.events.pop_front() {
            if let Some(chosen) = self.buttons.chosen(poster, &event) {
                return Ok(Some(Chosen::Button(chosen)));
            }
        }
        let left = (self.seen + PATIENCE).saturating_duration_since(Instant::now());
        match terminal.next(at_most.min(left)) {
            Wake::Ended(_) => Ok(None),
            Wake::Tick | Wake::Told => {
                let is_over = self.seen.elapsed() >= PATIENCE;
                Ok((!is_over).then_some(Chosen::Nothing))
            }
            Wake::Events(events) => {
                self.seen = Instant::now();
                self.events.extend(events);
                Ok(Some(Chosen::Nothing))
            }
        }
    }
}
