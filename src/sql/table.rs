//! The table of answers.

use super::dialect::{Dialect, Type};
use super::input::{self, Column, Holds};
use super::query::check;
use super::{Refused, Request};
use crate::questionnaire::{Audience, Domain, Question, Questionnaire};
use crate::text::clean_line;

/// `create table`, with what each column holds.
///
/// # Errors
/// When a name is missing or taken.
pub fn ddl(questionnaire: &Questionnaire, request: &Request) -> Result<String, Refused> {
    check(questionnaire, request)?;
    let dialect = request.dialect;
    let columns = input::columns(questionnaire, request.layout);
    let table = dialect.table(&request.table);
    let told = |column: &Column| said(&questionnaire.questions[column.question], column.holds);
    let about = format!(
        "Answers to {} {}, a row for each person",
        clean_line(&questionnaire.id),
        clean_line(&questionnaire.version)
    );
    let key = format!("  {} {}", dialect.quoted(&request.key), dialect.type_name(Type::Text));
    let lines = columns.iter().map(|column| {
        let plain = format!("  {} {}", dialect.quoted(&column.name), dialect.type_name(column.of));
        match dialect {
            Dialect::Postgres | Dialect::DuckDb => plain,
            Dialect::Spark => format!("{plain} comment {}", dialect.string(&told(column))),
        }
    });
    let lines = lines.collect::<Vec<_>>().join(",\n");
    Ok(match dialect {
        Dialect::Postgres | Dialect::DuckDb => {
            let comments = columns.iter().map(|column| {
                let name = dialect.quoted(&column.name);
                format!("comment on column {table}.{name} is {};\n", dialect.string(&told(column)))
            });
            format!(
                "create table {table} (\n{key} primary key,\n{lines}\n);\n\ncomment on table {table} is {};\n{}",
                dialect.string(&about),
                comments.collect::<String>()
            )
        }
        Dialect::Spark => {
            format!(
                "create table {table} (\n{key},\n{lines}\n)\nusing parquet\ncomment {};\n",
                dialect.string(&about)
            )
        }
    })
}

fn said(question: &Question, holds: Holds) -> String {
    let ask = clean_line(question.ask.to(Audience::Clinician));
    let options = || {
        let ids = question.options.iter().map(|option| option.id.as_str());
        ids.chain(question.unsure.then_some("unsure")).collect::<Vec<_>>().join(", ")
    };
    match (holds, &question.domain) {
        (Holds::Answer, Domain::One { .. }) => format!("{ask} One of: {}", options()),
        (Holds::Answer, Domain::Number(bounds)) => {
            let unit =
                bounds.unit.as_ref().map(|unit| format!(" {}", clean_line(unit.to(Audience::Clinician))));
            format!("{ask} From {} to {}{}", bounds.min, bounds.max, unit.unwrap_or_default())
        }
        (Holds::Answer, _) => ask,
        (Holds::List, _) => format!("{ask} With spaces between them: {}", options()),
        (Holds::Option(at), _) => {
            format!("{ask} {}", clean_line(question.options[at].label.to(Audience::Clinician)))
        }
        (Holds::Unsure, _) => format!("{ask} Not sure"),
    }
}
