//! Can the person read it? The reading level of every text that the built-in questionnaires show to patients.
//!
//! The measure is the Flesch-Kincaid grade, a year of school in the United States:
//!
//! ```text
//! 0.39 * words / sentences + 11.8 * syllables / words - 15.59
//! ```
//!
//! What is counted:
//! - A sentence ends at `.`, `?` or `!` before a blank or the end, and at the end of a paragraph or list item.
//! - A word is a run of letters and apostrophes, or a number. A hyphen ends a word.
//! - Syllables: see [`syllables`]. It is a rule of thumb with a list of the words that it gets wrong.
//! - A contact such as `{clinic}` counts as the words that stand for it, `{answer}` as a number.
//!
//! A text of fewer than five words is a label. The formula says nothing of use about one: "Confusion" alone has
//! grade 20. Labels count in the averages and not by themselves.

#[path = "support/count.rs"]
mod count;
#[path = "support/own.rs"]
mod own;

use std::collections::HashMap;
use std::sync::LazyLock;

use count::Count;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet};
use redflag::library::builtin;
use redflag::questionnaire::{Audience, Domain, OptionSet, QuestionIndex, Questionnaire, Shown, Text, yaml};
use redflag::triage;
use redflag::words::Language;

const MOST_ON_AVERAGE: f64 = 6.0;
const MOST_OF_ONE: f64 = 9.0;
const LABEL: usize = 5;

static BACK_PAIN: LazyLock<Questionnaire> = LazyLock::new(|| {
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    yaml::load("back-pain.yaml", text).expect("back-pain.yaml loads").questionnaire
});

/// All that the program has inside.
static BUILT_IN: LazyLock<Vec<Questionnaire>> =
    LazyLock::new(|| builtin::ALL.iter().map(|one| one.questionnaire().expect("it is read")).collect());

#[test]
fn no_text_for_patients_is_hard_to_read() {
    for questionnaire in BUILT_IN.iter() {
        no_text_is_hard_to_read(questionnaire);
    }
}

fn no_text_is_hard_to_read(questionnaire: &Questionnaire) {
    let texts = patient_texts(questionnaire);
    assert!(texts.len() > 200, "only {} texts were found", texts.len());
    let hard: Vec<String> = texts
        .iter()
        .map(|(place, text)| (place, text, counted(text)))
        .filter(|(_, _, count)| count.words >= LABEL && count.grade() > MOST_OF_ONE)
        .map(|(place, text, count)| format!("{:5.1}  {place}: {text}", count.grade()))
        .collect();
    assert!(hard.is_empty(), "above grade {MOST_OF_ONE}:\n{}", hard.join("\n"));
}

#[test]
fn patients_read_at_grade_six_or_below() {
    for questionnaire in BUILT_IN.iter() {
        is_read_at_grade_six_or_below(questionnaire);
    }
}

fn is_read_at_grade_six_or_below(questionnaire: &Questionnaire) {
    let counts: Vec<Count> = patient_texts(questionnaire).iter().map(|(_, text)| counted(text)).collect();
    for (what, least) in [("with labels", 1), ("without labels", LABEL)] {
        let counts: Vec<&Count> = counts.iter().filter(|count| count.words >= least).collect();
        let all = counts.iter().fold(Count::default(), |sum, count| sum.and(count));
        let weighted: f64 = counts.iter().map(|count| count.grade() * count.words as f64).sum();
        let average = weighted / all.words as f64;
        println!("{what}: average grade {average:.2}, all texts as one {:.2}", all.grade());
        assert!(average <= MOST_ON_AVERAGE, "{what}, the average grade by words is {average:.2}");
        assert!(
            all.grade() <= MOST_ON_AVERAGE,
            "{what}, the grade of all texts as one is {:.2}",
            all.grade()
        );
    }
}

/// Of what the program says around the questionnaire.
#[test]
fn no_text_of_the_program_itself_is_hard_to_read() {
    const APART: [&str; 2] = [
        // To clinicians.
        "Examination and tests to consider",
        // Only long, as it names four things to type.
        "Type review to change an answer, save and a name to save this as a text file, more for what else there \
         is, or just press Enter to finish.",
    ];
    let texts = own::texts(Language::English);
    assert!(texts.len() > 200, "only {} texts were found", texts.len());
    let hard: Vec<String> = texts
        .iter()
        .filter(|(_, text)| !APART.contains(&text.as_str()))
        .map(|(place, text)| (place, text, counted(text)))
        .filter(|(_, _, count)| count.words >= LABEL && count.grade() > MOST_OF_ONE)
        .map(|(place, text, count)| format!("{:5.1}  {place}: {text}", count.grade()))
        .collect();
    assert!(hard.is_empty(), "above grade {MOST_OF_ONE}:\n{}", hard.join("\n"));
    let all = texts.iter().fold(Count::default(), |sum, (_, text)| sum.and(&counted(text)));
    println!("the program itself: grade {:.2}", all.grade());
    assert!(all.grade() <= MOST_ON_AVERAGE, "grade {:.2}", all.grade());
}

