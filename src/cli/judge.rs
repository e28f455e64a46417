//! Answer sheets in, results out, as JSON.

use std::cell::OnceCell;

use serde::de::Error;

use crate::answers::json::{SheetReader, answer_value};
use crate::answers::{Facts, Sheet};
use crate::circuit::{Batch, JudgedSheet, Parts};
use crate::encounter;
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::Texts;
use crate::site::Site;
use crate::text::json;
use crate::triage;

/// The key of a sheet that is no question.
const ID: &str = "id";

/// Fewer sheets than this go through the interpreter: a circuit takes as long for one as for 64.
const FEW: usize = 4;

/// Judges sheets of one questionnaire. Every string that a result can hold is made once, not once a sheet.
pub struct Judge<'q> {
    questionnaire: &'q Questionnaire,
    audience: Audience,
    reader: SheetReader<'q>,
    /// What every result says of the questionnaire.
    judged_by: String,
    /// Compiled when many sheets come.
    batch: OnceCell<Batch>,
    levels: Vec<String>,
    questions: Vec<String>,
    rules: Vec<String>,
    /// For each rule all words that its reason can have.
    reasons: Vec<Vec<String>>,
    steps: Vec<String>,
}

impl<'q> Judge<'q> {
    /// As many sheets are judged in one go.
    pub const AT_ONCE: usize = Batch::SIZE;

    pub fn new(questionnaire: &'q Questionnaire, audience: Audience, site: &Site) -> Judge<'q> {
        let texts = Texts::new(questionnaire, audience, site);
        let q = questionnaire;
        Judge {
            questionnaire,
            audience,
            reader: SheetReader::new(questionnaire),
            judged_by: format!(
                ",\"questionnaire\":{{\"id\":{},\"version\":{},\"fingerprint\":\"{}\"}}",
                json::string(&q.id),
                json::string(&q.version),
                encounter::fingerprint(q)
            ),
            batch: OnceCell::new(),
            levels: q.levels.iter().map(|level| json::string(&level.id)).collect(),
            questions: q.questions.iter().map(|question| json::string(&question.id)).collect(),
            rules: q.rules.iter().map(|rule| json::string(&rule.id)).collect(),
            reasons: q
                .rules
                .iter()
                .map(|rule| rule.wordings().map(|because| json::string(&texts.line(because))).collect())
                .collect(),
            steps: q.next_steps.iter().map(|step| json::string(&texts.line(&step.say))).collect(),
        }
    }

    /// Reads one sheet, and the `id` beside its answers, as JSON, where it has one and no question is called so.
    ///
    /// # Errors
    /// What is wrong with the sheet, and where.
    pub fn read(&self, json: &str) -> Result<(Sheet, Option<String>), serde_json::Error> {
        if self.questionnaire.question_index(ID).is_some() {
            return Ok((self.reader.read(json)?, None));
        }
        let (sheet, id) = self.reader.read_beside(json, ID)?;
        let id = id.filter(|id| !id.is_null());
        if id.as_ref().is_some_and(|id| !id.is_string() && !id.is_number()) {
            return Err(Error::custom("`id` is a text or a number, which comes back with the result"));
        }
        Ok((sheet, id.as_ref().map(as_json)))
    }

    /// The `id` of a sheet whose answers can't be read.
    pub fn id_of(&self, json: &str) -> Option<String> {
        let sheet = serde_json::from_str::<serde_json::Value>(json).ok()?;
        let id = sheet.get(ID).filter(|id| id.is_string() || id.is_number())?;
        self.questionnaire.question_index(ID).is_none().then(|| as_json(id))
    }

    /// Appends the results for at most [`Judge::AT_ONCE`] sheets, each with its id, to `out`, a line each.
    pub fn judge(&self, sheets: &[Sheet], ids: &[Option<String>], out: &mut Vec<u8>) {
        if sheets.len() < FEW {
            for (sheet, id) in sheets.iter().zip(ids) {
                self.write(sheet, &self.told(sheet), id.as_deref(), out);
            }
            return;
        }
        let batch = self.batch.get_or_init(|| Batch::new(self.questionnaire, self.audience, Parts::ALL));
        for ((sheet, id), told) in sheets.iter().zip(ids).zip(batch.tell(sheets)) {
            self.write(sheet, &told, id.as_deref(), out);
        }
    }

    /// By the interpreter.
    fn told(&self, sheet: &Sheet) -> JudgedSheet {
        let facts = Facts::of(self.questionnaire, self.audience, sheet);
        let assessment = triage::assess(&facts);
        JudgedSheet {
            wordings: assessment.rules.iter().map(|&rule| triage::wording(&facts, rule)).collect(),
            steps: triage::shown_steps(&facts, assessment.level, self.audience),
            assessment,
        }
    }

    fn write(&self, sheet: &Sheet, told: &JudgedSheet, id: Option<&str>, out: &mut Vec<u8>) {
        let JudgedSheet { assessment, wordings, steps } = told;
        let strings = |made: &[String], picked: &[usize], out: &mut Vec<u8>| {
            json::array(out, picked.iter().map(|&index| made[index].as_str()));
        };
        out.extend_from_slice(b"{\"level\":");
        out.extend_from_slice(self.levels[assessment.level].as_bytes());
        out.extend_from_slice(b",\"certain\":");
        out.extend_from_slice(self.levels[assessment.certain].as_bytes());
        out.extend_from_slice(b",\"possible\":");
        out.extend_from_slice(self.levels[assessment.possible].as_bytes());
        out.extend_from_slice(if assessment.complete {
            b",\"complete\":true"
        } else {
            b",\"complete\":false"
        });
        out.extend_from_slice(b",\"rules\":");
        strings(&self.rules, &assessment.rules, out);
        out.extend_from_slice(b",\"reasons\":");
        let reasons = assessment.rules.iter().zip(wordings);
        json::array(out, reasons.map(|(&rule, &wording)| self.reasons[rule][wording].as_str()));
        out.extend_from_slice(b",\"next_steps\":");
        strings(&self.steps, steps, out);
        out.extend_from_slice(b",\"unanswered\":");
        strings(&self.questions, &assessment.unanswered, out);
        out.extend_from_slice(b",\"set_aside\":{");
        for (index, &question) in assessment.set_aside.iter().enumerate() {
            let Some(answer) = sheet.get(question) else { continue };
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(self.questions[question].as_bytes());
            out.push(b':');
            let value = answer_value(answer, &self.questionnaire.questions[question]);
            let value = value.as_str().map_or_else(|| value.to_string(), json::string);
            out.extend_from_slice(value.as_bytes());
        }
        out.push(b'}');
        out.extend_from_slice(self.judged_by.as_bytes());
        if let Some(id) = id {
            out.extend_from_slice(b",\"id\":");
            out.extend_from_slice(id.as_bytes());
        }
        out.extend_from_slice(b"}\n");
    }
}

/// A text or a number, safe to show.
fn as_json(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), json::string)
}
