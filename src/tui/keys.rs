//! Every key in one table: what it does where, for the program, its bottom line, its help and docs/use/person.md.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use super::policy::Policy;
use super::{pad, section_keys};
use crate::words::Keys;

/// What can be done at the moment. Each mode has its own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    Welcome,
    OneOf,
    ManyOf,
    /// Several questions with the same answers, as rows.
    Grid,
    /// A grid whose answers have one of the letters for their key that move about in other grids.
    LetteredGrid,
    BodyMap,
    Scale,
    Number,
    Text,
    Note,
    Alert,
    /// What the person was not sure of can be asked once more.
    Offer,
    /// One of two ways, before something is set aside or lowered.
    Confirm,
    Review,
    /// A page of the summary to read.
    Summary,
    /// The page of the summary with what to say on the phone, a sentence at a time.
    Phone,
    /// A page of the summary that lists things to open.
    SummaryList,
    /// Something to read on top: why, help, a page to learn more.
    Reading,
    Leave,
    /// The name of a file to save.
    Save,
    /// A row of a page of a section.
    Row,
    /// A row with so many answers that letters which move elsewhere are among their keys.
    LongRow,
    /// A row in which digits are typed.
    NumberRow,
    /// A row in which letters are typed as well.
    TextRow,
    /// What "nothing else in this section" would record.
    Nothing,
    /// Where to go, as it is typed.
    Jump,
    /// A note beside an answer.
    Remark,
    /// An answer could not be kept.
    NotKept,
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
    /// Choose by number.
    Digit(u8),
    /// Choose or tick by the key in front of a line, or go to the option that begins with this letter.
    Key(char),
    Unsure,
    Why,
    Help,
    Review,
    /// Stop early, where nothing can change the level any more.
    FinishHere,
    Understood,
    /// Not to be asked once more.
    Decline,
    GoOn,
    Edit,
    /// To what to say on the phone; and there to the next sentence, or the one before.
    Phone,
    NextLine,
    PreviousLine,
    /// The result for a phone.
    TakeAlong,
    /// Go on in another language.
    Language,
    /// Few words a line and wide spacing, or the usual again.
    Large,
    Save,
    /// Put what the page is for on the clipboard.
    Copy,
    Quit,
    /// Ctrl-C.
    Interrupt,
    Suspend,
    /// The next entry of a list, after the last the first.
    Around,
    /// Call somebody who works here.
    CallStaff,
    /// Stop here, with everything erased.
    Stop,
    /// Read back what "nothing else in this section" would record.
    NothingElse,
    /// To a row by its number or its words.
    Jump,
    /// A note beside the answer.
    Remark,
    /// Where the answer comes from.
    Provenance,
    /// What was answered so far, beside or instead of the page; and what can still come.
    Outline,
    Live,
    Type(String),
    Backspace,
    Delete,
    /// All that is before the caret, or the word before it.
    EraseBefore,
    EraseWord,
    NextPage,
    PreviousPage,
    /// The mouse button goes down here: where it comes up again, it must be the same thing.
    Press {
        column: u16,
        row: u16,
    },
    Tap {
        column: u16,
        row: u16,
    },
    /// The finger moves here while it is down.
    Slide {
        column: u16,
        row: u16,
    },
    /// Turn to the cards before these, or behind them.
    TurnBack,
    TurnOn,
    /// Instead of going on: show the answers that have not been seen yet.
    More,
    WheelUp,
    WheelDown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
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
    label: Word,
    /// For the bottom line; empty: not there.
    short: Word,
    /// For the help and docs/use/person.md.
    long: Word,
}

/// Something to say, in the person's language.
pub(super) type Word = fn(&Keys) -> &'static str;

/// The key that stops early, for the line that offers it.
pub const FINISH_HERE: &str = "F4";

/// The keys for what the first page offers.
pub const OFFERED: &str = "1-9";

/// The key for "not sure" where every letter is typed.
pub const UNSURE_TYPED: &str = "Tab";

pub(super) const NOTHING: Word = |_| "";

