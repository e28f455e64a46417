//! How long a clinician waits for what can still come, after each answer to back-pain.
//!
//! `cargo bench --bench outlook` goes through the vignettes. The figures are printed and nothing is asserted.

use std::time::{Duration, Instant};

use redflag::answers::json::SheetReader;
use redflag::interview::{Interview, Stage};
use redflag::outlook::Lookout;
use redflag::questionnaire::{Audience, yaml};

fn main() {
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    let questionnaire = yaml::load("back-pain.yaml", text).expect("it loads").questionnaire;
    let reader = SheetReader::new(&questionnaire);
    let vignettes: serde_json::Value =
        serde_json::from_str(include_str!("../tests/vignettes.json")).expect("JSON");
    let (mut compiling, mut first, mut later) = (Vec::new(), Vec::new(), Vec::new());
    let (mut decided, mut asked) = (0, 0);
    for vignette in vignettes.as_array().expect("a list") {
        let sheet = reader.read(&vignette["answers"].to_string()).expect("answers that fit");
        let mut interview =
            Interview::new(&questionnaire, Audience::Clinician, jiff::civil::date(2026, 11, 21));
        let mut lookout = timed(&mut compiling, || Lookout::new(&interview));
        let mut times = &mut first;
        loop {
            match *interview.stage() {
                Stage::Asking(question) => {
                    let outlook = timed(times, || lookout.look(&interview));
                    times = &mut later;
                    asked += 1;
                    decided += usize::from(outlook.decided().is_some());
                    if interview.answer(sheet.get(question).cloned()).is_err() {
                        break;
                    }
                }
                Stage::Alert { .. } => interview.go_on(),
                Stage::SettingAside { .. } | Stage::Lowering { .. } => interview.confirm(),
                Stage::OfferSettling => interview.leave_unsettled(),
                Stage::Settling { .. } | Stage::Review | Stage::Summary => break,
            }
        }
    }
    println!("{asked} questions, {decided} of them asked when the level was decided");
    for (what, mut times) in [("compiling", compiling), ("first look", first), ("each later look", later)] {
        times.sort_unstable();
        let middle = times.get(times.len() / 2).copied().unwrap_or_default();
        let longest = times.last().copied().unwrap_or_default();
        println!("{what}: {:.2} ms, at most {:.2} ms", ms(middle), ms(longest));
    }
}

fn timed<T>(times: &mut Vec<Duration>, run: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let result = run();
    times.push(started.elapsed());
    result
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
