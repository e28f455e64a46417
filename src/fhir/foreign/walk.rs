//! Goes through the items of a form: which question each becomes, and what is not asked.

use serde_json::Value as Json;

use super::conditions::Written;
use super::ids::Ids;
use super::numbers::{self, Number};
use super::options::{self, Choice, Offered};
use super::{control, extensions, list};
use crate::fhir::loss::Loss;
use crate::fhir::names;
use crate::fhir::shown::{shown, value_shown};
use crate::questionnaire::Code;
use crate::text::{clean, clean_line};

#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Note,
    Text,
    YesNo,
    One(Vec<Choice>),
    Several(Vec<Choice>),
    Number(Number),
}

impl Kind {
    pub fn takes_answer(&self) -> bool {
        *self != Kind::Note
    }
}

/// A question as it will be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub id: String,
    pub link_id: String,
    /// Position in [`Found::sections`].
    pub section: usize,
    pub kind: Kind,
    pub ask: String,
    pub hint: Vec<String>,
    pub why: Vec<String>,
    pub labels: Vec<(f64, String)>,
    pub unsure: bool,
    pub optional: bool,
    /// When the form asks it, group by group.
    pub enabled: Vec<Written>,
    /// What became of that.
    pub ask_if: Option<Json>,
    /// For a person who reads the file.
    pub remarks: Vec<String>,
    /// Of a yes or no made of a choice: the codes of no and yes.
    pub choices: Vec<Choice>,
    pub code: Option<Code>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    pub id: String,
    pub title: String,
}

/// All that was found in a form.
#[derive(Debug, Default)]
pub struct Found {
    pub title: String,
    pub sections: Vec<Section>,
    pub asked: Vec<Asked>,
    pub loss: Vec<Loss>,
    /// What a form calls no and yes, where it calls them otherwise than in English.
    pub yes_no: Option<[String; 2]>,
    ids: Ids,
    section_ids: Ids,
    /// The group that the last section is of.
    current: Option<String>,
}

/// What is around an item.
#[derive(Clone, Default)]
struct Around {
    /// The group, by its position in the form.
    place: String,
    titles: Vec<String>,
    enabled: Vec<Written>,
}

pub fn walk(form: &Json, beside: &[&Json]) -> Found {
    let mut found = Found { title: title(form), ..Found::default() };
    found.extensions("", form, &[]);
    if let Some(copyright) = form["copyright"].as_str() {
        let why = format!("check that it lets you change and use the form: {}", shown(copyright));
        found.loss.push(Loss::for_a_person("", "copyright", why));
    }
    if !form["item"].is_array() && !form["item"].is_null() {
        found.lose("", "item", "it is not a list");
    }
    items(&form["item"], beside, &Around::default(), &mut found);
    found
}

/// The first name that a form has.
fn title(form: &Json) -> String {
    let names = ["title", "name", "id", "description"].iter().filter_map(|key| form[key].as_str());
    let mut names = names.map(|name| braces_gone(&clean_line(name)).chars().take(80).collect::<String>());
    names.find(|name| !name.is_empty()).unwrap_or_else(|| "A form".to_owned())
}

/// Braces name contacts in texts of ours.
pub fn braces_gone(text: &str) -> String {
    text.replace('{', "(").replace('}', ")")
}

impl Found {
    fn lose(&mut self, at: &str, what: &str, why: &str) {
        self.loss.push(Loss::new(shown(at), shown(what), why));
    }

    /// Tells of all extensions of an element but those that are known. A modifier may turn what is said into its opposite.
    fn extensions(&mut self, at: &str, element: &Json, known: &[&str]) {
        let url = |extension: &Json, key: &str| extension["url"].as_str().unwrap_or(key).to_owned();
        for extension in list(&element["extension"]) {
            let url = url(extension, "extension");
            if !known.contains(&url.as_str()) {
                self.lose(at, &url, "redflag doesn't know this extension");
            }
        }
        for extension in list(&element["modifierExtension"]) {
            let why = "it may change the meaning, and redflag doesn't know it";
            self.loss.push(Loss::for_a_person(shown(at), shown(&url(extension, "modifierExtension")), why));
        }
    }

    /// The section of a group; a new one where another has come between.
    fn section(&mut self, around: &Around) -> usize {
        if self.current.as_ref() != Some(&around.place) {
            let title = match around.titles.as_slice() {
                [] => self.title.clone(),
                titles => titles.join(": "),
            };
            let mut told = title.clone();
            let mut number = 1;
            while self.sections.iter().any(|section| section.title == told) {
                number += 1;
                told = format!("{title} ({number})");
            }
            let id = self.section_ids.of(&title, "section");
            self.sections.push(Section { id, title: told });
            self.current = Some(around.place.clone());
        }
        self.sections.len() - 1
    }
}

