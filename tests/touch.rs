//! The look for fingers: what can be tapped is large enough and apart, the buttons stay where they are, and a whole
//! check needs nothing but taps.

#[path = "dice/mod.rs"]
mod dice;
mod support;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use dice::Dice;
use ratatui::layout::Rect;
use redflag::interview::Stage;
use redflag::library::builtin;
use redflag::questionnaire::{Audience, Languages, Questionnaire, yaml};
use redflag::tui::app::{Effect, Overlay, Tab};
use redflag::tui::draw::Tap;
use redflag::tui::keys::{Action, Mode};
use redflag::tui::policy::Policy;
use support::{
    BACK_PAIN, DOLOR_DE_ESPALDA, LANGUAGES, Person, SMALL, SMALL_IN_BOTH, USUAL, small_in_spanish,
};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (78, 22)];

fn loaded(name: &str, text: &[u8]) -> &'static Questionnaire {
    let loaded = yaml::load(name, text).unwrap_or_else(|_| panic!("{name} has mistakes"));
    Box::leak(Box::new(loaded.questionnaire))
}

static SPINE_ALERT: std::sync::LazyLock<Languages> = std::sync::LazyLock::new(|| {
    let builtin = builtin::find("spine-alert").expect("built in");
    Languages::of(builtin.questionnaire().expect("it loads"), builtin.translations().expect("they load"))
});

/// Each questionnaire in each of its languages, and what it can be switched to.
fn questionnaires() -> Vec<(&'static str, &'static Questionnaire, Option<&'static Languages>)> {
    let spine_alert = |tag| SPINE_ALERT.find(tag).and_then(Result::ok).expect("its texts");
    vec![
        ("back-pain", &*BACK_PAIN, Some(&*LANGUAGES)),
        ("back-pain in Spanish", &*DOLOR_DE_ESPALDA, Some(&*LANGUAGES)),
        ("small", &*SMALL, Some(&*SMALL_IN_BOTH)),
        ("small in Spanish", small_in_spanish(), Some(&*SMALL_IN_BOTH)),
        ("spine-alert", spine_alert("en"), Some(&*SPINE_ALERT)),
        ("spine-alert in Spanish", spine_alert("es"), Some(&*SPINE_ALERT)),
        ("unsure", loaded("unsure.yaml", include_bytes!("fixtures/unsure.yaml")), None),
        ("every key", loaded("every-key.yaml", include_bytes!("fixtures/every-key.yaml")), None),
        ("example", loaded("example.yaml", include_bytes!("../docs/author/example.yaml")), None),
    ]
}

fn person(
    questionnaire: &'static Questionnaire,
    languages: Option<&'static Languages>,
    size: (u16, u16),
) -> Person<'static> {
    let mut person = Person::new(questionnaire, Audience::Patient, size);
    if let Some(languages) = languages {
        person = person.offered(languages);
    }
    person.with_fingers()
}

fn press(action: Action) -> Tap {
    Tap::Press(action)
}

fn has(person: &Person, action: Action) -> bool {
    person.place_of(&press(action)).is_some()
}

/// What goes on from here, whatever it is called now.
#[track_caller]
fn go_on(person: &mut Person) -> Effect {
    let ways = [Action::More, Action::Next, Action::NextPage, Action::GoOn, Action::Close];
    let way = ways.into_iter().find(|way| has(person, way.clone()));
    let way = way.unwrap_or_else(|| panic!("no way on:\n{}", person.screen()));
    person.finger(&press(way))
}

