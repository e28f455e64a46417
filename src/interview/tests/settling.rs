//! What was "not sure" and decides is asked once more.

use super::*;

/// A list and a single question, each of which can decide; what the list ticks has a follow-up.
fn of_a_list() -> Questionnaire {
    small::questionnaire(
        "signs, type: many_of, unsure: true, options: [{ id: red, label: R }, { id: blue, label: B }, \
             { id: green, label: G }, { id: none, label: N, exclusive: true }]
         since, type: yes_no, unsure: true, ask_if: { signs: blue }
         extra, type: yes_no, unsure: true
         last, type: yes_no, unsure: true",
        "now: { signs: red }
         today: { any: [{ signs: blue }, { since: yes }] }
         later: { extra: yes }",
    )
}

fn after(questionnaire: &Questionnaire, answers: &[&str]) -> Interview<'static> {
    let questionnaire = Box::leak(Box::new(questionnaire.clone()));
    let mut interview = Interview::new(questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    answers.iter().for_each(|answer| act(&mut interview, answer));
    interview
}

fn answer_to(interview: &Interview, id: &str) -> serde_json::Value {
    let questionnaire = interview.questionnaire();
    let question = questionnaire.question_index(id).expect("a question");
    let answer = interview.sheet().get(question).expect("an answer");
    crate::answers::json::answer_value(answer, &questionnaire.questions[question])
}

#[test]
fn no_to_every_sign_makes_the_list_none() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    assert_eq!(page(&interview), "offer 1");
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         no -> signs green?
         no -> summary never",
    );
    assert_eq!(answer_to(&interview, "signs"), serde_json::json!(["none"]));
}

#[test]
fn what_is_still_unsure_counts_as_before() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    let before = interview.assessment();
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         unsure -> signs green?
         no -> summary today",
    );
    assert_eq!(
        (answer_to(&interview, "signs"), interview.assessment()),
        (serde_json::json!(["unsure"]), before)
    );
}

#[test]
fn a_yes_ticks_and_asks_what_follows_from_it() {
    let mut interview = after(&of_a_list(), &["['green','unsure']", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "start -> offer 1
         settle -> signs red?
         no -> signs blue?
         yes -> since
         'no' -> summary today",
    );
    assert_eq!(
        answer_to(&interview, "signs"),
        serde_json::json!(["blue", "green"]),
        "nothing is left unsure"
    );
}

#[test]
fn declining_changes_nothing_and_is_not_asked_again() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    let sheet = interview.sheet().clone();
    go_on_telling(
        &mut interview,
        "leave it -> summary today
         open last -> last
         'yes' -> summary today
         open extra -> extra
         'unsure' -> summary today",
    );
    assert!(interview.encounter().settled.is_empty());
    assert_eq!(interview.sheet().get(0), sheet.get(0));
}

#[test]
fn what_decides_nothing_is_not_offered() {
    let questionnaire = of_a_list();
    tell(&questionnaire, "'unsure' -> extra\n'no' -> last\n'unsure' -> offer 1");
    tell(&questionnaire, "['none'] -> extra\n'no' -> last\n'unsure' -> summary never");
    tell(&questionnaire, "['red'] -> alert now\ngo on -> extra\n'unsure' -> last\n'unsure' -> summary now");
}

#[test]
fn a_single_question_is_asked_once_more_as_a_whole() {
    let mut interview = after(&of_a_list(), &["['none']", "'unsure'", "'no'"]);
    go_on_telling(
        &mut interview,
        "start -> offer 1
         settle -> extra
         'no' -> summary never",
    );
    let settled = &interview.encounter().settled;
    assert_eq!((settled.len(), settled[0].said.clone()), (1, Some(Said::Answer(Answer::option(0)))));
}

