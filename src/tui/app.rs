//! What the screen shows and what an action does to it. No terminal, no clock, no file: those are arguments.

mod asking;
mod effect;
mod grid;
mod motion;
mod outlook;
mod overlay;
mod record;
mod saving;
mod section;
mod settle;
mod summary;
mod switching;
mod touching;

use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use jiff::civil::DateTime;

use super::draft::Draft;
use super::draw::{Drawn, Tap};
use super::guard::Guard;
use super::keys::{Action, Mode};
use super::policy::Policy;
pub use effect::{Effect, Leaving};
use motion::scroll;
pub use overlay::{FinishRow, LEAVE, Overlay, SHOW_RESULT, STAY};
pub use record::{Keep, NotKept, Sections, What};
pub use saving::{SaveRow, Saving};
pub use settle::Asked;

use crate::answers::Answer;
use crate::interview::{Interview, Stage};
use crate::outlook::{Lookout, Outlook, Progress};
use crate::questionnaire::{Audience, Control, OptionIndex, Question, QuestionIndex, Questionnaire, Text};
use crate::report::Report;
use crate::report::document::Topic;
use crate::site::Site;
use crate::words::{Destinations, Language, Words, capitalised};

/// Everything on the screen.
pub struct App<'q> {
    pub interview: Interview<'q>,
    site: Site,
    /// The first page has not been left yet.
    pub welcome: bool,
    /// What lies on top, if anything.
    pub overlay: Option<Overlay>,
    /// Few words a line and wide spacing, for people who see badly.
    pub large: bool,
    /// The answer being given to the current question.
    pub draft: Draft,
    /// Answers begun and left by going back; those about one option of a list apart.
    drafts: HashMap<(QuestionIndex, Option<OptionIndex>), Draft>,
    /// The question on the page, where it is asked once more.
    once_more: Option<Rc<Question>>,
    /// The answer opened last from a list of answers, which shows it again on the way back.
    opened: Option<QuestionIndex>,
    /// Position in a list of lines to choose from.
    pub focus: usize,
    /// First line shown of a page that is longer than the screen.
    pub scroll: usize,
    /// First line shown of answers that were scrolled by the mouse; `None`: they follow the focus.
    pub list_from: Option<usize>,
    pub tab: Tab,
    /// The sentence that is read aloud, of those to say on the phone.
    pub line: usize,
    /// The section that a page is to be scrolled to.
    pub sought: Option<Topic>,
    /// Where the summary was saved, as it is now.
    pub saved_as: Option<PathBuf>,
    /// What is wrong with the answer, until the next key.
    pub notice: Option<String>,
    /// The notice tells of something that was done as asked.
    pub is_done: bool,
    /// Of the current question.
    pub progress: Progress,
    /// What can still come, for clinicians while something is left to ask.
    pub outlook: Option<Outlook>,
    lookout: Option<Lookout<'q>>,
    /// While an alert or the summary is shown.
    pub report: Option<Report>,
    /// The mouse is ours, so that everything must be possible with it.
    pub mouse: bool,
    /// The terminal may be asked whether it writes larger letters.
    pub may_ask_for_larger: bool,
    /// It does.
    pub larger: bool,
    /// What the person may do besides answering.
    pub policy: Policy,
    /// The files that the check goes into.
    pub destinations: Destinations,
    /// Whatever can be done is large enough for a finger, where the window has room for that.
    pub touch: bool,
    /// What the desk finds this check by.
    pub ticket: Option<String>,
    /// Where a section is one page.
    pub sections: Option<Sections<'q>>,
    drawn: Drawn,
    /// What the mouse button or a finger went down on, until it comes up.
    pressed: Option<Option<Tap>>,
    /// The finger is not on it any more.
    slid_off: bool,
    /// What came last came by mouse or finger, not by key.
    points: bool,
    /// The page with the focus is to be shown, of answers that fill several.
    pub seeks_focus: bool,
    /// What the clock of this place says; `None`: nobody has told.
    moment: Option<DateTime>,
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

