//! Keys that come too soon: a bounce, a second tap, a key held down, keys typed ahead of the screen.
//!
//! The law: whatever the time between keys, they do what they do with a pause before each, or they are not taken and
//! that is said. After a key that was not taken nothing is, until there is a pause: the keys behind it were meant for
//! another screen.

use std::time::Duration;

use super::keys::Action;

/// This long after a screen change nothing is taken: nobody has seen the new screen yet.
pub const SETTLING: Duration = Duration::from_millis(150);
/// A key held down comes again after at most this time, and from then on about every 30 ms, at the slowest 100.
const FIRST_REPEAT: Duration = Duration::from_secs(1);
/// A key that may be such a first repeat waits this long for a second one.
const DOUBT: Duration = Duration::from_millis(120);
/// After so long without a key somebody has looked at the screen. Longer than people take from key to key.
const PAUSE: Duration = Duration::from_millis(1200);
/// A finger that comes down twice on the same thing within this time meant one tap.
const DOUBLE_TAP: Duration = Duration::from_millis(400);
/// And within this, if the first tap changed the screen: whoever taps twice has not read the new one.
pub const DOUBLE_TAP_ON_NEW_SCREEN: Duration = Duration::from_millis(700);
/// Two clicks of a mouse within this time are a double click, as desktops count them.
const DOUBLE_CLICK: Duration = Duration::from_millis(500);

/// A column and a row of the screen.
type Cell = (u16, u16);

/// How something was pointed at.
#[derive(Debug, Clone, Copy)]
pub struct Pointing {
    /// By a finger and not by a mouse.
    pub by_finger: bool,
    /// A second time at once does no harm, as with a digit.
    pub repeats: bool,
}

#[derive(Debug, Default)]
pub struct Guard {
    /// The action that changed the screen, and when it last came. While it repeats, it is a key held down.
    cause: Option<(Action, Duration)>,
    changed: Option<Duration>,
    /// The cause has come again at this time, and it isn't clear yet whether the key was pressed or held.
    doubtful: Option<Duration>,
    /// When the last key came that was not taken; until a pause after it none is.
    lost: Option<Duration>,
    /// When a key meant nothing on the screen, which was said.
    refused: Option<Duration>,
    /// What was tapped or clicked last, in which cell, and when.
    tapped: Option<(Action, Cell, Duration)>,
}

impl Guard {
    /// May this action go through at time `now`? When it may be the first repeat of a key held down, it comes
    /// from [`Guard::certain`] a moment later. Otherwise it is lost, see [`Guard::is_losing`].
    pub fn lets(&mut self, action: &Action, now: Duration) -> bool {
        if is_always_taken(action) {
            self.lost = self.lost.map(|_| now);
            return true;
        }
        let soon = |since: &Duration, limit: Duration| now.saturating_sub(*since) < limit;
        if self.lost.is_some_and(|lost| soon(&lost, PAUSE)) {
            return self.lose(now);
        }
        self.lost = None;
        match &mut self.cause {
            // A key held down must not run through the questions, back neither.
            Some((cause, last)) if cause == action && may_repeat(action) => {
                let since = now.saturating_sub(*last);
                *last = now;
                if since < SETTLING {
                    return self.lose(now);
                }
                self.doubtful = (since < FIRST_REPEAT).then_some(now);
                since >= FIRST_REPEAT
            }
            _ => {
                self.cause = None;
                let is_early = self.changed.is_some_and(|changed| soon(&changed, SETTLING));
                let is_blind = self.refused.is_some_and(|refused| soon(&refused, PAUSE));
                let is_lost = is_early || is_blind && takes_an_answer(action);
                if is_lost { self.lose(now) } else { true }
            }
        }
    }

    /// May this tap or click in a cell go through? A tap names the place of what was tapped. A second one on the same
    /// thing at once is lost, unless that repeats; on a new screen so is one in the same place, whatever is there now.
    pub fn lets_pointed(&mut self, tap: &Action, cell: Cell, way: Pointing, now: Duration) -> bool {
        let (on_new_screen, on_same) = match way.by_finger {
            true => (DOUBLE_TAP_ON_NEW_SCREEN, DOUBLE_TAP),
            false => (DOUBLE_CLICK, DOUBLE_CLICK),
        };
        let is_double = self.tapped.as_ref().is_some_and(|(last, at, when)| {
            let within = |limit| now.saturating_sub(*when) < limit;
            let is_near = at.0.abs_diff(cell.0) <= 1 && at.1.abs_diff(cell.1) <= 1;
            match self.changed.is_some_and(|changed| changed >= *when) {
                true => (last == tap || is_near) && within(on_new_screen),
                false => last == tap && !way.repeats && within(on_same),
            }
        });
        self.tapped = Some((tap.clone(), cell, now));
        if is_double {
            return self.lose(now);
        }
        // Nobody who points repeats by itself, as a key held down does.
        self.cause.take_if(|(cause, _)| cause == tap);
        self.lets(tap, now)
    }

