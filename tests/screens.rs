//! Every screen as text, at the smallest, the usual and a large size, with the place of the cursor.
//!
//! To renew the pictures after the drawing has changed: `INSTA_UPDATE=always cargo test --test screens`,
//! then look at them with `git diff tests/snapshots`.

mod support;

use std::sync::LazyLock;

use redflag::questionnaire::{Audience, Questionnaire};
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person};

/// Who looks, and what they have answered on the way.
struct Scene {
    questionnaire: &'static LazyLock<Questionnaire>,
    sizes: &'static [(u16, u16)],
    audience: Audience,
    ascii: bool,
    large: bool,
    given: &'static [(&'static str, &'static str)],
}

const GIVEN: &[(&str, &str)] = &[
    ("age", "type:64 Enter"),
    ("sex", "2 Enter"),
    ("cancer_history", "2 Enter"),
    ("onset", "u Enter"),
    ("duration", "4 Enter"),
    ("severity", "7 Enter"),
    ("night_pain", "4 Enter"),
    ("weight_loss", "2 Enter"),
    ("notes", "type:It_began_in_spring. Enter"),
];

const PATIENT: Scene = Scene {
    questionnaire: &BACK_PAIN,
    sizes: &[(40, 12), (80, 24), (120, 40)],
    audience: Audience::Patient,
    ascii: false,
    large: false,
    given: GIVEN,
};
const LARGE: Scene = Scene { large: true, ..PATIENT };
const CLINICIAN: Scene = Scene { audience: Audience::Clinician, ..PATIENT };
const ASCII: Scene = Scene { ascii: true, ..PATIENT };
const SPANISH: Scene = Scene { questionnaire: &DOLOR_DE_ESPALDA, sizes: &[(40, 12), (80, 24)], ..PATIENT };
const SPANISH_CLINICIAN: Scene = Scene { audience: Audience::Clinician, ..SPANISH };
const SPANISH_ASCII: Scene = Scene { ascii: true, ..SPANISH };

const SUMMARY: &str = "the summary";

impl Scene {
    /// Goes to a question, or the summary, presses `keys` there and takes a picture at each size.
    fn shot(&self, name: &str, from: &str, keys: &str) {
        for &(width, height) in self.sizes {
            let mut person = Person::new(self.questionnaire, self.audience, (width, height));
            person.look.ascii = self.ascii;
            person.app.large = self.large;
            person.resize((width, height));
            match from {
                "" => {}
                SUMMARY => person.reach_summary(self.given),
                question => person.reach(question, self.given),
            }
            person.press(keys);
            let mut settings = insta::Settings::clone_current();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(format!("{name}-{width}x{height}"), person.picture()));
        }
    }
}

#[test]
fn a_patient_from_the_welcome_to_the_last_question() {
    PATIENT.shot("welcome", "", "");
    PATIENT.shot("many_of", "emergency_now", "");
    PATIENT.shot("many_of-with-hints", "saddle_signs", "2 4 Down");
    PATIENT.shot("many_of-nothing-ticked", "limb_signs", "Enter");
    PATIENT.shot("number", "age", "");
    PATIENT.shot("number-refused", "age", "type:640 Enter");
    PATIENT.shot("one_of", "duration", "");
    PATIENT.shot("one_of-chosen", "onset", "3");
    PATIENT.shot("yes_no", "constant", "2");
    PATIENT.shot("body_map", "sites", "2 3");
    PATIENT.shot("body_map-in-the-figure", "sites", "3 6 Right");
    PATIENT.shot("scale", "severity", "");
    PATIENT.shot("scale-chosen", "severity", "7");
    PATIENT.shot("text", "notes", "");
    PATIENT.shot("text-typed", "notes", "type:Worse_in_the_morning,_better_when_I_walk_about_for_a_while.");
}

#[test]
fn what_lies_on_top() {
    PATIENT.shot("why", "night_pain", "w");
    PATIENT.shot("help", "night_pain", "?");
    PATIENT.shot("first-question", "emergency_now", "Esc");
    PATIENT.shot("leave", "night_pain", "ctrl-c");
    PATIENT.shot("save", SUMMARY, "s");
}

#[test]
fn what_interrupts() {
    PATIENT.shot("alert", "emergency_now", "1 Enter");
    PATIENT.shot("after-an-alert", "emergency_now", "1 Enter c");
    PATIENT.shot("lowering", "emergency_now", "1 Enter Esc n Enter");
    PATIENT.shot("setting-aside", "patterns", "r Down Down Down Down Enter 1 Enter");
}

#[test]
fn the_answers_so_far() {
    PATIENT.shot("review", "trajectory", "r");
    PATIENT.shot("review-end", "trajectory", "r End");
}

#[test]
fn the_summary_of_a_patient() {
    PATIENT.shot("summary-result", SUMMARY, "");
    PATIENT.shot("summary-result-next-page", SUMMARY, "PageDown");
    PATIENT.shot("summary-say", SUMMARY, "Right");
    PATIENT.shot("summary-answers", SUMMARY, "e");
    PATIENT.shot("summary-clinician", SUMMARY, "Right Right Right");
    PATIENT.shot("summary-learn", SUMMARY, "Left");
    PATIENT.shot("summary-page", SUMMARY, "Left Enter");
    PATIENT.shot("summary-not-finished", "trajectory", "q 2 Enter");
    PATIENT.shot("summary-emergency", "emergency_now", "1 Enter a");
}

