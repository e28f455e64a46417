//! What an action does to whatever lies on top: something to read, the leave dialog, the save dialog.

use super::super::keys::{Action, Mode};
use super::super::policy::Policy;
use super::motion::scroll;
use super::{App, Effect, Leaving, Saving, Tab};
use crate::interview::Stage;
use crate::questionnaire::QuestionIndex;

/// A page or a question on top of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    Why {
        question: QuestionIndex,
        scroll: usize,
    },
    Help {
        mode: Mode,
        scroll: usize,
    },
    /// A page to learn more, by its place in the report.
    Page {
        page: usize,
        scroll: usize,
    },
    /// The result for a phone.
    TakeAlong {
        scroll: usize,
    },
    /// Stay, show the result so far, leave. `interrupted`: opened by Ctrl-C. Staying shows what lay `beneath`.
    Leave {
        focus: usize,
        interrupted: bool,
        beneath: Option<Box<Overlay>>,
    },
    Save(Saving),
    /// Save, print or finish, on leaving a summary.
    Finish {
        focus: usize,
    },
}

/// Rows of the leave dialog.
pub const STAY: usize = 0;
pub const SHOW_RESULT: usize = 1;
pub const LEAVE: usize = 2;

/// Rows of the question on leaving a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinishRow {
    Save,
    Print,
    Finish,
    /// Back to the summary.
    Stay,
    /// A slip of paper.
    Slip,
    /// Make room for the next person.
    Erase,
}

impl App<'_> {
    pub(super) fn act_on_top(&mut self, action: Action) -> Effect {
        let words = self.words();
        let finish_rows: Vec<FinishRow> = self.finish_rows().collect();
        let Some(overlay) = &mut self.overlay else { return Effect::None };
        match overlay {
            Overlay::Why { scroll: at, .. }
            | Overlay::Help { scroll: at, .. }
            | Overlay::Page { scroll: at, .. }
            | Overlay::TakeAlong { scroll: at } => match action {
                Action::Back | Action::Close => self.overlay = None,
                action => scroll(at, &action, &self.drawn),
            },
            Overlay::Leave { focus, interrupted, beneath } => match action {
                Action::Up => *focus = focus.saturating_sub(1),
                Action::Down => *focus = (*focus + 1).min(LEAVE),
                Action::Around => *focus = (*focus + 1) % (LEAVE + 1),
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
                Action::Down => *focus = (*focus + 1).min(finish_rows.len() - 1),
                Action::Around => *focus = (*focus + 1) % finish_rows.len(),
                Action::Digit(digit) if (1..=finish_rows.len()).contains(&usize::from(digit)) => {
                    *focus = usize::from(digit) - 1;
                }
                Action::Next => match finish_rows.get(*focus) {
                    Some(FinishRow::Save) => self.overlay = Some(Overlay::Save(self.saving())),
                    Some(FinishRow::Print) => return Effect::Leave(Leaving::Printing),
                    Some(FinishRow::Stay) => self.overlay = None,
                    Some(FinishRow::Slip) => {
                        self.overlay = None;
                        return self
                            .report
                            .clone()
                            .map_or(Effect::None, |report| Effect::Slip(report.into()));
                    }
                    Some(FinishRow::Finish | FinishRow::Erase) | None => return self.finish(),
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
            Stage::Summary if self.policy.alone => self.overlay = Some(Overlay::Finish { focus: 0 }),
            // There is no way out but the summary's and that of `stop`.
            _ if self.policy.alone => {}
            // What was saved is not asked about again.
            Stage::Summary if self.saved_as.is_some() => return self.finish(),
            Stage::Summary => self.overlay = Some(Overlay::Finish { focus: 0 }),
            _ if self.welcome => return Effect::Leave(Leaving::Abandoned),
            _ => self.overlay = Some(Overlay::Leave { focus: STAY, interrupted: false, beneath: None }),
        }
        Effect::None
    }

    /// Stopping in the middle is asked about, with staying preselected.
    pub(super) fn stop(&mut self) -> Effect {
        match self.interview.stage() {
            Stage::Summary => return self.quit(),
            _ if self.welcome => return Effect::Leave(Leaving::Abandoned),
            _ => {
                let beneath = match self.overlay.take() {
                    Some(Overlay::Leave { beneath, .. }) => beneath,
                    other => other.map(Box::new),
                };
                self.overlay = Some(Overlay::Leave { focus: STAY, interrupted: false, beneath });
            }
        }
        Effect::None
    }

    /// What there is to do with a summary before it is left.
    pub fn finish_rows(&self) -> impl Iterator<Item = FinishRow> + use<> {
        let Policy { keeps, alone, slip, .. } = self.policy;
        let rows = [
            (keeps, FinishRow::Save),
            (keeps, FinishRow::Print),
            (alone, FinishRow::Stay),
            (alone && slip, FinishRow::Slip),
            (alone, FinishRow::Erase),
            (!alone, FinishRow::Finish),
        ];
        rows.into_iter().filter(|(is_there, _)| *is_there).map(|(_, row)| row)
    }

    fn finish(&self) -> Effect {
        let leaving = if self.interview.is_finished() { Leaving::Finished } else { Leaving::NotFinished };
        Effect::Leave(leaving)
    }
}
