//! A check after a check: its first page, and the answer of last time at a question.

use ratatui::buffer::Buffer;

use super::frame::{self, Places};
use super::lines::Doc;
use super::{Drawn, Tap};
use crate::questionnaire::{Question, QuestionIndex};
use crate::tui::app::App;
use crate::tui::keys::Action;
use crate::tui::theme::Theme;

pub fn welcome(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some(earlier) = &app.interview.encounter().earlier else { return Drawn::default() };
    let (questionnaire, audience) = (app.questionnaire(), app.audience());
    let words = app.words();
    let say = &words.again;
    let level = earlier.level.map(|level| questionnaire.levels[level].title.to(audience));
    let mut doc = places.doc();
    let date = words.date(earlier.day);
    doc.paragraph(&say.last_time(&date, level.unwrap_or(say.no_result)), theme.strong);
    doc.blank();
    doc.paragraph(say.what_comes, theme.text);
    doc.blank();
    doc.hanging(" • ", theme.accent, &say.how_many(app.interview.count_open()), theme.text);
    let how = if places.touch { words.touch.how_to_answer } else { words.screen.how_to_answer };
    doc.hanging(" • ", theme.accent, how, theme.text);
    doc.blank();
    // Whoever must not wait is told so here too.
    for text in [questionnaire.welcome.stop.as_ref(), Some(&questionnaire.welcome.about)] {
        if let Some(text) = app.body(text) {
            doc.text(&text, theme.accent, theme.text);
        }
    }
    doc.blank();
    doc.paragraph(&app.words().signed(questionnaire.sign_off.to(audience)), theme.quiet);
    let mut drawn = frame::reading(&doc, app.scroll, places, buffer);
    drawn.taps.push((places.body, Tap::Press(Action::Next)));
    drawn
}

/// The answer of last time, above the answers.
pub fn last_time(app: &App, index: QuestionIndex, question: &Question, doc: &mut Doc, theme: &Theme) {
    let then = app.interview.last_time(index).filter(|_| !app.is_once_more());
    if let Some(then) = then {
        let then = app.answer_words(Some(then), question);
        doc.paragraph(&app.words().again.answer_then(&then), theme.accent);
    }
}
