//! Scripts: what a person answers and does, in the ids of the questionnaire and without any key, so that the
//! same script can be typed line by line, pressed on the full screen, or given to the interview itself.
//! `tests/scripts/README.md` tells the notation.

mod choice;
#[path = "../dice/mod.rs"]
pub mod dice;
pub mod wander;
pub mod ways;

use std::fmt;
use std::fs;
use std::path::Path;

use redflag::questionnaire::Audience;

/// One file in `tests/scripts`.
pub struct Script {
    pub name: String,
    pub questionnaire: String,
    pub audience: Audience,
    /// The id of the level in the end; `none` without a result.
    pub level: String,
    /// Does it end as finished, with exit status 0?
    pub finished: bool,
    /// The questions whose answers no longer count in the end.
    pub set_aside: Vec<String>,
    /// How many changes made the result less urgent.
    pub lowered: usize,
    /// What the report must say.
    pub says: Vec<String>,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Answer(String, String),
    /// An answer that is not taken, as it is typed.
    Wrong(String, String),
    LeaveOut(String),
    Keep(String),
    /// Opens an answer from the lists of answers, and answers it anew if a value is given.
    Edit(String, Option<String>),
    /// Answers as a case of `tests/vignettes.json` does, up to a question if one is named.
    As(String, Option<String>),
    /// Takes the offer to be asked once more what was not sure.
    Settle,
    /// Says yes, no or unsure to a question that is asked once more about one option.
    OnceMore(String),
    Confirm,
    Decline,
    Continue,
    Result,
    Back,
    Review,
    Why,
    Help,
    Stay,
    Finish,
    Leave,
    End,
}

/// Steps of one word or a few, as they are written.
const PLAIN: [(&str, Step); 13] = [
    ("ask me once more", Step::Settle),
    ("yes, change it", Step::Confirm),
    ("no, keep it", Step::Decline),
    ("continue", Step::Continue),
    ("result", Step::Result),
    ("back", Step::Back),
    ("review", Step::Review),
    ("why", Step::Why),
    ("help", Step::Help),
    ("stay", Step::Stay),
    ("finish", Step::Finish),
    ("leave", Step::Leave),
    ("end", Step::End),
];

impl Step {
    /// Reads one line.
    pub fn of(line: &str) -> Result<Step, String> {
        let line = line.trim();
        if let Some((_, step)) = PLAIN.iter().find(|(words, _)| *words == line) {
            return Ok(step.clone());
        }
        let named = |line: &str| {
            let (id, value) = line.split_once(':').unwrap_or((line, ""));
            (id.trim().to_owned(), value.trim().to_owned())
        };
        if let Some(rest) = line.strip_prefix("wrong ") {
            let (id, typed) = named(rest);
            return Ok(Step::Wrong(id, typed));
        }
        if let Some(rest) = line.strip_prefix("edit ") {
            let (id, value) = named(rest);
            return Ok(Step::Edit(id, Some(value).filter(|value| !value.is_empty())));
        }
        if let Some(said) = line.strip_prefix("once more: ") {
            return Ok(Step::OnceMore(said.to_owned()));
        }
        if let Some(id) = line.strip_prefix("leave out ") {
            return Ok(Step::LeaveOut(id.to_owned()));
        }
        if let Some(id) = line.strip_prefix("keep ") {
            return Ok(Step::Keep(id.to_owned()));
        }
        if let Some(rest) = line.strip_prefix("as ") {
            let (case, until) = rest.split_once(" until ").map_or((rest, None), |(c, u)| (c, Some(u)));
            return Ok(Step::As(case.to_owned(), until.map(str::to_owned)));
        }
        match named(line) {
            (id, value) if !id.contains(' ') && !value.is_empty() => Ok(Step::Answer(id, value)),
            _ => Err(format!("not a step: {line}")),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Step::Answer(id, value) => write!(f, "{id}: {value}"),
            Step::Wrong(id, typed) => write!(f, "wrong {id}: {typed}"),
            Step::LeaveOut(id) => write!(f, "leave out {id}"),
            Step::Keep(id) => write!(f, "keep {id}"),
            Step::Edit(id, None) => write!(f, "edit {id}"),
            Step::Edit(id, Some(value)) => write!(f, "edit {id}: {value}"),
            Step::OnceMore(said) => write!(f, "once more: {said}"),
            Step::As(case, None) => write!(f, "as {case}"),
            Step::As(case, Some(until)) => write!(f, "as {case} until {until}"),
            step => {
                let words = PLAIN.iter().find(|(_, plain)| plain == step).map_or("", |(words, _)| words);
                f.write_str(words)
            }
        }
    }
}

impl Script {
    /// Reads a script: a head of keys, a blank line, and one step a line. `#` begins a remark.
    pub fn of(name: &str, text: &str) -> Result<Script, String> {
        let (head, body) = text.split_once("\n\n").ok_or("no blank line after the head")?;
        let mut script = Script {
            name: name.to_owned(),
            questionnaire: "back-pain".to_owned(),
            audience: Audience::Patient,
            level: String::new(),
            finished: true,
            set_aside: Vec::new(),
            lowered: 0,
            says: Vec::new(),
            steps: Vec::new(),
        };
        let list = |value: &str| value.split(',').map(|part| part.trim().to_owned()).collect();
        for line in head.lines().filter(|line| !line.starts_with('#')) {
            let (key, value) = line.split_once(':').ok_or(format!("not a key and its value: {line}"))?;
            let value = value.trim();
            match key {
                "questionnaire" => script.questionnaire = value.to_owned(),
                "audience" if value == "patient" => script.audience = Audience::Patient,
                "audience" if value == "clinician" => script.audience = Audience::Clinician,
                "level" => script.level = value.to_owned(),
                "ends" => script.finished = value == "finished",
                "set aside" => script.set_aside = list(value),
                "lowered" => script.lowered = value.parse().map_err(|_| "lowered: not a number")?,
                "says" => script.says.push(value.to_owned()),
                _ => return Err(format!("not known in a head: {line}")),
            }
        }
        if script.level.is_empty() {
            return Err("no level is expected".to_owned());
        }
        for line in body.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            script.steps.push(Step::of(line)?);
        }
        match script.steps.last() {
            Some(Step::Finish | Step::Leave | Step::End) => Ok(script),
            _ => Err("the last step is none of: finish, leave, end".to_owned()),
        }
    }
}

/// All scripts, in the order of their names.
pub fn scripts() -> Vec<Script> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let entries = fs::read_dir(directory).expect("the directory is there");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let read = |path: &Path| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let text = fs::read_to_string(path).expect("the file can be read");
        Script::of(&name, &text).unwrap_or_else(|why| panic!("{name}: {why}"))
    };
    files.iter().map(|path| read(path)).collect()
}
