//! Can the person read it in Spanish? The same question as in `reading.rs`, with a measure made for Spanish.
//!
//! The measure is the perspicuity of Szigriszt Pazos (Sistemas predictivos de legibilidad del mensaje escrito, thesis,
//! Universidad Complutense de Madrid, 1993):
//!
//! ```text
//! 206.835 - 62.3 * syllables / words - words / sentences
//! ```
//!
//! It is read by the INFLESZ scale (Barrio-Cantalejo et al., An Sist Sanit Navar 2008;31(2):135-152, made for texts
//! for patients): from 55 normal, from 65 fairly easy, from 80 very easy. Beside it stands the measure of Fernández
//! Huerta (1959, with the words a sentence as corrected since), whose table has school years: from 70 the sixth.
//!
//! ```text
//! 206.84 - 60 * syllables / words - 1.02 * words / sentences
//! ```
//!
//! Sentences, words, contacts and labels are counted as in `reading.rs`. Spanish is spelt as it is spoken, so the
//! syllables need a rule and no list, see [`syllables`].

#[path = "support/count.rs"]
mod count;
#[path = "support/own.rs"]
mod own;

use count::Count;
use redflag::library::builtin;
use redflag::questionnaire::wording::{Step, each_text};
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::words::Language;

const LEAST_ON_AVERAGE: f64 = 65.0;
const LEAST_OF_SIXTH_YEAR: f64 = 70.0;
const LEAST_OF_ONE: f64 = 45.0;
const LABEL: usize = 5;

/// All that the program has inside.
fn built_in() -> Vec<Questionnaire> {
    let spanish = |one: &builtin::Builtin| {
        let all = one.translations().expect("they are read");
        let spanish = all.into_iter().find(|translation| translation.language == "es").expect("Spanish");
        spanish.of(&one.questionnaire().expect("it is read"))
    };
    builtin::ALL.iter().map(spanish).collect()
}

#[test]
fn no_spanish_text_for_patients_is_hard_to_read() {
    for questionnaire in built_in() {
        no_text_is_hard_to_read(&questionnaire);
    }
}

fn no_text_is_hard_to_read(questionnaire: &Questionnaire) {
    let texts = patient_texts(questionnaire);
    assert!(texts.len() > 200, "only {} texts were found", texts.len());
    let mut hard: Vec<(f64, String)> = texts
        .iter()
        .map(|(place, text)| (place, text, counted(text)))
        .filter(|(_, _, count)| count.words >= LABEL && count.perspicuity() < LEAST_OF_ONE)
        .map(|(place, text, count)| (count.perspicuity(), format!("{place}: {text}")))
        .collect();
    hard.sort_by(|one, other| one.0.total_cmp(&other.0));
    let hard: Vec<String> = hard.iter().map(|(ease, text)| format!("{ease:5.1}  {text}")).collect();
    assert!(hard.is_empty(), "{} below {LEAST_OF_ONE}:\n{}", hard.len(), hard.join("\n"));
}

#[test]
fn patients_read_spanish_fairly_easily() {
    for questionnaire in built_in() {
        is_read_fairly_easily(&questionnaire);
    }
}

fn is_read_fairly_easily(questionnaire: &Questionnaire) {
    let counts: Vec<Count> = patient_texts(questionnaire).iter().map(|(_, text)| counted(text)).collect();
    for (what, least) in [("with labels", 1), ("without labels", LABEL)] {
        let counts: Vec<&Count> = counts.iter().filter(|count| count.words >= least).collect();
        let all = counts.iter().fold(Count::default(), |sum, count| sum.and(count));
        let average = |measure: fn(&Count) -> f64| {
            let weighted: f64 = counts.iter().map(|count| measure(count) * count.words as f64).sum();
            weighted / all.words as f64
        };
        let (perspicuity, year) = (average(Count::perspicuity), average(Count::fernandez_huerta));
        println!(
            "{what}: perspicuity {perspicuity:.1} on average, {:.1} as one; Fernández Huerta {year:.1}, {:.1}",
            all.perspicuity(),
            all.fernandez_huerta()
        );
        assert!(perspicuity >= LEAST_ON_AVERAGE, "{what}, the average is {perspicuity:.1}");
        assert!(all.perspicuity() >= LEAST_ON_AVERAGE, "{what}, all as one: {:.1}", all.perspicuity());
        assert!(year >= LEAST_OF_SIXTH_YEAR, "{what}, the average by Fernández Huerta is {year:.1}");
    }
}

