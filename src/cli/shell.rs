//! `redflag completions`: for each shell a short script, which asks `redflag complete-word` what can come next.

use std::io::{self, Write};

use anyhow::Result;

use super::Exit;
use super::values::ShellArg;

impl ShellArg {
    fn script(self) -> &'static str {
        match self {
            ShellArg::Bash => include_str!("shell/redflag.bash"),
            ShellArg::Elvish => include_str!("shell/redflag.elv"),
            ShellArg::Fish => include_str!("shell/redflag.fish"),
            ShellArg::Powershell => include_str!("shell/redflag.ps1"),
            ShellArg::Zsh => include_str!("shell/redflag.zsh"),
        }
    }
}

pub fn completions(shell: ShellArg) -> Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(shell.script().as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
