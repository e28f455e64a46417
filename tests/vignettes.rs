//! The cases of the clinical content reach the level that it expects.

use std::collections::BTreeSet;

use redflag::answers::Facts;
use redflag::answers::json::SheetReader;
use redflag::questionnaire::{Audience, yaml};
use redflag::triage;
use serde_json::Value;

#[test]
fn every_vignette_reaches_its_level() {
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    let questionnaire = yaml::load("back-pain.yaml", text).expect("no mistakes").questionnaire;
    let reader = SheetReader::new(&questionnaire);
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let mut levels = BTreeSet::new();
    for vignette in &vignettes {
        let sheet = reader.read(&vignette["answers"].to_string()).expect("a sheet");
        // Results of tests are for clinicians only.
        let clinic =
            questionnaire.sections.iter().find(|section| section.audience.is_some()).expect("a section");
        let answered = |q| sheet.get(q).is_some();
        let audience =
            if (clinic.first..clinic.end).any(answered) { Audience::Clinician } else { Audience::Patient };
        let assessment = triage::assess(&Facts::of(&questionnaire, audience, &sheet));
        let level = questionnaire.levels[assessment.level].id.as_str();
        assert_eq!(level, vignette["expected"], "{} {}", vignette["id"], vignette["case"]);
        levels.insert(level);
    }
    assert_eq!(levels.len(), questionnaire.levels.len(), "some level is never expected");
}
