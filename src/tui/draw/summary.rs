//! The summary: its row of pages, the result, what to say, all answers, and pages to learn more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::{self, List, Places};
use super::lines::Doc;
use super::{Drawn, Tap, clinician, pages, put};
use crate::report::look;
use crate::report::{Decided, Report, Told, WouldBe, shown_changes};
use crate::text::Block;
use crate::text::width;
use crate::tui::app::{App, Tab};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::words::{self, Words, capitalised};

pub fn draw(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some(report) = &app.report else { return Drawn::default() };
    let words = app.words();
    let mut tapped = tabs(app.tab, &words.screen.summary, theme, places, buffer);
    let head = places.body.height.min(2);
    let body = Rect { y: places.body.y + head, height: places.body.height - head, ..places.body };
    let places = Places { body, ..*places };
    let mut drawn = match app.tab {
        Tab::Result => frame::reading(&result(app, report, theme, &places), app.scroll, &places, buffer),
        Tab::Phone => frame::reading(&phone(report, words, theme, &places), app.scroll, &places, buffer),
        Tab::Answers => {
            let mut head = places.doc();
            head.paragraph(words.screen.open_one, theme.quiet);
            pages::answer_list(app, &head, theme, &places, buffer)
        }
        Tab::Clinician => {
            frame::reading(&clinician::page(app, report, theme, &places), app.scroll, &places, buffer)
        }
        Tab::Learn => learn(app, report, theme, &places, buffer),
    };
    drawn.taps.append(&mut tapped);
    drawn
}

/// The row of pages; the one shown stands in brackets.
fn tabs(
    current: Tab,
    own: &words::Summary,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Vec<(Rect, Tap)> {
    let narrow = is_narrow(places);
    let mut spans = Vec::new();
    let mut taps = Vec::new();
    let mut x = places.body.x;
    for tab in Tab::ALL {
        let word = page_name(tab, own, places);
        let (words, style) = if tab == current {
            (format!("[{word}]"), theme.accent)
        } else {
            (format!(" {word} "), theme.quiet)
        };
        let length = width(&words) as u16;
        let steps = (tab as usize + Tab::ALL.len() - current as usize) % Tab::ALL.len();
        let area = Rect { x, y: places.body.y, width: length, height: 1 };
        if steps == 1 || steps == Tab::ALL.len() - 1 {
            let action = if steps == 1 { Action::NextPage } else { Action::PreviousPage };
            taps.push((area, Tap::Press(action)));
        }
        spans.push(Span::styled(words, style));
        if !narrow {
            spans.push(Span::raw(" "));
        }
        x += length + u16::from(!narrow);
    }
    put(buffer, places.body, 0, &Line::from(spans));
    taps
}

fn is_narrow(places: &Places) -> bool {
    places.body.width < 60
}

/// What the row of pages calls a page.
fn page_name(tab: Tab, own: &words::Summary, places: &Places) -> &'static str {
    match (tab, is_narrow(places)) {
        (Tab::Result, true) => own.result_short,
        (Tab::Result, false) => own.result,
        (Tab::Phone, true) => own.say_short,
        (Tab::Phone, false) => own.say,
        (Tab::Answers, true) => own.answers_short,
        (Tab::Answers, false) => own.answers,
        (Tab::Clinician, true) => own.clinician_short,
        (Tab::Clinician, false) => own.clinician,
        (Tab::Learn, true) => own.learn_short,
        (Tab::Learn, false) => own.learn,
    }
}

