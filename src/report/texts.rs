//! The questionnaire's texts as one reader sees them.

use std::borrow::Cow;

use crate::answers::Answer;
use crate::questionnaire::{Audience, Question, Questionnaire, SiteContact, Text};
use crate::site::{Hours, Site};
use crate::text::{clean, clean_line};
use crate::words::{self, Language};

/// Turns texts into words: those of the audience, with the site's contacts filled in, made harmless.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    questionnaire: &'a Questionnaire,
    audience: Audience,
    site: &'a Site,
    /// What the program itself says to this reader.
    pub words: &'static words::Words,
}

impl<'a> Texts<'a> {
    pub fn new(questionnaire: &'a Questionnaire, audience: Audience, site: &'a Site) -> Texts<'a> {
        let words = Language::around(&questionnaire.language).words();
        Texts { questionnaire, audience, site, words }
    }

    /// In whose words.
    pub fn reader(&self) -> Audience {
        self.audience
    }

    /// What the site has set for a contact.
    pub fn at_site(&self, contact: &SiteContact) -> Option<String> {
        self.site.get(&contact.id).map(clean_line)
    }

    /// When a contact answers, where the site says so.
    pub fn hours(&self, contact: &SiteContact) -> Option<&'a Hours> {
        self.site.hours(&contact.id)
    }

    /// A text on one line.
    pub fn line(&self, text: &Text) -> String {
        clean_line(&self.fill(text.to(self.audience), None))
    }

    /// A longer text, for [`crate::text::blocks()`].
    pub fn body(&self, text: &Text) -> String {
        clean(&self.fill(text.to(self.audience), None))
    }

    pub fn answer(&self, answer: &Answer, question: &Question) -> String {
        clean_line(&answer.words(question, self.audience, self.words))
    }

    /// The answer in a few words that make sense alone; `None` where the questionnaire lacks them for a part of it.
    pub fn phrase(&self, answer: &Answer, question: &Question) -> Option<String> {
        match answer {
            Answer::Number(_) => question.phrase.as_ref().map(|phrase| self.say(phrase, answer, question)),
            Answer::Options(chosen) if !chosen.is_empty() => {
                let phrases = chosen.iter().map(|option| question.options[option].phrase.as_ref());
                let phrases: Option<Vec<String>> = phrases.map(|phrase| Some(self.line(phrase?))).collect();
                Some(phrases?.join("; "))
            }
            _ => None,
        }
    }

    /// A sentence for the phone, where `{answer}` stands for the answer.
    pub fn say(&self, text: &Text, answer: &Answer, question: &Question) -> String {
        // The sentence has the unit in its own words.
        let answer = match answer {
            Answer::Number(number) => self.words.number(*number),
            _ => answer.words(question, self.audience, self.words),
        };
        clean_line(&self.fill(text.to(self.audience), Some(&answer)))
    }

    /// One pass, so that what is filled in is never taken for a placeholder itself.
    fn fill<'t>(&self, text: &'t str, answer: Option<&str>) -> Cow<'t, str> {
        if !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let value =
                after.split_once('}').and_then(|(name, after)| Some((self.value(name, answer)?, after)));
            match value {
                Some((value, after)) => {
                    filled.push_str(value);
                    rest = after;
                }
                None => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }

    fn value<'v>(&'v self, name: &str, answer: Option<&'v str>) -> Option<&'v str> {
        if name == "answer" {
            return answer;
        }
        let contact = self.questionnaire.contacts.iter().find(|contact| contact.id == name)?;
        Some(self.site.get(name).unwrap_or(contact.words.to(self.audience)))
    }
}

/// What was asked and what was said to it, with a colon between them where nothing else parts them.
pub fn joined(ask: &str, answer: &str) -> String {
    if ask.ends_with(['?', '.', ':', '!']) { format!("{ask} {answer}") } else { format!("{ask}: {answer}") }
}
