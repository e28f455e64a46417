//! The pages around the questions: welcome, why, help, confirmations, alert and review.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::{self, List, Places};
use super::lines::Doc;
use super::{Drawn, Hidden, Tap, dialogs, put};
use crate::interview::Stage;
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use crate::report::look;
use crate::text::{width, wrap};
use crate::tui::app::{App, Overlay};
use crate::tui::keys::{self, Action, Mode};
use crate::tui::theme::Theme;

pub fn welcome(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let words = app.words();
    // It should be seen whole, so its lines may be longer than those of other pages.
    let mut doc = places.doc_of(usize::from(places.body.width));
    if let Some(stop) = app.body(questionnaire.welcome.stop.as_ref()) {
        let style = theme.level(0, questionnaire.levels.len());
        let inner = doc.width().saturating_sub(3);
        let mut block = places.doc_of(inner);
        let symbol = look::symbol(0, questionnaire.levels.len());
        for line in wrap(&format!("{symbol}  {}", words.asking.stop_here), inner.saturating_sub(2)) {
            let line = format!(" {line} ");
            block.line(Line::styled(format!("{line:<inner$}"), style));
        }
        block.text(&stop, theme.accent, theme.strong);
        for line in block.lines {
            let bar = Span::styled("▌", reversed(style));
            doc.line(Line::from(
                [
                    vec![bar, Span::raw("  ")],
                    line.spans
                        .into_iter()
                        .map(|span| Span::styled(span.content, line.style.patch(span.style)))
                        .collect(),
                ]
                .concat(),
            ));
        }
        doc.blank();
    }
    let about = app.body(Some(&questionnaire.welcome.about)).unwrap_or_default();
    doc.text(&about, theme.accent, theme.text);
    doc.blank();
    let screen = &words.screen;
    let mut offers = Vec::new();
    // For fingers they are cards.
    let offered = questionnaire.offers.iter().filter(|_| !places.touch);
    for (key, offer) in (1_u8..).zip(offered) {
        let from = doc.lines.len();
        let words = screen.offered(offer.label.to(audience), key.into());
        doc.hanging(" • ", theme.accent, &words, theme.strong);
        offers.push((from..doc.lines.len(), Tap::Press(Action::Digit(key))));
    }
    if !offers.is_empty() {
        doc.blank();
    }
    // Who stands for this comes before what may have to be scrolled to.
    doc.paragraph(&words.signed(questionnaire.sign_off.to(audience)), theme.quiet);
    doc.blank();
    let (fewest, most) = app.length();
    let length =
        if fewest == most { screen.all_questions(most) } else { screen.some_questions(fewest, most) };
    // Clinicians have more to read here, and the keys are named below.
    match audience {
        Audience::Patient => {
            let how = if places.touch { words.touch.how_to_answer } else { screen.how_to_answer };
            doc.paragraph(&format!("{length} {how}"), theme.text);
        }
        Audience::Clinician => doc.paragraph(&length, theme.text),
    }
    for point in &questionnaire.welcome.points {
        let point = app.body(Some(point)).unwrap_or_default();
        doc.hanging(" • ", theme.accent, &point, theme.text);
    }
    // Where the machine runs alone, the page before has said it.
    if !app.policy.alone {
        let for_clinician = audience == Audience::Clinician;
        for words in words.asking.what_becomes(for_clinician, &app.destinations) {
            doc.hanging(" • ", theme.accent, &words, theme.text);
        }
    }
    while doc.lines.len() > usize::from(places.body.height) && !places.spaced {
        let Some(blank) = doc.lines.iter().rposition(|line| line.width() == 0) else { break };
        doc.lines.remove(blank);
        for (lines, _) in offers.iter_mut().filter(|(lines, _)| lines.start > blank) {
            *lines = lines.start - 1..lines.end - 1;
        }
    }
    let mut drawn = frame::reading(&doc, app.scroll, places, buffer);
    // Of two places that lie on each other, the later counts.
    drawn.taps.push((places.body, Tap::Press(Action::Next)));
    let scrolled = app.scroll.min(drawn.scroll_max);
    for (lines, tap) in offers {
        let shown = lines.filter_map(|line| line.checked_sub(scrolled)).filter(|row| *row < drawn.page);
        for row in shown {
            let line = Rect { y: places.body.y + row as u16, height: 1, ..places.body };
            drawn.taps.push((line, tap.clone()));
        }
    }
    drawn
}

