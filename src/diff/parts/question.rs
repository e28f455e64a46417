//! What was changed in questions and their answers.

use super::super::both::Side;
use super::super::other::{sections, twins};
use super::super::what::{Said, Twin};
use super::super::words;
use super::{Detail, List};
use crate::answers::number_text;
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Choice, Domain, Question, QuestionIndex, Questionnaire, Settle, Text};

pub(super) fn questions(list: &mut List) {
    let (old, new) = (list.same.old, list.same.new);
    for (from, to) in twins(&old.grids, &new.grids, |grid| &grid.id) {
        // A grid of one version only is told at its questions.
        let Some((was, is)) = from.zip(to).map(|(from, to)| (&old.grids[from], &new.grids[to])) else {
            continue;
        };
        list.text(&format!("grid `{}`, ask", is.id), (None, None), Some(&was.ask), Some(&is.ask));
        list.text(&format!("grid `{}`, hint", is.id), (None, None), was.hint.as_ref(), is.hint.as_ref());
    }
    let sections = sections(old, new);
    let mut order = Vec::new();
    for (to, question) in new.questions.iter().enumerate() {
        match list.same.question(Side::New, to) {
            Some(from) => {
                order.push((from, to));
                one(list, &sections, from, to);
            }
            None => {
                let spots = (None, Some(Spot::Question(to)));
                list.single(format!("question `{}`", question.id), spots, true);
            }
        }
    }
    for (from, question) in old.questions.iter().enumerate() {
        if list.same.question(Side::Old, from).is_none() {
            let spots = (Some(Spot::Question(from)), None);
            list.single(format!("question `{}`", question.id), spots, true);
        }
    }
    let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
    list.moved(&positions, true, |at| {
        let (from, to) = order[at];
        let spots = (Some(Spot::Question(from)), Some(Spot::Question(to)));
        (format!("question `{}`", new.questions[to].id), spots)
    });
}