fn items(items: &Json, beside: &[&Json], around: &Around, found: &mut Found) {
    for (number, item) in list(items).iter().enumerate() {
        if !item.is_object() {
            found.lose("", "item", "it is not an object");
            continue;
        }
        let link_id = match &item["linkId"] {
            Json::String(text) => text.clone(),
            Json::Null => String::new(),
            other => other.to_string(),
        };
        let is_left_out = left_out(item, &link_id, found);
        if is_left_out && is_hidden(item) {
            continue;
        }
        let mut enabled = around.enabled.clone();
        enabled.extend(Written::of(item));
        let kind = item["type"].as_str();
        match kind.unwrap_or(if list(&item["item"]).is_empty() { "string" } else { "group" }) {
            "group" => {
                let mut titles = around.titles.clone();
                titles.extend(words(item));
                if item["repeats"] == true {
                    let why = "people can fill this group in several times, and redflag asks it once";
                    found.loss.push(Loss::for_a_person(shown(&link_id), "repeats", why));
                }
                unknown(item, &link_id, found);
                let place = format!("{}/{number}", around.place);
                self::items(&item["item"], beside, &Around { place, titles, enabled }, found);
            }
            kind => {
                let around = Around { enabled, ..around.clone() };
                match kind {
                    _ if is_left_out => {}
                    "display" => display(item, &link_id, &around, found),
                    kind => question(item, kind, &link_id, beside, &around, found),
                }
                // Items below a question are asked after it.
                let is_after = |below: &&Json| kind == "display" || !is_help(below);
                let after = list(&item["item"]).iter().filter(is_after).cloned().collect();
                self::items(&Json::Array(after), beside, &around, found);
            }
        }
    }
}

/// Words that belong to the question above them. Those with a condition of their own are no part of it: they may be a
/// warning for one of the answers.
fn is_help(below: &Json) -> bool {
    below["type"] == "display" && Written::of(below).is_none() && !is_hidden(below)
}

fn is_hidden(item: &Json) -> bool {
    extensions(item, names::HIDDEN).any(|extension| extension["valueBoolean"] == true)
}

/// What a person never sees, or can't answer.
fn left_out(item: &Json, link_id: &str, found: &mut Found) -> bool {
    let is_calculated = extensions(item, names::CALCULATED).next().is_some();
    let is_group = item["type"] == "group";
    let why = match (is_hidden(item), is_calculated, item["readOnly"] == true && !is_group) {
        (true, ..) => "the form hides it, so it is not asked",
        (_, true, _) => "the form calculates it, so it is not asked; a definition or a rule can do that here",
        (_, _, true) => "it is read-only, so it is not asked",
        _ => return false,
    };
    found.loss.push(Loss::for_a_person(shown(link_id), "item", why));
    true
}

/// The words of an item, cleaned; of a question without any its code's.
fn words(item: &Json) -> Option<String> {
    let text = item["text"].as_str().map(clean).map(|text| braces_gone(text.trim()));
    let text = text.filter(|text| !text.is_empty());
    let code = || list(&item["code"]).iter().find_map(|coding| coding["display"].as_str()).map(str::to_owned);
    let text =
        text.or_else(|| code().map(|text| braces_gone(&clean_line(&text))).filter(|it| !it.is_empty()))?;
    let prefix = item["prefix"].as_str().map(|prefix| braces_gone(&clean_line(prefix)));
    Some(match prefix.filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix} {text}"),
        None => text,
    })
}

/// Words to read: a page of their own.
fn display(item: &Json, link_id: &str, around: &Around, found: &mut Found) {
    unknown(item, link_id, found);
    let Some(ask) = words(item) else {
        found.lose(link_id, "display", "it has no text");
        return;
    };
    let section = found.section(around);
    let asked = Asked {
        id: found.ids.of(link_id, "page"),
        link_id: link_id.to_owned(),
        section,
        kind: Kind::Note,
        ask,
        hint: Vec::new(),
        why: Vec::new(),
        labels: Vec::new(),
        unsure: false,
        optional: false,
        enabled: around.enabled.clone(),
        ask_if: None,
        remarks: Vec::new(),
        choices: Vec::new(),
        code: None,
    };
    found.asked.push(asked);
}

