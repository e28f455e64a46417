//! The file that a form becomes.

use serde_json::{Value as Json, json};

use super::ids::plain;
use super::walk::{Asked, Found, Kind, braces_gone};
use crate::fhir::loss::Loss;
use crate::fhir::shown::shown;
use crate::questionnaire::Code;
use crate::text::{clean, clean_line};

/// All that did not go along: what belongs to the form, and the remarks at questions.
pub fn loss(found: &Found) -> Vec<Loss> {
    let mut loss = found.loss.clone();
    for asked in &found.asked {
        let remarks = asked.remarks.iter();
        loss.extend(
            remarks.map(|remark| Loss::for_a_person(&asked.id, shown(&asked.link_id), remark.as_str())),
        );
    }
    let why = "a form doesn't say what its answers mean: write levels, rules, next steps and the return list";
    loss.push(Loss::for_a_person("", "rules", why));
    loss
}

pub fn write(form: &Json, found: &Found) -> String {
    let mut file = head(form, found);
    let rule = placeholder_rule(found);
    for (index, section) in found.sections.iter().enumerate() {
        let mut asked = found.asked.iter().filter(|asked| asked.section == index).peekable();
        if asked.peek().is_none() {
            continue;
        }
        file += &format!(
            "  - id: {}\n    title: {}\n    questions:\n",
            text(&section.id),
            one_line(&section.title)
        );
        asked.for_each(|asked| question(asked, found, &rule, &mut file));
    }
    file += "\n# LOOK: this rule is a placeholder. Write what the answers mean.\nrules:\n";
    let when = &rule.when;
    file += &format!(
        "  - id: R01\n    level: review\n    because: {}\n    when: {when}\n",
        text("An answer of the form")
    );
    file += "\n# LOOK: say what to do.\nnext_steps:\n";
    file +=
        &format!("  - {{ id: show, say: {} }}\n", text("Show your answers to somebody who can judge them."));
    file += "\n# LOOK: say when to get help at once.\n";
    file += &format!("return_list:\n  title: {}\n", text("Get help at once for"));
    file += &format!("  items: [{}]\n", text("what the authors of this check have yet to write"));
    file + &format!("say: {}\n", text("I have filled in a form."))
}

fn head(form: &Json, found: &Found) -> String {
    let named = ["url", "id", "name"].iter().find_map(|key| form[key].as_str()).unwrap_or("no name");
    let mut head = format!("# Made by `redflag fhir import` from the Questionnaire {}.\n", shown(named));
    head += "# Lines that begin with LOOK need a person who knows the subject.\n";
    if let Some(copyright) = form["copyright"].as_str() {
        head += &format!("# LOOK: {}\n", shown(copyright));
    }
    let names = ["id", "name", "title"].iter().filter_map(|key| form[key].as_str());
    let id = names.map(|name| plain(name, "", '-')).find(|id| !id.trim_matches('-').is_empty());
    let is_word = |id: &String| !matches!(id.as_str(), "true" | "false" | "null");
    let id = id.filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase()) && is_word(id));
    let id = id.unwrap_or("form".to_owned());
    let version = form["version"].as_str().map(clean_line).filter(|version| !version.is_empty());
    let is_tag = |tag: &&str| {
        let mut parts = tag.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.chars().all(|c| c.is_ascii_alphabetic())
            && parts
                .all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    let language = form["language"].as_str().filter(is_tag).unwrap_or("en");
    let about = form["description"].as_str().map(|about| braces_gone(clean(about).trim()));
    let about = about.filter(|about| !about.is_empty()).unwrap_or_else(|| found.title.clone());
    head += "format: 1\n";
    head += &format!("id: {}\nversion: {}\n", text(&id), text(version.as_deref().unwrap_or("0.1.0")));
    head += &format!("language: {}\ntitle: {}\n", text(language), one_line(&found.title));
    head += &format!(
        "sign_off: {}\n",
        text(
            "Nobody has signed this off. It was made from a form, and what its answers mean is not written yet."
        )
    );
    head += &format!("welcome:\n  about: {}\n", text(&about));
    if let Some([no, yes]) = found.yes_no.as_ref().filter(|labels| labels[0] != "No" || labels[1] != "Yes") {
        head += &format!("yes_no: {{ \"no\": {}, \"yes\": {} }}\n", text(no), text(yes));
    }
    head += "\n# LOOK: write the levels of urgency, the most urgent first.\nlevels:\n";
    head += &format!(
        "  - id: review\n    title: {}\n    act: {}\n",
        text("Show your answers to somebody who can judge them"),
        text("Nothing here has judged your answers.")
    );
    head + "unsure: { counts_as: same_level, at_least: review }\n\nsections:\n"
}

/// The only rule, with a condition on one answer, so that the file has the shape of a whole one.
struct PlaceholderRule {
    when: Json,
    /// The question that it looks at.
    id: String,
    /// That question has to take "not sure", since nothing else can be said of words.
    unsure: bool,
}

