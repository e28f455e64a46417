//! The loop: what the server lacks, one after the other, again and again.

use std::collections::{HashMap, VecDeque};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::outbox::{Due, Standing, standing};
use super::pace::{LONGEST, Pace};
use super::parcel::Parcels;
use super::pieces::pieces;
use super::reply::Reply;
use super::server::{Server, Token};
use crate::store::{Appended, Cursor, EncounterId, Event, Listed, Problem, Record, Revision, Store, Trouble};

/// How often the store is asked whether there is something new.
const LOOK: Duration = Duration::from_secs(1);

/// The longest until something that a person has to look at is tried once more.
const LONGEST_ASIDE: Duration = Duration::from_secs(6 * 3600);

/// How often a note is tried whose fate the store doesn't know.
const TRIES: usize = 4;

/// Which checks, and for how long.
pub struct Course<'a> {
    /// Whether a check is one of those to be sent.
    pub is_meant: &'a dyn Fn(&Listed) -> bool,
    /// Ends when nothing is left that can be sent now, or after so many failures in a row; `None`: goes on for ever.
    pub once: Option<u32>,
    /// Parts in one transaction; `None`: as many as a check has.
    pub most: Option<usize>,
    /// Read before each check, since tokens are renewed.
    pub token: &'a dyn Fn() -> Result<Option<Token>, String>,
}

