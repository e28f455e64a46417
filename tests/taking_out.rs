//! What leaves a store: `redflag export` and `redflag stats`, held against what was kept.
#![cfg(feature = "store")]

mod clinic;

use std::fs;
use std::process::{Command, Output};

use clinic::{Clinic, PIN};
use jiff::Timestamp;
use redflag::store::{Appended, Event};
use serde_json::Value;

const ALARM: &str = "{'age': 40, 'emergency_now': ['heavy_bleeding'], 'saddle_signs': ['bladder_stuck', 'unsure'], \
                     'other_words': '=1+1 my own words'}";
const BEGUN: &str = "{'age': 61, 'emergency_now': ['none'], 'saddle_signs': 'unsure'}";

impl Clinic {
    fn run(&self, command: &str, who: &str, more: &[&str]) -> Output {
        let pin = self.folder.path().join("pin");
        fs::write(&pin, format!("{PIN}\n")).unwrap();
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&pin, fs::Permissions::from_mode(0o600)).unwrap();
        Command::new(env!("CARGO_BIN_EXE_redflag"))
            .arg(command)
            .args(["--as", who, "--pin"])
            .arg(pin)
            .arg("--store")
            .arg(self.file())
            .arg("--key-file")
            .arg(self.key())
            .args(more)
            .env("XDG_CONFIG_HOME", self.folder.path())
            .output()
            .unwrap()
    }

    fn text(&self, command: &str, more: &[&str]) -> String {
        let output = self.run(command, "Dr Ruiz", more);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// An alarm that a nurse has seen, and a check that was broken off.
    fn with_two() -> Clinic {
        let clinic = Clinic::new();
        let text = clinic
            .questionnaire
            .questions
            .iter()
            .find(|question| question.domain == redflag::questionnaire::Domain::Text)
            .map(|question| question.id.clone())
            .expect("a question for own words");
        let mut kiosk = clinic.open("kiosk-1", "kiosk-1");
        let id = clinic.keep(&mut kiosk, "KD47", Some("MRN 4711"), &ALARM.replace("other_words", &text));
        clinic.keep(&mut kiosk, "RX52", None, BEGUN);
        let mut nora = clinic.open("Nora", "desk");
        let revision = nora.listed_one(id).unwrap().unwrap().revision;
        let seen = nora.append(id, revision, Timestamp::now(), &[Event::Seen]).unwrap();
        assert!(matches!(seen, Appended::Kept { .. }));
        clinic
    }
}

