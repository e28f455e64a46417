//! Whatever bytes an answer sheet has: a sheet that can be judged and reported to both readers, or a refusal.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use redflag::answers::json::SheetReader;
use redflag::encounter::Encounter;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::report::{Format, Judged, Report};
use redflag::site::Site;

static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../tests/fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("no mistakes").questionnaire
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(sheet) = SheetReader::new(&SMALL).read(text) else { return };
    for asked_as in [Audience::Patient, Audience::Clinician] {
        let encounter = Encounter::of_sheet(&SMALL, asked_as, sheet.clone(), jiff::civil::date(2026, 11, 28));
        let judged = Judged::of(&SMALL, &encounter);
        let assessment = &judged.assessment;
        assert!(assessment.possible <= assessment.level && assessment.level <= assessment.certain);
        for reader in [Audience::Patient, Audience::Clinician] {
            let report = Report::of(&judged, reader, &Site::default());
            for format in Format::ALL {
                assert!(!format.write(&report).is_empty());
            }
        }
    }
});
