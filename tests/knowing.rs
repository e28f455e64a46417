//! Whether a person knows where they are, which keys work, why something is asked, and how to leave.

mod support;

use std::time::Duration;

use redflag::interview::Stage;
use redflag::questionnaire::{Audience, Text};
use redflag::tui::app::{Effect, Leaving};
use redflag::tui::keys::{self, Mode};
use redflag::tui::policy::Policy;
use redflag::words::Language;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, SMALL, USUAL, in_a_row};

/// An emergency that has just come up.
fn alarmed(size: (u16, u16)) -> Person<'static> {
    let mut person = Person::patient(size);
    person.press("Enter 1 Enter");
    person
}

/// Somebody in each mode, where there is something to move and to scroll.
fn in_mode(mode: Mode, size: (u16, u16)) -> Person<'static> {
    let few = matches!(mode, Mode::Text | Mode::Confirm | Mode::Note | Mode::Save);
    // A small window asks row by row.
    let size = if mode == Mode::Grid { (size.0.max(USUAL.0), size.1.max(USUAL.1)) } else { size };
    let few = few || matches!(mode, Mode::Summary | Mode::Phone | Mode::SummaryList);
    let mut person = if few { Person::with_small(size) } else { Person::patient(size) };
    let mut reach = |id: &str, keys: &str| {
        person.reach(id, &[]);
        person.press(keys);
    };
    match mode {
        Mode::Welcome => {}
        Mode::OneOf => reach("onset", ""),
        Mode::ManyOf => reach("emergency_now", "Down Down"),
        Mode::Grid => reach("saddle_signs", "1 2 3 Enter 1 Right"),
        Mode::BodyMap => reach("sites", "2"),
        Mode::Scale => reach("severity", "5"),
        Mode::Number => reach("age", "type:6"),
        Mode::Text => reach("words", "type:word"),
        Mode::Alert => return alarmed(size),
        Mode::Review => reach("sites", "r Down Down"),
        Mode::Leave => reach("sites", "ctrl-c Down"),
        Mode::Reading => reach("sites", "? PageDown"),
        Mode::Note => reach("hello", ""),
        // tests/grids.rs presses its keys.
        Mode::Offer => {
            person.reach("notes", &[("saddle_signs", "u Enter")]);
            person.press("Enter");
        }
        Mode::Confirm => reach("cancer_history", "2 Enter 2 Enter Esc Esc 1 Enter"),
        Mode::Summary | Mode::Phone | Mode::SummaryList | Mode::Save => {
            person.reach_summary(&[]);
            person.press(match mode {
                Mode::Save => "s",
                Mode::Phone => "p Space",
                Mode::SummaryList => "e Down Down",
                _ => "PageDown",
            });
        }
        // Those of the intake, whose keys tests/intake.rs presses.
        other => unreachable!("{other:?}"),
    }
    assert_eq!(person.app.mode(), mode);
    person
}

const MODES: [Mode; 19] = [
    Mode::Offer,
    Mode::Welcome,
    Mode::OneOf,
    Mode::ManyOf,
    Mode::Grid,
    Mode::BodyMap,
    Mode::Scale,
    Mode::Number,
    Mode::Text,
    Mode::Note,
    Mode::Alert,
    Mode::Confirm,
    Mode::Review,
    Mode::Summary,
    Mode::Phone,
    Mode::SummaryList,
    Mode::Reading,
    Mode::Leave,
    Mode::Save,
];

/// The keys that a label of the table stands for.
fn pressed(label: &str) -> Vec<&str> {
    match label {
        "↑↓" => vec!["Up", "Down"],
        "←→" => vec!["Left", "Right"],
        "←" => vec!["Left"],
        "PgUp PgDn" => vec!["PageUp", "PageDown", "Home", "End"],
        "PgDn" => vec!["PageDown"],
        "0-9" | "1-9" => vec!["1", "3"],
        "1-2" => vec!["1", "2"],
        "1-3" => vec!["1", "3"],
        "a-z" => vec!["i", "s", "a", "t"],
        "Ctrl-C" => vec!["ctrl-c"],
        "Ctrl-U" => vec!["ctrl-u"],
        label => vec![label],
    }
}

