//! `redflag simulate`: what a questionnaire does to a population.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use signal_hook::consts::SIGINT;
use signal_hook::flag;

use super::args::SimulateArgs;
use super::drawing::{has_colour, mistakes};
use super::values::CheckFormat;
use super::{Exit, WrongUsage, files, words};
use crate::answers::json::{SheetReader, answer_value};
use crate::answers::{Answer, Sheet};
use crate::graph;
use crate::library::{Choice, PopulationFile, Problem, population_file};
use crate::population::{self, Counts, Given, Job, Outcome, Population, Range, Simulated};
use crate::questionnaire::diagnostic::Diagnostic;
use crate::questionnaire::{Audience, Questionnaire};
use crate::system::signals::Ending;

pub fn run(args: &SimulateArgs) -> Result<Exit> {
    let choice = Choice::of(&args.questionnaire)?;
    let questionnaire = choice.questionnaire()?;
    let old = args.against.as_deref().map(Choice::of_any).transpose()?;
    let old =
        old.map(|old| Ok::<_, anyhow::Error>((old.name().to_owned(), old.questionnaire()?))).transpose()?;
    let inputs = match args.populations.as_slice() {
        [] => population_file::all(&choice, &questionnaire.id)?,
        names => names
            .iter()
            .map(|name| population_file::of(&choice, &questionnaire.id, name))
            .collect::<Result<Vec<PopulationFile>, Problem>>()?,
    };
    if inputs.is_empty() {
        return Err(WrongUsage(words::no_populations(choice.name())).into());
    }
    if args.sheets.is_some() && inputs.len() > 1 {
        return Err(WrongUsage(words::SHEETS_OF_ONE_POPULATION.to_owned()).into());
    }
    let read: Vec<&Path> =
        inputs.iter().filter_map(|input| input.path.as_deref()).chain(choice.path()).collect();
    for path in args.svg.iter().chain(&args.sheets) {
        files::is_no_input(path, &read)?;
    }
    let people = read_all(&inputs, &choice, &questionnaire)?;
    let mut sheets_out = args.sheets.as_deref().map(SheetsOut::new).transpose()?;
    let mut bar = Bar::new(args, &people)?;
    let mut told: Vec<Simulated> = Vec::new();
    for (input, people) in inputs.iter().zip(&people) {
        let mut run = |range: Range, old: Option<&Questionnaire>, out: Option<&mut SheetsOut>| {
            let job = people.job(&questionnaire, args, range, old);
            let mut write = out.map(|out| |answers: &[Option<Answer>]| out.write(&questionnaire, answers));
            let heard = write.as_mut().map(|write| write as &mut dyn FnMut(&[Option<Answer>]));
            population::run(job, |done| bar.at(&input.name, done), heard)
        };
        let simulated = (|| -> Result<(Outcome, Option<(Counts, Counts)>), population::Stopped> {
            let outcome = run(Range::Stated, old.as_ref().map(|(_, old)| old), sheets_out.as_mut())?;
            let ends = match (args.vary, people) {
                (true, People::Drawn(_)) => {
                    Some((run(Range::Floor, None, None)?.counts, run(Range::Ceiling, None, None)?.counts))
                }
                _ => None,
            };
            Ok((outcome, ends))
        })();
        let Ok((outcome, ends)) = simulated else {
            bar.clear();
            return Ok(Exit::By(Ending::Interrupted));
        };
        told.push(Simulated {
            file: &input.name,
            questionnaire: &questionnaire,
            old: old.as_ref().map(|(name, old)| (name.as_str(), old)),
            population: people.population(),
            seed: args.seed,
            outcome,
            ends,
        });
    }
    bar.clear();
    if let Some(out) = sheets_out {
        out.finish()?;
    }
    let mut out = io::stdout().lock();
    match &args.svg {
        Some(path) if path.as_os_str() == "-" => out.write_all(graph::shares(&told).as_bytes())?,
        svg => {
            if let Some(path) = svg {
                files::write_picture(path, &graph::shares(&told))?;
            }
            match args.format {
                CheckFormat::Json => {
                    writeln!(out, "{}", serde_json::to_string_pretty(&population::json(&told))?)?;
                }
                CheckFormat::Text => out.write_all(text(&told, args, &people).as_bytes())?,
            }
        }
    }
    out.flush()?;
    let holds = |one: &Simulated| {
        let limits = one.population.map(|population| population::hold(population, &one.outcome.counts));
        limits.into_iter().flatten().all(|limit| limit.holds)
    };
    Ok(if told.iter().all(holds) { Exit::Done } else { Exit::NotAllWell })
}

fn text(told: &[Simulated], args: &SimulateArgs, people: &[People]) -> String {
    let mut text = String::new();
    if let Some(first) = told.first() {
        let of = |questionnaire: &Questionnaire| format!("{} {}", questionnaire.id, questionnaire.version);
        text += &of(first.questionnaire);
        if let Some((name, old)) = first.old {
            text += &format!(", before: {} ({name})", of(old));
        }
        text.push_str("\n\n");
    }
    text += &told.iter().map(population::tell).collect::<Vec<_>>().join("\n");
    let fixed = people.iter().filter_map(People::population).filter(|population| !population.varies());
    if args.vary {
        fixed.for_each(|population| text += &words::nothing_varies(&population.title));
    }
    text
}

/// Who is asked.
enum People {
    Drawn(Population),
    Sheets(Vec<Sheet>),
}

impl People {
    fn population(&self) -> Option<&Population> {
        match self {
            People::Drawn(population) => Some(population),
            People::Sheets(_) => None,
        }
    }

