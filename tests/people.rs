//! The people of the vignettes do the whole check by keys at three paces and by the mouse alone, in both languages, as
//! patients and as nurses: what is recorded is what they meant, and the result is that of what they meant.

mod support;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use std::time::Duration;

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Facts, Sheet, Truth, number_text, units};
use redflag::interview::Stage;
use redflag::interview::rows::{Row, keys, rows};
use redflag::questionnaire::{Audience, Domain, QuestionIndex, Questionnaire};
use redflag::triage;
use redflag::tui::draw::Tap;
use redflag::tui::keys::{Action, Mode};
use redflag::words::Language;
use serde_json::Value;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, USUAL, heavier, in_a_row};

/// The people of the vignettes by the level that is right for them.
static PEOPLE: LazyLock<BTreeMap<String, Vec<(String, Sheet)>>> = LazyLock::new(|| {
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let reader = SheetReader::new(&BACK_PAIN);
    let mut people: BTreeMap<String, Vec<(String, Sheet)>> = BTreeMap::new();
    for case in &vignettes {
        let [id, level] = ["id", "expected"].map(|key| case[key].as_str().expect("a text").to_owned());
        let sheet = reader.read(&case["answers"].to_string()).expect("a sheet");
        people.entry(level).or_default().push((id, sheet));
    }
    people
});

/// How somebody answers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hand {
    /// A key after the other, each so many milliseconds after the one before.
    Keys(u64),
    /// All keys of an answer in one burst, Enter too, so many milliseconds after the question came.
    Burst(u64),
    /// Clicks alone.
    Mouse,
}

/// Somebody at the program, and what is said if something goes wrong.
struct Player<'q> {
    person: Person<'q>,
    hand: Hand,
    case: String,
    /// What was answered so far.
    meant: Sheet,
}

impl fmt::Display for Player<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}, by {:?}:\n{}", self.case, self.hand, self.person.screen())
    }
}

