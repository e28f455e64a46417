//! The body with the places that were marked, as a picture for a page: outlines of the front and the back, and what
//! was marked filled in. It needs no colour and no background, so that it prints.

use super::texts::Texts;
use crate::answers::Facts;
use crate::questionnaire::{Control, Region};

/// What was marked on a body map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub marked: Vec<Region>,
    /// The marked places in words.
    pub names: String,
}

/// The first body map that was answered with a place that is drawn.
pub fn figure(facts: &Facts, texts: Texts) -> Option<Figure> {
    let questions = facts.questionnaire.questions.iter().enumerate();
    let figures = questions.filter(|(_, question)| question.control == Control::Figure);
    let mut marked = figures.filter_map(|(index, question)| {
        let ticked = facts.answer(index)?.ticked();
        let marked: Vec<Region> =
            ticked.iter().filter_map(|option| question.options[option].region).collect();
        let names: Vec<_> = ticked.iter().map(|option| texts.line(&question.options[option].label)).collect();
        (!marked.is_empty()).then(|| Figure { marked, names: names.join("; ") })
    });
    marked.next()
}

/// A shape on a grid of 100 by 200: its left and upper edge, its width and height, how round its corners are.
type Shape = (u16, u16, u16, u16, u16);

/// The shapes of the front or the back. What is on both sides of the body is drawn at the left and at its mirror.
fn shapes(back: bool) -> Vec<(Region, Shape, bool)> {
    let both = [
        (Region::Head, (41, 2, 18, 23, 9), false),
        (Region::Neck, (45, 25, 10, 9, 2), false),
        (Region::Shoulder, (22, 34, 13, 15, 6), true),
        (Region::Arm, (19, 49, 10, 42, 5), true),
        (Region::Hand, (17, 92, 10, 13, 5), true),
        (Region::Thigh, (33, 115, 15, 30, 4), true),
        (Region::Knee, (34, 145, 13, 11, 4), true),
        (Region::LowerLeg, (35, 156, 11, 30, 4), true),
        (Region::Foot, (33, 186, 13, 9, 4), true),
    ];
    let front = [
        (Region::Chest, (35, 35, 30, 24, 3), false),
        (Region::Ribs, (31, 59, 9, 20, 3), true),
        (Region::Belly, (40, 59, 20, 31, 3), false),
        (Region::Pelvis, (33, 90, 34, 9, 3), false),
        (Region::Hip, (31, 99, 10, 16, 4), true),
        (Region::Groin, (41, 99, 18, 16, 5), false),
    ];
    let rear = [
        (Region::UpperBack, (35, 35, 30, 32, 3), false),
        (Region::Ribs, (31, 55, 5, 22, 2), true),
        (Region::LowBack, (36, 67, 28, 26, 3), false),
        (Region::Hip, (30, 93, 7, 20, 3), true),
        (Region::Buttock, (37, 93, 26, 22, 6), false),
    ];
    let side = if back { rear.to_vec() } else { front.to_vec() };
    both.into_iter().chain(side).collect()
}

/// The picture, as a part of an HTML page, whose reader knows `viewbox` in small letters too. Every word in it is escaped by `escape`.
pub fn svg(figure: &Figure, captions: [&str; 2], escape: fn(&str) -> String) -> String {
    let side = |back: bool, left: u16| {
        let mut drawn = String::new();
        for (region, (x, y, width, height, round), mirrored) in shapes(back) {
            let class = if figure.marked.contains(&region) { " class=\"marked\"" } else { "" };
            let other = mirrored.then(|| 100 - x - width);
            for x in [Some(x), other].into_iter().flatten() {
                let x = left + x;
                drawn += &format!(
                    "<rect{class} x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"></rect>\n"
                );
            }
        }
        let caption = escape(captions[usize::from(back)]);
        format!("{drawn}<text x=\"{}\" y=\"212\">{caption}</text>\n", left + 50)
    };
    let names = escape(&figure.names);
    format!(
        "<figure>\n<svg viewbox=\"0 0 200 216\" role=\"img\" aria-label=\"{names}\">\n{}{}</svg>\n\
         <figcaption>{names}</figcaption>\n</figure>\n",
        side(false, 0),
        side(true, 100)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_a_shape_inside_the_picture() {
        for (name, region) in Region::NAMES {
            let is_drawn = |back| shapes(back).iter().any(|(drawn, ..)| *drawn == region);
            assert!(is_drawn(false) || is_drawn(true), "{name}");
        }
        for (region, (x, y, width, height, _), _) in [shapes(false), shapes(true)].concat() {
            assert!(x + width <= 100 && y + height <= 200, "{region:?}");
        }
    }

    #[test]
    fn what_is_marked_is_filled_on_both_sides() {
        let figure = Figure { marked: vec![Region::Thigh], names: "A <leg>".to_owned() };
        let picture = svg(&figure, ["Front", "Back"], crate::report::html::escape);
        assert_eq!(picture.matches("class=\"marked\"").count(), 4, "two legs, from the front and the back");
        assert!(picture.contains("A &lt;leg&gt;") && !picture.contains("A <leg>"));
    }
}
