//! Command lines to try, below the help of each command and in its manual page.

use crate::library::builtin;

/// The examples of a command, with the name of a questionnaire that is there.
pub fn with_name(examples: &str) -> String {
    examples.replace("{built-in}", builtin::DEFAULT)
}

pub const ASK: &str = "\
Examples:
  redflag
      the built-in questionnaire
  redflag --plain --language es
      line by line, in Spanish
  redflag --audience clinician --report notes/
      in words for clinicians; the summary is saved in the folder notes
  redflag mine.yaml --keep later.json
      a questionnaire of your own; the answers are saved, to continue later";

pub const NEW: &str = "\
Examples:
  redflag new mine.yaml
      a small questionnaire, and two scenarios in mine.tests.yaml
  redflag new mine.es.yaml
      all texts of mine.yaml in order, ready to translate
  redflag new --from {built-in}
      a copy of the built-in questionnaire, as my-{built-in}.yaml";

pub const CHECK: &str = "\
Examples:
  redflag check mine.yaml
      every error with its line, and what is proved
  redflag check --watch mine.yaml
      again whenever the file is saved
  redflag check --format json mine.yaml
      for other programs";

pub const TEST: &str = "\
Examples:
  redflag test mine.yaml
      each person in mine.tests.yaml: do they get the right level?
  redflag test mine.yaml --only night
      those with `night` in their name
  redflag test --mutants mine.yaml
      small mistakes in the questionnaire that no scenario would notice";

pub const DIFF: &str = "\
Examples:
  redflag diff old.yaml mine.yaml
      who gets a different result, and why
  redflag diff HEAD:mine.yaml mine.yaml
      since the last commit";

pub const SIMULATE: &str = "\
Examples:
  redflag simulate {built-in}
      people from each of its populations
  redflag simulate mine.yaml people.yaml --people 100000
      more people, from one population file";

pub const EVALUATE: &str = "\
Examples:
  redflag evaluate {built-in} known.jsonl --truth right
      the key `right` of each sheet holds the right level
  redflag evaluate {built-in} known.jsonl --truth found --right x=emergency --right '*=self_care'
      the key `found` holds the diagnosis: `x` needed `emergency`, all others `self_care`";

pub const GRAPH: &str = "\
Examples:
  redflag graph mine.yaml -o mine.svg
      to open in a browser or print
  redflag graph --format mermaid
      the built-in questionnaire, as Mermaid";

pub const SCHEMA: &str = "\
Examples:
  redflag schema > redflag.schema.json
      for your editor
  redflag schema --translation-of mine.yaml > mine.translation.json
      for translations of mine.yaml
  redflag schema --assess > assess.schema.json
      for results of assess";

pub const GUIDE: &str = "\
Examples:
  redflag guide
      which pages there are
  redflag guide format | less
      everything that a questionnaire file can contain";

pub const AGAIN: &str = "\
Examples:
  redflag again last.json
      ask what may have changed since then, and compare
  redflag again last.json --keep next.json
      and save the answers for next time";

pub const SLIP: &str = "\
Examples:
  redflag slip check.json
      a saved check, 32 columns wide
  redflag slip check.json --columns 48 --escpos --encoding cp858 > /dev/usb/lp0
      on a receipt printer";

pub const KIOSK: &str = "\
Examples:
  redflag kiosk --check
      what is missing before the kiosk can run alone
  redflag kiosk --site /etc/redflag/site.yaml
      ask one person after another
  redflag kiosk pin
      the line with the PIN for staff";

#[cfg(feature = "store")]
pub const BOARD: &str = "\
Examples:
  redflag board --store clinic.db --as ana
      who is waiting, and what to do for each
  redflag board --store clinic.db --read-only
      tickets and levels, for a public screen";

