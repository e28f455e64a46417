//! Every text of a questionnaire, in one order and with a name that is the same in each of its languages.

use super::{Control, Domain, NumberBounds, Questionnaire, Text};

/// A step on the way to a text: `questions`, `age`, `ask`. What has an id is found by it, other things by their
/// position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// What hangs on a text, and what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// It says that something is urgent, or what to do then: a person must never have to read it in another
    /// language than the one chosen.
    pub safety: bool,
    /// It may have paragraphs and lists.
    pub lines: bool,
}

const LINE: Role = Role { safety: false, lines: false };
const LINES: Role = Role { safety: false, lines: true };
const SAFETY_LINE: Role = Role { safety: true, lines: false };
const SAFETY_LINES: Role = Role { safety: true, lines: true };

use Step::{Index, Key};

/// Shows every text with its name, in the order of the questionnaire. The two answers of a yes_no have the same
/// names at each such question.
pub fn each_text(
    questionnaire: &mut Questionnaire,
    look: &mut impl for<'n> FnMut(&[Step<'n>], Role, &mut Text),
) {
    let q = questionnaire;
    look(&[Key("title")], LINE, &mut q.title);
    look(&[Key("sign_off")], LINES, &mut q.sign_off);
    if let Some(stop) = &mut q.welcome.stop {
        look(&[Key("welcome"), Key("stop")], SAFETY_LINES, stop);
    }
    look(&[Key("welcome"), Key("about")], LINES, &mut q.welcome.about);
    each(&["welcome", "points"], LINE, &mut q.welcome.points, look);
    for offer in &mut q.offers {
        look(&[Key("offers"), Key(&offer.questionnaire)], LINE, &mut offer.label);
    }
    // They stand in the texts of levels, steps and the return list.
    for contact in &mut q.contacts {
        look(&[Key("contacts"), Key(&contact.id)], SAFETY_LINE, &mut contact.words);
    }
    levels(q, look);
    for section in &mut q.sections {
        look(&[Key("sections"), Key(&section.id)], LINE, &mut section.title);
    }
    for grid in &mut q.grids {
        look(&[Key("grids"), Key(&grid.id), Key("ask")], LINES, &mut grid.ask);
        if let Some(hint) = &mut grid.hint {
            look(&[Key("grids"), Key(&grid.id), Key("hint")], LINES, hint);
        }
    }
    questions(q, look);
    for rule in &mut q.rules {
        // The alert gives the reasons of its level.
        let alerted = q.levels.get(rule.level).is_some_and(|level| level.interrupt);
        let role = if alerted { SAFETY_LINE } else { LINE };
        if rule.because_if.is_empty() {
            look(&[Key("rules"), Key(&rule.id)], role, &mut rule.because);
            continue;
        }
        let some = rule.because_if.iter_mut().map(|entry| &mut entry.say);
        each(&["rules", &rule.id], role, some.chain([&mut rule.because]), look);
    }
    for step in &mut q.next_steps {
        look(&[Key("next_steps"), Key(&step.id)], SAFETY_LINES, &mut step.say);
    }
    look(&[Key("return_list"), Key("title")], SAFETY_LINE, &mut q.return_list.title);
    let items = q.return_list.items.iter_mut().map(|item| &mut item.say);
    each(&["return_list", "items"], SAFETY_LINES, items, look);
    for (at, part) in q.return_list.further.iter_mut().enumerate() {
        let name = [Key("return_list"), Key("further"), Index(at)];
        look(&[&name[..], &[Key("title")]].concat(), SAFETY_LINE, &mut part.title);
        for (item, text) in part.items.iter_mut().enumerate() {
            look(&[&name[..], &[Key("items"), Index(item)]].concat(), SAFETY_LINES, &mut text.say);
        }
    }
    each(&["always"], LINES, &mut q.always, look);
    look(&[Key("say")], LINES, &mut q.say);
    for page in &mut q.learn {
        look(&[Key("learn"), Key(&page.id), Key("title")], LINE, &mut page.title);
        look(&[Key("learn"), Key(&page.id), Key("body")], LINES, &mut page.body);
    }
    for table in &mut q.tables {
        look(&[Key("tables"), Key(&table.id), Key("title")], LINE, &mut table.title);
        each(&["tables", &table.id, "columns"], LINE, &mut table.columns, look);
        for (row, cells) in table.rows.iter_mut().enumerate() {
            for (cell, text) in cells.iter_mut().enumerate() {
                let name = [Key("tables"), Key(&table.id), Key("rows"), Index(row), Index(cell)];
                look(&name, LINE, text);
            }
        }
    }
}

