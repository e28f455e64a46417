//! An interview that is kept comes back to the page where it was, with the pages below it.

use jiff::civil::date;

use super::*;
use crate::encounter::json::Misfit;

fn questions() -> Questionnaire {
    small::questionnaire(
        "page, type: note
         a, type: yes_no, unsure: true
         b, type: yes_no, unsure: true, ask_if: { a: yes }
         c, type: many_of, options: [{ id: red, label: R }, { id: blue, label: B }]
         words, type: text, optional: true",
        "now: { b: yes }
         soon: { c: blue }",
    )
}

fn told<'q>(questionnaire: &'q Questionnaire, story: &str) -> Interview<'q> {
    let mut interview = Interview::new(questionnaire, Audience::Patient, date(2026, 11, 21));
    go_on_telling(&mut interview, story);
    interview
}

const TO_ALERT: &str = "leave -> a\n 'yes' -> b\n 'yes' -> alert now\n";
const TO_SUMMARY: &str = "leave -> a\n 'yes' -> b\n 'no' -> c\n ['blue'] -> words\n leave -> summary soon\n";

#[test]
fn it_comes_back_to_every_kind_of_page_as_it_was() {
    let questionnaire = questions();
    for story in [
        "start -> page".to_owned(),
        "leave -> a\n 'yes' -> b".to_owned(),
        TO_ALERT.to_owned(),
        format!("{TO_ALERT} go on -> c"),
        format!("{TO_ALERT} finish -> summary so far now"),
        format!("{TO_ALERT} finish -> summary so far now\n open b -> b\n 'no' -> from now to nothing"),
        format!("{TO_ALERT} go on -> c\n review -> review"),
        format!("{TO_ALERT} go on -> c\n review -> review\n open a -> a"),
        format!("{TO_ALERT} go on -> c\n review -> review\n open a -> a\n 'no' -> sets aside b"),
        TO_SUMMARY.to_owned(),
        format!("{TO_SUMMARY} open a -> a"),
        format!("{TO_SUMMARY} review -> review\n open c -> c\n ['red'] -> from soon to never"),
        format!("{TO_SUMMARY} open words -> words\n finish -> summary soon"),
        "leave -> a\n finish -> summary so far never\n resume -> a\n review -> review".to_owned(),
    ] {
        let interview = told(&questionnaire, &story);
        let resumed = Interview::from_json(&questionnaire, &interview.to_json()).expect("an encounter");
        assert_eq!(resumed.misfits, [], "{story}");
        assert_eq!(resumed.interview.place, interview.place, "{story}");
        assert_eq!(resumed.interview.encounter, interview.encounter, "{story}");
    }
}

/// Where it goes on after `change` was made in what was kept, which always loses the page.
fn without_its_page(questionnaire: &Questionnaire, story: &str, from: &str, to: &str) -> String {
    let kept = told(questionnaire, story).to_value().to_string();
    let changed = kept.replacen(from, to, 1);
    assert_ne!(changed, kept, "{from} is there");
    let resumed = Interview::from_json(questionnaire, &changed).expect("an encounter");
    assert_eq!(resumed.misfits, [Misfit::Place], "{to}");
    page(&resumed.interview)
}

