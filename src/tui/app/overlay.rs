//! What an action does to whatever lies on top: something to read, the leave dialog, the save dialog.

use super::super::keys::Action;
use super::motion::scroll;
use super::{App, Effect, FINISH, LEAVE, Leaving, Overlay, PRINT, SAVE, SHOW_RESULT, STAY, Tab};
use crate::interview::Stage;

impl App<'_> {
    pub(super) fn act_on_top(&mut self, action: Action) -> Effect {
        let words = self.words();
        let Some(overlay) = &mut self.overlay else { return Effect::None };
        match overlay {
            Overlay::Why { scroll: at, .. }
            | Overlay::Help { scroll: at, .. }
            | Overlay::Page { scroll: at, .. } => match action {
                Action::Back | Action::Close => self.overlay = None,
                action => scroll(at, &action, &self.drawn),
            },
            Overlay::Leave { focus, interrupted, beneath } => match action {
                Action::Up => *focus = focus.saturating_sub(1),
                Action::Down => *focus = (*focus + 1).min(LEAVE),
                Action::Digit(digit @ 1..=3) => *focus = usize::from(digit) - 1,
                Action::Next => match *focus {
                    LEAVE => {
                        let leaving = if *interrupted { Leaving::Interrupted } else { Leaving::Abandoned };
                        return Effect::Leave(leaving);
                    }
                    SHOW_RESULT => {
                        self.overlay = None;
                        self.welcome = false;
                        self.keep_draft();
                        self.interview.finish();
                        self.enter();
                        self.turn_to(Tab::Result);
                    }
                    _ => self.overlay = beneath.take().map(|beneath| *beneath),
                },
                Action::Back => self.overlay = beneath.take().map(|beneath| *beneath),
                _ => {}
            },
            Overlay::Finish { focus } => match action {
                Action::Up => *focus = focus.saturating_sub(1),
                Action::Down => *focus = (*focus + 1).min(FINISH),
                Action::Digit(digit @ 1..=3) => *focus = usize::from(digit) - 1,
                Action::Next => match *focus {
                    SAVE => self.overlay = Some(Overlay::Save(self.saving())),
                    PRINT => return Effect::Leave(Leaving::Printing),
                    _ => return self.finish(),
                },
                Action::Back => self.overlay = None,
                _ => {}
            },
            Overlay::Save(saving) => match action {
                Action::Back => self.overlay = None,
                Action::Next if saving.name.text().trim().is_empty() => {
                    saving.problem = Some(words.screen.dialogs.needs_name.to_owned());
                }
                Action::Next => {
                    let saving = saving.clone();
                    return self.save(&saving);
                }
                action => saving.act(&action),
            },
        }
        Effect::None
    }

    /// Ctrl-C asks once; again, it leaves.
    pub(super) fn interrupt(&mut self) -> Effect {
        if let Some(Overlay::Leave { interrupted: true, .. }) = self.overlay {
            return Effect::Leave(Leaving::Interrupted);
        }
        let beneath = match self.overlay.take() {
            Some(Overlay::Leave { beneath, .. }) => beneath,
            other => other.map(Box::new),
        };
        self.overlay = Some(Overlay::Leave { focus: STAY, interrupted: true, beneath });
        Effect::None
    }

    pub(super) fn quit(&mut self) -> Effect {
        match self.interview.stage() {
            // What was saved is not asked about again.
            Stage::Summary if self.saved_as.is_some() => return self.finish(),
            Stage::Summary => self.overlay = Some(Overlay::Finish { focus: SAVE }),
            _ if self.welcome => return Effect::Leave(Leaving::Abandoned),
            _ => self.overlay = Some(Overlay::Leave { focus: STAY, interrupted: false, beneath: None }),
        }
        Effect::None
    }

    fn finish(&self) -> Effect {
        let leaving = if self.interview.is_finished() { Leaving::Finished } else { Leaving::NotFinished };
        Effect::Leave(leaving)
    }
}
