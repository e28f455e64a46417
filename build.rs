//! Compiles the questionnaires that are built in.
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

#[path = "src/text/harmful.rs"]
mod harmful;

/// What those parts name of the room `text`.
mod text {
    pub use super::harmful::is_harmful;
}

use questionnaire::diagnostic::Diagnostic;
use questionnaire::{Questionnaire, Translation, yaml};

/// The questionnaire that is asked where none is named.
const DEFAULT: &str = "back-pain";

fn main() {
    println!("cargo::rerun-if-changed=questionnaires");
    println!("cargo::rerun-if-changed=src/questionnaire");
    println!("cargo::rerun-if-changed=src/text/harmful.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    // `back-pain.es.yaml` is a translation of `back-pain.yaml`.
    let (translations, questionnaires): (Vec<_>, Vec<_>) =
        files(Path::new("questionnaires")).into_iter().partition(|file| stem(file).contains('.'));
    let folder = Path::new("questionnaires/populations");
    let populations = if folder.is_dir() { files(folder) } else { Vec::new() };
    let names: Vec<String> = questionnaires.iter().map(|file| stem(file).to_owned()).collect();
    let mut table = format!("pub static ALL: [Builtin; {}] = [\n", questionnaires.len());
    for file in questionnaires {
        let name = stem(&file);
        let (loaded, text) = compile(&file, name);
        let (questionnaire, is_clean) = (loaded.questionnaire, loaded.warnings.is_empty());
        if let Some(offer) = questionnaire.offers.iter().find(|offer| !names.contains(&offer.questionnaire)) {
            fail(&format!("{}: it offers `{}`, which is not built in", file.display(), offer.questionnaire));
        }
        write(&out, &format!("{name}.postcard"), &compiled(&questionnaire));
        let mut languages = String::new();
        for file in &translations {
            let Some(language) = stem(file).strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else {
                continue;
            };
            let translation = translated(file, language, (&questionnaire, &text));
            write(&out, &format!("{}.postcard", stem(file)), &compiled(&translation));
            languages += &format!(
                "({language:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}.postcard\"))), ",
                stem(file)
            );
        }
        let mut people = String::new();
        for file in populations.iter().filter(|file| is_for(file, name)) {
            let stem = stem(file);
            people += &format!(
                "({stem:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{}\"))), ",
                file.display()
            );
        }
        table += &format!(
            "    Builtin {{\n        name: {name:?},\n        \
             yaml: include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/questionnaires/{name}.yaml\")),\n        \
             is_clean: {is_clean:?},\n        \
             compiled: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}.postcard\")),\n        \
             translations: &[{languages}],\n        populations: &[{people}],\n    }},\n"
        );
    }
    table += &format!("];\n\npub const DEFAULT: &str = {DEFAULT:?};\n");
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

/// Whether a population file says that it is for this questionnaire.
fn is_for(file: &Path, questionnaire: &str) -> bool {
    let text = read(file);
    String::from_utf8_lossy(&text)
        .lines()
        .any(|line| line.trim_end() == format!("questionnaire: {questionnaire}"))
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|error| fail(&format!("{}: {error}", file.display())))
}

fn stem(file: &Path) -> &str {
    file.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name")
}

fn compile(file: &Path, name: &str) -> (yaml::Loaded, Vec<u8>) {
    let shown = file.display().to_string();
    let text = fs::read(file).unwrap_or_else(|error| fail(&format!("{shown}: {error}")));
    let loaded = yaml::load(&shown, &text).unwrap_or_else(|mistakes| fail(&rendered(&mistakes)));
    if loaded.questionnaire.id != name {
        fail(&format!("{shown}: its id is `{}`; the file must be named after it", loaded.questionnaire.id));
    }
    (loaded, text)
}

fn translated(file: &Path, language: &str, original: (&Questionnaire, &[u8])) -> Translation {
    let shown = file.display().to_string();
    let text = fs::read(file).unwrap_or_else(|error| fail(&format!("{shown}: {error}")));
    let (questionnaire, original_text) = original;
    let original_file = format!("questionnaires/{}.yaml", questionnaire.id);
    let original = yaml::Original { questionnaire, file: &original_file, text: original_text };
    let loaded = yaml::load_translation(&shown, language, &text, &original);
    loaded.unwrap_or_else(|mistakes| fail(&rendered(&mistakes))).translation
}

fn compiled(data: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_stdvec(data).expect("it is plain data")
}

fn write(out: &Path, name: &str, bytes: &[u8]) {
    fs::write(out.join(name), bytes).expect("OUT_DIR is writable");
}

fn rendered(mistakes: &[Diagnostic]) -> String {
    mistakes.iter().map(|mistake| mistake.render(false)).collect::<Vec<_>>().join("\n")
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(1);
}
