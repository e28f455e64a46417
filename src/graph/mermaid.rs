//! The picture as a Mermaid flowchart, which Git hosts and many editors draw.

use std::fmt::Write;

use super::links::{Few, Links};
use super::paint::{URGENCY, Urgency};
use super::{short, words};
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};
use crate::report::look;

const AUDIENCE: Audience = Audience::Clinician;
/// Characters of a text from the file; Mermaid gives up on a drawing of more than 50 000.
const LONGEST: usize = 80;

/// The whole drawing.
pub fn mermaid(questionnaire: &Questionnaire, links: &Links) -> String {
    let mut out = format!(
        "---\ntitle: {}\n---\nflowchart TB\n",
        // In quotes, as JSON writes them, which YAML reads the same.
        serde_json::Value::from(short(questionnaire.title.to(AUDIENCE), LONGEST))
    );
    // Its own colours on light and dark pages alike.
    out += "  classDef default fill:#ffffff,stroke:#8a929e,color:#1a1a1a\n";
    out += "  classDef branch stroke-dasharray:4 3\n";
    sections(&mut out, questionnaire, links);
    let last = arrows(&mut out, questionnaire, links);
    levels(&mut out, questionnaire, links, last);
    out
}

fn sections(out: &mut String, questionnaire: &Questionnaire, links: &Links) {
    for (index, section) in questionnaire.sections.iter().enumerate() {
        let only = section.audience.map(|only| format!(", {}", words::only_for(only)));
        let title = short(section.title.to(AUDIENCE), LONGEST) + &only.unwrap_or_default();
        let _ = writeln!(out, "  subgraph s{index}[\"{}\"]\n    direction TB", escape(&title));
        for question in section.first..section.end {
            let asked = &questionnaire.questions[question];
            let ask = escape(&short(asked.ask.to(AUDIENCE), LONGEST));
            let id = escape(&asked.id);
            let class = if links.branches[question].is_some() { ":::branch" } else { "" };
            let number = question + 1;
            let _ = writeln!(out, "    q{number}[\"{number} · {ask}<br><i>{id}</i>\"]{class}");
        }
        let _ = writeln!(out, "  end\n  style s{index} fill:#f1f3f6,stroke:#b8bec7");
    }
}

/// From each question that all are asked to the next, and from a question to what it may lead to. Gives the last
/// that all are asked.
fn arrows(out: &mut String, questionnaire: &Questionnaire, links: &Links) -> QuestionIndex {
    let mut before: Option<QuestionIndex> = None;
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let to = index + 1;
        if let (Some(branch), Some(condition)) = (&links.branches[index], &question.ask_if) {
            let words = words::branch(questionnaire, condition, branch, LONGEST);
            let _ = writeln!(out, "  q{} -. \"{}\" .-> q{to}", branch.parent + 1, escape(&words));
            continue;
        }
        if let Some(from) = before {
            let _ = writeln!(out, "  q{} --> q{to}", from + 1);
        }
        before = Some(index);
    }
    before.unwrap_or_default()
}

/// Side by side, below the last question.
fn levels(out: &mut String, questionnaire: &Questionnaire, links: &Links, last: QuestionIndex) {
    let count = questionnaire.levels.len();
    for (level, stated) in questionnaire.levels.iter().enumerate() {
        let (step, symbol) = look::with_symbol(level, count);
        let title = format!("{symbol} {}", short(stated.title.to(AUDIENCE), LONGEST));
        let _ = writeln!(out, "  subgraph l{level}[\"{}\"]\n    direction TB", escape(&title));
        let mut above = format!("q{}", last + 1);
        let mut order = String::new();
        let mut put = |out: &mut String, node: String, words: &str| {
            let _ = writeln!(out, "    {node}[\"{words}\"]");
            // Not drawn: it puts one below the other.
            let _ = writeln!(order, "  {above} ~~~ {node}");
            above = node;
        };
        for (index, rule) in questionnaire.rules.iter().enumerate().filter(|(_, rule)| rule.level == level) {
            let because = escape(&short(rule.because.to(AUDIENCE), LONGEST));
            let numbers = escape(&numbers(&links.questions_of_rule[index]));
            let id = escape(&rule.id);
            put(out, format!("r{index}"), &format!("<b>{id}</b> {because}<br><i>{numbers}</i>"));
        }
        if level == questionnaire.last_level() {
            put(out, "rest".to_owned(), &escape(words::NO_RULE));
        } else if questionnaire.rules.iter().all(|rule| rule.level != level) {
            put(out, format!("n{level}"), &escape(words::NO_RULE_GIVES));
        }
        out.push_str("  end\n");
        out.push_str(&order);
        let Urgency { line, ground, .. } = URGENCY[step];
        let _ = writeln!(out, "  style l{level} fill:{ground},stroke:{line}");
    }
}

/// `1, 7, 12`: the numbers of the questions.
pub fn numbers(questions: &Few) -> String {
    let numbers = questions.first.iter().map(|question| (question + 1).to_string());
    let mut numbers: Vec<String> = numbers.collect();
    if questions.others() > 0 {
        numbers.push(words::more(questions.others()));
    }
    if numbers.is_empty() { words::NO_QUESTIONS.to_owned() } else { numbers.join(", ") }
}

/// Text that Mermaid takes for nothing else. Everything but letters, digits and a few harmless marks becomes the
/// number of its character, which Mermaid writes as `#34;`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | ',' | '.' | '·' | '…' => escaped.push(c),
            c if c.is_alphanumeric() => escaped.push(c),
            c if c.is_ascii() => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