fn one(list: &mut List, sections: &[Twin<usize>], from: QuestionIndex, to: QuestionIndex) {
    let (old, new) = (list.same.old, list.same.new);
    let (was, is) = (&old.questions[from], &new.questions[to]);
    let name = format!("question `{}`", is.id);
    let spots = (Some(Spot::Question(from)), Some(Spot::Question(to)));
    let floor = |side: Side, question: &Question| {
        let levels = &list.same.questionnaire(side).levels;
        question.never_below.map_or(String::new(), |level| levels[level].id.clone())
    };
    let is_moved = !sections.contains(&(Some(was.section), Some(is.section)));
    let section = (&old.section_of(from).id, &new.section_of(to).id);
    let flag = |of: fn(&Question) -> bool| (words::flag(of(was)), words::flag(of(is)));
    let (unsure, optional, red_flag) = (flag(|q| q.unsure), flag(|q| q.optional), flag(|q| q.red_flag));
    let record_only = flag(|question| question.record_only);
    let ordered = flag(Question::is_written_in_order);
    let (concern, below) =
        ((words::concern(was), words::concern(is)), (floor(Side::Old, was), floor(Side::New, is)));
    // Whatever the grid is called, these are on one page.
    let before: Vec<Option<usize>> = old.rows_with(from).map(Some).collect();
    let now: Vec<Option<usize>> = new.rows_with(to).map(|row| list.same.question(Side::New, row)).collect();
    let has_other_rows = before != now && (was.grid.is_some() || is.grid.is_some());
    let details = [
        Detail::field("id", &was.id, &is.id, false),
        Detail::field("section", section.0, section.1, true).filter(|_| is_moved),
        Detail::field("type", was.type_name(), is.type_name(), true),
        Detail::field("limits", &limits(was), &limits(is), true),
        Detail::field("units", &other_units(was), &other_units(is), true),
        Detail::field("reference", &reference(was), &reference(is), false),
        Detail::field("unsure", &unsure.0, &unsure.1, true),
        Detail::field("grid", grid(old, from), grid(new, to), has_other_rows),
        Detail::field("optional", &optional.0, &optional.1, true),
        list.condition("ask_if", was.ask_if.as_ref(), is.ask_if.as_ref()),
        Detail::field("ordered", &ordered.0, &ordered.1, false),
        Detail::field("concern", &concern.0, &concern.1, false),
        Detail::field("nothing", &nothing(was), &nothing(is), false),
        Detail::field("red_flag", &red_flag.0, &red_flag.1, false),
        Detail::field("record_only", &record_only.0, &record_only.1, false),
        Detail::field("never_below", &below.0, &below.1, false),
        Detail::field("again", words::again(was), words::again(is), true),
        Detail::field("code", &words::code(was.code.as_ref()), &words::code(is.code.as_ref()), false),
        list.sources(&was.sources, &is.sources),
    ];
    list.changed(name.clone(), spots, details.into_iter().flatten());
    if was.unsure && !is.unsure {
        list.takes_away(from, Said::Unsure);
    }
    list.text(&format!("{name}, ask"), spots, Some(&was.ask), Some(&is.ask));
    list.text(&format!("{name}, hint"), spots, was.hint.as_ref(), is.hint.as_ref());
    let row = |question: &'_ Question| question.grid.as_ref().and_then(|grid| grid.row.clone());
    list.text(&format!("{name}, row"), spots, row(was).as_ref(), row(is).as_ref());
    list.text(&format!("{name}, why"), spots, was.why.as_ref(), is.why.as_ref());
    list.text(&format!("{name}, say"), spots, was.say.as_ref(), is.say.as_ref());
    list.text(&format!("{name}, phrase"), spots, was.phrase.as_ref(), is.phrase.as_ref());
    list.text(&format!("{name}, asked again"), spots, was.ask_again.as_ref(), is.ask_again.as_ref());
    settle(list, &name, spots, was.settle.as_ref(), is.settle.as_ref());
    if let (Domain::Number(was), Domain::Number(is)) = (&was.domain, &is.domain) {
        list.text(&format!("{name}, unit"), spots, was.unit.as_ref(), is.unit.as_ref());
    }
    if was.scale().is_some() && is.scale().is_some() {
        let (was, is) = (was.labels(), is.labels());
        let mut numbers: Vec<i32> = was.iter().chain(is).map(|(number, _)| *number).collect();
        numbers.sort_by_key(|number| *number);
        numbers.dedup();
        for number in numbers {
            let label = |labels: &'_ [(i32, Text)]| {
                labels.iter().find(|(at, _)| *at == number).map(|(_, text)| text.clone())
            };
            list.text(&format!("{name}, label of {number}"), spots, label(was).as_ref(), label(is).as_ref());
        }
    }
    options(list, from, to);
}

fn other_units(question: &Question) -> String {
    let others = match &question.domain {
        Domain::Number(bounds) => &bounds.others[..],
        Domain::One { .. } | Domain::Several | Domain::Text | Domain::Nothing => &[],
    };
    let others = others.iter().map(|other| format!("{}: {}", other.unit, number_text(other.times)));
    others.collect::<Vec<_>>().join(", ")
}

/// The usual numbers, as a file writes them.
fn reference(question: &Question) -> String {
    let end = |name: &str, end: Option<f64>| end.map(|end| format!("{name}: {}", number_text(end)));
    let ends = question.reference().map(|usual| [end("min", usual.min), end("max", usual.max)]);
    ends.into_iter().flatten().flatten().collect::<Vec<_>>().join(", ")
}

/// The id of the option that "nothing else" stands for.
fn nothing(question: &Question) -> String {
    question.nothing.map_or(String::new(), |option| question.options[option].id.clone())
}

fn grid(questionnaire: &Questionnaire, question: QuestionIndex) -> &str {
    questionnaire.grid_of(question).map_or("", |grid| &grid.id)
}

