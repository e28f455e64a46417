//! What the answer of a server to a transaction means.

use std::time::Duration;

use serde_json::Value;

use crate::text::clean_line;

/// What a server says to one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It has all of it.
    Yes,
    /// It may have it or not; the same again later, and not before `after`.
    Later { why: String, after: Option<Duration> },
    /// It doesn't take this one as it is. Others it may take.
    Refused(String),
    /// It takes nothing, until a person has done something.
    Closed(String),
}

/// Characters of what a server says of itself.
const LONGEST: usize = 300;

/// What came back for one transaction.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    pub status: u16,
    /// How long it asks to wait.
    pub after: Option<Duration>,
    /// Where a redirection leads.
    pub location: Option<&'a str>,
    pub body: &'a [u8],
    /// The token, which some servers repeat when they don't take it.
    pub secret: Option<&'a str>,
}

/// `entries`: how many parts the transaction has.
pub fn reply(said: &Said, entries: usize) -> Reply {
    let Said { status, after, location, body, secret } = *said;
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let outcome = json.as_ref().map(|json| outcome(json, secret)).unwrap_or_default();
    match status {
        200..=299 => match json {
            Some(json) => all_taken(&json, said, entries),
            None => Reply::Later {
                why: format!(
                    "the server answered {status} with something other than JSON, so it is unclear whether the check arrived"
                ),
                after,
            },
        },
        300..=399 => Reply::Closed(match location {
            Some(location) => format!(
                "the server redirects ({status}) to {}, and nothing was sent there. If that address is right, give it with \
                 --server",
                told(location, secret)
            ),
            None => format!("the server redirects ({status}) and doesn't say where"),
        }),
        // Whoever speaks FHIR says in an OperationOutcome what of the transaction isn't there.
        404 | 405 | 410 if outcome.is_empty() => Reply::Closed(format!(
            "nothing at this address takes transactions ({status}): --server is the base address, without the name of \
             a resource, such as https://fhir.example/r4"
        )),
        _ => of_status(status, after, &outcome),
    }
}

fn of_status(status: u16, after: Option<Duration>, said: &str) -> Reply {
    let why = |words: &str| format!("{words} ({status}){said}");
    match status {
        401 => Reply::Closed(why("the server refuses the token, or needs one: see --token-file")),
        403 => Reply::Closed(why("the token doesn't allow this")),
        407 => Reply::Closed(why("the proxy needs a password")),
        408 | 425 => Reply::Later { why: why("the server was not ready"), after },
        409 => Reply::Later { why: why("the server is changing the same records right now"), after },
        412 => Reply::Refused(why(
            "the server has several records with the same identifier, so a person has to find out which one is right",
        )),
        429 => Reply::Later { why: why("the server asks for fewer requests"), after },
        404 | 405 | 410 => Reply::Refused(why(
            "the server doesn't take transactions, or lacks something that the check refers to",
        )),
        413 => Reply::Refused(why("the check is too long for the server: --parts sends it in pieces")),
        500..=599 => Reply::Later { why: why("the server has a problem of its own"), after },
        400..=499 => Reply::Refused(why("the server refuses it")),
        _ => Reply::Later { why: why("the server's answer has no meaning in HTTP"), after },
    }
}

/// Only a transaction's own answer is a yes, with each of its parts.
fn all_taken(json: &Value, said: &Said, entries: usize) -> Reply {
    let (after, secret) = (said.after, said.secret);
    let unclear = |what: &str| Reply::Later {
        why: format!("{what}, so it is unclear whether the check arrived"),
        after,
    };
    if json["resourceType"] != "Bundle" || json["type"] != "transaction-response" {
        return unclear(&format!(
            "the server answered with something other than a transaction response{}",
            outcome(json, secret)
        ));
    }
    let answered = json["entry"].as_array().map(Vec::as_slice).unwrap_or_default();
    if answered.len() != entries {
        return unclear(&format!("the server answered for {} of {entries} parts", answered.len()));
    }
    for entry in answered {
        let response = &entry["response"];
        let status = response["status"].as_str().unwrap_or_default();
        let number = status.split(' ').next().filter(|digits| digits.len() == 3);
        let number = number.and_then(|digits| digits.parse::<u16>().ok());
        match number {
            // Some say with 304 of what was there already that it is as it was.
            Some(200..=299 | 304) => {}
            Some(number @ 400..=599) => {
                return of_status(number, after, &outcome(&response["outcome"], secret));
            }
            _ => return unclear("the server doesn't say for each part whether it was accepted"),
        }
    }
    Reply::Yes
}

/// What an OperationOutcome says, behind a colon, or nothing.
fn outcome(json: &Value, secret: Option<&str>) -> String {
    if json["resourceType"] != "OperationOutcome" {
        return String::new();
    }
    let issues = json["issue"].as_array().map(Vec::as_slice).unwrap_or_default();
    let said = issues.iter().filter(|issue| issue["severity"] != "information").find_map(|issue| {
        let texts = [&issue["details"]["text"], &issue["diagnostics"], &issue["code"]];
        texts.into_iter().find_map(Value::as_str)
    });
    said.map(|said| format!(": {}", told(said, secret))).unwrap_or_default()
}

