//! Every key in one table: what it does where, for the program, its bottom line, its help and the README.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

/// What can be done at the moment. Each mode has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    Welcome,
    OneOf,
    ManyOf,
    BodyMap,
    Scale,
    Number,
    Text,
    Note,
    Alert,
    /// One of two ways, before something is set aside or lowered.
    Confirm,
    Review,
    /// A page of the summary to read.
    Summary,
    /// A page of the summary that lists things to open.
    SummaryList,
    /// Something to read on top: why, help, a page to learn more.
    Reading,
    Leave,
    /// The name of a file to save.
    Save,
}

/// What a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Go on, or open what is focused.
    Next,
    Back,
    /// Close what lies on top.
    Close,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// Choose or tick what is focused.
    Pick,
    /// Choose or tick by number.
    Digit(u8),
    /// Go to the option that begins with this letter.
    Jump(char),
    Unsure,
    Why,
    Help,
    Review,
    Understood,
    GoOn,
    Edit,
    Save,
    Quit,
    /// Ctrl-C.
    Interrupt,
    Suspend,
    Type(String),
    Backspace,
    Delete,
    NextPage,
    PreviousPage,
    Tap {
        column: u16,
        row: u16,
    },
    WheelUp,
    WheelDown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Code(KeyCode),
    Ctrl(char),
    Digits,
    Letters,
}

/// One row of the table.
pub struct Binding {
    keys: &'static [Key],
    modes: &'static [Mode],
    action: fn(KeyCode) -> Action,
    /// How the keys are called; empty: the row above names them too.
    pub label: &'static str,
    /// For the bottom line; empty: not there.
    pub short: &'static str,
    /// For the help and the README.
    pub long: &'static str,
}

use Key::{Code, Ctrl, Digits, Letters};
use KeyCode::{Char, Enter, Esc};
use Mode::{
    Alert, BodyMap, Confirm, Leave, ManyOf, Note, Number, OneOf, Reading, Review, Save, Scale, Summary,
    SummaryList, Text, Welcome,
};

const CHOICES: &[Mode] = &[OneOf, ManyOf, BodyMap];
const TYPED: &[Mode] = &[Number, Text, Save];
const ASKING: &[Mode] = &[OneOf, ManyOf, BodyMap, Scale, Number, Text, Note];
/// Pages that only scroll.
const READ: &[Mode] = &[Welcome, Note, Alert, Summary, Reading];
/// What may be longer than the screen.
const LONG: &[Mode] =
    &[Welcome, Note, Alert, Summary, Reading, OneOf, ManyOf, BodyMap, Confirm, Review, SummaryList];
/// Asking, where a letter is not typed into a line.
const ASKING_BY_KEY: &[Mode] = &[OneOf, ManyOf, BodyMap, Scale, Number, Note];

