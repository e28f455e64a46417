//! `redflag assess` as other programs use it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn redflag(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
    // No site file of this machine has a say here.
    command
        .args(arguments)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("LC_ALL", "C");
    command
}

/// Runs `redflag assess` on these bytes.
fn assess(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = redflag(&[&["assess"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("an input");
    let input = input.as_ref().to_vec();
    // From another thread: a long input is not read to its end before results come out.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("an end");
    feeder.join().expect("all written");
    output
}

fn results(output: &Output) -> Vec<Value> {
    let lines = std::str::from_utf8(&output.stdout).expect("UTF-8").lines();
    lines.map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// The answers of the first vignette: complete, urgent.
fn complete() -> Value {
    let vignettes: Value = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    vignettes[0]["answers"].clone()
}

#[test]
fn a_result_has_the_promised_keys_in_their_order() {
    let output = assess(&[], complete().to_string());
    assert_eq!(output.status.code(), Some(0));
    let line = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let keys = [
        "level",
        "certain",
        "possible",
        "complete",
        "rules",
        "reasons",
        "next_steps",
        "unanswered",
        "set_aside",
        "questionnaire",
    ];
    let places: Vec<_> = keys.iter().map(|key| line.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(places.is_sorted(), "{line}");

    let result = &results(&output)[0];
    assert_eq!(result.as_object().expect("an object").len(), keys.len());
    assert_eq!(result["level"], "urgent");
    assert_eq!(result["complete"], true);
    assert_eq!(
        result["rules"].as_array().expect("rules").len(),
        result["reasons"].as_array().expect("").len()
    );
    assert_eq!(result["set_aside"], json!({}));
}

#[test]
fn a_result_names_the_questionnaire_that_judged_and_the_sheet_by_its_id() {
    for id in [json!("case 7"), json!(7), json!("\u{1b}[2J")] {
        for many in [1, 6] {
            let mut sheet = complete();
            sheet["id"] = id.clone();
            let output = assess(&[], format!("{sheet}\n").repeat(many));
            for result in results(&output) {
                assert_eq!(result["id"], id);
                let by = &result["questionnaire"];
                assert_eq!(by["id"], "back-pain");
                assert!(
                    by["version"].is_string() && by["fingerprint"].as_str().is_some_and(|it| it.len() == 64)
                );
            }
            assert!(!output.stdout.contains(&0x1b), "an id must not command the terminal");
        }
    }
    let wrong = results(&assess(&[], "{\"id\": \"case 8\", \"aeg\": 5}\n{\"id\": [1]}\n{\"id\": null}\n"));
    assert_eq!((&wrong[0]["id"], &wrong[0]["line"]), (&json!("case 8"), &json!(1)));
    assert!(wrong[1]["error"].as_str().is_some_and(|error| error.contains("`id` is a text or a number")));
    assert!(wrong[2].get("id").is_none() && wrong[2]["level"].is_string());
}

#[test]
fn a_question_called_id_keeps_its_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.yaml");
    let text = include_str!("fixtures/small.yaml").replace("id: words", "id: id");
    std::fs::write(&path, text).expect("written");
    let output = assess(&[path.to_str().expect("a path")], r#"{"id": "an answer"}"#);
    let result = &results(&output)[0];
    assert!(result.get("id").is_none() && result["level"].is_string(), "{result}");
}

/// What a program is promised: `redflag schema` prints it.
#[test]
fn sheets_and_results_and_mistakes_are_as_their_schemas_say() {
    let schema = |option: &[&str]| {
        let output = redflag(&[&["schema"], option].concat()).output().expect("an end");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let compiled = |schema: Value| {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.add_resource("schema.json", schema).expect("a schema");
        let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
        move |value: &Value| schemas.validate(value, index).map_err(|error| error.to_string())
    };
    let (is_sheet, is_line) =
        (compiled(schema(&["--answers-of", "back-pain"])), compiled(schema(&["--assess"])));
    let vignettes: Value = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let mut input = String::new();
    for vignette in vignettes.as_array().expect("a list") {
        assert_eq!(is_sheet(&vignette["answers"]), Ok(()));
        input += &format!("{}\n", vignette["answers"]);
    }
    input += "{\"id\": 7}\n{\"aeg\": 5, \"id\": 8}\n[\n";
    let output = results(&assess(&[], input));
    assert!(output.len() > 20 && output.iter().any(|line| line.get("error").is_some()));
    for line in &output {
        assert_eq!(is_line(line), Ok(()), "{line}");
    }
    for wrong in [json!({ "aeg": 5 }), json!({ "age": "old" }), json!({ "sex": ["male"] }), json!([])] {
        assert!(is_sheet(&wrong).is_err(), "{wrong}");
    }
    let is_check = compiled(schema(&["--check"]));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.yaml");
    std::fs::write(&path, include_str!("mistakes/unknown-option.yaml")).expect("written");
    let output =
        redflag(&["check", "--format", "json", path.to_str().expect("a path")]).output().expect("an end");
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(is_check(&found), Ok(()));
    assert_eq!(found[0]["help"], "did you mean `fever`?");
}

/// "expected ident" and "invalid type: sequence" were told to people who had never seen the parser.
#[test]
fn a_bad_sheet_is_told_in_plain_words() {
    for (sheet, says) in [
        ("{\"sex\": male}", "a text is not in double quotes"),
        ("{\"sex\": nobody}", "texts are in double quotes"),
        ("[{\"sex\": \"male\"}]", "here is a list, where an object of answers"),
        ("{sex: \"male\"}", "a key must be in double quotes"),
        ("{\"sex\": \"male\"} {\"age\": 4}", "each object goes on its own line"),
        ("{\"saddle_signs\": [1]}", "here is `1`, where an option of `saddle_signs` is needed"),
        ("{\"sex\": \"male\",}", "one comma too many"),
    ] {
        let result = &results(&assess(&[], sheet))[0];
        let error = result["error"].as_str().expect("an error");
        assert!(error.contains(says) && !error.contains("column 0"), "{sheet}: {error}");
    }
}

#[test]
fn an_unfinished_sheet_tells_what_is_open_and_what_is_possible() {
    let result = &results(&assess(&["back-pain"], r#"{"emergency_now": ["none"], "age": 30}"#))[0];
    assert_eq!(result["complete"], false);
    assert_eq!(result["certain"], "self_care");
    assert_eq!(result["possible"], "emergency");
    assert_eq!(result["level"], "same_day");
    assert_eq!(result["unanswered"][0], "saddle_signs");
    assert!(!result["unanswered"].as_array().expect("a list").contains(&json!("saddle_numb_since")));
}

#[test]
fn answers_that_do_not_count_are_set_aside_as_they_were_given() {
    let mut sheet = complete();
    sheet["cancer_type"] = json!(["lung", "unsure"]);
    sheet["calcium"] = json!(3.9);
    let result = &results(&assess(&[], sheet.to_string()))[0];
    assert_eq!(result["set_aside"], json!({"cancer_type": ["lung", "unsure"], "calcium": 3.9}));
    assert_eq!(result["level"], "urgent");
    let result = &results(&assess(&["--audience", "clinician"], sheet.to_string()))[0];
    assert_eq!(result["set_aside"], json!({"cancer_type": ["lung", "unsure"]}));
    assert_eq!(result["level"], "emergency");
}

#[test]
fn each_audience_is_told_in_its_own_words() {
    let patient = &results(&assess(&[], complete().to_string()))[0];
    let clinician = &results(&assess(&["--audience", "clinician"], complete().to_string()))[0];
    assert_eq!(patient["rules"], clinician["rules"]);
    assert_ne!(patient["reasons"], clinician["reasons"]);
    assert_ne!(patient["next_steps"], clinician["next_steps"]);
}

#[test]
fn a_bad_line_is_reported_with_its_number_and_the_rest_goes_on() {
    let good = complete().to_string();
    let input =
        format!("{good}\n\n{{\"age\": 5\n{{\"aeg\": 5}}\r\n[1]\nnull\n{{\"age\": 500}}\n{{}}{{}}\n{good}");
    let output = assess(&[], input);
    assert_eq!(output.status.code(), Some(1));
    let results = results(&output);
    let lines: Vec<_> = results.iter().map(|result| result.get("line").and_then(Value::as_u64)).collect();
    assert_eq!(lines, [None, Some(3), Some(4), Some(5), Some(6), Some(7), Some(8), None]);
    let error = |index: usize| results[index]["error"].as_str().expect("an error");
    assert!(error(2).contains("there is no question `aeg`; did you mean `age`?"), "{}", error(2));
    assert!(error(5).contains("from 1 to 120"), "{}", error(5));
    assert!(output.stderr.is_empty());
}

#[test]
fn one_object_over_many_lines_is_one_sheet() {
    let pretty = serde_json::to_string_pretty(&complete()).expect("JSON");
    for input in [pretty.clone(), format!("\u{feff}\n{pretty}\n\n"), pretty.replace('\n', "\r\n")] {
        let output = assess(&["--answers", "-"], input);
        let results = results(&output);
        assert_eq!(results.len(), 1);
        assert_eq!(results[0]["level"], "urgent", "{results:?}");
    }
    let wrong = pretty.replace("\"male\"", "\"mail\"");
    let line = wrong.lines().position(|line| line.contains("mail")).expect("a line") + 1;
    let output = assess(&[], wrong);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(results(&output)[0]["line"], line);
    assert_eq!(results(&output).len(), 1);
}

#[test]
fn a_broken_first_line_does_not_swallow_the_others() {
    let good = complete().to_string();
    let output = assess(&[], format!("{{\"age\": 5,\n{good}\n{good}\n"));
    let levels: Vec<_> = results(&output).iter().map(|result| result["level"].clone()).collect();
    assert_eq!(levels, [Value::Null, json!("urgent"), json!("urgent")]);
}

#[test]
fn hostile_bytes_give_errors_and_nothing_worse() {
    let good = complete().to_string();
    let lines: [&[u8]; 8] = [
        b"\xff\xfe{}",
        b"\0\0\0",
        b"{\"age\": 1e999}",
        b"{\"age\": 5, \"age\": 6}",
        b"{\"notes\": \"\xed\xa0\x80\"}",
        &[b'['; 100_000],
        "{\"\u{1b}[2J\u{9b}31m\": 1}".as_bytes(),
        &[b'x'; 3 << 20],
    ];
    let mut input = lines.join(&b'\n');
    input.extend_from_slice(b"\n");
    input.extend_from_slice(good.as_bytes());
    let output = assess(&[], input);
    assert_eq!(output.status.code(), Some(1));
    let results = results(&output);
    assert_eq!(results.len(), lines.len() + 1);
    for (index, result) in results[..lines.len()].iter().enumerate() {
        assert_eq!(result["line"], index + 1, "{result}");
    }
    assert_eq!(results[lines.len()]["level"], "urgent");
    assert!(output.stdout.iter().all(|&byte| byte == b'\n' || byte >= 0x20 && byte != 0x7f));
    assert!(!String::from_utf8_lossy(&output.stdout).contains('\u{9b}'));
}

#[test]
fn nothing_in_is_nothing_out() {
    for input in ["", "\n \r\n\t\n", "\u{feff}"] {
        let output = assess(&[], input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{input:?}");
    }
}

#[test]
fn results_come_out_while_more_is_to_come() {
    use std::io::{BufRead, BufReader};
    let mut child =
        redflag(&["assess"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a start");
    let mut stdin = child.stdin.take().expect("an input");
    let mut stdout = BufReader::new(child.stdout.take().expect("an output"));
    for _ in 0..3 {
        writeln!(stdin, "{}", complete()).expect("it listens");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("it answers");
        assert!(line.starts_with("{\"level\":\"urgent\""), "{line}");
    }
    drop(stdin);
    assert!(child.wait().expect("an end").success());
}

/// One at a time the plain interpreter judges them, all together the circuit.
#[test]
fn sheets_get_the_same_results_alone_and_together() {
    use std::io::{BufRead, BufReader};
    let vignettes: Value = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let answers: Vec<_> =
        vignettes.as_array().expect("a list").iter().map(|vignette| &vignette["answers"]).collect();
    let mut sheets = Vec::new();
    for (number, answers) in answers.iter().enumerate() {
        sheets.push(answers.to_string());
        // Every third answer is left out or somebody else's, so that some are set aside and some are missing.
        let other = &vignettes[(number + 5) % vignettes.as_array().map_or(1, Vec::len)]["answers"];
        for offset in 0..3 {
            let mut mixed = answers.as_object().expect("an object").clone();
            for question in answers.as_object().expect("an object").keys().skip(offset).step_by(3) {
                match other.get(question) {
                    Some(theirs) => mixed.insert(question.clone(), theirs.clone()),
                    None => mixed.remove(question),
                };
            }
            sheets.push(Value::Object(mixed).to_string());
        }
        sheets.push(format!("{{\"age\": {}}}", 100 + number));
    }
    let together = assess(&[], sheets.join("\n"));
    let together = String::from_utf8(together.stdout).expect("UTF-8");
    assert!(together.contains("\"error\"") && together.contains("\"complete\":false"));
    assert!(together.lines().any(|line| line.contains("\"level\"") && !line.contains("\"set_aside\":{}")));

    let mut child =
        redflag(&["assess"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a start");
    let mut stdin = child.stdin.take().expect("an input");
    let mut stdout = BufReader::new(child.stdout.take().expect("an output"));
    let mut alone = String::new();
    for sheet in &sheets {
        writeln!(stdin, "{sheet}").expect("it listens");
        stdout.read_line(&mut alone).expect("it answers");
    }
    drop(stdin);
    child.wait().expect("an end");
    assert_eq!(alone, together);
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let sheets = format!("{}\n", complete()).repeat(2_000);
    let mut child = redflag(&["assess"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    // It stops reading too, so this may fail.
    let _ = child.stdin.take().expect("an input").write_all(sheets.as_bytes());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    let cases: [(&[&str], &str); 5] = [
        (&["assess", "bakc-pain"], "did you mean `back-pain`?"),
        (&["assess", "./none.yaml"], "./none.yaml"),
        (&["assess", "--answers", "/nonexistent/answers"], "/nonexistent/answers"),
        (&["assess", "--site", "/nonexistent/site.yaml"], "site.yaml"),
        (&["assess", "--audience", "nobody"], "patient, clinician"),
    ];
    for (arguments, expected) in cases {
        let output = redflag(arguments).stdin(Stdio::null()).output().expect("an end");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {stderr}");
        assert!(stderr.contains(expected), "{arguments:?} {stderr}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_sites_numbers_stand_in_the_steps() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site.yaml");
    std::fs::write(&site, "clinic: Hill Street\nclinic_phone: 0117 496 0123\n").expect("a file");
    let output = assess(&["--site", site.to_str().expect("a path")], complete().to_string());
    let steps = results(&output)[0]["next_steps"].to_string();
    assert!(steps.contains("Hill Street") && steps.contains("0117 496 0123"), "{steps}");

    std::fs::write(&site, "clinic_phon: 0117 496 0123\n").expect("a file");
    let output = assess(&["--site", site.to_str().expect("a path")], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .contains("unknown key `clinic_phon` at line 1; did you mean `clinic_phone`?")
    );

    // One file may serve several questionnaires: what this one doesn't name is reported and no mistake.
    std::fs::write(&site, "contacts:\n  clinic: Hill Street\n  dentist: 0117 496 0124\n").expect("a file");
    let output = assess(&["--site", site.to_str().expect("a path")], complete().to_string());
    assert!(results(&output)[0]["next_steps"].to_string().contains("Hill Street"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no contact `dentist` at line 3"));
}

/// A laboratory sends 2.505 where a person types two decimals, and it was refused.
#[test]
fn a_sheet_may_hold_more_decimals_than_a_person_may_type_and_they_are_compared_exactly() {
    let mut sheet = complete();
    sheet["calcium"] = json!(2.505);
    let output = assess(&["--audience", "clinician"], sheet.to_string());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    for (question, value) in [("age", 64.5), ("severity", 4.5)] {
        let mut sheet = complete();
        sheet[question] = json!(value);
        let output = assess(&[], sheet.to_string());
        assert_eq!(output.status.code(), Some(1), "{question} is whole");
        assert!(String::from_utf8_lossy(&output.stdout).contains("must be whole"), "{output:?}");
    }
}
