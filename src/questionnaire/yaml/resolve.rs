//! From the file as written to a questionnaire: every name to an index, every text checked.

use super::super::QuestionIndex;
use super::super::{
    Because, Choice, FurtherList, Offer, Questionnaire, ReturnItem, ReturnList, Rule, Section, SiteContact,
    Source, SourceIndex, Text, Welcome,
};
use super::conditions::Scope;
use super::language::check_language;
use super::lint;
use super::mistake::Mistakes;
use super::names::{self, Spelling};
use super::path::Path;
use super::raw;
use super::texts::Manner;
use super::version;

/// One digit is the key of each.
const MOST_OFFERS: usize = 9;

/// Turns a file into a questionnaire and collects the mistakes on the way. Whatever can't be resolved is filled
/// with something, so that all the rest is looked at too; the result is of use only if there were no errors.
pub(super) struct Resolver<'a> {
    pub raw: &'a raw::Questionnaire,
    pub names: Names<'a>,
    pub mistakes: Mistakes,
    /// For each definition the last question it looks at, also through others.
    pub latest: Vec<Option<usize>>,
    pub no_and_yes: Vec<Choice>,
}

/// All ids that others refer to.
pub(super) struct Names<'a> {
    pub levels: names::Ids<'a>,
    pub sources: names::Ids<'a>,
    pub contacts: names::Ids<'a>,
    pub grids: names::Ids<'a>,
    pub questions: names::Ids<'a>,
    pub definitions: names::Ids<'a>,
    pub rules: names::Ids<'a>,
    /// The questions as written, with the positions of their sections and in them.
    pub asked: Vec<Asked<'a>>,
}

#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub raw: &'a raw::Question,
    pub section: usize,
    pub position: usize,
    /// Whether the file shows all its options.
    pub options_complete: bool,
    /// Whether the file shows its type.
    pub kind_known: bool,
}

/// Resolves a file.
pub(super) fn resolve(raw: &raw::Questionnaire, mistakes: Mistakes) -> (Questionnaire, Mistakes) {
    let mut mistakes = mistakes;
    let names = Names::of(raw, &mut mistakes);
    let mut resolver = Resolver { raw, names, mistakes, latest: Vec::new(), no_and_yes: Vec::new() };
    let questionnaire = resolver.questionnaire();
    let mut mistakes = resolver.mistakes;
    if !mistakes.has_errors {
        lint::lint(&questionnaire, &mut mistakes);
    }
    (questionnaire, mistakes)
}

