//! Resources by other programs that contradict themselves, leave something out, or say what nobody here knows.

use std::fs;
use std::path::Path;
use std::process::Command;

use redflag::fhir::answered::Refused;
use redflag::fhir::codes::Codes;
use redflag::fhir::{Loss, answered, foreign};
use redflag::questionnaire::yaml;
use serde_json::{Value, json};

use super::date;
use super::support::{BACK_PAIN, SMALL};

const ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// What one answer to the patient's form of the small questionnaire becomes, and what is told of it.
fn answered_with(item: Value) -> (Value, Vec<Loss>) {
    let response = json!({
        "resourceType": "QuestionnaireResponse", "status": "in-progress", "authored": "2026-05-21",
        "questionnaire": "urn:redflag:Questionnaire:small-patient|1.0.0", "item": [item],
    });
    let read =
        answered::read(&SMALL, &Codes::of(&SMALL), &response, None, date(2026, 5, 21)).expect("its form");
    let answers = redflag::encounter::json::value(&SMALL, &read.encounter)["answers"].take();
    (answers, read.told)
}

fn not_taken(item: Value, at: &str, why: &str) {
    let (answers, told) = answered_with(item.clone());
    assert_eq!(answers, json!({}), "{item}: {told:?}");
    let found = told.iter().any(|one| one.needs_a_person && one.at == at && one.why.contains(why));
    assert!(found, "{item}: {told:?}");
}

#[test]
fn an_answer_that_says_two_things_is_not_taken() {
    let reason = json!([{ "url": ABSENT, "valueCode": "asked-unknown" }]);
    let numb = json!({ "system": "urn:redflag:CodeSystem:small:signs", "code": "numb" });
    for (question, answer, why) in [
        ("age", json!({ "valueInteger": 30, "valueDecimal": 31 }), "several values"),
        ("signs", json!({ "valueCoding": numb, "valueString": "none" }), "several values"),
        ("age", json!({ "valueInteger": 30, "extension": reason }), "both a value and a reason"),
        (
            "age",
            json!({ "valueInteger": 30, "_valueInteger": { "extension": reason } }),
            "both a value and a reason",
        ),
        (
            "signs",
            json!({ "valueCoding": numb, "_valueCoding": { "extension": reason } }),
            "both a value and a reason",
        ),
        (
            "age",
            json!({ "valueQuantity": { "value": 30, "unit": "months", "code": "a" } }),
            "but its code is a",
        ),
    ] {
        not_taken(json!({ "linkId": question, "answer": [answer] }), question, why);
    }
}

/// What to do by when is counted from the day, so a wrong one is told to a person; elsewhere it may be tomorrow already.
#[test]
fn a_day_that_is_not_there_yet_is_told() {
    for (authored, is_told) in
        [("2026-05-20", false), ("2026-05-22T01:00:00+14:00", false), ("2062-05-21", true)]
    {
        let response = json!({
            "resourceType": "QuestionnaireResponse", "status": "completed", "authored": authored,
            "questionnaire": "urn:redflag:Questionnaire:small-patient|1.0.0",
        });
        let codes = Codes::of(&SMALL);
        let read = answered::read(&SMALL, &codes, &response, None, date(2026, 5, 21)).expect("its form");
        assert_eq!(read.encounter.day.to_string(), authored[..10]);
        let told = read.told.iter().any(|one| one.needs_a_person && one.why.contains("hasn't come yet"));
        assert_eq!(told, is_told, "{authored}: {:?}", read.told);
    }
}

