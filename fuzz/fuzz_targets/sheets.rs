//! Whatever bytes an answer sheet has: a sheet that can be judged and reported, or a refusal.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use redflag::answers::Facts;
use redflag::answers::json::SheetReader;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::triage;

static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../tests/fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("no mistakes").questionnaire
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(sheet) = SheetReader::new(&SMALL).read(text) else { return };
    for audience in [Audience::Patient, Audience::Clinician] {
        let assessment = triage::assess(&Facts::of(&SMALL, audience, &sheet));
        assert!(assessment.possible <= assessment.level && assessment.level <= assessment.certain);
    }
});
