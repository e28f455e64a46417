//! When a number answers: the opening hours of a contact, by the days of the week. Holidays are not known.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::DateTime;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::did_you_mean;

/// The days as a site file names them, from Monday on.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;

/// The hours of a week in which a contact answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Beginning and end in minutes of the week, Monday at midnight being 0: sorted, never empty, and none touches
    /// another. An end may lie in the week after.
    open: Vec<(u32, u32)>,
}

/// Whether a contact answers at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// At any time.
    Always,
    /// It answers, until this moment.
    Until(DateTime),
    /// Nobody answers before this moment.
    From(DateTime),
}

impl Hours {
    /// Whether somebody answers at this moment, in the local time of the place.
    pub fn at(&self, now: DateTime) -> Answering {
        let today = i64::from(now.weekday().to_monday_zero_offset());
        let minute =
            today as u32 * DAY + now.hour().unsigned_abs() as u32 * 60 + now.minute().unsigned_abs() as u32;
        // A minute of this week, or of the one after, as a moment.
        let moment = |at: u32| {
            let minutes = i64::from(at) - today * i64::from(DAY);
            now.date().at(0, 0, 0, 0).checked_add(minutes.minutes()).unwrap_or(now)
        };
        for &(begin, end) in &self.open {
            if end - begin >= WEEK {
                return Answering::Always;
            }
            if (begin..end).contains(&minute) {
                return Answering::Until(moment(end));
            }
            // What began at the end of the week before.
            if minute + WEEK < end {
                return Answering::Until(moment(end - WEEK));
            }
        }
        let next = self.open.iter().map(|&(begin, _)| minute + (begin + WEEK - minute) % WEEK).min();
        next.map_or(Answering::Always, |next| Answering::From(moment(next)))
    }

    /// The hours of these days; `None`: nobody ever answers.
    fn of(mut open: Vec<(u32, u32)>) -> Option<Hours> {
        open.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (begin, end) in open {
            match joined.last_mut() {
                Some((_, last)) if begin <= *last => *last = end.max(*last),
                _ => joined.push((begin, end)),
            }
        }
        // From Sunday night into Monday.
        while joined.len() > 1 && joined[joined.len() - 1].1 >= joined[0].0 + WEEK {
            let (_, until) = joined.remove(0);
            let last = joined.len() - 1;
            joined[last].1 = joined[last].1.max(until + WEEK);
        }
        (!joined.is_empty()).then_some(Hours { open: joined })
    }
}

/// The days that a key such as `mon-fri` or `sat` names, Monday being 0.
fn days(key: &str) -> Result<Vec<u32>, String> {
    let mut found = Vec::new();
    for part in key.split(',') {
        let ends: Vec<&str> = part.split('-').map(str::trim).collect();
        match ends[..] {
            [one] => found.push(day(one, key)?),
            [first, last] => {
                let (mut at, last) = (day(first, key)?, day(last, key)?);
                found.push(at);
                while at != last {
                    at = (at + 1) % 7;
                    found.push(at);
                }
            }
            _ => return Err(no_day(part, key)),
        }
    }
    Ok(found)
}

fn day(word: &str, key: &str) -> Result<u32, String> {
    let word = word.to_lowercase();
    let known = (0..).zip(DAYS).find(|(_, day)| *day == word);
    known.map(|(day, _)| day).ok_or_else(|| no_day(&word, key))
}

fn no_day(word: &str, key: &str) -> String {
    let near = did_you_mean(word, &DAYS);
    let of = if word == key { String::new() } else { format!(" in `{key}`") };
    format!(
        "`{word}`{of} is not a day; the days are {}, and several are written as `mon-fri`{near}",
        DAYS.join(", ")
    )
}

/// The minutes of a day in words such as `08:00-12:30, 14:00-18:30`.
fn times(words: &str) -> Result<Vec<(u32, u32)>, String> {
    let one = |part: &str| {
        let (from, to) = part.split_once('-')?;
        let (from, to) = (minute(from, DAY - 1)?, minute(to, DAY)?);
        // An end that is not after the beginning is on the next day.
        (from != to).then_some((from, if to > from { to } else { to + DAY }))
    };
    words.split(',').map(one).collect::<Option<_>>().ok_or_else(|| {
        format!(
            "`{words}` are not opening hours; write `08:00-18:30`, or `08:00-12:30, 14:00-18:30` with a break"
        )
    })
}

/// `8:00` or `08:00`, at most `latest`.
fn minute(words: &str, latest: u32) -> Option<u32> {
    let (hours, minutes) = words.trim().split_once(':')?;
    let number = |digits: &str, most: usize| {
        let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| fits)
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2).filter(|_| minutes.len() == 2)?);
    Some(hours * 60 + minutes).filter(|&at| minutes < 60 && at <= latest)
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hours, D::Error> {
        struct Days;

        impl<'de> Visitor<'de> for Days {
            type Value = Hours;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("days with hours, such as `mon-fri: 08:00-18:30`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Hours, A::Error> {
                let (mut open, mut seen) = (Vec::new(), [false; 7]);
                while let Some(key) = map.next_key::<String>()? {
                    let days = days(&key).map_err(de::Error::custom)?;
                    let Times(times) = map.next_value()?;
                    for day in days {
                        if std::mem::replace(&mut seen[day as usize], true) {
                            let day = DAYS[day as usize];
                            return Err(de::Error::custom(format_args!("`{day}` has its hours twice")));
                        }
                        open.extend(times.iter().map(|(from, to)| (day * DAY + from, day * DAY + to)));
                    }
                }
                let never = "nobody would ever answer; leave `open` out for a number that always answers";
                Hours::of(open).ok_or_else(|| de::Error::custom(never))
            }
        }

        deserializer.deserialize_map(Days)
    }
}

