//! The board as a state: what is shown, what a key does to it. It asks nobody; what is to be done comes back as an
//! [`Effect`].

use jiff::Timestamp;

use super::keys::Action;
use super::row::{Row, sort};
use crate::text::folded;
use crate::tui::field::Field;
use crate::words::Words;

/// What lies over the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    List,
    /// The encounter of the focused row, from this line on.
    Open {
        scroll: usize,
    },
    /// A line to type what the list is narrowed to.
    Filter(Field),
    /// Before an encounter is closed.
    Close {
        yes: bool,
    },
    Help {
        scroll: usize,
    },
}

/// What the loop has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    None,
    Leave,
    Suspend,
    /// Note that somebody has seen the person.
    Seen(String),
    Close(String),
    /// Go on with the encounter, in another program.
    Continue(String),
    Copy(String),
    Print(String),
}

/// What a frame has shown: how many rows a page has, how far it can be scrolled, and whether the focused encounter
/// is beside the list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    pub page_rows: usize,
    pub scroll_max: usize,
    pub is_wide: bool,
}

/// An encounter, opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// The id of the encounter that it is of.
    pub id: String,
    /// The handover: a name for each part, and its words.
    pub parts: Vec<(String, String)>,
    pub notes: Vec<String>,
    /// What happened, a line each, oldest first.
    pub history: Vec<String>,
}

/// Everything that a frame of the board is drawn from.
#[derive(Debug)]
pub struct App {
    rows: Vec<Row>,
    pub page: Page,
    /// What the list is narrowed to; empty: to nothing.
    filter: String,
    /// Those who are closed are in the list too.
    pub shows_closed: bool,
    /// By its id, since rows change places.
    focus: Option<String>,
    /// For a screen that everybody sees: tickets and levels, and nothing can be done.
    pub is_public: bool,
    pub words: &'static Words,
    /// What came of a key.
    pub notice: Option<String>,
    /// The store can't be asked at the moment: why, in words.
    pub trouble: Option<String>,
    pub now: Timestamp,
    /// The newest hash of the chain.
    pub head: Option<String>,
    /// What the board is of: the name of the place.
    pub place: Option<String>,
    /// Of the focused row, where it was asked for.
    pub detail: Option<Detail>,
    /// The last frame had room for the focused encounter beside the list.
    pub is_wide: bool,
    /// How many rows a page has, by the last frame.
    pub page_rows: usize,
    /// How far an open page can be scrolled, by the last frame.
    pub scroll_max: usize,
}

impl App {
    pub fn new(words: &'static Words, is_public: bool, now: Timestamp) -> App {
        App {
            rows: Vec::new(),
            page: Page::List,
            filter: String::new(),
            shows_closed: false,
            focus: None,
            is_public,
            words,
            notice: None,
            trouble: None,
            now,
            head: None,
            place: None,
            detail: None,
            is_wide: false,
            page_rows: 1,
            scroll_max: 0,
        }
    }

    /// What the last frame has shown.
    pub fn note(&mut self, drawn: Drawn) {
        self.page_rows = drawn.page_rows;
        self.scroll_max = drawn.scroll_max;
        self.is_wide = drawn.is_wide;
    }

    /// Takes what the store holds now. The ids of those that have become an emergency since are returned; at the first
    /// time that is nobody.
    pub fn take(&mut self, mut rows: Vec<Row>, is_first: bool) -> Vec<Row> {
        sort(&mut rows);
        let was_alarm =
            |row: &Row| self.rows.iter().any(|before| before.id == row.id && before.standing.is_alarm);
        let is_new =
            |row: &&Row| row.standing.is_alarm && row.seen.is_none() && !row.closed && !was_alarm(row);
        let new: Vec<Row> = match is_first {
            true => Vec::new(),
            false => rows.iter().filter(is_new).cloned().collect(),
        };
        let before = self.focused_at();
        self.rows = rows;
        self.keep_focus(before);
        new
    }

