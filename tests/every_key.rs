//! `redflag diff` and what people see agree about every key of the format: made from the JSON Schema, so that a key
//! that comes to the format comes to this test too.

#[path = "every_key/mutants.rs"]
mod mutants;
#[path = "every_key/seen.rs"]
mod seen;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use mutants::{Mutant, keys, mutants};
use redflag::diff::{self, Difference, Versions};
use redflag::questionnaire::{Questionnaire, yaml};
use seen::{Person, told_at_an_alarm};

const EVERY_KEY: &str = include_str!("fixtures/every-key.yaml");

/// Keys that nobody who answers ever sees, and why: only authors and the check read them.
const NOT_SEEN: &[(&str, &str)] = &[
    ("Choice/code", "for the records of others"),
    ("Choice/concern", "which answers the proofs compare"),
    ("Choice/never_below", "a level that is proved"),
    ("Code/code", "for the records of others"),
    ("Code/display", "for the records of others"),
    ("Code/system", "for the records of others"),
    ("Level/code", "for the records of others"),
    ("Question/code", "for the records of others"),
    ("Question/concern", "which answers the proofs compare"),
    ("Question/least", "which answers the proofs compare"),
    ("Question/never_below", "a level that is proved"),
    ("Question/nothing", "what a nurse takes for a whole section"),
    ("Question/ordered", "which answers the proofs compare, and whether conditions can"),
    ("Question/reference", "what a nurse sees while a number is typed"),
    ("Question/record_only", "what the proofs ask of an answer"),
    ("Question/red_flag", "what is proved, and what an early stop lists"),
    ("Reference/max", "what a nurse sees while a number is typed"),
    ("Reference/min", "what a nurse sees while a number is typed"),
    ("Rule/supporting", "a property that is proved"),
    ("Section/id", "a name in the file, under which nothing is shown"),
    ("Table/id", "a name in the file, under which nothing is shown"),
    ("Waiver/because", "exceptions from what is proved"),
    ("Waiver/days", "exceptions from what is proved"),
    ("Waiver/interrupt", "exceptions from what is proved"),
    ("Waiver/level", "exceptions from what is proved"),
    ("Waiver/option", "exceptions from what is proved"),
    ("Waiver/property", "exceptions from what is proved"),
    ("Waiver/question", "exceptions from what is proved"),
    ("Waiver/rule", "exceptions from what is proved"),
    ("Waiver/step", "exceptions from what is proved"),
    ("Waiver/text", "exceptions from what is proved"),
    ("Waiver/unsure", "exceptions from what is proved"),
    ("format", "there is one version of the format"),
    ("waivers", "exceptions from what is proved"),
];

fn load(file: &serde_yaml::Value) -> Option<Questionnaire> {
    let text = serde_yaml::to_string(file).expect("YAML");
    yaml::load("a.yaml", text.as_bytes()).ok().map(|loaded| loaded.questionnaire)
}

/// The fixture, and every mutant of it that is a questionnaire, and another one.
static ALL: LazyLock<(Questionnaire, Vec<(Mutant, Questionnaire)>)> = LazyLock::new(|| {
    let file: serde_yaml::Value = serde_yaml::from_str(EVERY_KEY).expect("YAML");
    let original = load(&file).expect("no mistakes");
    let mut found = Vec::new();
    for mutant in mutants(&file, &yaml::schema()) {
        let changed = load(&mutant.file).filter(|changed| *changed != original);
        found.extend(changed.map(|changed| (mutant, changed)));
    }
    (original, found)
});

fn compare(old: &Questionnaire, new: &Questionnaire, what: &str) -> Difference {
    let stop: redflag::proof::Stop = Rc::new(|| false);
    let difference = diff::compare(Versions { old, new }, &stop);
    assert!(difference.is_proved(), "{what}: {:?}", difference.disagreements);
    difference
}

