//! Which types of columns can hold answers, and what is in them.

use parquet::basic::{ConvertedType, LogicalType, Type as Physical};
use parquet::schema::types::ColumnDescPtr;

use crate::questionnaire::Domain;
use crate::sql::Holds;

/// How the values of a column are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    /// Of 32 or 64 bits, with so many decimals.
    Integer {
        is_signed: bool,
        scale: u32,
    },
    /// Of 32 or 64 bits.
    Float,
    /// A decimal number of any length.
    Bytes {
        scale: u32,
    },
    /// A decimal number of so many bytes.
    Fixed {
        scale: u32,
        width: usize,
    },
    Uuid,
    /// A whole number that names something: its digits count.
    Number {
        is_signed: bool,
    },
    Text,
    /// Several texts in one row.
    List,
}

/// The most bytes that a decimal number may have.
const WIDEST: usize = 16;

impl Kind {
    /// `None`: its values can't be answers.
    pub fn of(described: &ColumnDescPtr, is_list: bool) -> Option<Kind> {
        let (logical, converted) = (described.logical_type_ref(), described.converted_type());
        let is_plain = logical.is_none() && converted == ConvertedType::NONE;
        let is_decimal =
            matches!(logical, Some(LogicalType::Decimal { .. })) || converted == ConvertedType::DECIMAL;
        let scale = if is_decimal {
            u32::try_from(described.type_scale()).ok().filter(|&scale| scale <= 38)?
        } else {
            0
        };
        let is_text = is_plain
            || matches!(logical, Some(LogicalType::String | LogicalType::Enum | LogicalType::Json))
            || matches!(converted, ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON);
        let kind = match described.physical_type() {
            Physical::BYTE_ARRAY if is_text && is_list => Kind::List,
            _ if is_list => return None,
            Physical::BOOLEAN => Kind::Flag,
            Physical::INT32 | Physical::INT64 if is_decimal || is_plain => {
                Kind::Integer { is_signed: true, scale }
            }
            Physical::INT32 | Physical::INT64 => {
                let is_signed = match (logical, converted) {
                    (Some(LogicalType::Integer(integer)), _) => integer.is_signed,
                    (
                        None,
                        ConvertedType::INT_8
                        | ConvertedType::INT_16
                        | ConvertedType::INT_32
                        | ConvertedType::INT_64,
                    ) => true,
                    (
                        None,
                        ConvertedType::UINT_8
                        | ConvertedType::UINT_16
                        | ConvertedType::UINT_32
                        | ConvertedType::UINT_64,
                    ) => false,
                    _ => return None,
                };
                Kind::Integer { is_signed, scale: 0 }
            }
            Physical::FLOAT | Physical::DOUBLE => Kind::Float,
            Physical::BYTE_ARRAY if is_decimal => Kind::Bytes { scale },
            Physical::BYTE_ARRAY if is_text => Kind::Text,
            Physical::FIXED_LEN_BYTE_ARRAY => {
                let width = usize::try_from(described.type_length()).ok()?;
                match logical {
                    Some(LogicalType::Uuid) if width == 16 => Kind::Uuid,
                    _ if is_decimal && (1..=WIDEST).contains(&width) => Kind::Fixed { scale, width },
                    _ => return None,
                }
            }
            Physical::BYTE_ARRAY | Physical::INT96 => return None,
        };
        Some(kind)
    }

