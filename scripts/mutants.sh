#!/usr/bin/env bash
# Makes small mistakes in the code of a room, one at a time, and shows which of them no test notices.
#   scripts/mutants.sh ROOM...        such as: scripts/mutants.sh triage encounter report
# Needs cargo-mutants: cargo install cargo-mutants. docs/mutants.md has the figures, and what can't be noticed.
set -euo pipefail
cd "$(dirname "$0")/.."
# For each room the tests that look at it; the others only take time.
tests_of() {
    case $1 in
        answers) echo --lib --test answering --test laws --test assess ;;
        triage) echo --lib --test laws --test circuit --test telling ;;
        encounter) echo --lib --test telling ;;
        interview) echo --lib --test interview --test moving --test laws --test telling ;;
        report) echo --lib --test reports --test handover --test telling --test plain ;;
        outlook) echo --lib --test outlook --test stopping ;;
        *) echo --lib ;;
    esac
}
for room in "$@"; do
    # shellcheck disable=SC2046
    cargo mutants --in-place=false --jobs 2 --timeout 300 --output "target/mutants-$room" \
        --file "src/$room/**/*.rs" -- $(tests_of "$room") || true
    echo "$room: $(wc -l < "target/mutants-$room/mutants.out/caught.txt") caught," \
        "$(wc -l < "target/mutants-$room/mutants.out/missed.txt") missed"
done
