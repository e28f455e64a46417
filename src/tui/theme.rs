//! Colours by meaning. Only the fixed part of the 256-colour palette is used, so that contrast is known.

use ratatui::style::{Color, Modifier, Style};

use crate::report::look;
pub use crate::site::Look;

/// The style of everything drawn.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    pub text: Style,
    /// What is asked.
    pub strong: Style,
    /// What helps: hints, keys, numbers.
    pub quiet: Style,
    /// The one accent: progress, marks, what is chosen.
    pub accent: Style,
    /// Lines that only separate.
    pub line: Style,
    pub focus: Style,
    /// A mistake, next to where it was made.
    pub notice: Style,
    /// Something that was done as asked.
    pub done: Style,
    /// With what the figure of a body is drawn.
    pub ink: Ink,
    /// The drawn figure: what cannot be chosen, two tones of what can, what is chosen.
    pub figure: [Style; 4],
    /// The keys on two of these tones, and on what is chosen.
    pub figure_keys: [Style; 3],
    /// The region of it that the focus is on.
    pub figure_focus: Style,
    /// From the most urgent step to the least.
    pub urgency: [Style; 5],
    /// Black and white squares can be shown, for a code that a camera reads.
    pub squares: bool,
}

/// With what a drawn figure is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Halves of cells, in colours.
    Halves,
    /// The dots of braille: lines and fillings that need no colour.
    Dots,
    /// One letter a cell. Fonts that have no more have no other signs beyond Latin letters either.
    Letters,
}

impl Ink {
    /// Letters where `TERM`, read through `variable`, names a terminal with a small font of its own.
    pub fn of(look: Look, variable: impl Fn(&str) -> Option<String>) -> Ink {
        match variable("TERM") {
            Some(term) if term == "linux" || term.starts_with("vt") => Ink::Letters,
            _ => look.theme().ink,
        }
    }
}

