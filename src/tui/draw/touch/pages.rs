//! The pages around the questions, for fingers: what there is to read stays, and each way on is a card below.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::cards::{self, Card, Grid};
use super::layout::Layout;
use crate::interview::Stage;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use crate::tui::app::{App, SaveRow, Saving, Tab};
use crate::tui::draw::{Drawn, Tap, dialogs, frame, pages as usual, settle};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

/// What the words above cards say of scrolling, and what can be tapped of both.
fn joined(above: Drawn, below: Drawn) -> Drawn {
    Drawn { taps: below.taps, ..above }
}

pub fn welcome(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let words = &app.words().touch;
    let offers = (1_u8..).zip(&app.questionnaire().offers);
    let cards: Vec<_> = offers
        .map(|(key, offer)| {
            let words = words.offered(offer.label.to(app.audience()));
            Card { front: format!("{key}  "), ..Card::new(words, Tap::Press(Action::Digit(key))) }
        })
        .collect();
    let (above, below) = cards::at_end(app, &cards, theme, layout, buffer);
    joined(usual::welcome(app, theme, &above.places, buffer), below)
}

pub fn alert(
    app: &App,
    level: (LevelIndex, QuestionIndex),
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> Drawn {
    let dialogs = &app.words().screen.dialogs;
    let cards = [(dialogs.understood, Action::Understood), (dialogs.go_on_short, Action::GoOn)]
        .map(|(words, action)| Card::new(words, Tap::Press(action)));
    let (above, below) = cards::at_end(app, &cards, theme, layout, buffer);
    joined(usual::alert(app, level, theme, &above.places, buffer), below)
}

pub fn offer(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().settling;
    let cards = [(say.ask_me, Action::Next), (say.go_to_result, Action::Decline)]
        .map(|(words, action)| Card::new(words, Tap::Press(action)));
    let (above, below) = cards::at_end(app, &cards, theme, layout, buffer);
    let told = settle::told(app, theme, &above.places);
    joined(frame::reading(&told, app.scroll, &above.places, buffer), below)
}

pub fn confirm(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let Some((told, ways)) = usual::confirmed(app, theme, &layout.places) else { return Drawn::default() };
    let card =
        |(at, words): (usize, &str)| Card { focused: at == app.focus, ..Card::new(words, Tap::Row(at)) };
    let cards: Vec<_> = ways.into_iter().enumerate().map(card).collect();
    let (above, below) = cards::at_end(app, &cards, theme, layout, buffer);
    let cursor = below.cursor;
    let drawn = joined(frame::reading(&told, app.scroll, &above.places, buffer), below);
    Drawn { cursor, ..drawn }
}

pub fn review(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    answers(app, app.words().asking.answers_so_far, theme, layout, buffer)
}

/// All answers that can be changed by touch.
pub fn answers(app: &App, title: &str, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let (questionnaire, audience) = (app.questionnaire(), app.audience());
    let mut head = layout.places.doc();
    head.paragraph(title, theme.strong);
    head.paragraph(app.words().touch.open_one, theme.quiet);
    head.blank();
    let asked = app.interview.asked().into_iter().enumerate();
    let cards: Vec<_> = asked
        .filter(|(_, question)| !app.is_in_free_words(*question))
        .map(|(at, question)| {
            let asked = &questionnaire.questions[question];
            let mut answer = app.answer_words(app.interview.sheet().get(question), asked);
            if app.interview.encounter().is_carried(question) {
                answer = format!("{answer} ({})", app.words().again.as_last_time);
            }
            Card {
                front: format!("{:>2}  ", app.interview.number(question)),
                below: vec![answer],
                below_counts: true,
                focused: at == app.focus,
                ..Card::new(asked.ask.to(audience), Tap::Row(at))
            }
        })
        .collect();
    let grid = Grid::of_words(layout);
    cards::pages(app, &head, &cards, &grid, theme, layout.places.body, buffer)
}

/// What there is to do, on a page of its own.
fn dialog(
    app: &App,
    (title, above): (&str, &[&str]),
    cards: &[Card],
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> Drawn {
    let mut head = layout.places.doc();
    head.paragraph(title, theme.strong);
    above.iter().for_each(|words| head.paragraph(words, theme.text));
    head.blank();
    let grid = Grid::columns(1, layout.places.body.width);
    let drawn = cards::pages(app, &head, cards, &grid, theme, layout.places.body, buffer);
    // What lies beneath keeps its place.
    Drawn { cards_page: None, turns: true, ..drawn }
}

pub fn leave(app: &App, focus: usize, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().screen.dialogs;
    let words = dialogs::leave_words(app);
    let stage = app.interview.stage();
    // Whoever was told to call must be able to read the number all the same.
    let report = app.report.as_ref().filter(|_| matches!(stage, Stage::Alert { .. }));
    let told: Vec<&str> = report
        .map(|report| [Some(&report.headline), report.who.as_ref()])
        .into_iter()
        .flatten()
        .flatten()
        .map(String::as_str)
        .collect();
    dialog(app, (say.leave_title, &told), &lines(&words, focus), theme, layout, buffer)
}

pub fn finish(app: &App, focus: usize, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().screen.dialogs;
    let words = dialogs::finish_words(app);
    dialog(app, (say.finish_title, &[]), &lines(&words, focus), theme, layout, buffer)
}

fn lines(words: &[&str], focus: usize) -> Vec<Card> {
    let card = |(at, words): (usize, &&str)| Card {
        front: format!("{}  ", at + 1),
        focused: at == focus,
        ..Card::new(*words, Tap::Row(at))
    };
    words.iter().enumerate().map(card).collect()
}

pub fn save(app: &App, saving: &Saving, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let say = &app.words().screen.dialogs;
    let reader = match saving.reader {
        Audience::Patient => say.for_patient,
        Audience::Clinician => say.for_clinician,
    };
    let name = saving.name.window(usize::from(layout.places.body.width).saturating_sub(8));
    let rows = [
        (SaveRow::Name, format!("{}{}", if name.more_before { "… " } else { "" }, name.text)),
        (SaveRow::Format, format!("{}: {}", say.format, dialogs::format_name(saving.format(), say))),
        (SaveRow::Reader, format!("{}: {reader}", say.reader)),
    ];
    let cards: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, (row, words))| Card { focused: saving.row == row, ..Card::new(words, Tap::Row(at)) })
        .collect();
    let told = saving.problem.as_deref().unwrap_or(say.keep_private);
    let drawn = dialog(app, (say.save_title, &[told]), &cards, theme, layout, buffer);
    let caret = if saving.row == SaveRow::Name { name.caret as u16 } else { 0 };
    let Position { x, y } = drawn.cursor;
    Drawn { cursor: Position::new(x + caret, y), ..drawn }
}

/// The page of the summary that has a sentence at a time.
pub fn is_phone(app: &App) -> bool {
    !app.welcome && *app.interview.stage() == Stage::Summary && app.tab == Tab::Phone
}
