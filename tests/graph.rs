//! `redflag graph`: pictures of questionnaires.
//!
//! After a change of the pictures or of back-pain.yaml, `UPDATE=1 cargo test --test graph` draws those in `docs/`
//! anew. Look at them before you commit them.

mod pty;
mod random;
#[path = "../benches/realistic/mod.rs"]
mod realistic;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pty::{Pty, USUAL};
use redflag::graph::Format;
use redflag::questionnaire::{Questionnaire, yaml};
use roxmltree::{Document, Node};

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");
const EXAMPLE: &str = include_str!("../docs/author/example.yaml");
const SMALL: &str = include_str!("fixtures/small.yaml");

fn loaded(text: &str) -> Questionnaire {
    let loaded = yaml::load("a.yaml", text.as_bytes());
    loaded.unwrap_or_else(|mistakes| panic!("{mistakes:?}")).questionnaire
}

/// The example with these words in the place of every text that it shows.
fn with_words(words: &str) -> Questionnaire {
    let mut questionnaire = loaded(EXAMPLE);
    let words = redflag::questionnaire::Text::both(words);
    questionnaire.title = words.clone();
    questionnaire.sign_off = words.clone();
    questionnaire.version = words.to(redflag::questionnaire::Audience::Patient).to_owned();
    questionnaire.levels.iter_mut().for_each(|level| level.title = words.clone());
    questionnaire.sections.iter_mut().for_each(|section| section.title = words.clone());
    questionnaire.questions.iter_mut().for_each(|question| question.ask = words.clone());
    questionnaire.rules.iter_mut().for_each(|rule| rule.because = words.clone());
    for option in questionnaire.questions.iter_mut().flat_map(|question| &mut question.options) {
        option.label = words.clone();
    }
    questionnaire
}

/// Words that mean something in one of the formats, and what a terminal or a page would act on.
const HOSTILE: [&str; 12] = [
    "</svg><script>alert(1)</script>",
    "\"><a href='javascript:alert(1)'>&lt;&#60;",
    "]]> --> <!-- <?xml ?> <!DOCTYPE a [<!ENTITY b \"c\">]>",
    "\u{1b}[31m\u{9b}2J\u{0}\u{7}\u{202e}\u{2066}\u{fffe}\u{ffff}",
    "\"]; click q1 \"javascript:alert(1)\" \"x",
    "%%{init: {\"theme\": \"x\"}}%% ---\nend\nsubgraph x",
    "`**bold**` 1. one - two $$x$$ #quot; #35;",
    "\\N \\G \\l \\\\ \" \\\" } digraph { a -> b",
    "<b>bold</b><br><img src=x onerror=alert(1)>",
    "背中が痛い 👩‍⚕️ שלום ﷽ Z̸̡̢̛̗",
    "url(#pattern0) ' style='x",
    "",
];

fn questionnaires() -> Vec<Questionnaire> {
    let mut all =
        vec![loaded(BACK_PAIN), loaded(EXAMPLE), loaded(SMALL), loaded(&realistic::questionnaire(300))];
    all.extend((0..20).map(|seed| loaded(&random::questionnaire(seed, 1 + seed as usize))));
    all.extend(HOSTILE.map(with_words));
    all
}

#[test]
fn the_pictures_in_the_documents_are_current() {
    for (name, text) in [("back-pain", BACK_PAIN), ("example", EXAMPLE)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{name}.svg"));
        let svg = Format::Svg.draw(&loaded(text));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path, svg).expect("the picture can be written");
        } else {
            let there = fs::read_to_string(path).unwrap_or_default();
            assert!(
                there == svg,
                "docs/pictures/{name}.svg is old; `UPDATE=1 cargo test --test graph` draws it anew"
            );
        }
    }
}

#[test]
fn a_picture_is_one_svg_document_that_tells_what_it_is_and_runs_nothing() {
    for questionnaire in questionnaires() {
        let svg = Format::Svg.draw(&questionnaire);
        assert!(svg.chars().all(|c| c == '\n' || !c.is_control()), "{}", questionnaire.id);
        let document = Document::parse(&svg).unwrap_or_else(|error| panic!("{}: {error}", questionnaire.id));
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("graphics-document document"));
        let told: Vec<&str> =
            root.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
        assert_eq!(told[..3], ["title", "desc", "style"]);
        let known =
            ["svg", "title", "desc", "style", "defs", "pattern", "rect", "circle", "path", "g", "a", "text"];
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            assert!(known.contains(&name), "<{name}>");
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
                assert!(
                    attribute.name() != "href" || attribute.value().starts_with('#'),
                    "{}",
                    attribute.value()
                );
            }
        }
        assert_eq!(document.descendants().filter(|node| node.has_tag_name("style")).count(), 1);
    }
}

