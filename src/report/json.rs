//! The report as JSON, for other programs. Described in docs/reference/reports.md, with the schema made from these types.

use jiff::civil::DateTime;
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Again, Answered as Given, Change as Changed, Decided, Handover, InfoPage, Meaning, Negative, Reason,
    Report, Step, TextTable, Urgency, When, WouldBe,
};
use crate::questionnaire::{Audience, LevelIndex, QuestionIndex};
use crate::text::Block;
use crate::text::json::safe;

/// Counts up when a key is taken away or comes to mean something else. New keys may come without that.
pub const FORMAT_VERSION: u32 = 2;

/// The report as one JSON object, laid out for reading, with a line end.
pub fn json(report: &Report) -> String {
    // No map in it has keys that are not strings, and nothing else can fail.
    let json = serde_json::to_string_pretty(&Of(report).report()).expect("a report is plain data");
    safe(json + "\n")
}

/// The JSON Schema of what [`json`] writes.
pub fn schema() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<File>()
}

/// A report of redflag.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "redflag report")]
struct File<'r> {
    /// Always `redflag-report`.
    format: &'static str,
    /// 2. Counts up when a key is taken away or comes to mean something else.
    format_version: u32,
    program: Program,
    questionnaire: About<'r>,
    /// The day that all other dates are counted from, such as `2026-11-21`.
    date: String,
    /// When the file was written, in local time, such as `2026-11-21T14:05:00`.
    written: Option<String>,
    /// The name of the clinic, where the site has set it.
    site: Option<&'r str>,
    /// Whose words are used, outside `clinician`.
    audience: Audience,
    /// Who answered. The judgement is of what was asked, whoever reads it.
    asked_as: Audience,
    /// Of the words, as in BCP 47.
    language: &'r str,
    /// Every question that is asked has its answer. If not, the result is only "at least".
    finished: bool,
    /// Not finished, and the level is final all the same: nothing that was left could change it.
    stopped_early: bool,
    /// What to act on. `null`: not finished, and no result yet; never the same as the least urgent level.
    level: Option<Level<'r>>,
    /// Not finished: the more urgent level that missing answers could still bring up.
    could_be: Option<Level<'r>>,
    /// All levels, the most urgent first.
    levels: Vec<Level<'r>>,
    /// The result in one line.
    headline: &'r str,
    /// What to do.
    act: &'r str,
    /// How soon.
    within: Option<Time<'r>>,
    /// Whom to contact.
    who: Option<&'r str>,
    /// What set the level first, then the most urgent.
    reasons: Vec<Rule<'r>>,
    /// Open answers that leave something more urgent possible.
    doubts: Vec<Doubt<'r>>,
    /// The answers that decided the result. `null` where none can be named for certain.
    decided_by: Option<DecidedBy<'r>>,
    /// Single other answers that would make it more urgent, the most urgent and the nearest first; all of them.
    more_urgent_with: Vec<Change<'r>>,
    /// The ids of the questions that have no answer yet.
    unanswered: Vec<&'r str>,
    /// For the person to do.
    steps: Vec<Advice<'r>>,
    /// What to say on the phone, a sentence each.
    say: &'r [String],
    return_list: ReturnList<'r>,
    /// When to look again, the soonest first.
    check_again: Vec<Time<'r>>,
    /// Edits that made a result less urgent that had been shown.
    lowered: &'r [String],
    /// The check before, if this one comes after one.
    compared_with: Option<ComparedWith<'r>>,
    /// What was "not sure" and was asked once more, and what was said then.
    settled: &'r [String],
    /// The answers that count in words, by section.
    answers: Vec<Section<'r>>,
    /// The answers that count, as `redflag assess` takes them.
    sheet: &'r Map<String, Value>,
    /// What happened, by ids: `redflag --go-on FILE` goes on with it.
    encounter: &'r Value,
    tables: Vec<Grid<'r>>,
    /// In the clinician's words, whoever the report is for.
    clinician: ClinicianPart<'r>,
    /// To learn more.
    learn: Vec<Learn<'r>>,
    /// What every report says about itself.
    always: &'r [String],
    /// Others refer to them by number: 1 is the first.
    sources: &'r [String],
}

