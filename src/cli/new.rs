//! `redflag new`: a small questionnaire to start from, a copy of another one, or the outline of a translation.

use std::borrow::Cow;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::args::NewArgs;
use super::{Exit, WrongUsage, quoting, words};
use crate::library::{Choice, ScenarioFile, TranslationFile, WordsFile, builtin, scenario_file};
use crate::questionnaire::yaml;
use crate::save;
use crate::text::clean_line;
use crate::vocabulary;
use crate::words::Language;

const TEMPLATE: &str = include_str!("../../questionnaires/template/new.yaml");
const SCENARIOS: &str = include_str!("../../questionnaires/template/new.tests.yaml");

/// The longest id that the format takes.
const LONGEST_ID: usize = 60;

pub fn run(args: &NewArgs) -> Result<Exit> {
    if let Some(language) = &args.words {
        return own_words(args, language);
    }
    let path = match (&args.file, &args.from) {
        (Some(file), _) => with_ending(file).into_owned(),
        (None, Some(from)) => format!("my-{}.yaml", id_of(from)),
        (None, None) => return Err(WrongUsage(words::new_needs_a_file(builtin::DEFAULT)).into()),
    };
    let shown = clean_line(&path);
    match Name::of(&path) {
        Name::Questionnaire => {}
        Name::Translation { language, of } => return translation(args, &path, &language, &of),
        Name::Wrong(why) => return Err(WrongUsage(why).into()),
    }
    let scenarios = scenario_file::path(Path::new(&path)).to_string_lossy().into_owned();
    if fs::symlink_metadata(&scenarios).is_ok() && fs::symlink_metadata(&path).is_err() {
        return Err(WrongUsage(words::is_there_already(&clean_line(&scenarios))).into());
    }
    let (text, cases) = match &args.from {
        None => (template(&path), Some(SCENARIOS.to_owned())),
        Some(from) => copy(from, &path)?,
    };
    write(&path, &text)?;
    let with_cases = cases.map(|cases| write(&scenarios, &cases)).transpose()?.is_some();
    let scenarios = with_cases.then(|| clean_line(&scenarios));
    tell(&words::what_to_do_next(&shown, scenarios.as_deref(), &argument(&path)))
}

/// What a name is of.
enum Name {
    Questionnaire,
    Translation {
        language: String,
        of: PathBuf,
    },
    /// Of nothing that can be written, for this reason.
    Wrong(String),
}

impl Name {
    fn of(path: &str) -> Name {
        let shown = clean_line(path);
        if let Some(questionnaire) = scenario_file::of_scenarios(path) {
            return Name::Wrong(words::is_name_of_scenarios(&shown, &clean_line(&questionnaire)));
        }
        if let Some((language, of)) = TranslationFile::named(Path::new(path)) {
            return match of.exists() && yaml::is_language(&language) {
                true => Name::Translation { language, of },
                false => {
                    Name::Wrong(words::is_name_of_translation(&shown, &clean_line(&of.to_string_lossy())))
                }
            };
        }
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
        // A folder, or a name that is nothing else, is there already or can't be made.
        match ending {
            Some(ending) if !["yaml", "yml"].contains(&ending) => Name::Wrong(words::is_no_yaml(&shown)),
            _ if builtin::find(&id_of(path)).is_some() => Name::Wrong(words::is_built_in(&id_of(path))),
            _ => Name::Questionnaire,
        }
    }
}

/// Writes every text of a questionnaire in order, for a translator.
fn translation(args: &NewArgs, path: &str, language: &str, of: &Path) -> Result<Exit> {
    let (shown, original) = (clean_line(path), of.to_string_lossy().into_owned());
    if args.from.is_some() {
        return Err(WrongUsage(words::translates_what_is_beside(&shown, &clean_line(&original))).into());
    }
    let questionnaire = Choice::of(&argument_of(&original))?.questionnaire()?;
    if questionnaire.language == language {
        return Err(WrongUsage(words::is_its_own_language(&clean_line(&original), language)).into());
    }
    write(path, &yaml::draft_of_translation(&questionnaire, language))?;
    tell(&words::how_to_translate(&shown, &argument(path), &argument(&original), language))
}

/// Writes all that the program itself says, in order, for a translator.
fn own_words(args: &NewArgs, language: &str) -> Result<Exit> {
    let shown = clean_line(language);
    if !vocabulary::is_language(language) {
        return Err(WrongUsage(words::is_no_language(&shown)).into());
    }
    if Language::is_built_in(language) {
        return Err(WrongUsage(words::speaks_it_already(&shown)).into());
    }
    let name = format!("words.{language}.yaml");
    let path = match &args.file {
        None => name,
        Some(file) if Path::new(file).is_dir() => Path::new(file).join(name).to_string_lossy().into_owned(),
        Some(file) => file.clone(),
    };
    if WordsFile::of(Path::new(&path)).is_none_or(|file| file.language != language) {
        return Err(WrongUsage(words::is_no_name_of_words(&clean_line(&path), &shown)).into());
    }
    write(&path, &vocabulary::draft(language))?;
    tell(&words::how_to_say_it(&clean_line(&path), &argument(&path), &shown))
}