    fn lose(&mut self, now: Duration) -> bool {
        (self.lost, self.doubtful) = (Some(now), None);
        false
    }

    /// Was the last key not taken, and is the next one not either unless there is a pause?
    pub fn is_losing(&self) -> bool {
        self.lost.is_some()
    }

    /// When there is something to do: [`Guard::certain`] gives the action that waits, or [`Guard::has_recovered`].
    pub fn wakes_at(&self) -> Option<Duration> {
        let certain = self.doubtful.map(|since| since + DOUBT);
        let recovered = self.lost.map(|since| since + PAUSE);
        certain.into_iter().chain(recovered).min()
    }

    /// `true` once, when the pause after a lost key is long enough.
    pub fn has_recovered(&mut self, now: Duration) -> bool {
        self.lost.take_if(|lost| now >= *lost + PAUSE).is_some()
    }

    /// A key came that means nothing here. Whoever types on has not paused, and right after a change of screen it was
    /// meant for another one.
    pub fn ignored(&mut self, now: Duration) {
        let is_on_new_screen = self.changed == Some(now);
        self.lost = if is_on_new_screen { Some(now) } else { self.lost.map(|_| now) };
    }

    /// The action that waited, once any other key has come.
    pub fn certain_by_another(&mut self) -> Option<Action> {
        self.doubtful.take().and(self.cause.as_ref()).map(|(cause, _)| cause.clone())
    }

    /// The action that waited, once its key was pressed for certain: another one, `next`, has come, or nothing.
    pub fn certain(&mut self, next: Option<&Action>, now: Duration) -> Option<Action> {
        let (cause, _) = self.cause.as_ref()?;
        let is_over = self.doubtful.is_some_and(|since| now >= since + DOUBT);
        let certain = is_over || next.is_some_and(|next| next != cause);
        let action = cause.clone();
        self.doubtful.take_if(|_| certain).map(|_| action)
    }

    /// This action changed the screen.
    pub fn changed(&mut self, action: Action, now: Duration) {
        (self.changed, self.refused) = (Some(now), None);
        // One that had to wait counts from when its key was pressed.
        let waited = self.cause.take().filter(|(cause, _)| *cause == action);
        self.cause = Some(waited.unwrap_or((action, now)));
    }

    /// This action answered a row and moved on to the next one: held down, it must not answer that one too. Other keys
    /// may follow at once, since all rows are on the screen.
    pub fn moved(&mut self, action: Action, now: Duration) {
        let waited = self.cause.take().filter(|(cause, _)| *cause == action);
        self.cause = Some(waited.unwrap_or((action, now)));
    }

    /// A key meant nothing here, and that was said: going on must wait until it can have been read.
    pub fn refused(&mut self, now: Duration) {
        self.refused = Some(now);
    }
}

/// Leaving must always be possible, and the wheel only scrolls.
fn is_always_taken(action: &Action) -> bool {
    matches!(
        action,
        Action::Interrupt
            | Action::Suspend
            | Action::WheelUp
            | Action::WheelDown
            | Action::Press { .. }
            | Action::Slide { .. }
    )
}

/// Actions that go on with what is on the screen.
fn takes_an_answer(action: &Action) -> bool {
    matches!(
        action,
        Action::Next
            | Action::Understood
            | Action::Decline
            | Action::GoOn
            | Action::Close
            | Action::Tap { .. }
            | Action::Quit
    )
}

