//! What shells complete, by the scripts of `redflag completions`.

use std::fs;
use std::process::{Command, Stdio};

fn script(shell: &str) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_redflag")).args(["completions", shell]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What is typed, and something that is offered then. In the folder are `backup.yaml` and `spine.svg`.
const OFFERED: [(&str, &str); 14] = [
    ("redflag che", "check"),
    ("redflag ba", "back-pain"),
    ("redflag check ba", "back-pain"),
    ("redflag check ba", "backup.yaml"),
    ("redflag check back", "backup.yaml"),
    ("redflag diff back-pain sp", "spine-alert"),
    ("redflag new --from sp", "spine-alert"),
    ("redflag assess --language e", "es"),
    ("redflag --language e", "es"),
    ("redflag evaluate --by saddle_s", "saddle_signs"),
    ("redflag graph --format me", "mermaid"),
    ("redflag assess --from js", "jsonl"),
    ("redflag evaluate --from cs", "csv"),
    ("redflag guide fo", "format"),
];

/// A folder with the script and two files.
fn folder(shell: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("script"), script(shell)).expect("written");
    for name in ["backup.yaml", "spine.svg"] {
        fs::write(folder.path().join(name), "").expect("written");
    }
    folder
}

/// `None`: the shell is not installed.
fn offered(shell: &str, line: &str, code: &str) -> Option<Vec<String>> {
    let folder = folder(shell);
    let mut command = Command::new(shell);
    command.args(["-c", code]).env("LINE", line).env("HOME", folder.path()).current_dir(folder.path());
    let output = command.stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(said.lines().map(|line| line.split('\t').next().unwrap_or_default().trim().to_owned()).collect())
}

#[test]
fn bash_knows_commands_options_files_and_what_is_built_in() {
    let code = r#"
        source ./script
        read -ra COMP_WORDS <<< "$LINE"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _redflag_or_file redflag "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    for (line, wanted) in OFFERED {
        let offered = offered("bash", line, code).expect("bash is installed");
        assert!(offered.iter().any(|word| word == wanted), "{line}: {offered:?}");
    }
}

#[test]
fn fish_knows_them_too() {
    let text = script("fish");
    assert!(
        text.contains("\"__fish_redflag_using_subcommand check\" -F -a \"back-pain spine-alert\""),
        "{text}"
    );
    for (line, wanted) in OFFERED {
        // Where fish is installed.
        let Some(offered) = offered("fish", line, "source ./script; complete -C \"$LINE\"") else { return };
        assert!(offered.iter().any(|word| word == wanted), "{line}: {offered:?}");
    }
}

#[test]
fn zsh_offers_names_beside_files() {
    let text = script("zsh");
    assert!(
        text.contains("'names:built-in questionnaire:(back-pain spine-alert)' 'files:file:_files'"),
        "{text}"
    );
    assert!(
        !text.contains(":(back-pain spine-alert)'\n") && text.contains(":_redflag_questionnaires'"),
        "{text}"
    );
    let end = text.find("\nif [ \"$funcstack[1]\"").expect("the end of the script");
    assert!(
        text.find("\n_redflag_questionnaires()").is_some_and(|at| at < end),
        "defined before it is called"
    );
    // Where zsh is installed.
    let code = "autoload -U compinit; compinit -u; source ./script && print read";
    if let Some(said) = offered("zsh", "", code) {
        assert_eq!(said, ["read"]);
    }
}

#[test]
fn elvish_and_powershell_know_the_commands() {
    for shell in ["elvish", "powershell"] {
        let text = script(shell);
        assert!(["check", "assess", "site"].iter().all(|command| text.contains(command)), "{shell}");
    }
}
