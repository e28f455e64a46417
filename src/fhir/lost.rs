//! What of a questionnaire a form has no place for.

use super::fhirpath::{Live, Program};
use super::layout::Layout;
use super::loss::Loss;
use super::names;
use crate::questionnaire::{Audience, Concern, Domain, Question, Questionnaire};

/// Everything that a form for this audience leaves out.
pub fn of_form(
    questionnaire: &Questionnaire,
    audience: Audience,
    layout: &Layout,
    program: &Program,
) -> Vec<Loss> {
    let mut loss = of_whole(questionnaire);
    let shown = |index: usize| layout.sections.iter().any(|section| section.index == index);
    for (index, section) in questionnaire.sections.iter().enumerate() {
        if !shown(index) {
            let why = format!("{}s are not asked it; the other form has it", names::audience_word(audience));
            loss.push(Loss::new(&section.id, "section", why));
        }
    }
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if shown(question.section) && program.live[index] == Live::Never {
            loss.push(Loss::new(&question.id, "question", "this audience is never asked it"));
        } else if shown(question.section) {
            of_question(question, &mut loss);
        }
    }
    loss
}

/// What is said once, and not at a question.
fn of_whole(q: &Questionnaire) -> Vec<Loss> {
    let mut loss = vec![Loss::new(
        "",
        "proofs",
        "`redflag check` proves properties of the file; a form can't carry the proofs, and they don't hold for a changed form",
    )];
    let mut lose = |is_there: bool, what: &str, why: &str| {
        if is_there {
            loss.push(Loss::new("", what, why));
        }
    };
    lose(
        true,
        "return_list",
        "when to get help is on the summary, which `redflag fhir response --bundle` includes",
    );
    lose(!q.next_steps.is_empty(), "next_steps", "they are on the summary");
    lose(
        !q.rules.is_empty(),
        "because",
        "the reasons are on the summary; the form has the rules' ids and conditions",
    );
    lose(!q.learn.is_empty(), "learn", "information pages are on the summary");
    lose(!q.tables.is_empty(), "tables", "they are on the summary");
    lose(!q.always.is_empty(), "always", "it is on the summary");
    lose(!q.sources.is_empty(), "sources", "they are on the summary");
    lose(!q.offers.is_empty(), "offers", "a form can't start another form");
    lose(!q.waivers.is_empty() || !q.departures.is_empty(), "waivers", "they are part of the proofs");
    lose(!q.presenting.is_empty(), "presenting", "the summary has the handover in this order");
    let timed = q
        .levels
        .iter()
        .any(|level| !level.within.is_empty() || !level.who.is_empty() || !level.check_again.is_empty());
    lose(timed, "within, who, check_again", "they are on the summary");
    lose(
        q.levels.iter().any(|level| level.interrupt),
        "interrupt",
        "a form has no alerts; the title of the level is shown at once",
    );
    loss
}

fn of_question(question: &Question, loss: &mut Vec<Loss>) {
    let mut lose = |is_there: bool, what: &str, why: &str| {
        if is_there {
            loss.push(Loss::new(&question.id, what, why));
        }
    };
    let below = question.never_below.is_some() || question.options.iter().any(|it| it.never_below.is_some());
    lose(below, "never_below", "it is part of the proofs");
    lose(question.red_flag, "red_flag", "it is part of the proofs");
    let concern = !matches!(question.concern, Concern::ByType | Concern::Unsaid);
    lose(concern || question.options.iter().any(|it| it.no_concern), "concern", "it is part of the proofs");
    lose(!question.sources.is_empty(), "sources", "they are on the summary");
    let settle = question.settle.is_some() || question.options.iter().any(|it| it.settle.is_some());
    lose(settle, "settle", "a form doesn't ask a question again");
    lose(question.ask_again.is_some(), "ask_again", "a form doesn't know earlier checks");
    let said = question.say.is_some() || question.phrase.is_some();
    let said = said || question.options.iter().any(|it| it.say.is_some() || it.phrase.is_some());
    lose(said, "say, phrase", "the words for a call and a handover are on the summary");
    let regions = question.options.iter().any(|it| it.region.is_some());
    lose(regions, "region", "a form draws no figure; the body parts are a list");
    let needed = names::has_unsure_item(question) && !question.optional;
    lose(needed, "required", "\"not sure\" is an item of its own, so neither of the two can be required");
    if let Some((min, max)) = question.scale() {
        let between = question.labels().iter().any(|(value, _)| *value != min && *value != max);
        lose(between, "labels", "only the labels at both ends have a place");
    }
    if let Domain::Number(bounds) = &question.domain {
        let unit = bounds.unit.as_ref().map(|unit| unit.to(Audience::Clinician));
        let units = unit.into_iter().chain(bounds.others.iter().map(|other| other.unit.as_str()));
        let without: Vec<&str> = units.filter(|unit| super::units::code(unit).is_none()).collect();
        lose(!without.is_empty(), "unit", &format!("redflag knows no UCUM code for {}", without.join(", ")));
    }
}
