//! Where this copy of the program runs: the numbers to ring, when they answer, and how its screen looks.

mod board;
mod command;
mod desk;
mod hours;
mod keeping;
pub mod kiosk;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};

pub use board::{Board, Waits};
pub use command::Command;
pub use desk::Desk;
pub use hours::{Answering, Hours};
pub use keeping::Keeping;
pub use kiosk::Kiosk;
pub use schema::schema;

use crate::questionnaire::Questionnaire;
use crate::questionnaire::yaml::{is_language, names, version};

/// The contacts that the site has set, by id; a questionnaire's own words are used for the others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site(BTreeMap<String, Contact>);

/// A name or a number of this place.
#[derive(Debug, Clone, PartialEq)]
struct Contact {
    words: String,
    /// `None`: it answers at any time, as far as is known.
    open: Option<Hours>,
}

impl Site {
    /// The contact that is the name of the place.
    pub const NAME: &str = "clinic";

    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(|contact| contact.words.as_str())
    }

    /// When a contact answers; `None`: at any time, as far as is known.
    pub fn hours(&self, id: &str) -> Option<&Hours> {
        self.0.get(id)?.open.as_ref()
    }

    /// What the place is called: what is set for `clinic`.
    pub fn name(&self) -> Option<&str> {
        self.get(Site::NAME)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Site {
    fn from(contacts: [(&str, &str); N]) -> Site {
        Site(
            contacts
                .map(|(id, words)| (id.to_owned(), Contact { words: words.to_owned(), open: None }))
                .into(),
        )
    }
}

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

    /// As the site file has it.
    pub fn name(self) -> &'static str {
        let at = Look::ALL.iter().position(|look| *look == self).unwrap_or_default();
        THEMES[at]
    }
}

/// All that a site file sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub contacts: Site,
    pub look: Option<Look>,
    /// Few words a line and wide spacing, for people who see badly.
    pub large: Option<bool>,
    /// The tags of the languages that are offered, in this order; none: all that there are.
    pub languages: Vec<String>,
    /// `None`: the file says nothing about one.
    pub kiosk: Option<Kiosk>,
    pub board: Board,
    pub store: Keeping,
    /// Every contact that the file names, set or empty.
    named: Vec<Named>,
}

/// A contact as the site file names it.
#[derive(Debug, Clone, PartialEq)]
struct Named {
    id: String,
    /// Below `contacts:`, where ids of any questionnaire may be; otherwise a key of the file itself.
    is_listed: bool,
    line: Option<usize>,
}

impl Place {
    /// Whether it says anything of contacts.
    pub fn names_contacts(&self) -> bool {
        !self.named.is_empty()
    }

    /// What is in force where another place counts less. Each setting is that of the first of the two that has it; the
    /// contacts are taken whole, so that nobody is given the name of one place and the number of another.
    #[must_use]
    pub fn over(self, other: Place) -> Place {
        let (contacts, named) = match self.names_contacts() {
            true => (self.contacts, self.named),
            false => (other.contacts, other.named),
        };
        Place {
            contacts,
            named,
            look: self.look.or(other.look),
            large: self.large.or(other.large),
            languages: if self.languages.is_empty() { other.languages } else { self.languages },
            kiosk: self.kiosk.or(other.kiosk),
            board: if self.board == Board::default() { other.board } else { self.board },
            store: if self.store == Keeping::default() { other.store } else { self.store },
        }
    }

    /// Compares the contacts of the file with those of a questionnaire. `elsewhere` says which ids other
    /// questionnaires of this place are known to have. Returns a note on each contact that isn't used.
    ///
    /// # Errors
    /// A key that is no setting and no contact, or a contact that is probably a misspelt one: its number would
    /// silently not be shown.
    pub fn check(
        &self,
        questionnaire: &Questionnaire,
        elsewhere: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, String> {
        let ids = || questionnaire.contacts.iter().map(|contact| contact.id.as_str());
        let is_named = |id: &str| self.named.iter().any(|named| named.id == id);
        let mut notes = Vec::new();
        let unknown =
            self.named.iter().filter(|named| !ids().any(|id| id == named.id) && !elsewhere(&named.id));
        for Named { id, is_listed, line } in unknown {
            let line = line.map_or_else(String::new, |line| format!(" at line {line}"));
            let candidates: Vec<&str> = ids().filter(|id| !is_named(id)).collect();
            let (here, near) = match is_listed {
                true => (format!("there is no contact `{id}`"), did_you_mean(id, &candidates)),
                false => {
                    (format!("unknown key `{id}`"), did_you_mean(id, &[&candidates[..], &SETTINGS].concat()))
                }
            };
            if !near.is_empty() || !is_listed {
                return Err(format!("{here}{line}{near}"));
            }
            notes
                .push(format!("`{}` has no contact `{id}`{line}; its texts don't name it", questionnaire.id));
        }
        Ok(notes)
    }
}

/// The keys that are not contacts.
const SETTINGS: [&str; 8] = ["format", "contacts", "theme", "large", "languages", "kiosk", "board", "store"];
const THEMES: [&str; 4] = ["dark", "light", "high-contrast", "mono"];

/// The site file as written. Contacts may also be keys of the file itself.
#[derive(Default)]
struct File {
    listed: Option<Contacts>,
    /// Contacts beside the settings.
    beside: Contacts,
    theme: Option<Look>,
    large: Option<bool>,
    languages: Option<Vec<String>>,
    kiosk: Option<Kiosk>,
    board: Option<Board>,
    store: Option<Keeping>,
}

/// In the order of the file, each id once.
#[derive(Default)]
struct Contacts(Vec<(String, Written)>);

/// A contact as it is written: its words alone, or with its opening hours.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    number: Option<String>,
    open: Option<Hours>,
}

