//! What shells complete, by the scripts of `redflag completions`.

mod pty;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use pty::Pty;

fn redflag(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_redflag")).args(arguments).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What is typed, and something that is offered then. In the folder are `backup.yaml` and `spine.svg`.
const OFFERED: [(&str, &str); 27] = [
    ("redflag che", "check"),
    ("redflag ba", "back-pain"),
    ("redflag check ba", "back-pain"),
    ("redflag check ba", "backup.yaml"),
    ("redflag check back", "backup.yaml"),
    ("redflag check back-pain ba", "backup.yaml"),
    ("redflag diff back-pain sp", "spine-alert"),
    ("redflag new --from sp", "spine-alert"),
    ("redflag assess --language e", "es"),
    ("redflag --language e", "es"),
    ("redflag --report sp", "spine.svg"),
    ("redflag evaluate --by saddle_s", "saddle_signs"),
    ("redflag graph --format me", "mermaid"),
    ("redflag assess --from js", "jsonl"),
    ("redflag assess --columns level,ru", "level,rules"),
    ("redflag evaluate --from cs", "csv"),
    ("redflag guide fo", "format"),
    ("redflag man ch", "check"),
    ("redflag man store us", "user"),
    ("redflag help ch", "check"),
    ("redflag help store us", "user"),
    ("redflag slip --encoding cp8", "cp858"),
    ("redflag store user a", "add"),
    ("redflag store user add --ro", "--role"),
    ("redflag store user add --role ki", "kiosk"),
    ("redflag store user add Eva --as Ana --role nu", "nurse"),
    ("redflag simulate back-pain acut", "acute"),
];

/// What is typed, and something that is not offered then, because it would be refused.
const NOT_OFFERED: [(&str, &str); 6] = [
    ("redflag test ba", "back-pain"),
    ("redflag --plain che", "check"),
    ("redflag check che", "check"),
    ("redflag kiosk pe", "person"),
    ("redflag comp", "complete-word"),
    ("redflag intake --reference ba", "backup.yaml"),
];

/// A folder with the script and two files.
fn folder(shell: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("script"), redflag(&["completions", shell])).expect("written");
    for name in ["backup.yaml", "spine.svg"] {
        fs::write(folder.path().join(name), "").expect("written");
    }
    folder
}

/// The program that is tested is found first.
fn path() -> OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_redflag")).parent().expect("a folder").to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths([built].into_iter().chain(std::env::split_paths(&others))).expect("a path")
}