/// Taps once at random what a person could tap at this point, such that the check ends some time.
fn wander(person: &mut Person, dice: &mut Dice) {
    let cards: Vec<Tap> = person
        .drawn
        .taps
        .iter()
        .map(|(_, tap)| tap.clone())
        .filter(|tap| matches!(tap, Tap::Row(_)))
        .collect();
    match person.app.mode() {
        Mode::Reading => drop(person.finger(&press([Action::Back, Action::Close][dice.below(2)].clone()))),
        Mode::Welcome | Mode::Note => drop(person.finger(&press(Action::Next))),
        Mode::OneOf | Mode::ManyOf | Mode::BodyMap | Mode::Scale => {
            if dice.one_in(6) && has(person, Action::Unsure) {
                person.finger(&press(Action::Unsure));
            } else if !cards.is_empty() && (dice.one_in(2) || person.app.draft.ticked.is_empty()) {
                person.finger(&cards[dice.below(cards.len())].clone());
            }
            go_on(person);
        }
        Mode::Number => {
            let (_, question) = person.app.question().expect("a number");
            let (min, max) = question.limits().expect("limits");
            let number = (min + (max - min) * dice.below(100) as f64 / 100.0).round().clamp(min.ceil(), max);
            for digit in format!("{number}").chars() {
                person.finger(&press(Action::Type(digit.to_string())));
            }
            go_on(person);
        }
        Mode::Alert => drop(person.finger(&press(Action::GoOn))),
        Mode::Offer => drop(person.finger(&press([Action::Next, Action::Decline][dice.below(2)].clone()))),
        Mode::Confirm | Mode::Leave => drop(person.finger(&Tap::Row(dice.below(2)))),
        Mode::Review => drop(person.finger(&press(Action::GoOn))),
        Mode::Save => drop(person.finger(&press(Action::Back))),
        Mode::Summary | Mode::Phone | Mode::SummaryList => drop(go_on(person)),
        mode => panic!("{mode:?} for fingers:\n{}", person.screen()),
    }
}

/// Some of the things that can be tapped on the way and change nothing.
fn look_around(person: &mut Person, dice: &mut Dice) {
    for action in [
        Action::Why,
        Action::TurnOn,
        Action::PageDown,
        Action::Large,
        Action::Language,
        Action::Quit,
        Action::Stop,
        Action::TakeAlong,
    ] {
        if dice.one_in(8) && has(person, action.clone()) && !person.app.welcome {
            let is_quit = matches!(action, Action::Quit | Action::Stop | Action::TakeAlong);
            person.finger(&press(action));
            hold_the_law(person);
            if is_quit {
                person.finger(&press(Action::Back));
                hold_the_law(person);
            }
        }
    }
}

/// The cells of a drawn figure are more ways to tap what has a card too.
fn is_of_figure(person: &Person, area: Rect) -> bool {
    person.drawn.figure && (area.width, area.height) == (1, 1)
}

#[track_caller]
fn hold_the_law(person: &Person) {
    let screen = || format!("\n{}", person.screen());
    assert!(person.drawn.touch, "no look for fingers:{}", screen());
    let taps: Vec<_> =
        person.drawn.taps.iter().filter(|(area, _)| !is_of_figure(person, *area)).cloned().collect();
    assert!(!taps.is_empty(), "nothing to tap:{}", screen());
    let lines: Vec<String> = person.screen().lines().map(str::to_owned).collect();
    for (at, (area, tap)) in taps.iter().enumerate() {
        assert!(area.width >= 8 && area.height >= 3, "{tap:?} has {area}{}", screen());
        assert!(usize::from(area.bottom()) <= lines.len(), "{tap:?} at {area} is not on{}", screen());
        for (other, with) in &taps[at + 1..] {
            let apart = |a: (u16, u16), b: (u16, u16)| a.1 < b.0 || b.1 < a.0;
            let rows = apart((area.top(), area.bottom()), (other.top(), other.bottom()));
            let columns = apart((area.left(), area.right()), (other.left(), other.right()));
            assert!(rows || columns, "{tap:?} at {area} touches {with:?} at {other}{}", screen());
        }
    }
}

/// The buttons that are everywhere.
fn fixed(tap: &Tap) -> Option<&'static str> {
    let Tap::Press(action) = tap else { return None };
    Some(match action {
        Action::More | Action::NextPage | Action::Close => "next",
        Action::Back | Action::PreviousPage => "back",
        Action::Why => "why",
        Action::Unsure => "unsure",
        Action::Language => "language",
        Action::Large => "large",
        Action::CallStaff => "staff",
        _ => return None,
    })
}