#[derive(Serialize, JsonSchema)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct About<'r> {
    id: &'r str,
    version: &'r str,
    /// What it says, to the last rule and word, as a hash in hexadecimal.
    sha256: &'r str,
    title: &'r str,
    /// Who signed it off, or that nobody did.
    sign_off: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Level<'r> {
    id: &'r str,
    title: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Time<'r> {
    words: &'r str,
    /// Such as `2026-11-21`.
    date: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Rule<'r> {
    /// The ids of the rule that holds, or of those that answers "not sure" leave open.
    rules: &'r [String],
    /// Answers "not sure" set the level, and no rule that holds.
    not_sure: bool,
    /// The id of its level.
    level: &'r str,
    words: &'r str,
    /// What it rests on.
    answers: Vec<Answered<'r>>,
    sources: &'r [usize],
}

#[derive(Serialize, JsonSchema)]
struct Answered<'r> {
    /// Its id.
    question: &'r str,
    /// As it stood on the screen.
    number: usize,
    ask: &'r str,
    /// The answer, or the part of it that matters, in words.
    answer: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Doubt<'r> {
    question: &'r str,
    number: usize,
    ask: &'r str,
    /// With "I'm not sure"; otherwise there is no answer yet.
    answered: bool,
    could_mean: Vec<Possible<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct Possible<'r> {
    rule: &'r str,
    level: &'r str,
    words: &'r str,
}

/// Answers that alone lead to the result or a more urgent one, whatever all others are.
#[derive(Serialize, JsonSchema)]
struct DecidedBy<'r> {
    /// Empty: the result is the least urgent level, and no answer points to a more urgent one.
    answers: Vec<Answered<'r>>,
    /// It is proved that no fewer answers do. Otherwise none of these can be left out.
    smallest: bool,
    /// The ids of the rules of this level that hold, or may hold.
    rules: &'r [String],
}

#[derive(Serialize, JsonSchema)]
struct Change<'r> {
    question: &'r str,
    number: usize,
    ask: &'r str,
    /// The answer given in words; `null`: left out.
    given: Option<&'r str>,
    /// One of these is enough, the nearest first. Of several options, what would be ticked on top.
    others: &'r [String],
    /// The id of the level that it would be.
    level: &'r str,
    /// Further questions would be asked then, and could make it more urgent still.
    at_least: bool,
    /// The ids of the rules that would lead to it.
    rules: &'r [String],
}

/// A check before this one.
#[derive(Serialize, JsonSchema)]
struct ComparedWith<'r> {
    /// The day of it, such as `2026-11-21`.
    date: String,
    /// The version of the questionnaire then.
    version: &'r str,
    /// What it said then, as a hash in hexadecimal.
    sha256: &'r str,
    /// `null`: it was not finished, and there was no result yet.
    level: Option<Level<'r>>,
    finished: bool,
    less_urgent_now: bool,
    more_urgent_now: bool,
    /// Less urgent now: the answers that made it so. None: the questionnaire did.
    because: Vec<ThenAndNow<'r>>,
    changed: Vec<ThenAndNow<'r>>,
    /// The ids of the questions whose answers are those of then, and nobody was asked.
    as_last_time: Vec<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct ThenAndNow<'r> {
    question: &'r str,
    ask: &'r str,
    then: &'r str,
    now: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Advice<'r> {
    id: &'r str,
    words: &'r str,
    sources: &'r [usize],
}

#[derive(Serialize, JsonSchema)]
struct ReturnList<'r> {
    title: &'r str,
    items: &'r [String],
    /// What needs help less soon, as far as it is told at this level.
    further: Vec<FurtherList<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct FurtherList<'r> {
    title: &'r str,
    items: &'r [String],
}

#[derive(Serialize, JsonSchema)]
struct Section<'r> {
    title: &'r str,
    answers: Vec<Answered<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct Grid<'r> {
    title: &'r str,
    columns: &'r [String],
    rows: &'r [Vec<String>],
}

