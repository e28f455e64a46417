//! Text broken into lines of a given width, as a terminal counts it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// `text` in lines of at most `width` columns. Blanks at breaks go, line breaks in `text` stay, and
/// nothing else is lost: a word longer than a line is broken, between graphemes. A grapheme wider than
/// the line stands alone. An empty text is one empty line.
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
    for piece in pieces(text) {
        let piece_width = width(piece.text);
        let gap = if piece.after_blank && !line.is_empty() { blank } else { 0 };
        if line_width + gap + piece_width <= limit {
            if gap > 0 {
                line.push(' ');
            }
            line.push_str(piece.text);
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
struct Piece<'a> {
    text: &'a str,
    after_blank: bool,
}

/// Words; and within words of ideographs and kana, which know no blanks, every character.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    text.split(is_breaking_blank).filter(|word| !word.is_empty()).flat_map(|word| {
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
            .map(move |(start, end)| Piece { text: &word[start..end], after_blank: start == 0 })
    })
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
    fn no_break_spaces_hold_together() {
        assert_eq!(wrap("at 38\u{a0}°C now", 6), ["at", "38\u{a0}°C", "now"]);
    }

    proptest::proptest! {
        #[test]
        fn only_blanks_are_lost_and_no_line_is_too_long(text in "[a-z 背中、👩é\u{301}\n-]*", limit in 1usize..20) {
            let lines = wrap(&text, limit);
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                assert!(width(&line) <= limit || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
