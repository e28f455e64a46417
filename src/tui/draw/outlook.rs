//! The line under a question that tells clinicians what can still come.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::frame::{Places, how_much};
use super::{Drawn, Tap, put};
use crate::text::width;
use crate::tui::app::App;
use crate::tui::keys::{Action, FINISH_HERE};
use crate::tui::theme::Theme;

/// Stands in the status line, beside what lies out of view. What is wrong with an answer counts for more.
pub fn draw(app: &App, drawn: &mut Drawn, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let shown = app.outlook.as_ref().filter(|_| app.overlay.is_none() && app.notice.is_none());
    let (Some(outlook), Some(_)) = (shown, app.question()) else { return };
    let say = &app.words().outlook;
    let levels = &app.questionnaire().levels;
    let questions = outlook.questions.len();
    let (forms, style) = match outlook.decided() {
        Some(level) => {
            let title = levels[level].title.to(app.audience());
            let forms = vec![
                say.decided(title, FINISH_HERE),
                say.decided_short(title, FINISH_HERE),
                say.decided_shortest(FINISH_HERE),
            ];
            (forms, theme.strong)
        }
        None => {
            let names: Vec<_> =
                outlook.levels.iter().map(|&level| levels[level].in_short().to(app.audience())).collect();
            let (names, count) = (names.join(", "), names.len());
            let forms = vec![
                say.possible(&names, questions),
                say.possible_short(&names, questions),
                say.possible_short(&names, 0),
                format!("{} · {}", say.levels(count), say.questions(questions)),
                say.levels(count),
            ];
            (forms, theme.quiet)
        }
    };
    let beside = how_much(app, drawn.hidden).map_or(0, |words| width(&words) + 2);
    let room = usize::from(places.status.width).saturating_sub(beside);
    let Some(words) = forms.into_iter().find(|words| width(words) <= room) else { return };
    put(buffer, places.status, 0, &Line::styled(words, style));
    if outlook.decided().is_some() {
        drawn.taps.push((places.status, Tap::Press(Action::FinishHere)));
    }
}
