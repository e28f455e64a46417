#!/usr/bin/env bash
# Looks at HTML reports as a browser shows and prints them: makes reports of several cases for both audiences, lets
# axe-core look for what keeps people out, and compares the printed pages, A4 and Letter, with the text of the page.
# Needs node with npm, Chromium and pdftotext (apt-get install chromium poppler-utils). Not a part of the tests.
# Reports, pages as PDF and as PNG are left in target/accessibility, to be looked at.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in node npm pdftotext pdftoppm; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2; exit 1; }
done
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
[ -n "$browser" ] || { echo "no Chromium is found; name one in CHROMIUM" >&2; exit 1; }

work=target/accessibility
mkdir -p "$work"
if [ ! -d "$work/node_modules/axe-core" ]; then
    npm install --silent --no-fund --no-audit --prefix "$work" axe-core@4 puppeteer-core yaml@2
fi
cargo build --quiet
cp scripts/accessibility.mjs "$work/accessibility.mjs"
node "$work/accessibility.mjs" "$browser"
