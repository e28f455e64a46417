//! The entries of the lists, each drawn by itself: sections and questions, levels and rules, definitions.

use super::card::{AUDIENCE, Block, Card, LONGEST_CONDITION, LONGEST_TITLE, NUMBER};
use super::paint::{ASK, ID, NAME, SECTION, SMALL};
use super::pen::Pen;
use crate::graph::links::Links;
use crate::graph::{short, words};
use crate::questionnaire::{LevelIndex, QuestionIndex, Questionnaire, count};
use crate::report::look;

/// How far a follow-up stands to the right of what it follows.
pub const INDENT: i32 = 26;
/// Deeper ones stand as far to the right as these.
const DEEPEST: usize = 5;

/// The sections with their questions.
pub fn questions(questionnaire: &Questionnaire, links: &Links, width: i32) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut cards = Vec::with_capacity(questionnaire.questions.len());
    for section in &questionnaire.sections {
        let only = section.audience.map(words::only_for);
        let title = short(section.title.to(AUDIENCE), 200);
        blocks.push(section_heading(
            &format!("section-{}", section.id),
            &title,
            only.unwrap_or_default(),
            width,
        ));
        // The question above and what it follows up, each with its depth: what comes next can be joined to these.
        let mut trail: Vec<(QuestionIndex, usize)> = Vec::new();
        for question in section.first..section.end {
            let branch = links.branches[question].as_ref();
            let above = branch.and_then(|branch| trail.iter().position(|&(above, _)| above == branch.parent));
            trail.truncate(above.map_or(0, |above| above + 1));
            let depth = match above {
                Some(above) => trail[above].1 + 1,
                None => usize::from(branch.is_some()),
            };
            trail.push((question, depth));
            let indent = depth.min(DEEPEST) as i32 * INDENT;
            let is_joined = above.is_some() && depth <= DEEPEST;
            let mut block = question_card(questionnaire, links, question, is_joined, width - indent);
            block.follows = branch.map(|branch| cards[branch.parent]);
            (block.indent, block.is_joined) = (indent, is_joined);
            cards.push(blocks.len());
            blocks.push(block);
        }
    }
    blocks
}

/// The levels with their rules, and the conditions with a name.
pub fn levels(questionnaire: &Questionnaire, links: &Links, width: i32) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut by_level = vec![Vec::new(); questionnaire.levels.len()];
    for (index, rule) in questionnaire.rules.iter().enumerate() {
        by_level[rule.level].push(index);
    }
    for (level, rules) in by_level.iter().enumerate() {
        blocks.push(level_heading(questionnaire, level, rules.len(), width));
        blocks.extend(rules.iter().map(|&rule| rule_card(questionnaire, links, rule, width)));
    }
    if !questionnaire.definitions.is_empty() {
        blocks.push(section_heading("", words::DEFINITIONS, "", width));
    }
    for (index, definition) in questionnaire.definitions.iter().enumerate() {
        let mut card = Card::new(&format!("definition-{}", definition.name), width, 12);
        card.titled(&definition.name, &definition.condition, questionnaire);
        card.lines(NAME, "name", &definition.name, 2);
        card.condition(&definition.condition, questionnaire);
        card.question_numbers(&links.questions_of_definition[index], questionnaire);
        blocks.push(card.block());
    }
    blocks
}

fn section_heading(id: &str, title: &str, beside: &str, width: i32) -> Block {
    let beside_width = if beside.is_empty() { 0 } else { SMALL.width(beside) + 12 };
    let room = width - 24 - beside_width;
    let drawn = |title: &str| {
        let lines = SECTION.lines(title, room, 2);
        let height = 12 + SECTION.leading() * lines.len().max(1) as i32;
        let mut pen = Pen::default();
        pen.rect((0, 0, width, height), "class=\"band\" rx=\"4\"");
        for (index, line) in lines.iter().enumerate() {
            let y = 2 + SECTION.leading() * (index as i32 + 1);
            pen.text((12, y), room, "section on-dark", SECTION, line);
        }
        if !beside.is_empty() {
            let at = (width - beside_width, 2 + SECTION.leading());
            pen.text(at, beside_width, "small on-dark", SMALL, beside);
        }
        (pen.svg, height)
    };
    let (continued, high) = drawn(&format!("{title} {}", words::CONTINUED));
    let (drawn, height) = drawn(title);
    Block { id: id.to_owned(), height: height.max(high), drawn, continued, ..Block::default() }
}

