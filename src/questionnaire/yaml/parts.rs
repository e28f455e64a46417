//! Where a part of a condition stands in a file that was read without mistakes, and how it is written.

use super::super::diagnostic::Span;
use super::super::{Condition, LevelIndex, QuestionIndex, Questionnaire, RuleIndex};
use super::path::Path;
use super::places::Places;
use super::tree::{Content, NodeIndex, Tree};

/// A condition that the file states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    AskIf(QuestionIndex),
    Definition(usize),
    Rule(RuleIndex),
    /// Of the step with this position.
    Step(usize),
    /// Of an entry of `within` of a level.
    Within(LevelIndex, usize),
}

impl Stated {
    /// Every condition of these kinds, in the order of the kinds.
    pub fn all(questionnaire: &Questionnaire) -> Vec<Stated> {
        let asked = (0..questionnaire.questions.len()).map(Stated::AskIf);
        let definitions = (0..questionnaire.definitions.len()).map(Stated::Definition);
        let rules = (0..questionnaire.rules.len()).map(Stated::Rule);
        let steps = (0..questionnaire.next_steps.len()).map(Stated::Step);
        let levels = questionnaire.levels.iter().enumerate();
        let within = levels.flat_map(|(index, level)| {
            (0..level.within.len()).map(move |entry| Stated::Within(index, entry))
        });
        let all = asked.chain(definitions).chain(rules).chain(steps).chain(within);
        all.filter(|stated| stated.of(questionnaire).is_some()).collect()
    }

    /// The condition; `None` where there is none.
    pub fn of(self, questionnaire: &Questionnaire) -> Option<&Condition> {
        match self {
            Stated::AskIf(question) => questionnaire.questions.get(question)?.ask_if.as_ref(),
            Stated::Definition(index) => Some(&questionnaire.definitions.get(index)?.condition),
            Stated::Rule(rule) => Some(&questionnaire.rules.get(rule)?.when),
            Stated::Step(step) => questionnaire.next_steps.get(step)?.shown.when.as_ref(),
            Stated::Within(level, entry) => questionnaire.levels.get(level)?.within.get(entry)?.when.as_ref(),
        }
    }

    pub fn of_mut(self, questionnaire: &mut Questionnaire) -> Option<&mut Condition> {
        match self {
            Stated::AskIf(question) => questionnaire.questions.get_mut(question)?.ask_if.as_mut(),
            Stated::Definition(index) => Some(&mut questionnaire.definitions.get_mut(index)?.condition),
            Stated::Rule(rule) => Some(&mut questionnaire.rules.get_mut(rule)?.when),
            Stated::Step(step) => questionnaire.next_steps.get_mut(step)?.shown.when.as_mut(),
            Stated::Within(level, entry) => {
                questionnaire.levels.get_mut(level)?.within.get_mut(entry)?.when.as_mut()
            }
        }
    }
}

/// A part of a condition in the file.
#[derive(Debug, Clone, Copy)]
enum At {
    /// The value is the part.
    Value(NodeIndex),
    /// This entry of a map is: the key and its value.
    Entry(NodeIndex, NodeIndex),
}

impl Places<'_> {
    /// Where the part of a condition stands to which `route` leads: at each level the position of the part inside.
    pub fn part(&self, questionnaire: &Questionnaire, stated: Stated, route: &[usize]) -> Option<Span> {
        let tree = self.0.tree()?;
        let at = self.at(questionnaire, stated, route)?;
        let bytes = match at {
            At::Value(node) => tree.value_span(node, None),
            At::Entry(key, value) => {
                let (key, value) = (tree.key_span(key), tree.key_span(value));
                let whole = key.start..value.end.max(key.end);
                if tree.is_on_one_line(&whole) { whole } else { key }
            }
        };
        Some(Span::in_text(self.0.text(), bytes))
    }

    /// Where an option is named in such a part; the part itself, if it is not named there.
    pub fn option_in(
        &self,
        questionnaire: &Questionnaire,
        stated: Stated,
        route: &[usize],
        id: &str,
    ) -> Option<Span> {
        let tree = self.0.tree()?;
        let named = match self.at(questionnaire, stated, route)? {
            At::Value(value) | At::Entry(_, value) => tree.named_in(value, id),
        };
        match named {
            Some(node) => Some(Span::in_text(self.0.text(), tree.key_span(node))),
            None => self.part(questionnaire, stated, route),
        }
    }

    /// Whether such a part is written as a comparison: `{ at_least: x }`.
    pub fn is_comparison(&self, questionnaire: &Questionnaire, stated: Stated, route: &[usize]) -> bool {
        let Some(At::Entry(_, value)) = self.at(questionnaire, stated, route) else {
            return false;
        };
        self.0.tree().is_some_and(|tree| matches!(tree.content(value), Content::Map(_)))
    }

    fn at(&self, questionnaire: &Questionnaire, stated: Stated, route: &[usize]) -> Option<At> {
        let tree = self.0.tree()?;
        let mut at = At::Value(self.condition(questionnaire, stated)?);
        for &part in route {
            at = child(tree, at, part)?;
        }
        // A map with one key: all of it is that entry.
        if let At::Value(node) = at
            && let &[(key, value)] = entries(tree, node).as_slice()
        {
            at = At::Entry(key, value);
        }
        Some(at)
    }

    fn condition(&self, questionnaire: &Questionnaire, stated: Stated) -> Option<NodeIndex> {
        let root = Path::ROOT;
        let find = |path: &Path| self.0.tree()?.node_at(&path.steps());
        let entry = |list: &str, index: usize| find(&root.key(list).index(index).key("when"));
        match stated {
            Stated::AskIf(question) => {
                let section = questionnaire.questions.get(question)?.section;
                let position = question - questionnaire.sections[section].first;
                find(&root.key("sections").index(section).key("questions").index(position).key("ask_if"))
            }
            Stated::Definition(index) => {
                find(&root.key("definitions").key(&questionnaire.definitions.get(index)?.name))
            }
            Stated::Rule(rule) => entry("rules", rule),
            Stated::Step(step) => entry("next_steps", step),
            Stated::Within(level, entry) => {
                find(&root.key("levels").index(level).key("within").index(entry).key("when"))
            }
        }
    }
}

/// A part inside another, as `conditions` reads them.
fn child(tree: &Tree, at: At, part: usize) -> Option<At> {
    let (key, value) = match at {
        At::Entry(key, value) => (key, value),
        At::Value(node) => match entries(tree, node).as_slice() {
            &[one] => one,
            several => return several.get(part).map(|&(key, value)| At::Entry(key, value)),
        },
    };
    match (tree.words(key)?, tree.content(value)) {
        ("all" | "any" | "of", Content::List(items)) => items.get(part).map(|&item| At::Value(item)),
        ("not", _) => (part == 0).then_some(At::Value(value)),
        // Two comparisons of one number.
        (_, Content::Map(entries)) => entries.get(part).map(|&(key, value)| At::Entry(key, value)),
        // Options, and "not sure" beside them.
        (_, Content::List(_)) if part == 0 => Some(at),
        (_, Content::List(_)) => tree.named_in(value, "unsure").map(At::Value),
        _ => None,
    }
}

/// The entries of a map that are conditions; `at_least` belongs to `of`.
fn entries(tree: &Tree, node: NodeIndex) -> Vec<(NodeIndex, NodeIndex)> {
    match tree.content(node) {
        Content::Map(entries) => {
            let entries = entries.iter().copied();
            entries.filter(|&(key, _)| tree.words(key) != Some("at_least")).collect()
        }
        _ => Vec::new(),
    }
}
