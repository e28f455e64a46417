//! What the documents say is true.
//!
//! After a change of the keys, the screens or the schemas, `UPDATE=1 cargo test --test docs` writes the table of keys,
//! the pictures and the schemas anew; read the difference, and look at the pictures. `tests/doc_commands.rs` follows the
//! commands of each document.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use redflag::questionnaire::yaml;
use redflag::words::Language;

/// What docs/integrate.md shows to programmers, word for word.
#[path = "fixtures/level.rs"]
mod level;
#[path = "support/documents.rs"]
mod support;

use support::{documents, read, root};

#[allow(dead_code, reason = "its `main` writes files, which a test does by itself")]
#[path = "../examples/picture.rs"]
mod picture;

const HOW_TO_UPDATE: &str = "`UPDATE=1 cargo test --test docs` writes it anew";

#[test]
fn the_readme_is_short() {
    let lines = read("README.md").lines().count();
    assert!(
        lines <= 120,
        "README.md has {lines} lines; what is about one reader belongs on that reader's page"
    );
}

#[test]
fn the_readme_says_how_many_questions_there_are() {
    let proved = redflag(&["check", "back-pain"], "");
    let number = between(&proved, "an interview of patients asks ", " questions");
    assert!(read("README.md").contains(&format!("with {number} short questions")), "{number}");
}

#[test]
fn the_page_for_a_person_lists_the_keys_of_the_program() {
    const PAGE: &str = "docs/use/person.md";
    let page = read(PAGE);
    let (before, rest) = page.split_once("<!-- keys: begin").expect("the page marks the table of keys");
    let (marker, rest) = rest.split_once("-->\n").expect("the first mark is closed");
    let (_, after) = rest.split_once("<!-- keys: end -->").expect("the page marks the end of the table");
    // A key that does several things, each in its place, has one row.
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    for (key, does) in
        redflag::tui::keys::all(redflag::tui::policy::Policy::OWN, &Language::English.words().keys)
    {
        match rows.iter_mut().find(|(known, _)| *known == key) {
            Some((_, all)) => all.push(does),
            None => rows.push((key, vec![does])),
        }
    }
    let rows = rows.iter().map(|(key, does)| format!("| {key} | {} |\n", does.join("<br>")));
    let table = format!("\n| key | does |\n|---|---|\n{}", rows.collect::<String>());
    let right = format!("{before}<!-- keys: begin{marker}-->\n{table}\n<!-- keys: end -->{after}");
    if updating() {
        write(PAGE, &right);
    } else {
        assert!(page == right, "{PAGE} lists other keys; {HOW_TO_UPDATE}");
    }
}

#[test]
fn the_pictures_show_the_screens_of_the_program() {
    for (name, svg) in picture::pictures().expect("the screens can be drawn") {
        let path = format!("docs/pictures/{name}");
        if updating() {
            write(&path, &svg);
        } else {
            assert!(read(&path) == svg, "{path} shows an old screen; {HOW_TO_UPDATE}");
        }
    }
}

#[test]
fn the_page_for_screen_readers_names_every_line_that_can_be_typed() {
    let page = read("docs/use/screen-reader.md");
    for (language, start, end) in [
        ("en", "Besides answers, you can type:\n", "To give one of"),
        ("es", "Además de responder, puede escribir:\n", "Para responder con"),
    ] {
        let said = redflag(&["--plain", "--language", language], "");
        let lines = between(&said, start, end).lines();
        let lines: Vec<_> = lines.filter_map(|line| line.split(": ").next()).collect();
        assert!(lines.len() >= 8, "{said}");
        for line in lines {
            assert!(page.contains(&format!("`{line}`")), "docs/use/screen-reader.md does not name `{line}`");
        }
    }
}