/// FHIR lets nobody use an element with a modifier that they don't know.
#[test]
fn what_a_modifier_may_have_changed_is_not_taken() {
    let modifier = json!([{ "url": "http://example.org/was-denied", "valueBoolean": true }]);
    let age = json!({ "linkId": "age", "answer": [{ "valueInteger": 30 }] });
    assert_eq!(answered_with(age.clone()).0, json!({ "age": 30 }));
    let mut of_item = age.clone();
    of_item["modifierExtension"] = modifier.clone();
    not_taken(of_item, "age", "modifierExtension");
    let mut of_answer = age.clone();
    of_answer["answer"][0]["modifierExtension"] = modifier.clone();
    not_taken(of_answer, "age", "modifierExtension");
    // One of two answers is half an answer.
    let sites = |code: &str| json!({ "valueCoding": { "system": "urn:redflag:CodeSystem:small:sites", "code": code } });
    let mut of_one = json!({ "linkId": "sites", "answer": [sites("neck"), sites("low_back")] });
    of_one["answer"][1]["modifierExtension"] = modifier.clone();
    not_taken(of_one, "sites", "modifierExtension");
    not_taken(
        json!({ "linkId": "section.person", "modifierExtension": modifier, "item": [age] }),
        "section.person",
        "modifierExtension",
    );
    for part in ["modifierExtension", "implicitRules"] {
        let mut response = json!({ "resourceType": "QuestionnaireResponse", "questionnaire": "urn:redflag:Questionnaire:small-patient" });
        response[part] = "http://example.org/rules".into();
        let read = answered::read(&SMALL, &Codes::of(&SMALL), &response, None, date(2026, 5, 21));
        assert_eq!(read.expect_err("refused"), Refused::Modified(part));
    }
}

/// A number that could be in either unit may be wrong by a factor of ten.
#[test]
fn a_number_without_its_unit_is_not_taken_where_there_are_several() {
    let read = |answer: Value| {
        let response = json!({
            "resourceType": "QuestionnaireResponse", "questionnaire": "urn:redflag:Questionnaire:back-pain-clinician",
            "item": [{ "linkId": "calcium", "answer": [answer] }],
        });
        let read = answered::read(&BACK_PAIN, &Codes::of(&BACK_PAIN), &response, None, date(2026, 5, 21));
        let read = read.expect("its form");
        redflag::encounter::json::value(&BACK_PAIN, &read.encounter)["answers"]["calcium"].take()
    };
    let quantity = |value: f64, unit: Value, code: Value| {
        read(json!({ "valueQuantity": { "value": value, "unit": unit, "code": code } }))
    };
    assert_eq!(read(json!({ "valueDecimal": 2.5 })), Value::Null);
    assert_eq!(quantity(2.5, json!("mmol/L"), Value::Null), 2.5);
    assert_eq!(quantity(2.5, Value::Null, json!("mmol/l")), 2.5, "a litre has two signs");
    assert_eq!(quantity(2.5, json!("mmol/l"), Value::Null), 2.5);
    assert_eq!(quantity(10.0, json!("mg/dl"), json!("mg/dL")), 2.5);
    assert_eq!(quantity(4.0, json!("mg/dL"), json!("mmol/L")), Value::Null, "the two contradict each other");
    assert_eq!(quantity(4.0, json!("calcium, mg/dL"), json!("mmol/L")), 4.0, "words that nobody can compare");
}

/// A program that writes no systems still means the codes of the form, whoever gave them.
#[test]
fn a_code_without_its_system_is_that_of_the_form() {
    let read = |system: Value| {
        let mut coding = json!({ "code": "M" });
        coding["system"] = system;
        let response = json!({
            "resourceType": "QuestionnaireResponse", "questionnaire": "urn:redflag:Questionnaire:back-pain-patient",
            "item": [{ "linkId": "sex", "answer": [{ "valueCoding": coding }] }],
        });
        let read = answered::read(&BACK_PAIN, &Codes::of(&BACK_PAIN), &response, None, date(2026, 5, 21));
        redflag::encounter::json::value(&BACK_PAIN, &read.expect("its form").encounter)["answers"]["sex"]
            .take()
    };
    assert_eq!(read(Value::Null), "male");
    assert_eq!(read(json!("http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender")), "male");
    assert_eq!(read(json!("http://example.org/manufacturers")), Value::Null);
}

