//! What a clinician is told while being asked.

use jiff::civil::date;

use super::*;
use crate::answers::{Answer, small};
use crate::questionnaire::Questionnaire;

fn questions() -> Questionnaire {
    small::questionnaire(
        "a, type: yes_no\n b, type: yes_no\n words, type: text, optional: true",
        "soon: { a: yes }\n later: { b: yes }",
    )
}

fn asking(questionnaire: &Questionnaire, audience: Audience) -> Interview<'_> {
    Interview::new(questionnaire, audience, date(2026, 11, 21))
}

#[test]
fn a_clinician_is_told_which_levels_are_left_and_which_questions_can_still_decide() {
    let questionnaire = questions();
    let (mut lookout, mut interview) = (None, asking(&questionnaire, Audience::Clinician));
    let outlook = for_clinician(&mut lookout, &interview).expect("something is asked");
    assert_eq!((&outlook.levels[..], &outlook.questions[..]), (&[2, 3, 4][..], &[0, 1][..]));
    assert_eq!((outlook.decided(), outlook.alert), (None, false));
    interview.answer(Some(Answer::option(0))).expect("an answer");
    let outlook = for_clinician(&mut lookout, &interview).expect("something is asked");
    assert_eq!((&outlook.levels[..], &outlook.questions[..]), (&[3, 4][..], &[1][..]));
    interview.back();
    interview.answer(Some(Answer::option(1))).expect("an answer");
    let outlook = for_clinician(&mut lookout, &interview).expect("something is asked");
    assert_eq!((&outlook.levels[..], outlook.decided()), (&[2][..], Some(2)));
}

#[test]
fn nothing_is_looked_ahead_to_for_patients_between_questions_and_at_the_end() {
    let questionnaire = questions();
    assert_eq!(for_clinician(&mut None, &asking(&questionnaire, Audience::Patient)), None);
    let mut interview = asking(&questionnaire, Audience::Clinician);
    interview.answer(Some(Answer::option(0))).expect("an answer");
    interview.finish();
    assert_eq!(for_clinician(&mut None, &interview), None, "no question is on the screen");
    interview.resume();
    interview.answer(Some(Answer::option(0))).expect("an answer");
    interview.answer(None).expect("it may be left out");
    interview.revisit(0);
    assert!(matches!(interview.stage(), Stage::Asking(0)));
    assert_eq!(for_clinician(&mut None, &interview), None, "everything has been answered");
}
