//! What is taken out of a report to be pasted elsewhere.

use super::{Report, document, text};

/// A part of a report, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excerpt {
    /// The whole report as text.
    Result,
    /// What to say on the phone.
    Say,
    /// The handover to another clinician.
    Handover,
}

impl Excerpt {
    /// Plain text, without an end of line at its end.
    pub fn of(self, report: &Report) -> String {
        match self {
            Excerpt::Result => text::text(report).trim_end().to_owned(),
            Excerpt::Say => report.say.join("\n"),
            Excerpt::Handover => handover(report.clinician()),
        }
    }
}

/// Ready to paste into a record: a sentence a line, however long, no markup, and no punctuation that an old system
/// can't show. It says itself where it comes from and whether the check is finished.
fn handover(report: &Report) -> String {
    let words = report.words();
    let sbar = &words.report.handover;
    let mut lines =
        vec![sbar.title(&report.title), document::made(report), format!("SHA-256 {}", report.fingerprint)];
    if !report.finished {
        lines.push(format!("{}: {}", words.report.state, words.report.state_not_finished));
    }
    for (name, sentences) in report.handover.parts(sbar) {
        let said = if sentences.is_empty() { sbar.nothing.to_owned() } else { sentences.join(" ") };
        lines.push(format!("{name}: {said}"));
    }
    ascii_punctuation(&lines.join("\n"))
}

/// Letters stay as they are, such as those with accents.
fn ascii_punctuation(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '–' | '—' | '−' | '•' | '·' => out.push('-'),
            '…' => out.push_str("..."),
            '≥' => out.push_str(">="),
            '≤' => out.push_str("<="),
            '×' => out.push('x'),
            '\u{A0}' | '\u{202F}' | '\u{2009}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
