//! `redflag fhir questionnaire`: a questionnaire as a form.

use anyhow::Result;

use super::super::args::FhirQuestionnaireArgs;
use super::super::{Exit, opening};
use crate::fhir::questionnaire::{Request, form};
use crate::library::{Choice, Problem};

pub fn run(args: &FhirQuestionnaireArgs) -> Result<Exit> {
    let base = super::base(args.base.as_deref())?;
    let opened = opening::open(&Choice::of(&args.questionnaire)?)?;
    let first = opened.languages.first();
    let wanted = args.language.as_deref().unwrap_or(&first.language);
    let main = opened.wanted(Some(wanted), |_| None)?;
    let mut languages = vec![main];
    for tag in opened.languages.tags().filter(|tag| *tag != main.language) {
        let found = opened.languages.get(tag).transpose();
        languages.extend(found.map_err(|why| Problem::Language(why.to_owned()))?);
    }
    let site = opening::place(&args.site, main)?.contacts;
    let codes = super::codes(main, args.codes.as_deref())?;
    let audience = args.audience.into();
    let (form, loss) = form(&Request { languages, audience, base, codes: &codes, site: &site });
    super::print(&form)?;
    super::tell(&loss, args.loss.as_deref())?;
    Ok(Exit::Done)
}
