#!/usr/bin/env bash
# Draws the twelve main screens at four sizes in all looks into a folder, with a page that shows them side by side:
# scripts/screens.sh FOLDER. Run it before and after a change, and compare.
set -euo pipefail
folder=$(realpath -m "${1:?which folder?}")
cd "$(dirname "$0")/.."
cargo run --quiet --example screens -- "$folder"
echo "$folder/index.html"
