//! The summary: its row of pages, the result, what to say, all answers, and pages to learn more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::frame::{self, List, Places};
use super::lines::Doc;
use super::{Drawn, Tap, document, pages, put};
use crate::report::Report;
use crate::report::document::{Part, Section, Topic, sections};
use crate::report::surfaces::{BESIDE, Surface};
use crate::text::Block;
use crate::text::width;
use crate::tui::app::{App, Tab};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::words::{self, Words};

pub fn draw(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some(report) = &app.report else { return Drawn::default() };
    let words = app.words();
    let mut tapped = tabs(app.tab, &words.screen.summary, theme, places, buffer);
    let head = places.body.height.min(2);
    let body = Rect { y: places.body.y + head, height: places.body.height - head, ..places.body };
    let places = Places { body, ..*places };
    let mut drawn = match app.tab {
        Tab::Result => frame::reading(&result(report, words, theme, &places), app.scroll, &places, buffer),
        Tab::Phone => frame::reading(&phone(report, words, theme, &places), app.scroll, &places, buffer),
        Tab::Answers => {
            let mut head = places.doc();
            head.paragraph(words.screen.open_one, theme.quiet);
            pages::answer_list(app, &head, theme, &places, buffer)
        }
        Tab::Clinician => {
            frame::reading(&reading(report.clinician(), BESIDE, theme, &places), app.scroll, &places, buffer)
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

/// The result; below what is certain so far, how to go on.
fn result(report: &Report, words: &Words, theme: &Theme, places: &Places) -> Doc {
    let mut doc = places.doc();
    for mut section in sections(report, Surface::Screen.topics(report.reader)) {
        let is_result = section.topic == Topic::Result;
        name_the_page(&mut section, report, page_name(Tab::Clinician, &words.screen.summary, places));
        document::draw(&mut doc, &[section], report, theme);
        if is_result && !report.finished {
            doc.paragraph(words.screen.summary.not_finished, theme.notice);
        }
    }
    doc
}

/// Red flags that were not asked about are listed on another page, so that is named where a written report names its
/// own section.
fn name_the_page(section: &mut Section, report: &Report, page: &str) {
    let heading = report.own().report.headings.not_asked;
    let Some(with_heading) = report.flags_not_asked(heading).map(Part::Notice) else { return };
    let Some(with_page) = report.flags_not_asked(page).map(Part::Notice) else { return };
    section.parts.iter_mut().filter(|part| **part == with_heading).for_each(|part| *part = with_page.clone());
}

/// Sections of a report as a page to read.
fn reading(report: &Report, topics: &[Topic], theme: &Theme, places: &Places) -> Doc {
    let mut doc = places.doc();
    document::draw(&mut doc, &sections(report, topics), report, theme);
    doc
}

fn phone(report: &Report, words: &Words, theme: &Theme, places: &Places) -> Doc {
    let own = &words.screen.summary;
    let mut doc = places.doc();
    doc.paragraph(own.read_out, theme.quiet);
    document::draw(&mut doc, &sections(report, &[Topic::Say]), report, theme);
    if let Some(who) = &report.who {
        document::heading(&mut doc, own.whom_to_call, theme);
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
        document::heading(&mut doc, app.words().report.headings.sources, theme);
        for &source in &page.sources {
            let title = report.sources.get(source.saturating_sub(1)).map(String::as_str).unwrap_or_default();
            doc.hanging(" • ", theme.accent, title, theme.quiet);
        }
    }
    frame::reading(&doc, scroll, places, buffer)
}
