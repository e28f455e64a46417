//! A questionnaire as the form that one audience fills in: a strict FHIR R4 Questionnaire with Structured Data Capture.

use super::codes::Codes;
use super::fhirpath::{self, Live, Program};
use super::layout::{Layout, Part};
use super::loss::Loss;
use super::lost;
use super::model::{
    AnswerOption, Coding, Concept, Decimal, Element, Expression, Extension, Item, Questionnaire as Form,
    Value,
};
use super::names::{self, Base};
use super::units;
use crate::answers::TEXT_MAX;
use crate::questionnaire::{
    Audience, Choice, Domain, NumberBounds, Question, QuestionIndex, Questionnaire, Text,
};
use crate::report::Texts;
use crate::site::Site;
use crate::text::clean_line;
use crate::words::Language;

/// What is wanted.
pub struct Request<'a> {
    /// The questionnaire in the language of the form, and then in those that go along as translations.
    pub languages: Vec<&'a Questionnaire>,
    pub audience: Audience,
    pub base: Base,
    pub codes: &'a Codes,
    pub site: &'a Site,
}

/// The form, and what did not go along.
pub fn form(request: &Request) -> (Form, Vec<Loss>) {
    let Some(&questionnaire) = request.languages.first() else {
        unreachable!("a questionnaire has a language");
    };
    let layout = Layout::of(questionnaire, request.audience);
    let program = Program::of(questionnaire, request.audience, &layout, request.codes);
    let maker = Maker { request, questionnaire, layout: &layout, program: &program };
    let mut item = vec![maker.welcome()];
    item.extend(maker.sections());
    item.push(maker.result());
    let (title, title_element) = maker.text(&|q| Some(&q.title)).unwrap_or_default();
    let form = Form {
        resource_type: "Questionnaire",
        id: resource_id(&names::form_id(questionnaire, request.audience)),
        language: questionnaire.language.clone(),
        extension: program.variables.iter().map(variable).collect(),
        url: request.base.form(questionnaire, request.audience),
        version: questionnaire.version.clone(),
        name: computer_name(questionnaire, request.audience),
        title,
        title_element,
        // Whether a site uses it is for the site to say.
        status: "unknown",
        subject_type: vec!["Patient"],
        description: maker.words(questionnaire, &|q| Some(&q.sign_off)),
        copyright: request.codes.notice(),
        item,
    };
    let loss = lost::of_form(questionnaire, request.audience, &layout, &program);
    (form, loss)
}

/// An id of FHIR has at most 64 characters.
pub fn resource_id(wanted: &str) -> String {
    match wanted.len() {
        0..=64 => wanted.to_owned(),
        _ => super::digest::id(&[wanted]),
    }
}

/// The name for programs: letters and digits, and a capital first.
fn computer_name(questionnaire: &Questionnaire, audience: Audience) -> String {
    let id = names::form_id(questionnaire, audience);
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

fn variable(variable: &fhirpath::Variable) -> Extension {
    let value = Value::Expression(Expression {
        description: variable.description.clone(),
        name: Some(variable.name.clone()),
        language: names::FHIRPATH,
        expression: variable.expression.clone(),
    });
    Extension::new(names::VARIABLE, value)
}

fn expression(url: &str, text: String) -> Extension {
    let value = Value::Expression(Expression {
        description: None,
        name: None,
        language: names::FHIRPATH,
        expression: text,
    });
    Extension::new(url, value)
}

fn control(code: &str) -> Extension {
    let coding = Coding::new(names::ITEM_CONTROL_SYSTEM, code);
    Extension::new(names::ITEM_CONTROL, Value::Concept(Concept::from(coding)))
}

fn instructions() -> Extension {
    let coding = Coding::new(names::DISPLAY_CATEGORY_SYSTEM, "instructions");
    Extension::new(names::DISPLAY_CATEGORY, Value::Concept(Concept::from(coding)))
}

struct Maker<'a> {
    request: &'a Request<'a>,
    questionnaire: &'a Questionnaire,
    layout: &'a Layout,
    program: &'a Program<'a>,
}

/// Finds one text in a questionnaire of any language.
type Pick<'p> = &'p dyn for<'q> Fn(&'q Questionnaire) -> Option<&'q Text>;

