//! The board, in memory: who comes first, who has waited for too long, what each key does, and what everybody may see.

#![cfg(feature = "store")]

use std::collections::BTreeMap;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use redflag::board::app::{App, Detail, Effect, Page};
use redflag::board::draw;
use redflag::board::keys::{self, Mode};
use redflag::board::row::{Row, Standing, State, sort};
use redflag::questionnaire::{Questionnaire, yaml};
use redflag::site::{Look, Waits};
use redflag::tui::draw::Look as Drawing;
use redflag::words::Language;

fn back_pain() -> Questionnaire {
    let text = include_bytes!("../questionnaires/back-pain.yaml");
    yaml::load("back-pain.yaml", text).expect("it loads").questionnaire
}

fn now() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().expect("a moment")
}

fn standing(step: usize, name: &str, state: State) -> Standing {
    Standing {
        step,
        level: Some((name.replace(' ', "_"), name.to_owned())),
        is_final: state != State::NotFinished || step == 0,
        state,
        is_alarm: step == 0,
        limit: [Some(0), Some(60), Some(24 * 60), None, None][step],
    }
}

fn row(id: &str, minutes: i64, standing: Standing) -> Row {
    Row {
        id: id.to_owned(),
        ticket: Some(format!("K{id}")),
        reference: Some(format!("MRN {id}")),
        station: "kiosk-1".to_owned(),
        standing,
        since: now() - minutes.minutes(),
        seen: None,
        closed: false,
    }
}

/// Seven people of a morning.
fn morning() -> Vec<Row> {
    let mut seen = row("24", 95, standing(0, "emergency", State::Finished));
    seen.seen = Some("Dr Ruiz".to_owned());
    let mut closed = row("25", 200, standing(3, "routine", State::Finished));
    closed.closed = true;
    let mut unknown = row("37", 3, standing(3, "", State::NotFinished));
    unknown.standing.level = None;
    vec![
        row("31", 12, standing(4, "self-care", State::Finished)),
        row("36", 4, standing(0, "emergency", State::NotFinished)),
        seen,
        row("28", 75, standing(1, "same day", State::Finished)),
        row("33", 20, standing(1, "same day", State::Stopped)),
        closed,
        unknown,
    ]
}

fn board(is_public: bool) -> App {
    let mut app = App::new(Language::English.words(), is_public, now());
    app.place = Some("Hill Street Practice".to_owned());
    app.head = Some("1f2e3d4c".to_owned());
    app.take(morning(), true);
    app
}

fn press(app: &mut App, code: KeyCode) -> Effect {
    let event = Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    match keys::action(Mode::of(&app.page, app.is_public), &event) {
        Some(action) => app.update(action),
        None => Effect::None,
    }
}

fn type_all(app: &mut App, typed: &str) -> Vec<Effect> {
    typed.chars().map(|letter| press(app, KeyCode::Char(letter))).collect()
}

fn picture(app: &mut App, (width, height): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a screen");
    let look = Drawing { theme: Look::Dark.theme(), ascii: false };
    for _ in 0..2 {
        let mut drawn = draw::Drawn::default();
        terminal.draw(|frame| drawn = draw::draw(app, look, frame)).expect("a frame");
        app.note(drawn);
        if let Some(id) = app.wants_detail() {
            app.detail = Some(detail(id));
        }
    }
    terminal.backend().to_string()
}

fn detail(id: &str) -> Detail {
    Detail {
        id: id.to_owned(),
        parts: vec![
            ("Situation".to_owned(), "Back pain for three days.".to_owned()),
            ("Assessment".to_owned(), "Emergency. Because: E01 new numbness between the legs.".to_owned()),
        ],
        notes: vec!["saddle_signs: said it twice (Ann)".to_owned()],
        history: vec!["09:56 opened at kiosk-1".to_owned()],
    }
}

