//! What reading files of many sheets is measured against, for `scripts/scale.py`, and the kernel by itself.
//!
//! `cargo bench --bench scale` prints how long the kernel takes for a sheet, from columns of bits to columns of bits,
//! against the interpreter. `-- split FILE` only splits a CSV file with the `csv` crate, `-- parse FILE` only parses the
//! lines of a JSON Lines file with `simd-json`, `-- serde FILE` with `serde_json`, and `-- read FILE` only reads. With
//! `--features parquet`, `-- decode FILE` only decodes the columns of a Parquet file with the `parquet` crate.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read};
use std::time::Instant;

use redflag::answers::json::SheetReader;
use redflag::answers::{Facts, Sheet};
use redflag::circuit::{Batch, Parts};
use redflag::questionnaire::{Audience, yaml};
use redflag::triage;
use serde::de::IgnoredAny;
use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["split", file] => split(file),
        ["parse", file] => parse(file),
        ["serde", file] => lines(file, |line| {
            black_box(serde_json::from_slice::<IgnoredAny>(line).expect("JSON"));
        }),
        ["read", file] => read(file),
        #[cfg(feature = "parquet")]
        ["decode", file] => decode(file),
        _ => kernel(),
    }
}

fn read(file: &str) {
    let (mut file, mut buffer, mut bytes) = (File::open(file).expect("a file"), vec![0; 256 << 10], 0);
    loop {
        match file.read(&mut buffer).expect("a file") {
            0 => break,
            read => bytes += read,
        }
    }
    println!("{bytes} bytes");
}

fn split(file: &str) {
    let mut reader = csv::ReaderBuilder::new().from_path(file).expect("a file");
    let mut record = csv::ByteRecord::new();
    let (mut rows, mut cells) = (0u64, 0);
    while reader.read_byte_record(&mut record).expect("CSV") {
        rows += 1;
        cells += record.len();
    }
    println!("{rows} rows, {cells} cells");
}

#[cfg(feature = "parquet")]
fn decode(file: &str) {
    use parquet::column::reader::ColumnReader;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let file = SerializedFileReader::new(File::open(file).expect("a file")).expect("Parquet");
    let (mut definitions, mut repetitions, mut cells) = (Vec::new(), Vec::new(), 0);
    macro_rules! all {
        ($reader:expr) => {{
            let mut values = Vec::new();
            loop {
                definitions.clear();
                repetitions.clear();
                values.clear();
                let (rows, ..) = $reader
                    .read_records(1024, Some(&mut definitions), Some(&mut repetitions), &mut values)
                    .expect("a column");
                black_box(&values);
                cells += rows;
                if rows == 0 {
                    break;
                }
            }
        }};
    }
    for group in 0..file.num_row_groups() {
        let group = file.get_row_group(group).expect("rows");
        for column in 0..group.num_columns() {
            match group.get_column_reader(column).expect("a column") {
                ColumnReader::BoolColumnReader(mut reader) => all!(reader),
                ColumnReader::Int32ColumnReader(mut reader) => all!(reader),
                ColumnReader::Int64ColumnReader(mut reader) => all!(reader),
                ColumnReader::Int96ColumnReader(mut reader) => all!(reader),
                ColumnReader::FloatColumnReader(mut reader) => all!(reader),
                ColumnReader::DoubleColumnReader(mut reader) => all!(reader),
                ColumnReader::ByteArrayColumnReader(mut reader) => all!(reader),
                ColumnReader::FixedLenByteArrayColumnReader(mut reader) => all!(reader),
            }
        }
    }
    println!("{cells} cells");
}

fn parse(file: &str) {
    lines(file, |line| {
        black_box(simd_json::to_tape(line).expect("JSON"));
    });
}

fn lines(file: &str, mut each: impl FnMut(&mut [u8])) {
    let mut reader = BufReader::with_capacity(256 << 10, File::open(file).expect("a file"));
    let (mut line, mut rows) = (Vec::new(), 0u64);
    while reader.read_until(b'\n', &mut line).expect("a file") > 0 {
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        each(&mut line);
        line.clear();
        rows += 1;
    }
    println!("{rows} rows");
}

fn kernel() {
    let text = fs::read("questionnaires/back-pain.yaml").expect("the questionnaire");
    let questionnaire = yaml::load("back-pain.yaml", &text).expect("no mistakes").questionnaire;
    let vignettes: Value = serde_json::from_str(include_str!("../tests/vignettes.json")).expect("JSON");
    let reader = SheetReader::new(&questionnaire);
    let sheets: Vec<Sheet> = vignettes
        .as_array()
        .expect("a list")
        .iter()
        .cycle()
        .take(Batch::SIZE)
        .map(|vignette| reader.read(&vignette["answers"].to_string()).expect("a sheet"))
        .collect();
    let per_sheet = |rounds: usize, mut run: Box<dyn FnMut() + '_>| {
        run();
        let best = (0..7).map(|_| {
            let started = Instant::now();
            (0..rounds).for_each(|_| run());
            started.elapsed().as_secs_f64() / (rounds * Batch::SIZE) as f64 * 1e9
        });
        best.fold(f64::INFINITY, f64::min)
    };
    for (name, parts) in [("level, certain, possible, rules", Parts::NONE), ("everything", Parts::ALL)] {
        let batch = Batch::new(&questionnaire, Audience::Patient, parts);
        let mut rows = batch.rows();
        sheets.iter().enumerate().for_each(|(row, sheet)| batch.put(&mut rows, row, sheet));
        let planes = per_sheet(200, Box::new(|| batch.run_planes(black_box(&mut rows))));
        let mut bits = Vec::new();
        let all = per_sheet(200, Box::new(|| batch.run(black_box(&mut rows), Batch::SIZE, &mut bits)));
        println!("{name}: {} steps, {planes:.1} ns a sheet; {all:.1} with its bits in rows", batch.steps());
    }
    let tree = per_sheet(
        1,
        Box::new(|| {
            for sheet in &sheets {
                black_box(triage::assess(&Facts::of(&questionnaire, Audience::Patient, sheet)));
            }
        }),
    );
    println!("the interpreter: {tree:.0} ns a sheet");
}
