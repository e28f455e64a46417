//! What people see of two versions: the questions as they are asked, and the reports.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use redflag::answers::json::SheetReader;
use redflag::answers::{Facts, Sheet, Truth};
use redflag::diff::{Difference, Patient};
use redflag::encounter::Encounter;
use redflag::questionnaire::{Audience, LevelIndex, Questionnaire};
use redflag::report::{Report, json};
use redflag::site::Site;
use redflag::triage;
use serde_json::{Map, Value, json};

/// One person before both versions.
pub struct Person<'q> {
    old: (&'q Questionnaire, Sheet),
    new: (&'q Questionnaire, Sheet),
    audience: Audience,
}

const AUDIENCES: [Audience; 2] = [Audience::Patient, Audience::Clinician];

impl<'q> Person<'q> {
    /// The people that a comparison names, and some who between them reach everything in the fixture.
    pub fn all(old: &'q Questionnaire, new: &'q Questionnaire, difference: &Difference) -> Vec<Person<'q>> {
        let named = difference.others.iter().map(|other| &other.patient);
        let moved = difference.moves.iter().flat_map(|moved| moved.examples.iter().map(|one| &one.patient));
        let named = named.chain(moved).map(|patient: &Patient| Person {
            old: (old, patient.old.heard(old, patient.audience)),
            new: (new, patient.new.heard(new, patient.audience)),
            audience: patient.audience,
        });
        let mut all: Vec<Person> = named.collect();
        for sheet in sheets() {
            let read = |questionnaire| SheetReader::new(questionnaire).read(&sheet).ok();
            let (Some(before), Some(now)) = (read(old), read(new)) else { continue };
            all.extend(AUDIENCES.map(|audience| Person {
                old: (old, before.clone()),
                new: (new, now.clone()),
                audience,
            }));
        }
        all
    }

    fn facts(&self) -> [Facts<'_>; 2] {
        [&self.old, &self.new].map(|(questionnaire, sheet)| Facts::of(questionnaire, self.audience, sheet))
    }

    pub fn levels(&self) -> (LevelIndex, LevelIndex) {
        let [from, to] = self.facts().map(|facts| triage::assess(&facts).level);
        (from, to)
    }

    pub fn is_finished(&self) -> bool {
        self.facts().iter().all(|facts| triage::assess(facts).complete)
    }

    pub fn sees_something_else(&self) -> bool {
        let [old, new] = self.facts();
        pages(old.questionnaire) != pages(new.questionnaire)
            || asked(&old) != asked(&new)
            || steps(&old) != steps(&new)
            || written(&old, &self.old.1) != written(&new, &self.new.1)
    }
}

thread_local! {
    /// What was written before, by the place of the questionnaire and who was asked what: each change is looked at in
    /// both directions, and all are compared with the same questionnaire.
    static WRITTEN: RefCell<HashMap<(usize, bool, String), u64>> = RefCell::default();
}

/// The hash of [`reports`], for questionnaires that stay in their places.
fn written(facts: &Facts, sheet: &Sheet) -> u64 {
    let place = std::ptr::from_ref(facts.questionnaire) as usize;
    let key = (place, facts.audience == Audience::Patient, format!("{sheet:?}"));
    let known = WRITTEN.with_borrow(|written| written.get(&key).copied());
    known.unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        reports(facts, sheet).iter().for_each(|report| report.to_string().hash(&mut hasher));
        let hash = hasher.finish();
        WRITTEN.with_borrow_mut(|written| written.insert(key, hash));
        hash
    })
}

/// How much somebody is told of each kind, before and now.
pub fn told_at_an_alarm(person: &Person) -> (BTreeMap<&'static str, usize>, BTreeMap<&'static str, usize>) {
    let [old, new] = person.facts().map(|facts| {
        let level = triage::assess(&facts).level;
        let steps = |reader| triage::next_steps(&facts, level, reader).len();
        BTreeMap::from([
            ("steps for the patient", steps(Audience::Patient)),
            ("steps for the clinician", steps(Audience::Clinician)),
            ("within", usize::from(triage::within(&facts, level).is_some())),
            ("who", usize::from(triage::who(&facts, level).is_some())),
            ("check_again", triage::check_again(&facts, level).len()),
            ("return_list", facts.questionnaire.return_list.items.len()),
            ("always", facts.questionnaire.always.len()),
        ])
    });
    (old, new)
}

/// What is shown besides questions and results: the first page, and what is always at hand.
fn pages(questionnaire: &Questionnaire) -> Vec<String> {
    let q = questionnaire;
    let mut shown = Vec::new();
    for audience in AUDIENCES {
        let first = [&q.title, &q.sign_off, &q.welcome.about].into_iter().chain(&q.welcome.points);
        shown.extend(first.map(|text| text.to(audience).trim().to_owned()));
        shown.extend(
            q.offers.iter().map(|offer| format!("{} {}", offer.questionnaire, offer.label.to(audience))),
        );
        shown.extend(q.welcome.stop.iter().map(|text| text.to(audience).trim().to_owned()));
        shown.extend(q.levels.iter().map(|level| level.in_short().to(audience).to_owned()));
        shown.extend(q.levels.iter().map(|level| format!("{} {}", level.id, level.interrupt)));
    }
    shown.extend([q.id.clone(), q.version.clone(), q.language.clone()]);
    shown
}

