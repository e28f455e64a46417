//! The first screen of a result: how bad, until when, whom to call, what to do.

mod support;

use std::sync::LazyLock;

use jiff::civil::{DateTime, date};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use redflag::answers::json::SheetReader;
use redflag::answers::{Answer, Sheet};
use redflag::encounter::Encounter;
use redflag::interview::Interview;
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::{Format, Report, farewell};
use redflag::site::{self, Site};
use redflag::tui::app::App;
use redflag::tui::draw::{self, Look};
use redflag::tui::theme;
use serde_json::Value;
use support::{BACK_PAIN, DOLOR_DE_ESPALDA, Person, in_a_row};

const SITE: &str = "
contacts:
  clinic: Hill Street Practice
  clinic_phone: { number: 555 0123, open: { mon-fri: '08:00-18:30' } }
  emergency_number: 112
  nurse_line: 555 0199
";

/// A Friday, in office hours; and the night before.
const DAY: DateTime = date(2026, 11, 27).at(14, 0, 0, 0);
const NIGHT: DateTime = date(2026, 11, 27).at(3, 12, 0, 0);

fn at_site() -> Site {
    site::parse(SITE).expect("a site").contacts
}

/// The sheets of all vignettes.
static SHEETS: LazyLock<Vec<(String, Sheet)>> = LazyLock::new(|| {
    let vignettes: Vec<Value> = serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let reader = SheetReader::new(&BACK_PAIN);
    let sheet = |case: &Value| {
        let id = case["id"].as_str().expect("an id").to_owned();
        (id, reader.read(&case["answers"].to_string()).expect("a sheet"))
    };
    vignettes.iter().map(sheet).collect()
});

/// Some of them, at every level: a report takes a while in a build without optimisation.
fn some() -> impl Iterator<Item = &'static (String, Sheet)> {
    SHEETS.iter().step_by(3)
}

fn interview<'q>(questionnaire: &'q Questionnaire, sheet: &Sheet) -> Interview<'q> {
    let encounter = Encounter::of_sheet(questionnaire, Audience::Patient, sheet.clone(), DAY.date());
    let mut interview = Interview::on(questionnaire, encounter);
    interview.finish();
    interview
}

fn report(questionnaire: &Questionnaire, sheet: &Sheet, site: &Site, moment: DateTime) -> Report {
    Report::of_interview(&interview(questionnaire, sheet), site).at(moment)
}

/// The first screen.
fn screen(
    questionnaire: &Questionnaire,
    sheet: &Sheet,
    site: &Site,
    moment: DateTime,
    (width, height): (u16, u16),
) -> String {
    let mut app = App::on(interview(questionnaire, sheet), site.clone());
    app.tell_time(moment);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    let look = Look { theme: theme::Look::Mono.theme(), ascii: false };
    terminal.draw(|frame| drop(draw::draw(&app, look, frame))).expect("a frame");
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(usize::from(width));
    let row = |row: &[ratatui::buffer::Cell]| row.iter().map(|cell| cell.symbol()).collect::<String>();
    rows.map(|cells| row(cells).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Everything that a screen shows, in one row without marks.
fn seen(screen: &str) -> String {
    in_a_row(screen)
}

/// Looks at each report by day, and at its first screen.
fn each_by_day(size: (u16, u16), look: impl Fn(&str, &Report, &str)) {
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some() {
            let report = report(questionnaire, sheet, &at_site(), DAY);
            look(id, &report, &screen(questionnaire, sheet, &at_site(), DAY, size));
        }
    }
}

const ENGLISH_AND_SPANISH: [&LazyLock<Questionnaire>; 2] = [&BACK_PAIN, &DOLOR_DE_ESPALDA];

#[test]
fn the_first_screen_says_how_bad_until_when_whom_what_number_and_what_to_do() {
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some() {
            for moment in [DAY, NIGHT] {
                let report = report(questionnaire, sheet, &at_site(), moment);
                let screen = screen(questionnaire, sheet, &at_site(), moment, (60, 20));
                let shown = seen(&screen);
                let has = |words: &str| assert!(shown.contains(&in_a_row(words)), "{id}: {words}\n{screen}");
                has(&report.headline.to_uppercase());
                let within = report.within.as_ref().expect("a time");
                has(&report.until().unwrap_or_else(|| within.say.clone()));
                if let Some(call) = report.call() {
                    has(&call.words);
                    has(&call.number);
                    assert!(screen.contains('█') || is_full(&screen), "{id}\n{screen}");
                } else {
                    has(report.who.as_deref().expect("somebody"));
                }
                let first = &report.steps_with_call()[0];
                has(&first.words);
                if !report.interrupts {
                    has(&report.return_list.title);
                    has(&report.return_list.items[0]);
                }
            }
        }
    }
}

