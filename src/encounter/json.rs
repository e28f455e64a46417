//! An encounter as JSON, named by the ids of its questionnaire, so that it can be kept, sent and gone on with.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::{Date, DateTime};
use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::again::{AskedBy, Earlier};
use super::{
    Corrected, Encounter, Lowered, Provenance, Remarks, Said, Settled, Settling, fingerprint, remarks,
};
use crate::answers::json::{answer_value, read_answer};
use crate::answers::{Answer, Sheet};
use crate::questionnaire::{Audience, LevelIndex, Question, QuestionIndex, Questionnaire};

/// The name of the format.
pub const FORMAT: &str = "redflag-encounter";
/// Counts up when a key is taken away or comes to mean something else.
pub const FORMAT_VERSION: u32 = 1;

/// What happened in one check of redflag.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "redflag encounter")]
pub struct File {
    /// Always `redflag-encounter`.
    format: String,
    /// 1. Counts up when a key is taken away or comes to mean something else.
    format_version: u32,
    questionnaire: Which,
    /// Who answered.
    asked_as: Audience,
    /// The language it was asked in last, as in BCP 47.
    language: String,
    /// The day that all other dates count from, such as `2026-11-21`.
    day: String,
    /// In local time, such as `2026-11-21T14:05:00`; `null`: not noted.
    began: Option<String>,
    /// When the result was shown last, in local time.
    ended: Option<String>,
    /// Every answer given, as `redflag assess` takes them, also those set aside.
    answers: Map<String, Value>,
    /// The ids of questions that were passed: answered, read or left out.
    passed: Vec<String>,
    /// Edits that made a level less urgent that had been shown, oldest first.
    lowered: Vec<Edit>,
    /// The id of the level at which the check was stopped early.
    stopped: Option<String>,
    /// The id of the most urgent level that was shown.
    shown: Option<String>,
    /// The id of the most urgent level that an alert has shown and that is still certain.
    alerted: Option<String>,
    /// What has come of the offer to ask once more what was "not sure"; `null`: it was not made.
    #[serde(default)]
    settling: Option<SettlingFile>,
    /// What was asked once more, in the order of asking.
    #[serde(default)]
    settled: Vec<SettledFile>,
    /// The check that this one comes after.
    #[serde(default)]
    earlier: Option<EarlierFile>,
    /// What the person is found by in the record of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// Notes beside answers, by the ids of their questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    notes: BTreeMap<String, String>,
    /// Where answers come from, by the ids of their questions; left out: the person said so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    provenance: BTreeMap<String, Provenance>,
    /// Answers that were given by one and corrected by another, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<CorrectedFile>,
    /// Where the person was; `null`: at the first open question.
    #[serde(default)]
    pub place: Option<Value>,
}

/// The JSON Schema of a kept encounter.
pub fn schema() -> Schema {
    schemars::schema_for!(File)
}

/// A questionnaire, to the last rule and word.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    id: String,
    version: String,
    /// A hash of what it says, in hexadecimal.
    sha256: String,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Edit {
    question: String,
    old: Option<Value>,
    new: Option<Value>,
    /// The id of the level before.
    from: String,
    /// The id of the level after; `null`: no result then.
    to: Option<String>,
}

/// An answer that was corrected.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CorrectedFile {
    question: String,
    old: Option<Value>,
    new: Option<Value>,
}