/// The only question of a form of others, with these parts; the form may have more beside it.
fn converted(item: Value, more: Value) -> (String, Vec<Loss>) {
    let mut form = json!({ "resourceType": "Questionnaire", "title": "T", "item": [item] });
    for (key, value) in more.as_object().into_iter().flatten() {
        form[key] = value.clone();
    }
    let converted = foreign::convert(&form).expect("a file");
    yaml::load("a.yaml", converted.yaml.as_bytes()).expect("no mistakes");
    (converted.yaml, converted.loss)
}

fn tells(loss: &[Loss], words: &str, needs_a_person: bool) -> bool {
    loss.iter().any(|one| one.to_string().contains(words) && one.needs_a_person == needs_a_person)
}

#[test]
fn what_is_said_beside_an_answer_of_a_form_is_told() {
    let score = |url: &str, score: i64| json!([{ "url": url, "valueDecimal": score }]);
    let ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    let item = json!({ "linkId": "q", "text": "How often?", "type": "choice", "answerOption": [
        { "valueCoding": { "code": "a", "display": "Never" }, "extension": score(ordinal, 0), "initialSelected": true },
        { "valueCoding": { "code": "b", "display": "Always", "extension": score(ordinal, 3) } },
        { "valueCoding": { "code": "c", "display": "Often" }, "extension": [{ "url": "http://example.org/colour" }] },
    ] });
    let (yaml, loss) = converted(item, Value::Null);
    assert!(tells(&loss, "Never = 0, Always = 3", true), "{loss:?}");
    assert!(yaml.contains("# LOOK: the form scores its answers (Never = 0, Always = 3)"), "{yaml}");
    assert!(tells(&loss, "http://example.org/colour", false), "{loss:?}");
    assert!(tells(&loss, "initialSelected", false), "{loss:?}");
}

#[test]
fn a_value_set_that_is_not_wholly_in_the_file_is_told() {
    let item = json!({ "linkId": "q", "text": "Which?", "type": "choice", "answerValueSet": "#v" });
    let concepts = json!([{ "code": "a", "display": "A" }, { "code": "b", "display": "B" }]);
    let system = |content: &str| {
        json!({
            "resourceType": "CodeSystem", "url": "http://example.org/s", "content": content,
            "concept": [{ "code": "a", "concept": [{ "code": "a1" }] }, { "code": "b" }],
        })
    };
    let include = |more: Value| {
        let mut include = json!({ "system": "http://example.org/s" });
        for (key, value) in more.as_object().into_iter().flatten() {
            include[key] = value.clone();
        }
        json!({ "compose": { "include": [include] } })
    };
    let cases = [
        (json!({ "expansion": { "total": 2, "contains": concepts } }), Value::Null, false),
        (json!({ "expansion": { "total": 200, "contains": concepts } }), Value::Null, true),
        (include(json!({ "concept": concepts })), Value::Null, false),
        (
            include(json!({ "concept": concepts, "valueSet": ["http://example.org/other"] })),
            Value::Null,
            true,
        ),
        (include(json!({})), system("complete"), false),
        (include(json!({})), system("fragment"), true),
        (
            include(json!({ "filter": [{ "property": "concept", "op": "is-a", "value": "a" }] })),
            system("complete"),
            true,
        ),
    ];
    for (mut set, system, is_partial) in cases {
        set["resourceType"] = "ValueSet".into();
        set["id"] = "v".into();
        let has_system = system.is_object();
        let (yaml, loss) = converted(item.clone(), json!({ "contained": [set, system] }));
        assert_eq!(tells(&loss, "may not have the whole value set", true), is_partial, "{set}: {loss:?}");
        // A concept below another one is an answer too.
        assert_eq!(yaml.contains("a1"), has_system, "{yaml}");
    }
}

