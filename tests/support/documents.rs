//! The documents that people read.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

/// The top of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every Markdown file of the repository, from its top, but for what the program itself wrote in `tests/written`.
pub fn documents() -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("the folder can be read") {
            let entry = entry.expect("an entry");
            let (name, path) = (entry.file_name(), folder.join(entry.file_name()));
            let is_document = path.extension().is_some_and(|extension| extension == "md");
            if !entry.file_type().expect("a type").is_dir() {
                all.extend(is_document.then_some(path));
            } else if name != "target" && name != "written" && !name.to_string_lossy().starts_with('.') {
                folders.push(path);
            }
        }
    }
    all.sort();
    all
}

pub fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
