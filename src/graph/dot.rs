//! The picture in the language of Graphviz.

use std::fmt::Write;

use super::links::Links;
use super::mermaid::numbers;
use super::paint::URGENCY;
use super::{short, words};
use crate::questionnaire::{Audience, QuestionIndex, Questionnaire};
use crate::report::look;

const AUDIENCE: Audience = Audience::Clinician;
/// Characters of a text from the file.
const LONGEST: usize = 120;
/// Characters of a line in a box.
const LINE: usize = 44;

/// The whole drawing.
pub fn dot(questionnaire: &Questionnaire, links: &Links) -> String {
    let title = quoted(&short(questionnaire.title.to(AUDIENCE), LONGEST));
    let mut out = format!(
        "digraph questionnaire {{\n  label={title}; labelloc=t; fontname=\"Helvetica\"; fontsize=20;\n  \
         rankdir=TB; newrank=true; compound=true;\n  \
         node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=11];\n  \
         edge [fontname=\"Helvetica\", fontsize=10];\n"
    );
    sections(&mut out, questionnaire, links);
    arrows(&mut out, questionnaire, links);
    levels(&mut out, questionnaire, links);
    out += "}\n";
    out
}

fn sections(out: &mut String, questionnaire: &Questionnaire, links: &Links) {
    for (index, section) in questionnaire.sections.iter().enumerate() {
        let only = section.audience.map(|only| format!(", {}", words::only_for(only)));
        let title = short(section.title.to(AUDIENCE), LONGEST) + &only.unwrap_or_default();
        let _ = writeln!(
            out,
            "  subgraph cluster_s{index} {{\n    label={}; style=filled; fillcolor=\"#f1f3f6\";",
            quoted(&title)
        );
        for question in section.first..section.end {
            let asked = &questionnaire.questions[question];
            let number = question + 1;
            let words = format!("{number} · {}", short(asked.ask.to(AUDIENCE), LONGEST));
            let dashed =
                if links.branches[question].is_some() { ", style=\"rounded,filled,dashed\"" } else { "" };
            let label = lines(&words) + "\\n" + &escape(&asked.id);
            let _ = writeln!(out, "    q{number} [label=\"{label}\"{dashed}];");
        }
        out.push_str("  }\n");
    }
}

/// From each question that all are asked to the next, and from a question to what it may lead to.
fn arrows(out: &mut String, questionnaire: &Questionnaire, links: &Links) {
    let mut before: Option<QuestionIndex> = None;
    for (index, question) in questionnaire.questions.iter().enumerate() {
        let to = index + 1;
        if let (Some(branch), Some(condition)) = (&links.branches[index], &question.ask_if) {
            let words = words::branch(questionnaire, condition, branch, LONGEST);
            let label = lines(&words);
            let _ = writeln!(out, "  q{} -> q{to} [label=\"{label}\", style=dashed];", branch.parent + 1);
            continue;
        }
        if let Some(from) = before {
            let _ = writeln!(out, "  q{} -> q{to} [weight=10];", from + 1);
        }
        before = Some(index);
    }
}

fn levels(out: &mut String, questionnaire: &Questionnaire, links: &Links) {
    let count = questionnaire.levels.len();
    let mut before: Option<String> = None;
    for (level, stated) in questionnaire.levels.iter().enumerate() {
        let (step, symbol) = look::with_symbol(level, count);
        let title = quoted(&format!("{symbol} {}", short(stated.title.to(AUDIENCE), LONGEST)));
        let _ = writeln!(
            out,
            "  subgraph cluster_l{level} {{\n    label={title}; style=filled; fillcolor=\"{}\";",
            URGENCY[step].ground
        );
        let mut any = false;
        for (index, rule) in questionnaire.rules.iter().enumerate().filter(|(_, rule)| rule.level == level) {
            let words = lines(&format!("{} {}", rule.id, short(rule.because.to(AUDIENCE), LONGEST)));
            let numbers = lines(&numbers(&links.questions_of_rule[index]));
            let _ = writeln!(out, "    r{index} [label=\"{words}\\n{numbers}\"];");
            chain(out, &mut before, format!("r{index}"));
            any = true;
        }
        if !any {
            let _ = writeln!(
                out,
                "    n{level} [label={}, shape=plain, style=\"\"];",
                quoted(words::NO_RULE_GIVES)
            );
            chain(out, &mut before, format!("n{level}"));
        }
        out.push_str("  }\n");
    }
}

/// Puts one below the other without drawing it.
fn chain(out: &mut String, before: &mut Option<String>, node: String) {
    if let Some(before) = before {
        let _ = writeln!(out, "    {before} -> {node} [style=invis];");
    }
    *before = Some(node);
}

/// Text in lines that Graphviz breaks where told.
fn lines(text: &str) -> String {
    let lines = crate::text::wrap(text, LINE);
    lines.iter().map(|line| escape(line)).collect::<Vec<_>>().join("\\n")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Text inside quotes. Graphviz reads `&lt;` there as `<` and a backslash as the beginning of something else.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}
