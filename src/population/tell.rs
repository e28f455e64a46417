//! What a questionnaire does to a population, as a text.

use super::limits::{about, bound, hold};
use super::share::{Interval, percent};
use super::{Counts, Example, Moved, Simulated};
use crate::answers::json::answer_value;
use crate::questionnaire::{Domain, Questionnaire};

/// The text about one population.
pub fn tell(simulated: &Simulated) -> String {
    let Simulated { questionnaire, outcome, .. } = simulated;
    let counts = &outcome.counts;
    let mut told = head(simulated);
    told += &levels(simulated);
    told.push('\n');
    let unsure = Interval::of(counts.unsure_alone(), counts.people);
    told += &format!("  decided by unsure answers alone  {}\n", with_interval(unsure));
    told += &format!(
        "  questions asked                  median {}, nine in ten at most {}\n",
        counts.asked_at(0.5),
        counts.asked_at(0.9)
    );
    if counts.open > 0 {
        let open = Interval::of(counts.open, counts.people);
        told += &format!("  without an answer to all asked   {}\n", with_interval(open));
    }
    told += &needs(questionnaire, counts);
    if let Some(population) = simulated.population {
        for held in hold(population, counts) {
            let verdict = if held.holds { "holds" } else { "BROKEN" };
            told += &format!(
                "  limit {verdict:<6} {} {}: {} %\n",
                bound(&held.limit),
                about(held.limit.of, questionnaire),
                percent(held.share.share)
            );
        }
    }
    told += &rules(questionnaire, counts);
    if let (Some((_, old)), Some((_, moved))) = (simulated.old, &outcome.old) {
        told += &self::moved(questionnaire, old, moved, counts.people, &outcome.unanswered);
    }
    told
}

fn head(simulated: &Simulated) -> String {
    let Simulated { file, population, outcome, seed, .. } = simulated;
    let people = number(outcome.counts.people);
    match population {
        Some(population) => format!(
            "{}\n{file}: {people} people, seed {seed}; {} figures, {} of them assumed\n\n",
            population.title,
            number(population.figures.all as u64),
            number(population.figures.assumed as u64),
        ),
        None => format!("{file}: {people} sheets\n\n"),
    }
}

/// A line a level: those who are told it, and what else it is compared with.
fn levels(simulated: &Simulated) -> String {
    let Simulated { questionnaire, outcome, .. } = simulated;
    let mut columns: Vec<(&str, &Questionnaire, &Counts)> = Vec::new();
    if let (Some((_, old)), Some((counts, _))) = (simulated.old, &outcome.old) {
        columns.push(("before", old, counts));
    }
    if let Some((floor, ceiling)) = &simulated.ends {
        columns.push(("floor", questionnaire, floor));
        columns.push(("ceiling", questionnaire, ceiling));
    }
    let widest = questionnaire.levels.iter().map(|level| level.id.chars().count()).max().unwrap_or_default();
    let mut told = format!("  {:<widest$}  {:>11}  {:>8}  {:<16}", "", "people", "share", "95 % interval");
    columns.iter().for_each(|(heading, ..)| told += &format!("  {heading:>8}"));
    told = told.trim_end().to_owned() + "\n";
    for (rank, level) in questionnaire.levels.iter().enumerate() {
        let interval = outcome.counts.level(rank);
        let mut line = format!(
            "  {:<widest$}  {:>11}  {:>6} %  {:<16}",
            level.id,
            number(outcome.counts.levels[rank]),
            percent(interval.share),
            format!("{} to {} %", percent(interval.low), percent(interval.high))
        );
        for (_, asked, counts) in &columns {
            let there = asked.levels.iter().position(|other| other.id == level.id);
            line += &match there {
                Some(there) => format!("  {:>6} %", percent(counts.level(there).share)),
                None => format!("  {:>8}", "none"),
            };
        }
        told += line.trim_end();
        told.push('\n');
    }
    told
}

fn needs(questionnaire: &Questionnaire, counts: &Counts) -> String {
    let Some(reach) = &counts.reach else { return String::new() };
    let reached = Interval::of(reach.reached, counts.people);
    let mut told = format!("  at or above the level needed     {}\n", with_interval(reached));
    let short: u64 = reach.short.iter().sum();
    if short > 0 {
        let levels = questionnaire.levels.iter().zip(&reach.short).filter(|(_, people)| **people > 0);
        let said = levels.map(|(level, &people)| {
            format!("{} {} %", level.id, percent(Interval::of(people, counts.people).share))
        });
        let said: Vec<String> = said.collect();
        told += &format!("  below it                         {}\n", said.join(", "));
    }
    told
}