#[test]
fn each_key_of_the_schema_can_be_changed_in_the_fixture() {
    let known = keys(&yaml::schema());
    assert!(known.len() > 90 && known.contains("Level/within") && known.contains("Item/about"), "{known:?}");
    let tried: BTreeSet<String> = ALL.1.iter().flat_map(|(mutant, _)| mutant.keys.clone()).collect();
    // These have one value that the program takes: the rows of a grid name it.
    let one_value = ["format", "Waiver/interrupt", "Grid/id"];
    let missing: Vec<&String> =
        known.iter().filter(|key| !tried.contains(*key) && !one_value.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "no change of tests/fixtures/every-key.yaml is about {missing:?}");
}

#[test]
fn reports_differ_if_and_only_if_the_comparison_says_so() {
    let (original, all) = &*ALL;
    assert!(all.len() > 400, "{}", all.len());
    let (one, other) = all.split_at(all.len() / 2);
    let examine = |mutants: &'static [(Mutant, Questionnaire)]| {
        std::thread::spawn(move || {
            let all =
                mutants.iter().map(|(mutant, changed)| (mutant, Examined::of(original, changed, mutant)));
            all.collect::<Vec<_>>()
        })
    };
    let all =
        [examine(one), examine(other)].map(|half| half.join().expect("no failure")).into_iter().flatten();
    let mut is_seen: BTreeMap<&str, bool> = BTreeMap::new();
    let mut faults = Vec::new();
    for (mutant, examined) in all {
        mutant.keys.iter().for_each(|key| *is_seen.entry(key).or_default() |= examined.is_seen);
        faults.extend(examined.faults);
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
    let is_known = |key: &str| NOT_SEEN.iter().any(|(unseen, _)| *unseen == key);
    let unseen: Vec<&str> = is_seen
        .into_iter()
        .filter(|&(key, is_seen)| !is_seen && !is_known(key))
        .map(|(key, _)| key)
        .collect();
    assert!(unseen.is_empty(), "nobody sees a change of these: does the fixture show them? {unseen:?}");
}

/// One change and taking it back: what the comparison says of them, held against what people see.
#[derive(Default)]
struct Examined {
    /// Somebody sees something else.
    is_seen: bool,
    faults: Vec<String>,
}

impl Examined {
    fn of(original: &Questionnaire, changed: &Questionnaire, mutant: &Mutant) -> Examined {
        let mut examined = Examined::default();
        examined.compare(original, changed, &mutant.what);
        examined.compare(changed, original, &format!("{}, taken back", mutant.what));
        examined
    }

    fn compare(&mut self, old: &Questionnaire, new: &Questionnaire, what: &str) {
        let difference = compare(old, new, what);
        let people = Person::all(old, new, &difference);
        let is_seen = people.iter().any(Person::sees_something_else);
        self.is_seen |= is_seen;
        let mut fault = |is_fault: bool, why: &str| {
            if is_fault {
                self.faults.push(format!("{what}: {why}"));
            }
        };
        fault(is_seen && difference.is_nothing(), "people see something else, and nothing is said");
        let says = !difference.behaves_alike() || !difference.texts.is_empty();
        let said = || {
            format!(
                "everybody sees the same, and it says {:?} {:?} {:?}",
                difference.others, difference.parts, difference.texts
            )
        };
        fault(says && !is_seen, &if says && !is_seen { said() } else { String::new() });
        for person in people.iter().filter(|person| person.is_finished()) {
            let (from, to) = person.levels();
            let moved = difference.moves.iter().any(|moved| (moved.from, moved.to) == (from, to));
            let is_same = old.levels[from].id == new.levels[to].id;
            fault(!is_same && !moved, "a move that is not listed");
            if is_same && old.levels[from].interrupt {
                let fails = difference.is_less_urgent() || difference.is_told_less();
                let (before, now) = told_at_an_alarm(person);
                let fewer = before.iter().any(|(list, before)| now[list] < *before);
                fault(fewer && !fails, "somebody is told less at an alarm, and it passes");
            }
        }
    }
}
