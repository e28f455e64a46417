//! Compiles the questionnaires that ship with the program.
//!
//! Reading 160 kB of YAML takes longer than the whole program may take to start (5 ms), so it is done here:
//! the program carries each questionnaire as bytes that are ready within a fraction of that. A questionnaire
//! with a mistake in it fails the build.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

// The build needs only a part of it.
#[allow(dead_code, unused_imports)]
#[path = "src/questionnaire/mod.rs"]
mod questionnaire;

fn main() {
    println!("cargo::rerun-if-changed=questionnaires");
    println!("cargo::rerun-if-changed=src/questionnaire");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut table = String::from("&[\n");
    for file in files(Path::new("questionnaires")) {
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name").to_owned();
        fs::write(out.join(format!("{name}.postcard")), compile(&file, &name)).expect("OUT_DIR is writable");
        table += &format!(
            "    Builtin {{\n        name: {name:?},\n        \
             yaml: include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/questionnaires/{name}.yaml\")),\n        \
             compiled: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.postcard\")),\n    }},\n"
        );
    }
    table += "]\n";
    fs::write(out.join("builtin.rs"), table).expect("OUT_DIR is writable");
}

/// The YAML files, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| fail(&format!("{}: {error}", folder.display())));
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    // Scenarios stand beside the questionnaire that they try.
    files.retain(|file| !file.to_string_lossy().ends_with(".tests.yaml"));
    files.sort();
    files
}

fn compile(file: &Path, name: &str) -> Vec<u8> {
    let shown = file.display().to_string();
    let text = fs::read(file).unwrap_or_else(|error| fail(&format!("{shown}: {error}")));
    let loaded = questionnaire::yaml::load(&shown, &text).unwrap_or_else(|mistakes| {
        fail(&mistakes.iter().map(|mistake| mistake.render(false)).collect::<Vec<_>>().join("\n"))
    });
    if loaded.questionnaire.id != name {
        fail(&format!("{shown}: its id is `{}`; the file must be named after it", loaded.questionnaire.id));
    }
    postcard::to_stdvec(&loaded.questionnaire).expect("a questionnaire is plain data")
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1);
}