#[test]
fn on_every_page_what_can_be_tapped_is_large_and_apart_and_the_buttons_stay() {
    for (name, questionnaire, languages) in questionnaires() {
        for size in SIZES {
            let mut seen = BTreeSet::new();
            let mut places: HashMap<&str, Rect> = HashMap::new();
            for seed in 0..2 {
                let mut dice = Dice::new(seed);
                let mut person = person(questionnaire, languages, size);
                let is_kiosk = seed % 2 == 0;
                if is_kiosk {
                    person.app.policy = Policy::KIOSK;
                    person.resize(size);
                }
                for taps in 0.. {
                    hold_the_law(&person);
                    for (area, tap) in &person.drawn.taps {
                        let Some(button) = fixed(tap) else { continue };
                        let place = *places.entry(button).or_insert(*area);
                        assert_eq!(place, *area, "{name}: {button} moves\n{}", person.screen());
                    }
                    let calls = has(&person, Action::CallStaff);
                    assert!(calls == is_kiosk && has(&person, Action::Large), "{name}:\n{}", person.screen());
                    seen.insert(person.question().to_owned());
                    if *person.app.interview.stage() == Stage::Summary
                        && !person.app.welcome
                        && person.app.tab == Tab::Learn
                    {
                        break;
                    }
                    look_around(&mut person, &mut dice);
                    wander(&mut person, &mut dice);
                    assert!(taps < 900, "{name} does not end:\n{}", person.screen());
                }
            }
            assert!(seen.len() * 2 > questionnaire.questions.len(), "{name}: {} questions", seen.len());
        }
    }
}

/// What the answers on the sheet are, by what was tapped.
type Tapped = Vec<(String, Vec<Tap>)>;

/// A calm check by taps alone, up to the summary; and what was tapped for each question.
fn whole_check(person: &mut Person) -> Tapped {
    let mut tapped: Tapped = Vec::new();
    person.finger(&press(Action::Next));
    let mut taps = 0;
    while *person.app.interview.stage() != Stage::Summary {
        taps += 1;
        assert!(taps < 400, "it does not end:\n{}", person.screen());
        let question = person.question().to_owned();
        let mut chosen = Vec::new();
        match person.app.mode() {
            Mode::OneOf => chosen.push(Tap::Row(0)),
            Mode::ManyOf | Mode::BodyMap => {
                let (_, asked) = person.app.question().expect("a question");
                let none = redflag::interview::rows::rows(&asked).len() - 1 - usize::from(asked.unsure);
                let wanted = if asked.exclusive().is_empty() { 0 } else { none };
                while person.place_of(&Tap::Row(wanted)).is_none() {
                    person.finger(&press(Action::TurnOn));
                }
                chosen.push(Tap::Row(wanted));
            }
            Mode::Scale => chosen.push(Tap::Row(3)),
            Mode::Number => {
                let optional = person.app.question().is_some_and(|(_, question)| question.optional);
                if !optional {
                    chosen.extend(["4", "0"].map(|digit| press(Action::Type(digit.to_owned()))));
                }
            }
            Mode::Note => {}
            Mode::Offer => {
                person.finger(&press(Action::Decline));
                continue;
            }
            mode => panic!("{mode:?} in a calm check:\n{}", person.screen()),
        }
        for tap in &chosen {
            person.finger(tap);
        }
        tapped.push((question.clone(), chosen));
        while person.question() == question && *person.app.interview.stage() != Stage::Summary {
            go_on(person);
        }
    }
    tapped
}

#[test]
fn a_whole_check_needs_nothing_but_taps_and_what_is_recorded_is_what_was_tapped() {
    use redflag::answers::Answer;
    for size in SIZES {
        for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
            let mut person = person(questionnaire, Some(&*LANGUAGES), size);
            let tapped = whole_check(&mut person);
            assert!(person.app.interview.is_finished());
            for (id, taps) in &tapped {
                let index = questionnaire.question_index(id).expect("a question");
                let question = &questionnaire.questions[index];
                let rows = redflag::interview::rows::rows(question);
                let said = match (&taps[..], question.scale()) {
                    ([], _) => None,
                    ([Tap::Row(row)], Some((min, _))) => Some(Answer::Number(f64::from(min + *row as i32))),
                    ([Tap::Row(row)], None) => match rows[*row] {
                        redflag::interview::rows::Row::Option(option) => Some(Answer::option(option)),
                        redflag::interview::rows::Row::Unsure => Some(Answer::UNSURE),
                    },
                    _ => Some(Answer::Number(40.0)),
                };
                assert_eq!(person.app.interview.sheet().get(index), said.as_ref(), "{id} at {size:?}");
            }
            let notes = questionnaire.question_index("notes").expect("a question");
            assert_eq!(person.app.interview.sheet().get(notes), None, "free words are left out");
            assert!(tapped.iter().all(|(id, _)| id != "notes"));
        }
    }
}