fn may_repeat(action: &Action) -> bool {
    takes_an_answer(action) || matches!(action, Action::Back | Action::Key(_) | Action::Unsure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// Right after the screen has changed.
    fn changed() -> Guard {
        let mut guard = Guard::default();
        guard.changed(Action::Next, ms(0));
        guard
    }

    #[test]
    fn no_key_right_after_a_screen_change_is_taken_for_the_new_screen() {
        for action in
            [Action::GoOn, Action::Digit(1), Action::Key('1'), Action::Type("1".to_owned()), Action::Down]
        {
            let mut guard = changed();
            assert!(!guard.lets(&action, ms(149)), "{action:?}");
            assert!(guard.is_losing());
            assert!(changed().lets(&action, ms(150)), "{action:?}");
        }
        assert!(changed().lets(&Action::Interrupt, ms(0)), "leaving is always possible");
    }

    #[test]
    fn after_a_lost_key_nothing_is_taken_until_there_is_a_pause() {
        let mut guard = changed();
        guard.lets(&Action::Key('1'), ms(100));
        for later in 1..20 {
            assert!(!guard.lets(&Action::Key('2'), ms(100 + later * 1000)), "{later}");
            assert!(!guard.has_recovered(ms(1099 + later * 1000)));
        }
        let end = guard.wakes_at().expect("an end");
        assert!(guard.has_recovered(end) && !guard.has_recovered(end), "once");
        assert!(guard.lets(&Action::Key('2'), end));
    }

    #[test]
    fn going_on_right_after_a_key_that_meant_nothing_is_not_taken() {
        let mut guard = Guard::default();
        guard.refused(ms(0));
        assert!(guard.lets(&Action::Key('2'), ms(10)), "it can be put right at once");
        assert!(!guard.lets(&Action::Next, ms(1199)));
        let mut guard = Guard::default();
        guard.refused(ms(0));
        assert!(guard.lets(&Action::Next, ms(1200)));
    }

    #[test]
    fn a_key_held_down_never_goes_through_while_it_repeats() {
        for delay in [30, 250, 660, 999] {
            let mut guard = changed();
            for repeat in 0..100 {
                let now = delay + repeat * 33;
                assert!(!guard.lets(&Action::Next, ms(now)));
                assert_eq!(guard.certain(None, ms(now + 32)), None);
            }
        }
    }

    #[test]
    fn the_same_key_pressed_again_goes_through_a_moment_later() {
        let again = || {
            let mut guard = changed();
            assert!(!guard.lets(&Action::Next, ms(400)));
            assert!(!guard.is_losing());
            guard
        };
        assert_eq!(again().certain(None, ms(519)), None);
        assert_eq!(again().certain(None, ms(520)), Some(Action::Next));
        assert_eq!(again().certain(Some(&Action::Digit(1)), ms(420)), Some(Action::Next), "another key");
        assert_eq!(again().certain(Some(&Action::Next), ms(420)), None);
        let mut guard = again();
        guard.certain(None, ms(520));
        assert_eq!(guard.certain(None, ms(900)), None, "once");
    }

    const FINGER: Pointing = Pointing { by_finger: true, repeats: false };

    fn tap(column: u16) -> Action {
        Action::Tap { column, row: 5 }
    }

    #[test]
    fn a_second_click_in_the_same_place_is_lost_on_a_new_screen_whatever_is_there() {
        for (column, cell, later, taken) in [
            (12, 12, 300, false),
            (8, 12, 300, false),
            (8, 12, 699, false),
            (8, 12, 700, true),
            (8, 20, 300, true),
            (12, 20, 300, false),
        ] {
            let mut guard = Guard::default();
            assert!(guard.lets_pointed(&tap(12), (12, 5), FINGER, ms(1000)));
            guard.changed(tap(12), ms(1000));
            let lets = guard.lets_pointed(&tap(column), (cell, 5), FINGER, ms(1000 + later));
            assert_eq!(lets, taken, "at {column}, in cell {cell} after {later} ms");
        }
    }

    #[test]
    fn a_mouse_may_go_on_sooner_than_a_finger() {
        for (by_finger, later, taken) in [(false, 499, false), (false, 500, true), (true, 500, false)] {
            let mut guard = Guard::default();
            let way = Pointing { by_finger, repeats: false };
            assert!(guard.lets_pointed(&tap(12), (12, 5), way, ms(1000)));
            guard.changed(tap(12), ms(1000));
            let lets = guard.lets_pointed(&tap(12), (12, 5), way, ms(1000 + later));
            assert_eq!(lets, taken, "{later} ms");
        }
    }

    #[test]
    fn on_the_same_screen_only_what_does_no_harm_twice_may_follow_at_once() {
        for (column, by_finger, repeats, later, taken) in [
            (12, true, false, 399, false),
            (12, true, false, 400, true),
            (12, false, false, 499, false),
            (12, false, false, 500, true),
            (12, true, true, 50, true),
            (13, true, false, 50, true),
        ] {
            let mut guard = Guard::default();
            // The screen came by a key, before the first click.
            guard.changed(Action::Next, ms(700));
            let way = Pointing { by_finger, repeats };
            assert!(guard.lets_pointed(&tap(12), (12, 5), way, ms(1000)));
            let lets = guard.lets_pointed(&tap(column), (column, 5), way, ms(1000 + later));
            assert_eq!(lets, taken, "at {column} after {later} ms");
        }
    }
}
