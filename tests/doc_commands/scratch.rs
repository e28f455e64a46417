//! A folder in which a document is followed.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub struct Scratch {
    folder: TempDir,
    repository: String,
}

pub struct Ended {
    pub status: i32,
    /// Standard output and standard error, as they come.
    pub said: String,
}

impl Scratch {
    pub fn new(repository: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["home", "work"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Scratch { folder, repository: repository.display().to_string() }
    }

    pub fn run(&self, commands: &str, typed: &str) -> Ended {
        let program = Path::new(env!("CARGO_BIN_EXE_redflag")).parent().expect("a folder");
        let home = self.folder.path().join("home");
        let mut shell = Command::new("bash");
        shell
            .args(["-euo", "pipefail", "-c", &format!("exec 2>&1\n{commands}")])
            .current_dir(self.folder.path().join("work"))
            .env_clear()
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", program.display()))
            .env("HOME", &home)
            .env("XDG_CONFIG_DIRS", &home)
            .env("LC_ALL", "C.UTF-8")
            .env("REPOSITORY", &self.repository)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        for who in ["AUTHOR", "COMMITTER"] {
            shell
                .env(format!("GIT_{who}_NAME"), "Author")
                .env(format!("GIT_{who}_EMAIL"), "author@example.org");
        }
        let mut child = shell.spawn().expect("bash starts");
        // Who doesn't read what is typed has closed the pipe; that is no fault.
        let _ = child.stdin.take().expect("piped").write_all(typed.as_bytes());
        let output = child.wait_with_output().expect("bash ends");
        Ended {
            status: output.status.code().unwrap_or(-1),
            said: String::from_utf8(output.stdout).expect("UTF-8"),
        }
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join("work").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// Adds to the end of a file that is there.
    pub fn append(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.path().join("work").join(name);
        let before = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        fs::write(path, before + text).map_err(|error| format!("{name}: {error}"))
    }

    /// Changes lines of a file: those with `-` go, those with `+` come, all others say where.
    pub fn edit(&self, name: &str, diff: &str) -> Result<(), String> {
        let path = self.folder.path().join("work").join(name);
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let side = |leave_out: char| {
            let lines = diff.lines().filter(|line| !line.starts_with(leave_out));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect::<String>()
        };
        let (before, after) = (side('+'), side('-'));
        match text.matches(&before).count() {
            1 => {
                fs::write(path, text.replacen(&before, &after, 1)).map_err(|error| format!("{name}: {error}"))
            }
            count => Err(format!("{name} has these lines {count} times:\n{before}\nin\n{text}")),
        }
    }
}

/// Whether an output is what a document shows of it; there, a line of `...` is any number of lines.
pub fn fits(said: &str, shown: &str) -> bool {
    let said: Vec<&str> = said.trim_end().lines().map(str::trim_end).collect();
    let shown: Vec<&str> = shown.trim_end().lines().map(str::trim_end).collect();
    let parts: Vec<&[&str]> = shown.split(|line| line.trim() == "...").collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    if parts.len() == 1 {
        return said == shown;
    }
    if !said.starts_with(first) {
        return false;
    }
    let mut at = first.len();
    for part in &parts[1..parts.len() - 1] {
        let Some(found) =
            (at..=said.len().saturating_sub(part.len())).find(|&from| said[from..].starts_with(part))
        else {
            return false;
        };
        at = found + part.len();
    }
    said.len() >= at + last.len() && said.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn dots_are_any_lines_and_nothing_else_is() {
        assert!(fits("a\nb\nc\n", "a\nb\nc"));
        assert!(!fits("a\nb\nc\n", "a\nb"));
        assert!(!fits("a\nb\n", "a\nc"));
        assert!(fits("a\nb\nc\nd\n", "a\n...\nd"));
        assert!(fits("a\nb\nc\nd\n", "...\nb\n...\nd"));
        assert!(!fits("a\nb\nc\nd\n", "...\nc\n...\nb\n..."));
        assert!(!fits("a\n", "a\n...\na"));
    }
}
