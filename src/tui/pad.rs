//! The keys of a kiosk that a numeric pad has: a whole check can be done with these alone.

use crossterm::event::KeyCode::Char;

use super::keys::Key::Code;
use super::keys::Mode::{
    Alert, BodyMap, Confirm, Grid, Leave, LetteredGrid, ManyOf, Note, Number, Offer, OneOf, Phone, Reading,
    Review, Save, Scale, Summary, SummaryList, Text, Welcome,
};
use super::keys::{Action, Binding, Mode, NOTHING, row};

/// Wherever these keys are not typed into a line.
const BY_KEY: &[Mode] = &[
    Welcome,
    OneOf,
    ManyOf,
    Grid,
    LetteredGrid,
    BodyMap,
    Scale,
    Number,
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
];

/// They come before those of the other table, where the program runs alone with whoever comes.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    row(&[Code(Char('-'))], &[OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Scale, Note, Alert, Offer, Confirm, Review, Summary, SummaryList, Leave], |_| Action::Back, |_| "-", |words| words.back, |words| words.does_back),
    row(&[Code(Char('-'))], &[Reading], |_| Action::Close, |_| "-", |words| words.close, |words| words.does_close),
    row(&[Code(Char('-'))], &[Phone], |_| Action::PreviousLine, |_| "-", |words| words.back, |words| words.does_previous_line),
    row(&[Code(Char('+'))], &[OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Confirm, Review, SummaryList, Leave], |_| Action::Around, |_| "+", |words| words.step, |words| words.does_around),
    row(&[Code(Char('+'))], &[Scale], |_| Action::Right, |_| "+", |words| words.choose, |words| words.does_move_on_scale),
    row(&[Code(Char('+'))], &[Number], |_| Action::Unsure, |_| "+", |words| words.unsure, |words| words.does_unsure),
    row(&[Code(Char('+'))], &[Alert], |_| Action::GoOn, |_| "+", |words| words.go_on, |words| words.does_go_on),
    row(&[Code(Char('+'))], &[Welcome, Note, Offer, Summary, Phone, Reading], |_| Action::PageDown, |_| "+", |words| words.scroll, |words| words.does_scroll),
    row(&[Code(Char('0'))], &[OneOf, ManyOf, BodyMap], |_| Action::Pick, |_| "0", |words| words.choose, |words| words.does_choose_here),
    row(&[Code(Char('0'))], &[Alert], |_| Action::Understood, |_| "0", |words| words.understood, |words| words.does_understood),
    row(&[Code(Char('0'))], &[Offer], |_| Action::Decline, |_| "0", |words| words.result, |words| words.does_decline),
    row(&[Code(Char('0'))], &[Summary, SummaryList, Phone], |_| Action::Quit, |_| "0", |words| words.finish, |words| words.does_finish_and_erase),
    row(&[Code(Char('1'))], &[Summary, SummaryList, Phone], |_| Action::TakeAlong, |_| "1", |words| words.on_my_phone, |words| words.does_on_my_phone),
    row(&[Code(Char('.')), Code(Char(','))], &[OneOf, ManyOf, Grid, LetteredGrid, BodyMap, Scale], |_| Action::Unsure, |_| ".", |words| words.unsure, |words| words.does_unsure),
    row(&[Code(Char('.')), Code(Char(','))], &[Welcome], |_| Action::Language, |_| ".", |words| words.language, |words| words.does_language),
    row(&[Code(Char('.')), Code(Char(','))], &[Summary, SummaryList, Phone], |_| Action::NextPage, |_| ".", |words| words.page, |words| words.does_turn_pages),
    row(&[Code(Char('*'))], BY_KEY, |_| Action::CallStaff, |_| "*", NOTHING, |words| words.does_call),
    row(&[Code(Char('/'))], &[Number], |_| Action::Backspace, |_| "/", NOTHING, NOTHING),
    row(&[Code(Char('/'))], BY_KEY, |_| Action::Stop, |_| "/", NOTHING, |words| words.does_stop),
    // Where `*` and `/` are typed.
    row(&[Code(crossterm::event::KeyCode::F(9))], &[Text, Save], |_| Action::CallStaff, NOTHING, NOTHING, NOTHING),
    row(&[Code(crossterm::event::KeyCode::F(10))], &[Text, Save], |_| Action::Stop, NOTHING, NOTHING, NOTHING),
];

/// Has a numeric pad a key of this name?
pub fn has(label: &str) -> bool {
    label == "Enter" || label.chars().all(|key| key.is_ascii_digit() || "+-*/.".contains(key))
}
