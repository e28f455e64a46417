//! What `redflag check` says of a file that has the id of a built-in questionnaire: a changed copy of it.
//!
//! Much of what an author can do wrong no look at one file can see: a threshold moved, two rules swapped, an option
//! forgotten where others of its kind stand. Beside the version that was there before, it is seen.

use super::both::{Patient, Side};
use super::cause::{Cause, Why};
use super::files::Files;
use super::order::Urgency;
use super::other::{Behaviour, Other, Weight};
use super::{Difference, Move, example, tell, waived, words};
use crate::questionnaire::diagnostic::{Diagnostic, Severity, Span};
use crate::questionnaire::yaml::{Places, Spot};
use crate::questionnaire::{Audience, Questionnaire};

/// The codes of the findings.
const CHANGED: &str = "changed-without-version";
const LESS_URGENT: &str = "less-urgent-than-built-in";
const TOLD_LESS: &str = "told-less-than-built-in";

/// The findings about a new version, the file, beside an old one, the built-in questionnaire. With the same version
/// number any change is too much; with another one, what is less urgent is pointed out.
pub fn findings(files: &Files, difference: &Difference) -> Vec<Diagnostic> {
    let (old, new) = (files.versions.old, files.versions.new);
    let mut found = Vec::new();
    if old.version == new.version {
        found.extend(unversioned(files, difference));
    } else {
        let less = difference.moves.iter().filter(|moved| moved.urgency == Urgency::Less);
        found.extend(less.map(|moved| {
            let mut finding = of_move(files, moved);
            let way_out = helps(way_out(files, moved), words::compare_all(files.names.0, files.names.1));
            finding.help = Some(helps(finding.help, way_out));
            finding
        }));
        found.extend(later(files, difference));
    }
    if !difference.is_proved() {
        let mut finding =
            Diagnostic::new(Severity::Error, "unproved", files.names.1, words::not_compared(files.names.0));
        finding.help = Some(words::MORE_TIME.to_owned());
        found.push(finding);
    }
    found
}

/// What is proved of a copy with a version of its own, in one line.
pub fn proved(files: &Files, difference: &Difference) -> Option<String> {
    let is_safe = difference.is_proved() && !difference.is_less_urgent() && !difference.is_told_less();
    let old = files.versions.old;
    is_safe.then(|| words::nobody_less_urgent(files.names.0, &old.version))
}

/// The same version and not the same: an error with the worst that differs, or a warning if nobody meets it.
fn unversioned(files: &Files, difference: &Difference) -> Option<Diagnostic> {
    let new = files.versions.new;
    let is_alike = difference.behaves_alike();
    let found = if is_alike { only_written(files, difference) } else { worst(files, difference) };
    let mut finding = found?;
    finding.severity = if is_alike { Severity::Warning } else { Severity::Error };
    finding.code = CHANGED;
    finding.message = words::calls_itself(&new.id, &new.version, &finding.message);
    finding.help = Some(helps(finding.help, words::give_it_a_version(files.names.0, files.names.1)));
    Some(finding)
}

/// What people meet otherwise, the most dangerous first: less urgent, later, more urgent, anything else.
fn worst(files: &Files, difference: &Difference) -> Option<Diagnostic> {
    let name = files.names.0;
    let less = difference.moves.first().filter(|moved| moved.urgency == Urgency::Less);
    let found = less.map(|moved| of_move(files, moved));
    let found = found.or_else(|| later(files, difference).into_iter().next());
    let found = found.or_else(|| difference.moves.first().map(|moved| of_move(files, moved)));
    let found = found.or_else(|| {
        let other = difference.others.first()?;
        let message = words::otherwise(&tell::behaviour(files, &other.behaviour), name);
        Some(of_other(files, other, message))
    });
    found.or_else(|| {
        let part = difference.parts.iter().find(|part| part.is_behaviour)?;
        let what = format!("{} ({})", part.name, tell::edit(part.edit));
        let mut finding =
            Diagnostic::new(Severity::Error, CHANGED, files.names.1, words::otherwise(&what, name));
        finding.span = part.spots.1.and_then(|spot| files.span(Side::New, spot));
        Some(finding)
    })
}

