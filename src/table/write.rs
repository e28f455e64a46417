//! Results as lines of JSON or CSV or by columns, with those that are asked for.

#[cfg(feature = "parquet")]
use super::filled::Filled;
use super::{Bad, Column, Out, Piece, Record};
use crate::answers::json::answer_value;
use crate::answers::{Answer, Sheet};
use crate::circuit::Told;
use crate::encounter;
use crate::questionnaire::{Domain, Questionnaire};
use crate::report::Texts;
use crate::text::json;

/// Writes results. Every string that a result can hold is made once, not once a sheet.
pub(super) struct Writer<'q> {
    questionnaire: &'q Questionnaire,
    out: Out,
    columns: Vec<Column>,
    /// Free text on a sheet goes out with it.
    allow_text: bool,
    levels: Vec<String>,
    questions: Vec<String>,
    rules: Vec<String>,
    /// For each rule all words that its reason can have.
    reasons: Vec<Vec<String>>,
    /// For each rule how many words the reasons of those before it have.
    #[cfg(feature = "parquet")]
    first_reasons: Vec<usize>,
    steps: Vec<String>,
    /// What every result says of the questionnaire.
    judged_by: String,
}

impl<'q> Writer<'q> {
    pub fn new(
        questionnaire: &'q Questionnaire,
        texts: &Texts,
        out: Out,
        columns: &[Column],
        allow_text: bool,
    ) -> Self {
        let made = |text: &str| match out {
            Out::JsonLines => json::string(text),
            Out::Csv => text.to_owned(),
            #[cfg(feature = "parquet")]
            Out::Parquet => text.to_owned(),
        };
        let q = questionnaire;
        let of_csv = || format!("{} {} {}", q.id, q.version, encounter::fingerprint(q));
        Writer {
            questionnaire,
            out,
            columns: columns.to_vec(),
            allow_text,
            levels: q.levels.iter().map(|level| made(&level.id)).collect(),
            questions: q.questions.iter().map(|question| made(&question.id)).collect(),
            rules: q.rules.iter().map(|rule| made(&rule.id)).collect(),
            reasons: q
                .rules
                .iter()
                .map(|rule| rule.wordings().map(|because| made(&texts.line(because))).collect())
                .collect(),
            judged_by: match out {
                Out::JsonLines => format!(
                    "{{\"id\":{},\"version\":{},\"fingerprint\":\"{}\"}}",
                    json::string(&q.id),
                    json::string(&q.version),
                    encounter::fingerprint(q)
                ),
                Out::Csv => of_csv(),
                #[cfg(feature = "parquet")]
                Out::Parquet => of_csv(),
            },
            steps: q.next_steps.iter().map(|step| made(&texts.line(&step.say))).collect(),
            #[cfg(feature = "parquet")]
            first_reasons: q
                .rules
                .iter()
                .scan(0, |before, rule| {
                    let first = *before;
                    *before += rule.wordings().count();
                    Some(first)
                })
                .collect(),
        }
    }

    /// Whether an answer itself is written, and not only that there is one.
    pub fn needs_answers(&self) -> bool {
        self.out == Out::JsonLines && self.columns.contains(&Column::SetAside)
    }

    pub fn head(&self) -> Vec<u8> {
        match self.out {
            Out::JsonLines => Vec::new(),
            #[cfg(feature = "parquet")]
            Out::Parquet => Vec::new(),
            Out::Csv => {
                let names: Vec<&str> = self.columns.iter().map(|column| column.name()).collect();
                format!("{}\n", names.join(",")).into_bytes()
            }
        }
    }

    /// `sheet` is needed where something is set aside and [`Writer::needs_answers`].
    pub fn row(&self, record: &Record, told: Told, sheet: Option<&Sheet>, piece: &mut Piece) {
        match self.out {
            Out::JsonLines => self.json(record, told, sheet, &mut piece.out),
            Out::Csv => self.csv(record, told, &mut piece.out),
            #[cfg(feature = "parquet")]
            Out::Parquet => self.filled(record, told, &mut piece.filled),
        }
    }

