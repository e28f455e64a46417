//! `redflag new`: a small questionnaire to start from.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::Result;

use super::args::NewArgs;
use super::{Exit, WrongUsage, quoting, words};
use crate::save;
use crate::text::clean_line;

const TEMPLATE: &str = include_str!("../../questionnaires/template/new.yaml");

/// The longest id that the format takes.
const LONGEST_ID: usize = 60;

pub fn run(args: &NewArgs) -> Result<Exit> {
    let path = with_ending(&args.file);
    save::write_new(Path::new(&*path), &questionnaire(&path)).map_err(|error| {
        let shown = clean_line(&path);
        WrongUsage(match error.kind() {
            ErrorKind::AlreadyExists => words::is_there_already(&shown),
            ErrorKind::NotFound => words::not_written(&shown, "there is no such folder"),
            _ => words::not_written(&shown, &error.to_string()),
        })
    })?;
    let mut out = io::stdout().lock();
    out.write_all(words::what_to_do_next(&clean_line(&path), &argument(&path)).as_bytes())?;
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
fn questionnaire(file: &str) -> String {
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
    let is_path = file.contains(std::path::is_separator) || file.ends_with(".yaml") || file.ends_with(".yml");
    let path = if !is_path || file.starts_with('-') { format!("./{file}") } else { file.to_owned() };
    quoting::word(&path)
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
            ("mine.txt", "./mine.txt"),
            ("-mine.yaml", "./-mine.yaml"),
            ("my own.yaml", "'my own.yaml'"),
            ("it's.yaml", "'it'\\''s.yaml'"),
        ] {
            assert_eq!(argument(file), typed);
        }
    }
}
