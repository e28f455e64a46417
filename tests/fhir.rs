//! `redflag fhir`: forms and what their parts refer to, responses there and back, and forms of others. What validators and
//! engines of others say of them, scripts/fhir.py asks.

#[path = "support/agreed.rs"]
mod agreed;
#[path = "fhir/others.rs"]
mod others;
#[path = "support/random.rs"]
mod random;
mod support;

use std::collections::HashSet;

use agreed::agreed;
use jiff::civil::date;
use random::Source;
use redflag::answers::{Sheet, json::SheetReader};
use redflag::encounter::{Encounter, json as encounter_json};
use redflag::fhir::bundle::bundle;
use redflag::fhir::codes::Codes;
use redflag::fhir::model::Reference;
use redflag::fhir::names::{self, Base};
use redflag::fhir::questionnaire::{Request, form};
use redflag::fhir::response::{About, Check, response};
use redflag::fhir::{Loss, answered, foreign};
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::site::Site;
use serde_json::{Value, json};
use support::{BACK_PAIN, SMALL};

fn exported(questionnaire: &Questionnaire, audience: Audience) -> (Value, Vec<Loss>) {
    let (site, codes) = (Site::default(), Codes::of(questionnaire));
    let request = Request {
        languages: vec![questionnaire],
        audience,
        base: Base::default(),
        codes: &codes,
        site: &site,
    };
    let (form, loss) = form(&request);
    (serde_json::to_value(form).expect("JSON"), loss)
}

fn encounter(questionnaire: &Questionnaire, audience: Audience, sheet: Sheet) -> Encounter {
    Encounter::of_sheet(questionnaire, audience, sheet, date(2026, 5, 21))
}

fn sheet(questionnaire: &Questionnaire, answers: &str) -> Sheet {
    SheetReader::new(questionnaire).read(answers).expect("a sheet")
}

fn answered_form(questionnaire: &Questionnaire, encounter: &Encounter) -> Value {
    let about = About { has_day: true, ..About::default() };
    let (site, base, codes) = (Site::default(), Base::default(), Codes::of(questionnaire));
    let check = Check::of(questionnaire, encounter, &site, &base, &codes, &about);
    serde_json::to_value(response(&check)).expect("JSON")
}

fn read_back(questionnaire: &Questionnaire, response: &Value) -> answered::Read {
    let codes = Codes::of(questionnaire);
    answered::read(questionnaire, &codes, response, None, date(2026, 6, 1)).expect("a response to its form")
}

fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

/// All items of a form or a response.
fn items(resource: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut waiting = vec![&resource["item"]];
    while let Some(list) = waiting.pop() {
        for item in list.as_array().into_iter().flatten() {
            found.push(item);
            waiting.push(&item["item"]);
        }
    }
    found
}

fn expressions(element: &Value, url: &str) -> Vec<(String, String)> {
    let extensions = element["extension"].as_array().into_iter().flatten();
    let those = extensions.filter(|it| it["url"].as_str().is_some_and(|address| address.ends_with(url)));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    those
        .map(|it| (text(&it["valueExpression"]["name"]), text(&it["valueExpression"]["expression"])))
        .collect()
}

#[test]
fn the_form_the_response_and_the_bundle_are_the_agreed_ones() {
    let (form, loss) = exported(&SMALL, Audience::Clinician);
    agreed("fhir/small-form.json", &pretty(&form));
    agreed("fhir/small-loss.json", &pretty(&loss));
    let answers = r#"{"sites": ["neck"], "signs": ["numb", "unsure"], "numb_since": "new", "severity": 7, "age": 70,
        "cancer_history": "no", "kind": "blood", "words": "It's new.", "calcium": 2.5}"#;
    let encounter = encounter(&SMALL, Audience::Clinician, sheet(&SMALL, answers));
    agreed("fhir/small-response.json", &pretty(&answered_form(&SMALL, &encounter)));
    let subject = Reference::to("Patient/1");
    let about = About { subject: Some(subject.clone()), has_day: true, ..About::default() };
    let (site, base, codes) =
        (Site::default(), Base::new(Some("https://clinic.example/fhir/")), Codes::of(&SMALL));
    let check = Check::of(&SMALL, &encounter, &site, &base, &codes, &about);
    let mut bundle = serde_json::to_value(bundle(&check, &subject)).expect("JSON");
    for entry in bundle["entry"].as_array_mut().expect("entries") {
        // The summary names the program, which changes with each version.
        if let Some(data) = entry["resource"].pointer_mut("/content/0/attachment/data") {
            assert!(data.as_str().is_some_and(|data| data.len() > 1000 && data.len() % 4 == 0));
            *data = "the summary".into();
        }
    }
    agreed("fhir/small-bundle.json", &pretty(&bundle));
}

