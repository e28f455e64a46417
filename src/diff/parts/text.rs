//! Words that every reader sees, and tables and sources.

use super::super::both::Side;
use super::super::other::{same_texts, twins, twins_by_words};
use super::super::words;
use super::{Detail, Edit, List};
use crate::questionnaire::yaml::Spot;
use crate::questionnaire::{Audience, FurtherList, Question, ReturnItem, Source, Table, Text};

impl List<'_, '_> {
    pub(super) fn head(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.names();
        self.text("title", nowhere, Some(&old.title), Some(&new.title));
        self.text("sign_off", nowhere, Some(&old.sign_off), Some(&new.sign_off));
        self.text("welcome, stop", nowhere, old.welcome.stop.as_ref(), new.welcome.stop.as_ref());
        self.text("welcome", nowhere, Some(&old.welcome.about), Some(&new.welcome.about));
        self.texts("welcome, points", &refs(&old.welcome.points), &refs(&new.welcome.points));
        self.offers();
        for (from, to) in twins(&old.contacts, &new.contacts, |contact| &contact.id) {
            let (was, is) = (from.map(|from| &old.contacts[from]), to.map(|to| &new.contacts[to]));
            let id = is.or(was).map_or("", |contact| &contact.id);
            let words = [was, is].map(|contact| contact.map(|contact| &contact.words));
            self.text(&format!("contacts, {id}"), nowhere, words[0], words[1]);
        }
        // The same at every yes_no.
        let is_yes_no = |question: &&Question| question.is_yes_no();
        let (was, is) = (old.questions.iter().find(is_yes_no), new.questions.iter().find(is_yes_no));
        for (was, is) in was.zip(is).into_iter().flat_map(|(was, is)| was.options.iter().zip(&is.options)) {
            self.text(&format!("yes_no, {}", is.id), nowhere, Some(&was.label), Some(&is.label));
        }
    }

    fn offers(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let mut order = Vec::new();
        for (from, to) in twins(&old.offers, &new.offers, |offer| &offer.questionnaire) {
            order.extend(from.zip(to));
            let (was, is) = (from.map(|from| &old.offers[from]), to.map(|to| &new.offers[to]));
            let id = is.or(was).map_or("", |offer| &offer.questionnaire);
            let spots = (from.map(Spot::Offer), to.map(Spot::Offer));
            let labels = [was, is].map(|offer| offer.map(|offer| &offer.label));
            self.text(&format!("offers, {id}"), spots, labels[0], labels[1]);
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, true, |at| {
            let (from, to) = order[at];
            let spots = (Some(Spot::Offer(from)), Some(Spot::Offer(to)));
            (format!("offer `{}`", new.offers[to].questionnaire), spots)
        });
    }

    /// What the questionnaire is called on every summary, and the language that decides about the program's own words.
    fn names(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        for (name, was, is) in [("id", &old.id, &new.id), ("version", &old.version, &new.version)] {
            let (was, is) = (Text::both(was.clone()), Text::both(is.clone()));
            self.text(name, (None, None), Some(&was), Some(&is));
        }
        let detail = Detail::field("language", &old.language, &new.language, true);
        let presenting = |side: Side| {
            let questionnaire = self.same.questionnaire(side);
            let ids = questionnaire.presenting.iter().map(|&at| questionnaire.questions[at].id.as_str());
            ids.collect::<Vec<_>>().join(", ")
        };
        let presenting = Detail::field("presenting", &presenting(Side::Old), &presenting(Side::New), false);
        self.changed("the questionnaire".to_owned(), (None, None), detail.into_iter().chain(presenting));
    }