/// How it is asked again.
fn settle(
    list: &mut List,
    name: &str,
    spots: (Option<Spot>, Option<Spot>),
    was: Option<&Settle>,
    is: Option<&Settle>,
) {
    let ask = |settle: Option<&Settle>| settle.and_then(|settle| settle.ask.clone());
    let test = |settle: Option<&Settle>| settle.and_then(|settle| settle.test.clone());
    list.text(&format!("{name}, asked once more"), spots, ask(was).as_ref(), ask(is).as_ref());
    list.text(&format!("{name}, test"), spots, test(was).as_ref(), test(is).as_ref());
}

fn limits(question: &Question) -> String {
    let decimals = match &question.domain {
        Domain::Number(bounds) if bounds.decimals > 0 => format!(", {} decimals", bounds.decimals),
        _ => String::new(),
    };
    question
        .limits()
        .map_or(String::new(), |(min, max)| format!("{} to {}{decimals}", number_text(min), number_text(max)))
}

fn options(list: &mut List, from: QuestionIndex, to: QuestionIndex) {
    let (old, new) = (list.same.old, list.same.new);
    let (was, is) = (&old.questions[from], &new.questions[to]);
    if was.is_yes_no() && is.is_yes_no() {
        let spots = (Some(Spot::Question(from)), Some(Spot::Question(to)));
        for (one, choice) in was.options.iter().zip(&is.options) {
            let name = format!("question `{}`, phrase for `{}`", is.id, choice.id);
            list.text(&name, spots, one.phrase.as_ref(), choice.phrase.as_ref());
        }
        return;
    }
    let before: Vec<Option<usize>> = list.same.options(to).to_vec();
    let named = |id: &str| format!("answer `{id}` of `{}`", is.id);
    for (option, &at) in before.iter().enumerate() {
        let choice = &is.options[option];
        let spot = Some(Spot::Option(to, option));
        let Some(at) = at else {
            list.single(named(&choice.id), (None, spot), true);
            continue;
        };
        let one = &was.options[at];
        let spots = (Some(Spot::Option(from, at)), spot);
        let region = |of: &Choice| words::region(of.region);
        let floor = |side: Side, choice: &Choice| {
            let levels = &list.same.questionnaire(side).levels;
            choice.never_below.map_or(String::new(), |level| levels[level].id.clone())
        };
        let details = [
            Detail::field("id", &one.id, &choice.id, false),
            Detail::field("exclusive", &words::flag(one.exclusive), &words::flag(choice.exclusive), true),
            Detail::field("region", region(one), region(choice), true),
            Detail::field("no concern", &words::flag(one.no_concern), &words::flag(choice.no_concern), false),
            Detail::field("never_below", &floor(Side::Old, one), &floor(Side::New, choice), false),
            Detail::field("code", &words::code(one.code.as_ref()), &words::code(choice.code.as_ref()), false),
        ];
        let name = named(&choice.id);
        list.changed(name.clone(), spots, details.into_iter().flatten());
        list.text(&format!("{name}, label"), spots, Some(&one.label), Some(&choice.label));
        list.text(&format!("{name}, hint"), spots, one.hint.as_ref(), choice.hint.as_ref());
        list.text(&format!("{name}, say"), spots, one.say.as_ref(), choice.say.as_ref());
        list.text(&format!("{name}, phrase"), spots, one.phrase.as_ref(), choice.phrase.as_ref());
        settle(list, &name, spots, one.settle.as_ref(), choice.settle.as_ref());
    }
    for (at, one) in was.options.iter().enumerate() {
        if !before.contains(&Some(at)) {
            list.single(named(&one.id), (Some(Spot::Option(from, at)), None), true);
            list.takes_away(from, Said::Option(at));
        }
    }
    let order: Vec<(usize, usize)> =
        before.iter().enumerate().filter_map(|(option, at)| Some(((*at)?, option))).collect();
    let positions: Vec<usize> = order.iter().map(|&(at, _)| at).collect();
    list.moved(&positions, false, |at| {
        let (one, option) = order[at];
        let spots = (Some(Spot::Option(from, one)), Some(Spot::Option(to, option)));
        (named(&is.options[option].id), spots)
    });
}
