#!/usr/bin/env python3
"""Tries all mutants of cargo-mutants on one build: each is compiled in, behind a switch that is chosen at run time.

A build for each mutant takes most of a day here, this takes an hour. Three steps, each of which keeps its outcome in
the folder of the copy (DIR), so that the next can be repeated alone:

    scripts/switched.py DIR build ROOM...   copies the project to DIR, puts the switches in, builds the tests
    scripts/switched.py DIR trace           runs each test once and notes which switches it comes across, and its time
    scripts/switched.py DIR run ROOM...     for each mutant the tests that come across it, quick ones first, until one fails
    scripts/switched.py DIR tell ROOM...    the figures, the survivors, and what has to be run the ordinary way

Needs cargo-mutants, and `pip install tree-sitter tree-sitter-rust`. What does not compile behind a switch (a value of
another type than the function's, a constant) is left out of the build and listed by `tell`: cargo-mutants tries it.
"""
import collections
import json
import os
import re
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path

import tree_sitter
import tree_sitter_rust

os.chdir(Path(__file__).parent.parent)
TESTS = ["--lib"] + [f"--test={name}" for name in os.environ.get(
    "SWITCHED_TESTS",
    "answering laws assess circuit telling interview moving reports handover plain outlook stopping").split()]
# Seconds; for a first look that leaves the slow tests out. What survives is tried again by the next `run`.
SLOWEST = float(os.environ.get("SWITCHED_SLOWEST", "inf"))
DONE = ("failed", "timeout") if SLOWEST == float("inf") else ("failed", "timeout", "survived", "not reached")
# A regular expression for the files to try mutants of, such as those that changed since the last run.
FILES = re.compile(os.environ.get("SWITCHED_FILES", ""))
SWITCH = '''//! Which mutant is on. Made by scripts/switched.py.
use std::io::Write;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
static ON: LazyLock<usize> =
    LazyLock::new(|| std::env::var("SWITCHED_ON").ok().and_then(|n| n.parse().ok()).unwrap_or(usize::MAX));
static TRACE: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("SWITCHED_TRACE").ok());
static SEEN: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];
#[inline]
pub fn on(n: usize) -> bool {
    if let Some(path) = &*TRACE && !SEEN[n].swap(true, Ordering::Relaxed) {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(format!("{n}\\n").as_bytes()).unwrap();
    }
    *ON == n
}
#[derive(Clone)]
pub enum Either<A, B> { A(A), B(B) }
impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        match self { Either::A(a) => a.next(), Either::B(b) => b.next() }
    }
}
impl<T, A: DoubleEndedIterator<Item = T>, B: DoubleEndedIterator<Item = T>> DoubleEndedIterator for Either<A, B> {
    fn next_back(&mut self) -> Option<T> {
        match self { Either::A(a) => a.next_back(), Either::B(b) => b.next_back() }
    }
}
'''


def key(mutant, seen):
    """What names a mutant although lines above it come and go."""
    where = (mutant["function"] or {}).get("function_name", "")
    name = f'{mutant["file"]}: {where}: {re.sub("^[^ ]* ", "", mutant["name"])}'
    seen[name] += 1
    return f"{name} #{seen[name]}"


def listed(rooms):
    mutants, seen = [], collections.Counter()
    for room in rooms:
        listing = subprocess.run(
            ["cargo", "mutants", "--list", "--json", "--file", f"src/{room}/**/*.rs"],
            check=True, capture_output=True, text=True).stdout
        for mutant in json.loads(listing):
            del mutant["diff"]
            mutants.append(mutant | {"room": room, "key": key(mutant, seen)})
    return mutants


def own(path):
    """Mutants of one's own, from a file with `[{"file":, "old":, "new":}]`, where `old` is an expression that stands
    there once. Their room is `own`."""
    for n, one in enumerate(json.loads(path.read_text()) if path.exists() else []):
        source = Path(one["file"]).read_text()
        assert source.count(one["old"]) == 1, one
        name = f'{one["file"]}: {one["old"]} -> {one["new"]}'
        yield {"file": one["file"], "genre": "Own", "replacement": one["new"], "room": "own", "function": None,
               "name": name, "key": name, "at": len(source[:source.index(one["old"])].encode()), "old": one["old"]}


