//! A tally as JSON.

use serde_json::{Map, Value, json};

use super::{Tally, percentile};

pub fn json(tally: &Tally) -> Value {
    let by = |counts: &[u64]| -> Value {
        let named = counts.iter().enumerate().map(|(at, count)| (key(tally, at), Value::from(*count)));
        Value::Object(named.collect())
    };
    let waits = (0..tally.by_level.len()).map(|at| {
        let waits = &tally.waits[at];
        let told = json!({
            "seen": waits.len(),
            "not_seen": tally.not_seen[at],
            "median_minutes": percentile(waits, 50),
            "p90_minutes": percentile(waits, 90),
            "longest_minutes": waits.iter().max(),
        });
        (key(tally, at), told)
    });
    json!({
        "questionnaire": tally.questionnaire,
        "checks": tally.checks,
        "finished": tally.finished,
        "stopped_early": tally.stopped,
        "not_finished": tally.not_finished(),
        "levels": by(&tally.by_level),
        "days": tally.by_day.iter().map(|(day, counts)| (day.to_string(), by(counts))).collect::<Map<_, _>>(),
        "stations": tally.by_station.iter().map(|(name, counts)| (name.clone(), by(counts))).collect::<Map<_, _>>(),
        "waits": waits.collect::<Map<_, _>>(),
        "questions": tally.questions.iter().map(|asked| json!({
            "question": asked.id,
            "answered": asked.answered,
            "unsure": asked.unsure,
            "left_at": asked.left_at,
            "corrected": asked.corrected,
        })).collect::<Vec<_>>(),
    })
}

fn key(tally: &Tally, at: usize) -> String {
    tally.levels.get(at).cloned().unwrap_or_else(|| "none".to_owned())
}