#[test]
fn back_passes_over_what_was_left_out() {
    let questionnaire = support::asking(
        "{ id: first, type: yes_no, ask: First? }
         { id: words, type: text, ask: In your words?, optional: true }
         { id: last, type: yes_no, ask: Last? }",
    );
    let questionnaire: &'static Questionnaire = Box::leak(Box::new(questionnaire));
    let mut person = person(questionnaire, None, USUAL);
    person.finger(&press(Action::Next));
    person.finger(&Tap::Row(0));
    person.finger(&press(Action::Next));
    assert_eq!(person.question(), "last");
    person.finger(&press(Action::Back));
    assert_eq!(person.question(), "first");
    person.finger(&press(Action::Back));
    assert_eq!(person.question(), "first");
    person.must_see("This is the first question.");
}

#[test]
fn two_taps_in_a_row_never_answer_two_questions() {
    let mut tried = 0;
    for pace in [0, 10, 60, 149, 151, 200, 300, 399, 450, 600, 699] {
        let mut person = Person::new(&SMALL, Audience::Patient, USUAL).with_fingers();
        whole_check(&mut person);
        {
            let person = &mut person;
            // To the first question again.
            person.finger(&press(Action::Back));
            person.finger(&press(Action::GoOn));
            person.app.interview.back();
            let mut checked = 0;
            while has(person, Action::Back) && person.app.question().is_some() && checked < 10 {
                person.finger(&press(Action::Back));
                checked += 1;
            }
            for _ in 0..10 {
                if person.app.question().is_none() || !has(person, Action::Next) {
                    break;
                }
                tried += 1;
                let before = person.app.interview.stage().clone();
                let place = person.place_of(&press(Action::Next)).expect("a button");
                person.wait(Duration::from_millis(1300));
                person.finger_at(place);
                let once = person.app.interview.stage().clone();
                person.wait(Duration::from_millis(pace));
                // No finger hits the same cell twice.
                person.finger_at((place.0 + 1, place.1 - 1));
                assert_eq!(*person.app.interview.stage(), once, "{pace} ms after {before:?}");
                assert!(person.sees("Too fast"), "{pace} ms\n{}", person.screen());
                person.wait(Duration::from_millis(2500));
            }
        }
    }
    assert!(tried > 40, "only {tried} questions were tapped past");
}

/// Where a person is, and what is chosen or typed so far.
fn state(person: &Person) -> (String, Stage, redflag::answers::Sheet) {
    let (stage, sheet) = person.state();
    (person.question().to_owned(), stage, sheet)
}

#[test]
fn at_every_pace_taps_do_what_they_do_slowly_or_it_is_said_that_they_did_not() {
    let mut slow = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    whole_check(&mut slow);
    let end = state(&slow);
    let strokes = slow.strokes.clone();
    let mut lost_at = BTreeSet::new();
    for pace in [0, 20, 60, 100, 149, 170, 250, 390, 420, 650, 720, 900, 1100] {
        let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
        let mut lost = None;
        for stroke in &strokes {
            let is_down =
                matches!(stroke.event, Event::Mouse(mouse) if matches!(mouse.kind, MouseEventKind::Down(_)));
            person.wait(Duration::from_millis(if is_down { pace } else { 0 }));
            person.event(&stroke.event);
            match &lost {
                None if person.sees("Too fast") => {
                    assert_eq!(person.state(), stroke.before, "{pace} ms");
                    lost = Some(state(&person));
                }
                None => {}
                Some(before) => {
                    assert_eq!(*before, state(&person), "{pace} ms: taken after a lost one");
                    person.must_see("Too fast");
                }
            }
        }
        if lost.is_some() {
            lost_at.insert(pace);
        } else {
            assert_eq!(state(&person), end, "{pace} ms");
        }
    }
    assert!(lost_at.contains(&0) && lost_at.contains(&149), "{lost_at:?}");
    assert!(!lost_at.contains(&900) && !lost_at.contains(&1100), "{lost_at:?}");
}