impl Resolver<'_> {
    fn questionnaire(&mut self) -> Questionnaire {
        let raw = self.raw;
        let root = Path::ROOT;
        self.format(raw.format.0);
        let id = root.key("id");
        names::check_spelling("questionnaire", &raw.id, id.value(), Spelling::File, &mut self.mistakes);
        // Definitions come before the questions, whose ask_if needs to know what they look at.
        let definitions = self.definitions();
        self.no_and_yes = self.no_and_yes();
        let questions = self.questions();
        self.check_grids(&questions);
        Questionnaire {
            id: raw.id.clone(),
            version: self.words(&raw.version, &root.key("version"), Manner::LINE),
            language: self.language(),
            title: self.text(&raw.title, &root.key("title"), Manner::LINE),
            sign_off: self.text(&raw.sign_off, &root.key("sign_off"), Manner::LINES),
            welcome: self.welcome(),
            offers: self.offers(),
            contacts: self.contacts(),
            levels: self.levels(),
            unsure: self.unsure(),
            sections: self.sections(),
            grids: self.grids(),
            questions,
            definitions,
            rules: self.rules(),
            next_steps: self.next_steps(),
            waivers: self.waivers(),
            departures: self.departures(),
            return_list: self.return_list(),
            always: self.texts(&raw.always, &root.key("always"), Manner::ADVICE),
            say: self.text(&raw.say, &root.key("say"), Manner::ADVICE),
            presenting: self.presenting(),
            learn: self.pages(),
            tables: self.tables(),
            sources: self.sources(),
        }
    }

    /// Another version is told alone, before anything else is looked at: this makes the file be read for that.
    fn format(&mut self, format: Option<u32>) {
        if let Some(refused) = format.and_then(|format| version::refused(&format.to_string())) {
            let place = Path::ROOT.key("format").value();
            self.mistakes.error(place, refused.code, refused.message).help(refused.help);
        }
    }

    fn language(&mut self) -> String {
        let Some(tag) = &self.raw.language.0 else {
            return "en".to_owned();
        };
        check_language(tag, Path::ROOT.key("language").value(), &mut self.mistakes);
        tag.clone()
    }

    fn welcome(&mut self) -> Welcome {
        let path = Path::ROOT.key("welcome");
        let raw = &self.raw.welcome;
        Welcome {
            stop: self.optional_text(&raw.stop, &path.key("stop"), Manner::ADVICE),
            about: self.text(&raw.about, &path.key("about"), Manner::ADVICE),
            points: self.texts(&raw.points, &path.key("points"), Manner::ADVICE_LINE),
        }
    }

    fn offers(&mut self) -> Vec<Offer> {
        let root = Path::ROOT;
        let path = root.key("offers");
        if self.raw.offers.len() > MOST_OFFERS {
            let message = format!("more than {MOST_OFFERS} offers: each has one digit as its key");
            self.mistakes.error(path.name(), "too-many-offers", message);
        }
        let mut offers = Vec::new();
        for (index, raw) in self.raw.offers.iter().enumerate() {
            let path = path.index(index);
            let place = path.key("questionnaire").value();
            let own = Spelling::File;
            names::check_spelling(
                "questionnaire",
                &raw.questionnaire,
                place.clone(),
                own,
                &mut self.mistakes,
            );
            let is_here = |offer: &Offer| offer.questionnaire == raw.questionnaire;
            if raw.questionnaire == self.raw.id {
                self.mistakes.error(place, "offers-itself", "a questionnaire can't offer itself");
            } else if offers.iter().any(is_here) {
                let message = format!("`{}` is offered twice", names::shown(&raw.questionnaire));
                self.mistakes.error(place, "twice-in-list", message);
            }
            let label = self.text(&raw.label, &path.key("label"), Manner::LINE);
            offers.push(Offer { questionnaire: raw.questionnaire.clone(), label });
        }
        offers
    }

    fn contacts(&mut self) -> Vec<SiteContact> {
        let root = Path::ROOT;
        let path = root.key("contacts");
        let raw = self.raw.contacts.0.iter();
        raw.map(|(id, words)| SiteContact {
            id: id.clone(),
            words: self.text(words, &path.key(id), Manner::LINE),
        })
        .collect()
    }

    fn sections(&mut self) -> Vec<Section> {
        let root = Path::ROOT;
        let path = root.key("sections");
        self.not_empty(&self.raw.sections, &path, "no-sections", "there are no sections");
        let mut first = 0;
        let mut sections = Vec::new();
        for (index, raw) in self.raw.sections.iter().enumerate() {
            let path = path.index(index);
            self.not_empty(
                &raw.questions,
                &path.key("questions"),
                "empty-section",
                "this section has no questions",
            );
            let end = first + raw.questions.len();
            sections.push(Section {
                id: raw.id.clone(),
                title: self.text(&raw.title, &path.key("title"), Manner::LINE),
                audience: raw.audience.0,
                first,
                end,
            });
            first = end;
        }
        sections
    }

    fn rules(&mut self) -> Vec<Rule> {
        let root = Path::ROOT;
        let path = root.key("rules");
        self.not_empty(&self.raw.rules, &path, "no-rules", "there are no rules");
        let raw = self.raw.rules.iter().enumerate();
        raw.map(|(index, raw)| {
            let path = path.index(index);
            let place = path.key("level").value();
            let level = self.names.levels.find(&raw.level, place, &mut self.mistakes);
            let (because_if, because) = self.because(&raw.because, &path.key("because"));
            Rule {
                id: raw.id.clone(),
                level: level.unwrap_or_default(),
                because,
                because_if,
                when: self.condition(&raw.when, &path.key("when"), Scope::Rule),
                supporting: raw.supporting,
                sources: self.cited(&raw.sources, &path.key("sources")),
            }
        })
        .collect()
    }

    /// The words for some people, and those for everybody else.
    fn because(&mut self, raw: &raw::Because, path: &Path) -> (Vec<Because>, Text) {
        let entries = match raw {
            raw::Because::Always(text) => return (Vec::new(), self.text(text, path, Manner::LINE)),
            raw::Because::Some(entries) => entries,
        };
        self.not_empty(entries, path, "empty-list", "the list of reasons is empty");
        self.only_last_unconditional(entries.iter().map(|entry| entry.when.0.is_some()), path);
        let mut because_if = Vec::new();
        let mut otherwise = Text::default();
        for (index, entry) in entries.iter().enumerate() {
            let path = path.index(index);
            let when = self.optional_condition(&entry.when, &path.key("when"), Scope::Advice);
            let say = self.text(&entry.say, &path.key("say"), Manner::LINE);
            match when {
                Some(when) => because_if.push(Because { when, say }),
                None => otherwise = say,
            }
        }
        (because_if, otherwise)
    }

    /// The sources that a text rests on.
    pub fn cited(&mut self, raw: &[String], path: &Path) -> Vec<SourceIndex> {
        let mut cited = Vec::with_capacity(raw.len());
        for (index, id) in raw.iter().enumerate() {
            let place = path.index(index).value();
            let Some(source) = self.names.sources.find(id, place.clone(), &mut self.mistakes) else {
                continue;
            };
            if cited.contains(&source) {
                let message = format!("`{id}` is in the list twice");
                self.mistakes.error(place, "twice-in-list", message);
            } else {
                cited.push(source);
            }
        }
        cited
    }

    fn return_list(&mut self) -> ReturnList {
        let path = Path::ROOT.key("return_list");
        let raw = &self.raw.return_list;
        let further_path = path.key("further");
        let further = raw.further.iter().enumerate().map(|(at, raw)| {
            let path = further_path.index(at);
            FurtherList {
                title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
                levels: self.shown_levels(&raw.levels, &path.key("levels")),
                items: self.return_items(&raw.items, &path.key("items")),
            }
        });
        let further = further.collect();
        ReturnList {
            title: self.text(&raw.title, &path.key("title"), Manner::ADVICE_LINE),
            items: self.return_items(&raw.items, &path.key("items")),
            further,
        }
    }

    fn return_items(&mut self, raw: &[raw::Item], path: &Path) -> Vec<ReturnItem> {
        self.not_empty(raw, path, "empty-list", "the list is empty");
        raw.iter().enumerate().map(|(at, raw)| self.return_item(raw, &path.index(at))).collect()
    }

    fn return_item(&mut self, raw: &raw::Item, path: &Path) -> ReturnItem {
        let say = self.text(&raw.say, path, Manner::ADVICE);
        let path = path.key("about");
        if raw.about.0.as_ref().is_some_and(Vec::is_empty) {
            self.mistakes
                .error(path.name(), "empty-list", "`about` is empty")
                .help("leave the key out for an item that no question asks for");
        }
        let ids = raw.about.0.as_deref().unwrap_or_default();
        ReturnItem { say, about: self.list_of_questions(ids, &path) }
    }

    fn presenting(&mut self) -> Vec<QuestionIndex> {
        self.list_of_questions(&self.raw.presenting, &Path::ROOT.key("presenting"))
    }

    /// Questions by their ids, each once.
    fn list_of_questions(&mut self, ids: &[String], path: &Path) -> Vec<QuestionIndex> {
        let mut questions = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let place = path.index(index).value();
            let Some(question) = self.names.questions.find(id, place.clone(), &mut self.mistakes) else {
                continue;
            };
            if questions.contains(&question) {
                let message = format!("`{id}` is in the list twice");
                self.mistakes.error(place, "twice-in-list", message);
            } else {
                questions.push(question);
            }
        }
        questions
    }

    fn sources(&mut self) -> Vec<Source> {
        let root = Path::ROOT;
        let path = root.key("sources");
        let raw = self.raw.sources.0.iter();
        raw.map(|(id, raw)| Source {
            id: id.clone(),
            title: self.words(&raw.title, &path.key(id).key("title"), Manner::LINE),
            year: raw.year.0,
        })
        .collect()
    }

    pub fn not_empty<T>(&mut self, list: &[T], path: &Path, code: &'static str, message: &str) {
        if list.is_empty() {
            self.mistakes.error(path.name(), code, message);
        }
    }

    /// Reports a word that is none of those that may stand there.
    pub fn unknown_word(
        &mut self,
        word: &str,
        known: &[&str],
        path: &Path,
        code: &'static str,
        message: String,
    ) {
        let help = self
            .mistakes
            .did_you_mean(word, known.iter().copied())
            .unwrap_or_else(|| format!("there are: {}", names::listed(known)));
        self.mistakes.error(path.value(), code, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Condition;
    use super::super::super::condition::{Comparison, OptionSet};
    use super::*;

    const SMALL: &str = include_str!("../../../tests/fixtures/small.yaml");

    fn small() -> Questionnaire {
        let raw = serde_yaml::from_str(SMALL).expect("the right shape");
        let (questionnaire, mistakes) = resolve(&raw, Mistakes::default());
        assert!(mistakes.found.is_empty(), "{:?}", mistakes.found);
        questionnaire
    }

    fn defined(questionnaire: &Questionnaire, name: &str) -> Condition {
        let mut definitions = questionnaire.definitions.iter();
        let definition = definitions.find(|definition| definition.name == name);
        definition.expect("a definition").condition.clone()
    }

    #[test]
    fn comparing_an_ordered_question_is_a_set_of_its_options() {
        let questionnaire = small();
        let since = questionnaire.question_index("numb_since").expect("a question");
        let signs = questionnaire.question_index("signs").expect("a question");
        let weeks_or_new = OptionSet::one(1).with(2);
        let numb_or_weak = OptionSet::one(0).with(1);
        let nerve =
            Condition::Any(vec![Condition::Has(signs, numb_or_weak), Condition::Has(since, weeks_or_new)]);
        assert_eq!(defined(&questionnaire, "nerve"), nerve);
    }

    #[test]
    fn two_comparisons_of_a_number_are_both_needed() {
        let questionnaire = small();
        let severity = questionnaire.question_index("severity").expect("a question");
        let strong = Condition::All(vec![
            Condition::Number(severity, Comparison::AtLeast, 4.0),
            Condition::Number(severity, Comparison::Below, 9.0),
        ]);
        assert_eq!(defined(&questionnaire, "strong"), strong);
    }

    #[test]
    fn a_yes_no_has_no_and_yes() {
        let questionnaire = small();
        let cancer = questionnaire.question_index("cancer_history").expect("a question");
        let ids: Vec<&str> =
            (questionnaire.questions[cancer].options.iter()).map(|option| option.id.as_str()).collect();
        assert_eq!(ids, ["no", "yes"]);
        let is_yes = Condition::Has(cancer, OptionSet::one(1));
        assert_eq!(defined(&questionnaire, "cancer"), is_yes);
    }

    #[test]
    fn sections_cover_the_questions_in_order() {
        let questionnaire = small();
        let ranges: Vec<_> =
            (questionnaire.sections.iter()).map(|section| (section.first, section.end)).collect();
        assert_eq!(ranges, [(0, 5), (5, 9), (9, 10)]);
        for (index, question) in questionnaire.questions.iter().enumerate() {
            let section = &questionnaire.sections[question.section];
            assert!((section.first..section.end).contains(&index), "{}", question.id);
        }
    }
}
