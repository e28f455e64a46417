//! Answer sheets from Parquet files, for programs that are built with it.

use std::path::Path;

#[cfg(feature = "parquet")]
pub use with::open;

#[cfg(not(feature = "parquet"))]
use super::args::AssessArgs;
#[cfg(not(feature = "parquet"))]
use super::assess::OpenedRows;
use super::words;
#[cfg(not(feature = "parquet"))]
use crate::questionnaire::Questionnaire;

/// What to say of a file that is found to be one of Parquet.
pub fn is_one(file: &Path) -> String {
    #[cfg(feature = "parquet")]
    let said = words::is_parquet(&file.to_string_lossy());
    #[cfg(not(feature = "parquet"))]
    let said = words::built_without_parquet(&file.to_string_lossy());
    said
}

#[cfg(not(feature = "parquet"))]
pub fn open(args: &AssessArgs, _: &Questionnaire) -> anyhow::Result<OpenedRows> {
    Err(super::WrongUsage(is_one(&args.answers)).into())
}

#[cfg(feature = "parquet")]
mod with {
    use std::fs::File;
    use std::io::{self, Write};
    use std::num::NonZeroUsize;
    use std::os::fd::AsFd;
    use std::path::Path;
    use std::sync::Arc;
    use std::thread;

    use anyhow::Result;

    use crate::bulk::{Columnar, OpenFile, read_end};
    use crate::cli::args::AssessArgs;
    use crate::cli::assess::{AllRows, OpenedRows};
    use crate::cli::{WrongUsage, words};
    use crate::questionnaire::Questionnaire;
    use crate::system::files as system_files;
    use crate::system::secrecy;
    use crate::table::{In, ParquetTable, ReadAt};

    /// Opens the answers, and says which columns they do without.
    pub fn open(args: &AssessArgs, questionnaire: &Questionnaire) -> Result<OpenedRows> {
        let name = args.answers.to_string_lossy();
        let wrong = |error: io::Error| WrongUsage(words::of_file(&name, &system_files::why(&error)));
        let file = file(&args.answers).map_err(wrong)?;
        if !file.metadata().map_err(wrong)?.is_file() {
            return Err(WrongUsage(words::parquet_needs_a_file(&name)).into());
        }
        let file: Arc<dyn ReadAt> = Arc::new(OpenFile::new(file).map_err(wrong)?);
        let layout = args.layout.map(Into::into);
        let table = read_end(&file, secrecy::unless_it_panics)
            .and_then(|end| ParquetTable::of(questionnaire, end, layout, args.id.as_deref()));
        let table = Arc::new(table.map_err(|wrong| WrongUsage(words::of_file(&name, &wrong)))?);
        // Who can't hear it has the results all the same.
        let _ = write!(io::stderr(), "{}", words::columns_without(&table.columns));
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let rows = Columnar::new(Arc::clone(&table), Arc::clone(&file), threads, secrecy::unless_it_panics);
        Ok((In::Parquet(table), AllRows::Columnar(rows.map_err(wrong)?), Some(file.length())))
    }

    fn file(answers: &Path) -> io::Result<File> {
        match answers.as_os_str() == "-" {
            true => io::stdin().as_fd().try_clone_to_owned().map(File::from),
            false => File::open(answers),
        }
    }
}
