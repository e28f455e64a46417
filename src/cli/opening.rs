//! What commands open before they begin: a questionnaire in its languages, and the site file.

use std::io::{self, Write};

use super::args::SiteArgs;
use super::words;
use crate::library::{Choice, Opened, Problem, WordsFile, site_file};
use crate::questionnaire::Questionnaire;
use crate::site::Place;
use crate::text::clean_line;
use crate::words::Language;

/// Opens a questionnaire, and says which of its translations can't be used.
pub fn open(choice: &Choice) -> Result<Opened, Problem> {
    let opened = Opened::of(choice)?;
    opened.broken().for_each(|file| say(&words::is_not_used(&file.name)));
    opened.broken_words().for_each(|file| say(&words::is_not_used(&file.name)));
    Ok(opened)
}

/// Says which languages are written from right to left, before a questionnaire is asked.
pub fn warn_of_direction(opened: &Opened) {
    opened.right_to_left().for_each(|tag| say(&words::right_to_left(&clean_line(tag))));
}

/// Says, before questions are asked in a language that the program itself lacks, that its own words are in English.
pub fn warn_of_language(tag: &str) {
    if Language::of(tag).is_none() {
        say(&format!("{}\n", words::is_not_spoken(tag)));
    }
}

/// What this place sets; what there is to say about its file goes to standard error.
pub fn place(args: &SiteArgs, questionnaire: &Questionnaire) -> Result<Place, Problem> {
    speak_as_here(args);
    let (place, notes) = site_file::read(args.site.as_deref(), questionnaire)?;
    notes.iter().for_each(|note| say(&format!("{}\n", clean_line(note))));
    Ok(place)
}

/// Speaks the languages whose words are beside the site files, where nothing beside the questionnaire has said them.
fn speak_as_here(args: &SiteArgs) {
    // A file of words is in force for the one that is first: the most important folder comes last.
    for folder in site_file::folders(args.site.as_deref()).iter().rev() {
        let files = WordsFile::in_folder(folder).into_iter();
        let files = files.filter(|file| Language::of(&file.language).is_none());
        files.filter(|file| !file.speak()).for_each(|file| say(&words::is_not_used(&file.name)));
    }
}

/// Leaves the languages that this place offers. One that the questionnaire doesn't have is told.
pub fn offer_only(opened: &mut Opened, place: &Place) {
    let missing = opened.languages.offer_only(&place.languages);
    let known = opened.languages.tags().collect::<Vec<_>>().join(", ");
    missing.iter().for_each(|tag| say(&words::site_language_missing(&clean_line(tag), &known)));
}

fn say(words: &str) {
    // `eprint` would panic when standard error is gone.
    let _ = write!(io::stderr(), "redflag: {words}");
}