/// Of what the program says around the questionnaire.
#[test]
fn no_spanish_text_of_the_program_itself_is_hard_to_read() {
    let texts = own::texts(Language::Spanish);
    assert!(texts.len() > 200, "only {} texts were found", texts.len());
    let hard: Vec<String> = texts
        .iter()
        .map(|(place, text)| (place, text, counted(text)))
        .filter(|(_, _, count)| count.words >= LABEL && count.perspicuity() < LEAST_OF_ONE)
        .map(|(place, text, count)| format!("{:5.1}  {place}: {text}", count.perspicuity()))
        .collect();
    assert!(hard.is_empty(), "below {LEAST_OF_ONE}:\n{}", hard.join("\n"));
    let all = texts.iter().fold(Count::default(), |sum, (_, text)| sum.and(&counted(text)));
    println!("the program itself: {:.1}, {:.1}", all.perspicuity(), all.fernandez_huerta());
    assert!(all.perspicuity() >= LEAST_ON_AVERAGE, "{:.1}", all.perspicuity());
    assert!(all.fernandez_huerta() >= LEAST_OF_SIXTH_YEAR, "{:.1}", all.fernandez_huerta());
}

#[test]
fn nobody_is_begged_hushed_or_shouted_at_in_spanish() {
    for (place, text) in built_in().iter().flat_map(patient_texts).chain(own::texts(Language::Spanish)) {
        let plain = text.to_lowercase();
        for word in ["por favor", "no se preocupe", "tranquil"] {
            assert!(!plain.contains(word), "\"{word}\" in {place}: {text}");
        }
        assert!(!text.contains(['!', '¡']), "an exclamation mark in {place}: {text}");
    }
}

/// A question is opened and closed, and the person is `usted` and never `tú`.
#[test]
fn the_spanish_is_written_as_spanish() {
    for (place, text) in built_in().iter().flat_map(patient_texts).chain(own::texts(Language::Spanish)) {
        assert_eq!(text.matches('¿').count(), text.matches('?').count(), "{place}: {text}");
        for word in words(&text) {
            let word = word.to_lowercase();
            assert!(!["tú", "tu", "tus", "te", "ti", "vos", "vosotros"].contains(&&*word), "{place}: {text}");
        }
    }
}

/// Everything that is shown to a patient, with its place in the file and the contacts filled in.
fn patient_texts(questionnaire: &Questionnaire) -> Vec<(String, String)> {
    let only_clinicians = |name: &[Step]| {
        let for_them = |audience: Option<Audience>| audience == Some(Audience::Clinician);
        let q = questionnaire;
        match name {
            [Step::Key("sections"), Step::Key(id)] => {
                q.sections.iter().any(|section| section.id == *id && for_them(section.audience))
            }
            [Step::Key("questions"), Step::Key(id), ..] => {
                let index = q.question_index(id);
                index.is_some_and(|index| for_them(q.section_of(index).audience))
            }
            [Step::Key("next_steps"), Step::Key(id)] => {
                q.next_steps.iter().any(|step| step.id == *id && for_them(step.shown.audience))
            }
            [Step::Key("learn"), Step::Key(id), _] => {
                q.learn.iter().any(|page| page.id == *id && for_them(page.shown.audience))
            }
            [Step::Key("tables"), Step::Key(id), ..] => {
                q.tables.iter().any(|table| table.id == *id && for_them(table.audience))
            }
            _ => false,
        }
    };
    let mut texts = Vec::new();
    each_text(&mut questionnaire.clone(), &mut |name, _, text| {
        if only_clinicians(name) {
            return;
        }
        let mut words = text.to(Audience::Patient).replace("{answer}", "5");
        for contact in &questionnaire.contacts {
            words = words.replace(&format!("{{{}}}", contact.id), contact.words.to(Audience::Patient));
        }
        let steps = name.iter().map(|step| match step {
            Step::Key(key) => (*key).to_owned(),
            Step::Index(index) => index.to_string(),
        });
        texts.push((steps.collect::<Vec<_>>().join("."), words));
    });
    texts
}