/// The ids of contacts that have keys of their own. A number has to be read as it is written, so this is known before.
struct WithKeys(BTreeSet<String>);

impl WithKeys {
    fn of(yaml: &str) -> WithKeys {
        let file = serde_yaml::from_str::<serde_yaml::Mapping>(yaml).unwrap_or_default();
        let listed = file.get("contacts").and_then(serde_yaml::Value::as_mapping);
        let is_setting = |id: &serde_yaml::Value| id.as_str().is_some_and(|id| SETTINGS.contains(&id));
        let beside = file.iter().filter(|(id, _)| !is_setting(id));
        let contacts = beside.chain(listed.into_iter().flatten());
        let with_keys = contacts.filter(|(_, contact)| contact.is_mapping());
        WithKeys(with_keys.filter_map(|(id, _)| id.as_str().map(str::to_owned)).collect())
    }
}

impl Contacts {
    fn add<'de, A: MapAccess<'de>>(
        &mut self,
        id: String,
        with_keys: &WithKeys,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let contact = match with_keys.0.contains(&id) {
            true => map.next_value()?,
            false => Written { number: map.next_value()?, open: None },
        };
        if self.0.iter().any(|(known, _)| *known == id) {
            return Err(de::Error::custom(format_args!("`{id}` is set twice")));
        }
        self.0.push((id, contact));
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &WithKeys {
    type Value = Option<Contacts>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Contacts>, D::Error> {
        struct Map<'a>(&'a WithKeys);

        impl<'de> Visitor<'de> for Map<'_> {
            type Value = Option<Contacts>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("contacts, such as `clinic: Hill Street Practice`")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Option<Contacts>, E> {
                Ok(None)
            }

            fn visit_none<E: de::Error>(self) -> Result<Option<Contacts>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Contacts>, D::Error> {
                deserializer.deserialize_map(self)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Contacts>, A::Error> {
                let mut contacts = Contacts::default();
                while let Some(id) = map.next_key()? {
                    contacts.add(id, self.0, &mut map)?;
                }
                Ok(Some(contacts))
            }
        }

        deserializer.deserialize_option(Map(self))
    }
}

/// The whole file, whose contacts with keys of their own are known.
struct WholeFile<'a>(&'a WithKeys);

