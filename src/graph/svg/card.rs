//! One card: what stands in it, from top to bottom.

use super::flow::Flow;
use super::measure::Type;
use super::paint::{ASK, CHIP, NAME, SMALL};
use super::pen::Pen;
use crate::graph::links::Few;
use crate::graph::{short, words};
use crate::questionnaire::{Audience, Condition, QuestionIndex, Questionnaire};

/// Whose words stand in the picture: the shorter ones.
pub const AUDIENCE: Audience = Audience::Clinician;
/// Width of the field with a question's number.
pub const NUMBER: i32 = 40;
/// The longest title that shows up when something is pointed at, in characters.
pub const LONGEST_TITLE: usize = 900;
/// The longest condition written out.
pub const LONGEST_CONDITION: usize = 430;
const CHIP_HEIGHT: i32 = 18;

/// An entry of a list, drawn with its upper left corner at 0, 0.
#[derive(Debug, Default)]
pub struct Block {
    /// By which links lead here; may be empty.
    pub id: String,
    pub height: i32,
    pub indent: i32,
    pub drawn: String,
    /// Of a heading: what stands above the next column, equally high.
    pub continued: String,
    /// The entry that this one follows up, by its position in the list.
    pub follows: Option<usize>,
    /// Whether it stands right below that, with nothing between but other follow-ups of it.
    pub is_joined: bool,
}

impl Block {
    /// Its height and the space below it.
    pub fn room(&self) -> i32 {
        self.height + 8
    }

    pub fn is_heading(&self) -> bool {
        !self.continued.is_empty()
    }

    /// The space above it, when it comes so far down in its column.
    pub fn space_above(&self, y: i32) -> i32 {
        if self.is_heading() && y > 0 { 14 } else { 0 }
    }
}

/// A card in the making. What stands in it comes from top to bottom.
pub struct Card {
    id: String,
    title: String,
    width: i32,
    /// Where its text begins.
    left: i32,
    y: i32,
    pen: Pen,
    /// What is drawn below all else but the card itself, once its height is known.
    edge: Edge,
}

enum Edge {
    None,
    Number(usize),
    Stripe(usize),
}

impl Card {
    pub fn new(id: &str, width: i32, left: i32) -> Card {
        let title = String::new();
        Card { id: id.to_owned(), title, width, left, y: 6, pen: Pen::default(), edge: Edge::None }
    }

    fn room(&self) -> i32 {
        self.width - self.left - 10
    }

