//! What the screen shows and what an action does to it. No terminal, no clock, no file: those are arguments.

use std::collections::HashMap;
use std::time::Duration;

use super::draft::{self, Draft};
use super::draw::{Drawn, Tap};
use super::field::Field;
use super::guard::Guard;
use super::keys::{Action, Mode};
use super::words;
use crate::answers::Answer;
use crate::interview::{Interview, Progress, Stage};
use crate::questionnaire::{Audience, Kind, Question, QuestionIndex, Questionnaire};
use crate::report::Report;
use crate::site::Site;

/// Everything on the screen.
pub struct App<'q> {
    pub interview: Interview<'q>,
    site: Site,
    today: jiff::civil::Date,
    /// The first page has not been left yet.
    pub welcome: bool,
    /// What lies on top, if anything.
    pub overlay: Option<Overlay>,
    /// The answer being given to the current question.
    pub draft: Draft,
    /// Answers begun and left by going back.
    drafts: HashMap<QuestionIndex, Draft>,
    /// The answer opened last from a list of answers, which shows it again on the way back.
    opened: Option<QuestionIndex>,
    /// Position in a list of lines to choose from.
    pub focus: usize,
    /// First line shown of a page that is longer than the screen.
    pub scroll: usize,
    pub tab: Tab,
    /// What is wrong with the answer, until the next key.
    pub notice: Option<String>,
    /// Of the current question.
    pub progress: Progress,
    /// While an alert or the summary is shown.
    pub report: Option<Report>,
    drawn: Drawn,
    guard: Guard,
    /// The time of the last action.
    now: Duration,
}

/// A page of the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Result,
    Phone,
    Answers,
    Clinician,
    Learn,
}

impl Tab {
    pub const ALL: [Tab; 5] = [Tab::Result, Tab::Phone, Tab::Answers, Tab::Clinician, Tab::Learn];
}

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
    /// Stay, show the result so far, leave. `interrupted`: opened by Ctrl-C. Staying shows what lay `beneath`.
    Leave {
        focus: usize,
        interrupted: bool,
        beneath: Option<Box<Overlay>>,
    },
    Save {
        path: Field,
        replace: bool,
        problem: Option<String>,
    },
}

/// What the shell has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    None,
    Suspend,
    Leave(Leaving),
    /// Write `text` to `path`, then tell by [`App::saved`].
    Save {
        path: String,
        text: String,
        replace: bool,
    },
}

/// How the person left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Without a result to keep.
    Abandoned,
    Finished,
    NotFinished,
    Interrupted,
}

/// Rows of the leave dialog.
pub const STAY: usize = 0;
pub const SHOW_RESULT: usize = 1;
pub const LEAVE: usize = 2;

