//! Boolean expressions, laid out in lines.

/// Columns of a line.
const WIDTH: usize = 100;

#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    True,
    False,
    /// A name, or anything that binds more tightly than `not`.
    Plain(String),
    Not(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    /// At least so many of them.
    AtLeast(usize, Vec<Expression>),
    /// The first whose condition is true: `None` is unknown. The last is what is left.
    Case(Vec<(String, Option<bool>)>, Option<bool>),
}

impl Expression {
    pub fn all(parts: Vec<Expression>) -> Expression {
        if parts.contains(&Expression::False) {
            return Expression::False;
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Expression::True).collect();
        match parts.len() {
            0 => Expression::True,
            1 => parts.remove(0),
            _ => Expression::And(parts),
        }
    }

    pub fn any(parts: Vec<Expression>) -> Expression {
        if parts.contains(&Expression::True) {
            return Expression::True;
        }
        let mut parts: Vec<_> = parts.into_iter().filter(|part| *part != Expression::False).collect();
        match parts.len() {
            0 => Expression::False,
            1 => parts.remove(0),
            _ => Expression::Or(parts),
        }
    }

    pub fn not(part: Expression) -> Expression {
        match part {
            Expression::True => Expression::False,
            Expression::False => Expression::True,
            part => Expression::Not(Box::new(part)),
        }
    }

    /// Calls `look` with every plain part.
    pub fn plain(&self, look: &mut impl FnMut(&str)) {
        match self {
            Expression::True | Expression::False => {}
            Expression::Plain(text) => look(text),
            Expression::Not(part) => part.plain(look),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| part.plain(look)),
            // Each part stands in it twice.
            Expression::AtLeast(_, parts) => {
                parts.iter().chain(parts).for_each(|part| part.plain(look));
            }
            Expression::Case(cases, _) => cases.iter().for_each(|(when, _)| look(when)),
        }
    }

    /// In lines that begin with so many blanks, but for the first.
    pub fn lines(&self, indent: usize) -> String {
        let flat = self.flat();
        if indent + flat.len() <= WIDTH {
            return flat;
        }
        let inner = indent + 2;
        let joined = |parts: &[Expression], word: &str| {
            let lines = parts.iter().map(|part| part.lines(inner + word.len() + 1));
            let lines: Vec<String> = lines.collect();
            format!(
                "(\n{0}{1}\n{2})",
                blanks(inner),
                lines.join(&format!("\n{}{word} ", blanks(inner))),
                blanks(indent)
            )
        };
        match self {
            Expression::And(parts) => joined(parts, "and"),
            Expression::Or(parts) => joined(parts, "or"),
            Expression::Not(part) => format!("(not {})", part.lines(indent + 5)),
            Expression::AtLeast(needed, parts) => {
                let sum = |yes: &str, no: &str, test: &str| {
                    let terms = parts.iter().map(|part| {
                        format!("case when {}{test} then {yes} else {no} end", part.lines(inner + 14))
                    });
                    terms.collect::<Vec<_>>().join(&format!("\n{}+ ", blanks(inner + 4)))
                };
                format!(
                    "case\n{0}when (\n{0}    {1}\n{0}) >= {needed} then true\n{0}when (\n{0}    {2}\n{0}) < {needed} then false\n{3}end",
                    blanks(inner),
                    sum("1", "0", ""),
                    sum("0", "1", " is false"),
                    blanks(indent)
                )
            }
            Expression::Case(cases, rest) => {
                let mut text = "case".to_owned();
                for (when, then) in cases {
                    text += &format!("\n{}when {when} then {}", blanks(inner), literal(*then));
                }
                if let Some(rest) = rest {
                    text += &format!("\n{}else {rest}", blanks(inner));
                }
                text + &format!("\n{}end", blanks(indent))
            }
            Expression::True | Expression::False | Expression::Plain(_) => flat,
        }
    }

    fn flat(&self) -> String {
        let joined = |parts: &[Expression], word: &str| {
            format!("({})", parts.iter().map(Expression::flat).collect::<Vec<_>>().join(word))
        };
        match self {
            Expression::True => "true".to_owned(),
            Expression::False => "false".to_owned(),
            Expression::Plain(text) => text.clone(),
            Expression::Not(part) => format!("(not {})", part.flat()),
            Expression::And(parts) => joined(parts, " and "),
            Expression::Or(parts) => joined(parts, " or "),
            Expression::AtLeast(needed, parts) => {
                let sum = |yes: &str, no: &str, test: &str| {
                    let terms = parts
                        .iter()
                        .map(|part| format!("case when {}{test} then {yes} else {no} end", part.flat()));
                    terms.collect::<Vec<_>>().join(" + ")
                };
                format!(
                    "case when ({}) >= {needed} then true when ({}) < {needed} then false end",
                    sum("1", "0", ""),
                    sum("0", "1", " is false")
                )
            }
            Expression::Case(cases, rest) => {
                let cases: String = cases
                    .iter()
                    .map(|(when, then)| format!(" when {when} then {}", literal(*then)))
                    .collect();
                let rest = rest.map(|rest| format!(" else {rest}")).unwrap_or_default();
                format!("case{cases}{rest} end")
            }
        }
    }
}

fn literal(truth: Option<bool>) -> &'static str {
    match truth {
        Some(true) => "true",
        Some(false) => "false",
        None => "null",
    }
}

pub fn blanks(indent: usize) -> String {
    " ".repeat(indent)
}