/// What an earlier check came to.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EarlierFile {
    day: String,
    version: String,
    /// A hash of what the questionnaire said, in hexadecimal.
    sha256: String,
    /// The id of the level that was told; `null`: not finished, and none yet.
    level: Option<String>,
    finished: bool,
    /// The answers that counted then.
    answers: Map<String, Value>,
    /// The ids of questions whose answers of then stand, and nobody was asked.
    carried: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SettlingFile {
    Declined,
    /// It is going on about these questions.
    Open(Vec<String>),
    Done,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SettledFile {
    question: String,
    /// Of a list, what of it; `null`: the whole question.
    option: Option<String>,
    /// The answer to the question before.
    was: Value,
    /// `null`: it has not been answered.
    said: Option<SaidFile>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SaidFile {
    No,
    Yes,
    Unsure,
    /// To a whole question.
    Answer(Value),
}

/// Why a text is no encounter of this questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Not JSON, or not of the shape that the schema says; with the place.
    Shape(String),
    /// Written by a later version of the program.
    Newer(u64),
    /// The id of another questionnaire.
    OtherQuestionnaire(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Problem::Shape(why) => write!(f, "this is not a redflag check: {why}"),
            Problem::Newer(version) => write!(
                f,
                "this check has format version {version}, and this redflag reads up to {FORMAT_VERSION}: use \
                 a newer redflag"
            ),
            Problem::OtherQuestionnaire(id) => {
                write!(f, "this check is of the questionnaire `{id}`: name that one")
            }
        }
    }
}

impl std::error::Error for Problem {}

/// Something in a kept encounter that the questionnaire of today has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The questionnaire has another version now: the one then, and the one now.
    Version(String, String),
    /// It says something else under the same version.
    Content,
    /// A question that is gone, and the answer that was given to it.
    Question { id: String, answer: String },
    /// An answer that is not one any more, and why.
    Answer { question: String, answer: String, why: String },
    /// A level that is gone.
    Level(String),
    /// An edit on record that can't be told any more, by the id of its question.
    Edit(String),
    /// What was asked once more can't be told any more, by the id of its question.
    Settled(String),
    /// A question that is gone, and the note beside its answer.
    Note { id: String, note: String },
    /// Where the person was is not known any more.
    Place,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Misfit::Version(then, now) => {
                write!(f, "it was asked with version {then}, and this is version {now}")
            }
            Misfit::Content => write!(f, "the questionnaire has changed since, under the same version"),
            Misfit::Question { id, answer } => {
                write!(f, "the question `{id}` no longer exists; its answer was {answer}")
            }
            Misfit::Answer { question, answer, why } => {
                write!(f, "the answer {answer} to `{question}` no longer fits: {why}")
            }
            Misfit::Level(id) => write!(f, "the level `{id}` no longer exists"),
            Misfit::Edit(id) => {
                write!(f, "a changed answer to `{id}` that was on record no longer fits")
            }
            Misfit::Settled(id) => {
                write!(f, "what was asked again about `{id}` no longer fits")
            }
            Misfit::Note { id, note } => {
                write!(f, "the question `{id}` no longer exists; the note beside its answer was: {note}")
            }
            Misfit::Place => {
                write!(
                    f,
                    "the page that was open no longer exists: the check continues at the next open question"
                )
            }
        }
    }
}

/// An encounter as it was read, and what of it fits no more. Nothing else is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub encounter: Encounter,
    pub misfits: Vec<Misfit>,
    /// Where the person was, for `Interview` to read.
    pub place: Option<Value>,
    /// What it was asked by.
    pub asked_by: AskedBy,
}

