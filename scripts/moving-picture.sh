#!/usr/bin/env bash
# Makes the moving picture of the README anew, docs/pictures/moving.svg: the real program in a pseudo-terminal, with keys
# that somebody types. Look at it in a browser before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
UPDATE=1 cargo test --quiet --test moving_picture
git status --short docs/pictures
