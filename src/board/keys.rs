//! Every key of the board in one table: for the program, the bottom line and the help.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};

use super::app::Page;
use crate::words::BoardKeys;

/// What somebody at the board wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    /// Open what is focused, or take what is shown.
    Open,
    Back,
    Yes,
    No,
    Seen,
    Close,
    Continue,
    Copy,
    Print,
    Filter,
    ShowClosed,
    Help,
    Quit,
    Suspend,
    Type(String),
    Backspace,
    Delete,
}

/// Which keys there are at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    List,
    /// The list that everybody sees.
    Public,
    Open,
    Filter,
    Close,
    Help,
}

impl Mode {
    pub fn of(page: &Page, is_public: bool) -> Mode {
        match page {
            Page::List if is_public => Mode::Public,
            Page::List => Mode::List,
            Page::Open { .. } => Mode::Open,
            Page::Filter(_) => Mode::Filter,
            Page::Close { .. } => Mode::Close,
            Page::Help { .. } => Mode::Help,
        }
    }
}

/// Something to say, in the reader's language.
type Word = fn(&BoardKeys) -> &'static str;

/// One row of the table.
struct Binding {
    keys: &'static [KeyCode],
    modes: &'static [Mode],
    action: Action,
    /// What the key is called; empty: the row above names it too.
    label: &'static str,
    /// For the bottom line; empty: not there.
    short: Word,
    /// For the help.
    long: Word,
}

const fn row(
    keys: &'static [KeyCode],
    modes: &'static [Mode],
    action: Action,
    label: &'static str,
    short: Word,
    long: Word,
) -> Binding {
    Binding { keys, modes, action, label, short, long }
}

const NOTHING: Word = |_| "";

use KeyCode::{Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Up};
use Mode::{Close, Filter, Help, List, Open, Public};

const LISTS: &[Mode] = &[List, Public];
const MOVING: &[Mode] = &[List, Public, Open, Help];
const ON_ONE: &[Mode] = &[List, Open];

/// The first row that fits counts. Letters do nothing while a filter is typed: there they are letters.
#[rustfmt::skip]
const BINDINGS: &[Binding] = &[
    row(&[Char('y'), Char('s')], &[Close], Action::Yes, "y", |w| w.yes, NOTHING),
    row(&[Char('n')], &[Close], Action::No, "n", |w| w.no, NOTHING),
    row(&[Left, Right, Up, Down], &[Close], Action::Right, "←→", |w| w.choose, NOTHING),
    row(&[Enter], &[List], Action::Open, "Enter", |w| w.open, |w| w.does_open),
    row(&[Enter], &[Filter, Close], Action::Open, "Enter", |w| w.take, NOTHING),
    row(&[Esc], &[Open, Filter, Close, Help], Action::Back, "Esc", |w| w.back, |w| w.does_back),
    row(&[Esc], LISTS, Action::Back, "Esc", NOTHING, |w| w.does_unfilter),
    row(&[Left], &[Filter], Action::Left, "", NOTHING, NOTHING),
    row(&[Right], &[Filter], Action::Right, "", NOTHING, NOTHING),
    row(&[Home], &[Filter, List, Public], Action::Home, "Home", NOTHING, |w| w.does_first),
    row(&[End], &[Filter, List, Public], Action::End, "", NOTHING, NOTHING),
    row(&[Backspace], &[Filter], Action::Backspace, "", NOTHING, NOTHING),
    row(&[Delete], &[Filter], Action::Delete, "", NOTHING, NOTHING),
    row(&[Up, Char('k')], MOVING, Action::Up, "↑↓", |w| w.step, |w| w.does_move),
    row(&[Down, Char('j')], MOVING, Action::Down, "", NOTHING, NOTHING),
    row(&[PageDown, Char(' ')], MOVING, Action::PageDown, "PgDn", NOTHING, |w| w.does_page),
    row(&[PageUp], MOVING, Action::PageUp, "", NOTHING, NOTHING),
    row(&[Char('s')], ON_ONE, Action::Seen, "s", |w| w.seen, |w| w.does_seen),
    row(&[Char('c')], ON_ONE, Action::Continue, "c", |w| w.resume, |w| w.does_resume),
    row(&[Char('x')], ON_ONE, Action::Close, "x", |w| w.close, |w| w.does_close),
    row(&[Char('/')], LISTS, Action::Filter, "/", |w| w.filter, |w| w.does_filter),
    row(&[Char('?'), F(1)], &[List, Public, Open, Help], Action::Help, "?", |w| w.help, |w| w.does_help),
    row(&[Char('q')], &[List, Public, Open, Help], Action::Quit, "q", |w| w.quit, |w| w.does_quit),
    row(&[Char('y')], ON_ONE, Action::Copy, "y", |w| w.copy, |w| w.does_copy),
    row(&[Char('p')], ON_ONE, Action::Print, "p", |w| w.print, |w| w.does_print),
    row(&[Char('a')], LISTS, Action::ShowClosed, "a", |w| w.all, |w| w.does_all),
];

/// What an event asks for. `None`: nothing here.
pub fn action(mode: Mode, event: &Event) -> Option<Action> {
    let key = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key,
        Event::Paste(text) if mode == Filter => return Some(Action::Type(text.clone())),
        _ => return None,
    };
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            Char('c') => Some(Action::Quit),
            Char('z') => Some(Action::Suspend),
            _ => None,
        };
    }
    if !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
        return None;
    }
    let fits = |binding: &&Binding| binding.modes.contains(&mode) && binding.keys.contains(&key.code);
    let bound = BINDINGS.iter().find(fits).map(|binding| binding.action.clone());
    let typed = || match key.code {
        Char(letter) if mode == Filter => Some(Action::Type(letter.to_string())),
        _ => None,
    };
    bound.or_else(typed)
}

/// The keys for the bottom line: label and word.
pub fn bottom_line(mode: Mode, words: &BoardKeys) -> Vec<(&'static str, &'static str)> {
    named(mode, words, |binding| binding.short)
}

/// The keys for the help.
pub fn help(mode: Mode, words: &BoardKeys) -> Vec<(&'static str, &'static str)> {
    named(mode, words, |binding| binding.long)
}

fn named(
    mode: Mode,
    words: &BoardKeys,
    word: impl Fn(&Binding) -> Word,
) -> Vec<(&'static str, &'static str)> {
    let here = BINDINGS.iter().filter(|binding| binding.modes.contains(&mode) && !binding.label.is_empty());
    let named = here.map(|binding| (binding.label, word(binding)(words)));
    named.filter(|(_, word)| !word.is_empty()).collect()
}
