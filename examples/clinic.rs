//! A made-up clinic for `scripts/fhir-push.py`: a store with finished checks of back pain, by the cases of
//! `tests/vignettes.json`, and corrections of them.
//!
//! ```sh
//! cargo run --example clinic -- FOLDER make       # a store, a key, and a PIN of Ben, who may send
//! cargo run --example clinic -- FOLDER add 50     # checks, each of a patient of its own: Patient/p1 and so on
//! cargo run --example clinic -- FOLDER correct 3  # another severity in every third check
//! ```

#[cfg(feature = "store")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    clinic::main()
}

#[cfg(not(feature = "store"))]
fn main() {}

#[cfg(feature = "store")]
mod clinic {
    use std::error::Error;
    use std::path::Path;
    use std::{env, fs};

    use jiff::{Timestamp, Zoned};
    use redflag::answers::json::SheetReader;
    use redflag::encounter::{Encounter, json};
    use redflag::library::builtin;
    use redflag::questionnaire::{Audience, yaml};
    use redflag::store::*;
    use serde_json::Value;

    const PIN: &str = "2580";

    pub fn main() -> Result<(), Box<dyn Error>> {
        let arguments: Vec<String> = env::args().skip(1).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let [folder, what, number @ ..] = &arguments[..] else {
            return Err("clinic FOLDER make, FOLDER add COUNT, or FOLDER correct EVERY".into());
        };
        let number = number.first().map_or(Ok(0), |number| number.parse())?;
        let folder = Path::new(folder);
        match *what {
            "make" => make(folder),
            "add" => add(folder, number),
            "correct" => correct(folder, number),
            other => Err(format!("{other}: there are make, add and correct").into()),
        }
    }

    fn place(folder: &Path) -> Place {
        Place::File(folder.join("store/clinic.db"))
    }

    fn make(folder: &Path) -> Result<(), Box<dyn Error>> {
        let now = Timestamp::now();
        let unlock = Unlock::new_key_file(&folder.join("store.key"))?;
        let mut store = Store::create(&place(folder), &unlock, "office")?;
        for (name, role) in [("Eva", Role::Administrator), ("Ben", Role::Clinician)] {
            store.add_person(now, Person { name: name.to_owned(), role }, PIN)?;
            store.sign_in("Eva", PIN, now)?;
        }
        Ok(fs::write(folder.join("pin"), PIN)?)
    }

    fn open(folder: &Path) -> Result<Store, Box<dyn Error>> {
        let unlock = Unlock::key_file(&folder.join("store.key"))?;
        let mut store = Store::open(&place(folder), &unlock, "desk")?;
        store.sign_in("Ben", PIN, Timestamp::now())?;
        Ok(store)
    }

    fn add(folder: &Path, count: usize) -> Result<(), Box<dyn Error>> {
        let mut store = open(folder)?;
        let text = builtin::find("back-pain").ok_or("back-pain is not built in")?.yaml;
        let questionnaire = yaml::load("back-pain.yaml", text).map_err(|_| "it can't be read")?;
        let questionnaire = questionnaire.questionnaire;
        let which = store.keep_questionnaire(&questionnaire, text)?;
        let cases: Vec<Value> = serde_json::from_str(include_str!("../tests/vignettes.json"))?;
        let known = store.encounters(Timestamp::UNIX_EPOCH)?.len();
        for (number, case) in (known + 1..=known + count).zip(cases.iter().cycle().skip(known)) {
            // Half of them by clinicians, whose checks have blood results too.
            let (audience, said) = match number % 2 {
                0 => (Audience::Clinician, Said::Patient),
                _ => (Audience::Patient, Said::Patient),
            };
            let mut answers = case["answers"].clone();
            if audience == Audience::Clinician {
                for (question, value) in [("esr", 31), ("crp", 40), ("haemoglobin", 118), ("alp", 140)] {
                    answers[question] = (value + number % 7).into();
                }
            }
            let reader = SheetReader::new(&questionnaire);
            let sheet = reader.read(&answers.to_string()).map_err(|_| "answers that don't fit")?;
            let encounter = Encounter::of_sheet(&questionnaire, audience, sheet, Zoned::now().date());
            let mut events = changes(&Value::Null, &json::value(&questionnaire, &encounter), said);
            let level = Level { id: "made-up".to_owned(), rank: 0, finished: true };
            events.push(Event::LevelReached { level: Some(level) });
            let opened = Opened {
                questionnaire: which.clone(),
                audience,
                language: questionnaire.language.clone(),
                source: Source::Intake,
                ticket: None,
                reference: Some(format!("Patient/p{number}")),
            };
            store.begin(Timestamp::now(), opened, &events)?;
        }
        Ok(())
    }

    fn correct(folder: &Path, every: usize) -> Result<(), Box<dyn Error>> {
        let mut store = open(folder)?;
        for listed in store.encounters(Timestamp::UNIX_EPOCH)?.iter().step_by(every.max(1)) {
            // While a program sends, its notes may come between.
            loop {
                let record = store.encounter(listed.id)?;
                let old = record.value["answers"]["severity"].clone();
                let answer = (old.as_i64().unwrap_or_default() + 1) % 11;
                let event = Event::Corrected {
                    question: "severity".to_owned(),
                    old,
                    answer: answer.into(),
                    said: Said::Patient,
                    note: None,
                };
                let done = store.append(listed.id, record.revision, Timestamp::now(), &[event])?;
                if let Appended::Kept { .. } = done {
                    break;
                }
            }
        }
        Ok(())
    }
}
