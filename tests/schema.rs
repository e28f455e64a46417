//! `redflag schema` in the hands of a validator that others have written, as an editor has one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use boon::{Compiler, SchemaIndex, Schemas};
use redflag::questionnaire::diagnostic::Severity;
use redflag::questionnaire::yaml;
use serde_json::{Map, Value, json};

/// The schema, and parts of it, ready to validate with.
struct Validator {
    schemas: Schemas,
    compiler: Compiler,
    whole: SchemaIndex,
}

const NAME: &str = "http://localhost/redflag.schema.json";

impl Validator {
    /// Compiling also checks the schema itself against the rules of its draft.
    fn new() -> Validator {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource(NAME, yaml::schema()).expect("JSON");
        let whole = compiler.compile(NAME, &mut schemas).expect("a schema");
        Validator { schemas, compiler, whole }
    }

    fn refuses(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.whole).err().map(|error| format!("{error:#}"))
    }

    /// What the part of the schema at a JSON pointer says about a value.
    fn refuses_at(&mut self, pointer: &str, value: &Value) -> Option<String> {
        let part = self.compiler.compile(&format!("{NAME}#{pointer}"), &mut self.schemas).expect("a schema");
        self.schemas.validate(value, part).err().map(|error| format!("{error:#}"))
    }
}

/// YAML as JSON, as an editor sees it; keys that are numbers are words. `None`: it isn't YAML.
fn as_json(text: &str) -> Option<Value> {
    fn json(value: serde_yaml::Value) -> Option<Value> {
        Some(match value {
            serde_yaml::Value::Null => Value::Null,
            serde_yaml::Value::Bool(bool) => bool.into(),
            serde_yaml::Value::Number(number) => match number.as_i64() {
                Some(whole) => whole.into(),
                None => number.as_f64()?.into(),
            },
            serde_yaml::Value::String(words) => words.into(),
            serde_yaml::Value::Sequence(items) => items.into_iter().map(json).collect::<Option<_>>()?,
            serde_yaml::Value::Mapping(map) => {
                let entries = map.into_iter().map(|(key, value)| {
                    let key = match json(key)? {
                        Value::String(key) => key,
                        key => key.to_string(),
                    };
                    Some((key, json(value)?))
                });
                Value::Object(entries.collect::<Option<Map<_, _>>>()?)
            }
            serde_yaml::Value::Tagged(_) => return None,
        })
    }
    json(serde_yaml::from_str(text).ok()?)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The YAML files in a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder can be read");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files
}

#[test]
fn every_questionnaire_without_mistakes_fits() {
    let validator = Validator::new();
    let folder = tempfile::tempdir().expect("a folder");
    let new = folder.path().join("new.yaml");
    let written =
        Command::new(env!("CARGO_BIN_EXE_redflag")).arg("new").arg(&new).output().expect("it starts");
    assert_eq!(written.status.code(), Some(0));
    let mut all = files("questionnaires");
    // Translations and scenarios have schemas of their own.
    all.retain(|file| {
        !file.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem.contains('.'))
    });
    all.extend(["tests/fixtures/small.yaml", "docs/author/example.yaml"].map(|file| root().join(file)));
    all.push(new);
    assert!(all.len() >= 4, "{all:?}");
    for file in all {
        let text = fs::read_to_string(&file).expect("the file can be read");
        yaml::load("a.yaml", text.as_bytes()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let value = as_json(&text).expect("YAML");
        assert_eq!(validator.refuses(&value), None, "{}", file.display());
    }
}