/// The encounter by ids. `fingerprint` is that of the questionnaire.
pub fn file(questionnaire: &Questionnaire, fingerprint: &str, encounter: &Encounter) -> File {
    let q = questionnaire;
    let level = |level: LevelIndex| q.levels[level].id.clone();
    let answer = |question: QuestionIndex, answer: &Option<Answer>| {
        answer.as_ref().map(|answer| answer_value(answer, &q.questions[question]))
    };
    let given = (0..q.questions.len()).filter_map(|index| {
        let value = answer_value(encounter.sheet.get(index)?, &q.questions[index]);
        Some((q.questions[index].id.clone(), value))
    });
    let passed = q.questions.iter().zip(&encounter.passed).filter(|(_, passed)| **passed);
    let edit = |edit: &Lowered| Edit {
        question: q.questions[edit.question].id.clone(),
        old: answer(edit.question, &edit.old),
        new: answer(edit.question, &edit.new),
        from: level(edit.from),
        to: edit.to.map(level),
    };
    File {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        questionnaire: Which { id: q.id.clone(), version: q.version.clone(), sha256: fingerprint.to_owned() },
        asked_as: encounter.asked_as,
        language: encounter.language.clone(),
        day: encounter.day.to_string(),
        began: encounter.began.map(|at| at.to_string()),
        ended: encounter.ended.map(|at| at.to_string()),
        answers: given.collect(),
        passed: passed.map(|(question, _)| question.id.clone()).collect(),
        lowered: encounter.lowered.iter().map(edit).collect(),
        stopped: encounter.stopped.map(level),
        shown: Some(level(encounter.shown)),
        alerted: encounter.alerted.map(level),
        settling: encounter.settling.as_ref().map(|settling| match settling {
            Settling::Declined => SettlingFile::Declined,
            Settling::Done => SettlingFile::Done,
            Settling::Open(questions) => SettlingFile::Open(
                questions.iter().map(|&question| q.questions[question].id.clone()).collect(),
            ),
        }),
        settled: encounter.settled.iter().map(|settled| settled_file(q, settled)).collect(),
        earlier: encounter.earlier.as_ref().map(|earlier| earlier_file(q, earlier)),
        reference: encounter.remarks.reference.clone(),
        notes: by_id(q, &encounter.remarks.notes),
        provenance: by_id(q, &encounter.remarks.provenance),
        corrected: (encounter.remarks.corrected.iter())
            .map(|corrected| CorrectedFile {
                question: q.questions[corrected.question].id.clone(),
                old: answer(corrected.question, &corrected.old),
                new: answer(corrected.question, &corrected.new),
            })
            .collect(),
        place: None,
    }
}

/// The encounter as a JSON value.
pub fn value(questionnaire: &Questionnaire, encounter: &Encounter) -> Value {
    serde_json::to_value(file(questionnaire, &fingerprint(questionnaire), encounter)).unwrap_or_default()
}

/// The id of the questionnaire that a kept encounter is of, and the language it was asked in.
///
/// # Errors
/// When the text is neither an encounter nor a report in JSON.
pub fn asked_by(json: &str) -> Result<(String, String), Problem> {
    let file = parse(json)?;
    Ok((file.questionnaire.id, file.language))
}