#[test]
fn every_link_leads_to_one_place() {
    for questionnaire in questionnaires() {
        let svg = Format::Svg.draw(&questionnaire);
        let document = Document::parse(&svg).expect("XML");
        let mut ids = BTreeSet::new();
        for id in document.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{}: two are {id}", questionnaire.id);
        }
        let links = document.descendants().filter_map(|node| node.attribute("href"));
        let mut count = 0;
        for link in links {
            assert!(ids.contains(&link[1..]), "{}: {link} leads nowhere", questionnaire.id);
            count += 1;
        }
        assert!(count >= questionnaire.rules.len());
        for question in &questionnaire.questions {
            assert!(ids.contains(format!("question-{}", question.id).as_str()), "{}", question.id);
        }
        for rule in &questionnaire.rules {
            assert!(ids.contains(format!("rule-{}", rule.id).as_str()), "{}", rule.id);
        }
    }
}

/// A rule names a question exactly where that question names the rule, and what back-pain's first rule looks at is
/// what its condition says.
#[test]
fn questions_and_rules_name_each_other() {
    for text in [BACK_PAIN, EXAMPLE, SMALL] {
        let svg = Format::Svg.draw(&loaded(text));
        let document = Document::parse(&svg).expect("XML");
        let mut links: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for card in document.descendants().filter(|node| node.has_tag_name("g")) {
            let Some(id) = card.attribute("id") else { continue };
            let to = card.descendants().filter_map(|node| node.attribute("href")).map(|link| &link[1..]);
            links.insert(id, to.collect());
        }
        let mut pairs = 0;
        for (from, to) in &links {
            for other in to.iter().filter(|other| other.starts_with("rule-")) {
                assert!(links[other].contains(from), "{from} names {other}");
                pairs += 1;
            }
            if from.starts_with("rule-") {
                assert!(to.iter().all(|other| links[other].contains(from)), "{from}: {to:?}");
            }
        }
        assert!(pairs >= 3, "only {pairs}");
        if text == BACK_PAIN {
            let looked: Vec<&str> = links["rule-E01"].iter().copied().collect();
            assert_eq!(looked, ["question-emergency_now", "question-fever", "question-infection_risk"]);
            // Through definitions, which use others.
            assert!(links["rule-E05"].contains("question-saddle_numb_since"));
        }
    }
}

#[test]
fn what_leads_to_a_follow_up_stands_in_its_card_and_a_line_leads_there() {
    let svg = Format::Svg.draw(&loaded(BACK_PAIN));
    let document = Document::parse(&svg).expect("XML");
    let conditions: Vec<&str> = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("if"))
        .filter_map(|node| node.text())
        .collect();
    let asked_if = loaded(BACK_PAIN).questions.iter().filter(|question| question.ask_if.is_some()).count();
    assert!(conditions.len() >= asked_if, "{conditions:?}");
    // Right below the question that it looks at, and further down.
    assert!(conditions.contains(&"if at least past"), "{conditions:?}");
    assert!(conditions.contains(&"if saddle_numb"), "{conditions:?}");
    let further_down = "if sites has low_back / hip / groin / pelvis / thigh";
    assert!(conditions.contains(&further_down), "{conditions:?}");
    let lines = document.descendants().filter(|node| node.attribute("class") == Some("join")).count();
    assert!(lines >= 5, "only {lines} lines");
}

#[test]
fn a_thousand_questions_make_a_page_and_no_ribbon() {
    let svg = Format::Svg.draw(&loaded(&realistic::questionnaire(1000)));
    assert!(svg.len() < 4_000_000, "{} bytes", svg.len());
    let document = Document::parse(&svg).expect("XML");
    let side = |name: &str| {
        document.root_element().attribute(name).expect("a size").parse::<f64>().expect("a number")
    };
    let shape = side("width") / side("height");
    assert!((0.7..3.0).contains(&shape), "{shape}");
    let continued =
        document.descendants().filter_map(|node| node.text()).filter(|text| text.contains("(continued)"));
    assert!(continued.count() >= 5, "a column says what it goes on with");
}

/// What Mermaid's grammar takes here: node, arrow, heading, end, class, style. Labels are in quotes and have nothing
/// that could end them or mean something in them.
#[test]
fn mermaid_gets_only_what_it_understands() {
    for questionnaire in questionnaires() {
        let text = Format::Mermaid.draw(&questionnaire);
        let body =
            text.strip_prefix("---\ntitle: \"").and_then(|rest| rest.split_once("\"\n---\nflowchart TB\n"));
        let (title, body) = body.unwrap_or_else(|| panic!("no head: {text}"));
        assert!(!title.contains('\n'));
        let (mut nodes, mut open) = (BTreeSet::new(), 0);
        for line in body.lines().map(str::trim) {
            match line.split(' ').next().unwrap_or_default() {
                "subgraph" => {
                    open += 1;
                    label(line);
                }
                "end" => open -= 1,
                "direction" | "classDef" | "style" => assert!(!line.contains('"'), "{line}"),
                node if line.contains("-->") || line.contains("~~~") || line.contains(".->") => {
                    let to = line.rsplit(' ').next().unwrap_or_default();
                    assert!(nodes.contains(node) && nodes.contains(to), "{line}");
                    if line.contains('"') {
                        label(line);
                    }
                }
                _ => {
                    let (node, _) = line.split_once('[').unwrap_or_else(|| panic!("what is {line}?"));
                    assert!(node.chars().all(|c| c.is_ascii_alphanumeric()), "{line}");
                    assert!(nodes.insert(node.to_owned()), "{line}");
                    label(line);
                }
            }
            assert!((0..=1).contains(&open));
        }
        assert_eq!(open, 0);
        assert!(nodes.len() >= questionnaire.questions.len() + questionnaire.rules.len());
    }
}

