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
            let why = format!("it is not asked of a {}; export its own form", names::audience_word(audience));
            loss.push(Loss::new(&section.id, "section", why));
        }
    }
    for (index, question) in questionnaire.questions.iter().enumerate() {
        if shown(question.section) && program.live[index] == Live::Never {
            loss.push(Loss::new(&question.id, "question", "it can never be asked of this audience"));
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
        "`redflag check` proves things of the file; a form can't carry a proof, and whoever changes the form loses it",
    )];
    let mut lose = |is_there: bool, what: &str, why: &str| {
        if is_there {
            loss.push(Loss::new("", what, why));
        }
    };
    lose(
        true,
        "return_list",
        "what to get help for is on the summary, which `redflag fhir response` sends along",
    );
    lose(!q.next_steps.is_empty(), "next_steps", "they are on the summary");
    lose(
        !q.rules.is_empty(),
        "because",
        "the reasons are on the summary; the form has the rules' ids and conditions",
    );
    lose(!q.learn.is_empty(), "learn", "pages to read are on the summary");
    lose(!q.tables.is_empty(), "tables", "they are on the summary");
    lose(!q.always.is_empty(), "always", "it is on the summary");
    lose(!q.sources.is_empty(), "sources", "they are on the summary");
    lose(!q.offers.is_empty(), "offers", "a form can't start another");
    lose(!q.waivers.is_empty() || !q.departures.is_empty(), "waivers", "they belong to the proofs");
    lose(!q.presenting.is_empty(), "presenting", "the order of a handover is that of the summary");
    let timed = q
        .levels
        .iter()
        .any(|level| !level.within.is_empty() || !level.who.is_empty() || !level.check_again.is_empty());
    lose(timed, "within, who, check_again", "how soon, whom and when again are on the summary");
    lose(
        q.levels.iter().any(|level| level.interrupt),
        "interrupt",
        "a form has no alert; the title of the level is shown at once",
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
    lose(below, "never_below", "it belongs to the proofs");
    lose(question.red_flag, "red_flag", "it belongs to the proofs");
    let concern = !matches!(question.concern, Concern::ByType | Concern::Unsaid);
    lose(concern || question.options.iter().any(|it| it.no_concern), "concern", "it belongs to the proofs");
    lose(!question.sources.is_empty(), "sources", "they are on the summary");
    let settle = question.settle.is_some() || question.options.iter().any(|it| it.settle.is_some());
    lose(settle, "settle", "a form asks nothing once more");
    lose(question.ask_again.is_some(), "ask_again", "a form knows no earlier check");
    let said = question.say.is_some() || question.phrase.is_some();
    let said = said || question.options.iter().any(|it| it.say.is_some() || it.phrase.is_some());
    lose(said, "say, phrase", "the words of a call and of a handover are on the summary");
    let regions = question.options.iter().any(|it| it.region.is_some());
    lose(regions, "region", "no figure is drawn; the parts are a list");
    let needed = names::has_unsure_item(question) && !question.optional;
    lose(needed, "required", "\"not sure\" is an item beside it, so neither can be required alone");
    if let Some((min, max)) = question.scale() {
        let between = question.labels().iter().any(|(value, _)| *value != min && *value != max);
        lose(between, "labels", "only the words at both ends have a place");
    }
    if let Domain::Number(bounds) = &question.domain {
        let unit = bounds.unit.as_ref().map(|unit| unit.to(Audience::Clinician));
        let units = unit.into_iter().chain(bounds.others.iter().map(|other| other.unit.as_str()));
        let without: Vec<&str> = units.filter(|unit| super::units::code(unit).is_none()).collect();
        lose(!without.is_empty(), "unit", &format!("no UCUM code is known for {}", without.join(", ")));
    }
}
