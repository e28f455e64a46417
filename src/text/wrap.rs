//! Text broken into lines of a given width, as a terminal counts it.

use std::borrow::Cow;
use std::collections::VecDeque;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// `text` in lines of at most `width` columns. Blanks at breaks go, line breaks in `text` stay, and
/// nothing else is lost: a word longer than a line is broken, between graphemes. A grapheme wider than
/// the line stands alone. A number written in groups, such as `555 0199`, stays on one line where it fits
/// on one. An empty text is one empty line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_measured(text, width, self::width)
}

/// The same where `width` is counted in something else than columns, by `measure`.
pub fn wrap_measured(text: &str, width: usize, measure: impl Fn(&str) -> usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        wrap_line(line, width, &measure, &mut lines);
    }
    lines
}

/// The columns that `text` takes on one line. Counted by grapheme, as the screen's cells are filled.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

fn wrap_line(text: &str, limit: usize, width: &impl Fn(&str) -> usize, lines: &mut Vec<String>) {
    let blank = width(" ");
    let mut line = String::new();
    let mut line_width = 0;
    let mut pieces: VecDeque<Piece> = pieces(text).into();
    while let Some(piece) = pieces.pop_front() {
        let piece_width = width(&piece.text);
        if piece_width > limit && piece.text.contains(' ') {
            // No line has room for so long a number: its groups are words.
            let groups = piece.text.split(' ').enumerate();
            let groups: Vec<_> = groups.map(|(at, group)| piece.group(at, group)).collect();
            groups.into_iter().rev().for_each(|group| pieces.push_front(group));
            continue;
        }
        let gap = if piece.after_blank && !line.is_empty() { blank } else { 0 };
        if line_width + gap + piece_width <= limit {
            if gap > 0 {
                line.push(' ');
            }
            line.push_str(&piece.text);
            line_width += gap + piece_width;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            line_width = 0;
        }
        for grapheme in piece.text.graphemes(true) {
            let grapheme_width = width(grapheme);
            if line_width + grapheme_width > limit && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                line_width = 0;
            }
            line.push_str(grapheme);
            line_width += grapheme_width;
        }
    }
    lines.push(line);
}

/// A stretch of text that is not broken if it fits on a line.
#[derive(Clone)]
struct Piece<'a> {
    text: Cow<'a, str>,
    after_blank: bool,
}

impl Piece<'_> {
    /// One of the groups of a number, as a word.
    fn group<'a>(&self, at: usize, group: &str) -> Piece<'a> {
        Piece { text: Cow::Owned(group.to_owned()), after_blank: at > 0 || self.after_blank }
    }
}

/// Words, and numbers in groups; and within words of ideographs and kana, which know no blanks, every character.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before: Option<&str> = None;
    for word in text.split(is_breaking_blank).filter(|word| !word.is_empty()) {
        match (before, pieces.last_mut()) {
            (Some(before), Some(number)) if is_one_number(before, word) => {
                number.text = Cow::Owned(format!("{} {word}", number.text));
            }
            _ => pieces.extend(parts(word)),
        }
        before = Some(word);
    }
    pieces
}

/// Whether two words are groups of one number, such as a telephone number: `+44 (0)20 7946 0018`, `555 / 0199`.
pub fn is_one_number(before: &str, after: &str) -> bool {
    let is_group = |word: &str| {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        let is_sign = matches!(word, "/" | "-" | "–" | "‑" | "·");
        let fits = |c: char| c.is_ascii_digit() || "+-–‑/().·".contains(c);
        is_sign || (has_digit && word.chars().all(fits))
    };
    // What opens before the first group or ends the sentence after the last is no part of it.
    let opened = before.trim_start_matches(['"', '“', '«', '‘', '\'', '[', '¿', '¡']);
    let ended = after.trim_end_matches(|c: char| ".,;:!?…)]\"”»’'".contains(c));
    let goes_on = !before.ends_with('.') && is_group(opened);
    goes_on && (is_group(ended) || is_group(after))
}

/// A word, or the parts between which it may be broken.
fn parts(word: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut starts = vec![0];
    let mut previous: Option<&str> = None;
    for (start, grapheme) in word.grapheme_indices(true) {
        if previous.is_some_and(|previous| may_break_between(previous, grapheme)) {
            starts.push(start);
        }
        previous = Some(grapheme);
    }
    let ends: Vec<_> = starts.iter().skip(1).copied().chain([word.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .map(move |(start, end)| Piece { text: Cow::Borrowed(&word[start..end]), after_blank: start == 0 })
}

/// No-break spaces are white space too, but keep "38 °C" together.
fn is_breaking_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

fn may_break_between(previous: &str, next: &str) -> bool {
    let wordless = |grapheme: &str| grapheme.chars().next().is_some_and(is_written_without_blanks);
    (wordless(previous) || wordless(next))
        && !"（「『【〈《".contains(previous)
        && !"、。，．！？：；）」』】〉》ー".contains(next)
}

fn is_written_without_blanks(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(
            wrap("Keep moving gently; no heavy lifting.", 16),
            ["Keep moving", "gently; no heavy", "lifting."]
        );
        assert_eq!(wrap("  a   b \n\nc", 10), ["a b", "", "c"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn overlong_words_are_broken_and_not_cut() {
        assert_eq!(wrap("ab abcdefghij k", 4), ["ab", "abcd", "efgh", "ij k"]);
    }

    #[test]
    fn wide_characters_count_two_columns() {
        assert_eq!(wrap("背中が痛い、夜も。", 6), ["背中が", "痛い、", "夜も。"]);
        assert_eq!(wrap("背中が痛い、夜", 10), ["背中が痛", "い、夜"]);
        assert_eq!(wrap("背", 1), ["背"]);
    }

    #[test]
    fn graphemes_stay_whole() {
        assert_eq!(wrap("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(wrap("👩‍⚕️👩‍⚕️", 3), ["👩‍⚕️", "👩‍⚕️"]);
    }

    #[test]
    fn a_number_in_groups_stays_on_one_line_where_it_fits() {
        let numbers =
            ["555 0199", "555 / 0199", "555 - 0199", "+44 (0)20 7946 0018", "(020) 7946 0018", "0800 11 11"];
        for number in numbers {
            let text = format!("If it is closed, ring {number}. Then \"{number}\", or ({number})?");
            for width in number.len() + 4..60 {
                let lines = wrap(&text, width);
                let whole = lines.iter().map(|line| line.matches(number).count()).sum::<usize>();
                assert_eq!(whole, 3, "{width}: {lines:#?}");
            }
        }
        assert_eq!(wrap("on 555 0199 now", 6), ["on 555", "0199", "now"], "no line has room for it");
        assert_eq!(wrap("In 2026. 14 people", 8), ["In 2026.", "14", "people"], "two sentences");
        assert_eq!(wrap("answers 10, 14", 11), ["answers 10,", "14"], "a list");
    }

    #[test]
    fn no_break_spaces_hold_together() {
        assert_eq!(wrap("at 38\u{a0}°C now", 6), ["at", "38\u{a0}°C", "now"]);
    }

    proptest::proptest! {
        #[test]
        fn only_blanks_are_lost_and_no_line_is_too_long(text in "[a-z 0-9背中、👩é\u{301}\n/-]*", limit in 1usize..20) {
            let lines = wrap(&text, limit);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                assert!(width(&line) <= limit || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
