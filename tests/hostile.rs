//! Whatever the bytes of a questionnaire: an error in few words, and never a panic.
//! `tests/hostile_input.rs` does the same with all else that comes in.

mod repertoire;

use std::sync::LazyLock;

use proptest::prelude::*;
use redflag::questionnaire::Questionnaire;
use redflag::questionnaire::diagnostic::Diagnostic;
use redflag::questionnaire::yaml::{self, MAX_BYTES, Original};
use repertoire::{COMMANDS, Colours, not_ours};

const SMALL: &str = include_str!("fixtures/small.yaml");
const TRANSLATION: &str = include_str!("../docs/author/example.es.yaml");
const TRANSLATED: &[u8] = include_bytes!("../docs/author/example.yaml");

static ORIGINAL: LazyLock<Original<'static>> = LazyLock::new(|| {
    static QUESTIONNAIRE: LazyLock<Questionnaire> =
        LazyLock::new(|| yaml::load("example.yaml", TRANSLATED).expect("no mistakes").questionnaire);
    Original { questionnaire: &QUESTIONNAIRE, file: "example.yaml", text: TRANSLATED }
});

/// The first thing said about some bytes, which must be refused. How long that takes is in docs/design/benchmarks.md.
fn refused(bytes: impl AsRef<[u8]>) -> Diagnostic {
    let diagnostics = yaml::load("hostile.yaml", bytes.as_ref()).expect_err("not a questionnaire");
    let drawn: usize = diagnostics.iter().map(|diagnostic| diagnostic.render(false).len()).sum();
    assert!(drawn < 2_000_000, "{drawn} bytes are said");
    diagnostics.into_iter().next().expect("a reason")
}

fn filled(lead: &str, part: &str, end: &str) -> String {
    let times = (MAX_BYTES - lead.len() - end.len()) / part.len();
    format!("{lead}{}{end}", part.repeat(times))
}

/// The small questionnaire, padded with entries at the end.
fn padded(lead: &str, entry: impl Fn(usize) -> String) -> String {
    let mut text = format!("{SMALL}{lead}\n");
    for index in 0.. {
        let entry = entry(index);
        if text.len() + entry.len() > MAX_BYTES {
            break;
        }
        text.push_str(&entry);
    }
    text
}

#[test]
fn an_empty_file_is_refused() {
    for text in ["", " ", "\n\n", "# nothing\n", "\u{feff}"] {
        assert_eq!(refused(text).code, "empty-file", "{text:?}");
    }
    assert_eq!(refused("---\n").code, "wrong-type");
    assert_eq!(refused("~").code, "wrong-type");
}

#[test]
fn a_byte_order_mark_at_the_beginning_does_no_harm() {
    let text = format!("\u{feff}{SMALL}");
    assert!(yaml::load("small.yaml", text.as_bytes()).is_ok());
}

#[test]
fn windows_line_ends_do_no_harm() {
    let text = SMALL.replace('\n', "\r\n");
    assert!(yaml::load("small.yaml", text.as_bytes()).is_ok());
}

#[test]
fn a_file_that_is_too_long_is_refused_unread() {
    assert_eq!(refused(vec![b'a'; MAX_BYTES + 1]).code, "too-long");
    assert_eq!(refused(vec![0xff; 100 << 20]).code, "too-long");
}

#[test]
fn bytes_that_are_not_utf_8_are_shown_where_they_stand() {
    let diagnostic = refused(b"id: test\ntitle: caf\xe9\n");
    let span = diagnostic.span.expect("a place");
    assert_eq!((diagnostic.code, span.line, span.column), ("not-utf-8", 2, 11));
    assert_eq!(refused(vec![0xff; MAX_BYTES]).code, "not-utf-8");
}

#[test]
fn control_characters_are_refused() {
    for c in ['\0', '\u{7}', '\u{1b}', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{2028}'] {
        let text = SMALL.replace("Nobody", &format!("No{c}body"));
        assert_eq!(refused(text).code, "control-character", "{c:?}");
    }
    assert_eq!(refused(vec![0; MAX_BYTES]).code, "control-character");
}