    /// The rows that are shown, in their order.
    pub fn shown(&self) -> Vec<&Row> {
        let filter = match &self.page {
            // While it is typed the list follows.
            Page::Filter(field) => field.text(),
            _ => &self.filter,
        };
        let filter = folded(filter);
        let words: Vec<&str> = filter.split_whitespace().collect();
        let is_shown =
            |row: &&Row| (self.shows_closed || !row.closed) && words.iter().all(|word| self.names(row, word));
        self.rows.iter().filter(is_shown).collect()
    }

    /// Does a word stand in what is shown of a row?
    fn names(&self, row: &Row, word: &str) -> bool {
        let level = row.standing.level.as_ref().map_or(self.words.board.not_known, |(_, name)| name);
        let shown =
            [Some(level), row.ticket.as_deref(), Some(row.station.as_str()), row.reference.as_deref()];
        let shown = shown.into_iter().take(if self.is_public { 2 } else { 4 }).flatten();
        shown.into_iter().any(|shown| folded(shown).contains(word))
    }

    /// What the list is narrowed to.
    pub fn filter(&self) -> Option<&str> {
        Some(self.filter.as_str()).filter(|filter| !filter.trim().is_empty())
    }

    /// Those who wait: how many, and how many of them for too long.
    pub fn waiting(&self) -> (usize, usize) {
        let waiting = self.rows.iter().filter(|row| row.seen.is_none() && !row.closed);
        let overdue = waiting.clone().filter(|row| row.overdue(self.now).is_some());
        (waiting.count(), overdue.count())
    }

    pub fn focused(&self) -> Option<&Row> {
        let id = self.focus.as_deref()?;
        self.shown().into_iter().find(|row| row.id == id)
    }

    /// The encounter that has to be opened before the next frame.
    pub fn wants_detail(&self) -> Option<&str> {
        let is_shown = self.is_wide || matches!(self.page, Page::Open { .. });
        let row = self.focused().filter(|_| is_shown && !self.is_public)?;
        let is_there = self.detail.as_ref().is_some_and(|detail| detail.id == row.id);
        (!is_there).then_some(&row.id)
    }

    /// The place of the focused row among those shown.
    pub fn focused_at(&self) -> usize {
        let shown = self.shown();
        shown.iter().position(|row| Some(&row.id) == self.focus.as_ref()).unwrap_or(0)
    }

    /// The focus stays on its encounter; where that is gone from the list, on its place.
    fn keep_focus(&mut self, before: usize) {
        if self.focused().is_none() {
            let shown = self.shown();
            let id = shown.get(before.min(shown.len().saturating_sub(1))).map(|row| row.id.clone());
            self.focus = id;
            if matches!(self.page, Page::Open { .. } | Page::Close { .. }) {
                self.page = Page::List;
            }
        }
    }

    fn move_to(&mut self, at: usize) {
        let shown = self.shown();
        let id = shown.get(at.min(shown.len().saturating_sub(1))).map(|row| row.id.clone());
        self.focus = id;
    }

    fn change_list(&mut self, change: impl FnOnce(&mut App)) {
        let before = self.focused_at();
        change(self);
        self.keep_focus(before);
    }

    pub fn update(&mut self, action: Action) -> Effect {
        self.notice = None;
        match std::mem::replace(&mut self.page, Page::List) {
            Page::Filter(field) => self.type_filter(field, action),
            Page::Close { yes } => self.confirm(yes, action),
            Page::Help { scroll } => self.read(scroll, action, |scroll| Page::Help { scroll }),
            Page::Open { scroll } => match action {
                Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::Back => {
                    self.read(scroll, action, |scroll| Page::Open { scroll })
                }
                action => {
                    self.page = Page::Open { scroll };
                    self.on_list(action)
                }
            },
            Page::List => self.on_list(action),
        }
    }

