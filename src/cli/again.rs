//! `redflag again`: the check after a check.

use anyhow::Result;

use super::args::AgainArgs;
use super::ask::Begin;
use super::{Exit, ask, earlier};

/// Asks again what can have changed since an earlier check.
pub fn run(args: &AgainArgs) -> Result<Exit> {
    let audience = args.audience.map(Into::into);
    let begin = Begin::Again(earlier::read(&args.last)?, audience);
    let language = args.language.language.as_deref();
    ask::ask(args.questionnaire.as_deref(), audience.unwrap_or_default(), language, begin, &args.session)
}
