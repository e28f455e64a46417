//! Parquet: the same sheets give the same results as in JSON Lines and CSV, however the file is written, and no damage
//! does more than end the reading.
#![cfg(feature = "parquet")]

mod random;

use std::fs::{self, File};
use std::io;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, FloatType,
    Int32Type, Int64Type,
};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::record::Field;
use parquet::schema::types::{Type, TypePtr};
use random::{Dice, load, sheet};
use redflag::answers::json::answer_value;
use redflag::answers::{Answer, Sheet};
use redflag::bulk::{Columnar, Count, Go, Sink, read_end, run};
use redflag::circuit::Batch;
use redflag::questionnaire::{Audience, Domain, Questionnaire};
use redflag::site::Site;
use redflag::sql::{self, Holds, Layout};
use redflag::table::{Column, In, Judge, Out, ParquetTable, Piece, Plan, ReadAt, Wanted};
use serde_json::{Map, Value};
use tempfile::TempDir;

fn files() -> Vec<Questionnaire> {
    let files = [include_str!("../questionnaires/back-pain.yaml"), include_str!("fixtures/every-key.yaml")];
    let made = (0..3).map(|seed| load(&random::questionnaire(seed, 2 + seed as usize % 9)));
    files.map(load).into_iter().chain(made).collect()
}

fn as_json(questionnaire: &Questionnaire, number: usize, sheet: &Sheet) -> String {
    let answers = questionnaire.questions.iter().enumerate().filter_map(|(index, question)| {
        Some((question.id.clone(), answer_value(sheet.get(index)?, question)))
    });
    let id = ("id".to_owned(), Value::from(format!("sheet {number}")));
    Value::Object(answers.chain([id]).collect::<Map<_, _>>()).to_string()
}

fn wanted() -> Wanted {
    Wanted {
        out: Out::JsonLines,
        columns: Column::ALL.to_vec(),
        bad_inline: true,
        allow_text: true,
        id: None,
    }
}

/// What comes of JSON Lines.
fn of_lines(questionnaire: &Questionnaire, audience: Audience, text: &str) -> String {
    let site = Site::default();
    let plan = Plan::new(questionnaire, audience, &site, In::JsonLines, wanted());
    let mut piece = Piece::default();
    Judge::new(&plan).judge(text.as_bytes(), 1, &mut piece);
    String::from_utf8(piece.out).expect("UTF-8")
}

/// What came of a file.
#[derive(Default)]
struct Told {
    out: Vec<u8>,
    count: Count,
}

impl Sink for Told {
    fn take(&mut self, piece: &Piece, count: &Count) -> io::Result<Go> {
        self.out.extend_from_slice(&piece.out);
        self.count = *count;
        Ok(Go::On)
    }
}

fn work(_: Box<dyn FnOnce()>, work: &mut dyn FnMut()) {
    work();
}

/// What comes of a Parquet file, or why it can't be read.
fn of_parquet(
    questionnaire: &Questionnaire,
    audience: Audience,
    source: Arc<dyn ReadAt>,
    threads: usize,
) -> Result<Told, String> {
    let end = read_end(&source, work).map_err(|wrong| wrong.to_string())?;
    let table = ParquetTable::of(questionnaire, end, None, None).map_err(|wrong| wrong.to_string())?;
    let table = Arc::new(table);
    let rows = Columnar::new(Arc::clone(&table), source, threads, work).expect("threads");
    let site = Site::default();
    let plan = Plan::new(questionnaire, audience, &site, In::Parquet(table), wanted());
    let mut told = Told::default();
    run(&plan, rows, &mut told).map_err(|error| error.to_string())?;
    Ok(told)
}

/// What a column holds, a value or several for each row, or none.
enum Written {
    Flags(Vec<Option<bool>>),
    Numbers(Vec<Option<f64>>, Number),
    Texts(Vec<Option<String>>),
    Lists(Vec<Option<Vec<String>>>),
}

#[derive(Clone, Copy)]
enum Number {
    Short,
    Long,
    Unsigned,
    Float,
    Double,
    /// Six decimals.
    Short6,
    Long6,
    Bytes6,
    Fixed6,
    /// Of no type, since all of them are missing.
    Nothing,
}