fn question(item: &Json, kind: &str, link_id: &str, beside: &[&Json], around: &Around, found: &mut Found) {
    let mut remarks = Vec::new();
    let mut hint = Vec::new();
    let (mut why, mut labels, mut unsure, mut choices) = (Vec::new(), Vec::new(), false, Vec::new());
    let is_open = kind == "open-choice" || item["answerConstraint"] == "optionsOrString";
    let repeats = item["repeats"] == true;
    let made = match kind {
        "boolean" => Kind::YesNo,
        "choice" | "open-choice" | "coding" => match options::of(item, beside) {
            Ok(offered) => {
                unsure = offered.unsure;
                if offered.is_partial {
                    remarks.push(
                        "the file may not have the whole value set: compare the options with it".to_owned(),
                    );
                }
                if !offered.scores.is_empty() {
                    let scores = shown(&offered.scores.join(", "));
                    remarks.push(format!(
                        "the form scores its answers ({scores}); rules here compare answers and don't add up scores"
                    ));
                }
                for url in &offered.lost {
                    found.lose(link_id, url, "an answer has it, and there is no place for it");
                }
                choice(offered, repeats, is_open, &mut choices, found)
            }
            Err(why) => {
                remarks.push(format!("the form offers a choice, but {why}: write the options"));
                Kind::Text
            }
        },
        "integer" | "decimal" | "quantity" => {
            let (number, of_number) = numbers::of(item, kind);
            remarks.extend(of_number);
            Kind::Number(number)
        }
        "string" | "text" | "url" => Kind::Text,
        "date" | "dateTime" | "time" => {
            hint.push(match kind {
                "date" => "Year, month and day, such as 2026-05-21".to_owned(),
                "time" => "Hours and minutes, such as 14:05".to_owned(),
                _ => "Date and time, such as 2026-05-21 14:05".to_owned(),
            });
            remarks.push(format!("the form takes a {kind}; here it is text, which no condition can compare"));
            Kind::Text
        }
        other => {
            remarks.push(format!("the form takes {}; here it is text", shown(other)));
            Kind::Text
        }
    };
    if repeats && !matches!(made, Kind::Several(_)) {
        remarks.push("the form takes several answers; here it takes one".to_owned());
    }
    if made == Kind::Text {
        unsure = false;
    }
    if !matches!(made, Kind::Number(_)) {
        for url in [names::MIN_VALUE, names::MAX_VALUE]
            .into_iter()
            .filter(|url| extensions(item, url).next().is_some())
        {
            found.lose(link_id, url, "there is no place for it at a text");
        }
    }
    if let Some(step) = extensions(item, names::SLIDER_STEP).find_map(|it| it["valueInteger"].as_i64())
        && step != 1
    {
        remarks.push(format!("the form takes steps of {step}; here every whole number can be chosen"));
    }
    for below in list(&item["item"]).iter().filter(|below| is_help(below)) {
        unknown(below, below["linkId"].as_str().unwrap_or(link_id), found);
        help(below, &made, &mut hint, &mut why, &mut labels);
    }
    hint.extend(extensions(item, ENTRY_FORMAT).filter_map(|it| it["valueString"].as_str()).map(line));
    let ask = words(item).unwrap_or_else(|| {
        remarks.push("the form has no text for this question".to_owned());
        Some(braces_gone(&clean_line(link_id))).filter(|it| !it.is_empty()).unwrap_or_else(|| "?".to_owned())
    });
    if found.asked.iter().any(|other| other.link_id == link_id) {
        remarks.push("another item of the form has the same linkId".to_owned());
    }
    unknown(item, link_id, found);
    if !item["initial"].is_null() {
        found.lose(link_id, "initial", "redflag fills in no answers beforehand");
    }
    let code = code(item, link_id, found);
    let section = found.section(around);
    let id = found.ids.of(link_id, "q");
    let optional = item["required"] != true;
    let other = |options: &[Choice]| options.iter().any(|option| option.id == OTHER && option.code.is_none());
    let has_other = match &made {
        Kind::One(options) | Kind::Several(options) => is_open && other(options),
        _ => false,
    };
    if is_open && !has_other {
        remarks.push("the form also takes other answers, which can't be given here".to_owned());
    }
    found.asked.push(Asked {
        id: id.clone(),
        link_id: link_id.to_owned(),
        section,
        kind: made,
        ask,
        hint: hint.into_iter().filter(|line| !line.is_empty()).collect(),
        why: why.into_iter().filter(|line| !line.is_empty()).collect(),
        labels,
        unsure,
        optional,
        enabled: around.enabled.clone(),
        ask_if: None,
        remarks,
        choices,
        code,
    });
    if has_other {
        let other = found.ids.of(&format!("{id}_other"), "other");
        let asked = Asked {
            id: other,
            link_id: String::new(),
            section,
            kind: Kind::Text,
            ask: "What else? In your own words.".to_owned(),
            hint: Vec::new(),
            why: Vec::new(),
            labels: Vec::new(),
            unsure: false,
            optional: true,
            enabled: Vec::new(),
            ask_if: Some(serde_json::json!({ id: OTHER })),
            remarks: vec!["the form also takes other answers, which are typed here".to_owned()],
            choices: Vec::new(),
            code: None,
        };
        found.asked.push(asked);
    }
}

