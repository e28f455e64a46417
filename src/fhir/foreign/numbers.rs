//! The bounds and the unit of a number of others.

use serde_json::Value as Json;

use super::{control, extensions, list};
use crate::fhir::{names, units};
use crate::questionnaire::yaml;
use crate::text::clean_line;

/// Where a form sets no bounds.
const WIDE: f64 = 1_000_000.0;
/// Digits after the point that a number may have.
const MOST_DECIMALS: u8 = 6;
/// As many values are side by side at most.
const MOST_ON_A_SCALE: f64 = 20.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub min: f64,
    pub max: f64,
    pub decimals: u8,
    pub unit: Option<String>,
    pub is_scale: bool,
}

/// The number that an item asks for, and remarks for a person.
pub fn of(item: &Json, kind: &str) -> (Number, Vec<String>) {
    let mut remarks = Vec::new();
    let whole = kind == "integer";
    let bound = |names: [&str; 2]| {
        let found = names.iter().find_map(|name| extensions(item, name).find_map(number_in))?;
        Some(found).filter(|found| found.abs() <= yaml::LARGEST_NUMBER)
    };
    let (min, max) =
        (bound([names::MIN_VALUE, names::MIN_QUANTITY]), bound([names::MAX_VALUE, names::MAX_QUANTITY]));
    let (mut least, mut most) = (min.unwrap_or(-WIDE), max.unwrap_or(WIDE));
    let places = extensions(item, names::MAX_DECIMALS).find_map(|it| it["valueInteger"].as_u64());
    let decimals = match (whole, places) {
        (true, _) => 0,
        (false, Some(places)) => u8::try_from(places).unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS),
        (false, None) => MOST_DECIMALS,
    };
    // A bound has no more digits than an answer may have.
    (least, most) = (rounded(least, decimals, f64::ceil), rounded(most, decimals, f64::floor));
    if min.is_none() || max.is_none() {
        remarks.push("the form sets no minimum or no maximum that redflag takes: set min and max".to_owned());
    }
    if least >= most {
        remarks.push("the minimum of the form is not below its maximum: set min and max".to_owned());
        (least, most) = (least.min(most).min(-WIDE), most.max(least).max(WIDE));
    }
    let is_slider = control(item, names::ITEM_CONTROL) == Some("slider");
    let is_scale = whole && is_slider && min.is_some() && max.is_some() && most - least <= MOST_ON_A_SCALE;
    let (unit, several) = unit(item);
    if several {
        remarks
            .push("the form takes several units: write the others as `units`, with their factors".to_owned());
    }
    (Number { min: least, max: most, decimals, unit: unit.filter(|_| !is_scale), is_scale }, remarks)
}

/// A number with so many digits after the point, as near as it gets.
fn rounded(number: f64, decimals: u8, round: fn(f64) -> f64) -> f64 {
    let places = usize::from(decimals);
    let near: f64 = format!("{number:.places$}").parse().unwrap_or(number);
    if near == number {
        return number;
    }
    let steps = 10f64.powi(decimals.into());
    let rounded = round(number * steps) / steps;
    format!("{rounded:.places$}").parse().unwrap_or(rounded)
}

fn number_in(extension: &Json) -> Option<f64> {
    let plain = ["valueInteger", "valueDecimal"].iter().find_map(|key| extension[key].as_f64());
    plain.or_else(|| extension["valueQuantity"]["value"].as_f64())
}

/// The unit, and whether there are others.
fn unit(item: &Json) -> (Option<String>, bool) {
    let coded = |coding: &Json| {
        let code = coding["code"].as_str();
        let words =
            coding["display"].as_str().or_else(|| code.map(|code| units::unit(code).unwrap_or(code)))?;
        Some(clean_line(words)).filter(|words| !words.is_empty())
    };
    let units = extensions(item, names::UNIT).chain(extensions(item, names::UNIT_OPTION));
    let mut units: Vec<String> = units.filter_map(|extension| coded(&extension["valueCoding"])).collect();
    units.dedup();
    let said = || {
        let below = list(&item["item"]).iter().find(|it| control(it, names::ITEM_CONTROL) == Some("unit"));
        below.and_then(|it| it["text"].as_str()).map(clean_line).filter(|words| !words.is_empty())
    };
    let initial = || {
        let quantity = list(&item["initial"]).iter().map(|initial| &initial["valueQuantity"]);
        quantity.filter_map(|it| it["unit"].as_str().or_else(|| it["code"].as_str())).map(clean_line).next()
    };
    let several = units.len() > 1;
    let unit = units.into_iter().next().or_else(said).or_else(initial);
    (unit.filter(|unit| !unit.is_empty()), several)
}
