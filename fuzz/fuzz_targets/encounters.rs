//! Whatever bytes a kept encounter has: an interview that can be kept again, comes back the same and has a report for
//! either reader, or a refusal.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use redflag::interview::Interview;
use redflag::questionnaire::{Audience, Questionnaire, yaml};
use redflag::report::{Format, Report};
use redflag::site::Site;

static SMALL: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../../tests/fixtures/small.yaml");
    yaml::load("small.yaml", text).expect("no mistakes").questionnaire
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(resumed) = Interview::from_json(&SMALL, text) else { return };
    let kept = resumed.interview.to_json();
    let Ok(again) = Interview::from_json(&SMALL, &kept) else { panic!("{kept} can't be read back") };
    assert!(again.misfits.is_empty(), "{kept}");
    assert_eq!(again.interview.to_json(), kept);
    for reader in [Audience::Patient, Audience::Clinician] {
        let report = Report::for_reader(&resumed.interview, reader, &Site::default());
        for format in Format::ALL {
            assert!(!format.write(&report).is_empty());
        }
    }
});
