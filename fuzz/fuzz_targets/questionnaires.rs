//! Whatever bytes a questionnaire file has: a questionnaire or mistakes, and every mistake can be drawn.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redflag::questionnaire::yaml;

fuzz_target!(|bytes: &[u8]| {
    match yaml::load("fuzz.yaml", bytes) {
        Ok(loaded) => loaded.warnings.iter().for_each(|warning| drop(warning.render(false))),
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "refused without a reason");
            mistakes.iter().for_each(|mistake| drop(mistake.render(true)));
        }
    }
});
