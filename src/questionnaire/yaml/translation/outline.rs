//! What a translation of one questionnaire must hold.

use serde_json::{Map, Value as Json, json};

use super::super::super::wording::{self, Role, each_text};
use super::super::super::{Audience, Questionnaire, Text};
use super::super::schema;

/// A part of a translation.
#[derive(Debug)]
pub(super) enum Outline {
    Text {
        role: Role,
        original: Text,
    },
    /// Things without ids: as many, and in the same order.
    List(Vec<Outline>),
    Map(Entries),
}

/// Keys, in the order of the questionnaire.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub entries: Vec<(String, Outline)>,
    /// What the keys are ids of; empty: they are words of the format.
    pub ids_of: &'static str,
}

impl Outline {
    pub fn of(questionnaire: &Questionnaire) -> Outline {
        let mut root = Outline::Map(Entries::default());
        each_text(&mut questionnaire.clone(), &mut |name, role, text| {
            root.add(name, 0, Outline::Text { role, original: text.clone() });
        });
        root
    }

    fn add(&mut self, name: &[wording::Step], depth: usize, text: Outline) {
        let Some(step) = name.get(depth) else {
            *self = text;
            return;
        };
        let empty = || match name.get(depth + 1) {
            Some(wording::Step::Index(_)) => Outline::List(Vec::new()),
            _ => Outline::Map(Entries { entries: Vec::new(), ids_of: ids_of(&name[..=depth]) }),
        };
        let next = match (self, step) {
            (Outline::Map(map), wording::Step::Key(key)) => {
                let at = map.entries.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                    map.entries.push(((*key).to_owned(), empty()));
                    map.entries.len() - 1
                });
                &mut map.entries[at].1
            }
            (Outline::List(items), wording::Step::Index(index)) => {
                while items.len() <= *index {
                    items.push(empty());
                }
                &mut items[*index]
            }
            // Names come from one walk, in which a part is never two kinds of thing.
            _ => return,
        };
        next.add(name, depth + 1, text);
    }

    /// How many texts it has, and whether somebody's safety hangs on one of them.
    pub fn texts(&self) -> (usize, bool) {
        let parts: Vec<&Outline> = match self {
            Outline::Text { role, .. } => return (1, role.safety),
            Outline::List(items) => items.iter().collect(),
            Outline::Map(map) => map.entries.iter().map(|(_, part)| part).collect(),
        };
        let counted = parts.into_iter().map(Outline::texts);
        counted.fold((0, false), |(sum, safety), (texts, safe)| (sum + texts, safety || safe))
    }

    /// The JSON Schema of the whole file, of which this is the outline.
    pub fn schema(&self, questionnaire: &Questionnaire) -> Json {
        let text = schema::texts();
        let mut schema = self.part();
        let named = |what: &str| json!({ "type": "string", "description": what });
        schema["properties"]["format"] = schema::format();
        schema["properties"]["language"] =
            named("The language of this file, as BCP 47 writes it: `es`, `pt-BR`.");
        schema["properties"]["of"] = named("The id of the questionnaire.");
        schema["properties"]["version"] = named("The version of the questionnaire that this translates.");
        schema["properties"]["reviewed"] = json!({
            "$ref": "#/$defs/Text",
            "description": "Who reviewed this translation, or that nobody did; shown after the sign-off.",
        });
        schema["required"] = json!(["language", "of", "version", "reviewed"]);
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["title"] = format!("A translation of {}", questionnaire.id).into();
        schema["$defs"] = text;
        schema
    }

    fn part(&self) -> Json {
        match self {
            Outline::Text { original, .. } if *original == Text::default() => {
                json!({ "type": "string", "maxLength": 0, "description": "Empty." })
            }
            Outline::Text { original, .. } => {
                json!({ "$ref": "#/$defs/Text", "description": in_both(original) })
            }
            Outline::List(items) => {
                let one = match items.first() {
                    Some(Outline::List(cells)) => json!({
                        "type": "array",
                        "items": { "$ref": "#/$defs/Text" },
                        "minItems": cells.len(),
                        "maxItems": cells.len(),
                    }),
                    _ => json!({ "$ref": "#/$defs/Text" }),
                };
                json!({
                    "type": "array",
                    "prefixItems": items.iter().map(Outline::part).collect::<Vec<_>>(),
                    "items": one,
                    "minItems": items.len(),
                    "maxItems": items.len(),
                })
            }
            Outline::Map(map) => {
                let mut parts = Map::new();
                for (key, part) in &map.entries {
                    parts.insert(key.clone(), part.part());
                }
                let mut schema = json!({
                    "type": "object",
                    "properties": parts,
                    "additionalProperties": false,
                });
                if !map.ids_of.is_empty() {
                    schema["x-ids-of"] = map.ids_of.into();
                }
                schema
            }
        }
    }
}

/// What the keys below a name are ids of.
fn ids_of(name: &[wording::Step]) -> &'static str {
    use wording::Step::Key;
    match name {
        [Key("contacts")] => "contact",
        [Key("offers")] => "questionnaire",
        [Key("levels")] => "level",
        [Key("sections")] => "section",
        [Key("grids")] => "grid",
        [Key("questions")] => "question",
        [Key("questions"), _, Key("options")] => "option",
        [Key("rules")] => "rule",
        [Key("next_steps")] => "step",
        [Key("learn")] => "page",
        [Key("tables")] => "table",
        _ => "",
    }
}

/// The words for both audiences, as an editor shows them.
fn in_both(text: &Text) -> String {
    let (patient, clinician) = (text.to(Audience::Patient), text.to(Audience::Clinician));
    match patient == clinician {
        true => patient.to_owned(),
        false => format!("patient: {patient}\n\nclinician: {clinician}"),
    }
}
