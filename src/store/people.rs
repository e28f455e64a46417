//! Who may write: a name, a PIN and a role.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::database::Cell;
use super::entry::{Event, Person};
use super::role::{Deed, Role};
use super::seal::random;
use super::{Problem, Store};
use crate::system::pin;

/// The longest wait after wrong PINs.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Letters and more of a name.
pub const LONGEST_NAME: usize = 60;

/// What is sealed of somebody.
#[derive(Clone, Serialize, Deserialize)]
struct Known {
    person: Person,
    /// The hash of the PIN.
    pin: String,
    /// Wrong ones in a row, and when the next may be tried, in milliseconds since 1970.
    wrong: u32,
    until: i64,
}

impl Store {
    /// Signs somebody in, who writes from now on.
    ///
    /// # Errors
    /// When the name or the PIN is wrong, or too many were.
    pub fn sign_in(&mut self, name: &str, pin: &str, at: Timestamp) -> Result<Person, Problem> {
        self.person = None;
        let known = self.known()?.into_iter().find(|(_, known)| is_name(&known.person.name, name));
        let Some((id, mut known)) = known else {
            // Takes as long as with a name that is known.
            pin::is_right("0000", UNKNOWN);
            return Err(Problem::WrongPin);
        };
        let now = at.as_millisecond();
        let left = known.until.saturating_sub(now).min(LONGEST_WAIT.as_millis() as i64);
        if left > 0 {
            return Err(Problem::TooManyPins((left as u64).div_ceil(1000)));
        }
        if !pin::is_right(pin, &known.pin) {
            known.wrong = known.wrong.saturating_add(1);
            // Typing errors cost nothing; whoever tries all of them waits.
            let wait = Duration::from_secs(1 << known.wrong.saturating_sub(3).min(16)).min(LONGEST_WAIT);
            known.until = if known.wrong < 3 { 0 } else { now.saturating_add(wait.as_millis() as i64) };
            self.keep_person(&id, &known)?;
            return Err(Problem::WrongPin);
        }
        if known.wrong > 0 {
            (known.wrong, known.until) = (0, 0);
            self.keep_person(&id, &known)?;
        }
        self.person = Some(known.person.clone());
        Ok(known.person)
    }

    /// Nobody writes from now on.
    pub fn sign_out(&mut self) {
        self.person = None;
    }

    /// Who is signed in.
    pub fn who(&self) -> Option<&Person> {
        self.person.as_ref()
    }

    /// Everybody who may write, in the order of their names.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn people(&mut self) -> Result<Vec<Person>, Problem> {
        let mut people: Vec<Person> = self.known()?.into_iter().map(|(_, known)| known.person).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(people)
    }

    /// Adds somebody, or gives somebody who is known another PIN and role. The first is an administrator; later an
    /// administrator must be signed in.
    ///
    /// # Errors
    /// When the name or the PIN is none, or whoever is signed in may not do it.
    pub fn add_person(&mut self, at: Timestamp, person: Person, pin: &str) -> Result<(), Problem> {
        let known = self.known()?;
        let by = match (&self.person, known.is_empty()) {
            (None, true) if person.role == Role::Administrator => person.clone(),
            (None, true) => {
                return Err(Problem::Place("the first person must be an administrator".to_owned()));
            }
            _ => self.keeper()?,
        };
        if person.name.trim() != person.name
            || person.name.is_empty()
            || person.name.chars().count() > LONGEST_NAME
            || person.name.chars().any(char::is_control)
        {
            return Err(Problem::Place(format!(
                "a name has 1 to {LONGEST_NAME} characters, without spaces around"
            )));
        }
        if !pin::is_one(pin) {
            return Err(Problem::Place("a PIN has 4 to 8 digits".to_owned()));
        }
        let pin = pin::hash(pin).map_err(Problem::NoRandomness)?;
        let id =
            known.into_iter().find(|(_, known)| is_name(&known.person.name, &person.name)).map(|(id, _)| id);
        let id = match id {
            Some(id) => id,
            None => random::<16>()?.to_vec(),
        };
        self.keep_person(&id, &Known { person: person.clone(), pin, wrong: 0, until: 0 })?;
        self.log(at, by, Event::PersonAdded(person)).map(drop)
    }

    /// Takes somebody's right to write. What they have written stays.
    ///
    /// # Errors
    /// When there is nobody of that name, or it is the last administrator.
    pub fn remove_person(&mut self, at: Timestamp, name: &str) -> Result<(), Problem> {
        let by = self.keeper()?;
        let known = self.known()?;
        let Some((id, gone)) = known.iter().find(|(_, known)| is_name(&known.person.name, name)) else {
            return Err(Problem::Place(format!("nobody has the name {name:?}")));
        };
        let is_keeper = |known: &Known| known.person.role == Role::Administrator;
        if is_keeper(gone) && known.iter().filter(|(_, known)| is_keeper(known)).count() == 1 {
            return Err(Problem::Place("this is the last administrator: add another one first".to_owned()));
        }
        self.database.run("delete from person where person = $1", &[Cell::from(id)])?;
        self.log(at, by, Event::PersonRemoved(gone.person.clone())).map(drop)
    }

    /// The administrator who is signed in.
    pub(super) fn keeper(&self) -> Result<Person, Problem> {
        let who = self.person.clone().ok_or(Problem::NobodySignedIn)?;
        if who.role.may(Deed::Keep) { Ok(who) } else { Err(Problem::MayNot(who.role, Deed::Keep)) }
    }

    fn known(&mut self) -> Result<Vec<(Vec<u8>, Known)>, Problem> {
        let rows = self.database.rows("select person, sealed from person order by person", &[])?;
        let known = rows.into_iter().map(|row| {
            let mut row = row.into_iter();
            let id = row.next().and_then(Cell::bytes).unwrap_or_default();
            let sealed = row.next().and_then(Cell::bytes).unwrap_or_default();
            let text = self.log_key.open(&sealed, &self.place_of_person(&id));
            let known = text.and_then(|text| serde_json::from_slice(&text).ok());
            known.map(|known| (id, known)).ok_or_else(|| Problem::Damaged("somebody's PIN".to_owned()))
        });
        known.collect()
    }

    fn keep_person(&mut self, id: &[u8], known: &Known) -> Result<(), Problem> {
        let text = serde_json::to_vec(known).map_err(|error| Problem::Damaged(error.to_string()))?;
        let sealed = self.log_key.seal(&text, &self.place_of_person(id))?;
        let sql = "insert into person (person, sealed) values ($1, $2) \
                   on conflict (person) do update set sealed = excluded.sealed";
        self.database.run(sql, &[Cell::from(id), Cell::Bytes(sealed)])?;
        Ok(())
    }
}

/// The hash of a PIN that nobody has.
const UNKNOWN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn is_name(known: &str, typed: &str) -> bool {
    known.to_lowercase() == typed.trim().to_lowercase()
}
