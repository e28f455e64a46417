//! Which answers are told as the reason, and which would change the result.

use super::*;

#[test]
fn beside_an_emergency_no_milder_reason_is_told() {
    let questions = "a, type: yes_no\n b, type: yes_no\n c, type: yes_no\n d, type: yes_no\n e, type: yes_no";
    let rules =
        "now: { a: yes }\n today: { b: yes }\n today: { c: yes }\n today: { d: yes }\n soon: { e: yes }";
    let reasons = |a: &str| {
        let answers = format!("{{'a': '{a}', 'b': 'yes', 'c': 'yes', 'd': 'yes', 'e': 'yes'}}");
        let report = report_of(questions, rules, &answers);
        (report.reasons.len(), text::text(&report).matches("- Of this.").count())
    };
    assert_eq!(reasons("no"), (4, 4));
    assert_eq!(reasons("yes").1, 1);
}

#[test]
fn a_level_that_everybody_has_was_decided_by_no_answer() {
    let report = report_of(
        "a, type: yes_no\n b, type: yes_no",
        "soon: { any: [{ a: yes }, { a: no }] }",
        "{'a': 'no', 'b': 'no'}",
    );
    assert_eq!(report.level.as_ref().map(|level| level.id.as_str()), Some("soon"));
    assert_eq!(report.decided, None);
}

#[test]
fn an_answer_that_would_be_worse_with_less_ticked_is_told_as_a_whole() {
    let report = report_of(
        "signs, type: many_of, options: [{ id: x, label: X }, { id: y, label: Y }, { id: none, label: N, exclusive: true }]",
        "now: { all: [{ signs: y }, { not: { signs: x } }] }\n later: { signs: x }",
        "{'signs': ['x', 'y']}",
    );
    let [change] = &report.would_be[..] else { panic!("{:?}", report.would_be) };
    assert_eq!((change.level.id.as_str(), &change.others[..]), ("now", &["Y".to_owned()][..]));
}
