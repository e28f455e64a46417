//! Files as they are in a revision of a git repository.

use std::io::{ErrorKind, Read};
use std::process::{Command, Stdio};

use anyhow::Result;

use super::WrongUsage;
use crate::questionnaire::yaml;
use crate::text::clean_line;

/// `HEAD~1:questionnaires/mine.yaml`, cut at its first colon. A revision may be empty: what is staged.
pub fn revision(argument: &str) -> Option<(&str, &str)> {
    let (revision, path) = argument.split_once(':')?;
    // A drive of Windows is no revision.
    let is_drive = revision.len() == 1 && path.starts_with(['\\', '/']);
    (!is_drive && !path.is_empty()).then_some((revision, path))
}

/// The file, or one byte more than a questionnaire may have.
///
/// # Errors
/// [`WrongUsage`] when git is not there, when this is no repository, and when it has no such revision or file.
pub fn read(revision: &str, path: &str) -> Result<Vec<u8>> {
    let wrong = |what: String| WrongUsage(format!("{}:{}: {what}", clean_line(revision), clean_line(path)));
    if revision.starts_with('-') {
        // Git would take it for an option.
        return Err(wrong("a revision does not begin with `-`".to_owned()).into());
    }
    let mut command = Command::new("git");
    command.args(["cat-file", "blob"]).arg(format!("{revision}:{path}"));
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => wrong("git is not installed, or not found".to_owned()),
        _ => wrong(format!("git cannot be started: {error}")),
    })?;
    let most = yaml::MAX_BYTES as u64 + 1;
    let mut text = Vec::new();
    if let Some(output) = child.stdout.take() {
        output.take(most).read_to_end(&mut text).map_err(|error| wrong(error.to_string()))?;
    }
    if text.len() as u64 == most {
        // The rest is not wanted, and git would wait for somebody to read it.
        let _ = child.kill();
        let _ = child.wait();
        return Ok(text);
    }
    let mut complaint = String::new();
    if let Some(errors) = child.stderr.take() {
        // What git says may be in any encoding; then its exit status is enough.
        let _ = errors.take(4096).read_to_string(&mut complaint);
    }
    let status = child.wait().map_err(|error| wrong(error.to_string()))?;
    match status.success() {
        true => Ok(text),
        false => Err(wrong(reason(&complaint, revision, path)).into()),
    }
}

/// What git complains about, in our words where it is one of the usual mistakes.
fn reason(complaint: &str, revision: &str, path: &str) -> String {
    let (revision, path) = (clean_line(revision), clean_line(path));
    let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why");
    let says = |words: &str| complaint.contains(words);
    if says("not a git repository") {
        "this folder is not in a git repository".to_owned()
    } else if says("does not exist") || says("exists on disk, but not in") || says("not in the index") {
        let where_it_is = if revision.is_empty() { "staged".to_owned() } else { format!("in {revision}") };
        format!(
            "there is no file `{path}` {where_it_is}; a path is given from the top of the repository, or begins with ./"
        )
    } else if says("invalid object name") || says("Not a valid object name") || says("unknown revision") {
        format!("there is no revision `{revision}` in this repository")
    } else {
        format!("git says: {}", clean_line(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_is_what_stands_before_a_colon() {
        assert_eq!(revision("HEAD~1:a/b.yaml"), Some(("HEAD~1", "a/b.yaml")));
        assert_eq!(revision(":b.yaml"), Some(("", "b.yaml")));
        assert_eq!(revision("v1:a:b.yaml"), Some(("v1", "a:b.yaml")));
        assert_eq!(revision("b.yaml"), None);
        assert_eq!(revision("HEAD:"), None);
        assert_eq!(revision("C:\\b.yaml"), None);
    }
}
