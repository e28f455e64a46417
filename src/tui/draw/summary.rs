//! The summary: its row of pages, the result, what to say, all answers, and pages to learn more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::card::Size;
use super::frame::{self, List, Places};
use super::lines::Doc;
use super::{Drawn, Tap, card, document, pages, put};
use crate::report::Report;
use crate::report::document::{Part, Section, Topic, sections};
use crate::report::surfaces::{BESIDE, Surface};
use crate::text::Block;
use crate::text::{width, wrap};
use crate::tui::app::{App, Tab};
use crate::tui::keys::Action;
use crate::tui::theme::Theme;
use crate::words;

pub fn draw(app: &App, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let Some(report) = &app.report else { return Drawn::default() };
    let words = app.words();
    if app.tab == Tab::Result {
        return result(app, report, theme, places, buffer);
    }
    let mut tapped = tabs(app.tab, &words.screen.summary, theme, places, buffer);
    let head = places.body.height.min(2);
    let body = Rect { y: places.body.y + head, height: places.body.height - head, ..places.body };
    let places = Places { body, ..*places };
    let mut drawn = match app.tab {
        Tab::Result => Drawn::default(),
        Tab::Phone => phone(app, report, theme, &places, buffer),
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
    say: &words::Summary,
    theme: &Theme,
    places: &Places,
    buffer: &mut Buffer,
) -> Vec<(Rect, Tap)> {
    let narrow = is_narrow(places);
    let mut spans = Vec::new();
    let mut taps = Vec::new();
    let mut x = places.body.x;
    for tab in Tab::ALL {
        let word = page_name(tab, say, narrow);
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
pub fn page_name(tab: Tab, words: &words::Summary, narrow: bool) -> &'static str {
    match (tab, narrow) {
        (Tab::Result, true) => words.result_short,
        (Tab::Result, false) => words.result,
        (Tab::Phone, true) => words.say_short,
        (Tab::Phone, false) => words.say,
        (Tab::Answers, true) => words.answers_short,
        (Tab::Answers, false) => words.answers,
        (Tab::Clinician, true) => words.clinician_short,
        (Tab::Clinician, false) => words.clinician,
        (Tab::Learn, true) => words.learn_short,
        (Tab::Learn, false) => words.learn,
    }
}

/// How much of what is usually above a page gives way to a card: the bar, and the names of the other pages. What it
/// was made by stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    All,
    Tabs,
    Header,
}

/// The result. The card fills the first screen, and all else is below it.
pub fn result(app: &App, report: &Report, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let sections = sections(report, Surface::Screen.topics(report.reader));
    let wide = usize::from(places.text().width);
    let words = &app.words().screen.summary;
    // For fingers there is a card below.
    let how_to_go_on = if places.touch { "" } else { words.not_finished };
    let fits = |above: Above, size: Size| {
        let page = page_below(above, places);
        let room = (wide, usize::from(page.body.height));
        let first = sections.first().filter(|first| first.topic == Topic::Card)?;
        let card = card::card(first, report, size, room, how_to_go_on, theme);
        (card.lines.len() <= room.1).then_some(())
    };
    let all = Size::ALL
        .into_iter()
        .flat_map(|size| [Above::All, Above::Tabs, Above::Header].map(|above| (above, size)));
    let is_card = sections.first().is_some_and(|first| first.topic == Topic::Card);
    let smallest = (Above::Header, Size::CUT);
    let (above, size) = match is_card {
        true if places.touch => Size::ALL
            .into_iter()
            .find(|&size| fits(Above::All, size).is_some())
            .map_or((Above::All, smallest.1), |size| (Above::All, size)),
        true => all.into_iter().find(|&(above, size)| fits(above, size).is_some()).unwrap_or(smallest),
        false => (Above::All, Size::ALL[0]),
    };
    let page = page_below(above, places);
    let mut drawn = Drawn::default();
    if above != Above::All {
        let top = places.header.bottom();
        let over = Rect { y: top, height: places.status.y.saturating_sub(top), ..places.body };
        Clear.render(over, buffer);
        buffer.set_style(over, theme.text);
    }
    if above != Above::Header && !places.touch {
        let row = Rect { y: page.body.y.saturating_sub(2), height: 1, ..page.body };
        drawn.taps = tabs(app.tab, words, theme, &Places { body: row, ..*places }, buffer);
    }
    let mut doc = places.doc();
    let mut starts = Vec::new();
    for mut section in sections {
        let topic = section.topic;
        starts.push((topic, doc.lines.len()));
        if topic == Topic::Card {
            let height = usize::from(page.body.height);
            let card = card::card(&section, report, size, (wide, height), how_to_go_on, theme);
            doc.lines.extend(card.lines);
        } else {
            name_the_page(&mut section, report, page_name(Tab::Clinician, words, is_narrow(places)));
            document::draw(&mut doc, &[section], report, theme);
        }
        if topic == Topic::Result && !report.finished {
            doc.paragraph(how_to_go_on, theme.notice);
        }
    }
    let sought = starts.iter().find(|(topic, _)| app.sought == Some(*topic));
    let scroll = sought.map_or(app.scroll, |(_, line)| *line);
    let reading = frame::reading(&doc, scroll, &page, buffer);
    Drawn { taps: drawn.taps, sections: starts, ..reading }
}

/// The places of a page below what is left above it.
fn page_below(above: Above, places: &Places) -> Places {
    let top = match above {
        _ if places.touch => places.body.y,
        Above::All => places.body.y + places.body.height.min(2),
        Above::Tabs => places.header.bottom() + 2,
        Above::Header => places.header.bottom(),
    };
    let body = Rect { y: top, height: places.status.y.saturating_sub(top), ..places.body };
    Places { body, ..*places }
}

/// Red flags that were not asked about are listed on another page, so that is named where a written report names its
/// own section.
fn name_the_page(section: &mut Section, report: &Report, page: &str) {
    let heading = report.words().report.headings.not_asked;
    let Some(with_heading) = report.flags_not_asked(heading).map(Part::Notice) else { return };
    let Some(with_page) = report.flags_not_asked(page).map(Part::Notice) else { return };
    section.parts.iter_mut().filter(|part| **part == with_heading).for_each(|part| *part = with_page.clone());
}

/// Sections of a report as a page to read.
pub fn reading(report: &Report, topics: &[Topic], theme: &Theme, places: &Places) -> Doc {
    let mut doc = places.doc();
    document::draw(&mut doc, &sections(report, topics), report, theme);
    doc
}

/// What to say, a sentence at a time: nothing else is there to be read, so that no line is lost with shaking hands.
pub fn phone(app: &App, report: &Report, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let words = &app.words().screen.summary;
    let height = usize::from(places.body.height);
    let mut doc = places.doc();
    match report.call() {
        Some(call) => doc.paragraph(&call.line(), theme.quiet),
        None => doc.paragraph(words.read_out, theme.quiet),
    }
    let (last, at) = (report.say.len().saturating_sub(1), app.line.min(report.say.len().saturating_sub(1)));
    let sentence = report.say.get(at).map(String::as_str).unwrap_or_default();
    let mut spoken = places.doc_of(usize::from(places.text().width).min(SPOKEN_WIDTH + SPOKEN_INDENT));
    let wide = spoken.width().saturating_sub(SPOKEN_INDENT);
    let lines = wrap(sentence, wide);
    // With a blank line between its lines where there is room: it is held at arm's length.
    let roomy = doc.lines.len() + 2 * lines.len() + 5 <= height;
    for line in lines {
        spoken.line(Line::styled(format!("{}{line}", " ".repeat(SPOKEN_INDENT)), theme.strong));
        if roomy {
            spoken.line(Line::default());
        }
    }
    let gap = if roomy { 2 } else { usize::from(doc.lines.len() + spoken.lines.len() + 3 <= height) };
    doc.lines.extend(std::iter::repeat_n(Line::default(), gap));
    let first = doc.lines.len();
    doc.lines.append(&mut spoken.lines);
    if gap > 0 && !roomy {
        doc.lines.push(Line::default());
    }
    let place = match places.touch {
        true => app.words().touch.sentence_of(at + 1, last + 1),
        false => words.sentence_of(at + 1, last + 1),
    };
    doc.paragraph(&format!("{}{place}", " ".repeat(if roomy { SPOKEN_INDENT } else { 0 })), theme.quiet);
    let mut drawn = frame::reading(&doc, app.scroll, places, buffer);
    // A screen reader hears the sentence, not whom it is for.
    if let Some(row) = first.checked_sub(app.scroll).filter(|row| *row < height) {
        drawn.cursor.y = places.body.y + row as u16;
        drawn.cursor.x = places.body.x + SPOKEN_INDENT as u16;
    }
    drawn
}

/// Columns of a sentence that is read aloud, and how far it is set in.
const SPOKEN_WIDTH: usize = 48;
const SPOKEN_INDENT: usize = 4;

fn learn(app: &App, report: &Report, theme: &Theme, places: &Places, buffer: &mut Buffer) -> Drawn {
    let mut head = places.doc();
    head.paragraph(app.words().screen.summary.pages, theme.quiet);
    let gaps = places.gaps(report.pages.len());
    let mut list = List { entries: Vec::new(), gaps, focus: Some(app.focus), from: None };
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
