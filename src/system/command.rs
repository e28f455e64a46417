//! Commands of this place, such as one that rings a bell: started without what is in our environment, with a limit of
//! time, and never waited for.

use std::io::{self, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::{Access, OFlags, fcntl_getfl, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process_group};

/// How long a command may take.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How often whoever has started one looks how it goes.
pub const LOOK: Duration = Duration::from_millis(100);

/// Where commands are looked for.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// All that a command finds in its environment.
const ENVIRONMENT: [(&str, &str); 2] = [("PATH", PATH), ("LANG", "C.UTF-8")];

/// The file that a program is in, if there is one that may be run.
pub fn find(program: &str) -> Option<PathBuf> {
    let can_be_run = |path: &PathBuf| {
        path.metadata().is_ok_and(|file| file.is_file()) && rustix::fs::access(path, Access::EXEC_OK).is_ok()
    };
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(can_be_run);
    }
    PATH.split(':').map(|folder| PathBuf::from(folder).join(program)).find(can_be_run)
}

/// Why a command has not done what it is for.
#[derive(Debug)]
pub enum Failure {
    /// It is not there, or can't be started.
    NotStarted(io::Error),
    /// It has ended with this status.
    Status(i32),
    /// A signal has ended it.
    Killed(i32),
    /// It took too long and was ended.
    TooLong,
}

/// A command that runs. It is ended when this is dropped.
pub struct Running {
    child: Child,
    /// What it has not read yet.
    input: Option<(ChildStdin, Vec<u8>)>,
    end: Instant,
}

impl Running {
    /// Starts a command, its words as they are and without a shell, and gives it `input` to read. What it says goes
    /// nowhere.
    ///
    /// # Errors
    /// [`Failure::NotStarted`].
    pub fn start(
        words: &[String],
        more: &[&str],
        input: Vec<u8>,
        limit: Duration,
    ) -> Result<Running, Failure> {
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| Failure::NotStarted(io::Error::new(io::ErrorKind::InvalidInput, "no command")))?;
        // Where `PATH` of ours says nothing.
        let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
        command.args(arguments).args(more).env_clear().envs(ENVIRONMENT).current_dir("/");
        let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
        command.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own, so that what it starts ends with it, and no key reaches it.
        command.process_group(0);
        let mut child = command.spawn().map_err(Failure::NotStarted)?;
        let pipe = child.stdin.take().filter(|pipe| {
            let flags = fcntl_getfl(pipe).map(|flags| flags | OFlags::NONBLOCK);
            flags.and_then(|flags| fcntl_setfl(pipe, flags)).is_ok()
        });
        let input = pipe.map(|pipe| (pipe, input));
        Ok(Running { child, input, end: Instant::now() + limit })
    }

    /// Goes on with it, and says how it has ended once it has. To be called now and then.
    pub fn look(&mut self) -> Option<Result<(), Failure>> {
        self.feed();
        match self.child.try_wait() {
            Ok(Some(status)) => Some(match (status.code(), status.signal()) {
                (Some(0), _) => Ok(()),
                (Some(code), _) => Err(Failure::Status(code)),
                (None, signal) => Err(Failure::Killed(signal.unwrap_or(0))),
            }),
            Ok(None) if Instant::now() >= self.end => {
                self.kill();
                Some(Err(Failure::TooLong))
            }
            Ok(None) => None,
            Err(error) => Some(Err(Failure::NotStarted(error))),
        }
    }

    fn feed(&mut self) {
        let Some((pipe, input)) = &mut self.input else { return };
        while !input.is_empty() {
            match pipe.write(input) {
                Ok(0) => break,
                Ok(taken) => *input = input[taken..].to_vec(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // It reads no more; how it ends says whether that was well.
                Err(_) => break,
            }
        }
        self.input = None;
    }

    fn kill(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn ended(mut running: Running) -> Result<(), Failure> {
        loop {
            if let Some(ended) = running.look() {
                return ended;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn run(command: &[&str], input: &[u8], limit: Duration) -> Result<(), Failure> {
        Running::start(&words(command), &["emergency", "KD47"], input.to_vec(), limit).and_then(ended)
    }

    #[test]
    fn a_command_gets_its_words_and_its_input_and_nothing_of_our_environment() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("said");
        let script = format!("{{ echo \"$@\"; cat; env; }} > {}", file.display());
        run(&["sh", "-c", &script, "bell"], b"slip\n", LIMIT).unwrap();
        let said = std::fs::read_to_string(file).unwrap();
        let mut lines = said.lines();
        assert_eq!([lines.next(), lines.next()], [Some("emergency KD47"), Some("slip")]);
        let names: Vec<_> = lines.filter_map(|line| Some(line.split_once('=')?.0)).collect();
        let known = |name: &&str| ["PATH", "LANG", "PWD", "_", "SHLVL", "OLDPWD"].contains(name);
        assert!(names.iter().all(known), "{names:?}");
    }

    #[test]
    fn a_command_that_fails_hangs_or_is_not_there_is_told_apart() {
        assert!(matches!(run(&["/no/such/bell"], b"", LIMIT), Err(Failure::NotStarted(_))));
        assert!(matches!(run(&["sh", "-c", "exit 3"], b"", LIMIT), Err(Failure::Status(3))));
        assert!(matches!(run(&["sh", "-c", "kill -9 $$"], b"", LIMIT), Err(Failure::Killed(9))));
        let hangs = run(&["sh", "-c", "sleep 1000"], b"", Duration::from_millis(50));
        assert!(matches!(hangs, Err(Failure::TooLong)));
    }

    #[test]
    fn what_a_command_does_not_read_holds_nobody_up() {
        let long = vec![b'x'; 1 << 20];
        assert!(run(&["true"], &long, LIMIT).is_ok());
        let hangs = run(&["sleep", "1000"], &long, Duration::from_millis(50));
        assert!(matches!(hangs, Err(Failure::NotStarted(_) | Failure::TooLong | Failure::Status(_))));
    }
}
