//! What was changed in the file: parts added, removed and changed, and words.

use super::both::Side;
use super::other::{same_contacts, same_times, twins};
use super::same::Same;
use super::what::{Said, Twin};
use super::{part_question, words};
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, Condition, QuestionIndex, Shown, SourceIndex, Text};

/// What happened to a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Added,
    Removed,
    Changed,
    /// It stands in another place of its list.
    Moved,
}

/// A part of the file that is not the same.
#[derive(Debug, Clone, PartialEq)]
pub struct PartChange {
    pub edit: Edit,
    /// Such as ``rule `E08` ``.
    pub name: String,
    pub spots: Twin<Spot>,
    /// What was changed in it.
    pub details: Vec<String>,
    /// People see it for certain, whatever they answer: what can be answered, or in which order it is asked.
    pub is_behaviour: bool,
    pub is_less_urgent: bool,
    /// It is, or takes away, this answer to a question of the old version.
    pub(super) removed_answer: Option<(QuestionIndex, Said)>,
}

/// Words that were changed, added or removed.
#[derive(Debug, Clone, PartialEq)]
pub struct TextChange {
    /// Such as ``rule `E08`, because``.
    pub name: String,
    /// `None`: the same words for both.
    pub audience: Option<Audience>,
    pub spots: Twin<Spot>,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// All that is not the same, in the order of the file.
pub(super) fn changes(same: &Same) -> (Vec<PartChange>, Vec<TextChange>) {
    let mut list = List { same, parts: Vec::new(), texts: Vec::new() };
    list.head();
    list.levels();
    list.policy();
    list.sections();
    part_question::questions(&mut list);
    list.definitions();
    list.rules();
    list.steps_and_pages();
    list.tail();
    (list.parts, list.texts)
}

/// A change of one part.
pub(super) struct Detail {
    pub words: String,
    pub is_behaviour: bool,
}

impl Detail {
    /// A field that differs, and whether it is one that people see for certain.
    pub fn field(name: &str, old: &str, new: &str, is_behaviour: bool) -> Option<Detail> {
        (old != new).then(|| Detail { words: words::changed(name, old, new), is_behaviour })
    }
}

pub(super) struct List<'a, 'q> {
    pub same: &'a Same<'q>,
    parts: Vec<PartChange>,
    texts: Vec<TextChange>,
}

impl List<'_, '_> {
    /// A part of both versions, if anything in it differs.
    pub fn changed(&mut self, name: String, spots: Twin<Spot>, details: impl IntoIterator<Item = Detail>) {
        let mut part = PartChange {
            edit: Edit::Changed,
            name,
            spots,
            details: Vec::new(),
            is_behaviour: false,
            is_less_urgent: false,
            removed_answer: None,
        };
        for detail in details {
            part.is_behaviour |= detail.is_behaviour;
            part.details.push(detail.words);
        }
        if !part.details.is_empty() {
            self.parts.push(part);
        }
    }

    /// A part of one version only.
    pub fn single(&mut self, name: String, spots: Twin<Spot>, is_behaviour: bool) {
        let edit = if spots.0.is_some() { Edit::Removed } else { Edit::Added };
        let details = Vec::new();
        self.parts.push(PartChange {
            edit,
            name,
            spots,
            details,
            is_behaviour,
            is_less_urgent: false,
            removed_answer: None,
        });
    }

    /// The part added last takes this answer away.
    pub fn takes_away(&mut self, question: QuestionIndex, answer: Said) {
        if let Some(part) = self.parts.last_mut() {
            part.removed_answer = Some((question, answer));
        }
    }

    /// The parts of both that stand in another order. `order`: for each in the order of the new one its old position.
    pub fn moved(
        &mut self,
        order: &[usize],
        is_behaviour: bool,
        named: impl Fn(usize) -> (String, Twin<Spot>),
    ) {
        let stays = longest_rising(order);
        for (at, _) in order.iter().enumerate().filter(|(at, _)| !stays.contains(at)) {
            let (name, spots) = named(at);
            let (edit, details) = (Edit::Moved, Vec::new());
            self.parts.push(PartChange {
                edit,
                name,
                spots,
                details,
                is_behaviour,
                is_less_urgent: false,
                removed_answer: None,
            });
        }
    }

    pub fn text(&mut self, name: &str, spots: Twin<Spot>, old: Option<&Text>, new: Option<&Text>) {
        if old == new {
            return;
        }
        let [patient, clinician] = [Audience::Patient, Audience::Clinician]
            .map(|audience| (old.map(|old| old.to(audience).trim()), new.map(|new| new.to(audience).trim())));
        let changes = match patient == clinician {
            true => vec![(None, patient)],
            false => vec![(Some(Audience::Patient), patient), (Some(Audience::Clinician), clinician)],
        };
        for (audience, (old, new)) in changes {
            if old != new {
                let (old, new) = (old.map(str::to_owned), new.map(str::to_owned));
                self.texts.push(TextChange { name: name.to_owned(), audience, spots, old, new });
            }
        }
    }

