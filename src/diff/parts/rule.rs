//! What was changed in sections, definitions, rules, steps and pages.

use super::super::other::{pages, same_wordings, sections, steps, twins};
use super::super::words;
use super::{Detail, List};
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, Section, Shown};

impl List<'_, '_> {
    pub(super) fn sections(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        for (from, to) in sections(old, new) {
            let at = |section: &Section| Spot::Question(section.first);
            let spots = (from.map(|from| at(&old.sections[from])), to.map(|to| at(&new.sections[to])));
            let (Some(from), Some(to)) = (from, to) else {
                let section = from.map(|from| &old.sections[from]).or(to.map(|to| &new.sections[to]));
                self.single(format!("section `{}`", section.map_or("", |section| &section.id)), spots, true);
                continue;
            };
            let (was, is) = (&old.sections[from], &new.sections[to]);
            let name = format!("section `{}`", is.id);
            let audience = |only: Option<Audience>| only.map_or("", words::audience);
            let details = [
                Detail::field("id", &was.id, &is.id, false),
                Detail::field("audience", audience(was.audience), audience(is.audience), false),
            ];
            self.changed(name.clone(), spots, details.into_iter().flatten());
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
        }
    }

    pub(super) fn definitions(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        for (from, to) in twins(&old.definitions, &new.definitions, |definition| &definition.name) {
            let spots = (from.map(Spot::Definition), to.map(Spot::Definition));
            let (was, is) = (from.map(|from| &old.definitions[from]), to.map(|to| &new.definitions[to]));
            let name = format!("definition `{}`", is.or(was).map_or("", |definition| &definition.name));
            match (was, is) {
                (Some(was), Some(is)) => {
                    let detail = self.condition("condition", Some(&was.condition), Some(&is.condition));
                    self.changed(name, spots, detail);
                }
                _ => self.single(name, spots, false),
            }
        }
    }

    pub(super) fn rules(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in twins(&old.rules, &new.rules, |rule| &rule.id) {
            let id = to.map(|to| &new.rules[to].id).or(from.map(|from| &old.rules[from].id));
            let name = format!("rule `{}`", id.map_or("", |id| id));
            let (Some(from), Some(to)) = (from, to) else {
                self.single(name, (from.map(Spot::RuleId), to.map(Spot::RuleId)), false);
                continue;
            };
            order.push((from, to));
            let spots = (Some(Spot::RuleId(from)), Some(Spot::RuleId(to)));
            let (was, is) = (&old.rules[from], &new.rules[to]);
            let level = (&old.levels[was.level].id, &new.levels[is.level].id);
            let supporting = (words::flag(was.supporting), words::flag(is.supporting));
            let details = [
                Detail::field("level", level.0, level.1, false),
                self.condition("when", Some(&was.when), Some(&is.when)),
                Detail::field("supporting", &supporting.0, &supporting.1, false),
                self.sources(&was.sources, &is.sources),
            ];
            let mut details: Vec<Detail> = details.into_iter().flatten().collect();
            let pairs = same_wordings(was, is);
            let when = |(i, j): &(usize, usize)| {
                let was = was.because_if.get(*i).map(|entry| &entry.when);
                let is = is.because_if.get(*j).map(|entry| &entry.when);
                self.condition("because, when", was, is)
            };
            details.extend(pairs.iter().filter_map(when));
            if !pairs.is_sorted_by_key(|(_, to)| *to) {
                details.push(Detail { words: words::reordered("because"), is_behaviour: false });
            }
            let (entries, now) = (was.wordings().count(), is.wordings().count());
            details.extend(Detail::field("because, entries", &entries.to_string(), &now.to_string(), false));
            self.changed(name.clone(), spots, details);
            let (was, is): (Vec<_>, Vec<_>) = (was.wordings().collect(), is.wordings().collect());
            for (i, j) in pairs {
                self.text(&format!("{name}, because"), spots, Some(was[i]), Some(is[j]));
            }
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| {
            let (from, to) = order[at];
            (format!("rule `{}`", new.rules[to].id), (Some(Spot::RuleId(from)), Some(Spot::RuleId(to))))
        });
    }

    fn shown(&self, old: &Shown, new: &Shown) -> Vec<Detail> {
        let levels = (words::levels(self.same.old, &old.levels), words::levels(self.same.new, &new.levels));
        let audience = |shown: &Shown| shown.audience.map_or("", words::audience);
        let details = [
            Detail::field("levels", &levels.0, &levels.1, false),
            self.condition("when", old.when.as_ref(), new.when.as_ref()),
            Detail::field("audience", audience(old), audience(new), false),
        ];
        details.into_iter().flatten().collect()
    }

    pub(super) fn steps_and_pages(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in steps(old, new) {
            let spots = (from.map(Spot::Step), to.map(Spot::Step));
            let (was, is) = (from.map(|from| &old.next_steps[from]), to.map(|to| &new.next_steps[to]));
            let name = format!("step `{}`", is.or(was).map_or("", |step| &step.id));
            let (Some(was), Some(is)) = (was, is) else {
                self.single(name, spots, false);
                continue;
            };
            order.extend(from.zip(to));
            let mut details: Vec<Detail> = Detail::field("id", &was.id, &is.id, false).into_iter().collect();
            details.extend(self.shown(&was.shown, &is.shown));
            details.extend(self.sources(&was.sources, &is.sources));
            self.changed(name.clone(), spots, details);
            self.text(&format!("{name}, say"), spots, Some(&was.say), Some(&is.say));
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| {
            let (from, to) = order[at];
            (format!("step `{}`", new.next_steps[to].id), (Some(Spot::Step(from)), Some(Spot::Step(to))))
        });
        let mut order = Vec::new();
        for (from, to) in pages(old, new) {
            let spots = (from.map(Spot::Page), to.map(Spot::Page));
            let (was, is) = (from.map(|from| &old.learn[from]), to.map(|to| &new.learn[to]));
            let name = format!("page `{}`", is.or(was).map_or("", |page| &page.id));
            let (Some(was), Some(is)) = (was, is) else {
                self.single(name, spots, false);
                continue;
            };
            order.extend(from.zip(to));
            let mut details: Vec<Detail> = Detail::field("id", &was.id, &is.id, false).into_iter().collect();
            details.extend(self.shown(&was.shown, &is.shown));
            details.extend(self.sources(&was.sources, &is.sources));
            self.changed(name.clone(), spots, details);
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
            self.text(&format!("{name}, body"), spots, Some(&was.body), Some(&is.body));
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| {
            let (from, to) = order[at];
            (format!("page `{}`", new.learn[to].id), (Some(Spot::Page(from)), Some(Spot::Page(to))))
        });
    }
}