pub fn why(
    app: &App,
    index: QuestionIndex,
    scroll: usize,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let questionnaire = app.questionnaire();
    let question = &questionnaire.questions[index];
    let mut doc = places.doc();
    let asking = &app.words().asking;
    doc.paragraph(asking.why_we_ask, theme.accent);
    doc.blank();
    doc.paragraph(question.ask.to(app.audience()), theme.quiet);
    doc.blank();
    match &question.why {
        Some(why) => doc.text(why.to(app.audience()), theme.accent, theme.text),
        None => doc.paragraph(asking.no_reason, theme.text),
    }
    if !question.sources.is_empty() {
        doc.blank();
        doc.paragraph(asking.rests_on, theme.strong);
        for &source in &question.sources {
            doc.hanging(" • ", theme.accent, &questionnaire.sources[source].cited(), theme.text);
        }
    }
    frame::reading(&doc, scroll, places, buffer)
}

pub fn help(
    app: &App,
    mode: Mode,
    scroll: usize,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let words = app.words();
    let mut doc = places.doc();
    doc.paragraph(words.screen.keys_here, theme.accent);
    doc.blank();
    let mut keys = |rows: &mut dyn Iterator<Item = (&'static str, &'static str)>| {
        for (label, does) in rows {
            if places.large {
                doc.paragraph(label, theme.strong);
                doc.hanging("  ", theme.text, does, theme.text);
                continue;
            }
            doc.hanging(&format!("  {label:<12}"), theme.strong, does, theme.text);
        }
        doc.blank();
    };
    let for_clinicians = app.audience() == Audience::Clinician;
    let works = |row: &(&str, &str)| for_clinicians || row.1 != words.keys.does_finish_here;
    keys(&mut keys::here(mode, app.policy, &words.keys).filter(works));
    keys(&mut [("", words.screen.keys_all)].into_iter());
    keys(&mut keys::all(app.policy, &words.keys).filter(works));
    frame::reading(&doc, scroll, places, buffer)
}