    fn on_list(&mut self, action: Action) -> Effect {
        let at = self.focused_at();
        match action {
            Action::Up => self.move_to(at.saturating_sub(1)),
            Action::Down => self.move_to(at + 1),
            Action::PageUp => self.move_to(at.saturating_sub(self.page_rows)),
            Action::PageDown => self.move_to(at + self.page_rows),
            Action::Home => self.move_to(0),
            Action::End => self.move_to(usize::MAX),
            Action::Help => self.page = Page::Help { scroll: 0 },
            Action::Filter => self.page = Page::Filter(Field::with(self.filter.clone())),
            Action::ShowClosed => self.change_list(|app| app.shows_closed = !app.shows_closed),
            Action::Quit => return Effect::Leave,
            Action::Suspend => return Effect::Suspend,
            Action::Back if self.filter().is_some() => self.change_list(|app| app.filter.clear()),
            Action::Back => self.notice = Some(self.words.board.q_leaves.to_owned()),
            action => return self.on_focused(action),
        }
        Effect::None
    }

    /// What concerns one encounter.
    fn on_focused(&mut self, action: Action) -> Effect {
        if self.is_public {
            return Effect::None;
        }
        let Some(row) = self.focused() else {
            self.notice = Some(self.words.board.nobody_focused.to_owned());
            return Effect::None;
        };
        let id = row.id.clone();
        match action {
            Action::Open => {
                self.page = Page::Open { scroll: 0 };
                Effect::None
            }
            Action::Close if row.closed => {
                self.notice = Some(self.words.board.is_closed.to_owned());
                Effect::None
            }
            Action::Close => {
                self.page = Page::Close { yes: false };
                Effect::None
            }
            Action::Seen => match &row.seen {
                Some(who) => {
                    self.notice = Some(self.words.board.was_seen(who));
                    Effect::None
                }
                None => Effect::Seen(id),
            },
            Action::Continue => Effect::Continue(id),
            Action::Copy => Effect::Copy(id),
            Action::Print => Effect::Print(id),
            _ => Effect::None,
        }
    }

    fn type_filter(&mut self, mut field: Field, action: Action) -> Effect {
        let before = self.focused_at();
        match action {
            Action::Open => {
                self.filter = field.text().to_owned();
                self.keep_focus(before);
                return Effect::None;
            }
            Action::Back => {
                self.keep_focus(before);
                return Effect::None;
            }
            Action::Type(typed) => field.insert(&typed),
            Action::Backspace => field.backspace(),
            Action::Delete => field.delete(),
            Action::Left => field.left(),
            Action::Right => field.right(),
            Action::Home => field.home(),
            Action::End => field.end(),
            Action::Quit => return Effect::Leave,
            _ => {}
        }
        self.page = Page::Filter(field);
        self.keep_focus(before);
        Effect::None
    }

    fn confirm(&mut self, yes: bool, action: Action) -> Effect {
        match action {
            Action::Left | Action::Right | Action::Up | Action::Down => self.page = Page::Close { yes: !yes },
            Action::Yes => return self.focused().map_or(Effect::None, |row| Effect::Close(row.id.clone())),
            Action::Open if yes => return self.confirm(true, Action::Yes),
            Action::Open | Action::Back | Action::No => {}
            Action::Quit => return Effect::Leave,
            _ => self.page = Page::Close { yes },
        }
        Effect::None
    }

    fn read(&mut self, scroll: usize, action: Action, page: impl Fn(usize) -> Page) -> Effect {
        let step = self.page_rows.saturating_sub(1).max(1);
        let scroll = match action {
            Action::Up => scroll.saturating_sub(1),
            Action::Down => scroll + 1,
            Action::PageUp => scroll.saturating_sub(step),
            Action::PageDown => scroll + step,
            Action::Back | Action::Help => return Effect::None,
            Action::Quit => return Effect::Leave,
            _ => scroll,
        };
        self.page = page(scroll.min(self.scroll_max));
        Effect::None
    }
}
