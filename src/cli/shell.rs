//! `redflag completions`: scripts that complete commands, options, files, and what is built in.

use std::io::{self, Write};

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::args::Args;
use super::{Exit, guide};
use crate::library::builtin;

/// The arguments that take a built-in questionnaire or a file.
const QUESTIONNAIRES: [&str; 8] =
    ["questionnaire", "questionnaires", "old", "new", "from", "against", "translation_of", "answers_of"];

/// What is built in. It lives as long as the program, which ends with the script.
struct BuiltIn {
    names: Vec<&'static str>,
    languages: Vec<&'static str>,
    questions: Vec<&'static str>,
    pages: Vec<&'static str>,
}

impl BuiltIn {
    fn all() -> BuiltIn {
        let (mut languages, mut questions): (Vec<&str>, Vec<&str>) = Default::default();
        for builtin in &builtin::ALL {
            languages.extend(builtin.translations.iter().map(|(tag, _)| *tag));
            if let Ok(questionnaire) = builtin.questionnaire() {
                languages.push(questionnaire.language.leak());
                questions.extend(questionnaire.questions.into_iter().map(|question| &*question.id.leak()));
            }
        }
        for list in [&mut languages, &mut questions] {
            list.sort_unstable();
            list.dedup();
        }
        BuiltIn {
            names: builtin::ALL.iter().map(|builtin| builtin.name).collect(),
            languages,
            questions,
            pages: guide::PAGES.iter().map(|page| page.name).collect(),
        }
    }
}

pub fn completions(shell: Shell) -> Result<Exit> {
    let built_in = BuiltIn::all();
    let names = &built_in.names;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_values(Args::command(), &built_in), "redflag", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        Shell::Bash => script += &for_bash(names),
        Shell::Zsh => script = for_zsh(&script, names),
        Shell::Fish => script = for_fish(&script, names, &built_in.pages),
        _ => {}
    }
    // Written here and not by clap, which panics when nobody reads.
    let mut out = io::stdout().lock();
    out.write_all(script.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The commands, with what is built in as values. Only for completing: a file may be given as well.
fn with_values(mut command: Command, built_in: &BuiltIn) -> Command {
    // One by one they would come into another order.
    command = command.mut_args(|argument| {
        let values = match argument.get_id().as_str() {
            "language" => &built_in.languages,
            "by" => &built_in.questions,
            // `--from` of some commands is a format.
            id if QUESTIONNAIRES.contains(&id) && argument.get_possible_values().is_empty() => {
                &built_in.names
            }
            "page" => &built_in.pages,
            _ => return argument,
        };
        argument.value_parser(PossibleValuesParser::new(values))
    });
    let subcommands: Vec<String> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in subcommands {
        command = command.mut_subcommand(name, |command| with_values(command, built_in));
    }
    command
}

/// Files beside the names, and names wherever a questionnaire may be, not as the first word alone.
fn for_bash(names: &[&str]) -> String {
    let names = names.join(" ");
    format!(
        r#"
_redflag_or_file() {{
    _redflag "$@"
    case "$3" in
        --from) [[ "${{COMP_WORDS[1]}}" != new ]] && return; COMPREPLY=() ;;
        --questionnaire|--against|--translation-of|--answers-of) COMPREPLY=() ;;
        -*) return ;;
    esac
    [[ "$2" == -* ]] && return
    [[ ${{#COMPREPLY[@]}} -gt 0 && ${{COMP_CWORD}} -eq 1 && -z "$2" ]] && return
    local word
    while IFS= read -r word; do
        [[ " ${{COMPREPLY[*]}} " == *" $word "* ]] || COMPREPLY+=("$word")
    done < <(compgen -W "{names}" -- "$2"; compgen -f -- "$2")
}}
complete -F _redflag_or_file -o nosort -o filenames -o bashdefault -o default redflag
"#
    )
}

fn for_zsh(script: &str, names: &[&str]) -> String {
    let names = names.join(" ");
    let function = format!(
        "\n_redflag_questionnaires() {{\n    _alternative 'names:built-in questionnaire:({names})' 'files:file:_files'\n}}\n"
    );
    let script = script.replace(&format!(":({names})'"), ":_redflag_questionnaires'");
    match script.find("\nif [ \"$funcstack[1]\"") {
        Some(end) => format!("{}{function}{}", &script[..end], &script[end..]),
        None => script + &function,
    }
}

fn for_fish(script: &str, names: &[&str], pages: &[&str]) -> String {
    let values: Vec<String> = names.iter().map(|name| format!("{name}\\t''")).collect();
    let only = format!(" -r -f -a \"{}\"", values.join("\n"));
    let names = names.join(" ");
    let mut script = script.replace(&only, &format!(" -r -F -a \"{names}\""));
    // Where the value of an option is still to come there is no command yet either.
    script = script.replacen("2>/dev/null\n    or return\n", "2>/dev/null\n    or return 0\n", 1);
    script += &format!("complete -c redflag -n \"__fish_redflag_needs_command\" -F -a \"{names}\"\n");
    let pages = pages.join(" ");
    script +=
        &format!("complete -c redflag -n \"__fish_redflag_using_subcommand guide\" -f -a \"{pages}\"\n");
    for command in Args::command().get_subcommands() {
        let mut positionals = command.get_positionals();
        if positionals.any(|argument| QUESTIONNAIRES.contains(&argument.get_id().as_str())) {
            let command = command.get_name();
            script += &format!(
                "complete -c redflag -n \"__fish_redflag_using_subcommand {command}\" -F -a \"{names}\"\n"
            );
        }
    }
    script
}
