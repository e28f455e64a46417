//! Where things stand in both files.

use super::Versions;
use super::both::Side;
use super::what::Twin;
use crate::questionnaire::diagnostic::Span;
use crate::questionnaire::yaml::{Places, Spot};
use crate::questionnaire::{Audience, LevelIndex, Questionnaire};

/// Both versions with their files, for telling.
pub struct Files<'t> {
    pub versions: Versions<'t>,
    /// What to call each of them.
    pub names: (&'t str, &'t str),
    places: (Places<'t>, Places<'t>),
}

impl<'t> Files<'t> {
    /// From the texts that the versions were loaded from.
    pub fn new(versions: Versions<'t>, names: (&'t str, &'t str), texts: (&'t [u8], &'t [u8])) -> Files<'t> {
        Files { versions, names, places: (Places::of(texts.0), Places::of(texts.1)) }
    }

    pub fn questionnaire(&self, side: Side) -> &'t Questionnaire {
        match side {
            Side::Old => self.versions.old,
            Side::New => self.versions.new,
        }
    }

    pub fn name(&self, side: Side) -> &'t str {
        match side {
            Side::Old => self.names.0,
            Side::New => self.names.1,
        }
    }

    pub fn span(&self, side: Side, spot: Spot) -> Option<Span> {
        let places = match side {
            Side::Old => &self.places.0,
            Side::New => &self.places.1,
        };
        places.span(self.questionnaire(side), spot)
    }

    pub fn line(&self, side: Side, spot: Spot) -> Option<usize> {
        self.span(side, spot).map(|span| span.line)
    }

    /// `mine.yaml:12`
    pub fn at(&self, side: Side, spot: Spot) -> String {
        match self.line(side, spot) {
            Some(line) => format!("{}:{line}", self.name(side)),
            None => self.name(side).to_owned(),
        }
    }

    /// The place in the new file, or in the old one of what is only there.
    pub fn newest(&self, spots: Twin<Spot>) -> Option<String> {
        match spots {
            (_, Some(new)) => Some(self.at(Side::New, new)),
            (Some(old), None) => Some(self.at(Side::Old, old)),
            (None, None) => None,
        }
    }

    pub fn level(&self, side: Side, level: LevelIndex, audience: Audience) -> String {
        let level = &self.questionnaire(side).levels[level];
        format!("{} ({})", level.title.to(audience), level.id)
    }
}