impl Written {
    /// How the schema has the column.
    fn described(&self, name: &str, is_required: bool) -> TypePtr {
        let repetition = if is_required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let build = |name: &str, physical: Physical, logical: Option<LogicalType>, length: i32| {
            let decimals = matches!(logical, Some(LogicalType::Decimal(_)));
            let mut of = Type::primitive_type_builder(name, physical)
                .with_repetition(repetition)
                .with_logical_type(logical)
                .with_length(length);
            if decimals {
                let precision = match physical {
                    Physical::INT32 => 9,
                    Physical::INT64 => 18,
                    _ => 20,
                };
                of = of.with_precision(precision).with_scale(6);
            }
            Arc::new(of.build().expect("a type"))
        };
        let decimal = |precision: i32| Some(LogicalType::decimal(6, precision));
        match self {
            Written::Flags(_) => build(name, Physical::BOOLEAN, None, -1),
            Written::Texts(_) => build(name, Physical::BYTE_ARRAY, Some(LogicalType::String), -1),
            Written::Lists(_) => {
                let element = Type::primitive_type_builder("element", Physical::BYTE_ARRAY)
                    .with_repetition(Repetition::OPTIONAL)
                    .with_logical_type(Some(LogicalType::String));
                let element = Arc::new(element.build().expect("a type"));
                let list = Type::group_type_builder("list")
                    .with_repetition(Repetition::REPEATED)
                    .with_fields(vec![element]);
                let all = Type::group_type_builder(name)
                    .with_repetition(Repetition::OPTIONAL)
                    .with_logical_type(Some(LogicalType::List))
                    .with_fields(vec![Arc::new(list.build().expect("a type"))]);
                Arc::new(all.build().expect("a type"))
            }
            Written::Numbers(_, number) => match number {
                Number::Short => build(name, Physical::INT32, None, -1),
                Number::Long => build(name, Physical::INT64, None, -1),
                Number::Unsigned => build(name, Physical::INT32, Some(LogicalType::integer(8, false)), -1),
                Number::Nothing => build(name, Physical::INT32, Some(LogicalType::Unknown), -1),
                Number::Float => build(name, Physical::FLOAT, None, -1),
                Number::Double => build(name, Physical::DOUBLE, None, -1),
                Number::Short6 => build(name, Physical::INT32, decimal(9), -1),
                Number::Long6 => build(name, Physical::INT64, decimal(18), -1),
                Number::Bytes6 => build(name, Physical::BYTE_ARRAY, decimal(20), -1),
                Number::Fixed6 => build(name, Physical::FIXED_LEN_BYTE_ARRAY, decimal(20), 9),
            },
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            Written::Flags(all) => all.iter().all(Option::is_some),
            Written::Numbers(all, _) => all.iter().all(Option::is_some),
            Written::Texts(all) => all.iter().all(Option::is_some),
            Written::Lists(_) => false,
        }
    }

    /// Writes these rows.
    fn write(&self, rows: std::ops::Range<usize>, is_required: bool, column: &mut SerializedColumnWriter) {
        macro_rules! write {
            ($of:ty, $all:expr, $value:expr) => {{
                let all = &$all[rows];
                let values: Vec<_> = all.iter().flatten().map($value).collect();
                let levels: Vec<i16> = all.iter().map(|value| i16::from(value.is_some())).collect();
                let levels = (!is_required).then_some(levels.as_slice());
                column.typed::<$of>().write_batch(&values, levels, None).expect("a column");
            }};
        }
        let millionths = |number: &f64| (number * 1e6).round() as i64;
        match self {
            Written::Flags(all) => write!(BoolType, all, |flag| *flag),
            Written::Texts(all) => write!(ByteArrayType, all, |text| ByteArray::from(text.as_str())),
            Written::Numbers(all, number) => match number {
                Number::Short | Number::Unsigned | Number::Nothing => {
                    write!(Int32Type, all, |number| *number as i32)
                }
                Number::Long => write!(Int64Type, all, |number| *number as i64),
                Number::Float => write!(FloatType, all, |number| *number as f32),
                Number::Double => write!(DoubleType, all, |number| *number),
                Number::Short6 => write!(Int32Type, all, |number| millionths(number) as i32),
                Number::Long6 => write!(Int64Type, all, millionths),
                Number::Bytes6 => write!(ByteArrayType, all, |number| {
                    ByteArray::from(millionths(number).to_be_bytes().to_vec())
                }),
                Number::Fixed6 => write!(FixedLenByteArrayType, all, |number| {
                    FixedLenByteArray::from(i128::from(millionths(number)).to_be_bytes()[7..].to_vec())
                }),
            },
            Written::Lists(all) => {
                let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
                for list in &all[rows] {
                    let options = list.iter().flatten();
                    values.extend(options.map(|option| ByteArray::from(option.as_str())));
                    match list.as_deref() {
                        None => definitions.push(0),
                        Some([]) => definitions.push(1),
                        Some(options) => definitions.extend(options.iter().map(|_| 3)),
                    }
                    let more = list.as_ref().map_or(0, |options| options.len().saturating_sub(1));
                    repetitions.push(0);
                    repetitions.extend((0..more).map(|_| 1));
                }
                let writer = column.typed::<ByteArrayType>();
                writer.write_batch(&values, Some(&definitions), Some(&repetitions)).expect("a column");
            }
        }
    }
}

/// How a file is written.
struct How {
    properties: WriterProperties,
    /// Rows in a group.
    group: usize,
}

