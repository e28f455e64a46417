//! The loop of the board: ask the store once a second, draw what has changed, carry out what a key asks for.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::app::{App, Detail, Effect};
use super::draw::draw;
use super::history;
use super::keys::{self, Mode};
use super::row::{Row, Standing};
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::{Excerpt, Report};
use crate::site::Place;
use crate::store::{Appended, Cursor, EncounterId, Event, Listed, Problem, Store, Which};
use crate::system::clock;
use crate::system::command::{self, Failure, Running};
use crate::system::signals::Ending;
use crate::tui::draw::Look;
use crate::tui::failed::why;
use crate::tui::terminal::{Mouse, Terminal, Wake};
use crate::tui::{clipboard, give_back};
use crate::words::Words;

/// How often the store is asked what has changed.
const ASK: Duration = Duration::from_secs(1);

/// What the board needs.
pub struct Board<'a> {
    pub store: Store,
    /// Encounters that nothing has happened to since then are not on the board.
    pub since: Timestamp,
    pub place: &'a Place,
    pub words: &'static Words,
    pub look: Look,
    /// For a screen that everybody sees.
    pub is_public: bool,
    /// What an encounter is named by in the command that goes on with it.
    pub resume: &'a dyn Fn(EncounterId) -> Command,
    /// A questionnaire from its text.
    pub read: &'a dyn Fn(&Which, &[u8]) -> Option<Questionnaire>,
}

/// How the board ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Left,
    Ended(Ending),
}

impl Board<'_> {
    /// Takes the terminal and shows the board until somebody leaves it.
    ///
    /// # Errors
    /// When the terminal can't be used. A store that can't be asked is told on the board, and asked again.
    pub fn run(self) -> io::Result<Outcome> {
        let mut app = App::new(self.words, self.is_public, clock::now().timestamp());
        app.place = self.place.contacts.name().map(str::to_owned);
        let terminal = Terminal::take(Mouse::Free)?;
        let mut running = Shown {
            board: self,
            terminal,
            app,
            listed: BTreeMap::new(),
            questionnaires: HashMap::new(),
            cursor: Cursor::default(),
            asked: None,
            bells: Vec::new(),
            printing: None,
        };
        running.run()
    }
}

/// The board on a terminal.
struct Shown<'a> {
    board: Board<'a>,
    terminal: Terminal,
    app: App,
    listed: BTreeMap<EncounterId, Listed>,
    /// Those that were used, by their fingerprints; `None`: its text can't be read.
    questionnaires: HashMap<String, Option<Questionnaire>>,
    cursor: Cursor,
    /// When the store was asked last; `None`: not yet.
    asked: Option<Instant>,
    bells: Vec<Running>,
    /// What is printed, and of which encounter.
    printing: Option<(Running, EncounterId)>,
}

