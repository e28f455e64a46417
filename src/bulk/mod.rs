//! Files of millions of answer sheets: read in pieces, judged on all cores, written in order, in bounded memory.

#[cfg(feature = "parquet")]
mod columnar;
mod pool;
mod run;
mod source;

#[cfg(feature = "parquet")]
pub use columnar::{Columnar, OpenFile, UnlessItPanics, read_end};
pub use pool::Pool;
pub use run::{Count, Go, Input, Sink, run};
pub use source::{Part, Source, has_line};
