#!/usr/bin/env python3
"""Says whether the oldest Rust that Cargo.toml promises is enough for every crate, by what the crates themselves say.

Crates that only tests use count as well: whoever has that Rust should be able to run the tests. `--build` installs that
Rust by rustup and lets it check the program with all features, which tells of crates that say nothing too. That clippy
knows of our own code: its lint `incompatible_msrv` reads the same line of Cargo.toml.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What an edition needs, where a crate says no more.
EDITIONS = {"2015": "1.0", "2018": "1.31", "2021": "1.56", "2024": "1.85"}


def number(version):
    return tuple(int(part) for part in (version + ".0").split(".")[:3])


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline", "--all-features"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    ours = next(package for package in found["packages"] if package["id"] == found["resolve"]["root"])
    promised = ours["rust_version"]
    others = [package for package in found["packages"] if package is not ours]
    needs = [(number(package["rust_version"] or EDITIONS[package["edition"]]), package) for package in others]
    silent = sum(package["rust_version"] is None for package in others)
    newer = [package for version, package in needs if version > number(promised)]
    highest = max(version for version, _ in needs)
    print(
        f"Rust {promised} is promised; {len(others)} crates need {highest[0]}.{highest[1]} at most, of which {silent} "
        "name no version and count by their edition"
    )
    for package in newer:
        print(f"  {package['name']} {package['version']} needs Rust {package['rust_version']}")
    if "--build" in sys.argv[1:] and not newer:
        # The name of a release has three numbers.
        toolchain = ".".join(str(part) for part in number(promised))
        install = ["rustup", "toolchain", "install", toolchain, "--profile", "minimal"]
        subprocess.run(install, check=True)
        check = ["cargo", f"+{toolchain}", "check", "--locked", "--all-features"]
        subprocess.run(check, cwd=ROOT, check=True, env=os.environ | {"CARGO_TARGET_DIR": "target/oldest"})
    return 1 if newer else 0


if __name__ == "__main__":
    sys.exit(main())
