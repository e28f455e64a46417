//! What was changed in levels, and in what an open answer counts for.

use super::super::both::Side;
use super::super::other::{same_contacts, same_times, twins};
use super::super::words;
use super::{Detail, List};
use crate::questionnaire::Deadline;
use crate::questionnaire::yaml::Spot;

impl List<'_, '_> {
    pub(super) fn levels(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in twins(&old.levels, &new.levels, |level| &level.id) {
            let spots = (from.map(Spot::Level), to.map(Spot::Level));
            let (Some(from), Some(to)) = (from, to) else {
                let level = from.map(|from| &old.levels[from]).or(to.map(|to| &new.levels[to]));
                let name = format!("level `{}`", level.map_or("", |level| &level.id));
                self.single(name, spots, true);
                continue;
            };
            order.push((from, to));
            let (was, is) = (&old.levels[from], &new.levels[to]);
            let name = format!("level `{}`", is.id);
            let (before, now) = (words::flag(was.interrupt), words::flag(is.interrupt));
            let mut details: Vec<Detail> =
                Detail::field("interrupt", &before, &now, true).into_iter().collect();
            let code = (words::code(was.code.as_ref()), words::code(is.code.as_ref()));
            details.extend(Detail::field("code", &code.0, &code.1, false));
            let pairs = same_times(&was.within, &is.within);
            let when = |(i, j): &(usize, usize)| {
                self.condition("within, when", was.within[*i].when.as_ref(), is.within[*j].when.as_ref())
            };
            details.extend(pairs.iter().filter_map(when));
            let days = |times: &[Deadline]| {
                let days = times.iter().map(|time| time.days.map_or("-".to_owned(), |days| days.to_string()));
                days.collect::<Vec<_>>().join(", ")
            };
            details.extend(Detail::field("within, days", &days(&was.within), &days(&is.within), false));
            details.extend(Detail::field(
                "check_again, days",
                &days(&was.check_again),
                &days(&is.check_again),
                false,
            ));
            let contacts = same_contacts(&was.who, &is.who);
            let when = |(i, j): &(usize, usize)| {
                self.condition("who, when", was.who[*i].when.as_ref(), is.who[*j].when.as_ref())
            };
            details.extend(contacts.iter().filter_map(when));
            let again = same_times(&was.check_again, &is.check_again);
            let when = |(i, j): &(usize, usize)| {
                let (was, is) = (&was.check_again[*i], &is.check_again[*j]);
                self.condition("check_again, when", was.when.as_ref(), is.when.as_ref())
            };
            details.extend(again.iter().filter_map(when));
            let is_in_order = |pairs: &[(usize, usize)]| pairs.is_sorted_by_key(|(_, to)| *to);
            for (list, pairs) in [("within", &pairs), ("who", &contacts), ("check_again", &again)] {
                let is_other = !is_in_order(pairs);
                details
                    .extend(is_other.then(|| Detail { words: words::reordered(list), is_behaviour: false }));
            }
            for (list, was, is) in [
                ("within", was.within.len(), is.within.len()),
                ("who", was.who.len(), is.who.len()),
                ("check_again", was.check_again.len(), is.check_again.len()),
            ] {
                let name = format!("{list}, entries");
                details.extend(Detail::field(&name, &was.to_string(), &is.to_string(), false));
            }
            self.changed(name.clone(), spots, details);
            if was.interrupt
                && !is.interrupt
                && let Some(part) = self.parts.last_mut()
            {
                part.is_less_urgent = true;
                part.less_urgent_level = Some(to);
            }
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
            self.text(&format!("{name}, short"), spots, was.short.as_ref(), is.short.as_ref());
            self.text(&format!("{name}, act"), spots, Some(&was.act), Some(&is.act));
            for (list, was, is, pairs) in [
                ("within", &was.within, &is.within, pairs),
                ("check_again", &was.check_again, &is.check_again, again),
            ] {
                for (i, j) in pairs {
                    self.text(&format!("{name}, {list}"), spots, Some(&was[i].say), Some(&is[j].say));
                }
            }
            for (i, j) in contacts {
                self.text(&format!("{name}, who"), spots, Some(&was.who[i].say), Some(&is.who[j].say));
            }
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, true, |at| {
            let (from, to) = order[at];
            (format!("level `{}`", new.levels[to].id), (Some(Spot::Level(from)), Some(Spot::Level(to))))
        });
    }

    pub(super) fn policy(&mut self) {
        let at_least = |side: Side| {
            let questionnaire = self.same.questionnaire(side);
            questionnaire.levels[questionnaire.unsure.at_least].id.clone()
        };
        let counts = |side: Side| words::counts_as(self.same.questionnaire(side).unsure.counts_as);
        let details = [
            Detail::field("counts_as", counts(Side::Old), counts(Side::New), false),
            Detail::field("at_least", &at_least(Side::Old), &at_least(Side::New), false),
        ];
        self.changed("unsure".to_owned(), (None, None), details.into_iter().flatten());
        let waivers = |side: Side| {
            let questionnaire = self.same.questionnaire(side);
            let waivers = questionnaire.waivers.iter().map(|waiver| {
                let question = &questionnaire.questions[waiver.question];
                let option = waiver.option.map(|option| format!(" {}", question.options[option].id));
                let because = waiver.because.trim();
                let option = option.unwrap_or_default();
                format!("{} of {}{option}: {because}", waiver.property.name(), question.id)
            });
            let departures = questionnaire.departures.iter().map(|departure| {
                format!("{}: {}", words::departing(questionnaire, &departure.what), departure.because.trim())
            });
            waivers.chain(departures).collect::<Vec<_>>().join("; ")
        };
        let detail = Detail::field("waivers", &waivers(Side::Old), &waivers(Side::New), false);
        self.changed("what the check excepts".to_owned(), (None, None), detail);
    }
}
