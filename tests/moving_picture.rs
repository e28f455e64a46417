//! The moving picture in the README is the real program, in a pseudo-terminal.
//!
//! `scripts/moving-picture.sh` makes it anew after a change of the screens; look at it before you commit it.

#[allow(dead_code, reason = "one part of it is used here")]
#[path = "../examples/picture.rs"]
mod picture;
mod pty;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pty::{ENTER, Pty, USUAL};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// How long each page is shown, in seconds.
const SHOWN: usize = 4;

const TITLE: &str =
    "A question, why it is asked, the alert that an answer sets off, and the result with whom to call";

#[test]
fn the_moving_picture_shows_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/moving.svg");
    let svg = moving(&pages());
    roxmltree::Document::parse(&svg).expect("XML");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, svg).expect("the picture can be written");
    } else {
        let there = fs::read_to_string(path).unwrap_or_default();
        assert!(there == svg, "docs/pictures/moving.svg is old; scripts/moving-picture.sh makes it anew");
    }
}

/// A person who has become numb between the legs.
fn pages() -> Vec<Buffer> {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site.yaml");
    fs::write(&site, "contacts: { clinic: Hill Street Practice, emergency_number: 112 }\n").unwrap();
    let arguments = ["--theme", "dark", "--site", site.to_str().unwrap()];
    let mut program =
        Pty::start(&arguments, &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], USUAL);
    let mut pages = Vec::new();
    let mut page = |program: &Pty| {
        program.until_settled();
        pages.push(program.look(buffer));
    };
    program.until_started();
    program.answer(ENTER, "1 of 32");
    program.answer("n", "[x] n");
    program.answer(ENTER, "between your legs");
    program.answer("1", "[x] 1");
    page(&program);
    program.answer(ENTER, "How long have you been numb");
    program.answer("w", "Why we ask");
    page(&program);
    program.answer(ENTER, "( ) 3");
    program.answer("3", "(•) 3");
    page(&program);
    program.answer(ENTER, "Call 112");
    page(&program);
    program.answer("a", "q finish");
    page(&program);
    // The day of the check is another one tomorrow.
    if let Some(result) = pages.last_mut() {
        let day = 30..USUAL.0;
        day.for_each(|x| result[(x, 0)].reset());
    }
    program.send(pty::CTRL_C);
    program.send(pty::CTRL_C);
    pages
}

/// The pages one after another, again and again; only the last for people who want no movement.
fn moving(pages: &[Buffer]) -> String {
    let all = pages.len();
    let mut svg = picture::opening((USUAL.0.into(), USUAL.1.into()), TITLE);
    let _ = writeln!(
        svg,
        "<style>\n.page {{ visibility: hidden; animation: page {}s steps(1) infinite }}\n\
         @keyframes page {{ 0% {{ visibility: visible }} {:.3}% {{ visibility: hidden }} 100% {{ visibility: hidden }} }}",
        all * SHOWN,
        100.0 / all as f64,
    );
    for at in 0..all {
        let _ = writeln!(svg, ".at{at} {{ animation-delay: {}s }}", at * SHOWN);
    }
    let _ = writeln!(
        svg,
        "@media (prefers-reduced-motion: reduce) {{ .page {{ animation: none }} .at{} {{ visibility: visible }} }}\n</style>",
        all - 1
    );
    for (at, page) in pages.iter().enumerate() {
        let _ = write!(svg, "<g class=\"page at{at}\">\n{}</g>\n", picture::page(page));
    }
    svg + "</svg>\n"
}

/// A screen, as the pictures of pages take it.
fn buffer(screen: &vt100::Screen) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, USUAL.0, USUAL.1));
    let colour = |colour| match colour {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(index) => Color::Indexed(index),
        vt100::Color::Rgb(r, g, b) => Color::Rgb(r, g, b),
    };
    for (x, y) in (0..USUAL.1).flat_map(|y| (0..USUAL.0).map(move |x| (x, y))) {
        let Some(cell) = screen.cell(y, x) else { continue };
        let mut modifier = Modifier::empty();
        modifier.set(Modifier::BOLD, cell.bold());
        modifier.set(Modifier::REVERSED, cell.inverse());
        let style = Style::new().fg(colour(cell.fgcolor())).bg(colour(cell.bgcolor())).add_modifier(modifier);
        let symbol = if cell.has_contents() { cell.contents() } else { " " };
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    }
    buffer
}