#[test]
fn what_a_clinician_sees() {
    CLINICIAN.shot("clinician-welcome", "", "");
    CLINICIAN.shot("clinician-many_of", "saddle_signs", "1");
    CLINICIAN.shot("clinician-outlook", "saddle_signs", "1 Enter u Enter");
    CLINICIAN.shot("clinician-decided", "emergency_now", "1 Enter c");
    CLINICIAN.shot("clinician-finish-too-early", "saddle_signs", "n Enter F4");
    CLINICIAN.shot("clinician-stopped-early", "emergency_now", "1 Enter c F4");
    CLINICIAN.shot("clinician-stopped-early-clinician", "emergency_now", "1 Enter c F4 Right Right Right");
    CLINICIAN.shot("clinician-number", "calcium", "type:2,61");
    CLINICIAN.shot("clinician-summary", SUMMARY, "");
    CLINICIAN.shot("clinician-summary-clinician", SUMMARY, "Right Right Right");
}

#[test]
fn a_terminal_that_shows_only_ascii() {
    ASCII.shot("ascii-many_of", "emergency_now", "2");
    ASCII.shot("ascii-body_map", "sites", "3 Right");
    ASCII.shot("ascii-scale", "severity", "4");
    ASCII.shot("ascii-alert", "emergency_now", "1 Enter");
    ASCII.shot("ascii-leave", "sex", "ctrl-c");
    ASCII.shot("ascii-summary", SUMMARY, "");
}

#[test]
fn few_words_a_line_and_wide_spacing() {
    LARGE.shot("large-welcome", "", "");
    LARGE.shot("large-many_of", "emergency_now", "Down Down");
    LARGE.shot("large-many_of-with-hints", "saddle_signs", "2 4 Down");
    LARGE.shot("large-one_of", "duration", "3");
    LARGE.shot("large-number-refused", "age", "type:640 Enter");
    LARGE.shot("large-body_map", "sites", "3 Right");
    LARGE.shot("large-scale", "severity", "7");
    LARGE.shot(
        "large-text-typed",
        "notes",
        "type:Worse_in_the_morning,_better_when_I_walk_about_for_a_while.",
    );
    LARGE.shot("large-why", "night_pain", "w");
    LARGE.shot("large-help", "night_pain", "?");
    LARGE.shot("large-leave", "night_pain", "ctrl-c");
    LARGE.shot("large-alert", "emergency_now", "1 Enter");
    LARGE.shot("large-lowering", "emergency_now", "1 Enter Esc n Enter");
    LARGE.shot("large-setting-aside", "patterns", "r Down Down Down Down Enter 1 Enter");
    LARGE.shot("large-review", "trajectory", "r");
    LARGE.shot("large-summary-result", SUMMARY, "");
    LARGE.shot("large-summary-clinician", SUMMARY, "Right Right Right");
    LARGE.shot("large-save", SUMMARY, "s");
}

#[test]
fn what_is_seen_in_spanish() {
    SPANISH.shot("spanish-welcome", "", "");
    SPANISH.shot("spanish-many_of", "emergency_now", "");
    SPANISH.shot("spanish-many_of-nothing-ticked", "limb_signs", "Enter");
    SPANISH.shot("spanish-number-refused", "age", "type:640 Enter");
    SPANISH.shot("spanish-one_of", "duration", "");
    SPANISH.shot("spanish-body_map", "sites", "2 3");
    SPANISH.shot("spanish-scale", "severity", "Enter");
    SPANISH.shot("spanish-text-typed", "notes", "type:Por_la_mañana_me_duele_más.");
    SPANISH.shot("spanish-why", "night_pain", "w");
    SPANISH.shot("spanish-help", "night_pain", "?");
    SPANISH.shot("spanish-first-question", "emergency_now", "Esc");
    SPANISH.shot("spanish-leave", "night_pain", "ctrl-c");
    SPANISH.shot("spanish-alert", "emergency_now", "1 Enter");
    SPANISH.shot("spanish-lowering", "emergency_now", "1 Enter Esc n Enter");
    SPANISH.shot("spanish-setting-aside", "patterns", "r Down Down Down Down Enter 1 Enter");
    SPANISH.shot("spanish-review", "trajectory", "r");
    SPANISH.shot("spanish-summary-result", SUMMARY, "");
    SPANISH.shot("spanish-summary-say", SUMMARY, "Right");
    SPANISH.shot("spanish-summary-not-finished", "trajectory", "q 2 Enter");
    SPANISH.shot("spanish-save", SUMMARY, "s");
    SPANISH_CLINICIAN.shot("spanish-clinician-number", "calcium", "type:2,61");
    SPANISH_CLINICIAN.shot("spanish-clinician-summary", SUMMARY, "Right Right Right");
    SPANISH_ASCII.shot("spanish-ascii-alert", "emergency_now", "1 Enter");
}