fn shown(app: &App) -> Vec<&str> {
    app.shown().into_iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn the_most_urgent_come_first_then_whose_limit_ends_first_then_those_who_were_seen() {
    assert_eq!(shown(&board(false)), ["36", "28", "33", "37", "31", "24"]);
}

#[test]
fn who_waits_beyond_the_limit_is_overdue_in_words_and_who_was_seen_is_not() {
    let app = board(false);
    let overdue: Vec<_> = app.shown().into_iter().map(|row| (row.id.as_str(), row.overdue(now()))).collect();
    let of = |id: &str| overdue.iter().find(|(known, _)| *known == id).and_then(|(_, over)| *over);
    assert_eq!(
        [of("36"), of("28"), of("33"), of("37"), of("31"), of("24")],
        [Some(4), Some(15), None, None, None, None]
    );
    assert_eq!(app.waiting(), (5, 2));
}

#[test]
fn nobody_is_overdue_in_the_minute_of_their_limit() {
    let of = |minutes| row("1", minutes, standing(1, "same day", State::Finished)).overdue(now());
    assert_eq!([of(59), of(60), of(61)], [None, None, Some(1)]);
}

#[test]
fn a_clock_that_was_set_back_lets_nobody_wait_less_than_no_time() {
    let late = row("1", -30, standing(1, "same day", State::Finished));
    assert_eq!((late.waiting(now()), late.overdue(now())), (0, None));
}

proptest! {
    #[test]
    fn nobody_less_urgent_who_waits_stands_above_somebody_more_urgent(
        steps in prop::collection::vec((0usize..5, 0i64..5_000, any::<bool>(), any::<bool>()), 0..40)
    ) {
        let mut rows: Vec<Row> = steps
            .iter()
            .enumerate()
            .map(|(at, &(step, minutes, seen, closed))| {
                let mut row = row(&at.to_string(), minutes, standing(step, "x", State::Finished));
                row.seen = seen.then(|| "Ann".to_owned());
                row.closed = closed;
                row
            })
            .collect();
        sort(&mut rows);
        for pair in rows.windows(2) {
            let rank = |row: &Row| (row.closed, row.seen.is_some(), row.standing.step);
            prop_assert!(rank(&pair[0]) <= rank(&pair[1]));
            if rank(&pair[0]) == rank(&pair[1]) {
                prop_assert!(pair[0].since <= pair[1].since, "as urgent, and came later");
            }
        }
    }
}

#[test]
fn what_is_not_known_yet_does_not_wait_behind_what_is_harmless() {
    let questionnaire = back_pain();
    let of = |level, state| Standing::of(&questionnaire, level, state, &Waits::default());
    let nothing = of(None, State::NotFinished);
    assert_eq!((nothing.level.clone(), nothing.is_final), (None, false));
    let self_care = of(Some(questionnaire.last_level()), State::Finished);
    assert!(nothing.step < self_care.step, "{nothing:?}");
    let so_far = of(Some(questionnaire.last_level()), State::NotFinished);
    assert_eq!(so_far.step, nothing.step, "it can still become anything");
}

#[test]
fn an_emergency_is_one_before_the_check_is_finished() {
    let alarm = Standing::of(&back_pain(), Some(0), State::NotFinished, &Waits::default());
    assert_eq!((alarm.step, alarm.is_alarm, alarm.is_final), (0, true, true));
    assert_eq!(alarm.limit, Some(0), "at once");
}

#[test]
fn the_site_says_how_long_people_of_a_level_may_wait() {
    let waits = Waits(BTreeMap::from([("same_day".to_owned(), 45)]));
    let limit = |waits: &Waits| Standing::of(&back_pain(), Some(1), State::Finished, waits).limit;
    assert_eq!([limit(&Waits::default()), limit(&waits)], [Some(24 * 60), Some(45)]);
}

#[test]
fn a_new_emergency_is_told_once_and_those_of_the_start_are_not() {
    let mut app = board(false);
    let mut rows = morning();
    rows.push(row("40", 0, standing(0, "emergency", State::NotFinished)));
    let ids = |new: Vec<Row>| new.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(app.take(rows.clone(), false)), ["40"]);
    assert_eq!(ids(app.take(rows.clone(), false)), [""; 0]);
    // One that was less urgent before becomes one.
    let calm = rows.iter_mut().find(|row| row.id == "31").expect("there");
    calm.standing = standing(0, "emergency", State::Finished);
    assert_eq!(ids(app.take(rows, false)), ["31"]);
}

#[test]
fn the_focus_stays_on_its_person_whatever_comes_above_them() {
    let mut app = board(false);
    press(&mut app, KeyCode::Down);
    assert_eq!(app.focused().map(|row| row.id.as_str()), Some("28"));
    let mut rows = morning();
    rows.push(row("41", 1, standing(0, "emergency", State::Finished)));
    app.take(rows, false);
    assert_eq!(app.focused().map(|row| row.id.as_str()), Some("28"), "and not who took that place");
    assert_eq!(press(&mut app, KeyCode::Char('s')), Effect::Seen("28".to_owned()));
}

#[test]
fn a_person_who_leaves_the_board_takes_no_key_meant_for_them_to_the_next() {
    let mut app = board(false);
    press(&mut app, KeyCode::Char('x'));
    assert_eq!(app.page, Page::Close { yes: false });
    app.take(morning().into_iter().filter(|row| row.id != "36").collect(), false);
    assert_eq!(app.page, Page::List);
    assert_eq!(press(&mut app, KeyCode::Char('y')), Effect::Copy("28".to_owned()), "no page asks any more");
}

#[test]
fn closing_asks_first_and_staying_is_chosen() {
    let mut app = board(false);
    press(&mut app, KeyCode::Char('x'));
    assert_eq!(press(&mut app, KeyCode::Enter), Effect::None);
    assert_eq!(app.page, Page::List);
    press(&mut app, KeyCode::Char('x'));
    assert_eq!(press(&mut app, KeyCode::Char('y')), Effect::Close("36".to_owned()));
    press(&mut app, KeyCode::Char('x'));
    press(&mut app, KeyCode::Left);
    assert_eq!(press(&mut app, KeyCode::Enter), Effect::Close("36".to_owned()));
}

