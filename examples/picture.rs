//! Draws screens of the program as pictures for the documentation: `scripts/picture.sh`.
//!
//! A person answers the questionnaire by key, as in the full screen, and each picture is the real frame at that
//! moment, drawn into memory instead of a terminal and written as SVG.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use redflag::interview::Stage;
use redflag::questionnaire::{Audience, Domain, Question, Questionnaire, yaml};
use redflag::site::Site;
use redflag::tui::app::App;
use redflag::tui::draw::{self, Look};
use redflag::tui::{keys, theme};

/// The person in the pictures: 64, pain in the upper back for more than three months that nothing settles.
/// Keys by question; where nothing is said, the least concerning answer is given.
const ANSWERS: [(&str, &str); 8] = [
    ("age", "64"),
    ("sex", "2"),
    ("sites", "2"),
    ("duration", "5"),
    ("severity", "6"),
    ("constant", "2"),
    ("night_pain", "4"),
    ("treatment", "5"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    for (name, svg) in pictures()? {
        std::fs::write(Path::new(&folder).join(name), svg)?;
    }
    Ok(())
}

/// Every picture with the name of its file.
pub fn pictures() -> Result<Vec<(&'static str, String)>, Box<dyn Error>> {
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    let loaded = yaml::load("back-pain.yaml", text).map_err(|_| "back-pain.yaml has mistakes")?;
    let mut person = Person::new(&loaded.questionnaire)?;
    person.press(KeyCode::Enter)?;
    let mut pictures = Vec::new();
    while let Some((_, question)) = person.app.question() {
        person.choose(&question)?;
        if question.id == "sites" {
            pictures.push(("body-map.svg", person.picture("The body map")));
        }
        let before = person.app.interview.stage().clone();
        person.press(KeyCode::Enter)?;
        if *person.app.interview.stage() == before {
            return Err(format!("`{}` was not answered", question.id).into());
        }
    }
    if *person.app.interview.stage() != Stage::Summary {
        return Err("the way did not lead to the summary".into());
    }
    pictures.push(("summary.svg", person.picture("The summary")));
    Ok(pictures)
}

/// Somebody at a screen.
pub struct Person<'q> {
    pub app: App<'q>,
    terminal: Terminal<TestBackend>,
    now: Duration,
    look: theme::Look,
}

impl<'q> Person<'q> {
    fn new(questionnaire: &'q Questionnaire) -> Result<Person<'q>, Box<dyn Error>> {
        Person::at(questionnaire, Audience::Patient, (80, 24), theme::Look::Dark)
    }

    /// At a screen of this size, in these colours.
    pub fn at(
        questionnaire: &'q Questionnaire,
        audience: Audience,
        (width, height): (u16, u16),
        look: theme::Look,
    ) -> Result<Person<'q>, Box<dyn Error>> {
        let today = jiff::civil::date(2026, 11, 21);
        let app = App::new(questionnaire, audience, Site::default(), today);
        let terminal = Terminal::new(TestBackend::new(width, height))?;
        let mut person = Person { app, terminal, now: Duration::ZERO, look };
        person.draw()?;
        Ok(person)
    }

    /// Chooses an answer without going on.
    pub fn choose(&mut self, question: &Question) -> Result<(), Box<dyn Error>> {
        let told = ANSWERS.iter().find(|(id, _)| *id == question.id).map(|&(_, keys)| keys);
        let least = match question.domain {
            Domain::One { .. } => "1",
            Domain::Several => "n",
            Domain::Number(_) if question.scale().is_some() => "3",
            Domain::Number(_) | Domain::Text | Domain::Nothing => "",
        };
        told.unwrap_or(least).chars().try_for_each(|key| self.press(KeyCode::Char(key)))
    }

    /// Presses a key, so long after the one before that it cannot be one key held down.
    pub fn press(&mut self, key: KeyCode) -> Result<(), Box<dyn Error>> {
        self.now += Duration::from_secs(2);
        let event = Event::Key(KeyEvent::new(key, KeyModifiers::NONE));
        if let Some(action) = keys::action(self.app.mode(), self.app.policy, &event) {
            self.app.update(action, self.now);
        }
        self.draw()
    }

    fn draw(&mut self) -> Result<(), Box<dyn Error>> {
        let look = Look { theme: self.look.theme(), ascii: false };
        let mut drawn = draw::Drawn::default();
        self.terminal.draw(|frame| drawn = draw::draw(&self.app, look, frame))?;
        self.app.note(drawn);
        Ok(())
    }

    pub fn picture(&self, title: &str) -> String {
        svg(self.terminal.backend().buffer(), title)
    }
}

/// A cell in hundredths of a pixel, so that every place in the picture is a whole number of them.
const CELL: (usize, usize) = (900, 1900);
const BASELINE: usize = 1400;
const MARGIN: usize = 1000;
const FOREGROUND: Color = Color::Indexed(254);
const BACKGROUND: Color = Color::Indexed(234);

/// One page as a picture of its own.
fn svg(buffer: &Buffer, title: &str) -> String {
    let size = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    format!("{}{}</svg>\n", opening(size, title), page(buffer))
}

/// The begin of a picture of so many columns and rows.
pub fn opening((columns, rows): (usize, usize), title: &str) -> String {
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img">
<title>{title}</title>
<rect width="100%" height="100%" rx="8" fill="{}"/>
"#,
        pixels(width),
        pixels(height),
        pixels(width),
        pixels(height),
        hex(BACKGROUND),
    )
}

