//! The program's own words as they stand in its tables, also those in functions.

use std::fs;
use std::path::Path;

/// Every text in a folder of `src/words`, such as `spanish`, with its file; `5` stands for each part.
pub fn texts(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words").join(folder);
    let mut files: Vec<_> = fs::read_dir(path)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("the file can be read");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        // The form of a date is no text.
        let literals = literals(source).into_iter().filter(|text| !text.contains('%'));
        texts.extend(literals.map(|text| (name.clone(), filled(&text))));
    }
    texts
}

/// What stands in quotes.
fn literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let code = source.lines().map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line,
    });
    let code = code.collect::<Vec<_>>().join("\n");
    let mut rest = code.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '"' {
            continue;
        }
        let mut text = String::new();
        while let Some(c) = rest.next().filter(|c| *c != '"') {
            match c {
                '\\' if rest.next_if_eq(&'\n').is_some() => while rest.next_if_eq(&' ').is_some() {},
                '\\' => text.extend(rest.next()),
                c => text.push(c),
            }
        }
        literals.push(text);
    }
    literals
}

fn filled(text: &str) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        filled.push('5');
        filled.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    filled
}

#[test]
fn texts_are_found_in_the_source() {
    let source =
        "// \"no\"\nconst A: &str = \"one \\\"two\\\" \\\n    three\";\n|n| format!(\"{n} of {0}.\")";
    let found: Vec<String> = literals(source).iter().map(|text| filled(text)).collect();
    assert_eq!(found, ["one \"two\" three", "5 of 5."]);
}