/// Does any of these keys do something here that can be seen?
fn does_something(mode: Mode, label: &str, size: (u16, u16)) -> bool {
    pressed(label).into_iter().any(|key| {
        let mut person = in_mode(mode, size);
        let before = person.picture();
        let effect = person.press(key);
        effect != Effect::None || person.picture() != before
    })
}

#[test]
fn every_key_of_the_help_works_where_it_is_named() {
    let where_it_cannot_be_seen = [
        // Only where "I'm not sure" is an answer, which its words say.
        (Mode::BodyMap, "u"),
        (Mode::Scale, "u"),
        (Mode::Note, "u"),
        // The cursor stays in the list; which side has the focus is seen on the figure, in colour.
        (Mode::BodyMap, "←→"),
        // Nothing is chosen there yet; tests/answering.rs takes something back.
        (Mode::OneOf, "Backspace"),
        // What fits needs no scrolling, and these pages fit.
        (Mode::Note, "↑↓"),
        (Mode::Note, "PgUp PgDn"),
        (Mode::Phone, "PgUp PgDn"),
        (Mode::Confirm, "PgUp PgDn"),
    ];
    for mode in MODES {
        // The help of patients does not name it; tests/stopping.rs presses it.
        let for_patients = keys::here(mode, Policy::OWN, &Language::English.words().keys)
            .filter(|(label, _)| *label != keys::FINISH_HERE);
        for (label, words) in for_patients {
            let works = [(40, 12), (80, 24)].into_iter().any(|size| does_something(mode, label, size));
            assert!(
                works || where_it_cannot_be_seen.contains(&(mode, label)),
                "{mode:?}: {label} ({words}) does nothing"
            );
        }
    }
}

#[test]
fn the_bottom_line_names_only_keys_that_work() {
    for mode in MODES {
        for size in [(40, 12), (80, 24), (120, 40)] {
            let person = in_mode(mode, size);
            let lines: Vec<_> = person.screen().lines().map(str::to_owned).collect();
            let bottom = lines.iter().rev().find(|line| !line.trim().is_empty()).unwrap();
            let mut named = 0;
            for (label, word) in keys::bottom_line(mode, Policy::OWN, &Language::English.words().keys) {
                if bottom.contains(&format!("{label} {word}")) {
                    named += 1;
                    assert!(
                        does_something(mode, label, size),
                        "{mode:?} at {size:?}: {label} {word}\n{bottom}"
                    );
                }
            }
            assert!(named > 0, "{mode:?} at {size:?} names keys of the table: {bottom}");
            assert!(bottom.contains("Ctrl-C") || bottom.contains("q finish"), "{mode:?}: a way out");
        }
    }
}

#[test]
fn help_shows_every_key_of_the_table() {
    let mut person = in_mode(Mode::Review, USUAL);
    person.press("?");
    let mut seen = String::new();
    loop {
        let before = person.screen();
        seen += &before;
        person.press("Down");
        if person.screen() == before {
            break;
        }
    }
    let seen = support::in_a_row(&seen);
    for (label, words) in keys::all(Policy::OWN, &Language::English.words().keys) {
        let first = words.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let is_named = seen.contains(&support::in_a_row(&format!("{label} {first}")));
        assert_eq!(is_named, label != keys::FINISH_HERE, "{label} {words}");
    }
    person.press("F1");
    assert_eq!(person.app.mode(), Mode::Review, "the key that opened it closes it");
}

#[test]
fn the_header_says_how_far_it_is_with_honest_bounds() {
    let mut person = Person::patient(USUAL);
    let (fewest, most) = person.app.length();
    person.must_see(&format!("{fewest} to {most} short questions"));
    person.press("Enter");
    person.must_see(&format!("First, a safety check · 1 of {fewest}–{most}"));
    let (mut lowest, mut highest, mut asked) = (fewest, most, 0);
    while person.app.interview.stage() != &Stage::Summary {
        asked += 1;
        let progress = person.app.progress;
        assert_eq!(progress.position, asked);
        assert!(progress.fewest >= lowest && progress.most <= highest, "bounds only ever close in");
        (lowest, highest) = (progress.fewest, progress.most);
        let keys = match person.question() {
            "age" => "type:40 Enter",
            "sites" | "severity" => "3 Enter",
            "notes" => "Enter",
            _ => match person.app.mode() {
                Mode::ManyOf => "n Enter",
                _ => "1 Enter",
            },
        };
        person.press(keys);
    }
    assert!((lowest..=highest).contains(&asked));
}

