#!/usr/bin/env bash
# Draws the pictures in docs/ anew, after a change of the screens. Look at them before you commit them.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --quiet --example picture -- docs
git status --short docs
