//! The loop: sleep until something happens, change the state, draw if anything changed.

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyEventKind};

use super::app::{App, Effect, Leaving};
use super::clipboard;
use super::draw::{self, Look};
use super::keys;
use super::terminal::{Mouse, Terminal, Wake};
use crate::report::Format;
use crate::save::{self, SaveProblem};
use crate::system::clock;
use crate::system::signals::Ending;
use crate::text::clean_line;

/// Nothing on the screen moves by itself, so without a key in doubt the loop may sleep as long as it likes.
const SLEEP: Duration = Duration::from_secs(3600);

/// How the full screen ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Left(Leaving),
    /// By a signal, or because the terminal is gone.
    Ended(Ending),
}

/// Takes the terminal, runs `app` to its end and gives the terminal back. Signals that end a program are noted until
/// [`release`](crate::system::signals::release) is called, so that a report can still be written.
///
/// # Errors
///
/// When the terminal cannot be taken.
pub fn run(app: &mut App, look: Look, mouse: Mouse) -> io::Result<Outcome> {
    let start = Instant::now();
    app.mouse = mouse == Mouse::Captured;
    // crossterm looks at NO_COLOR by itself; a theme that has colours all the same was asked for by flag.
    if look.theme.text.fg.is_some() {
        crossterm::style::force_color_output(true);
    }
    let mut terminal = Terminal::take(mouse)?;
    if app.may_ask_for_larger {
        // A terminal that has gone says so below.
        let _ = terminal.ask_for_larger();
    }
    loop {
        // A frame that cannot be written means that the terminal is gone; `next` says so.
        let mut large = None;
        let drawing = terminal.draw(|frame| {
            let drawn = draw::draw(app, look, frame);
            large.clone_from(&drawn.large);
            app.note(drawn);
        });
        let drawing = drawing.and_then(|()| terminal.enlarge(large));
        let due = app.wakes_at().map_or(SLEEP, |at| at.saturating_sub(start.elapsed()));
        let wake = terminal.next(if drawing.is_ok() { due } else { Duration::ZERO });
        let events = match wake {
            Wake::Events(events) => events,
            Wake::Ended(ending) => return Ok(Outcome::Ended(ending)),
            Wake::Tick if drawing.is_err() => return Ok(Outcome::Ended(Ending::HungUp)),
            Wake::Tick | Wake::Told => Vec::new(),
        };
        app.larger = terminal.writes_larger();
        for event in events {
            let effect = pass_on(app, &event, start.elapsed());
            if let Some(outcome) = follow(effect, app, &mut terminal)? {
                return Ok(outcome);
            }
        }
        let effect = app.tick(start.elapsed());
        if let Some(outcome) = follow(effect, app, &mut terminal)? {
            return Ok(outcome);
        }
    }
}

/// What an event does to `app`; `now` is the time since the start.
pub fn pass_on(app: &mut App, event: &Event, now: Duration) -> Effect {
    if let Some(action) = keys::action(app.mode(), app.policy, event) {
        app.tell_time(clock::now().datetime());
        return app.update(action, now);
    }
    let is_pressed = matches!(event, Event::Key(key) if key.kind != KeyEventKind::Release);
    if is_pressed || matches!(event, Event::Paste(_)) { app.ignored(now) } else { Effect::None }
}

fn follow(effect: Effect, app: &mut App, terminal: &mut Terminal) -> io::Result<Option<Outcome>> {
    match effect {
        // Those that only a kiosk has.
        Effect::None | Effect::CallStaff | Effect::Slip(_) | Effect::ToDesk => {}
        Effect::Suspend => {
            terminal.suspend()?;
        }
        Effect::Leave(leaving) => return Ok(Some(Outcome::Left(leaving))),
        Effect::Save { path, report, format, replace } => {
            let now = clock::now().datetime();
            let saved = match Format::other_ending(&path) {
                Some(ending) => {
                    let why = app.words().asking.no_such_format(&clean_line(&ending));
                    Err(SaveProblem::Failed(why))
                }
                None => {
                    let questionnaire = &app.interview.questionnaire().id;
                    let name = save::named_by_time(questionnaire, now, format.ending());
                    save::save(
                        &save::in_folder(&path, &name),
                        &format.write(&report.at(now)),
                        replace,
                        app.words(),
                    )
                }
            };
            app.saved(saved);
        }
        Effect::Copy { report, excerpt } => {
            let copying = clipboard::asking_for(&excerpt.of(&report.at(clock::now().datetime())));
            if let Some(sequence) = &copying {
                terminal.send(sequence)?;
            }
            app.copied(excerpt, copying.is_some());
        }
    }
    Ok(None)
}