/// The minutes of one day. Nothing, or `closed`: none.
struct Times(Vec<(u32, u32)>);

impl<'de> Deserialize<'de> for Times {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Times, D::Error> {
        struct Words;

        impl<'de> Visitor<'de> for Words {
            type Value = Times;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("hours such as `08:00-18:30`, or a list of them")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Times, E> {
                Ok(Times(Vec::new()))
            }

            fn visit_str<E: de::Error>(self, words: &str) -> Result<Times, E> {
                match words.trim() {
                    "closed" => Ok(Times(Vec::new())),
                    words => times(words).map(Times).map_err(E::custom),
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Times, A::Error> {
                let mut all = Vec::new();
                while let Some(words) = list.next_element::<String>()? {
                    all.extend(times(&words).map_err(de::Error::custom)?);
                }
                Ok(Times(all))
            }
        }

        deserializer.deserialize_any(Words)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn hours(yaml: &str) -> Result<Hours, String> {
        serde_yaml::from_str(yaml).map_err(|error: serde_yaml::Error| error.to_string())
    }

    /// What there is to say at a moment of the week from Monday 23 November 2026 on.
    fn at(yaml: &str, day: i8, hour: i8, minute: i8) -> String {
        match hours(yaml).expect("hours").at(date(2026, 11, day).at(hour, minute, 0, 0)) {
            Answering::Always => "always".to_owned(),
            Answering::Until(end) => format!("until {} {:02}:{:02}", end.day(), end.hour(), end.minute()),
            Answering::From(begin) => {
                format!("from {} {:02}:{:02}", begin.day(), begin.hour(), begin.minute())
            }
        }
    }

    #[test]
    fn a_number_answers_from_the_first_minute_to_the_last() {
        let week = "{ mon-fri: '8:00-18:30', sat: '09:00-12:00' }";
        assert_eq!(at(week, 23, 3, 12), "from 23 08:00");
        assert_eq!(at(week, 23, 8, 0), "until 23 18:30");
        assert_eq!(at(week, 23, 14, 0), "until 23 18:30");
        assert_eq!(at(week, 23, 18, 29), "until 23 18:30");
        assert_eq!(at(week, 23, 18, 30), "from 24 08:00");
        assert_eq!(at(week, 27, 20, 0), "from 28 09:00");
        assert_eq!(at(week, 28, 12, 0), "from 30 08:00", "over Sunday into the next week");
        assert_eq!(at(week, 29, 23, 59), "from 30 08:00");
    }

    #[test]
    fn there_can_be_a_break_in_words_and_in_a_list() {
        for week in ["tue: 08:00-12:30, 14:00-18:00", "tue: [ 14:00-18:00, 08:00-12:30 ]"] {
            assert_eq!(at(week, 24, 12, 30), "from 24 14:00");
            assert_eq!(at(week, 24, 18, 0), "from 1 08:00", "a week later");
        }
    }

    #[test]
    fn hours_run_over_midnight_and_over_the_end_of_the_week() {
        let nights = "mon-sun: 18:30-08:00";
        assert_eq!(at(nights, 23, 3, 12), "until 23 08:00", "since Sunday");
        assert_eq!(at(nights, 29, 22, 0), "until 30 08:00");
        assert_eq!(at(nights, 24, 9, 0), "from 24 18:30");
        let weekend = "{ sat-sun: '00:00-24:00', mon: '00:00-07:00' }";
        assert_eq!(at(weekend, 28, 10, 0), "until 30 07:00");
        assert_eq!(at(weekend, 23, 6, 0), "until 23 07:00");
        assert_eq!(at("fri-mon: 00:00-24:00", 23, 6, 0), "until 24 00:00");
    }

    #[test]
    fn what_is_never_closed_always_answers() {
        assert_eq!(at("mon-sun: 00:00-24:00", 25, 6, 0), "always");
        assert_eq!(at("mon-sun: 08:00-07:59, 07:59-08:00", 25, 6, 0), "always");
    }

    #[test]
    fn a_day_without_hours_is_closed() {
        assert_eq!(at("{ mon: closed, tue: null, wed: '8:00-9:00' }", 23, 8, 30), "from 25 08:00");
    }

    #[test]
    fn what_is_no_day_and_no_time_is_refused_with_an_example() {
        for (yaml, what) in [
            ("mno-fri: 08:00-18:30", "`mno` in `mno-fri` is not a day"),
            ("mno-fri: 08:00-18:30", "did you mean `mon`?"),
            ("monday-friday-: 08:00-18:30", "is not a day"),
            ("mon: 8-18", "`8-18` are not opening hours; write `08:00-18:30`"),
            ("mon: 08:00-25:00", "not opening hours"),
            ("mon: 24:00-08:00", "not opening hours"),
            ("mon: 08:60-09:00", "not opening hours"),
            ("mon: 08:00-08:00", "not opening hours"),
            ("mon: 8:0-18:30", "not opening hours"),
            ("mon: 08:00", "opening hours"),
            ("mon: 8", "expected hours such as `08:00-18:30`"),
            ("{ mon-fri: '08:00-18:30', wed: '08:00-12:00' }", "`wed` has its hours twice"),
            ("{ mon: closed }", "nobody would ever answer"),
            ("{}", "nobody would ever answer"),
            ("always", "expected days with hours"),
        ] {
            let error = hours(yaml).expect_err(yaml);
            assert!(error.contains(what), "{yaml}: {error}");
        }
    }
}