use Key::{Code, Ctrl, Digits, Letters};
use KeyCode::{Char, Enter, Esc};
use Mode::{
    Alert, BodyMap, Confirm, Grid, Jump, Leave, LetteredGrid, LongRow, ManyOf, NotKept, Note, Nothing,
    Number, NumberRow, Offer, OneOf, Phone, Reading, Remark, Review, Row, Save, Scale, Summary, SummaryList,
    Text, TextRow, Welcome,
};

const CHOICES: &[Mode] = &[OneOf, ManyOf, BodyMap];
const TYPED: &[Mode] = &[Number, Text, Save, TextRow, Jump, Remark];
const ASKING: &[Mode] = &[OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Scale, Number, Text, Note];
/// Pages that only scroll.
const READ: &[Mode] = &[Welcome, Note, Alert, Offer, Summary, Reading];
/// What may be longer than the screen.
const LONG: &[Mode] = &[
    Welcome,
    Note,
    Alert,
    Offer,
    Summary,
    Phone,
    Reading,
    OneOf,
    ManyOf,
    Grid,
    LetteredGrid,
    BodyMap,
    Confirm,
    Review,
    SummaryList,
];
/// Asking in a line to type into: letters are not commands there.
const ASKING_TYPED: &[Mode] = &[Number, Text];
/// Asking, where a letter is not typed into a line.
const ASKING_BY_KEY: &[Mode] = &[OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Scale, Note];

/// Wherever a letter is not typed into a line and nothing lies on top. In lists the other letters choose.
const BY_KEY: &[Mode] = &[
    Welcome,
    OneOf,
    ManyOf,
    Grid,
    LetteredGrid,
    BodyMap,
    Scale,
    Note,
    Alert,
    Offer,
    Confirm,
    Review,
    Summary,
    Phone,
    SummaryList,
    Row,
    LongRow,
    NumberRow,
];
/// The pages of the summary.
const SUMMARY: &[Mode] = &[Summary, Phone, SummaryList];

