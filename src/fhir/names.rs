//! What things are called: canonical addresses, systems of codes, extensions, and the `linkId` of each item.

use super::model::Identifier;
use crate::questionnaire::{Audience, Question, Questionnaire};

pub const UCUM: &str = "http://unitsofmeasure.org";
pub const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
pub const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
/// The code of "not sure" in [`ABSENT`].
pub const ASKED_UNKNOWN: &str = "asked-unknown";
pub const ITEM_CONTROL_SYSTEM: &str = "http://hl7.org/fhir/questionnaire-item-control";
pub const DISPLAY_CATEGORY_SYSTEM: &str = "http://hl7.org/fhir/questionnaire-display-category";
pub const FHIRPATH: &str = "text/fhirpath";

pub const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
pub const DISPLAY_CATEGORY: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory";
pub const HIDDEN: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
pub const EXCLUSIVE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
pub const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
pub const UNIT_OPTION: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
pub const SLIDER_STEP: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue";
pub const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
pub const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
pub const MAX_DECIMALS: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
pub const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
pub const ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
pub const VARIABLE: &str = "http://hl7.org/fhir/StructureDefinition/variable";
pub const MIN_QUANTITY: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity";
pub const MAX_QUANTITY: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity";
pub const SHORT_TEXT: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText";
pub const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
pub const ENABLE_WHEN: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";

/// The group with what the answers mean.
pub const RESULT: &str = "result";
pub const LEVEL: &str = "result.level";
pub const CERTAIN: &str = "result.certain";
pub const POSSIBLE: &str = "result.possible";
/// The result in words, once there is one.
pub const SHOWN: &str = "result.shown";
/// The page before the questions.
pub const WELCOME: &str = "welcome";

/// Where forms and codes have their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Base(Option<String>);

impl Base {
    /// The address under which a site publishes its resources; `None`: names without a place.
    pub fn new(address: Option<&str>) -> Base {
        Base(address.map(|address| address.trim_end_matches('/').to_owned()))
    }

    /// The canonical address of the form for one audience, without its version.
    pub fn form(&self, questionnaire: &Questionnaire, audience: Audience) -> String {
        let id = form_id(questionnaire, audience);
        match &self.0 {
            Some(address) => format!("{address}/Questionnaire/{id}"),
            None => format!("urn:redflag:Questionnaire:{id}"),
        }
    }

    /// The system of the codes that this questionnaire gives to one of its parts, such as the options of a question.
    pub fn system(&self, questionnaire: &Questionnaire, part: &str) -> String {
        match &self.0 {
            Some(address) => format!("{address}/CodeSystem/{}-{}", questionnaire.id, part.replace('_', "-")),
            None => format!("urn:redflag:CodeSystem:{}:{part}", questionnaire.id),
        }
    }

    /// The system of the identifiers of what happened.
    pub fn identifiers(&self) -> String {
        match &self.0 {
            Some(address) => format!("{address}/identifiers/check"),
            None => "urn:redflag:check".to_owned(),
        }
    }
}

/// What finds a resource by its identifier on a server.
pub fn search(identifier: &Identifier) -> String {
    let mut search = String::from("identifier=");
    for c in identifier.system.chars() {
        match c {
            // They would end the parameter, or mean something else in it.
            '%' | '&' | '#' | '+' | ',' | '|' | '$' => search += &format!("%{:02X}", u32::from(c)),
            _ => search.push(c),
        }
    }
    search.push('|');
    search + &identifier.value
}

/// The id of the form for one audience.
pub fn form_id(questionnaire: &Questionnaire, audience: Audience) -> String {
    format!("{}-{}", questionnaire.id, audience_word(audience))
}

pub fn audience_word(audience: Audience) -> &'static str {
    match audience {
        Audience::Patient => "patient",
        Audience::Clinician => "clinician",
    }
}

/// The questionnaire and the audience that a canonical address of ours names, and the version behind `|`.
pub fn of_canonical(canonical: &str) -> Option<(&str, Audience, Option<&str>)> {
    let (address, version) = match canonical.split_once('|') {
        Some((address, version)) => (address, Some(version)),
        None => (canonical, None),
    };
    let last = address.rsplit(['/', ':']).next()?;
    let (id, audience) = last.rsplit_once('-')?;
    let audience = match audience {
        "patient" => Audience::Patient,
        "clinician" => Audience::Clinician,
        _ => return None,
    };
    (!id.is_empty()).then_some((id, audience, version))
}

/// Ids of questions have no point, so none of these can be one.
pub fn section(id: &str) -> String {
    format!("section.{id}")
}

pub fn grid(id: &str) -> String {
    format!("grid.{id}")
}

/// The item beside a number or a text that says "not sure".
pub fn unsure(question: &Question) -> String {
    format!("{}.unsure", question.id)
}

/// "Not sure" is an option of a choice, and an item of its own beside anything else.
pub fn has_unsure_item(question: &Question) -> bool {
    question.unsure && question.options.is_empty()
}