impl<'de> DeserializeSeed<'de> for WholeFile<'_> {
    type Value = File;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<File, D::Error> {
        struct Map<'a>(&'a WithKeys);

        impl<'de> Visitor<'de> for Map<'_> {
            type Value = File;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys with values, such as `clinic: Hill Street Practice`")
            }

            // A file with nothing but comments sets nothing.
            fn visit_unit<E: de::Error>(self) -> Result<File, E> {
                Ok(File::default())
            }

            fn visit_none<E: de::Error>(self) -> Result<File, E> {
                Ok(File::default())
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<File, D::Error> {
                deserializer.deserialize_map(self)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<File, A::Error> {
                let mut file = File::default();
                let mut settings = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    if settings.contains(&key) {
                        return Err(de::Error::custom(format_args!("`{key}` is set twice")));
                    }
                    match key.as_str() {
                        // Looked at before: see `parse`.
                        "format" => drop(map.next_value::<de::IgnoredAny>()?),
                        "contacts" => file.listed = map.next_value_seed(self.0)?,
                        "theme" => file.theme = map.next_value()?,
                        "large" => file.large = map.next_value()?,
                        "languages" => file.languages = map.next_value()?,
                        "kiosk" => file.kiosk = map.next_value()?,
                        "board" => file.board = map.next_value()?,
                        "store" => file.store = map.next_value()?,
                        _ => {
                            file.beside.add(key, self.0, &mut map)?;
                            continue;
                        }
                    }
                    settings.push(key);
                }
                Ok(file)
            }
        }

        deserializer.deserialize_option(Map(self.0))
    }
}

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
    if let Some(refused) = format(yaml).and_then(|words| version::refused(&words)) {
        return Err(format!("{}; {}", refused.message, refused.help));
    }
    let with_keys = WithKeys::of(yaml);
    let file = WholeFile(&with_keys).deserialize(serde_yaml::Deserializer::from_str(yaml));
    let file = file.map_err(|error: serde_yaml::Error| format!("{error}{}", meant(yaml)))?;
    let mut place = Place {
        look: file.theme,
        large: file.large,
        languages: file.languages.unwrap_or_default(),
        kiosk: file.kiosk,
        board: file.board.unwrap_or_default(),
        store: file.store.unwrap_or_default(),
        ..Place::default()
    };
    if let Some(wrong) = place.languages.iter().find(|tag| !is_language(tag)) {
        return Err(format!("languages: `{wrong}` is not a language code; `es` and `pt-BR` are"));
    }
    let listed = file.listed.unwrap_or_default().0.into_iter().map(|contact| (true, contact));
    for (is_listed, (id, Written { number, open })) in
        listed.chain(file.beside.0.into_iter().map(|contact| (false, contact)))
    {
        if place.named.iter().any(|named| named.id == id) {
            return Err(format!("`{id}` is set twice, below `contacts` and beside it"));
        }
        match number.filter(|number| !number.trim().is_empty()) {
            Some(words) => drop(place.contacts.0.insert(id.clone(), Contact { words, open })),
            None if open.is_some() => {
                return Err(format!(
                    "`{id}` has opening hours and no number; add `number: ...` beside `open`"
                ));
            }
            None => {}
        }
        place.named.push(Named { line: line_of(yaml, &id, is_listed), id, is_listed });
    }
    Ok(place)
}

/// The line of a key, counted from 1; `None` if the key is written in an unusual way.
fn line_of(yaml: &str, key: &str, is_indented: bool) -> Option<usize> {
    let is_key = |line: &str| {
        let words = line.trim_start();
        let rest = words.trim_start_matches(['"', '\'']).strip_prefix(key);
        let rest = rest.map(|rest| rest.trim_start_matches(['"', '\'', ' ']));
        (words.len() < line.len()) == is_indented && rest.is_some_and(|rest| rest.starts_with(':'))
    };
    yaml.lines().position(is_key).map(|index| index + 1)
}

/// What the file says of its format, in words.
fn format(yaml: &str) -> Option<String> {
    let map = serde_yaml::from_str::<serde_yaml::Mapping>(yaml).ok()?;
    let words = serde_yaml::to_string(map.get("format")?).ok()?;
    Some(words.trim().to_owned())
}

