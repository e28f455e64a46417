//! `redflag simulate`: what people are drawn, what is counted, and what is said of files with mistakes.
//!
//! After a change of words, `UPDATE=1 cargo test --test simulating` writes what was agreed anew; read the difference.

#[path = "support/agreed.rs"]
mod agreed;
mod pty;

use std::fmt::Write;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use agreed::{agreed, edited};
use pty::{CTRL_C, Pty, USUAL};
use redflag::answers::{Answer, Facts, Sheet};
use redflag::population::{self, Given, Job, Outcome, Population, Range};
use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::triage;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ASKED: &str = include_str!("populations/asked.yaml");
const PEOPLE: &str = include_str!("populations/people.yaml");
const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const SORE_THROAT: &str = include_str!("../docs/author/populations/sore-throat.yaml");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/populations")
}

fn questionnaire(text: &str) -> Questionnaire {
    yaml::load("asked.yaml", text.as_bytes())
        .unwrap_or_else(|mistakes| panic!("{}", drawn(&mistakes)))
        .questionnaire
}

fn drawn(mistakes: &[Diagnostic]) -> String {
    mistakes.iter().map(|mistake| mistake.render(false)).collect::<Vec<_>>().join("\n")
}

fn read(
    questionnaire: &Questionnaire,
    name: &str,
    text: &str,
) -> Result<population::Loaded, Vec<Diagnostic>> {
    let neighbour = |name: &str| {
        let text = fs::read(folder().join(name)).map_err(|_| "there is no such file".to_owned())?;
        Ok((name.to_owned(), text))
    };
    population::read(questionnaire, name, text.as_bytes(), &neighbour)
}

fn people(questionnaire: &Questionnaire, text: &str) -> Population {
    let loaded = read(questionnaire, "people.yaml", text);
    loaded.unwrap_or_else(|mistakes| panic!("{}", drawn(&mistakes))).population
}

/// Draws this many people and hears what each says.
fn heard(
    questionnaire: &Questionnaire,
    population: &Population,
    count: u64,
    range: Range,
    mut heard: impl FnMut(&[Option<Answer>]),
) -> Outcome {
    let given = Given::Drawn { population, people: count, seed: 5, range };
    let job = Job { questionnaire, audience: population.audience, given, old: None };
    let run = population::run(job, |_| ControlFlow::Continue(()), Some(&mut heard));
    run.expect("nothing stops it")
}

fn outcome(questionnaire: &Questionnaire, population: &Population, count: u64) -> Outcome {
    heard(questionnaire, population, count, Range::Stated, |_| {})
}

/// Five standard deviations of a share from what it must be: one test in two million fails by chance, and with a
/// fixed seed none does.
#[track_caller]
fn near(count: u64, of: u64, share: f64) {
    let (found, deviation) = (count as f64 / of as f64, (share * (1.0 - share) / of as f64).sqrt());
    assert!((found - share).abs() <= 5.0 * deviation, "{found} and not {share}, give or take {deviation}");
}

const MANY: u64 = 40_000;

/// The questionnaire of the example with the shares of these answers, which are all independent.
const INDEPENDENT: &str = "
questionnaire: example
title: Independent
unsure: { p: 1 %, source: assumed }
questions:
  alarm: { ticks: { cannot_swallow: 2 %, noisy_breath: 3 % }, source: assumed }
  fever: { p: 20 %, source: assumed }
  days: { from: 0, to: 9, source: assumed }
";