/// Does the locale, read through `variable`, show more than ASCII? Where none is set, terminals of today do.
pub fn shows_unicode(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    set.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

impl Look {
    /// The person's own word by flag, then their `NO_COLOR`, then what this place has set, then what the
    /// terminal looks like by `TERM`, `COLORTERM` and `COLORFGBG`, all read through `variable`.
    ///
    /// Without 256 colours none but the flag's are used: the 16 others are whatever the terminal makes of them, and
    /// their contrast can't be known.
    pub fn of(flag: Option<Look>, site: Option<Look>, variable: impl Fn(&str) -> Option<String>) -> Look {
        if let Some(look) = flag {
            return look;
        }
        let colours = variable("TERM").is_some_and(|term| term.contains("256color"))
            || variable("COLORTERM").is_some_and(|depth| !depth.is_empty());
        if variable("NO_COLOR").is_some_and(|set| !set.is_empty()) || !colours {
            return Look::Mono;
        }
        site.unwrap_or_else(|| Look::on_background(variable("COLORFGBG").as_deref()))
    }

    /// Of a pair such as `foreground;background`, where 7 and 15 are white.
    fn on_background(pair: Option<&str>) -> Look {
        match pair.and_then(|pair| pair.rsplit(';').next()) {
            Some("7" | "15") => Look::Light,
            _ => Look::Dark,
        }
    }

    pub fn theme(self) -> Theme {
        match self {
            Look::Dark => coloured([254, 250, 117, 241, 217, 114, 234], [236, 238, 240], [231, 16]),
            Look::Light => coloured([234, 240, 24, 248, 88, 22, 231], [254, 251, 248], [16, 231]),
            Look::HighContrast => high_contrast(),
            Look::Mono => {
                let plain = Style::new();
                let reverse = plain.add_modifier(Modifier::REVERSED);
                let bold = plain.add_modifier(Modifier::BOLD);
                Theme {
                    text: plain,
                    strong: bold,
                    quiet: plain,
                    accent: bold,
                    line: plain,
                    focus: reverse,
                    notice: bold,
                    done: plain,
                    ink: Ink::Dots,
                    figure: [plain; 4],
                    figure_keys: [bold; 3],
                    figure_focus: reverse.add_modifier(Modifier::BOLD),
                    urgency: [reverse.add_modifier(Modifier::BOLD); 5],
                    squares: false,
                }
            }
        }
    }
}

fn coloured(
    [text, quiet, accent, line, notice, done, background]: [u8; 7],
    tones: [u8; 3],
    keys: [u8; 2],
) -> Theme {
    let tone = |tone: u8, grain: i8| pair(tone.saturating_add_signed(grain), tone);
    let bold = |style: Style| style.add_modifier(Modifier::BOLD);
    Theme {
        text: pair(text, background),
        strong: bold(pair(text, background)),
        quiet: pair(quiet, background),
        accent: bold(pair(accent, background)),
        line: pair(line, background),
        focus: bold(pair(231, 24)),
        notice: bold(pair(notice, background)),
        done: bold(pair(done, background)),
        figure: [tone(tones[0], 1), tone(tones[1], 1), tone(tones[2], 1), pair(accent, accent)],
        ink: Ink::Halves,
        figure_keys: [pair(keys[0], tones[1]), pair(keys[0], tones[2]), pair(keys[1], accent)].map(bold),
        figure_focus: bold(pair(text, background)),
        urgency: [pair(231, 88), pair(16, 214), pair(16, 227), pair(231, 24), pair(231, 22)].map(bold),
        squares: true,
    }
}

/// Black and white, with yellow for what counts; nothing is dim. Every pair has a contrast of 12 or more.
fn high_contrast() -> Theme {
    let bold = |style: Style| style.add_modifier(Modifier::BOLD);
    let [text, accent] = [pair(231, 16), pair(226, 16)];
    Theme {
        text,
        strong: bold(text),
        quiet: text,
        accent: bold(accent),
        line: text,
        focus: bold(pair(16, 226)),
        notice: bold(pair(231, 52)),
        done: bold(pair(120, 16)),
        figure: [pair(244, 243), pair(253, 252), pair(254, 255), pair(226, 226)],
        ink: Ink::Halves,
        figure_keys: [pair(16, 252), pair(16, 255), pair(16, 226)].map(bold),
        // Yellow there is what is chosen.
        figure_focus: bold(pair(51, 16)),
        urgency: [pair(52, 231), pair(16, 220), pair(16, 228), pair(16, 153), pair(16, 120)].map(bold),
        squares: true,
    }
}

fn pair(front: u8, back: u8) -> Style {
    Style::new().fg(Color::Indexed(front)).bg(Color::Indexed(back))
}

impl Theme {
    /// The style for a level: `rank` 0 is the most urgent of `levels`.
    pub fn level(&self, rank: usize, levels: usize) -> Style {
        self.urgency[look::step(rank, levels)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables = &'static [(&'static str, &'static str)];

    fn look(flag: Option<Look>, site: Option<Look>, variables: Variables) -> Look {
        Look::of(flag, site, |name| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string()))
    }

    const COLOURS: (&str, &str) = ("TERM", "xterm-256color");

    #[test]
    fn no_color_and_few_colours_mean_no_colour() {
        assert_eq!(look(None, None, &[COLOURS]), Look::Dark);
        assert_eq!(look(None, None, &[COLOURS, ("COLORFGBG", "0;15")]), Look::Light);
        assert_eq!(look(None, None, &[COLOURS, ("NO_COLOR", "1")]), Look::Mono);
        assert_eq!(look(None, None, &[COLOURS, ("NO_COLOR", "")]), Look::Dark);
        assert_eq!(look(None, None, &[("TERM", "linux")]), Look::Mono);
    }

    #[test]
    fn a_console_with_a_small_font_is_drawn_in_letters() {
        let ink = |term: &str| Ink::of(Look::Mono, |name| (name == "TERM").then(|| term.to_owned()));
        assert_eq!(
            [ink("linux"), ink("vt220"), ink("xterm-256color")],
            [Ink::Letters, Ink::Letters, Ink::Dots]
        );
    }

    #[test]
    fn a_persons_own_wish_goes_before_that_of_the_place_and_both_before_a_guess() {
        let (flag, site) = (Some(Look::Light), Some(Look::HighContrast));
        assert_eq!(look(flag, site, &[COLOURS, ("NO_COLOR", "1")]), Look::Light);
        assert_eq!(look(None, site, &[COLOURS, ("NO_COLOR", "1")]), Look::Mono);
        assert_eq!(look(None, site, &[COLOURS, ("COLORFGBG", "0;15")]), Look::HighContrast);
        assert_eq!(look(None, site, &[("TERM", "linux")]), Look::Mono, "sixteen colours are not known");
    }
}
