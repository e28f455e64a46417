//! A section as one page: what is passed, taken back, taken in from somebody else, and left to "nothing else".

use super::*;
use crate::encounter::Provenance;
use crate::words::Language;

fn questions() -> Questionnaire {
    small::questionnaire(
        "page, type: note
         a, type: yes_no
         b, type: yes_no
         c, type: yes_no",
        "now: { a: yes }
         today: { b: yes }",
    )
}

fn on_a_page(questionnaire: &Questionnaire) -> Interview<'_> {
    let mut interview = Interview::new(questionnaire, Audience::Patient, jiff::civil::date(2026, 11, 21));
    interview.by_section();
    interview
}

/// Answers questions of the page, such as `b no`.
fn answer(interview: &mut Interview, answers: &[&str]) {
    for answer in answers {
        let (id, said) = answer.split_once(' ').expect("a question and an answer");
        interview.look_at(interview.questionnaire().question_index(id).expect("a question"));
        act(interview, &format!("'{said}'"));
    }
}

#[test]
fn only_what_needs_no_answer_is_passed_without_one() {
    let questionnaire = questions();
    let mut interview = on_a_page(&questionnaire);
    interview.pass(&[0, 1]);
    assert_eq!([0, 1, 2].map(|question| interview.has_passed(question)), [true, false, false]);
}

/// Taking an answer back can make a level less urgent that somebody has seen. From where to where stays on record.
#[test]
fn what_was_taken_back_is_on_record_where_that_made_it_less_urgent() {
    let questionnaire = questions();
    let lowered = |first: &[&str], taken_back: &[&str]| {
        let mut interview = on_a_page(&questionnaire);
        answer(&mut interview, first);
        let asked = |answer: &&str| {
            questionnaire.question_index(answer.split(' ').next().unwrap_or_default()).expect("a question")
        };
        let before: Vec<_> = taken_back.iter().map(asked).map(|asked| interview.before(asked)).collect();
        answer(&mut interview, taken_back);
        interview.take_back(&before);
        assert_eq!(page(&interview), taken_back[0].split(' ').next().unwrap_or_default());
        interview
            .encounter()
            .lowered
            .iter()
            .map(|edit| (edit.question, edit.from, edit.to))
            .collect::<Vec<_>>()
    };
    assert_eq!(lowered(&["b no", "c no"], &["a yes"]), [(1, 0, None)], "nothing is certain");
    assert_eq!(lowered(&["b yes"], &["a yes"]), [(1, 0, Some(1))], "this much is certain");
    assert_eq!(lowered(&["a no", "b no", "c no"], &["a yes"]), [(1, 0, Some(4))], "all is answered");
    assert_eq!(lowered(&["a yes"], &["b yes"]), [], "it is as urgent as before");
}

#[test]
fn what_somebody_else_recorded_is_taken_in_but_for_what_is_open_here() {
    let questionnaire = questions();
    let (mut ours, mut theirs) = (on_a_page(&questionnaire), on_a_page(&questionnaire));
    answer(&mut theirs, &["b no", "c yes"]);
    theirs.note_corrected(2, Some(Answer::option(1)));
    theirs.came_from(2, Provenance::Record);
    answer(&mut ours, &["b yes", "c no"]);
    ours.note_corrected(3, Some(Answer::option(1)));
    for _ in 0..2 {
        // What is in both is in one of them once.
        ours.adopt(&theirs.encounter().clone(), &[3]);
        let encounter = ours.encounter();
        assert_eq!(
            [1, 2, 3].map(|question| encounter.sheet.get(question).cloned()),
            [None, Some(Answer::option(0)), Some(Answer::option(0))]
        );
        let corrected: Vec<_> = encounter.remarks.corrected.iter().map(|edit| edit.question).collect();
        assert_eq!(corrected, [2, 3]);
        assert_eq!(encounter.remarks.provenance(2), Provenance::Record);
    }
    answer(&mut theirs, &["a yes"]);
    ours.adopt(&theirs.encounter().clone(), &[]);
    assert_eq!(page(&ours), "alert now");
}

#[test]
fn what_somebody_else_lowered_is_on_record_once() {
    let questionnaire = questions();
    let (mut ours, mut theirs) = (on_a_page(&questionnaire), on_a_page(&questionnaire));
    for interview in [&mut ours, &mut theirs] {
        let before = interview.before(1);
        answer(interview, &["a yes"]);
        interview.take_back(&[before]);
    }
    assert_eq!((ours.encounter().lowered.len(), theirs.encounter().lowered.len()), (1, 1));
    ours.adopt(&theirs.encounter().clone(), &[]);
    assert_eq!(ours.encounter().lowered.len(), 1);
    theirs.adopt(&on_a_page(&questionnaire).encounter().clone(), &[]);
    assert_eq!(theirs.encounter().lowered.len(), 1, "what is only here stays");
}

#[test]
fn nothing_else_stands_for_no_answer_that_may_be_left_out_or_has_no_least_concerning_one() {
    let questionnaire = small::questionnaire(
        "a, type: yes_no
         b, type: yes_no, optional: true
         c, type: one_of, options: [{ id: red, label: R }, { id: blue, label: B }]",
        "now: { a: yes }",
    );
    let interview = on_a_page(&questionnaire);
    let words = &Language::English.words().answers;
    let nothing = [0, 1, 2].map(|question| interview.nothing(question, words));
    assert_eq!(nothing, [Some(Answer::option(0)), None, None]);
}