#[test]
fn the_shares_are_those_that_the_figures_give() {
    let questionnaire = questionnaire(EXAMPLE);
    let counts = outcome(&questionnaire, &people(&questionnaire, INDEPENDENT), MANY).counts;
    let emergency = 1.0 - 0.98 * 0.97;
    let home = 0.98 * 0.97 * 0.99 * (0.99 * 0.8) * 0.7;
    near(counts.levels[0], MANY, emergency);
    near(counts.levels[2], MANY, home);
    near(counts.levels[1], MANY, 1.0 - emergency - home);
    // Without fever and long illness, an unsure answer on either question is what is left to decide.
    let no_rule = 0.98 * 0.97 * 0.7 * (1.0 - 0.99 * 0.2);
    near(counts.unsure_alone(), MANY, no_rule - home);
    let rule = |id: &str| counts.rules[questionnaire.rules.iter().position(|rule| rule.id == id).unwrap()];
    near(rule("S01").holds, MANY, 1.0 - (1.0 - 0.99 * 0.2) * 0.7);
    near(rule("S01").decides, MANY, (1.0 - emergency) * (1.0 - (1.0 - 0.99 * 0.2) * 0.7));
    assert_eq!(rule("E01").decides, rule("E01").alone);
    assert_eq!((counts.asked_at(0.5), counts.asked_at(0.9)), (3, 3));
    assert_eq!(counts.open, 0);
}

#[test]
fn a_factor_ties_answers_together_as_strongly_as_it_says() {
    let questionnaire = questionnaire(EXAMPLE);
    for (strength, both) in [(0.0, 0.25), (0.5, 1.0 / 3.0), (1.0, 0.5)] {
        let text = format!(
            "questionnaire: example\ntitle: Tied\nfactors: {{ tie: {{ strength: {strength}, source: assumed }} }}\n\
             questions:\n  alarm: {{ ticks: {{ cannot_swallow: 50 %, noisy_breath: 50 % }}, factor: tie, source: assumed }}\n  \
             fever: {{ p: 50 %, factor: tie, source: assumed }}\n  days: {{ mean: 100, sd: 9, from: 0, to: 365, factor: tie, source: assumed }}\n"
        );
        let population = people(&questionnaire, &text);
        let (mut ticked, mut feverish, mut long) = (0, 0, 0);
        heard(&questionnaire, &population, MANY, Range::Stated, |answers| {
            let said = |at: usize| answers[at].as_ref().expect("an answer");
            let is_ticked = said(0).ticked().contains(0);
            let fever = questionnaire.questions[1].option_index("yes").expect("yes");
            let Answer::Number(days) = said(2) else { panic!("a number") };
            ticked += u64::from(is_ticked && said(0).ticked().contains(1));
            feverish += u64::from(is_ticked && said(1).ticked().contains(fever));
            // Half a day, because numbers are rounded.
            long += u64::from(is_ticked && *days > 100.0) + u64::from(is_ticked && *days == 100.0) / 2;
        });
        near(ticked, MANY, both);
        near(feverish, MANY, both);
        assert!((long as f64 / MANY as f64 - both).abs() < 0.03, "{strength}: {long}");
    }
}

#[test]
fn conditions_hidden_traits_and_the_rest_give_each_person_one_share() {
    let questionnaire = questionnaire(EXAMPLE);
    let text = "
questionnaire: example
title: Conditional
hidden:
  cause: { answers: { a: 30 %, b: 50 %, c: rest }, source: assumed }
questions:
  days: [{ when: { cause: [a, c] }, from: 7, to: 7, source: assumed }, { from: 1, to: 1, source: assumed }]
  fever:
    answers:
      yes: [{ when: { days: { at_least: 7 }, not: { cause: c } }, p: 80 % }, { when: { any: [{ cause: c }, { days: { above: 365 } }] }, p: 0 % }, { p: 10 % }]
      no: rest
    source: assumed
  alarm: { answers: { none: 100 % }, not_named: 0 %, source: assumed }
";
    let population = people(&questionnaire, text);
    let (mut long, mut feverish) = (0, 0);
    heard(&questionnaire, &population, MANY, Range::Stated, |answers| {
        long += u64::from(answers[2] == Some(Answer::Number(7.0)));
        let yes = questionnaire.questions[1].option_index("yes").expect("yes");
        feverish += u64::from(answers[1].as_ref().is_some_and(|answer| answer.ticked().contains(yes)));
    });
    near(long, MANY, 0.5);
    near(feverish, MANY, 0.3 * 0.8 + 0.5 * 0.1);
}

