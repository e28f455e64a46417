//! Sheets as they are sent, and what is said of those that don't fit.

use serde::Deserialize;

use super::super::small;
use super::*;

const QUESTIONS: &str = "
    one, type: one_of, unsure: true, options: [{ id: red, label: R }, { id: blue, label: B }]
    many, type: many_of, unsure: true, options: [{ id: leak, label: L }, { id: rust, label: S }]
    alarm, type: yes_no
    age, type: number, min: -5, max: 120, decimals: 1
    words, type: text, optional: true
    page, type: note";

fn questionnaire() -> Questionnaire {
    small::questionnaire(QUESTIONS, "now: { alarm: yes }")
}

/// What is said of a sheet, without the place in it.
fn refused(answers: &str) -> String {
    let questionnaire = questionnaire();
    let read = SheetReader::new(&questionnaire).read(&answers.replace('\'', "\""));
    let why = read.expect_err(answers).to_string();
    why.split(" at line").next().unwrap_or_default().to_owned()
}

/// The answer as it is written again.
fn taken(id: &str, value: &str) -> serde_json::Value {
    let questionnaire = questionnaire();
    let sheet = small::sheet(&questionnaire, &format!("{{'{id}': {value}}}"));
    let question = questionnaire.question_index(id).expect("a question");
    sheet
        .get(question)
        .map_or(serde_json::Value::Null, |answer| answer_value(answer, &questionnaire.questions[question]))
}

#[test]
fn every_kind_of_answer_is_written_as_it_was_read() {
    for (id, value) in [
        ("one", r#""blue""#),
        ("one", r#""unsure""#),
        ("many", r#"["leak","rust"]"#),
        ("many", r#"["rust","unsure"]"#),
        ("many", r#"["unsure"]"#),
        ("alarm", r#""no""#),
        ("age", "64"),
        ("age", "2.5"),
        ("age", "-5"),
        ("words", r#""at night""#),
        ("words", r#""unsure""#),
        ("words", "null"),
        ("page", "null"),
    ] {
        assert_eq!(taken(id, value).to_string(), value, "{id}");
    }
    assert_eq!(taken("many", "'unsure'").to_string(), r#"["unsure"]"#, "it need not be a list");
}

#[test]
fn an_answer_of_the_wrong_kind_is_refused_with_one_that_would_fit() {
    let option = "`one` takes an option, such as \"red\"";
    let list = "`many` takes a list of options, such as [\"leak\"]";
    let number = "`age` takes a number without quotes";
    for (id, values, said) in [
        ("one", &["5", "-5", "2.5", "true", "['red']", "{'red': 1}", "[]"][..], option),
        ("many", &["'leak'", "5", "false", "{}"], list),
        ("age", &["'64'", "true", "[64]", "{'years': 64}"], number),
        ("words", &["5", "-1", "['a']", "true", "{}"], "`words` takes a text"),
        ("page", &["'read'", "1", "[]", "true"], "`page` takes no answer, because it is an information page"),
    ] {
        for value in values {
            assert_eq!(refused(&format!("{{'{id}': {value}}}")), said, "{value}");
        }
    }
    assert_eq!(refused("{'many': [1]}"), "invalid type: integer `1`, expected an option of `many`");
    assert_eq!(
        refused("[]"),
        "invalid type: sequence, expected an object of answers, {\"question\": answer}"
    );
}

#[test]
fn an_object_as_an_answer_is_read_to_its_end_before_it_is_refused() {
    let questionnaire = questionnaire();
    let mut lines = serde_json::Deserializer::from_str(r#"{"a": {"b": [1, {"c": 2}]}, "d": 3} 7"#);
    let read = AnswerReader(&questionnaire.questions[0]).deserialize(&mut lines);
    assert!(read.is_err_and(|why| why.to_string().starts_with("`one` takes an option")));
    assert_eq!(u8::deserialize(&mut lines).ok(), Some(7), "the next value is the next line");
}

#[test]
fn an_answer_out_of_bounds_or_given_twice_is_refused_by_its_question() {
    assert_eq!(refused("{'alarm': 'yes', 'alarm': 'no'}"), "`alarm` is answered twice");
    assert!(refused("{'age': 121}").starts_with("`age`: "));
    assert!(refused("{'alarm': 'unsure'}").starts_with("`alarm`: "));
}

#[test]
fn only_a_name_that_is_near_is_taken_for_a_slip_of_the_hand() {
    assert_eq!(refused("{'alamr': 'yes'}"), "there is no question `alamr`; did you mean `alarm`?");
    assert_eq!(refused("{'ag': 5}"), "there is no question `ag`; did you mean `age`?");
    assert_eq!(refused("{'alrrm_': 'yes'}"), "there is no question `alrrm_`; did you mean `alarm`?");
    assert_eq!(refused("{'slurm': 'yes'}"), "there is no question `slurm`", "two of five letters are others");
    assert_eq!(refused("{'zz': 5}"), "there is no question `zz`");
    assert_eq!(refused("{'one': 'rde'}"), "`one` has no option `rde`; did you mean `red`?");
    assert_eq!(refused("{'many': ['leak', 'dust']}"), "`many` has no option `dust`; did you mean `rust`?");
    let long = "x".repeat(5000);
    assert_eq!(refused(&format!("{{'{long}': 5}}")), format!("there is no question `{}`", "x".repeat(60)));
}

#[test]
fn a_sheet_ends_where_its_object_ends() {
    let questionnaire = questionnaire();
    assert!(SheetReader::new(&questionnaire).read("{} {}").is_err());
    assert!(SheetReader::new(&questionnaire).read(" {}\n").is_ok());
}
