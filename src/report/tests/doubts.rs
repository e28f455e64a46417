//! What is told of answers "not sure".

use super::*;

#[test]
fn on_the_phone_a_doubt_is_said_that_is_the_reason_for_the_level() {
    let say = |rule: &str| report_of("a, type: yes_no, unsure: true", rule, "{'a': 'unsure'}").say;
    let doubt = "I am not sure about this: \"What?\"";
    assert_eq!(say("today: { a: unsure }").last().map(String::as_str), Some(doubt));
}

/// Of two doubts, one could mean an emergency, and counts for today; the other counts for less and set nothing.
#[test]
fn of_several_doubts_the_one_that_sets_the_level_is_the_reason() {
    let report = report_of(
        "a, type: yes_no, unsure: true\n b, type: yes_no, unsure: true",
        "now: { a: yes }\n today: { b: yes }",
        "{'a': 'unsure', 'b': 'unsure'}",
    );
    assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("today"));
    let reason = &report.reasons[0];
    let numbers: Vec<usize> = reason.answers.iter().map(|told| told.number).collect();
    assert_eq!((reason.doubt, reason.rules.concat().as_str(), &numbers[..]), (true, "R0", &[1][..]));
}

#[test]
fn what_was_asked_once_more_is_told_in_a_sentence_for_each_question() {
    let questionnaire = small::questionnaire(
        "a, type: yes_no, unsure: true
         b, type: yes_no, unsure: true
         signs, type: many_of, unsure: true, options: [{ id: x, label: X }, { id: y, label: Y }, { id: z, label: Z }, \
             { id: none, label: N, exclusive: true }]",
        "now: { signs: x }\n today: { any: [{ a: yes }, { b: yes }] }",
    );
    let sheet = "{'a': 'no', 'b': 'unsure', 'signs': ['x', 'unsure']}";
    let mut encounter = answered(&questionnaire, Audience::Patient, sheet);
    let once_more = |question: usize, option: Option<usize>, said: Option<Said>| Settled {
        question,
        option,
        was: Answer::UNSURE,
        said,
    };
    encounter.settled = vec![
        once_more(0, None, Some(Said::Answer(Answer::option(0)))),
        once_more(1, None, Some(Said::Unsure)),
        once_more(2, Some(0), Some(Said::Yes)),
        once_more(2, Some(1), Some(Said::No)),
        once_more(2, Some(2), Some(Said::Unsure)),
        // This one was left.
        once_more(2, Some(3), None),
    ];
    assert_eq!(
        told(&questionnaire, &encounter).settled,
        [
            "What? Not sure at first, then: No",
            "What? Not sure at first, and still not sure when asked again",
            "What? Not sure at first, then: yes: \"X\"; not sure: \"Z\"; no: \"Y\"",
        ]
    );
    encounter.settled = vec![once_more(2, Some(0), None), once_more(0, None, None)];
    assert_eq!(told(&questionnaire, &encounter).settled, [""; 0], "nothing was said");
}