/// Words of a server in one short and harmless line, without the token. It is taken out before the line is shortened, since
/// a cut could leave its beginning.
pub fn told(words: &str, secret: Option<&str>) -> String {
    let words = clean_line(words);
    match secret {
        Some(secret) => shortened(&words.replace(secret, "[the token]")),
        None => shortened(&words),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(status: u16, body: &str) -> Reply {
        reply(&Said { status, body: body.as_bytes(), ..Said::default() }, 2)
    }

    fn outcome(text: &str) -> String {
        json!({ "resourceType": "OperationOutcome", "issue": [{ "diagnostics": text }] }).to_string()
    }

    fn bundle(statuses: &[&str]) -> String {
        let entry: Vec<Value> =
            statuses.iter().map(|status| json!({ "response": { "status": status } })).collect();
        json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": entry }).to_string()
    }

    #[test]
    fn only_the_answer_of_a_transaction_to_every_part_is_a_yes() {
        assert_eq!(said(200, &bundle(&["201 Created", "200"])), Reply::Yes);
        assert_eq!(said(200, &bundle(&["201", "304 Not Modified"])), Reply::Yes, "it was there already");
        let unclear = [
            String::new(),
            "OK".to_owned(),
            "{}".to_owned(),
            "null".to_owned(),
            "[1]".to_owned(),
            bundle(&["201 Created"]),
            bundle(&["201", "201", "201"]),
            bundle(&["201", ""]),
            bundle(&["201", "yes"]),
            bundle(&["201", "2é"]),
            bundle(&["201", "2011"]),
            bundle(&["201", "+20"]),
            bundle(&["201", "200"]).replace("transaction-response", "batch-response"),
            bundle(&["201", "200"])[..20].to_owned(),
            "<html>".to_owned(),
            "[".repeat(100_000),
        ];
        for body in unclear {
            assert!(matches!(said(200, &body), Reply::Later { .. }), "{}", shortened(&body));
        }
    }

    #[test]
    fn each_refusal_is_what_it_is() {
        for later in [408, 409, 425, 429, 500, 502, 503, 504, 599, 100, 999] {
            assert!(matches!(said(later, ""), Reply::Later { .. }), "{later}");
        }
        for refused in [400, 412, 413, 422, 451] {
            assert!(matches!(said(refused, ""), Reply::Refused(_)), "{refused}");
        }
        // Another address than that of a FHIR server refuses every check alike; a server says what it lacks for this one.
        for status in [404, 405, 410] {
            assert!(matches!(said(status, "<html>"), Reply::Closed(_)), "{status}");
            assert!(matches!(said(status, &outcome("no Patient/7")), Reply::Refused(_)), "{status}");
        }
        for closed in [301, 302, 303, 307, 308, 401, 403, 407] {
            assert!(matches!(said(closed, ""), Reply::Closed(_)), "{closed}");
        }
        assert!(matches!(said(200, &bundle(&["201", "412 Precondition Failed"])), Reply::Refused(_)));
        assert!(matches!(said(200, &bundle(&["201", "503"])), Reply::Later { .. }));
    }

    #[test]
    fn what_the_server_says_of_itself_is_told_in_one_harmless_line() {
        let Reply::Refused(why) = said(422, &outcome("no such\nPatient\u{1b}[2J")) else { panic!() };
        assert!(why.ends_with("(422): no such Patient[2J") || why.contains("no such Patient"), "{why}");
        assert!(!why.contains(['\n', '\u{1b}']), "{why:?}");
        let Reply::Refused(why) = said(422, &outcome(&"é".repeat(9000))) else { panic!() };
        assert!(why.chars().count() < 400, "{why}");
    }

    #[test]
    fn a_token_that_is_repeated_is_never_told_not_even_a_part_of_it() {
        let secret = "s3cret-token";
        let hide = |status, location, body: &str| {
            let said =
                Said { status, location, body: body.as_bytes(), secret: Some(secret), ..Said::default() };
            format!("{:?}", reply(&said, 2))
        };
        for before in [0, LONGEST - 20, LONGEST - 6, LONGEST - 1] {
            let said = hide(400, None, &outcome(&format!("{}{secret}", "x".repeat(before))));
            assert!(!said.contains("s3c"), "a cut in the middle of it: {said}");
        }
        let said = hide(302, Some("https://elsewhere.example/?t=s3cret-token"), "");
        assert!(said.contains("?t=[the token]"), "{said}");
        let answer = bundle(&["201", "401"]).replace(
            "\"status\":\"401\"",
            &format!("\"status\":\"401\",\"outcome\":{}", outcome("of s3cret-token")),
        );
        let said = hide(200, None, &answer);
        assert!(said.contains("of [the token]"), "{said}");
    }
}