#[test]
fn numbers_are_drawn_inside_their_bounds_or_moved_to_the_nearest() {
    let questionnaire = questionnaire(EXAMPLE);
    for (outside, at_the_edge) in [("again", false), ("nearest", true)] {
        let days = format!("{{ mean: 4, sd: 4, from: 0, to: 8, outside: {outside}, source: assumed }}");
        let text = edited(INDEPENDENT, &[("{ from: 0, to: 9, source: assumed }", &days)]);
        let (mut none, mut sum) = (0, 0.0);
        heard(&questionnaire, &people(&questionnaire, &text), MANY, Range::Stated, |answers| {
            let Some(Answer::Number(days)) = answers[2] else { panic!("a number") };
            assert!((0.0..=8.0).contains(&days) && days.fract() == 0.0, "{days}");
            none += u64::from(days == 0.0);
            sum += days;
        });
        // Of a normal number the share below 0.5: (0.5 - 4) / 4 is -0.875; and from -0.5, among those within -0.5 and 8.5.
        let below = |z: f64| if z == -0.875 { 0.190_787 } else { 0.130_295 };
        let share = match at_the_edge {
            true => below(-0.875),
            false => (below(-0.875) - below(-1.125)) / (1.0 - 2.0 * below(-1.125)),
        };
        near(none, MANY, share);
        assert!((sum / MANY as f64 - 4.0).abs() < 0.08, "{sum}");
    }
}

/// What an interview hears, and the circuit counts, is what the interpreter says.
#[test]
fn everybody_is_judged_as_the_interpreter_judges_and_asked_what_an_interview_asks() {
    let questionnaire = questionnaire(ASKED);
    let population = people(&questionnaire, PEOPLE);
    let mut levels = vec![0; questionnaire.levels.len()];
    let (mut asked, mut since) = (vec![0_u64; questionnaire.questions.len() + 1], 0);
    let counts = heard(&questionnaire, &population, 3_000, Range::Stated, |answers| {
        let mut sheet = Sheet::new(&questionnaire);
        for (question, answer) in answers.iter().enumerate() {
            let Some(answer) = answer else { continue };
            sheet.set(&questionnaire, question, answer.clone()).expect("an answer that fits");
        }
        let facts = Facts::of(&questionnaire, Audience::Patient, &sheet);
        let assessment = triage::assess(&facts);
        assert!(assessment.complete && assessment.set_aside.is_empty(), "{answers:?}");
        levels[assessment.level] += 1;
        let page = questionnaire.question_index("page").expect("the page");
        asked[(0..questionnaire.questions.len()).filter(|&at| at != page && facts.is_asked(at)).count()] += 1;
        since += u64::from(answers[questionnaire.question_index("since").expect("since")].is_some());
    });
    assert_eq!(counts.counts.levels, levels);
    assert_eq!(counts.counts.asked, asked);
    assert!(since > 50, "{since}");
}

#[test]
fn the_same_seed_draws_the_same_sheets_everywhere() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let (status, said) = folder.redflag(&[
        "simulate",
        "mine.yaml",
        "people",
        "--people",
        "500",
        "--seed",
        "42",
        "--sheets",
        "out.jsonl",
    ]);
    assert_eq!(status, Some(0), "{said}");
    let sheets = fs::read(folder.0.path().join("out.jsonl")).expect("the sheets");
    let mut hash = String::new();
    Sha256::digest(&sheets).iter().for_each(|byte| write!(hash, "{byte:02x}").expect("a text"));
    assert_eq!(hash, "eadbd8c4e428aa4247294b06cd197923f6db308bd89f8dc8b755a6288885b036");
    // As sheets they come to the same shares.
    let (_, drawn) = folder.redflag(&[
        "simulate",
        "mine.yaml",
        "people",
        "--people",
        "500",
        "--seed",
        "42",
        "--format",
        "json",
    ]);
    let (_, read) = folder.redflag(&["simulate", "mine.yaml", "out.jsonl", "--format", "json"]);
    let levels =
        |said: &str| serde_json::from_str::<Value>(said).expect("JSON")["populations"][0]["levels"].clone();
    assert_eq!(levels(&drawn), levels(&read));
}