#[test]
fn nobody_is_begged_hushed_or_shouted_at() {
    let built_in = BUILT_IN.iter().flat_map(patient_texts);
    for (place, text) in built_in.chain(own::texts(Language::English)) {
        let plain = text.to_lowercase().replace('’', "'");
        for word in ["please", "don't worry", "do not worry"] {
            assert!(!plain.contains(word), "\"{word}\" in {place}: {text}");
        }
        assert!(!text.contains('!') || place.contains("emergency"), "an exclamation mark in {place}: {text}");
    }
}

#[test]
fn every_page_and_every_step_is_shown_to_somebody() {
    let mut hidden: Vec<(Audience, String, &Shown)> = Vec::new();
    let pages = BACK_PAIN.learn.iter().map(|page| (format!("learn.{}", page.id), &page.shown));
    let steps = BACK_PAIN.next_steps.iter().map(|step| (format!("next_steps.{}", step.id), &step.shown));
    for (place, shown) in pages.chain(steps) {
        hidden.push((shown.audience.unwrap_or_default(), place, shown));
    }
    for sheet in vignettes() {
        for changed in one_answer_changed(&sheet) {
            if hidden.is_empty() {
                return;
            }
            for audience in [Audience::Patient, Audience::Clinician] {
                let facts = Facts::of(&BACK_PAIN, audience, &changed);
                let level = triage::assess(&facts).level;
                hidden.retain(|(only, _, shown)| {
                    *only != audience || !triage::is_shown(&facts, shown, level, audience)
                });
            }
        }
    }
    let hidden: Vec<&str> = hidden.iter().map(|(_, place, _)| place.as_str()).collect();
    assert!(hidden.is_empty(), "no answers that were tried show {}", hidden.join(", "));
}

fn vignettes() -> Vec<Sheet> {
    let vignettes: Vec<serde_json::Value> = serde_json::from_str(include_str!("vignettes.json")).unwrap();
    let mut people: Vec<serde_json::Value> =
        vignettes.into_iter().map(|mut vignette| vignette["answers"].take()).collect();
    // Steps that no single change of a vignette leads to.
    let mut smoker = people[0].clone();
    for (question, answer) in [
        ("age", serde_json::json!(45)),
        ("sites", serde_json::json!(["low_back"])),
        ("hip_bend", serde_json::json!("no")),
        ("duration", serde_json::json!("under_2_weeks")),
        ("constant", serde_json::json!("no")),
        ("rest_relief", serde_json::json!("eases")),
        ("night_pain", serde_json::json!("none")),
        ("treatment", serde_json::json!("not_tried")),
        ("smoking", serde_json::json!("past")),
    ] {
        smoker[question] = answer;
    }
    let mut swollen = smoker.clone();
    swollen["warning_today"] = serde_json::json!(["leg_swelling"]);
    people.extend([smoker, swollen]);
    let reader = SheetReader::new(&BACK_PAIN);
    people.iter().map(|answers| reader.read(&answers.to_string()).unwrap()).collect()
}

/// The sheet itself, and with other answers to one of its questions and to what is asked because of them.
fn one_answer_changed(sheet: &Sheet) -> Vec<Sheet> {
    let mut changed = vec![sheet.clone()];
    for question in 0..BACK_PAIN.questions.len() {
        for answer in answers(question) {
            let mut other = sheet.clone();
            if other.set(&BACK_PAIN, question, answer).is_ok() {
                changed.extend(first_follow_up_answered(&other));
                changed.push(other);
            }
        }
    }
    changed
}

fn first_follow_up_answered(sheet: &Sheet) -> Vec<Sheet> {
    let facts = Facts::of(&BACK_PAIN, Audience::Patient, sheet);
    let Some(&question) = triage::assess(&facts).unanswered.first() else { return Vec::new() };
    let answered = answers(question).into_iter().filter_map(|answer| {
        let mut answered = sheet.clone();
        answered.set(&BACK_PAIN, question, answer).ok().map(|()| answered)
    });
    answered.collect()
}

/// Each option alone, and the first two, three and more together; some numbers; and not sure.
fn answers(question: QuestionIndex) -> Vec<Answer> {
    let question = &BACK_PAIN.questions[question];
    let options = 0..question.options.len();
    let one = options.clone().map(|option| Answer::Options(OptionSet::one(option)));
    let several = options.skip(1).map(|last| Answer::Options((0..=last).collect()));
    let numbers = match &question.domain {
        Domain::Number(bounds) if question.scale().is_some() => vec![bounds.min, bounds.max],
        Domain::Number(bounds) => vec![bounds.min, ((bounds.min + bounds.max) / 2.0).round(), bounds.max],
        _ => Vec::new(),
    };
    one.chain(several).chain(numbers.into_iter().map(Answer::Number)).chain([Answer::UNSURE]).collect()
}

