//! What stays in the terminal.

use super::*;
use crate::report::{Step, farewell};

/// What stays in the terminal: what it was, where it is, the steps, whom to call, and last the level.
#[test]
fn what_stays_in_the_terminal_ends_with_the_level() {
    let report = report(EMERGENCY, Audience::Patient);
    let lines = farewell::lines(&report, Some("there.html"));
    assert_eq!(
        lines,
        [
            "A small check. Saturday 21 November 2026, small 1.0.0",
            "The whole report: there.html",
            "1. Call 112 now.",
            "Call your local emergency number now: 112",
            "!! GET HELP NOW: now",
        ]
    );
    let open = super::report(r#"{"sites": ["nowhere"]}"#, Audience::Patient);
    assert_eq!(
        farewell::lines(&open, Some("there.html")).last().map(String::as_str),
        Some("… Not finished: about 3 questions left")
    );
    assert_eq!(farewell::lines(&open, Some("there.html")).len(), 3, "no step");
    let soon = super::report(r#"{"sites": ["neck"], "signs": ["none"], "severity": 8}"#, Audience::Patient);
    assert!(soon.who.is_some());
    assert_eq!(farewell::lines(&soon, Some("there.html")).len(), 3, "and nobody to call");
}

#[test]
fn what_stays_in_the_terminal_are_ten_lines_and_no_step_is_cut() {
    let report = report(EMERGENCY, Audience::Patient);
    let step = |words: &str| Step { id: String::new(), words: words.to_owned(), sources: Vec::new() };
    let of = |words: &str| {
        let steps = vec![step(words); 12];
        farewell::lines(&Report { steps, ..super::report(EMERGENCY, Audience::Patient) }, None)
    };
    let short = of("Rest.");
    assert_eq!(
        (short.len(), &short[0][..7], short.last()),
        (10, "A small", farewell::lines(&report, None).last())
    );
    // There is room for six lines, and a step takes four: half a one helps nobody.
    let long = of(&"Rest for a while. ".repeat(15));
    assert_eq!((long.len(), &long[0][..7]), (8, "A small"));
}
