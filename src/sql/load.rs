//! How answers that are elsewhere get into the table.

use super::dialect::Dialect;
use super::input::{self, Column, Holds};
use super::query::check;
use super::{Layout, Refused, Request};
use crate::questionnaire::{Domain, Question, Questionnaire};

/// Statements for the answer sheets of `redflag assess`, and for the exports of a survey program that has this layout.
///
/// # Errors
/// When a name is missing or taken.
pub fn load(questionnaire: &Questionnaire, request: &Request) -> Result<String, Refused> {
    check(questionnaire, request)?;
    let dialect = request.dialect;
    let columns = input::columns(questionnaire, request.layout);
    let names = columns.iter().map(|column| dialect.quoted(&column.name));
    let names = std::iter::once(dialect.quoted(&request.key)).chain(names).collect::<Vec<_>>();
    let into = |key: &str, values: Vec<String>, from: &str| {
        let values: Vec<String> = std::iter::once(key.to_owned()).chain(values).collect();
        match dialect {
            Dialect::Postgres | Dialect::DuckDb => format!(
                "insert into {} (\n  {}\n)\nselect\n  {}\nfrom {from};\n",
                dialect.table(&request.table),
                names.join(",\n  "),
                values.join(",\n  ")
            ),
            // In the order of its columns.
            Dialect::Spark => format!(
                "insert into {}\nselect\n  {}\nfrom {from};\n",
                dialect.table(&request.table),
                values.join(",\n  ")
            ),
        }
    };
    let question = |column: &Column| &questionnaire.questions[column.question];
    let sheets: Vec<String> =
        columns.iter().map(|column| from_sheet(column, question(column), dialect)).collect();
    let text = dialect.type_name(super::dialect::Type::Text);
    let mut all = format!(
        "-- 1. Answer sheets, one JSON object a line, as `redflag assess` takes them. Rows are numbered from 1.\n{}\n",
        staged(dialect)
    );
    all += &into(
        &format!("cast(sheets.row_number as {text})"),
        sheets,
        &staged_rows(questionnaire, &columns, dialect),
    );
    let survey: Vec<String> =
        columns.iter().map(|column| from_survey(column, question(column), dialect)).collect();
    let (title, key, from) = match request.layout {
        Layout::Columns => (
            "-- 2. An export of REDCap (raw, CSV) in a table `redcap`, from a project whose codes are the ids of the\n\
             -- options: `sign___first` is 0 or 1. REDCap writes 0 in every box of a question that nobody answered; that\n\
             -- is no answer here, since \"none of these\" is an option. Kobo writes `sign/first`: rename the columns.\n",
            "record_id",
            "redcap",
        ),
        Layout::List => (
            "-- 2. An export of ODK (CSV without groups in the names) in a table `odk`: `sign` is `first second`.\n",
            "KEY",
            "odk",
        ),
    };
    all += &format!("\n{title}");
    all += &into(&format!("cast({} as {text})", dialect.quoted(key)), survey, from);
    Ok(all)
}

/// A table `sheets` of `row_number` and `sheet`.
fn staged(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => {
            "-- \\copy is of psql; the two characters given are in no JSON.\n\
             create temporary table sheets (row_number bigserial, sheet jsonb);\n\
             \\copy sheets (sheet) from 'answers.jsonl' with (format csv, quote e'\\x01', delimiter e'\\x02')"
        }
        Dialect::DuckDb => {
            "create or replace temporary table sheets as\n\
             select row_number() over () as row_number, json as sheet from read_ndjson_objects('answers.jsonl');"
        }
        Dialect::Spark => {
            // Spark reads a file of more than some MiB in parts, and the ids that it gives jump from one to the next.
            "create or replace temporary view sheets as\n\
             select\n  \
               row_number() over (\n    \
                 order by _metadata.file_path, _metadata.file_block_start, monotonically_increasing_id()\n  \
               ) as row_number,\n  \
               value as sheet\n\
             from text.`answers.jsonl`;"
        }
    }
}