impl Shown<'_> {
    fn run(&mut self) -> io::Result<Outcome> {
        let mut drawn: Option<(i64, bool)> = None;
        loop {
            let is_new = self.ask();
            self.app.now = clock::now().timestamp();
            let has_ended = self.look_at_commands();
            let minute = (self.app.now.as_second() / 60, self.app.trouble.is_some());
            if is_new || has_ended || drawn != Some(minute) {
                self.draw()?;
                drawn = Some(minute);
            }
            let is_busy = self.printing.is_some() || !self.bells.is_empty();
            let wait = if is_busy { command::LOOK } else { self.until_asked() };
            match self.terminal.next(wait) {
                Wake::Ended(ending) => return Ok(Outcome::Ended(ending)),
                Wake::Tick | Wake::Told => {}
                Wake::Events(events) => {
                    drawn = None;
                    for event in events {
                        let mode = Mode::of(&self.app.page, self.app.is_public);
                        let Some(action) = keys::action(mode, &event) else { continue };
                        let effect = self.app.update(action);
                        if self.follow(effect)? {
                            return Ok(Outcome::Left);
                        }
                    }
                }
            }
        }
    }

    fn until_asked(&self) -> Duration {
        self.asked.map_or(Duration::ZERO, |asked| ASK.saturating_sub(asked.elapsed()))
    }

    fn draw(&mut self) -> io::Result<()> {
        // With the width known, the encounter beside the list may be another one.
        for _ in 0..2 {
            if let Some(id) = self.app.wants_detail().map(str::to_owned) {
                self.app.detail = Some(self.detail(&id));
            }
            let (app, look) = (&self.app, self.board.look);
            let mut shown = None;
            self.terminal.draw(|frame| shown = Some(draw(app, look, frame)))?;
            if let Some(shown) = shown {
                self.app.note(shown);
            }
            if self.app.wants_detail().is_none() {
                break;
            }
        }
        Ok(())
    }

    /// Asks the store what has changed, when it is time to. `true`: there is something to draw.
    fn ask(&mut self) -> bool {
        if !self.until_asked().is_zero() {
            return false;
        }
        let is_first = self.listed.is_empty() && self.asked.is_none();
        self.asked = Some(Instant::now());
        let before = self.app.trouble.clone();
        match self.read(is_first) {
            Ok(false) => self.app.trouble = None,
            Ok(true) => {
                self.app.trouble = None;
                self.show(is_first);
                return true;
            }
            Err(problem) => self.app.trouble = Some(problem.told(&self.board.words.keeping)),
        }
        self.app.trouble != before
    }

    /// `true`: something has changed.
    fn read(&mut self, is_first: bool) -> Result<bool, Problem> {
        let store = &mut self.board.store;
        let mut cursor = self.cursor.clone();
        let changed = store.changed_since(&mut cursor)?;
        if is_first {
            for listed in store.encounters(self.board.since)? {
                self.listed.insert(listed.id, listed);
            }
        } else {
            for id in &changed {
                match store.listed_one(*id)? {
                    Some(listed) => drop(self.listed.insert(*id, listed)),
                    None => drop(self.listed.remove(id)),
                }
            }
        }
        // Only when all of it was read: what fails is asked for again.
        self.cursor = cursor;
        if is_first || !changed.is_empty() {
            self.app.head = Some(store.head()?.to_string()).filter(|head| !head.is_empty());
            let open = self.app.detail.as_ref().and_then(|detail| detail.id.parse::<EncounterId>().ok());
            if open.is_some_and(|open| changed.contains(&open)) {
                self.app.detail = None;
            }
        }
        Ok(is_first || !changed.is_empty())
    }

    /// Gives the board its rows, and rings for new emergencies.
    fn show(&mut self, is_first: bool) {
        let listed = std::mem::take(&mut self.listed);
        let rows = listed.values().map(|listed| self.row(listed)).collect();
        self.listed = listed;
        let new = self.app.take(rows, is_first);
        for row in new {
            let who = row.ticket.as_deref().or(row.reference.as_deref()).unwrap_or_default().to_owned();
            self.app.notice = Some(self.board.words.board.new_emergency(&who));
            // A terminal without a bell shows it all the same.
            let _ = self.terminal.send("\x07");
            let level = row.standing.level.as_ref().map_or("", |(id, _)| id);
            let bell = &self.board.place.board.on_emergency;
            if bell.is_set() {
                let ticket = row.ticket.as_deref().unwrap_or_default();
                match Running::start(&bell.0, &[level, ticket], Vec::new(), command::LIMIT) {
                    Ok(running) => self.bells.push(running),
                    Err(failure) => self.say_of_bell(&failure),
                }
            }
        }
    }

    fn say_of_bell(&mut self, failure: &Failure) {
        let words = self.board.words;
        self.app.notice = Some(words.board.bell_failed(&why(failure, words)));
    }

    fn row(&mut self, listed: &Listed) -> Row {
        let summary = &listed.summary;
        let state = summary.state();
        let waits = &self.board.place.board.waits;
        let standing = match self.questionnaire(&summary.questionnaire) {
            Some(questionnaire) => {
                let id = summary.level.as_ref().map(|level| level.id.as_str());
                let level = id.and_then(|id| questionnaire.levels.iter().position(|level| level.id == id));
                Standing::of(questionnaire, level, state, waits)
            }
            None => Standing::unreadable(
                summary.level.as_ref().map(|level| (level.id.clone(), level.rank)),
                state,
            ),
        };
        Row {
            id: listed.id.to_string(),
            ticket: summary.ticket.clone(),
            reference: summary.reference.clone(),
            station: summary.opened.station.clone(),
            standing,
            since: summary.opened.at,
            seen: summary.seen.as_ref().map(|mark| mark.who.name.clone()),
            closed: summary.closed.is_some(),
        }
    }

    /// The version of a questionnaire that an encounter is of, as the store keeps it.
    fn questionnaire(&mut self, which: &Which) -> Option<&Questionnaire> {
        if !self.questionnaires.contains_key(&which.sha256) {
            let text = self.board.store.questionnaire(which).ok().flatten();
            let read = text.and_then(|text| (self.board.read)(which, &text));
            self.questionnaires.insert(which.sha256.clone(), read);
        }
        self.questionnaires.get(&which.sha256)?.as_ref()
    }

    /// The report on an encounter, for clinicians, and all that the store knows of it.
    fn report(&mut self, id: EncounterId) -> Result<(Report, Detail), String> {
        let record = self.board.store.encounter(id);
        let (zone, words) = (clock::now().time_zone().clone(), self.board.words);
        let record = record.map_err(|problem| problem.told(&words.keeping))?;
        let site = &self.board.place.contacts;
        let which = record.summary.questionnaire.clone();
        let unreadable = words.board.unreadable(&which.version);
        let questionnaire = self.questionnaire(&which).ok_or(unreadable)?;
        let kept = record.encounter(questionnaire).map_err(|problem| problem.to_string())?;
        let report = Report::of_encounter(questionnaire, &kept.encounter, Audience::Clinician, site);
        let report = report.at(clock::now().datetime());
        let names = &report.words().report.handover;
        let parts = report.clinician().handover.parts(names);
        let parts = parts.map(|(name, said)| (name.to_owned(), said.join(" ")));
        let detail = Detail {
            id: id.to_string(),
            parts: parts.into_iter().filter(|(_, said)| !said.is_empty()).collect(),
            notes: history::notes(&record, questionnaire),
            history: history::lines(&record, questionnaire, &zone, words),
        };
        Ok((report, detail))
    }

    fn detail(&mut self, id: &str) -> Detail {
        let Ok(number) = id.parse() else { return Detail::default() };
        match self.report(number) {
            Ok((_, detail)) => detail,
            // It is said where the encounter would be.
            Err(why) => Detail { id: id.to_owned(), notes: vec![why], ..Detail::default() },
        }
    }

    /// The handover as text, with where it is in the chain.
    fn handover(&mut self, id: EncounterId) -> Result<String, String> {
        let (report, _) = self.report(id)?;
        let text = Excerpt::Handover.of(&report);
        let head = self.app.head.as_deref().map(|head| self.board.words.board.head(head));
        Ok(match head {
            Some(head) => format!("{text}\n{head}"),
            None => text,
        })
    }

    /// Carries out what a key asks for. `true`: leave.
    fn follow(&mut self, effect: Effect) -> io::Result<bool> {
        let words = self.board.words;
        let of = |id: String| id.parse::<EncounterId>().ok();
        match effect {
            Effect::None => {}
            Effect::Leave => return Ok(true),
            Effect::Suspend => drop(self.terminal.suspend()?),
            Effect::Seen(id) => self.note(of(id), &Event::Seen, words.board.marked_seen),
            Effect::Close(id) => self.note(of(id), &Event::Closed { why: None }, words.board.marked_closed),
            Effect::Continue(id) => {
                if let Some(id) = of(id) {
                    self.resume(id)?;
                }
            }
            Effect::Copy(id) => {
                if let Some(id) = of(id) {
                    let copied = self.handover(id).map(|text| clipboard::asking_for(&text));
                    self.app.notice = Some(match copied {
                        Ok(Some(sequence)) => {
                            self.terminal.send(&sequence)?;
                            words.board.copied.to_owned()
                        }
                        Ok(None) => words.board.too_long_to_copy.to_owned(),
                        Err(why) => why,
                    });
                }
            }
            Effect::Print(id) => {
                if let Some(id) = of(id) {
                    self.print(id);
                }
            }
        }
        Ok(false)
    }

    /// Writes down that something has happened to an encounter. Whatever others have written since does not matter to
    /// it, unless it is the same.
    fn note(&mut self, id: Option<EncounterId>, event: &Event, done: &str) {
        let Some(id) = id else { return };
        let Some(mut revision) = self.listed.get(&id).map(|listed| listed.revision) else { return };
        let store = &mut self.board.store;
        let noted = loop {
            let now = clock::now().timestamp();
            match store.append(id, revision, now, std::slice::from_ref(event)) {
                Ok(Appended::Kept { .. }) => break Ok(()),
                Ok(Appended::Clash { theirs }) => {
                    let same = theirs.iter().any(|entry| entry.event == *event);
                    match theirs.last() {
                        Some(last) if !same => revision = last.revision,
                        _ => break Ok(()),
                    }
                }
                Err(problem) => break Err(problem),
            }
        };
        self.app.notice = Some(match noted {
            Ok(()) => done.to_owned(),
            Err(problem) => problem.told(&self.board.words.keeping),
        });
        self.asked = self.asked.and_then(|asked| asked.checked_sub(ASK));
    }

    fn print(&mut self, id: EncounterId) {
        let words = self.board.words;
        let printer = &self.board.place.board.print;
        if !printer.is_set() {
            self.app.notice = Some(words.board.no_printer.to_owned());
            return;
        }
        let printer = printer.0.clone();
        let started = self.handover(id).and_then(|text| {
            let running = Running::start(&printer, &[], (text + "\n").into_bytes(), command::LIMIT);
            running.map_err(|failure| words.board.not_printed(&why(&failure, words)))
        });
        match started {
            Ok(running) => self.printing = Some((running, id)),
            Err(why) => self.app.notice = Some(why),
        }
    }

    /// How the commands go that were started. `true`: one has ended.
    fn look_at_commands(&mut self) -> bool {
        let (words, before) = (self.board.words, self.bells.len());
        let mut has_ended = false;
        if let Some((running, id)) = &mut self.printing
            && let Some(ended) = running.look()
        {
            let id = *id;
            self.printing = None;
            has_ended = true;
            match ended {
                Ok(()) => {
                    let event = Event::Printed { what: "handover".to_owned() };
                    self.note(Some(id), &event, words.board.printed);
                }
                Err(failure) => self.app.notice = Some(words.board.not_printed(&why(&failure, words))),
            }
        }
        let mut failed = None;
        self.bells.retain_mut(|bell| match bell.look() {
            None => true,
            Some(Ok(())) => false,
            Some(Err(failure)) => {
                failed = Some(failure);
                false
            }
        });
        if let Some(failure) = failed {
            self.say_of_bell(&failure);
        }
        has_ended || self.bells.len() < before
    }

    /// Gives the terminal to the command that goes on with an encounter, as a shell would, and takes it back.
    fn resume(&mut self, id: EncounterId) -> io::Result<()> {
        give_back();
        let ended = (self.board.resume)(id).status();
        self.terminal.take_back()?;
        self.asked = None;
        if let Err(error) = ended {
            self.app.notice = Some(error.to_string());
        }
        Ok(())
    }
}