#[derive(Serialize, JsonSchema)]
struct ClinicianPart<'r> {
    handover: Sbar<'r>,
    rules: Vec<Rule<'r>>,
    decided_by: Option<DecidedBy<'r>>,
    more_urgent_with: Vec<Change<'r>>,
    /// Red flags asked about and absent.
    absent: Vec<Absent<'r>>,
    /// Stopped early: the screens for red flags that have no answer.
    not_asked: &'r [String],
    /// To consider.
    steps: Vec<Advice<'r>>,
    tables: Vec<Grid<'r>>,
}

/// Each part as sentences.
#[derive(Serialize, JsonSchema)]
struct Sbar<'r> {
    situation: &'r [String],
    background: &'r [String],
    assessment: &'r [String],
    recommendation: &'r [String],
}

#[derive(Serialize, JsonSchema)]
struct Absent<'r> {
    question: &'r str,
    number: usize,
    ask: &'r str,
    /// `words` lists findings that are not there; otherwise it is the answer given instead.
    several: bool,
    words: &'r str,
}

#[derive(Serialize, JsonSchema)]
struct Learn<'r> {
    id: &'r str,
    title: &'r str,
    body: Vec<Piece<'r>>,
    sources: &'r [usize],
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Piece<'r> {
    Paragraph(&'r str),
    Item(&'r str),
}

/// Names what the report knows by its place.
struct Of<'r>(&'r Report);

