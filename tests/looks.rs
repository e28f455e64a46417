//! Every theme on every kind of screen: whether all that is written can be read, measured on the frames themselves.

mod support;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Style};
use redflag::tui::theme::{Look, Theme};
use support::{DOLOR_DE_ESPALDA, LANGUAGES, Person, USUAL};

const COLOURED: [Look; 3] = [Look::Dark, Look::Light, Look::HighContrast];

/// Relative luminance of WCAG 2.2 for an entry of the fixed part (16 to 255) of the palette.
fn luminance(colour: Color) -> f64 {
    let Color::Indexed(index @ 16..) = colour else { panic!("{colour:?} has no fixed value") };
    let cube = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let rgb = match index {
        16..=231 => [cube((index - 16) / 36), cube((index - 16) / 6 % 6), cube((index - 16) % 6)],
        _ => [8 + 10 * (index - 232); 3],
    };
    let linear = rgb.map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(front: Color, back: Color) -> f64 {
    let [front, back] = [front, back].map(luminance);
    (front.max(back) + 0.05) / (front.min(back) + 0.05)
}

fn of_style(style: Style) -> f64 {
    contrast(style.fg.expect("a text colour"), style.bg.expect("a background"))
}

/// High contrast has far more than what is asked of every theme.
fn least(look: Look) -> f64 {
    if look == Look::HighContrast { 12.0 } else { 7.0 }
}

fn texts(theme: &Theme) -> Vec<Style> {
    let one = [theme.text, theme.strong, theme.quiet, theme.accent, theme.focus, theme.notice];
    one.into_iter().chain(theme.urgency).collect()
}

#[test]
fn every_text_has_a_contrast_of_at_least_seven() {
    for look in COLOURED {
        for style in texts(&look.theme()) {
            let contrast = of_style(style);
            assert!(contrast >= least(look), "{look:?}: {style:?} has only {contrast:.2}");
        }
    }
}

/// What only separates, fills or waits to be typed over.
fn is_a_line(symbol: &str) -> bool {
    symbol.trim().is_empty() || "─━·_…│╭╮╰╯▌░▒▓█▀▄".contains(symbol)
}

/// Every kind of screen, by the keys that lead there from the first page.
fn every_screen(look: Look, size: (u16, u16), large: bool, mut see: impl FnMut(&Person, &str)) {
    let paths: [(&str, &[&str]); 11] = [
        ("", &["?", "Esc L", "F6", "ctrl-c Down"]),
        (
            "emergency_now",
            &["Enter", "Down", "1 Enter", "L", "a", "Right", "Right", "Right", "Right", "Enter"],
        ),
        ("emergency_now", &["1 Enter", "Esc n Enter", "Down"]),
        ("age", &["type:640 Enter", "F3"]),
        ("sites", &["2 3", "Down", "Right Down"]),
        ("severity", &["7", "u Enter", "w"]),
        ("duration", &["2", "Down", "r", "Down"]),
        ("patterns", &["r Down Down Down Down Enter 1 Enter", "Down"]),
        ("notes", &["type:worse_at_night", "F5"]),
        ("trajectory", &["q", "2 Enter"]),
        (SUMMARY, &["PageDown", "e Down", "Left Left", "Enter", "Esc s", "Enter"]),
    ];
    for (from, steps) in paths {
        let mut person = Person::patient(size);
        person.look.theme = look.theme();
        person.app.large = large;
        match from {
            "" => {}
            SUMMARY => person.reach_summary(&[("night_pain", "4 Enter"), ("weight_loss", "2 Enter")]),
            question => person.reach(question, &[]),
        }
        person.resize(size);
        see(&person, from);
        for keys in steps {
            person.press(keys);
            see(&person, keys);
        }
    }
}

const SUMMARY: &str = "the summary";

#[test]
fn all_that_is_written_on_any_screen_can_be_read() {
    for look in COLOURED {
        for (size, large) in [(USUAL, false), (USUAL, true), ((40, 12), false), ((120, 40), true)] {
            let mut seen = 0;
            every_screen(look, size, large, |person, keys| {
                for cell in person.terminal_cells().filter(|cell| !is_a_line(cell.symbol())) {
                    let contrast = contrast(cell.fg, cell.bg);
                    assert!(
                        contrast >= least(look),
                        "{look:?} {keys}: {cell:?} has only {contrast:.2}\n{}",
                        person.screen()
                    );
                    seen += 1;
                }
            });
            assert!(seen > 5000, "only {seen} characters");
        }
    }
}

#[test]
fn nothing_is_dim_in_high_contrast_not_even_a_line() {
    every_screen(Look::HighContrast, USUAL, false, |person, keys| {
        let is_figure = |cell: &Cell| "░▒▓█▌▀▄".contains(cell.symbol());
        for cell in person.terminal_cells().filter(|cell| cell.symbol() != " " && !is_figure(cell)) {
            let contrast = contrast(cell.fg, cell.bg);
            assert!(contrast >= 12.0, "{keys}: {cell:?} has only {contrast:.2}");
            assert!(!cell.modifier.contains(ratatui::style::Modifier::DIM));
        }
    });
}

#[test]
fn focus_and_levels_differ_from_all_else_in_their_background() {
    for look in COLOURED {
        let theme = look.theme();
        let mut backgrounds: Vec<_> = theme.urgency.iter().map(|style| style.bg).collect();
        backgrounds.push(theme.text.bg);
        if look == Look::HighContrast {
            backgrounds.push(theme.focus.bg);
            let focus = contrast(theme.focus.bg.unwrap(), theme.text.bg.unwrap());
            assert!(focus >= 12.0, "the focused line stands out: {focus:.2}");
        }
        assert_ne!(theme.focus.bg, theme.text.bg);
        for (at, one) in backgrounds.iter().enumerate() {
            assert!(!backgrounds[..at].contains(one), "{look:?}: two are alike: {one:?}");
        }
    }
}

#[test]
fn the_figure_stands_out_in_high_contrast() {
    let theme = Look::HighContrast.theme();
    let [rest, one, other, chosen] = theme.figure.map(|style| style.bg.unwrap());
    let back = theme.text.bg.unwrap();
    assert!(of_style(theme.figure_focus) >= 12.0);
    assert!(![rest, one, other, chosen, back].contains(&theme.figure_focus.fg.unwrap()), "the focus is seen");
    for (tone, least) in [(rest, 3.0), (one, 7.0), (other, 7.0), (chosen, 12.0)] {
        assert!(contrast(tone, back) >= least, "{tone:?}: {:.2}", contrast(tone, back));
    }
    assert!(contrast(rest, one) >= 2.0, "what can be chosen is another tone");
}

#[test]
fn after_a_switch_the_way_back_stands_on_the_screen() {
    let mut person = Person::patient(USUAL);
    person.reach("onset", &[]);
    person.press("F5");
    person.must_see("Español. F5: English");
    person.press("F5");
    person.must_see("English. F5: Español");
    person.press("Down");
    assert!(!person.sees("F5: Español"), "until the next key");
    person.press("F6");
    person.must_see("F6: off");
    assert!(person.app.large);
    person.press("F6");
    person.must_see("F6: on");
    assert!(!person.app.large);
}

#[test]
fn the_spacing_can_be_switched_wherever_one_is() {
    let mut person = Person::patient(USUAL);
    person.reach("notes", &[]);
    person.press("type:ab F6");
    assert!(person.app.large && person.app.draft.field.text() == "ab", "in the middle of a text");
    person.press("F1 F6");
    assert!(!person.app.large, "in the help");
    person.press("Esc ctrl-c F6");
    assert!(person.app.large, "in a dialog");
    person.must_see("Stay");
}

#[test]
fn wide_spacing_uses_the_window_and_keeps_the_figure() {
    let mut person = Person::patient(USUAL);
    person.reach("emergency_now", &[]);
    person.press("F6");
    let widest = person.screen().lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    assert!(widest > 60, "{widest} columns\n{}", person.screen());
    person.reach("sites", &[]);
    person.must_see("Front");
    person.must_see("Back");
}

#[test]
fn spanish_has_room_too() {
    let mut person =
        Person::new(&DOLOR_DE_ESPALDA, redflag::questionnaire::Audience::Patient, USUAL).offered(&LANGUAGES);
    person.press("F6");
    person.must_see("F6: como antes");
}
