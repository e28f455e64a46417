//! Files of millions of answer sheets: read in pieces, judged on all cores, written in order, in bounded memory.

mod pool;
mod run;
mod source;

pub use pool::Pool;
pub use run::{Count, Go, Sink, run};
pub use source::{Part, Source, has_line};
