//! The pages around an interview, and the line below it.

use crossterm::event::KeyCode;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::told::Reply;
use crate::questionnaire::{Audience, Questionnaire};
use crate::report;
use crate::site::Site;
use crate::text::{Block, blocks, width};
use crate::tui::draw::Look;
use crate::tui::draw::poster::{Button, DIGITS, Poster};
use crate::tui::keys::{self, Mode};
use crate::tui::pad;
use crate::tui::policy::Policy;
use crate::words::{Language, Words};

const ENTER: &[KeyCode] = &[KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('1')];
pub(super) const BACK: &[KeyCode] = &[KeyCode::Esc, KeyCode::Left, KeyCode::Backspace, KeyCode::Char('-')];

/// The page that waits for somebody, with a button for each language in which there is the questionnaire.
pub fn waiting(questionnaires: &[&Questionnaire], place: Option<&str>) -> Poster {
    let mut poster = Poster { columns: 1, ..Poster::default() };
    poster.title = place.unwrap_or_default().to_owned();
    for questionnaire in questionnaires {
        let words = &Language::around(&questionnaire.language).words().kiosk;
        let title = questionnaire.title.to(Audience::Patient);
        poster.large.push(title.to_owned());
        poster.paragraphs.push(format!("{title}. {}.", words.touch_or_key));
    }
    for (at, questionnaire) in questionnaires.iter().enumerate() {
        let tag = questionnaire.language.as_str();
        let name = match Language::of(tag) {
            Some(language) => language.name(),
            None => tag,
        };
        let keys = DIGITS.get(at + 1).map_or(&[][..], |(_, keys)| keys);
        let label = if keys.is_empty() { name.to_owned() } else { format!("{}  {name}", at + 1) };
        poster.buttons.push(Button { label, keys });
    }
    poster
}

/// Whom it is for, and what happens with the answers.
pub fn before(questionnaire: &Questionnaire, site: &Site, has_desk: bool) -> Poster {
    let words = Language::around(&questionnaire.language).words();
    let about = report::Texts::new(questionnaire, Audience::Patient, site).body(&questionnaire.welcome.about);
    // What comes first says it; the next page says the rest.
    let about = blocks(&about).into_iter().find_map(|block| match block {
        Block::Paragraph(words) => Some(words),
        Block::Item(_) => None,
    });
    let privacy = if has_desk { words.kiosk.privacy_desk } else { words.kiosk.privacy };
    Poster {
        title: questionnaire.title.to(Audience::Patient).to_owned(),
        paragraphs: about.into_iter().chain([privacy.to_owned()]).collect(),
        buttons: vec![
            Button { label: format!("Enter  {}", words.kiosk.start), keys: ENTER },
            Button { label: format!("-  {}", words.kiosk.other_language), keys: BACK },
        ],
        columns: 1,
        ..Poster::default()
    }
}

pub fn still_there(words: &Words, seconds: u64, has_result: bool, is_urgent: bool) -> Poster {
    let words = &words.kiosk;
    let erased = if has_result { words.result_erased_in(seconds) } else { words.erased_in(seconds) };
    let mut paragraphs = vec![erased];
    if has_result || is_urgent {
        paragraphs.insert(0, words.call_first.to_owned());
    }
    paragraphs.push(words.touch_or_key.to_owned());
    Poster {
        title: words.still_there.to_owned(),
        paragraphs,
        buttons: vec![Button { label: words.stay.to_owned(), keys: &[] }],
        columns: 1,
        ..Poster::default()
    }
}

/// The keys that work now, as many as fit into `room` columns, for whoever has a keyboard or a numeric pad where the
/// buttons name none.
pub fn keys(mode: Mode, policy: Policy, words: &'static Words, room: usize) -> String {
    let named = keys::bottom_line(mode, policy, &words.keys).filter(|(label, _)| pad::has(label));
    let mut hints: Vec<String> = named.map(|(label, word)| format!("{label} {word}")).collect();
    // Going on comes before all others.
    hints.sort_by_key(|hint| !hint.starts_with("Enter"));
    let always = [format!("* {}", words.touch.staff), format!("/ {}", words.touch.stop)];
    loop {
        let line = hints.iter().chain(&always).map(String::as_str).collect::<Vec<_>>().join(" · ");
        if width(&line) <= room || hints.pop().is_none() {
            return line;
        }
    }
}

/// What is known of a call for staff, in words; `None`: nobody was called.
pub fn call(words: &Words, call: Option<&Reply>) -> Option<String> {
    let words = &words.kiosk;
    match call? {
        Reply::Calling(ticket) => Some(words.calling(ticket)),
        Reply::Called(ticket) => Some(words.called(ticket)),
        Reply::NotCalled(ticket) => Some(words.not_called(ticket)),
        Reply::NoBell => Some(words.ask_desk.to_owned()),
        Reply::GoOn | Reply::End => None,
    }
}

/// The last line of the screen. `keys`: all that it says, where there are buttons; otherwise it is for calling staff and
/// for stopping. Gives where these are.
pub fn kiosk_line(
    words: &Words,
    call: Option<String>,
    keys: Option<String>,
    look: Look,
    line: Rect,
    frame: &mut Frame,
) -> [Rect; 2] {
    let inner = Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line };
    let buffer = frame.buffer_mut();
    buffer.set_style(line, look.theme.focus);
    let style = look.theme.focus;
    if let Some(keys) = keys {
        buffer.set_line(inner.x, inner.y, &Line::styled(keys, style), inner.width);
        return [Rect::ZERO; 2];
    }
    let words = &words.kiosk;
    let left = call.unwrap_or_else(|| format!("* {}", words.call_staff));
    let right = format!("/ {}", words.stop);
    let columns = [&left, &right].map(|words| (width(words) as u16).min(inner.width));
    let call = Rect { width: columns[0], ..inner };
    let stop = Rect { x: inner.right() - columns[1], width: columns[1], ..inner };
    buffer.set_line(call.x, call.y, &Line::styled(left, style), call.width);
    if columns[0] + 2 + columns[1] > inner.width {
        return [call, Rect::ZERO];
    }
    buffer.set_line(stop.x, stop.y, &Line::styled(right, style), stop.width);
    [call, stop]
}
