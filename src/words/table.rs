//! What makes a table of words: from one list of names, a struct whose fields and methods the program uses, how it is
//! read from a file, and what a translator has to know of each entry.

use std::fmt::Display;

use super::plural::{Category, Plural};

/// The texts of one language by their names, such as `again.how_many.one`. Read when the program starts: so they are found
/// without making a table of them first.
pub(super) struct Texts<'n>(Vec<(&'n str, &'static str)>);

impl<'n> Texts<'n> {
    pub fn of(mut texts: Vec<(&'n str, &'static str)>) -> Texts<'n> {
        // Those that are built in are in this order already.
        texts.sort_unstable();
        Texts(texts)
    }

    pub fn get(&self, name: &str) -> Option<&'static str> {
        self.0.binary_search_by_key(&name, |(known, _)| known).ok().map(|at| self.0[at].1)
    }
}

/// A sentence with parts in braces that the program fills in.
#[derive(Debug)]
pub struct Line(&'static str);

impl Line {
    pub(super) fn fill(&self, parts: &[(&str, &dyn Display)]) -> String {
        fill(self.0, parts)
    }
}

/// A sentence about a number, with a form for each way in which the language counts.
#[derive(Debug)]
pub struct Counted {
    /// In the order of [`Category::ALL`]; empty: the last of them serves.
    forms: [&'static str; Category::ALL.len()],
    plural: &'static Plural,
}

impl Counted {
    pub(super) fn fill(&self, count: u64, parts: &[(&str, &dyn Display)]) -> String {
        let form = self.forms[self.plural.of_count(count) as usize];
        fill(if form.is_empty() { self.forms[Category::Other as usize] } else { form }, parts)
    }
}

/// Puts the parts in the place of their names. What is put in is not looked at again: it may have braces of its own.
fn fill(template: &str, parts: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => filled += text,
            Piece::Part(name) => match parts.iter().find(|(known, _)| *known == name) {
                Some((_, part)) => filled += &part.to_string(),
                None => filled += &format!("{{{name}}}"),
            },
        }
    }
    filled
}

/// A piece of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    Text(&'t str),
    /// The name in a pair of braces.
    Part(&'t str),
}

/// A sentence in pieces. A brace that nothing closes is text.
pub fn pieces(mut rest: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        pieces.extend([Piece::Text(text), Piece::Part(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// Where the words of a language are read from.
pub(super) struct Source<'t> {
    texts: &'t Texts<'t>,
    plural: &'static Plural,
    /// Stands in for what a language lacks.
    usual: Option<(&'t Texts<'t>, &'static Plural)>,
    /// Such as `screen.dialogs.`.
    path: String,
}

impl<'t> Source<'t> {
    pub fn new(
        texts: &'t Texts<'t>,
        plural: &'static Plural,
        usual: Option<(&'t Texts<'t>, &'static Plural)>,
    ) -> Source<'t> {
        Source { texts, plural, usual, path: String::new() }
    }

    pub fn table<T>(&mut self, name: &str, read: impl FnOnce(&mut Source<'t>) -> T) -> T {
        self.below(name, |from| {
            from.path.push('.');
            read(from)
        })
    }

    pub fn text(&mut self, name: &str) -> &'static str {
        self.below(name, |from| {
            let own = from.texts.get(&from.path);
            own.or_else(|| from.usual.and_then(|(usual, _)| usual.get(&from.path))).unwrap_or_default()
        })
    }

    pub fn line(&mut self, name: &str) -> Line {
        Line(self.text(name))
    }

    pub fn counted(&mut self, name: &str) -> Counted {
        self.below(name, |from| {
            let own = from.forms(from.texts, from.plural);
            let found = own.or_else(|| from.usual.and_then(|(usual, plural)| from.forms(usual, plural)));
            found.unwrap_or(Counted { forms: [""; Category::ALL.len()], plural: from.plural })
        })
    }

    /// The sentence about a number at this place; `None`: it isn't there.
    fn forms(&mut self, texts: &Texts, plural: &'static Plural) -> Option<Counted> {
        let mut forms = Category::ALL.map(|form| {
            self.below(".", |from| from.below(form.name(), |from| texts.get(&from.path))).unwrap_or_default()
        });
        let other = &mut forms[Category::Other as usize];
        if other.is_empty() {
            *other = texts.get(&self.path).unwrap_or_default();
        }
        let is_there = !other.is_empty();
        is_there.then_some(Counted { forms, plural })
    }

    pub fn list(&mut self, name: &str) -> &'static [&'static str] {
        self.below(name, |from| {
            let mut found = from.entries(from.texts);
            if let (true, Some((usual, _))) = (found.is_empty(), from.usual) {
                found = from.entries(usual);
            }
            found.leak()
        })
    }

    fn entries(&mut self, texts: &Texts) -> Vec<&'static str> {
        (0..).map_while(|at| self.below(&format!(".{at}"), |from| texts.get(&from.path))).collect()
    }

    pub fn pair(&mut self, name: &str) -> (&'static str, &'static str) {
        self.below(name, |from| (from.text(".type"), from.text(".does")))
    }

    /// Does something with what comes next in the name.
    fn below<T>(&mut self, name: &str, read: impl FnOnce(&mut Source<'t>) -> T) -> T {
        let length = self.path.len();
        self.path += name;
        let found = read(self);
        self.path.truncate(length);
        found
    }
}

/// What a file of words holds under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Such as `screen.dialogs.stay`.
    pub name: String,
    /// What it is for, in English.
    pub about: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Has parts of these names.
    Line(&'static [&'static str]),
    /// Has parts of these names, of which the first is counted.
    Counted(&'static [&'static str]),
    /// Words that are understood or listed.
    List,
    /// A word to type, and what it does.
    Pair,
}