#[test]
fn a_person_keeps_every_answer_that_a_changed_figure_is_not_about() {
    let questionnaire = questionnaire(ASKED);
    let all = |text: &str| {
        let mut all: Vec<Vec<Option<Answer>>> = Vec::new();
        heard(&questionnaire, &people(&questionnaire, text), 500, Range::Stated, |answers| {
            all.push(answers.to_vec())
        });
        all
    };
    let before = all(PEOPLE);
    let now = all(&edited(PEOPLE, &[("p: 10 %, factor: ill", "p: 30 %, factor: ill")]));
    let fever = questionnaire.question_index("fever").expect("fever");
    let mut changed = 0;
    for (before, now) in before.iter().zip(&now) {
        for question in (0..before.len()).filter(|&question| question != fever) {
            assert_eq!(before[question], now[question], "{}", questionnaire.questions[question].id);
        }
        changed += usize::from(before[fever] != now[fever]);
    }
    assert!((60..140).contains(&changed), "{changed}");
}

#[test]
fn floors_and_ceilings_are_those_of_the_figure_or_of_its_group() {
    let questionnaire = questionnaire(ASKED);
    let text = edited(
        PEOPLE,
        &[
            ("numb: { p: 4 %, group: soft, factor: ill }", "numb: { p: 20 %, group: soft }"),
            ("fever: { p: 10 %,", "fever: { p: 10 %, floor: 0 %, ceiling: 50 %, unsure: 0 %,"),
        ],
    );
    let population = people(&questionnaire, &text);
    assert!(population.varies());
    for (range, numb, fever) in
        [(Range::Stated, 0.2, 0.1), (Range::Floor, 0.1, 0.0), (Range::Ceiling, 0.4, 0.5)]
    {
        let (mut numbed, mut feverish) = (0, 0);
        heard(&questionnaire, &population, MANY, range, |answers| {
            numbed += u64::from(answers[2].as_ref().is_some_and(|answer| answer.ticked().contains(0)));
            let yes = questionnaire.questions[4].option_index("yes").expect("yes");
            feverish += u64::from(answers[4].as_ref().is_some_and(|answer| answer.ticked().contains(yes)));
        });
        near(numbed, MANY, numb);
        near(feverish, MANY, fever);
    }
}

#[test]
fn two_versions_are_compared_person_by_person() {
    let old = questionnaire(EXAMPLE);
    let new = questionnaire(&edited(EXAMPLE, &[("{ days: { at_least: 7 } }", "{ days: { at_least: 9 } }")]));
    let population = people(&new, INDEPENDENT);
    let given = Given::Drawn { population: &population, people: MANY, seed: 5, range: Range::Stated };
    let job = Job { questionnaire: &new, audience: Audience::Patient, given, old: Some(&old) };
    let outcome = population::run(job, |_| ControlFlow::Continue(()), None).expect("nothing stops it");
    let (before, moved) = outcome.old.expect("both versions");
    // Those with 7 or 8 days, no fever and nothing to be unsure of.
    near(moved.matrix[1][2], MANY, 0.98 * 0.97 * 0.99 * (0.99 * 0.8) * 0.2);
    assert_eq!(moved.sooner_and_later(), (0, moved.matrix[1][2]));
    assert_eq!(moved.unanswered, 0);
    let rows: Vec<u64> = moved.matrix.iter().map(|row| row.iter().sum()).collect();
    assert_eq!(rows, before.levels);
    assert_eq!(before.levels, outcome_of(&old, &population).counts.levels, "as if asked alone");
    let [example] = moved.examples.as_slice() else { panic!("{:?}", moved.examples) };
    let Some(Answer::Number(days)) = example.answers[2] else { panic!("a number") };
    assert!((7.0..9.0).contains(&days));
    assert_eq!((example.old_rules.len(), example.new_rules.len()), (1, 0));
}

fn outcome_of(questionnaire: &Questionnaire, population: &Population) -> Outcome {
    heard(questionnaire, population, MANY, Range::Stated, |_| {})
}

#[test]
fn who_has_no_answer_to_what_the_version_before_asks_is_not_compared() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let renamed = EXAMPLE.replace("fever", "feverish");
    folder.write("old.yaml", &renamed);
    let (status, said) =
        folder.redflag(&["simulate", "mine.yaml", "people", "--people", "1000", "--against", "old.yaml"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("100 % can't be compared") && said.contains("(feverish)"), "{said}");
}

