//! What an action does to whatever lies on top: something to read, the leave dialog, the save dialog.

use super::super::field::Field;
use super::super::keys::{Action, Mode};
use super::super::policy::Policy;
use super::motion::{edit, scroll};
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
    /// What "nothing else in this section" would record.
    Nothing {
        scroll: usize,
    },
    /// To a question by its number or its words: what is typed, and which of those found.
    Jump {
        field: Field,
        focus: usize,
    },
    /// A note beside an answer.
    Remark {
        question: QuestionIndex,
        field: Field,
    },
    /// What was answered so far.
    Outline {
        scroll: usize,
    },
    /// What can still come, and the handover so far.
    Live {
        scroll: usize,
    },
    /// Something could not be kept: try again, go on on paper, take it back.
    NotKept {
        why: String,
        focus: usize,
    },
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
    /// Show the answers to the desk.
    Desk,
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
            | Overlay::TakeAlong { scroll: at }
            | Overlay::Outline { scroll: at }
            | Overlay::Live { scroll: at } => match action {
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
                    Some(FinishRow::Desk) => {
                        self.overlay = None;
                        return Effect::ToDesk;
                    }
                    Some(FinishRow::Finish | FinishRow::Erase) | None => return self.finish(),
                },
                Action::Back => self.overlay = None,
                _ => {}
            },
            Overlay::Nothing { .. }
            | Overlay::Jump { .. }
            | Overlay::Remark { .. }
            | Overlay::NotKept { .. } => {
                self.act_beside_section(action);
            }
            Overlay::Save(saving) => match action {
                Action::Back => self.overlay = None,
                Action::Next if saving.name.text().trim().is_empty() => {
                    saving.problem = Some(words.screen.dialogs.needs_name.to_owned());
                }
                Action::Next => {
                    saving.is_proposed = false;
                    let saving = saving.clone();
                    return self.save(&saving);
                }
                action => saving.act(&action),
            },
        }
        Effect::None
    }

    /// What lies on top of a page of a section.
    fn act_beside_section(&mut self, action: Action) {
        let Some(overlay) = &mut self.overlay else { return };
        match overlay {
            Overlay::Nothing { scroll: at } => match (action, self.interview.stage()) {
                // What was not on the screen is not taken.
                (Action::Next, _) if *at < self.drawn.scroll_max => {
                    scroll(at, &Action::PageDown, &self.drawn);
                    self.guard.moved(Action::Next, self.now);
                }
                (Action::Next, &Stage::Asking(index)) => self.take_nothing_else(index),
                (Action::Back, _) => self.overlay = None,
                (action, _) => scroll(at, &action, &self.drawn),
            },
            Overlay::Jump { field, focus } => match action {
                Action::Back => self.overlay = None,
                Action::Up => *focus = focus.saturating_sub(1),
                Action::Down => *focus += 1,
                Action::Next => {
                    let (typed, focus) = (field.text().to_owned(), *focus);
                    let found = self.found(&typed);
                    match found.get(focus.min(found.len().saturating_sub(1))) {
                        Some(&question) => {
                            self.overlay = None;
                            self.look_at(question);
                        }
                        None => self.notice = Some(self.words().intake.jump_none.to_owned()),
                    }
                }
                action => {
                    edit(field, &action);
                    *focus = 0;
                }
            },
            Overlay::Remark { question, field } => match action {
                Action::Back => self.overlay = None,
                Action::Next => {
                    let (question, note) = (*question, field.text().to_owned());
                    self.overlay = None;
                    self.remark(question, |interview| interview.note(question, &note));
                }
                action => edit(field, &action),
            },
            Overlay::NotKept { focus, .. } => match action {
                Action::Up => *focus = focus.saturating_sub(1),
                Action::Down => *focus = (*focus + 1).min(2),
                Action::Digit(digit @ 1..=3) => *focus = usize::from(digit) - 1,
                Action::Next => match *focus {
                    0 => self.try_again(),
                    1 => self.go_on_on_paper(),
                    _ => self.drop_waiting(),
                },
                Action::Back => self.drop_waiting(),
                _ => {}
            },
            _ => {}
        }
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
        let Policy { keeps, alone, slip, desk, .. } = self.policy;
        let rows = [
            (keeps, FinishRow::Save),
            (keeps, FinishRow::Print),
            (alone, FinishRow::Stay),
            (alone && desk, FinishRow::Desk),
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
