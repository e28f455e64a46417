//! `redflag test --mutants`: which small changes of a questionnaire its scenarios notice.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::drawing::mistakes as drawn;
use super::words;
use crate::questionnaire::Questionnaire;
use crate::questionnaire::diagnostic::Span;
use crate::questionnaire::yaml::Places;
use crate::scenarios::Suite;
use crate::scenarios::mutants::{self, Mutant, Quiet, Verdict};

/// Looks at every mutant of a questionnaire whose scenarios hold. What to say, and whether all is well.
pub fn report(
    questionnaire: &Questionnaire,
    (name, text): (&str, &[u8]),
    suite: &Suite,
    budget: u64,
    colour: bool,
) -> (String, bool) {
    let (started, budget) = (Instant::now(), Duration::from_secs(budget));
    let stop = Rc::new(move || started.elapsed() > budget);
    let stop: crate::proof::Stop = stop;
    let places = Places::of(text);
    let found = mutants::examine(questionnaire, text, suite, &stop);
    let mut found: Vec<Examined> = found
        .into_iter()
        .map(|(mutant, verdict)| Examined::of(questionnaire, &places, mutant, verdict))
        .collect();
    found.sort_by_key(|told| told.span.as_ref().map(|span| (span.line, span.column)));

    let line = |told: &Examined| {
        let place = told.span.as_ref().map(|span| format!(":{}:{}", span.line, span.column));
        format!("    {name}{}: {}", place.unwrap_or_default(), told.what)
    };
    let mut said = words::mutants_tried(name, found.len());
    let count = |is: fn(&Verdict) -> bool| found.iter().filter(|told| is(&told.verdict)).count();
    let mut add =
        |is: fn(&Verdict) -> bool, what: &str, after: &dyn Fn(&Examined) -> String, listed: bool| {
            let all: Vec<&Examined> = found.iter().filter(|told| is(&told.verdict)).collect();
            said += &format!("  {:>4} {what}\n", all.len());
            if listed {
                all.iter().for_each(|told| said += &format!("{}{}\n", line(told), after(told)));
            }
        };
    let nothing = |_: &Examined| String::new();
    add(is_killed, words::NOTICED, &nothing, false);
    add(is_survivor, words::UNNOTICED, &nothing, false);
    add(is_undecided, words::UNDECIDED, &nothing, true);
    add(is_told, words::ONLY_TOLD, &Examined::changes, true);
    add(is_unfinished, words::ONLY_UNFINISHED, &nothing, true);
    add(is_equivalent, words::NOTHING_CHANGED, &nothing, true);
    let survivors = found.iter().filter_map(|told| match &told.verdict {
        Verdict::Survives(suggestion) => Some((told, Some(suggestion.as_ref()))),
        Verdict::SurvivesAs(_) => Some((told, None)),
        _ => None,
    });
    let mut survivors: Vec<_> = survivors.collect();
    // What has a case of its own comes before what that case would notice too.
    survivors.sort_by_key(|(_, suggestion)| suggestion.is_none());
    let survivors: Vec<_> = survivors
        .into_iter()
        .map(|(told, suggestion)| mutants::survivor(questionnaire, (name, &places), &told.mutant, suggestion))
        .collect();
    if !survivors.is_empty() {
        said += "\n";
        said += &drawn(&survivors, colour);
    }
    let all_well = survivors.is_empty() && count(is_undecided) == 0;
    (said, all_well)
}

struct Examined {
    mutant: Mutant,
    verdict: Verdict,
    what: String,
    span: Option<Span>,
}

impl Examined {
    fn of(questionnaire: &Questionnaire, places: &Places, mutant: Mutant, verdict: Verdict) -> Examined {
        let what = mutants::what(questionnaire, &mutant);
        let span = match verdict {
            Verdict::Killed(_) => None,
            _ => mutants::span(questionnaire, places, &mutant),
        };
        Examined { mutant, verdict, what, span }
    }

    /// What else is told otherwise, cut short.
    fn changes(&self) -> String {
        const MOST: usize = 3;
        let Verdict::Quiet(Quiet::Told(what)) = &self.verdict else { return String::new() };
        let some: Vec<&str> = what.iter().take(MOST).map(String::as_str).collect();
        words::changes(&some, what.len() > MOST)
    }
}

fn is_killed(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Killed(_))
}

fn is_equivalent(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Equivalent)
}

fn is_unfinished(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Quiet(Quiet::Unfinished))
}

fn is_told(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Quiet(Quiet::Told(_)))
}

fn is_undecided(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Undecided)
}

fn is_survivor(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Survives(_) | Verdict::SurvivesAs(_))
}