/// What there is to be told.
#[derive(Debug)]
pub enum News<'a> {
    /// The server has taken it.
    Sent { id: EncounterId, identifier: &'a str, is_first: bool },
    /// The server hasn't taken it, or nobody knows, and when the next one is tried; `None`: not any more.
    Later { id: EncounterId, why: &'a str, wait: Option<Duration> },
    /// A person has to do something about this check.
    Waits { id: EncounterId, why: &'a str },
    /// The server doesn't take this check.
    Refused { id: EncounterId, why: &'a str },
    /// A person has to do something about the server, or the way there.
    Closed { why: &'a str, wait: Option<Duration> },
    /// The store doesn't answer.
    Store { why: &'a str, wait: Option<Duration> },
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ended {
    pub sent: u64,
    /// Were to be sent and are not.
    pub left: u64,
    /// Are neither finished nor stopped.
    pub not_finished: u64,
}

/// One store and one server.
pub struct Rounds<'a> {
    store: Store,
    server: &'a Server,
    parcels: Parcels<'a>,
    course: Course<'a>,
    tell: &'a mut dyn FnMut(News),
    /// The revisions that came of our own notes, which are no news.
    own: HashMap<EncounterId, Revision>,
}

/// A check that a person has to look at, and when it is tried once more.
struct Aside {
    why: String,
    is_news: bool,
    since: Instant,
    wait: Duration,
}

impl Aside {
    /// Each time later, so that a thousand of them are no burden to a server.
    fn after(before: Option<Aside>, why: &str) -> Aside {
        let before = before.filter(|before| before.why == why);
        let wait = before.as_ref().map_or(LONGEST, |before| (before.wait * 2).min(LONGEST_ASIDE));
        Aside { why: why.to_owned(), is_news: before.is_none(), since: Instant::now(), wait }
    }

    fn is_due(&self) -> bool {
        self.since.elapsed() >= self.wait
    }
}

/// What came of one check.
enum Outcome {
    Sent,
    /// There is nothing to do.
    Nothing,
    NotFinished,
    Later(String, Option<Duration>),
    Waits(String),
    Refused(String),
    Closed(String),
}

impl<'a> Rounds<'a> {
    pub fn new(
        store: Store,
        server: &'a Server,
        parcels: Parcels<'a>,
        course: Course<'a>,
        tell: &'a mut dyn FnMut(News),
    ) -> Rounds<'a> {
        Rounds { store, server, parcels, course, tell, own: HashMap::new() }
    }

    /// Sends until nothing is left, or for ever.
    ///
    /// # Errors
    /// When the store can't be worked with any more. What was sent is noted, or will be found out the next time.
    pub fn run(&mut self) -> Result<Ended, Problem> {
        let (mut cursor, mut pace, mut ended) = (Cursor::default(), Pace::default(), Ended::default());
        let mut queue: VecDeque<EncounterId> = VecDeque::new();
        let mut aside: HashMap<EncounterId, Aside> = HashMap::new();
        loop {
            match self.news(&mut cursor) {
                Ok(changed) => {
                    let new: Vec<EncounterId> =
                        changed.into_iter().filter(|id| !queue.contains(id)).collect();
                    queue.extend(new);
                }
                Err(problem) => self.store_trouble(problem, &mut pace)?,
            }
            // A person may have done what was to be done at the server, or in a file of this place.
            if self.course.once.is_none() {
                let again = aside.iter().filter(|(id, aside)| aside.is_due() && !queue.contains(id));
                let again: Vec<EncounterId> = again.map(|(id, _)| *id).collect();
                queue.extend(again);
            }
            let Some(id) = queue.pop_front() else {
                if self.course.once.is_some() {
                    ended.left = aside.len() as u64;
                    return Ok(ended);
                }
                thread::sleep(LOOK);
                continue;
            };
            let outcome = match self.one(id) {
                Ok(outcome) => outcome,
                Err(problem) => {
                    queue.push_back(id);
                    self.store_trouble(problem, &mut pace)?;
                    continue;
                }
            };
            let before = aside.remove(&id);
            match outcome {
                Outcome::Nothing => {}
                Outcome::NotFinished => ended.not_finished += 1,
                Outcome::Sent => {
                    ended.sent += 1;
                    pace.is_well();
                }
                Outcome::Waits(why) => {
                    let again = Aside::after(before, &why);
                    if again.is_news {
                        (self.tell)(News::Waits { id, why: &why });
                    }
                    aside.insert(id, again);
                }
                Outcome::Refused(why) => {
                    let again = Aside::after(before, &why);
                    if again.is_news {
                        (self.tell)(News::Refused { id, why: &why });
                    }
                    aside.insert(id, again);
                    // It has answered; nothing is wrong with the way there.
                    pace.is_well();
                }
                Outcome::Later(why, asked) => {
                    // The others get their turn: perhaps it is only this one.
                    queue.push_back(id);
                    let wait = self.wait(&mut pace, asked);
                    (self.tell)(News::Later { id, why: &why, wait });
                    let Some(wait) = wait else {
                        ended.left = (queue.len() + aside.len()) as u64;
                        return Ok(ended);
                    };
                    thread::sleep(wait);
                }
                Outcome::Closed(why) => {
                    queue.push_front(id);
                    let wait = self.wait(&mut pace, None).filter(|_| self.course.once.is_none());
                    (self.tell)(News::Closed { why: &why, wait });
                    let Some(wait) = wait else {
                        ended.left = (queue.len() + aside.len()) as u64;
                        return Ok(ended);
                    };
                    thread::sleep(wait);
                }
            }
        }
    }

    /// What is to be sent of each check, without sending it or writing anything down.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn look(&mut self, mut tell: impl FnMut(&Record, Standing)) -> Result<(), Problem> {
        for id in self.news(&mut Cursor::default())? {
            let record = self.store.encounter(id)?;
            let standing =
                standing(&mut self.store, &mut self.parcels, &record, self.server.address().as_str());
            tell(&record, standing);
        }
        Ok(())
    }

    /// Checks that something has happened to and that are meant, in the order in which they were opened.
    fn news(&mut self, cursor: &mut Cursor) -> Result<Vec<EncounterId>, Problem> {
        let mut next = cursor.clone();
        let mut listed = Vec::new();
        for id in self.store.changed_since(&mut next)? {
            let found = self.store.listed_one(id)?;
            let is_news = |found: &Listed| self.own.get(&id) != Some(&found.revision);
            listed.extend(found.filter(|found| is_news(found) && (self.course.is_meant)(found)));
        }
        // Only now: what could not be listed is asked for again.
        *cursor = next;
        listed.sort_by_key(|listed| (listed.summary.opened.at, listed.id));
        Ok(listed.into_iter().map(|listed| listed.id).collect())
    }

    /// How long to wait after a failure; `None`: no more.
    fn wait(&self, pace: &mut Pace, asked: Option<Duration>) -> Option<Duration> {
        let wait = pace.failed(asked);
        match self.course.once {
            Some(tries) if pace.failures() >= tries || wait > LONGEST => None,
            _ => Some(wait),
        }
    }

    /// # Errors
    /// When waiting doesn't help, or no more.
    fn store_trouble(&mut self, problem: Problem, pace: &mut Pace) -> Result<(), Problem> {
        let may_pass = match &problem {
            Problem::Unknown(_) => true,
            Problem::Fault(fault) => {
                matches!(fault.trouble, Trouble::Busy | Trouble::Full | Trouble::Disk | Trouble::Lost)
            }
            _ => false,
        };
        let wait = self.wait(pace, None).filter(|_| may_pass);
        let Some(wait) = wait else { return Err(problem) };
        (self.tell)(News::Store { why: &problem.to_string(), wait: Some(wait) });
        thread::sleep(wait);
        Ok(())
    }

    /// Sends one check, if the server lacks it.
    fn one(&mut self, id: EncounterId) -> Result<Outcome, Problem> {
        let to = self.server.address().to_string();
        if !self.store.alone(&to)? {
            return Ok(Outcome::Later(
                "another program is sending from this store to this server".to_owned(),
                None,
            ));
        }
        let record = match self.store.encounter(id) {
            Ok(record) => record,
            // It was erased, which nobody can change any more.
            Err(Problem::Erased | Problem::NoEncounter) => return Ok(Outcome::Nothing),
            Err(problem @ Problem::Damaged(_)) => return Ok(Outcome::Waits(problem.to_string())),
            Err(problem) => return Err(problem),
        };
        let Due { transaction, identifier, is_first, is_noted, content } =
            match standing(&mut self.store, &mut self.parcels, &record, &to) {
                Standing::Sent => return Ok(Outcome::Nothing),
                Standing::NotFinished => return Ok(Outcome::NotFinished),
                Standing::Waits(why) => return Ok(Outcome::Waits(why)),
                Standing::Due(due) => *due,
            };
        let token = match (self.course.token)() {
            Ok(token) => token,
            Err(why) => return Ok(Outcome::Closed(why)),
        };
        let pieces = match self.course.most {
            Some(most) => pieces(transaction, most),
            None => vec![transaction],
        };
        let texts: Result<Vec<(String, usize)>, _> = pieces
            .iter()
            .map(|piece| serde_json::to_string(piece).map(|text| (text, piece.entry.len())))
            .collect();
        let Ok(texts) = texts else {
            return Ok(Outcome::Waits("it can't be written as JSON".to_owned()));
        };
        if !is_noted {
            let event = Event::Sending { to: to.clone(), identifier: identifier.clone(), content };
            if !self.note(id, record.revision, &event)? {
                // Somebody has gone on with it at this moment.
                return Ok(Outcome::Later("somebody has just changed it".to_owned(), None));
            }
        }
        for (text, parts) in &texts {
            match self.server.send(text, *parts, token.as_ref()) {
                Reply::Yes => {}
                Reply::Later { why, after } => return Ok(Outcome::Later(why, after)),
                Reply::Refused(why) => return Ok(Outcome::Refused(why)),
                Reply::Closed(why) => return Ok(Outcome::Closed(why)),
            }
        }
        let event = Event::Sent { to, identifier: Some(identifier.clone()), content: Some(content) };
        // Whatever others have written meanwhile: this is what the server has.
        loop {
            match self.store.listed_one(id)? {
                Some(listed) if !self.note(id, listed.revision, &event)? => {}
                _ => break,
            }
        }
        (self.tell)(News::Sent { id, identifier: &identifier, is_first });
        Ok(Outcome::Sent)
    }

    /// Writes into a check. `false`: others were quicker.
    fn note(&mut self, id: EncounterId, after: Revision, event: &Event) -> Result<bool, Problem> {
        let at = Timestamp::now();
        let mut last = None;
        for _ in 0..TRIES {
            match self.store.append(id, after, at, std::slice::from_ref(event)) {
                Ok(Appended::Kept { revision, .. }) => {
                    self.own.insert(id, revision);
                    return Ok(true);
                }
                Ok(Appended::Clash { .. }) => return Ok(false),
                // The same again finds out whether it was written.
                Err(problem @ Problem::Unknown(_)) => last = Some(problem),
                Err(problem) => return Err(problem),
            }
        }
        last.map_or(Ok(true), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_again_and_again_is_tried_ever_more_rarely_and_told_once() {
        let mut aside = Aside::after(None, "no such patient");
        let mut waits = vec![aside.wait.as_secs()];
        assert!(aside.is_news);
        for _ in 0..8 {
            aside = Aside::after(Some(aside), "no such patient");
            assert!(!aside.is_news);
            waits.push(aside.wait.as_secs());
        }
        assert_eq!(waits, [300, 600, 1200, 2400, 4800, 9600, 19200, 21600, 21600]);
        let other = Aside::after(Some(aside), "too long");
        assert!(other.is_news && other.wait == LONGEST);
    }
}