/// Everything that is shown to a patient, with its place in the file.
fn patient_texts(questionnaire: &Questionnaire) -> Vec<(String, String)> {
    let for_patients = |audience: Option<Audience>| audience != Some(Audience::Clinician);
    let mut texts = Texts { questionnaire, found: Vec::new() };
    texts.add("title", &questionnaire.title);
    texts.add("sign_off", &questionnaire.sign_off);
    texts.add("welcome.about", &questionnaire.welcome.about);
    texts.add_all("welcome.points", &questionnaire.welcome.points);
    texts.add_all("offers", questionnaire.offers.iter().map(|offer| &offer.label));
    for contact in &questionnaire.contacts {
        texts.add(&format!("contacts.{}", contact.id), &contact.words);
    }
    for level in &questionnaire.levels {
        let place = format!("levels.{}", level.id);
        texts.add(&format!("{place}.title"), &level.title);
        texts.add(&format!("{place}.act"), &level.act);
        texts.add_all(&format!("{place}.within"), level.within.iter().map(|deadline| &deadline.say));
        texts.add_all(&format!("{place}.who"), level.who.iter().map(|contact| &contact.say));
        texts
            .add_all(&format!("{place}.check_again"), level.check_again.iter().map(|deadline| &deadline.say));
    }
    for section in questionnaire.sections.iter().filter(|section| for_patients(section.audience)) {
        texts.add(&format!("sections.{}.title", section.id), &section.title);
        for question in &questionnaire.questions[section.first..section.end] {
            texts.add(&format!("{}.ask", question.id), &question.ask);
            texts.add_all(&format!("{}.hint", question.id), &question.hint);
            texts.add_all(&format!("{}.why", question.id), &question.why);
            texts.add_all(&format!("{}.say", question.id), &question.say);
            for option in &question.options {
                let place = format!("{}.{}", question.id, option.id);
                texts.add(&format!("{place}.label"), &option.label);
                texts.add_all(&format!("{place}.hint"), &option.hint);
                texts.add_all(&format!("{place}.say"), &option.say);
            }
            let labels = question.labels().iter().map(|(_, words)| words);
            texts.add_all(&format!("{}.labels", question.id), labels);
            if let Domain::Number(bounds) = &question.domain {
                texts.add_all(&format!("{}.unit", question.id), &bounds.unit);
            }
        }
    }
    for rule in &questionnaire.rules {
        for because in rule.wordings() {
            texts.add(&format!("rules.{}.because", rule.id), because);
        }
    }
    for step in questionnaire.next_steps.iter().filter(|step| for_patients(step.shown.audience)) {
        texts.add(&format!("next_steps.{}", step.id), &step.say);
    }
    texts.add("return_list.title", &questionnaire.return_list.title);
    texts.add_all("return_list.items", questionnaire.return_list.items.iter().map(|item| &item.say));
    texts.add_all("always", &questionnaire.always);
    texts.add("say", &questionnaire.say);
    for page in questionnaire.learn.iter().filter(|page| for_patients(page.shown.audience)) {
        texts.add(&format!("learn.{}.title", page.id), &page.title);
        texts.add(&format!("learn.{}.body", page.id), &page.body);
    }
    for table in questionnaire.tables.iter().filter(|table| for_patients(table.audience)) {
        texts.add(&format!("tables.{}.title", table.id), &table.title);
        texts.add_all(&format!("tables.{}.columns", table.id), &table.columns);
        texts.add_all(&format!("tables.{}.rows", table.id), table.rows.iter().flatten());
    }
    texts.found
}

struct Texts<'q> {
    questionnaire: &'q Questionnaire,
    found: Vec<(String, String)>,
}

impl Texts<'_> {
    fn add(&mut self, place: &str, text: &Text) {
        let mut words = text.to(Audience::Patient).replace("{answer}", "5");
        for contact in &self.questionnaire.contacts {
            words = words.replace(&format!("{{{}}}", contact.id), contact.words.to(Audience::Patient));
        }
        self.found.push((place.to_owned(), words));
    }

    fn add_all<'t>(&mut self, place: &str, texts: impl IntoIterator<Item = &'t Text>) {
        for (index, text) in texts.into_iter().enumerate() {
            self.add(&format!("{place}[{index}]"), text);
        }
    }
}

fn counted(text: &str) -> Count {
    Count::of(text, words, syllables)
}