/// What the program makes of one sheet.
fn assess(sheet: &Value) -> Value {
    use std::io::Write;
    use std::process::Stdio;
    let mut program = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["assess", "back-pain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(sheet.to_string().as_bytes()).unwrap();
    serde_json::from_slice(&program.wait_with_output().unwrap().stdout).unwrap()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn lines_hold_what_was_answered_and_no_words_or_reference_unless_asked_for() {
    let clinic = Clinic::with_two();
    let plain = clinic.text("export", &[]);
    assert!(!plain.contains("MRN") && !plain.contains("own words"), "{plain}");
    let told = lines(&plain);
    assert_eq!(told.len(), 2);
    let alarm = told.iter().find(|line| line["ticket"] == "KD47").unwrap();
    assert_eq!(alarm["answers"]["saddle_signs"], serde_json::json!(["bladder_stuck", "unsure"]));
    assert_eq!((&alarm["level"], &alarm["finished"]), (&"emergency".into(), &false.into()));
    assert!(alarm["seen"].is_string(), "{alarm}");
    let all = clinic.text("export", &["--with-text", "--with-reference"]);
    assert!(all.contains("MRN 4711") && all.contains("=1+1 my own words"), "{all}");
}

#[test]
fn sheets_are_judged_by_assess_as_they_were_by_the_station() {
    let clinic = Clinic::with_two();
    let sheets = clinic.text("export", &["--sheets"]);
    let told = lines(&clinic.text("export", &[]));
    for line in lines(&sheets) {
        let id = line["id"].as_str().expect("its number").to_owned();
        let Value::Object(mut answers) = line else { panic!("an object") };
        answers.remove("id");
        let judged = assess(&Value::Object(answers));
        let kept = told.iter().find(|told| told["id"] == id.as_str()).expect("the same check");
        assert_eq!((&judged["level"], &judged["complete"]), (&kept["level"], &kept["finished"]), "{id}");
    }
}

#[test]
fn a_table_has_a_column_for_each_option_and_nothing_where_nobody_answered() {
    let clinic = Clinic::with_two();
    let text = clinic.text("export", &["--format", "csv", "--with-text"]);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let head = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let cell = |row: &csv::StringRecord, name: &str| {
        let at =
            head.iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name}: {head:?}"));
        row[at].to_owned()
    };
    let of = |ticket: &str| rows.iter().find(|row| cell(row, "ticket") == ticket).unwrap();
    let (alarm, begun) = (of("KD47"), of("RX52"));
    let saddle = |row| {
        ["bladder_stuck", "saddle_numb", "unsure"].map(|option| cell(row, &format!("saddle_signs__{option}")))
    };
    assert_eq!(saddle(alarm), ["1", "0", "1"]);
    assert_eq!(saddle(begun), ["0", "0", "1"]);
    assert_eq!(cell(begun, "limb_signs__none"), "", "nobody answered that");
    assert_eq!(cell(begun, "age"), "61");
    assert!(text.contains("'=1+1 my own words"), "a spreadsheet takes it for text: {text}");

    let list = clinic.text("export", &["--format", "csv", "--layout", "list"]);
    assert!(list.contains("bladder_stuck unsure") && !list.contains("own words"), "{list}");
}

#[test]
fn only_who_may_takes_anything_out_and_it_is_noted() {
    let clinic = Clinic::with_two();
    for (who, may) in [("Nora", false), ("kiosk-1", false), ("Dr Ruiz", true), ("Ada", true)] {
        let output = clinic.run("export", who, &[]);
        assert_eq!(output.status.success(), may, "{who}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.stdout.is_empty(), !may, "{who}");
    }
    // Whoever was not let in is not signed in to anything either.
    let output = clinic.run("export", "Nobody", &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

#[test]
fn a_file_of_checks_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let clinic = Clinic::with_two();
    let path = clinic.folder.path().join("checks.csv");
    clinic.text("export", &["--format", "csv", "--to", &path.display().to_string()]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(path).unwrap().lines().count() >= 3);
}

#[test]
fn a_day_without_checks_is_told() {
    let clinic = Clinic::with_two();
    let output = clinic.run("export", "Ada", &["--until", "2020-01-01"]);
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no check from that time"));
}

#[test]
fn counts_are_those_of_the_checks() {
    let clinic = Clinic::with_two();
    let told: Value = serde_json::from_str(&clinic.text("stats", &["--format", "json"])).unwrap();
    assert_eq!((&told["checks"], &told["not_finished"]), (&2.into(), &2.into()));
    assert_eq!((&told["levels"]["emergency"], &told["levels"]["same_day"]), (&1.into(), &1.into()), "{told}");
    assert_eq!(told["stations"]["kiosk-1"]["emergency"], 1);
    assert_eq!(told["waits"]["emergency"]["seen"], 1);
    assert_eq!(told["waits"]["same_day"]["not_seen"], 1);
    let question = |id: &str| {
        let all = told["questions"].as_array().unwrap();
        all.iter().find(|question| question["question"] == id).unwrap().clone()
    };
    assert_eq!(
        (&question("saddle_signs")["unsure"], &question("saddle_signs")["answered"]),
        (&2.into(), &2.into())
    );
    assert_eq!(question("emergency_now")["unsure"], 0);
    let left: i64 =
        told["questions"].as_array().unwrap().iter().filter_map(|asked| asked["left_at"].as_i64()).sum();
    assert_eq!(left, 2, "each was left at one question");

    let text = clinic.text("stats", &[]);
    for said in
        ["2 checks: 0 finished", "emergency", "kiosk-1", "Where people are not sure", "saddle_signs", "█"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let picture = clinic.text("stats", &["--svg", "-"]);
    let picture = roxmltree::Document::parse(&picture).expect("an SVG");
    let words: String = picture.descendants().filter_map(|node| node.text()).collect();
    assert!(words.contains("kiosk-1") && words.contains("2 checks"), "{words}");
}

#[test]
fn a_check_is_counted_once_under_its_level_its_state_and_its_wait() {
    use redflag::encounter::Encounter;
    use redflag::questionnaire::Audience;
    use redflag::tally::{Checked, State, Tally};

    let clinic = Clinic::new();
    let q = &clinic.questionnaire;
    let day = jiff::civil::date(2026, 11, 28);
    let encounter = Encounter::new(q, Audience::Patient, day);
    let mut tally = Tally::new(q);
    let states = [
        (State::Finished, Some(1), Some(7)),
        (State::Stopped, Some(2), None),
        (State::Finished, Some(1), Some(9)),
    ];
    for (state, level, seen_after) in states {
        let corrected = vec![0];
        tally.add(&Checked {
            encounter: &encounter,
            day,
            station: "desk",
            level,
            state,
            seen_after,
            last_at: None,
            corrected,
        });
    }
    assert_eq!((tally.checks, tally.finished, tally.stopped, tally.not_finished()), (3, 2, 1, 0));
    assert_eq!(tally.by_level[..3], [0, 2, 1]);
    assert_eq!((tally.waits[1].clone(), tally.not_seen[2]), (vec![7, 9], 1));
    assert_eq!(tally.questions[0].corrected, 3);
}

#[test]
fn of_several_questionnaires_one_is_taken_out_by_its_name() {
    let clinic = Clinic::new();
    let mut nora = clinic.open("Nora", "desk");
    clinic.keep(&mut nora, "KD47", None, BEGUN);
    let text = include_bytes!("../questionnaires/spine-alert.yaml");
    let other = redflag::questionnaire::yaml::load("spine-alert.yaml", text).expect("it loads").questionnaire;
    clinic::keep_of(&other, text, &mut nora, "RX52", None, "{}");
    for command in ["export", "stats"] {
        let output = clinic.run(command, "Dr Ruiz", &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("back-pain") && said.contains("spine-alert"), "{said}");
    }
    for (name, ticket) in [("back-pain", "KD47"), ("spine-alert", "RX52")] {
        let taken = lines(&clinic.text("export", &[name]));
        let tickets: Vec<_> = taken.iter().map(|line| line["ticket"].as_str()).collect();
        assert_eq!(tickets, [Some(ticket)], "{taken:?}");
        assert!(clinic.text("stats", &[name]).contains("1 check"), "{name}");
    }
}