#[test]
fn one_can_go_back_through_what_was_asked_once_more() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'unsure'", "'no'"]);
    go_on_telling(
        &mut interview,
        "start -> offer 2
         settle -> signs red?
         no -> signs blue?
         no -> signs green?
         back -> signs blue?
         back -> signs red?
         back -> offer 2
         back -> last
         'no' -> signs red?
         no -> signs blue?
         unsure -> signs green?
         no -> extra
         back -> signs green?
         no -> extra
         'yes' -> summary today",
    );
    assert_eq!(answer_to(&interview, "signs"), serde_json::json!(["unsure"]));
}

#[test]
fn a_yes_can_raise_the_alarm_and_taking_it_back_must_be_confirmed() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         yes -> alert now
         back -> signs red?
         no -> from now to today
         decline -> signs red?
         no -> from now to today
         confirm -> signs blue?
         no -> signs green?
         no -> from today to never
         confirm -> summary never",
    );
    assert_eq!(answer_to(&interview, "signs"), serde_json::json!(["none"]));
}

#[test]
fn after_an_alarm_the_level_hangs_on_nothing_else() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'unsure'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         yes -> alert now
         go on -> summary now",
    );
    assert_eq!(answer_to(&interview, "signs"), serde_json::json!(["red", "unsure"]));
}

#[test]
fn answers_can_be_looked_at_and_changed_in_between() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         review -> review
         open last -> last
         'yes' -> review
         back -> signs blue?
         review -> review
         open signs -> signs
         ['green'] -> review
         back -> summary never",
    );
    assert_eq!(answer_to(&interview, "signs"), serde_json::json!(["green"]), "no tick is taken back");
    assert!(interview.encounter().settled.is_empty(), "what was said was about another answer");
}

#[test]
fn asking_for_the_result_ends_it() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?\nfinish -> summary today\nreview -> review\nback -> summary today",
    );
}

/// What was kept says that the person is at another page asked once more than the one it shows.
#[test]
fn a_page_asked_once_more_that_fits_nothing_is_not_come_back_to() {
    let questionnaire = of_a_list();
    let mut interview = after(&questionnaire, &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?",
    );
    let kept = interview.to_value().to_string();
    let misfits = |kept: &str| Interview::from_json(&questionnaire, kept).expect("an encounter").misfits;
    assert_eq!(misfits(&kept), []);
    for (from, to) in [
        ("\"settling\":1", "\"settling\":0"),
        ("\"settling\":1", "\"settling\":7"),
        (
            r#""stage":{"settling":{"option":"blue","question":"signs"}}"#,
            r#""stage":{"asking":"last"},"settling":7"#,
        ),
    ] {
        let changed = match to.ends_with(",\"settling\":7") {
            true => kept.replacen("\"settling\":1,", "", 1).replacen(from, to, 1),
            false => kept.replacen(from, to, 1),
        };
        assert_ne!(changed, kept, "{from} is there: {kept}");
        assert_eq!(misfits(&changed), [crate::encounter::json::Misfit::Place], "{to}");
    }
}

