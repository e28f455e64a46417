//! One person at a kiosk, in a process of their own: the page that waits, what happens with the answers, the interview.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Rect;
use rustix::stdio::stderr;

use super::at_desk::AtDesk;
use super::ended::End;
use super::told::{Lines, Reply, Told, send};
use super::{pages, slip};
use crate::interview::{Interview, Stage};
use crate::questionnaire::{Audience, Languages, Questionnaire};
use crate::site::{Kiosk, Place};
use crate::system::clock;
use crate::system::command::{self, Running};
use crate::system::signals::Ending;
use crate::system::stream::{Ready, poll};
use crate::tui::app::{App, Effect, Leaving};
use crate::tui::draw::poster::{self, Buttons, Poster};
use crate::tui::draw::{self, Look};
use crate::tui::guard::SETTLING;
use crate::tui::keys::Action;
use crate::tui::pass_on;
use crate::tui::policy::Policy;
use crate::tui::terminal::{Terminal, Wake};
use crate::words::{Language, Words};

/// How long the corner is held for the page for staff, and how large it is.
const HELD: Duration = Duration::from_secs(3);
const CORNER: (u16, u16) = (8, 3);
/// Opens it too.
const STAFF_KEY: KeyCode = KeyCode::F(12);
/// So often it tells that it is still there.
pub const BEAT: Duration = Duration::from_secs(5);

/// What is asked, and how.
pub struct Asked<'q> {
    pub languages: &'q Languages,
    /// Those to choose from, in their order; never none.
    pub tags: Vec<&'q str>,
    pub place: &'q Place,
    pub kiosk: &'q Kiosk,
    pub look: Look,
    pub large: bool,
    /// Large buttons for fingers.
    pub touch: bool,
    /// Writes an encounter down for the desk, under this ticket if there is one already; gives the ticket. `None`: there
    /// is no desk.
    pub desk: Option<&'q HandOver<'q>>,
}

pub type HandOver<'q> = dyn Fn(&Interview, Option<&str>) -> Result<String, String> + 'q;

impl Asked<'_> {
    fn waiting(&self) -> Poster {
        let questionnaires: Vec<_> =
            self.tags.iter().filter_map(|tag| self.languages.get(tag)?.ok()).collect();
        pages::waiting(&questionnaires, self.place.contacts.name())
    }
}

/// What is on the screen.
enum Page<'q> {
    Waiting,
    /// What happens with the answers.
    Before(&'q Questionnaire),
    Asking(Box<App<'q>>),
}

struct Person<'a, 'q> {
    asked: &'a Asked<'q>,
    start: Instant,
    page: Page<'q>,
    buttons: Buttons,
    /// Since when it is the page.
    turned: Instant,
    /// When somebody was last seen to be there.
    seen: Instant,
    /// When they were asked whether they still are.
    warned: Option<Instant>,
    /// The press that has said so ends with a release that means nothing.
    swallow: bool,
    /// When it last told that it is there.
    beat: Instant,
    /// Since when the corner is held.
    corner: Option<Instant>,
    /// What is known of a call for staff.
    call: Option<Reply>,
    /// Where the words for calling and stopping are.
    line: [Rect; 2],
    printing: Option<Running>,
    /// A page about the desk lies over the result.
    at_desk: Option<AtDesk>,
    /// What the desk has, and under which ticket.
    handed_over: Option<(serde_json::Value, String)>,
    lines: Lines,
    /// What the supervisor was told last of the question on the screen, and of the level.
    told: [Option<Told>; 2],
}

/// Asks one person. `begun`: they have chosen this language already, for another questionnaire.
///
/// # Errors
/// When the terminal can't be used.
pub fn run(asked: &Asked, terminal: &mut Terminal, begun: Option<&str>) -> io::Result<End> {
    let now = Instant::now();
    let mut person = Person {
        asked,
        start: now,
        page: Page::Waiting,
        buttons: Buttons::default(),
        turned: now,
        seen: now,
        warned: None,
        swallow: false,
        beat: now,
        corner: None,
        call: None,
        line: [Rect::ZERO; 2],
        printing: None,
        at_desk: None,
        handed_over: None,
        lines: Lines::default(),
        told: [None, None],
    };
    if let Some(questionnaire) = begun.and_then(|tag| asked.languages.get(tag)?.ok()) {
        person.ask(questionnaire);
    }
    loop {
        let drawing = terminal.draw(|frame| person.draw(frame));
        let due = person.due(Instant::now());
        let events = match terminal.next(if drawing.is_ok() { due } else { Duration::ZERO }) {
            Wake::Events(events) => events,
            Wake::Tick if drawing.is_err() => return Ok(End::Ended(Ending::HungUp)),
            Wake::Tick => Vec::new(),
            Wake::Told => {
                if person.hear() {
                    return Ok(End::Ended(Ending::Terminated));
                }
                Vec::new()
            }
            Wake::Ended(ending) => return Ok(End::Ended(ending)),
        };
        for event in events {
            let effect = person.meet(&event);
            if let Some(end) = person.follow(effect) {
                person.finish_printing(terminal);
                return Ok(end);
            }
            if is_staff_key(&event) && person.for_staff(terminal)? {
                return Ok(End::ByStaff);
            }
        }
        let now = Instant::now();
        if now >= person.beat + BEAT {
            person.beat = now;
            tell(&Told::Alive);
        }
        if person.corner.is_some_and(|since| now >= since + HELD) {
            person.corner = None;
            if person.for_staff(terminal)? {
                return Ok(End::ByStaff);
            }
        }
        if let Some(end) = person.tick(now) {
            return Ok(end);
        }
    }
}

/// A supervisor that is gone has ended this program already, or does so now.
fn tell(told: &Told) {
    let _ = send(stderr(), &told.line());
}

fn is_staff_key(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == STAFF_KEY && key.kind == KeyEventKind::Press)
}