/// The theme, or the key of a part of the file, that was probably meant by one that there isn't.
fn meant(yaml: &str) -> String {
    let map = serde_yaml::from_str::<serde_yaml::Mapping>(yaml).unwrap_or_default();
    for (part, known) in [("kiosk", &kiosk::KEYS[..]), ("board", &board::KEYS), ("store", &keeping::KEYS)] {
        let keys =
            map.get(part).and_then(serde_yaml::Value::as_mapping).into_iter().flat_map(|part| part.keys());
        let mut names = keys.filter_map(serde_yaml::Value::as_str);
        if let Some(unknown) = names.find(|key| !known.contains(key)) {
            return did_you_mean(unknown, known);
        }
    }
    let theme = map.get("theme").and_then(serde_yaml::Value::as_str);
    theme.filter(|name| !THEMES.contains(name)).map_or_else(String::new, |name| did_you_mean(name, &THEMES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{SiteContact, Text};

    /// A questionnaire with contacts of these ids.
    fn naming(ids: &[&str]) -> Questionnaire {
        let mut questionnaire = crate::answers::small::questionnaire("a, type: yes_no", "now: { a: yes }");
        questionnaire.contacts = ids
            .iter()
            .map(|id| SiteContact { id: (*id).to_owned(), words: Text::both("your own") })
            .collect();
        questionnaire
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for yaml in [
            "emergency_number: 112\nclinic_phone: +4420\nnight_line: 0117",
            "contacts: { emergency_number: 112, clinic_phone: +4420, night_line: 0117 }",
            "emergency_number: 112\ncontacts:\n  clinic_phone: +4420\n  night_line: 0117",
        ] {
            let site = parse(yaml).unwrap().contacts;
            assert_eq!(site.get("emergency_number"), Some("112"));
            assert_eq!(site.get("clinic_phone"), Some("+4420"));
            assert_eq!(site.get("night_line"), Some("0117"));
            assert_eq!(site.get("clinic"), None);
        }
    }

    #[test]
    fn an_empty_file_or_value_sets_nothing() {
        for yaml in
            ["", "# nothing yet\n", "clinic: ' '", "clinic:", "theme:\nlarge:", "languages: []", "contacts:"]
        {
            let place = parse(yaml).unwrap();
            assert_eq!((place.contacts, place.look, place.large), Default::default(), "{yaml:?}");
            assert!(place.languages.is_empty());
        }
    }

    #[test]
    fn an_unknown_key_is_a_mistake() {
        let questionnaire = naming(&["clinic", "emergency_number"]);
        let check = |yaml: &str| parse(yaml).unwrap().check(&questionnaire, |_| false);
        assert_eq!(
            check("clinic: Hill Street\nemergency_nummer: 112").unwrap_err(),
            "unknown key `emergency_nummer` at line 2; did you mean `emergency_number`?"
        );
        assert_eq!(
            check("themes: dark").unwrap_err(),
            "unknown key `themes` at line 1; did you mean `theme`?"
        );
        assert_eq!(check("opening: at nine").unwrap_err(), "unknown key `opening` at line 1");
        // Empty, it would still be left unset by mistake.
        assert!(check("emergency_nummer:").is_err());
        assert!(parse("- a list").is_err());
    }

    #[test]
    fn a_contact_of_another_questionnaire_is_no_mistake_unless_it_looks_misspelt() {
        let questionnaire = naming(&["clinic", "emergency_number"]);
        let check = |yaml: &str| parse(yaml).unwrap().check(&questionnaire, |id| id == "night_line");
        let none = Ok(Vec::new());
        assert_eq!(check("contacts:\n  clinic: Hill Street\n  night_line: 0117"), none);
        assert_eq!(check("night_line: 0117"), none);
        assert_eq!(
            check("contacts:\n  emergency_nummer: 112").unwrap_err(),
            "there is no contact `emergency_nummer` at line 2; did you mean `emergency_number`?"
        );
        assert_eq!(
            check("contacts:\n  dentist: 0117").unwrap(),
            ["`small` has no contact `dentist` at line 2; its texts don't name it"]
        );
    }

    #[test]
    fn a_contact_is_set_once() {
        for yaml in [
            "clinic: a\nclinic: b",
            "contacts: { clinic: a, clinic: b }",
            "clinic: a\ncontacts: { clinic: b }",
            "theme: dark\ntheme: dark",
        ] {
            let error = parse(yaml).unwrap_err();
            assert!(error.contains("is set twice"), "{error}");
        }
    }

    #[test]
    fn a_place_sets_how_its_screen_looks() {
        for (look, name) in Look::ALL.into_iter().zip(THEMES) {
            let place = parse(&format!("theme: {name}\nlarge: true")).unwrap();
            assert_eq!((place.look, place.large), (Some(look), Some(true)));
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

    #[test]
    fn a_setting_of_one_file_stays_where_another_says_nothing_of_it() {
        let below =
            parse("clinic: Hill Street\nemergency_number: 112\ntheme: dark\nlanguages: [es, en]").unwrap();
        let above = parse("theme: mono\nlarge: false").unwrap();
        let place = above.over(below.clone());
        assert_eq!((place.look, place.large), (Some(Look::Mono), Some(false)));
        assert_eq!((place.contacts.name(), place.languages.len()), (Some("Hill Street"), 2));
    }

    /// The name of one place with the number of another would send people to the wrong door.
    #[test]
    fn contacts_of_two_files_are_never_mixed() {
        let below = parse("clinic: Hill Street\nclinic_phone: 555 0123\nemergency_number: 112").unwrap();
        for above in
            ["clinic: Mill Lane", "contacts: { clinic: Mill Lane }", "clinic: Mill Lane\nclinic_phone:"]
        {
            let place = parse(above).unwrap().over(below.clone());
            assert_eq!(place.contacts.name(), Some("Mill Lane"));
            assert_eq!(place.contacts.get("clinic_phone"), None);
            assert_eq!(place.contacts.get("emergency_number"), None);
        }
    }

    #[test]
    fn a_language_is_written_as_in_the_names_of_translations() {
        assert_eq!(parse("languages: [en, pt-BR]").unwrap().languages, ["en", "pt-BR"]);
        assert!(parse("languages: [spanish!]").unwrap_err().contains("`spanish!`"));
        assert!(parse("languages: es").is_err());
    }
}
