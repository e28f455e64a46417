//! `redflag assess` on tables of answers, as other programs use it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

/// A folder with files in it.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> Place {
        fs::write(self.path(name), text).expect("a file");
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        // No site file of this machine has a say here.
        command.args(arguments).current_dir(self.0.path());
        command.env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent").env("LC_ALL", "C");
        command
    }

    /// Runs `redflag assess` on the small questionnaire.
    fn assess(&self, arguments: &[&str]) -> Output {
        let all = [&["assess", SMALL], arguments].concat();
        self.command(&all).stdin(Stdio::null()).output().expect("the program runs")
    }

    /// Runs it on this text as CSV.
    fn csv(&self, text: impl AsRef<[u8]>, arguments: &[&str]) -> Output {
        fs::write(self.path("in.csv"), text).expect("a file");
        self.assess(&[&["--answers", "in.csv"], arguments].concat())
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

const HEAD: &str = "record_id,sites___low_back,sites___neck,signs___numb,signs___weak,signs___none,signs___unsure,\
                    numb_since,severity,age,cancer_history,words,small_complete";

#[test]
fn an_export_of_redcap_is_judged_row_by_row() {
    let place = Place::new();
    // All zeros are no answer, since "none" is an option; REDCap writes them into every box that nobody looked at.
    let rows = "1,1,0,1,0,0,0,new,3,40,no,,2\n2,0,0,0,0,0,0,,,,,,0\n3,1,0,0,0,1,0,,2,40,unsure,\"a, \"\"b\"\"\n c\",2\n";
    let output = place.csv(format!("{HEAD}\n{rows}"), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let told = out(&output);
    let mut told = told.lines();
    assert_eq!(told.next(), Some("line,level,certain,possible,complete,rules,unanswered,set_aside"));
    assert_eq!(told.next(), Some("2,emergency,emergency,emergency,true,E01 S01,,"));
    assert_eq!(told.next(), Some("3,soon,later,emergency,false,,sites signs severity age,"));
    assert!(told.next().is_some_and(|row| row.starts_with("4,")), "a row of two lines is one");
    assert_eq!(told.next(), None);
    assert!(err(&output).contains("not read: record_id, small_complete"), "{}", err(&output));
    assert!(err(&output).contains("no column answers kind, calcium;"), "{}", err(&output));
}

#[test]
fn an_export_of_odk_and_a_sheet_in_json_say_the_same() {
    let place = Place::new();
    let csv = "KEY,sites,signs,numb_since,severity,age,cancer_history,kind\n\
               uuid:1,low_back neck,numb unsure,unsure,8,40,yes,solid\nuuid:2,,none,,,,,\n";
    let answers = [
        json!({"sites": ["low_back", "neck"], "signs": ["numb", "unsure"], "numb_since": "unsure", "severity": 8,
               "age": 40, "cancer_history": "yes", "kind": "solid"}),
        json!({"signs": ["none"]}),
    ];
    let by_csv = place.csv(csv, &["--format", "jsonl"]);
    let place = place.with("in.jsonl", format!("{}\n{}\n", answers[0], answers[1]));
    let by_json = place.assess(&["--answers", "in.jsonl"]);
    assert_eq!(out(&by_csv), out(&by_json));
    assert_eq!(lines(&out(&by_csv)).len(), 2);
}

#[test]
fn a_bad_row_never_stops_the_rest_and_is_told_with_line_column_and_reason() {
    let place = Place::new();
    let rows = "signs,age,severity,kind\nnone,40,3,\nnum,40,3,\nnone,400,3,\nnone numb,40,3,\nnone,forty,3,\nnone,4.5,3,\n\
                none,40\nnone,40,3,solid,more\n\"none,40,3,\nnone,40,3,blood\nnone numb none,1,1,\nnone,-0,3,\n";
    let output = place.csv(rows, &["--to", "out.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("10 of 12 rows could not be read"), "{}", err(&output));
    assert!(err(&output).contains("out.csv.bad.jsonl"), "{}", err(&output));
    let told = place.read("out.csv");
    let good: Vec<_> = told.lines().skip(1).map(|row| row.split(',').next().expect("a line")).collect();
    assert_eq!(good, ["2", "11"]);
    let bad = lines(&place.read("out.csv.bad.jsonl"));
    let places: Vec<_> = bad.iter().map(|bad| (bad["line"].as_u64(), bad["column"].as_str())).collect();
    let expected = [
        (3, Some("signs")),
        (4, Some("age")),
        (5, Some("signs")),
        (6, Some("age")),
        (7, Some("age")),
        (8, None),
        (9, None),
        (10, None),
        (12, Some("signs")),
        (13, Some("age")),
    ];
    assert_eq!(places, expected.map(|(line, column)| (Some(line), column)));
    for (at, reason) in [
        (0, "did you mean `numb`?"),
        (1, "from 1 to 120"),
        (2, "`none` cannot be chosen together"),
        (3, "in digits"),
        (4, "must be whole"),
        (5, "2 cells, and the first line names 4"),
        (6, "5 cells"),
        (7, "quotation mark"),
        (8, "twice"),
    ] {
        assert!(
            bad[at]["reason"].as_str().is_some_and(|said| said.contains(reason)),
            "{reason}: {}",
            bad[at]
        );
    }
}

#[test]
fn what_is_written_is_chosen_by_name() {
    let place = Place::new();
    let rows = "signs,age\nnone,40\n";
    let output = place.csv(rows, &["--columns", "rules,level", "--format", "jsonl"]);
    assert_eq!(out(&output), "{\"rules\":[],\"level\":\"soon\"}\n");
    let output = place.csv(rows, &["--columns", "line,complete"]);
    assert_eq!(out(&output), "line,complete\n2,false\n");
    for (columns, why) in [("levels", "there is no column `levels`"), ("level,level", "names `level` twice")]
    {
        let output = place.csv(rows, &["--columns", columns]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(why), "{}", err(&output));
    }
}

/// Words about a person that are on a sheet, in a wrong cell, or where no answer is: none of them comes out.
#[test]
fn no_free_text_comes_out_unless_somebody_allows_it() {
    let secret = "Zoltan Quux";
    let place = Place::new().with(
        "in.jsonl",
        format!("{{\"words\": \"{secret}\"}}\n\"{secret}\"\n{{\"signs\": [\"{secret}\"]}}\n{{\"kind\": \"{secret}\"}}\n"),
    );
    // A text that is set aside is told as it was given only where that is allowed.
    let hidden = SMALL_WITH_HIDDEN_WORDS.replace("SECRET", secret);
    let place = place
        .with("hidden.yaml", hidden)
        .with("aside.jsonl", format!("{{\"ask\": \"no\", \"words\": \"{secret}\"}}\n"));
    let run = |arguments: &[&str]| place.command(arguments).output().expect("the program runs");
    let denied = run(&["assess", "./hidden.yaml", "--answers", "aside.jsonl"]);
    assert_eq!(lines(&out(&denied))[0]["set_aside"], json!({ "words": null }));
    let allowed = run(&["assess", "./hidden.yaml", "--answers", "aside.jsonl", "--allow-text"]);
    assert_eq!(lines(&out(&allowed))[0]["set_aside"], json!({ "words": secret }));

    let csv = format!(
        "record_id,signs,numb_since,age,words,severity\n{secret},none,,40,{secret},3\n1,{secret},,40,,3\n1,none,{secret},40,,3\n\
         1,none,,{secret},,3\n1,none,,40,,\"{secret}\"\n1,{secret}\n"
    );
    for arguments in [
        &["--answers", "in.jsonl"][..],
        &["--answers", "in.csv"],
        &["--answers", "in.csv", "--format", "jsonl"],
    ] {
        let output = place.csv(&csv, &arguments[2..]);
        let all = format!("{}{}", out(&output), err(&output));
        let output = place.assess(&[arguments, &["--deny-text"]].concat());
        let all = format!("{all}{}{}", out(&output), err(&output));
        assert!(!all.contains("Zoltan") && !all.contains("Quux"), "{all}");
    }
    place.csv(&csv, &["--to", "out.csv"]);
    let all = place.read("out.csv") + &place.read("out.csv.bad.jsonl");
    assert!(!all.contains("Zoltan") && !all.contains("Quux"), "{all}");
}

const SMALL_WITH_HIDDEN_WORDS: &str = "
id: hidden
version: 0.1.0
title: Hidden
sign_off: Nobody has signed this off.
welcome: { about: For tests. }
levels: [ { id: now, title: Get help now, act: Go. }, { id: home, title: Stay at home, act: Rest. } ]
unsure: { counts_as: same_level, at_least: home }
sections:
  - id: all
    title: All
    questions:
      - { id: ask, type: yes_no, ask: Ask? }
      - { id: words, type: text, ask: Words, ask_if: { ask: yes } }
rules: [ { id: R, level: now, because: Of this., when: { ask: yes } } ]
next_steps: [ { id: sit, say: Sit up. } ]
return_list: { title: Get help for, items: [ choking ] }
say: I did a check.
";

#[test]
fn a_first_line_that_cannot_be_used_is_refused_with_the_reason() {
    let place = Place::new();
    for (text, why) in [
        (&b""[..], "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"a,b\n1,2\n", "no column is a question"),
        (b"age,age\n1,2\n", "`age` is there twice"),
        (b"signs__numb,signs___numb\n1,1\n", "hold the same answer"),
        (b"\xff\xfea\0g\0e\0\n\0", "UTF-16"),
        (b"age,\xff\n1,2\n", "isn't UTF-8"),
    ] {
        let output = place.csv(text, &[]);
        assert_eq!(output.status.code(), Some(2), "{why}: {}", err(&output));
        assert!(err(&output).contains(why), "{}", err(&output));
        assert!(output.stdout.is_empty());
    }
    let output = place.csv(vec![b'x'; 3 << 20], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("is this a CSV file?"), "{}", err(&output));
    let output = place.assess(&["--from", "csv", "--answers", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_id_of_a_row_comes_back_with_its_result_and_with_what_is_wrong() {
    let place = Place::new();
    let rows = "id,age,person\n007,40,a\n,40,\"b, c\"\n\"x\"\"y\",400,d\n";
    // A few rows go through the interpreter, and many through the circuit.
    for repeat in [1, 400] {
        let (head, rows) = rows.split_once('\n').expect("a first line");
        let text = format!("{head}\n{}", rows.repeat(repeat));
        let output = place.csv(&text, &["--columns", "id,level", "--format", "jsonl", "--bad", "bad"]);
        let results = lines(&out(&output));
        assert_eq!(results.len(), 2 * repeat);
        assert_eq!(results[2 * repeat - 2], json!({"id": "007", "level": "soon"}));
        assert_eq!(results[2 * repeat - 1], json!({"level": "soon"}));
        let bad = lines(&place.read("bad"));
        assert_eq!((&bad[0]["id"], &bad[0]["column"]), (&json!("x\"y"), &json!("age")));
        assert!(!err(&output).contains("not read: id"), "{}", err(&output));
        let output = place.csv(&text, &["--columns", "id,line", "--id", "person", "--bad", "bad"]);
        assert!(out(&output).starts_with("id,line\na,2\n\"b, c\",3\n"), "{}", out(&output));
        assert!(err(&output).contains("not read: id"), "{}", err(&output));
    }
    for (rows, name, said) in [
        ("age\n40\n", "person", "no column `person`, which --id asks for"),
        ("age\n40\n", "age", "answers a question"),
        ("person,age,person\na,40,b\n", "person", "is there twice"),
    ] {
        let output = place.csv(rows, &["--id", name]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(said), "{}", err(&output));
    }
    // The key of JSON likewise.
    let place = place.with("in.jsonl", "{\"person\": 7, \"age\": 40}\n");
    let output = place.assess(&["--answers", "in.jsonl", "--id", "person", "--columns", "id"]);
    assert_eq!(out(&output), "{\"id\":7}\n", "{}", err(&output));
    let output = place.assess(&["--answers", "in.jsonl", "--id", "age"]);
    assert!(err(&output).contains("`age` is a question"), "{}", err(&output));
}

#[test]
fn a_parquet_file_is_refused_with_a_way_out() {
    let place = Place::new().with("in.parquet", b"PAR1\x15\x04\x15\n\0\xff").with("cut.csv", b"PAR1");
    for file in ["in.parquet", "cut.csv"] {
        let output = place.assess(&["--answers", file]);
        assert_eq!(output.status.code(), Some(2));
        let ways: &[&str] = match (cfg!(feature = "parquet"), file) {
            (false, _) => &["--features parquet", "redflag sql", "duckdb -c"],
            (true, "in.parquet") => &["is missing"],
            (true, _) => &["add --from parquet"],
        };
        assert!(ways.iter().all(|way| err(&output).contains(way)), "{}", err(&output));
        assert!(output.stdout.is_empty());
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn results_as_parquet_are_refused_with_a_way_out() {
    let place = Place::new().with("in.jsonl", "{\"severity\": 3}\n");
    for wish in [["--to", "out.parquet"], ["--format", "parquet"]] {
        let output = place.assess(&[&["--answers", "in.jsonl"], &wish[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("--features parquet"), "{}", err(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_stream_of_zeros_ends_with_the_reason() {
    let place = Place::new();
    let output = place.assess(&["--answers", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("goes on for more than"), "{}", err(&output));
    // In the middle of a table as well.
    let mut child = place
        .command(&["assess", SMALL, "--from", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("an input");
    let feeder = std::thread::spawn(move || {
        let zeros = vec![0; 1 << 20];
        let _ = stdin.write_all(b"signs,age\nnone,40\n");
        while stdin.write_all(&zeros).is_ok() {}
    });
    let output = child.wait_with_output().expect("an end");
    feeder.join().expect("an end");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("line 3 goes on"), "{}", err(&output));
}

#[test]
fn hostile_tables_give_bad_rows_and_nothing_worse() {
    let place = Place::new();
    let long = vec![b'1'; 2 << 20];
    let rows: [&[u8]; 9] = [
        b"none,40,",
        b"\0,40,",
        b"none,\xff,",
        b"none,40,\xff\xfe",
        "none,40,\u{1b}[2Jü".as_bytes(),
        b"\"none\",\"40\",\"a\"\"b\"",
        &long,
        b",,",
        b"none,40,last",
    ];
    for end in ["\n", "\r\n"] {
        let mut text = b"\xEF\xBB\xBFsigns,age,words".to_vec();
        for row in rows {
            text.extend_from_slice(end.as_bytes());
            text.extend_from_slice(row);
        }
        let output = place.csv(&text, &["--format", "jsonl", "--bad", "bad.jsonl", "--columns", "line"]);
        assert_eq!(output.status.code(), Some(1));
        let good: Vec<_> =
            lines(&out(&output)).iter().map(|row| row["line"].as_u64().expect("a line")).collect();
        assert_eq!(good, [2, 6, 7, 9, 10], "{end:?}");
        let bad = lines(&place.read("bad.jsonl"));
        let bad: Vec<_> = bad.iter().map(|bad| bad["line"].as_u64().expect("a line")).collect();
        assert_eq!(bad, [3, 4, 5, 8]);
        assert!(!place.read("bad.jsonl").contains('\u{1b}'));
    }
}

#[test]
fn results_in_a_file_are_there_whole_and_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let rows = "signs,age\nnone,40\n";
    let output = place.csv(rows, &["--to", "out.jsonl"]);
    assert_eq!((output.status.code(), out(&output)), (Some(0), String::new()), "{}", err(&output));
    assert_eq!(lines(&place.read("out.jsonl")).len(), 1);
    let mode = fs::metadata(place.path("out.jsonl")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!is_there(&place.path("out.jsonl.bad.jsonl")), "nothing was bad");
    // One of a run before would be taken for that of this one.
    let place = place.with("out.jsonl.bad.jsonl", "old");
    place.csv(rows, &["--to", "out.jsonl"]);
    assert!(!is_there(&place.path("out.jsonl.bad.jsonl")));
    let output = place.csv(rows, &["--to", "in.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.read("in.csv"), rows);
    let output = place.csv(rows, &["--to", "a.csv", "--bad", "a.csv"]);
    assert_eq!(output.status.code(), Some(2));
    let output = place.csv(rows, &["--to", "/nonexistent/out.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(place.0.path()).expect("a folder").count(), 2, "nothing is left over");
}

#[test]
fn many_rows_keep_their_order_on_all_cores() {
    let place = Place::new();
    let mut text = "signs,age,severity\n".to_owned();
    for row in 0..60_000u32 {
        let age = if row % 1000 == 999 { "old".to_owned() } else { (1 + row % 120).to_string() };
        text += &format!("{},{age},{}\n", ["none", "numb", "weak", ""][row as usize % 4], row % 11);
    }
    let output = place.csv(&text, &["--columns", "line,level", "--format", "jsonl", "--bad", "bad.jsonl"]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Vec<u64> =
        lines(&out(&output)).iter().map(|row| row["line"].as_u64().expect("a line")).collect();
    let expected: Vec<u64> = (0..60_000).filter(|row| row % 1000 != 999).map(|row| row + 2).collect();
    assert!(rows == expected, "{} rows", rows.len());
    assert_eq!(lines(&place.read("bad.jsonl")).len(), 60);
    assert!(err(&output).contains("60 of 60,000 rows"), "{}", err(&output));
}

#[test]
fn a_reader_of_a_table_that_goes_away_is_no_mistake() {
    let place = Place::new();
    let text = format!("signs,age\n{}", "none,40\n".repeat(50_000));
    fs::write(place.path("in.csv"), text).expect("a file");
    let mut child = place
        .command(&["assess", SMALL, "--answers", "in.csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn other_separators_and_both_layouts_in_one_file_are_understood() {
    let place = Place::new();
    for text in ["signs;age\nnone;40\n", "signs\tage\nnone\t40\n"] {
        let output = place.csv(text, &["--columns", "unanswered"]);
        assert_eq!(out(&output), "unanswered\nsites severity cancer_history\n");
    }
    // Kobo writes both by default.
    let both = "signs,signs/numb,signs/weak,signs/none,age\nnumb,1,0,0,40\n";
    let output = place.csv(both, &["--columns", "unanswered"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("not read: signs"), "{}", err(&output));
    let output = place.csv(both, &["--columns", "unanswered", "--layout", "list"]);
    assert!(err(&output).contains("not read: signs/numb, signs/weak, signs/none"), "{}", err(&output));
}