#[test]
fn what_is_asked_once_more_is_asked_in_its_own_words_and_nothing_else_is() {
    let questionnaire = small::questionnaire(
        "a, type: yes_no, unsure: true, settle: { ask: Look again, test: Use a light. }
         signs, type: many_of, unsure: true, options: [{ id: red, label: R, settle: { ask: Is it red? } }, \
             { id: none, label: N, exclusive: true }]",
        "now: { signs: red }
         today: { a: yes }",
    );
    let words = |interview: &Interview| {
        let asked = interview.once_more()?;
        let hint = asked.hint.map(|hint| hint.to(Audience::Patient).to_owned());
        Some((asked.ask.to(Audience::Patient).to_owned(), hint))
    };
    let questionnaire = Box::leak(Box::new(questionnaire));
    let mut interview = Interview::new(questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    assert_eq!((words(&interview), interview.is_once_more()), (None, false), "asked for the first time");
    go_on_telling(&mut interview, "'unsure' -> signs\n'unsure' -> offer 2");
    assert_eq!((words(&interview), interview.is_once_more()), (None, false));
    go_on_telling(&mut interview, "settle -> a");
    assert_eq!(words(&interview), Some(("Look again".to_owned(), Some("Use a light.".to_owned()))));
    assert!(interview.is_once_more());
    go_on_telling(&mut interview, "'unsure' -> signs red?");
    assert_eq!(interview.encounter().settled[0].said, Some(Said::Unsure));
    assert_eq!(words(&interview), Some(("Is it red?".to_owned(), None)));
    assert!(interview.is_once_more());
    // It is answered with yes, no or "not sure", and with nothing else; and what was said is there on coming back.
    for wrong in [Answer::option(2), Answer::Number(1.0), Answer::Text("yes".to_owned())] {
        assert!(interview.answer(Some(wrong)).is_err());
    }
    assert_eq!(interview.given(), None);
    go_on_telling(&mut interview, "no -> summary soon\nopen a -> a");
    assert_eq!(words(&interview), None, "it is changed, not settled");
}

#[test]
fn what_was_said_is_there_on_coming_back() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    for (said, given) in [("no", Answer::option(0)), ("unsure", Answer::UNSURE)] {
        let story = if said == "no" { "settle -> signs red?\n" } else { "" };
        go_on_telling(&mut interview, &format!("{story}{said} -> signs blue?\nback -> signs red?"));
        assert_eq!(interview.given(), Some(given));
    }
}

/// An early result of which nothing was in doubt took the offer away for good.
#[test]
fn a_doubt_that_comes_after_an_early_result_is_still_offered() {
    tell(
        &of_a_list(),
        "['none'] -> extra
         finish -> summary so far never
         resume -> extra
         'unsure' -> last
         'no' -> offer 1",
    );
}

#[test]
fn back_from_a_follow_up_leads_to_the_page_that_it_follows() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         yes -> since
         back -> signs blue?
         yes -> since",
    );
}

#[test]
fn back_from_an_alarm_leads_to_the_follow_up_that_raised_it() {
    let questionnaire = small::questionnaire(
        "signs, type: many_of, unsure: true, options: [{ id: red, label: R }, { id: none, label: N, exclusive: true }]
         since, type: yes_no, ask_if: { signs: red }",
        "now: { since: yes }
         today: { signs: red }",
    );
    let mut interview = after(&questionnaire, &["'unsure'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         yes -> since
         'yes' -> alert now
         back -> since",
    );
}

#[test]
fn the_same_answer_given_once_more_elsewhere_takes_nothing_back() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         review -> review
         open signs -> signs
         'unsure' -> review
         back -> signs blue?",
    );
    let said: Vec<_> = interview.encounter().settled.iter().map(|settled| settled.said.clone()).collect();
    assert_eq!(said, [Some(Said::No), None]);
}

/// The place among what was asked once more must follow when some of it is dropped.
#[test]
fn an_answer_changed_elsewhere_leaves_the_page_that_is_open_where_it_is() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'unsure'", "'no'"]);
    go_on_telling(
        &mut interview,
        "settle -> signs red?
         no -> signs blue?
         no -> signs green?
         no -> extra
         review -> review
         open signs -> signs
         ['green'] -> review
         back -> extra
         'yes' -> summary later",
    );
    let settled = &interview.encounter().settled;
    assert_eq!((settled.len(), settled[0].said.clone()), (1, Some(Said::Answer(Answer::option(1)))));
}

#[test]
fn a_sign_is_confirmed_or_denied_in_the_words_of_the_questionnaire() {
    let mut interview = after(&of_a_list(), &["'unsure'", "'no'", "'no'"]);
    go_on_telling(&mut interview, "settle -> signs red?");
    let asked = interview.once_more().expect("it is asked once more");
    let of = |questionnaire: &Questionnaire| questionnaire.questions[1].options.clone();
    assert_eq!(asked.options, of(interview.questionnaire()));
    assert_eq!(asked.options.len(), 2);
}
