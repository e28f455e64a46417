//! How far a long run is, on a terminal, once it takes long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::words;
use crate::bulk::Count;

/// Before that nobody waits.
const PATIENCE: Duration = Duration::from_millis(400);
const PAUSE: Duration = Duration::from_millis(100);

pub struct Progress {
    is_shown: bool,
    started: Instant,
    drawn: Option<Instant>,
    /// How many bytes there are to read, where that is known.
    all: Option<u64>,
}

impl Progress {
    /// `is_free`: nothing else is written to the terminal.
    pub fn new(all: Option<u64>, is_free: bool) -> Progress {
        let is_shown = is_free && io::stderr().is_terminal();
        Progress { is_shown, started: Instant::now(), drawn: None, all }
    }

    pub fn at(&mut self, count: &Count) {
        let so_far = self.started.elapsed();
        let is_due = self.drawn.is_none_or(|at| at.elapsed() >= PAUSE);
        if !self.is_shown || so_far < PATIENCE || !is_due {
            return;
        }
        self.drawn = Some(Instant::now());
        let seconds = so_far.as_secs_f64();
        let left = self.all.filter(|_| count.read > 0).map(|all| {
            let left = all.saturating_sub(count.read) as f64 / count.read as f64 * seconds;
            left.min(1e9) as u64
        });
        let line = words::rows_so_far(count.rows, (count.rows as f64 / seconds) as u64, count.bad_rows, left);
        // Who can't see it misses nothing.
        let _ = write!(io::stderr(), "\r\x1b[K{line}");
    }

    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