/// A folder with a questionnaire and a population beside it.
struct Folder(tempfile::TempDir);

fn with(questionnaire: &str, population: &str) -> Folder {
    let folder = Folder(tempfile::tempdir().expect("a folder"));
    fs::create_dir(folder.0.path().join("populations")).expect("a folder");
    folder.write("mine.yaml", questionnaire);
    folder.write("populations/people.yaml", population);
    folder
}

impl Folder {
    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a file");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        command.args(arguments).current_dir(self.0.path()).env("XDG_CONFIG_HOME", "/nonexistent");
        command
    }

    fn redflag(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.command(arguments).output().expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).expect("UTF-8"))
    }
}

#[test]
fn the_text_says_who_is_told_what_and_by_which_rules() {
    let folder = with(EXAMPLE, SORE_THROAT);
    folder.write("old.yaml", &edited(EXAMPLE, &[("{ days: { at_least: 7 } }", "{ days: { at_least: 5 } }")]));
    let (status, said) =
        folder.redflag(&["simulate", "mine.yaml", "--people", "5000", "--vary", "--against", "old.yaml"]);
    assert_eq!(status, Some(0), "{said}");
    agreed("populations/told.txt", &said);
}

#[test]
fn programs_get_the_same_as_json() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let needs = edited(
        SORE_THROAT,
        &[("limits:\n", "needs: soon\nlimits:\n  - { at_or_above: needed, at_least: 30 % }\n")],
    );
    folder.write("populations/people.yaml", &needs);
    let (status, said) = folder.redflag(&[
        "simulate",
        "mine.yaml",
        "people",
        "--format",
        "json",
        "--vary",
        "--against",
        "mine.yaml",
    ]);
    assert_eq!(status, Some(0), "{said}");
    let said: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["questionnaire"], json!({ "id": "example", "version": "0.1.0" }));
    assert_eq!(said["seed"], 1);
    let people = &said["populations"][0];
    let sum: f64 = people["levels"]
        .as_array()
        .expect("levels")
        .iter()
        .map(|level| level["share"].as_f64().unwrap())
        .sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert_eq!(people["people"], 20_000);
    assert_eq!(people["levels"][0]["id"], "emergency");
    assert_eq!(people["rules"][0]["id"], "S01");
    let reached = people["needed"]["reached"]["people"].as_u64().unwrap();
    let told = |at: usize| people["levels"][at]["people"].as_u64().unwrap();
    assert_eq!(reached, told(0) + told(1));
    assert_eq!(people["needed"]["below"][2]["people"], told(2));
    assert!(people["limits"].as_array().unwrap().iter().all(|limit| limit["holds"] == true));
    assert!(
        people["floor"]["levels"][2]["share"].as_f64() > people["ceiling"]["levels"][2]["share"].as_f64()
    );
    assert_eq!(people["moved"]["people"].as_array().unwrap().len(), 3, "nobody moves");
}

#[test]
fn the_picture_says_every_share_in_words_too() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let arguments = ["simulate", "mine.yaml", "people", "--vary", "--against", "mine.yaml", "--svg", "-"];
    let (status, svg) = folder.redflag(&arguments);
    assert_eq!(status, Some(0), "{svg}");
    let document = roxmltree::Document::parse(&svg).expect("XML");
    let text =
        |name: &str| document.descendants().find(|node| node.has_tag_name(name)).and_then(|node| node.text());
    assert_eq!(text("title"), Some("Sore throat: what it tells simulated people"));
    let described = text("desc").expect("a description");
    for bar in ["before", "as stated", "floor", "ceiling"] {
        assert!(described.contains(&format!("{bar}: !! emergency 0.")), "{described}");
    }
    // Level by level, in each of the four bars.
    let stripes = document
        .descendants()
        .filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("stripe")));
    assert_eq!(stripes.count(), 4 * 3 + 3);
    let words: String = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    assert!(words.contains("soon 40.4 %"), "{words}");
    let (status, said) =
        folder.redflag(&["simulate", "mine.yaml", "people", "--svg", "populations/people.yaml"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("would be replaced"), "{said}");
}

