//! Keys that come too soon: a bounce, a second tap, a key held down. They must not answer the next question.

use std::time::Duration;

use super::keys::Action;

/// This long after a screen change nothing is taken as an answer to the new screen.
const SETTLING: Duration = Duration::from_millis(150);

#[derive(Debug, Default)]
pub struct Guard {
    /// The action that changed the screen, and when it last came. While it repeats, it is a key held down.
    cause: Option<(Action, Duration)>,
    changed: Option<Duration>,
}

impl Guard {
    /// May this action go through at time `now`?
    pub fn lets(&mut self, action: &Action, now: Duration) -> bool {
        let soon = |since: Duration| now.saturating_sub(since) < SETTLING;
        let held = match &mut self.cause {
            Some((cause, last)) if cause == action && soon(*last) => {
                *last = now;
                true
            }
            _ => false,
        };
        match action {
            // Back may come soon, but a key held down must not run through the questions.
            Action::Back => !held,
            action if takes_an_answer(action) => !held && !self.changed.is_some_and(soon),
            _ => true,
        }
    }

    /// This action changed the screen.
    pub fn changed(&mut self, action: Action, now: Duration) {
        self.changed = Some(now);
        self.cause = Some((action, now));
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
        let mut guard = Guard::default();
        guard.changed(Action::Next, ms(0));
        assert!((1..100).all(|repeat| !guard.lets(&Action::Next, ms(repeat * 30))));
        assert!(guard.lets(&Action::Next, ms(99 * 30 + 150)), "released and pressed again");
    }

    #[test]
    fn choosing_is_never_held_up() {
        let mut guard = Guard::default();
        guard.changed(Action::Next, ms(0));
        assert!(guard.lets(&Action::Digit(1), ms(1)));
    }
}
