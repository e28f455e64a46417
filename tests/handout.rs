//! What a person takes along: the contact for a phone, the page that shows it, and the slip, byte for byte.

#[path = "support/agreed.rs"]
mod agreed;
mod support;

use std::fmt::Write as _;
use std::process::Command;

use jiff::civil::date;
use ratatui::style::Color;
use redflag::answers::json::SheetReader;
use redflag::encounter::Encounter;
use redflag::handout::qr::Code;
use redflag::handout::slip::{self, COLUMNS, Slip};
use redflag::handout::{Encoding, contact};
use redflag::questionnaire::{Audience, Questionnaire};
use redflag::report::Report;
use redflag::site::Site;
use redflag::tui::app::Overlay;
use redflag::tui::draw::Tap;
use redflag::tui::keys::Action;
use redflag::tui::theme;
use support::{BACK_PAIN, CALM, DOLOR_DE_ESPALDA, Person, USUAL};

fn site() -> Site {
    Site::from([
        ("clinic", "Hill Street Practice"),
        ("clinic_phone", "555 0123"),
        ("emergency_number", "112"),
        ("nurse_line", "555 0199"),
    ])
}

fn report_of(questionnaire: &'static Questionnaire, sheet: &str, site: &Site) -> Report {
    let sheet = SheetReader::new(questionnaire).read(&sheet.replace('\'', "\"")).expect("a sheet");
    let encounter = Encounter::of_sheet(questionnaire, Audience::Patient, sheet, date(2026, 11, 28));
    Report::of_encounter(questionnaire, &encounter, Audience::Patient, site)
        .at(date(2026, 11, 28).at(10, 5, 0, 0))
}

/// Results of every level, finished and not, in both languages.
fn reports(site: &Site) -> Vec<Report> {
    let vignettes: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("vignettes.json")).expect("JSON");
    let mut reports = Vec::new();
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        for vignette in vignettes.iter().step_by(5) {
            let answers = vignette["answers"].as_object().expect("an object");
            let half =
                answers.iter().take(answers.len() / 2).map(|(id, answer)| (id.clone(), answer.clone()));
            for answers in [answers.clone(), half.collect()] {
                reports.push(report_of(questionnaire, &serde_json::Value::from(answers).to_string(), site));
            }
        }
    }
    reports
}

#[test]
fn a_code_fits_every_window_that_fingers_need_and_names_level_day_and_ticket() {
    for report in reports(&site()) {
        let forms = contact::forms(&report, Some("KD37"));
        for (columns, rows, most) in [(44, 21, 106), (58, 23, 134), (110, 45, 1000)] {
            let code = Code::fitting(&forms, columns, rows);
            let code = code.unwrap_or_else(|| panic!("{columns}x{rows}: {forms:#?}"));
            assert!(code.text.len() <= most, "{}", code.text);
            for part in ["BEGIN:VCARD\n", "TEL:", "2026-11-28", "KD37", "END:VCARD"] {
                assert!(code.text.contains(part), "{part} is not in {}", code.text);
            }
            let level = report.headline.replace(',', "\\,").replace(';', "\\;");
            let is_said = code.text.to_lowercase().contains(&level.to_lowercase());
            let short = report.level.as_ref().map_or(String::new(), |level| level.in_short.to_lowercase());
            let is_said = is_said || code.text.to_lowercase().contains(&format!("note:{short}"));
            assert!(is_said || !report.is_final(), "{level}: {}", code.text);
        }
    }
}

#[test]
fn the_short_forms_hold_no_answer() {
    for report in reports(&site()) {
        // The first two say on the phone what was answered.
        let forms = contact::forms(&report, None);
        let short = forms.iter().filter(|form| !form.contains("\\n"));
        let said: Vec<_> = report.say.iter().skip(1).collect();
        for form in short {
            assert!(said.iter().all(|sentence| !form.contains(sentence.as_str())), "{form}");
        }
        let is_told = forms[0].contains("\\n");
        assert_eq!(is_told, report.is_final() && !report.say.is_empty());
    }
}

#[test]
fn a_check_that_is_not_finished_has_no_day_to_act_by() {
    let half = "{'emergency_now': ['none'], 'saddle_signs': ['none']}";
    let report = report_of(&BACK_PAIN, half, &site());
    assert!(!report.finished);
    for form in contact::forms(&report, None) {
        assert!(form.contains(&report.date.to_string()));
        assert!(!form.contains("within") && !form.contains("before"), "{form}");
    }
}

