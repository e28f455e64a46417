//! Definitions: conditions with a name, which may use each other but not in a circle.

use super::super::{Condition, Definition};
use super::conditions::Scope;
use super::path::Path;
use super::resolve::Resolver;

/// Definitions that use one another deeper than this can't be followed by a reader either.
const DEEPEST: usize = 32;

/// What a definition looks at directly.
#[derive(Debug, Default)]
struct Uses {
    definitions: Vec<usize>,
    latest_question: Option<usize>,
}

impl Resolver<'_> {
    pub fn definitions(&mut self) -> Vec<Definition> {
        let root = Path::ROOT;
        let path = root.key("definitions");
        let raw = self.raw.definitions.0.iter();
        let definitions: Vec<Definition> = raw
            .map(|(name, raw)| Definition {
                name: name.clone(),
                condition: self.condition(raw, &path.key(name), Scope::Definition),
            })
            .collect();
        let mut uses: Vec<Uses> = Vec::with_capacity(definitions.len());
        for definition in &definitions {
            let mut used = Uses::default();
            collect(&definition.condition, &mut used);
            uses.push(used);
        }
        self.follow(&uses);
        definitions
    }

    /// Goes through all definitions, those used before those that use them. Finds circles, and the last question
    /// that each looks at. Without recursion, as a file may have a chain of any length.
    fn follow(&mut self, uses: &[Uses]) {
        let mut depth: Vec<Option<usize>> = vec![None; uses.len()];
        let mut latest: Vec<Option<usize>> = uses.iter().map(|used| used.latest_question).collect();
        let mut on_trail = vec![false; uses.len()];
        for start in 0..uses.len() {
            if depth[start].is_some() {
                continue;
            }
            // Each entry: a definition, and how many of those it uses are done.
            let mut trail: Vec<(usize, usize)> = vec![(start, 0)];
            on_trail[start] = true;
            while let Some(&mut (at, ref mut done)) = trail.last_mut() {
                let Some(&next) = uses[at].definitions.get(*done) else {
                    let used = uses[at].definitions.iter();
                    let deepest = used.filter_map(|&used| depth[used]).max();
                    let own = deepest.map_or(0, |deepest| deepest + 1);
                    depth[at] = Some(own);
                    if own == DEEPEST {
                        self.too_deep(at);
                    }
                    for &used in &uses[at].definitions {
                        latest[at] = latest[at].max(latest[used]);
                    }
                    trail.pop();
                    on_trail[at] = false;
                    continue;
                };
                *done += 1;
                if on_trail[next] {
                    let circle = trail.iter().map(|&(on, _)| on);
                    let circle: Vec<usize> = match self.mistakes.is_full() {
                        true => vec![next],
                        false => circle.skip_while(|&on| on != next).collect(),
                    };
                    self.circle(&circle);
                } else if depth[next].is_none() {
                    trail.push((next, 0));
                    on_trail[next] = true;
                }
            }
        }
        self.latest = latest;
    }

    fn circle(&mut self, circle: &[usize]) {
        let names = &self.names.definitions.ids;
        let Some(&first) = circle.first() else {
            return;
        };
        let root = Path::ROOT;
        let path = root.key("definitions");
        let message = match circle {
            [_] => format!("`{}` uses itself", names[first]),
            _ => {
                let mut round: Vec<&str> = circle.iter().take(8).map(|&index| names[index]).collect();
                if circle.len() > round.len() {
                    round.push("...");
                }
                round.push(names[first]);
                format!("definitions in a circle: {}", round.join(" → "))
            }
        };
        let mistake = self.mistakes.error(path.key(names[first]).name(), "circular-definition", message);
        mistake.help("write one of them without the others");
        for &other in circle.iter().skip(1).take(7) {
            mistake.related(path.key(names[other]).name(), "in the circle");
        }
    }

    fn too_deep(&mut self, definition: usize) {
        let root = Path::ROOT;
        let path = root.key("definitions");
        let name = self.names.definitions.ids[definition];
        let message = format!("`{name}` uses definitions that use others more than {DEEPEST} deep");
        self.mistakes.error(path.key(name).name(), "too-deep", message).help("write some of them out");
    }
}

fn collect(condition: &Condition, uses: &mut Uses) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            for part in parts {
                collect(part, uses);
            }
        }
        Condition::Not(part) => collect(part, uses),
        Condition::Has(question, _) | Condition::Unsure(question) | Condition::Number(question, _, _) => {
            uses.latest_question = uses.latest_question.max(Some(*question));
        }
        Condition::Definition(definition) => uses.definitions.push(*definition),
        Condition::Rule(_) | Condition::UnsureAnswers => {}
    }
}