/// The first row that fits counts, so that special cases stand above general ones.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(&[Digits], &[OneOf], key, |_| "1-9", NOTHING, |words| words.does_choose_by_key),
    row(&[Digits], &[ManyOf, BodyMap], key, |_| "1-9", NOTHING, |words| words.does_tick_by_key),
    row(&[Digits], &[Grid, LetteredGrid], key, |_| "1-9", |words| words.answer, |words| words.does_answer_row),
    row(&[Code(KeyCode::Up)], &[Grid, LetteredGrid], |_| Action::Up, |_| "↑↓", |words| words.row, |words| words.does_move_rows),
    row(&[Code(Char('k'))], &[Grid], |_| Action::Up, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Down)], &[Grid, LetteredGrid], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('j'))], &[Grid], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Left)], &[Grid, LetteredGrid], |_| Action::Left, |_| "←→", |words| words.choose, |words| words.does_choose_in_row),
    row(&[Code(Char('h'))], &[Grid], |_| Action::Left, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Right)], &[Grid, LetteredGrid], |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('l'))], &[Grid], |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Digits], &[Scale], digit, |_| "0-9", NOTHING, |words| words.does_choose_value),
    row(&[Digits], &[Confirm], digit, |_| "1-2", NOTHING, |words| words.does_choose_way),
    row(&[Digits], &[Leave], digit, |_| "1-3", NOTHING, |words| words.does_choose_to_stay),
    row(&[Code(KeyCode::Up)], &[OneOf], |_| Action::Up, |_| "↑↓", |words| words.choose, |words| words.does_choose),
    row(&[Code(KeyCode::Down)], &[OneOf], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Up)], &[ManyOf, BodyMap], |_| Action::Up, |_| "↑↓", NOTHING, |words| words.does_move),
    row(&[Code(KeyCode::Down)], &[ManyOf, BodyMap], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Left)], &[Scale], |_| Action::Left, |_| "←→", |words| words.choose, |words| words.does_move_on_scale),
    row(&[Code(KeyCode::Right)], &[Scale], |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Up)], &[Scale], |_| Action::Up, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Down)], &[Scale], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char(' '))], &[ManyOf, BodyMap], |_| Action::Pick, |words| words.space, |words| words.tick, |words| words.does_tick),
    row(&[Code(Char(' '))], &[OneOf], |_| Action::Pick, |words| words.space, NOTHING, |words| words.does_choose_here),
    row(&[Code(KeyCode::Backspace), Code(KeyCode::Delete)], &[OneOf, Grid, LetteredGrid, Scale], |_| Action::Backspace, |words| words.backspace, NOTHING, |words| words.does_take_back),
    row(&[Code(KeyCode::Backspace)], &[ManyOf, BodyMap], |_| Action::Backspace, |words| words.backspace, NOTHING, |words| words.does_undo),
    row(&[Code(KeyCode::PageDown)], &[Confirm], |_| Action::PageDown, |words| words.page_down, |words| words.scroll, NOTHING),
    row(&[Code(KeyCode::Up)], &[Review, SummaryList, Confirm, Leave, Save], |_| Action::Up, |_| "↑↓", |words| words.step, |words| words.does_move_lines),
    row(&[Code(KeyCode::Down)], &[Review, SummaryList, Confirm, Leave, Save], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('c'))], SUMMARY, |_| Action::GoOn, |_| "c", |words| words.resume, NOTHING),
    row(&[Code(KeyCode::Up)], &[Summary], |_| Action::Up, |_| "↑↓", |words| words.scroll, NOTHING),
    row(&[Code(Char(' ')), Code(Enter), Code(KeyCode::Down)], &[Phone], |_| Action::NextLine, |words| words.space, |words| words.next, |words| words.does_next_line),
    row(&[Code(KeyCode::Left), Code(KeyCode::Backspace), Code(KeyCode::Up)], &[Phone], |_| Action::PreviousLine, |_| "←", |words| words.back, |words| words.does_previous_line),
    row(&[Code(Char('p'))], SUMMARY, |_| Action::Phone, |_| "p", |words| words.what_to_say, |words| words.does_phone),
    row(&[Code(Char('w'))], SUMMARY, |_| Action::Why, |_| "w", |words| words.reasons, |words| words.does_reasons),
    row(&[Code(Char('a')), Code(Char('e'))], SUMMARY, |_| Action::Edit, |_| "a", |words| words.answers, |words| words.does_edit),
    row(&[Code(Char('s'))], SUMMARY, |_| Action::Save, |_| "s", |words| words.save, |words| words.does_save),
    row(&[Code(KeyCode::Left)], &[Summary, SummaryList], |_| Action::PreviousPage, |_| "←→", |words| words.page, |words| words.does_turn_pages),
    row(&[Code(KeyCode::Right), Code(KeyCode::Tab)], &[Summary, SummaryList], |_| Action::NextPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Right), Code(KeyCode::Tab)], &[Phone], |_| Action::NextPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('m'))], SUMMARY, |_| Action::TakeAlong, |_| "m", |words| words.on_my_phone, |words| words.does_on_my_phone),
    row(&[Code(KeyCode::BackTab)], SUMMARY, |_| Action::PreviousPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(Enter)], &[Welcome], |_| Action::Next, |_| "Enter", |words| words.start, |words| words.does_start),
    row(&[Digits], &[Welcome], digit, |_| OFFERED, |words| words.offered, |words| words.does_offered),
    row(&[Code(Enter)], ASKING, |_| Action::Next, |_| "Enter", |words| words.next, |words| words.does_next),
    row(&[Code(Enter)], &[Review, SummaryList], |_| Action::Next, |_| "Enter", |words| words.open, |words| words.does_open),
    row(&[Code(Enter)], &[Confirm, Leave], |_| Action::Next, |_| "Enter", |words| words.take, |words| words.does_take),
    row(&[Code(Enter)], &[Save], |_| Action::Next, |_| "Enter", |words| words.save, |words| words.does_save_under),
    row(&[Code(Enter)], &[Alert], |_| Action::Next, NOTHING, NOTHING, NOTHING),
    row(&[Code(Enter)], &[Offer], |_| Action::Next, |_| "Enter", |words| words.ask_once_more, |words| words.does_ask_once_more),
    row(&[Code(Char('n'))], &[Offer], |_| Action::Decline, |_| "n", |words| words.result, |words| words.does_decline),
    row(&[Code(Enter)], &[Reading], |_| Action::Close, |_| "Enter", |words| words.close, |words| words.does_close),
    row(&[Code(Esc), Code(KeyCode::Left)], &[OneOf, ManyOf, Note], |_| Action::Back, |_| "Esc", |words| words.back, |words| words.does_back_one),
    row(&[Code(Esc)], &[Grid, LetteredGrid, BodyMap, Scale, Number, Text, Alert, Offer, Confirm, Review, Reading, Leave, Save], |_| Action::Back, |_| "Esc", |words| words.back, |words| words.does_back),
    row(&[Code(KeyCode::BackTab)], &[Save], |_| Action::Up, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Tab)], &[Save], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Left)], &[Save], |_| Action::Left, |_| "←→", |words| words.choose, |words| words.does_choose_in_save),
    row(&[Code(Esc)], SUMMARY, |_| Action::Back, |_| "Esc", |words| words.back, |words| words.does_back_in_summary),
    row(&[Code(Char('a'))], &[Alert], |_| Action::Understood, |_| "a", |words| words.understood, |words| words.does_understood),
    row(&[Code(Char('c'))], &[Alert], |_| Action::GoOn, |_| "c", |words| words.go_on, |words| words.does_go_on),
    row(&[Code(Char('c'))], &[Review], |_| Action::GoOn, |_| "c", NOTHING, NOTHING),
    row(&[Code(Char('w')), Code(Char('W'))], ASKING_BY_KEY, |_| Action::Why, |_| "w", |words| words.why, |words| words.does_why),
    row(&[Code(Char('u'))], ASKING_BY_KEY, |_| Action::Unsure, |_| "u", NOTHING, |words| words.does_unsure),
    row(&[Code(KeyCode::Tab)], ASKING_TYPED, |_| Action::Unsure, |_| UNSURE_TYPED, NOTHING, |words| words.does_unsure_typed),
    row(&[Code(KeyCode::F(2))], ASKING_TYPED, |_| Action::Why, |_| "F2", |words| words.why, NOTHING),
    row(&[Code(KeyCode::F(2))], ASKING, |_| Action::Why, |_| "F2", NOTHING, NOTHING),
    row(&[Code(Char('r'))], ASKING_BY_KEY, |_| Action::Review, |_| "r", |words| words.answers, |words| words.does_answers),
    row(&[Code(KeyCode::F(3))], ASKING_TYPED, |_| Action::Review, |_| "F3", |words| words.answers, NOTHING),
    row(&[Code(KeyCode::F(3))], ASKING, |_| Action::Review, |_| "F3", NOTHING, NOTHING),
    row(&[Code(KeyCode::F(4))], ASKING, |_| Action::FinishHere, |_| FINISH_HERE, |words| words.finish_here, |words| words.does_finish_here),
    row(&[Code(Char('y'))], SUMMARY, |_| Action::Copy, |_| "y", |words| words.copy, |words| words.does_copy),
    row(&[Code(Char('L'))], BY_KEY, |_| Action::Language, |_| "L", |words| words.language, |words| words.does_language),
    row(&[Code(Char('l'))], &[Welcome], |_| Action::Language, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::F(5))], ALL, |_| Action::Language, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::F(6))], ALL, |_| Action::Large, |_| "F6", |words| words.large, |words| words.does_large),
    row(&[Code(Char('?')), Code(KeyCode::F(1))], BY_KEY, |_| Action::Help, |_| "?", |words| words.help, |words| words.does_help),
    row(&[Code(KeyCode::F(1))], ASKING_TYPED, |_| Action::Help, |_| "F1", |words| words.help, NOTHING),
    row(&[Code(Char('q'))], SUMMARY, |_| Action::Quit, |_| "q", |words| words.finish, |words| words.does_finish),
    row(&[Code(Char('q'))], &[Welcome, OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Scale, Note, Review, Alert, Offer, Confirm], |_| Action::Quit, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('q')), Code(Char('?')), Code(Char('w')), Code(KeyCode::Left), Code(KeyCode::F(1)), Code(KeyCode::F(2))], &[Reading], |_| Action::Close, NOTHING, NOTHING, NOTHING),
    row(&[Ctrl('c')], ALL, |_| Action::Interrupt, |_| "Ctrl-C", |words| words.leave, |words| words.does_leave),
    row(&[Ctrl('z')], ALL, |_| Action::Suspend, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Up)], READ, |_| Action::Up, |_| "↑↓", |words| words.scroll, |words| words.does_scroll),
    row(&[Code(KeyCode::Down)], READ, |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char(' '))], &[Welcome, Summary, Reading, Alert, Offer, Note], |_| Action::PageDown, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::PageUp)], LONG, |_| Action::PageUp, |words| words.page_up_down, NOTHING, |words| words.does_page),
    row(&[Code(KeyCode::PageDown)], LONG, |_| Action::PageDown, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Home)], ALL, |_| Action::Home, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::End)], ALL, |_| Action::End, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Left)], TYPED, |_| Action::Left, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Right)], TYPED, |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Left)], &[BodyMap], |_| Action::Left, |_| "←→", |words| words.figure, |words| words.does_figure),
    row(&[Code(KeyCode::Right), Code(KeyCode::Tab)], &[BodyMap], |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Backspace)], TYPED, |_| Action::Backspace, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Delete)], TYPED, |_| Action::Delete, NOTHING, NOTHING, NOTHING),
    row(&[Ctrl('a')], TYPED, |_| Action::Home, NOTHING, NOTHING, NOTHING),
    row(&[Ctrl('e')], TYPED, |_| Action::End, NOTHING, NOTHING, NOTHING),
    row(&[Ctrl('u')], TYPED, |_| Action::EraseBefore, |_| "Ctrl-U", NOTHING, |words| words.does_erase),
    row(&[Ctrl('w')], TYPED, |_| Action::EraseWord, NOTHING, NOTHING, NOTHING),
    row(&[Digits], TYPED, typed, NOTHING, NOTHING, NOTHING),
    row(&[Letters], &[Text, Save, Number], typed, NOTHING, NOTHING, NOTHING),
    row(&[Letters], &[Grid, LetteredGrid], key, NOTHING, NOTHING, NOTHING),
    row(&[Letters], CHOICES, key, |_| "a-z", NOTHING, |words| words.does_choose_by_letter),
];