#[test]
fn the_first_page_and_every_page_of_the_summary_say_the_version_at_every_width() {
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        for audience in [Audience::Patient, Audience::Clinician] {
            let mut person = Person::new(questionnaire, audience, USUAL);
            let must_see_version = |person: &mut Person| {
                for size in [(40, 12), (41, 12), (59, 24), (60, 24), USUAL, (120, 40)] {
                    person.resize(size);
                    assert!(person.header().ends_with("back-pain 2.0.0"), "{size:?}\n{}", person.screen());
                }
            };
            must_see_version(&mut person);
            person.reach_summary(&[]);
            for keys in ["", "Right", "Right", "Right", "Right", "s", "Esc ?"] {
                person.press(keys);
                must_see_version(&mut person);
            }
        }
    }
}

#[test]
fn a_long_name_is_cut_before_the_version_goes() {
    let mut long = SMALL.clone();
    long.id = "everything_that_hurts_from_head_to_toe".to_owned();
    long.version = "2026.11-draft".to_owned();
    let mut person = Person::new(&long, Audience::Patient, (40, 12));
    assert_eq!(person.header(), "everything_that_hurts_f… 2026.11-draft");
    person.press("Enter");
    person.reach_summary(&[]);
    assert_eq!(person.header(), "21 Nov 2026 · everythin… 2026.11-draft");
}

#[test]
fn a_long_section_is_cut_before_the_position_goes() {
    let mut long = SMALL.clone();
    long.sections[0].title = Text::both("Everything that has ever hurt since the day you were born");
    let mut person = Person::new(&long, Audience::Patient, (40, 12));
    person.press("Enter");
    let (fewest, most) = person.app.length();
    let header = person.header();
    assert!(header.starts_with("Everything that has") && header.contains('…'), "{header}");
    assert!(header.ends_with(&format!(" · 1 of {fewest}–{most}")), "{header}");
}

#[test]
fn every_question_says_why_it_is_asked_with_its_sources() {
    for audience in [Audience::Patient, Audience::Clinician] {
        let mut person = Person::new(&BACK_PAIN, audience, (80, 40));
        person.press("Enter");
        while let Some((_, question)) = person.app.question() {
            let is_typed = matches!(person.app.mode(), Mode::Text | Mode::Number);
            person.press(if is_typed { "F2" } else { "w" });
            person.must_see("Why we ask");
            person.must_see(question.ask.to(audience));
            person.must_see(question.why.as_ref().expect("every question has one").to(audience));
            for &source in &question.sources {
                person.must_see(&BACK_PAIN.sources[source].title);
            }
            person.press("Esc");
            let next = BACK_PAIN.questions.iter().skip_while(|q| q.id != question.id).nth(1);
            let Some(next) = next else { break };
            if audience == Audience::Patient && question.id == "notes" {
                break;
            }
            let next = next.id.clone();
            if BACK_PAIN.questions.iter().any(|q| q.id == next && q.ask_if.is_none()) {
                person.reach(&next, &[]);
            } else {
                // A question of a branch that is not taken: the next one that is always asked.
                let later =
                    BACK_PAIN.questions.iter().skip_while(|q| q.id != next).find(|q| q.ask_if.is_none());
                let Some(later) = later else { break };
                person.reach(&later.id.clone(), &[]);
            }
        }
    }
}