    /// What shows up when the card is pointed at.
    pub fn title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
    }

    pub fn titled(&mut self, name: &str, condition: &Condition, questionnaire: &Questionnaire) {
        let when = words::condition(questionnaire, condition, LONGEST_TITLE / 2);
        self.title = short(&format!("{}: {when}", short(name, LONGEST_TITLE / 3)), LONGEST_TITLE);
    }

    pub fn lines(&mut self, set: Type, class: &str, words: &str, most: usize) {
        for line in set.lines(words, self.room(), most) {
            self.y += set.leading();
            self.pen.text((self.left, self.y - 2), self.room(), class, set, &line);
        }
    }

    /// A name with words beside it, or below it if it is long.
    pub fn named(&mut self, name: &str, words: &str) {
        const BESIDE: i32 = 70;
        let name_width = NAME.width(name) + 12;
        if name_width > BESIDE {
            self.lines(NAME, "name", name, 2);
            self.lines(ASK, "ask", words, 4);
            return;
        }
        let at = self.y + ASK.leading() - 2;
        self.pen.text((self.left, at), name_width, "name", NAME, name);
        self.left += name_width;
        self.lines(ASK, "ask", words, 4);
        self.left -= name_width;
        self.y = self.y.max(at + 2);
    }

    /// What stands in italics, after the number of the question that leads here.
    pub fn lines_after_number(
        &mut self,
        question: QuestionIndex,
        questionnaire: &Questionnaire,
        words: &str,
    ) {
        let mut flow = Flow::new(self.left, self.width - 8, self.y, CHIP_HEIGHT + 4);
        let few = Few { first: vec![question], all: 1 };
        self.numbers(&mut flow, &few, questionnaire);
        let right = flow.place(0, 0).0 + 2 - self.left;
        self.left += right;
        self.lines(SMALL, "if", words, 3);
        self.left -= right;
        self.y = self.y.max(flow.bottom());
    }

    pub fn condition(&mut self, condition: &Condition, questionnaire: &Questionnaire) {
        let words = words::condition(questionnaire, condition, LONGEST_CONDITION);
        self.lines(SMALL, "small", &words, 7);
    }

    pub fn question_numbers(&mut self, questions: &Few, questionnaire: &Questionnaire) {
        let mut flow = self.flow();
        self.numbers(&mut flow, questions, questionnaire);
        self.end(&flow);
    }

    pub fn numbers(&mut self, flow: &mut Flow, questions: &Few, questionnaire: &Questionnaire) {
        for &question in &questions.first {
            let asked = &questionnaire.questions[question];
            let title = format!("{}: {}", asked.id, short(asked.ask.to(AUDIENCE), 90));
            let words = (question + 1).to_string();
            let width = CHIP.width(&words) + 12;
            let (x, y) = flow.place(width + 4, CHIP_HEIGHT);
            self.pen.link(&format!("question-{}", asked.id), &title, |pen| {
                pen.rect((x, y, width, CHIP_HEIGHT), "class=\"tag\" rx=\"3\"");
                pen.centred((x + width / 2, y + 13), "chip", &words);
            });
        }
        match (questions.all, questions.others()) {
            (0, _) => self.word(flow, SMALL, "small", words::NO_QUESTIONS),
            (_, 0) => {}
            (_, others) => self.word(flow, SMALL, "small", &words::more(others)),
        }
    }

    /// Begins a row of small things.
    pub fn flow(&self) -> Flow {
        Flow::new(self.left, self.width - 8, self.y + 4, CHIP_HEIGHT + 4)
    }

    pub fn word(&mut self, flow: &mut Flow, set: Type, class: &str, words: &str) {
        // Longer than the row, it is cut.
        let Some(words) = set.lines(words, self.room(), 1).into_iter().next() else { return };
        let width = set.width(&words);
        let (x, y) = flow.place(width + 10, CHIP_HEIGHT);
        self.pen.text((x, y + 13), width, class, set, &words);
    }

    pub fn tag(&mut self, flow: &mut Flow, class: &str, words: &str) {
        let width = CHIP.width(words) + 12;
        let (x, y) = flow.place(width + 6, CHIP_HEIGHT);
        self.pen.rect((x, y, width, CHIP_HEIGHT), &format!("class=\"{class}\" rx=\"9\""));
        self.pen.centred((x + width / 2, y + 13), "chip", words);
    }

    /// A small thing in the look of a level, which leads somewhere.
    pub fn chip(&mut self, flow: &mut Flow, step: usize, to: &str, title: &str, words: &str) {
        let Some(words) = CHIP.lines(words, self.room() - 12, 1).into_iter().next() else { return };
        let width = CHIP.width(&words) + 12;
        let (x, y) = flow.place(width + 4, CHIP_HEIGHT);
        self.pen.link(to, title, |pen| {
            pen.rect((x, y, width, CHIP_HEIGHT), &format!("class=\"ground{step}\" rx=\"3\""));
            pen.text((x + 6, y + 13), width - 6, &format!("chip ink{step}"), CHIP, &words);
        });
    }

    pub fn end(&mut self, flow: &Flow) {
        self.y = flow.bottom();
    }

    pub fn numbered(&mut self, number: usize) {
        self.edge = Edge::Number(number);
    }

    pub fn striped(&mut self, step: usize) {
        self.edge = Edge::Stripe(step);
    }

    pub fn block(self) -> Block {
        let height = self.y + 6;
        let mut pen = Pen::default();
        pen.title(&self.title);
        pen.rect((0, 0, self.width, height), "class=\"card\" rx=\"4\"");
        match self.edge {
            Edge::None => {}
            Edge::Number(number) => {
                pen.rect((0, 0, NUMBER, height), "class=\"number\" rx=\"4\"");
                let set = if number < 10_000 { "name" } else { "chip" };
                pen.centred((NUMBER / 2, 23), set, &number.to_string());
            }
            Edge::Stripe(step) => pen.rect((0, 0, 14, height), &format!("class=\"stripe{step}\"")),
        }
        pen.svg += &self.pen.svg;
        Block { id: self.id, height, drawn: pen.svg, ..Block::default() }
    }
}