#[test]
fn a_broken_limit_names_its_place_and_the_rules_to_look_at() {
    let limits = "limits:\n  - { level: emergency, at_most: 0.2 % }\n  - { at_or_above: soon, at_least: 60 % }\n  - { below: soon, at_most: 50 % }\n  - { unsure_alone: true, at_most: 0.1 % }\n  - { at_or_above: needed, at_least: 90 % }\nneeds: [{ when: { cause: virus }, level: home }, { level: emergency }]\n";
    let population = format!("{}{limits}", SORE_THROAT.split_once("limits:").expect("limits").0);
    let folder = with(EXAMPLE, &population);
    folder.write("mine.tests.yaml", include_str!("../docs/author/example.tests.yaml"));
    let (status, said) = folder.redflag(&["test", "mine.yaml"]);
    assert_eq!(status, Some(1), "{said}");
    let (_, said) = said.split_once("test populations").expect("the limits are tried");
    agreed("populations/broken.txt", said);
    let (status, said) = folder.redflag(&["simulate", "mine.yaml", "people"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("limit BROKEN"), "{said}");
}

#[test]
fn limits_that_hold_are_told_in_one_line_and_those_of_other_questionnaires_are_not_tried() {
    let folder = with(EXAMPLE, SORE_THROAT);
    folder.write("mine.tests.yaml", include_str!("../docs/author/example.tests.yaml"));
    folder.write(
        "populations/other.yaml",
        &SORE_THROAT.replace("questionnaire: example", "questionnaire: another"),
    );
    folder.write(
        "populations/base.yaml",
        &SORE_THROAT.replace("questionnaire: example", "questionnaire: example\nbase_only: true"),
    );
    let (status, said) = folder.redflag(&["test", "mine.yaml"]);
    assert_eq!(status, Some(0), "{said}");
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("populations/")).collect();
    assert_eq!(lines, ["test populations/people.yaml: Sore throat at a pharmacy (2 limits) ... ok"]);
}

#[test]
fn every_mistake_is_told_as_agreed() {
    let questionnaire = questionnaire(ASKED);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| {
        file.extension().is_some_and(|ending| ending == "yaml") && !file.ends_with("asked.yaml")
    });
    files.sort();
    assert!(files.len() > 12);
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        let text = fs::read_to_string(&file).expect("a text");
        let told = match read(&questionnaire, name, &text) {
            Ok(loaded) => {
                assert_eq!(name, "people.yaml", "this file has a mistake");
                assert!(loaded.warnings.is_empty());
                continue;
            }
            Err(mistakes) => {
                assert!(mistakes.iter().all(|mistake| mistake.span.is_some()), "each has a place");
                drawn(&mistakes)
            }
        };
        agreed(Path::new("populations").join(name).with_extension("stderr"), &told);
    }
}

#[test]
fn the_schema_takes_what_the_reader_takes() {
    use boon::{Compiler, Schemas};
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let output = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["schema", "--population"])
        .output()
        .expect("it runs");
    let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(schema, population::schema());
    compiler.add_resource("http://localhost/population.json", schema).expect("JSON");
    let index = compiler.compile("http://localhost/population.json", &mut schemas).expect("a schema");
    let takes = |text: &str| {
        let value: Value = serde_yaml::from_str(text).expect("YAML that is JSON too");
        schemas.validate(&value, index).is_ok()
    };
    assert!(takes(PEOPLE) && takes(SORE_THROAT) && takes(INDEPENDENT));
    for name in ["misspelt-key", "shares", "conditions"] {
        let text = fs::read_to_string(folder().join(name).with_extension("yaml")).expect("a text");
        assert!(!takes(&text), "{name}");
    }
}

