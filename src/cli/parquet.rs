//! Answer sheets from Parquet files and results in them, for programs that are built with it.

use std::path::Path;

#[cfg(feature = "parquet")]
pub use with::{Results, open, out, results};
#[cfg(not(feature = "parquet"))]
pub use without::{Results, open, out, results};

use super::words;

/// What to say of a file that is found to be one of Parquet.
pub fn is_one(file: &Path) -> String {
    #[cfg(feature = "parquet")]
    let said = words::is_parquet(&file.to_string_lossy());
    #[cfg(not(feature = "parquet"))]
    let said = words::built_without_parquet(&file.to_string_lossy());
    said
}

#[cfg(not(feature = "parquet"))]
mod without {
    use std::convert::Infallible;
    use std::io;

    use anyhow::Result;

    use crate::cli::args::AssessArgs;
    use crate::cli::assess::OpenedRows;
    use crate::cli::{WrongUsage, words};
    use crate::questionnaire::Questionnaire;
    use crate::table::{Out, Piece, Plan};

    pub fn open(args: &AssessArgs, _: &Questionnaire) -> Result<OpenedRows> {
        Err(WrongUsage(super::is_one(&args.answers)).into())
    }

    pub fn out(_: bool) -> Result<Out> {
        Err(WrongUsage(words::WRITES_NO_PARQUET.to_owned()).into())
    }

    /// There are none.
    pub struct Results(Infallible);

    impl Results {
        pub fn add(&mut self, _: &Piece) -> io::Result<&[u8]> {
            match self.0 {}
        }

        pub fn end(self) -> io::Result<Vec<u8>> {
            match self.0 {}
        }
    }

    pub fn results(_: &Plan) -> io::Result<Option<Results>> {
        Ok(None)
    }
}

#[cfg(feature = "parquet")]
mod with {
    use std::fs::File;
    use std::io::{self, IsTerminal, Write};
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
    use crate::table::{In, Out, ParquetResults, ParquetTable, Piece, Plan, ReadAt};

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

    /// Results as Parquet. `is_stream`: to standard output.
    pub fn out(is_stream: bool) -> Result<Out> {
        match is_stream && io::stdout().is_terminal() {
            true => Err(WrongUsage(words::PARQUET_IS_NO_TEXT.to_owned()).into()),
            false => Ok(Out::Parquet),
        }
    }

    /// A file of results in the making.
    pub struct Results {
        rows: ParquetResults,
        /// What comes next in the file.
        next: Vec<u8>,
    }

    impl Results {
        /// What comes next in the file, once these are in it.
        pub fn add(&mut self, piece: &Piece) -> io::Result<&[u8]> {
            self.next.clear();
            self.rows.add(piece, &mut self.next).map_err(io::Error::other)?;
            Ok(&self.next)
        }

        /// The end of the file.
        pub fn end(self) -> io::Result<Vec<u8>> {
            let mut rest = Vec::new();
            self.rows.end(&mut rest).map_err(io::Error::other)?;
            Ok(rest)
        }
    }

    /// For results that are wanted as Parquet.
    pub fn results(plan: &Plan) -> io::Result<Option<Results>> {
        let rows = plan.parquet().map_err(io::Error::other)?;
        Ok(rows.map(|rows| Results { rows, next: Vec::new() }))
    }

    fn file(answers: &Path) -> io::Result<File> {
        match answers.as_os_str() == "-" {
            true => io::stdin().as_fd().try_clone_to_owned().map(File::from),
            false => File::open(answers),
        }
    }
}