pub(super) const ALL: &[Mode] = &[
    Welcome,
    OneOf,
    ManyOf,
    Grid,
    LetteredGrid,
    BodyMap,
    Scale,
    Number,
    Text,
    Note,
    Alert,
    Offer,
    Confirm,
    Review,
    Summary,
    Phone,
    SummaryList,
    Reading,
    Leave,
    Save,
    Row,
    LongRow,
    NumberRow,
    TextRow,
    Nothing,
    Jump,
    Remark,
    NotKept,
];

pub(super) const fn row(
    keys: &'static [Key],
    modes: &'static [Mode],
    action: fn(KeyCode) -> Action,
    label: Word,
    short: Word,
    long: Word,
) -> Binding {
    Binding { keys, modes, action, label, short, long }
}

pub(super) fn digit(code: KeyCode) -> Action {
    let digit = match code {
        Char(c) => c.to_digit(10).unwrap_or(0),
        _ => 0,
    };
    Action::Digit(digit as u8)
}

pub(super) fn typed(code: KeyCode) -> Action {
    match code {
        Char(c) => Action::Type(c.to_string()),
        _ => Action::Type(String::new()),
    }
}

pub(super) fn key(code: KeyCode) -> Action {
    match code {
        Char(c) => Action::Key(c),
        _ => Action::Key(' '),
    }
}

