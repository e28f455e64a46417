//! A section as one page: its questions as rows, in wide windows between what was answered and what can still come.

mod live;
mod on_top;
mod outline;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::{Places, how_much};
use super::header::cut;
use super::{Drawn, Hidden, Tap, put, put_right, screen};
use crate::report::look;
use crate::text::{width, wrap};
use crate::tui::app::{App, Overlay};
use crate::tui::keys::{Action, FINISH_HERE};
use crate::tui::theme::Theme;

/// From so many columns on there is something beside the page.
const COCKPIT: u16 = 110;
/// Columns of what is at the left and at the right, from here on more.
const LEFT: [u16; 2] = [27, 34];
const RIGHT: [u16; 2] = [32, 46];
const WIDE: u16 = 150;
/// A line of a page is never longer than this: keys stay near what they answer.
const PAGE: u16 = 100;
/// Lines of a notice.
const MOST_NOTICE: usize = 3;

/// Is this what a page of a section shows, or what lies on top of one?
pub fn is_shown(app: &App) -> bool {
    let is_on_top = matches!(
        app.overlay,
        None | Some(
            Overlay::Nothing { .. }
                | Overlay::Jump { .. }
                | Overlay::Remark { .. }
                | Overlay::Outline { .. }
                | Overlay::Live { .. }
                | Overlay::NotKept { .. }
        )
    );
    let is_not_kept = matches!(app.overlay, Some(Overlay::NotKept { .. }));
    is_on_top && (app.section().is_some() || is_not_kept)
}

/// The places, and the columns beside the page.
fn places(area: Rect, notice: u16) -> (Places, Option<[Rect; 2]>) {
    let margin = u16::from(area.width >= 60);
    let roomy = area.height >= 20;
    let inner = Rect { x: area.x + margin, width: area.width - 2 * margin, ..area };
    let line = |y: u16, height: u16| Rect { y, height, ..inner };
    let keys = area.bottom() - 1;
    let trail = keys - 1;
    let body = area.y + if roomy { 2 } else { 1 };
    // On a low window what is said takes the place of what was taken.
    let status = if roomy { trail - notice } else { trail + 1 - notice.max(1) };
    let high = Rect { y: body, height: status.saturating_sub(body), ..inner };
    let wide = usize::from(area.width >= WIDE);
    let beside = (area.width >= COCKPIT).then(|| {
        let left = Rect { width: LEFT[wide], ..high };
        let right = Rect { x: inner.right() - RIGHT[wide], width: RIGHT[wide], ..high };
        [left, right]
    });
    let page = match beside {
        Some([left, right]) => {
            let x = left.right() + 2;
            Rect { x, width: (right.x - 2 - x).min(PAGE), ..high }
        }
        None => Rect { width: inner.width.min(PAGE), ..high },
    };
    let places = Places {
        header: line(area.y, 1),
        bar: line(area.y + 1, u16::from(roomy)),
        body: page,
        status: line(status, notice.max(1)),
        rule: roomy.then(|| line(trail, 1)),
        keys: line(keys, 1),
        sides: None,
        large: false,
        spaced: false,
        touch: false,
    };
    (places, beside)
}

pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Drawn {
    let margin = 2 * u16::from(area.width >= 60);
    let mark = if app.is_done { "✓ " } else { "" };
    let said = app.notice.as_deref().map(|notice| format!("{mark}{notice}")).unwrap_or_default();
    let mut said = wrap(&said, usize::from(area.width - margin));
    said.retain(|line| !line.is_empty());
    said.truncate(MOST_NOTICE);
    let (places, beside) = places(area, said.len() as u16);
    header(app, theme, &places, buffer);
    let mut drawn = match &app.overlay {
        Some(Overlay::Nothing { scroll }) => on_top::nothing(app, *scroll, theme, &places, buffer),
        Some(Overlay::Jump { field, focus }) => on_top::jump(app, field, *focus, theme, &places, buffer),
        Some(Overlay::Remark { question, field }) => {
            on_top::remark(app, *question, field, theme, &places, buffer)
        }
        Some(Overlay::NotKept { why, focus }) => on_top::not_kept(app, why, *focus, theme, &places, buffer),
        Some(Overlay::Outline { scroll }) if beside.is_none() => super::frame::reading(
            &outline::doc(app, theme, usize::from(places.body.width)),
            *scroll,
            &places,
            buffer,
        ),
        Some(Overlay::Live { scroll }) if beside.is_none() => super::frame::reading(
            &live::doc(app, theme, usize::from(places.body.width)),
            *scroll,
            &places,
            buffer,
        ),
        Some(Overlay::Outline { scroll }) => {
            let doc = outline::doc(app, theme, usize::from(places.body.width));
            super::frame::reading(&doc, *scroll, &places, buffer)
        }
        Some(Overlay::Live { scroll }) => {
            let doc = live::doc(app, theme, usize::from(places.body.width));
            super::frame::reading(&doc, *scroll, &places, buffer)
        }
        _ => rows::draw(app, theme, &places, buffer),
    };
    if let Some([left, right]) = beside {
        let lines = |doc: super::lines::Doc| doc.lines;
        column(&lines(outline::doc(app, theme, usize::from(left.width))), left, theme, buffer);
        column(&lines(live::doc(app, theme, usize::from(right.width))), right, theme, buffer);
        for x in [left.right(), right.x - 2] {
            for y in left.y..left.bottom() {
                put(buffer, Rect { x, y, width: 1, height: 1 }, 0, &Line::styled("│", theme.line));
            }
        }
    }
    let style = if app.is_done { theme.done } else { theme.notice };
    for (row, line) in said.iter().enumerate() {
        put(buffer, places.status, row, &Line::styled(line.clone(), style));
    }
    if let Some(rule) = places.rule.or(Some(places.status).filter(|_| said.is_empty())) {
        edge(app, &mut drawn, theme, rule, buffer);
    }
    screen::bottom(app, &mut drawn, theme, &Places { rule: None, ..places }, buffer);
    drawn
}

