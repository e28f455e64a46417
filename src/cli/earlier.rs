//! Answers that are kept to go on with later.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use jiff::civil::Date;

use super::{SessionArgs, WrongUsage, say};
use crate::encounter::{Encounter, json};
use crate::interview::{Interview, Stage};
use crate::questionnaire::{Audience, Questionnaire};
use crate::save::{self, Readers};
use crate::system::{clock, files};
use crate::text::clean_line;
use crate::words::Language;

/// No kept encounter is longer: a thousand answers take a tenth of it.
const LONGEST: usize = 4 << 20;

/// A file with an earlier encounter.
pub struct Earlier {
    path: PathBuf,
    /// As it may be shown.
    file: String,
    text: String,
    /// The id of the questionnaire that it is of.
    pub questionnaire: String,
    /// The language it was asked in last.
    pub language: String,
}

/// # Errors
/// When the file can't be read or holds no encounter.
pub fn read(path: &Path) -> Result<Earlier> {
    let file = clean_line(&path.to_string_lossy());
    let bytes = files::read_given(path, LONGEST)
        .map_err(|error| WrongUsage(format!("{file}: {}", files::why(&error))))?;
    let text = String::from_utf8(bytes).map_err(|_| WrongUsage(format!("{file}: it is not UTF-8")))?;
    let (questionnaire, language) =
        json::asked_by(&text).map_err(|problem| WrongUsage(format!("{file}: {problem}")))?;
    Ok(Earlier { path: path.to_owned(), file, text, questionnaire, language })
}

impl Earlier {
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The interview where it was left. What of it fits no more goes to standard error.
    ///
    /// # Errors
    /// When it is not of this questionnaire.
    pub fn resumed<'q>(&self, questionnaire: &'q Questionnaire) -> Result<Interview<'q>> {
        let resumed = Interview::from_json(questionnaire, &self.text);
        let resumed = resumed.map_err(|problem| WrongUsage(format!("{}: {problem}", self.file)))?;
        for misfit in &resumed.misfits {
            say(&anyhow!("{}: {}", self.file, clean_line(&misfit.to_string())));
        }
        Ok(resumed.interview)
    }
}

impl Earlier {
    /// The check as a clinician goes on with it: what was answered stays, and the questions for clinicians come as
    /// well. What of it fits no more goes to standard error.
    ///
    /// # Errors
    /// When it is not of this questionnaire.
    #[cfg(feature = "store")]
    pub fn taken_over<'q>(&self, questionnaire: &'q Questionnaire) -> Result<Interview<'q>> {
        let kept = json::read(questionnaire, &self.text);
        let kept = kept.map_err(|problem| WrongUsage(format!("{}: {problem}", self.file)))?;
        for misfit in &kept.misfits {
            say(&anyhow!("{}: {}", self.file, clean_line(&misfit.to_string())));
        }
        let encounter = Encounter { asked_as: Audience::Clinician, stopped: None, ..kept.encounter };
        Ok(Interview::on(questionnaire, encounter))
    }
}

impl Earlier {
    /// A new check after this one. What of it fits no more goes to standard error.
    ///
    /// # Errors
    /// When it is not of this questionnaire.
    pub fn again<'q>(
        &self,
        questionnaire: &'q Questionnaire,
        audience: Option<Audience>,
        day: Date,
    ) -> Result<Interview<'q>> {
        let kept = json::read(questionnaire, &self.text);
        let kept = kept.map_err(|problem| WrongUsage(format!("{}: {problem}", self.file)))?;
        for misfit in &kept.misfits {
            say(&anyhow!("{}: {}", self.file, clean_line(&misfit.to_string())));
        }
        let asked_as = audience.unwrap_or(kept.encounter.asked_as);
        let encounter = Encounter::again(questionnaire, &kept.encounter, kept.asked_by, asked_as, day);
        Ok(Interview::on(questionnaire, encounter))
    }
}

/// Keeps an interview, however it ended, where that was asked for.
///
/// # Errors
/// When the file can't be written.
pub fn keep(args: &SessionArgs, interview: &mut Interview) -> Result<()> {
    if *interview.stage() == Stage::Summary {
        interview.ended(clock::now().datetime());
    }
    let Some(path) = &args.output.keep else { return Ok(()) };
    let words = Language::around(&interview.questionnaire().language).words();
    let written = save::write(path, &interview.to_json(), Readers::Owner, words).map_err(|why| anyhow!(why));
    written.with_context(|| format!("{}: the answers were not saved", clean_line(&path.to_string_lossy())))
}
