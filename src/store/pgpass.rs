//! The password of a server, where PostgreSQL's own programs look for it: in `~/.pgpass`, or the file that `PGPASSFILE`
//! names. So it is in no argument and in no address.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use etcetera::home_dir;
use postgres::Config;
use postgres::config::Host;

use crate::system::files;

const LONGEST: usize = 1 << 20;

/// The password for this host, port, database and user, in a file that nobody else may read.
pub(super) fn password(config: &Config) -> Option<String> {
    let path = match env::var_os("PGPASSFILE") {
        Some(path) => PathBuf::from(path),
        None => home_dir().ok()?.join(".pgpass"),
    };
    if fs::metadata(&path).ok()?.mode() & 0o077 != 0 {
        return None;
    }
    let text = String::from_utf8(files::read(&path, LONGEST).ok()?).ok()?;
    let host = match config.get_hosts().first()? {
        Host::Tcp(name) => name.clone(),
        Host::Unix(_) => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default();
    let database = config.get_dbname().unwrap_or(user);
    found(&text, [&host, &port, database, user])
}

/// The first line whose fields are these, or `*`.
fn found(text: &str, wanted: [&str; 4]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [host, port, database, user, password] = &fields[..] else { return None };
        let is_it = |(field, wanted): (&String, &str)| field == "*" || field == wanted;
        [host, port, database, user].into_iter().zip(wanted).all(is_it).then(|| password.clone())
    })
}

/// Parted by colons; a backslash takes the next character as it is.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (letter, fields.last_mut()) {
            (':', _) => fields.push(String::new()),
            ('\\', Some(field)) => field.extend(letters.next()),
            (letter, Some(field)) => field.push(letter),
            (_, None) => {}
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_fits_has_the_password() {
        let text = "# a comment\nother:5432:clinic:ana:wrong\nhost:*:clinic:ana:a\\:b\\\\c\n*:*:*:*:last\n";
        assert_eq!(found(text, ["host", "5433", "clinic", "ana"]).as_deref(), Some("a:b\\c"));
        assert_eq!(found(text, ["host", "5433", "clinic", "ben"]).as_deref(), Some("last"));
        assert_eq!(found("host:1:clinic:ana", ["host", "1", "clinic", "ana"]), None, "cut off");
        assert_eq!(found("", ["host", "1", "clinic", "ana"]), None);
    }
}
