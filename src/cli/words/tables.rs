//! What is said of tables and lines of many answer sheets.

use crate::population::number;
use crate::table::Columns;

/// `redflag assess --to X --bad X`
pub const ONE_FILE_FOR_BOTH: &str = "--to and --bad name the same file; choose two";

/// `redflag assess --columns`
pub fn no_result_column(name: &str, names: &str) -> String {
    format!("there is no column `{name}` of results; there are {names}")
}

pub fn result_column_twice(name: &str) -> String {
    format!("--columns names `{name}` twice")
}

pub const STOPPED_UNREAD: &str = "nobody reads the results any more, and not all answer sheets were judged";

pub const INTERRUPTED: &str = "interrupted; nothing was written";

/// Before the reason why reading or writing ended.
pub const STOPPED_JUDGING: &str = "not all answer sheets were judged";

pub fn of_file(name: &str, wrong: &impl std::fmt::Display) -> String {
    format!("{name}: {wrong}")
}

/// At most so many columns are named.
const MOST_NAMED: usize = 12;

/// What a table lacks, and what in it is no answer; empty where there is nothing to say.
pub fn columns_without(columns: &Columns) -> String {
    let listed = |names: Vec<String>| {
        let more = names.len().saturating_sub(MOST_NAMED);
        let shown = names.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{shown} and {more} more") } else { shown }
    };
    let mut said = String::new();
    if !columns.missing.is_empty() {
        let names = listed(columns.missing.clone());
        said += &format!("redflag: no column answers {names}; these questions count as not answered\n");
    }
    if !columns.ignored.is_empty() {
        let names = columns.ignored.iter().map(|(name, meant)| match meant {
            Some(meant) => format!("{name} (did you mean {meant}?)"),
            None => name.clone(),
        });
        said += &format!(
            "redflag: these columns answer no question and are not read: {}\n",
            listed(names.collect())
        );
    }
    said
}

/// What judges Parquet in place of this program, or makes a table of it.
const WITHOUT_PARQUET: &str = "DuckDB and Spark judge it where it is, by the rules that `redflag sql` prints; or make a \
                               table of it: duckdb -c \"copy (from 'answers.parquet') to 'answers.csv'\"";

/// For commands and programs that don't read it.
pub fn reads_no_parquet(file: &str, command: &str) -> String {
    format!("{file} is a Parquet file, which `redflag {command}` doesn't read. {WITHOUT_PARQUET}")
}

#[cfg(not(feature = "parquet"))]
pub fn built_without_parquet(file: &str) -> String {
    format!(
        "{file} is a Parquet file, which this redflag was built without; to have it, build with:\n  cargo build --release \
         --features parquet\n{WITHOUT_PARQUET}"
    )
}

/// Where the format was not given, or another one.
#[cfg(feature = "parquet")]
pub fn is_parquet(file: &str) -> String {
    format!("{file} is a Parquet file; add --from parquet")
}

/// Parquet from a pipe.
#[cfg(feature = "parquet")]
pub fn parquet_needs_a_file(file: &str) -> String {
    let what = if file == "-" { "standard input" } else { file };
    format!(
        "{what} is not a regular file, and Parquet has the names of its columns at its end. Save it in a file first, and \
         name that with --answers"
    )
}

/// `redflag assess --to X.parquet`
#[cfg(not(feature = "parquet"))]
pub const WRITES_NO_PARQUET: &str = "results as Parquet need a redflag that is built with it:\n  cargo build --release --features \
     parquet\nThis one writes CSV and JSON Lines: --format csv, --format jsonl";

/// `redflag assess --format parquet` on a terminal.
#[cfg(feature = "parquet")]
pub const PARQUET_IS_NO_TEXT: &str =
    "Parquet is no text and can't be shown here. Name a file with --to, or choose --format csv or jsonl";

/// `redflag assess --id X`
pub fn id_is_a_question(name: &str) -> String {
    format!("`{name}` is a question, so its answer can't be what --id asks for")
}

/// At the end, if some rows could not be read.
pub fn bad_rows(bad: u64, all: u64, file: Option<&str>) -> String {
    let (bad, all) = (number(bad), number(all));
    match file {
        Some(file) => format!("{bad} of {all} rows could not be read and have no result; {file} says why"),
        None => format!("{bad} of {all} rows could not be read and have no result; the lines above say why"),
    }
}

/// While many rows are judged.
pub fn rows_so_far(rows: u64, a_second: u64, bad: u64, seconds_left: Option<u64>) -> String {
    let mut line = format!("{} rows, {} a second", number(rows), number(a_second));
    if let Some(left) = seconds_left {
        line += &format!(", {}:{:02} left", left / 60, left % 60);
    }
    if bad > 0 {
        line += &format!(", {} could not be read", number(bad));
    }
    line
}

/// `redflag evaluate FILE.csv --truth X`
pub fn no_truth_column(file: &str, column: &str) -> String {
    format!("{file}: its first line names no column `{column}`, which --truth asks for")
}
