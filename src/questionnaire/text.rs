//! Words for the two audiences.

use serde::{Deserialize, Serialize};

/// Who reads the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Patient,
    Clinician,
}

/// The same thing said to each audience. One string in a file serves both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    patient: String,
    /// `None`: the patient's words serve both.
    clinician: Option<String>,
}

impl Text {
    pub fn both(words: impl Into<String>) -> Text {
        Text { patient: words.into(), clinician: None }
    }

    pub fn each(patient: impl Into<String>, clinician: impl Into<String>) -> Text {
        Text { patient: patient.into(), clinician: Some(clinician.into()) }
    }

    /// This, and then other words.
    pub fn followed_by(&self, next: &Text) -> Text {
        let both = |audience| format!("{} {}", self.to(audience), next.to(audience));
        Text {
            patient: both(Audience::Patient),
            clinician: (self.clinician.is_some() || next.clinician.is_some())
                .then(|| both(Audience::Clinician)),
        }
    }

    pub fn to(&self, audience: Audience) -> &str {
        match (audience, &self.clinician) {
            (Audience::Clinician, Some(words)) => words,
            _ => &self.patient,
        }
    }
}
