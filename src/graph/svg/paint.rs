//! Colours, patterns and letters. Each of the five steps of urgency has a colour, a pattern and a symbol.

use std::fmt::Write;

use super::measure::Type;
pub use crate::graph::paint::{URGENCY, Urgency};

pub const TITLE: Type = Type::bold(26);
pub const HEADING: Type = Type::bold(16);
pub const SECTION: Type = Type::bold(15);
pub const ASK: Type = Type::plain(14);
pub const NAME: Type = Type::bold(13);
pub const SMALL: Type = Type::plain(12);
pub const ID: Type = Type::mono(12);
pub const CHIP: Type = Type::plain(11);

const TEXT: &str = "#1a1a1a";
const QUIET: &str = "#4a4a4a";
const BRANCH: &str = "#5b2a86";
const LINE: &str = "#b8bec7";
const GROUND: &str = "#f1f3f6";
const SECTION_GROUND: &str = "#27364b";

/// Nothing from outside gets in here.
pub fn style() -> String {
    const SANS: &str = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif";
    const MONO: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
    let mut css = format!(
        "text {{ font-family: {SANS}; fill: {TEXT}; }}\n\
         .title {{ font-size: {}px; font-weight: bold; }}\n\
         .heading {{ font-size: {}px; font-weight: bold; }}\n\
         .section {{ font-size: {}px; font-weight: bold; }}\n\
         .on-dark {{ fill: #ffffff; }}\n\
         .ask {{ font-size: {}px; }}\n\
         .name {{ font-size: {}px; font-weight: bold; }}\n\
         .small {{ font-size: {}px; fill: {QUIET}; }}\n\
         .if {{ font-size: {}px; font-style: italic; fill: {BRANCH}; }}\n\
         .id {{ font-size: {}px; font-family: {MONO}; fill: {QUIET}; }}\n\
         .chip {{ font-size: {}px; }}\n\
         .card {{ fill: #ffffff; stroke: {LINE}; }}\n\
         .number {{ fill: {GROUND}; stroke: {LINE}; }}\n\
         .band {{ fill: {SECTION_GROUND}; }}\n\
         .tag {{ fill: {GROUND}; stroke: {LINE}; }}\n\
         .flag {{ fill: #ffffff; stroke: {TEXT}; }}\n\
         .bridge {{ fill: none; stroke: #ffffff; stroke-width: 5; }}\n\
         .join {{ fill: none; stroke: {BRANCH}; stroke-width: 1.5; }}\n\
         a:hover rect, a:focus rect {{ stroke: #000000; stroke-width: 2; }}\n\
         :target > .card {{ stroke: #000000; stroke-width: 3; }}\n",
        TITLE.size,
        HEADING.size,
        SECTION.size,
        ASK.size,
        NAME.size,
        SMALL.size,
        SMALL.size,
        ID.size,
        CHIP.size,
    );
    for (step, Urgency { ink, line, ground }) in URGENCY.iter().enumerate() {
        let _ = writeln!(css, ".ink{step} {{ fill: {ink}; }}");
        let _ = writeln!(css, ".ground{step} {{ fill: {ground}; stroke: {line}; }}");
        let _ = writeln!(css, ".stripe{step} {{ fill: url(#pattern{step}); stroke: {line}; }}");
    }
    css
}

/// What tells the steps apart without colour: full, slanted lines, dots, level lines, nearly empty.
pub fn patterns() -> String {
    let marks = [
        "<rect width=\"8\" height=\"8\" fill=\"LINE\"/>",
        "<path d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\" stroke=\"LINE\" stroke-width=\"2.6\"/>",
        "<circle cx=\"4\" cy=\"4\" r=\"2.2\" fill=\"LINE\"/>",
        "<path d=\"M0 2H8M0 6H8\" stroke=\"LINE\" stroke-width=\"1.6\"/>",
        "",
    ];
    let patterns = URGENCY.iter().zip(marks).enumerate().map(|(step, (urgency, marks))| {
        format!(
            "<pattern id=\"pattern{step}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"8\" height=\"8\" fill=\"#ffffff\"/>{}</pattern>\n",
            marks.replace("LINE", urgency.line)
        )
    });
    patterns.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    #[test]
    fn every_text_has_a_contrast_of_at_least_seven() {
        let mut pairs =
            vec![(TEXT, GROUND), (QUIET, "#ffffff"), (BRANCH, "#ffffff"), ("#ffffff", SECTION_GROUND)];
        pairs.extend(URGENCY.iter().map(|urgency| (urgency.ink, urgency.ground)));
        for (front, back) in pairs {
            let (front_light, back_light) = (luminance(front), luminance(back));
            let contrast = (front_light.max(back_light) + 0.05) / (front_light.min(back_light) + 0.05);
            assert!(contrast >= 7.0, "{front} on {back} has only {contrast:.2}");
        }
    }
}
