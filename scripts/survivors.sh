#!/usr/bin/env bash
# Makes every small change of the built-in questionnaires, and fails if one that gives somebody another level is
# noticed by no scenario.
set -euo pipefail
cd "$(dirname "$0")/.."
exec cargo run --release --locked -- test --mutants --budget 1000 questionnaires/back-pain.yaml questionnaires/spine-alert.yaml