/// Files with a mistake that isn't one of YAML, and that the schema lets through: it sees one place at a time.
const LET_THROUGH: &[(&str, &str)] = &[
    ("anchor", "YAML has anchors, and whoever reads the schema sees what they stand for"),
    ("circular-definitions", "which names a definition uses"),
    ("comparing-unordered", "what type the question has"),
    ("comparing-with-a-word", "what type the question has"),
    ("comparing-without-order", "what type the question has"),
    ("definition-named-like-a-question", "which names there are"),
    ("definition-with-answer", "which names there are"),
    ("deleted-rule", "which names there are"),
    ("direction-override-in-comment", "comments are not in the values"),
    ("duplicate-ids", "which ids there are"),
    ("format-with-a-point", "1.0 is a whole number there"),
    ("grid-that-is-not-there", "which names there are"),
    ("list-question-as-condition", "which names there are"),
    ("looks-ahead", "the order of the questions"),
    ("looks-ahead-through-definitions", "the order of the questions"),
    ("never-true", "what the question can be answered"),
    ("option-of-a-number", "what type the question has"),
    ("question-without-answer", "which names there are"),
    ("ragged-table", "how many columns there are"),
    ("scale-to-a-hundred", "how far two numbers are apart"),
    ("settle-without-none", "how many options stand alone"),
    ("unknown-definition", "which names there are"),
    ("unknown-level", "which names there are"),
    ("unknown-option", "which names there are"),
    ("unknown-option-far", "which names there are"),
    ("unknown-question", "which names there are"),
    ("unknown-rule", "which names there are"),
    ("unknown-source", "which names there are"),
    ("unsure-not-allowed", "what the question can be answered"),
];

/// Not YAML, or YAML with something that the program refuses before it looks at what it says.
const NOT_READ: &[&str] = &[
    "alias",
    "brace-makes-a-map",
    "bracket-in-brackets",
    "colon-in-brackets",
    "control-character-in-file",
    "duplicate-key",
    "duplicate-key-in-condition",
    "en-dash-as-an-entry",
    "full-width-colon",
    "ideographic-space-after-a-colon",
    "key-inside-a-key",
    "no-break-space-after-a-dash",
    "no-break-space-before-a-map",
    "no-break-space-in-indentation",
    "not-utf-8",
    "not-yaml",
    "quote-at-the-beginning",
    "quote-inside-quotes",
    "second-document",
    "tab-as-indentation",
    "tag",
    "text-begins-with-a-bracket",
    "text-begins-with-a-greater-sign",
    "text-begins-with-a-percent-sign",
    "typographic-quotes",
    "unclosed-bracket",
    "wrong-indentation",
];

/// Nothing is wrong with these; what is said of them are warnings.
const ONLY_WARNINGS: &[&str] = &[
    "always-true",
    "comma-in-a-list-of-signs",
    "comma-in-a-list",
    "ids-that-look-the-same",
    "right-to-left-language",
    "right-to-left-letters",
    "unused",
    "words-that-read-the-same",
    "yes-before-no",
];

#[test]
fn every_mistake_that_one_place_shows_is_refused() {
    let validator = Validator::new();
    let (mut let_through, mut not_read, mut only_warnings) = (Vec::new(), Vec::new(), Vec::new());
    for file in files("tests/mistakes") {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&file).expect("the file can be read");
        let value = std::str::from_utf8(&bytes).ok().and_then(as_json);
        let is_wrong = match yaml::load("a.yaml", &bytes) {
            Ok(_) => false,
            Err(mistakes) => mistakes.iter().any(|mistake| mistake.severity == Severity::Error),
        };
        match value {
            None => not_read.push(name),
            Some(value) => match (is_wrong, validator.refuses(&value)) {
                (true, Some(_)) => {}
                (true, None) => let_through.push(name),
                (false, refused) => {
                    assert_eq!(refused, None, "{name}");
                    only_warnings.push(name);
                }
            },
        }
    }
    let known: Vec<&str> = LET_THROUGH.iter().map(|(name, _)| *name).collect();
    let_through.sort();
    not_read.sort();
    assert_eq!(let_through, known, "let through");
    assert_eq!(not_read, NOT_READ, "not read");
    assert_eq!(only_warnings, ONLY_WARNINGS, "only warnings");
}

