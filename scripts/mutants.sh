#!/usr/bin/env bash
# Makes small mistakes in the code of a room, one at a time, and shows which of them no test notices.
#   scripts/mutants.sh ROOM...        such as: scripts/mutants.sh triage encounter report
# All of them are in one build, each behind a switch: scripts/switched.py says how, and what it needs.
# docs/design/mutants.md has the figures, and what can't be noticed. Another folder than target/mutants: MUTANTS=FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${MUTANTS:-target/mutants}
mkdir -p "$folder"
scripts/switched.py "$folder" build "$@"
scripts/switched.py "$folder" trace
scripts/switched.py "$folder" run "$@"
scripts/switched.py "$folder" tell "$@"
