#!/usr/bin/env python3
"""Finishes the list of what the program is built of (SBOM), as cargo-cyclonedx writes it: sbom.py FROM TO.

Takes out the name of the folder where it was made, and adds SQLite, which is C inside of a crate: weaknesses are
reported for SQLite and not for the crate.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sqlite():
    """The component, with its version as the source says it; and the crate that holds it."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    crate = next(package for package in found["packages"] if package["name"] == "libsqlite3-sys")
    header = Path(crate["manifest_path"]).parent / "sqlite3" / "sqlite3.h"
    version = re.search(r'^#define SQLITE_VERSION +"(.+)"', header.read_text(), re.MULTILINE)[1]
    component = {
        "type": "library",
        "bom-ref": f"pkg:generic/sqlite@{version}",
        "name": "sqlite",
        "version": version,
        "scope": "required",
        "licenses": [{"expression": "blessing"}],
        "cpe": f"cpe:2.3:a:sqlite:sqlite:{version}:*:*:*:*:*:*:*",
        "purl": f"pkg:generic/sqlite@{version}",
    }
    return component, f"libsqlite3-sys@{crate['version']}"


def main():
    source, result = map(Path, sys.argv[1:])
    text = source.read_text().replace(f"path+file://{ROOT}", "path+file:///redflag")
    if str(ROOT) in text:
        sys.exit(f"{source} still names {ROOT}")
    bom = json.loads(text)
    component, crate = sqlite()
    bom["components"].append(component)
    holders = [entry for entry in bom["dependencies"] if entry["ref"].endswith(crate)]
    if len(holders) != 1:
        sys.exit(f"{source} should name {crate} once, not {len(holders)} times")
    holders[0].setdefault("dependsOn", []).append(component["bom-ref"])
    bom["dependencies"].append({"ref": component["bom-ref"]})
    result.write_text(json.dumps(bom, indent=2) + "\n")


if __name__ == "__main__":
    main()
