//! What the documents say is true.
//!
//! After a change of the keys or of the screens, `UPDATE=1 cargo test --test docs` writes the table in the README
//! and the pictures anew; read the difference, and look at the pictures.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use redflag::questionnaire::yaml;
use redflag::words::Language;

#[allow(dead_code, reason = "its `main` writes files, which a test does by itself")]
#[path = "../examples/picture.rs"]
mod picture;

const HOW_TO_UPDATE: &str = "`UPDATE=1 cargo test --test docs` writes it anew";

#[test]
fn the_readme_lists_the_keys_of_the_program() {
    let readme = read("README.md");
    let (before, rest) = readme.split_once("<!-- keys: begin").expect("README.md marks the table of keys");
    let (marker, rest) = rest.split_once("-->\n").expect("the first mark is closed");
    let (_, after) = rest.split_once("<!-- keys: end -->").expect("README.md marks the end of the table");
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
        write("README.md", &right);
    } else {
        assert!(readme == right, "README.md lists other keys; {HOW_TO_UPDATE}");
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
fn the_readme_names_every_option() {
    let readme = read("README.md");
    let commands = ["assess", "check", "diff", "graph", "kiosk", "new", "schema", "simulate", "test"];
    let helps = commands.iter().map(|command| vec![*command, "--help"]).chain([vec!["--help"]]);
    for command in helps {
        let help = redflag(&command, "");
        let options = help.lines().filter_map(|line| {
            let start = line.find("--").filter(|_| line.trim_start().starts_with('-'))?;
            line[start..].split([' ', ',', '=']).next()
        });
        for option in options {
            assert!(readme.contains(&format!("`{option}")), "README.md does not name `{option}`");
        }
    }
}

#[test]
fn the_readme_names_every_command_of_the_lines() {
    let readme = read("README.md");
    let said = redflag(&["--plain"], "");
    let commands = between(&said, "Besides answers, you can type:\n", "To answer with");
    let commands: Vec<_> = commands.lines().filter_map(|line| line.split(": ").next()).collect();
    assert!(commands.len() >= 8, "{said}");
    for command in commands {
        assert!(readme.contains(&format!("`{command}`")), "README.md does not name `{command}`");
    }
}

#[test]
fn the_example_of_assess_gives_what_the_readme_says() {
    let readme = read("README.md");
    let (_, section) = readme.split_once("## Judging answer sheets").expect("the section is there");
    let sheet = between(section, "echo '", "' |");
    let expected: serde_json::Value = serde_json::from_str(between(section, "```json\n", "```")).unwrap();
    let given: serde_json::Value = serde_json::from_str(&redflag(&["assess"], sheet)).unwrap();
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&given[key], value, "{key}");
    }
    let left_out = given.as_object().expect("an object").keys().filter(|key| expected.get(key).is_none());
    for key in left_out {
        assert!(section.contains(&format!("`{key}`")), "the README does not name `{key}`");
    }
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
fn a_misspelt_option_is_told_as_the_readme_says() {
    let text = read("docs/author/example.yaml")
        .replace("[cannot_swallow, noisy_breath]", "[cannot_swallow, noisy_breth]");
    let mistakes = yaml::load("mine.yaml", text.as_bytes()).expect_err("a mistake");
    let told = mistakes.iter().map(|mistake| mistake.render(false)).collect::<Vec<_>>().join("\n");
    assert!(read("README.md").contains(&told), "README.md does not show\n{told}");
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
        let source = read(&format!("{file}.rs"));
        assert!(source.contains(&format!("fn {test}(")), "{file}.rs has no test `{test}`");
        named += 1;
    }
    assert!(named >= 100, "only {named} tests were found in the log");
}

#[test]
fn every_yaml_block_is_yaml() {
    for document in documents() {
        let text = fs::read_to_string(&document).expect("the document can be read");
        for block in text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let read = serde_yaml::from_str::<serde_yaml::Value>(block);
            assert!(read.is_ok(), "{}: {read:?} in\n{block}", document.display());
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        let text = fs::read_to_string(&document).expect("the document can be read");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = document.parent().expect("a folder").join(file);
            let there = if file.is_empty() { has_heading(&text, anchor) } else { path.exists() };
            assert!(there, "{} links to {target}", document.display());
        }
    }
}

/// Every document that people read: those beside the README, and all below docs/.
fn documents() -> Vec<PathBuf> {
    let mut documents = Vec::new();
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                documents.push(path);
            }
        }
    }
    documents.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name)));
    documents.sort();
    documents
}

/// Whether a heading has this anchor, as GitHub makes them.
fn has_heading(text: &str, anchor: &str) -> bool {
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
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

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn write(path: &str, text: &str) {
    fs::write(root().join(path), text).unwrap_or_else(|error| panic!("{path}: {error}"));
}