/// What strict readers stumble over: a name twice, a name of nothing, words below words.
#[test]
fn everything_that_a_form_names_is_in_it() {
    let every_key = yaml::load("a.yaml", include_bytes!("fixtures/every-key.yaml")).expect("no mistakes");
    for questionnaire in [&SMALL, &*BACK_PAIN, &every_key.questionnaire] {
        for audience in [Audience::Patient, Audience::Clinician] {
            sound(&exported(questionnaire, audience).0);
        }
    }
    for_all(60, |source| {
        let questionnaire = random::questionnaire(source, 8);
        sound(&exported(&questionnaire, Audience::Patient).0);
    });
}

fn sound(form: &Value) {
    let items = items(form);
    let mut names = HashSet::new();
    for item in &items {
        let name = item["linkId"].as_str().expect("a linkId");
        assert!(names.insert(name), "{name} is there twice");
        let is_group = item["type"] == "group";
        assert!(!is_group || item["item"].is_array(), "{name}: a group without items");
        assert!(item["type"] != "display" || item["item"].is_null(), "{name}: words below words");
        let (tests, expression) = (&item["enableWhen"], expressions(item, "enableWhenExpression"));
        assert!(tests.is_null() || expression.is_empty(), "{name}: two conditions");
        let several = tests.as_array().is_some_and(|tests| tests.len() > 1);
        assert_eq!(item["enableBehavior"].is_string(), several, "{name}");
    }
    let comes_and_goes =
        |item: &Value| item["enableWhen"].is_array() || !expressions(item, "enableWhenExpression").is_empty();
    for group in items.iter().filter(|item| item["type"] == "group" && !comes_and_goes(item)) {
        // The line below a heading says nothing without a question.
        let hint = format!("{}.hint", group["linkId"].as_str().expect("a linkId"));
        let below = group["item"].as_array().into_iter().flatten();
        let mut stays = below.filter(|item| item["linkId"] != hint && !comes_and_goes(item));
        assert!(stays.next().is_some(), "{}: a heading that stays alone", group["linkId"]);
    }
    for test in items.iter().flat_map(|item| item["enableWhen"].as_array().into_iter().flatten()) {
        assert!(names.contains(test["question"].as_str().expect("a question")), "{test}");
    }
    let mut known = HashSet::from(["resource".to_owned()]);
    let check = |text: &str, known: &HashSet<String>| {
        // What is in quotes is no name.
        let code: String = text.split('\'').step_by(2).collect();
        for part in code.split('%').skip(1) {
            let name: String = part.chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(known.contains(&name), "%{name} in {text}");
        }
    };
    for (name, expression) in expressions(form, "/variable") {
        check(&expression, &known);
        assert!(known.insert(name.clone()), "%{name} is there twice");
    }
    for item in items {
        for url in ["enableWhenExpression", "calculatedExpression"] {
            expressions(item, url).iter().for_each(|(_, text)| check(text, &known));
        }
    }
}

fn for_all(cases: u32, law: impl Fn(&mut Source)) {
    random::for_all(cases, 0xf412, 500, law);
}

/// Nothing but the answers that count goes out, and all of them come back.
#[test]
fn a_response_is_read_back_as_the_answers_that_count() {
    let there_and_back = |source: &mut Source, questionnaire: &Questionnaire| {
        let audience = *source.pick(&[Audience::Patient, Audience::Clinician]);
        let encounter = encounter(questionnaire, audience, random::sheet(source, questionnaire));
        let response = answered_form(questionnaire, &encounter);
        let back = read_back(questionnaire, &response);
        let facts = encounter.facts(questionnaire);
        for index in 0..questionnaire.questions.len() {
            let id = &questionnaire.questions[index].id;
            assert_eq!(back.encounter.sheet.get(index), facts.answer(index), "{id}: {:?}", back.told);
        }
        assert!(!back.told.iter().any(|one| one.needs_a_person), "{:?}", back.told);
        assert_eq!(back.encounter.day, encounter.day);
        assert_eq!(back.encounter.asked_as, audience);
    };
    for_all(20, |source| there_and_back(source, &BACK_PAIN));
    for_all(200, |source| {
        let questionnaire = random::questionnaire(source, 8);
        there_and_back(source, &questionnaire);
    });
}