/// Each mistake alone, in a file without any other.
#[test]
fn keys_go_with_types_and_words_with_places() {
    let validator = Validator::new();
    let small = fs::read_to_string(root().join("tests/fixtures/small.yaml")).expect("the file can be read");
    let right = as_json(&small).expect("YAML");
    let question = |id: &str| {
        let sections = right["sections"].as_array().expect("sections").iter().enumerate();
        let mut places = sections.flat_map(|(section, value)| {
            let questions = value["questions"].as_array().expect("questions").iter().enumerate();
            questions
                .map(move |(index, question)| (format!("/sections/{section}/questions/{index}"), question))
        });
        places.find(|(_, question)| question["id"] == id).expect("a question").0
    };
    let (many, one, scale, number, yes_no, body_map, text, note) = (
        question("signs"),
        question("numb_since"),
        question("severity"),
        question("age"),
        question("cancer_history"),
        question("sites"),
        question("words"),
        question("hello"),
    );
    let exclusive = |id: &str| json!({ "id": id, "label": id, "exclusive": true });
    let cases = [
        // Needed keys.
        (many.as_str(), "options", Value::Null),
        (&one, "options", Value::Null),
        (&body_map, "options", Value::Null),
        (&scale, "min", Value::Null),
        (&number, "max", Value::Null),
        // Keys of other types.
        (&yes_no, "options", json!([{ "id": "a", "label": "A" }, { "id": "b", "label": "B" }])),
        (&number, "ordered", json!(true)),
        (&many, "min", json!(1)),
        (&scale, "decimals", json!(1)),
        (&scale, "unit", json!("m")),
        (&number, "labels", json!({ "1": "one" })),
        (&many, "say", json!("I say.")),
        (&many, "least", json!("none")),
        (&number, "never_below", json!("soon")),
        (&note, "unsure", json!(true)),
        (&note, "optional", json!(true)),
        (&note, "concern", json!("none")),
        (&note, "red_flag", json!(true)),
        (&yes_no, "concern", json!("higher")),
        (&text, "concern", json!("lower")),
        (&one, "least", json!("long")),
        (&many, "nothing", json!("none")),
        (&yes_no, "nothing", json!("no")),
        (&scale, "reference", json!({ "min": 1 })),
        (&number, "reference", json!({})),
        (&number, "reference", json!({ "min": 1, "mix": 2 })),
        // Values.
        (&scale, "min", json!(0.5)),
        (&number, "max", json!(2e9)),
        (&number, "decimals", json!(7)),
        (&scale, "labels", json!({ "most": "the worst" })),
        (&number, "id", json!("any")),
        (&number, "id", json!("Age")),
        (&number, "id", json!("a".repeat(61))),
        (&number, "ask", json!("How {old} are you?")),
        (&number, "say", json!("I am {age}.")),
        (&many, "sources", json!(["guide", "guide"])),
        (&many, "options", json!([{ "id": "a", "label": "A" }])),
        (&many, "options", json!([exclusive("a"), exclusive("b")])),
        (&many, "options", json!([exclusive("unsure"), { "id": "b", "label": "B" }])),
        (&one, "options", json!([exclusive("a"), { "id": "b", "label": "B" }])),
        (&one, "options", json!([{ "id": "a", "label": "A", "region": "hip" }, { "id": "b", "label": "B" }])),
        (&body_map, "options", json!([{ "id": "hip", "label": "A" }, { "id": "left_leg", "label": "B" }])),
        // Conditions.
        (&yes_no, "ask_if", json!("any")),
        (&yes_no, "ask_if", json!({})),
        (&yes_no, "ask_if", json!(["strong"])),
        (&yes_no, "ask_if", json!({ "age": 18 })),
        (&yes_no, "ask_if", json!({ "age": { "atleast": 18 } })),
        (&yes_no, "ask_if", json!({ "signs": ["numb", "numb"] })),
        (&yes_no, "ask_if", json!({ "at_least": 1 })),
        (&yes_no, "ask_if", json!({ "rule": "E01" })),
        (&yes_no, "ask_if", json!({ "not": { "any": [{ "unsure_answers": true }] } })),
        ("/rules/0", "when", json!({ "all": [{ "rule": "E02" }] })),
        ("/next_steps/0", "when", json!({ "unsure_answers": "yes" })),
        ("/next_steps/0", "when", json!({ "rule": [] })),
        ("/definitions", "strong", json!({ "rule": "E01" })),
        ("/definitions", "any", json!({ "signs": "numb" })),
        ("/definitions", "Strong", json!({ "signs": "numb" })),
        // The rest.
        ("/rules/0", "id", json!("E-01")),
        ("/rules/0", "because", json!("Two\nlines")),
        ("/rules/0", "because", json!({ "patient": "Only for one." })),
        ("/levels/0", "act", json!("Call {the doctor} now.")),
        ("/levels/0", "title", json!("  ")),
        ("/levels/0", "within", json!([{ "say": "now", "when": "cancer" }])),
        ("/next_steps/0", "levels", json!([])),
        ("/next_steps/0", "levels", json!(["soon", "soon"])),
        ("/return_list", "items", json!([])),
        ("/tables/0", "columns", json!([])),
        ("", "sections", json!([])),
        ("", "rules", json!([])),
        ("", "id", json!("my_check")),
        ("", "title", json!("A \u{1b}[31m title")),
        ("/sources", "A Guide", json!({ "title": "A guide" })),
        ("/contacts", "answer", json!("your answer")),
        ("/contacts", "The Clinic", json!("your clinic")),
        ("/contacts", "night_line", json!("a {clinic}")),
    ];
    assert_eq!(validator.refuses(&right), None);
    for (at, key, value) in cases {
        let mut wrong = right.clone();
        let place = wrong.pointer_mut(at).and_then(Value::as_object_mut).expect("a map");
        match value {
            Value::Null => drop(place.remove(key).expect("it was there")),
            value => drop(place.insert(key.to_owned(), value)),
        }
        assert!(
            validator.refuses(&wrong).is_some(),
            "{at}/{key} is let through: {}",
            wrong.pointer(at).unwrap()
        );
        // And the program refuses it too: the schema is no stricter than what it describes.
        let text = serde_yaml::to_string(&wrong).expect("YAML");
        assert!(yaml::load("a.yaml", text.as_bytes()).is_err(), "{at}/{key} is right: {text}");
    }
}

