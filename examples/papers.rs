//! Writes the HTML reports whose first sheets hold the most: for each level, language and reader the fullest cases of
//! `tests/vignettes.json`, at a place with long names and with all its numbers. `scripts/paper.py` prints them.

use std::error::Error;
use std::path::Path;

use jiff::civil::date;
use redflag::answers::json::SheetReader;
use redflag::encounter::Encounter;
use redflag::interview::Interview;
use redflag::library::builtin;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Format, Report};
use redflag::site;

/// Back pain in its languages.
fn languages() -> Result<Vec<Questionnaire>, Box<dyn Error>> {
    let built_in = builtin::find("back-pain").ok_or("back-pain is not built in")?;
    let english = built_in.questionnaire().map_err(|_| "it can't be read")?;
    let translations = built_in.translations().map_err(|_| "a translation can't be read")?;
    let mut all: Vec<_> = translations.iter().map(|translation| translation.of(&english)).collect();
    all.push(english);
    Ok(all)
}

/// How many of each kind.
const FULLEST: usize = 2;

const SITE: &str = "
contacts:
  clinic: The Health Centre at Hill Street and Saint Margaret's
  clinic_phone: { number: +44 (0)20 7946 0018, open: { mon-fri: '08:00-18:30' } }
  emergency_number: 112
  nurse_line: 0800 555 0199
  cancer_line: 555 / 0177
  maternity_line: 555 0144
  crisis_line: 555 0166
";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let place = site::parse(SITE).map_err(|_| "the site file has mistakes")?;
    let cases: Vec<serde_json::Value> = serde_json::from_str(include_str!("../tests/vignettes.json"))?;
    for questionnaire in languages()? {
        let reader = SheetReader::new(&questionnaire);
        let mut pages = Vec::new();
        for case in &cases {
            let id = case["id"].as_str().ok_or("a case has no id")?;
            let sheet = reader.read(&case["answers"].to_string()).map_err(|_| "answers that don't fit")?;
            // By night the card has the most to say.
            let night = date(2026, 11, 27).at(3, 12, 0, 0);
            for asked_as in [Audience::Patient, Audience::Clinician] {
                let encounter = Encounter::of_sheet(&questionnaire, asked_as, sheet.clone(), night.date());
                let mut interview = Interview::on(&questionnaire, encounter);
                interview.finish();
                let report = Report::of_interview(&interview, &place.contacts).at(night);
                let level = report.level.as_ref().map_or("none", |level| level.id.as_str());
                let name = format!("{level}-{}-{asked_as:?}", questionnaire.language).to_lowercase();
                let page = Format::Html.write(&report);
                let first = page.split("<div class=\"first\">").nth(1).unwrap_or_default();
                let full = first.split("\n</div>").next().unwrap_or_default().len();
                pages.push((name, full, id, page));
            }
        }
        pages.sort_by(|one, other| (&one.0, other.1).cmp(&(&other.0, one.1)));
        for of_a_kind in pages.chunk_by(|one, other| one.0 == other.0) {
            for (name, _, id, page) in of_a_kind.iter().take(FULLEST) {
                std::fs::write(folder.join(format!("{name}-{id}.html")), page)?;
            }
        }
    }
    Ok(())
}