/// Some programs write the words below a question into an answer of their own, which has no value.
#[test]
fn an_answer_that_only_holds_words_says_nothing() {
    let right = r#"{"sites": ["neck"], "signs": ["none"], "severity": 3, "words": "x"}"#;
    let encounter = encounter(&SMALL, Audience::Patient, sheet(&SMALL, right));
    let mut response = answered_form(&SMALL, &encounter);
    let words = |question: &str| json!({ "id": "1", "item": [{ "linkId": format!("{question}.why"), "text": "Why." }] });
    let mut count = 0;
    for group in response["item"].as_array_mut().into_iter().flatten() {
        for item in group["item"].as_array_mut().into_iter().flatten() {
            let question = item["linkId"].as_str().expect("a linkId").to_owned();
            if SMALL.question_index(&question).is_some() {
                let answers = item["answer"].as_array_mut().expect("answers");
                // Others write them beside the value.
                match question.as_str() {
                    "severity" => answers[0]["item"] = words(&question)["item"].clone(),
                    _ => answers.insert(0, words(&question)),
                }
                count += 1;
            }
        }
    }
    assert_eq!(count, 4);
    response["item"]
        .as_array_mut()
        .expect("groups")
        .push(json!({ "linkId": "age", "answer": [words("age")] }));
    let read = read_back(&SMALL, &response);
    assert!(!read.told.iter().any(|one| one.needs_a_person), "{:?}", read.told);
    assert_eq!(read.encounter.sheet, encounter.sheet);
    // What is below it is looked at all the same.
    let last = |response: &mut Value, answer: Value| {
        let added = response["item"].as_array_mut().and_then(|groups| groups.last_mut());
        added.expect("the item that was added")["answer"] = json!([answer]);
    };
    last(&mut response, json!({ "item": [{ "linkId": "bogus", "answer": [{ "valueBoolean": true }] }] }));
    let told = read_back(&SMALL, &response).told;
    assert!(told.iter().any(|one| one.at == "bogus" && one.needs_a_person), "{told:?}");
    // Without a value and without words it is no answer that anybody could have written.
    for answer in [json!({}), json!({ "id": "1" })] {
        last(&mut response, answer.clone());
        let read = read_back(&SMALL, &response);
        assert!(
            read.told.iter().any(|one| one.at == "age" && one.needs_a_person),
            "{answer}: {:?}",
            read.told
        );
    }
}