impl<'r> Of<'r> {
    fn report(&self) -> File<'r> {
        let report = self.0;
        let clinician = report.clinician();
        File {
            format: "redflag-report",
            format_version: FORMAT_VERSION,
            program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            questionnaire: About {
                id: &report.questionnaire,
                version: &report.version,
                sha256: &report.fingerprint,
                title: &report.title,
                sign_off: &report.sign_off,
            },
            date: report.date.to_string(),
            written: report.at.map(moment),
            site: report.site.as_deref(),
            audience: report.reader,
            asked_as: report.asked_as,
            language: &report.language,
            finished: report.finished,
            stopped_early: report.stopped_early,
            level: report.level.as_ref().map(level),
            could_be: report.could_be.as_ref().map(level),
            levels: report.levels.iter().map(level).collect(),
            headline: &report.headline,
            act: &report.act,
            within: report.within.as_ref().map(time),
            who: report.who.as_deref(),
            reasons: report.reasons.iter().map(|reason| self.rule(reason)).collect(),
            doubts: report.doubts.iter().map(|doubt| self.doubt(doubt)).collect(),
            decided_by: report.decided.as_ref().map(|decided| self.decided(decided)),
            more_urgent_with: report.would_be.iter().map(|change| self.change(change)).collect(),
            unanswered: report.open.iter().map(|&question| self.question(question)).collect(),
            steps: report.steps.iter().map(advice).collect(),
            say: &report.say,
            return_list: ReturnList {
                title: &report.return_list.title,
                items: &report.return_list.items,
                further: report
                    .further_return_lists
                    .iter()
                    .map(|further| FurtherList { title: &further.title, items: &further.items })
                    .collect(),
            },
            check_again: report.check_again.iter().map(time).collect(),
            lowered: &report.lowered,
            compared_with: report.again.as_ref().map(|again| self.compared_with(again)),
            settled: &report.settled,
            answers: report
                .answers
                .iter()
                .map(|section| Section { title: &section.title, answers: self.answered(&section.answers) })
                .collect(),
            sheet: &report.sheet,
            encounter: &report.encounter,
            tables: report.tables.iter().map(grid).collect(),
            clinician: ClinicianPart {
                handover: sbar(&clinician.handover),
                rules: clinician.reasons.iter().map(|rule| self.rule(rule)).collect(),
                not_asked: &clinician.not_asked,
                decided_by: clinician.decided.as_ref().map(|decided| self.decided(decided)),
                more_urgent_with: clinician.would_be.iter().map(|change| self.change(change)).collect(),
                absent: clinician.negatives.iter().map(|negative| self.absent(negative)).collect(),
                steps: clinician.consider.iter().map(advice).collect(),
                tables: clinician.tables.iter().map(grid).collect(),
            },
            learn: report.pages.iter().map(learn).collect(),
            always: &report.always,
            sources: &report.sources,
        }
    }

    fn question(&self, question: QuestionIndex) -> &'r str {
        &self.0.question_ids[question]
    }

    fn level(&self, level: LevelIndex) -> &'r str {
        &self.0.levels[level].id
    }

    fn rule(&self, reason: &'r Reason) -> Rule<'r> {
        Rule {
            rules: &reason.rules,
            not_sure: reason.doubt,
            level: self.level(reason.level),
            words: &reason.words,
            answers: self.answered(&reason.answers),
            sources: &reason.sources,
        }
    }

    fn answered(&self, answers: &'r [Given]) -> Vec<Answered<'r>> {
        let answered = |told: &'r Given| Answered {
            question: self.question(told.question),
            number: told.number,
            ask: &told.ask,
            answer: &told.answer,
        };
        answers.iter().map(answered).collect()
    }

    fn compared_with(&self, again: &'r Again) -> ComparedWith<'r> {
        let changes = |changes: &'r [Changed]| {
            let one = |change: &'r Changed| ThenAndNow {
                question: self.question(change.question),
                ask: &change.ask,
                then: &change.then,
                now: &change.now,
            };
            changes.iter().map(one).collect()
        };
        ComparedWith {
            date: again.date.to_string(),
            version: &again.version,
            sha256: &again.fingerprint,
            level: again.level.as_ref().map(level),
            finished: again.finished,
            less_urgent_now: again.is_lower,
            more_urgent_now: again.is_higher,
            because: changes(&again.lowered_by),
            changed: changes(&again.changed),
            as_last_time: again.carried.iter().map(|&question| self.question(question)).collect(),
        }
    }

    fn doubt(&self, doubt: &'r super::Doubt) -> Doubt<'r> {
        let possible = |meaning: &'r Meaning| Possible {
            rule: &meaning.rule,
            level: self.level(meaning.level),
            words: &meaning.words,
        };
        Doubt {
            question: self.question(doubt.question),
            number: doubt.number,
            ask: &doubt.ask,
            answered: doubt.answered,
            could_mean: doubt.could_mean.iter().map(possible).collect(),
        }
    }

    fn decided(&self, decided: &'r Decided) -> DecidedBy<'r> {
        DecidedBy {
            answers: self.answered(&decided.answers),
            smallest: decided.smallest,
            rules: &decided.rules,
        }
    }

    fn change(&self, change: &'r WouldBe) -> Change<'r> {
        Change {
            question: self.question(change.question),
            number: change.number,
            ask: &change.ask,
            given: change.given.as_deref(),
            others: &change.others,
            level: &change.level.id,
            at_least: change.at_least,
            rules: &change.rules,
        }
    }

    fn absent(&self, negative: &'r Negative) -> Absent<'r> {
        Absent {
            question: self.question(negative.question),
            number: negative.number,
            ask: &negative.ask,
            several: negative.several,
            words: &negative.absent,
        }
    }
}

fn level(level: &Urgency) -> Level<'_> {
    Level { id: &level.id, title: &level.title }
}

/// As ISO 8601 writes it, to the second.
fn moment(at: DateTime) -> String {
    format!("{}T{:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
}

fn time(when: &When) -> Time<'_> {
    Time { words: &when.say, date: when.date.map(|date| date.to_string()) }
}

fn advice(step: &Step) -> Advice<'_> {
    Advice { id: &step.id, words: &step.words, sources: &step.sources }
}

fn grid(table: &TextTable) -> Grid<'_> {
    Grid { title: &table.title, columns: &table.columns, rows: &table.rows }
}

fn sbar(handover: &Handover) -> Sbar<'_> {
    Sbar {
        situation: &handover.situation,
        background: &handover.background,
        assessment: &handover.assessment,
        recommendation: &handover.recommendation,
    }
}

fn learn(page: &InfoPage) -> Learn<'_> {
    Learn {
        id: &page.id,
        title: &page.title,
        body: page.body.iter().map(piece).collect(),
        sources: &page.sources,
    }
}

fn piece(block: &Block) -> Piece<'_> {
    match block {
        Block::Paragraph(words) => Piece::Paragraph(words),
        Block::Item(words) => Piece::Item(words),
    }
}
