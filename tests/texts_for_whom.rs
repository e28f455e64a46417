//! What back pain tells people suits them: laws over all answer sheets, finished or not, held by the circuit.

mod support;

use std::rc::Rc;

use redflag::answers::{self, Answer, Refusal};
use redflag::circuit::{Circuit, Lit, RawSheet, Sheets};
use redflag::library::builtin;
use redflag::proof::{Found, Solver, Stop};
use redflag::questionnaire::{Audience, Condition, LevelIndex, OptionSet, Shown};
use support::BACK_PAIN;

/// All sheets of one audience.
struct All {
    circuit: Circuit<'static>,
    solver: Solver,
    finished: bool,
}

impl All {
    /// Finished sheets, and those on which answers are missing.
    fn kinds() -> Vec<All> {
        let audiences = [Audience::Patient, Audience::Clinician];
        let kinds = audiences
            .into_iter()
            .flat_map(|audience| [(audience, Sheets::Complete, true), (audience, Sheets::Partial, false)]);
        let all = kinds.map(|(audience, sheets, finished)| {
            let circuit = Circuit::new(&BACK_PAIN, audience, sheets);
            let stop: Stop = Rc::new(|| false);
            let solver = Solver::new(&circuit.graph, circuit.laws(), stop);
            All { circuit, solver, finished }
        });
        all.collect()
    }

    /// The level that a report is about: of an unfinished check the one that is certain.
    fn at(&mut self, level: LevelIndex) -> Lit {
        if self.finished {
            return self.circuit.is_level(level);
        }
        let above = level.checked_sub(1).map_or(Lit::FALSE, |above| self.circuit.certain[above]);
        let here = self.circuit.certain[level];
        self.circuit.graph.and(here, !above)
    }

    fn shown(&mut self, shown: &Shown) -> Lit {
        let levels: Vec<Lit> = shown.levels.iter().map(|&level| self.at(level)).collect();
        let levels = if levels.is_empty() { Lit::TRUE } else { self.circuit.graph.any(levels) };
        let holds = shown.when.as_ref().map_or(Lit::TRUE, |when| self.circuit.rails(when).certain);
        self.circuit.graph.and(levels, holds)
    }

    fn step(&mut self, id: &str) -> Lit {
        let step = BACK_PAIN.next_steps.iter().find(|step| step.id == id);
        self.shown(&step.unwrap_or_else(|| panic!("there is no step {id}")).shown)
    }

    fn holds(&mut self, condition: &Condition) -> Lit {
        self.circuit.rails(condition).certain
    }

    /// Nobody has all of this.
    fn never(&mut self, wanted: &[Lit], what: &str) {
        match self.solver.find(&self.circuit.graph, wanted) {
            Found::Never => {}
            Found::OutOfTime => panic!("{what}: not proved"),
            Found::Yes => {
                let sheet = RawSheet::read(&self.circuit, |lit| self.solver.value(lit));
                panic!("{what}: {:?}", sheet.heard(&BACK_PAIN, self.circuit.audience));
            }
        }
    }

    /// Somebody has all of this: a law about nobody would say nothing.
    fn somebody(&mut self, wanted: &[Lit], what: &str) {
        let found = self.solver.find(&self.circuit.graph, wanted);
        assert!(matches!(found, Found::Yes), "nobody: {what}");
    }
}

fn level(id: &str) -> LevelIndex {
    BACK_PAIN.levels.iter().position(|level| level.id == id).expect("a level")
}

fn answered(question: &str, option: &str) -> Condition {
    let question = BACK_PAIN.question_index(question).expect("a question");
    let option = BACK_PAIN.questions[question].option_index(option).expect("an option");
    Condition::Has(question, OptionSet::one(option))
}

fn unsure(question: &str) -> Condition {
    Condition::Unsure(BACK_PAIN.question_index(question).expect("a question"))
}

/// Words that are about the body of one sex only.
const OF_WOMEN: [&str; 8] =
    ["ovar", "womb", "pregnan", "menopause", "CA125", "maternity", "periods", "obstet"];
const OF_MEN: [&str; 4] = ["prostate", "PSA", "testic", "erection"];

fn is_about(words: &str, sex: &[&str]) -> bool {
    sex.iter().any(|word| words.to_lowercase().contains(&word.to_lowercase()))
}