fn write(columns: &[(String, Written)], rows: usize, how: How) -> Vec<u8> {
    let required: Vec<bool> =
        columns.iter().enumerate().map(|(at, (_, of))| of.is_whole() && at % 2 == 0).collect();
    let fields =
        columns.iter().zip(&required).map(|((name, of), &is_required)| of.described(name, is_required));
    let root = Type::group_type_builder("schema").with_fields(fields.collect()).build().expect("a schema");
    let mut file = Vec::new();
    let mut writer =
        SerializedFileWriter::new(&mut file, Arc::new(root), Arc::new(how.properties)).expect("a file");
    let mut first = 0;
    while first < rows {
        let end = (first + how.group).min(rows);
        let mut group = writer.next_row_group().expect("a group of rows");
        for ((_, of), &is_required) in columns.iter().zip(&required) {
            let mut column = group.next_column().expect("a column").expect("one more");
            of.write(first..end, is_required, &mut column);
            column.close().expect("a column");
        }
        group.close().expect("a group of rows");
        first = end;
    }
    writer.close().expect("a file");
    file
}

/// Numbers that this type can hold all of.
fn number_types(numbers: &[Option<f64>]) -> Vec<Number> {
    let all = || numbers.iter().flatten();
    let mut types = vec![Number::Double, Number::Bytes6, Number::Fixed6, Number::Long6];
    if all().all(|number| number.fract() == 0.0) {
        types.extend([Number::Short, Number::Long]);
        if all().all(|number| (0.0..256.0).contains(number)) {
            types.push(Number::Unsigned);
        }
    }
    if all().all(|number| (*number as f32).to_string() == number.to_string()) {
        types.push(Number::Float);
    }
    if all().all(|number| number.abs() < 2000.0) {
        types.push(Number::Short6);
    }
    types
}