fn result(app: &App, report: &Report, theme: &Theme, places: &Places) -> Doc {
    let room = usize::from(places.text().width);
    let levels = app.questionnaire().levels.len();
    let words = app.words();
    let (own, headings) = (&words.screen.summary, &words.report.headings);
    let mut doc = places.doc();
    // Without any result yet the banner has no level's colour: it must neither frighten nor calm.
    let (symbol, style) = match &report.level {
        Some(level) => (look::symbol(level.index, levels), theme.level(level.index, levels)),
        None => ("…", theme.focus),
    };
    let within = report.within.as_ref().map(|when| when.say.clone()).unwrap_or_default();
    let banner = format!("{symbol}  {}", report.headline.to_uppercase());
    let on_one_line = width(&banner) + width(&within) + 5 <= room;
    let inner = room.saturating_sub(2);
    for (index, line) in crate::text::wrap(&banner, inner).into_iter().enumerate() {
        let right = if index == 0 && on_one_line { within.as_str() } else { "" };
        let gap = " ".repeat(inner.saturating_sub(width(&line) + width(right)));
        doc.line(Line::styled(format!(" {line}{gap}{right} "), style));
    }
    if !on_one_line && !within.is_empty() {
        let gap = " ".repeat(inner.saturating_sub(width(&within)));
        doc.line(Line::styled(format!(" {within}{gap} "), style));
    }
    if places.body.height >= 12 {
        doc.blank();
    }
    doc.paragraph(&report.act, theme.strong);
    if let Some(who) = &report.who {
        doc.paragraph(who, theme.text);
    }
    if !report.finished {
        doc.blank();
        if report.stopped_early {
            doc.paragraph(&(words.report.stopped_early)(report.open.len()), theme.text);
            let page = page_name(Tab::Clinician, own, places);
            if let Some(words) = report.flags_not_asked(page) {
                doc.paragraph(&words, theme.notice);
            }
        }
        doc.paragraph(own.not_finished, theme.notice);
    }
    for edit in &report.lowered {
        doc.blank();
        doc.paragraph(edit, theme.notice);
    }
    if !report.reasons.is_empty() {
        heading(&mut doc, headings.why, theme);
        why(&mut doc, report, own, theme);
    }
    let unsure: Vec<_> = report.doubts.iter().filter(|doubt| doubt.answered).collect();
    if !unsure.is_empty() {
        heading(&mut doc, own.not_sure, theme);
        for doubt in unsure {
            let question = format!("{} ({})", doubt.ask, doubt.number);
            doc.hanging(" • ", theme.accent, &question, theme.text);
            if let Some(meaning) = doubt.could_mean.first() {
                doc.hanging("   ", theme.quiet, &(own.could_matter)(&meaning.words), theme.quiet);
            }
        }
    }
    if !report.steps.is_empty() {
        heading(&mut doc, headings.what_to_do, theme);
    }
    for (index, step) in report.steps.iter().enumerate() {
        doc.hanging(&format!("{:>2}  ", index + 1), theme.accent, &step.words, theme.text);
    }
    if !report.check_again.is_empty() {
        heading(&mut doc, own.look_again, theme);
        for when in &report.check_again {
            let told = match when.date {
                Some(date) => format!("{}: {}", capitalised(&(words.date)(date)), when.say),
                None => when.say.clone(),
            };
            doc.hanging(" • ", theme.accent, &told, theme.text);
        }
    }
    heading(&mut doc, &report.return_list.title, theme);
    for item in &report.return_list.items {
        doc.hanging(" • ", theme.accent, item, theme.text);
    }
    changes(&mut doc, report.decided.as_ref(), &report.would_be, false, words, theme);
    doc.blank();
    for always in &report.always {
        doc.paragraph(always, theme.text);
    }
    if !report.sources.is_empty() {
        heading(&mut doc, own.rests_on, theme);
        for (index, source) in report.sources.iter().enumerate() {
            doc.hanging(&format!("{:>2}  ", index + 1), theme.quiet, source, theme.quiet);
        }
    }
    doc.blank();
    doc.paragraph(&report.sign_off, theme.quiet);
    doc
}

/// The reasons, those of the deciding level with the answers behind them. An answer stands in full where it
/// comes up first, and by its number after that.
fn why(doc: &mut Doc, report: &Report, own: &words::Summary, theme: &Theme) {
    let deciding = report.reasons.first().map(|reason| reason.level);
    let (first, others): (Vec<_>, Vec<_>) =
        report.reasons.iter().partition(|reason| Some(reason.level) == deciding);
    let numbers = |answers: &[&Told]| {
        let numbers: Vec<_> = answers.iter().map(|told| told.number.to_string()).collect();
        (own.your_answers)(numbers.len(), &numbers.join(", "))
    };
    let mut told_before: Vec<&Told> = Vec::new();
    for reason in first {
        let (again, new): (Vec<_>, Vec<_>) =
            reason.answers.iter().partition(|told| told_before.contains(told));
        let also = if again.is_empty() { String::new() } else { format!(" ({})", numbers(&again)) };
        doc.hanging(" • ", theme.accent, &format!("{}{also}", reason.words), theme.text);
        for told in &new {
            doc.hanging(&format!("   {:>3}  ", told.number), theme.quiet, &told.line(), theme.quiet);
        }
        told_before.extend(new);
    }
    if !others.is_empty() {
        heading(doc, own.also, theme);
        for reason in others {
            let answers: Vec<_> = reason.answers.iter().collect();
            doc.hanging(
                " • ",
                theme.accent,
                &format!("{} ({})", reason.words, numbers(&answers)),
                theme.text,
            );
        }
    }
}