#[test]
fn the_list_is_narrowed_by_level_ticket_station_or_reference_while_it_is_typed() {
    let mut app = board(false);
    press(&mut app, KeyCode::Char('/'));
    // Letters are letters there: no q leaves, no s marks anybody.
    assert!(type_all(&mut app, "same").iter().all(|effect| *effect == Effect::None));
    assert_eq!(shown(&app), ["28", "33"]);
    press(&mut app, KeyCode::Enter);
    assert_eq!((shown(&app), app.filter()), (vec!["28", "33"], Some("same")));
    press(&mut app, KeyCode::Esc);
    assert_eq!(shown(&app).len(), 6);
    for (typed, found) in [("k33", "33"), ("MRN 31", "31"), ("not known", "37")] {
        press(&mut app, KeyCode::Char('/'));
        type_all(&mut app, typed);
        assert_eq!(shown(&app), [found], "{typed}");
        press(&mut app, KeyCode::Esc);
    }
}

#[test]
fn closed_ones_are_shown_when_asked_for_and_nothing_is_done_to_them_twice() {
    let mut app = board(false);
    press(&mut app, KeyCode::Char('a'));
    assert_eq!(shown(&app).last(), Some(&"25"));
    press(&mut app, KeyCode::End);
    assert_eq!(press(&mut app, KeyCode::Char('x')), Effect::None);
    assert_eq!(app.notice.as_deref(), Some(Language::English.words().board.is_closed));
}

#[test]
fn a_screen_that_everybody_sees_has_tickets_and_levels_only_and_does_nothing() {
    for size in [(40, 12), (80, 24), (120, 40), (200, 50)] {
        let mut app = board(true);
        let picture = picture(&mut app, size);
        for secret in ["MRN", "Ruiz", "kiosk-1", "Back pain for"] {
            assert!(!picture.contains(secret), "{secret} at {size:?}:\n{picture}");
        }
        assert!(picture.contains("K36") && picture.contains("emergency"), "{picture}");
        for key in ['s', 'x', 'c', 'y', 'p'] {
            assert_eq!(press(&mut app, KeyCode::Char(key)), Effect::None, "{key}");
        }
        assert_eq!(press(&mut app, KeyCode::Enter), Effect::None);
        assert_eq!(app.page, Page::List);
        // A filter finds nothing by what is not shown.
        press(&mut app, KeyCode::Char('/'));
        type_all(&mut app, "mrn");
        assert_eq!(shown(&app), [""; 0]);
    }
}

#[test]
fn nobody_without_a_number_is_found_by_what_a_public_screen_hides() {
    let mut app = App::new(Language::English.words(), true, now());
    let mut hidden = row("1", 5, standing(1, "same day", State::Finished));
    hidden.ticket = None;
    app.take(vec![hidden], true);
    for (typed, found) in [("kiosk", 0), ("mrn", 0), ("same", 1)] {
        press(&mut app, KeyCode::Char('/'));
        type_all(&mut app, typed);
        assert_eq!(app.shown().len(), found, "{typed}");
        press(&mut app, KeyCode::Esc);
    }
}

#[test]
fn the_board_looks_like_this() {
    let mut open = board(false);
    press(&mut open, KeyCode::Enter);
    let mut closing = board(false);
    press(&mut closing, KeyCode::Char('x'));
    let mut help = board(false);
    press(&mut help, KeyCode::Char('?'));
    let mut pages = [
        ("list", board(false)),
        ("public", board(true)),
        ("open", open),
        ("closing", closing),
        ("help", help),
    ];
    for (name, app) in &mut pages {
        for size in [(40, 12), (80, 24), (120, 40)] {
            let mut settings = insta::Settings::clone_current();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_snapshot_path("snapshots/board");
            let (width, height) = size;
            settings.bind(|| insta::assert_snapshot!(format!("{name}-{width}x{height}"), picture(app, size)));
        }
    }
}

#[test]
fn no_size_of_a_window_makes_it_fail() {
    for width in (1..130).step_by(3) {
        for height in 1..30 {
            let mut app = board(false);
            picture(&mut app, (width, height));
        }
    }
}

#[test]
fn five_thousand_people_are_shown_and_searched() {
    let mut app = App::new(Language::English.words(), false, now());
    let rows = (0..5_000).map(|at| row(&at.to_string(), at, standing(at as usize % 5, "x", State::Finished)));
    app.take(rows.collect(), true);
    picture(&mut app, (80, 24));
    press(&mut app, KeyCode::End);
    assert_eq!(app.focused_at(), 4_999);
    let picture = picture(&mut app, (80, 24));
    assert!(picture.contains("4981 more above"), "{picture}");
}