/// The columns of a table with these sheets, each of a type that can hold what is in it.
fn columns(
    questionnaire: &Questionnaire,
    sheets: &[Sheet],
    layout: Layout,
    dice: &mut Dice,
) -> Vec<(String, Written)> {
    let ids = (0..sheets.len()).map(|number| Some(format!("sheet {number}")));
    let mut columns = vec![("id".to_owned(), Written::Texts(ids.collect()))];
    for column in sql::columns(questionnaire, layout) {
        let question = &questionnaire.questions[column.question];
        let answers: Vec<Option<&Answer>> = sheets.iter().map(|sheet| sheet.get(column.question)).collect();
        let flags = |of: &dyn Fn(&Answer) -> bool, dice: &mut Dice| {
            let holds = answers.iter().map(|answer| answer.map(of));
            match dice.below(4) {
                0 => Written::Flags(holds.collect()),
                1 => Written::Flags(holds.map(|flag| Some(flag == Some(true))).collect()),
                2 => {
                    let numbers = holds.map(|flag| flag.map(|flag| f64::from(u8::from(flag)))).collect();
                    Written::Numbers(numbers, dice.pick(&[Number::Short, Number::Long, Number::Double]))
                }
                _ => Written::Texts(holds.map(|flag| flag.map(|flag| u8::from(flag).to_string())).collect()),
            }
        };
        let options = |answer: &Answer| {
            let ids = answer.ticked().iter().map(|option| question.options[option].id.clone());
            ids.chain(answer.is_unsure().then(|| "unsure".to_owned())).collect::<Vec<String>>()
        };
        let written = match (column.holds, &question.domain) {
            (Holds::Option(option), _) => flags(&|answer| answer.ticked().contains(option), dice),
            (Holds::Unsure, _) => flags(&Answer::is_unsure, dice),
            (Holds::Answer, Domain::Number(_)) => {
                let number = |answer: &Option<&Answer>| match answer {
                    Some(Answer::Number(number)) => Some(*number),
                    _ => None,
                };
                let numbers: Vec<Option<f64>> = answers.iter().map(number).collect();
                match dice.one_in(6) {
                    true => {
                        let text = |number: Option<f64>| number.map(|number| number.to_string());
                        Written::Texts(numbers.into_iter().map(text).collect())
                    }
                    false => {
                        let of = dice.pick(&number_types(&numbers));
                        Written::Numbers(numbers, of)
                    }
                }
            }
            (_, Domain::Several) if dice.one_in(2) => {
                let none = if dice.one_in(2) { None } else { Some(Vec::new()) };
                let list = |answer: &Option<&Answer>| answer.map(options).or(none.clone());
                Written::Lists(answers.iter().map(list).collect())
            }
            (_, Domain::Text) => Written::Texts(
                answers
                    .iter()
                    .map(|answer| match answer {
                        Some(Answer::Text(text)) => Some(text.clone()),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => {
                let none = if dice.one_in(2) { None } else { Some(String::new()) };
                let text = |answer: &Option<&Answer>| {
                    answer.map(|answer| options(answer).join(" ")).or(none.clone())
                };
                Written::Texts(answers.iter().map(text).collect())
            }
        };
        columns.push((column.name, written));
    }
    columns.push(("clinic".to_owned(), Written::Numbers(vec![Some(1.0); sheets.len()], Number::Short)));
    columns
}

/// Any of the ways to write a file.
fn how(rows: usize, dice: &mut Dice) -> How {
    let packing = dice.pick(&[
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::LZ4_RAW,
    ]);
    let version = dice.pick(&[WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0]);
    let mut properties = WriterProperties::builder()
        .set_compression(packing)
        .set_writer_version(version)
        .set_dictionary_enabled(dice.one_in(2))
        .set_data_page_row_count_limit(dice.pick(&[7, 100, 20_000]))
        .set_data_page_size_limit(dice.pick(&[100, 5_000, 1 << 20]))
        .set_dictionary_page_size_limit(dice.pick(&[20, 1 << 20]))
        .set_write_batch_size(dice.pick(&[1, 64, 1024]));
    if dice.one_in(3) {
        properties = properties.set_encoding(Encoding::PLAIN);
    }
    How { properties: properties.build(), group: dice.pick(&[1, 50, 1024, rows]) }
}

/// Enough for the circuit, and a part of a block more.
const SHEETS: usize = 2 * Batch::SIZE + 70;

#[test]
fn the_same_sheets_give_the_same_results_however_the_file_is_written() {
    let mut dice = Dice::new(5);
    for (number, questionnaire) in files().into_iter().enumerate() {
        let audience = [Audience::Patient, Audience::Clinician][number % 2];
        let sheets: Vec<Sheet> = (0..SHEETS).map(|_| sheet(&questionnaire, &mut dice)).collect();
        let lines = sheets.iter().enumerate().map(|(at, sheet)| as_json(&questionnaire, at, sheet) + "\n");
        let expected = of_lines(&questionnaire, audience, &lines.collect::<String>());
        assert_eq!(expected.lines().count(), SHEETS);
        for layout in [Layout::Columns, Layout::List, Layout::List] {
            let columns = columns(&questionnaire, &sheets, layout, &mut dice);
            let how = how(SHEETS, &mut dice);
            let said = format!("{number} {layout:?} groups of {} {:?}", how.group, how.properties);
            let file: Arc<dyn ReadAt> = Arc::new(write(&columns, SHEETS, how));
            let told = of_parquet(&questionnaire, audience, file, 1 + dice.below(4));
            let told = told.unwrap_or_else(|why| panic!("{why}\n{said}"));
            assert_eq!((told.count.rows, told.count.bad_rows), (SHEETS as u64, 0), "{said}");
            let found = String::from_utf8(told.out).expect("UTF-8");
            let different =
                expected.lines().zip(found.lines()).position(|(expected, found)| expected != found);
            let line = |text: &str| text.lines().nth(different.unwrap_or_default()).map(str::to_owned);
            assert!(found == expected, "{said}\n{:?}\n{:?}", line(&expected), line(&found));
        }
    }
}

/// Written by pyarrow, Polars and DuckDB; tests/fixtures/parquet/make.py says how.
#[test]
fn files_of_other_programs_give_what_their_sheets_in_json_give() {
    let questionnaire = load(include_str!("fixtures/small.yaml"));
    let folder = format!("{}/tests/fixtures/parquet", env!("CARGO_MANIFEST_DIR"));
    let sheets = fs::read_to_string(format!("{folder}/sheets.jsonl")).expect("sheets");
    let expected = of_lines(&questionnaire, Audience::Clinician, &sheets);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "parquet"));
    files.sort();
    assert_eq!(files.len(), 7);
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        let told = of_parquet(&questionnaire, Audience::Clinician, Arc::new(bytes), 2);
        let told = told.unwrap_or_else(|why| panic!("{}: {why}", file.display()));
        assert_eq!(String::from_utf8(told.out).expect("UTF-8"), expected, "{}", file.display());
    }
}

/// A small file of every kind of column, in several groups and pages.
fn small_file(dice: &mut Dice, packing: Compression, version: WriterVersion) -> (Questionnaire, Vec<u8>) {
    let questionnaire = load(include_str!("fixtures/every-key.yaml"));
    let sheets: Vec<Sheet> = (0..40).map(|_| sheet(&questionnaire, dice)).collect();
    let layout = dice.pick(&[Layout::Columns, Layout::List]);
    let columns = columns(&questionnaire, &sheets, layout, dice);
    let properties = WriterProperties::builder()
        .set_compression(packing)
        .set_writer_version(version)
        .set_dictionary_enabled(dice.one_in(2))
        .set_data_page_row_count_limit(9)
        .set_write_batch_size(3)
        .build();
    let file = write(&columns, sheets.len(), How { properties, group: 25 });
    (questionnaire, file)
}

