//! Colours by meaning. Only the fixed part of the 256-colour palette is used, so that contrast is known.

use ratatui::style::{Color, Modifier, Style};

use crate::report::look;

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
    /// The drawn figure: what cannot be chosen, two tones of what can, what is chosen.
    pub figure: [Style; 4],
    /// From the most urgent step to the least.
    pub urgency: [Style; 5],
}

/// Which theme; [`Look::from_environment`] chooses when the person did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Dark,
    Light,
    /// No colour at all: the terminal's own, bold and reverse.
    Mono,
}

impl Look {
    /// Reads `NO_COLOR`, `TERM`, `COLORTERM` and `COLORFGBG` through `variable`.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Look {
        let colours = variable("TERM").is_some_and(|term| term.contains("256color"))
            || variable("COLORTERM").is_some_and(|depth| !depth.is_empty());
        if variable("NO_COLOR").is_some_and(|set| !set.is_empty()) || !colours {
            return Look::Mono;
        }
        // "foreground;background", where 7 and 15 are white.
        let background = variable("COLORFGBG").and_then(|pair| pair.rsplit(';').next().map(str::to_owned));
        match background.as_deref() {
            Some("7" | "15") => Look::Light,
            _ => Look::Dark,
        }
    }

    pub fn theme(self) -> Theme {
        match self {
            Look::Dark => coloured([254, 250, 117, 241, 217, 234], [236, 239, 241]),
            Look::Light => coloured([234, 240, 24, 248, 88, 231], [254, 250, 248]),
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
                    figure: [plain; 4],
                    urgency: [reverse.add_modifier(Modifier::BOLD); 5],
                }
            }
        }
    }
}

fn coloured([text, quiet, accent, line, notice, background]: [u8; 6], tones: [u8; 3]) -> Theme {
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
        figure: [tone(tones[0], 1), tone(tones[1], 1), tone(tones[2], 1), pair(accent, accent)],
        urgency: [pair(231, 88), pair(16, 214), pair(16, 227), pair(231, 24), pair(231, 22)].map(bold),
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

    #[test]
    fn every_text_has_a_contrast_of_at_least_seven() {
        for look in [Look::Dark, Look::Light] {
            let theme = look.theme();
            let mut styles =
                vec![theme.text, theme.strong, theme.quiet, theme.accent, theme.focus, theme.notice];
            styles.extend(theme.urgency);
            for style in styles {
                let [front, back] = [style.fg, style.bg].map(|colour| luminance(colour.unwrap()));
                let contrast = (front.max(back) + 0.05) / (front.min(back) + 0.05);
                assert!(contrast >= 7.0, "{look:?}: {style:?} has only {contrast:.2}");
            }
        }
    }

    #[test]
    fn no_color_and_few_colours_mean_no_colour() {
        let with = |pairs: &'static [(&str, &str)]| {
            Look::from_environment(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string()))
        };
        assert_eq!(with(&[("TERM", "xterm-256color")]), Look::Dark);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("COLORFGBG", "0;15")]), Look::Light);
        assert_eq!(with(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Look::Mono);
        assert_eq!(with(&[("TERM", "linux")]), Look::Mono);
    }
}