/// Refused, told harmlessly, and the rest of the file is as good as it was.
#[test]
fn commands_to_a_terminal_are_refused_wherever_they_stand() {
    let lines: Vec<&str> = SMALL.lines().collect();
    for (number, command) in COMMANDS.iter().enumerate() {
        let escaped: String = command.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
        for at in (number..lines.len()).step_by(COMMANDS.len() / 2) {
            let mut changed = lines.clone();
            // As they are, and written as YAML writes them, in place of a text.
            let raw = format!("{} {command}", lines[at]);
            let (before, text) = lines[at].rsplit_once(": ").unwrap_or((lines[at], ""));
            let written = format!("{before}: \"{escaped}\"");
            let is_text = text.ends_with(|c: char| c.is_alphabetic() || c == '.');
            for line in [Some(&raw), Some(&written).filter(|_| is_text)].into_iter().flatten() {
                changed[at] = line;
                let mistakes = yaml::load("any.yaml", changed.join("\n").as_bytes());
                let mistakes = mistakes.err().unwrap_or_else(|| panic!("it was taken: {line:?}"));
                for mistake in mistakes {
                    let json = serde_json::to_string(&mistake).expect("JSON");
                    for said in [mistake.render(true), json] {
                        assert_eq!(not_ours(said.as_bytes(), Colours::Any), None, "{line:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn deep_nesting_is_refused() {
    for depth in [65, 200, 300, 10_000, 100_000] {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("[{", "}]")] {
            let text = format!("{}x{}", open.repeat(depth), close.repeat(depth));
            refused(text);
            refused(format!("id: {}", open.repeat(depth)));
        }
    }
    let steps: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(refused(steps).code, "too-deep");
    refused(filled("", "[", ""));
    refused(filled("", "- ", ""));
    refused(filled("", "? ", ""));
    refused(filled("", "a: {", ""));
}

#[test]
fn deeply_nested_conditions_are_refused() {
    let not = "{ not: ".repeat(100);
    let condition = format!("{not}cancer{}", " }".repeat(100));
    let text = SMALL.replace("nerve: {", &format!("deep: {condition}\n  nerve: {{"));
    assert_eq!(refused(text).code, "too-deep");
}

#[test]
fn long_chains_of_definitions_are_refused() {
    let chain = padded("", |index| format!("#{index}\n"));
    assert!(yaml::load("comments.yaml", chain.as_bytes()).is_ok());
    let chain: String = (0..20_000).map(|index| format!("  d{index}: d{}\n", index + 1)).collect();
    let ended = format!("definitions:\n{chain}  d20000: {{ sites: neck }}\n");
    assert_eq!(refused(SMALL.replace("definitions:\n", &ended)).code, "too-deep");
    let circle = format!("definitions:\n{chain}  d20000: d0\n");
    refused(SMALL.replace("definitions:\n", &circle));
}

#[test]
fn alias_bombs_anchors_and_tags_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for index in 1..30 {
        let aliases = vec![format!("*a{}", index - 1); 9].join(", ");
        bomb.push_str(&format!("a{index}: &a{index} [{aliases}]\n"));
    }
    assert_eq!(refused(bomb).code, "anchor");
    assert_eq!(refused("a: &a [*a]\n").code, "anchor");
    assert_eq!(refused("*a").code, "anchor");
    assert_eq!(refused("? &a b\n: c\n").code, "anchor");
    assert_eq!(refused("title: !!binary aGk=\n").code, "tag");
    assert_eq!(refused("%TAG ! tag:x,2000:\n---\n!a b\n").code, "tag");
}

#[test]
fn many_mistakes_are_cut_short() {
    let keys = padded("", |index| format!("key_{index}: 1\n"));
    refused(keys);
    let sources = padded("", |index| format!("no_{index}: {{ titel: x }}\n"));
    refused(sources);
    let rules = padded("", |_| String::from("\n  "));
    let _ = yaml::load("blank.yaml", rules.as_bytes());
    refused(filled(SMALL, "\n- a", ""));
    refused(filled("", "a,", ""));
    refused(filled("rules: [", "{},", "]"));
    refused(filled("sections: [{questions: [", "{id: aaaaaaaaaaaaaaaaaaaaaaaa},", "]}]"));
    let unknown: Vec<String> = (0..30_000).map(|index| format!("d_{index}: e_{index}")).collect();
    refused(format!("definitions: {{ {} }}", unknown.join(", ")));
    let known = SMALL.replace("definitions:", &format!("definitions:\n  {}", unknown.join("\n  ")));
    refused(known);
    refused(filled("title: \"", "{a}", "\""));
    refused(filled("title: \"", "\\e", "\""));
    refused(filled("", "\"", ""));
    refused(filled("", "'", ""));
    refused(filled("", ":", ""));
    refused(filled("", "a: |\n ", ""));
    refused(filled("a: |\n", "  \n", ""));
    refused(filled("", "--- ", ""));
    refused(filled("", "---\n", ""));
    refused(filled("", "#", ""));
    refused(filled("", "%", ""));
    refused(filled("", "\n", "\tx"));
}

#[test]
fn hostile_translations_are_refused() {
    let refused = |bytes: &[u8]| {
        let diagnostics =
            yaml::load_translation("hostile.es.yaml", "es", bytes, &ORIGINAL).expect_err("no translation");
        let drawn: usize = diagnostics.iter().map(|diagnostic| diagnostic.render(false).len()).sum();
        assert!(drawn < 2_000_000, "{drawn} bytes are said");
        diagnostics[0].code
    };
    assert_eq!(refused(b""), "empty-file");
    assert_eq!(refused(b"~"), "wrong-type");
    assert_eq!(refused(&vec![b'a'; MAX_BYTES + 1]), "too-long");
    assert_eq!(refused(b"language: \xff"), "not-utf-8");
    assert_eq!(refused("[".repeat(100_000).as_bytes()), "too-deep");
    assert_eq!(refused(b"a: &a [*a]\n"), "anchor");
    assert_eq!(refused(TRANSLATION.replace("Nadie", "Na\u{202e}die").as_bytes()), "control-character");
    let ids: String = (0..60_000).map(|index| format!("  E{index}: x\n")).collect();
    refused(TRANSLATION.replace("rules:\n", &format!("rules:\n{ids}")).as_bytes());
    refused(filled(TRANSLATION, "\n- a", "").as_bytes());
    refused(filled("always: [", "a,", "]").as_bytes());
    refused(filled("title: \"", "{a}", "\"").as_bytes());
    refused(filled("title: \"", "1 ", "\"").as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        told(&bytes);
        told_of_translation(&bytes);
    }

    #[test]
    fn any_yaml_like_text_gets_an_answer(text in "([a-z]{1,3}|[-:?,\\[\\]{}#&*!|>'\"%@` \n\t~0-9]){0,80}") {
        told(text.as_bytes());
    }

    #[test]
    fn a_questionnaire_with_a_part_cut_out_gets_an_answer(from in 0..SMALL.len(), length in 0..200usize) {
        let mut bytes = SMALL.as_bytes().to_vec();
        bytes.drain(from..(from + length).min(SMALL.len()));
        told(&bytes);
    }

    #[test]
    fn a_translation_with_a_part_cut_out_gets_an_answer(
        from in 0..TRANSLATION.len(), length in 0..200usize,
    ) {
        let mut bytes = TRANSLATION.as_bytes().to_vec();
        bytes.drain(from..(from + length).min(TRANSLATION.len()));
        told_of_translation(&bytes);
    }

    #[test]
    fn a_translation_with_its_lines_moved_gets_an_answer(
        from in 0..60usize, to in 0..60usize, indentation in 0..12usize,
    ) {
        let mut lines: Vec<String> = TRANSLATION.lines().map(str::to_owned).collect();
        let line = lines.remove(from % lines.len());
        let line = format!("{}{}", " ".repeat(indentation), line.trim_start());
        lines.insert(to % lines.len(), line);
        told_of_translation(lines.join("\n").as_bytes());
    }

    #[test]
    fn a_questionnaire_with_other_bytes_in_it_gets_an_answer(
        changes in prop::collection::vec((0..SMALL.len(), "[-:?,\\[\\]{}#&*!|>'\"%@` \n\ta-z0-9é]"), 1..6),
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, with) in changes {
            bytes.splice(at..at + 1, with.bytes());
        }
        told(&bytes);
    }

    #[test]
    fn a_questionnaire_with_its_lines_moved_gets_an_answer(
        from in 0..150usize, to in 0..150usize, indentation in 0..12usize,
    ) {
        let mut lines: Vec<String> = SMALL.lines().map(str::to_owned).collect();
        let line = lines.remove(from % lines.len());
        let line = format!("{}{}", " ".repeat(indentation), line.trim_start());
        lines.insert(to % lines.len(), line);
        told(lines.join("\n").as_bytes());
    }
}

/// Loads and draws; whatever is refused has a reason.
fn told(bytes: &[u8]) {
    drawn(yaml::load("any.yaml", bytes).map(|loaded| loaded.warnings));
}

fn told_of_translation(bytes: &[u8]) {
    let loaded = yaml::load_translation("any.es.yaml", "es", bytes, &ORIGINAL);
    drawn(loaded.map(|loaded| loaded.warnings));
}

fn drawn(loaded: Result<Vec<Diagnostic>, Vec<Diagnostic>>) {
    let refused = loaded.is_err();
    let diagnostics = loaded.unwrap_or_else(|diagnostics| diagnostics);
    assert!(!refused || !diagnostics.is_empty());
    for diagnostic in diagnostics {
        diagnostic.render(true);
    }
}