#[test]
fn each_step_stands_once_below_one_another_with_its_number() {
    each_by_day((80, 400), |id, report, screen| {
        let shown = seen(screen);
        let mut from = 0;
        for (number, step) in (1..).zip(report.steps_with_call()) {
            let words = in_a_row(&format!("{number} {}", step.words));
            assert_eq!(shown.matches(&words).count(), 1, "{id}: {words}\n{screen}");
            let at = shown.find(&words).expect("there once");
            assert!(at >= from, "{id}: {words}\n{screen}");
            from = at;
        }
    });
}

/// There is no room for three more lines.
fn is_full(screen: &str) -> bool {
    let body = screen.lines().take(17);
    body.filter(|line| line.trim().is_empty()).count() < 3
}

#[test]
fn on_the_smallest_screen_the_level_the_time_the_number_and_the_call_are_still_there() {
    each_by_day((40, 12), |id, report, screen| {
        let shown = seen(screen);
        let until = report.until().or(report.within.clone().map(|within| within.say)).expect("a time");
        for words in [&report.headline.to_uppercase(), &until] {
            assert!(shown.contains(&in_a_row(words)), "{id}: {words}\n{screen}");
        }
        if let Some(number) = report.numbers.known.first() {
            assert!(shown.contains(&in_a_row(&number.number)), "{id}\n{screen}");
        }
    });
}

#[test]
fn the_call_is_the_first_thing_to_do() {
    for (id, sheet) in some() {
        let report = report(&BACK_PAIN, sheet, &at_site(), DAY);
        if let Some(number) = report.numbers.known.first() {
            let first = &report.steps_with_call()[0].words;
            assert!(first.contains(&number.number), "{id}: {first}");
        }
    }
}

/// Somebody with signs of the cauda equina who was not sure about the list of emergencies was told to call in `who`, and by
/// none of the steps: those that name the call depend on that list.
#[test]
fn whoever_is_not_sure_about_the_emergencies_is_told_to_call_by_the_first_step_too() {
    let emergencies = BACK_PAIN.question_index("emergency_now").expect("a question");
    let of_nobody =
        ["the usual number", "your local emergency number", "the 24-hour number", "your maternity unit"];
    let mut calls = 0;
    for (id, sheet) in some() {
        let mut unsure = sheet.clone();
        unsure.set(&BACK_PAIN, emergencies, Answer::UNSURE).expect("may be unsure");
        for sheet in [sheet, &unsure] {
            let report = report(&BACK_PAIN, sheet, &Site::default(), DAY);
            let who = report.who.as_deref().expect("somebody");
            let named = of_nobody.into_iter().filter_map(|number| Some((who.find(number)?, number))).min();
            let steps = report.steps_with_call();
            match named {
                Some((_, number)) => {
                    assert!(steps[0].words.contains(number), "{id}: {}", steps[0].words);
                    let shown = seen(&screen(&BACK_PAIN, sheet, &Site::default(), DAY, (60, 30)));
                    let first = in_a_row(&steps[0].words);
                    assert_eq!(shown.matches(&first).count(), 1, "{id}: {first}");
                    calls += 1;
                }
                None => assert_ne!(steps[0].words, who, "{id}: nobody to call, and said twice"),
            }
        }
    }
    assert!(calls > 20, "{calls}");
}

