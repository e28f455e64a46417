//! How many answer sheets `redflag assess` judges in a second, and how much memory it takes.
//!
//! `cargo bench --bench assess` judges a million sheets, `cargo bench --bench assess -- 5000` that many. The
//! sheets are the vignettes with some answers taken from other vignettes, left out or made unsure. One core
//! is enough to keep it busy; the figures are printed and nothing is asserted.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

fn main() {
    let sheets = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a place for temporary files");
    let path = folder.path().join("sheets.jsonl");
    let bytes = write_sheets(sheets, BufWriter::new(File::create(&path).expect("a temporary file")));

    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["assess", "--answers"])
        .arg(&path)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut memory = None;
    let status = loop {
        memory = peak_memory(child.id()).or(memory);
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = started.elapsed().as_secs_f64();
    println!("{sheets} sheets of {} bytes, {status}", bytes / sheets.max(1));
    println!("{seconds:.2} s, {:.0} sheets a second", sheets as f64 / seconds);
    println!("peak memory {}", memory.as_deref().unwrap_or("unknown here"));
}

/// The most memory that the process has had so far, where the system tells.
fn peak_memory(process: u32) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

fn write_sheets(sheets: usize, mut out: impl Write) -> usize {
    let vignettes: Value = serde_json::from_str(include_str!("../tests/vignettes.json")).expect("JSON");
    let answers = vignettes.as_array().expect("a list").iter().map(|vignette| &vignette["answers"]);
    let answers: Vec<&Map<String, Value>> = answers.map(|a| a.as_object().expect("an object")).collect();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut bytes = 0;
    for _ in 0..sheets {
        let mut sheet = answers[dice.below(answers.len())].clone();
        let questions: Vec<_> = sheet.keys().cloned().collect();
        for _ in 0..dice.below(6) {
            let question = &questions[dice.below(questions.len())];
            match (dice.below(4), answers[dice.below(answers.len())].get(question)) {
                (0, _) => drop(sheet.remove(question)),
                // Every list may be unsure, but not the sites of the pain.
                (1, _) if question != "sites" && sheet.get(question).is_some_and(Value::is_array) => {
                    sheet.insert(question.clone(), "unsure".into());
                }
                (_, Some(answer)) => drop(sheet.insert(question.clone(), answer.clone())),
                (_, None) => {}
            }
        }
        let line = serde_json::to_vec(&sheet).expect("JSON");
        bytes += line.len() + 1;
        out.write_all(&line).and_then(|()| out.write_all(b"\n")).expect("room for the sheets");
    }
    out.flush().expect("room for the sheets");
    bytes
}

/// The same numbers every time (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}