#[test]
fn a_press_shows_and_sliding_off_takes_it_back() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    person.look.theme = redflag::tui::theme::Look::Dark.theme();
    person.finger(&press(Action::Next));
    let (card, other) = (person.place_of(&Tap::Row(0)).unwrap(), person.place_of(&Tap::Row(1)).unwrap());
    let mut mouse = |kind, (column, row)| {
        person.wait(Duration::from_millis(700));
        person.event(&Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        (person.cell((card.0, card.1)).bg, person.app.draft.ticked.len())
    };
    let (down, drag, up) = (
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
    );
    let (plain, _) = mouse(drag, card);
    let (pressed, ticked) = mouse(down, card);
    assert!(pressed != plain && ticked == 0, "it shows, and does nothing yet");
    assert_eq!(mouse(drag, (card.0 + 2, card.1)), (pressed, 0));
    assert_eq!(mouse(drag, other), (plain, 0), "off it");
    assert_eq!(mouse(drag, card), (pressed, 0), "on it again");
    mouse(drag, other);
    assert_eq!(mouse(up, other), (plain, 0), "taken back");
    mouse(down, card);
    assert_eq!(mouse(up, (card.0 + 3, card.1)), (plain, 1));
    assert_eq!(mouse(up, card), (plain, 1), "nothing came down");
}

#[test]
fn what_came_down_on_one_screen_does_nothing_on_the_next() {
    let mut person = person(&SMALL, Some(&*SMALL_IN_BOTH), USUAL);
    let (column, row) = person.place_of(&press(Action::Next)).unwrap();
    let event = |kind| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    person.wait(Duration::from_secs(2));
    person.event(&event(MouseEventKind::Down(MouseButton::Left)));
    person.press("Enter");
    assert_eq!(person.question(), "hello");
    person.wait(Duration::from_secs(3));
    person.event(&event(MouseEventKind::Up(MouseButton::Left)));
    assert_eq!(person.question(), "hello");
}

#[test]
fn a_double_tap_ticks_once_and_digits_may_follow_quickly() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    person.finger(&press(Action::Next));
    let place = person.place_of(&Tap::Row(0)).unwrap();
    person.wait(Duration::from_secs(2));
    person.finger_at(place);
    person.wait(Duration::from_millis(180));
    person.finger_at(place);
    assert_eq!(person.app.draft.ticked.len(), 1);
    person.must_see("Too fast");
    let mut person = support::Person::patient(USUAL).with_fingers();
    person.finger(&press(Action::Next));
    while person.app.mode() != Mode::Number {
        let (_, asked) = person.app.question().expect("a question");
        let none = redflag::interview::rows::rows(&asked).len() - 1 - usize::from(asked.unsure);
        while person.place_of(&Tap::Row(none)).is_none() {
            person.finger(&press(Action::TurnOn));
        }
        person.finger(&Tap::Row(none));
        person.finger(&press(Action::Next));
    }
    let place = person.place_of(&press(Action::Type("4".to_owned()))).unwrap();
    for _ in 0..2 {
        person.wait(Duration::from_millis(200));
        person.finger_at(place);
    }
    assert_eq!(person.app.draft.field.text(), "44");
    person.finger(&press(Action::Backspace));
    assert_eq!(person.app.draft.field.text(), "4");
}

#[test]
fn answers_on_further_pages_are_seen_before_several_are_taken() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    person.finger(&press(Action::Next));
    person.finger(&Tap::Row(0));
    let mut pages = 1;
    while has(&person, Action::More) {
        person.finger(&press(Action::More));
        assert_eq!(person.question(), "emergency_now");
        pages += 1;
    }
    assert!(pages > 1);
    person.finger(&press(Action::Next));
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
}

