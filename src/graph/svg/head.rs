//! What stands above the lists: the title, what it is a picture of, and how to read it.

use super::card::AUDIENCE;
use super::flow::Flow;
use super::paint::{HEADING, SMALL, TITLE};
use super::pen::Pen;
use crate::graph::{short, words};
use crate::questionnaire::{Questionnaire, count};
use crate::report::look;

/// Draws the head over `width` pixels from `x` on; returns where it ends.
pub fn head(pen: &mut Pen, questionnaire: &Questionnaire, x: i32, width: i32) -> i32 {
    let mut y = 20;
    for line in TITLE.lines(&short(questionnaire.title.to(AUDIENCE), 300), width, 2) {
        y += TITLE.leading();
        pen.text((x, y), width, "title", TITLE, &line);
    }
    y += 8;
    let counts = [
        format!("{} {}", questionnaire.id, questionnaire.version),
        count(questionnaire.sections.len(), "section"),
        count(questionnaire.questions.len(), "question"),
        count(questionnaire.rules.len(), "rule"),
        count(questionnaire.levels.len(), "level"),
    ];
    let mut small = vec![short(&counts.join(" · "), 300)];
    small.push(short(questionnaire.sign_off.to(AUDIENCE), 400));
    small.extend(words::LEGEND.map(str::to_owned));
    small.push(words::unsure(questionnaire));
    for words in small {
        for line in SMALL.lines(&words, width, 3) {
            y += SMALL.leading();
            pen.text((x, y), width, "small", SMALL, &line);
        }
    }
    let mut flow = Flow::new(x, x + width, y + 14, 24);
    for (rank, level) in questionnaire.levels.iter().enumerate() {
        let (step, symbol) = look::with_symbol(rank, questionnaire.levels.len());
        let words = short(&format!("{symbol} {}", level.title.to(AUDIENCE)), 60);
        let room = SMALL.width(&words) + 14;
        let (at, top) = flow.place(room + 20, 18);
        pen.link(&format!("level-{}", level.id), "", |pen| {
            pen.rect((at, top, 14, 18), &format!("class=\"stripe{step}\""));
            pen.rect((at + 14, top, room, 18), &format!("class=\"ground{step}\""));
            pen.text((at + 21, top + 13), room - 10, &format!("small ink{step}"), SMALL, &words);
        });
    }
    flow.bottom() + 16
}

/// The headings of the two lists, each with its place and width; returns where they end.
pub fn headings(pen: &mut Pen, y: i32, left: (i32, i32), right: (i32, i32)) -> i32 {
    let mut bottom = y;
    for ((x, width), words) in [(left, words::QUESTIONS), (right, words::LEVELS)] {
        let mut y = y;
        for line in HEADING.lines(words, width, 2) {
            y += HEADING.leading();
            pen.text((x, y), width, "heading", HEADING, &line);
        }
        bottom = bottom.max(y);
    }
    bottom + 14
}