impl<'q> Person<'_, 'q> {
    fn words(&self) -> &'static Words {
        match &self.page {
            Page::Waiting => Language::around(&self.asked.languages.first().language).words(),
            Page::Before(questionnaire) => Language::around(&questionnaire.language).words(),
            Page::Asking(app) => app.words(),
        }
    }

    /// How long nothing need happen.
    fn due(&self, now: Instant) -> Duration {
        let left = |at: Instant| at.saturating_duration_since(now);
        let app = match &self.page {
            Page::Asking(app) => app.wakes_at().map(|at| left(self.start + at)),
            _ => None,
        };
        let idle = match (self.warned, self.patience()) {
            // The seconds that are left are shown.
            (Some(warned), _) => {
                let past = now.saturating_duration_since(warned);
                Some(Duration::from_secs(past.as_secs() + 1).saturating_sub(past))
            }
            (None, Some(patience)) => Some(left(self.seen + patience)),
            (None, None) => None,
        };
        let corner = self.corner.map(|since| left(since + HELD));
        let printing = self.printing.as_ref().map(|_| command::LOOK);
        let beat = Some(left(self.beat + BEAT));
        [app, idle, corner, printing, beat].into_iter().flatten().min().unwrap_or(BEAT)
    }

    /// How long nobody need do anything before they are asked whether they are there; `None`: for ever.
    fn patience(&self) -> Option<Duration> {
        match &self.page {
            Page::Waiting => None,
            Page::Before(_) => Some(self.asked.kiosk.idle),
            Page::Asking(app) => Some(match app.interview.stage() {
                _ if app.welcome => self.asked.kiosk.idle,
                // A result may be needed by somebody who is on the phone, or by staff who are on their way.
                Stage::Alert { .. } | Stage::Summary => self.asked.kiosk.result,
                _ => self.asked.kiosk.idle,
            }),
        }
    }

    /// What an event does.
    fn meet(&mut self, event: &Event) -> Effect {
        if matches!(event, Event::Resize(..)) || is_staff_key(event) {
            return Effect::None;
        }
        self.seen = Instant::now();
        let mouse = if let Event::Mouse(mouse) = event { Some(mouse) } else { None };
        let is_down = mouse.is_some_and(|mouse| matches!(mouse.kind, MouseEventKind::Down(_)));
        let is_up = mouse.is_some_and(|mouse| matches!(mouse.kind, MouseEventKind::Up(_)));
        if is_up && std::mem::take(&mut self.swallow) {
            return Effect::None;
        }
        if self.warned.take().is_some() {
            self.swallow = is_down;
            return Effect::None;
        }
        if let Some(mouse) = mouse {
            let in_corner = mouse.column < CORNER.0 && mouse.row < CORNER.1;
            let is_left = mouse.kind == MouseEventKind::Down(MouseButton::Left);
            let was_held = self.corner.is_some();
            self.corner = match mouse.kind {
                _ if is_left && in_corner => Some(self.seen),
                MouseEventKind::Drag(_) if in_corner => self.corner,
                _ => None,
            };
            if self.corner.is_some() || (was_held && is_up) {
                return Effect::None;
            }
        }
        match &mut self.page {
            Page::Waiting => {
                let poster = self.asked.waiting();
                let chosen = self.buttons.chosen(&poster, event);
                let is_key = matches!(event, Event::Key(key) if key.kind == KeyEventKind::Press);
                // Any key and any touch begins; only the language may be another.
                let begins = is_key || is_up || matches!(event, Event::Paste(_));
                if chosen.is_some() || begins {
                    let tag = chosen.and_then(|at| self.asked.tags.get(at)).unwrap_or(&self.asked.tags[0]);
                    if let Some(Ok(questionnaire)) = self.asked.languages.get(tag) {
                        tell(&Told::Began);
                        self.turn(Page::Before(questionnaire));
                    }
                }
                Effect::None
            }
            Page::Before(_) if self.turned.elapsed() < SETTLING => Effect::None,
            Page::Before(questionnaire) => {
                let questionnaire = *questionnaire;
                let before =
                    pages::before(questionnaire, &self.asked.place.contacts, self.asked.desk.is_some());
                match self.buttons.chosen(&before, event) {
                    Some(0) => self.ask(questionnaire),
                    Some(_) => self.turn(Page::Waiting),
                    None => {}
                }
                Effect::None
            }
            Page::Asking(_) if self.at_desk.is_some() => {
                self.take_at_desk(event);
                Effect::None
            }
            Page::Asking(app) => {
                if let Some(mouse) = mouse {
                    let at = (mouse.column, mouse.row).into();
                    let effects = [Action::CallStaff, Action::Stop];
                    if let Some(found) = self.line.iter().position(|area| area.contains(at)) {
                        return match is_up {
                            true => app.update(effects[found].clone(), self.start.elapsed()),
                            false => Effect::None,
                        };
                    }
                }
                let effect = pass_on(app, event, self.start.elapsed());
                self.tell_place();
                effect
            }
        }
    }

    fn turn(&mut self, page: Page<'q>) {
        (self.page, self.buttons, self.turned) = (page, Buttons::default(), Instant::now());
    }

    fn ask(&mut self, questionnaire: &'q Questionnaire) {
        let mut interview = Interview::new(questionnaire, Audience::Patient, clock::now().date());
        interview.began(clock::now().datetime());
        interview.offer(self.asked.languages);
        let mut app = App::on(interview, self.asked.place.contacts.clone());
        app.large = self.asked.large;
        app.mouse = true;
        let (slip, desk) = (self.asked.kiosk.print.is_set(), self.asked.desk.is_some());
        app.policy = Policy { slip, desk, ..Policy::KIOSK };
        if self.asked.touch {
            app.take_touch();
        }
        app.tell_time(clock::now().datetime());
        self.turn(Page::Asking(Box::new(app)));
    }

    fn follow(&mut self, effect: Effect) -> Option<End> {
        let Page::Asking(app) = &mut self.page else { return None };
        match effect {
            Effect::Leave(Leaving::Instead(offer)) => {
                return Some(End::Instead(offer, app.questionnaire().language.clone()));
            }
            Effect::Leave(Leaving::Finished | Leaving::NotFinished | Leaving::Printing) => {
                return Some(End::Finished);
            }
            Effect::Leave(Leaving::Abandoned | Leaving::Interrupted) => return Some(End::Stopped),
            Effect::CallStaff => tell(&Told::Call),
            Effect::Slip(report) => {
                let report = report.at(clock::now().datetime());
                let bytes = slip::of(&report, app.ticket.as_deref(), self.asked.kiosk);
                let started = Running::start(&self.asked.kiosk.print.0, &[], bytes, command::LIMIT);
                self.printing = started.ok();
                let words = &app.words().kiosk;
                app.say(if self.printing.is_some() { words.printing } else { words.not_printed });
            }
            Effect::ToDesk => {
                self.turn_at_desk(AtDesk::Asks);
            }
            // What the policy does not allow.
            Effect::None | Effect::Suspend | Effect::Save { .. } | Effect::Copy { .. } => {}
        }
        None
    }

    fn turn_at_desk(&mut self, page: AtDesk) {
        (self.at_desk, self.buttons, self.turned) = (Some(page), Buttons::default(), Instant::now());
    }

    fn take_at_desk(&mut self, event: &Event) {
        let (Page::Asking(app), Some(page)) = (&self.page, &self.at_desk) else { return };
        if self.turned.elapsed() < page.settling() {
            return;
        }
        match (self.buttons.chosen(&page.poster(app.words()), event), page) {
            (None, _) => {}
            (Some(0), AtDesk::Asks) => self.hand_over(),
            (Some(_), _) => self.at_desk = None,
        }
    }

    /// Shows the answers to the desk, and says under which number. The same answers are not handed over twice.
    fn hand_over(&mut self) {
        let (Page::Asking(app), Some(desk)) = (&mut self.page, self.asked.desk) else { return };
        let words = &app.words().kiosk;
        let answers = app.interview.to_value()["answers"].take();
        if let Some((_, ticket)) = self.handed_over.as_ref().filter(|(before, _)| *before == answers) {
            let (said, ticket) = (words.handed_over_before(ticket), Some(ticket.clone()));
            return self.turn_at_desk(AtDesk::Told { said, ticket });
        }
        // What was answered otherwise since is a check of its own, with a number of its own.
        let known = app.ticket.clone().filter(|_| self.handed_over.is_none());
        let told = match desk(&app.interview, known.as_deref()) {
            Ok(ticket) => {
                app.ticket = Some(ticket.clone());
                self.handed_over = Some((answers, ticket.clone()));
                AtDesk::Told { said: words.handed_over(&ticket), ticket: Some(ticket) }
            }
            // Why is for those who work there, and may name files.
            Err(_) => AtDesk::Told { said: words.not_handed_over.to_owned(), ticket: None },
        };
        self.turn_at_desk(told);
    }

    /// Waits until a slip is printed, with nothing else on the screen any more.
    fn finish_printing(&mut self, terminal: &mut Terminal) {
        let Some(mut printing) = self.printing.take() else { return };
        let poster = Poster { title: self.words().kiosk.printing.to_owned(), ..Poster::default() };
        let look = self.asked.look;
        // It has a limit of its own.
        while printing.look().is_none() {
            let drawn = terminal.draw(|frame| poster::draw(&poster, &mut self.buttons, look, frame));
            if drawn.is_err() || matches!(terminal.next(command::LOOK), Wake::Ended(_)) {
                return;
            }
        }
    }

    /// Does what time brings.
    fn tick(&mut self, now: Instant) -> Option<End> {
        if let Page::Asking(app) = &mut self.page {
            let effect = app.tick(self.start.elapsed());
            if let Some(printed) = self.printing.as_mut().and_then(Running::look) {
                self.printing = None;
                let words = &app.words().kiosk;
                app.say(if printed.is_ok() { words.printed } else { words.not_printed });
            }
            if let Some(end) = self.follow(effect) {
                return Some(end);
            }
            self.tell_place();
        }
        match (self.warned, self.patience()) {
            (Some(warned), Some(_)) if now >= warned + self.asked.kiosk.grace => Some(End::WalkedAway),
            (None, Some(patience)) if now >= self.seen + patience => {
                self.warned = Some(now);
                // Whoever was told to get help and does nothing any more may not be able to.
                if self.is_urgent() {
                    tell(&Told::Call);
                }
                None
            }
            _ => None,
        }
    }

    /// The level that is on the screen.
    fn level(&self) -> Option<(usize, bool)> {
        let Page::Asking(app) = &self.page else { return None };
        match app.interview.stage() {
            Stage::Alert { level, .. } => Some((*level, false)),
            Stage::Summary if !app.interview.asked().is_empty() => {
                // Whoever was told to get help at once and has understood needs no more questions.
                let is_whole = app.interview.is_finished() || app.interview.alerted().is_some();
                Some((app.interview.assessment().level, is_whole))
            }
            _ => None,
        }
    }

    fn is_urgent(&self) -> bool {
        let Page::Asking(app) = &self.page else { return false };
        self.level().is_some_and(|(level, _)| app.questionnaire().levels[level].interrupt)
    }

    /// Tells what is on the screen, when that has changed.
    fn tell_place(&mut self) {
        let Page::Asking(app) = &self.page else { return };
        let questionnaire = app.questionnaire();
        let at = app.question().map(|(question, _)| questionnaire.questions[question].id.clone());
        let level = self.level().map(|(level, is_complete)| {
            let level = &questionnaire.levels[level];
            Told::Level { id: level.id.clone(), is_urgent: level.interrupt, is_complete }
        });
        for (known, now) in self.told.iter_mut().zip([Some(Told::At(at)), level]) {
            // That no level is on the screen any more takes nothing back of what was.
            if let Some(now) = now.filter(|now| known.as_ref() != Some(now)) {
                tell(&now);
                *known = Some(now);
            }
        }
    }

    /// Hears what the supervisor says. `true`: it is gone.
    fn hear(&mut self) -> bool {
        let read = self.lines.read(stderr());
        for reply in read.lines.iter().filter_map(|line| Reply::read(line)) {
            self.note(reply);
        }
        read.is_over
    }

    /// Notes what is known of a call.
    fn note(&mut self, reply: Reply) {
        let ticket = match &reply {
            Reply::Calling(ticket) | Reply::Called(ticket) | Reply::NotCalled(ticket) => Some(ticket),
            Reply::NoBell | Reply::GoOn | Reply::End => None,
        };
        if let Page::Asking(app) = &mut self.page {
            // It is on the slip and in the code for a phone as well.
            app.ticket = ticket.cloned().or(app.ticket.take());
            if reply == Reply::NoBell {
                app.say(app.words().kiosk.ask_desk);
            }
        }
        self.call = Some(reply);
    }

    /// Lends the terminal for the page for staff, and waits. `true`: they have ended it here.
    fn for_staff(&mut self, terminal: &mut Terminal) -> io::Result<bool> {
        terminal.lend();
        tell(&Told::Staff);
        loop {
            let wait = [(stderr(), Ready::ToRead), (terminal.signals().wake(), Ready::ToRead)];
            let [told, signalled] = poll(wait, None)?;
            if signalled {
                terminal.signals().woken();
                if terminal.signals().ended().is_some() {
                    return Ok(true);
                }
            }
            if !told {
                continue;
            }
            let read = self.lines.read(stderr());
            for reply in read.lines.iter().filter_map(|line| Reply::read(line)) {
                match reply {
                    Reply::End => return Ok(true),
                    Reply::GoOn => {
                        terminal.take_back()?;
                        (self.seen, self.warned) = (Instant::now(), None);
                        return Ok(false);
                    }
                    reply => self.note(reply),
                }
            }
            if read.is_over {
                return Ok(true);
            }
        }
    }

    fn draw(&mut self, frame: &mut ratatui::Frame) {
        let look = self.asked.look;
        if let Some(warned) = self.warned {
            let left = self.asked.kiosk.grace.saturating_sub(warned.elapsed()).as_secs_f64().ceil() as u64;
            let poster = pages::still_there(self.words(), left, self.level().is_some(), self.is_urgent());
            return poster::draw(&poster, &mut self.buttons, look, frame);
        }
        match &mut self.page {
            Page::Waiting => poster::draw(&self.asked.waiting(), &mut self.buttons, look, frame),
            Page::Before(questionnaire) => {
                let site = &self.asked.place.contacts;
                let before = pages::before(questionnaire, site, self.asked.desk.is_some());
                poster::draw(&before, &mut self.buttons, look, frame);
            }
            Page::Asking(app) => {
                if let Some(page) = &self.at_desk {
                    return poster::draw(&page.poster(app.words()), &mut self.buttons, look, frame);
                }
                let area = frame.area();
                let page = Rect { height: area.height.saturating_sub(1), ..area };
                let line = Rect { y: page.bottom(), height: area.height.min(1), ..area };
                let words = app.words();
                let call = pages::call(words, self.call.as_ref());
                // Where there are buttons for fingers, those for calling and stopping are among them.
                let for_fingers = draw::is_for_fingers(app, page);
                let room = usize::from(area.width.saturating_sub(2));
                let keys = for_fingers.then(|| pages::keys(app.mode(), app.policy, words, room));
                // What is known of a call goes where all is said, unless something else is. It is no notice of the
                // page, and so not there any more when something else is known.
                let is_lasting = for_fingers && app.notice.is_none() && self.call != Some(Reply::NoBell);
                if let Some(call) = call.as_ref().filter(|_| is_lasting) {
                    app.say(call);
                }
                let drawn = draw::draw_in(app, look, page, frame);
                app.notice.take_if(|_| is_lasting);
                app.note(drawn);
                self.line = pages::kiosk_line(words, call, keys, look, line, frame);
            }
        }
    }
}
