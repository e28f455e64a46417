//! What can be seen: at every size, without colour, without UTF-8, whatever the words are.

mod support;

use redflag::questionnaire::Audience;
use redflag::tui::theme::Look;
use support::{Person, USUAL, asking, in_a_row};

#[test]
fn the_cursor_is_on_the_focused_item_on_every_screen() {
    let mut person = Person::patient(USUAL);
    let (_, row) = person.cursor();
    assert!(
        person.screen().lines().nth(row.into()).unwrap().contains("First: do you need help"),
        "the first words"
    );
    person.reach("sites", &[]);
    for (keys, line) in [
        ("2", "❯ [x] 2  Upper or middle back"),
        ("r", "❯  1  Do you have any of these now"),
        ("Down Down", "❯  3  Do you have any of these in your legs"),
        ("ctrl-c", "❯ 1  Stay"),
        ("Down", "❯ 2  Show the result so far"),
        ("Esc Esc w", "Why we ask"),
        ("Esc ?", "Keys that work here"),
    ] {
        person.press(keys);
        let seen = in_a_row(&person.cursor_line());
        assert!(seen.contains(&in_a_row(line)), "{keys}: {seen:?} instead of {line:?}");
    }
    person.press("Esc");
    // Also in the figure, which has no words, it is on the line of the list.
    person.press("Right");
    assert!(person.cursor_line().contains("❯ [x] 2  Upper or middle back"), "{}", person.screen());
    person.press("Left Enter");
    person.reach("severity", &[]);
    person.press("7");
    assert!(person.cursor_line().contains("❯ Chosen: 7, from 0 to 10"), "{}", person.screen());
    person.reach_summary(&[]);
    person.press("e Down");
    assert!(person.cursor_line().contains("❯  2"));
    person.press("s");
    assert!(person.cursor_line().contains("❯ back-pain-2026-11-21.txt"));
    let at = person.cursor();
    assert_eq!(person.cell((at.0 - 1, at.1)).symbol(), "t", "behind what is typed");
}

#[test]
fn nothing_is_said_by_colour_alone() {
    let mut persons = [Look::Mono, Look::Dark, Look::Light, Look::HighContrast].map(|look| {
        let mut person = Person::patient((60, 20));
        person.look.theme = look.theme();
        person
    });
    for keys in
        ["Enter", "1 Down", "Enter", "c", "4 Enter", "n Enter", "type:6x Enter", "w", "Esc ctrl-c", "Down"]
    {
        let [mono, others @ ..] = persons.each_mut().map(|person| {
            person.press(keys);
            person.picture()
        });
        assert_eq!(others, [&mono; 3].map(String::clone));
    }
}

#[test]
fn what_is_chosen_and_what_is_focused_can_be_read() {
    for size in [(40, 12), USUAL] {
        for (id, key, chosen) in [
            ("emergency_now", "Space", "❯ [x]"),
            ("sex", "2", "❯ (•) 2"),
            ("sites", "3", "❯ [x] 3"),
            ("constant", "Down", "❯ (•) n"),
        ] {
            let mut person = Person::patient(size);
            person.reach(id, &[]);
            assert!(!person.sees(chosen));
            person.press(key);
            person.must_see(chosen);
        }
        let mut person = Person::patient(size);
        person.reach("severity", &[]);
        let pictures: Vec<_> =
            (0..10).map(|digit| (person.press(&digit.to_string()), person.screen()).1).collect();
        for (index, picture) in pictures.iter().enumerate() {
            assert!(!pictures[..index].contains(picture), "a scale of {index} looks like another\n{picture}");
        }
    }
}

#[test]
fn wide_and_combining_characters_wrap_by_their_width() {
    let words = [
        "漢字仮名交じり文の長い選択肢",
        "e\u{301}te\u{301} a\u{300} la campagne de l’anne\u{301}e",
        "👩‍⚕️ 👨‍👩‍👧‍👦 🇫🇷 ok",
        "ก้ำกึ่ง สวัสดีครับ",
    ];
    let options: Vec<_> = words
        .iter()
        .enumerate()
        .map(|(i, words)| format!("{{ id: o{i}, label: \"{words} {words}\" }}"))
        .collect();
    let questionnaire = asking(&format!(
        "{{ id: wide, type: many_of, ask: \"{} {}\", options: [{}] }}\n{{ id: t, type: text, ask: x, optional: true }}",
        words[0],
        words[1],
        options.join(", ")
    ));
    let without_blanks = |text: &str| text.split_whitespace().collect::<String>();
    for width in 40..=60 {
        let mut person = Person::new(&questionnaire, Audience::Patient, (width, 24));
        person.press("Enter");
        let screen = without_blanks(&person.screen());
        for words in words {
            let all = without_blanks(&format!("{words} {words}"));
            assert!(screen.contains(&all), "{all} at {width}\n{}", person.screen());
        }
        person.press("1 Enter");
        person.paste(&words.concat());
        let (column, row) = person.cursor();
        assert!(column < width && row < 24);
        assert!(
            without_blanks(&person.screen())
                .replace(['❯', '_'], "")
                .contains(&without_blanks(&words.concat()))
        );
    }
}