/// The keys that a policy allows. Those of a numeric pad come first where the program runs alone with whoever comes,
/// and those of a page of a section where there are such.
fn bindings(policy: Policy) -> impl Iterator<Item = &'static Binding> {
    let pad: &[Binding] = if policy.alone { pad::BINDINGS } else { &[] };
    let sections: &[Binding] = if policy.sections { section_keys::BINDINGS } else { &[] };
    pad.iter()
        .chain(sections)
        .chain(BINDINGS)
        .filter(move |binding| policy.allows(&(binding.action)(Char(' '))))
}

/// What an event means in this mode, if anything. A resize means nothing here: it only redraws.
pub fn action(mode: Mode, policy: Policy, event: &Event) -> Option<Action> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => key_action(mode, policy, key),
        Event::Paste(text) => TYPED.contains(&mode).then(|| Action::Type(text.clone())),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                Some(Action::Press { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::Up(MouseButton::Left) => {
                Some(Action::Tap { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::Drag(MouseButton::Left) => {
                Some(Action::Slide { column: mouse.column, row: mouse.row })
            }
            MouseEventKind::ScrollUp => Some(Action::WheelUp),
            MouseEventKind::ScrollDown => Some(Action::WheelDown),
            _ => None,
        },
        _ => None,
    }
}

/// Held with a key, each makes another one of it. Shift isn't here: with a letter it is in the letter already.
const MAKE_ANOTHER_KEY: KeyModifiers = KeyModifiers::CONTROL
    .union(KeyModifiers::ALT)
    .union(KeyModifiers::SUPER)
    .union(KeyModifiers::HYPER)
    .union(KeyModifiers::META);

fn key_action(mode: Mode, policy: Policy, key: &KeyEvent) -> Option<Action> {
    let fits = |wanted: &Key| match *wanted {
        Ctrl(c) => key.code == Char(c) && key.modifiers.contains(KeyModifiers::CONTROL),
        _ if key.modifiers.intersects(MAKE_ANOTHER_KEY) => false,
        Code(code) => key.code == code,
        Digits => matches!(key.code, Char('0'..='9')),
        Letters => matches!(key.code, Char(c) if !c.is_control()),
    };
    let binding = bindings(policy).find(|b| b.modes.contains(&mode) && b.keys.iter().any(fits));
    binding.map(|binding| (binding.action)(key.code))
}

/// The keys for the bottom line of this mode, most useful first: label and word.
pub fn bottom_line(
    mode: Mode,
    policy: Policy,
    words: &'static Keys,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let here = named(policy, move |b| b.modes.contains(&mode), |b| b.short, words);
    // A general row that a special one above hides is not named again, nor another key for it that a numeric pad lacks.
    let mut seen: Vec<(&str, &str)> = Vec::new();
    here.filter(move |&(label, word)| {
        let is_new = !seen.iter().any(|known| known.0 == label || (policy.alone && known.1 == word));
        seen.push((label, word));
        is_new
    })
}

/// What a tap on the words of a key in the bottom line does: on its first column, and on the rest. An arrow is itself;
/// the words of two arrows go forward. `None`: the key is one of many, such as the digits.
pub fn tapped(mode: Mode, policy: Policy, label: &str, words: &'static Keys) -> Option<(Action, Action)> {
    let names = |binding: &&Binding| binding.modes.contains(&mode) && (binding.label)(words) == label;
    let binding = bindings(policy).find(names)?;
    let action = match binding.keys.first()? {
        Code(code) => (binding.action)(*code),
        Ctrl(letter) => (binding.action)(Char(*letter)),
        Digits | Letters => return None,
    };
    let forward = match action {
        Action::Up if (binding.short)(words) == words.scroll => Action::PageDown,
        Action::Up => Action::Down,
        Action::Left => Action::Right,
        Action::PreviousPage => Action::NextPage,
        _ => return Some((action.clone(), action)),
    };
    Some((action, forward))
}

/// The keys of this mode with what they do.
pub fn here(
    mode: Mode,
    policy: Policy,
    words: &'static Keys,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    named(policy, move |b| b.modes.contains(&mode), |b| b.long, words)
}

/// All keys with what they do, each once, for the help and docs/use/person.md.
pub fn all(policy: Policy, words: &'static Keys) -> impl Iterator<Item = (&'static str, &'static str)> {
    named(policy, |_| true, |b| b.long, words)
}

/// The labels and words of some rows, where they have both.
fn named(
    policy: Policy,
    wanted: impl Fn(&Binding) -> bool,
    word: fn(&Binding) -> Word,
    words: &'static Keys,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let wanted = bindings(policy).filter(move |b| wanted(b));
    let labels = wanted.map(move |b| ((b.label)(words), word(b)(words)));
    labels.filter(|(label, word)| !label.is_empty() && !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key of the table, and what stands for digits and letters.
    fn keys_of_the_table() -> impl Iterator<Item = KeyCode> {
        BINDINGS.iter().flat_map(|binding| binding.keys).flat_map(|key| match *key {
            Code(code) => vec![code],
            Ctrl(_) => vec![],
            Digits => ('0'..='9').map(Char).collect(),
            Letters => ('a'..='z').chain('A'..='Z').map(Char).collect(),
        })
    }

    fn pressed(mode: Mode, code: KeyCode, held: KeyModifiers) -> Option<Action> {
        action(mode, Policy::OWN, &Event::Key(KeyEvent::new(code, held)))
    }

    #[test]
    fn a_key_held_with_alt_ctrl_super_hyper_or_meta_does_not_do_what_the_key_alone_does() {
        let held = [
            KeyModifiers::ALT,
            KeyModifiers::CONTROL,
            KeyModifiers::SUPER,
            KeyModifiers::HYPER,
            KeyModifiers::META,
            KeyModifiers::ALT | KeyModifiers::SHIFT,
        ];
        for &mode in ALL {
            for (code, held) in keys_of_the_table().flat_map(|code| held.map(|held| (code, held))) {
                let expected = match (code, held) {
                    (Char('c'), KeyModifiers::CONTROL) => Some(Action::Interrupt),
                    (Char('z'), KeyModifiers::CONTROL) => Some(Action::Suspend),
                    (Char('a'), KeyModifiers::CONTROL) if TYPED.contains(&mode) => Some(Action::Home),
                    (Char('e'), KeyModifiers::CONTROL) if TYPED.contains(&mode) => Some(Action::End),
                    (Char('u'), KeyModifiers::CONTROL) if TYPED.contains(&mode) => Some(Action::EraseBefore),
                    (Char('w'), KeyModifiers::CONTROL) if TYPED.contains(&mode) => Some(Action::EraseWord),
                    _ => None,
                };
                assert_eq!(pressed(mode, code, held), expected, "{mode:?} {held} {code}");
            }
        }
    }

    #[test]
    fn a_key_held_with_shift_does_what_the_key_alone_does() {
        for &mode in ALL {
            for code in keys_of_the_table() {
                let alone = pressed(mode, code, KeyModifiers::NONE);
                assert_eq!(pressed(mode, code, KeyModifiers::SHIFT), alone, "{mode:?} {code}");
            }
        }
    }

    #[test]
    fn a_key_that_is_let_go_does_nothing_more() {
        for (&mode, code) in ALL.iter().flat_map(|mode| keys_of_the_table().map(move |code| (mode, code))) {
            let released = KeyEvent::new_with_kind(code, KeyModifiers::NONE, KeyEventKind::Release);
            assert_eq!(action(mode, Policy::OWN, &Event::Key(released)), None, "{mode:?} {code}");
        }
    }

    #[test]
    fn pasted_text_is_taken_only_where_text_is_typed() {
        for &mode in ALL {
            let pasted = action(mode, Policy::OWN, &Event::Paste("now".into()));
            let is_typed = TYPED.contains(&mode);
            assert_eq!(pasted, is_typed.then(|| Action::Type("now".into())), "{mode:?}");
        }
    }
}
