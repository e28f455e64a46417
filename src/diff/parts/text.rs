//! Words that every reader sees, and tables and sources.

use super::super::other::twins;
use super::super::words;
use super::{Detail, List};
use crate::questionnaire::{Kind, Question, ReturnList, Source, Table, Text};

impl List<'_, '_> {
    pub(super) fn head(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.text("title", nowhere, Some(&old.title), Some(&new.title));
        self.text("sign_off", nowhere, Some(&old.sign_off), Some(&new.sign_off));
        self.text("welcome", nowhere, Some(&old.welcome.about), Some(&new.welcome.about));
        self.texts("welcome, points", &old.welcome.points, &new.welcome.points);
        for (from, to) in twins(&old.contacts, &new.contacts, |contact| &contact.id) {
            let (was, is) = (from.map(|from| &old.contacts[from]), to.map(|to| &new.contacts[to]));
            let id = is.or(was).map_or("", |contact| &contact.id);
            let words = [was, is].map(|contact| contact.map(|contact| &contact.words));
            self.text(&format!("contacts, {id}"), nowhere, words[0], words[1]);
        }
        // The same at every yes_no.
        let is_yes_no = |question: &&Question| question.kind == Kind::YesNo;
        let (was, is) = (old.questions.iter().find(is_yes_no), new.questions.iter().find(is_yes_no));
        for (was, is) in was.zip(is).into_iter().flat_map(|(was, is)| was.options.iter().zip(&is.options)) {
            self.text(&format!("yes_no, {}", is.id), nowhere, Some(&was.label), Some(&is.label));
        }
    }

    pub(super) fn tail(&mut self) {
        let (old, new) = (self.same.old, self.same.new);
        let nowhere = (None, None);
        self.text("return_list, title", nowhere, Some(&old.return_list.title), Some(&new.return_list.title));
        let items = |list: &ReturnList| list.items.iter().map(|item| item.say.clone()).collect::<Vec<_>>();
        self.texts("return_list, items", &items(&old.return_list), &items(&new.return_list));
        self.texts("always", &old.always, &new.always);
        self.text("say", nowhere, Some(&old.say), Some(&new.say));
        for (from, to) in twins(&old.tables, &new.tables, |table| &table.id) {
            let (was, is) = (from.map(|from| &old.tables[from]), to.map(|to| &new.tables[to]));
            let name = format!("table `{}`", is.or(was).map_or("", |table| &table.id));
            let cells = |table: Option<&Table>| -> Vec<Text> {
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
            let audience =
                |table: Option<&Table>| table.and_then(|table| table.audience).map_or("", words::audience);
            let detail = Detail::field("audience", audience(was), audience(is), true);
            self.changed(name, nowhere, detail.filter(|_| was.is_some() && is.is_some()));
        }
        for (from, to) in twins(&old.sources, &new.sources, |source| &source.id) {
            let (was, is) = (from.map(|from| &old.sources[from]), to.map(|to| &new.sources[to]));
            let name = format!("source `{}`", is.or(was).map_or("", |source| &source.id));
            let cited = |source: Option<&Source>| source.map(|source| Text::both(source.cited()));
            self.text(&name, nowhere, cited(was).as_ref(), cited(is).as_ref());
        }
    }
}