/// What is on a page. Every run of text has its place and its length, so that no font can shift the columns; lines and
/// blocks are shapes, so that they join.
pub fn page(buffer: &Buffer) -> String {
    let columns = usize::from(buffer.area.width);
    let mut backs = String::new();
    let mut fronts = String::new();
    for (row, cells) in buffer.content.chunks(columns).enumerate() {
        for run in runs(cells, |cell| colours(cell).1) {
            let colour = colours(&cells[run.start]).1;
            if colour != BACKGROUND {
                rectangle(&mut backs, Place { row, from: run.start, to: run.end }, (0, CELL.1), colour);
            }
        }
        for run in runs(cells, |cell| (colours(cell).0, is_bold(cell), shape(cell.symbol()))) {
            let place = Place { row, from: run.start, to: run.end };
            let first = &cells[run.start];
            match shape(first.symbol()) {
                Some(shape) => shape.draw(&mut fronts, place, colours(first)),
                None => text(&mut fronts, place, cells),
            }
        }
    }
    format!(
        r#"{backs}<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15">
{fronts}</g>
"#
    )
}

/// Columns `from` to `to` of a row.
#[derive(Clone, Copy)]
struct Place {
    row: usize,
    from: usize,
    to: usize,
}

impl Place {
    fn x(self) -> usize {
        MARGIN + self.from * CELL.0
    }

    fn y(self) -> usize {
        MARGIN + self.row * CELL.1
    }

    fn width(self) -> usize {
        (self.to - self.from) * CELL.0
    }
}

/// Stretches of cells that are alike.
fn runs<K: PartialEq>(cells: &[Cell], key: impl Fn(&Cell) -> K) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if key(&cells[run.start]) == key(cell) => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The words of a run, each with its place; one blank keeps two words together.
fn text(out: &mut String, run: Place, cells: &[Cell]) {
    let is_blank = |at: usize| cells.get(at).is_none_or(|cell| cell.symbol().trim().is_empty());
    let mut at = run.from;
    while at < run.to {
        if is_blank(at) {
            at += 1;
            continue;
        }
        let from = at;
        while at < run.to && !(is_blank(at) && (at + 1 >= run.to || is_blank(at + 1))) {
            at += 1;
        }
        let place = Place { from, to: at, ..run };
        let words: String = cells[from..at].iter().map(Cell::symbol).collect();
        let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let weight = if is_bold(&cells[from]) { r#" font-weight="bold""# } else { "" };
        let _ = writeln!(
            out,
            r#"<text x="{}" y="{}" textLength="{}" fill="{}"{weight}>{words}</text>"#,
            pixels(place.x()),
            pixels(place.y() + BASELINE),
            pixels(place.width()),
            hex(colours(&cells[from]).0),
        );
    }
}

/// Characters that fonts draw with gaps between the cells.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// So thick, in the middle of the cell.
    Line(usize),
    /// So much of the foreground, in percent.
    Block(u16),
    /// From here down half of the cell.
    Half(usize),
}

fn shape(symbol: &str) -> Option<Shape> {
    Some(match symbol {
        "─" => Shape::Line(100),
        "━" => Shape::Line(300),
        "░" => Shape::Block(25),
        "▒" => Shape::Block(50),
        "▓" => Shape::Block(75),
        "█" => Shape::Block(100),
        "▀" => Shape::Half(0),
        "▄" => Shape::Half(CELL.1 / 2),
        _ => return None,
    })
}

impl Shape {
    fn draw(self, out: &mut String, place: Place, (front, back): (Color, Color)) {
        match self {
            Shape::Line(thickness) => rectangle(out, place, ((CELL.1 - thickness) / 2, thickness), front),
            Shape::Half(top) => rectangle(out, place, (top, CELL.1 / 2), front),
            Shape::Block(percent) => {
                let (front, back) = (rgb(front), rgb(back));
                let mixed = |channel: usize| {
                    let (front, back) = (u16::from(front[channel]), u16::from(back[channel]));
                    ((front * percent + back * (100 - percent)) / 100) as u8
                };
                let mixed = Color::Rgb(mixed(0), mixed(1), mixed(2));
                rectangle(out, place, (0, CELL.1), mixed);
            }
        }
    }
}

/// A filled rectangle as wide as `place`, from `top` within the cell.
fn rectangle(out: &mut String, place: Place, (top, height): (usize, usize), colour: Color) {
    let _ = writeln!(
        out,
        r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>"#,
        pixels(place.x()),
        pixels(place.y() + top),
        pixels(place.width()),
        pixels(height),
        hex(colour),
    );
}

fn is_bold(cell: &Cell) -> bool {
    cell.modifier.contains(Modifier::BOLD)
}

/// Foreground and background as they are seen.
fn colours(cell: &Cell) -> (Color, Color) {
    let or = |colour: Color, otherwise: Color| if colour == Color::Reset { otherwise } else { colour };
    let (front, back) = (or(cell.fg, FOREGROUND), or(cell.bg, BACKGROUND));
    if cell.modifier.contains(Modifier::REVERSED) { (back, front) } else { (front, back) }
}

/// The fixed part of xterm's 256 colours, which is all that the themes use.
fn rgb(colour: Color) -> [u8; 3] {
    let cube = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match colour {
        Color::Indexed(index @ 16..=231) => {
            [cube((index - 16) / 36), cube((index - 16) / 6 % 6), cube((index - 16) % 6)]
        }
        Color::Indexed(index @ 232..) => [8 + 10 * (index - 232); 3],
        Color::Rgb(r, g, b) => [r, g, b],
        other => panic!("the themes have no colour {other:?}"),
    }
}

fn hex(colour: Color) -> String {
    let [r, g, b] = rgb(colour);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn pixels(hundredths: usize) -> String {
    format!("{}", hundredths as f64 / 100.0)
}
