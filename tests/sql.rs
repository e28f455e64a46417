//! `redflag sql`: what it prints, and what it refuses. scripts/engines.py runs it in the engines.

#[path = "support/agreed.rs"]
mod agreed;

use std::collections::HashSet;

use agreed::agreed;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::sql::{self, Dialect, Layout, Refused, Request};

const DIALECTS: [Dialect; 3] = [Dialect::Postgres, Dialect::DuckDb, Dialect::Spark];

/// Where the layers above the adapter begin.
const LAYERS: &str = "layer_1 as (";

fn load(text: &str) -> Questionnaire {
    match yaml::load("a.yaml", text.as_bytes()) {
        Ok(loaded) => loaded.questionnaire,
        Err(mistakes) => panic!("{}", mistakes[0].render(false)),
    }
}

fn small() -> Questionnaire {
    load(include_str!("fixtures/small.yaml"))
}

fn request(dialect: Dialect, layout: Layout) -> Request {
    Request {
        dialect,
        layout,
        audience: Audience::Patient,
        table: "clinic.answers".to_owned(),
        key: "id".to_owned(),
        view: None,
    }
}

/// The text without what changes with each version of the program.
fn lasting(text: String) -> String {
    let lines =
        text.lines().filter(|line| !line.starts_with("-- fingerprint") && !line.starts_with("-- redflag"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_statements_are_the_agreed_ones() {
    let questionnaire = small();
    for (dialect, name) in DIALECTS.into_iter().zip(["postgres", "duckdb", "spark"]) {
        for (layout, kept) in [(Layout::Columns, "columns"), (Layout::List, "list")] {
            let request = request(dialect, layout);
            let all = [
                sql::ddl(&questionnaire, &request),
                sql::load(&questionnaire, &request),
                sql::select(&questionnaire, &request),
            ];
            let [ddl, load, select] = all.map(|text| text.expect("it fits"));
            // Above the adapter the text is one for all engines, see below.
            let select = match dialect {
                Dialect::Postgres => select.as_str(),
                Dialect::DuckDb | Dialect::Spark => select.split_once(LAYERS).expect("layers").0,
            };
            agreed(format!("sql/{name}-{kept}.sql"), &lasting([&ddl, &load, select].join("\n")));
        }
    }
}

/// Whatever the engine, above the adapter the text is one.
#[test]
fn engines_differ_in_the_adapter_alone() {
    let questionnaire = small();
    for layout in [Layout::Columns, Layout::List] {
        let above = DIALECTS.map(|dialect| {
            let text = sql::select(&questionnaire, &request(dialect, layout)).expect("it fits");
            let (_, above) = text.split_once(LAYERS).expect("layers");
            above.replace('`', "\"")
        });
        assert!(above[0] == above[1] && above[1] == above[2]);
    }
}

/// Definitions that each use the one before twice.
fn chain(depth: usize) -> Questionnaire {
    let text = include_str!("fixtures/small.yaml");
    let (before, after) = text.split_once("definitions:\n").expect("definitions");
    let mut chain = "  link_0: { signs: numb }\n".to_owned();
    for link in 1..=depth {
        let below = link - 1;
        chain += &format!(
            "  link_{link}: {{ any: [{{ all: [link_{below}, {{ age: {{ at_least: {link} }} }}] }}, {{ all: [link_{below}, {{ severity: {{ at_least: 4 }} }}] }}] }}\n"
        );
    }
    let after = after.replacen(
        "rules:\n",
        &format!("rules:\n  - {{ id: C01, level: emergency, because: Chain., when: link_{depth} }}\n"),
        1,
    );
    load(&format!("{before}definitions:\n{chain}{after}"))
}

/// Engines that put what is below into what is above would work out `2^20` parts.
#[test]
fn what_would_explode_is_kept_by_the_engine_or_refused() {
    let questionnaire = chain(20);
    for dialect in [Dialect::Postgres, Dialect::DuckDb] {
        let text = sql::select(&questionnaire, &request(dialect, Layout::Columns)).expect("it is kept");
        assert!(text.contains("offset 0"), "{text}");
        let short = sql::select(&chain(4), &request(dialect, Layout::Columns)).expect("it fits");
        assert!(!short.contains("offset 0"));
    }
    let refused =
        sql::select(&questionnaire, &request(Dialect::Spark, Layout::Columns)).expect_err("too large");
    assert!(matches!(refused, Refused::TooLarge { .. }), "{refused:?}");
    assert!(refused.to_string().contains("Write the definitions flatter"), "{refused}");
}

/// PostgreSQL cuts names at 63 bytes, so two options would share a column.
#[test]
fn the_longest_ids_keep_their_own_columns() {
    let long = "a".repeat(60);
    let text = include_str!("fixtures/small.yaml");
    let text = text.replace("signs", &long).replace("numb_since", &"b".repeat(60));
    let questionnaire = load(&text);
    for dialect in DIALECTS {
        let ddl = sql::ddl(&questionnaire, &request(dialect, Layout::Columns)).expect("it fits");
        let quote = if dialect == Dialect::Spark { '`' } else { '"' };
        let begin = format!("  {quote}");
        let names: Vec<&str> =
            ddl.lines().filter_map(|line| line.strip_prefix(&*begin)?.split(quote).next()).collect();
        assert!(names.len() > 10 && names.iter().all(|name| name.len() <= 63), "{names:?}");
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{names:?}");
    }
}

#[test]
fn names_can_hold_anything_and_do_nothing_else() {
    let mut request = request(Dialect::Postgres, Layout::List);
    request.table = r#"x"; drop table y; --"#.to_owned();
    request.view = Some("o'k".to_owned());
    let text = sql::select(&small(), &request).expect("it fits");
    assert!(text.contains(r#"from "x""; drop table y; --""#), "{text}");
    assert!(text.contains(r#"create or replace view "o'k" as"#), "{text}");
    request.table = "clinic..answers".to_owned();
    assert_eq!(sql::select(&small(), &request), Err(Refused::NoName("table")));
    request.table = "answers".to_owned();
    request.key = "age".to_owned();
    assert_eq!(sql::ddl(&small(), &request), Err(Refused::KeyIsAnswer("age".to_owned())));
}

/// A string that ended early would let the question run as SQL. The loader takes no line breaks in a reason, so a
/// comment can't end early.
#[test]
fn texts_of_the_file_stay_in_their_comments_and_strings() {
    let text = include_str!("fixtures/small.yaml");
    let evil = text.replacen("ask: Where", r"ask: 'Why\''; drop table z; --' # Where", 1);
    let evil = evil.replacen("because: ", r"because: 'two\''; drop table z; --' # ", 1);
    assert_eq!(evil.matches("drop table z").count(), 2);
    let questionnaire = load(&evil);
    for dialect in DIALECTS {
        let text = sql::select(&questionnaire, &request(dialect, Layout::Columns)).expect("it fits");
        let hit = text.lines().find(|line| line.contains("drop table z")).expect("the reason");
        assert!(hit.trim_start().starts_with("-- E01"), "{hit}");
        let ddl = sql::ddl(&questionnaire, &request(dialect, Layout::Columns)).expect("it fits");
        let safe = match dialect {
            Dialect::Postgres | Dialect::DuckDb => r"'Why\''; drop table z; --",
            Dialect::Spark => r"'Why\\\'; drop table z; --",
        };
        assert!(ddl.contains(safe), "{ddl}");
    }
}

#[test]
fn an_answer_for_the_other_audience_is_set_aside() {
    let clinician = Request { audience: Audience::Clinician, ..request(Dialect::DuckDb, Layout::Columns) };
    let [patient, clinician] = [request(Dialect::DuckDb, Layout::Columns), clinician]
        .map(|request| sql::select(&small(), &request).expect("it fits"));
    assert!(patient.contains("case when v_calcium is not null then 'calcium' end\n    ) as aside_questions"));
    assert!(patient.contains("    false as r_e02") && !clinician.contains("    false as r_e02"));
}