    /// What the numbers of a column mean, where it has [`Filled::Texts`] or [`Filled::Lists`].
    #[cfg(feature = "parquet")]
    pub fn texts(&self, column: Column) -> Vec<&str> {
        let texts: Box<dyn Iterator<Item = &String>> = match column {
            Column::Line | Column::Complete | Column::Id => return Vec::new(),
            Column::Level | Column::Certain | Column::Possible => Box::new(self.levels.iter()),
            Column::Rules => Box::new(self.rules.iter()),
            Column::Reasons => Box::new(self.reasons.iter().flatten()),
            Column::NextSteps => Box::new(self.steps.iter()),
            Column::Unanswered | Column::SetAside => Box::new(self.questions.iter()),
            Column::Questionnaire => Box::new(std::iter::once(&self.judged_by)),
        };
        texts.map(String::as_str).collect()
    }

    #[cfg(feature = "parquet")]
    fn filled(&self, record: &Record, told: Told, filled: &mut Vec<Filled>) {
        if filled.is_empty() {
            *filled = self.columns.iter().map(|&column| Filled::new(column)).collect();
        }
        for (&column, filled) in self.columns.iter().zip(filled) {
            match column {
                Column::Line => filled.number(record.line),
                Column::Level => filled.text(told.level()),
                Column::Certain => filled.text(told.certain()),
                Column::Possible => filled.text(told.possible()),
                Column::Complete => filled.flag(told.complete()),
                Column::Rules => filled.list(told.rules()),
                Column::Reasons => {
                    filled.list(told.rules().map(|rule| self.first_reasons[rule] + told.wording(rule)));
                }
                Column::NextSteps => filled.list(told.steps()),
                Column::Unanswered => filled.list(told.unanswered()),
                Column::SetAside => filled.list(told.set_aside()),
                Column::Questionnaire => filled.text(0),
                Column::Id => filled.own(record.id.as_deref().map(without_marks)),
            }
        }
    }