    pub(super) fn tail(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.text("return_list, title", nowhere, Some(&old.return_list.title), Some(&new.return_list.title));
        self.return_list();
        self.texts("always", &refs(&old.always), &refs(&new.always));
        self.text("say", nowhere, Some(&old.say), Some(&new.say));
        let mut order = Vec::new();
        let same = |one: &Table, other: &Table| {
            (&one.title, &one.columns, &one.rows) == (&other.title, &other.columns, &other.rows)
        };
        for (from, to) in twins_by_words(&old.tables, &new.tables, |table| &table.id, same) {
            order.extend(from.zip(to));
            let (was, is) = (from.map(|from| &old.tables[from]), to.map(|to| &new.tables[to]));
            let name = format!("table `{}`", is.or(was).map_or("", |table| &table.id));
            self.text(
                &format!("{name}, title"),
                nowhere,
                was.map(|table| &table.title),
                is.map(|table| &table.title),
            );
            self.cells(&name, was, is);
            let audience =
                |table: Option<&Table>| table.and_then(|table| table.audience).map_or("", words::audience);
            match (was, is) {
                (Some(before), Some(now)) => {
                    let details = [
                        Detail::field("id", &before.id, &now.id, false),
                        Detail::field("audience", audience(was), audience(is), true),
                    ];
                    self.changed(name, nowhere, details.into_iter().flatten());
                }
                (None, _) => self.part(Edit::Added, name, nowhere, true),
                (Some(_), None) => self.part(Edit::Removed, name, nowhere, true),
            }
        }
        let positions: Vec<usize> = order.iter().map(|&(from, _)| from).collect();
        self.moved(&positions, false, |at| (format!("table `{}`", new.tables[order[at].1].id), nowhere));
        for (from, to) in twins(&old.sources, &new.sources, |source| &source.id) {
            let (was, is) = (from.map(|from| &old.sources[from]), to.map(|to| &new.sources[to]));
            let name = format!("source `{}`", is.or(was).map_or("", |source| &source.id));
            let cited = |source: Option<&Source>| source.map(|source| Text::both(source.cited()));
            self.text(&name, nowhere, cited(was).as_ref(), cited(is).as_ref());
        }
    }

    fn return_list(&mut self) {
        let (old, new) = (&self.same.old.return_list, &self.same.new.return_list);
        self.return_items("return_list", &old.items, &new.items);
        for at in 0..old.further.len().max(new.further.len()) {
            let (was, is) = (old.further.get(at), new.further.get(at));
            let name = format!("return_list, further {}", at + 1);
            let title = |part: Option<&'_ FurtherList>| part.map(|part| part.title.clone());
            self.text(&format!("{name}, title"), (None, None), title(was).as_ref(), title(is).as_ref());
            let items = |part: Option<&'_ FurtherList>| part.map_or(Vec::new(), |part| part.items.clone());
            self.return_items(&name, &items(was), &items(is));
            let levels = |side: Side, part: Option<&FurtherList>| {
                part.map(|part| words::levels(self.same.questionnaire(side), &part.levels))
                    .unwrap_or_default()
            };
            let detail = Detail::field("levels", &levels(Side::Old, was), &levels(Side::New, is), false);
            self.changed(name, (None, None), detail.filter(|_| was.is_some() && is.is_some()));
        }
    }

    fn return_items(&mut self, name: &str, old: &[ReturnItem], new: &[ReturnItem]) {
        let say = |items: &'_ [ReturnItem]| items.iter().map(|item| item.say.clone()).collect::<Vec<_>>();
        let (was, is) = (say(old), say(new));
        let (was, is) = (refs(&was), refs(&is));
        self.texts(&format!("{name}, items"), &was, &is);
        for (from, to) in same_texts(&was, &is) {
            let about = |side: Side, item: &ReturnItem| {
                let questions = &self.same.questionnaire(side).questions;
                item.about.iter().map(|&at| questions[at].id.as_str()).collect::<Vec<_>>().join(", ")
            };
            let before = about(Side::Old, &old[from]);
            let now = about(Side::New, &new[to]);
            let say = is[to].to(Audience::Patient).trim().to_owned();
            let detail = Detail::field("about", &before, &now, false);
            self.changed(format!("{name}, \"{say}\""), (None, None), detail);
        }
    }

    /// Cell by cell where both tables have as many of them; otherwise what is in one of them only.
    fn cells(&mut self, name: &str, was: Option<&Table>, is: Option<&Table>) {
        let shape = |table: Option<&Table>| table.map(|table| (table.columns.len(), table.rows.len()));
        let all = |table: Option<&'_ Table>| {
            table.map_or(Vec::new(), |table| {
                table.columns.iter().chain(table.rows.iter().flatten()).cloned().collect::<Vec<Text>>()
            })
        };
        let (before, now) = (all(was), all(is));
        let name = format!("{name}, cells");
        match shape(was) == shape(is) {
            true => {
                for (before, now) in before.iter().zip(&now) {
                    self.text(&name, (None, None), Some(before), Some(now));
                }
            }
            false => self.texts(&name, &refs(&before), &refs(&now)),
        }
    }
}

fn refs(texts: &[Text]) -> Vec<&Text> {
    texts.iter().collect()
}
