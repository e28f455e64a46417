//! One answer sheet in, one result out, as JSON.

use crate::answers::Facts;
use crate::answers::json::{SheetReader, answer_value};
use crate::cli::json_text;
use crate::questionnaire::{Audience, Questionnaire};
use crate::report::Words;
use crate::site::Site;
use crate::triage;
use crate::words::Language;

/// Judges sheets of one questionnaire. Every string that a result can hold is made once, not once a sheet.
pub struct Judge<'q> {
    questionnaire: &'q Questionnaire,
    audience: Audience,
    reader: SheetReader<'q>,
    levels: Vec<String>,
    questions: Vec<String>,
    rules: Vec<String>,
    reasons: Vec<String>,
    steps: Vec<String>,
}

impl<'q> Judge<'q> {
    pub fn new(questionnaire: &'q Questionnaire, audience: Audience, site: &Site) -> Judge<'q> {
        let words = Words::new(questionnaire, audience, site, Language::English);
        let q = questionnaire;
        Judge {
            questionnaire,
            audience,
            reader: SheetReader::new(questionnaire),
            levels: q.levels.iter().map(|level| json_text::string(&level.id)).collect(),
            questions: q.questions.iter().map(|question| json_text::string(&question.id)).collect(),
            rules: q.rules.iter().map(|rule| json_text::string(&rule.id)).collect(),
            reasons: q.rules.iter().map(|rule| json_text::string(&words.line(&rule.because))).collect(),
            steps: q.next_steps.iter().map(|step| json_text::string(&words.line(&step.say))).collect(),
        }
    }

    /// Appends the result for one sheet to `out`, without a line end.
    ///
    /// # Errors
    /// What is wrong with the sheet, and where; nothing was appended then.
    pub fn judge(&self, json: &str, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let sheet = self.reader.read(json)?;
        let facts = Facts::of(self.questionnaire, self.audience, &sheet);
        let assessment = triage::assess(&facts);
        let strings = |made: &'_ [String], picked: &[usize], out: &mut Vec<u8>| {
            json_text::array(out, picked.iter().map(|&index| made[index].as_str()));
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
        strings(&self.reasons, &assessment.rules, out);
        out.extend_from_slice(b",\"next_steps\":");
        let steps = self.questionnaire.next_steps.iter().zip(&self.steps);
        let shown =
            steps.filter(|(step, _)| triage::is_shown(&facts, &step.shown, assessment.level, self.audience));
        json_text::array(out, shown.map(|(_, words)| words.as_str()));
        out.extend_from_slice(b",\"unanswered\":");
        strings(&self.questions, &assessment.unanswered, out);
        out.extend_from_slice(b",\"set_aside\":{");
        for (index, &question) in assessment.set_aside.iter().enumerate() {
            let Some(answer) = facts.set_aside(question) else { continue };
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(self.questions[question].as_bytes());
            out.push(b':');
            let value = answer_value(answer, &self.questionnaire.questions[question]);
            let value = value.as_str().map_or_else(|| value.to_string(), json_text::string);
            out.extend_from_slice(value.as_bytes());
        }
        out.extend_from_slice(b"}}");
        Ok(())
    }
}