#[test]
fn without_numbers_there_is_a_contact_all_the_same() {
    let report = report_of(&BACK_PAIN, CALM, &Site::default());
    let forms = contact::forms(&report, None);
    assert!(forms.iter().all(|form| !form.contains("TEL:")));
    assert!(Code::fitting(&forms, 44, 21).is_some());
}

/// The bytes as they can be read: control characters by their number, each command on a line of its own.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &byte in bytes {
        match byte {
            b'\n' => out.push('\n'),
            0x20..=0x7e => out.push(byte.into()),
            byte => write!(out, "<{byte:02x}>").expect("a string takes it"),
        }
    }
    out
}

#[test]
fn slips_are_as_agreed_byte_for_byte() {
    let sheet = CALM.replace("'weight_loss': 'no'", "'weight_loss': 'unsure'");
    let mut text = String::new();
    for questionnaire in [&*BACK_PAIN, &*DOLOR_DE_ESPALDA] {
        let report = report_of(questionnaire, &sheet, &site());
        for encoding in Encoding::ALL {
            let columns = COLUMNS[usize::from(encoding == Encoding::Cp858)];
            let commands = encoding != Encoding::Utf8;
            let slip = Slip { columns, encoding, commands, code: encoding == Encoding::Cp437 };
            let bytes = slip::bytes(&report, Some("KD37"), &slip);
            writeln!(
                text,
                "== {} {} {columns}\n{}",
                questionnaire.language,
                encoding.name(),
                readable(&bytes)
            )
            .expect("a string takes it");
        }
    }
    agreed::agreed("slips.txt", &text);
}

/// What is left when all commands are taken away; panics at one that isn't known.
fn without_commands(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(&first) = bytes.first() {
        let length = match bytes {
            [0x1b, b'@', ..] => 2,
            [0x1b, b't' | b'E' | b'a', ..] | [0x1d, b'!', ..] => 3,
            [0x1d, b'V', ..] => 4,
            [0x1d, b'(', b'k', low, high, ..] => 5 + usize::from(*low) + 256 * usize::from(*high),
            [0x20..=0xff | b'\n', ..] => {
                out.push(first);
                1
            }
            other => panic!("{:02x?}", &other[..other.len().min(8)]),
        };
        bytes = &bytes[length..];
    }
    out
}

#[test]
fn no_line_of_a_slip_is_longer_than_the_paper_and_nothing_else_commands_the_printer() {
    let hostile = Site::from([
        ("clinic", "A\u{1b}@B\u{1d}V\u{0} Clínica"),
        ("clinic_phone", "555\u{1b}p0"),
        ("emergency_number", "112"),
    ]);
    for site in [site(), hostile] {
        for report in reports(&site).iter().step_by(3) {
            for encoding in Encoding::ALL {
                for columns in COLUMNS {
                    let slip = Slip { columns, encoding, commands: true, code: true };
                    let text = without_commands(&slip::bytes(report, Some("KD37"), &slip));
                    for line in text.split(|byte| *byte == b'\n') {
                        let wide = match encoding {
                            Encoding::Utf8 => redflag::text::width(std::str::from_utf8(line).expect("UTF-8")),
                            _ => line.len(),
                        };
                        assert!(wide <= columns, "{}", String::from_utf8_lossy(line));
                    }
                    let plain = Slip { commands: false, code: false, ..slip };
                    assert_eq!(
                        slip::bytes(report, Some("KD37"), &plain),
                        text[..].strip_suffix(b"\n").unwrap_or(&text)
                    );
                }
            }
        }
    }
}

fn at_result(size: (u16, u16), look: theme::Look) -> Person<'static> {
    let mut person = Person::patient(size);
    person.look.theme = look.theme();
    person.reach_summary(&[]);
    person
}

fn has_squares(person: &Person) -> bool {
    let mut squares = 0;
    for cell in person.terminal_cells() {
        let is_square = cell.symbol() == "▄" || cell.symbol() == " ";
        let set = |colour| matches!(colour, Color::Indexed(16 | 231));
        squares += usize::from(is_square && set(cell.fg) && set(cell.bg));
    }
    squares > 400
}

