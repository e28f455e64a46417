//! An interview as JSON: its encounter, and the place in it. Read back, it goes on as if it had never stopped.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::way::{PageBelow, Trail};
use super::{Interview, Place, Stage};
use crate::answers::Answer;
use crate::answers::json::{answer_value, read_answer};
use crate::encounter::Said;
use crate::encounter::json::{self, Misfit, Problem};
use crate::questionnaire::{LevelIndex, OptionIndex, QuestionIndex, Questionnaire};

/// Where the person was, by ids.
#[derive(Serialize, Deserialize)]
struct PlaceFile {
    stage: StageFile,
    trail: Option<TrailFile>,
    below: Vec<PageFile>,
    left: Option<String>,
    /// The answers to the other rows of a grid, which wait with that of the stage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    beside: Vec<(String, Option<Value>)>,
    #[serde(default)]
    settling: Option<usize>,
    #[serde(default)]
    pending: Option<SaidFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SaidFile {
    No,
    Yes,
    Unsure,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageFile {
    Asking(String),
    SettingAside { question: String, answer: Option<Value> },
    Lowering { question: String, answer: Option<Value>, from: String, to: Option<String> },
    Alert { question: String, level: String },
    Review,
    OfferSettling,
    Settling { question: String, option: String },
    Summary,
}

#[derive(Serialize, Deserialize)]
struct TrailFile {
    opened: Vec<String>,
    open_before: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PageFile {
    Question { question: String, trail: Option<TrailFile> },
    Review,
    Settling { question: String, option: String },
    Summary,
}

/// An interview that goes on, and what of the kept one fits no more.
pub struct Resumed<'q> {
    pub interview: Interview<'q>,
    pub misfits: Vec<Misfit>,
}

impl<'q> Interview<'q> {
    /// The interview as JSON: its encounter, with the place in it.
    pub fn to_value(&self) -> Value {
        let mut file =
            json::file(self.questionnaire, self.fingerprint.of(self.questionnaire), &self.encounter);
        let names = Names(self.questionnaire);
        file.place = serde_json::to_value(names.place(&self.place)).ok();
        serde_json::to_value(file).unwrap_or_default()
    }

    /// The interview as a JSON text, laid out for reading, with a line end.
    pub fn to_json(&self) -> String {
        crate::text::json::safe(format!("{:#}\n", self.to_value()))
    }

    /// Goes on with an interview that was kept, exactly where it was.
    ///
    /// # Errors
    /// When the text is no encounter of this questionnaire.
    pub fn from_json(questionnaire: &'q Questionnaire, text: &str) -> Result<Resumed<'q>, Problem> {
        let kept = json::read(questionnaire, text)?;
        let mut misfits = kept.misfits;
        let mut interview = Interview::on(questionnaire, kept.encounter.clone());
        // What is an emergency by now, and has not been shown as one, comes before any page that was open.
        let is_alerted = matches!(interview.place.stage, Stage::Alert { .. });
        if let Some(place) = kept.place.filter(|_| !is_alerted) {
            let file = serde_json::from_value::<PlaceFile>(place).ok();
            match file.and_then(|file| interview.place_of(&file)) {
                Some(place) if interview.is_possible(&place) => {
                    (interview.place, interview.encounter) = (place, kept.encounter);
                }
                _ => misfits.push(Misfit::Place),
            }
        }
        Ok(Resumed { interview, misfits })
    }

    fn place_of(&self, file: &PlaceFile) -> Option<Place> {
        let names = Names(self.questionnaire);
        let mut beside = Vec::new();
        for (id, answer) in &file.beside {
            let row = names.question_of(id)?;
            beside.push((row, names.answer_of(row, answer)?));
        }
        let stage = match &file.stage {
            StageFile::Asking(id) => Stage::Asking(names.question_of(id)?),
            StageFile::SettingAside { question, answer } => {
                let question = names.question_of(question)?;
                let answer = names.answer_of(question, answer)?;
                let mut with_rows = self.clone();
                with_rows.place.beside.clone_from(&beside);
                let loses = with_rows.loses(question, answer.clone());
                (!loses.is_empty()).then_some(Stage::SettingAside { question, answer, loses })?
            }
            StageFile::Lowering { question, answer, from, to } => {
                let question = names.question_of(question)?;
                let to = match to {
                    Some(id) => Some(names.level_of(id)?),
                    None => None,
                };
                let answer = names.answer_of(question, answer)?;
                Stage::Lowering { question, answer, from: names.level_of(from)?, to }
            }
            StageFile::Alert { question, level } => {
                Stage::Alert { question: names.question_of(question)?, level: names.level_of(level)? }
            }
            StageFile::Review => Stage::Review,
            StageFile::OfferSettling => Stage::OfferSettling,
            StageFile::Settling { question, option } => {
                let (question, option) = names.option_of(question, option)?;
                Stage::Settling { question, option }
            }
            StageFile::Summary => Stage::Summary,
        };
        let trail = match &file.trail {
            Some(trail) => Some(names.trail_of(trail)?),
            None => None,
        };
        let below: Option<Vec<PageBelow>> = file.below.iter().map(|page| names.page_of(page)).collect();
        let left = match &file.left {
            Some(id) => Some(names.question_of(id)?),
            None => None,
        };
        let pending = file.pending.as_ref().map(|said| match said {
            SaidFile::No => Said::No,
            SaidFile::Yes => Said::Yes,
            SaidFile::Unsure => Said::Unsure,
        });
        let settling = match file.settling {
            Some(at) if at >= self.encounter.settled.len() => return None,
            settling => settling,
        };
        Some(Place { stage, trail, below: below?, left, beside, settling, pending })
    }

    /// Whether the person can be there, as the questionnaire is now.
    fn is_possible(&self, place: &Place) -> bool {
        let facts = self.facts();
        // What waits was said at a page that is there.
        let at = place.settling.and_then(|at| self.encounter.settled.get(at));
        if place.pending.is_some() && at.is_none_or(|settled| settled.option.is_none()) {
            return false;
        }
        match &place.stage {
            Stage::Asking(question)
            | Stage::SettingAside { question, .. }
            | Stage::Lowering { question, .. }
            | Stage::Alert { question, .. } => facts.is_asked(*question),
            Stage::Settling { question, option } => {
                let is_here = at.is_some_and(|at| at.question == *question && at.option == Some(*option));
                is_here && facts.is_asked(*question)
            }
            Stage::OfferSettling => self.assessment().complete,
            Stage::Review | Stage::Summary => true,
        }
    }
}

/// Names and positions of one questionnaire.
struct Names<'q>(&'q Questionnaire);

impl Names<'_> {
    fn question(&self, question: QuestionIndex) -> String {
        self.0.questions[question].id.clone()
    }

    fn question_of(&self, id: &str) -> Option<QuestionIndex> {
        self.0.question_index(id)
    }

    fn option(&self, question: QuestionIndex, option: OptionIndex) -> String {
        self.0.questions[question].options[option].id.clone()
    }

    fn option_of(&self, question: &str, option: &str) -> Option<(QuestionIndex, OptionIndex)> {
        let question = self.question_of(question)?;
        Some((question, self.0.questions[question].option_index(option)?))
    }

    fn level(&self, level: LevelIndex) -> String {
        self.0.levels[level].id.clone()
    }

    fn level_of(&self, id: &str) -> Option<LevelIndex> {
        self.0.levels.iter().position(|level| level.id == id)
    }

    fn answer(&self, question: QuestionIndex, answer: &Option<Answer>) -> Option<Value> {
        answer.as_ref().map(|answer| answer_value(answer, &self.0.questions[question]))
    }

    fn answer_of(&self, question: QuestionIndex, value: &Option<Value>) -> Option<Option<Answer>> {
        let asked = &self.0.questions[question];
        let Some(value) = value else { return Some(None) };
        let answer = read_answer(asked, value).ok()?;
        answer.as_ref().is_none_or(|answer| answer.check(asked).is_ok()).then_some(answer)
    }

    fn place(&self, place: &Place) -> PlaceFile {
        let stage = match &place.stage {
            Stage::Asking(question) => StageFile::Asking(self.question(*question)),
            Stage::SettingAside { question, answer, .. } => StageFile::SettingAside {
                question: self.question(*question),
                answer: self.answer(*question, answer),
            },
            Stage::Lowering { question, answer, from, to } => StageFile::Lowering {
                question: self.question(*question),
                answer: self.answer(*question, answer),
                from: self.level(*from),
                to: to.map(|to| self.level(to)),
            },
            Stage::Alert { level, question } => {
                StageFile::Alert { question: self.question(*question), level: self.level(*level) }
            }
            Stage::Review => StageFile::Review,
            Stage::OfferSettling => StageFile::OfferSettling,
            Stage::Settling { question, option } => StageFile::Settling {
                question: self.question(*question),
                option: self.option(*question, *option),
            },
            Stage::Summary => StageFile::Summary,
        };
        PlaceFile {
            stage,
            trail: place.trail.as_ref().map(|trail| self.trail(trail)),
            below: place.below.iter().map(|page| self.page(page)).collect(),
            left: place.left.map(|left| self.question(left)),
            beside: place
                .beside
                .iter()
                .map(|(row, answer)| (self.question(*row), self.answer(*row, answer)))
                .collect(),
            settling: place.settling,
            pending: place.pending.as_ref().and_then(|said| match said {
                Said::No => Some(SaidFile::No),
                Said::Yes => Some(SaidFile::Yes),
                Said::Unsure => Some(SaidFile::Unsure),
                Said::Answer(_) => None,
            }),
        }
    }

    fn trail(&self, trail: &Trail) -> TrailFile {
        let ids = |questions: &std::collections::BTreeSet<QuestionIndex>| {
            questions.iter().map(|&question| self.question(question)).collect()
        };
        TrailFile { opened: ids(&trail.opened), open_before: ids(&trail.open_before) }
    }

    fn trail_of(&self, file: &TrailFile) -> Option<Trail> {
        let questions = |ids: &[String]| ids.iter().map(|id| self.question_of(id)).collect::<Option<_>>();
        Some(Trail { opened: questions(&file.opened)?, open_before: questions(&file.open_before)? })
    }

    fn page(&self, page: &PageBelow) -> PageFile {
        match page {
            PageBelow::Question(question, trail) => PageFile::Question {
                question: self.question(*question),
                trail: trail.as_ref().map(|trail| self.trail(trail)),
            },
            PageBelow::Review => PageFile::Review,
            PageBelow::Settling(question, option) => PageFile::Settling {
                question: self.question(*question),
                option: self.option(*question, *option),
            },
            PageBelow::Summary => PageFile::Summary,
        }
    }

    fn page_of(&self, file: &PageFile) -> Option<PageBelow> {
        Some(match file {
            PageFile::Question { question, trail } => {
                let trail = match trail {
                    Some(trail) => Some(self.trail_of(trail)?),
                    None => None,
                };
                PageBelow::Question(self.question_of(question)?, trail)
            }
            PageFile::Review => PageBelow::Review,
            PageFile::Settling { question, option } => {
                let (question, option) = self.option_of(question, option)?;
                PageBelow::Settling(question, option)
            }
            PageFile::Summary => PageBelow::Summary,
        })
    }
}
