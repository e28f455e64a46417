//! What is said of a place: its site files and its kiosk.

/// `redflag site`
pub const SITE_FILES: &str = "Site files; if several set the same thing, the last one counts:\n";

pub fn site_file(path: &str, is_there: bool) -> String {
    format!("  {path}{}\n", if is_there { "" } else { " (does not exist)" })
}

pub const UNSET_THEME: &str = "taken from NO_COLOR and COLORFGBG";
pub const KIOSK_SET: &str = "set";
pub const UNSET_KIOSK: &str = "the default times, and no PIN";
pub const UNSET_STORE: &str = "a file in the user's data folder, if it exists";

pub fn all_languages(tags: &[&str]) -> String {
    format!("all: {}", tags.join(", "))
}

/// One setting; `from` is the file that it is in.
pub fn site_setting(key: &str, value: Option<&str>, unset: &str, from: Option<&str>) -> String {
    match (value, from) {
        (Some(value), Some(from)) => format!("{key}: {value}   ({from})\n"),
        (Some(value), None) => format!("{key}: {value}\n"),
        (None, _) => format!("{key}: not set ({unset})\n"),
    }
}

pub fn contacts_of(questionnaire: &str, from: Option<&str>) -> String {
    match from {
        Some(from) => format!("\nContacts of {questionnaire} ({from}):\n"),
        None => format!("\nContacts of {questionnaire}, none of them set:\n"),
    }
}

pub fn contact_set(id: &str, wide: usize, words: &str, has_hours: bool) -> String {
    let hours = if has_hours { ", with opening hours" } else { "" };
    format!("  {id:<wide$}  {words}{hours}\n")
}

pub fn contact_unset(id: &str, wide: usize, own: &str) -> String {
    format!("  {id:<wide$}  not set; people read \"{own}\"\n")
}

/// `redflag kiosk person` by hand.
pub const STARTED_BY_KIOSK: &str = "`redflag kiosk` starts this for each person; run that instead";

pub fn no_such_kiosk_language(wanted: &str, known: &[&str]) -> String {
    format!(
        "the site file offers the language `{wanted}` at the kiosk, but the languages are {}",
        known.join(", ")
    )
}

/// `redflag kiosk pin`
pub const NEW_PIN: &str = "New PIN, 4 to 8 digits: ";
pub const PIN_AGAIN: &str = "The same PIN again: ";
pub const NOT_A_PIN: &str =
    "a PIN has 4 to 8 digits and nothing else, because people type it on a number pad";
pub const PINS_DIFFER: &str = "the two PINs differ; nothing was made";
pub const WHERE_PIN_GOES: &str = "Put this line below `kiosk:` in the site file.";

/// `redflag kiosk --check`
pub fn kiosk_checked(missing: usize) -> String {
    match missing {
        0 => "nothing is missing".to_owned(),
        1 => "1 thing is missing".to_owned(),
        _ => format!("{missing} things are missing"),
    }
}
