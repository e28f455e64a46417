//! What a question, an answer or a level is called in a system of codes, for records that others read.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The address of the system: `http://loinc.org`.
    pub system: String,
    pub code: String,
    /// What the system calls it.
    pub display: Option<String>,
}

/// What is wrong with a code, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misspelt {
    /// The key that it is about.
    pub key: &'static str,
    pub message: String,
    pub help: String,
}

pub const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";

/// Systems as they are often written, and as they are called.
const SYSTEMS: [(&str, &str); 6] = [
    ("loinc.org", LOINC),
    ("www.loinc.org", LOINC),
    ("loinc", LOINC),
    ("snomed.info/sct", SNOMED),
    ("snomed.info", SNOMED),
    ("unitsofmeasure.org", "http://unitsofmeasure.org"),
];

impl Code {
    /// Looks at the spelling alone: whether there is such a code, only its system knows.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn check(&self) -> Result<(), Misspelt> {
        let wrong = |key: &'static str, message: String, help: &str| {
            Err(Misspelt { key, message, help: help.to_owned() })
        };
        let lower = self.system.to_ascii_lowercase();
        let bare = lower.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let meant = SYSTEMS.iter().find(|(written, name)| *written == bare && *name != self.system);
        if let Some((_, name)) = meant {
            return wrong(
                "system",
                "this is not the name of the system".to_owned(),
                &format!("write {name}"),
            );
        }
        if !is_address(&self.system) {
            let help = "write its address, such as http://loinc.org";
            return wrong("system", "a system of codes is named by an address".to_owned(), help);
        }
        let is_blank = |c: char| c.is_whitespace() || c.is_control();
        if self.code.is_empty() || self.code.contains(is_blank) {
            return wrong("code", "a code has no spaces".to_owned(), "write it as its system does");
        }
        if self.system == LOINC && !is_loinc(&self.code) {
            let help = "look it up: its last digit, after the `-`, follows from the others";
            return wrong("code", "this is not a LOINC code".to_owned(), help);
        }
        if self.system == SNOMED && !is_snomed(&self.code) {
            let help = "look it up: its last digit follows from the others";
            return wrong("code", "this is not a SNOMED CT code".to_owned(), help);
        }
        match &self.display {
            Some(display) if display.trim().is_empty() => {
                wrong("display", "the name of a code has words".to_owned(), "leave `display` out")
            }
            _ => Ok(()),
        }
    }
}

/// A scheme, a colon, and something behind it.
fn is_address(system: &str) -> bool {
    let Some((scheme, rest)) = system.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.trim_matches('/').is_empty()
        && system.chars().all(|c| {
            c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        })
}

/// Digits and a check digit; or `LA`, `LG`, `LL`, `LP` or `MTHU`, digits and a digit that follows from them in a way
/// that LOINC does not publish.
fn is_loinc(code: &str) -> bool {
    let Some((front, check)) = code.split_once('-') else { return false };
    let digits = front.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let prefix = &front[..front.len() - digits.len()];
    let known = matches!(prefix, "" | "LA" | "LG" | "LL" | "LP" | "MTHU");
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    known
        && all_digits(digits)
        && digits.len() <= 10
        && check.len() == 1
        && all_digits(check)
        && (!prefix.is_empty() || Some(check) == mod_10(digits).as_deref())
}

/// The check digit of LOINC: every second digit from the right is doubled, and the digits of all are added.
fn mod_10(digits: &str) -> Option<String> {
    let mut sum = 0;
    for (at, digit) in digits.chars().rev().enumerate() {
        let digit = digit.to_digit(10)?;
        let value = if at % 2 == 0 { digit * 2 } else { digit };
        sum += value / 10 + value % 10;
    }
    Some(((10 - sum % 10) % 10).to_string())
}

/// 6 to 18 digits of which the last is Verhoeff's check.
fn is_snomed(code: &str) -> bool {
    const TIMES: [[usize; 10]; 10] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
        [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
        [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
        [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
        [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
        [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
        [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
        [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
        [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    ];
    const TURNED: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    if !(6..=18).contains(&code.len()) || code.starts_with('0') {
        return false;
    }
    let mut check = 0;
    for (at, byte) in code.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = (0..at % 8).fold(usize::from(byte - b'0'), |digit, _| TURNED[digit]);
        check = TIMES[check][digit];
    }
    check == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(system: &str, code: &str) -> Result<(), &'static str> {
        let code = Code { system: system.to_owned(), code: code.to_owned(), display: None };
        code.check().map_err(|misspelt| misspelt.key)
    }

    #[test]
    fn a_digit_too_many_or_turned_around_is_noticed() {
        for right in ["30525-0", "718-7", "1988-5", "LA33-6", "LA32-8"] {
            assert_eq!(code(LOINC, right), Ok(()), "{right}");
        }
        for wrong in ["30525-1", "305250", "3525-0", "1898-5", "LA33-66", "XX33-6", "", "718-7 "] {
            assert_eq!(code(LOINC, wrong), Err("code"), "{wrong}");
        }
        assert_eq!(code(SNOMED, "22298006"), Ok(()));
        for wrong in ["22298060", "22289006", "2229800", "022298006", "abc"] {
            assert_eq!(code(SNOMED, wrong), Err("code"), "{wrong}");
        }
    }

    #[test]
    fn a_system_is_an_address_and_has_its_own_name() {
        for wrong in
            ["loinc", "https://loinc.org", "http://loinc.org/", "HTTP://LOINC.ORG", "", "a b:c", "http://"]
        {
            assert_eq!(code(wrong, "718-7"), Err("system"), "{wrong}");
        }
        for right in ["urn:oid:2.16.840.1.113883.6.96", "http://example.org/codes"] {
            assert_eq!(code(right, "any thing".split(' ').next().unwrap_or_default()), Ok(()), "{right}");
        }
    }
}
