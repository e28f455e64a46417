//! A PostgreSQL server of this test's own, on a port of this machine, in a folder that is deleted when the test ends.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use postgres::{Client, NoTls};

pub struct Server {
    pub port: u16,
    pub folder: PathBuf,
    programs: PathBuf,
    /// Root may not run a server, so somebody else does.
    user: Option<&'static str>,
    _keeper: Child,
}

/// The server of all tests; or why there is none.
pub fn shared() -> Result<&'static Server, &'static str> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    // Nothing is kept here that must outlive it, and a small log of changes leaves the disk to others.
    let options =
        "-c fsync=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=64MB -c min_wal_size=32MB";
    SERVER.get_or_init(|| Server::start(options)).as_ref().map_err(String::as_str)
}

impl Server {
    /// Starts one with these options.
    pub fn start(options: &str) -> Result<Server, String> {
        let programs = programs().ok_or("PostgreSQL (initdb, pg_ctl) is not installed")?;
        let folder = std::env::temp_dir().join(format!("redflag-pg-{}-{}", std::process::id(), next()));
        fs::create_dir(&folder).map_err(|error| error.to_string())?;
        let user = rustix::process::geteuid().is_root().then_some("postgres");
        if let Some(user) = user {
            let done = Command::new("chown").arg(user).arg(&folder).status();
            if !done.is_ok_and(|done| done.success()) {
                return Err("there is no user `postgres` to run the server as".to_owned());
            }
        }
        // When this test ends, however it ends, its end of the pipe is shut, and then the server is stopped and deleted.
        let script = r#"cat >/dev/null; eval "$1"; rm -rf "$2""#;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.map_err(|error| error.to_string())?.port();
        let data = folder.join("data");
        let stop = as_user(
            user,
            &[
                &programs.join("pg_ctl"),
                "-D".as_ref(),
                &data,
                "-m".as_ref(),
                "immediate".as_ref(),
                "stop".as_ref(),
            ],
        );
        let keeper = Command::new("sh")
            .args(["-c", script, "sh", &format!("{stop} >/dev/null 2>&1"), &folder.to_string_lossy()])
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let server = Server { port, folder, programs, user, _keeper: keeper };
        server.shell(&[
            &server.programs.join("initdb"),
            "-D".as_ref(),
            &data,
            "-A".as_ref(),
            "trust".as_ref(),
            "-U".as_ref(),
            "redflag".as_ref(),
            "-E".as_ref(),
            "UTF8".as_ref(),
            "--locale".as_ref(),
            "C.UTF-8".as_ref(),
        ])?;
        let mut settings = fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .map_err(|e| e.to_string())?;
        let _ = writeln!(settings, "port = {port}\nlisten_addresses = '127.0.0.1'");
        let _ = writeln!(settings, "unix_socket_directories = '{}'", server.folder.display());
        for option in options.split("-c ").map(str::trim).filter(|option| !option.is_empty()) {
            let _ = writeln!(settings, "{option}");
        }
        drop(settings);
        server.begin()?;
        Ok(server)
    }

    pub fn begin(&self) -> Result<(), String> {
        let (data, log) = (self.folder.join("data"), self.folder.join("log"));
        self.shell(&[
            &self.programs.join("pg_ctl"),
            "-D".as_ref(),
            &data,
            "-l".as_ref(),
            &log,
            "-w".as_ref(),
            "start".as_ref(),
        ])
    }

    /// Stops as a power cut does.
    pub fn crash(&self) -> Result<(), String> {
        let data = self.folder.join("data");
        self.shell(&[
            &self.programs.join("pg_ctl"),
            "-D".as_ref(),
            &data,
            "-m".as_ref(),
            "immediate".as_ref(),
            "stop".as_ref(),
        ])
    }

    fn shell(&self, command: &[&Path]) -> Result<(), String> {
        let mut child = Command::new("sh");
        child.arg("-c").arg(as_user(self.user, command)).stdin(Stdio::null());
        let done =
            child.stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(|error| error.to_string())?;
        if done.success() { Ok(()) } else { Err(format!("{} failed", command[0].display())) }
    }

    pub fn address(&self, database: &str) -> String {
        format!("postgres://redflag@127.0.0.1:{}/{database}", self.port)
    }

    pub fn client(&self, database: &str) -> Client {
        let mut why = None;
        for _ in 0..100 {
            match Client::connect(&self.address(database), NoTls) {
                Ok(client) => return client,
                Err(error) => why = Some(error),
            }
            thread::sleep(Duration::from_millis(100));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let end: Vec<&str> = log.lines().rev().take(5).collect();
        panic!("the server does not answer: {why:?}; the end of its log, last line first: {end:#?}")
    }

    /// A new database, as a copy of another.
    pub fn database(&self, template: &str) -> String {
        let name = format!("clinic{}", next());
        self.client("postgres")
            .batch_execute(&format!("create database {name} template {template}"))
            .expect("a database");
        name
    }
}

fn next() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn as_user(user: Option<&str>, command: &[&Path]) -> String {
    let quoted: Vec<String> = command.iter().map(|part| format!("'{}'", part.display())).collect();
    let command = quoted.join(" ");
    match user {
        Some(user) => format!("cd / && su {user} -s /bin/sh -c \"{command}\""),
        None => command,
    }
}

/// The folder with the server's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> =
        versions.filter_map(|version| Some(version.ok()?.path().join("bin"))).collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}