#[test]
fn nobody_is_told_a_step_or_a_reason_for_the_other_sex() {
    let mut met = 0;
    for mut all in All::kinds() {
        for (sex, others) in [("male", &OF_WOMEN[..]), ("female", &OF_MEN[..])] {
            let of_sex = all.holds(&answered("sex", sex));
            // Who says so is told of it, whatever the sex.
            let alarm = all.holds(&answered("emergency_now", "pregnancy_alarm"));
            let of_sex = all.circuit.graph.and(of_sex, !alarm);
            for step in &BACK_PAIN.next_steps {
                let words =
                    [Audience::Patient, Audience::Clinician].map(|reader| step.say.to(reader)).join(" ");
                if is_about(&words, others) {
                    let shown = all.shown(&step.shown);
                    all.never(&[shown, of_sex], &format!("{} for {sex}", step.id));
                    met += 1;
                }
            }
            for (index, rule) in BACK_PAIN.rules.iter().enumerate() {
                let holds = all.circuit.rules[index].certain;
                let mut before = vec![holds, of_sex];
                for (wording, because) in rule.wordings().enumerate() {
                    let when = rule.because_if.get(wording).map(|entry| all.holds(&entry.when));
                    let words =
                        [Audience::Patient, Audience::Clinician].map(|reader| because.to(reader)).join(" ");
                    if is_about(&words, others) {
                        let told: Vec<Lit> = before.iter().copied().chain(when).collect();
                        all.never(&told, &format!("{} {wording} for {sex}", rule.id));
                        met += 1;
                    }
                    before.extend(when.map(|when| !when));
                }
            }
        }
    }
    assert!(met > 40, "{met}");
}

#[test]
fn there_is_one_first_call_whatever_is_answered_so_far() {
    const FIRST: [(&str, &[&str]); 2] = [
        (
            "emergency",
            &[
                "accident_keep_still",
                "call_and_wait",
                "ring_maternity_now",
                "ring_24h_line_first",
                "call_or_go_now",
            ],
        ),
        (
            "same_day",
            &["ring_maternity_today", "ring_cancer_team_today", "ring_clinic_now", "ring_clinic_today"],
        ),
    ];
    for mut all in All::kinds() {
        for (at, calls) in FIRST {
            let here = all.at(level(at));
            for (index, one) in calls.iter().enumerate() {
                let one_shown = all.step(one);
                all.somebody(&[one_shown], one);
                for other in &calls[index + 1..] {
                    let other_shown = all.step(other);
                    all.never(&[one_shown, other_shown, here], &format!("{one} and {other}"));
                }
            }
        }
    }
}

/// Steps that say the opposite of each other.
const OPPOSITES: [(&str, &str); 9] = [
    ("accident_keep_still", "call_or_go_now"),
    ("accident_keep_still", "call_and_wait"),
    ("accident_keep_still", "lie_flat"),
    ("accident_keep_still", "do_not_drive"),
    ("call_and_wait", "call_or_go_now"),
    ("keep_moving", "keep_moving_gently"),
    ("ring_24h_line_first", "ring_24h_line_after"),
    ("tell_pregnant", "ask_physio"),
    ("nobody_answers", "ring_clinic_now"),
];

#[test]
fn no_two_steps_of_a_page_say_the_opposite() {
    for mut all in All::kinds() {
        for (one, other) in OPPOSITES {
            let both = [all.step(one), all.step(other)];
            all.never(&both, &format!("{one} and {other}"));
        }
    }
}

#[test]
fn nothing_is_said_about_medicines_where_there_may_be_a_pregnancy() {
    const MEDICINES: [&str; 6] =
        ["ibuprofen", "anti-inflammatory", "painkiller", "pain relief", "pharmacist", "physio"];
    let mut met = 0;
    for mut all in All::kinds() {
        for condition in [answered("pregnant", "yes"), unsure("pregnant")] {
            let pregnant = match &condition {
                Condition::Unsure(question) => all.circuit.asked[*question].unsure,
                condition => all.holds(condition),
            };
            for step in &BACK_PAIN.next_steps {
                if is_about(step.say.to(Audience::Patient), &MEDICINES) {
                    let shown = all.shown(&step.shown);
                    all.never(&[shown, pregnant], &step.id);
                    met += 1;
                }
            }
            // Whom to contact: the level that names a pharmacist is never told them.
            for (index, told) in BACK_PAIN.levels.iter().enumerate() {
                let here = all.at(index);
                let mut before = vec![here, pregnant];
                for contact in &told.who {
                    let when = contact.when.as_ref().map(|when| all.holds(when));
                    if all.finished && is_about(contact.say.to(Audience::Patient), &MEDICINES) {
                        let met_here: Vec<Lit> = before.iter().copied().chain(when).collect();
                        all.never(&met_here, &format!("whom to contact at {}", told.id));
                        met += 1;
                    }
                    before.extend(when.map(|when| !when));
                }
            }
        }
    }
    assert!(met > 20, "{met}");
}

