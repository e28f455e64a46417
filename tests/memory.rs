//! What is left of answers in memory: the real program, with its memory read from outside as root can.
#![cfg(target_os = "linux")]

mod pty;

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use pty::{ENTER, Pty, USUAL};

/// Typed as answers. What is looked for is the middle of each: the first bytes of a freed block are overwritten by the
/// system anyway, and would make any search find nothing.
const TYPED: [&str; 10] = [
    "quartz violin marmalade zephyr",
    "buckwheat lantern ombudsman kiwi",
    "crimson walrus pamphlet topaz",
    "dandelion gearbox sonnet ibex",
    "eggplant harbour quiver mosaic",
    "flamingo ballast tundra vowel",
    "gondola spinach rubric axiom",
    "hedgehog cymbal velvet orbit",
    "iguana plywood nectar saddle",
    "jackdaw tinsel oregano plinth",
];

fn middle(typed: &str) -> &str {
    &typed[typed.len() / 2 - 6..typed.len() / 2 + 6]
}

/// Which of these are anywhere in the memory of a process. `None`: it may not be read, which is said.
fn found<'t>(process: i32, wanted: &[&'t str]) -> Option<Vec<&'t str>> {
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let Ok(memory) = File::open(format!("/proc/{process}/mem")) else {
        eprintln!("left out: only root may read the memory of a program that has shut it");
        return None;
    };
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|mode| mode.starts_with('r'))) {
        let (from, to) = line.split(' ').next()?.split_once('-')?;
        let from = u64::from_str_radix(from, 16).ok()?;
        let to = u64::from_str_radix(to, 16).ok()?;
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        // Such as what the kernel shows of itself.
        let Ok(read) = memory.read_at(&mut bytes, from) else { continue };
        // A text is searched by code that is fast in tests, too.
        let text = String::from_utf8_lossy(&bytes[..read]);
        found.extend(wanted.iter().filter(|wanted| text.contains(**wanted)));
    }
    Some(found)
}

/// Ten texts to type, and what comes of them names each.
fn questionnaire() -> String {
    let questions: String = (0..10)
        .map(|at| format!("      - {{ id: text{at}, type: text, ask: \"Text number {at}?\" }}\n"))
        .collect();
    format!(
        "id: texts
version: 0.1.0
title: Texts
sign_off: Nobody has signed this off.
welcome: {{ about: Ten texts. }}
levels: [ {{ id: now, title: Get help now, act: Go. }}, {{ id: home, title: Stay at home, act: Rest. }} ]
unsure: {{ counts_as: same_level, at_least: home }}
sections:
  - id: texts
    title: Texts
    questions:
{questions}      - {{ id: choking, type: yes_no, ask: Are you choking? }}
rules: [ {{ id: E01, level: now, because: You are choking., when: {{ choking: yes }} }} ]
next_steps: [ {{ id: sit, say: Sit up. }} ]
return_list: {{ title: Get help for, items: [ choking ] }}
say: I did a check.
"
    )
}

#[test]
fn after_a_person_has_left_no_answer_is_in_the_memory_of_either_process() {
    let folder = tempfile::tempdir().unwrap();
    let (file, site) = (folder.path().join("texts.yaml"), folder.path().join("site.yaml"));
    fs::write(&file, questionnaire()).unwrap();
    fs::write(&site, "kiosk: { idle: 600, touch: false }\n").unwrap();
    let arguments = ["kiosk", "--site", site.to_str().unwrap(), "--", file.to_str().unwrap()];
    let mut pty = Pty::start(&arguments, &[], USUAL);
    pty.until_text("press any key.");
    pty.answer("1", "everything is erased");
    pty.answer(ENTER, "Stop and erase");
    pty.answer(ENTER, "Text number 0?");
    for (at, typed) in TYPED.iter().enumerate() {
        let next = if at < 9 { format!("Text number {}?", at + 1) } else { "Are you choking?".to_owned() };
        pty.answer(&format!("{typed}\r"), &next);
    }
    pty.answer("n\r", "[Result]");
    let wanted = TYPED.map(middle);
    let [supervisor, person] = [pty.id(), pty.children()[0]];
    let Some(there) = found(person, &wanted) else { return };
    assert!(wanted.iter().all(|wanted| there.contains(wanted)), "the search finds what is there: {there:?}");
    assert_eq!(found(supervisor, &wanted), Some(vec![]), "the supervisor never has an answer");
    pty.answer("q", "Finish. Erase everything here");
    pty.answer("2\r", "press any key.");
    let next = pty.children()[0];
    assert_ne!(next, person);
    for process in [supervisor, next] {
        assert_eq!(found(process, &wanted), Some(vec![]), "nothing is left");
    }
    let kept: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(kept.len(), 2, "nothing on the disk: {kept:?}");
}

/// The program with the first text to type on the screen. It has read its file.
fn at_the_first_text() -> Pty {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("texts.yaml");
    fs::write(&file, questionnaire()).unwrap();
    let mut pty = Pty::start(&[file.to_str().unwrap()], &[], USUAL);
    pty.until_started();
    pty.answer(ENTER, "Text number 0?");
    pty
}

/// Takes back the first text, letter by letter.
fn erase(pty: &mut Pty) {
    pty.until_settled();
    pty.send("\x7f".repeat(TYPED[0].len()));
    pty.until("an empty line", |screen| !screen.contents().contains("quartz"));
}

#[test]
fn a_text_that_was_erased_is_gone_from_memory_while_the_program_goes_on() {
    let mut pty = at_the_first_text();
    let wanted = [middle(TYPED[0])];
    let pasted = format!("\x1b[200~{}\x1b[201~", TYPED[0]);
    for typed in [TYPED[0], &pasted] {
        pty.answer(typed, TYPED[0]);
        let Some(there) = found(pty.id(), &wanted) else { return };
        assert!(!there.is_empty(), "the search finds what is there");
        erase(&mut pty);
        assert!(pty.until_idle());
        assert_eq!(found(pty.id(), &wanted), Some(vec![]), "{typed:?}");
    }
}

#[test]
fn an_answer_that_was_changed_is_gone_from_memory_while_the_program_goes_on() {
    let mut pty = at_the_first_text();
    pty.answer(&format!("{}\r", TYPED[0]), "Text number 1?");
    pty.answer("\x1b", TYPED[0]);
    erase(&mut pty);
    pty.answer("nothing\r", "Text number 1?");
    assert!(pty.until_idle());
    assert_eq!(found(pty.id(), &[middle(TYPED[0])]).unwrap_or_default(), Vec::<&str>::new());
}
