//! A Questionnaire of others as a questionnaire of ours: a file that loads and asks, with remarks at every place where
//! a person has to decide something. What it means is not in a form, so levels and rules are for a person to write.

mod conditions;
mod ids;
mod numbers;
mod options;
mod walk;
mod write;

use std::fmt;

use serde_json::Value as Json;

use super::loss::Loss;
use super::shown::shown;
use crate::questionnaire::yaml;

/// Why a resource can't become a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// What it is instead.
    NoForm(String),
    /// Of a Bundle: how many forms are in it.
    NotOne(usize),
    /// Nothing in it can be answered.
    AsksNothing,
    /// The file would have more bytes than one may have.
    TooLong(usize),
    /// The loader's first complaint about what was written.
    DoesNotLoad(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refused::NoForm(what) => write!(f, "{what}, so it is not a Questionnaire"),
            Refused::NotOne(count) => {
                write!(f, "the Bundle has {count} Questionnaires: give one at a time")
            }
            Refused::AsksNothing => f.write_str("nothing in this form can be answered"),
            Refused::TooLong(bytes) => {
                write!(
                    f,
                    "the file would be {bytes} bytes long, and the limit is {}: split the form",
                    yaml::MAX_BYTES
                )
            }
            Refused::DoesNotLoad(why) => {
                write!(f, "redflag can't read the file that it made of this form: {why}")
            }
        }
    }
}

impl std::error::Error for Refused {}

/// A questionnaire file, and what did not go along.
#[derive(Debug)]
pub struct Converted {
    pub yaml: String,
    pub loss: Vec<Loss>,
}

/// The form in a resource: itself, or the only one in a Bundle.
///
/// # Errors
/// When there is none, or more than one.
pub fn find(resource: &Json) -> Result<&Json, Refused> {
    match resource["resourceType"].as_str() {
        Some("Questionnaire") => Ok(resource),
        Some("Bundle") => {
            let forms: Vec<&Json> =
                entries(resource).filter(|it| it["resourceType"] == "Questionnaire").collect();
            match forms.as_slice() {
                [one] => Ok(one),
                others => Err(Refused::NotOne(others.len())),
            }
        }
        Some(other) => Err(Refused::NoForm(format!("this is a resource of the type {}", shown(other)))),
        None => Err(Refused::NoForm("this has no resourceType".to_owned())),
    }
}

/// The resources in a Bundle.
fn entries(bundle: &Json) -> impl Iterator<Item = &Json> {
    list(&bundle["entry"]).iter().map(|entry| &entry["resource"])
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The extensions of an element with this address.
fn extensions<'j>(element: &'j Json, url: &'j str) -> impl Iterator<Item = &'j Json> {
    list(&element["extension"]).iter().filter(move |extension| extension["url"] == url)
}

/// The code that a control or a category has, whatever its system.
fn control<'j>(element: &'j Json, url: &'j str) -> Option<&'j str> {
    let concept = &extensions(element, url).next()?["valueCodeableConcept"];
    list(&concept["coding"]).iter().find_map(|coding| coding["code"].as_str())
}

/// Makes the file. `resource` may have value sets beside the form.
///
/// # Errors
/// When nothing could be asked with it.
pub fn convert(resource: &Json) -> Result<Converted, Refused> {
    let form = find(resource)?;
    let beside: Vec<&Json> = list(&form["contained"]).iter().chain(entries(resource)).collect();
    let mut found = walk::walk(form, &beside);
    if !found.asked.iter().any(|asked| asked.kind.takes_answer()) {
        return Err(Refused::AsksNothing);
    }
    conditions::resolve(&mut found);
    match written(form, &found) {
        // What is asked more often than was meant is harmless; a file that can't be read is no use.
        Err(Refused::DoesNotLoad(why)) => {
            let dropped = conditions::drop_all(&mut found, &why);
            if dropped { written(form, &found) } else { Err(Refused::DoesNotLoad(why)) }
        }
        done => done,
    }
}

fn written(form: &Json, found: &walk::Found) -> Result<Converted, Refused> {
    let yaml = write::write(form, found);
    if yaml.len() > yaml::MAX_BYTES {
        return Err(Refused::TooLong(yaml.len()));
    }
    match yaml::load("converted.yaml", yaml.as_bytes()) {
        Ok(_) => Ok(Converted { yaml, loss: write::loss(found) }),
        Err(mistakes) => {
            let first = mistakes.first().map(|mistake| mistake.message.clone());
            Err(Refused::DoesNotLoad(first.unwrap_or_default()))
        }
    }
}
