//! Whom to call: the numbers that the level names and that this place has set, and which of them answers.

use jiff::civil::DateTime;

use super::texts::Texts;
use crate::questionnaire::{Audience, Questionnaire, SiteContact, Text};
use crate::site::{Answering, Hours, Site};
use crate::text::clean_line;
use crate::words::{self, Opening, capitalised};

/// A number that a person may be told to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Whose it is.
    pub name: String,
    pub number: String,
    /// `None`: it answers at any time, as far as is known.
    pub open: Option<Hours>,
}

/// The numbers of one level, in the order in which they are to be tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    pub known: Vec<Number>,
    /// The first one that is named is among them.
    pub first_is_known: bool,
}

/// What to call now, in words, and the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub words: String,
    pub number: String,
    /// Nothing else has to be said about whom to call: the number that is named first is known, and somebody answers
    /// this one, or there is time until somebody does.
    pub says_all: bool,
    /// What to do, where another number answers now than the one that is named first.
    pub instead: Option<String>,
}

impl Call {
    /// On one line, with the number at its end.
    pub fn line(&self) -> String {
        format!("{}: {}", self.words, self.number)
    }
}

impl Numbers {
    /// The numbers that a text names.
    pub fn of(text: &Text, questionnaire: &Questionnaire, texts: Texts) -> Numbers {
        let named = named(text, texts.reader(), questionnaire);
        let named = named.into_iter().filter(|contact| !is_name(contact, questionnaire));
        let numbers = named.map(|contact| {
            let owner = questionnaire.contacts.iter().find(|owner| is_number_of(contact, owner));
            let name = owner.and_then(|owner| texts.at_site(owner));
            let name = name.unwrap_or_else(|| clean_line(owner.unwrap_or(contact).words.to(texts.reader())));
            Some(Number { name, number: texts.at_site(contact)?, open: texts.hours(contact).cloned() })
        });
        let numbers: Vec<Option<Number>> = numbers.collect();
        Numbers {
            first_is_known: numbers.first().is_some_and(Option::is_some),
            known: numbers.into_iter().flatten().collect(),
        }
    }

    /// What to call at this moment; without one, the first number. `is_pressing`: it is a matter of today. `None`: no
    /// number is known, or none answers in time.
    pub fn call(&self, now: Option<DateTime>, is_pressing: bool, say: &words::Words) -> Option<Call> {
        let answering = |number: &Number| match (&number.open, now) {
            (Some(hours), Some(now)) => hours.at(now),
            _ => Answering::Always,
        };
        let report = &say.report;
        let first = self.known.first()?;
        let answers = self.known.iter().find(|number| !matches!(answering(number), Answering::From(_)));
        let mut instead = None;
        let (words, number) = match (answering(first), answers, now) {
            (Answering::From(begin), Some(other), Some(now)) => {
                let opens = opens(&first.name, begin, now, say);
                let call = report.call(&other.name, is_pressing, None);
                instead = Some(format!("{call}: {}. {opens}", other.number));
                (format!("{opens} {}", report.now_call(&other.name)), other)
            }
            (Answering::From(_), None, Some(now)) => {
                // All are closed: the one that opens first.
                let begins = |number: &&Number| match answering(number) {
                    Answering::From(begin) => Some(begin),
                    _ => None,
                };
                let soonest = self.known.iter().min_by_key(begins).unwrap_or(first);
                let begin = begins(&soonest).unwrap_or(now);
                // A number that answers only when it is too late must not be what is seen first: the sentence about
                // whom to call says what to do if nobody answers.
                if is_pressing && now.duration_until(begin).as_hours() >= 24 {
                    return None;
                }
                (format!("{} {}", opens(&soonest.name, begin, now, say), report.call_then), soonest)
            }
            (Answering::Until(end), ..) => {
                let soon = now.is_none_or(|now| now.duration_until(end).as_hours() < 24);
                let until = soon.then(|| report.open_until(&clock(end, true)));
                (report.call(&first.name, is_pressing, until.as_deref()), first)
            }
            _ => (report.call(&first.name, is_pressing, None), first),
        };
        let says_all = self.first_is_known && (answers.is_some() || !is_pressing);
        Some(Call { words, number: number.number.clone(), says_all, instead })
    }
}

