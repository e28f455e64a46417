//! How long `redflag check` takes, and how much memory, on back-pain and on random questionnaires that look real.
//!
//! `cargo bench --bench check` takes 1,000 and 5,000 questions, `cargo bench --bench check -- 300` that many. The
//! figures are printed and nothing is asserted.

mod realistic;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 5000] } else { sizes };
    let folder = tempfile::tempdir().expect("a place for temporary files");
    println!("back-pain: {}", measured("back-pain"));
    for size in sizes {
        let path = folder.path().join(format!("{size}.yaml"));
        let text = realistic::questionnaire(size);
        std::fs::write(&path, &text).expect("a temporary file");
        let path = path.to_str().expect("a plain path");
        println!("{size} questions, {} KiB: {}", text.len() / 1024, measured(path));
    }
}

/// The time from start to end and the most memory, where the system tells.
fn measured(questionnaire: &str) -> String {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_redflag"))
        .args(["check", "--budget", "600", questionnaire])
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut memory = None;
    let status = loop {
        let text = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        memory = peak.map(|peak| peak.trim().to_owned()).or(memory);
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = started.elapsed().as_secs_f64();
    format!("{seconds:.3} s, peak memory {}, {status}", memory.as_deref().unwrap_or("unknown here"))
}