#[test]
fn a_locale_without_utf_8_gets_ascii_only() {
    let mut plain = Person::patient(USUAL);
    plain.look.ascii = true;
    let mut usual = Person::patient(USUAL);
    let mut compare = |keys: &str| {
        for size in [(40, 12), USUAL, (120, 40)] {
            for person in [&mut plain, &mut usual] {
                person.resize(size);
            }
            let (ascii, unicode) = (plain.screen(), usual.screen());
            assert!(ascii.is_ascii(), "{ascii}");
            assert_eq!(ascii.matches('?').count(), unicode.matches('?').count(), "nothing is lost:\n{ascii}");
            assert_eq!(ascii.lines().count(), unicode.lines().count());
        }
        for person in [&mut plain, &mut usual] {
            person.press(keys);
        }
    };
    for keys in ["Enter", "1", "Enter", "c", "ctrl-c", "Esc", "w", "Esc", "r", "Esc", "?", "Esc"] {
        compare(keys);
    }
    for keys in ["n Enter", "n Enter", "type:6", "Enter", "1 Enter", "1 Enter"] {
        compare(keys);
    }
    for person in [&mut plain, &mut usual] {
        person.reach("sites", &[]);
        person.press("2 3");
    }
    let mut compare_at = |id: &str, keys: &str| {
        for person in [&mut plain, &mut usual] {
            person.resize(USUAL);
            if !id.is_empty() {
                person.reach(id, &[]);
            }
            person.press(keys);
        }
        let (ascii, unicode) = (plain.screen(), usual.screen());
        assert!(ascii.is_ascii(), "{ascii}");
        assert_eq!(ascii.matches('?').count(), unicode.matches('?').count(), "nothing is lost:\n{ascii}");
    };
    compare_at("", "Left");
    compare_at("severity", "7");
    compare_at("notes", "type:abc Enter");
    for _ in 0..5 {
        compare_at("", "Right");
    }
    compare_at("", "s Home");
}

#[test]
fn escape_sequences_never_reach_the_screen() {
    const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}evil\u{85}\u{7f}\u{0}\u{8}ok\u{2067}";
    let mut person = Person::patient(USUAL);
    person.reach("notes", &[]);
    let assert_clean = |person: &Person| {
        let screen = person.screen();
        let bad = |c: &char| (c.is_control() && *c != '\n') || ('\u{202A}'..='\u{2069}').contains(c);
        assert_eq!(screen.chars().find(bad), None, "{screen:?}");
    };
    person.paste(HOSTILE);
    person.must_see("evil");
    assert_clean(&person);
    person.press("F3 End");
    assert_clean(&person);
    person.press("Esc Enter");
    for _ in 0..5 {
        for _ in 0..20 {
            assert_clean(&person);
            person.press("PageDown");
        }
        person.press("Right");
    }
    person.press("s");
    person.paste(HOSTILE);
    assert_clean(&person);
    person.saved(Err(redflag::save::SaveProblem::Failed(HOSTILE.into())));
    assert_clean(&person);
}

#[test]
fn a_long_line_shows_the_part_around_the_caret() {
    for size in [(40, 12), USUAL] {
        let mut person = Person::patient(size);
        person.reach("age", &[]);
        person.paste(&"1234567890".repeat(30));
        person.press("type:42");
        person.must_see("6789042");
        let (column, row) = person.cursor();
        assert_eq!(person.cell((column - 1, row)).symbol(), "2");
        person.press("Home");
        let (column, row) = person.cursor();
        assert_eq!(person.cell((column, row)).symbol(), "1", "{}", person.screen());
        person.press("Enter");
        person.must_see("This takes a number from 1 to 120");
    }
}

#[test]
fn a_long_text_keeps_its_caret_in_view() {
    let mut person = Person::patient((40, 12));
    person.reach("notes", &[]);
    for round in 0..60 {
        person.paste("some words again ");
        let (column, row) = person.cursor();
        assert!(column < 40 && row < 10, "round {round}");
        assert_eq!(person.cell((column, row)).symbol(), "_", "round {round}\n{}", person.screen());
    }
    person.paste(&"x".repeat(2000));
    person.press("Enter");
    assert_eq!(person.question(), "notes", "longer than is taken");
    person.must_see("longer than 2000 characters");
}

#[test]
fn focus_and_urgency_have_their_colours() {
    let mut person = Person::patient(USUAL);
    let theme = Look::Dark.theme();
    person.look.theme = theme;
    person.press("Enter Down");
    let (column, row) = person.cursor();
    assert_eq!(person.cell((column, row)).style().bg, theme.focus.bg, "the focused line");
    assert_eq!(person.cell((column, row + 1)).style().bg, theme.text.bg, "and only it");
    person.press("1 Enter");
    let screen = person.screen();
    let banner = screen.lines().position(|line| line.contains("GET EMERGENCY HELP NOW")).unwrap() as u16;
    let style = person.cell((10, banner)).style();
    assert_eq!((style.fg, style.bg), (theme.urgency[0].fg, theme.urgency[0].bg));
    person.press("a");
    let screen = person.screen();
    let banner = screen.lines().position(|line| line.contains("GET EMERGENCY HELP NOW")).unwrap() as u16;
    assert_eq!(person.cell((10, banner)).style().bg, theme.urgency[0].bg);
    let mut blinking = person.terminal_cells();
    assert!(!blinking.any(|cell| {
        cell.modifier.intersects(ratatui::style::Modifier::SLOW_BLINK | ratatui::style::Modifier::RAPID_BLINK)
    }));
}