#[test]
fn the_first_step_and_the_card_name_one_number_at_any_hour() {
    let sunday = date(2026, 11, 29).at(10, 0, 0, 0);
    let mut redirected = 0;
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some() {
            for moment in [DAY, NIGHT, sunday] {
                let report = report(questionnaire, sheet, &at_site(), moment);
                let Some(call) = report.call() else { continue };
                let first = &report.steps_with_call()[0].words;
                let of_sites = ["555 0123", "555 0199", "112"];
                let named = of_sites.into_iter().find(|number| first.contains(number));
                assert_eq!(named, Some(call.number.as_str()), "{id} at {moment}: {first}");
                redirected += usize::from(call.instead.is_some());
                for other in of_sites.into_iter().filter(|_| call.instead.is_some()) {
                    assert_eq!(first.contains(other), other == call.number, "{id} at {moment}: {first}");
                }
            }
        }
    }
    assert!(redirected >= 4, "{redirected}");
}

#[test]
fn no_number_is_broken_over_two_lines_on_any_screen() {
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some().step_by(3) {
            for moment in [DAY, NIGHT] {
                for width in [40, 44, 51, 60, 72, 80] {
                    let screen = screen(questionnaire, sheet, &at_site(), moment, (width, 60));
                    let is_broken = |line: &str| line.trim_end().ends_with(" 555");
                    assert!(!screen.lines().any(is_broken), "{id} at {width}:\n{screen}");
                }
                let report = report(questionnaire, sheet, &at_site(), moment);
                let text = Format::Text.write(&report);
                assert!(!text.lines().any(|line| line.trim_end().ends_with(" 555")), "{id}:\n{text}");
                let html = Format::Html.write(&report);
                let loose = html.replace("<strong>555 01", "").replace("<span class=\"digits\">555 01", "");
                let loose = loose.replace("<span class=\"digits\">(555 01", "");
                let at = loose.find("555 01").map(|at| &loose[at - 80..at + 20]);
                assert_eq!(at, None, "{id}: a number that a browser may break");
            }
        }
    }
}

#[test]
fn on_the_smallest_screen_when_to_get_help_at_once_comes_before_the_steps() {
    each_by_day((40, 12), |id, report, screen| {
        let is_said = seen(screen).contains(&in_a_row(&report.return_list.title));
        // Whom to call, where that is more than a number, comes before it.
        let is_short = report.call().is_some_and(|call| call.says_all);
        assert!(is_said || report.interrupts || !is_short, "{id}\n{screen}");
    });
}

#[test]
fn beside_an_emergency_nothing_milder_and_nothing_that_calms_is_on_the_first_screen() {
    for (id, sheet) in some() {
        let report = report(&BACK_PAIN, sheet, &at_site(), DAY);
        let level = report.level.as_ref().expect("a level").index;
        if !report.interrupts {
            continue;
        }
        for size in [(60, 20), (80, 24), (120, 40), (200, 50)] {
            let screen = screen(&BACK_PAIN, sheet, &at_site(), DAY, size);
            for milder in report.reasons.iter().filter(|reason| reason.level > level) {
                assert!(
                    !seen(&screen).contains(&in_a_row(&milder.words)),
                    "{id}: {}\n{screen}",
                    milder.words
                );
            }
            assert!(!seen(&screen).contains(&report.return_list.title), "{id}: as if more had to come first");
        }
    }
}