/// Each question that is asked, with all of its page.
fn asked(facts: &Facts) -> Vec<String> {
    let q = facts.questionnaire;
    let mut shown = Vec::new();
    for (index, question) in q.questions.iter().enumerate() {
        if facts.live(index) == Truth::False {
            continue;
        }
        let texts = [
            Some(&q.section_of(index).title),
            Some(&question.ask),
            question.hint.as_ref(),
            question.why.as_ref(),
            question.ask_again.as_ref(),
            question.settle.as_ref().and_then(|settle| settle.ask.as_ref()),
            question.settle.as_ref().and_then(|settle| settle.test.as_ref()),
        ];
        for audience in AUDIENCES {
            shown.extend(texts.iter().flatten().map(|text| text.to(audience).trim().to_owned()));
            shown.push(format!("{} {:?} {:?}", question.id, question.unsure, question.optional));
            shown.push(format!("{:?}", question.again));
            let words = |text: &redflag::questionnaire::Text| text.to(audience).to_owned();
            shown.push(format!("{:?}", question.limits()));
            shown.push(question.type_name().to_owned());
            if let redflag::questionnaire::Domain::Number(bounds) = &question.domain {
                shown.push(format!("{} {:?}", bounds.decimals, bounds.unit.as_ref().map(words)));
                // In which other units it may be typed, and what is taken then.
                shown.push(format!("{:?}", bounds.others));
            }
            if let Some(grid) = q.grid_of(index) {
                let rows: Vec<String> = q.rows_with(index).map(|row| words(q.row_of(row))).collect();
                shown.push(format!("{} {:?} {rows:?}", words(&grid.ask), grid.hint.as_ref().map(words)));
            }
            let labels = question.labels().iter().map(|(at, text)| (at, words(text)));
            shown.push(format!("{:?}", labels.collect::<Vec<_>>()));
            for option in &question.options {
                let settle = option.settle.iter().flat_map(|settle| [&settle.ask, &settle.test]);
                shown.extend(settle.flatten().map(words));
                shown.push(format!(
                    "{} {} {:?} {:?} {}",
                    option.id,
                    words(&option.label),
                    option.hint.as_ref().map(words),
                    option.region,
                    option.exclusive
                ));
            }
        }
        shown.extend(question.sources.iter().map(|&source| q.sources[source].cited()));
    }
    shown
}

/// The steps for each reader, as `redflag assess` gives them.
fn steps(facts: &Facts) -> Vec<String> {
    let level = triage::assess(facts).level;
    let steps = |reader| triage::next_steps(facts, level, reader).into_iter().map(|step| step.id.clone());
    AUDIENCES.into_iter().flat_map(|reader| steps(reader).chain([format!("for {reader:?}")])).collect()
}

/// The reports for both readers as programs read them, without what says that it is another file, and each reason's
/// answers in the words that people read.
fn reports(facts: &Facts, sheet: &Sheet) -> Vec<Value> {
    let day = jiff::civil::date(2026, 11, 28);
    let encounter = Encounter::of_sheet(facts.questionnaire, facts.audience, sheet.clone(), day);
    let report = |reader| {
        let report = Report::of_encounter(facts.questionnaire, &encounter, reader, &Site::default());
        let answers = report.reasons.iter().flat_map(|reason| &reason.answers);
        let answers: Vec<String> = answers.map(redflag::report::Answered::line).collect();
        let mut report: Value = serde_json::from_str(&json::json(&report)).expect("JSON");
        unsaid(&mut report);
        json!([report, answers])
    };
    AUDIENCES.map(report).into()
}

/// Takes out the hash of the whole file, and what a search came upon: another one may come upon as small a set.
fn unsaid(report: &mut Value) {
    match report {
        Value::Object(map) => {
            map.retain(|key, _| key != "decided_by" && key != "sha256");
            map.values_mut().for_each(unsaid);
        }
        Value::Array(items) => items.iter_mut().for_each(unsaid),
        _ => {}
    }
}

/// A plain person, and what one or two other answers make of that.
fn sheets() -> Vec<String> {
    let plain = json!({
        "sites": ["nowhere"], "signs": ["none"], "severity": 1, "age": 30, "fever": "no", "cancer": "no",
        "since": "long", "kind": "other",
    });
    let others = [
        json!({}),
        json!({ "sites": ["left_leg"], "severity": 7 }),
        json!({ "signs": ["numb"], "since": "weeks", "fever": "yes", "cancer": "yes", "kind": "solid", "age": 75 }),
        json!({ "signs": ["weak"], "since": "new", "fever": "unsure", "cancer": "yes", "sites": ["neck"], "severity": 8 }),
        json!({ "signs": ["weak", "cold"], "since": "unsure", "fever": "no", "cancer": "no", "severity": 10, "age": 50 }),
        json!({ "fever": "yes", "severity": 6, "words": "It is bad." }),
        json!({ "fever": "unsure", "severity": 0 }),
        json!({ "signs": "unsure", "severity": 5, "age": 49, "cancer": "yes", "kind": "other" }),
        json!({ "calcium": 3.6 }),
        json!({ "signs": ["cold"], "sites": ["neck", "left_leg"], "severity": 9, "age": 71 }),
    ];
    let with = |other: &Value| {
        let mut sheet: Map<String, Value> = plain.as_object().cloned().unwrap_or_default();
        sheet.extend(other.as_object().cloned().unwrap_or_default());
        Value::Object(sheet).to_string()
    };
    others.iter().map(with).collect()
}
