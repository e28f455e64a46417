//! Letters of twice the size: only where the terminal answers that it has them, and without a key lost over it.

mod pty;
mod support;

use pty::{ENTER, Pty};
use redflag::tui::large::ASK;
use support::{Person, in_a_row};

const KITTY: (&str, &str) = ("TERM", "xterm-kitty");
/// With room for a question in large letters.
const HIGH: (u16, u16) = (80, 50);

fn start(variables: &[(&str, &str)]) -> Pty {
    let config = ("XDG_CONFIG_HOME", "/nonexistent");
    let questionnaire = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");
    Pty::start(&[questionnaire], &[&[config], variables].concat(), HIGH)
}

/// The texts written in larger letters so far.
fn written(pty: &Pty) -> Vec<String> {
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let parts = bytes.split("\x1b]66;s=2;").skip(1);
    parts
        .filter_map(|part| Some(part.split_once("\x1b\\")?.0.to_owned()))
        .filter(|text| text != " ")
        .collect()
}

fn is_asked(pty: &Pty) -> bool {
    String::from_utf8_lossy(&pty.bytes()).contains(ASK)
}

/// Goes on to the first question, which is then seen to be there by its answers.
fn begin(pty: &mut Pty) {
    pty.send(ENTER);
    pty.until_text("1 of ");
    pty.until_idle();
    pty.send(ENTER);
    pty.until_text("Lower back");
}

#[test]
fn a_terminal_that_answers_gets_what_is_asked_in_larger_letters() {
    let mut pty = start(&[KITTY]);
    pty.until_started();
    assert!(is_asked(&pty));
    // As such a terminal does: the blank has moved the cursor by two.
    pty.send("\x1b[1;1R\x1b[1;3R");
    begin(&mut pty);
    pty.until("the question in larger letters", |screen| {
        screen.contents().contains("Lower back") && !screen.contents().contains("Where does it hurt?")
    });
    pty.until_idle();
    assert_eq!(written(&pty), ["First some questions about the", "pain.", "Where does it hurt?"]);
    // Another page, and back: it is written anew.
    pty.send("?");
    pty.until("the help", |screen| !screen.contents().contains("Lower back"));
    pty.until_idle();
    pty.send("\x1b");
    pty.until_text("Lower back");
    pty.until_idle();
    assert_eq!(written(&pty).iter().filter(|text| *text == "Where does it hurt?").count(), 2);
}

#[test]
fn keys_typed_before_and_between_the_answers_are_keys() {
    let mut pty = start(&[KITTY]);
    pty.until_started();
    pty.send("\x1b[1;1R");
    begin(&mut pty);
    pty.until_idle();
    pty.send("1");
    pty.until_text("[x] 1");
    pty.send("\x1b[1;3R");
    pty.until("the question in larger letters", |screen| !screen.contents().contains("Where does it hurt?"));
    assert!(pty.text().contains("[x] 1"), "{}", pty.text());
}

#[test]
fn a_terminal_that_answers_otherwise_or_not_at_all_gets_bold_letters() {
    for answer in ["", "\x1b[1;1R\x1b[1;1R", "\x1b[1;1R\x1b[1;2R", "\x1b[1;1R"] {
        let mut pty = start(&[KITTY]);
        pty.until_started();
        pty.send(answer);
        begin(&mut pty);
        pty.until_text("Where does it hurt?");
        assert!(written(&pty).is_empty(), "{answer:?}: {:?}", written(&pty));
    }
}

#[test]
fn a_terminal_of_another_name_is_not_asked() {
    let mut pty = start(&[]);
    pty.until_started();
    pty.send("\x1b[1;1R\x1b[1;3R");
    begin(&mut pty);
    pty.until_text("Where does it hurt?");
    assert!(!is_asked(&pty) && written(&pty).is_empty());
}

#[test]
fn larger_letters_never_push_an_answer_out_of_sight() {
    let (mut larger, mut usual) = (0, 0);
    for size in [(40, 12), (80, 24), (80, 40), (120, 40)] {
        for id in ["emergency_now", "age", "sex", "sites", "duration", "severity", "night_pain", "fever"] {
            let mut person = Person::patient(size);
            person.reach(id, &[]);
            let before = in_a_row(&person.screen());
            person.app.larger = true;
            // What is left out of a frame is empty only on a new screen.
            person.resize((size.0 + 1, size.1));
            person.resize(size);
            let after = in_a_row(&person.screen());
            let (_, question) = person.app.question().expect("a question");
            let audience = redflag::questionnaire::Audience::Patient;
            if after.contains(&in_a_row(question.ask.to(audience))) {
                assert_eq!(before, after, "{id} at {size:?}");
                usual += 1;
                continue;
            }
            larger += 1;
            for option in &question.options {
                // Beside a long one there may be words of another column.
                let label = option.label.to(audience).split(' ').take(2).collect::<Vec<_>>().join(" ");
                assert!(after.contains(&label), "{id} at {size:?}: {label}\n{}", person.screen());
            }
            assert_eq!(before.contains("Front"), after.contains("Front"), "{id} at {size:?}: the figure");
        }
    }
    assert!(larger > 10 && usual > 5, "{larger} in large letters, {usual} not");
}