#[test]
fn a_file_of_sheets_is_judged_and_a_bad_line_is_told_with_its_number() {
    let folder = with(EXAMPLE, SORE_THROAT);
    folder.write(
        "sheets.jsonl",
        "{\"alarm\": [\"none\"], \"fever\": \"no\", \"days\": 2}\n\n{\"alarm\": [\"noisy_breath\"]}\n",
    );
    let (status, said) = folder.redflag(&["simulate", "mine.yaml", "sheets.jsonl"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("sheets.jsonl: 2 sheets") && said.contains("without an answer to all asked   50.0 %"),
        "{said}"
    );
    folder.write("sheets.jsonl", "{\"alarm\": [\"none\"]}\n{\"fevr\": \"no\"}\n\u{feff}{\n");
    let (status, said) = folder.redflag(&["simulate", "mine.yaml", "sheets.jsonl"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("line 2: there is no question `fevr`; did you mean `fever`?"), "{said}");
    assert!(said.contains("line 3: "), "{said}");
    folder.write("sheets.jsonl", "\n");
    assert!(
        folder
            .redflag(&["simulate", "mine.yaml", "sheets.jsonl"])
            .1
            .contains("there is no sheet in this file")
    );
}

#[test]
fn a_population_that_is_not_there_is_told_with_those_that_are() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let (status, said) = folder.redflag(&["simulate", "mine.yaml", "peple"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("there is no population `peple`; did you mean `people`?"), "{said}");
    let (status, said) = folder.redflag(&["simulate", "mine.yaml", "./gone.yaml"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("./gone.yaml"), "{said}");
    fs::remove_dir_all(folder.0.path().join("populations")).expect("it can be removed");
    let (status, said) = folder.redflag(&["simulate", "mine.yaml"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("mine.yaml has no populations"), "{said}");
}

#[test]
fn a_long_run_shows_how_far_it_is_and_ctrl_c_ends_it_with_status_130() {
    let folder = with(EXAMPLE, SORE_THROAT);
    let (questionnaire, people) =
        (folder.0.path().join("mine.yaml"), folder.0.path().join("populations/people.yaml"));
    let paths = [&questionnaire, &people].map(|path| path.to_str().expect("a plain path"));
    let mut pty = Pty::start(&["simulate", paths[0], paths[1], "--people", "100000000"], &[], USUAL);
    // The bar is there as soon as somebody would wait.
    pty.until_text("] ");
    pty.send(CTRL_C);
    pty.until("the bar is gone", |screen| !screen.contents().contains('['));
    pty.ended_with(130);
}

#[test]
fn a_population_with_a_part_cut_out_gets_an_answer() {
    let questionnaire = questionnaire(ASKED);
    for from in (0..PEOPLE.len()).step_by(3) {
        for length in [1, 2, 7, 40, 200] {
            let to = (from + length).min(PEOPLE.len());
            let text = format!("{}{}", &PEOPLE[..from], &PEOPLE[to..]);
            if let Ok(loaded) = read(&questionnaire, "cut.yaml", &text) {
                outcome(&questionnaire, &loaded.population, 64);
            }
        }
    }
}

/// The population files of a built-in questionnaire.
fn shipped(questionnaire: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questionnaires/populations");
    let files = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, String)> = files
        .map(|file| {
            let name = file.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            (name, fs::read_to_string(&file).expect("a text"))
        })
        .collect();
    files.retain(|(_, text)| text.lines().any(|line| line == format!("questionnaire: {questionnaire}")));
    files.sort();
    files
}

/// The figures that the clinical content gives for version 2.0, measured with another program: the shares of each
/// level in per cent, or the share at or above the level needed.
const MEASURED: [(&str, &[f64]); 18] = [
    ("acute", &[6.9, 14.9, 26.8, 44.2, 7.2]),
    ("kiosk", &[6.8, 16.5, 44.1, 31.4, 1.2]),
    ("metastasis-known", &[99.8]),
    ("metastasis-unknown", &[98.3]),
    ("cord-compression", &[99.3]),
    ("cauda-equina", &[97.6]),
    ("infection", &[92.9]),
    ("myeloma", &[98.6]),
    ("fracture", &[98.2]),
    ("aneurysm", &[94.0]),
    ("metastasis-known-early", &[97.6]),
    ("metastasis-unknown-early", &[82.4]),
    ("cord-compression-early", &[99.8]),
    ("cauda-equina-early", &[80.0]),
    ("infection-early", &[69.0]),
    ("myeloma-early", &[99.7]),
    ("fracture-early", &[92.3]),
    ("aneurysm-early", &[79.0]),
];

#[test]
fn the_populations_of_back_pain_give_the_shares_that_were_measured() {
    let questionnaire = questionnaire(include_str!("../questionnaires/back-pain.yaml"));
    let files = shipped("back-pain");
    let neighbour = |wanted: &str| {
        let file = files.iter().find(|(name, _)| name == wanted).ok_or("there is no such file")?;
        Ok((wanted.to_owned(), file.1.clone().into_bytes()))
    };
    assert!(files.len() > MEASURED.len());
    for (name, text) in &files {
        let loaded = population::read(&questionnaire, name, text.as_bytes(), &neighbour);
        let loaded = loaded.unwrap_or_else(|mistakes| panic!("{}", drawn(&mistakes)));
        assert!(loaded.warnings.is_empty(), "{}", drawn(&loaded.warnings));
        let measured = MEASURED.iter().find(|(known, _)| name.strip_suffix(".yaml") == Some(*known));
        let Some((_, measured)) = measured else { continue };
        const DRAWN: u64 = 6_000;
        let counts = outcome(&questionnaire, &loaded.population, DRAWN).counts;
        let reached = counts.reach.as_ref().map(|reach| vec![reach.reached]);
        for (count, measured) in reached.unwrap_or(counts.levels).into_iter().zip(*measured) {
            let (share, wanted) = (count as f64 / DRAWN as f64, measured / 100.0);
            let chance = 3.0 * (wanted * (1.0 - wanted) / DRAWN as f64).sqrt();
            assert!((share - wanted).abs() < 0.01 + chance, "{name}: {share} and not {wanted}");
        }
    }
}

#[test]
fn the_program_has_the_populations_of_back_pain_inside() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_redflag")).args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8"))
    };
    let (status, said) = run(&["simulate", "back-pain", "no-such-people"]);
    assert_eq!(status, Some(2), "{said}");
    for (name, text) in shipped("back-pain") {
        let is_named = said.contains(name.trim_end_matches(".yaml"));
        assert_eq!(is_named, !text.contains("\nbase_only: true"), "{name}: {said}");
    }
    let (status, said) = run(&["simulate", "back-pain", "acute", "infection-early", "--people", "300"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.contains("Ordinary people with acute back pain") && said.contains("Spinal infection, early"),
        "{said}"
    );
}