fn placeholder_rule(found: &Found) -> PlaceholderRule {
    let compared = |asked: &&Asked| !matches!(asked.kind, Kind::Text | Kind::Note);
    let first = found.asked.iter().find(compared);
    let first = first.or_else(|| found.asked.iter().find(|asked| asked.kind == Kind::Text));
    let Some(asked) = first else {
        return PlaceholderRule { when: Json::Null, id: String::new(), unsure: false };
    };
    let id = asked.id.as_str();
    let when = match &asked.kind {
        Kind::YesNo => json!({ id: "yes" }),
        Kind::One(options) | Kind::Several(options) => {
            json!({ id: options.last().map(|option| option.id.as_str()).unwrap_or_default() })
        }
        Kind::Number(number) => json!({ id: { "above": number.min } }),
        Kind::Text | Kind::Note => json!({ id: "unsure" }),
    };
    PlaceholderRule { when, id: id.to_owned(), unsure: asked.kind == Kind::Text }
}

fn question(asked: &Asked, found: &Found, rule: &PlaceholderRule, file: &mut String) {
    let mut line = |words: String| *file += &format!("      {words}\n");
    for remark in &asked.remarks {
        line(format!("# LOOK: {}", clean_line(remark)));
    }
    if !asked.link_id.is_empty() && asked.link_id != asked.id {
        line(format!("# linkId: {}", shown(&asked.link_id)));
    }
    let kind = match &asked.kind {
        Kind::Note => "note",
        Kind::Text => "text",
        Kind::YesNo => "yes_no",
        Kind::One(_) => "one_of",
        Kind::Several(_) => "many_of",
        Kind::Number(number) if number.is_scale => "scale",
        Kind::Number(_) => "number",
    };
    *file += &format!("      - id: {}\n", text(&asked.id));
    let mut line = |words: String| *file += &format!("        {words}\n");
    line(format!("type: {kind}"));
    line(format!("ask: {}", text(&asked.ask)));
    if !asked.hint.is_empty() {
        line(format!("hint: {}", text(&asked.hint.join("\n\n"))));
    }
    if !asked.why.is_empty() {
        line(format!("why: {}", text(&asked.why.join("\n\n"))));
    }
    if let Some(condition) = &asked.ask_if {
        line(format!("ask_if: {condition}"));
    }
    if asked.unsure || (rule.unsure && rule.id == asked.id) {
        line("unsure: true".to_owned());
    }
    if asked.optional && asked.kind.takes_answer() {
        line("optional: true".to_owned());
    }
    if let Kind::Number(number) = &asked.kind {
        line(format!("min: {}", number.min));
        line(format!("max: {}", number.max));
        if !number.is_scale && number.decimals > 0 {
            line(format!("decimals: {}", number.decimals));
        }
        if let Some(unit) = &number.unit {
            line(format!("unit: {}", one_line(&braces_gone(unit))));
        }
        if number.is_scale && !asked.labels.is_empty() {
            let labels = asked.labels.iter().map(|(at, words)| format!("{at}: {}", one_line(words)));
            line(format!("labels: {{ {} }}", labels.collect::<Vec<_>>().join(", ")));
        }
    }
    if asked.kind.takes_answer() {
        let is_looked_at = rule.id == asked.id || found.asked.iter().any(|other| looks_at(other, &asked.id));
        match is_looked_at {
            // Nobody has said yet which answer is of more concern.
            true => line("concern: none".to_owned()),
            false => line("record_only: true".to_owned()),
        }
    }
    if let Some(code) = &asked.code {
        line(format!("code: {}", written(code)));
    }
    if let Kind::One(options) | Kind::Several(options) = &asked.kind {
        line("options:".to_owned());
        for option in options {
            let several = matches!(asked.kind, Kind::Several(_));
            let exclusive = if option.exclusive && several { ", exclusive: true" } else { "" };
            let label = one_line(&braces_gone(&option.label));
            let code = option
                .kept_code(options)
                .map(|code| format!(", code: {}", written(&code)))
                .unwrap_or_default();
            line(format!("  - {{ id: {}, label: {label}{exclusive}{code} }}", text(&option.id)));
        }
    }
}

fn written(code: &Code) -> Json {
    let mut written = json!({ "system": code.system, "code": code.code });
    if let Some(display) = &code.display {
        written["display"] = display.as_str().into();
    }
    written
}

fn looks_at(asked: &Asked, id: &str) -> bool {
    fn names(condition: &Json, id: &str) -> bool {
        match condition {
            Json::Object(keys) => keys.iter().any(|(key, value)| key == id || names(value, id)),
            Json::Array(parts) => parts.iter().any(|part| names(part, id)),
            _ => false,
        }
    }
    asked.ask_if.as_ref().is_some_and(|condition| names(condition, id))
}

/// In quotes, as JSON writes it, which YAML reads as it is.
fn text(words: &str) -> String {
    Json::String(words.to_owned()).to_string()
}

fn one_line(words: &str) -> String {
    text(&clean_line(words))
}
