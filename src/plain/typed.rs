//! What a typed line means as an answer.

use super::command::is;
use crate::answers::{self, Answer, Refusal, means_unsure, understood};
use crate::interview::rows::{Row, keys, no_and_yes, row_of, rows, several_yes};
use crate::questionnaire::{Domain, OptionSet, Question};
use crate::report::Texts;
use crate::text::clean_line;
use crate::text::folded;
use crate::words::{self, Answers};

/// Why a line is not an answer.
#[derive(Debug, PartialEq)]
pub enum Problem {
    Refused(Refusal),
    /// Neither a number nor words of an answer; a part of what was typed, made harmless.
    NotUnderstood(String),
    NoSuchNumber(String),
    OneOnly,
    /// "No" at a list, where it could mean any one of its lines.
    NoAlone,
    /// "Yes", where several answers begin with it.
    SeveralYes,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        Problem::Refused(refusal)
    }
}

/// The ways to answer a question with options, each with its key: in the order of the full screen and with its keys,
/// so that a key means the same there.
pub fn numbered(question: &Question, words: &Answers) -> Vec<(char, Row)> {
    keys(question, words).into_iter().zip(rows(question)).collect()
}

/// Reads a line that is not empty as an answer to `question`. What it gives may still be refused.
pub fn answer(typed: &str, question: &Question, texts: Texts) -> Result<Answer, Problem> {
    // Spoken input ends with a full stop, and so does an answer that would otherwise be a command.
    let words = &texts.words.answers;
    let plain = match typed.trim().trim_end_matches('.') {
        "" => typed,
        plain => plain,
    };
    match &question.domain {
        Domain::Text if question.unsure && means_unsure(plain, words) => Ok(Answer::UNSURE),
        Domain::Text => Ok(Answer::Text(clean_line(typed))),
        Domain::Number(_) if means_unsure(plain, words) => Ok(Answer::UNSURE),
        Domain::Number(_) => Ok(answers::number(&folded(plain), question)?),
        Domain::Nothing => Err(Refusal::TakesNoAnswer.into()),
        Domain::One { .. } => {
            match chosen(plain, question, texts) {
                Ok(rows) if rows.len() == 1 => Ok(of_rows(&rows)),
                Ok(_) => Err(Problem::OneOnly),
                // Here the words belong together.
                Err(Problem::NotUnderstood(_)) => Err(Problem::NotUnderstood(short(typed, texts))),
                Err(problem) => Err(problem),
            }
        }
        Domain::Several => match chosen(plain, question, texts) {
            Ok(rows) => Ok(of_rows(&rows)),
            // The whole line, and not only the piece that puzzled: "1 or 2".
            Err(Problem::NotUnderstood(_)) if yes_or_no(plain, texts.words) == Some(false) => {
                Err(Problem::NoAlone)
            }
            Err(Problem::NotUnderstood(_)) => Err(Problem::NotUnderstood(short(typed, texts))),
            Err(problem) => Err(problem),
        },
    }
}

fn of_rows(rows: &[Row]) -> Answer {
    let option = |row: &Row| match row {
        Row::Option(option) => Some(*option),
        Row::Unsure => None,
    };
    let ticked: OptionSet = rows.iter().filter_map(option).collect();
    if rows.contains(&Row::Unsure) { Answer::Unsure { ticked } } else { Answer::Options(ticked) }
}

/// The rows that are named, each once: by label, by number, or several by commas, blanks and "and".
fn chosen(typed: &str, question: &Question, texts: Texts) -> Result<Vec<Row>, Problem> {
    let words = &texts.words.answers;
    // A label may have commas and blanks in it, so the longer pieces are looked at first.
    if let Some(row) = by_label(typed, question, texts)? {
        return Ok(vec![row]);
    }
    if let Some(row) = none(typed, question, words) {
        return Ok(vec![row]);
    }
    let mut found = Vec::new();
    for part in typed.split([';', ',']) {
        match by_label(part, question, texts)? {
            Some(row) => found.push(row),
            None => {
                for piece in pieces(part, words).iter().filter(|piece| !is_and(piece, words)) {
                    found.push(by_key(piece, question, texts)?);
                }
            }
        }
    }
    let mut once = Vec::new();
    for row in found {
        if !once.contains(&row) {
            once.push(row);
        }
    }
    // Commas alone name nothing.
    if once.is_empty() { Err(Problem::NotUnderstood(short(typed, texts))) } else { Ok(once) }
}

