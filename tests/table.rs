//! Files of many sheets: every way of reading them gives what the plain one does, whatever stands in them.

mod random;

use proptest::prelude::*;
use random::{Dice, load, sheet};
use redflag::answers::json::{SheetReader, answer_value};
use redflag::answers::{Answer, Facts, Sheet};
use redflag::circuit::Batch;
use redflag::questionnaire::{Audience, Domain, Questionnaire};
use redflag::site::Site;
use redflag::sql::{self, Holds, Layout};
use redflag::table::cells::{self, Value as Cell};
use redflag::table::{Column, CsvTable, In, Judge, Out, Piece, Plan, Wanted};
use redflag::triage;
use serde_json::{Map, Value};

const AUDIENCES: [Audience; 2] = [Audience::Patient, Audience::Clinician];

fn files() -> Vec<Questionnaire> {
    let files = [
        include_str!("../questionnaires/back-pain.yaml"),
        include_str!("fixtures/small.yaml"),
        include_str!("fixtures/every-key.yaml"),
    ];
    files
        .map(load)
        .into_iter()
        .chain((0..8).map(|seed| load(&random::questionnaire(seed, 2 + seed as usize % 9))))
        .collect()
}

fn as_json(questionnaire: &Questionnaire, sheet: &Sheet) -> String {
    let answers = questionnaire.questions.iter().enumerate().filter_map(|(index, question)| {
        Some((question.id.clone(), answer_value(sheet.get(index)?, question)))
    });
    let id = ("id".to_owned(), Value::from(ID));
    Value::Object(answers.chain([id]).collect::<Map<_, _>>()).to_string()
}

/// What every sheet is called.
const ID: &str = "Ann \"7\", ü";

