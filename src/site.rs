//! Where this copy of the program stands: the numbers to ring.

use serde::Deserialize;

use crate::questionnaire::Contacts;

/// The contacts that the site has set; a questionnaire's own words stand in for the others.
pub type Site = Contacts<Option<String>>;

/// The site file. A key it does not know is a mistake: a misspelt number would silently not be shown.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    clinic: Option<String>,
    clinic_phone: Option<String>,
    emergency_number: Option<String>,
    nurse_line: Option<String>,
    cancer_line: Option<String>,
}

/// Reads a site file. The error names the key and the line.
pub fn parse(yaml: &str) -> Result<Site, serde_yaml::Error> {
    // A file with nothing but comments sets nothing.
    let file = serde_yaml::from_str::<Option<File>>(yaml)?.unwrap_or_default();
    let set = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    Ok(Site {
        clinic: set(file.clinic),
        clinic_phone: set(file.clinic_phone),
        emergency_number: set(file.emergency_number),
        nurse_line: set(file.nurse_line),
        cancer_line: set(file.cancer_line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let site =
            parse("emergency_number: 112\nclinic_phone: +4420\nnurse_line: 0800 111\ncancer_line: 0117")
                .unwrap();
        assert_eq!(site.emergency_number.as_deref(), Some("112"));
        assert_eq!(site.clinic_phone.as_deref(), Some("+4420"));
        assert_eq!(site.nurse_line.as_deref(), Some("0800 111"));
        assert_eq!(site.cancer_line.as_deref(), Some("0117"));
        assert_eq!(site.clinic, None);
    }

    #[test]
    fn an_empty_file_or_value_sets_nothing() {
        for yaml in ["", "# nothing yet\n", "clinic: ' '", "clinic:"] {
            assert_eq!(parse(yaml).unwrap(), Site::default(), "{yaml:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_a_mistake() {
        let error = parse("clinic: Hill Street\nemergency_nummer: 112").unwrap_err().to_string();
        assert!(error.contains("unknown field `emergency_nummer`") && error.contains("line 2"), "{error}");
        assert!(parse("- a list").is_err());
    }
}
