//! `redflag diff REVISION:PATH` in a repository that somebody else made: its settings run no program.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BACK_PAIN: &str = include_str!("../questionnaires/back-pain.yaml");

/// Git as anybody runs it, with nothing but the settings of the repository.
fn git(folder: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .output()
        .expect("git")
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = git(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A repository in which every setting that can run a program runs one that leaves a mark.
struct Hostile {
    folder: tempfile::TempDir,
}

impl Hostile {
    /// `remote`: where the file would have to be fetched from; `None`: it is there.
    fn new(remote: Option<&str>) -> Hostile {
        let folder = tempfile::tempdir().expect("a folder");
        let hostile = Hostile { folder };
        let path = hostile.path();
        done(&path, &["init", "--quiet", "--initial-branch=main"]);
        fs::write(path.join("mine.yaml"), BACK_PAIN).expect("a file");
        let attributes = "*.yaml diff=hostile filter=hostile textconv=hostile merge=hostile\n";
        fs::write(path.join(".gitattributes"), attributes).expect("a file");
        done(&path, &["add", "."]);
        done(&path, &["commit", "--quiet", "-m", "one"]);
        let blob = done(&path, &["rev-parse", "HEAD:mine.yaml"]);

        let script = path.join("mark.sh");
        let text = format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\n", hostile.mark().display());
        fs::write(&script, text).expect("a file");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("its mode");
        let hooks = path.join("hooks");
        fs::create_dir(&hooks).expect("a folder");
        for hook in ["reference-transaction", "post-index-change", "fsmonitor-watchman", "pre-auto-gc"] {
            fs::copy(&script, hooks.join(hook)).expect("a hook");
        }
        let run = script.to_str().expect("a path");
        let shell = format!("!{run}");
        for (setting, value) in [
            ("core.fsmonitor", run),
            ("core.hooksPath", hooks.to_str().expect("a path")),
            ("core.sshCommand", run),
            ("core.gitProxy", run),
            ("core.askPass", run),
            ("core.pager", run),
            ("core.editor", run),
            ("core.alternateRefsCommand", run),
            ("pager.cat-file", run),
            ("credential.helper", &shell),
            ("diff.external", run),
            ("diff.hostile.command", run),
            ("diff.hostile.textconv", run),
            ("filter.hostile.smudge", run),
            ("filter.hostile.clean", run),
            ("filter.hostile.process", run),
            ("merge.hostile.driver", run),
            ("alias.cat-file", &shell),
            ("protocol.allow", "always"),
            ("protocol.ext.allow", "always"),
            ("protocol.ssh.allow", "always"),
            ("protocol.git.allow", "always"),
            ("gc.recentObjectsHook", run),
        ] {
            done(&path, &["config", setting, value]);
        }
        if let Some(remote) = remote {
            let remote = remote.replace("RUN", run);
            for (setting, value) in [
                ("core.repositoryFormatVersion", "1"),
                ("extensions.partialClone", "origin"),
                ("remote.origin.url", &remote),
                ("remote.origin.promisor", "true"),
            ] {
                done(&path, &["config", setting, value]);
            }
            let (first, rest) = blob.split_at(2);
            fs::remove_file(path.join(".git/objects").join(first).join(rest)).expect("it is there");
        }
        hostile.clean();
        hostile
    }

    fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    fn mark(&self) -> PathBuf {
        self.folder.path().join("mark")
    }

    /// What was run since the last time.
    fn clean(&self) -> Option<String> {
        let ran = fs::read_to_string(self.mark()).ok();
        let _ = fs::remove_file(self.mark());
        ran
    }

    fn diff(&self, revision: &str, path: Option<&Path>) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redflag"));
        command.args(["diff", revision, "back-pain"]).current_dir(self.path()).stdin(Stdio::null());
        command.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "/nonexistent");
        // What somebody has set for their own work is not passed on either.
        let run = self.path().join("mark.sh");
        for variable in ["GIT_SSH_COMMAND", "GIT_SSH", "GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_ASKPASS"] {
            command.env(variable, &run);
        }
        if let Some(path) = path {
            command.env("PATH", path);
        }
        let output = command.output().expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

#[test]
fn a_file_that_would_have_to_be_fetched_is_not_fetched() {
    for remote in ["ssh://example.org/x", "git://example.org/x", "ext::RUN %S", "example.org:x"] {
        let hostile = Hostile::new(Some(remote));
        git(&hostile.path(), &["cat-file", "blob", "HEAD:mine.yaml"]);
        assert!(hostile.clean().is_some(), "{remote}: this repository is not hostile to plain git");
        for revision in ["HEAD:mine.yaml", "HEAD:./mine.yaml", ":mine.yaml", "main:mine.yaml"] {
            let (status, error) = hostile.diff(revision, None);
            assert_eq!(hostile.clean(), None, "{remote}, {revision}");
            assert_eq!(status, Some(2), "{remote}, {revision}: {error}");
            assert!(error.contains("would have to be fetched"), "{remote}, {revision}: {error}");
        }
    }
}

/// A git before 2.45 does not know `GIT_NO_LAZY_FETCH`.
#[test]
fn an_older_git_fetches_nothing_either() {
    let which = Command::new("sh").args(["-c", "command -v git"]).output().expect("a shell");
    let real = String::from_utf8_lossy(&which.stdout).trim().to_owned();
    let older = tempfile::tempdir().expect("a folder");
    let script = format!("#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec '{real}' \"$@\"\n");
    let git = older.path().join("git");
    fs::write(&git, script).expect("a file");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).expect("its mode");
    for remote in ["ssh://example.org/x", "ext::RUN %S", "git://example.org/x"] {
        let hostile = Hostile::new(Some(remote));
        let (status, error) = hostile.diff("HEAD:mine.yaml", Some(older.path()));
        assert_eq!(hostile.clean(), None, "{remote}");
        assert_eq!(status, Some(2), "{remote}: {error}");
    }
}

#[test]
fn a_file_that_is_there_is_read_and_nothing_is_run() {
    let hostile = Hostile::new(None);
    for revision in ["HEAD:mine.yaml", ":mine.yaml", "HEAD:./mine.yaml", "@{0}:mine.yaml"] {
        let (status, error) = hostile.diff(revision, None);
        assert_eq!((status, &*error), (Some(0), ""), "{revision}");
        assert_eq!(hostile.clean(), None, "{revision}");
    }
}