#[test]
fn a_page_that_is_not_known_any_more_is_said_and_the_next_open_question_comes() {
    let questionnaire = questions();
    let lost = |story: &str, from: &str, to: &str| without_its_page(&questionnaire, story, from, to);
    let asking = "leave -> a\n 'yes' -> b";
    assert_eq!(lost(asking, r#""stage":{"asking":"b"}"#, r#""stage":{"asking":"gone"}"#), "b");
    assert_eq!(lost(asking, r#""stage":{"asking":"b"}"#, r#""stage":"elsewhere""#), "b");
    assert_eq!(
        lost("leave -> a\n 'no' -> c", r#"{"asking":"c"}"#, r#"{"asking":"b"}"#),
        "c",
        "b is not asked"
    );
    let below = "leave -> a\n 'no' -> c\n review -> review";
    assert_eq!(lost(below, r#"{"question":"c","#, r#"{"question":"gone","#), "c");
    let trail = format!("{TO_SUMMARY} open a -> a");
    assert_eq!(lost(&trail, r#""opened":["a"]"#, r#""opened":["gone"]"#), "summary soon");
    let left = "leave -> a\n finish -> summary so far never";
    assert_eq!(lost(left, r#""left":"a""#, r#""left":"gone""#), "a");
    let aside = "leave -> a\n 'yes' -> b\n 'no' -> c\n back -> b\n back -> a\n 'no' -> sets aside b";
    assert_eq!(lost(aside, r#"{"answer":"no","#, r#"{"answer":"maybe","#), "c");
    assert_eq!(lost(aside, r#"{"answer":"no","#, r#"{"answer":"yes","#), "c", "this sets nothing aside");
    let lowering = format!("{TO_SUMMARY} open c -> c\n ['red'] -> from soon to never");
    assert_eq!(lost(&lowering, r#""from":"soon","#, r#""from":"gone","#), "summary soon");
    assert_eq!(lost(&lowering, r#""to":"never""#, r#""to":"gone""#), "summary soon");
    assert_eq!(lost(&lowering, r#"{"answer":["red"],"#, r#"{"answer":[],"#), "summary soon");
}

#[test]
fn an_emergency_that_was_not_shown_comes_before_the_page_that_was_open() {
    let questionnaire = questions();
    let mut kept = told(&questionnaire, &format!("{TO_ALERT} go on -> c")).to_value();
    kept["alerted"] = serde_json::Value::Null;
    let resumed = Interview::from_json(&questionnaire, &kept.to_string()).expect("an encounter");
    assert_eq!((page(&resumed.interview).as_str(), &resumed.misfits[..]), ("alert now", &[][..]));
}

/// It named the last answer of all for the cause, and "that was a mistake" led to that one.
#[test]
fn an_emergency_that_was_not_shown_is_at_the_answer_that_it_rests_on() {
    let questionnaire = questions();
    let mut kept = told(&questionnaire, &format!("{TO_ALERT} go on -> c\n ['red'] -> words")).to_value();
    kept["alerted"] = serde_json::Value::Null;
    let mut resumed =
        Interview::from_json(&questionnaire, &kept.to_string()).expect("an encounter").interview;
    let Stage::Alert { question, .. } = *resumed.stage() else { panic!("{}", page(&resumed)) };
    assert_eq!(questionnaire.questions[question].id, "b");
    resumed.back();
    assert_eq!(page(&resumed), "b");
}

#[test]
fn a_kept_text_ends_with_its_line() {
    let questionnaire = questions();
    let json = told(&questionnaire, TO_SUMMARY).to_json();
    assert!(json.ends_with("}\n") && json.lines().count() > 20, "{json}");
}

#[test]
fn an_alarm_that_nobody_has_seen_is_at_the_answer_that_raises_it() {
    let questionnaire = small::questionnaire(
        "a, type: yes_no
         b, type: yes_no
         c, type: yes_no",
        "today: { a: yes }
         now: { c: yes }
         now: { b: yes }",
    );
    let sheet = small::sheet(&questionnaire, "{'a': 'yes', 'b': 'yes', 'c': 'no'}");
    let encounter =
        crate::encounter::Encounter::of_sheet(&questionnaire, Audience::Patient, sheet, date(2026, 11, 21));
    let interview = Interview::on(&questionnaire, encounter);
    assert_eq!(interview.stage(), &Stage::Alert { level: 0, question: 1 });
}

/// Read inexactly, such a number is another one each time that it is kept.
#[test]
fn a_number_of_many_digits_is_kept_as_it_was_read() {
    let questionnaire =
        small::questionnaire("a, type: number, min: 0, max: 10, decimals: 1", "now: { a: { at_least: 9 } }");
    let kept = told(&questionnaire, "1.5 -> summary never").to_json();
    for digits in ["1.66666666666666666666666666666666666666", "0.30000000000000004", "2.6000000000000001"] {
        let text = kept.replacen("1.5", digits, 1);
        assert_ne!(text, kept);
        let read = |text: &str| Interview::from_json(&questionnaire, text).expect("an encounter").interview;
        let first = read(&text);
        assert_eq!(
            first.sheet().get(0),
            Some(&Answer::Number(digits.parse().expect("a number"))),
            "{digits}"
        );
        assert_eq!(read(&first.to_json()).sheet(), first.sheet(), "{digits}");
    }
}