/// A response of a program that ignores what the form says.
#[test]
fn what_another_program_gets_wrong_is_told_and_never_taken() {
    let right = r#"{"sites": ["neck"], "signs": ["none"], "severity": 3, "age": 30, "words": "x"}"#;
    let encounter = encounter(&SMALL, Audience::Patient, sheet(&SMALL, right));
    let right = answered_form(&SMALL, &encounter);
    let told = read_back(&SMALL, &right).told;
    assert!(!told.iter().any(|one| one.needs_a_person), "{told:?}");
    let local = |question: &str, code: &str| json!({ "valueCoding": { "system": format!("urn:redflag:CodeSystem:small:{question}"), "code": code } });
    let cases = [
        ("signs", json!([local("signs", "none"), local("signs", "numb")]), "cannot be chosen together"),
        ("signs", json!([local("signs", "nonsense")]), "is not an option"),
        (
            "signs",
            json!([{ "valueCoding": { "system": "http://x.example", "code": "numb" } }]),
            "is not an option",
        ),
        ("signs", json!([{ "valueString": "numb" }]), "is not an option's code"),
        ("signs", json!("numb"), "a list is expected"),
        ("age", json!([{ "valueInteger": 700 }]), "from 1 to 120"),
        ("age", json!([{ "valueDecimal": 30.5 }]), "whole"),
        ("age", json!([{ "valueInteger": 30 }, { "valueInteger": 31 }]), "one answer"),
        (
            "age",
            json!([{ "valueQuantity": { "value": 30, "unit": "months", "code": "mo" } }]),
            "not one of its units",
        ),
        ("age", json!([{ "valueQuantity": { "value": 30 } }]), "without a unit"),
        (
            "age",
            json!([{ "valueQuantity": { "value": 30, "comparator": ">", "code": "a" } }]),
            "not an exact number",
        ),
        ("numb_since", json!([local("numb_since", "new")]), "set aside"),
        ("calcium", json!([{ "valueDecimal": 2.5 }]), "doesn't ask it"),
        ("bogus", json!([{ "valueString": "x" }]), "no such item"),
        ("section.pain", json!([{ "valueString": "x" }]), "takes no answer"),
        ("hello", json!([{ "valueBoolean": true }]), "takes no answer"),
    ];
    for (link_id, answer, why) in cases {
        let mut wrong = right.clone();
        let groups = wrong["item"].as_array_mut().expect("groups");
        for group in groups.iter_mut() {
            if let Some(items) = group["item"].as_array_mut() {
                items.retain(|item| item["linkId"] != link_id);
            }
        }
        groups.push(json!({ "linkId": link_id, "answer": answer }));
        let read = read_back(&SMALL, &wrong);
        let found =
            read.told.iter().any(|one| one.needs_a_person && one.at == link_id && one.why.contains(why));
        assert!(found, "{link_id} {answer}: {:?}", read.told);
        if let Some(index) = SMALL.question_index(link_id).filter(|_| why != "set aside") {
            assert_eq!(read.encounter.sheet.get(index), None, "{link_id} {answer}");
        }
    }
    let mut twice = right.clone();
    let again = json!({ "linkId": "age", "answer": [{ "valueInteger": 90 }] });
    twice["item"].as_array_mut().expect("groups").push(again);
    let read = read_back(&SMALL, &twice);
    assert!(
        read.told.iter().any(|one| one.at == "age" && one.why.contains("several items")),
        "{:?}",
        read.told
    );
    let mut level = right.clone();
    let result = level["item"].as_array_mut().and_then(|groups| groups.last_mut()).expect("the result");
    for item in result["item"].as_array_mut().expect("items") {
        item["answer"] = json!([{ "valueString": "later" }]);
    }
    let read = read_back(&SMALL, &level);
    assert!(read.told.iter().any(|one| one.at == "result.possible" && one.needs_a_person), "{:?}", read.told);
}

#[test]
fn a_response_to_another_form_is_refused() {
    let refused = |change: fn(&mut Value)| {
        let encounter = encounter(&SMALL, Audience::Patient, Sheet::new(&SMALL));
        let mut response = answered_form(&SMALL, &encounter);
        change(&mut response);
        let codes = Codes::of(&SMALL);
        answered::read(&SMALL, &codes, &response, None, date(2026, 6, 1)).map(|_| ()).expect_err("refused")
    };
    let other = refused(|it| it["questionnaire"] = "urn:redflag:Questionnaire:other-patient|1".into());
    assert!(matches!(other, answered::Refused::OtherForm(_)));
    let error = refused(|it| it["status"] = "entered-in-error".into());
    assert_eq!(error, answered::Refused::EnteredInError);
    let nobody = refused(|it| it["questionnaire"] = Value::Null);
    assert_eq!(nobody, answered::Refused::NobodyKnowsWho);
}

/// Not sure about a number has no code beside it: other programs say it as the reason why there is no value.
#[test]
fn an_absent_value_with_its_reason_is_not_sure() {
    let questionnaire = support::asking("{ id: a, type: number, min: 0, max: 9, unsure: true, ask: A }");
    let reason = json!([{
        "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-unknown"
    }]);
    for answer in [json!({ "_valueInteger": { "extension": reason } }), json!({ "extension": reason })] {
        let form =
            format!("urn:redflag:Questionnaire:{}-patient|{}", questionnaire.id, questionnaire.version);
        let response = json!({
            "resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-05-21",
            "questionnaire": form, "item": [{ "linkId": "a", "answer": [answer] }]
        });
        let read = read_back(&questionnaire, &response);
        assert!(
            read.encounter.sheet.get(0).is_some_and(redflag::answers::Answer::is_unsure),
            "{:?}",
            read.told
        );
    }
}