    /// Texts without ids: those that stay are left out, of the others one stands for one.
    fn texts(&mut self, name: &str, old: &[Text], new: &[Text]) {
        let mut gone: Vec<&Text> = old.iter().filter(|text| !new.contains(text)).collect();
        let come = new.iter().filter(|text| !old.contains(text));
        gone.reverse();
        for text in come {
            let before = gone.pop();
            self.text(name, (None, None), before, Some(text));
        }
        while let Some(text) = gone.pop() {
            self.text(name, (None, None), Some(text), None);
        }
    }

    pub fn sources(&self, old: &[SourceIndex], new: &[SourceIndex]) -> Option<Detail> {
        let ids = |side: Side, sources: &[SourceIndex]| {
            let all = &self.same.questionnaire(side).sources;
            sources.iter().map(|&source| all[source].id.as_str()).collect::<Vec<_>>().join(", ")
        };
        Detail::field("sources", &ids(Side::Old, old), &ids(Side::New, new), false)
    }

    pub fn condition(&self, name: &str, old: Option<&Condition>, new: Option<&Condition>) -> Option<Detail> {
        let change = self.same.change(old, new)?;
        Some(Detail { words: format!("{name}: {}", words::change(&change)), is_behaviour: false })
    }

    fn head(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.text("title", nowhere, Some(&old.title), Some(&new.title));
        self.text("sign_off", nowhere, Some(&old.sign_off), Some(&new.sign_off));
        self.text("welcome", nowhere, Some(&old.welcome.about), Some(&new.welcome.about));
        self.texts("welcome, points", &old.welcome.points, &new.welcome.points);
        let (was, is) = (&old.contacts, &new.contacts);
        for (name, was, is) in [
            ("contacts, clinic", &was.clinic, &is.clinic),
            ("contacts, clinic_phone", &was.clinic_phone, &is.clinic_phone),
            ("contacts, emergency_number", &was.emergency_number, &is.emergency_number),
            ("contacts, nurse_line", &was.nurse_line, &is.nurse_line),
            ("contacts, cancer_line", &was.cancer_line, &is.cancer_line),
        ] {
            self.text(name, nowhere, Some(was), Some(is));
        }
    }

    fn levels(&mut self) {
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
            let pairs = same_times(&was.within, &is.within);
            let when = |(i, j): &(usize, usize)| {
                self.condition("within, when", was.within[*i].when.as_ref(), is.within[*j].when.as_ref())
            };
            details.extend(pairs.iter().filter_map(when));
            let days = |times: &[crate::questionnaire::Deadline]| {
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
            self.changed(name.clone(), spots, details);
            if was.interrupt
                && !is.interrupt
                && let Some(part) = self.parts.last_mut()
            {
                part.is_less_urgent = true;
            }
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
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
            if was.who.len() != is.who.len() {
                let (before, now) = (was.who.len().to_string(), is.who.len().to_string());
                self.changed(name, spots, Detail::field("who, entries", &before, &now, false));
            }
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, true, |at| {
            let (from, to) = order[at];
            (format!("level `{}`", new.levels[to].id), (Some(Spot::Level(from)), Some(Spot::Level(to))))
        });
    }

