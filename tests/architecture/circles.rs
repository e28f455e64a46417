//! Inside a room, files don't go in circles.

use std::collections::{BTreeMap, BTreeSet};

use super::sources;

/// A circle of two files is one idea in two files; of more, nobody can read any of them first.
///
/// That the file of a folder names the files inside it doesn't count, for it is what they are put together in.
#[test]
fn no_more_than_two_files_go_in_a_circle() {
    let sources = sources();
    let modules: BTreeSet<&str> = sources.iter().map(|source| source.module.as_str()).collect();
    let mut shown_again = BTreeMap::new();
    let mut paths = Vec::new();
    for source in &sources {
        let code: String = source.code().map(|(_, line)| line.to_owned() + "\n").collect();
        let (public, private) = imports(&code);
        for path in public.iter().filter_map(|path| absolute(&source.module, path, &modules)) {
            let name = path.rsplit("::").next().unwrap_or_default();
            shown_again.insert(format!("{}::{name}", source.module), path.clone());
        }
        let named = private.iter().filter_map(|path| absolute(&source.module, path, &modules));
        paths.push((source.module.as_str(), named.collect::<Vec<_>>()));
    }
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, named) in paths {
        let files = named.iter().map(|path| file_of(path, &modules, &shown_again));
        let inside = |file: &str| file.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"));
        edges.insert(module, files.flatten().filter(|file| *file != module && !inside(file)).collect());
    }
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 500, "imports are found: {edges:?}");
    for (from, others) in &edges {
        for to in others {
            if let Some(way) = way(to, from, &edges) {
                panic!("a circle of files: {from} -> {}", way.join(" -> "));
            }
        }
    }
}

/// The shortest way over other files that doesn't go straight back.
fn way<'m>(from: &'m str, to: &str, edges: &BTreeMap<&'m str, BTreeSet<&'m str>>) -> Option<Vec<&'m str>> {
    let mut ways = vec![vec![from]];
    let mut seen = BTreeSet::from([from]);
    let mut at = 0;
    while let Some(way) = ways.get(at).cloned() {
        at += 1;
        let last = way[way.len() - 1];
        for &next in edges.get(last).into_iter().flatten() {
            if next == to && last != from {
                return Some([way, vec![next]].concat());
            }
            if next != to && seen.insert(next) {
                ways.push([way.clone(), vec![next]].concat());
            }
        }
    }
    None
}

/// The paths that a file names, with their braces multiplied out: those that it shows to others, and all others.
fn imports(code: &str) -> (Vec<String>, Vec<String>) {
    let (mut public, mut private) = (Vec::new(), Vec::new());
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        let uses = statement.rfind("use ").filter(|&at| {
            let before = statement[..at].trim_end();
            before.is_empty() || before.ends_with(['}', ']', ')', ';', '{']) || before.ends_with("pub")
        });
        match uses {
            Some(at) => {
                let tree = statement[at + "use ".len()..].trim_end_matches(';');
                let is_public = statement[..at].trim_end().ends_with("pub");
                multiplied("", tree, if is_public { &mut public } else { &mut private });
                rest.push_str(&statement[..at]);
            }
            None => rest.push_str(statement),
        }
    }
    let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = rest.split(|c| !in_path(c)).filter(|word| word.contains("::"));
    private.extend(words.map(|word| word.trim_matches(':').to_owned()));
    (public, private)
}

/// `a::{b, c::{d, e}}`: `a::b`, `a::c::d`, `a::c::e`.
fn multiplied(before: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((head, inside)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        if !path.is_empty() {
            found.push(format!("{before}{path}"));
        }
        return;
    };
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let (mut depth, mut begin) = (0, 0);
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                multiplied(&format!("{before}{}", head.trim()), &inside[begin..at], found);
                begin = at + 1;
            }
            _ => {}
        }
    }
}

/// A path in a module as one from the root; `None` if it leads out of the program, or to a local name.
fn absolute(module: &str, path: &str, modules: &BTreeSet<&str>) -> Option<String> {
    let mut parts: Vec<&str> = module.split("::").collect();
    let mut rest: Vec<&str> = path.split("::").collect();
    match rest[0] {
        "crate" => parts.clear(),
        "super" | "self" => {}
        first => {
            return modules
                .contains(format!("{module}::{first}").as_str())
                .then(|| format!("{module}::{path}"));
        }
    }
    while let Some("crate" | "self" | "super") = rest.first().copied() {
        if rest.remove(0) == "super" {
            parts.pop();
        }
    }
    Some([parts, rest].concat().join("::"))
}

/// The file in which the thing at a path is; `None`: it is in no file that we look at.
fn file_of<'m>(
    path: &str,
    modules: &BTreeSet<&'m str>,
    shown_again: &BTreeMap<String, String>,
) -> Option<&'m str> {
    let mut path = path.to_owned();
    for _ in 0..8 {
        let ends: Vec<usize> = path.match_indices("::").map(|(at, _)| at).chain([path.len()]).collect();
        let longest =
            ends.iter().rev().find_map(|&end| modules.get(&path[..end]).map(|file| (end, *file)))?;
        let (end, file) = longest;
        let next_end = ends.iter().find(|&&other| other > end).copied().unwrap_or(end);
        match shown_again.get(&path[..next_end]) {
            Some(other) if next_end > end => path = format!("{other}{}", &path[next_end..]),
            _ => return Some(file),
        }
    }
    None
}