/// LHC-Forms shows a grid as one table, and answers each row with the codes in the head, which are those of the first.
#[test]
fn rows_of_a_grid_have_the_codes_of_one_head() {
    let questionnaire: &Questionnaire = &BACK_PAIN;
    let (form, _) = exported(questionnaire, Audience::Patient);
    let table = json!([{ "system": names::ITEM_CONTROL_SYSTEM, "code": "table" }]);
    let is_table = |item: &&Value| item["extension"][0]["valueCodeableConcept"]["coding"] == table;
    let all = items(&form);
    let grids: Vec<&&Value> = all.iter().filter(|item| is_table(item)).collect();
    assert_eq!(grids.len(), questionnaire.grids.len());
    for grid in grids {
        let rows = grid["item"].as_array().into_iter().flatten();
        let heads: HashSet<String> =
            rows.filter(|row| row["type"] == "choice").map(|row| row["answerOption"].to_string()).collect();
        assert_eq!(heads.len(), 1, "{}", grid["linkId"]);
    }
    // In the codes of the head, and in those that forms of older versions gave to each row.
    for system in ["saddle_numb_since", "bladder_stuck_since", "bladder_leak_since"] {
        let system = format!("urn:redflag:CodeSystem:back-pain:{system}");
        let answer = json!([{ "valueCoding": { "system": system, "code": "new" } }]);
        let response = json!({
            "resourceType": "QuestionnaireResponse",
            "questionnaire": form["url"],
            "item": [{ "linkId": "bladder_stuck_since", "answer": answer }],
        });
        let read = read_back(questionnaire, &response);
        let row = questionnaire.question_index("bladder_stuck_since").expect("the row");
        assert!(read.encounter.sheet.get(row).is_some(), "{system}: {:?}", read.told);
    }
}

/// Renderers show a group's title as long as the group is enabled, whatever is in it.
#[test]
fn a_heading_is_there_only_while_something_below_it_is_asked() {
    const NOBODY: &str = "{ tested: yes }";
    let form = |conditions: [Option<&str>; 2], audience: Audience| {
        let [one, two] = conditions.map(|it| it.map(|it| format!(", ask_if: {it}")).unwrap_or_default());
        let (head, _) = include_str!("fixtures/frame.yaml").split_once("sections:").expect("sections");
        let text = format!(
            "{head}grids: [{{ id: rows, ask: Since when?, hint: One in each row. }}]
sections:
  - id: first
    title: First
    questions:
      - {{ id: age, type: number, min: 0, max: 120, ask: Age }}
      - id: signs
        type: many_of
        ask: Signs
        options: [{{ id: a, label: A }}, {{ id: b, label: B }}, {{ id: c, label: C }}]
  - {{ id: tests, title: Tests, audience: clinician, questions: [{{ id: tested, type: yes_no, ask: Tested? }}] }}
  - id: second
    title: Second
    questions:
      - {{ id: one, type: yes_no, grid: rows, ask: One{one} }}
      - {{ id: two, type: yes_no, grid: rows, ask: Two{two} }}
  - {{ id: third, title: Third, questions: [{{ id: end, type: yes_no, ask: Is that all? }}] }}
"
        );
        let loaded = yaml::load("a.yaml", text.as_bytes());
        let loaded = loaded.unwrap_or_else(|mistakes| panic!("{text}{mistakes:?}"));
        exported(&loaded.questionnaire, audience).0
    };
    let condition = |form: &Value, id: &str| {
        let all = items(form);
        let item = all.iter().find(|item| item["linkId"] == id)?;
        let tests = item["enableWhen"].as_array().into_iter().flatten();
        let tests = tests.map(|it| {
            format!(
                "{} {}",
                it["question"].as_str().unwrap_or_default(),
                it["answerCoding"]["code"].as_str().unwrap_or(">=")
            )
        });
        let mut said: Vec<String> =
            tests.chain(expressions(item, "enableWhenExpression").into_iter().map(|it| it.1)).collect();
        said.extend(item["enableBehavior"].as_str().map(str::to_owned));
        Some(said.join(", "))
    };
    const BOTH: &str = "{ signs: a, age: { at_least: 5 } }";
    const MANY: &str = "{ at_least: 2, of: [{ signs: a }, { signs: b }, { signs: c }] }";
    for (conditions, wanted) in [
        ([None, Some("{ signs: a }")], ""),
        ([Some("{ signs: a }"), Some("{ signs: a }")], "signs a"),
        ([Some("{ signs: a }"), Some("{ signs: b }")], "signs a, signs b, any"),
        ([Some("{ signs: a }"), Some("{ signs: [b, a] }")], "signs a, signs b, any"),
        ([Some(BOTH), Some(BOTH)], "signs a, age >=, all"),
        ([Some(BOTH), Some("{ signs: b }")], "iif(%l3 or %l4, true, false)"),
        ([Some(MANY), Some("{ signs: b }")], "iif(%l3 or %l4, true, false)"),
        // The other audience is never asked the first row.
        ([Some(NOBODY), Some("{ signs: b }")], "signs b"),
        ([Some(NOBODY), None], ""),
    ] {
        let form = form(conditions, Audience::Patient);
        sound(&form);
        for heading in ["grid.rows", "section.second"] {
            assert_eq!(condition(&form, heading).as_deref(), Some(wanted), "{heading}: {conditions:?}");
        }
        for heading in ["section.first", "section.third", "welcome", "result", "grid.rows.hint"] {
            assert_eq!(condition(&form, heading).as_deref(), Some(""), "{heading}");
        }
    }
    let never = form([Some(NOBODY); 2], Audience::Patient);
    for heading in ["grid.rows", "grid.rows.hint", "section.second"] {
        assert_eq!(condition(&never, heading), None, "{heading} has nothing below it, ever");
    }
    let clinician = form([Some(NOBODY); 2], Audience::Clinician);
    assert_eq!(condition(&clinician, "grid.rows").as_deref(), Some("tested Y"));
}