fn levels(q: &mut Questionnaire, look: &mut impl for<'n> FnMut(&[Step<'n>], Role, &mut Text)) {
    for level in &mut q.levels {
        let id = level.id.as_str();
        look(&[Key("levels"), Key(id), Key("title")], SAFETY_LINE, &mut level.title);
        if let Some(short) = &mut level.short {
            look(&[Key("levels"), Key(id), Key("short")], SAFETY_LINE, short);
        }
        look(&[Key("levels"), Key(id), Key("act")], SAFETY_LINES, &mut level.act);
        let within = level.within.iter_mut().map(|deadline| &mut deadline.say);
        each(&["levels", id, "within"], SAFETY_LINES, within, look);
        let who = level.who.iter_mut().map(|contact| &mut contact.say);
        each(&["levels", id, "who"], SAFETY_LINES, who, look);
        let check_again = level.check_again.iter_mut().map(|deadline| &mut deadline.say);
        each(&["levels", id, "check_again"], SAFETY_LINES, check_again, look);
    }
}

fn questions(q: &mut Questionnaire, look: &mut impl for<'n> FnMut(&[Step<'n>], Role, &mut Text)) {
    for question in &mut q.questions {
        let id = question.id.as_str();
        let mut part = |part: &str, role: Role, text: &mut Text| {
            look(&[Key("questions"), Key(id), Key(part)], role, text);
        };
        part("ask", LINES, &mut question.ask);
        if let Some(hint) = &mut question.hint {
            part("hint", LINES, hint);
        }
        if let Some(row) = question.grid.as_mut().and_then(|grid| grid.row.as_mut()) {
            part("row", LINE, row);
        }
        if let Some(why) = &mut question.why {
            part("why", LINES, why);
        }
        if let Some(say) = &mut question.say {
            part("say", LINE, say);
        }
        if let Some(phrase) = &mut question.phrase {
            part("phrase", LINE, phrase);
        }
        if let Some(ask_again) = &mut question.ask_again {
            part("ask_again", LINES, ask_again);
        }
        if let Some(settle) = &mut question.settle {
            for (part, text) in [("ask", &mut settle.ask), ("test", &mut settle.test)] {
                let Some(text) = text else { continue };
                look(&[Key("questions"), Key(id), Key("settle"), Key(part)], LINES, text);
            }
        }
        if let Domain::Number(NumberBounds { unit: Some(unit), .. }) = &mut question.domain {
            look(&[Key("questions"), Key(id), Key("unit")], LINE, unit);
        }
        match &mut question.control {
            Control::Scale { labels } => {
                for (value, words) in labels {
                    let value = value.to_string();
                    look(&[Key("questions"), Key(id), Key("labels"), Key(&value)], LINE, words);
                }
            }
            Control::YesNo => {
                for option in &mut question.options {
                    look(&[Key("yes_no"), Key(&option.id)], LINE, &mut option.label);
                    if let Some(phrase) = &mut option.phrase {
                        look(&[Key("questions"), Key(id), Key("phrases"), Key(&option.id)], LINE, phrase);
                    }
                }
                continue;
            }
            Control::List | Control::Figure | Control::Field | Control::Note => {}
        }
        for option in &mut question.options {
            let option_id = option.id.as_str();
            let mut part = |part: &str, text: &mut Text| {
                let name = [Key("questions"), Key(id), Key("options"), Key(option_id), Key(part)];
                look(&name, LINE, text);
            };
            part("label", &mut option.label);
            if let Some(hint) = &mut option.hint {
                part("hint", hint);
            }
            if let Some(say) = &mut option.say {
                part("say", say);
            }
            if let Some(phrase) = &mut option.phrase {
                part("phrase", phrase);
            }
            if let Some(settle) = &mut option.settle {
                for (part, text) in [("ask", &mut settle.ask), ("test", &mut settle.test)] {
                    let Some(text) = text else { continue };
                    let of = [Key("questions"), Key(id), Key("options"), Key(option_id)];
                    let name = [&of[..], &[Key("settle"), Key(part)]].concat();
                    look(&name, LINES, text);
                }
            }
        }
    }
}

/// Texts of a list that have no ids.
fn each<'t>(
    path: &[&str],
    role: Role,
    texts: impl IntoIterator<Item = &'t mut Text>,
    look: &mut impl for<'n> FnMut(&[Step<'n>], Role, &mut Text),
) {
    for (index, text) in texts.into_iter().enumerate() {
        let mut name: Vec<Step> = path.iter().map(|key| Key(key)).collect();
        name.push(Index(index));
        look(&name, role, text);
    }
}
