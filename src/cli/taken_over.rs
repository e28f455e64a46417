//! A check that is taken over from the store: under which version of its questionnaire it goes on.

use std::io::{self, BufRead, Write};

use anyhow::{Result, anyhow};

use super::args::IntakeArgs;
use super::values::VersionArg;
use super::{WrongUsage, opening, say, words};
use crate::encounter::json::{self, Misfit};
use crate::library::{Choice, Opened, Problem, builtin};
use crate::questionnaire::yaml;
use crate::store::{Appended, Record, Store, Which};
use crate::system::clock;
use crate::text::clean_line;

/// A questionnaire in its languages, with the text that the store keeps of it.
pub struct Asked {
    pub opened: Opened,
    pub text: Vec<u8>,
}

/// The questionnaire of this name, or the first one that is built in.
///
/// # Errors
/// When it is not there, has mistakes, or may not be asked.
pub fn of_today(name: Option<&str>) -> Result<Asked> {
    let choice = Choice::of(name.unwrap_or(builtin::DEFAULT))?;
    let opened = opening::open(&choice)?;
    let missing = choice.not_offered(opened.languages.first());
    if !missing.is_empty() {
        return Err(Problem::HasMistakes { file: choice.name().to_owned(), found: missing }.into());
    }
    Ok(Asked { opened, text: choice.text().to_vec() })
}

/// What a check goes on with: the version that it was begun under, or the one of today if that is chosen, to which it is
/// then carried over in the store and in `record`. Asks on the terminal where there is a choice and none was made;
/// `None`: neither was chosen.
///
/// # Errors
/// When neither can be used, or the one that was asked for.
pub fn of_record(args: &IntakeArgs, store: &mut Store, record: &mut Record) -> Result<Option<Asked>> {
    let then = record.summary.questionnaire.clone();
    let today = of_today(args.questionnaire.as_deref().or(Some(&then.id))).and_then(|asked| {
        let first = asked.opened.languages.first();
        let (now, misfits) = (Which::of(first), record.encounter(first).map_err(refused)?.misfits);
        Ok((asked, now, misfits))
    });
    // A file that was named is meant.
    let today = if args.questionnaire.is_some() { Ok(today?) } else { today };
    if let Ok((_, now, _)) = &today
        && record.is_of(now)
    {
        return today.map(|(asked, ..)| Some(asked));
    }
    let kept = store.questionnaire(&then)?.and_then(|text| {
        let questionnaire = yaml::load(&then.id, &text).ok()?.questionnaire;
        Some(Asked { opened: Opened::alone(questionnaire), text })
    });
    let chosen = match (args.under, &today, kept.is_some()) {
        (Some(version), ..) => version,
        (None, Ok((_, now, misfits)), is_kept) => match choose(&then, now, misfits, is_kept)? {
            Some(version) => version,
            None => return Ok(None),
        },
        (None, Err(why), true) => {
            say(why);
            say(&anyhow!(words::goes_on_as_kept(&then.version)));
            VersionArg::Kept
        }
        // Which says what is wrong with it.
        (None, Err(_), false) => VersionArg::Today,
    };
    match chosen {
        VersionArg::Kept => {
            let lost = || anyhow!(words::kept_questionnaire(&then.id, &then.version));
            kept.ok_or_else(lost).map(Some)
        }
        VersionArg::Today => {
            let (asked, now, misfits) = today?;
            carry_over(store, record, &asked, now)?;
            // Whoever was asked has read it.
            for misfit in misfits.iter().filter(|_| args.under.is_some()) {
                say(&anyhow!(words::does_not_fit(&clean_line(&misfit.to_string()))));
            }
            Ok(Some(asked))
        }
    }
}

/// Asks which version is meant.
fn choose(then: &Which, now: &Which, misfits: &[Misfit], is_kept: bool) -> Result<Option<VersionArg>> {
    // That it is another version is said above.
    let fits = misfits.iter().filter(|misfit| !matches!(misfit, Misfit::Version(..) | Misfit::Content));
    let fits: Vec<String> = fits.map(|misfit| clean_line(&misfit.to_string())).collect();
    let mut err = io::stderr().lock();
    write!(err, "{}", words::which_version(then, now, &fits, is_kept))?;
    drop(err);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    match (line.trim(), is_kept) {
        ("", _) => Ok(None),
        ("1", true) => Ok(Some(VersionArg::Kept)),
        ("2", _) => Ok(Some(VersionArg::Today)),
        _ => Err(WrongUsage(words::no_such_version(is_kept)).into()),
    }
}

/// Writes down that the check goes on under today's version, and what is taken back for that.
fn carry_over(store: &mut Store, record: &mut Record, asked: &Asked, now: Which) -> Result<()> {
    let first = asked.opened.languages.first();
    store.keep_questionnaire(first, &asked.text)?;
    let (_, events) = record.carry_over(first, now).map_err(refused)?;
    match store.append(record.id, record.revision, clock::now().timestamp(), &events)? {
        Appended::Kept { .. } => {}
        Appended::Clash { .. } => return Err(anyhow!(words::CARRIED_OVER_BY_NOBODY)),
    }
    *record = store.encounter(record.id)?;
    Ok(())
}

/// Of what was kept, what can't be read under a questionnaire.
pub fn refused(problem: json::Problem) -> WrongUsage {
    WrongUsage(match problem {
        json::Problem::OtherQuestionnaire(id) => words::other_questionnaire(&clean_line(&id)),
        problem => problem.to_string(),
    })
}