/// Reads an encounter, or the one in a report in JSON.
///
/// # Errors
/// When the text is neither, or is of another questionnaire.
pub fn read(questionnaire: &Questionnaire, json: &str) -> Result<Kept, Problem> {
    let q = questionnaire;
    let file = parse(json)?;
    if file.questionnaire.id != q.id {
        return Err(Problem::OtherQuestionnaire(file.questionnaire.id));
    }
    let day: Date =
        file.day.parse().map_err(|_| Problem::Shape(format!("`day`: {:?} is not a day", file.day)))?;
    let mut misfits = Vec::new();
    if file.questionnaire.version != q.version {
        misfits.push(Misfit::Version(file.questionnaire.version.clone(), q.version.clone()));
    } else if file.language == q.language && file.questionnaire.sha256 != fingerprint(q) {
        misfits.push(Misfit::Content);
    }
    let mut encounter = Encounter::new(q, file.asked_as, day);
    encounter.began = moment("began", file.began)?;
    encounter.ended = moment("ended", file.ended)?;
    encounter.sheet = sheet(q, &file.answers, &mut misfits);
    for id in &file.passed {
        let is_lost = |misfit: &Misfit| matches!(misfit, Misfit::Answer { question, .. } if question == id);
        // A page that is gone had nothing to lose; an answer that is gone is reported already, and asked again.
        if let Some(question) = q.question_index(id).filter(|_| !misfits.iter().any(is_lost)) {
            encounter.passed[question] = true;
        }
    }
    let mut level = |id: Option<String>| {
        let id = id?;
        let found = q.levels.iter().position(|level| level.id == id);
        if found.is_none() && !misfits.contains(&Misfit::Level(id.clone())) {
            misfits.push(Misfit::Level(id));
        }
        found
    };
    encounter.stopped = level(file.stopped);
    encounter.shown = level(file.shown).unwrap_or(q.last_level());
    encounter.alerted = level(file.alerted);
    let told = file.earlier.as_ref().and_then(|earlier| level(earlier.level.clone()));
    for edit in file.lowered {
        match lowered(q, &edit) {
            Some(lowered) => encounter.lowered.push(lowered),
            None => misfits.push(Misfit::Edit(edit.question)),
        }
    }
    encounter.settling = file.settling.map(|settling| match settling {
        SettlingFile::Declined => Settling::Declined,
        SettlingFile::Done => Settling::Done,
        SettlingFile::Open(ids) => Settling::Open(ids.iter().filter_map(|id| q.question_index(id)).collect()),
    });
    for settled in file.settled {
        match settled_of(q, &settled) {
            Some(settled) => encounter.settled.push(settled),
            None => misfits.push(Misfit::Settled(settled.question)),
        }
    }
    if let Some(earlier) = file.earlier {
        let day = earlier.day.parse();
        let day = day.map_err(|_| Problem::Shape(format!("`day`: {:?} is not a day", earlier.day)))?;
        // What of the earlier answers fits no more is only not compared.
        let sheet = sheet(q, &earlier.answers, &mut Vec::new());
        let is_carried = |(question, asked): (QuestionIndex, &Question)| {
            let is_same = encounter.sheet.get(question).is_some()
                && encounter.sheet.get(question) == sheet.get(question);
            is_same && earlier.carried.contains(&asked.id)
        };
        encounter.earlier = Some(Earlier {
            carried: q.questions.iter().enumerate().map(is_carried).collect(),
            day,
            version: earlier.version,
            fingerprint: earlier.sha256,
            level: told,
            finished: earlier.finished,
            sheet,
        });
    }
    let reference = file.reference.map(|reference| reference.chars().take(remarks::REFERENCE_MAX).collect());
    encounter.remarks = Remarks { reference, ..Remarks::default() };
    for (id, note) in file.notes {
        match q.question_index(&id) {
            Some(question) => encounter.remarks.set_note(question, &note),
            None => misfits.push(Misfit::Note { id, note }),
        }
    }
    for (id, provenance) in file.provenance {
        // Of a question that is gone, its answer is reported already.
        if let Some(question) = q.question_index(&id) {
            encounter.remarks.set_provenance(question, provenance);
        }
    }
    for corrected in file.corrected {
        match corrected_of(q, &corrected) {
            Some(corrected) => encounter.remarks.corrected.push(corrected),
            None => misfits.push(Misfit::Edit(corrected.question)),
        }
    }
    let asked_by = AskedBy { version: file.questionnaire.version, fingerprint: file.questionnaire.sha256 };
    Ok(Kept { encounter, misfits, place: file.place, asked_by })
}

fn parse(json: &str) -> Result<File, Problem> {
    let shape = |error: serde_json::Error| Problem::Shape(error.to_string());
    let mut value: Value = serde_json::from_str(json).map_err(shape)?;
    if value["format"] == "redflag-report" {
        value = value["encounter"].take();
        if value.is_null() {
            return Err(Problem::Shape(
                "the report was written before reports kept their encounter".to_owned(),
            ));
        }
    }
    if value["format"] != FORMAT {
        return Err(Problem::Shape(format!("its `format` is not `{FORMAT}`")));
    }
    match value["format_version"].as_u64() {
        Some(version) if version > u64::from(FORMAT_VERSION) => return Err(Problem::Newer(version)),
        _ => {}
    }
    serde_json::from_value(value).map_err(shape)
}

fn moment(key: &str, text: Option<String>) -> Result<Option<DateTime>, Problem> {
    let read =
        |text: String| text.parse().map_err(|_| Problem::Shape(format!("`{key}`: {text:?} is not a time")));
    text.map(read).transpose()
}

fn sheet(q: &Questionnaire, answers: &Map<String, Value>, misfits: &mut Vec<Misfit>) -> Sheet {
    let mut sheet = Sheet::new(q);
    for (id, value) in answers {
        let Some(question) = q.question_index(id) else {
            misfits.push(Misfit::Question { id: id.clone(), answer: value.to_string() });
            continue;
        };
        let taken = read_answer(&q.questions[question], value).and_then(|answer| match answer {
            Some(answer) => sheet.set(q, question, answer).map_err(|refusal| refusal.to_string()),
            None => Ok(()),
        });
        if let Err(why) = taken {
            misfits.push(Misfit::Answer { question: id.clone(), answer: value.to_string(), why });
        }
    }
    sheet
}

