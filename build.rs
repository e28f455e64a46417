//! Compiles the questionnaires that are built in.
//!
//! Reading 160 kB of YAML takes longer than the whole program may take to start (5 ms), so it is done here:
//! the program carries each questionnaire as bytes that are ready within a fraction of that. A questionnaire
//! with a mistake in it fails the build. The words of the program in each language are packed here too.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

// The build needs only a part of it.
#[allow(dead_code, unused_imports)]
#[path = "src/questionnaire/mod.rs"]
mod questionnaire;

#[path = "src/text/harmful.rs"]
mod harmful;

// The build needs only a part of it.
#[allow(dead_code)]
#[path = "src/text/tag.rs"]
pub mod tag;

#[path = "src/words/flat.rs"]
mod flat;

/// What those parts name of the room `text`.
mod text {
    pub use super::harmful::is_harmful;
    pub use super::tag;
}

use questionnaire::diagnostic::Diagnostic;
use questionnaire::{Questionnaire, Translation, yaml};

/// The questionnaire that is asked where none is named.
const DEFAULT: &str = "back-pain";

fn main() {
    println!("cargo::rerun-if-changed=questionnaires");
    println!("cargo::rerun-if-changed=src/questionnaire");
    println!("cargo::rerun-if-changed=src/text/harmful.rs");
    println!("cargo::rerun-if-changed=src/text/tag.rs");
    println!("cargo::rerun-if-changed=src/words/flat.rs");
    println!("cargo::rerun-if-changed=languages");
    say_version();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    for file in files(Path::new("languages")) {
        let text: serde_yaml::Value = serde_yaml::from_slice(&read(&file))
            .unwrap_or_else(|error| fail(&format!("{}: {error}", file.display())));
        let mut texts = flat::flat(&text);
        texts.sort();
        write(&out, &format!("{}.words", stem(&file)), &compiled(&texts));
    }
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

/// The version for `--version`, with the commit that a release is built from, so that it can be told which build is on
/// a machine. The same commit gives the same words everywhere. While developing nothing is looked up: every commit
/// would mean building anew.
fn say_version() {
    println!("cargo::rerun-if-env-changed=REDFLAG_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").expect("cargo sets the version");
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    // A package without its repository may say it.
    let given = env::var("REDFLAG_COMMIT").ok().filter(|commit| !commit.is_empty());
    let commit = given.or_else(packaged).or_else(|| is_release.then(checked_out).flatten());
    let words = match commit {
        Some(commit) => format!("{version} ({commit})"),
        None if is_release => version,
        None => format!("{version} (development)"),
    };
    println!("cargo::rustc-env=REDFLAG_VERSION={words}");
}

/// The commit that `cargo package` has noted.
fn packaged() -> Option<String> {
    let noted = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let noted: serde_json::Value = serde_json::from_str(&noted).ok()?;
    Some(short(noted["git"]["sha1"].as_str()?))
}

/// The commit that is checked out here; `-modified` behind it where a file differs from it.
fn checked_out() -> Option<String> {
    let git = |arguments: &[&str]| {
        let output = process::Command::new("git").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "HEAD"])?;
    for watched in ["HEAD", "index"] {
        println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", watched])?);
    }
    for watched in ["src", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let is_modified = !git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    Some(short(&commit) + if is_modified { "-modified" } else { "" })
}

/// As many letters as tell one commit from another for long; git itself takes more the more there are.
fn short(commit: &str) -> String {
    commit.chars().take(12).collect()
}
