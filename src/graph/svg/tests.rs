//! What is drawn, read back.

use roxmltree::{Document, Node};

use super::measure::Type;
use super::paint;
use super::*;
use crate::questionnaire::yaml;

const SMALL: &str = include_str!("../../../tests/fixtures/small.yaml");
const BACK_PAIN: &str = include_str!("../../../questionnaires/back-pain.yaml");

fn drawn(text: &str) -> String {
    let questionnaire = yaml::load("a.yaml", text.as_bytes()).expect("no mistakes").questionnaire;
    svg(&questionnaire, &Links::of(&questionnaire))
}

fn number(node: Node, name: &str) -> i32 {
    let value = node.attribute(name).unwrap_or_else(|| panic!("{node:?} has no {name}"));
    value.parse().unwrap_or_else(|_| panic!("{name} is {value}"))
}

fn set(class: &str) -> Type {
    match class.split(' ').next().unwrap_or_default() {
        "section" => paint::SECTION,
        "ask" => paint::ASK,
        "name" => paint::NAME,
        "id" => paint::ID,
        "chip" => paint::CHIP,
        "small" | "if" => paint::SMALL,
        other => panic!("what is {other}?"),
    }
}

/// Every text of every card, with the room that it takes: from, to, top, bottom.
fn texts<'a>(card: Node<'a, 'a>) -> Vec<(Node<'a, 'a>, [i32; 4])> {
    let texts = card.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|text| {
            let set = set(text.attribute("class").expect("a class"));
            let words = text.text().unwrap_or_default();
            let parent = text.parent().expect("a parent");
            let (mut x, mut y) = (number(text, "x"), number(text, "y"));
            let mut width = set.width(words);
            if parent.has_tag_name("svg") {
                // Cut at the edges of its room.
                (x, y) = (number(parent, "x"), number(parent, "y") + y);
                width = number(parent, "width");
            }
            if text.attribute("text-anchor").is_some() {
                x -= width / 2;
            }
            (text, [x, x + width, y - set.size, y + 3])
        })
        .collect()
}

#[test]
fn no_text_leaves_its_card_and_no_two_lines_meet() {
    let wide = BACK_PAIN
        .replace("label:", "label: ")
        .replace("Saddle ", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww ");
    for text in [SMALL, BACK_PAIN, &wide, &hostile("W"), &hostile("背"), &hostile("ﷺ"), &hostile("e\u{301}")]
    {
        let svg = drawn(text);
        let document = Document::parse(&svg).expect("XML");
        let cards = document.descendants().filter(|node| node.attribute("transform").is_some());
        let mut count = 0;
        for card in cards {
            let edge = card.children().find(|node| node.has_tag_name("rect")).expect("the card itself");
            let (width, height) = (number(edge, "width"), number(edge, "height"));
            let texts = texts(card);
            for (text, [from, to, top, bottom]) in &texts {
                let inside = *from >= 0 && *to <= width && *top >= 0 && *bottom <= height;
                assert!(inside, "{from} {to} {top} {bottom} of {width} {height}: {text:?} in {card:?}");
                for (other, [left, right, above, below]) in &texts {
                    let meet = from < right && left < to && top + 3 < below - 3 && above + 3 < bottom - 3;
                    assert!(text == other || !meet, "{:?} and {:?}", text.text(), other.text());
                }
            }
            count += texts.len();
        }
        assert!(count > 20, "only {count} texts");
    }
}

/// A questionnaire whose every word is this, as long as it may be.
fn hostile(letter: &str) -> String {
    let word = letter.repeat(300);
    let id = "w".repeat(60);
    format!(
        "id: {id}\nversion: '{word}'\ntitle: '{word}'\nsign_off: '{word}'\nwelcome: {{ about: A }}\nsay: S\n\
         return_list: {{ title: R, items: [a] }}\nunsure: {{ counts_as: same_level, at_least: {id} }}\n\
         levels: [{{ id: {id}, title: '{word}', act: A }}, {{ id: b, title: '{word}', act: A }}]\n\
         sections:\n- id: s\n  title: '{word}'\n  audience: clinician\n  questions:\n\
         \x20 - {{ id: {id}, type: yes_no, red_flag: true, optional: true, ask: '{word}' }}\n\
         \x20 - {{ id: q2, type: yes_no, ask: '{word}', ask_if: {{ {id}: yes }} }}\n\
         \x20 - {{ id: q3, type: yes_no, ask: '{word}', ask_if: {{ q2: yes }} }}\n\
         \x20 - {{ id: q4, type: yes_no, ask: '{word}', ask_if: {{ {id}: no, q2: yes, q3: unsure }}, unsure: true }}\n\
         \x20 - {{ id: q5, type: yes_no, ask: '{word}', ask_if: {{ {id}: no }} }}\n\
         definitions:\n  d{id}: {{ {id}: yes, q2: yes, q3: yes }}\n\
         rules:\n- {{ id: W{id}, level: {id}, because: '{word}', supporting: true, when: d{id} }}\n"
    )
    .replace(&format!("d{id}"), &format!("d{}", &id[1..]))
    .replace(&format!("W{id}"), &format!("W{}", &id[1..]))
    .replace("q3: unsure", "q3: yes")
}

#[test]
fn each_step_of_urgency_has_a_pattern_and_a_symbol_of_its_own() {
    let svg = drawn(BACK_PAIN);
    let document = Document::parse(&svg).expect("XML");
    let by_id =
        |id: &str| document.descendants().find(|node| node.attribute("id") == Some(id)).expect("there");
    let inside = |node: Node| svg[node.range()].split_once('>').expect("an element").1.to_owned();
    let mut patterns: Vec<String> = (0..5).map(|step| inside(by_id(&format!("pattern{step}")))).collect();
    // The colours apart.
    patterns.iter_mut().for_each(|pattern| {
        *pattern =
            paint::URGENCY.iter().fold(pattern.clone(), |text, urgency| text.replace(urgency.line, ""));
    });
    patterns.sort();
    patterns.dedup();
    assert_eq!(patterns.len(), 5);
    for (level, step, symbol) in [("emergency", 0, "!!"), ("urgent", 2, "▲"), ("self_care", 4, "○")] {
        let heading = by_id(&format!("level-{level}"));
        assert!(inside(heading).contains(&format!("class=\"stripe{step}\"")), "{level}");
        assert!(heading.descendants().any(|node| node.text() == Some(symbol)), "{level}");
    }
    assert!(inside(by_id("rule-U01")).contains("class=\"stripe2\""));
}