/// A site may code each row by itself. One head would then say something else than the row.
#[test]
fn a_grid_whose_rows_have_codes_of_their_own_is_no_table() {
    let questionnaire: &Questionnaire = &BACK_PAIN;
    let file = r#"options: { bladder_stuck_since: { new: { system: "http://codes.example", code: n1 } } }"#;
    let codes = Codes::of(questionnaire).with_site(questionnaire, file).expect("codes");
    let (site, base) = (Site::default(), Base::default());
    let request = Request {
        languages: vec![questionnaire],
        audience: Audience::Patient,
        base,
        codes: &codes,
        site: &site,
    };
    let form = serde_json::to_value(form(&request).0).expect("JSON");
    let all = items(&form);
    let grid = |id: &str| all.iter().find(|item| item["linkId"] == id).expect("the grid");
    assert_eq!(grid("grid.saddle_since")["extension"], Value::Null);
    assert_ne!(grid("grid.limb_since")["extension"], Value::Null);
}

/// The code of one row's mildest answer may be that of another row's gravest.
#[test]
fn a_row_is_answered_by_its_own_codes_before_those_of_others_and_by_none_that_could_mean_two() {
    let questionnaire: &Questionnaire = &BACK_PAIN;
    let read = |rows: &str, question: &str| {
        let codes = Codes::of(questionnaire).with_site(questionnaire, rows).expect("codes");
        let answer = json!([{ "valueCoding": { "system": "http://codes.example", "code": "n1" } }]);
        let response = json!({
            "resourceType": "QuestionnaireResponse",
            "questionnaire": exported(questionnaire, Audience::Patient).0["url"],
            "item": [{ "linkId": question, "answer": answer }],
        });
        let read =
            answered::read(questionnaire, &codes, &response, None, date(2026, 6, 1)).expect("a response");
        let answer = encounter_json::value(questionnaire, &read.encounter)["answers"][question].take();
        (answer, read.told.len())
    };
    let code = "{ system: \"http://codes.example\", code: n1 }";
    let own = format!(
        "options: {{ saddle_numb_since: {{ longstanding: {code} }}, bladder_stuck_since: {{ new: {code} }} }}"
    );
    assert_eq!(read(&own, "bladder_stuck_since").0, "new");
    assert_eq!(read(&own, "saddle_numb_since").0, "longstanding");
    // Of a third row it could be either.
    let (answer, told) = read(&own, "bladder_leak_since");
    assert_eq!((answer, told > 0), (Value::Null, true));
}