/// A copy of another questionnaire under an id of its own, and its scenarios if it has any.
fn copy(from: &str, path: &str) -> Result<(String, Option<String>)> {
    let choice = Choice::of(from)?;
    let original = choice.questionnaire()?;
    let cases = ScenarioFile::of(&choice)?.and_then(|file| String::from_utf8(file.text).ok());
    let text = String::from_utf8_lossy(choice.text()).into_owned();
    let id = id_of(path);
    let text = with_id(&text, &id)
        .filter(|text| yaml::load(path, text.as_bytes()).is_ok_and(|loaded| loaded.questionnaire.id == id));
    match text {
        Some(text) => Ok((words::made_from(&original.id, &original.version) + &text, cases)),
        None => Err(WrongUsage(words::cannot_be_copied(choice.name())).into()),
    }
}

/// A questionnaire whose `id`, on a line of its own, is this one.
fn with_id(text: &str, id: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let start = match text.starts_with("id:") {
        true => 0,
        false => text.find("\nid:")? + 1,
    };
    let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    Some(format!("{}id: {id}{}", &text[..start], &text[end..]))
}

fn write(path: &str, text: &str) -> Result<()> {
    save::write_new(Path::new(path), text).map_err(|error| {
        let shown = clean_line(path);
        let why = match error.kind() {
            ErrorKind::AlreadyExists => return WrongUsage(words::is_there_already(&shown)).into(),
            ErrorKind::NotFound | ErrorKind::NotADirectory => "there is no such folder".to_owned(),
            ErrorKind::PermissionDenied => "you are not allowed to write there".to_owned(),
            _ => error.to_string(),
        };
        anyhow!(words::not_written(&shown, &why))
    })
}

fn tell(words: &str) -> Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The file as it is named, with `.yaml` where it has no ending.
fn with_ending(file: &str) -> Cow<'_, str> {
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let has_ending = name.contains('.') || file.ends_with(std::path::is_separator) || name.is_empty();
    if has_ending { Cow::Borrowed(file) } else { Cow::Owned(format!("{file}.yaml")) }
}

/// The text for a file of this name.
fn template(file: &str) -> String {
    let id = id_of(file);
    // In quotes: `null` alone would be nothing.
    let title = format!("\"{}\"", title_of(&id));
    TEMPLATE.replacen("id: ID\n", &format!("id: {id}\n"), 1).replacen("\"TITLE\"", &title, 1)
}

/// What a file is called, as an id: lower-case letters and digits, with `-` for all else.
fn id_of(file: &str) -> String {
    let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let words = stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if !id.starts_with(|c: char| c.is_ascii_lowercase()) || ["true", "false", "null", "yaml"].contains(&&*id)
    {
        id = format!("check-{id}");
    }
    id.truncate(LONGEST_ID);
    id.trim_end_matches('-').to_owned()
}

/// `heating-check`: "Heating check".
fn title_of(id: &str) -> String {
    let words = id.replace('-', " ");
    let first = words.get(..1).unwrap_or_default().to_ascii_uppercase();
    first + words.get(1..).unwrap_or_default()
}

/// The file as a shell takes it for one argument, and `redflag` for a file.
fn argument(file: &str) -> String {
    quoting::word(&argument_of(file))
}

/// The file as `redflag` takes it for one.
fn argument_of(file: &str) -> String {
    if !Choice::is_path(file) || file.starts_with('-') { format!("./{file}") } else { file.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_comes_from_the_name_of_the_file() {
        for (file, id) in [
            ("mine.yaml", "mine"),
            ("a/b/Heating check (2).yml", "heating-check-2"),
            ("7 days.yaml", "check-7-days"),
            ("true.yaml", "check-true"),
            (".yaml", "check-yaml"),
            ("背中.yaml", "check"),
            ("a--.yaml", "a"),
        ] {
            assert_eq!(id_of(file), id, "{file}");
        }
        assert_eq!(id_of(&format!("{}-b.yaml", "a".repeat(59))), "a".repeat(59));
    }

    #[test]
    fn a_name_without_an_ending_gets_one() {
        for (file, path) in [
            ("mine", "mine.yaml"),
            ("a.b/mine", "a.b/mine.yaml"),
            ("mine.txt", "mine.txt"),
            ("a/", "a/"),
            ("..", ".."),
        ] {
            assert_eq!(with_ending(file), path);
        }
    }

    #[test]
    fn the_command_to_type_takes_the_file_for_one_word() {
        for (file, typed) in [
            ("mine.yaml", "mine.yaml"),
            ("-mine.yaml", "./-mine.yaml"),
            ("my own.yaml", "'my own.yaml'"),
            ("it's.yaml", "'it'\\''s.yaml'"),
        ] {
            assert_eq!(argument(file), typed);
        }
    }
}
