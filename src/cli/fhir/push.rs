//! `redflag fhir push`: the checks of a store onto a server.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::super::args::FhirPushArgs;
use super::super::{Exit, WrongUsage, keeping, kept, opening, say, store};
use crate::push::{Address, Course, Ended, News, Opened, Parcels, Rounds, Server, Standing, Token};
use crate::questionnaire::{count, yaml};
use crate::store::{Deed, Listed, Problem};
use crate::system::files;
use crate::text::clean_line;

/// Where a token is looked for if no file is named.
const ENVIRONMENT: &str = "REDFLAG_FHIR_TOKEN";

/// The name of systemd's credential with it.
const CREDENTIAL: &str = "redflag-fhir-token";

/// Far more than a token has.
const LONGEST_TOKEN: usize = 64 << 10;

pub fn run(args: &FhirPushArgs) -> Result<Exit> {
    let base = super::base(args.base.as_deref())?;
    let address = Address::of(&args.server).map_err(|why| WrongUsage(format!("--server: {why}")))?;
    if address.is_open() && !args.allow_plain_http {
        let why = format!(
            "--server {address}: without encryption, everybody on the network could read what is sent. Give an address \
             with https://, or --allow-plain-http if the network is safe"
        );
        return Err(WrongUsage(why).into());
    }
    let patients = args.patients.as_deref().map(system).transpose()?;
    let server = Server::at(address, Duration::from_secs(args.timeout))
        .map_err(|why| WrongUsage(format!("--server: {why}")))?;
    // What is wrong with these is said before somebody types a PIN.
    let token = || token(args.token_file.as_deref());
    token().map_err(WrongUsage)?;
    for file in &args.codes {
        fs::File::open(file).map_err(|error| {
            WrongUsage(format!("{}: {}", clean_line(&file.to_string_lossy()), files::why(&error)))
        })?;
    }
    let (from, to) = (kept::moment(args.span.since)?, args.span.until.map(|day| day.tomorrow()).transpose()?);
    let to = kept::moment(to)?;
    let is_meant = |listed: &Listed| {
        let begun = listed.summary.opened.at;
        from.is_none_or(|from| begun >= from)
            && to.is_none_or(|to| begun < to)
            && args.questionnaire.as_ref().is_none_or(|id| *id == listed.summary.questionnaire.id)
    };
    let mut store = store::open(&args.store)?;
    store::sign_in(&mut store, &args.user)?;
    if let Some(who) = store.who().filter(|who| !args.dry_run && !who.role.may(Deed::Export)) {
        return Err(Problem::MayNot(who.role, Deed::Export).into());
    }
    let open = |id: &str, text: &[u8]| open(args, id, text);
    let parcels = Parcels::new(base, patients, &open);
    let course = Course {
        is_meant: &is_meant,
        once: args.once.then_some(args.tries),
        most: args.parts.and_then(|parts| parts.try_into().ok()),
        token: &token,
    };
    let mut tell = tell;
    let mut rounds = Rounds::new(store, &server, parcels, course, &mut tell);
    match args.dry_run {
        true => look(&mut rounds),
        false => {
            let ended = rounds.run()?;
            print(&summary(ended))?;
            Ok(if ended.left == 0 { Exit::Done } else { Exit::NotAllWell })
        }
    }
}

/// The system of the numbers of patients.
fn system(given: &str) -> Result<String, WrongUsage> {
    let is_address =
        given.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty());
    match is_address && given.chars().all(|c| c.is_ascii_graphic() && c != '|') {
        true => Ok(given.to_owned()),
        false => Err(WrongUsage(format!(
            "--patients {}: give the identifier system that the server uses, such as https://clinic.example/mrn",
            clean_line(given)
        ))),
    }
}