const ENTRY_FORMAT: &str = "http://hl7.org/fhir/StructureDefinition/entryFormat";
/// The option that stands for an answer in one's own words.
const OTHER: &str = "something_else";

fn line(words: &str) -> String {
    braces_gone(&clean_line(words))
}

fn choice(
    offered: Offered,
    repeats: bool,
    is_open: bool,
    choices: &mut Vec<Choice>,
    found: &mut Found,
) -> Kind {
    if let Some([no, yes]) = offered.yes_no().filter(|_| !repeats && !is_open) {
        let labels = [line(&no.label), line(&yes.label)];
        let called = found.yes_no.get_or_insert_with(|| labels.clone());
        if *called == labels {
            let mut pair = [no.clone(), yes.clone()];
            pair[0].id = "no".to_owned();
            pair[1].id = "yes".to_owned();
            choices.extend(pair);
            return Kind::YesNo;
        }
    }
    let mut options = offered.choices;
    let own = |id: &str, label: &str, exclusive: bool| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        exclusive,
        system: None,
        code: None,
        words: None,
    };
    if is_open && !options.iter().any(|option| option.id == OTHER) && options.len() < 64 {
        options.push(own(OTHER, "Something else", false));
    }
    if options.len() == 1 {
        options.push(own("none_of_these", "None of these", repeats));
    }
    if repeats { Kind::Several(options) } else { Kind::One(options) }
}

/// Words below a question: a line, why it is asked, or what an end of a scale means.
fn help(
    below: &Json,
    kind: &Kind,
    hint: &mut Vec<String>,
    why: &mut Vec<String>,
    labels: &mut Vec<(f64, String)>,
) {
    let Some(text) = words(below) else { return };
    match (control(below, names::ITEM_CONTROL), kind) {
        (Some("help" | "flyover"), _) => why.push(text),
        (Some("lower"), Kind::Number(number)) if number.is_scale => labels.push((number.min, line(&text))),
        (Some("upper"), Kind::Number(number)) if number.is_scale => labels.push((number.max, line(&text))),
        (Some("unit"), Kind::Number(_)) => {}
        _ => hint.push(text),
    }
}

/// The first code of an item that is spelt well; the others are told.
fn code(item: &Json, link_id: &str, found: &mut Found) -> Option<Code> {
    let text = |value: &Json| value.as_str().map(str::to_owned);
    let mut kept = None;
    for coding in list(&item["code"]) {
        let code = text(&coding["system"]).zip(text(&coding["code"])).map(|(system, code)| {
            let display = coding["display"].as_str().map(clean_line).filter(|words| !words.is_empty());
            Code { system, code, display }
        });
        match code.filter(|code| kept.is_none() && code.check().is_ok()) {
            Some(code) => kept = Some(code),
            None => found.lose(link_id, "code", &format!("there is no place for {}", value_shown(coding))),
        }
    }
    kept
}

/// What an item has that nothing here looks at.
fn unknown(item: &Json, link_id: &str, found: &mut Found) {
    const KNOWN: [&str; 14] = [
        names::ITEM_CONTROL,
        names::DISPLAY_CATEGORY,
        names::HIDDEN,
        names::UNIT,
        names::UNIT_OPTION,
        names::MIN_VALUE,
        names::MAX_VALUE,
        names::MIN_QUANTITY,
        names::MAX_QUANTITY,
        names::MAX_DECIMALS,
        names::SLIDER_STEP,
        // Told where the condition is.
        names::ENABLE_WHEN,
        ENTRY_FORMAT,
        names::CALCULATED,
    ];
    found.extensions(link_id, item, &KNOWN);
    for extension in list(&item["_text"]["extension"]) {
        found.lose(link_id, extension["url"].as_str().unwrap_or("_text"), "the text is used as it is");
    }
    for key in ["maxLength", "definition"] {
        if !item[key].is_null() {
            found.lose(link_id, key, "there is no place for it");
        }
    }
}
