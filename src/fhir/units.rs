//! Units as UCUM writes them. A unit that is not here goes along as words, without a code.

use super::model::{Coding, Decimal, Quantity};
use super::names::UCUM;

/// What questionnaires write, and its code. Letters are compared as they are: `mL` and `ML` are not one.
const CODES: [(&str, &str); 70] = [
    ("year", "a"),
    ("years", "a"),
    ("años", "a"),
    ("month", "mo"),
    ("months", "mo"),
    ("meses", "mo"),
    ("week", "wk"),
    ("weeks", "wk"),
    ("semanas", "wk"),
    ("day", "d"),
    ("days", "d"),
    ("días", "d"),
    ("hour", "h"),
    ("hours", "h"),
    ("horas", "h"),
    ("minute", "min"),
    ("minutes", "min"),
    ("minutos", "min"),
    ("min", "min"),
    ("s", "s"),
    ("seconds", "s"),
    ("°C", "Cel"),
    ("°F", "[degF]"),
    ("kg", "kg"),
    ("g", "g"),
    ("mg", "mg"),
    ("µg", "ug"),
    ("ug", "ug"),
    ("lb", "[lb_av]"),
    ("m", "m"),
    ("dm", "dm"),
    ("cm", "cm"),
    ("mm", "mm"),
    ("km", "km"),
    ("in", "[in_i]"),
    ("ft", "[ft_i]"),
    ("L", "L"),
    ("l", "l"),
    ("dL", "dL"),
    ("mL", "mL"),
    ("ml", "ml"),
    ("%", "%"),
    ("mm/h", "mm/h"),
    ("g/L", "g/L"),
    ("g/dL", "g/dL"),
    ("g/l", "g/l"),
    ("g/dl", "g/dl"),
    ("mg/L", "mg/L"),
    ("mg/l", "mg/l"),
    ("mg/dL", "mg/dL"),
    ("mg/dl", "mg/dl"),
    ("µg/L", "ug/L"),
    ("ug/L", "ug/L"),
    ("µg/l", "ug/l"),
    ("ng/mL", "ng/mL"),
    ("ng/ml", "ng/ml"),
    ("pg/mL", "pg/mL"),
    ("mmol/L", "mmol/L"),
    ("mmol/l", "mmol/l"),
    ("µmol/L", "umol/L"),
    ("nmol/L", "nmol/L"),
    ("pmol/L", "pmol/L"),
    ("mmol/mol", "mmol/mol"),
    ("U/L", "U/L"),
    ("IU/L", "[IU]/L"),
    ("mIU/L", "m[IU]/L"),
    ("mmHg", "mm[Hg]"),
    ("kPa", "kPa"),
    ("/min", "/min"),
    ("bpm", "{beats}/min"),
];

pub fn code(unit: &str) -> Option<&'static str> {
    // The Greek letter and the sign for micro look alike.
    let unit = unit.trim().replace('\u{3BC}', "\u{B5}");
    CODES.iter().find(|(written, _)| *written == unit).map(|(_, code)| *code)
}

/// Whether two UCUM codes say the same: a litre is `l` or `L`, and what is in braces is a remark.
pub fn is_same(code: &str, other: &str) -> bool {
    fn plain(code: &str) -> String {
        let outside = code.split('{').map(|part| part.split_once('}').map_or(part, |(_, outside)| outside));
        let outside: String = outside.collect();
        let parts = outside.split_inclusive(['/', '.']);
        parts.map(|part| litre(part).unwrap_or_else(|| part.to_owned())).collect()
    }

    fn litre(part: &str) -> Option<String> {
        let (unit, sign) = part.split_at(part.find(['/', '.']).unwrap_or(part.len()));
        let prefix = unit.strip_suffix('l')?;
        ["", "u", "m", "c", "d", "n", "p", "f"].contains(&prefix).then(|| format!("{prefix}L{sign}"))
    }

    plain(code) == plain(other)
}

/// What a UCUM code is called in a questionnaire.
pub fn unit(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(_, known)| *known == code).map(|(written, _)| *written)
}

/// The unit as a coding, in UCUM where it has a code there.
pub fn coding(unit: &str) -> Coding {
    match code(unit) {
        Some(code) => Coding::new(UCUM, code).with_display(unit),
        None => Coding::default().with_display(unit),
    }
}

pub fn quantity(value: f64, unit: &str) -> Quantity {
    let code = code(unit);
    Quantity {
        value: Some(Decimal(value)),
        unit: Some(unit.to_owned()),
        system: code.map(|_| UCUM.to_owned()),
        code: code.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_say_the_same_are_known_as_that_and_no_others() {
        for (code, other) in [
            ("mmol/L", "mmol/l"),
            ("ml", "mL"),
            ("g/dl", "g/dL"),
            ("{beats}/min", "/min"),
            ("ug{total}/L", "ug/l"),
            ("l.h", "L.h"),
        ] {
            assert!(is_same(code, other) && is_same(other, code), "{code} {other}");
        }
        for (code, other) in [
            ("mmol/L", "mmol"),
            ("mol", "moL"),
            ("cal", "caL"),
            ("Ml", "ml"),
            ("/min", "min"),
            ("a", "A"),
            ("{", "m"),
        ] {
            assert!(!is_same(code, other), "{code} {other}");
        }
    }
}