fn counted(text: &str) -> Count {
    Count::of(text, words, syllables)
}

impl Count {
    fn perspicuity(&self) -> f64 {
        let [sentences, words, syllables] = self.numbers();
        206.835 - 62.3 * syllables / words - words / sentences
    }

    fn fernandez_huerta(&self) -> f64 {
        let [sentences, words, syllables] = self.numbers();
        206.84 - 60.0 * syllables / words - 1.02 * words / sentences
    }
}

/// Runs of letters, and numbers with their decimals.
fn words(sentence: &str) -> Vec<String> {
    let parts = sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ','));
    let words = parts.map(|word| word.trim_matches(['.', ',']).to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// The syllables of one word.
///
/// - A number of one digit has two syllables, a longer one four. Two or more capitals are spelt out.
/// - Otherwise each group of vowels has one, and one more for each strong vowel after the first. Strong are a, e, o,
///   and every vowel with an accent; i, u and ü join those beside them. The u of que, qui, gue and gui is silent, h
///   parts nothing, and y is a vowel at the end of a word.
fn syllables(word: &str) -> usize {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return if word.chars().filter(char::is_ascii_digit).count() == 1 { 2 } else { 4 };
    }
    if word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()) {
        return word.len();
    }
    let word = word.to_lowercase().replace('h', "");
    let word = ["que", "qui", "gue", "gui", "qué", "quí", "gué", "guí"]
        .iter()
        .fold(word, |word, silent| word.replace(silent, &silent.replacen('u', "", 1)));
    let last = word.chars().count().saturating_sub(1);
    let (mut count, mut inside, mut strong) = (0, false, false);
    for (at, c) in word.chars().enumerate() {
        let is_strong = matches!(c, 'a' | 'e' | 'o' | 'á' | 'é' | 'í' | 'ó' | 'ú');
        let is_vowel = is_strong || matches!(c, 'i' | 'u' | 'ü') || c == 'y' && at == last;
        count += usize::from(is_vowel && (!inside || is_strong && strong));
        strong = is_vowel && (is_strong || inside && strong);
        inside = is_vowel;
    }
    count.max(1)
}

#[test]
fn spanish_syllables_are_counted_as_they_are_spoken() {
    let spoken = [
        (1, "pie que más soy bien y un hoy"),
        (2, "dolor pierna fiebre aire cáncer guía día 5"),
        (3, "espalda cadera médico hospital orina ahora sangrado continuo sensación PSA"),
        (4, "emergencia debilidad 12"),
        (5, "farmacéutico especialista radiografía radioterapia"),
    ];
    for (count, words) in spoken {
        for word in words.split_whitespace() {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}

#[test]
fn the_formulas_give_what_they_give_by_hand() {
    // Five words and eight syllables in one sentence.
    let count = counted("Me duele mucho la espalda.");
    assert_eq!((count.sentences, count.words, count.syllables), (1, 5, 9));
    assert!((count.perspicuity() - (206.835 - 62.3 * 9.0 / 5.0 - 5.0)).abs() < 1e-9);
    assert_eq!(counted("Uno.\n\nDos:\n- tres cuatro\n- cinco, 38,5 seis").sentences, 4);
    assert_eq!(words("de 38,5 °C (o 3-5), ¿no?"), ["de", "38,5", "C", "o", "3", "5", "no"]);
}
