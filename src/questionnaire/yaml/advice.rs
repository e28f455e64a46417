//! What follows from a level: next steps, pages to read, tables.

use super::super::count;
use super::super::text::Audience;
use super::super::{LevelIndex, NextStep, Page, Shown, Table};
use super::conditions::Scope;
use super::path::Path;
use super::raw;
use super::resolve::Resolver;
use super::texts::Manner;

impl Resolver<'_> {
    pub fn next_steps(&mut self) -> Vec<NextStep> {
        let root = Path::ROOT;
        let path = root.key("next_steps");
        let raw = self.raw.next_steps.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            NextStep {
                id: raw.id.clone(),
                shown: self.shown(&raw.levels, &raw.when, raw.audience, &path),
                say: self.text(&raw.say, &path.key("say"), Manner::ADVICE),
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    pub fn pages(&mut self) -> Vec<Page> {
        let root = Path::ROOT;
        let path = root.key("learn");
        let raw = self.raw.learn.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            Page {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
                shown: self.shown(&raw.levels, &raw.when, raw.audience, &path),
                body: self.text(&raw.body, &path.key("body"), Manner::ADVICE),
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    fn shown(
        &mut self,
        levels: &raw::Written<Vec<String>>,
        when: &raw::Written<raw::Condition>,
        audience: raw::Written<Audience>,
        path: &Path,
    ) -> Shown {
        Shown {
            levels: self.shown_levels(levels, &path.key("levels")),
            when: self.optional_condition(when, &path.key("when"), Scope::Advice),
            audience: audience.0,
        }
    }

    pub fn shown_levels(&mut self, raw: &raw::Written<Vec<String>>, path: &Path) -> Vec<LevelIndex> {
        let Some(raw) = &raw.0 else {
            return Vec::new();
        };
        if raw.is_empty() {
            self.mistakes
                .error(path.name(), "empty-list", "`levels` is empty")
                .help("leave the key out for all levels");
        }
        let mut levels = Vec::new();
        for (index, id) in raw.iter().enumerate() {
            let place = path.index(index).value();
            let Some(level) = self.names.levels.find(id, place.clone(), &mut self.mistakes) else {
                continue;
            };
            if levels.contains(&level) {
                let message = format!("`{id}` is in the list twice");
                self.mistakes.error(place, "twice-in-list", message);
            } else {
                levels.push(level);
            }
        }
        levels
    }

    pub fn tables(&mut self) -> Vec<Table> {
        let root = Path::ROOT;
        let path = root.key("tables");
        let mut tables = Vec::new();
        for (index, raw) in self.raw.tables.iter().enumerate() {
            let path = path.index(index);
            let columns = path.key("columns");
            self.not_empty(&raw.columns, &columns, "empty-list", "the table has no columns");
            let mut rows = Vec::with_capacity(raw.rows.len());
            for (position, row) in raw.rows.iter().enumerate() {
                let rows_path = path.key("rows");
                let path = rows_path.index(position);
                if row.len() != raw.columns.len() {
                    let message = format!(
                        "this row has {}, but the table has {}",
                        count(row.len(), "cell"),
                        count(raw.columns.len(), "column"),
                    );
                    self.mistakes
                        .error(path.value(), "wrong-number-of-cells", message)
                        .help(match row.len() > raw.columns.len() {
                            true => "a comma in brackets begins a new cell: put a cell that contains a comma in quotes",
                            false => "an empty cell is written \"\"",
                        });
                }
                let cells = row.iter().enumerate();
                rows.push(cells.map(|(index, cell)| self.cell(cell, &path.index(index))).collect());
            }
            tables.push(Table {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::LINE),
                audience: raw.audience.0,
                columns: self.texts(&raw.columns, &columns, Manner::LINE),
                rows,
            });
        }
        tables
    }
}