/// What the clinical content gives for people without an event, in per cent, and how far off the made-up populations
/// are allowed to be.
#[test]
fn the_populations_of_spine_alert_come_near_the_shares_that_were_assumed() {
    const ASSUMED: [(&str, [f64; 4]); 3] = [
        ("alert-past.yaml", [6.0, 25.0, 22.0, 47.0]),
        ("alert-current.yaml", [9.0, 30.0, 22.0, 39.0]),
        ("alert-bone.yaml", [13.0, 27.0, 31.0, 29.0]),
    ];
    const OFF: f64 = 5.0;
    const DRAWN: u64 = 4_000;
    let questionnaire = questionnaire(include_str!("../questionnaires/spine-alert.yaml"));
    let files = shipped("spine-alert");
    let neighbour = |wanted: &str| {
        let file = files.iter().find(|(name, _)| name == wanted).ok_or("there is no such file")?;
        Ok((wanted.to_owned(), file.1.clone().into_bytes()))
    };
    for (name, text) in &files {
        let loaded = population::read(&questionnaire, name, text.as_bytes(), &neighbour);
        let loaded = loaded.unwrap_or_else(|mistakes| panic!("{}", drawn(&mistakes)));
        assert!(loaded.warnings.is_empty(), "{}", drawn(&loaded.warnings));
        let Some((_, assumed)) = ASSUMED.iter().find(|(known, _)| known == name) else { continue };
        let counts = outcome(&questionnaire, &loaded.population, DRAWN).counts;
        for (count, assumed) in counts.levels.into_iter().zip(assumed) {
            let share = count as f64 / DRAWN as f64 * 100.0;
            assert!((share - assumed).abs() < OFF, "{name}: {share} and not {assumed}");
        }
    }
}
