//! The keys of a page of a section, beside those that work everywhere.

use crossterm::event::KeyCode::{self, Char, Down, Enter, Esc, Left, PageDown, PageUp, Right, Tab, Up};

use super::keys::Key::{Code, Digits, Letters};
use super::keys::Mode::{self, Jump, LongRow, NotKept, Nothing, NumberRow, Reading, Remark, Row, TextRow};
use super::keys::{Action, Binding, NOTHING, digit, key, row, typed};

/// Letters are commands there.
const COMMANDS: &[Mode] = &[Row, NumberRow];
const ROWS: &[Mode] = &[Row, LongRow, NumberRow, TextRow];
const BY_LETTER: &[Mode] = &[Row, LongRow, NumberRow];
const LINES: &[Mode] = &[TextRow, Jump, Remark];

/// The first row that fits counts, before those of the table for everywhere.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(&[Digits], &[Row, LongRow], key, |_| "1-9", |words| words.answer, |words| words.does_answer_row),
    row(&[Code(Char('N'))], BY_LETTER, |_| Action::NothingElse, |_| "N", |words| words.nothing_else, |words| words.does_nothing_else),
    row(&[Code(Enter)], ROWS, |_| Action::Next, |_| "Enter", |words| words.next, |words| words.does_next_row),
    row(&[Code(Esc)], ROWS, |_| Action::Back, |_| "Esc", |words| words.undo, |words| words.does_undo_answer),
    row(&[Code(Up), Code(Char('k'))], COMMANDS, |_| Action::Up, |_| "↑↓", |words| words.row, |words| words.does_move_rows_only),
    row(&[Code(Down), Code(Char('j'))], COMMANDS, |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(Up)], ROWS, |_| Action::Up, |_| "↑↓", |words| words.row, NOTHING),
    row(&[Code(Down)], ROWS, |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(PageDown)], ROWS, |_| Action::NextPage, |words| words.page_up_down, |words| words.section, |words| words.does_turn_sections),
    row(&[Code(PageUp)], ROWS, |_| Action::PreviousPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(Right)], BY_LETTER, |_| Action::NextPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(Left)], BY_LETTER, |_| Action::PreviousPage, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('/'))], COMMANDS, |_| Action::Jump, |_| "/", |words| words.jump, |words| words.does_jump),
    row(&[Code(Char('o'))], BY_LETTER, |_| Action::Outline, |_| "o", |words| words.outline, |words| words.does_outline),
    row(&[Code(Char('l'))], BY_LETTER, |_| Action::Live, |_| "l", |words| words.live, |words| words.does_live),
    row(&[Code(KeyCode::F(7))], ROWS, |_| Action::Remark, |_| "F7", |words| words.remark, |words| words.does_remark),
    row(&[Code(KeyCode::F(8))], ROWS, |_| Action::Provenance, |_| "F8", |words| words.provenance, |words| words.does_provenance),
    row(&[Code(Char(' '))], BY_LETTER, |_| Action::Pick, |words| words.space, NOTHING, |words| words.does_open_text),
    row(&[Code(KeyCode::Backspace), Code(KeyCode::Delete)], &[Row, LongRow], |_| Action::Backspace, |words| words.backspace, NOTHING, |words| words.does_clear_row),
    row(&[Code(Char('u'))], BY_LETTER, |_| Action::Unsure, |_| "u", NOTHING, |words| words.does_unsure),
    row(&[Code(Tab)], ROWS, |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::BackTab)], ROWS, |_| Action::Up, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('w')), Code(Char('W')), Code(KeyCode::F(2))], BY_LETTER, |_| Action::Why, |_| "w", NOTHING, |words| words.does_why),
    row(&[Code(KeyCode::F(2))], &[TextRow], |_| Action::Why, NOTHING, NOTHING, NOTHING),
    row(&[Code(Char('r')), Code(KeyCode::F(3))], BY_LETTER, |_| Action::Review, |_| "r", NOTHING, |words| words.does_answers),
    row(&[Code(KeyCode::F(3))], &[TextRow], |_| Action::Review, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::F(4))], ROWS, |_| Action::FinishHere, |_| super::keys::FINISH_HERE, |words| words.finish_here, |words| words.does_finish_here),
    row(&[Code(Char('q'))], BY_LETTER, |_| Action::Quit, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::F(1))], &[TextRow], |_| Action::Help, |_| "F1", |words| words.help, NOTHING),
    row(&[Code(Left)], LINES, |_| Action::Left, NOTHING, NOTHING, NOTHING),
    row(&[Code(Right)], LINES, |_| Action::Right, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Home)], ROWS, |_| Action::Home, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Backspace)], &[NumberRow, TextRow, Jump, Remark], |_| Action::Backspace, NOTHING, NOTHING, NOTHING),
    row(&[Code(KeyCode::Delete)], &[NumberRow, TextRow, Jump, Remark], |_| Action::Delete, NOTHING, NOTHING, NOTHING),
    row(&[Digits], &[NumberRow, TextRow, Jump, Remark], typed, |_| "0-9", NOTHING, |words| words.does_type_number),
    row(&[Digits], &[NotKept], digit, |_| "1-3", NOTHING, NOTHING),
    row(&[Code(Up)], &[Nothing, Jump, NotKept], |_| Action::Up, |_| "↑↓", |words| words.step, NOTHING),
    row(&[Code(Down)], &[Nothing, Jump, NotKept], |_| Action::Down, NOTHING, NOTHING, NOTHING),
    row(&[Code(PageUp)], &[Nothing], |_| Action::PageUp, NOTHING, NOTHING, NOTHING),
    row(&[Code(PageDown)], &[Nothing], |_| Action::PageDown, NOTHING, NOTHING, NOTHING),
    row(&[Code(Enter)], &[Nothing], |_| Action::Next, |_| "Enter", |words| words.take, |words| words.does_take_nothing),
    row(&[Code(Enter)], &[Jump], |_| Action::Next, |_| "Enter", |words| words.open, NOTHING),
    row(&[Code(Enter)], &[Remark], |_| Action::Next, |_| "Enter", |words| words.take, NOTHING),
    row(&[Code(Enter)], &[NotKept], |_| Action::Next, |_| "Enter", |words| words.take, NOTHING),
    row(&[Code(Esc)], &[Nothing, Jump, Remark, NotKept], |_| Action::Back, |_| "Esc", |words| words.back, NOTHING),
    row(&[Code(Char('o')), Code(Char('l'))], &[Reading], |_| Action::Close, NOTHING, NOTHING, NOTHING),
    row(&[Letters], &[TextRow, Jump, Remark], typed, NOTHING, NOTHING, NOTHING),
    row(&[Letters], &[NumberRow], typed, NOTHING, NOTHING, NOTHING),
    row(&[Letters], &[Row, LongRow], key, |_| "a-z", NOTHING, |words| words.does_answer_by_letter),
];
