//! What the program says, held against a file of `tests/`.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::Path;

/// Compares what is told with the file, or writes it there with `UPDATE=1`.
#[track_caller]
pub fn agreed(file: impl AsRef<Path>, told: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, told).expect("the folder can be written");
    } else {
        let known = fs::read_to_string(&file).unwrap_or_default();
        assert!(known == told, "{} says otherwise; UPDATE=1 writes it anew:\n{told}", file.display());
    }
}

/// A text with changes, each of which fits one place.
#[track_caller]
pub fn edited(text: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}