/// The most memory that this process has ever had, in MiB.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a line");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") >> 10
}

const PACKINGS: [Compression; 3] = [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW];
const VERSIONS: [WriterVersion; 2] = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0];

#[test]
fn a_damaged_file_is_an_error_or_judged_and_takes_no_memory() {
    // The crate that decodes panics on some of these. That ends a thread, and must end nothing else.
    static PANICS: AtomicUsize = AtomicUsize::new(0);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| match thread::current().name() {
        None => _ = PANICS.fetch_add(1, Ordering::SeqCst),
        Some(_) => usual(panic),
    }));
    let mut panicked = Vec::new();
    let before = most_memory();
    let mut dice = Dice::new(3);
    let (mut errors, mut judged) = (0, 0);
    for (number, (packing, version)) in
        PACKINGS.into_iter().flat_map(|packing| VERSIONS.map(|version| (packing, version))).enumerate()
    {
        let (questionnaire, file) = small_file(&mut dice, packing, version);
        let mut look = |bytes: Vec<u8>| {
            let told = of_parquet(&questionnaire, Audience::Patient, Arc::new(bytes), 2);
            match &told {
                Ok(_) => judged += 1,
                Err(_) => errors += 1,
            }
            told
        };
        assert_eq!(look(file.clone()).expect("a whole file").count.rows, 40);
        if number == 0 {
            for end in 0..file.len() {
                let why =
                    look(file[..end].to_vec()).err().unwrap_or_else(|| panic!("{end} bytes are judged"));
                assert!(why.contains("Parquet file"), "{why}");
            }
        }
        for _ in 0..DAMAGED {
            let mut bytes = file.clone();
            for _ in 0..1 + dice.below(3) {
                let at = dice.below(bytes.len());
                match dice.below(4) {
                    0 => bytes[at] ^= 1 << dice.below(8),
                    1 => bytes[at] = dice.pick(&[0, 1, 0x7f, 0x80, 0xff]),
                    2 => bytes[at] = dice.below(256) as u8,
                    _ => {
                        let from = dice.below(bytes.len());
                        let length = 1 + dice.below(9);
                        for step in 0..length.min(bytes.len() - at.max(from)) {
                            bytes[at + step] = bytes[from + step];
                        }
                    }
                }
            }
            // Nothing of the message is checked: what is damaged is random.
            let before = PANICS.load(Ordering::SeqCst);
            drop(look(bytes.clone()));
            if PANICS.load(Ordering::SeqCst) > before {
                panicked.push(bytes);
            }
        }
    }
    assert!(errors > 100 && judged > 100, "{errors} errors, {judged} judged");
    for bytes in panicked.into_iter().take(5) {
        let place = Place::with(&bytes);
        let mut command = place.run("every-key", &["--answers", "in.parquet", "--to", "out.csv"]);
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        assert!(err(&output).contains("the file is damaged"), "{}", err(&output));
        assert_eq!(place.files(), ["in.parquet"]);
    }
    let most = most_memory();
    assert!(most < before + 300, "{before} MiB before, {most} then");
}

/// For each way of writing.
const DAMAGED: usize = 250;

/// A folder to run the program in.
struct Place(TempDir);

impl Place {
    fn with(file: &[u8]) -> Place {
        let place = Place(tempfile::tempdir().expect("a folder"));
        fs::write(place.0.path().join("in.parquet"), file).expect("a file");
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.run("small", arguments)
    }