#[test]
fn beside_an_emergency_no_step_calms() {
    const CALMING: [&str; 5] = ["most back pain", "nothing bad", "harmless", "gets better", "no visit"];
    let mut met = 0;
    for mut all in All::kinds() {
        let emergency = all.at(level("emergency"));
        for step in &BACK_PAIN.next_steps {
            if is_about(step.say.to(Audience::Patient), &CALMING) {
                let shown = all.shown(&step.shown);
                all.never(&[shown, emergency], &step.id);
                met += 1;
            }
        }
    }
    assert!(met > 8, "{met}");
}

/// Weeks from the beginning of the pain, with the later end of each answer.
const LATEST: [(&str, u16); 3] = [("under_2_weeks", 2), ("weeks_2_to_4", 4), ("weeks_4_to_6", 6)];

#[test]
fn no_date_of_self_care_is_later_than_its_limit_from_the_beginning_of_the_pain() {
    let self_care = level("self_care");
    let age = BACK_PAIN.question_index("age").expect("a question");
    let from_50 = Condition::Number(age, redflag::questionnaire::condition::Comparison::AtLeast, 50.0);
    let told = &BACK_PAIN.levels[self_care];
    let mut met = 0;
    for mut all in All::kinds().into_iter().filter(|all| all.finished) {
        let here = all.at(self_care);
        let older = all.holds(&from_50);
        let mut known = Vec::new();
        for (duration, weeks) in LATEST {
            let began = all.holds(&answered("duration", duration));
            known.push(began);
            for time in &told.check_again {
                let may_hold = time.when.as_ref().map_or(Lit::TRUE, |when| all.circuit.rails(when).possible);
                let ahead = time.days.expect("a day");
                let days = ahead + weeks * 7;
                // Whoever has nearly reached the limit is told one week from today.
                for (whose, limit) in [(older, 28), (!older, 42)] {
                    if days > limit && ahead > 7 {
                        all.never(&[here, began, may_hold, whose], &format!("{duration}, {days} days"));
                    } else {
                        met += 1;
                    }
                }
            }
        }
        // Nobody is at home with a pain that is older, and everybody there is told a day.
        let others: Vec<Lit> = known.iter().map(|&began| !began).collect();
        all.never(&[vec![here], others].concat(), "pain of over 6 weeks");
        let whens = told.check_again.iter().filter_map(|time| time.when.as_ref());
        let none: Vec<Lit> = whens.map(|when| !all.circuit.rails(when).possible).collect();
        all.never(&[vec![here], none].concat(), "no day to look again");
    }
    assert!(met > 8, "{met}");
}

/// Where a laboratory writes one result in two units, either can be typed, and a number that fits both asks which.
#[test]
fn results_are_taken_in_the_units_that_laboratories_use() {
    let spine_alert =
        builtin::find("spine-alert").expect("it is built in").questionnaire().expect("it is read");
    for (questionnaire, id, typed, value) in [
        (&*BACK_PAIN, "crp", "18 mg/dL", Some(180.0)),
        (&BACK_PAIN, "crp", "18 mg/L", Some(18.0)),
        (&BACK_PAIN, "crp", "18", None),
        (&BACK_PAIN, "crp", "180", Some(180.0)),
        (&BACK_PAIN, "haemoglobin", "9.5 g/dL", Some(95.0)),
        (&BACK_PAIN, "haemoglobin", "9.5", Some(95.0)),
        (&BACK_PAIN, "haemoglobin", "95", Some(95.0)),
        (&BACK_PAIN, "haemoglobin", "22", None),
        (&BACK_PAIN, "calcium", "14.1 mg/dL", Some(3.52)),
        (&BACK_PAIN, "calcium", "10.4 mg/dL", Some(2.6)),
        (&BACK_PAIN, "calcium", "10.45 mg/dL", Some(2.61)),
        (&BACK_PAIN, "calcium", "2.61", Some(2.61)),
        (&BACK_PAIN, "calcium", "5", None),
        (&BACK_PAIN, "psa", "4.6", Some(4.6)),
        (&BACK_PAIN, "psa", "4.6 ng/mL", Some(4.6)),
        (&spine_alert, "calcium", "12.1 mg/dL", Some(3.02)),
        (&spine_alert, "calcium", "5", None),
    ] {
        let question =
            questionnaire.questions.iter().find(|question| question.id == id).expect("it is asked");
        match (answers::number(typed, question), value) {
            (Ok(answer), Some(value)) => assert_eq!(answer, Answer::Number(value), "{id} {typed}"),
            (Err(Refusal::WhichUnit { .. }), None) => {}
            (told, _) => panic!("{id} {typed}: {told:?}"),
        }
    }
}