#[test]
fn an_emergency_answer_takes_the_whole_screen() {
    for size in [(40, 12), (80, 24), (120, 40)] {
        let mut person = alarmed(size);
        assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
        person.must_see("!! GET EMERGENCY HELP NOW");
        assert!(!person.sees("Do you have any of these"), "nothing of the question");
        let mut seen = person.screen();
        for _ in 0..40 {
            person.press("Down");
            seen += &person.screen();
        }
        let report = person.app.report.clone().expect("the words of the report");
        let words_of = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let whom = report.who.expect("whom to call");
        for text in [&report.act, &whom, &report.reasons[0].words, &report.say.join(" ")] {
            for word in words_of(text) {
                assert!(seen.contains(&word), "{word} of {text} at {size:?}");
            }
        }
        person.must_see("a I understand");
        person.must_see("c Go on with the questions");
    }
}

#[test]
fn an_alert_cannot_be_dismissed_by_a_key_that_was_already_being_pressed() {
    let mut person = alarmed(USUAL);
    for key in ["a", "c", "Enter", "q"] {
        person.key(key);
        assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }), "{key} at once");
        assert_eq!(person.app.overlay, None);
    }
    for _ in 0..100 {
        person.wait(Duration::from_millis(33));
        person.key("Enter");
    }
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }), "Enter held down");
    person.press("Enter Space 1");
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }), "only its own keys");
    person.press("c");
    assert_eq!(person.question(), "saddle_signs");
}

#[test]
fn after_an_alert_the_urgency_stays_on_the_screen_and_the_summary_can_be_seen() {
    let mut person = alarmed(USUAL);
    person.press("c");
    person.must_see("!! Get emergency help now");
    let mut person = alarmed(USUAL);
    person.press("a");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.must_see("GET EMERGENCY HELP NOW");
    person.press("c");
    assert_eq!(person.question(), "saddle_signs", "an unfinished summary goes on");
}

#[test]
fn ctrl_c_asks_once_with_staying_preselected() {
    for mode in MODES {
        let mut person = in_mode(mode, USUAL);
        let was_asked = mode == Mode::Leave;
        let before = person.picture();
        let effect = person.press("ctrl-c");
        if was_asked {
            assert_eq!(effect, Effect::Leave(Leaving::Interrupted));
            continue;
        }
        assert_eq!(effect, Effect::None);
        assert!(person.cursor_line().contains("Stay"), "{mode:?}");
        let mut other = in_mode(mode, USUAL);
        other.press("ctrl-c");
        assert_eq!(other.press("Enter"), Effect::None);
        assert_eq!(other.picture(), before, "{mode:?}: staying shows what was there");
        // At once, although nothing else is taken so soon after a change.
        assert_eq!(person.key("ctrl-c"), Effect::Leave(Leaving::Interrupted), "{mode:?}");
    }
}

#[test]
fn leaving_says_how_it_was_left() {
    let mut person = in_mode(Mode::OneOf, USUAL);
    assert_eq!(person.press("q"), Effect::None);
    assert_eq!(person.press("3 Enter"), Effect::Leave(Leaving::Abandoned));
    let mut person = in_mode(Mode::OneOf, USUAL);
    assert_eq!(person.press("ctrl-c 3 Enter"), Effect::Leave(Leaving::Interrupted));
    assert_eq!(in_mode(Mode::Welcome, USUAL).press("q"), Effect::Leave(Leaving::Abandoned));
    assert_eq!(in_mode(Mode::Summary, USUAL).press("q 3 Enter"), Effect::Leave(Leaving::Finished));
    assert_eq!(in_mode(Mode::Summary, USUAL).press("q 2 Enter"), Effect::Leave(Leaving::Printing));
    assert_eq!(alarmed(USUAL).press("a q 3 Enter"), Effect::Leave(Leaving::NotFinished));
    let mut person = in_mode(Mode::Summary, USUAL);
    assert_eq!(person.press("q Esc"), Effect::None);
    person.must_see("[Result]");
    person.press("q Enter");
    person.must_see("Save the summary");
    person.saved(Ok(()));
    assert_eq!(person.press("q"), Effect::Leave(Leaving::Finished), "saved, it is not asked again");
}