    fn policy(&mut self) {
        let at_least = |side: Side| {
            let questionnaire = self.same.questionnaire(side);
            questionnaire.levels[questionnaire.unsure.at_least].id.clone()
        };
        let counts = |side: Side| match self.same.questionnaire(side).unsure.counts_as {
            crate::questionnaire::UnsureCountsAs::SameLevel => "same_level",
            crate::questionnaire::UnsureCountsAs::OneLevelLess => "one_level_less",
        };
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
                format!("{} of {}{}", waiver.property.name(), question.id, option.unwrap_or_default())
            });
            waivers.collect::<Vec<_>>().join(", ")
        };
        let detail = Detail::field("waivers", &waivers(Side::Old), &waivers(Side::New), false);
        self.changed("what the check excepts".to_owned(), (None, None), detail);
    }

    fn sections(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        for (from, to) in twins(&old.sections, &new.sections, |section| &section.id) {
            let at = |section: &crate::questionnaire::Section| Spot::Question(section.first);
            let spots = (from.map(|from| at(&old.sections[from])), to.map(|to| at(&new.sections[to])));
            let (Some(from), Some(to)) = (from, to) else {
                let section = from.map(|from| &old.sections[from]).or(to.map(|to| &new.sections[to]));
                self.single(format!("section `{}`", section.map_or("", |section| &section.id)), spots, true);
                continue;
            };
            let (was, is) = (&old.sections[from], &new.sections[to]);
            let name = format!("section `{}`", is.id);
            let audience = |only: Option<Audience>| only.map_or("", words::audience);
            let detail = Detail::field("audience", audience(was.audience), audience(is.audience), false);
            self.changed(name.clone(), spots, detail);
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
        }
    }

    fn definitions(&mut self) {
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

    fn rules(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in twins(&old.rules, &new.rules, |rule| &rule.id) {
            let id = to.map(|to| &new.rules[to].id).or(from.map(|from| &old.rules[from].id));
            let name = format!("rule `{}`", id.map_or("", |id| id));
            let (Some(from), Some(to)) = (from, to) else {
                self.single(name, (from.map(Spot::RuleId), to.map(Spot::RuleId)), true);
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
            self.changed(name.clone(), spots, details.into_iter().flatten());
            self.text(&format!("{name}, because"), spots, Some(&was.because), Some(&is.because));
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

    fn steps_and_pages(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in twins(&old.next_steps, &new.next_steps, |step| &step.id) {
            let spots = (from.map(Spot::Step), to.map(Spot::Step));
            let (was, is) = (from.map(|from| &old.next_steps[from]), to.map(|to| &new.next_steps[to]));
            let name = format!("step `{}`", is.or(was).map_or("", |step| &step.id));
            let (Some(was), Some(is)) = (was, is) else {
                self.single(name, spots, true);
                continue;
            };
            order.extend(from.zip(to));
            let mut details = self.shown(&was.shown, &is.shown);
            details.extend(self.sources(&was.sources, &is.sources));
            self.changed(name.clone(), spots, details);
            self.text(&format!("{name}, say"), spots, Some(&was.say), Some(&is.say));
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| {
            let (from, to) = order[at];
            (format!("step `{}`", new.next_steps[to].id), (Some(Spot::Step(from)), Some(Spot::Step(to))))
        });
        for (from, to) in twins(&old.learn, &new.learn, |page| &page.id) {
            let spots = (from.map(Spot::Page), to.map(Spot::Page));
            let (was, is) = (from.map(|from| &old.learn[from]), to.map(|to| &new.learn[to]));
            let name = format!("page `{}`", is.or(was).map_or("", |page| &page.id));
            let (Some(was), Some(is)) = (was, is) else {
                self.single(name, spots, true);
                continue;
            };
            let mut details = self.shown(&was.shown, &is.shown);
            details.extend(self.sources(&was.sources, &is.sources));
            self.changed(name.clone(), spots, details);
            self.text(&format!("{name}, title"), spots, Some(&was.title), Some(&is.title));
            self.text(&format!("{name}, body"), spots, Some(&was.body), Some(&is.body));
        }
    }

    fn tail(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.text("return_list, title", nowhere, Some(&old.return_list.title), Some(&new.return_list.title));
        self.texts("return_list, items", &old.return_list.items, &new.return_list.items);
        self.texts("always", &old.always, &new.always);
        self.text("say", nowhere, Some(&old.say), Some(&new.say));
        for (from, to) in twins(&old.tables, &new.tables, |table| &table.id) {
            let (was, is) = (from.map(|from| &old.tables[from]), to.map(|to| &new.tables[to]));
            let name = format!("table `{}`", is.or(was).map_or("", |table| &table.id));
            let cells = |table: Option<&crate::questionnaire::Table>| -> Vec<Text> {
                let tables = table.into_iter();
                tables
                    .flat_map(|table| table.columns.iter().chain(table.rows.iter().flatten()).cloned())
                    .collect()
            };
            self.text(
                &format!("{name}, title"),
                nowhere,
                was.map(|table| &table.title),
                is.map(|table| &table.title),
            );
            self.texts(&format!("{name}, cells"), &cells(was), &cells(is));
            let audience = |table: Option<&crate::questionnaire::Table>| {
                table.and_then(|table| table.audience).map_or("", words::audience)
            };
            let detail = Detail::field("audience", audience(was), audience(is), true);
            self.changed(name, nowhere, detail.filter(|_| was.is_some() && is.is_some()));
        }
        for (from, to) in twins(&old.sources, &new.sources, |source| &source.id) {
            let (was, is) = (from.map(|from| &old.sources[from]), to.map(|to| &new.sources[to]));
            let name = format!("source `{}`", is.or(was).map_or("", |source| &source.id));
            let cited = |source: Option<&crate::questionnaire::Source>| {
                source.map(|source| Text::both(source.cited()))
            };
            self.text(&name, nowhere, cited(was).as_ref(), cited(is).as_ref());
        }
    }
}

/// The positions of a longest part that rises.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    // The end of the best run of each length, and what comes before each position in its best run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut found = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        found.push(at);
        next = before[at];
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_in_order_is_as_much_as_can_be() {
        assert_eq!(longest_rising(&[0, 1, 2, 3]), [0, 1, 2, 3]);
        assert_eq!(longest_rising(&[3, 0, 1, 2]), [1, 2, 3], "one thing was moved");
        assert_eq!(longest_rising(&[1, 2, 3, 0]), [0, 1, 2]);
        assert_eq!(longest_rising(&[0, 4, 1, 2, 3]), [0, 2, 3, 4]);
        assert!(longest_rising(&[]).is_empty());
    }
}