    fn count(&self, args: &SimulateArgs) -> u64 {
        match self {
            People::Drawn(population) => args.people.unwrap_or(population.people),
            People::Sheets(sheets) => sheets.len() as u64,
        }
    }

    fn job<'j>(
        &'j self,
        questionnaire: &'j Questionnaire,
        args: &SimulateArgs,
        range: Range,
        old: Option<&'j Questionnaire>,
    ) -> Job<'j> {
        match self {
            People::Drawn(population) => {
                let given = Given::Drawn { population, people: self.count(args), seed: args.seed, range };
                Job { questionnaire, audience: population.audience, given, old }
            }
            People::Sheets(sheets) => {
                let audience = args.audience.map_or(Audience::Patient, Audience::from);
                Job { questionnaire, audience, given: Given::Sheets(sheets), old }
            }
        }
    }
}

/// Reads all populations, or tells every mistake in them.
fn read_all(
    inputs: &[PopulationFile],
    choice: &Choice,
    questionnaire: &Questionnaire,
) -> Result<Vec<People>> {
    let mut people = Vec::new();
    let mut found: Vec<Diagnostic> = Vec::new();
    for input in inputs {
        if input.is_sheets {
            match sheets(questionnaire, input) {
                Ok(sheets) => people.push(People::Sheets(sheets)),
                Err(mistakes) => found.extend(mistakes),
            }
            continue;
        }
        match input.population(choice, questionnaire) {
            Ok(loaded) => {
                if !loaded.warnings.is_empty() {
                    let err = io::stderr();
                    let _ = writeln!(err.lock(), "{}", mistakes(&loaded.warnings, has_colour(&err)));
                }
                people.push(People::Drawn(loaded.population));
            }
            Err(mistakes) => found.extend(mistakes),
        }
    }
    if found.is_empty() {
        return Ok(people);
    }
    let file = match inputs {
        [one] => one.name.clone(),
        _ => words::ONE_OF_THE_POPULATIONS.to_owned(),
    };
    Err(Problem::HasMistakes { file, found }.into())
}

/// The sheets of a file, one a line.
fn sheets(questionnaire: &Questionnaire, input: &PopulationFile) -> Result<Vec<Sheet>, Vec<Diagnostic>> {
    let reader = SheetReader::new(questionnaire);
    let mut sheets = Vec::new();
    files::each_line(&input.name, &input.text, |line, _| {
        sheets.push(reader.read(line).map_err(|error| crate::text::json::mistake(&error))?);
        Ok(())
    })?;
    Ok(sheets)
}

/// Writes the answers of each person as a line.
struct SheetsOut {
    name: String,
    out: io::BufWriter<Box<dyn Write>>,
    failed: Option<io::Error>,
}

impl SheetsOut {
    fn new(path: &Path) -> Result<SheetsOut> {
        let name = path.to_string_lossy().into_owned();
        let file = fs::File::create(path).with_context(|| words::not_written_yet(&name))?;
        Ok(SheetsOut { name, out: io::BufWriter::new(Box::new(file)), failed: None })
    }

    fn write(&mut self, questionnaire: &Questionnaire, answers: &[Option<Answer>]) {
        if self.failed.is_some() {
            return;
        }
        let answered = questionnaire.questions.iter().zip(answers);
        let sheet = answered.filter_map(|(question, answer)| {
            Some((question.id.clone(), answer_value(answer.as_ref()?, question)))
        });
        let sheet: serde_json::Map<_, _> = sheet.collect();
        self.failed = writeln!(self.out, "{}", serde_json::Value::Object(sheet)).err();
    }

    fn finish(mut self) -> Result<()> {
        let failed = self.failed.take().map_or_else(|| self.out.flush(), Err);
        failed.with_context(|| words::not_written_yet(&self.name))
    }
}

/// How far it is, on a terminal, once it takes long.
struct Bar {
    is_shown: bool,
    started: Instant,
    drawn: Option<Instant>,
    all: u64,
    /// Of the runs before.
    done: u64,
    last: u64,
    interrupted: Arc<AtomicBool>,
}

/// Before that nobody waits.
const PATIENCE: Duration = Duration::from_millis(400);
const PAUSE: Duration = Duration::from_millis(100);

impl Bar {
    fn new(args: &SimulateArgs, people: &[People]) -> Result<Bar> {
        let interrupted = Arc::new(AtomicBool::new(false));
        flag::register(SIGINT, Arc::clone(&interrupted)).context("signals cannot be waited for")?;
        let runs = |people: &People| match people {
            People::Drawn(_) if args.vary => 3,
            _ => 1,
        };
        let all = people.iter().map(|people| people.count(args).saturating_mul(runs(people))).sum();
        let is_shown = io::stderr().is_terminal();
        let started = Instant::now();
        Ok(Bar { is_shown, started, drawn: None, all, done: 0, last: 0, interrupted })
    }

    /// So many people of one run are done.
    fn at(&mut self, name: &str, done: u64) -> ControlFlow<()> {
        if done < self.last {
            self.done += self.last;
        }
        self.last = done;
        if self.interrupted.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if self.is_shown
            && self.started.elapsed() >= PATIENCE
            && self.drawn.is_none_or(|at| at.elapsed() >= PAUSE)
        {
            self.drawn = Some(Instant::now());
            let line = words::progress(self.done + done, self.all, name);
            // Who can't see it misses nothing.
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
        }
        ControlFlow::Continue(())
    }

    fn clear(&self) {
        if self.drawn.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