impl<'q> App<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        site: Site,
        today: jiff::civil::Date,
    ) -> App<'q> {
        let interview = Interview::new(questionnaire, audience);
        let mut app = App {
            interview,
            site,
            today,
            welcome: true,
            overlay: None,
            draft: Draft::default(),
            drafts: HashMap::new(),
            opened: None,
            focus: 0,
            scroll: 0,
            tab: Tab::Result,
            notice: None,
            progress: Progress { position: 0, fewest: 0, most: 0 },
            report: None,
            drawn: Drawn::default(),
            guard: Guard::default(),
            now: Duration::ZERO,
        };
        app.enter();
        app
    }

    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.interview.questionnaire()
    }

    pub fn audience(&self) -> Audience {
        self.interview.audience()
    }

    /// The fewest and the most questions that can come, before the first.
    pub fn length(&self) -> (usize, usize) {
        (self.progress.fewest, self.progress.most)
    }

    /// Tells what the last frame showed, for scrolling and tapping.
    pub fn note(&mut self, drawn: Drawn) {
        self.drawn = drawn;
    }

    /// Which keys work now.
    pub fn mode(&self) -> Mode {
        match &self.overlay {
            Some(Overlay::Why { .. } | Overlay::Help { .. } | Overlay::Page { .. }) => return Mode::Reading,
            Some(Overlay::Leave { .. }) => return Mode::Leave,
            Some(Overlay::Save { .. }) => return Mode::Save,
            None if self.welcome => return Mode::Welcome,
            None => {}
        }
        match self.interview.stage() {
            Stage::Asking(question) => match self.questionnaire().questions[*question].kind {
                Kind::OneOf { .. } | Kind::YesNo => Mode::OneOf,
                Kind::ManyOf => Mode::ManyOf,
                Kind::BodyMap => Mode::BodyMap,
                Kind::Scale { .. } => Mode::Scale,
                Kind::Number(_) => Mode::Number,
                Kind::Text => Mode::Text,
                Kind::Note => Mode::Note,
            },
            Stage::SettingAside { .. } | Stage::Lowering { .. } => Mode::Confirm,
            Stage::Alert { .. } => Mode::Alert,
            Stage::Review => Mode::Review,
            Stage::Summary => match self.tab {
                Tab::Answers | Tab::Learn => Mode::SummaryList,
                Tab::Result | Tab::Phone | Tab::Clinician => Mode::Summary,
            },
        }
    }

    /// The question on the screen, below anything that lies on top.
    pub fn question(&self) -> Option<(QuestionIndex, &'q Question)> {
        match self.interview.stage() {
            Stage::Asking(question) if !self.welcome => {
                Some((*question, &self.interview.questionnaire().questions[*question]))
            }
            _ => None,
        }
    }

    /// Changes the state; `now` is the time since the start.
    pub fn update(&mut self, action: Action, now: Duration) -> Effect {
        let effect = match self.guard.certain(Some(&action), now) {
            Some(waited) => self.perform(waited, now),
            None => Effect::None,
        };
        if effect != Effect::None || !self.guard.lets(&action, now) {
            return effect;
        }
        self.perform(action, now)
    }

    /// When [`App::tick`] has something to do.
    pub fn wakes_at(&self) -> Option<Duration> {
        self.guard.certain_at()
    }

    /// Does what has waited until it was clear that its key is not held down.
    pub fn tick(&mut self, now: Duration) -> Effect {
        self.guard.certain(None, now).map_or(Effect::None, |waited| self.perform(waited, now))
    }

    fn perform(&mut self, action: Action, now: Duration) -> Effect {
        if self.drawn.too_small && !works_unseen(&action) {
            return Effect::None;
        }
        self.now = now;
        self.notice = None;
        let before = self.screen();
        let effect = self.act(action.clone());
        if self.screen() != before {
            self.guard.changed(action, now);
        }
        effect
    }

    /// The shell's answer to [`Effect::Save`].
    pub fn saved(&mut self, path: &str, result: Result<(), SaveProblem>) {
        match (result, &mut self.overlay) {
            (Ok(()), _) => {
                self.overlay = None;
                self.notice = Some(format!("Saved as {path}"));
            }
            (Err(SaveProblem::Exists), Some(Overlay::Save { replace, problem, .. })) => {
                // The key that was pressed to save must not also replace the file.
                self.guard.changed(Action::Next, self.now);
                *replace = true;
                *problem =
                    Some("This file exists. Enter again to replace it, or type another name.".to_owned());
            }
            (Err(SaveProblem::Failed(why)), Some(Overlay::Save { problem, .. })) => {
                *problem = Some(format!("Not saved: {why}. Nothing is lost: type another name, or Esc."));
            }
            (Err(_), _) => {}
        }
    }

    /// What tells one screen from another: a key held down must not act on the next one.
    fn screen(&self) -> (bool, Option<std::mem::Discriminant<Overlay>>, Stage) {
        (self.welcome, self.overlay.as_ref().map(std::mem::discriminant), self.interview.stage().clone())
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::Suspend => return Effect::Suspend,
            Action::Interrupt => return self.interrupt(),
            Action::Quit => return self.quit(),
            Action::Tap { column, row } => {
                return match self.drawn.tapped(column, row) {
                    Some(Tap::Row(row)) => self.tap(row),
                    Some(Tap::Press(action)) => self.act(action),
                    None => Effect::None,
                };
            }
            _ => {}
        }
        if self.overlay.is_some() {
            return self.act_on_top(action);
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help { mode: self.mode(), scroll: 0 }),
            _ if self.welcome => match action {
                Action::Next => self.welcome = false,
                action => scroll(&mut self.scroll, &action, &self.drawn),
            },
            _ => match self.interview.stage().clone() {
                Stage::Asking(question) => self.act_on_question(question, action),
                Stage::SettingAside { .. } | Stage::Lowering { .. } => self.act_on_confirm(action),
                Stage::Alert { .. } => self.act_on_alert(action),
                Stage::Review => self.act_on_review(action),
                Stage::Summary => self.act_on_summary(action),
            },
        }
        Effect::None
    }

    fn act_on_question(&mut self, index: QuestionIndex, action: Action) {
        let question = &self.questionnaire().questions[index];
        let audience = self.audience();
        let is_one_line = matches!(question.kind, Kind::Number(_) | Kind::Text);
        let is_scale = matches!(question.kind, Kind::Scale { .. });
        match action {
            Action::Next => self.next(index),
            Action::Back => self.back(),
            Action::Why => self.overlay = Some(Overlay::Why { question: index, scroll: 0 }),
            Action::Review => {
                self.keep_draft();
                self.interview.review();
                self.enter();
            }
            Action::Up | Action::Down if is_scale => {
                self.draft.slide(question, action == Action::Up);
            }
            Action::Up | Action::Down if !question.options.is_empty() => {
                self.draft.step(question, action == Action::Down);
            }
            Action::PageUp | Action::PageDown if !question.options.is_empty() => {
                for _ in 0..half_page(&self.drawn) {
                    self.draft.step(question, action == Action::PageDown);
                }
            }
            Action::Home | Action::End if is_scale || !question.options.is_empty() => {
                self.draft.edge(question, action == Action::End);
            }
            Action::Pick => {
                let row = self.draft.focus.unwrap_or(0);
                self.draft.pick(question, row);
            }
            Action::Digit(digit) => {
                if !self.draft.pick_digit(question, digit) {
                    self.notice = Some(words::no_such_number(question));
                }
            }
            Action::Jump(letter) => self.draft.jump(question, letter, audience),
            Action::Unsure if question.unsure => self.draft.pick_unsure(question),
            Action::Unsure if is_one_line => self.draft.field.insert("u"),
            Action::Unsure => self.draft.jump(question, 'u', audience),
            Action::Left | Action::Right if is_scale => {
                self.draft.slide(question, action == Action::Right);
            }
            Action::Left if question.kind == Kind::BodyMap && !self.drawn.figure => self.back(),
            Action::Left | Action::Right if question.kind == Kind::BodyMap => {
                self.draft.in_figure = action == Action::Left;
            }
            action if is_one_line => {
                edit(&mut self.draft.field, &action);
                self.draft.unsure &= self.draft.field.text().is_empty();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    fn next(&mut self, index: QuestionIndex) {
        let question = &self.questionnaire().questions[index];
        let taken = self.draft.answer(question).and_then(|answer| match answer {
            // Going on without a choice is not an answer, not even "not sure": that is a choice of its own.
            None if question.unsure && !question.optional => Err(crate::answers::Refusal::NeedsAnAnswer),
            answer => self.interview.answer(answer),
        });
        match taken {
            Ok(()) => {
                // Kept until the answer is certain to be taken: declining brings it back.
                self.keep_draft_for(index);
                self.enter();
            }
            Err(refusal) => self.notice = Some(words::refusal(&refusal, question)),
        }
    }

    fn back(&mut self) {
        let left = self.question().map(|(index, _)| index);
        if self.interview.back() {
            left.into_iter().for_each(|index| self.keep_draft_for(index));
            self.enter();
        } else {
            self.notice = Some("This is the first question. Ctrl-C leaves.".to_owned());
        }
    }

    fn act_on_confirm(&mut self, action: Action) {
        const GO_ON: usize = 0;
        let question = match self.interview.stage() {
            Stage::SettingAside { question, .. } | Stage::Lowering { question, .. } => *question,
            _ => return,
        };
        match action {
            Action::Up => self.focus = self.focus.saturating_sub(1),
            Action::Down => self.focus = (self.focus + 1).min(1),
            Action::Digit(digit @ 1..=2) => self.focus = usize::from(digit) - 1,
            Action::Next if self.focus == GO_ON => {
                self.interview.confirm();
                self.enter();
            }
            Action::Next => {
                self.drafts.remove(&question);
                self.interview.decline();
                self.enter();
            }
            Action::Back => {
                self.interview.decline();
                self.enter();
            }
            action => scroll(&mut self.scroll, &action, &self.drawn),
        }
    }

    fn act_on_alert(&mut self, action: Action) {
        match action {
            Action::Understood => self.interview.finish(),
            Action::GoOn => self.interview.go_on(),
            Action::Back => {
                self.interview.back();
            }
            action => return scroll(&mut self.scroll, &action, &self.drawn),
        }
        self.enter();
    }

    fn act_on_review(&mut self, action: Action) {
        let asked = self.interview.asked();
        match action {
            Action::Next => self.open(asked.get(self.focus).copied()),
            Action::GoOn | Action::Back => {
                self.interview.back();
                self.enter();
            }
            action => move_focus(&mut self.focus, asked.len(), &action, &self.drawn),
        }
    }

    fn act_on_summary(&mut self, action: Action) {
        match action {
            Action::PreviousPage | Action::NextPage => {
                let tabs = Tab::ALL.len();
                let step = if action == Action::NextPage { 1 } else { tabs - 1 };
                self.turn_to(Tab::ALL[(self.tab as usize + step) % tabs]);
            }
            Action::Edit => self.turn_to(Tab::Answers),
            Action::Save => {
                let name = format!("{}-{}.txt", self.questionnaire().id, self.today);
                self.overlay = Some(Overlay::Save { path: Field::with(name), replace: false, problem: None });
            }
            Action::GoOn if !self.interview.is_finished() => {
                self.interview.resume();
                self.enter();
            }
            Action::Back if self.tab != Tab::Result => self.turn_to(Tab::Result),
            Action::Back => {
                self.interview.back();
                self.enter();
            }
            Action::Next if self.tab == Tab::Learn => {
                self.overlay = Some(Overlay::Page { page: self.focus, scroll: 0 });
            }
            Action::Next if self.tab == Tab::Answers => {
                self.open(self.interview.asked().get(self.focus).copied());
            }
            action => match self.tab {
                Tab::Answers => {
                    let lines = self.interview.asked().len();
                    move_focus(&mut self.focus, lines, &action, &self.drawn);
                }
                Tab::Learn => {
                    let lines = self.report.as_ref().map_or(0, |report| report.pages.len());
                    move_focus(&mut self.focus, lines, &action, &self.drawn);
                }
                Tab::Result | Tab::Phone | Tab::Clinician => scroll(&mut self.scroll, &action, &self.drawn),
            },
        }
    }

    fn turn_to(&mut self, tab: Tab) {
        (self.tab, self.focus, self.scroll) = (tab, 0, 0);
        if tab == Tab::Answers {
            self.focus_on_opened();
        }
    }

    /// Opens an answer to change it, as it was given.
    fn open(&mut self, question: Option<QuestionIndex>) {
        let Some(question) = question else { return };
        self.drafts.remove(&question);
        self.opened = Some(question);
        self.interview.revisit(question);
        self.enter();
    }

    fn focus_on_opened(&mut self) {
        let asked = self.interview.asked();
        self.focus = asked.iter().position(|question| Some(*question) == self.opened).unwrap_or(0);
    }

    fn act_on_top(&mut self, action: Action) -> Effect {
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
            Overlay::Save { path, replace, problem } => match action {
                Action::Back => self.overlay = None,
                Action::Next if path.text().trim().is_empty() => {
                    *problem = Some("Type a name for the file, such as back-pain.txt".to_owned());
                }
                Action::Next => {
                    let (path, replace) = (path.text().trim().to_owned(), *replace);
                    let text = self.report.as_ref().map(crate::report::text::text).unwrap_or_default();
                    return Effect::Save { path, text, replace };
                }
                action => {
                    (*replace, *problem) = (false, None);
                    edit(path, &action);
                }
            },
        }
        Effect::None
    }

    /// Ctrl-C asks once; again, it leaves.
    fn interrupt(&mut self) -> Effect {
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

    fn quit(&mut self) -> Effect {
        match self.interview.stage() {
            Stage::Summary if self.interview.is_finished() => return Effect::Leave(Leaving::Finished),
            Stage::Summary => return Effect::Leave(Leaving::NotFinished),
            _ if self.welcome => return Effect::Leave(Leaving::Abandoned),
            _ => self.overlay = Some(Overlay::Leave { focus: STAY, interrupted: false, beneath: None }),
        }
        Effect::None
    }

    /// A tap on a line does what choosing it by key does; in a list it opens it.
    fn tap(&mut self, row: usize) -> Effect {
        if let Some(Overlay::Leave { focus, .. }) = &mut self.overlay {
            *focus = row;
            return self.act(Action::Next);
        }
        match self.question() {
            Some((_, question)) => match question.kind {
                Kind::Scale { min, .. } => self.draft.set_value(min + row as i32),
                _ => self.draft.pick(question, row),
            },
            None => {
                self.focus = row;
                return self.act(Action::Next);
            }
        }
        Effect::None
    }

    fn keep_draft(&mut self) {
        if let Some((index, _)) = self.question() {
            self.keep_draft_for(index);
        }
    }

    fn keep_draft_for(&mut self, index: QuestionIndex) {
        self.drafts.insert(index, std::mem::take(&mut self.draft));
    }

    /// Prepares what the new stage shows.
    fn enter(&mut self) {
        (self.focus, self.scroll) = (0, 0);
        match self.interview.stage() {
            Stage::Asking(index) => {
                let index = *index;
                let question = &self.questionnaire().questions[index];
                let draft = self.drafts.remove(&index);
                self.draft = draft.unwrap_or_else(|| Draft::of(question, self.interview.sheet().get(index)));
                self.progress = self.interview.progress(index);
                self.report = None;
                self.tab = Tab::Result;
            }
            Stage::Lowering { .. } => self.focus = 1,
            Stage::SettingAside { .. } => {}
            Stage::Review => {
                self.report = None;
                self.focus_on_opened();
            }
            Stage::Alert { .. } | Stage::Summary => {
                self.report = Some(Report::of(&self.interview, self.today, &self.site));
            }
        }
    }
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveProblem {
    Exists,
    Failed(String),
}

/// What an answer reads like on the screen.
pub fn answer_words(answer: Option<&Answer>, question: &Question, audience: Audience) -> String {
    answer.map_or_else(|| "–".to_owned(), |answer| answer.words(question, audience))
}

/// Where nothing can be seen, leaving is all that a key may do.
fn works_unseen(action: &Action) -> bool {
    matches!(action, Action::Interrupt | Action::Suspend)
}

fn edit(field: &mut Field, action: &Action) {
    match action {
        Action::Type(text) => field.insert(text),
        Action::Backspace => field.backspace(),
        Action::Delete => field.delete(),
        Action::Left => field.left(),
        Action::Right => field.right(),
        Action::Home => field.home(),
        Action::End => field.end(),
        _ => {}
    }
}

fn scroll(at: &mut usize, action: &Action, drawn: &Drawn) {
    let page = drawn.page.saturating_sub(1).max(1);
    // A larger window may have left fewer lines to scroll.
    let from = (*at).min(drawn.scroll_max);
    let target = match action {
        Action::Up => from.saturating_sub(1),
        Action::Down => from + 1,
        Action::WheelUp => from.saturating_sub(3),
        Action::WheelDown => from + 3,
        Action::PageUp => from.saturating_sub(page),
        Action::PageDown => from + page,
        Action::Home => 0,
        Action::End => usize::MAX,
        _ => from,
    };
    *at = target.min(drawn.scroll_max);
}

/// How many entries of a list a page key passes: they take about two lines each.
fn half_page(drawn: &Drawn) -> usize {
    (drawn.page / 2).max(1)
}

fn move_focus(focus: &mut usize, lines: usize, action: &Action, drawn: &Drawn) {
    let last = lines.saturating_sub(1);
    let page = half_page(drawn);
    let target = match action {
        Action::Up | Action::WheelUp => focus.saturating_sub(1),
        Action::Down | Action::WheelDown => *focus + 1,
        Action::PageUp => focus.saturating_sub(page),
        Action::PageDown => *focus + page,
        Action::Home => 0,
        Action::End => last,
        _ => *focus,
    };
    *focus = target.min(last);
}

/// The number in front of a line, if it has one.
pub fn row_digit(question: &Question, row: usize) -> Option<u8> {
    draft::digit(question, row)
}