#[test]
fn what_is_typed_takes_the_place_of_the_proposed_name_and_the_line_is_edited_as_in_a_shell() {
    let mut person = in_mode(Mode::Summary, USUAL);
    person.press("s type:mine.md");
    person.must_see("❯ mine.md");
    person.must_see("Format: Markdown");
    person.press("ctrl-w type:at_home/b.txt");
    person.must_see("❯ at home/b.txt");
    person.press("ctrl-w ctrl-a type:not_");
    person.must_see("❯ not at ");
    person.press("ctrl-e type:work Home Right Right Right Right ctrl-u");
    person.must_see("❯ at work");
    // Whoever moves in the proposed name, or chooses a format for it, keeps it.
    for keys in ["s Left type:x", "s Down Right type:x", "s End type:x"] {
        let mut person = in_mode(Mode::Summary, USUAL);
        person.press(keys);
        person.must_see("❯ small-20");
    }
    // That the arrows choose is seen.
    let mut person = in_mode(Mode::Summary, USUAL);
    person.press("s Down");
    person.must_see("❯ Format: ‹ plain text ›");
}

#[test]
fn leaving_early_offers_the_result_so_far() {
    let mut person = in_mode(Mode::Scale, USUAL);
    person.press("q Down");
    assert!(person.cursor_line().contains("Show the result so far"));
    person.press("Enter");
    assert_eq!(person.app.interview.stage(), &Stage::Summary);
    person.must_see("not finished");
    person.press("c");
    assert_eq!(person.question(), "severity");
    assert_eq!(person.app.draft.value, Some(5), "what was chosen is still there");

    let mut person = in_mode(Mode::SummaryList, USUAL);
    person.press("ctrl-c Down");
    assert!(person.cursor_line().contains("Back to the first page"));
    person.press("Enter");
    person.must_see("[Result]");
}

#[test]
fn a_file_that_exists_is_replaced_only_when_asked_twice() {
    let mut person = in_mode(Mode::Save, USUAL);
    let Effect::Save { path, report, replace, .. } = person.press("Enter") else { panic!("nothing to save") };
    assert_eq!((path.as_str(), replace), ("small-2026-11-21.txt", false));
    assert_eq!(report.title, "A small check");
    person.saved(Err(redflag::save::SaveProblem::Exists));
    person.must_see("This file already exists. Press Enter again to replace it, or type another name.");
    assert!(matches!(person.press("Enter"), Effect::Save { replace: true, .. }));
    person.press("Backspace");
    assert!(matches!(person.press("Enter"), Effect::Save { replace: false, .. }), "another name");
    person.saved(Err(redflag::save::SaveProblem::Failed("no room".into())));
    person.must_see("Not saved: no room.");
    person.saved(Ok(()));
    person.must_see("Saved as /home/person/back-pain.txt. It contains health data: keep it private.");
    assert_eq!(person.app.mode(), Mode::Summary);
}

#[test]
fn a_file_needs_a_name() {
    let mut person = in_mode(Mode::Save, USUAL);
    person.press(&"Backspace ".repeat(40));
    assert_eq!(person.press("Enter"), Effect::None);
    person.must_see("Type a name for the file");
}

#[test]
fn the_pages_of_the_summary_turn_in_a_circle() {
    let mut person = Person::new(&SMALL, Audience::Patient, USUAL);
    person.reach_summary(&[("signs", "1 Enter")]);
    for page in ["Say on the phone", "Answers", "Clinician", "Learn more", "Result"] {
        person.press("Right");
        person.must_see(&format!("[{page}]"));
    }
    person.press("Left");
    person.must_see("[Learn more]");
    person.press("Enter");
    person.must_see("Nerves carry feeling.");
    person.press("Esc");
    person.must_see("[Learn more]");
}

#[test]
fn a_finding_that_is_absent_reads_otherwise_than_an_answer() {
    let mut person = Person::new(&BACK_PAIN, Audience::Clinician, (80, 40));
    person.reach_summary(&[]);
    person.press("Right Right Right");
    let mut seen = String::new();
    for _ in 0..40 {
        seen += &person.screen();
        person.press("PageDown");
    }
    let seen = in_a_row(&seen);
    assert!(seen.contains("Pain features: none of: Band-like"), "{seen}");
    assert!(seen.contains("Onset: Gradual, unnoticed, or no nameable start"), "{seen}");
    assert!(!seen.contains("Pain features: Band-like") && !seen.contains("Onset: none of"));
}