/// The token in a file, in one of systemd's credentials, or in the environment. It is never in a message.
fn token(file: Option<&Path>) -> Result<Option<Token>, String> {
    let credential = file.is_none().then(|| keeping::credential(CREDENTIAL)).flatten();
    let Some(file) = file.or(credential.as_deref()) else {
        let Some(found) = env::var_os(ENVIRONMENT) else { return Ok(None) };
        let text = found.into_string().map_err(|_| format!("{ENVIRONMENT}: it is not text"))?;
        return Token::of(&text).map(Some).map_err(|why| format!("{ENVIRONMENT}: {why}"));
    };
    let wrong = |why: &str| format!("{}: {why}", clean_line(&file.to_string_lossy()));
    // Who may read a credential is up to its folder.
    if credential.is_none() {
        files::must_be_private(file).map_err(|error| wrong(&files::why(&error)))?;
    }
    let bytes = files::read_given(file, LONGEST_TOKEN).map_err(|error| wrong(&files::why(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not text"))?;
    Token::of(&text).map(Some).map_err(wrong)
}

/// A questionnaire as the store keeps it, with the codes and numbers of this place.
fn open(args: &FhirPushArgs, id: &str, text: &[u8]) -> Result<Opened, String> {
    let questionnaire = yaml::load(id, text).ok().ok_or("the store's copy of it can no longer be read")?;
    let questionnaire = questionnaire.questionnaire;
    let codes = super::codes_among(&questionnaire, &args.codes).map_err(|error| error.to_string())?;
    let site =
        opening::place(&args.store.site, &questionnaire).map_err(|problem| problem.to_string())?.contacts;
    Ok(Opened { questionnaire, codes, site })
}

fn look(rounds: &mut Rounds) -> Result<Exit> {
    let mut lines = String::new();
    let mut all_well = true;
    rounds.look(|record, standing| {
        let day = record.value["day"].as_str().unwrap_or_default();
        let what = match standing {
            Standing::Sent | Standing::NotFinished => return,
            Standing::Waits(why) => {
                all_well = false;
                format!("waits: {why}")
            }
            Standing::Due(due) => {
                let what = if due.is_first { "new" } else { "changed" };
                let parts = count(due.transaction.entry.len(), "part");
                format!("{what}, {parts}, about {}", record.reference().unwrap_or_default())
            }
        };
        lines += &format!("{}  {}  {}\n", record.id, clean_line(day), clean_line(&what));
    })?;
    print(&lines)?;
    Ok(if all_well { Exit::Done } else { Exit::NotAllWell })
}

fn tell(news: News) {
    let after = |wait: Option<Duration>| match wait {
        Some(wait) => format!(". Next try in {}", seconds(wait)),
        None => String::new(),
    };
    let words = match news {
        News::Sent { id, identifier, is_first } => {
            let what = if is_first { "sent" } else { "sent again" };
            // A reader that went away is no reason not to go on.
            let _ = print(&format!("{what}: {id} as {}\n", clean_line(identifier)));
            return;
        }
        News::Later { id, why, wait } => format!("{id} is not sent yet: {why}{}", after(wait)),
        News::Waits { id, why } => format!("{id} waits: {why}"),
        News::Refused { id, why } => format!("{id} was refused: {why}"),
        News::Closed { why, wait } => format!("nothing can be sent: {why}{}", after(wait)),
        News::Store { why, wait } => format!("{why}{}", after(wait)),
    };
    say(&anyhow!(words));
}

fn seconds(wait: Duration) -> String {
    count(usize::try_from(wait.as_secs()).unwrap_or(usize::MAX), "second")
}

fn summary(Ended { sent, left, not_finished }: Ended) -> String {
    let checks = |checks: u64| count(usize::try_from(checks).unwrap_or(usize::MAX), "check");
    let mut words = format!("{} sent", checks(sent));
    if left > 0 {
        words += &format!(", {} still to be sent", checks(left));
    }
    if not_finished > 0 {
        words += &format!(", {} not finished", checks(not_finished));
    }
    words + "\n"
}

fn print(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()
}