    fn run(&self, questionnaire: &str, arguments: &[&str]) -> Command {
        let questionnaire = format!("{}/tests/fixtures/{questionnaire}.yaml", env!("CARGO_MANIFEST_DIR"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        command
            .args(["assess", &questionnaire])
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        // No site file of this machine has a say here.
        command.env("XDG_CONFIG_HOME", "/nonexistent").env("HOME", "/nonexistent").env("LC_ALL", "C");
        command
    }

    fn assess(&self, arguments: &[&str]) -> Output {
        self.command(&[&["--answers", "in.parquet"], arguments].concat()).output().expect("the program runs")
    }

    fn files(&self) -> Vec<String> {
        let names =
            fs::read_dir(self.0.path()).expect("a folder").map(|file| file.expect("a file").file_name());
        let mut names: Vec<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.yaml");

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn texts(all: &[&str]) -> Written {
    Written::Texts(all.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect())
}

fn numbers(all: &[f64], of: Number) -> Written {
    Written::Numbers(all.iter().map(|number| Some(*number)).collect(), of)
}

fn file(columns: Vec<(&str, Written)>, rows: usize) -> Vec<u8> {
    let columns: Vec<_> = columns.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
    write(&columns, rows, How { properties: WriterProperties::builder().build(), group: 1000 })
}

#[test]
fn a_bad_row_never_stops_the_rest_and_is_told_with_row_column_and_reason() {
    let list = |all: &[&str]| Some(all.iter().map(|option| (*option).to_owned()).collect());
    let rows = 8;
    let columns = || {
        vec![
            ("record", numbers(&[9_007_199_254_740_993.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], Number::Long)),
            ("severity", numbers(&[3.0, 300.0, 3.5, f64::NAN, f64::INFINITY, 3.0, 3.0, 3.0], Number::Double)),
            ("age", texts(&["40", "40", "40", "40", "40", "forty", "40", "40"])),
            (
                "signs",
                Written::Lists(vec![
                    list(&["numb", "weak"]),
                    None,
                    list(&[]),
                    None,
                    None,
                    None,
                    list(&["numb weak"]),
                    list(&["none", "numb"]),
                ]),
            ),
        ]
    };
    // A few go through the interpreter, and many through the circuit.
    for repeat in [1, 600] {
        let all = columns().into_iter().map(|(name, of)| (name, repeated(of, repeat))).collect();
        let place = Place::with(&file(all, rows * repeat));
        let output = place.assess(&["--to", "out.csv", "--columns", "line,level", "--id", "record"]);
        assert_eq!(output.status.code(), Some(1), "{}", err(&output));
        let bad = fs::read_to_string(place.0.path().join("out.csv.bad.jsonl")).expect("bad rows");
        let bad: Vec<Value> = bad.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let told: Vec<_> = bad
            .iter()
            .take(7)
            .map(|bad| (bad["line"].as_u64().expect("a row"), bad["column"].as_str(), bad["id"].as_u64()))
            .collect();
        let severity = Some("severity");
        let expected = [
            (2, severity, Some(2)),
            (3, severity, Some(3)),
            (4, severity, Some(4)),
            (5, severity, Some(5)),
            (6, Some("age"), Some(6)),
            (7, Some("signs"), Some(7)),
            (8, Some("signs"), Some(8)),
        ];
        assert_eq!(told, expected);
        assert!(bad[0]["reason"].as_str().is_some_and(|why| why.contains("10")), "{}", bad[0]);
        assert!(bad.iter().all(|bad| !bad["reason"].as_str().is_some_and(|why| why.contains("numb weak"))));
        assert_eq!(bad.len(), 7 * repeat);
        let results = fs::read_to_string(place.0.path().join("out.csv")).expect("results");
        assert_eq!(results.lines().nth(1), Some("1,soon"));
        assert_eq!(results.lines().count(), 1 + repeat);
    }
}

fn repeated(of: Written, times: usize) -> Written {
    fn all<T: Clone>(of: Vec<T>, times: usize) -> Vec<T> {
        of.iter().cycle().take(of.len() * times).cloned().collect()
    }
    match of {
        Written::Flags(of) => Written::Flags(all(of, times)),
        Written::Numbers(of, number) => Written::Numbers(all(of, times), number),
        Written::Texts(of) => Written::Texts(all(of, times)),
        Written::Lists(of) => Written::Lists(all(of, times)),
    }
}

#[test]
fn an_id_comes_back_as_it_is() {
    let place = Place::with(&file(
        vec![("id", texts(&["a,b", ""])), ("age", numbers(&[40.0, 50.0], Number::Short))],
        2,
    ));
    assert_eq!(out(&place.assess(&["--columns", "id,line"])), "id,line\n\"a,b\",1\n,2\n");
    let jsonl = out(&place.assess(&["--columns", "id,line", "--format", "jsonl"]));
    assert_eq!(jsonl, "{\"id\":\"a,b\",\"line\":1}\n{\"line\":2}\n");
    let wrong = place.assess(&["--id", "age"]);
    assert!(err(&wrong).contains("answers a question"), "{}", err(&wrong));
    let missing = place.assess(&["--id", "person"]);
    assert!(err(&missing).contains("no column `person`"), "{}", err(&missing));
}

/// The rows of a file of results, as lines of CSV have them; nothing for what is missing.
fn rows(file: Vec<u8>) -> Vec<Vec<(String, String)>> {
    let reader = SerializedFileReader::new(Bytes::from(file)).expect("a file");
    let text = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Long(number) => number.to_string(),
        Field::Bool(flag) => flag.to_string(),
        Field::Str(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let cell = |name: &String, field: &Field| match field {
        Field::ListInternal(list) => {
            let between = if ["reasons", "next_steps"].contains(&name.as_str()) { " | " } else { " " };
            list.elements().iter().map(text).collect::<Vec<_>>().join(between)
        }
        other => text(other),
    };
    let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    rows.map(|row| row.get_column_iter().map(|(name, field)| (name.clone(), cell(name, field))).collect())
        .collect()
}

#[test]
fn results_as_parquet_are_those_of_csv_however_the_rows_are_grouped() {
    let mut dice = Dice::new(6);
    let every = |dice: &mut Dice| {
        let mut columns = Column::ALL.to_vec();
        columns.retain(|_| !dice.one_in(5));
        if columns.is_empty() {
            columns.push(Column::Level);
        }
        let first = dice.below(columns.len());
        columns.rotate_left(first);
        columns
    };
    for (number, questionnaire) in files().iter().enumerate() {
        let mut text = String::new();
        for at in 0..SHEETS {
            let sheet = sheet(questionnaire, &mut dice);
            text += &match dice.below(12) {
                // A sheet that can't be read has no row, and one without a name has none there.
                0 => "{\"nothing of this\": 1}\n".to_owned(),
                1 => as_json(questionnaire, at, &sheet).replace(&format!("\"sheet {at}\""), "null") + "\n",
                2 => as_json(questionnaire, at, &sheet).replace("\"sheet ", "\"a, \\\"b\\\" ") + "\n",
                _ => as_json(questionnaire, at, &sheet) + "\n",
            };
        }
        let columns = every(&mut dice);
        let site = Site::default();
        let wanted = |out: Out| Wanted { out, columns: columns.clone(), bad_inline: false, ..wanted() };
        let as_csv = Plan::new(questionnaire, Audience::Patient, &site, In::JsonLines, wanted(Out::Csv));
        let mut csv = Piece::default();
        Judge::new(&as_csv).judge(text.as_bytes(), 1, &mut csv);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&csv.out[..]);
        let expected: Vec<Vec<(String, String)>> = reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                columns
                    .iter()
                    .zip(&row)
                    .map(|(column, cell)| (column.name().to_owned(), cell.to_owned()))
                    .collect()
            })
            .collect();
        let plan = Plan::new(questionnaire, Audience::Patient, &site, In::JsonLines, wanted(Out::Parquet));
        let mut results = plan.parquet().expect("columns").expect("Parquet");
        let mut file = Vec::new();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut bad = 0;
        // The lines of the file are those of each piece here.
        let mut first = 0;
        while first < lines.len() {
            let some = (1 + dice.below(400)).min(lines.len() - first);
            let mut piece = Piece::default();
            let text = lines[first..first + some].concat();
            Judge::new(&plan).judge(text.as_bytes(), 1 + first as u64, &mut piece);
            assert!(piece.out.is_empty());
            bad += piece.bad_rows;
            results.add(&piece, &mut file).expect("rows");
            if dice.one_in(2) {
                results.flush(&mut file).expect("a group");
            }
            first += some;
        }
        results.end(&mut file).expect("an end");
        let found = rows(file);
        assert_eq!(found.len() as u64 + bad, SHEETS as u64);
        assert!(bad > 0 && !found.is_empty());
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(expected, found, "{number}");
        }
        assert_eq!(expected.len(), found.len());
    }
}

#[test]
fn results_go_to_a_file_or_a_pipe_as_parquet() {
    let sheets = file(
        vec![
            ("id", texts(&["a,b", "", "c"])),
            ("severity", numbers(&[3.0, 300.0, 9.0], Number::Short)),
            ("sites", texts(&["", "", "neck"])),
        ],
        3,
    );
    let place = Place::with(&sheets);
    let asked = ["--columns", "id,line,level,rules,complete"];
    let output = place.assess(&[&["--to", "out.parquet"], &asked[..]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("1 of 3 rows could not be read"), "{}", err(&output));
    let bad = fs::read_to_string(place.0.path().join("out.parquet.bad.jsonl")).expect("bad rows");
    assert!(bad.starts_with("{\"line\":2,\"column\":\"severity\""), "{bad}");
    let saved = fs::read(place.0.path().join("out.parquet")).expect("results");
    let row = |id: &str, line: &str, rules: &str| {
        [("id", id), ("line", line), ("level", "soon"), ("rules", rules), ("complete", "false")]
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .to_vec()
    };
    let expected = vec![row("a,b", "1", ""), row("c", "3", "S01")];
    assert_eq!(rows(saved.clone()), expected);
    let piped = place.assess(&[&["--format", "parquet"], &asked[..]].concat());
    assert!(piped.stdout == saved, "{}", err(&piped));
    // It can read what it writes, only that these columns are no answers.
    let without =
        place.assess(&["--format", "parquet", "--columns", "level", "--bad", "bad.jsonl", "--to", "levels"]);
    assert_eq!(without.status.code(), Some(1));
    let again =
        place.command(&["--answers", "levels", "--from", "parquet"]).output().expect("the program runs");
    assert!(err(&again).contains("no column is a question"), "{}", err(&again));
    // Nothing to write is a file without rows.
    let none = Place::with(&file(vec![("severity", numbers(&[], Number::Short))], 0));
    let output = none.assess(&["--to", "out.parquet"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let empty = fs::read(none.0.path().join("out.parquet")).expect("results");
    let reader = SerializedFileReader::new(Bytes::from(empty.clone())).expect("a file");
    assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 8);
    assert!(rows(empty).is_empty());
}

#[test]
fn a_disk_that_is_full_leaves_no_file_of_parquet() {
    let place = Place::with(&file(vec![("severity", numbers(&[3.0], Number::Short))], 1));
    let output = place.assess(&["--format", "parquet", "--to", "/dev/full"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("No space left"), "{}", err(&output));
}

#[test]
fn a_type_that_no_answer_has_is_refused_with_its_name() {
    for (name, of, said) in [
        (
            "cancer_history",
            numbers(&[1.0], Number::Long),
            "`cancer_history` has the type INT64, and what it answers needs text",
        ),
        (
            "age",
            Written::Flags(vec![Some(true)]),
            "`age` has the type BOOLEAN, and what it answers needs a number or text",
        ),
        ("severity", Written::Lists(vec![None]), "`severity` has the type LIST of STRING (BYTE_ARRAY)"),
        (
            "signs",
            numbers(&[1.0], Number::Long6),
            "`signs` has the type DECIMAL (INT64), and what it answers needs text, or a list",
        ),
        ("signs__numb", Written::Lists(vec![None]), "needs a boolean, 1 or 0"),
    ] {
        let place = Place::with(&file(vec![(name, of)], 1));
        let output = place.assess(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}

#[test]
fn a_column_of_nothing_but_nulls_is_no_answer_whatever_it_is_for() {
    let nothing = || Written::Numbers(vec![None, None], Number::Nothing);
    let columns =
        vec![("words", nothing()), ("signs", nothing()), ("age", numbers(&[40.0, 41.0], Number::Short))];
    let output = Place::with(&file(columns, 2)).assess(&["--columns", "unanswered"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).lines().nth(2).is_some_and(|row| row.contains("signs")), "{}", out(&output));
    assert!(!err(&output).contains("signs"), "{}", err(&output));
}

#[test]
fn columns_that_are_no_answers_are_told_and_not_read() {
    let columns =
        vec![("agee", texts(&["x"])), ("signs", texts(&["numb"])), ("list", Written::Lists(vec![None]))];
    let output = Place::with(&file(columns, 1)).assess(&["--columns", "rules"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("not read: agee (did you mean age?), list"), "{}", err(&output));
}

#[test]
fn what_is_no_file_of_parquet_is_refused_with_a_way_out() {
    let whole = file(vec![("age", numbers(&[40.0], Number::Short))], 1);
    let place = Place::with(&whole);
    let piped = Command::new("sh")
        .args([
            "-c",
            "cat in.parquet | \"$0\" assess \"$1\" --from parquet",
            env!("CARGO_BIN_EXE_redflag"),
            SMALL,
        ])
        .current_dir(place.0.path())
        .output()
        .expect("a shell");
    assert!(err(&piped).contains("Save it in a file first"), "{}", err(&piped));
    // Standard input can be a file.
    let redirected = place
        .command(&["--from", "parquet", "--columns", "line"])
        .stdin(File::open(place.0.path().join("in.parquet")).expect("a file"))
        .output()
        .expect("the program runs");
    assert_eq!(out(&redirected), "line\n1\n", "{}", err(&redirected));
    fs::copy(place.0.path().join("in.parquet"), place.0.path().join("in.csv")).expect("a copy");
    let named = place.command(&["--answers", "in.csv"]).output().expect("the program runs");
    assert!(err(&named).contains("add --from parquet"), "{}", err(&named));
    for (bytes, said) in [
        (&b""[..], "this isn't a Parquet file"),
        (b"age\n40\n", "this isn't a Parquet file"),
        (b"PAR1", "is missing"),
        (&whole[..whole.len() - 1], "is missing"),
        (b"PAR1\xff\xff\xff\x7fPAR1", "longer than the file"),
        (b"PAR1\x00\x00\x00\x00PARE", "encrypted"),
    ] {
        let output = Place::with(bytes).assess(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}

/// The program is built so that a panic ends it. This one ends as it does on any error.
#[test]
fn a_panic_of_what_decodes_is_an_error_and_leaves_nothing_behind() {
    let place = Place::with(&file(vec![("age", numbers(&[40.0], Number::Short))], 1));
    let mut command = place.command(&["--answers", "in.parquet", "--to", "out.csv"]);
    let output = command.env("REDFLAG_TEST_PANIC", "reading").output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert!(err(&output).contains("in.parquet: this Parquet file is damaged"), "{}", err(&output));
    assert!(!err(&output).contains("mistake in the program"), "{}", err(&output));
    assert_eq!(place.files(), ["in.parquet"]);
}
