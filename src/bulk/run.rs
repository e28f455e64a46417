//! One thread reads, as many as there are cores judge, and one writes in the order of the file.

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::pool::Pool;
use super::source::Part;
use crate::table::{Judge, Piece, Plan};

/// So many pieces may wait for each judge. More would only take memory.
const WAITING: usize = 4;

/// How far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub rows: u64,
    pub bad_rows: u64,
    /// Bytes of the input that were read.
    pub read: u64,
}

/// Gives what is to be judged, in order.
pub trait Input: Send {
    /// The next part; `None`: there is no more.
    ///
    /// # Errors
    /// When it can't be read.
    fn next(&mut self, plan: &Plan, pool: &Pool) -> io::Result<Option<Part>>;

    /// Bytes of it that were read.
    fn read(&self) -> u64;
}

/// Takes what comes out, in order.
pub trait Sink {
    /// # Errors
    /// When it can't be written. Nothing more is judged then.
    fn take(&mut self, piece: &Piece, count: &Count) -> io::Result<Go>;
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    On,
    /// Only look whether sheets can be read: nobody reads results.
    OnUnread,
    Stop,
}

/// Judges everything that `source` has left.
///
/// # Errors
/// When the input can't be read, or the sink can't write.
pub fn run(plan: &Plan, source: impl Input, sink: &mut impl Sink) -> io::Result<Count> {
    let judges = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (pool, is_unread, stop, read) =
        (Pool::new(), AtomicBool::new(false), AtomicBool::new(false), AtomicU64::new(source.read()));
    let (jobs, to_do) = sync_channel::<(Part, SyncSender<Piece>)>(WAITING * judges);
    let to_do = Mutex::new(to_do);
    // In the order of the file, each piece behind a channel of its own.
    let (ordered, in_order) = sync_channel::<Receiver<Piece>>(2 * WAITING * judges);
    thread::scope(|scope| {
        let (pool, is_unread, stop, read, to_do) = (&pool, &is_unread, &stop, &read, &to_do);
        let reader = scope.spawn(move || feed(plan, source, jobs, ordered, (pool, stop, read)));
        for _ in 0..judges {
            scope.spawn(move || {
                let mut judge = Judge::new(plan);
                loop {
                    let job = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((part, answer)) = job else { return };
                    let mut piece = Piece { out: pool.take(), ..Piece::default() };
                    judge.is_unread = is_unread.load(Ordering::Relaxed);
                    match part {
                        Part::Records { text, line } => {
                            judge.judge(&text, line, &mut piece);
                            pool.give(text);
                        }
                        Part::TooLong { line, is_open } => judge.too_long(line, is_open, &mut piece),
                        #[cfg(feature = "parquet")]
                        Part::Slab(slab) => judge.judge_slab(&slab, &mut piece),
                    }
                    // Nobody waits for it once the writing has failed.
                    let _ = answer.send(piece);
                }
            });
        }
        let mut count = Count::default();
        let mut written = Ok(());
        while let Ok(piece) = in_order.recv() {
            let Ok(piece) = piece.recv() else { continue };
            count.rows += piece.rows;
            count.bad_rows += piece.bad_rows;
            count.read = read.load(Ordering::Relaxed);
            match sink.take(&piece, &count) {
                Ok(Go::On) => {}
                Ok(Go::OnUnread) => is_unread.store(true, Ordering::Relaxed),
                Ok(Go::Stop) => {
                    stop.store(true, Ordering::Relaxed);
                    break;
                }
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    written = Err(error);
                    break;
                }
            }
            pool.give(piece.out);
        }
        // The reader sees that nobody takes more.
        drop(in_order);
        let fed = reader.join().unwrap_or_else(|_| Err(io::Error::other("reading ended early")));
        written.and(fed).map(|()| count)
    })
}

fn feed(
    plan: &Plan,
    mut source: impl Input,
    jobs: SyncSender<(Part, SyncSender<Piece>)>,
    ordered: SyncSender<Receiver<Piece>>,
    (pool, stop, read): (&Pool, &AtomicBool, &AtomicU64),
) -> io::Result<()> {
    while !stop.load(Ordering::Relaxed) {
        let Some(part) = source.next(plan, pool)? else { return Ok(()) };
        read.store(source.read(), Ordering::Relaxed);
        let (answer, piece) = sync_channel(1);
        if ordered.send(piece).is_err() || jobs.send((part, answer)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}