/// The first row that fits counts, so that special cases stand above general ones.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(&[Digits], &[OneOf, Scale], digit, "0-9", "", "choose an answer by its number"),
    row(&[Digits], &[ManyOf, BodyMap], digit, "0-9", "", "tick or untick an answer by its number; 0 is \"none of these\""),
    row(&[Digits], &[Confirm], digit, "1-2", "", "choose one of two ways by number"),
    row(&[Digits], &[Leave], digit, "1-3", "", "choose to stay or to leave by number"),
    row(&[Code(KeyCode::Up)], &[OneOf], |_| Action::Up, "↑↓", "choose", "choose an answer"),
    row(&[Code(KeyCode::Down)], &[OneOf], |_| Action::Down, "", "", ""),
    row(&[Code(KeyCode::Up)], &[ManyOf, BodyMap], |_| Action::Up, "↑↓", "", "move from answer to answer"),
    row(&[Code(KeyCode::Down)], &[ManyOf, BodyMap], |_| Action::Down, "", "", ""),
    row(&[Code(KeyCode::Left)], &[Scale], |_| Action::Left, "←→", "choose", "move on the scale"),
    row(&[Code(KeyCode::Right)], &[Scale], |_| Action::Right, "", "", ""),
    row(&[Code(KeyCode::Up)], &[Scale], |_| Action::Up, "", "", ""),
    row(&[Code(KeyCode::Down)], &[Scale], |_| Action::Down, "", "", ""),
    row(&[Code(Char(' '))], &[ManyOf, BodyMap], |_| Action::Pick, "Space", "tick", "tick or untick the answer you are on"),
    row(&[Code(Char(' '))], &[OneOf], |_| Action::Pick, "Space", "", "choose the answer you are on"),
    row(&[Code(KeyCode::Backspace), Code(KeyCode::Delete)], &[OneOf, Scale], |_| Action::Backspace, "Backspace", "", "take back what is chosen"),
    row(&[Code(KeyCode::PageDown)], &[Confirm], |_| Action::PageDown, "PgDn", "scroll", ""),
    row(&[Code(KeyCode::Up)], &[Review, SummaryList, Confirm, Leave], |_| Action::Up, "↑↓", "move", "move from line to line"),
    row(&[Code(KeyCode::Down)], &[Review, SummaryList, Confirm, Leave], |_| Action::Down, "", "", ""),
    row(&[Code(KeyCode::Left)], &[Summary, SummaryList], |_| Action::PreviousPage, "←→", "page", "turn the pages of the summary"),
    row(&[Code(KeyCode::Right), Code(KeyCode::Tab)], &[Summary, SummaryList], |_| Action::NextPage, "", "", ""),
    row(&[Code(KeyCode::BackTab)], &[Summary, SummaryList], |_| Action::PreviousPage, "", "", ""),
    row(&[Code(Enter)], &[Welcome], |_| Action::Next, "Enter", "start", "start"),
    row(&[Code(Enter)], ASKING, |_| Action::Next, "Enter", "next", "go on to the next question"),
    row(&[Code(Enter)], &[Review, SummaryList], |_| Action::Next, "Enter", "open", "open what you are on"),
    row(&[Code(Enter)], &[Confirm, Leave], |_| Action::Next, "Enter", "take", "take the line you are on"),
    row(&[Code(Enter)], &[Save], |_| Action::Next, "Enter", "save", "save under this name"),
    row(&[Code(Enter)], &[Reading], |_| Action::Close, "Enter", "close", "close this page"),
    row(&[Code(Esc), Code(KeyCode::Left)], &[OneOf, ManyOf, Note], |_| Action::Back, "Esc", "back", "go back one question (also ←)"),
    row(&[Code(Esc)], &[BodyMap, Scale, Number, Text, Alert, Confirm, Review, Reading, Leave, Save], |_| Action::Back, "Esc", "back", "go back"),
    row(&[Code(Esc)], &[Summary, SummaryList], |_| Action::Back, "Esc", "back", "go back to the first page, then to the questions"),
    row(&[Code(Char('a'))], &[Alert], |_| Action::Understood, "a", "understood", "after an alert: show the summary"),
    row(&[Code(Char('c'))], &[Alert], |_| Action::GoOn, "c", "go on with the questions", "go on with the questions after an alert, or from an unfinished summary"),
    row(&[Code(Char('c'))], &[Summary, SummaryList, Review], |_| Action::GoOn, "c", "", ""),
    row(&[Code(Char('w')), Code(Char('W'))], ASKING_BY_KEY, |_| Action::Why, "w", "why we ask", "why this is asked, with sources (F2 while you type)"),
    row(&[Code(Char('u'))], ASKING_BY_KEY, |_| Action::Unsure, "u", "", "answer \"I'm not sure\", where that is an answer"),
    row(&[Code(KeyCode::F(2))], ASKING, |_| Action::Why, "F2", "", ""),
    row(&[Code(Char('r'))], ASKING_BY_KEY, |_| Action::Review, "r", "answers", "look at all answers and change them (F3 while you type)"),
    row(&[Code(KeyCode::F(3))], ASKING, |_| Action::Review, "F3", "", ""),
    row(&[Code(Char('e'))], &[Summary, SummaryList], |_| Action::Edit, "e", "edit an answer", "on the summary: change an answer"),
    row(&[Code(Char('s'))], &[Summary, SummaryList], |_| Action::Save, "s", "save", "on the summary: save it as a text file"),
    row(&[Code(Char('?')), Code(KeyCode::F(1))], &[Welcome, OneOf, ManyOf, BodyMap, Scale, Number, Note, Alert, Confirm, Review, Summary, SummaryList], |_| Action::Help, "?", "help", "all keys (also F1)"),
    row(&[Code(KeyCode::F(1))], &[Text], |_| Action::Help, "F1", "help", ""),
    row(&[Code(Char('q'))], &[Summary, SummaryList], |_| Action::Quit, "q", "finish", "leave; on the summary: finish"),
    row(&[Code(Char('q'))], &[Welcome, OneOf, ManyOf, BodyMap, Scale, Number, Note, Review, Alert, Confirm], |_| Action::Quit, "", "", ""),
    row(&[Code(Char('q')), Code(Char('?')), Code(Char('w')), Code(KeyCode::Left), Code(KeyCode::F(1)), Code(KeyCode::F(2))], &[Reading], |_| Action::Close, "", "", ""),
    row(&[Ctrl('c')], ALL, |_| Action::Interrupt, "Ctrl-C", "leave", "leave; pressed twice, at once"),
    row(&[Ctrl('z')], ALL, |_| Action::Suspend, "", "", ""),
    row(&[Code(KeyCode::Up)], READ, |_| Action::Up, "↑↓", "scroll", "scroll"),
    row(&[Code(KeyCode::Down)], READ, |_| Action::Down, "", "", ""),
    row(&[Code(Char(' '))], &[Welcome, Summary, Reading, Alert, Note], |_| Action::PageDown, "", "", ""),
    row(&[Code(KeyCode::PageUp)], LONG, |_| Action::PageUp, "PgUp PgDn", "", "move by a page (also Home, End)"),
    row(&[Code(KeyCode::PageDown)], LONG, |_| Action::PageDown, "", "", ""),
    row(&[Code(KeyCode::Home)], ALL, |_| Action::Home, "", "", ""),
    row(&[Code(KeyCode::End)], ALL, |_| Action::End, "", "", ""),
    row(&[Code(KeyCode::Left)], TYPED, |_| Action::Left, "", "", ""),
    row(&[Code(KeyCode::Right)], TYPED, |_| Action::Right, "", "", ""),
    row(&[Code(KeyCode::Left)], &[BodyMap], |_| Action::Left, "←→", "figure", "in the body map: between the figure and the list"),
    row(&[Code(KeyCode::Right), Code(KeyCode::Tab)], &[BodyMap], |_| Action::Right, "", "", ""),
    row(&[Code(KeyCode::Backspace)], TYPED, |_| Action::Backspace, "", "", ""),
    row(&[Code(KeyCode::Delete)], TYPED, |_| Action::Delete, "", "", ""),
    row(&[Digits], TYPED, typed, "", "", ""),
    row(&[Letters], &[Text, Save, Number], typed, "", "", ""),
    row(&[Letters], CHOICES, jump, "a-z", "", "go to the answer that begins with this letter"),
];