fn rules(questionnaire: &Questionnaire, counts: &Counts) -> String {
    let deciding = counts.deciding();
    if deciding.is_empty() {
        return "\n  no rule decides for anybody\n".to_owned();
    }
    let share = |count: u64| percent(Interval::of(count, counts.people).share);
    let widest = questionnaire.rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default().max(5);
    let wide = questionnaire.levels.iter().map(|level| level.id.len()).max().unwrap_or_default();
    let mut told = format!("\n  {:<widest$}  {:<wide$}  {:>9}  {:>9}\n", "rule", "", "decides", "alone");
    for (rule, counted) in deciding {
        let rule = &questionnaire.rules[rule];
        told += &format!(
            "  {:<widest$}  {:<wide$}  {:>7} %  {:>7} %\n",
            rule.id,
            questionnaire.levels[rule.level].id,
            share(counted.decides),
            share(counted.alone)
        );
    }
    told
}

/// Who is told what by both versions.
fn moved(
    questionnaire: &Questionnaire,
    old: &Questionnaire,
    moved: &Moved,
    people: u64,
    unanswered: &[String],
) -> String {
    let width =
        |of: &Questionnaire| of.levels.iter().map(|level| level.id.len()).max().unwrap_or_default().max(9);
    let (rows, columns) = (width(old), width(questionnaire));
    let mut told = format!("\n  before, and across now; % of people\n  {:<rows$}", "");
    questionnaire.levels.iter().for_each(|level| told += &format!("  {:>columns$}", level.id));
    told.push('\n');
    let share = |count: u64| percent(Interval::of(count, people).share);
    for (level, counted) in old.levels.iter().zip(&moved.matrix) {
        told += &format!("  {:<rows$}", level.id);
        counted.iter().for_each(|&count| told += &format!("  {:>columns$}", share(count)));
        told.push('\n');
    }
    if moved.same_levels(questionnaire, old) {
        let (sooner, later) = moved.sooner_and_later();
        told += &format!("  told to act sooner than before {} %, later {} %\n", share(sooner), share(later));
    }
    if moved.unanswered > 0 {
        told += &format!(
            "  {} % can't be compared: the old version asks questions that these people have no answer to ({})\n",
            share(moved.unanswered),
            unanswered.join(", ")
        );
    }
    for example in &moved.examples {
        told += &self::example(questionnaire, old, example, moved.matrix[example.old][example.new]);
    }
    told
}

fn example(questionnaire: &Questionnaire, old: &Questionnaire, example: &Example, people: u64) -> String {
    let ids = |of: &Questionnaire, rules: &[usize]| match rules {
        [] => "no rule".to_owned(),
        rules => rules.iter().map(|&rule| of.rules[rule].id.as_str()).collect::<Vec<_>>().join(" "),
    };
    let mut told = format!(
        "\n  {} -> {}: {}, such as number {}\n    before {}; now {}\n",
        old.levels[example.old].id,
        questionnaire.levels[example.new].id,
        match people {
            1 => "1 person".to_owned(),
            people => format!("{} people", number(people)),
        },
        number(example.person),
        ids(old, &example.old_rules),
        ids(questionnaire, &example.new_rules)
    );
    let mut said: Vec<String> = Vec::new();
    for (question, answer) in questionnaire.questions.iter().zip(&example.answers) {
        let Some(answer) = answer else { continue };
        if question.domain == Domain::Text || is_plain(question, answer) {
            continue;
        }
        let value = answer_value(answer, question);
        let value = match value.as_array() {
            Some(items) => items.iter().filter_map(|item| item.as_str()).collect::<Vec<_>>().join("+"),
            None => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        };
        said.push(format!("{}: {value}", question.id));
    }
    for line in crate::proof::wrapped(&said.join(", "), 74) {
        told += &format!("    {line}\n");
    }
    told
}

/// Whether an answer is the one that tells of nothing, so that it can be left out.
fn is_plain(question: &crate::questionnaire::Question, answer: &crate::answers::Answer) -> bool {
    let least = question.least_concerning();
    !answer.is_unsure() && !answer.ticked().is_empty() && answer.ticked().without(least).is_empty()
}

fn with_interval(interval: Interval) -> String {
    format!("{} % ({} to {} %)", percent(interval.share), percent(interval.low), percent(interval.high))
}

/// `20,000`
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Moved {
    /// Whether both versions have the same levels, so that one can be sooner than another.
    pub fn same_levels(&self, new: &Questionnaire, old: &Questionnaire) -> bool {
        let ids = |of: &Questionnaire| of.levels.iter().map(|level| level.id.clone()).collect::<Vec<_>>();
        ids(new) == ids(old)
    }

    /// The people who are told something more urgent than before, and those who are told something less urgent.
    pub fn sooner_and_later(&self) -> (u64, u64) {
        let (mut sooner, mut later) = (0, 0);
        for (before, row) in self.matrix.iter().enumerate() {
            for (now, people) in row.iter().enumerate() {
                match now.cmp(&before) {
                    std::cmp::Ordering::Less => sooner += people,
                    std::cmp::Ordering::Equal => {}
                    std::cmp::Ordering::Greater => later += people,
                }
            }
        }
        (sooner, later)
    }
}