#[test]
fn the_clock_says_which_number_answers_now() {
    let (_, fever) = SHEETS.iter().find(|(id, _)| id == "V23").expect("a case for today");
    let call =
        |moment: DateTime| report(&BACK_PAIN, fever, &at_site(), moment).call().expect("a number").line();
    assert_eq!(call(DAY), "Call Hill Street Practice now (open until 18:30): 555 0123");
    assert_eq!(call(NIGHT), "Hill Street Practice opens at 8:00. Now: your local nurse line: 555 0199");
    let saturday = date(2026, 11, 28).at(10, 0, 0, 0);
    assert_eq!(
        call(saturday),
        "Hill Street Practice opens on Monday at 8:00. Now: your local nurse line: 555 0199"
    );
    let thursday = date(2026, 11, 26).at(22, 15, 0, 0);
    assert!(call(thursday).starts_with("Hill Street Practice opens tomorrow at 8:00."), "{}", call(thursday));

    let alone = "clinic_phone: { number: 555 0123, open: { mon: 09:00-12:00 } }";
    let alone = site::parse(alone).expect("a site").contacts;
    let report = report(&BACK_PAIN, fever, &alone, NIGHT);
    assert_eq!(report.call(), None, "Monday is too late for what is a matter of today");
    let (_, routine) = SHEETS.iter().find(|(id, _)| id == "V07").expect("a case that has time");
    let routine = self::report(&BACK_PAIN, routine, &alone, NIGHT);
    assert_eq!(
        routine.call().expect("a number").line(),
        "Your clinic opens on Monday at 9:00. Call then: 555 0123"
    );
    let screen = screen(&BACK_PAIN, fever, &alone, NIGHT, (80, 24));
    assert!(seen(&screen).contains("If no one answers today, go to urgent care."), "{screen}");
}

#[test]
fn the_time_to_act_is_counted_from_the_beginning_of_the_check() {
    let (_, fever) = SHEETS.iter().find(|(id, _)| id == "V23").expect("a case for today");
    let until = |began: Option<DateTime>, moment: Option<DateTime>| {
        let mut interview = interview(&BACK_PAIN, fever);
        began.into_iter().for_each(|began| interview.began(began));
        let report = Report::of_interview(&interview, &Site::default());
        moment.map_or(report.clone(), |moment| report.at(moment)).until().expect("a day")
    };
    let nine = date(2026, 11, 27).at(21, 0, 0, 0);
    assert_eq!(until(None, Some(nine)), "before Saturday 28 November, 21:00");
    assert_eq!(
        until(Some(nine), Some(date(2026, 11, 29).at(8, 0, 0, 0))),
        "before Saturday 28 November, 21:00"
    );
    assert_eq!(until(None, None), "by Saturday 28 November", "nobody has told the time");
}

#[test]
fn without_a_number_there_are_words_only() {
    for (id, sheet) in some() {
        let report = report(&BACK_PAIN, sheet, &Site::default(), DAY);
        assert_eq!(report.call(), None, "{id}");
        let screen = screen(&BACK_PAIN, sheet, &Site::default(), DAY, (80, 24));
        assert!(
            !screen.contains('█') && seen(&screen).contains(&in_a_row(report.who.as_deref().unwrap())),
            "{id}"
        );
    }
}

#[test]
fn what_is_not_finished_has_no_day_and_looks_like_no_result() {
    for (id, sheet) in some() {
        let mut half = sheet.clone();
        let answered: Vec<_> = (0..BACK_PAIN.questions.len()).filter(|&q| sheet.get(q).is_some()).collect();
        answered[answered.len() / 2..].iter().for_each(|&question| half.clear(question));
        let report = report(&BACK_PAIN, &half, &at_site(), DAY);
        let screen = screen(&BACK_PAIN, &half, &at_site(), DAY, (80, 24));
        if report.interrupts {
            continue;
        }
        let left = format!("Not finished: about {} questions left", report.open.len());
        assert!(seen(&screen).contains(&left), "{id}\n{screen}");
        assert!(report.within.is_none() || report.could_be.is_none(), "{id}: a day");
        assert!(report.check_again.is_empty(), "{id}: a day");
        let text = Format::Text.write(&report);
        assert!(!text.contains(report.words().report.how_soon), "{id}: {text}");
        assert_eq!(report.call(), None, "{id}");
        assert!(!seen(&screen).contains("November, "), "{id}: a time\n{screen}");
        let keys = screen.lines().last().expect("keys").trim();
        assert!(keys.starts_with("c go on"), "{id}: {keys}");
        for level in &report.levels {
            assert!(!screen.contains(&level.title.to_uppercase()), "{id}: as a result\n{screen}");
        }
    }
}

