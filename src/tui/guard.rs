//! Keys that come too soon: a bounce, a second tap, a key held down. They must not answer the next question.

use std::time::Duration;

use super::keys::Action;

/// This long after a screen change nothing is taken as an answer to the new screen.
const SETTLING: Duration = Duration::from_millis(150);
/// A key held down comes again after at most this time, and from then on about every 30 ms, at the slowest 100.
const FIRST_REPEAT: Duration = Duration::from_secs(1);
/// A key that may be such a first repeat waits this long for a second one.
const DOUBT: Duration = Duration::from_millis(120);

#[derive(Debug, Default)]
pub struct Guard {
    /// The action that changed the screen, and when it last came. While it repeats, it is a key held down.
    cause: Option<(Action, Duration)>,
    changed: Option<Duration>,
    /// The cause has come again at this time, and it isn't clear yet whether the key was pressed or held.
    doubtful: Option<Duration>,
}

impl Guard {
    /// May this action go through at time `now`? When it may be the first repeat of a key held down, it comes
    /// from [`Guard::certain`] a moment later.
    pub fn lets(&mut self, action: &Action, now: Duration) -> bool {
        let soon = |since: Duration| now.saturating_sub(since) < SETTLING;
        let takes_an_answer = takes_an_answer(action);
        match &mut self.cause {
            // Back may come soon, but a key held down must not run through the questions.
            Some((cause, last)) if cause == action && (takes_an_answer || *action == Action::Back) => {
                let since = now.saturating_sub(*last);
                *last = now;
                self.doubtful = (SETTLING..FIRST_REPEAT).contains(&since).then_some(now);
                since >= FIRST_REPEAT
            }
            _ => {
                self.cause = None;
                !takes_an_answer || !self.changed.is_some_and(soon)
            }
        }
    }

    /// When [`Guard::certain`] gives the action that waits.
    pub fn certain_at(&self) -> Option<Duration> {
        self.doubtful.map(|since| since + DOUBT)
    }

    /// The action that waited, once its key was pressed for certain: another one, `next`, has come, or nothing.
    pub fn certain(&mut self, next: Option<&Action>, now: Duration) -> Option<Action> {
        let (cause, _) = self.cause.as_ref()?;
        let certain = next.map_or_else(|| self.certain_at() <= Some(now), |next| next != cause);
        let action = cause.clone();
        self.doubtful.take_if(|_| certain).map(|_| action)
    }

    /// This action changed the screen.
    pub fn changed(&mut self, action: Action, now: Duration) {
        self.changed = Some(now);
        // One that had to wait counts from when its key was pressed.
        let waited = self.cause.take().filter(|(cause, _)| *cause == action);
        self.cause = Some(waited.unwrap_or((action, now)));
    }
}

/// Actions that go on with what is on the screen. Choosing and typing do not: they can be seen and undone.
fn takes_an_answer(action: &Action) -> bool {
    matches!(
        action,
        Action::Next | Action::Understood | Action::GoOn | Action::Close | Action::Tap { .. } | Action::Quit
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_second_key_right_after_a_screen_change_is_not_an_answer() {
        let mut guard = Guard::default();
        guard.changed(Action::Next, ms(1000));
        assert!(!guard.lets(&Action::GoOn, ms(1149)));
        assert!(guard.lets(&Action::GoOn, ms(1150)));
    }

    #[test]
    fn a_key_held_down_never_goes_through_while_it_repeats() {
        for delay in [30, 250, 660, 999] {
            let mut guard = Guard::default();
            guard.changed(Action::Next, ms(0));
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
            let mut guard = Guard::default();
            guard.changed(Action::Next, ms(0));
            assert!(!guard.lets(&Action::Next, ms(400)));
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

    #[test]
    fn choosing_is_never_held_up() {
        let mut guard = Guard::default();
        guard.changed(Action::Next, ms(0));
        assert!(guard.lets(&Action::Digit(1), ms(1)));
    }
}
