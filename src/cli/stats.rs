//! `redflag stats`: what the checks of a time came to.

use std::fs;
use std::io::{self, Write};

use anyhow::{Context, Result};
use jiff::Timestamp;

use super::args::StatsArgs;
use super::values::CheckFormat;
use super::{Exit, kept, words};
use crate::graph;
use crate::questionnaire::{QuestionIndex, Questionnaire};
use crate::report::Judged;
use crate::store::Record;
use crate::system::clock;
use crate::tally::{self, Checked, Tally};

pub fn run(args: &StatsArgs) -> Result<Exit> {
    let named = args.questionnaire.as_deref();
    let Some(mut kept) = kept::open(&args.access, &args.span, named)? else {
        return Ok(Exit::Done);
    };
    let questionnaire = kept.questionnaire()?;
    let mut tally = Tally::new(&questionnaire);
    for record in &kept.records {
        add(&mut tally, &questionnaire, record)?;
    }
    let days = (tally.by_day.keys().next().copied(), tally.by_day.keys().next_back().copied());
    let heading = words::stats_heading(&kept.which.id, days.0.zip(days.1));
    let mut out = io::stdout().lock();
    if let Some(path) = &args.svg {
        let picture = graph::tally(&tally, &heading);
        if path.as_os_str() == "-" {
            out.write_all(picture.as_bytes())?;
            return Ok(Exit::Done);
        }
        fs::write(path, picture).with_context(|| words::not_written_yet(&path.to_string_lossy()))?;
    }
    match args.format {
        CheckFormat::Text => out.write_all(tally::text(&tally, &heading).as_bytes())?,
        CheckFormat::Json => {
            let told = serde_json::to_string_pretty(&tally::json(&tally))?;
            writeln!(out, "{}", crate::text::json::safe(told))?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn add(tally: &mut Tally, questionnaire: &Questionnaire, record: &Record) -> Result<()> {
    let kept = record.encounter(questionnaire)?;
    let summary = &record.summary;
    let index = |id: &str| questionnaire.question_index(id);
    let level = summary.level.as_ref();
    let level = level.and_then(|level| questionnaire.levels.iter().position(|known| known.id == level.id));
    let stage = &record.value["place"]["stage"];
    let on_screen = stage["asking"].as_str().or(stage["alert"]["question"].as_str()).and_then(index);
    // On no question's own page it is the next one that was open.
    let open = || Judged::so_far(questionnaire, &kept.encounter).assessment.unanswered.first().copied();
    let asking = on_screen.or_else(open);
    let mut corrected: Vec<QuestionIndex> =
        record.corrections().filter_map(|correction| index(correction.question)).collect();
    corrected.sort_unstable();
    corrected.dedup();
    let minutes = |from: Timestamp, to: Timestamp| {
        u64::try_from(to.as_second().saturating_sub(from.as_second()) / 60).unwrap_or(0)
    };
    tally.add(&Checked {
        encounter: &kept.encounter,
        day: summary.opened.at.to_zoned(clock::now().time_zone().clone()).date(),
        station: &summary.opened.station,
        level,
        state: summary.state(),
        seen_after: summary.seen.as_ref().map(|seen| minutes(summary.opened.at, seen.at)),
        last_at: asking,
        corrected,
    });
    Ok(())
}