    fn json(&self, record: &Record, told: Told, sheet: Option<&Sheet>, out: &mut Vec<u8>) {
        fn strings(made: &[String], picked: impl Iterator<Item = usize>, out: &mut Vec<u8>) {
            json::array(out, picked.map(|index| made[index].as_str()));
        }
        // A sheet without an id has none in its result.
        let columns = self.columns.iter().filter(|&&column| column != Column::Id || record.id.is_some());
        out.push(b'{');
        for (at, column) in columns.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.push(b'"');
            out.extend_from_slice(column.name().as_bytes());
            out.extend_from_slice(b"\":");
            match column {
                Column::Line => number(record.line, out),
                Column::Level => out.extend_from_slice(self.levels[told.level()].as_bytes()),
                Column::Certain => out.extend_from_slice(self.levels[told.certain()].as_bytes()),
                Column::Possible => out.extend_from_slice(self.levels[told.possible()].as_bytes()),
                Column::Complete => out.extend_from_slice(truth(told.complete())),
                Column::Rules => strings(&self.rules, told.rules(), out),
                Column::Reasons => {
                    json::array(
                        out,
                        told.rules().map(|rule| self.reasons[rule][told.wording(rule)].as_str()),
                    );
                }
                Column::NextSteps => strings(&self.steps, told.steps(), out),
                Column::Unanswered => strings(&self.questions, told.unanswered(), out),
                Column::SetAside => self.set_aside(told, sheet, out),
                Column::Questionnaire => out.extend_from_slice(self.judged_by.as_bytes()),
                Column::Id => out.extend_from_slice(record.id.as_deref().unwrap_or("null").as_bytes()),
            }
        }
        out.extend_from_slice(b"}\n");
    }

    fn set_aside(&self, told: Told, sheet: Option<&Sheet>, out: &mut Vec<u8>) {
        out.push(b'{');
        let answers = told.set_aside().filter_map(|question| Some((question, sheet?.get(question)?)));
        for (at, (question, answer)) in answers.enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(self.questions[question].as_bytes());
            out.push(b':');
            let asked = &self.questionnaire.questions[question];
            let is_text = matches!(asked.domain, Domain::Text) || matches!(answer, Answer::Text(_));
            if is_text && !self.allow_text {
                out.extend_from_slice(b"null");
                continue;
            }
            let value = answer_value(answer, asked);
            let value = value.as_str().map_or_else(|| value.to_string(), json::string);
            out.extend_from_slice(value.as_bytes());
        }
        out.push(b'}');
    }

    fn csv(&self, record: &Record, told: Told, out: &mut Vec<u8>) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            let start = out.len();
            match column {
                Column::Line => number(record.line, out),
                Column::Level => out.extend_from_slice(self.levels[told.level()].as_bytes()),
                Column::Certain => out.extend_from_slice(self.levels[told.certain()].as_bytes()),
                Column::Possible => out.extend_from_slice(self.levels[told.possible()].as_bytes()),
                Column::Complete => out.extend_from_slice(truth(told.complete())),
                Column::Rules => joined(told.rules().map(|rule| self.rules[rule].as_str()), " ", out),
                Column::Reasons => {
                    let reasons = told.rules().map(|rule| self.reasons[rule][told.wording(rule)].as_str());
                    joined(reasons, " | ", out);
                }
                Column::NextSteps => joined(told.steps().map(|step| self.steps[step].as_str()), " | ", out),
                Column::Unanswered => {
                    joined(told.unanswered().map(|question| self.questions[question].as_str()), " ", out);
                }
                Column::SetAside => {
                    joined(told.set_aside().map(|question| self.questions[question].as_str()), " ", out);
                }
                Column::Questionnaire => out.extend_from_slice(self.judged_by.as_bytes()),
                Column::Id => {
                    let id = record.id.as_deref().map(without_marks).unwrap_or_default();
                    out.extend_from_slice(id.as_bytes());
                }
            }
            // Ids and numbers have nothing to be quoted.
            if matches!(column, Column::Reasons | Column::NextSteps | Column::Questionnaire | Column::Id) {
                quote(out, start);
            }
        }
        out.push(b'\n');
    }

    /// A row that could not be read, in its place among the results.
    pub fn bad_inline(&self, line: u64, bad: &Bad, out: &mut Vec<u8>) {
        json::error(out, &bad.to_string(), line + bad.below, bad.id.as_deref());
    }
}

/// A row that could not be read, in the file of those.
pub(super) fn bad_apart(line: u64, bad: &Bad, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"line\":");
    number(line + bad.below, out);
    out.extend_from_slice(b",\"column\":");
    out.extend_from_slice(bad.place.as_json().as_bytes());
    out.extend_from_slice(b",\"reason\":");
    out.extend_from_slice(json::string(&bad.reason).as_bytes());
    if let Some(id) = &bad.id {
        out.extend_from_slice(b",\"id\":");
        out.extend_from_slice(id.as_bytes());
    }
    out.extend_from_slice(b"}\n");
}

/// What a sheet is called: a text without its quotation marks, or a number as it is.
fn without_marks(id: &str) -> String {
    serde_json::from_str(id).unwrap_or_else(|_| id.to_owned())
}

fn truth(holds: bool) -> &'static [u8] {
    if holds { b"true" } else { b"false" }
}

fn number(number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut left = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Texts with something between them.
#[inline]
fn joined<'t>(texts: impl Iterator<Item = &'t str>, between: &str, out: &mut Vec<u8>) {
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.extend_from_slice(between.as_bytes());
        }
        out.extend_from_slice(text.as_bytes());
    }
}

/// Puts a cell into quotation marks where it needs them.
fn quote(out: &mut Vec<u8>, start: usize) {
    if out[start..].iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        let cell = String::from_utf8_lossy(&out[start..]).replace('"', "\"\"");
        out.truncate(start);
        out.push(b'"');
        out.extend_from_slice(cell.as_bytes());
        out.push(b'"');
    }
}