#[test]
fn every_key_has_a_description_and_an_example_that_fits() {
    let mut validator = Validator::new();
    let schema = yaml::schema();
    let mut keys = Vec::new();
    collect(&schema, String::new(), &mut keys);
    assert!(keys.len() > 100, "only {} keys", keys.len());
    let mut examples = 0;
    for pointer in keys {
        let key = schema.pointer(&pointer).expect("it is there");
        // Forbidden there.
        if key == &Value::Bool(false) {
            continue;
        }
        let description = key["description"].as_str().unwrap_or_default();
        assert!(description.len() >= 5 && description.ends_with('.'), "{pointer}: {description:?}");
        // Words of conditions and texts stand in many places, and their examples where they are used.
        if pointer.starts_with("/properties/") || has_examples(&pointer) {
            let example = key["examples"][0].clone();
            assert!(!example.is_null(), "{pointer} has no example");
            assert_eq!(validator.refuses_at(&pointer, &example), None, "{pointer}");
            examples += 1;
        }
    }
    assert!(examples > 90, "only {examples} examples");
}

/// Whether this is a key of a part of the file, and no word of a condition or text.
fn has_examples(pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').collect();
    let inner = ["Condition", "LaterCondition", "Line", "Text", "AdviceLine", "Advice", "AnswerLine", "Cell"];
    matches!(parts.as_slice(), ["", "$defs", part, "properties", _] if !inner.contains(part))
}

/// The JSON pointers of all keys, but for those that only say which keys go with which.
fn collect(schema: &Value, at: String, keys: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for (word, value) in map {
                if matches!(word.as_str(), "if" | "then" | "else" | "allOf" | "not" | "examples")
                    && !at.ends_with("/properties")
                {
                    continue;
                }
                if word == "properties" && !at.ends_with("/properties") {
                    // Inside of an option, these say what goes with what.
                    let names = value.as_object().expect("keys").keys();
                    keys.extend(names.map(|name| format!("{at}/properties/{name}")));
                }
                collect(value, format!("{at}/{word}"), keys);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{at}/{index}"), keys));
        }
        _ => {}
    }
}

#[test]
fn every_part_of_the_schema_is_used_and_there() {
    fn references(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let schema = yaml::schema();
    let mut found = BTreeSet::new();
    references(&schema, &mut found);
    let there: BTreeSet<String> =
        schema["$defs"].as_object().expect("parts").keys().map(|name| format!("#/$defs/{name}")).collect();
    assert_eq!(found, there);
}
