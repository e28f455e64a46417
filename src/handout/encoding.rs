//! The encodings of slip printers. What one lacks becomes the nearest that it has: an accent is rather left out than a
//! letter.

use std::str::FromStr;

pub use crate::site::kiosk::Encoding;

const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

const CP858: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Encoding {
    pub const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Cp437, Encoding::Cp858, Encoding::Ascii];

    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Cp437 => "cp437",
            Encoding::Cp858 => "cp858",
            Encoding::Ascii => "ascii",
        }
    }

    /// The number that printers have for it, as Epson gives it.
    pub fn code_page(self) -> Option<u8> {
        match self {
            Encoding::Cp437 => Some(0),
            Encoding::Cp858 => Some(19),
            Encoding::Utf8 | Encoding::Ascii => None,
        }
    }

    /// The text with what it can't show folded, so that each letter is one that it has.
    pub fn folded(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match self.byte(c) {
                _ if c == '\n' => out.push(c),
                Some(_) => out.push(c),
                None => out.push_str(nearest(c)),
            }
        }
        out
    }

    /// The bytes of a text that was folded.
    pub fn bytes(self, text: &str) -> Vec<u8> {
        if self == Encoding::Utf8 {
            return text.as_bytes().to_vec();
        }
        text.chars().map(|c| if c == '\n' { b'\n' } else { self.byte(c).unwrap_or(b'?') }).collect()
    }

    /// The byte of a letter; of UTF-8 only whether there is one. Control characters have none: they command printers.
    fn byte(self, c: char) -> Option<u8> {
        let upper = match self {
            Encoding::Utf8 => return (!c.is_control()).then_some(b'?'),
            Encoding::Ascii => "",
            Encoding::Cp437 => CP437,
            Encoding::Cp858 => CP858,
        };
        match c {
            c if c.is_ascii() => (!c.is_control()).then_some(c as u8),
            c => upper.chars().position(|other| other == c).and_then(|at| u8::try_from(at + 128).ok()),
        }
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(name: &str) -> Result<Encoding, String> {
        let found = Encoding::ALL.into_iter().find(|encoding| encoding.name() == name.to_ascii_lowercase());
        let names: Vec<_> = Encoding::ALL.iter().map(|encoding| encoding.name()).collect();
        found.ok_or_else(|| format!("`{name}` is none of {}", names.join(", ")))
    }
}

/// ASCII that says the same, as far as there is any.
fn nearest(c: char) -> &'static str {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => "A",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'É' | 'È' | 'Ê' | 'Ë' => "E",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'Í' | 'Ì' | 'Î' | 'Ï' => "I",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' => "o",
        'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' => "O",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'Ú' | 'Ù' | 'Û' | 'Ü' => "U",
        'ñ' => "n",
        'Ñ' => "N",
        'ç' => "c",
        'Ç' => "C",
        'ý' | 'ÿ' => "y",
        'Ý' => "Y",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        '¿' => "?",
        '¡' => "!",
        'ª' => "a",
        'º' => "o",
        '°' => " deg",
        '’' | '‘' => "'",
        '“' | '”' | '«' | '»' => "\"",
        '–' | '—' | '−' | '‑' => "-",
        '…' => "...",
        '•' | '·' | '▲' | '●' => "*",
        '≥' => ">=",
        '≤' => "<=",
        '×' => "x",
        '½' => "1/2",
        'µ' => "u",
        '€' => "EUR",
        '£' => "GBP",
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => " ",
        c if c.is_control() => "",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pages_have_a_letter_for_each_byte() {
        for page in [CP437, CP858] {
            assert_eq!(page.chars().count(), 128);
        }
    }

    #[test]
    fn letters_become_the_bytes_that_printers_have_for_them() {
        let spanish = "áéíóúñÑ¿¡üÁÍ€";
        for (encoding, bytes) in [
            (Encoding::Cp437, &b"\xa0\x82\xa1\xa2\xa3\xa4\xa5\xa8\xad\x81AIEUR"[..]),
            (Encoding::Cp858, b"\xa0\x82\xa1\xa2\xa3\xa4\xa5\xa8\xad\x81\xb5\xd6\xd5"),
            (Encoding::Ascii, b"aeiounN?!uAIEUR"),
            (Encoding::Utf8, spanish.as_bytes()),
        ] {
            assert_eq!(encoding.bytes(&encoding.folded(spanish)), bytes, "{}", encoding.name());
        }
    }

    #[test]
    fn nothing_in_a_text_commands_a_printer() {
        let hostile = "a\u{1b}@b\u{1d}V\0c\r\td\u{7f}\u{9b}\n";
        for encoding in Encoding::ALL {
            let bytes = encoding.bytes(&encoding.folded(hostile));
            assert_eq!(bytes, b"a@bVc d\n", "{}", encoding.name());
        }
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        assert_eq!("CP858".parse(), Ok(Encoding::Cp858));
        let error = "latin1".parse::<Encoding>().expect_err("none of them");
        assert_eq!(error, "`latin1` is none of utf-8, cp437, cp858, ascii");
    }
}
