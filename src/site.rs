//! Where this copy of the program stands: the numbers to ring, and how its screen looks.

use serde::Deserialize;

use crate::questionnaire::Contacts;
use crate::questionnaire::yaml::names;

/// The contacts that the site has set; a questionnaire's own words stand in for the others.
pub type Site = Contacts<Option<String>>;

/// Which colours the full screen has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    Dark,
    Light,
    HighContrast,
    /// No colour at all: the terminal's own, bold and reverse.
    Mono,
}

impl Look {
    pub const ALL: [Look; 4] = [Look::Dark, Look::Light, Look::HighContrast, Look::Mono];
}

/// All that a site file sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub contacts: Site,
    pub look: Option<Look>,
    /// Few words a line and wide spacing, for people who see badly.
    pub large: bool,
}

/// The site file. A key it does not know is a mistake: a misspelt number would silently not be shown.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    clinic: Option<String>,
    clinic_phone: Option<String>,
    emergency_number: Option<String>,
    nurse_line: Option<String>,
    cancer_line: Option<String>,
    theme: Option<Look>,
    large: Option<bool>,
}

const KEYS: [&str; 7] =
    ["clinic", "clinic_phone", "emergency_number", "nurse_line", "cancer_line", "theme", "large"];
const THEMES: [&str; 4] = ["dark", "light", "high-contrast", "mono"];

/// `; did you mean ...?`, or nothing.
fn did_you_mean(word: &str, known: &[&str]) -> String {
    let near = names::nearest(word, known.iter().copied());
    near.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// Reads a site file.
///
/// # Errors
/// The first mistake: the key and the line, and what was probably meant.
pub fn parse(yaml: &str) -> Result<Place, String> {
    // A file with nothing but comments sets nothing.
    let file = serde_yaml::from_str::<Option<File>>(yaml);
    let file = file.map_err(|error| format!("{error}{}", meant(yaml)))?.unwrap_or_default();
    let set = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    let contacts = Site {
        clinic: set(file.clinic),
        clinic_phone: set(file.clinic_phone),
        emergency_number: set(file.emergency_number),
        nurse_line: set(file.nurse_line),
        cancer_line: set(file.cancer_line),
    };
    Ok(Place { contacts, look: file.theme, large: file.large.unwrap_or_default() })
}

/// What the first name that isn't known, of a key or of a theme, was probably meant to be.
fn meant(yaml: &str) -> String {
    let map = serde_yaml::from_str::<serde_yaml::Mapping>(yaml).unwrap_or_default();
    for (key, value) in map.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
        let theme = value.as_str().filter(|name| key == "theme" && !THEMES.contains(name));
        match theme {
            Some(name) => return did_you_mean(name, &THEMES),
            None if KEYS.contains(&key) => {}
            None => return did_you_mean(key, &KEYS),
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let site =
            parse("emergency_number: 112\nclinic_phone: +4420\nnurse_line: 0800 111\ncancer_line: 0117")
                .unwrap()
                .contacts;
        assert_eq!(site.emergency_number.as_deref(), Some("112"));
        assert_eq!(site.clinic_phone.as_deref(), Some("+4420"));
        assert_eq!(site.nurse_line.as_deref(), Some("0800 111"));
        assert_eq!(site.cancer_line.as_deref(), Some("0117"));
        assert_eq!(site.clinic, None);
    }

    #[test]
    fn an_empty_file_or_value_sets_nothing() {
        for yaml in ["", "# nothing yet\n", "clinic: ' '", "clinic:", "theme:\nlarge:", "large: false"] {
            assert_eq!(parse(yaml).unwrap(), Place::default(), "{yaml:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_a_mistake() {
        let error = parse("clinic: Hill Street\nemergency_nummer: 112").unwrap_err();
        assert!(error.contains("unknown field `emergency_nummer`") && error.contains("line 2"), "{error}");
        assert!(error.ends_with("; did you mean `emergency_number`?"), "{error}");
        assert!(parse("- a list").is_err());
    }

    #[test]
    fn a_place_sets_how_its_screen_looks() {
        for (look, name) in Look::ALL.into_iter().zip(THEMES) {
            let place = parse(&format!("theme: {name}\nlarge: true")).unwrap();
            assert_eq!((place.look, place.large), (Some(look), true));
        }
    }

    #[test]
    fn a_theme_that_is_not_there_is_a_mistake_with_a_way_out() {
        assert_eq!(
            parse("clinic: Hill Street\ntheme: hi-contrast").unwrap_err(),
            "theme: unknown variant `hi-contrast`, expected one of `dark`, `light`, `high-contrast`, `mono` at line \
             2 column 8; did you mean `high-contrast`?"
        );
        let error = parse("large: sometimes").unwrap_err();
        assert!(error.contains("large") && error.contains("expected a boolean"), "{error}");
    }
}
