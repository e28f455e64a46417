#!/usr/bin/env bash
# Feeds made-up bytes to what reads bytes from outside: questionnaires, answer sheets, kept encounters, keys.
#   scripts/fuzz.sh [SECONDS] [TARGET...]      by default ten minutes each
# Needs a C++ compiler and cargo-fuzz: cargo install cargo-fuzz
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(questionnaires sheets encounters keys)
seed() { mkdir -p "fuzz/corpus/$1" && cp "${@:2}" "fuzz/corpus/$1/"; }
seed questionnaires tests/fixtures/*.yaml docs/author/example.yaml tests/mistakes/*.yaml
seed sheets fuzz/seeds/sheet-*.json
seed encounters fuzz/seeds/encounter-*.json
seed keys fuzz/seeds/keys-*
# Sanitizers look for faults of memory, which this program can't have; without them any compiler will do.
for target in "${targets[@]}"; do
    cargo fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096
done
