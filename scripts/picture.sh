#!/usr/bin/env bash
# Draws the pictures in docs/ anew, after a change of the screens or of back-pain.yaml. Look at them before you commit them.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --quiet --example picture -- docs/pictures
cargo run --quiet -- graph --output docs/pictures/back-pain.svg
cargo run --quiet -- graph docs/author/example.yaml --output docs/pictures/example.svg
git status --short docs
