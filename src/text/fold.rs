//! Typed words without what may be left out: capitals, accents, needless blanks.

use super::clean::clean_line;

/// Two lines that fold to the same were meant to be the same. Nothing that could command a terminal is in it.
pub fn folded(typed: &str) -> String {
    let typed = clean_line(typed);
    let words: Vec<_> = typed.split_whitespace().collect();
    words.join(" ").chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The letter without its accent, for the languages that the program speaks and their neighbours.
fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        '’' => '\'',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn capitals_accents_and_blanks_may_be_left_out() {
        assert_eq!(folded("  ATRÁS "), "atras");
        assert_eq!(folded("por  qué"), "por que");
        assert_eq!(folded("I’m not sure"), "i'm not sure");
        assert_eq!(folded("背中"), "背中");
    }
}