/// A quoted cell where it needs to be, and here and there also where it doesn't.
fn quoted(cell: &str, always: bool) -> String {
    match always || cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

fn header(questionnaire: &Questionnaire, layout: Layout) -> String {
    let names = sql::columns(questionnaire, layout);
    let names: Vec<_> = names.into_iter().map(|column| quoted(&column.name, false)).collect();
    format!("id,{}\n", names.join(","))
}

/// As `redflag sql --ddl` has the columns.
fn as_row(questionnaire: &Questionnaire, sheet: &Sheet, layout: Layout, always: bool) -> String {
    let flag = |holds: bool| if holds { "1" } else { "0" }.to_owned();
    let cells = sql::columns(questionnaire, layout).into_iter().map(|column| {
        let question = &questionnaire.questions[column.question];
        let answer = sheet.get(column.question);
        let ids = |answer: &Answer| {
            let ids = answer.ticked().iter().map(|option| question.options[option].id.clone());
            let unsure = answer.is_unsure().then(|| "unsure".to_owned());
            ids.chain(unsure).collect::<Vec<_>>().join(" ")
        };
        match (column.holds, answer) {
            (Holds::Option(option), answer) => {
                flag(answer.is_some_and(|answer| answer.ticked().contains(option)))
            }
            (Holds::Unsure, answer) => flag(answer.is_some_and(Answer::is_unsure)),
            (Holds::Answer | Holds::List, None) => String::new(),
            (_, Some(Answer::Number(number))) => number.to_string(),
            (_, Some(Answer::Text(text))) => text.clone(),
            (_, Some(Answer::Unsure { .. })) if matches!(question.domain, Domain::Number(_)) => String::new(),
            (_, Some(answer)) => ids(answer),
        }
    });
    let cells: Vec<_> = cells.map(|cell| quoted(&cell, always)).collect();
    format!("{},{}\n", quoted(ID, always), cells.join(","))
}

fn wanted(out: Out) -> Wanted {
    Wanted { out, columns: Column::ALL.to_vec(), bad_inline: true, allow_text: true, id: None }
}

/// What is told of the rows of `text`.
fn told(questionnaire: &Questionnaire, audience: Audience, input: In, text: &[u8], from: usize) -> Piece {
    let site = Site::default();
    let plan = Plan::new(questionnaire, audience, &site, input, wanted(Out::JsonLines));
    let mut piece = Piece::default();
    Judge::new(&plan).judge(&text[from..], 1, &mut piece);
    piece
}

fn told_of_lines(questionnaire: &Questionnaire, audience: Audience, text: &[u8]) -> Piece {
    told(questionnaire, audience, In::JsonLines, text, 0)
}

fn told_of_csv(questionnaire: &Questionnaire, audience: Audience, text: &[u8]) -> Piece {
    let (table, head) = CsvTable::of(questionnaire, text, None, None).expect("columns");
    told(questionnaire, audience, In::Csv(table), text, head)
}

fn lines(piece: &Piece) -> Vec<Value> {
    let text = std::str::from_utf8(&piece.out).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Enough for the circuit, and a part of a block more.
const SHEETS: usize = Batch::SIZE + 70;

#[test]
fn json_and_csv_in_either_layout_are_judged_as_the_interpreter_judges() {
    let mut dice = Dice::new(11);
    for (number, questionnaire) in files().into_iter().enumerate() {
        let audience = AUDIENCES[number % 2];
        let sheets: Vec<Sheet> = (0..SHEETS).map(|_| sheet(&questionnaire, &mut dice)).collect();
        let json: String = sheets.iter().map(|sheet| as_json(&questionnaire, sheet) + "\n").collect();
        let by_lines = told_of_lines(&questionnaire, audience, json.as_bytes());
        assert_eq!((by_lines.rows, by_lines.bad_rows), (SHEETS as u64, 0));
        let results = lines(&by_lines);
        for (at, (sheet, result)) in sheets.iter().zip(&results).enumerate() {
            let expected = triage::assess(&Facts::of(&questionnaire, audience, sheet));
            let id = |level: usize| questionnaire.levels[level].id.as_str();
            assert_eq!(result["line"], at + 1);
            assert_eq!(result["id"], ID);
            assert_eq!(result["level"], id(expected.level));
            assert_eq!(result["certain"], id(expected.certain));
            assert_eq!(result["possible"], id(expected.possible));
            assert_eq!(result["complete"], expected.complete);
            let rules = expected.rules.iter().map(|&rule| questionnaire.rules[rule].id.clone());
            assert_eq!(result["rules"], rules.collect::<Value>());
            let ids = |questions: &[usize]| -> Vec<String> {
                questions.iter().map(|&question| questionnaire.questions[question].id.clone()).collect()
            };
            assert_eq!(result["unanswered"], Value::from(ids(&expected.unanswered)));
            let mut aside = ids(&expected.set_aside);
            aside.sort();
            let mut found: Vec<_> =
                result["set_aside"].as_object().expect("an object").keys().cloned().collect();
            found.sort();
            assert_eq!(found, aside);
        }
        for (layout, always) in [(Layout::Columns, false), (Layout::List, true), (Layout::List, false)] {
            let mut csv = header(&questionnaire, layout);
            sheets.iter().for_each(|sheet| csv += &as_row(&questionnaire, sheet, layout, always));
            assert_eq!(
                lines(&told_of_csv(&questionnaire, audience, csv.as_bytes())),
                results,
                "{layout:?} {always}"
            );
        }
    }
}

fn small() -> Questionnaire {
    load(include_str!("fixtures/small.yaml"))
}

/// Bytes that are changed, taken out or put in.
#[derive(Debug, Clone)]
struct Damage {
    at: usize,
    take: usize,
    put: Vec<u8>,
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let bits: &[&[u8]] = &[
        b"",
        b"\"",
        b"\\",
        b",",
        b"\n",
        b"\r\n",
        b"\r",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b" ",
        b"  ",
        b"\t",
        b"0",
        b"1",
        b"-",
        b".",
        b"e9",
        b"null",
        b"unsure",
        b"\"unsure\"",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc3\xa9",
        b"x",
        b"\\u0061",
        b"\"\"",
        b";",
        b"true",
        b"1,1",
        b"\xc2\xa0",
    ];
    let put = prop::sample::select(bits).prop_map(<[u8]>::to_vec);
    let one = (any::<usize>(), 0usize..4, put).prop_map(|(at, take, put)| Damage { at, take, put });
    prop::collection::vec(one, 1..6)
}

fn damaged(text: &str, damage: &[Damage]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for Damage { at, take, put } in damage {
        let at = at % (bytes.len() + 1);
        let end = (at + take).min(bytes.len());
        bytes.splice(at..end, put.iter().copied());
    }
    bytes
}

/// One at a time the plain readers and the interpreter judge them; together the fast ones and the circuit.
fn alone(records: &[Vec<u8>], judge: impl Fn(&[u8]) -> Piece) -> Vec<Value> {
    let results = records.iter().flat_map(|record| lines(&judge(record)));
    results.map(without_line).collect()
}

fn without_line(mut result: Value) -> Value {
    if let Some(object) = result.as_object_mut() {
        object.remove("line");
    }
    result
}

/// What is told of rows that are read so many bytes at a time; `None`: a quotation mark is never closed, which is for
/// whoever reads the file.
fn told_in_parts(questionnaire: &Questionnaire, table: CsvTable, rows: &[u8], part: usize) -> Option<Piece> {
    let site = Site::default();
    let plan = Plan::new(questionnaire, Audience::Patient, &site, In::Csv(table), wanted(Out::JsonLines));
    let (cutter, mut judge, mut parts) = (plan.cutter(), Judge::new(&plan), Piece::default());
    let (mut start, mut end, mut line) = (0, 0, 1);
    while end < rows.len() {
        end = (end + part).min(rows.len());
        let cut = cutter.cut(&rows[start..end], end == rows.len());
        if cut.end > 0 {
            let text = &rows[start..start + cut.end];
            judge.judge(text, line, &mut parts);
            line += text.iter().filter(|&&byte| byte == b'\n').count() as u64;
            start += cut.end;
        }
        if end == rows.len() && cut.is_open {
            return None;
        }
    }
    judge.judge(&rows[start..], line, &mut parts);
    Some(parts)
}

/// The mark that closes the first line's in the second is the first of the second, where that is read alone.
#[test]
fn what_is_left_of_a_record_that_was_given_up_takes_nothing_of_the_next() {
    let questionnaire = small();
    let mut dice = Dice::new(1);
    let good: String = (0..3)
        .map(|_| as_row(&questionnaire, &sheet(&questionnaire, &mut dice), Layout::List, true))
        .collect();
    let text = format!("{},\"a\n\",\n{good}", header(&questionnaire, Layout::List)).into_bytes();
    let (table, from) = CsvTable::of(&questionnaire, &text, None, None).expect("columns");
    let whole = lines(&told_of_csv(&questionnaire, Audience::Patient, &text));
    assert_eq!(whole.len(), 5);
    let has_level: Vec<_> = whole.iter().map(|result| result["level"].is_string()).collect();
    assert_eq!(has_level, [false, false, true, true, true], "{whole:?}");
    for part in 1..text.len() {
        let parts = told_in_parts(&questionnaire, table.clone(), &text[from..], part).expect("all closed");
        assert_eq!(lines(&parts), whole, "{part} bytes at a time");
    }
}

/// Few rows are read by the parser and judged by the interpreter, many by the fast ways.
#[test]
fn a_row_means_the_same_alone_and_among_others() {
    let questionnaire = small();
    let rows = [
        // Zeros that are no empty boxes.
        ("severity,a,b,c,age", "0,0,0,0,40"),
        ("severity,a,b,c,age", "0,,,,40"),
        ("severity,age", "\u{feff}5,40"),
        ("id,age", "\u{feff}7,40"),
        ("sites__neck,sites__low_back,age", "2,0,40"),
        ("sites__neck,sites__low_back,age", "1,0,40"),
        ("sites__neck,sites__low_back,age", "01,,40"),
        ("sites,age", "neck low_back,40"),
        ("sites,age", "neck neck,40"),
        ("sites,age", "neck ,40"),
        ("sites,age", "neck,40"),
        ("sites,age", "necks,40"),
        ("sites,age", "nec,40"),
        ("sites,age", "neck\0,40"),
        ("sites,age", "nowhere neck,40"),
        ("sites,age", "neck,40 "),
        ("sites,age", "neck,4e1"),
        ("sites,age", "neck"),
        ("sites,age", "neck,40,"),
        ("sites,age", ",40"),
    ];
    for (head, row) in rows {
        let judged = |count: usize| {
            let text = format!("{head}\n{}", format!("{row}\n").repeat(count));
            let piece = told_of_csv(&questionnaire, Audience::Patient, text.as_bytes());
            lines(&piece).into_iter().map(without_line).collect::<Vec<_>>()
        };
        let alone = judged(1);
        assert_eq!(judged(9), vec![alone[0].clone(); 9], "{head}: {row:?}");
    }
}

/// The parser passes over such a mark, so that the quotation mark behind it opens a cell.
#[test]
fn a_byte_order_mark_in_front_of_a_row_is_nothing_wherever_the_file_is_cut() {
    let questionnaire = small();
    let mut dice = Dice::new(1);
    let mut row = || as_row(&questionnaire, &sheet(&questionnaire, &mut dice), Layout::List, true);
    let (first, second, third) = (row(), row(), row());
    let head = header(&questionnaire, Layout::List);
    for open in ["", "\"a\n", "\"a\n\"b\n"] {
        let text = format!("{head}{first}\u{feff}{open}{second}\u{feff}{third}").into_bytes();
        let (table, from) = CsvTable::of(&questionnaire, &text, None, None).expect("columns");
        let whole = lines(&told_of_csv(&questionnaire, Audience::Patient, &text));
        let judged = whole.iter().filter(|result| result["level"].is_string()).count();
        assert_eq!(judged, 3, "{whole:?}");
        for part in 1..text.len() {
            let parts =
                told_in_parts(&questionnaire, table.clone(), &text[from..], part).expect("all closed");
            assert_eq!(lines(&parts), whole, "{part} bytes at a time");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn mangled_lines_of_json_are_read_alike_alone_and_together(seed in any::<u64>(), damage in damage()) {
        let questionnaire = small();
        let mut dice = Dice::new(seed);
        let text: String = (0..8).map(|_| as_json(&questionnaire, &sheet(&questionnaire, &mut dice)) + "\n").collect();
        let text = damaged(&text, &damage);
        let together = told_of_lines(&questionnaire, Audience::Patient, &text);
        let records: Vec<Vec<u8>> = text.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        let alone = alone(&records, |line| told_of_lines(&questionnaire, Audience::Patient, line));
        prop_assert_eq!(lines(&together).into_iter().map(without_line).collect::<Vec<_>>(), alone);
        let reader = SheetReader::new(&questionnaire);
        let is_good = |line: &str| reader.read_beside(line, "id").is_ok_and(|(_, id)| {
            id.is_none_or(|id| id.is_null() || id.is_string() || id.is_number())
        });
        let good = records.iter().filter(|line| std::str::from_utf8(line).is_ok_and(is_good));
        prop_assert_eq!(together.rows - together.bad_rows, good.count() as u64);
    }

    #[test]
    fn mangled_rows_of_csv_are_read_alike_by_the_fast_way_and_the_parser(
        seed in any::<u64>(), damage in damage(), is_list in any::<bool>(), always in any::<bool>(),
    ) {
        let questionnaire = small();
        let mut dice = Dice::new(seed);
        let layout = if is_list { Layout::List } else { Layout::Columns };
        let rows: String =
            (0..8).map(|_| as_row(&questionnaire, &sheet(&questionnaire, &mut dice), layout, always)).collect();
        let head = header(&questionnaire, layout);
        let rows = damaged(&rows, &damage);
        let text = [head.as_bytes(), &rows].concat();
        let together = told_of_csv(&questionnaire, Audience::Patient, &text);
        // Without stray quotation marks, for which a line is given up, records are those of the parser.
        let (table, from) = CsvTable::of(&questionnaire, &text, None, None).expect("columns");
        let mut parser = csv_core::Reader::new();
        let (mut at, mut records) = (from, Vec::new());
        let mut is_regular = true;
        loop {
            let (mut out, mut ends) = (vec![0; 1 << 16], vec![0; 1 << 10]);
            let (mut written, mut cells) = (0, 0);
            let done = loop {
                let (what, read, wrote, ended) =
                    parser.read_record(&text[at..], &mut out[written..], &mut ends[cells..]);
                (at, written, cells) = (at + read, written + wrote, cells + ended);
                match what {
                    csv_core::ReadRecordResult::Record => break false,
                    csv_core::ReadRecordResult::End => break true,
                    _ => {}
                }
            };
            if done {
                break;
            }
            let mut start = 0;
            let values: Vec<Vec<u8>> = ends[..cells].iter().map(|&end| out[std::mem::replace(&mut start, end)..end].to_vec()).collect();
            is_regular &= values.len() == table.columns.names.len();
            let is_named = values.first().is_none_or(|id| std::str::from_utf8(id).is_ok());
            let values = values.iter().map(|value| Cell::Text(value));
            records.push(cells::sheet(&questionnaire, &table.columns, values).ok().filter(|_| is_named));
        }
        if is_regular {
            prop_assert_eq!(together.rows, records.len() as u64);
            let levels = records.iter().map(|sheet| sheet.as_ref().map(|sheet| {
                let level = triage::assess(&Facts::of(&questionnaire, Audience::Patient, sheet)).level;
                questionnaire.levels[level].id.clone()
            }));
            let found = lines(&together).into_iter().map(|result| result["level"].as_str().map(str::to_owned));
            prop_assert_eq!(found.collect::<Vec<_>>(), levels.collect::<Vec<_>>());
        }
    }

    #[test]
    fn wherever_a_csv_text_is_cut_its_records_are_the_same(seed in any::<u64>(), damage in damage(), part in 1usize..200) {
        let questionnaire = small();
        let mut dice = Dice::new(seed);
        let always = dice.one_in(2);
        let rows: String =
            (0..8).map(|_| as_row(&questionnaire, &sheet(&questionnaire, &mut dice), Layout::List, always)).collect();
        let head = header(&questionnaire, Layout::List);
        let text = [head.as_bytes(), &damaged(&rows, &damage)].concat();
        let (table, from) = CsvTable::of(&questionnaire, &text, None, None).expect("columns");
        let whole = told_of_csv(&questionnaire, Audience::Patient, &text);
        if let Some(parts) = told_in_parts(&questionnaire, table, &text[from..], part) {
            prop_assert_eq!(lines(&parts), lines(&whole));
        }
    }
}