#[test]
fn every_page_that_opens_can_be_closed_by_a_finger() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    person.finger(&press(Action::Next));
    for close in [Action::Back, Action::Close] {
        person.finger(&press(Action::Why));
        assert!(matches!(person.app.overlay, Some(Overlay::Why { .. })));
        person.finger(&press(close));
        assert_eq!(person.app.overlay, None);
    }
    person.press("?");
    person.finger(&press(Action::Close));
    for key in ["q", "ctrl-c"] {
        person.press(key);
        assert!(matches!(person.app.overlay, Some(Overlay::Leave { .. })));
        person.finger(&Tap::Row(0));
        assert_eq!(person.app.overlay, None);
    }
    person.finger(&press(Action::Quit));
    person.finger(&Tap::Row(1));
    assert_eq!(*person.app.interview.stage(), Stage::Summary);
    person.press("s");
    assert!(matches!(person.app.overlay, Some(Overlay::Save(_))));
    person.finger(&Tap::Row(1));
    person.finger(&Tap::Row(2));
    let effect = person.finger(&press(Action::Next));
    assert!(matches!(&effect, Effect::Save { path, .. } if path.ends_with(".md")), "{effect:?}");
    person.finger(&press(Action::Back));
    assert_eq!(person.app.overlay, None);
    person.finger(&press(Action::Quit));
    let effect = person.finger(&Tap::Row(2));
    assert!(matches!(effect, Effect::Leave(_)));
}

#[test]
fn the_alert_is_not_closed_by_the_finger_that_raised_it() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), USUAL);
    person.finger(&press(Action::Next));
    person.finger(&Tap::Row(0));
    while has(&person, Action::More) {
        person.finger(&press(Action::More));
    }
    let next = person.place_of(&press(Action::Next)).unwrap();
    person.wait(Duration::from_secs(2));
    person.finger_at(next);
    for _ in 0..20 {
        assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
        person.wait(Duration::from_millis(150));
        person.finger_at(next);
    }
    person.wait(Duration::from_secs(3));
    person.finger_at(next);
    assert!(matches!(person.app.interview.stage(), Stage::Alert { .. }));
    person.finger(&press(Action::Understood));
    assert_eq!(*person.app.interview.stage(), Stage::Summary);
}

#[test]
fn a_window_too_small_for_fingers_says_so_and_keys_and_clicks_work() {
    let mut person = person(&BACK_PAIN, Some(&*LANGUAGES), (40, 12));
    assert!(!person.drawn.touch);
    person.must_see("Touch needs a window of 78 by 22; this one is 40 by 12.");
    person.press("Enter");
    person.press("n Enter");
    assert_eq!(person.question(), "saddle_signs");
    person.resize((80, 24));
    hold_the_law(&person);
}

#[test]
fn keys_do_all_that_they_do_in_the_usual_look() {
    let [mut usual, mut touch] = [Person::patient(USUAL), Person::patient(USUAL).with_fingers()];
    for person in [&mut usual, &mut touch] {
        person.reach_summary(&[("notes", "Enter")]);
    }
    assert_eq!(usual.app.interview.sheet(), touch.app.interview.sheet());
    // The focus stays in view when it moves on to a further page.
    let mut touch = Person::patient(USUAL).with_fingers();
    touch.press("Enter");
    for _ in 0..20 {
        touch.press("Down");
        let focus = touch.app.draft.focus.expect("one");
        assert!(
            touch.place_of(&Tap::Row(focus)).is_some() || focus == rows_shown(&touch),
            "{}",
            touch.screen()
        );
    }
}

/// The row of "not sure", which is a button.
fn rows_shown(person: &Person) -> usize {
    person.app.question().map_or(0, |(_, question)| redflag::interview::rows::rows(&question).len() - 1)
}

#[test]
fn staff_can_be_called_only_where_there_is_staff() {
    let mut person = Person::patient(USUAL).with_fingers();
    assert!(!has(&person, Action::CallStaff));
    person.app.policy = Policy::KIOSK;
    person.resize((81, 24));
    assert_eq!(person.finger(&press(Action::CallStaff)), Effect::CallStaff);
}