/// What is said before answers are set aside, or a level goes down; and the two ways on.
pub fn confirmed(app: &App, theme: &Theme, places: &Places) -> Option<(Doc, [&'static str; 2])> {
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let mut head = places.doc();
    let asking = &app.words().asking;
    let dialogs = &app.words().screen.dialogs;
    let go_on = match app.interview.stage() {
        Stage::SettingAside { loses, .. } => {
            head.paragraph(asking.no_longer_apply, theme.strong);
            head.blank();
            for &lost in loses {
                let question = &questionnaire.questions[lost];
                let answer = app.answer_words(app.interview.sheet().get(lost), question);
                let words = format!("{} {answer}", question.ask.to(audience));
                head.hanging(" • ", theme.accent, &words, theme.text);
            }
            head.blank();
            head.paragraph(asking.set_aside, theme.quiet);
            dialogs.set_aside
        }
        Stage::Lowering { question, answer, from, to } => {
            let title = |level: LevelIndex| questionnaire.levels[level].title.to(audience);
            let asked = &questionnaire.questions[*question];
            head.paragraph(asking.less_urgent, theme.strong);
            head.blank();
            head.paragraph(&dialogs.until_now(title(*from)), theme.text);
            let to = to.map_or(asking.no_result, title);
            head.paragraph(&dialogs.with_change(to), theme.text);
            head.blank();
            head.paragraph(asked.ask.to(audience), theme.quiet);
            let old = app.answer_words(app.interview.sheet().get(*question), asked);
            let new = app.answer_words(answer.as_ref(), asked);
            let column = width(dialogs.before).max(width(dialogs.now));
            for (when, answer) in [(dialogs.before, old), (dialogs.now, new)] {
                head.hanging(&format!(" {when:<column$}  "), theme.quiet, &answer, theme.text);
            }
            dialogs.new_is_right
        }
        _ => return None,
    };
    Some((head, [go_on, dialogs.keep_earlier]))
}

pub fn confirm(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some((mut head, ways)) = confirmed(app, theme, places) else { return Drawn::default() };
    let area = places.text();
    head.blank();
    let entries: Vec<_> = ways
        .iter()
        .enumerate()
        .map(|(index, words)| dialogs::entry(index, app.focus, words, usize::from(area.width), theme))
        .collect();
    let gaps = places.gaps(entries.len());
    let lines = entries.iter().map(Vec::len).sum::<usize>() + gaps.iter().sum::<usize>();
    let list = List { entries, gaps, focus: Some(app.focus), from: None };
    let above = usize::from(area.height).saturating_sub(lines);
    if head.lines.len() <= above {
        return frame::list(&head, &list, 2, theme, area, buffer);
    }
    // What it is about can be scrolled; the two ways on stay in view.
    let read = above.saturating_sub(usize::from(places.spaced)) as u16;
    let upper = Places { body: Rect { height: read, ..area }, ..*places };
    let lower = Rect { y: area.y + above as u16, height: lines as u16, ..area };
    let reading = frame::reading(&head, app.scroll, &upper, buffer);
    let ways = frame::list(&Doc::new(0), &list, 2, theme, lower, buffer);
    Drawn { scroll_max: reading.scroll_max, page: reading.page, hidden: reading.hidden, ..ways }
}

/// The whole screen, nothing else on it: what to do now.
pub fn alert(
    app: &App,
    (level, question): (LevelIndex, QuestionIndex),
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let Some(report) = &app.report else { return Drawn::default() };
    let words = app.words();
    let dialogs = &words.screen.dialogs;
    let style = theme.level(level, questionnaire.levels.len());
    // The header and its line make way: nothing may compete with this.
    for place in [places.header, places.bar] {
        put(buffer, place, 0, &Line::raw(" ".repeat(usize::from(place.width))));
    }
    let roomy = places.body.height >= 14;
    let top = places.header.y + u16::from(roomy);
    let area = Rect { y: top, height: places.status.y - top, ..places.text() };
    let inner = usize::from(area.width).saturating_sub(3);
    let mut doc = places.doc_of(inner);
    let symbol = look::symbol(level, questionnaire.levels.len());
    let title = format!("{symbol}  {}", questionnaire.levels[level].title.to(audience).to_uppercase());
    let gap = |doc: &mut Doc| {
        if roomy {
            doc.blank();
        }
    };
    for line in wrap(&title, inner.saturating_sub(2)) {
        let line = format!(" {line} ");
        doc.line(Line::styled(format!("{line:<inner$}"), style));
    }
    gap(&mut doc);
    let mut told: Vec<&String> = [&report.act].into_iter().chain(&report.who).collect();
    // Above the question whether to leave there is room for a few lines: whom to call comes first.
    if !roomy && matches!(app.overlay, Some(Overlay::Leave { .. })) {
        told.reverse();
    }
    for words in told {
        doc.paragraph(words, theme.strong);
        gap(&mut doc);
    }
    let answered =
        |row: QuestionIndex| app.answer_words(app.interview.sheet().get(row), &questionnaire.questions[row]);
    // Of a page with rows, all of them.
    let answered = match app.interview.rows() {
        rows if rows.len() > 1 => {
            let row =
                |row: QuestionIndex| format!("{}: {}", questionnaire.row_of(row).to(audience), answered(row));
            rows.into_iter().map(row).collect::<Vec<_>>().join("; ")
        }
        // What was ticked before is named, where this asks more of it.
        _ if questionnaire.questions[question].grid.is_some() => {
            format!("{}: {}", questionnaire.row_of(question).to(audience), answered(question))
        }
        _ => answered(question),
    };
    doc.paragraph(&dialogs.you_answered(&answered), theme.text);
    for reason in report.reasons.iter().filter(|reason| reason.level == level) {
        gap(&mut doc);
        doc.paragraph(&format!("{}: {}", words.report.headings.why, reason.words), theme.text);
    }
    gap(&mut doc);
    doc.paragraph(&format!("{}: {}", words.asking.say_on_the_phone, report.say.join(" ")), theme.text);
    // The two ways on stay in view, however small the screen is.
    let mut ways = places.doc_of(inner);
    if roomy {
        ways.line(Line::default());
        ways.paragraph(dialogs.hold_on, theme.quiet);
    }
    let first = ways.lines.len();
    // Those that a numeric pad has, where there may be nothing else.
    let [understood, go_on, mistake] = if app.policy.alone { ["0", "+", "-"] } else { ["a", "c", "Esc"] };
    let choices = if roomy && !places.large {
        [(understood, dialogs.understood), (go_on, dialogs.go_on), (mistake, dialogs.mistake)]
    } else {
        [
            (understood, dialogs.understood_short),
            (go_on, dialogs.go_on_short),
            (mistake, dialogs.mistake_short),
        ]
    };
    let mut actions = vec![None; first];
    for ((key, words), action) in choices.into_iter().zip([Action::Understood, Action::GoOn, Action::Back]) {
        ways.hanging(&format!("{key:<3}  "), theme.strong, words, theme.text);
        actions.resize(ways.lines.len(), Some(action));
    }
    // Under the question whether to leave its own answers count; for fingers they are cards.
    if app.overlay.is_some() || places.touch {
        (ways.lines, actions) = (Vec::new(), Vec::new());
    }
    let inside = Rect { x: area.x + 3, width: area.width - 3, ..area };
    let shown = doc.lines.len().min(usize::from(area.height).saturating_sub(ways.lines.len()));
    let scroll_max = doc.lines.len() - shown;
    let scroll = app.scroll.min(scroll_max);
    for (row, line) in doc.lines.iter().skip(scroll).take(shown).enumerate() {
        put(buffer, inside, row, line);
        put(buffer, area, row, &Line::from(Span::styled("▌", reversed(style))));
    }
    let hidden = Hidden { above: scroll, below: scroll_max - scroll, lines: true };
    let cursor = frame::at_first_words(&doc, scroll, inside);
    let mut drawn = Drawn { scroll_max, page: shown, cursor, hidden, ..Drawn::default() };
    for (row, (line, action)) in ways.lines.iter().zip(actions).enumerate() {
        put(buffer, inside, shown + row, line);
        if let Some(action) = action {
            let place = Rect { y: area.y + (shown + row) as u16, height: 1, ..area };
            drawn.taps.push((place, Tap::Press(action)));
        }
    }
    drawn
}

/// The bar is drawn in the level's background colour on the page.
fn reversed(style: ratatui::style::Style) -> ratatui::style::Style {
    match (style.fg, style.bg) {
        (Some(_), Some(back)) => ratatui::style::Style::new().fg(back).bg(back),
        _ => style,
    }
}

pub fn review(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let mut head = places.doc();
    head.paragraph(app.words().asking.answers_so_far, theme.strong);
    head.paragraph(app.words().screen.open_one_or_back, theme.quiet);
    head.blank();
    answer_list(app, &head, theme, places, buffer)
}

/// All answers, one of them focused.
pub fn answer_list(app: &App, head: &Doc, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let area = if places.large { places.text() } else { places.body };
    let questionnaire = app.questionnaire();
    let audience = app.audience();
    let asked = app.interview.asked();
    let room = usize::from(area.width);
    let mut list =
        List { entries: Vec::new(), gaps: places.gaps(asked.len()), focus: Some(app.focus), from: None };
    for (index, &question) in asked.iter().enumerate() {
        let pointer = if index == app.focus { "❯" } else { " " };
        let asked = &questionnaire.questions[question];
        let mut answer = app.answer_words(app.interview.sheet().get(question), asked);
        if app.interview.encounter().is_carried(question) {
            answer = format!("{answer} ({})", app.words().again.as_last_time);
        }
        let mut doc = Doc::new(room);
        let mark = format!("{pointer} {:>2}  ", app.interview.number(question));
        let ask = asked.ask.to(audience);
        if width(&mark) + width(ask) + 2 + width(&answer) <= room && !ask.contains('\n') {
            // On one line where both fit: whoever hears only the line of the cursor hears both.
            let [ask, answer] =
                [Span::styled(format!("{ask}  "), theme.quiet), Span::styled(answer, theme.text)];
            doc.line(Line::from(vec![Span::styled(mark, theme.accent), ask, answer]));
        } else {
            doc.hanging(&mark, theme.accent, ask, theme.quiet);
            doc.hanging("      ", theme.text, &answer, theme.text);
        }
        list.entries.push(doc.lines);
    }
    frame::list(head, &list, 2, theme, area, buffer)
}
