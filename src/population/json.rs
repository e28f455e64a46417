//! What a questionnaire does to a population, for programs.

use serde_json::{Map, Value, json as value};

use super::limits::{about, bound, hold};
use super::share::Interval;
use super::{Counts, Moved, Simulated};
use crate::answers::json::answer_value;
use crate::questionnaire::{Domain, Questionnaire};

/// One object for each population, with what they were asked.
pub fn json(simulated: &[Simulated]) -> Value {
    let of =
        |questionnaire: &Questionnaire| value!({ "id": questionnaire.id, "version": questionnaire.version });
    let mut object = Map::new();
    if let Some(first) = simulated.first() {
        object.insert("questionnaire".to_owned(), of(first.questionnaire));
        if let Some((_, old)) = first.old {
            object.insert("against".to_owned(), of(old));
        }
        object.insert("seed".to_owned(), first.seed.into());
    }
    object.insert("populations".to_owned(), simulated.iter().map(population).collect());
    Value::Object(object)
}

fn population(simulated: &Simulated) -> Value {
    let Simulated { file, questionnaire, outcome, .. } = simulated;
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("file", value!(file));
    if let Some(population) = simulated.population {
        put("title", value!(population.title));
        put("about", value!(population.about));
        put("figures", value!({ "all": population.figures.all, "assumed": population.figures.assumed }));
        let limits = hold(population, &outcome.counts).into_iter().map(|held| {
            value!({
                "limit": format!("{} {}", bound(&held.limit), about(held.limit.of, questionnaire)),
                "share": held.share.share,
                "low": held.share.low,
                "high": held.share.high,
                "holds": held.holds,
            })
        });
        put("limits", limits.collect());
    }
    counted(questionnaire, &outcome.counts, &mut put);
    if let Some((floor, ceiling)) = &simulated.ends {
        put("floor", whole(questionnaire, floor));
        put("ceiling", whole(questionnaire, ceiling));
    }
    if let (Some((_, old)), Some((counts, moved))) = (simulated.old, &outcome.old) {
        put("before", whole(old, counts));
        put("moved", self::moved(questionnaire, old, moved, &outcome.unanswered));
    }
    Value::Object(object)
}

fn whole(questionnaire: &Questionnaire, counts: &Counts) -> Value {
    let mut object = Map::new();
    counted(questionnaire, counts, &mut |key, value| object.insert(key.to_owned(), value));
    Value::Object(object)
}

fn counted(
    questionnaire: &Questionnaire,
    counts: &Counts,
    put: &mut impl FnMut(&str, Value) -> Option<Value>,
) {
    let share = |people: u64| {
        let Interval { share, low, high } = Interval::of(people, counts.people);
        value!({ "people": people, "share": share, "low": low, "high": high })
    };
    let with_id = |id: &str, mut object: Value| {
        object["id"] = id.into();
        object
    };
    put("people", counts.people.into());
    let levels = questionnaire.levels.iter().zip(&counts.levels);
    put("levels", levels.map(|(level, &people)| with_id(&level.id, share(people))).collect());
    let rules = counts.deciding().into_iter().map(|(rule, counted)| {
        let rule = &questionnaire.rules[rule];
        value!({
            "id": rule.id,
            "level": questionnaire.levels[rule.level].id,
            "decides": counted.decides,
            "alone": counted.alone,
            "true": counted.holds,
        })
    });
    put("rules", rules.collect());
    put("unsure_alone", share(counts.unsure_alone()));
    put("asked", value!({ "median": counts.asked_at(0.5), "nine_in_ten": counts.asked_at(0.9) }));
    put("unanswered", share(counts.open));
    if let Some(reach) = &counts.reach {
        let short = questionnaire.levels.iter().zip(&reach.short);
        let short: Value = short.map(|(level, &people)| with_id(&level.id, share(people))).collect();
        put("needed", value!({ "reached": share(reach.reached), "below": short }));
    }
}

fn moved(questionnaire: &Questionnaire, old: &Questionnaire, moved: &Moved, unanswered: &[String]) -> Value {
    let mut cells = Vec::new();
    for (before, row) in moved.matrix.iter().enumerate() {
        for (now, &people) in row.iter().enumerate().filter(|(_, people)| **people > 0) {
            let (before, now) = (&old.levels[before].id, &questionnaire.levels[now].id);
            cells.push(value!({ "before": before, "now": now, "people": people }));
        }
    }
    let examples = moved.examples.iter().map(|example| {
        let answers = questionnaire.questions.iter().zip(&example.answers);
        let answers = answers.filter(|(question, _)| question.domain != Domain::Text);
        let answers = answers.filter_map(|(question, answer)| {
            Some((question.id.clone(), answer_value(answer.as_ref()?, question)))
        });
        let ids = |of: &Questionnaire, rules: &[usize]| -> Vec<String> {
            rules.iter().map(|&rule| of.rules[rule].id.clone()).collect()
        };
        value!({
            "before": old.levels[example.old].id,
            "now": questionnaire.levels[example.new].id,
            "person": example.person,
            "rules_before": ids(old, &example.old_rules),
            "rules_now": ids(questionnaire, &example.new_rules),
            "answers": answers.collect::<Map<String, Value>>(),
        })
    });
    value!({
        "people": cells,
        "not_compared": moved.unanswered,
        "questions_without_answer": unanswered,
        "examples": examples.collect::<Vec<Value>>(),
    })
}