/// A column beside the page; what has no room ends with `…`.
fn column(lines: &[Line<'static>], area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let room = usize::from(area.height);
    let shown = if lines.len() > room { room.saturating_sub(1) } else { room };
    for (row, line) in lines.iter().take(shown).enumerate() {
        put(buffer, area, row, line);
    }
    if lines.len() > room {
        put(buffer, area, shown, &Line::styled("…", theme.quiet));
    }
}

/// The section, where one is in the check, and whom it is about.
fn header(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) {
    let say = &app.words().intake;
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let all = app.interview.sections();
    let here = app.section();
    let room = usize::from(places.header.width);
    let place = here.and_then(|here| all.iter().position(|section| *section == here));
    let mut right = match (place, here) {
        (Some(place), Some(here)) => {
            let open = say.open_rows(app.open_rows(here));
            format!("{} · {open}", say.section_of(place + 1, all.len()))
        }
        _ => String::new(),
    };
    if let Some(reference) = &app.interview.encounter().remarks.reference {
        let reference = cut(reference, room / 3);
        right = format!("{reference} · {right}");
    }
    let is_unkept = app.sections.as_ref().is_some_and(|sections| sections.on_paper);
    let right = cut(&right, room.saturating_sub(12));
    let title = here.map_or("", |here| questionnaire.sections[here].title.to(audience));
    let mut spans = Vec::new();
    if is_unkept {
        spans.push(Span::styled(format!("{} ", say.unkept), theme.notice));
    }
    if let Some(level) = app.interview.alerted() {
        let levels = questionnaire.levels.len();
        let words = format!(
            " {} {} ",
            look::symbol(level, levels),
            questionnaire.levels[level].in_short().to(audience)
        );
        spans.push(Span::styled(words, theme.level(level, levels)));
        spans.push(Span::raw(" "));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    let left = room.saturating_sub(width(&right) + 2 + used);
    spans.push(Span::styled(cut(title, left), theme.strong));
    put(buffer, places.header, 0, &Line::from(spans));
    put_right(buffer, places.header, 0, &Line::styled(right, theme.quiet));
    if places.bar.height > 0 {
        put(buffer, places.bar, 0, &Line::styled("─".repeat(room), theme.line));
    }
}

/// What was taken last, and how much can still change.
fn edge(app: &App, drawn: &mut Drawn, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let say = &app.words().outlook;
    let room = usize::from(area.width);
    let decided = app.outlook.as_ref().and_then(|outlook| outlook.decided());
    let right = match (&app.outlook, decided) {
        (_, Some(level)) => {
            let title = app.questionnaire().levels[level].title.to(app.audience());
            [say.decided_short(title, FINISH_HERE), say.decided_shortest(FINISH_HERE)]
        }
        (Some(outlook), None) => {
            let questions = say.questions(outlook.questions.len());
            [format!("{} · {questions}", say.levels(outlook.levels.len())), questions]
        }
        (None, None) => [String::new(), String::new()],
    };
    // How much is out of view counts for more.
    let right: Vec<String> = match how_much(app, drawn.hidden) {
        Some(more) => {
            let both =
                right.iter().filter(|words| !words.is_empty()).map(|words| format!("{words} · {more}"));
            both.chain([more.clone()]).collect()
        }
        None => right.into(),
    };
    let last = right.len().saturating_sub(1);
    let fits = |(at, words): &(usize, String)| {
        width(words) + 10 <= room * 2 / 3
            || (*at == last && drawn.hidden != Hidden::default() && width(words) <= room)
    };
    let right = right.into_iter().enumerate().find(fits).map(|(_, words)| words).unwrap_or_default();
    let free = room.saturating_sub(width(&right) + 2);
    // The newest stays in view.
    let mut taken = String::new();
    for words in app.trail().rev() {
        let longer = if taken.is_empty() { words.to_owned() } else { format!("{words} · {taken}") };
        if width(&longer) + 2 > free {
            taken = if taken.is_empty() { cut(words, free) } else { format!("… {taken}") };
            break;
        }
        taken = longer;
    }
    put(buffer, area, 0, &Line::styled(taken, theme.accent));
    let style = if decided.is_some() { theme.strong } else { theme.quiet };
    put_right(buffer, area, 0, &Line::styled(right.clone(), style));
    if decided.is_some() {
        let columns = width(&right) as u16;
        let place = Rect { x: area.right().saturating_sub(columns), width: columns, ..area };
        drawn.taps.push((place, Tap::Press(Action::FinishHere)));
    }
}
