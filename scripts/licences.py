#!/usr/bin/env python3
"""Says of every crate that the program is built of whether its licence is one that deny.toml allows.

`--texts FILE` writes the texts of these licences, which have to go along with the program. Needs no network and nothing
but cargo. If you have cargo-deny, you can run `cargo deny check licenses` instead, which reads the same list.
"""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|UNLICENSE)", re.IGNORECASE)


def is_allowed(expression, allowed):
    """An SPDX expression: `AND` binds more than `OR`, `/` is an old way to write `OR`."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            value = both() or value
        return value

    def both():
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            value = one() and value
        return value

    def one():
        token = tokens.pop(0)
        if token == "(":
            value = either()
            tokens.pop(0)
            return value
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token += " WITH " + tokens.pop(0)
        return token in allowed

    return either()


def in_the_program(resolve):
    """The ids of what is built for the program: crates that only tests use are not passed on with it."""
    nodes = {node["id"]: node for node in resolve["nodes"]}
    reached, waiting = set(), [resolve["root"]]
    while waiting:
        node = waiting.pop()
        if node in reached:
            continue
        reached.add(node)
        for dependency in nodes[node]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    return reached


def crates(options):
    """What the program is built of, by name."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline"]
    command += ["--features", options.features] if options.features else ["--all-features"]
    if options.target:
        command += ["--filter-platform", options.target]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    built_of = in_the_program(found["resolve"])
    packages = [package for package in found["packages"] if package["id"] in built_of]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(packages):
    """Each text once, below the crates that come with it; of crates without one the name of the licence."""
    of_text, without = {}, []
    for package in packages:
        if package["source"] is None:
            continue
        name = f"{package['name']} {package['version']} ({package['license']})"
        folder = Path(package["manifest_path"]).parent
        files = [file for file in folder.iterdir() if file.is_file() and LICENCE_FILE.match(file.name)]
        if not files:
            without.append(f"{name}, by {', '.join(package['authors']) or 'its authors'}")
        for file in sorted(files):
            text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()
            of_text.setdefault(text, []).append(name)
    yield "The program is built of these crates, and their licences ask that their texts go along with it."
    for text, names in sorted(of_text.items(), key=lambda entry: entry[1][0]):
        yield "-" * 80 + "\n" + "\n".join(dict.fromkeys(names)) + "\n\n" + text
    if without:
        yield "-" * 80 + "\nThese come without the text of their licence:\n" + "\n".join(without)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, metavar="FILE", help="write the texts of the licences")
    parser.add_argument("--features", help="beside the default ones; left out: all features")
    parser.add_argument("--target", help="only what is built for this target")
    options = parser.parse_args()
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    packages = crates(options)
    if options.texts:
        options.texts.write_text("\n\n".join(texts(packages)) + "\n", encoding="utf-8")
    wrong = []
    for package in packages:
        licence = package["license"]
        if not licence or not is_allowed(licence, allowed):
            wrong.append(f"{package['name']} {package['version']}: {licence or 'no licence given'}")
    print(f"{len(packages)} crates, {len(wrong)} with a licence that deny.toml does not allow")
    print("".join(f"  {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