#[track_caller]
fn label(line: &str) {
    let parts: Vec<&str> = line.split('"').collect();
    assert_eq!(parts.len(), 3, "{line}");
    let own = ["<br>", "<i>", "</i>", "<b>", "</b>"];
    let rest = own.iter().fold(parts[1].to_owned(), |label, tag| label.replace(tag, ""));
    let mut rest = rest.as_str();
    while let Some((plain, code)) = rest.split_once('#') {
        assert_plain(plain);
        let (number, after) = code.split_once(';').unwrap_or_else(|| panic!("{line}"));
        assert!(number.parse::<u8>().is_ok_and(|c| c.is_ascii_punctuation()), "{number} in {line}");
        rest = after;
    }
    assert_plain(rest);
}

#[track_caller]
fn assert_plain(text: &str) {
    let marks = text.chars().find(|c| c.is_ascii_punctuation() && !",.".contains(*c) || c.is_control());
    assert_eq!(marks, None, "{text:?}");
}

/// Graphviz's grammar, as far as it is used: quoted words end where they are meant to, and brackets close.
#[test]
fn graphviz_gets_only_what_it_understands() {
    for questionnaire in questionnaires() {
        let text = Format::Dot.draw(&questionnaire);
        let mut outside = String::new();
        let mut letters = text.chars();
        while let Some(c) = letters.next() {
            if c != '"' {
                outside.push(c);
                continue;
            }
            loop {
                match letters.next().expect("quotes are closed") {
                    '"' => break,
                    '\\' => assert!(matches!(letters.next(), Some('n' | '"' | '\\')), "{}", questionnaire.id),
                    c => assert!(!c.is_control(), "{}", questionnaire.id),
                }
            }
            outside.push('_');
        }
        let count = |c: char| outside.chars().filter(|&other| other == c).count();
        assert_eq!((count('{'), count('[')), (count('}'), count(']')), "{outside}");
        assert!(outside.starts_with("digraph questionnaire {") && outside.ends_with("}\n"));
        let words =
            outside.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '#').filter(|w| !w.is_empty());
        for word in words {
            let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            assert!(plain, "{word} stands outside of quotes");
        }
    }
}

fn redflag(folder: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_redflag"));
    program.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("the program starts")
}

#[test]
fn the_format_is_as_asked_or_as_the_file_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.yaml"), EXAMPLE).expect("a file");
    let questionnaire = loaded(EXAMPLE);
    for (arguments, file, format) in [
        (&["graph", "mine.yaml", "--output", "a.svg"][..], "a.svg", Format::Svg),
        (&["graph", "mine.yaml", "-o", "a.mmd"], "a.mmd", Format::Mermaid),
        (&["graph", "mine.yaml", "-o", "a.gv"], "a.gv", Format::Dot),
        (&["graph", "mine.yaml", "-o", "a.txt", "--format", "dot"], "a.txt", Format::Dot),
        (&["graph", "mine.yaml", "-o", "b"], "b", Format::Svg),
    ] {
        let output = redflag(folder.path(), arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0), "{arguments:?}");
        assert_eq!(
            fs::read_to_string(folder.path().join(file)).expect("written"),
            format.draw(&questionnaire)
        );
    }
    let output = redflag(folder.path(), &["graph", "mine.yaml", "-o", "a.png"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("not as .png"));
    assert!(!folder.path().join("a.png").exists());
    let output = redflag(folder.path(), &["graph", "--format", "mermaid"]);
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), Format::Mermaid.draw(&loaded(BACK_PAIN)));
    let output = redflag(folder.path(), &["graph"]);
    assert!(output.stdout.starts_with(b"<svg "), "a pipe gets the picture");
}

#[test]
fn a_picture_never_replaces_its_questionnaire_and_mistakes_make_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.yaml");
    fs::write(&file, EXAMPLE).expect("a file");
    for output in ["mine.yaml", "./mine.yaml"] {
        let output = redflag(folder.path(), &["graph", "mine.yaml", "--output", output]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("is the questionnaire itself"));
    }
    assert_eq!(fs::read_to_string(&file).expect("there"), EXAMPLE);
    fs::write(&file, EXAMPLE.replace("lasting]", "lastin]")).expect("a file");
    let output = redflag(folder.path(), &["graph", "mine.yaml", "-o", "a.svg"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `lasting`"));
    assert!(!folder.path().join("a.svg").exists());
    let output = redflag(folder.path(), &["graph", "back-pain", "-o", "no/such/a.svg"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_terminal_is_not_flooded_with_markup() {
    let mut pty = Pty::start(&["graph"], &[], USUAL);
    pty.until_text("--output");
    pty.ended_with(2);
    let mut pty = Pty::start(&["graph", "--format", "mermaid"], &[], USUAL);
    pty.until_text("style l4");
    pty.ended_with(0);
}