    /// Whether such values can answer a question. `Err`: what is needed.
    pub fn fits(&self, domain: &Domain, holds: Holds) -> Result<(), &'static str> {
        let is_number =
            matches!(self, Kind::Integer { .. } | Kind::Float | Kind::Bytes { .. } | Kind::Fixed { .. });
        let (is_right, needed) = match (holds, domain) {
            (Holds::Option(_) | Holds::Unsure, _) => {
                (is_number || matches!(self, Kind::Flag | Kind::Text), "a boolean, 1 or 0")
            }
            (Holds::List, _) | (Holds::Answer, Domain::Several) => {
                (matches!(self, Kind::Text | Kind::List), "text, or a list of texts")
            }
            (Holds::Answer, Domain::Number(_)) => (is_number || *self == Kind::Text, "a number or text"),
            (Holds::Answer, _) => (*self == Kind::Text, "text"),
        };
        if is_right { Ok(()) } else { Err(needed) }
    }

    /// How the column is read that says what a sheet is called. `None`: it can't be.
    pub fn of_id(self) -> Option<Kind> {
        match self {
            Kind::Integer { is_signed, scale: 0 } => Some(Kind::Number { is_signed }),
            Kind::Text | Kind::Uuid => Some(self),
            _ => None,
        }
    }

    /// What reading a value of it takes, against that of a flag.
    pub fn cost(&self) -> u64 {
        match self {
            Kind::Flag => 1,
            Kind::Integer { .. } | Kind::Float => 2,
            Kind::Bytes { .. } | Kind::Fixed { .. } | Kind::Uuid | Kind::Number { .. } | Kind::Text => 6,
            Kind::List => 10,
        }
    }

    /// Bytes of a value, where that is always the same.
    pub fn width(&self) -> usize {
        match self {
            Kind::Fixed { width, .. } => *width,
            Kind::Uuid => 16,
            _ => 0,
        }
    }

    /// A decimal number, the highest byte first.
    pub fn number_in(bytes: &[u8], scale: u32) -> f64 {
        if bytes.is_empty() || bytes.len() > WIDEST {
            return f64::NAN;
        }
        let negative = bytes[0] >= 0x80;
        let number = bytes
            .iter()
            .fold(if negative { -1 } else { 0 }, |number: i128, &byte| number << 8 | i128::from(byte));
        decimal(number, scale)
    }

    pub fn uuid(bytes: &[u8]) -> String {
        let mut text = String::with_capacity(36);
        for (at, byte) in bytes.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text += &format!("{byte:02x}");
        }
        text
    }
}

/// A number with its last `scale` digits behind the point: the same as reading it from a text.
pub(super) fn decimal(number: i128, scale: u32) -> f64 {
    if scale == 0 {
        return number as f64;
    }
    let is_exact = number.unsigned_abs() < 1 << 53 && scale <= 22;
    match is_exact {
        // Both are exact, so the quotient is the nearest number there is.
        true => number as f64 / 10f64.powi(scale as i32),
        false => format!("{number}e-{scale}").parse().unwrap_or(f64::NAN),
    }
}

/// A type as the schema of a file names it.
pub(super) fn name_of(described: &ColumnDescPtr) -> String {
    let logical = described.logical_type_ref().map(|logical| format!("{logical:?}"));
    let name = match logical {
        Some(logical) => {
            logical.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_uppercase()
        }
        None if described.converted_type() != ConvertedType::NONE => described.converted_type().to_string(),
        None => return described.physical_type().to_string(),
    };
    format!("{name} ({})", described.physical_type())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_numbers_are_those_that_are_read_from_a_text() {
        for (number, scale, text) in [
            (45, 1, "4.5"),
            (-385, 1, "-38.5"),
            (7, 0, "7"),
            (123_456, 6, "0.123456"),
            (1 << 60, 3, "1152921504606846.976"),
        ] {
            assert_eq!(decimal(number, scale), text.parse::<f64>().unwrap(), "{text}");
        }
        assert_eq!(Kind::number_in(&[0xfe, 0x7f], 1), -38.5);
        assert_eq!(Kind::number_in(&[0x01, 0x81], 1), 38.5);
        assert!(Kind::number_in(&[], 1).is_nan() && Kind::number_in(&[1; 17], 1).is_nan());
        assert_eq!(Kind::uuid(&[0xab; 16]), "abababab-abab-abab-abab-abababababab");
    }
}