impl<'q> Player<'q> {
    fn new(case: &str, questionnaire: &'q Questionnaire, audience: Audience, hand: Hand) -> Player<'q> {
        let mut person = Person::new(questionnaire, audience, USUAL);
        person.app.mouse = hand == Hand::Mouse;
        person.draw();
        Player { person, hand, case: case.to_owned(), meant: Sheet::new(questionnaire) }
    }

    /// Keys in a row, as fast as this hand is.
    fn keys(&mut self, keys: &[String]) {
        if let Hand::Burst(pause) = self.hand {
            self.person.wait(Duration::from_millis(pause));
        }
        for key in keys {
            if let Hand::Keys(apart) = self.hand {
                self.person.wait(Duration::from_millis(apart));
            }
            self.person.key(key);
            assert!(!self.person.sees("Too fast"), "{key} is lost: {self}");
        }
        // A key waits until it is clear that it was pressed twice and not held down.
        if let Some(at) = self.person.app.wakes_at() {
            self.person.wait(at - self.person.now);
        }
    }

    #[track_caller]
    fn click(&mut self, tap: &Tap) {
        // Whoever reads the page first clicks no sooner.
        self.person.wait(Duration::from_millis(1100));
        let Some((column, row)) = self.person.place_of(tap) else { panic!("no {tap:?}: {self}") };
        for kind in [MouseEventKind::Down(MouseButton::Left), MouseEventKind::Up(MouseButton::Left)] {
            let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
            self.person.event(&Event::Mouse(event));
        }
    }

    /// Presses a key, or clicks what does the same.
    #[track_caller]
    fn press(&mut self, key: &str, action: Action) {
        match self.hand {
            Hand::Mouse => self.click(&Tap::Press(action)),
            _ => self.keys(&[key.to_owned()]),
        }
    }

    /// Answers the question on the screen, and goes on.
    fn answer(&mut self, index: QuestionIndex, answer: Option<&Answer>) {
        let (_, question) = self.person.app.question().expect("a question");
        let mut typed: Vec<String> = Vec::new();
        let mut clicked: Vec<Tap> = Vec::new();
        let digits = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        match answer {
            None => {}
            Some(Answer::Number(number)) if question.scale().is_some() => {
                let (min, _) = question.scale().expect("a scale");
                typed = digits(&number_text(*number));
                clicked.push(Tap::Row((*number - f64::from(min)) as usize));
            }
            Some(Answer::Number(number)) => {
                let mut text = number_text(*number);
                if let Domain::Number(bounds) = &question.domain
                    && let Some(unit) = units(bounds).first()
                {
                    text = format!("{text} {unit}");
                }
                typed = digits(&text)
                    .into_iter()
                    .map(|c| if c == " " { "Space".to_owned() } else { c })
                    .collect();
                clicked = digits(&text).into_iter().map(|c| Tap::Press(Action::Type(c))).collect();
            }
            Some(Answer::Text(_)) => panic!("nobody of these writes: {self}"),
            Some(choice) => {
                let words = &Language::around(&self.person.app.questionnaire().language).words().answers;
                let is_grid = matches!(self.person.app.mode(), Mode::Grid | Mode::LetteredGrid);
                for (place, (row, key)) in rows(&question).into_iter().zip(keys(&question, words)).enumerate()
                {
                    let wanted = match row {
                        Row::Option(option) => choice.ticked().contains(option),
                        Row::Unsure => choice.is_unsure(),
                    };
                    if wanted {
                        typed.push(key.to_string());
                        clicked.push(if is_grid { Tap::Cell(index, place) } else { Tap::Row(place) });
                    }
                }
            }
        }
        if self.hand != Hand::Mouse {
            typed.push("Enter".to_owned());
            return self.keys(&typed);
        }
        for tap in &clicked {
            // Further down a long list, or up again.
            for way in [Action::TurnOn, Action::TurnBack].map(Tap::Press) {
                let mut screen = String::new();
                while self.person.place_of(tap).is_none() && self.person.place_of(&way).is_some() {
                    self.click(&way);
                    assert_ne!(self.person.screen(), screen, "{way:?} turns on and on");
                    screen = self.person.screen();
                }
            }
            self.click(tap);
        }
        // A click on the last cell of a row goes to the next row by itself.
        let is_here = self.person.app.question().is_some_and(|(at, _)| at == index);
        if is_here && *self.stage() == Stage::Asking(index) {
            self.click(&Tap::Press(Action::Next));
        }
    }

    fn stage(&self) -> &Stage {
        self.person.app.interview.stage()
    }

    /// The whole check, up to the result.
    fn play(&mut self, sheet: &Sheet) {
        self.press("Enter", Action::Next);
        for _ in 0..200 {
            match self.stage() {
                Stage::Summary => return,
                Stage::Asking(_) => {
                    let (index, _) = self.person.app.question().expect("a question");
                    // The vignettes are of patients: what only a clinician is asked, nobody knows.
                    let question = &self.person.app.questionnaire().questions[index];
                    let unknown = (!question.optional && question.takes_answer())
                        .then(|| if question.unsure { Answer::UNSURE } else { Answer::option(0) });
                    let answer = sheet.get(index).cloned().or(unknown);
                    if let Some(answer) = &answer {
                        let questionnaire = self.person.app.questionnaire();
                        self.meant.set(questionnaire, index, answer.clone()).expect("an answer that fits");
                    }
                    self.answer(index, answer.as_ref());
                }
                Stage::Alert { .. } => self.press("c", Action::GoOn),
                Stage::OfferSettling => self.press("n", Action::Decline),
                stage => panic!("{stage:?}: {self}"),
            }
        }
        panic!("it does not end: {self}");
    }
}

/// One person, by this hand; what is recorded, and the result, are those of the sheet in their head.
fn hold(case: &str, sheet: &Sheet, questionnaire: &Questionnaire, audience: Audience, hand: Hand) {
    let mut player = Player::new(case, questionnaire, audience, hand);
    player.play(sheet);
    let recorded = player.person.app.interview.sheet();
    assert_eq!(*recorded, player.meant, "{player}");
    let meant = Facts::of(questionnaire, audience, &player.meant);
    let is_asked =
        |question: &QuestionIndex| meant.live(*question) == Truth::True && sheet.get(*question).is_some();
    for question in (0..questionnaire.questions.len()).filter(is_asked) {
        assert_eq!(recorded.get(question), sheet.get(question), "{player}");
    }
    let expected = triage::assess(&meant);
    let result = player.person.app.interview.assessment();
    assert_eq!(
        (result.level, result.complete, &result.rules),
        (expected.level, expected.complete, &expected.rules)
    );
    let title = questionnaire.levels[expected.level].title.to(audience).to_uppercase();
    assert!(in_a_row(&player.person.screen()).contains(&in_a_row(&title)), "{title}: {player}");
}

const HANDS: [Hand; 4] = [Hand::Keys(400), Hand::Keys(160), Hand::Burst(160), Hand::Mouse];

/// Each hand, for both audiences, plays people of its own, of every level.
fn play_people(questionnaire: &Questionnaire) {
    let of_each_level = heavier("REDFLAG_PEOPLE", 1) as usize;
    assert_eq!(PEOPLE.len(), questionnaire.levels.len());
    let mut turn = 0;
    for hand in HANDS {
        for (audience, name) in [(Audience::Patient, "a patient"), (Audience::Clinician, "a nurse")] {
            for people in PEOPLE.values() {
                let number = of_each_level.min(people.len());
                for (id, sheet) in people.iter().cycle().skip(turn * number).take(number) {
                    let case = format!("{id} for {name} in {:?}", questionnaire.language);
                    hold(&case, sheet, questionnaire, audience, hand);
                }
            }
            turn += 1;
        }
    }
}

#[test]
fn what_is_recorded_is_what_was_meant_by_every_hand() {
    play_people(&BACK_PAIN);
}

#[test]
fn in_spanish_too_what_is_recorded_is_what_was_meant() {
    play_people(&DOLOR_DE_ESPALDA);
}