/// What is kept by question, by the ids of these.
fn by_id<T: Clone>(q: &Questionnaire, kept: &BTreeMap<QuestionIndex, T>) -> BTreeMap<String, T> {
    kept.iter().map(|(&question, value)| (q.questions[question].id.clone(), value.clone())).collect()
}

/// `None`: a part of it is gone.
fn corrected_of(q: &Questionnaire, file: &CorrectedFile) -> Option<Corrected> {
    let question = q.question_index(&file.question)?;
    let answer = |value: &Option<Value>| match value {
        Some(value) => read_answer(&q.questions[question], value).ok(),
        None => Some(None),
    };
    Some(Corrected { question, old: answer(&file.old)?, new: answer(&file.new)? })
}

/// `None`: a part of it is gone.
fn lowered(q: &Questionnaire, edit: &Edit) -> Option<Lowered> {
    let question = q.question_index(&edit.question)?;
    let answer = |value: &Option<Value>| match value {
        Some(value) => read_answer(&q.questions[question], value).ok(),
        None => Some(None),
    };
    let level = |id: &str| q.levels.iter().position(|level| level.id == id);
    let to = match &edit.to {
        Some(id) => Some(level(id)?),
        None => None,
    };
    Some(Lowered { question, old: answer(&edit.old)?, new: answer(&edit.new)?, from: level(&edit.from)?, to })
}

fn settled_file(q: &Questionnaire, settled: &Settled) -> SettledFile {
    let asked = &q.questions[settled.question];
    SettledFile {
        question: asked.id.clone(),
        option: settled.option.map(|option| asked.options[option].id.clone()),
        was: answer_value(&settled.was, asked),
        said: settled.said.as_ref().map(|said| match said {
            Said::No => SaidFile::No,
            Said::Yes => SaidFile::Yes,
            Said::Unsure => SaidFile::Unsure,
            Said::Answer(answer) => SaidFile::Answer(answer_value(answer, asked)),
        }),
    }
}

/// `None`: a part of it is gone.
fn settled_of(q: &Questionnaire, file: &SettledFile) -> Option<Settled> {
    let question = q.question_index(&file.question)?;
    let asked = &q.questions[question];
    let answer = |value: &Value| {
        let answer = read_answer(asked, value).ok().flatten()?;
        answer.check(asked).is_ok().then_some(answer)
    };
    let option = match &file.option {
        Some(id) => Some(asked.option_index(id)?),
        None => None,
    };
    // Only what was not sure is asked once more, and only a list is asked about option by option.
    let was = answer(&file.was).filter(Answer::is_unsure)?;
    if option.is_some() && asked.none_of_all().is_none_or(|none| Some(none) == option) {
        return None;
    }
    let said = match &file.said {
        None => None,
        Some(SaidFile::No) => Some(Said::No),
        Some(SaidFile::Yes) => Some(Said::Yes),
        Some(SaidFile::Unsure) => Some(Said::Unsure),
        Some(SaidFile::Answer(value)) => Some(Said::Answer(answer(value)?)),
    };
    Some(Settled { question, option, was, said })
}

fn earlier_file(q: &Questionnaire, earlier: &Earlier) -> EarlierFile {
    let questions = || q.questions.iter().enumerate();
    EarlierFile {
        day: earlier.day.to_string(),
        version: earlier.version.clone(),
        sha256: earlier.fingerprint.clone(),
        level: earlier.level.map(|level| q.levels[level].id.clone()),
        finished: earlier.finished,
        answers: questions()
            .filter_map(|(at, asked)| Some((asked.id.clone(), answer_value(earlier.sheet.get(at)?, asked))))
            .collect(),
        carried: questions()
            .filter(|(at, _)| earlier.carried[*at])
            .map(|(_, asked)| asked.id.clone())
            .collect(),
    }
}