/// What decided the result, and what would make it more urgent; for clinicians all of it, with rules.
pub fn changes(
    doc: &mut Doc,
    decided: Option<&Decided>,
    would_be: &[WouldBe],
    for_clinician: bool,
    words: &Words,
    theme: &Theme,
) {
    let own = &words.report;
    let rules = |doc: &mut Doc, rules: &[String]| {
        if for_clinician && !rules.is_empty() {
            doc.hanging("       ", theme.quiet, &own.by_rules(rules), theme.quiet);
        }
    };
    if let Some(decided) = decided {
        heading(doc, own.headings.decided, theme);
        doc.paragraph(decided.line(own), theme.text);
        for told in &decided.answers {
            doc.hanging(&format!("{:>5}  ", told.number), theme.accent, &told.line(), theme.text);
        }
        rules(doc, &decided.rules);
    }
    if would_be.is_empty() {
        return;
    }
    heading(doc, own.headings.would_be, theme);
    let (shown, more) = shown_changes(would_be, for_clinician);
    for change in shown {
        doc.hanging(&format!("{:>5}  ", change.number), theme.accent, &change.ask, theme.text);
        doc.hanging("       ", theme.quiet, &change.line(own, for_clinician), theme.quiet);
        rules(doc, &change.rules);
    }
    if more > 0 {
        doc.paragraph(&(own.more_changes)(more), theme.quiet);
    }
}

fn phone(report: &Report, words: &Words, theme: &Theme, places: &Places) -> Doc {
    let own = &words.screen.summary;
    let mut doc = places.doc();
    doc.paragraph(own.read_out, theme.quiet);
    doc.blank();
    doc.paragraph(&report.say, theme.strong);
    if let Some(who) = &report.who {
        heading(&mut doc, own.whom_to_call, theme);
        doc.paragraph(who, theme.text);
    }
    doc
}

fn learn(app: &App, report: &Report, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let mut head = places.doc();
    head.paragraph(app.words().screen.summary.pages, theme.quiet);
    let gaps = places.gaps(report.pages.len());
    let mut list = List { entries: Vec::new(), gaps, focus: Some(app.focus) };
    for (index, page) in report.pages.iter().enumerate() {
        let pointer = if index == app.focus { "❯ " } else { "  " };
        let mut doc = Doc::new(usize::from(places.text().width));
        doc.hanging(pointer, theme.accent, &page.title, theme.text);
        list.entries.push(doc.lines);
    }
    let area = if places.large { places.text() } else { places.body };
    frame::list(&head, &list, 2, theme, area, buffer)
}

/// One page to learn more.
pub fn page(
    app: &App,
    index: usize,
    scroll: usize,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Drawn {
    let page = app.report.as_ref().and_then(|report| report.pages.get(index).map(|page| (report, page)));
    let Some((report, page)) = page else { return Drawn::default() };
    let mut doc = places.doc();
    doc.paragraph(&page.title, theme.accent);
    for block in &page.body {
        match block {
            Block::Paragraph(words) => {
                doc.blank();
                doc.paragraph(words, theme.text);
            }
            Block::Item(words) => doc.hanging(" • ", theme.accent, words, theme.text),
        }
    }
    if !page.sources.is_empty() {
        heading(&mut doc, app.words().report.headings.sources, theme);
        for &source in &page.sources {
            let title = report.sources.get(source.saturating_sub(1)).map(String::as_str).unwrap_or_default();
            doc.hanging(" • ", theme.accent, title, theme.quiet);
        }
    }
    frame::reading(&doc, scroll, places, buffer)
}

pub fn heading(doc: &mut Doc, words: &str, theme: &Theme) {
    doc.blank();
    doc.paragraph(words, theme.accent);
}