#[test]
fn codes_of_a_site_are_checked_against_the_ids() {
    let codes = |text: &str| Codes::of(&SMALL).with_site(&SMALL, text);
    let right = "questions:\n  age: { system: http://loinc.org, code: 30525-0, display: Age }\n";
    let found = codes(right).expect("right");
    assert_eq!(found.question(SMALL.question_index("age").expect("age"))[0].code.as_deref(), Some("30525-0"));
    assert!(found.notice().is_some_and(|notice| notice.contains("LOINC")));
    assert_eq!(Codes::of(&SMALL).notice(), None);
    codes(&format!("of: small\n{right}")).expect("for this one");
    for (text, why) in [
        ("questions: { agee: { system: http://loinc.org, code: 30525-0 } }", "did you mean `age`"),
        ("questions: { age: { system: http://loinc.org, code: 30525-1 } }", "not a LOINC code"),
        ("questions: { age: { system: loinc, code: 30525-0 } }", "http://loinc.org"),
        ("options: { signs: { numbb: { system: 'http://a.example', code: x } } }", "did you mean `numb`"),
        ("options: { signs: { numb: { system: 'http://a.example', code: weak } } }", "another option"),
        ("levels: { now: { system: 'http://a.example', code: x } }", "no such id"),
        ("others: {}", "questions, options or levels"),
        ("levels: { later: { system: 'http://a.example', code: x, name: y } }", "not a key of a code"),
        ("levels: { later: { code: x } }", "system: and code:"),
        ("of: other\nquestions: {}", "for other, and this is small"),
        ("of: 7", "no questionnaire"),
        (
            "questions:\n  age: { system: http://loinc.org, code: 30525-0 }\n  age: { system: http://a.example, code: x }",
            "duplicate",
        ),
        ("[1]", "questions:"),
        ("{", ""),
    ] {
        let found = codes(text).expect_err(text);
        assert!(found.iter().any(|line| line.contains(why)), "{text}: {found:?}");
    }
}

const FOREIGN: &str = include_str!("fhir/foreign.json");

#[test]
fn a_form_of_others_becomes_the_agreed_file() {
    let form: Value = serde_json::from_str(FOREIGN).expect("JSON");
    let converted = foreign::convert(&form).expect("a file");
    agreed("fhir/foreign.yaml", &converted.yaml);
    agreed("fhir/foreign-loss.json", &pretty(&converted.loss));
    yaml::load("a.yaml", converted.yaml.as_bytes()).expect("no mistakes");
}

#[test]
fn what_is_no_form_is_refused_with_the_reason() {
    for (resource, why) in [
        (json!(null), "no resourceType"),
        (json!([]), "no resourceType"),
        (json!({ "resourceType": "Patient" }), "this is a resource of the type Patient"),
        (json!({ "resourceType": "Bundle", "entry": 7 }), "0 Questionnaires"),
        (json!({ "resourceType": "Questionnaire" }), "nothing in this form can be answered"),
        (
            json!({ "resourceType": "Questionnaire", "item": [{ "type": "display", "text": "x" }] }),
            "nothing in this",
        ),
    ] {
        let refused = foreign::convert(&resource).expect_err("refused");
        assert!(refused.to_string().contains(why), "{resource}: {refused}");
    }
}

/// Whatever the JSON: no panic, and what comes of it is read by the loader.
#[test]
fn any_json_is_refused_or_becomes_a_file_that_loads() {
    let form: Value = serde_json::from_str(FOREIGN).expect("JSON");
    let count = std::cell::Cell::new(0);
    for_all(300, |source| {
        let mut changed = form.clone();
        for _ in 0..1 + source.below(6) {
            spoil(source, &mut changed);
        }
        if let Ok(done) = foreign::convert(&changed) {
            count.set(count.get() + 1);
            yaml::load("a.yaml", done.yaml.as_bytes()).expect("no mistakes");
        }
        let _ = answered::find(&changed);
        let _ =
            answered::read(&SMALL, &Codes::of(&SMALL), &changed, Some(Audience::Patient), date(2026, 6, 1));
    });
    let converted = count.get();
    assert!(converted > 60, "only {converted} were converted");
}

/// Replaces, takes away or doubles something anywhere in a value.
fn spoil(source: &mut Source, value: &mut Value) {
    let odd = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}\u{1b}[2J\u{202e}"),
        json!("{all}"),
        json!("true"),
        json!("a\n\n- b"),
        json!([]),
        json!({}),
        json!([[null]]),
        json!("x".repeat(300)),
    ];
    let stay = source.chance(20);
    match value {
        Value::Object(map) if !map.is_empty() && !stay => {
            let keys: Vec<String> = map.keys().cloned().collect();
            let key = source.pick(&keys).clone();
            match source.chance(15) {
                true => drop(map.remove(&key)),
                false => map.get_mut(&key).into_iter().for_each(|value| spoil(source, value)),
            }
        }
        Value::Array(list) if !list.is_empty() && !stay => {
            let at = source.below(list.len());
            match source.below(8) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                _ => spoil(source, &mut list[at]),
            }
        }
        value => *value = source.pick(&odd).clone(),
    }
}
