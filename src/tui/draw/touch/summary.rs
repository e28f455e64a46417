//! The summary for fingers: its pages one after the other.

use ratatui::buffer::Buffer;

use super::cards::{self, Card, Grid};
use super::layout::Layout;
use super::pages;
use crate::interview::Stage;
use crate::report::surfaces::BESIDE;
use crate::tui::app::{App, Tab};
use crate::tui::draw::{Drawn, Tap, frame, summary as usual};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

pub fn draw(app: &App, theme: &Theme, layout: &Layout, buffer: &mut Buffer) -> Drawn {
    let Some(report) = &app.report else { return Drawn::default() };
    let words = app.words();
    let places = &layout.places;
    match app.tab {
        Tab::Result => {
            let is_open = !report.finished && !app.interview.is_finished();
            let go_on = is_open.then(|| Card::new(words.touch.not_finished, Tap::Press(Action::GoOn)));
            let (above, below) = cards::at_end(app, go_on.as_slice(), theme, layout, buffer);
            let drawn = usual::result(app, report, theme, &above.places, buffer);
            Drawn { taps: below.taps, ..drawn }
        }
        Tab::Phone => usual::phone(app, report, theme, places, buffer),
        Tab::Answers => pages::answers(app, words.screen.your_answers, theme, layout, buffer),
        Tab::Clinician => frame::reading(
            &usual::reading(report.clinician(), BESIDE, theme, places),
            app.scroll,
            places,
            buffer,
        ),
        Tab::Learn => {
            let mut head = places.doc();
            head.paragraph(words.touch.pages, theme.quiet);
            head.blank();
            let card = |(at, title): (usize, &String)| Card {
                focused: at == app.focus,
                ..Card::new(title, Tap::Row(at))
            };
            let titles = report.pages.iter().map(|page| &page.title);
            let cards: Vec<_> = titles.enumerate().map(card).collect();
            cards::pages(app, &head, &cards, &Grid::of_words(layout), theme, places.body, buffer)
        }
    }
}

pub fn is_last(tab: Tab) -> bool {
    Tab::ALL.last() == Some(&tab)
}

/// Which page of the summary is shown, and of how many.
pub fn which(app: &App) -> Option<String> {
    if app.welcome || app.overlay.is_some() || *app.interview.stage() != Stage::Summary {
        return None;
    }
    let words = app.words();
    let name = usual::page_name(app.tab, &words.screen.summary, false);
    Some(words.touch.page_of(name, app.tab as usize + 1, Tab::ALL.len()))
}