/// What is only written otherwise: a part that says the same in another way, or words.
fn only_written(files: &Files, difference: &Difference) -> Option<Diagnostic> {
    let (name, part) = (files.names.0, difference.parts.first());
    let what = match (part, difference.texts.len()) {
        (None, 0) => return None,
        (None, texts) => words::only_words(name, texts),
        (Some(part), _) => words::not_in_words(&part.name, name),
    };
    let mut finding = Diagnostic::new(Severity::Warning, CHANGED, files.names.1, what);
    let of_text = || difference.texts.iter().find_map(|text| text.spots.1);
    let spot = part.and_then(|part| part.spots.1).or_else(of_text);
    finding.span = spot.and_then(|spot| files.span(Side::New, spot));
    Some(finding)
}

/// The waiver that would let a move pass, if it is of rules.
fn way_out(files: &Files, moved: &Move) -> Option<String> {
    let level = &files.versions.new.levels[moved.to].id;
    let example = moved.examples.first()?;
    let rules = example.causes.iter().map(|cause| &files.versions.old.rules[cause.rule].id);
    let waivers = rules.map(|rule| words::waive_with(&format!("rule: {rule}, level: {level}")));
    let waivers: Vec<String> = waivers.collect();
    (!waivers.is_empty()).then(|| waivers.join("\n"))
}

/// The waiver that would let it pass that people are told something later or no longer.
fn way_out_of_other(files: &Files, other: &Other) -> Option<String> {
    let (old, new) = (files.versions.old, files.versions.new);
    let level = match (other.weight, &other.behaviour) {
        (Weight::Lost(level), _) => &new.levels[level].id,
        (Weight::Later, Behaviour::Within((_, Some(level)), _)) => &new.levels[*level].id,
        _ => return None,
    };
    if let Behaviour::Step((Some(step), _), ..) = other.behaviour {
        return Some(words::waive_with(&format!("step: {}, level: {level}", old.next_steps[step].id)));
    }
    let text = waived::told(&other.behaviour, old)?.to(Audience::Patient);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = serde_json::to_string(&text).unwrap_or_default();
    let days = waived::time(&other.behaviour, new).flatten().and_then(|time| time.days);
    let days = days.map(|days| format!(", days: {days}")).unwrap_or_default();
    Some(words::waive_with(&format!("text: {text}, level: {level}{days}")))
}

/// What of a file is waived, in lines, and the waivers that nothing needs.
pub fn waivers(
    file: &str,
    text: &[u8],
    questionnaire: &Questionnaire,
    is_needed: &[bool],
) -> (Vec<String>, Vec<Diagnostic>) {
    let (mut lines, mut unneeded) = (Vec::new(), Vec::new());
    let places = questionnaire.departures.first().map(|_| Places::of(text));
    for (at, (departure, is_needed)) in questionnaire.departures.iter().zip(is_needed).enumerate() {
        let what = words::departing(questionnaire, &departure.what);
        if *is_needed {
            lines.push(words::waived(&what, &departure.because));
            continue;
        }
        let mut finding = Diagnostic::new(Severity::Warning, "unused-waiver", file, words::unneeded(&what));
        finding.span = places.as_ref().and_then(|places| places.span(questionnaire, Spot::Departure(at)));
        finding.help = Some("delete it".to_owned());
        unneeded.push(finding);
    }
    (lines, unneeded)
}

fn helps(cause: Option<String>, help: String) -> String {
    cause.map(|cause| format!("{cause}\n{help}")).unwrap_or(help)
}