/// The option that clears the others, where a whole line says that nothing fits. A bare "no" is not taken for it.
fn none(typed: &str, question: &Question, words: &Answers) -> Option<Row> {
    let typed = folded(typed);
    let typed = typed.trim_end_matches('.');
    let mut alone = (0..question.options.len()).filter(|&option| question.options[option].exclusive);
    let (only, more) = (alone.next()?, alone.next());
    let meant = understood(words).any(|words| words.typed_none.contains(&typed));
    (meant && more.is_none()).then_some(Row::Option(only))
}

fn by_label(typed: &str, question: &Question, texts: Texts) -> Result<Option<Row>, Problem> {
    let written = clean_line(typed).trim().to_owned();
    let typed = folded(typed);
    let labels: Vec<String> = question.options.iter().map(|option| texts.line(&option.label)).collect();
    let named = |label: &String| folded(label.trim_end_matches('.')) == typed;
    let matching: Vec<usize> = (0..labels.len()).filter(|&option| named(&labels[option])).collect();
    let says_unsure = question.unsure && means_unsure(&typed, &texts.words.answers);
    match matching[..] {
        [] => {}
        [option] if !says_unsure => return Ok(Some(Row::Option(option))),
        // Labels that differ in an accent only, or read as "not sure" does: only the very words tell which is meant.
        _ => {
            let mut exactly = matching.into_iter().filter(|&option| labels[option] == written);
            return match (exactly.next(), exactly.next()) {
                (Some(option), None) if !says_unsure => Ok(Some(Row::Option(option))),
                _ => Err(Problem::NotUnderstood(short(&written, texts))),
            };
        }
    }
    let (no, yes) = no_and_yes(question, &texts.words.answers);
    match typed.as_str() {
        typed if yes_or_no(typed, texts.words) == Some(true) && yes.is_some() => Ok(yes.map(Row::Option)),
        typed if yes_or_no(typed, texts.words) == Some(false) && no.is_some() => Ok(no.map(Row::Option)),
        typed
            if yes_or_no(typed, texts.words) == Some(true) && several_yes(question, &texts.words.answers) =>
        {
            Err(Problem::SeveralYes)
        }
        typed if !means_unsure(typed, &texts.words.answers) => Ok(None),
        _ if question.unsure => Ok(Some(Row::Unsure)),
        _ => Err(Refusal::UnsureNotAllowed.into()),
    }
}

fn by_key(word: &str, question: &Question, texts: Texts) -> Result<Row, Problem> {
    let mut letters = word.chars();
    if let (Some(key), None) = (letters.next(), letters.next())
        && let Some(row) = row_of(question, key, &texts.words.answers)
    {
        return rows(question).get(row).copied().ok_or_else(|| Problem::NotUnderstood(short(word, texts)));
    }
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return by_place(word, question).ok_or_else(|| Problem::NoSuchNumber(short(word, texts)));
    }
    let row = by_label(word, question, texts)?;
    row.ok_or_else(|| Problem::NotUnderstood(short(word, texts)))
}

/// Whoever counts the rows may type the number of one. A whole line can't be misunderstood, as single keys can.
fn by_place(number: &str, question: &Question) -> Option<Row> {
    let is_none = |row: &Row| matches!(row, Row::Option(option) if question.options[*option].exclusive);
    let mut rows = rows(question);
    let none = rows.iter().position(is_none).map(|none| rows.remove(none));
    match number.parse::<usize>().ok()? {
        0 => none,
        number => rows.get(number - 1).copied(),
    }
}