impl Maker<'_> {
    fn words(&self, questionnaire: &Questionnaire, pick: Pick) -> Option<String> {
        let texts = Texts::new(questionnaire, self.request.audience, self.request.site);
        let words = texts.body(pick(questionnaire)?).trim().to_owned();
        (!words.is_empty()).then_some(words)
    }

    /// A text with its translations.
    fn text(&self, pick: Pick) -> Option<(String, Option<Element>)> {
        let words = self.words(self.questionnaire, pick)?;
        let others = self.request.languages.iter().skip(1).filter_map(|other| {
            let content = self.words(other, pick).filter(|content| *content != words)?;
            Some(translation(&other.language, content))
        });
        let element = element(others.collect());
        Some((words, element))
    }

    /// What the program itself says in each language.
    fn own(&self, pick: impl Fn(Language) -> String) -> (String, Option<Element>) {
        let words = |questionnaire: &Questionnaire| pick(Language::around(&questionnaire.language));
        let said = words(self.questionnaire);
        let others = self.request.languages.iter().skip(1).map(|other| (&other.language, words(other)));
        let others = others.filter(|(_, content)| *content != said);
        let others = element(others.map(|(language, content)| translation(language, content)).collect());
        (said, others)
    }

    fn item(&self, link_id: String, kind: &'static str, pick: Pick) -> Item {
        let (text, text_element) = match self.text(pick) {
            Some((text, element)) => (Some(text), element),
            None => (None, None),
        };
        Item { link_id, kind, text, text_element, ..Item::default() }
    }

    fn welcome(&self) -> Item {
        let mut group = self.item(names::WELCOME.to_owned(), "group", &|q| Some(&q.title));
        if self.questionnaire.welcome.stop.is_some() {
            let link_id = format!("{}.stop", names::WELCOME);
            group.item.push(self.item(link_id, "display", &|q| q.welcome.stop.as_ref()));
        }
        let link_id = format!("{}.about", names::WELCOME);
        group.item.push(self.item(link_id, "display", &|q| Some(&q.welcome.about)));
        for index in 0..self.questionnaire.welcome.points.len() {
            let link_id = format!("{}.point.{}", names::WELCOME, index + 1);
            group.item.push(self.item(link_id, "display", &|q| q.welcome.points.get(index)));
        }
        let link_id = format!("{}.sign-off", names::WELCOME);
        group.item.push(self.item(link_id, "display", &|q| Some(&q.sign_off)));
        group
    }

    fn sections(&self) -> Vec<Item> {
        let sections = self.layout.sections.iter().map(|section| {
            let id = names::section(&self.questionnaire.sections[section.index].id);
            let mut group = self.item(id, "group", &|q| q.sections.get(section.index).map(|it| &it.title));
            let mut questions = Vec::new();
            for part in &section.parts {
                match part {
                    Part::Question(question) => {
                        questions.push(*question);
                        group.item.extend(self.question(*question));
                    }
                    Part::Grid(grid, rows) => {
                        questions.extend(rows);
                        group.item.extend(self.grid(*grid, rows));
                    }
                }
            }
            self.enable(&questions, &mut group);
            group
        });
        // A group needs something in it.
        sections.filter(|group| !group.item.is_empty()).collect()
    }

    fn grid(&self, grid: usize, rows: &[QuestionIndex]) -> Option<Item> {
        let asked: Vec<Item> = rows.iter().flat_map(|row| self.question(*row)).collect();
        if asked.is_empty() {
            return None;
        }
        let id = names::grid(&self.questionnaire.grids.get(grid)?.id);
        let mut group = self.item(id.clone(), "group", &|q| q.grids.get(grid).map(|grid| &grid.ask));
        // One head for all rows: where a site has codes of its own for each, a table would mix them up.
        let codings = |row: &QuestionIndex| -> Vec<Option<Coding>> {
            let options = 0..self.questionnaire.questions[*row].options.len();
            let request = self.request;
            options.map(|at| request.codes.option(self.questionnaire, &request.base, *row, at)).collect()
        };
        if rows.windows(2).all(|pair| codings(&pair[0]) == codings(&pair[1])) {
            group.extension.push(control("table"));
        }
        self.enable(rows, &mut group);
        if self.questionnaire.grids[grid].hint.is_some() {
            let pick: Pick = &|q| q.grids.get(grid).and_then(|grid| grid.hint.as_ref());
            let mut hint = self.item(format!("{id}.hint"), "display", pick);
            hint.extension.push(instructions());
            group.item.push(hint);
        }
        group.item.extend(asked);
        Some(group)
    }

    /// The item of a question, and the one beside it that says "not sure", if it needs one.
    fn question(&self, index: QuestionIndex) -> Vec<Item> {
        if self.program.live[index] == Live::Never {
            return Vec::new();
        }
        let question = &self.questionnaire.questions[index];
        let mut item =
            self.item(question.id.clone(), kind(question), &|q| Some(&q.questions.get(index)?.ask));
        item.required = question.takes_answer() && !question.optional && !names::has_unsure_item(question);
        item.code = self.request.codes.question(index);
        self.enable(&[index], &mut item);
        self.domain(index, question, &mut item);
        if question.grid.is_some() {
            let row: Pick = &|q| q.questions.get(index)?.grid.as_ref()?.row.as_ref();
            if let Some(words) = self.words(self.questionnaire, row) {
                item.extension.push(Extension::new(names::SHORT_TEXT, Value::String(clean_line(&words))));
            }
        }
        let mut help = self.help(index, question);
        let mut items = match question.takes_answer() {
            true => {
                item.item.extend(help);
                vec![item]
            }
            // Words to read can't have more words in them.
            false => {
                help.iter_mut().for_each(|words| self.enable(&[index], words));
                std::iter::once(item).chain(help).collect()
            }
        };
        if names::has_unsure_item(question) {
            let (text, text_element) = self.unsure();
            let mut unsure = Item {
                link_id: names::unsure(question),
                kind: "choice",
                text: Some(text),
                text_element,
                extension: vec![control("check-box")],
                answer_option: vec![self.unsure_option()],
                ..Item::default()
            };
            self.enable(&[index], &mut unsure);
            items.push(unsure);
        }
        items
    }

    /// Shows an item only while one of these questions is asked.
    fn enable(&self, questions: &[QuestionIndex], item: &mut Item) {
        let (mut asked, mut variables) = (Vec::new(), Vec::new());
        for index in questions {
            match &self.program.live[*index] {
                Live::Always => return,
                Live::Never => {}
                Live::If(name) => {
                    asked.push(*index);
                    variables.push(format!("%{name}"));
                }
            }
        }
        if asked.is_empty() {
            return;
        }
        let request = self.request;
        match super::enable::of(self.questionnaire, request.audience, &request.base, request.codes, &asked) {
            Some((enable_when, behavior)) => {
                item.enable_when = enable_when;
                item.enable_behavior = behavior;
            }
            None => {
                let any = format!("iif({}, true, false)", variables.join(" or "));
                item.extension.push(expression(names::ENABLE_WHEN, any));
            }
        }
    }

    fn domain(&self, index: QuestionIndex, question: &Question, item: &mut Item) {
        match &question.domain {
            Domain::One { .. } | Domain::Several => {
                item.repeats = question.takes_several();
                for at in 0..question.options.len() {
                    item.answer_option.push(self.option(index, question, at));
                }
                if question.unsure {
                    item.answer_option.push(self.unsure_option());
                }
                item.extension.push(control(if item.repeats { "check-box" } else { "radio-button" }));
            }
            Domain::Number(bounds) => self.number(index, question, bounds, item),
            Domain::Text => item.max_length = Some(TEXT_MAX),
            Domain::Nothing => {}
        }
    }

    fn option(&self, index: QuestionIndex, question: &Question, at: usize) -> AnswerOption {
        let request = self.request;
        let coding = request.codes.option(self.questionnaire, &request.base, index, at).unwrap_or_default();
        let label = self.text(&|q| Some(&q.questions.get(index)?.options.get(at)?.label));
        let (display, display_element) = match label {
            Some((label, element)) => (Some(clean_line(&label)), element),
            None => (None, None),
        };
        let coding = Coding { display, display_element, ..coding };
        let exclusive = question.options.get(at).is_some_and(|option| option.exclusive);
        let extension = exclusive.then(|| Extension::new(names::EXCLUSIVE, Value::Boolean(true)));
        AnswerOption { extension: extension.into_iter().collect(), value: Value::Coding(coding) }
    }

    fn unsure(&self) -> (String, Option<Element>) {
        self.own(|language| language.words().answers.unsure.to_owned())
    }

    fn unsure_option(&self) -> AnswerOption {
        let (display, display_element) = self.unsure();
        let coding = Coding {
            display: Some(display),
            display_element,
            ..Coding::new(names::ABSENT, names::ASKED_UNKNOWN)
        };
        AnswerOption { extension: Vec::new(), value: Value::Coding(coding) }
    }

    fn number(&self, index: QuestionIndex, question: &Question, bounds: &NumberBounds, item: &mut Item) {
        let whole = bounds.decimals == 0;
        let unit = bounds.unit.as_ref().map(|unit| clean_line(unit.to(self.request.audience)));
        let several = !bounds.others.is_empty();
        for (value, plain, quantity) in [
            (bounds.min, names::MIN_VALUE, names::MIN_QUANTITY),
            (bounds.max, names::MAX_VALUE, names::MAX_QUANTITY),
        ] {
            item.extension.push(match (several, whole) {
                (true, _) => {
                    let quantity_value = units::quantity(value, unit.as_deref().unwrap_or("1"));
                    Extension::new(quantity, Value::Quantity(quantity_value))
                }
                (false, true) => Extension::new(plain, Value::Integer(value as i64)),
                (false, false) => Extension::new(plain, Value::Decimal(Decimal(value))),
            });
        }
        if !whole && !several {
            let most = Value::Integer(bounds.decimals.into());
            item.extension.push(Extension::new(names::MAX_DECIMALS, most));
        }
        if let Some(unit) = &unit {
            let others = bounds.others.iter().map(|other| clean_line(&other.unit));
            match several {
                true => std::iter::once(unit.clone()).chain(others).for_each(|unit| {
                    let coding = Value::Coding(units::coding(&unit));
                    item.extension.push(Extension::new(names::UNIT_OPTION, coding));
                }),
                false => {
                    let coding = Value::Coding(units::coding(unit));
                    item.extension.push(Extension::new(names::UNIT, coding));
                }
            }
        }
        if let Some((min, max)) = question.scale() {
            item.extension.push(control("slider"));
            item.extension.push(Extension::new(names::SLIDER_STEP, Value::Integer(1)));
            for (end, name) in [(min, "lower"), (max, "upper")] {
                let at = question.labels().iter().position(|(value, _)| *value == end);
                let Some(at) = at else { continue };
                let pick: Pick = &|q| q.questions.get(index)?.labels().get(at).map(|(_, words)| words);
                let mut label = self.item(format!("{}.{name}", question.id), "display", pick);
                label.extension.push(control(name));
                item.item.push(label);
            }
        }
    }

    /// The line below a question, the options' second lines, and why it is asked.
    fn help(&self, index: QuestionIndex, question: &Question) -> Vec<Item> {
        let mut items = Vec::new();
        if question.hint.is_some() {
            let pick: Pick = &|q| q.questions.get(index)?.hint.as_ref();
            let mut hint = self.item(format!("{}.hint", question.id), "display", pick);
            hint.extension.push(instructions());
            items.push(hint);
        }
        let with_hint = |option: &Choice| option.hint.is_some();
        if question.options.iter().any(with_hint) {
            let lines = |q: &Questionnaire| {
                let texts = Texts::new(q, self.request.audience, self.request.site);
                let options = q.questions.get(index).map(|question| question.options.as_slice());
                let options = options.unwrap_or_default().iter();
                let lines = options.filter_map(|option| {
                    Some(format!("{}: {}", texts.line(&option.label), texts.line(option.hint.as_ref()?)))
                });
                lines.collect::<Vec<_>>().join("\n")
            };
            let text = lines(self.questionnaire);
            let others = self.request.languages.iter().skip(1).map(|q| translation(&q.language, lines(q)));
            items.push(Item {
                link_id: format!("{}.options", question.id),
                kind: "display",
                text_element: element(others.collect()),
                text: Some(text),
                extension: vec![instructions()],
                ..Item::default()
            });
        }
        if question.why.is_some() {
            let pick: Pick = &|q| q.questions.get(index)?.why.as_ref();
            let mut why = self.item(format!("{}.why", question.id), "display", pick);
            why.extension.push(control("help"));
            items.push(why);
        }
        items
    }

    /// What the answers mean, worked out while they are given.
    fn result(&self) -> Item {
        let (text, text_element) = self.own(|language| language.words().report.form_result.to_owned());
        let hidden = [(names::LEVEL, "%level"), (names::CERTAIN, "%certain"), (names::POSSIBLE, "%possible")];
        let texts = Texts::new(self.questionnaire, self.request.audience, self.request.site);
        let titles = self.questionnaire.levels.iter().map(|level| texts.line(&level.title)).collect();
        let calculated = |link_id: &str, text: String| Item {
            link_id: link_id.to_owned(),
            kind: "string",
            read_only: true,
            extension: vec![expression(names::CALCULATED, text)],
            ..Item::default()
        };
        let mut items = vec![Item {
            text: Some(text.clone()),
            text_element: text_element.clone(),
            ..calculated(names::SHOWN, self.program.shown(titles))
        }];
        for (link_id, variable) in hidden {
            let mut item = calculated(link_id, variable.to_owned());
            item.extension.insert(0, Extension::new(names::HIDDEN, Value::Boolean(true)));
            items.push(item);
        }
        let link_id = names::RESULT.to_owned();
        Item { link_id, kind: "group", text: Some(text), text_element, item: items, ..Item::default() }
    }
}

fn kind(question: &Question) -> &'static str {
    match &question.domain {
        Domain::One { .. } | Domain::Several => "choice",
        Domain::Number(bounds) if !bounds.others.is_empty() => "quantity",
        Domain::Number(bounds) if bounds.decimals == 0 => "integer",
        Domain::Number(_) => "decimal",
        Domain::Text => "text",
        Domain::Nothing => "display",
    }
}

fn translation(language: &str, content: String) -> Extension {
    let parts = vec![
        Extension::new("lang", Value::Code(language.to_owned())),
        Extension::new("content", Value::String(content)),
    ];
    Extension::of_parts(names::TRANSLATION, parts)
}

fn element(extension: Vec<Extension>) -> Option<Element> {
    (!extension.is_empty()).then_some(Element { extension })
}