#[cfg(feature = "store")]
pub const INTAKE: &str = "\
Examples:
  redflag intake --reference 'bed 4'
      one section at a time; nothing is kept unless there is a store
  redflag intake --store clinic.db --as ana
      every answer is saved before the next page
  redflag intake --store clinic.db --as ana --take KD47
      take over the check with this ticket";

#[cfg(feature = "store")]
pub const EXPORT: &str = "\
Examples:
  redflag export --store clinic.db --as ada --since 2026-11-01 > checks.jsonl
      one object for each check, without free text
  redflag export --store clinic.db --as ada --format csv --layout list --to checks.csv
      a table with one column for each question
  redflag export --store clinic.db --as ada --sheets > sheets.jsonl
      answer sheets for redflag assess";

#[cfg(feature = "store")]
pub const STATS: &str = "\
Examples:
  redflag stats --store clinic.db --as ada --since 2026-11-01
      counts as tables and bars
  redflag stats --store clinic.db --as ada --svg checks.svg
      and as a picture";

#[cfg(feature = "store")]
pub const STORE: &str = "\
Examples:
  redflag store init --store clinic.db
      an empty store, and a key file for it
  redflag store verify --store clinic.db
      is every entry there, as it was written?";

#[cfg(feature = "store")]
pub const PURGE: &str = "\
Examples:
  redflag purge --older-than 30d --store clinic.db
      erase checks without any entry for thirty days";

pub const SITE: &str = "\
Examples:
  redflag site
      phone numbers and other settings, and the file that each comes from
  redflag site mine.yaml --site site.yaml
      for another questionnaire and site file";

pub const ASSESS: &str = "\
Examples:
  redflag assess --answers sheets.jsonl
      one answer sheet a line
  redflag assess mine.yaml < sheet.json
      one sheet, from another program

An answer is an option (\"yes\"), a list of options for questions that take several, a number, a text, or \"unsure\".";

pub const SQL: &str = "\
Examples:
  redflag sql {built-in} --dialect duckdb
      the rules, for a table named `answers`
  redflag sql {built-in} --dialect duckdb --ddl
      the statement that creates this table";

pub const FHIR: &str = "\
Examples:
  redflag fhir questionnaire {built-in} > form.json
      the form that patients fill in
  redflag fhir response check.json > answers.json
      a saved check, as answers to that form";

pub const COMPLETIONS: &str = "\
Examples:
  redflag completions bash > ~/.local/share/bash-completion/completions/redflag
      for bash
  redflag completions zsh > ~/.zfunc/_redflag
      for zsh, where ~/.zfunc is in fpath
  redflag completions fish > ~/.config/fish/completions/redflag.fish
      for fish
  redflag completions elvish >> ~/.config/elvish/rc.elv
      for elvish";

pub const MAN: &str = "\
Examples:
  redflag man check > redflag-check.1
      the page of one command
  redflag man --to man1
      all pages, into this folder, which is created if needed";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::super::args::Args;

    /// The command lines below the help of a command.
    fn lines(command: &clap::Command) -> Vec<String> {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let lines = help.lines().filter(|line| line.starts_with("  redflag"));
        lines.map(|line| line.trim().to_owned()).collect()
    }

    #[test]
    fn every_command_has_examples_and_each_is_understood() {
        let all = Args::command();
        let commands = [&all].into_iter().chain(all.get_subcommands());
        for command in commands.filter(|command| command.get_name() != "help" && !command.is_hide_set()) {
            let lines = lines(command);
            assert!(!lines.is_empty(), "`{}` needs examples, in src/cli/examples.rs", command.get_name());
            for line in lines {
                let line = line.split([' ']).take_while(|word| !["<", ">", ">>", "|"].contains(word));
                let words: Vec<String> = line.map(|word| word.replace('\'', "")).collect();
                let read = Args::try_parse_from(&words);
                assert!(read.is_ok(), "{words:?}: {}", read.unwrap_err());
                assert!(
                    words.len() == 1 || command.get_name() == "redflag" || words[1] == command.get_name()
                );
            }
        }
    }
}