/// `Hill Street opens at 8:00.`
fn opens(name: &str, begin: DateTime, now: DateTime, words: &words::Words) -> String {
    let days = now.date().until(begin.date()).map_or(0, |span| span.get_days());
    let day = words.weekday(begin.date());
    let opening = match days {
        0 => Opening::Today,
        1 => Opening::Tomorrow,
        _ => Opening::On(day),
    };
    words.report.opens(&capitalised(name), opening, &clock(begin, false))
}

/// `8:00`; midnight as an end is `24:00`.
pub fn clock(at: DateTime, is_end: bool) -> String {
    let hour = if is_end && (at.hour(), at.minute()) == (0, 0) { 24 } else { at.hour() };
    format!("{hour}:{:02}", at.minute())
}

/// The contacts that a text names, each once, in its order.
pub fn named<'q>(text: &Text, audience: Audience, questionnaire: &'q Questionnaire) -> Vec<&'q SiteContact> {
    let mut found: Vec<&SiteContact> = Vec::new();
    for part in text.to(audience).split('{').skip(1) {
        let Some((id, _)) = part.split_once('}') else { continue };
        let contact = questionnaire.contacts.iter().find(|contact| contact.id == id);
        found.extend(contact.filter(|contact| found.iter().all(|other| other.id != contact.id)));
    }
    found
}

/// `clinic` is what `clinic_phone` is the number of: a name, and nothing to dial.
pub fn is_name(contact: &SiteContact, questionnaire: &Questionnaire) -> bool {
    questionnaire.contacts.iter().any(|other| is_number_of(other, contact))
}

/// The number of the place itself, where it is set.
pub fn of_place(questionnaire: &Questionnaire, texts: Texts) -> Option<String> {
    let contacts = || questionnaire.contacts.iter();
    let place = contacts().find(|contact| contact.id == Site::NAME)?;
    contacts().filter(|contact| is_number_of(contact, place)).find_map(|contact| texts.at_site(contact))
}

fn is_number_of(number: &SiteContact, owner: &SiteContact) -> bool {
    number.id.strip_prefix(&owner.id).is_some_and(|rest| rest.starts_with('_'))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::words::Language;

    fn call(numbers: &Numbers, now: Option<DateTime>, is_pressing: bool) -> Call {
        numbers.call(now, is_pressing, Language::English.words()).expect("a call")
    }

    fn number(name: &str, open: Option<&str>) -> Number {
        let open = open.map(|hours| serde_yaml::from_str(hours).expect("hours"));
        Number { name: name.to_owned(), number: "1".to_owned(), open }
    }

    #[test]
    fn a_call_says_all_only_where_the_first_number_that_is_named_is_known() {
        let says_all = |first_is_known: bool, is_pressing: bool| {
            let numbers = Numbers { known: vec![number("the clinic", None)], first_is_known };
            call(&numbers, None, is_pressing).says_all
        };
        assert!(says_all(true, true) && says_all(true, false));
        assert!(!says_all(false, true) && !says_all(false, false));
    }

    #[test]
    fn until_when_somebody_answers_is_said_where_that_is_less_than_a_day() {
        // From Monday at 0:00 to Tuesday at 8:00.
        let hours = "{ mon: '0:00-24:00', tue: '0:00-8:00' }";
        let words = |minute: i8| {
            let numbers = Numbers { known: vec![number("the clinic", Some(hours))], first_is_known: true };
            let now = date(2026, 11, 23).at(8, minute, 0, 0);
            call(&numbers, Some(now), true).words
        };
        assert!(!words(0).contains("8:00"), "{}", words(0));
        assert!(words(1).contains("8:00"), "{}", words(1));
    }
}