const ALL: &[Mode] = &[
    Welcome,
    OneOf,
    ManyOf,
    BodyMap,
    Scale,
    Number,
    Text,
    Note,
    Alert,
    Confirm,
    Review,
    Summary,
    SummaryList,
    Reading,
    Leave,
    Save,
];

const fn row(
    keys: &'static [Key],
    modes: &'static [Mode],
    action: fn(KeyCode) -> Action,
    label: &'static str,
    short: &'static str,
    long: &'static str,
) -> Binding {
    Binding { keys, modes, action, label, short, long }
}

fn digit(code: KeyCode) -> Action {
    let digit = match code {
        Char(c) => c.to_digit(10).unwrap_or(0),
        _ => 0,
    };
    Action::Digit(digit as u8)
}

fn typed(code: KeyCode) -> Action {
    match code {
        Char(c) => Action::Type(c.to_string()),
        _ => Action::Type(String::new()),
    }
}

fn jump(code: KeyCode) -> Action {
    match code {
        Char(c) => Action::Jump(c),
        _ => Action::Jump(' '),
    }
}

/// What an event means in this mode, if anything. A resize means nothing here: it only redraws.
pub fn action(mode: Mode, event: &Event) -> Option<Action> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_action(mode, key),
        Event::Paste(text) => TYPED.contains(&mode).then(|| Action::Type(text.clone())),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Up(MouseButton::Left) => {
                Some(Action::Tap { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::ScrollUp => Some(Action::WheelUp),
            MouseEventKind::ScrollDown => Some(Action::WheelDown),
            _ => None,
        },
        _ => None,
    }
}

fn key_action(mode: Mode, key: &KeyEvent) -> Option<Action> {
    let fits = |wanted: &Key| match *wanted {
        Ctrl(c) => key.code == Char(c) && key.modifiers.contains(KeyModifiers::CONTROL),
        _ if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => false,
        Code(code) => key.code == code,
        Digits => matches!(key.code, Char('0'..='9')),
        Letters => matches!(key.code, Char(c) if !c.is_control()),
    };
    let binding = BINDINGS.iter().find(|b| b.modes.contains(&mode) && b.keys.iter().any(fits));
    binding.map(|binding| (binding.action)(key.code))
}

/// The keys for the bottom line of this mode, most useful first: label and word.
pub fn bottom_line(mode: Mode) -> impl Iterator<Item = (&'static str, &'static str)> {
    let here = BINDINGS
        .iter()
        .filter(move |b| b.modes.contains(&mode) && !b.label.is_empty() && !b.short.is_empty());
    // A general row that a special one above hides is not named again.
    let mut seen: Vec<&str> = Vec::new();
    here.filter(move |b| {
        let new = !seen.contains(&b.label);
        seen.push(b.label);
        new
    })
    .map(|b| (b.label, b.short))
}

/// The keys of this mode with what they do.
pub fn here(mode: Mode) -> impl Iterator<Item = (&'static str, &'static str)> {
    let here = BINDINGS.iter().filter(move |b| b.modes.contains(&mode));
    here.filter(|b| !b.label.is_empty() && !b.long.is_empty()).map(|b| (b.label, b.long))
}

/// All keys with what they do, each once, for the help and the README.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    BINDINGS.iter().filter(|b| !b.label.is_empty() && !b.long.is_empty()).map(|b| (b.label, b.long))
}