/// Its rows, each of which is read once, and not once for each of its answers.
fn staged_rows(questionnaire: &Questionnaire, columns: &[Column], dialect: Dialect) -> String {
    match dialect {
        // It packs long values; what an expression has made isn't packed.
        Dialect::Postgres => "(\n  \
               -- Unpacked once, and not once for each answer.\n  \
               select row_number, sheet || '{}' as sheet from sheets offset 0\n\
             ) as sheets"
            .to_owned(),
        Dialect::DuckDb => "sheets".to_owned(),
        Dialect::Spark => {
            let mut ids: Vec<&str> =
                columns.iter().map(|column| questionnaire.questions[column.question].id.as_str()).collect();
            // The columns of one question stand together.
            ids.dedup();
            let keys: Vec<String> = ids.iter().map(|id| dialect.string(id)).collect();
            let names: Vec<String> = ids.iter().map(|id| dialect.quoted(id)).collect();
            format!(
                "sheets\nlateral view json_tuple(\n  sheet,\n  {}\n) given as\n  {}",
                keys.join(",\n  "),
                names.join(",\n  ")
            )
        }
    }
}

fn from_sheet(column: &Column, question: &Question, dialect: Dialect) -> String {
    let id = dialect.string(&question.id);
    let path = dialect.string(&format!("$.{}", question.id));
    let all = dialect.string(&format!("$.{}[*]", question.id));
    let unsure = dialect.string("unsure");
    let option = |at: usize| dialect.string(&question.options[at].id);
    let is_number = matches!(question.domain, Domain::Number(_));
    let spark = format!("given.{}", dialect.quoted(&question.id));
    let spark_list = format!(
        "from_json(case when {spark} like '[%' then {spark} else concat('[\"', {spark}, '\"]') end, 'array<string>')"
    );
    let ticked = |option: &str| match dialect {
        Dialect::Postgres => format!("coalesce(sheet -> {id} ? {option}, false)"),
        Dialect::DuckDb => format!(
            "coalesce(case json_type(sheet -> {path}) when 'ARRAY' then list_contains(sheet ->> {all}, {option}) \
             else sheet ->> {path} = {option} end, false)"
        ),
        Dialect::Spark => format!("coalesce(array_contains({spark_list}, {option}), false)"),
    };
    match (column.holds, dialect) {
        (Holds::Answer, Dialect::Postgres) if is_number => format!(
            "case when jsonb_typeof(sheet -> {id}) = 'number' then (sheet ->> {id})::decimal(18,6) end"
        ),
        (Holds::Answer, Dialect::DuckDb) if is_number => {
            format!("try_cast(sheet ->> {path} as decimal(18,6))")
        }
        (Holds::Answer, Dialect::Spark) if is_number => format!("try_cast({spark} as decimal(18,6))"),
        (Holds::Answer, Dialect::Postgres) => format!("sheet ->> {id}"),
        (Holds::Answer, Dialect::DuckDb) => format!("sheet ->> {path}"),
        (Holds::Answer, Dialect::Spark) => spark,
        (Holds::Option(at), _) => ticked(&option(at)),
        (Holds::Unsure, _) if !is_number => ticked(&unsure),
        (Holds::Unsure, Dialect::Postgres) => format!("coalesce(sheet ->> {id} = {unsure}, false)"),
        (Holds::Unsure, Dialect::DuckDb) => format!("coalesce(sheet ->> {path} = {unsure}, false)"),
        (Holds::Unsure, Dialect::Spark) => format!("coalesce({spark} = {unsure}, false)"),
        (Holds::List, Dialect::Postgres) => format!(
            "(select string_agg(one, ' ') from jsonb_array_elements_text(case jsonb_typeof(sheet -> {id}) \
             when 'array' then sheet -> {id} when 'string' then jsonb_build_array(sheet -> {id}) else '[]' end) as one)"
        ),
        (Holds::List, Dialect::DuckDb) => format!(
            "case json_type(sheet -> {path}) when 'ARRAY' then array_to_string(sheet ->> {all}, ' ') \
             else sheet ->> {path} end"
        ),
        (Holds::List, Dialect::Spark) => format!("array_join({spark_list}, ' ')"),
    }
}

/// From a column of the export, which is text.
fn from_survey(column: &Column, question: &Question, dialect: Dialect) -> String {
    let text = |name: &str| {
        let words = dialect.type_name(super::dialect::Type::Text);
        format!("nullif(trim(cast({} as {words})), '')", dialect.quoted(name))
    };
    let flag = |name: String| format!("coalesce(cast({} as boolean), false)", text(&name));
    let is_number = matches!(question.domain, Domain::Number(_));
    match column.holds {
        Holds::Answer if is_number => format!("cast({} as decimal(18,6))", text(&question.id)),
        Holds::Answer | Holds::List => text(&question.id),
        Holds::Option(at) => flag(format!("{}___{}", question.id, question.options[at].id)),
        Holds::Unsure if is_number => flag(format!("{}__unsure", question.id)),
        Holds::Unsure => flag(format!("{}___unsure", question.id)),
    }
}