class File:
    """One source file with its mutants, which are put in all at once."""

    def __init__(self, path, mutants):
        self.source = path.read_bytes()
        self.lines = [0]
        for line in self.source.split(b"\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_rust.language()))
        self.root = parser.parse(self.source).root_node
        self.at = collections.defaultdict(list)
        for n, mutant in mutants:
            node = self.node_of(mutant)
            if node is None:
                mutant["left_out"] = "no place for a switch"
            else:
                self.at[node.id].append((n, mutant))

    def offset(self, position):
        line = self.source[self.lines[position["line"] - 1]:self.lines[position["line"]]].decode()
        return self.lines[position["line"] - 1] + len(line[:position["column"] - 1].encode())

    def node_of(self, mutant):
        if mutant["genre"] == "Own":
            start, end = mutant["at"], mutant["at"] + len(mutant["old"].encode())
        else:
            start, end = self.offset(mutant["span"]["start"]), self.offset(mutant["span"]["end"])
        node = self.root.descendant_for_byte_range(start, end)
        fits = {
            "FnValue": lambda n: n.type == "block" and n.parent.type == "function_item",
            "BinaryOperator": lambda n: n.type in ("binary_expression", "compound_assignment_expr")
            and any(c.start_byte == start and c.end_byte == end for c in n.children),
            "UnaryOperator": lambda n: n.type == "unary_expression" and n.start_byte == start,
            "MatchArm": lambda n: n.type == "match_arm" and n.start_byte == start,
            "MatchArmGuard": lambda n: n.start_byte == start and n.end_byte == end,
            "Own": lambda n: n.start_byte == start and n.end_byte == end,
            "StructField": lambda n: n.type == "struct_expression",
        }[mutant["genre"]]
        while node is not None and not fits(node):
            node = node.parent
        if node is not None and mutant["genre"] == "MatchArmGuard" and node.type == "let_chain":
            return None
        mutant["bytes"] = (start, end)
        return node

    def text(self, start, end):
        return self.source[start:end].decode()

    def rendered(self, node):
        parts, at = [], node.start_byte
        for child in node.children:
            parts += [self.text(at, child.start_byte), self.rendered(child)]
            at = child.end_byte
        inner = "".join(parts) + self.text(at, node.end_byte)
        mutants = [(n, m) for n, m in self.at.get(node.id, []) if "left_out" not in m]
        return self.switched(node, inner, mutants) if mutants else inner

    def switched(self, node, inner, mutants):
        values = [(n, m) for n, m in mutants if m["genre"] == "FnValue"]
        if values:
            of = (values[0][1]["function"] or {}).get("return_type", "")
            if "impl Iterator" in of or "impl DoubleEnded" in of:
                for n, m in values:
                    inner = (f"{{ if crate::switched::on({n}) {{ crate::switched::Either::A(/*<{n}*/{m['replacement']}/*{n}>*/) }}"
                             f" else {{ crate::switched::Either::B({inner}) }} }}")
                return inner
            returns = "".join(
                f" if crate::switched::on({n}) {{ return /*<{n}*/{m['replacement']}/*{n}>*/; }}" for n, m in values)
            return "{" + returns + inner[1:]
        guards = [(n, m) for n, m in mutants if m["genre"] == "MatchArmGuard"]
        rest = [(n, m) for n, m in mutants if m["genre"] not in ("MatchArmGuard", "MatchArm")]
        for n, m in rest:
            start, end = m["bytes"]
            if m["genre"] == "StructField" and self.source[end:end + 1] == b",":
                end += 1
            replacement = m["replacement"]
            mutated = f"{self.text(node.start_byte, start)}{replacement}{self.text(end, node.end_byte)}"
            inner = f"(if crate::switched::on({n}) {{ /*<{n}*/{mutated}/*{n}>*/ }} else {{ {inner} }})"
        for n, m in guards:
            inner = (f"(crate::switched::on({n}) || ({inner}))" if m["replacement"] == "true"
                     else f"(!crate::switched::on({n}) && ({inner}))")
        for n, m in mutants:
            if m["genre"] == "MatchArm":
                inner = self.without_arm(node, inner, n)
        return inner

    def without_arm(self, node, inner, n):
        """Puts a condition before the arm's own guard, or gives it one."""
        pattern = node.child_by_field_name("pattern")
        guard = pattern.child_by_field_name("condition")
        if guard is None:
            length = pattern.end_byte - node.start_byte
            encoded = inner.encode()
            return (encoded[:length] + f" if !crate::switched::on({n})".encode() + encoded[length:]).decode()
        length = guard.start_byte - node.start_byte
        encoded = inner.encode()
        rendered = self.rendered(guard).encode()
        return (encoded[:length] + f"!crate::switched::on({n}) && (".encode() + rendered + b")"
                + encoded[length + len(rendered):]).decode()


def write(folder, mutants):
    by_file = collections.defaultdict(list)
    for n, mutant in enumerate(mutants):
        by_file[mutant["file"]].append((n, mutant))
    for name, its in by_file.items():
        file = File(Path(name), its)
        rendered = file.text(0, file.root.start_byte) + file.rendered(file.root)
        put(folder / name, (rendered + file.text(file.root.end_byte, len(file.source))).encode())
    lib = Path("src/lib.rs").read_text() + "\n#[doc(hidden)]\npub mod switched;\n"
    put(folder / "src/lib.rs", lib.encode())
    put(folder / "src/switched.rs", SWITCH.replace("COUNT", str(len(mutants))).encode())


def put(path, content):
    """What stays as it is keeps its time, so that cargo builds no more than it must."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def cargo(folder, *arguments):
    env = os.environ | {"CARGO_TARGET_DIR": str(folder / "target"), "CARGO_INCREMENTAL": "1",
                        "CARGO_PROFILE_DEV_DEBUG": "0"}
    run = subprocess.run(["nice", "-n", "10", "cargo", *arguments, "--message-format", "json"], cwd=folder, env=env,
                         capture_output=True, text=True)
    return run, [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def build(folder, rooms):
    mutants = listed(rooms) + list(own(folder / "own.json"))
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], check=True, capture_output=True, text=True)
    for name in set(files.stdout.splitlines()) - {m["file"] for m in mutants} - {"src/lib.rs"}:
        put(folder / name, Path(name).read_bytes())
    known = folder / "switched.left_out.json"
    left_out = json.loads(known.read_text()) if known.exists() else {}
    for mutant in mutants:
        if mutant["key"] in left_out:
            mutant["left_out"] = left_out[mutant["key"]]
    while True:
        write(folder, mutants)
        run, messages = cargo(folder, "check", "--lib")
        errors = [m["message"] for m in messages
                  if m["reason"] == "compiler-message" and m["message"]["level"] == "error"]
        if not errors:
            break
        found = 0
        for error in errors:
            for n in blamed(folder, error, mutants):
                found += "left_out" not in mutants[n]
                mutants[n].setdefault("left_out", error["message"].splitlines()[0])
        print(f"{len(errors)} errors, {found} mutants left out", flush=True)
        if not found:
            sys.exit("\n".join(e["rendered"] for e in errors[:5]))
    known.write_text(json.dumps({m["key"]: m["left_out"] for m in mutants if "left_out" in m}, indent=1))
    run, messages = cargo(folder, "test", "--no-run", *TESTS)
    if run.returncode != 0:
        sys.exit(run.stderr[-3000:])
    binaries = {m["target"]["name"] + ("" if "test" in m["target"]["kind"] else ":lib"): m["executable"]
                for m in messages if m["reason"] == "compiler-artifact" and m["profile"]["test"] and m["executable"]}
    (folder / "switched.mutants.json").write_text(json.dumps(mutants))
    (folder / "switched.binaries.json").write_text(json.dumps(binaries))
    print(f"{len(mutants)} mutants, {sum('left_out' in m for m in mutants)} left out, {len(binaries)} test files")


def blamed(folder, error, mutants):
    """The mutants whose own text a compiler's error points at; else those whose switch it lies in."""
    spans = [(span, folder / span["file_name"]) for span in error["spans"]]
    spans = [(span, path.read_bytes()) for span, path in spans if path.exists()]
    for span, source in spans:
        if inside := marked(source, span["byte_start"]):
            return {inside[-1]}
    found = set()
    for span, source in spans:
        if not span["is_primary"]:
            continue
        if "non-exhaustive" in error["message"]:
            arms = block(source[span["byte_end"]:])
            found |= {int(n) for n in re.findall(rb"!crate::switched::on\((\d+)\)", arms)
                      if mutants[int(n)]["genre"] == "MatchArm"}
            continue
        within = source[span["byte_start"]:span["byte_end"]]
        found |= {int(n) for n in re.findall(rb"switched::on\((\d+)\)", within)}
        if not found:
            # A return type that no other value of the function fits: they stand right behind it.
            first = re.search(rb"switched::on\((\d+)\)", source[span["byte_start"]:])
            where = mutants[int(first[1])]["function"]
            its = {n for n, m in enumerate(mutants) if m["function"] == where and m["genre"] == "FnValue"}
            found |= {n for n in its if "leak" in mutants[n]["replacement"]} or its
    return found


def marked(source, at):
    """The mutants whose text this place is in, the innermost last."""
    inside = []
    for mark in re.finditer(rb"/\*<(\d+)\*/|/\*(\d+)>\*/", source[:at + 1]):
        if mark[1]:
            inside.append(int(mark[1]))
        else:
            inside.remove(int(mark[2]))
    return inside


def block(source):
    """What stands between the first brace and the one that closes it."""
    depth = 0
    for at, byte in enumerate(source):
        depth += {ord("{"): 1, ord("}"): -1}.get(byte, 0)
        if depth == 0 and byte == ord("}"):
            return source[:at]
    return source


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setsid()


def test(folder, binary, names, timeout, **env):
    """`held`, or `timeout`, or the name of the first test that failed."""
    command = ["nice", "-n", "5", binary, "--exact", *names, "--test-threads=1"]
    child = subprocess.Popen(command, cwd=folder, preexec_fn=limit, text=True, errors="replace",
                             env=os.environ | {"CARGO_MANIFEST_DIR": str(folder), "RUST_BACKTRACE": "0"} | env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    late = threading.Event()

    def end():
        late.set()
        os.killpg(child.pid, 9)

    timer = threading.Timer(timeout, end)
    timer.start()
    begun = names[0]
    try:
        for line in child.stdout:
            begun = match[1] if (match := re.match(r"test (\S+) \.\.\.", line)) else begun
            if line.rstrip().endswith("FAILED"):
                os.killpg(child.pid, 9)
                return begun
        status = child.wait()
    finally:
        timer.cancel()
        child.stdout.close()
        child.wait()
    return "timeout" if late.is_set() else "held" if status == 0 else begun


def trace(folder):
    binaries = json.loads((folder / "switched.binaries.json").read_text())
    tests, notes = [], folder / "switched.trace.txt"
    for file, binary in sorted(binaries.items()):
        names = subprocess.run([binary, "--list", "--format=terse"], cwd=folder, capture_output=True, text=True).stdout
        for name in re.findall(r"(?m)^(.*): test$", names):
            notes.unlink(missing_ok=True)
            start = time.monotonic()
            outcome = test(folder, binary, [name], 600, SWITCHED_TRACE=str(notes))
            took = time.monotonic() - start
            if outcome != "held":
                print("does not hold without any mutant:", file, name, outcome, flush=True)
                continue
            seen = sorted({int(n) for n in notes.read_text().split()}) if notes.exists() else []
            tests.append({"binary": binary, "file": file, "name": name, "took": took, "seen": seen})
    (folder / "switched.tests.json").write_text(json.dumps(tests))
    print(f"{len(tests)} tests, {sum(t['took'] for t in tests):.0f} s")


def regressions(folder):
    return [*folder.glob("*proptest-regressions*/**/*"), *folder.glob("tests/**/*proptest-regressions*"),
            *folder.glob("src/**/*proptest-regressions*")]


def results_of(folder, rooms):
    files = [folder / f"switched.results.{room}.json" for room in rooms]
    return {key: one for file in files if file.exists() for key, one in json.loads(file.read_text()).items()}


def steps(room, reach, kills):
    """The room's own tests, the three that have noticed most for their time, all quick ones of a file at once, and at
    last the slow ones one by one."""
    price = lambda t: t["took"] / (1 + kills[t["name"]])
    reach = sorted(reach, key=price)
    batches = [[t for t in reach if t["name"].startswith(f"{room}::")]]
    batches += [[t] for t in reach if kills[t["name"]] and t["took"] < 10][:3]
    quick = collections.defaultdict(list)
    for one in reach:
        if one["took"] < 2 and one not in batches[0]:
            quick[one["binary"]].append(one)
    batches += sorted(quick.values(), key=lambda its: sum(t["took"] for t in its) / (1 + sum(kills[t["name"]] for t in its)))
    batches += [[t] for t in reach if t["took"] >= 2]
    for its in filter(None, batches):
        yield its[0]["binary"], [t["name"] for t in its], sum(t["took"] for t in its)


def run(folder, rooms):
    mutants = json.loads((folder / "switched.mutants.json").read_text())
    tests = json.loads((folder / "switched.tests.json").read_text())
    results = results_of(folder, rooms)
    kills = collections.Counter(r["by"].split()[-1] for r in results.values() if r.get("by"))
    kept = {path: path.read_bytes() for path in regressions(folder) if path.is_file()}
    for room in rooms:
        for n, mutant in enumerate(mutants):
            done = results.get(mutant["key"], {}).get("outcome")
            if mutant["room"] != room or "left_out" in mutant or done in DONE or not FILES.search(mutant["file"]):
                continue
            reach = [t for t in tests if n in t["seen"] and t["took"] <= SLOWEST]
            result = {"outcome": "survived" if reach else "not reached", "tried": len(reach)}
            for binary, names, took in steps(room, reach, kills):
                outcome = test(folder, binary, names, 10 + 4 * took, SWITCHED_ON=str(n))
                if outcome != "held":
                    by = outcome if outcome != "timeout" else names[0]
                    kills[by] += 1
                    result = {"outcome": "timeout" if outcome == "timeout" else "failed", "by": by}
                    break
            # What a random test has found is not to help it find the next.
            for path in regressions(folder):
                if path.is_file() and path not in kept:
                    path.unlink()
                elif path.is_file():
                    path.write_bytes(kept[path])
            results[mutant["key"]] = result | {"room": room, "name": mutant["name"]}
            its = {key: one for key, one in results.items() if one["room"] == room}
            (folder / f"switched.results.{room}.json").write_text(json.dumps(its, indent=1))
            if result["outcome"] not in ("failed", "timeout"):
                print(f"{result['outcome']} ({result['tried']}): {mutant['name']}", flush=True)
        tell(folder, [room], False)


def tell(folder, rooms, names=True):
    mutants = json.loads((folder / "switched.mutants.json").read_text())
    results = results_of(folder, rooms)
    for room in rooms:
        here = [m for m in mutants if m["room"] == room]
        outcomes = collections.Counter(
            "left out" if "left_out" in m else results.get(m["key"], {}).get("outcome", "not run") for m in here)
        print(room, len(here), dict(outcomes), flush=True)
        for m in here if names else []:
            outcome = results.get(m["key"], {}).get("outcome")
            if "left_out" in m:
                print("  left out:", m["name"], "//", m["left_out"])
            elif outcome not in ("failed", "timeout"):
                print(f"  {outcome}:", m["name"])


if __name__ == "__main__":
    into, step, *which = Path(sys.argv[1]).resolve(), *sys.argv[2:]
    {"build": lambda: build(into, which), "trace": lambda: trace(into), "run": lambda: run(into, which),
     "tell": lambda: tell(into, which)}[step]()