/// The words of a line, those of an unsure answer together.
fn pieces(part: &str, words: &Answers) -> Vec<String> {
    /// Words of the longest way to say it.
    const LONGEST: usize = 3;
    let split: Vec<&str> = part.split_whitespace().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < split.len() {
        let ends = at + 1..=split.len().min(at + LONGEST);
        let unsure = ends.rev().find(|&end| means_unsure(&split[at..end].join(" "), words));
        let end = unsure.unwrap_or(at + 1);
        pieces.push(split[at..end].join(" "));
        at = end;
    }
    pieces
}

fn is_and(typed: &str, words: &Answers) -> bool {
    let typed = folded(typed);
    understood(words).any(|words| words.typed_and.contains(&typed.as_str()))
}

/// Whether a line says yes or no, in full or by the first letter.
pub fn yes_or_no(line: &str, words: &words::Words) -> Option<bool> {
    let letter = |letters: fn(&Answers) -> &'static [&'static str]| {
        let typed = folded(line);
        let typed = typed.trim_end_matches('.');
        understood(&words.answers).any(|words| letters(words).contains(&typed))
    };
    if is(line, &words.plain.commands, |words| words.yes) || letter(|words| words.typed_yes) {
        Some(true)
    } else if is(line, &words.plain.commands, |words| words.no) || letter(|words| words.typed_no) {
        Some(false)
    } else {
        None
    }
}

/// Enough of what was typed to recognize it.
pub fn short(typed: &str, texts: Texts) -> String {
    const ENOUGH: usize = 40;
    let typed = clean_line(typed);
    let mut short: String = typed.chars().take(ENOUGH).collect();
    if short.len() < typed.len() {
        short = format!("{short} {}", texts.words.plain.and_so_on);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::small;
    use crate::questionnaire::Audience;
    use crate::site::Site;

    const LIST: &str = "signs, type: many_of, unsure: true, options: [{ id: a, label: Leak }, { id: b, label: Rust }, \
        { id: none, label: Neither, exclusive: true }]";

    fn typed(question: &str, line: &str) -> Result<Answer, Problem> {
        let questionnaire =
            small::questionnaire(&format!("{question}\n other, type: yes_no"), "now: { other: yes }");
        let site = Site::default();
        answer(line, &questionnaire.questions[0], Texts::new(&questionnaire, Audience::Patient, &site))
    }

    #[test]
    fn not_sure_beside_what_is_chosen_is_kept_with_it() {
        let leak: OptionSet = [0].into_iter().collect();
        for line in ["1 u", "u, 1", "leak and not sure", "not sure; Leak"] {
            assert_eq!(typed(LIST, line), Ok(Answer::Unsure { ticked: leak }), "{line}");
        }
        assert_eq!(typed(LIST, "not sure"), Ok(Answer::UNSURE));
        assert_eq!(typed(LIST, "leak"), Ok(Answer::Options(leak)));
    }

    /// The first of them was taken without a word.
    #[test]
    fn labels_that_read_alike_are_told_apart_by_their_very_words_or_not_at_all() {
        let one = "kind, type: one_of, least: a, unsure: true, options: [{ id: a, label: Pena }, { id: b, label: Peña }, \
            { id: c, label: Not sure }]";
        assert_eq!(typed(one, "Pena"), Ok(Answer::option(0)));
        assert_eq!(typed(one, "Peña"), Ok(Answer::option(1)));
        for line in ["peña", "PENA", "not sure", "Not sure"] {
            assert_eq!(typed(one, line), Err(Problem::NotUnderstood(line.to_owned())), "{line}");
        }
        assert_eq!(typed(one, "unsure"), Ok(Answer::UNSURE));
    }

    #[test]
    fn none_of_these_is_taken_only_where_one_option_alone_can_be_meant() {
        assert_eq!(typed(LIST, "none"), Ok(Answer::option(2)));
        let two = LIST.replace("label: Rust", "label: Rust, exclusive: true");
        assert!(matches!(typed(&two, "none"), Err(Problem::NotUnderstood(_))));
    }
}
