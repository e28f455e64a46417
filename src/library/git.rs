//! Files as they are in a revision of a git repository.

use std::io::{ErrorKind, Read};
use std::process::{Command, Stdio};

use super::Problem;
use super::problem::InRevision;
use crate::questionnaire::yaml;

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
/// When git is not there, when this is no repository, and when it has no such revision or file.
pub fn read(revision: &str, path: &str) -> Result<Vec<u8>, Problem> {
    let object = format!("{revision}:{path}");
    output(&["cat-file", "blob", &object], revision, path)
}

/// The names of the files in the folder of a file that [`read`] can read.
///
/// # Errors
/// As of [`read`].
pub fn beside(revision: &str, file: &str) -> Result<Vec<String>, Problem> {
    let folder = &file[..file.rfind('/').map_or(0, |at| at + 1)];
    if !revision.is_empty() {
        let tree = format!("{revision}:{folder}");
        return Ok(names(&output(
            &["ls-tree", "--full-tree", "-z", "--name-only", &tree],
            revision,
            folder,
        )?));
    }
    // What is staged is no tree: all below the folder is listed, from the top or from where we are.
    let is_from_here = folder.starts_with("./") || folder.starts_with("../");
    let pattern = format!(":({}literal){folder}", if is_from_here { "" } else { "top," });
    let mut arguments = vec!["ls-files", "-z", "--", &pattern];
    if !is_from_here {
        arguments.insert(1, "--full-name");
    }
    let inside = folder.strip_prefix("./").unwrap_or(folder);
    let below = names(&output(&arguments, revision, folder)?);
    let here = below.iter().filter_map(|name| name.strip_prefix(inside)).filter(|name| !name.contains('/'));
    Ok(here.map(str::to_owned).collect())
}

fn names(listed: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(listed).split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What git prints, or one byte more than a questionnaire may have.
fn output(arguments: &[&str], revision: &str, path: &str) -> Result<Vec<u8>, Problem> {
    let wrong = |why| Problem::InRevision { revision: revision.to_owned(), path: path.to_owned(), why };
    if revision.starts_with('-') {
        return Err(wrong(InRevision::LooksLikeAnOption));
    }
    let mut command = harmless();
    command.args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => wrong(InRevision::NoGit),
        _ => wrong(InRevision::NotStarted(error)),
    })?;
    let most = yaml::MAX_BYTES as u64 + 1;
    let mut text = Vec::new();
    if let Some(output) = child.stdout.take() {
        output.take(most).read_to_end(&mut text).map_err(|error| wrong(InRevision::Unreadable(error)))?;
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
    let status = child.wait().map_err(|error| wrong(InRevision::Unreadable(error)))?;
    match status.success() {
        true => Ok(text),
        false => Err(wrong(reason(&complaint))),
    }
}

/// Settings that make git run another program, or reach for the network, with values that make it do neither. They go
/// before those of the repository, which may be anybody's: who looks at a file of it must not run its programs.
const HARMLESS: [&str; 13] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    "core.gitProxy=",
    "core.askPass=",
    "core.pager=cat",
    "core.alternateRefsCommand=true",
    "core.attributesFile=/dev/null",
    "credential.helper=",
    "diff.external=",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
];

/// Variables by which the environment names such programs.
const NOT_PASSED_ON: [&str; 7] = [
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_PROXY_COMMAND",
    "GIT_ASKPASS",
    "SSH_ASKPASS",
    "GIT_EXTERNAL_DIFF",
    "GIT_PAGER",
];

/// Git that reads what is there and does nothing else: what a partial clone lacks is not fetched.
fn harmless() -> Command {
    let mut command = Command::new("git");
    command.args(["--no-pager", "--no-replace-objects"]);
    for setting in HARMLESS {
        command.args(["-c", setting]);
    }
    for variable in NOT_PASSED_ON {
        command.env_remove(variable);
    }
    command.env("GIT_NO_LAZY_FETCH", "1");
    // Versions of git that do not know that variable find no protocol to fetch by; unlike `protocol.allow`, this goes
    // before what the repository allows for one protocol.
    command.env("GIT_ALLOW_PROTOCOL", "none");
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    command.env("GIT_ATTR_NOSYSTEM", "1");
    command
}

/// What git complains about, where it is one of the usual mistakes.
fn reason(complaint: &str) -> InRevision {
    let says = |words: &str| complaint.contains(words);
    if says("not a git repository") {
        InRevision::NoRepository
    } else if says("does not exist") || says("exists on disk, but not in") || says("not in the index") {
        InRevision::NoSuchFile
    } else if ["bad file", "lazy fetching disabled", "promisor remote", "transport '"].into_iter().any(says) {
        InRevision::NotHere
    } else if says("invalid object name") || says("Not a valid object name") || says("unknown revision") {
        InRevision::NoSuchRevision
    } else {
        let line = complaint.lines().find(|line| !line.trim().is_empty());
        InRevision::Other(line.unwrap_or_default().to_owned())
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
