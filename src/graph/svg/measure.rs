//! How wide text gets. No font is known, so it is the widest of those that are usual.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::text::wrap::wrap_measured;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Pixels.
    pub size: i32,
    pub face: Face,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Face {
    Plain,
    Bold,
    /// Every character equally wide.
    Mono,
}

impl Type {
    pub const fn plain(size: i32) -> Type {
        Type { size, face: Face::Plain }
    }

    pub const fn bold(size: i32) -> Type {
        Type { size, face: Face::Bold }
    }

    pub const fn mono(size: i32) -> Type {
        Type { size, face: Face::Mono }
    }

    /// At least as wide as the text gets, in pixels.
    pub fn width(self, text: &str) -> i32 {
        (self.thousandths(text) * self.size as usize).div_ceil(1000) as i32
    }

    /// From one line to the next.
    pub fn leading(self) -> i32 {
        self.size + self.size / 3 + 1
    }

    /// The text in lines no wider than `width` pixels, at most `most` of them; `…` where something is left out.
    pub fn lines(self, text: &str, width: i32, most: usize) -> Vec<String> {
        let limit = 1000 * width.max(1) as usize / self.size as usize;
        let mut lines = wrap_measured(text, limit, |part| self.thousandths(part));
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.ended(last, limit);
            }
        }
        // One character may be wider than all the room there is.
        lines.retain(|line| self.thousandths(line) <= limit);
        lines
    }

    /// A line with `…` after it, where it still fits.
    fn ended(self, line: &str, limit: usize) -> String {
        let mut line = line.to_owned();
        while !line.is_empty() && self.thousandths(&line) + self.thousandths("…") > limit {
            let last = line.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
            line.truncate(last);
        }
        line.truncate(line.trim_end().len());
        line + "…"
    }

    /// In thousandths of the size.
    fn thousandths(self, text: &str) -> usize {
        text.chars().map(|c| self.character(c)).sum()
    }

    fn character(self, c: char) -> usize {
        let ascii = (c as usize).checked_sub(32).and_then(|index| ASCII.get(index));
        match (self.face, ascii) {
            (Face::Mono, Some(_)) => 610,
            (Face::Plain, Some(&width)) => usize::from(width),
            // What a bold letter has more, at most.
            (Face::Bold, Some(&width)) => usize::from(width) + 115,
            (_, None) => other(c),
        }
    }
}

/// Of `' '` to `'~'`, in thousandths of the size: the wider of DejaVu Sans and Arial, to which most others come near.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667, 611, 778, 752, 295,
    500, 667, 557, 863, 748, 787, 667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838,
    556, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// Beyond ASCII.
fn other(c: char) -> usize {
    match c {
        '…' | '—' | '–' | '©' | '®' | '→' | '▲' | '●' | '○' | '≥' | '≤' => 1000,
        '‘' | '’' | '“' | '”' | '\u{a0}' | '·' | '°' | '•' => 700,
        'Æ' | 'æ' | 'Œ' | 'œ' | 'Ĳ' | 'ĳ' => 1200,
        '\u{a1}'..='\u{17f}' => 900,
        '\u{370}'..='\u{3ff}' => 1100,
        '\u{400}'..='\u{4ff}' => match c {
            'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'М' | 'ж' | 'ш' | 'щ' | 'ю' | 'ф' | 'ы' | 'Ы' | 'м' => {
                1400
            }
            _ => 950,
        },
        _ => match c.width() {
            Some(0) | None => 0,
            Some(1) => 1200,
            Some(_) => 1400,
        },
    }
}

/// Whether the widths above are sure. Other text is cut at the edge of its room, whatever a font makes of it.
pub fn is_known(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c, ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{391}'..='\u{3c9}' | '\u{410}'..='\u{44f}')
            || "…—–→▲●○≥≤‘’“”•".contains(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_room_and_the_cut_is_seen() {
        let text = "Water or steam below the boiler, behind the panel or in the inner chamber";
        for face in [Type::plain(13), Type::bold(13), Type::mono(11)] {
            for width in [60, 100, 333] {
                for most in [1, 2, 50] {
                    let lines = face.lines(text, width, most);
                    assert!(lines.len() <= most && !lines.is_empty());
                    assert!(lines.iter().all(|line| face.width(line) <= width), "{lines:?} in {width}");
                    let whole: usize = lines.iter().map(|line| line.len() + 1).sum();
                    let cut = lines.last().is_some_and(|line| line.ends_with('…'));
                    assert_eq!(cut, whole < text.len(), "{lines:?}");
                }
            }
        }
    }

    #[test]
    fn no_room_is_no_line() {
        assert!(Type::plain(13).lines("背", 3, 5).is_empty());
        assert!(Type::plain(13).lines("", 100, 5).iter().all(String::is_empty));
    }
}
