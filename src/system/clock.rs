//! The clock, in the time zone of this place.
//!
//! What `TZ` says is not read by the library for dates: that would take any file for a time zone and read it to its
//! end, which `/dev/zero` has not, and it knows no names such as `Europe/Madrid` without time zone data of its own.

use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::files;

/// The time zone of the system.
const HERE: &str = "/etc/localtime";
/// Where systems keep their time zones.
const ZONES: [&str; 4] =
    ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];
/// Many times as long as any of them.
const LONGEST: usize = 256 << 10;

/// The time now.
pub fn now() -> Zoned {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    let zone =
        ZONE.get_or_init(|| zone(env::var("TZ").ok().as_deref(), env::var_os("TZDIR").map(Into::into)));
    Timestamp::now().to_zoned(zone.clone())
}

/// What `TZ` and `TZDIR` mean; what they don't mean is UTC, as in other programs.
fn zone(tz: Option<&str>, folder: Option<PathBuf>) -> TimeZone {
    let Some(tz) = tz else { return read(Path::new(HERE)).unwrap_or(TimeZone::UTC) };
    let name = tz.strip_prefix(':').unwrap_or(tz);
    if name.is_empty() {
        return TimeZone::UTC;
    }
    let named = || {
        let path = Path::new(name);
        if path.is_absolute() {
            return read(path);
        }
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let folders = folder.into_iter().chain(ZONES.map(PathBuf::from));
        folders.into_iter().find_map(|folder| read(&folder.join(path)))
    };
    // A rule such as `CET-1CEST,M3.5.0,M10.5.0/3` first, as in POSIX.
    TimeZone::posix(name).ok().or_else(named).unwrap_or(TimeZone::UTC)
}

fn read(path: &Path) -> Option<TimeZone> {
    let bytes = files::read(path, LONGEST).ok().filter(|bytes| bytes.len() <= LONGEST)?;
    TimeZone::tzif(&path.to_string_lossy(), &bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A time zone file of version 1 with one offset and no changes.
    fn file(offset: i32) -> Vec<u8> {
        let mut bytes = b"TZif\0".to_vec();
        bytes.extend([0; 15]);
        // Counts: UT and standard indicators, leap seconds, changes, types, letters of names.
        for count in [0u32, 0, 0, 0, 1, 4] {
            bytes.extend(count.to_be_bytes());
        }
        bytes.extend(offset.to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(b"XYZ\0");
        bytes
    }

    fn hours(tz: &str, folder: Option<&Path>) -> i32 {
        let zone = zone(Some(tz), folder.map(Path::to_owned));
        zone.to_offset(Timestamp::UNIX_EPOCH).seconds() / 3600
    }

    #[test]
    fn a_zone_is_a_rule_a_name_or_a_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("Some")).unwrap();
        std::fs::write(folder.path().join("Some/Place"), file(5 * 3600)).unwrap();
        let path = folder.path().join("Some/Place").to_str().unwrap().to_owned();
        assert_eq!(hours("XYZ-3", None), 3);
        assert_eq!(hours(":XYZ-3", None), 3);
        for tz in [path.as_str(), &format!(":{path}"), "Some/Place", ":Some/Place"] {
            assert_eq!(hours(tz, Some(folder.path())), 5, "{tz}");
        }
    }

    #[test]
    fn what_is_no_zone_is_utc_and_is_not_read_without_an_end() {
        for tz in
            ["", ":", "/dev/zero", ":/dev/zero", "../../../dev/zero", "zero", "Nowhere/At_All", "\u{202e}"]
        {
            assert_eq!(hours(tz, Some(Path::new("/dev"))), 0, "{tz}");
        }
    }
}
