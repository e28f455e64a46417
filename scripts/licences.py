#!/usr/bin/env python3
"""Says of every crate that the program is built of whether its licence is one that deny.toml allows.

Needs no network and nothing but cargo. Who has cargo-deny can run `cargo deny check licenses` instead, which reads the
same list.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


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


def main():
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    built_of = in_the_program(found["resolve"])
    packages = [package for package in found["packages"] if package["id"] in built_of]
    wrong = []
    for package in sorted(packages, key=lambda package: package["name"]):
        licence = package["license"]
        if not licence or not is_allowed(licence, allowed):
            wrong.append(f"{package['name']} {package['version']}: {licence or 'no licence given'}")
    print(f"{len(packages)} crates, {len(wrong)} with a licence that deny.toml does not allow")
    print("".join(f"  {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