impl Count {
    fn grade(&self) -> f64 {
        let [sentences, words, syllables] = self.numbers();
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

fn words(sentence: &str) -> Vec<String> {
    // A point or comma between digits belongs to the number.
    let mut words = vec![String::new()];
    let letters: Vec<char> = sentence.replace('’', "'").chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_ascii_digit());
        let in_number = matches!(c, '.' | ',') && digit(at.checked_sub(1)) && digit(Some(at + 1));
        match words.last_mut() {
            Some(word) if c.is_alphanumeric() || c == '\'' || in_number => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| word.chars().any(char::is_alphanumeric));
    words
}

/// The syllables of one word.
///
/// - A number of one digit has one syllable, a longer one two.
/// - Two or more capitals are spelt out: MRI has three.
/// - Otherwise the groups of vowels (a, e, i, o, u, y), without an `e`, `es` or `ed` at the end that is not
///   spoken, and one more where two vowels are spoken apart, as in "diary".
/// - [`EXCEPTIONS`] holds the words that this gets wrong.
fn syllables(word: &str) -> usize {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        return digits.min(2);
    }
    let word = word.trim_matches('\'').trim_end_matches("'s");
    if word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()) {
        return word.len();
    }
    let word = word.to_lowercase().replace('\'', "");
    if let Some(&known) = EXCEPTIONS.get(word.as_str()) {
        return known;
    }
    let letters: Vec<char> = word.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let from_end = |n: usize| letters.len().checked_sub(n).map_or(' ', |at| letters[at]);
    let mut count = 0;
    for (at, &c) in letters.iter().enumerate() {
        count += usize::from(vowel(c) && (at == 0 || !vowel(letters[at - 1])));
    }
    let silent_e = from_end(1) == 'e' && !vowel(from_end(2)) && (from_end(2) != 'l' || vowel(from_end(3)));
    let silent_ed = word.ends_with("ed") && !vowel(from_end(3)) && !"td".contains(from_end(3));
    let hissing = "sxzcg".contains(from_end(3)) || word.ends_with("ches") || word.ends_with("shes");
    let silent_es =
        word.ends_with("es") && !vowel(from_end(3)) && !hissing && (from_end(3) != 'l' || vowel(from_end(4)));
    if count > 1 && (silent_e || silent_ed || silent_es) {
        count -= 1;
    }
    for (at, pair) in letters.windows(2).enumerate() {
        let before = at.checked_sub(1).map_or(' ', |at| letters[at]);
        let apart = match pair {
            ['i', 'a' | 'o' | 'u'] => !"tcsgxl".contains(before),
            ['e', 'o'] => before != 'g' && before != 'p',
            ['u', 'a' | 'o'] => !"gq".contains(before),
            _ => false,
        };
        count += usize::from(apart);
    }
    count.max(1)
}

static EXCEPTIONS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let by_count: [(usize, &str); 7] = [
        (1, "hours hour ours used real whole toes squeezed caused else aches lines homes"),
        (
            2,
            "being people science every evening someone something sometimes somewhere clearly likely lately \
             rarely poorly doing going having moving trying lying dying tired therefore closely prostate psoas \
             pelvis carer lifetime useful hopeful careful safely safety",
        ),
        (
            3,
            "idea area calcium anyone everyone whatever medicine medicines severely entirely genital genitals \
             ovaries diary serious cirrhosis drowsier loneliness medical period periods",
        ),
        (
            4,
            "diabetes biologics myeloma leukaemia aneurysm ibuprofen melanoma everything dialysis psoriasis \
             denosumab zoledronic metastases",
        ),
        (5, "haemoglobin chemotherapy bisphosphonates"),
        (6, "radiotherapy osteoporosis polymyalgia"),
        (7, "spondyloarthritis"),
    ];
    let words =
        by_count.into_iter().flat_map(|(n, words)| words.split_whitespace().map(move |word| (word, n)));
    words.collect()
});

#[test]
fn syllables_are_counted_as_they_are_spoken() {
    let spoken = [
        (1, "back pain bone walked helps legs the bones eased cough months 6"),
        (2, "wanted table little cancer bowel water changes 14 numbness doctor"),
        (3, "diary radio MRI Saturday hospital"),
        (4, "emergency information"),
        (6, "osteoporosis"),
    ];
    for (count, words) in spoken {
        for word in words.split_whitespace() {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}

#[test]
fn the_formula_gives_the_published_example() {
    // Six words in one sentence, each of one syllable: 0.39 * 6 + 11.8 - 15.59.
    assert!((counted("The cat sat on the mat.").grade() - -1.45).abs() < 1e-9);
    assert_eq!(counted("One.\n\nTwo:\n- three four\n- five, 38.5 six").sentences, 4);
}