#[test]
fn what_to_say_is_read_a_sentence_at_a_time_and_begins_with_what_is_asked_for() {
    let mut person = Person::patient((80, 24));
    person.reach_summary(&[("night_pain", "4 Enter"), ("duration", "4 Enter")]);
    person.press("p");
    let say = person.app.report.as_ref().expect("a report").say.clone();
    assert!(say[0].starts_with("I was told: \""), "{say:?}");
    for (at, sentence) in say.iter().enumerate() {
        let mut screen = person.screen();
        screen.push('\n');
        assert!(in_a_row(&screen).contains(&in_a_row(sentence)), "{sentence}\n{screen}");
        person.must_see(&format!("{} of {} · Space next · ← back", at + 1, say.len()));
        let others = say.iter().enumerate().filter(|(other, _)| *other != at);
        assert!(others.clone().all(|(_, other)| !person.sees(other)), "only one sentence:\n{screen}");
        person.press("Space");
    }
    person.must_see(&format!("{0} of {0}", say.len()));
    person.press("Left");
    person.must_see(&format!("{} of {}", say.len() - 1, say.len()));
    person.press("Esc");
    person.must_see("[Result]");
}

#[test]
fn on_leaving_ten_lines_at_most_are_left_and_the_level_is_the_last() {
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some() {
            let report = report(questionnaire, sheet, &at_site(), NIGHT);
            let path = format!("/home/{}/report.txt", "long/".repeat(30));
            for saved in [None, Some(path.as_str())] {
                let lines = farewell::lines(&report, saved);
                let last = lines.last().expect("lines");
                assert!(lines.len() <= 10 && last.chars().count() <= 76, "{id}: {lines:#?}");
                let end = in_a_row(&lines[lines.len() - 2..].join("\n"));
                assert!(end.contains(&report.headline.to_uppercase()), "{id}: {lines:#?}");
                if let Some(call) = report.call() {
                    assert!(lines.join(" ").contains(&call.number), "{id}: {lines:#?}");
                }
            }
        }
    }
}

#[test]
fn the_first_sheet_of_paper_holds_the_card_the_steps_and_when_to_get_help_and_ends_there() {
    for questionnaire in ENGLISH_AND_SPANISH {
        for (id, sheet) in some() {
            let report = report(questionnaire, sheet, &at_site(), DAY);
            let page = Format::Html.write(&report);
            let (first, rest) = page.split_once("\n</div>\n").expect("a first sheet");
            let places = ["<div class=\"first\">", "id=\"result\"", "id=\"steps\"", "id=\"return\""];
            let found: Vec<_> = places.map(|place| first.find(place)).into();
            assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{id}: {found:?}");
            for later in ["reasons", "phone", "check-again", "answers", "about", "origin"] {
                assert!(!first.contains(&format!("id=\"{later}\"")), "{id}: {later}");
            }
            let order: Vec<_> =
                ["id=\"phone\"", "id=\"answers\"", "id=\"origin\""].map(|place| rest.find(place)).into();
            assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{id}: {order:?}");
            assert_eq!(first.contains("<svg"), report.figure.is_some(), "{id}: the body");
            assert_eq!(first.contains("class=\"marked\""), report.figure.is_some(), "{id}: what is marked");

            let handover = Format::Html.write(report.clinician());
            let (first, _) = handover.split_once("\n</div>\n").expect("a first sheet");
            assert!(first.contains("id=\"handover\"") && !first.contains("id=\"result\""), "{id}");
        }
    }
    let style = include_str!("../src/report/html.css");
    let print = style.split_once("@media print").expect("a part for paper").1;
    let first = print.lines().find(|line| line.trim_start().starts_with(".first {")).expect("a rule");
    assert!(first.contains("break-after: page"), "{first}");
}

