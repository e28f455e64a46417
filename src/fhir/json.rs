//! JSON by other programs. No object may have a key twice: whoever reads one takes the last value, and nobody learns that
//! there was another.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// # Errors
/// Why the bytes can't be read as JSON.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match serde_json::from_slice::<Once>(bytes) {
        Ok(Once(value)) => Ok(value),
        Err(_) if bytes.trim_ascii_start().starts_with(b"<") => {
            Err("this looks like XML. Export the resource as JSON".to_owned())
        }
        Err(error) => Err(format!("this is not JSON: {error}")),
    }
}

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(OnceVisitor).map(Once)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Once(value)) = entries.next_element()? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Once(value))) = entries.next_entry::<String, Once>()? {
            if map.contains_key(&key) {
                return Err(Error::custom(format_args!(
                    "the key `{}` appears twice",
                    super::shown::shown(&key)
                )));
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_what_any_reader_of_json_reads() {
        let text = r#"{ "a": [1, -2, 0.5, 1e3, "x\n", true, null, {}], "b": { "a": 18446744073709551615 } }"#;
        assert_eq!(read(text.as_bytes()), Ok(serde_json::from_str(text).unwrap()));
        assert_eq!(
            read(format!("\u{FEFF}{text}").as_bytes()),
            read(text.as_bytes()),
            "with a mark of its encoding"
        );
    }

    #[test]
    fn a_key_that_appears_twice_is_refused_wherever_it_is() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"[{"b": [{"a": 1, "\u0061": 2}]}]"#] {
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.contains("`a` appears twice"), "{why}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused_with_the_reason() {
        assert!(read(b"\n <Questionnaire xmlns=\"http://hl7.org/fhir\"/>").unwrap_err().contains("XML"));
        for bytes in [&b""[..], b"{", b"{}{}", b"\xFF\xFE{\0}\0", &[b'['; 100_000]] {
            assert!(read(bytes).unwrap_err().contains("not JSON"), "{}", bytes.len());
        }
    }
}