#[test]
fn what_would_narrow_an_answer_down_and_has_no_place_is_told() {
    let (_, loss) = converted(
        json!({ "linkId": "q", "text": "When?", "type": "date",
            "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueDate": "2026-01-01" }] }),
        Value::Null,
    );
    assert!(tells(&loss, "minValue", false), "{loss:?}");
    let (_, loss) = converted(
        json!({ "linkId": "q", "text": "How bad?", "type": "integer", "extension": [
            { "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue", "valueInteger": 5 }
        ] }),
        Value::Null,
    );
    assert!(tells(&loss, "steps of 5", true), "{loss:?}");
    let modifier = json!([{ "url": "http://example.org/reversed", "valueBoolean": true }]);
    let (_, loss) = converted(
        json!({ "linkId": "q", "text": "Well?", "type": "boolean", "modifierExtension": modifier }),
        json!({ "modifierExtension": modifier }),
    );
    assert_eq!(
        loss.iter().filter(|one| one.needs_a_person && one.what.contains("reversed")).count(),
        2,
        "{loss:?}"
    );
}

/// A warning for one answer would frighten everybody, or be taken for a part of the question.
#[test]
fn words_below_a_question_keep_their_condition() {
    let item = json!({ "linkId": "pain", "text": "Chest pain?", "type": "boolean", "item": [
        { "linkId": "help", "text": "Any pain counts.", "type": "display", "extension": [{ "url": "http://example.org/colour" }] },
        { "linkId": "alarm", "text": "Call for help now.", "type": "display",
            "enableWhen": [{ "question": "pain", "operator": "=", "answerBoolean": true }] },
        { "linkId": "unseen", "text": "For programs.", "type": "display", "extension": [
            { "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true }] },
    ] });
    let (yaml, loss) = converted(item, Value::Null);
    let questionnaire = yaml::load("a.yaml", yaml.as_bytes()).expect("no mistakes").questionnaire;
    let ids: Vec<&str> = questionnaire.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["pain", "alarm"]);
    assert!(questionnaire.questions[1].ask_if.is_some(), "{yaml}");
    assert!(yaml.contains("hint: \"Any pain counts.\"") && !yaml.contains("For programs."), "{yaml}");
    assert!(tells(&loss, "unseen: item: the form hides it", true), "{loss:?}");
    assert!(tells(&loss, "help: http://example.org/colour", false), "{loss:?}");
    let below_words = json!({ "linkId": "words", "text": "First:", "type": "display", "item": [
        { "linkId": "q", "text": "Well?", "type": "boolean" }] });
    assert!(
        converted(below_words, Value::Null).0.contains("Well?"),
        "words can't have items, and some forms do it"
    );
    // What is below something that only a program fills in is asked all the same, unless it is hidden as well.
    let inside = json!([{ "linkId": "q", "text": "Well?", "type": "boolean" }]);
    let mut sum =
        json!({ "linkId": "sum", "text": "Sum", "type": "integer", "readOnly": true, "item": inside });
    let (yaml, loss) = converted(sum.clone(), Value::Null);
    assert!(yaml.contains("Well?") && tells(&loss, "sum: item: it is read-only", true), "{yaml}: {loss:?}");
    sum["extension"] = json!([{
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true
    }]);
    let form = json!({ "resourceType": "Questionnaire", "item": [sum] });
    assert_eq!(foreign::convert(&form).expect_err("nothing is asked"), foreign::Refused::AsksNothing);
}

/// More than 100 pounds is asked of whoever weighs 50 kg, and more than 100 kg is not.
#[test]
fn a_condition_in_another_unit_is_dropped_so_that_the_question_is_always_asked() {
    let unit = |code: &str| {
        json!({
            "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
            "valueCoding": { "system": "http://unitsofmeasure.org", "code": code }
        })
    };
    for (given, compared, is_kept) in [("kg", "kg", true), ("kg", "[lb_av]", false), ("mL", "ml", true)] {
        let form = json!({ "resourceType": "Questionnaire", "item": [
            { "linkId": "weight", "text": "Weight", "type": "quantity", "extension": [unit(given)] },
            { "linkId": "more", "text": "More?", "type": "boolean", "enableWhen": [
                { "question": "weight", "operator": ">", "answerQuantity": { "value": 100, "code": compared } }] },
        ] });
        let converted = foreign::convert(&form).expect("a file");
        assert_eq!(converted.yaml.contains("ask_if"), is_kept, "{given} {compared}: {}", converted.yaml);
        assert_eq!(tells(&converted.loss, "compares in the unit", true), !is_kept, "{:?}", converted.loss);
    }
}

/// The loader takes no bound beyond a billion.
#[test]
fn a_number_with_bounds_beyond_any_that_is_asked_for_is_asked_without_them() {
    let bound = |name: &str, value: i64| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueInteger": value });
    for (min, max) in [
        (0, 10_000_000_000),
        (-4_000_000_000, 5),
        (3_000_000_000, 4_000_000_000),
        (1_000_000_000, 2_000_000_000),
    ] {
        let (_, loss) = converted(
            json!({ "linkId": "q", "text": "How many?", "type": "integer",
                "extension": [bound("minValue", min), bound("maxValue", max)] }),
            Value::Null,
        );
        assert!(tells(&loss, "set min and max", true), "{min} {max}: {loss:?}");
    }
}

fn import(resource: &str, arguments: &[&str]) -> (Option<i32>, String) {
    import_in(Path::new("."), resource, arguments)
}

fn import_in(place: &Path, resource: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("resource.json");
    fs::write(&file, resource).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    command.current_dir(place).args(["fhir", "import"]).arg(&file).args(arguments);
    let output = command.output().expect("it starts");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// What could be meant in two ways, or would be passed over without a word.
#[test]
fn a_file_that_says_more_than_is_read_is_refused() {
    let form = json!({ "resourceType": "Questionnaire", "item": [{ "linkId": "q", "type": "boolean", "text": "Well?" }] });
    let response = json!({ "resourceType": "QuestionnaireResponse", "status": "completed",
        "questionnaire": "urn:redflag:Questionnaire:back-pain-patient", "item": [] });
    let bundle = |resources: &[&Value]| {
        let entry: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
        json!({ "resourceType": "Bundle", "type": "collection", "entry": entry }).to_string()
    };
    let patient = json!({ "resourceType": "Patient" });
    for (resource, arguments, why) in [
        (bundle(&[&form, &response]), &[][..], "one at a time"),
        (bundle(&[&form, &response, &response]), &[], "one at a time"),
        (bundle(&[&form, &form]), &[], "2 Questionnaires"),
        (bundle(&[&response, &response]), &[], "2 responses"),
        (bundle(&[&patient]), &[], "neither a Questionnaire nor a QuestionnaireResponse"),
        (patient.to_string(), &[], "this is a resource of the type Patient"),
        (form.to_string(), &["--answers"], "--answers"),
        (form.to_string(), &["--audience", "patient"], "--audience"),
        (form.to_string(), &["--questionnaire", "back-pain"], "--questionnaire"),
        (form.to_string(), &["--codes", "codes.yaml"], "--codes"),
        (
            r#"{"resourceType": "QuestionnaireResponse", "item": [], "item": [1]}"#.to_owned(),
            &[],
            "`item` appears twice",
        ),
        ("<Questionnaire xmlns=\"http://hl7.org/fhir\"/>".to_owned(), &[], "XML"),
    ] {
        let (status, said) = import(&resource, arguments);
        assert_eq!(status, Some(2), "{resource}: {said}");
        assert!(said.contains(why), "{resource}: {said}");
    }
    // A response that names a file doesn't open it.
    let mine = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let named = |id: &str| response.to_string().replace("back-pain", id);
    for id in ["small.yaml", "small"] {
        let (status, said) = import_in(&mine, &named(id), &[]);
        assert!(status == Some(2) && said.contains("not built in"), "{said}");
    }
    assert_ne!(import_in(&mine, &named("small"), &["--questionnaire", "small.yaml"]).0, Some(2));
    for resource in [bundle(&[&form, &patient]), form.to_string()] {
        assert_eq!(import(&resource, &[]).0, Some(0), "{resource}");
    }
}