#[test]
fn a_site_file_is_what_its_schema_says() {
    use boon::{Compiler, Schemas};
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("http://localhost/site.json", site::schema()).expect("JSON");
    let whole = compiler.compile("http://localhost/site.json", &mut schemas).expect("a schema");
    let hours = |open: &str| format!("clinic_phone: {{ number: 555 0123, open: {{ {open} }} }}");
    let good = [
        "mon-fri: '8:00-18:30'",
        "mon: '08:00-12:30, 14:00-18:30'",
        "Sat-Sun: closed, mon: '9:00-24:00'",
        "'mon, wed-fri': ['18:30-08:00']",
        "mon: null, tue: '8:00-9:00'",
    ]
    .map(hours);
    let bad =
        ["mno: '8:00-18:30'", "mon: '8-18'", "mon: '08:00-25:00'", "mon: 8", "mon: '08:60-09:00'"].map(hours);
    let others = [
        SITE.to_owned(),
        String::new(),
        "theme: dark\nlarge: true".to_owned(),
        "kiosk:".to_owned(),
        "kiosk: { idle: 60, languages: [es], on_emergency: [ring, desk], print: lp, columns: 48 }".to_owned(),
        "kiosk: { encoding: cp858, pin: '$argon2id$v=19$m=8$c2Fs$aGE', counts: null, print: null }"
            .to_owned(),
    ];
    let wrong = [
        "theme: hi".to_owned(),
        "large: maybe".to_owned(),
        "clinic_phone: { open: { mon: '8:00-9:00' } }".to_owned(),
        "clinic_phone: { number: 1, opens: { mon: '8:00-9:00' } }".to_owned(),
        "kiosk: { idel: 60 }".to_owned(),
        "kiosk: { idle: 0 }".to_owned(),
        "kiosk: { grace: 100000 }".to_owned(),
        "kiosk: { columns: 5 }".to_owned(),
        "kiosk: { encoding: latin1 }".to_owned(),
        "kiosk: { pin: '2580' }".to_owned(),
        "kiosk: { pin: 2580 }".to_owned(),
        "kiosk: { print: lp -d slips }".to_owned(),
        "kiosk: { languages: es }".to_owned(),
        "kiosk: on".to_owned(),
    ];
    for (files, is_good) in [(&good[..], true), (&others, true), (&bad, false), (&wrong, false)] {
        for file in files {
            let value: serde_yaml::Value = serde_yaml::from_str(file).expect("YAML");
            let value = serde_json::to_value(value).expect("JSON");
            assert_eq!(site::parse(file).is_ok(), is_good, "{file}: {:?}", site::parse(file));
            assert_eq!(schemas.validate(&value, whole).is_ok(), is_good, "the schema: {file}");
        }
    }
}

#[test]
fn a_mistake_in_opening_hours_is_told_with_its_place() {
    for (file, told) in [
        (
            "clinic: a\nclinic_phone:\n  number: 1\n  open:\n    mno-fri: 08:00-18:30",
            ["`mno` in `mno-fri` is not a day", "line 5"],
        ),
        (
            "clinic_phone:\n  open: { mon: 08:00-18:30 }",
            ["`clinic_phone` has opening hours and no number", "`number: ...`"],
        ),
        ("contacts:\n  clinic_phone: { numbre: 1 }", ["unknown field `numbre`", "line 2"]),
        (
            "clinic_phone: { number: 1, open: { mon: 8am-6pm } }",
            ["`8am-6pm` are not opening hours; write `08:00-18:30`", "line 1"],
        ),
    ] {
        let error = site::parse(file).expect_err(file);
        assert!(told.iter().all(|words| error.contains(words)), "{error}");
    }
}

#[test]
fn the_card_of_every_level() {
    let levels = [
        ("V05", "emergency"),
        ("V23", "same-day"),
        ("V01", "urgent"),
        ("V07", "routine"),
        ("V03", "self-care"),
    ];
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (case, level) in levels {
            let sheet = &SHEETS.iter().find(|(id, _)| id == case).expect("a case").1;
            for (size, moment, when) in
                [((60, 20), DAY, "day"), ((60, 20), NIGHT, "night"), ((40, 12), DAY, "day")]
            {
                let name = format!("card-{level}-{when}-{}x{}", size.0, size.1);
                insta::assert_snapshot!(name, screen(&BACK_PAIN, sheet, &at_site(), moment, size));
            }
            let name = format!("card-{level}-spanish-60x20");
            insta::assert_snapshot!(name, screen(&DOLOR_DE_ESPALDA, sheet, &at_site(), NIGHT, (60, 20)));
        }
    });
}
