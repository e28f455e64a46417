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
    /// The drawn figure: what cannot be chosen, two tones of what can, what is chosen.
    pub figure: [Style; 4],
    /// The region of it that the focus is on.
    pub figure_focus: Style,
    /// From the most urgent step to the least.
    pub urgency: [Style; 5],
    /// Black and white squares can be shown, for a code that a camera reads.
    pub squares: bool,
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
            Look::Dark => coloured([254, 250, 117, 241, 217, 114, 234], [236, 239, 241]),
            Look::Light => coloured([234, 240, 24, 248, 88, 22, 231], [254, 250, 248]),
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
                    figure: [plain; 4],
                    figure_focus: reverse,
                    urgency: [reverse.add_modifier(Modifier::BOLD); 5],
                    squares: false,
                }
            }
        }
    }
}

fn coloured([text, quiet, accent, line, notice, done, background]: [u8; 7], tones: [u8; 3]) -> Theme {
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
        figure_focus: bold(pair(231, 24)),
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
        figure: [pair(244, 243), pair(252, 250), pair(255, 254), pair(226, 226)],
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
    fn a_persons_own_wish_goes_before_that_of_the_place_and_both_before_a_guess() {
        let (flag, site) = (Some(Look::Light), Some(Look::HighContrast));
        assert_eq!(look(flag, site, &[COLOURS, ("NO_COLOR", "1")]), Look::Light);
        assert_eq!(look(None, site, &[COLOURS, ("NO_COLOR", "1")]), Look::Mono);
        assert_eq!(look(None, site, &[COLOURS, ("COLORFGBG", "0;15")]), Look::HighContrast);
        assert_eq!(look(None, site, &[("TERM", "linux")]), Look::Mono, "sixteen colours are not known");
    }
}