impl<'q> App<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        site: Site,
        today: jiff::civil::Date,
    ) -> App<'q> {
        App::on(Interview::new(questionnaire, audience, today), site)
    }

    /// Goes on with an interview; one that has begun needs no welcome.
    pub fn on(interview: Interview<'q>, site: Site) -> App<'q> {
        let welcome = interview.asked().is_empty() || interview.begins_again();
        let mut app = App {
            interview,
            site,
            welcome,
            overlay: None,
            large: false,
            draft: Draft::default(),
            drafts: HashMap::new(),
            once_more: None,
            opened: None,
            focus: 0,
            scroll: 0,
            list_from: None,
            tab: Tab::Result,
            line: 0,
            sought: None,
            saved_as: None,
            moment: None,
            notice: None,
            is_done: false,
            progress: Progress { position: 0, fewest: 0, most: 0 },
            outlook: None,
            lookout: None,
            report: None,
            mouse: false,
            may_ask_for_larger: false,
            larger: false,
            policy: Policy::OWN,
            destinations: Destinations::default(),
            touch: false,
            ticket: None,
            sections: None,
            drawn: Drawn::default(),
            pressed: None,
            slid_off: false,
            points: false,
            seeks_focus: true,
            guard: Guard::default(),
            now: Duration::ZERO,
        };
        app.enter();
        app
    }

    pub fn questionnaire(&self) -> &'q Questionnaire {
        self.interview.questionnaire()
    }

    /// The numbers and names of this place.
    pub fn site(&self) -> &Site {
        &self.site
    }

    pub fn audience(&self) -> Audience {
        self.interview.audience()
    }

    /// What the program says in the person's language.
    pub fn words(&self) -> &'static Words {
        Language::around(&self.questionnaire().language).words()
    }

    /// What an answer reads like on the screen.
    pub fn answer_words(&self, answer: Option<&Answer>, question: &Question) -> String {
        let words = self.words();
        match answer {
            Some(answer) => answer.words(question, self.audience(), words),
            None if !question.takes_answer() => words.asking.page_to_read.to_owned(),
            None => capitalised(words.answers.none),
        }
    }

    /// A longer text of the questionnaire, with the names and numbers of this place.
    pub fn body(&self, text: Option<&Text>) -> Option<String> {
        text.map(|text| {
            crate::report::Texts::new(self.questionnaire(), self.audience(), &self.site).body(text)
        })
    }

    /// The fewest and the most questions that can come, before the first.
    pub fn length(&self) -> (usize, usize) {
        (self.progress.fewest, self.progress.most)
    }

    /// Tells what the last frame showed, for scrolling and tapping.
    pub fn note(&mut self, drawn: Drawn) {
        if let Some(topic) = self.sought.take() {
            let line = drawn.sections.iter().find(|(section, _)| *section == topic).map(|(_, line)| *line);
            self.scroll = line.unwrap_or(self.scroll).min(drawn.scroll_max);
        }
        if let Some(page) = drawn.cards_page {
            (self.scroll, self.seeks_focus) = (page, false);
        }
        self.drawn = drawn;
    }

    /// Tells what the clock of this place says, in local time: which number answers follows from it.
    pub fn tell_time(&mut self, moment: DateTime) {
        self.moment = Some(moment);
        self.report = self.report.take().map(|report| report.at(moment));
    }

    /// Which keys work now.
    pub fn mode(&self) -> Mode {
        self.mode_on(self.drawn.grid)
    }

    /// Which keys work on a screen with or without the rows of a grid.
    pub fn mode_on(&self, grid: bool) -> Mode {
        match &self.overlay {
            Some(
                Overlay::Why { .. } | Overlay::Help { .. } | Overlay::Page { .. } | Overlay::TakeAlong { .. },
            ) => return Mode::Reading,
            Some(Overlay::Leave { .. } | Overlay::Finish { .. }) => return Mode::Leave,
            Some(Overlay::Save(_)) => return Mode::Save,
            Some(Overlay::Nothing { .. }) => return Mode::Nothing,
            Some(Overlay::Jump { .. }) => return Mode::Jump,
            Some(Overlay::Remark { .. }) => return Mode::Remark,
            Some(Overlay::NotKept { .. }) => return Mode::NotKept,
            Some(Overlay::Outline { .. } | Overlay::Live { .. }) => return Mode::Reading,
            None if self.welcome => return Mode::Welcome,
            None => {}
        }
        match self.interview.stage() {
            Stage::Asking(question) if self.section().is_some() => {
                self.row_mode(&self.questionnaire().questions[*question])
            }
            Stage::Asking(question) if grid && self.rows().len() > 1 => {
                let question = &self.questionnaire().questions[*question];
                let keys = crate::interview::rows::keys(question, &self.words().answers);
                match keys.iter().any(|key| matches!(key, 'h' | 'j' | 'k' | 'l')) {
                    true => Mode::LetteredGrid,
                    false => Mode::Grid,
                }
            }
            Stage::Asking(_) | Stage::Settling { .. } => {
                let Some((_, question)) = self.question() else { return Mode::Note };
                match question.control {
                    Control::List if question.takes_several() => Mode::ManyOf,
                    Control::List | Control::YesNo => Mode::OneOf,
                    Control::Figure => Mode::BodyMap,
                    Control::Scale { .. } => Mode::Scale,
                    Control::Field if question.limits().is_some() => Mode::Number,
                    Control::Field => Mode::Text,
                    Control::Note => Mode::Note,
                }
            }
            Stage::SettingAside { .. } | Stage::Lowering { .. } => Mode::Confirm,
            Stage::Alert { .. } => Mode::Alert,
            Stage::OfferSettling => Mode::Offer,
            Stage::Review => Mode::Review,
            Stage::Summary => match self.tab {
                Tab::Answers | Tab::Learn => Mode::SummaryList,
                Tab::Phone => Mode::Phone,
                Tab::Result | Tab::Clinician => Mode::Summary,
            },
        }
    }

    /// The question on the screen, below anything that lies on top.
    pub fn question(&self) -> Option<(QuestionIndex, Asked<'q>)> {
        match (self.interview.stage(), &self.once_more) {
            _ if self.welcome => None,
            (Stage::Asking(index) | Stage::Settling { question: index, .. }, Some(question)) => {
                Some((*index, Asked::OnceMore(question.clone())))
            }
            (Stage::Asking(index), None) => {
                Some((*index, Asked::Written(&self.interview.questionnaire().questions[*index])))
            }
            _ => None,
        }
    }

    /// Says something about this page, until the next key.
    pub fn say(&mut self, words: &str) {
        (self.notice, self.is_done) = (Some(words.to_owned()), false);
    }

    /// Says that something was done.
    fn done(&mut self, words: impl Into<String>) {
        (self.notice, self.is_done) = (Some(words.into()), true);
    }

    /// Changes the state; `now` is the time since the start.
    pub fn update(&mut self, action: Action, now: Duration) -> Effect {
        let effect = match self.guard.certain(Some(&action), now) {
            Some(waited) => self.perform(waited, now),
            None => Effect::None,
        };
        if effect != Effect::None {
            return effect;
        }
        if self.lets(&action, now) {
            return self.perform(action, now);
        }
        self.tell_lost();
        effect
    }

    /// Says that what came too soon was not taken, if that is so.
    fn tell_lost(&mut self) {
        if self.guard.is_losing() {
            (self.notice, self.is_done) = (Some(self.lost_words().to_owned()), false);
        }
    }

    /// A key came that does nothing on this screen. An action that waited was pressed for certain, then, and the key
    /// was meant for what that brings up.
    pub fn ignored(&mut self, now: Duration) -> Effect {
        let waited = self.guard.certain_by_another();
        let effect = waited.map_or(Effect::None, |waited| self.perform(waited, now));
        self.guard.ignored(now);
        self.tell_lost();
        effect
    }

    /// When [`App::tick`] has something to do.
    pub fn wakes_at(&self) -> Option<Duration> {
        self.guard.wakes_at()
    }

    /// Does what has waited until it was clear that its key is not held down.
    pub fn tick(&mut self, now: Duration) -> Effect {
        if self.guard.has_recovered(now) {
            (self.notice, self.is_done) = (Some(self.taken_again_words().to_owned()), false);
        }
        self.guard.certain(None, now).map_or(Effect::None, |waited| self.perform(waited, now))
    }

    fn perform(&mut self, action: Action, now: Duration) -> Effect {
        if self.drawn.too_small && !works_unseen(&action) {
            return Effect::None;
        }
        if let Action::Press { column, row } | Action::Slide { column, row } = action {
            self.touch_down(matches!(action, Action::Press { .. }), column, row);
            return Effect::None;
        }
        self.now = now;
        self.is_done = false;
        self.notice = self.guard.is_losing().then(|| self.lost_words().to_owned());
        let (before, focus) = (self.screen(), self.focused_card());
        let cause = self.place_of(&action);
        let effect = self.act(action);
        if self.screen() != before {
            // Later than `now`, where keeping took its time.
            self.guard.changed(cause, self.now);
            // A finger that is down meant the screen before.
            self.pressed = self.pressed.take().map(|_| None);
        }
        self.seeks_focus |= self.focused_card() != focus;
        effect
    }

    /// What tells one screen from another: a key held down must not act on the next one.
    fn screen(&self) -> (bool, Option<std::mem::Discriminant<Overlay>>, Stage, &'q str) {
        let overlay = self.overlay.as_ref().map(std::mem::discriminant);
        // The rows of a grid are one screen.
        let stage = match self.interview.stage() {
            // So are those of a page of a section.
            Stage::Asking(row) if self.section().is_some() => {
                Stage::Asking(self.questionnaire().section_of(*row).first)
            }
            Stage::Asking(row) if self.is_grid() => Stage::Asking(*self.rows().first().unwrap_or(row)),
            stage => stage.clone(),
        };
        (self.welcome, overlay, stage, &self.questionnaire().language)
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::Suspend => return Effect::Suspend,
            Action::CallStaff => return Effect::CallStaff,
            Action::Stop => return self.stop(),
            Action::Interrupt => return self.interrupt(),
            Action::Quit => return self.quit(),
            Action::Language => {
                self.switch_language();
                return Effect::None;
            }
            Action::Large => {
                self.switch_spacing();
                return Effect::None;
            }
            Action::Slide { .. } | Action::Press { .. } => return Effect::None,
            Action::TurnBack | Action::TurnOn | Action::More => return self.turn(&action),
            Action::Tap { column, row } => return self.tapped(column, row),
            _ => {}
        }
        if self.overlay.is_some() {
            return self.act_on_top(action);
        }
        match action {
            Action::Help => self.overlay = Some(Overlay::Help { mode: self.mode(), scroll: 0 }),
            _ if self.welcome => match action {
                Action::Next => {
                    self.welcome = false;
                    self.look_ahead();
                }
                Action::Digit(key) => {
                    let chosen = usize::from(key).checked_sub(1);
                    if let Some(offer) = chosen.filter(|&offer| offer < self.questionnaire().offers.len()) {
                        return Effect::Leave(Leaving::Instead(offer));
                    }
                }
                action => scroll(&mut self.scroll, &action, &self.drawn),
            },
            _ => match self.interview.stage().clone() {
                Stage::Asking(question) if self.section().is_some() => self.act_on_section(question, action),
                Stage::Asking(question) | Stage::Settling { question, .. } => {
                    self.act_on_question(question, action);
                }
                Stage::OfferSettling => self.act_on_offer(action),
                Stage::SettingAside { .. } | Stage::Lowering { .. } => self.act_on_confirm(action),
                Stage::Alert { .. } => self.act_on_alert(action),
                Stage::Review => self.act_on_review(action),
                Stage::Summary if action == Action::Copy => return self.copy(),
                Stage::Summary => self.act_on_summary(action),
            },
        }
        Effect::None
    }

    /// Prepares what the new stage shows.
    fn enter(&mut self) {
        self.leave_out_texts();
        (self.focus, self.scroll, self.line, self.seeks_focus) = (0, 0, 0, true);
        self.list_from = None;
        self.saved_as = None;
        self.once_more = self.interview.once_more().map(Rc::new);
        match self.interview.stage() {
            Stage::Asking(index) | Stage::Settling { question: index, .. } => {
                let index = *index;
                let question = match &self.once_more {
                    Some(question) => question,
                    None => &self.questionnaire().questions[index],
                };
                let given = self.interview.given();
                let draft = self.drafts.remove(&self.page(index));
                self.draft = draft.unwrap_or_else(|| Draft::of(question, given.as_ref(), self.words()));
                if self.section().is_none() {
                    let first = self.interview.rows().first().copied().unwrap_or(index);
                    self.progress = Progress::of(&self.interview, first);
                }
                self.look_ahead();
                self.report = None;
                self.tab = Tab::Result;
            }
            Stage::Lowering { .. } => self.focus = 1,
            Stage::SettingAside { .. } => {}
            Stage::OfferSettling => self.report = None,
            Stage::Review => {
                self.report = None;
                self.focus_on_opened();
            }
            Stage::Alert { .. } | Stage::Summary => {
                let report = Report::of_interview(&self.interview, &self.site);
                self.report = Some(match self.moment {
                    Some(moment) => report.at(moment),
                    None => report,
                });
            }
        }
    }
}

/// Where nothing can be seen, leaving is all that a key may do.
fn works_unseen(action: &Action) -> bool {
    matches!(action, Action::Interrupt | Action::Suspend)
}