fn level_heading(questionnaire: &Questionnaire, level: LevelIndex, rules: usize, width: i32) -> Block {
    let stated = &questionnaire.levels[level];
    let (step, symbol) = look::with_symbol(level, questionnaire.levels.len());
    let is_last = level == questionnaire.last_level();
    let mut below = format!("{} · {}", stated.id, count(rules, "rule"));
    match rules {
        _ if is_last => below += &format!(". {}", words::NO_RULE),
        0 => below += &format!(". {}", words::NO_RULE_GIVES),
        _ => {}
    }
    let left = 58;
    let title = short(stated.title.to(AUDIENCE), 200);
    let drawn = |title: &str| {
        let titles = SECTION.lines(title, width - left - 10, 2);
        let notes = SMALL.lines(&below, width - left - 10, 2);
        let ink = format!("section ink{step}");
        let mut pen = Pen::default();
        let height = 14 + SECTION.leading() * titles.len() as i32 + SMALL.leading() * notes.len() as i32;
        pen.rect((0, 0, width, height), &format!("class=\"ground{step}\""));
        pen.rect((0, 0, 22, height), &format!("class=\"stripe{step}\""));
        pen.centred((40, 3 + SECTION.leading()), &ink, symbol);
        let mut y = 3;
        for line in &titles {
            y += SECTION.leading();
            pen.text((left, y), width - left - 10, &ink, SECTION, line);
        }
        for line in &notes {
            y += SMALL.leading();
            pen.text((left, y), width - left - 10, "small", SMALL, line);
        }
        (pen.svg, height)
    };
    let (continued, high) = drawn(&format!("{title} {}", words::CONTINUED));
    let (drawn, height) = drawn(&title);
    Block {
        id: format!("level-{}", stated.id),
        height: height.max(high),
        drawn,
        continued,
        ..Block::default()
    }
}

fn question_card(
    questionnaire: &Questionnaire,
    links: &Links,
    index: QuestionIndex,
    is_joined: bool,
    width: i32,
) -> Block {
    let question = &questionnaire.questions[index];
    let mut card = Card::new(&format!("question-{}", question.id), width, NUMBER + 10);
    let options: Vec<String> = question
        .options
        .iter()
        .map(|option| format!("{}: {}", option.id, option.label.to(AUDIENCE)))
        .collect();
    let title = format!("{}. {}", question.ask.to(AUDIENCE), options.join("; "));
    card.title(&short(&title, LONGEST_TITLE));
    if let (Some(condition), Some(branch)) = (&question.ask_if, &links.branches[index]) {
        let words = match is_joined {
            true => words::branch(questionnaire, condition, branch, LONGEST_CONDITION),
            false => words::condition(questionnaire, condition, LONGEST_CONDITION),
        };
        let words = format!("if {words}");
        match is_joined {
            true => card.lines(SMALL, "if", &words, 3),
            false => card.lines_after_number(branch.parent, questionnaire, &words),
        }
    }
    card.lines(ASK, "ask", &short(question.ask.to(AUDIENCE), 400), 3);

    let mut flow = card.flow();
    card.word(&mut flow, ID, "id", &question.id);
    card.word(&mut flow, SMALL, "small", question.type_name());
    if question.red_flag {
        card.tag(&mut flow, "flag", words::RED_FLAG);
    }
    if question.optional {
        card.tag(&mut flow, "tag", words::OPTIONAL);
    }
    for (level, rules) in links.rules_by_level(questionnaire, index) {
        let (step, symbol) = look::with_symbol(level, questionnaire.levels.len());
        for (position, &rule) in rules.iter().enumerate() {
            let stated = &questionnaire.rules[rule];
            let words = match position {
                0 => format!("{symbol} {}", stated.id),
                _ => stated.id.clone(),
            };
            let title = short(stated.because.to(AUDIENCE), 90);
            card.chip(&mut flow, step, &format!("rule-{}", stated.id), &title, &words);
        }
    }
    match links.rules_of[index].others() {
        0 => {}
        others => card.word(&mut flow, SMALL, "small", &words::more(others)),
    }
    if links.rules_of[index].all == 0 && question.takes_answer() {
        card.word(&mut flow, SMALL, "small", words::NO_RULES);
    }
    card.end(&flow);
    card.numbered(index + 1);
    card.block()
}

fn rule_card(questionnaire: &Questionnaire, links: &Links, index: usize, width: i32) -> Block {
    let rule = &questionnaire.rules[index];
    let step = look::step(rule.level, questionnaire.levels.len());
    let mut card = Card::new(&format!("rule-{}", rule.id), width, 24);
    card.titled(rule.because.to(AUDIENCE), &rule.when, questionnaire);
    let because = short(rule.because.to(AUDIENCE), 400);
    card.named(&rule.id, &because);
    card.condition(&rule.when, questionnaire);
    let mut flow = card.flow();
    if rule.supporting {
        card.tag(&mut flow, "tag", words::SUPPORTING);
    }
    card.numbers(&mut flow, &links.questions_of_rule[index], questionnaire);
    card.end(&flow);
    card.striped(step);
    card.block()
}