fn is_installed(shell: &str) -> bool {
    let found = Command::new(shell).args(["-c", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

/// What a shell offers at the end of each line, by code that reads lines and prints a line `=` before the offers of
/// each.
fn offered(shell: &str, lines: &[String], code: &str) -> BTreeMap<String, Vec<String>> {
    let folder = folder(shell);
    fs::write(folder.path().join("lines"), lines.join("\n") + "\n").expect("written");
    let output = Command::new(shell)
        .args(["-c", code])
        .env("PATH", path())
        .env("HOME", folder.path())
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the shell starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let offers = said.split("=\n").skip(1);
    let offers: Vec<Vec<String>> = offers
        .map(|offers| {
            offers.lines().map(|line| line.split('\t').next().unwrap_or_default().trim().to_owned()).collect()
        })
        .collect();
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((offers.len(), &*wrong), (lines.len(), ""), "{shell}");
    lines.iter().cloned().zip(offers).collect()
}

const BASH: &str = r#"
    source ./script
    while IFS= read -r line; do
        read -ra COMP_WORDS <<< "$line"
        [[ $line == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _redflag redflag "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '=\n'
        printf '%s\n' "${COMPREPLY[@]}"
    done < lines
"#;

const FISH: &str = r#"
    source ./script
    while read -l line
        echo =
        complete -C "$line"
    end < lines
"#;

/// Every line after which a value of a fixed set comes, with the values: found by asking the program itself, from its
/// commands and their options on.
fn fixed_values() -> Vec<(String, Vec<String>)> {
    let ask = |before: &[&str], word: &str| -> Vec<(String, String)> {
        let word = format!("--word={word}");
        let said = redflag(&[&["complete-word", &word, "--"], before].concat());
        let lines = said.lines().map(|line| line.split_once('\t').expect("a word and its help"));
        lines.map(|(word, help)| (word.to_owned(), help.to_owned())).collect()
    };
    let mut found = Vec::new();
    let mut paths: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(path) = paths.pop() {
        let before: Vec<&str> = path.iter().map(String::as_str).collect();
        let commands = ask(&before, "");
        for (option, _) in ask(&before, "--") {
            let offers = ask(&[&before[..], &[&*option]].concat(), "");
            // Options without a value are followed by whatever the command takes.
            let is_flag = offers == commands;
            let words: Vec<String> =
                offers.into_iter().map(|(word, _)| word).filter(|word| !word.is_empty()).collect();
            if !is_flag && (1..=25).contains(&words.len()) {
                found.push((format!("redflag {} ", [&before[..], &[&*option]].concat().join(" ")), words));
            }
        }
        let is_command = |word: &str| {
            let mut line = before.clone();
            line.extend([word, "--help"]);
            let output = Command::new(env!("CARGO_BIN_EXE_redflag")).args(&line).output().expect("it starts");
            let usage = String::from_utf8_lossy(&output.stdout).into_owned();
            usage.contains(&format!("Usage: redflag {}", [&before[..], &[word]].concat().join(" ")))
        };
        if before.first() != Some(&"help") && before.first() != Some(&"man") {
            paths.extend(commands.iter().filter(|(word, _)| !word.is_empty() && is_command(word)).map(
                |(word, _)| {
                    let mut deeper = path.clone();
                    deeper.push(word.clone());
                    deeper
                },
            ));
        }
    }
    found
}

#[test]
fn each_shell_offers_every_value_of_every_option() {
    let wanted = fixed_values();
    assert!(wanted.len() > 60, "only {}", wanted.len());
    for line in ["redflag store user add --role ", "redflag sql --dialect ", "redflag intake --under "] {
        assert!(wanted.iter().any(|(known, _)| known == line), "{line}");
    }
    let lines: Vec<String> = wanted.iter().map(|(line, _)| line.clone()).collect();
    for (shell, code) in [("bash", BASH), ("fish", FISH)] {
        if !is_installed(shell) {
            continue;
        }
        let offered = offered(shell, &lines, code);
        for (line, values) in &wanted {
            let offered = &offered[line];
            let missing: Vec<&String> = values.iter().filter(|value| !offered.contains(value)).collect();
            assert!(missing.is_empty(), "{shell}, {line}: {missing:?} are not among {offered:?}");
        }
    }
    on_the_screen_of_zsh(&wanted);
}

/// zsh completes only at a prompt.
fn on_the_screen_of_zsh(wanted: &[(String, Vec<String>)]) {
    if !is_installed("zsh") {
        return;
    }
    let folder = folder("zsh");
    let start = "cd \"$HOME\" && exec zsh -f -i";
    let (path, home) = (path().into_string().expect("UTF-8"), folder.path().to_str().expect("UTF-8"));
    let mut zsh = Pty::start_shell(start, &[("PATH", &path), ("HOME", home)], (150, 60));
    zsh.send("PS1='at: '; LISTMAX=0; autoload -U compinit; compinit -u -D; source ./script; clear\r");
    zsh.until("a prompt", |screen| screen.contents().trim() == "at:");
    for (line, values) in wanted {
        // Ctrl-D lists what can come next.
        zsh.send(format!("{line}\x04"));
        zsh.until(&format!("{values:?} after {line}"), |screen| {
            let text = screen.contents();
            let below = text.lines().skip(1).collect::<Vec<_>>().join("\n");
            let offered: Vec<&str> = below.split_whitespace().collect();
            values.iter().all(|value| offered.contains(&value.as_str()))
        });
        // Ctrl-U takes the line back, and Ctrl-L clears the screen.
        zsh.send("\x15\x0c");
        zsh.until("a prompt again", |screen| screen.contents().trim() == "at:");
    }
}

#[test]
fn shells_offer_commands_files_and_what_is_built_in() {
    let all = OFFERED.iter().chain(&NOT_OFFERED);
    let lines: Vec<String> = all.map(|(line, _)| (*line).to_owned()).collect();
    for (shell, code) in [("bash", BASH), ("fish", FISH)] {
        if !is_installed(shell) {
            continue;
        }
        let offered = offered(shell, &lines, code);
        for (line, wanted) in OFFERED {
            assert!(offered[line].iter().any(|word| word == wanted), "{shell}, {line}: {:?}", offered[line]);
        }
        for (line, unwanted) in NOT_OFFERED {
            assert!(!offered[line].iter().any(|word| word == unwanted), "{shell}, {line}");
        }
    }
}

#[test]
fn bash_at_a_prompt_completes_what_stands_behind_an_equals_sign_and_files_in_folders() {
    let folder = folder("bash");
    fs::create_dir(folder.path().join("my notes")).expect("a folder");
    fs::write(folder.path().join("my notes/knee.yaml"), "").expect("written");
    let (path, home) = (path().into_string().expect("UTF-8"), folder.path().to_str().expect("UTF-8"));
    let start = "cd \"$HOME\" && exec bash --norc --noprofile -i";
    let mut bash = Pty::start_shell(start, &[("PATH", &path), ("HOME", home)], pty::USUAL);
    bash.send("PS1='at: '; source ./script; clear\r");
    bash.until("a prompt", |screen| screen.contents().trim() == "at:");
    for (typed, completed) in [
        ("redflag store user add --role=ki\t", "--role=kiosk"),
        ("redflag graph --format=mer\t", "--format=mermaid"),
        ("redflag check my\tkn\t", "redflag check my\\ notes/knee.yaml"),
    ] {
        bash.send(typed);
        bash.until(completed, |screen| screen.contents().contains(completed));
        bash.send("\x15\x0c");
        bash.until("a prompt again", |screen| screen.contents().trim() == "at:");
    }
}

#[test]
fn the_scripts_of_other_shells_ask_the_program_too() {
    for shell in ["elvish", "powershell"] {
        let script = redflag(&["completions", shell]);
        assert!(script.contains("redflag complete-word"), "{shell}: {script}");
    }
}
