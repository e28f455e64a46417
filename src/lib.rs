//! `redflag` asks a questionnaire written in YAML and tells how soon to act, and why.
//!
//! Read this first. One idea: a questionnaire is a decision procedure, so it can be checked like a program.
//! Answers are true, false or unknown; rules are evaluated in three-valued logic; from the same structures the
//! program asks, judges and explains.
//!
//! ```text
//! questionnaires/*.yaml
//!        │ questionnaire::yaml::load                        mistakes: questionnaire::diagnostic
//!        ▼
//!  Questionnaire ── answers::Sheet ──► answers::Facts ──► triage::assess ──► Assessment
//!  (what is asked)  (what is known)    (true, false,      (what it means)
//!                        ▲              unknown)                │
//!                        │                                      ▼
//!  interview::Interview ─┴─► encounter::Encounter ──► report::Judged ──► report::Report
//!  (a place in it: back,      (what happened: kept,    (judged once)      (in a reader's words)
//!   revisit, alert)            sent, gone on with)                              │
//!        ▲                                                                      ▼
//!  tui::App, plain::run ◄──────────────────────────────────── report::document: sections
//!  (keys or lines in, frames or lines out)                    (one list of them for each surface)
//! ```
//!
//! From the text of a questionnaire to a level:
//!
//! ```
//! use redflag::answers::{Facts, json::SheetReader};
//! use redflag::questionnaire::{Audience, yaml};
//! use redflag::triage;
//!
//! let text = "
//! id: throat
//! version: 0.1.0
//! title: Sore throat
//! sign_off: Nobody has signed this off.
//! welcome: { about: One question. }
//! levels: [ { id: now, title: Get help now, act: Go. }, { id: home, title: Stay at home, act: Rest. } ]
//! unsure: { counts_as: same_level, at_least: home }
//! sections: [ { id: throat, title: Throat, questions: [ { id: choking, type: yes_no, ask: Are you choking? } ] } ]
//! rules: [ { id: E01, level: now, because: You are choking., when: { choking: yes } } ]
//! next_steps: [ { id: sit, say: Sit up. } ]
//! return_list: { title: Get help for, items: [ choking ] }
//! say: I did a check.
//! ";
//! let questionnaire = yaml::load("throat.yaml", text.as_bytes()).expect("no mistakes").questionnaire;
//! let sheet = SheetReader::new(&questionnaire).read(r#"{"choking": "yes"}"#).expect("a sheet");
//! let assessment = triage::assess(&Facts::of(&questionnaire, Audience::Patient, &sheet));
//! assert_eq!(questionnaire.levels[assessment.level].id, "now");
//! ```
//!
//! | room | holds |
//! |---|---|
//! | [`text`] | tools for text: what is harmful, breaking lines, comparing what was typed |
//! | [`words`] | what the program itself says, in each language |
//! | [`questionnaire`] | what is asked, as plain data; the YAML loader and its diagnostics |
//! | [`vocabulary`] | the program's own words in one more language, from a file: its outline, and what is wrong with it |
//! | [`answers`] | one answer, the sheet of all, three-valued truth |
//! | [`triage`] | from truth to a level, the reasons for it, the next steps |
//! | [`encounter`] | what happened in one check, as a plain value, and as JSON by ids |
//! | [`interview`] | asking, as a state machine without a terminal |
//! | [`circuit`] | the questionnaire as one boolean circuit, for looking at all sheets at once |
//! | [`proof`] | that a questionnaire is safe, or a sheet that shows where it isn't |
//! | [`diff`] | what differs between two versions of a questionnaire, for whom and why |
//! | [`scenarios`] | what people say and what must come of it, from a file beside the questionnaire |
//! | [`population`] | simulated people, and what a questionnaire does to them |
//! | [`evaluation`] | how right a questionnaire was, of people of whom it is known what they needed |
//! | [`change`] | which answers decided a result, and what would make it more urgent |
//! | [`outlook`] | while asking: the levels still possible, and the questions that can still change the level |
//! | [`site`] | the telephone numbers of one place, and when they answer |
//! | [`sql`] | a questionnaire's rules as SQL, for engines that have the answers |
//! | [`report`] | what an encounter means, judged once, and everything a summary says about it to one reader |
//! | [`fhir`] | FHIR R4: a questionnaire as a form, what happened as resources, and both back again |
//! | [`table`] | answer sheets of many people in files: rows in, a judgement for each out |
//! | [`handout`] | what a person takes along of a result: a QR code, a slip of paper |
//! | [`tally`] | what the checks of a time came to, counted |
//! | [`graph`] | a questionnaire as a picture |
//! | [`system`] | the system around the program: signals, the clock, files that are none, terminals that don't read |
//! | [`save`] | a summary into a file |
//! | [`library`] | where questionnaires, translations, scenarios, populations and site files come from |
//! | [`store`] | what was asked, kept for a whole clinic: durable, sealed, only ever added to |
//! | [`push`] | the checks of a store onto a FHIR server, each exactly once |
//! | [`bulk`] | files of millions of answer sheets, on all cores and in bounded memory |
//! | [`plain`] | line by line |
//! | [`tui`] | the full screen |
//! | [`kiosk`] | alone with whoever comes, one person after another |
//! | [`board`] | who is there, how urgent each is, and who has waited for too long |
//! | [`cli`] | one file a command |
//!
//! Each names rooms above it only; docs/design/architecture.md says which, and `tests/architecture.rs` holds the list. Those
//! above `system` are the core: no terminal, no clock, no file, no environment, which come in as arguments.

#![forbid(unsafe_code)]

pub mod answers;
#[cfg(feature = "store")]
pub mod board;
pub mod bulk;
pub mod change;
pub mod circuit;
pub mod cli;
pub mod diff;
pub mod encounter;
pub mod evaluation;
pub mod fhir;
pub mod graph;
pub mod handout;
pub mod interview;
pub mod kiosk;
pub mod library;
pub mod outlook;
pub mod plain;
pub mod population;
pub mod proof;
#[cfg(feature = "push")]
pub mod push;
pub mod questionnaire;
pub mod report;
pub mod save;
pub mod scenarios;
pub mod site;
pub mod sql;
#[cfg(feature = "store")]
pub mod store;
pub mod system;
pub mod table;
pub mod tally;
pub mod text;
pub mod triage;
pub mod tui;
pub mod vocabulary;
pub mod words;