#[test]
fn the_page_about_json_names_every_key_of_a_result() {
    let page = read("docs/reference/json.md");
    let given: serde_json::Value =
        serde_json::from_str(&redflag(&["assess"], r#"{"id": 1, "age": 64}"#)).expect("JSON");
    for key in given.as_object().expect("an object").keys() {
        assert!(page.contains(&format!("\n| `{key}` | ")), "docs/reference/json.md has no row for `{key}`");
    }
}

#[test]
fn the_example_of_the_library_judges_a_sheet() {
    let example = read("tests/fixtures/level.rs");
    assert!(
        read("docs/integrate.md").contains(&format!("```rust\n{example}```\n")),
        "docs/integrate.md shows\n{example}"
    );
    let questionnaire = read("docs/author/example.yaml");
    let judged = |answers| level::level("example.yaml", questionnaire.as_bytes(), answers);
    assert_eq!(judged(r#"{"alarm": ["none"], "fever": "unsure", "days": 3}"#), Ok("soon".to_owned()));
    assert!(judged(r#"{"alarm": ["gone"]}"#).is_err());
    assert!(level::level("wrong.yaml", b"title: [", "{}").is_err());
}

#[test]
fn the_schemas_beside_the_page_about_json_are_those_of_the_program() {
    let mut linked = Vec::new();
    for (name, option) in
        [("assess", "--assess"), ("check", "--check"), ("report", "--report"), ("encounter", "--encounter")]
    {
        let schema = redflag(&["schema", option], "");
        let path = format!("docs/reference/schemas/{name}.schema.json");
        if updating() {
            write(&path, &schema);
        } else {
            assert!(read(&path) == schema, "{path} is old; {HOW_TO_UPDATE}");
        }
        linked.push(format!("(schemas/{name}.schema.json)"));
    }
    let page = read("docs/reference/json.md");
    let missing: Vec<_> = linked.iter().filter(|link| !page.contains(*link)).collect();
    assert!(missing.is_empty(), "docs/reference/json.md doesn't link to {missing:?}");
}

#[test]
fn the_small_questionnaire_for_authors_has_no_mistakes_and_no_warnings() {
    let text = read("docs/author/example.yaml");
    let loaded = yaml::load("docs/author/example.yaml", text.as_bytes()).expect("no mistakes");
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
}

#[test]
fn the_example_of_a_translation_has_no_mistakes_and_lacks_nothing() {
    let (text, translation) = (read("docs/author/example.yaml"), read("docs/author/example.es.yaml"));
    let loaded = yaml::load("docs/author/example.yaml", text.as_bytes()).expect("no mistakes");
    let original = yaml::Original {
        questionnaire: &loaded.questionnaire,
        file: "docs/author/example.yaml",
        text: text.as_bytes(),
    };
    let translated =
        yaml::load_translation("docs/author/example.es.yaml", "es", translation.as_bytes(), &original);
    // A text that is missing would be a warning.
    assert!(translated.expect("no mistakes").warnings.is_empty());
}

#[test]
fn the_format_is_described_to_the_last_word() {
    let format = read("docs/author/format.md");
    let mut words = BTreeSet::new();
    collect_words(&yaml::schema(), &mut words);
    let example =
        yaml::load("example.yaml", read("docs/author/example.yaml").as_bytes()).expect("no mistakes");
    let translation = yaml::translation_schema(&example.questionnaire);
    words.extend(
        translation["required"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|key| key.as_str().expect("a key").to_owned()),
    );
    assert!(words.len() > 60, "the schema has only {} words", words.len());
    let missing: Vec<_> = words.iter().filter(|word| !is_named(&format, word)).collect();
    assert!(missing.is_empty(), "docs/author/format.md does not describe {missing:?}");
}

#[test]
fn the_file_of_scenarios_is_described_to_the_last_word() {
    let described = read("docs/author/testing.md");
    let mut words = BTreeSet::new();
    collect_words(&redflag::scenarios::schema(), &mut words);
    assert!(words.len() > 15, "the schema has only {} words", words.len());
    let missing: Vec<_> = words.iter().filter(|word| !is_named(&described, word)).collect();
    assert!(missing.is_empty(), "docs/author/testing.md does not describe {missing:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let reasons = read("docs/design/dependencies.md");
    let mut section = "";
    let mut all = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if section.ends_with("dependencies")
            && let Some((name, rest)) = line.split_once(" = ")
        {
            let version = rest.split('"').find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
            let version = version.expect("a dependency has a version");
            let row = reasons
                .split_once(&format!("## {section}\n"))
                .and_then(|(_, rest)| rest.split("\n## ").next())
                .and_then(|table| table.lines().find(|row| row.starts_with(&format!("| `{name}`"))));
            let row =
                row.unwrap_or_else(|| panic!("docs/design/dependencies.md has no `{name}` in {section}"));
            assert!(row.contains(&format!("| {version} |")), "`{name}` is {version} now: {row}");
            all += 1;
        }
    }
    let rows = reasons.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(rows, all, "docs/design/dependencies.md names a dependency that Cargo.toml doesn't have");
}

#[test]
fn every_test_that_a_hazard_names_exists() {
    let log = read("docs/safety/hazard-log.md");
    let mut named = 0;
    // Tests are named as `tests/site.rs: the_name`.
    for quoted in log.split('`').skip(1).step_by(2) {
        let Some((file, test)) = quoted.split_once(".rs: ") else { continue };
        let source = read(format!("{file}.rs"));
        assert!(source.contains(&format!("fn {test}(")), "{file}.rs has no test `{test}`");
        named += 1;
    }
    assert!(named >= 100, "only {named} tests were found in the log");
}

/// Of two, one is old some day. Round numbers are limits and examples, not counts.
#[test]
fn no_count_is_in_two_documents() {
    let mut homes: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for document in documents().into_iter().filter(|document| *document != Path::new("CHANGELOG.md")) {
        let text = read(&document);
        let text: String =
            text.lines().filter(|line| !line.starts_with("<!--")).map(|line| format!("{line}\n")).collect();
        let prose: String = text.split("```").step_by(2).collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for word in prose.split(|c: char| c.is_whitespace() || "()[]|/".contains(c)) {
            let number = word.trim_end_matches(['.', ',', ':', ';', '%']).replace(',', "");
            let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
            if number.len() >= 4
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !is_year
                && !number.ends_with("000")
            {
                homes.entry(number).or_default().insert(document.clone());
            }
        }
    }
    assert!(homes.len() > 20, "only {homes:?}");
    let several: Vec<_> = homes.iter().filter(|(_, documents)| documents.len() > 1).collect();
    assert!(several.is_empty(), "link to the one place of a count in the others: {several:?}");
}

#[test]
fn every_yaml_block_is_yaml() {
    for document in documents() {
        let text = read(&document);
        for block in text.split("```yaml").skip(1).filter_map(|rest| rest.split("```").next()) {
            let (_, block) = block.split_once('\n').expect("a line with the mark");
            let read = serde_yaml::from_str::<serde_yaml::Value>(block);
            assert!(read.is_ok(), "{}: {read:?} in\n{block}", document.display());
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        for target in links(&read(&document)) {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let path = if file.is_empty() { document.clone() } else { beside(&document, file) };
            let place = format!("{} links to {target}", document.display());
            assert!(root().join(&path).exists(), "{place}, which isn't there");
            assert!(anchor.is_empty() || has_heading(&read(&path), anchor), "{place}: no such heading");
        }
    }
}

/// The README is for newcomers; the list of all documents leads to each page at once.
#[test]
fn every_page_is_in_the_list_of_documents() {
    const LIST: &str = "docs/README.md";
    let list = PathBuf::from(LIST);
    let listed: BTreeSet<_> = links(&read(LIST)).iter().map(|link| beside(&list, link)).collect();
    for document in documents() {
        // Pages for whoever changes what is in the folder, beside it.
        let found_there = document.starts_with("tests") || document.starts_with("scripts");
        let shown = document == list || document == Path::new("README.md") || listed.contains(&document);
        assert!(found_there || shown, "{LIST} doesn't link to {}", document.display());
    }
    assert!(links(&read("README.md")).contains(&LIST.to_owned()), "README.md links to {LIST}");
}

/// Where the links of a document lead to in this repository.
fn links(text: &str) -> Vec<String> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// The file that a link of a document names, from the top of the repository.
fn beside(document: &Path, link: &str) -> PathBuf {
    let mut path = document.parent().expect("a folder").to_owned();
    for part in Path::new(link.split('#').next().unwrap_or_default()).components() {
        match part {
            Component::ParentDir => assert!(path.pop(), "{} links out of the repository", document.display()),
            part => path.push(part),
        }
    }
    path
}

/// Whether a heading has this anchor, as GitHub makes them.
fn has_heading(text: &str, anchor: &str) -> bool {
    // What is between two fences is no heading: a shell has remarks with the same sign.
    let mut in_block = false;
    let mut headings = text.lines().filter(|line| {
        in_block ^= line.trim_start().starts_with("```");
        !in_block && line.starts_with('#')
    });
    headings.any(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|&c| c.is_alphanumeric() || " -_".contains(c));
        kept.collect::<String>().replace(' ', "-") == anchor
    })
}

/// Every key and every fixed word of a JSON Schema.
fn collect_words(schema: &serde_json::Value, words: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("properties", serde_json::Value::Object(keys)) => words.extend(keys.keys().cloned()),
                    ("enum", serde_json::Value::Array(fixed)) => {
                        words.extend(fixed.iter().filter_map(|word| word.as_str().map(str::to_owned)));
                    }
                    ("const", serde_json::Value::String(word)) => {
                        words.insert(word.clone());
                    }
                    _ => {}
                }
                collect_words(value, words);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_words(item, words)),
        _ => {}
    }
}

/// Is the word there as code, alone or as a key?
fn is_named(text: &str, word: &str) -> bool {
    let code = text.split('`').skip(1).step_by(2);
    code.into_iter().any(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == word))
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split_once(start).unwrap_or_else(|| panic!("no {start:?}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end:?}")).0
}

/// What the program writes to standard output.
fn redflag(arguments: &[&str], input: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_redflag"));
    // No site file of whoever runs the tests.
    program.args(arguments).env("XDG_CONFIG_HOME", root().join("tests")).env("LC_ALL", "C");
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    std::io::Write::write_all(&mut child.stdin.take().expect("piped"), input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn write(path: &str, text: &str) {
    fs::write(root().join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
}