/// The entries of all tables, in order.
#[derive(Default)]
pub(super) struct Entries {
    pub all: Vec<Entry>,
    path: String,
}

impl Entries {
    pub fn table(&mut self, name: &str, describe: impl FnOnce(&mut Entries)) {
        let length = self.path.len();
        self.path += name;
        self.path.push('.');
        describe(self);
        self.path.truncate(length);
    }

    pub fn add(&mut self, name: &str, about: &[&str], kind: Kind) {
        let about = about.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        self.all.push(Entry { name: format!("{}{name}", self.path), about, kind });
    }
}

/// A struct of words. Each entry has a kind: a `text`; a `line` with parts; a `counted` line, with a form for each way
/// of counting its first part; a `list`; a `pair` of a word to type and what it does; or a `table` of its own.
macro_rules! table {
    (
        $(#[doc = $of:literal])*
        pub struct $Name:ident {
            $( $(#[doc = $about:literal])* $kind:ident $name:ident $(: $Inner:ident)? $(($($part:ident: $type:ty),*))?; )*
        }
    ) => {
        $(#[doc = $of])*
        #[derive(Debug)]
        pub struct $Name { $( $(#[doc = $about])* pub $name: field!($kind $($Inner)?), )* }

        impl $Name {
            pub(in crate::words) fn read(from: &mut $crate::words::table::Source) -> $Name {
                $Name { $( $name: read!($kind from $name $($Inner)?), )* }
            }

            pub(in crate::words) fn describe(into: &mut $crate::words::table::Entries) {
                $( describe!($kind into $name [$($about),*] $($Inner)? $(($($part),*))?); )*
            }

            $( method!($kind $name $(($($part: $type),*))?); )*
        }
    };
}

macro_rules! field {
    (text) => { &'static str };
    (line) => { $crate::words::table::Line };
    (counted) => { $crate::words::table::Counted };
    (list) => { &'static [&'static str] };
    (pair) => { (&'static str, &'static str) };
    (table $Inner:ident) => { $Inner };
}

macro_rules! read {
    (table $from:ident $name:ident $Inner:ident) => {
        $from.table(stringify!($name), $Inner::read)
    };
    ($kind:ident $from:ident $name:ident) => {
        $from.$kind(stringify!($name))
    };
}

macro_rules! describe {
    (table $into:ident $name:ident [$($about:literal),*] $Inner:ident) => {
        $into.table(stringify!($name), $Inner::describe)
    };
    ($kind:ident $into:ident $name:ident [$($about:literal),*] $(($($part:ident),*))?) => {
        $into.add(
            stringify!($name),
            &[$($about),*],
            $crate::words::table::kind!($kind $([$(stringify!($part)),*])?),
        )
    };
}

macro_rules! kind {
    (text) => {
        $crate::words::table::Kind::Text
    };
    (line $parts:expr) => {
        $crate::words::table::Kind::Line(&$parts)
    };
    (counted $parts:expr) => {
        $crate::words::table::Kind::Counted(&$parts)
    };
    (list) => {
        $crate::words::table::Kind::List
    };
    (pair) => {
        $crate::words::table::Kind::Pair
    };
}
pub(in crate::words) use kind;

macro_rules! method {
    (line $name:ident ($($part:ident: $type:ty),*)) => {
        pub fn $name(&self, $($part: $type),*) -> String {
            self.$name.fill(&[$((stringify!($part), &$part)),*])
        }
    };
    (counted $name:ident ($count:ident: $number:ty $(, $part:ident: $type:ty)*)) => {
        pub fn $name(&self, $count: $number $(, $part: $type)*) -> String {
            self.$name.fill($count as u64, &[(stringify!($count), &$count) $(, (stringify!($part), &$part))*])
        }
    };
    ($kind:ident $name:ident) => {};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_is_not_filled_once_more() {
        // A person's own words may hold a name in braces.
        let filled = fill("{one} and {two}", &[("one", &"{two}"), ("two", &2)]);
        assert_eq!(filled, "{two} and 2");
        assert_eq!(fill("a { b {one", &[("one", &1)]), "a { b {one");
        assert_eq!(fill("{nobody}", &[]), "{nobody}");
    }
}