fn of_move(files: &Files, moved: &Move) -> Diagnostic {
    let name = files.names.0;
    let audience = moved.examples.first().map_or(Audience::Patient, |example| example.patient.audience);
    let title =
        |side: Side, level: usize| files.questionnaire(side).levels[level].title.to(audience).to_owned();
    let (from, to) = (title(Side::Old, moved.from), title(Side::New, moved.to));
    let message = match moved.urgency {
        Urgency::Less => words::less_urgent(&from, &to, name),
        _ => words::more_urgent(&from, &to, name),
    };
    let mut finding = Diagnostic::new(Severity::Error, LESS_URGENT, files.names.1, message);
    if let Some(example) = moved.examples.first() {
        finding.help = Some(tell::causes(files, moved, example).join("\n"));
        let spot = example.causes.first().and_then(|cause| spot(cause, moved.side()));
        finding.span = spot.and_then(|spot| files.span(Side::New, spot));
        finding.example = Some(drawn(files, &example.patient));
        finding.witness = Some(example::json(files, &example.patient));
    }
    finding
}

fn of_other(files: &Files, other: &Other, message: String) -> Diagnostic {
    let mut finding = Diagnostic::new(Severity::Error, LESS_URGENT, files.names.1, message);
    finding.span = place(files, &other.behaviour);
    finding.example = Some(drawn(files, &other.patient));
    finding.witness = Some(example::json(files, &other.patient));
    finding
}

/// What comes later at the same level, no longer at once, or not at all where minutes may count.
fn later(files: &Files, difference: &Difference) -> Vec<Diagnostic> {
    let name = files.names.0;
    let others = difference.others.iter().filter_map(|other| {
        let what = || tell::behaviour(files, &other.behaviour);
        match other.weight {
            Weight::Later => {
                let finding = of_other(files, other, words::later(&what(), name));
                Some(Diagnostic { help: way_out_of_other(files, other), ..finding })
            }
            Weight::Lost(_) => {
                let finding = of_other(files, other, words::told_less(&what(), name));
                Some(Diagnostic { code: TOLD_LESS, help: way_out_of_other(files, other), ..finding })
            }
            Weight::Differs => None,
        }
    });
    let parts = difference.parts.iter().filter(|part| part.is_less_urgent).map(|part| {
        let what = format!("{}: {}{}", part.name, part.details.join("; "), words::NO_ALERT);
        let message = words::later(&what, name);
        let mut finding = Diagnostic::new(Severity::Error, LESS_URGENT, files.names.1, message);
        finding.span = part.spots.1.and_then(|spot| files.span(Side::New, spot));
        finding
    });
    others.chain(parts).collect()
}

/// Where in the file the change is.
fn spot(cause: &Cause, of: Side) -> Option<Spot> {
    let rule = if of == Side::Old { cause.other } else { Some(cause.rule) };
    let newer = |own: usize, other: usize| if of == Side::Old { other } else { own };
    let in_why = cause.whys.first().and_then(|why| match why {
        Why::Level(..) => rule.map(Spot::RuleId),
        Why::When(_) => rule.map(Spot::RuleWhen),
        Why::Definition(own, other, _) => Some(Spot::Definition(newer(*own, *other))),
        Why::AskIf(own, other, _) => Some(Spot::AskIf(newer(*own, *other))),
        Why::Section(own, other) | Why::NotAsked(own, other) | Why::Answer(own, other, ..) => {
            Some(Spot::Question(newer(*own, *other)))
        }
        Why::NoRule | Why::NoQuestion(_) => None,
    });
    in_why.or(rule.map(Spot::RuleWhen))
}

fn drawn(files: &Files, patient: &Patient) -> String {
    example::table(files, patient, words::BUILT_IN_AND_FILE).drawn()
}

/// Where in the file the thing is that people meet otherwise.
fn place(files: &Files, behaviour: &Behaviour) -> Option<Span> {
    let spot = match *behaviour {
        Behaviour::Asked((_, now), _) => now.map(Spot::Question),
        Behaviour::Rule((_, now), _) | Behaviour::Doubt((_, now), _) | Behaviour::Because((_, now), _) => {
            now.map(Spot::RuleId)
        }
        Behaviour::Step((_, now), ..) => now.map(Spot::Step),
        Behaviour::Page((_, now), ..) => now.map(Spot::Page),
        Behaviour::Within((_, now), ..)
        | Behaviour::Who((_, now), ..)
        | Behaviour::CheckAgain((_, now), ..) => now.map(Spot::Level),
        Behaviour::Item(..) | Behaviour::Returned(..) => None,
    };
    files.span(Side::New, spot?)
}