/// What is beside the code.
fn beside(person: &mut Person) -> String {
    let left = usize::from(person.cursor().0);
    let lines =
        person.screen().lines().map(|line| line.chars().skip(left).collect::<String>()).collect::<Vec<_>>();
    support::in_a_row(&lines.join(" "))
}

#[test]
fn the_page_shows_the_code_in_every_colour_theme_and_keys_and_taps_close_it() {
    let mut person = at_result(USUAL, theme::Look::Dark);
    for look in [theme::Look::Dark, theme::Look::Light, theme::Look::HighContrast] {
        for size in [USUAL, (120, 40), (200, 50)] {
            person.look.theme = look.theme();
            person.app.touch = false;
            person.resize(size);
            person.press("m");
            assert!(has_squares(&person), "{look:?} {size:?}\n{}", person.screen());
            let said = beside(&mut person);
            assert!(said.contains("Point the camera of your phone at the square."), "{said}");
            // What to say is in it only where that is said.
            let says = said.contains("and what to say on the phone. No name.");
            assert_eq!(said.contains("none of your answers."), !says, "{size:?} {said}");
            assert!(says == (size.1 >= 50) || size == (120, 40), "{size:?} {said}");
            person.press("Esc");
            assert_eq!(person.app.overlay, None);
            person.app.touch = true;
            person.resize(size);
            person.finger(&Tap::Press(Action::TakeAlong));
            assert!(has_squares(&person), "{look:?} {size:?}\n{}", person.screen());
            person.finger(&Tap::Press(Action::Close));
            assert_eq!(person.app.overlay, None);
        }
    }
}

#[test]
fn where_it_does_not_fit_or_has_no_colours_it_says_so_and_gives_the_text() {
    let mut person = at_result(USUAL, theme::Look::Dark);
    for (size, look, said) in [
        ((40, 12), theme::Look::Dark, "This window has no room for the square."),
        (USUAL, theme::Look::Mono, "The square needs colours, which are off here."),
    ] {
        person.look.theme = look.theme();
        person.resize(size);
        person.press("m");
        assert!(!has_squares(&person));
        person.must_see(said);
        person.must_see("2026-11-21");
        person.press("Esc");
        assert_eq!(person.app.overlay, None);
    }
    person.look.theme = theme::Look::Dark.theme();
    person.look.ascii = true;
    person.press("m");
    assert!(matches!(person.app.overlay, Some(Overlay::TakeAlong { .. })));
    assert!(!has_squares(&person) && person.screen().is_ascii());
}

#[test]
fn the_command_writes_the_slip_of_a_check_that_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("check.json");
    let sheet = SheetReader::new(&BACK_PAIN).read(&CALM.replace('\'', "\"")).expect("a sheet");
    let encounter = Encounter::of_sheet(&BACK_PAIN, Audience::Patient, sheet, date(2026, 11, 28));
    let interview = redflag::interview::Interview::on(&BACK_PAIN, encounter);
    std::fs::write(&path, interview.to_json()).expect("written");
    let slip = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        command.arg("slip").arg(&path).args(arguments);
        command.env("XDG_CONFIG_HOME", folder.path()).env("LC_ALL", "C.UTF-8");
        command.output().expect("it runs")
    };
    let plain = slip(&[]);
    assert!(plain.status.success(), "{}", String::from_utf8_lossy(&plain.stderr));
    let text = String::from_utf8(plain.stdout).expect("UTF-8");
    assert!(text.contains("LOOK AFTER IT YOURSELF") && text.lines().all(|line| line.chars().count() <= 32));
    let raw =
        slip(&["--escpos", "--qr", "--encoding", "cp858", "--columns", "48", "--ticket", "KD37"]).stdout;
    assert!(raw.starts_with(b"\x1b@\x1bt\x13"), "{raw:02x?}");
    assert!(raw.windows(8).any(|bytes| bytes == b"\x1d(k\x03\x001Q0"));
    assert!(raw.windows(4).any(|bytes| bytes == b"KD37"));
    for (wrong, told) in [
        (&["--encoding", "latin1"][..], "[possible values: utf-8, cp437, cp858, ascii]"),
        (&["--qr"], "--escpos"),
        (&["--columns", "8"], "24..=80"),
    ] {
        let output = slip(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{:?}", output.stderr);
    }
}
