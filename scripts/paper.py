#!/usr/bin/env python3
"""Prints HTML reports and looks at the first sheet: scripts/paper.py FOLDER.

Takes the reports whose first sheets hold the most (examples/papers.rs), prints each on A4 and on Letter with Chromium,
and checks that everything of the first part, and nothing else, is on the first sheet: for a patient the card, the
figure, the steps and when to get help at once; for a clinician the handover. Leaves the first sheets as PNG in FOLDER.

Needs Chromium (CHROMIUM names another one) and poppler-utils. Not a part of the tests.
"""
import collections, html, os, pathlib, re, shutil, subprocess, sys

BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PAPERS = ["A4", "letter"]


def words(text):
    """What is printed, word by word, without signs that fonts may change."""
    # A word broken at its hyphen comes back in one piece.
    text = re.sub(r"(\w)[-‐]\s*(?=\w)", r"\1", html.unescape(text))
    return collections.Counter(re.findall(r"\w+", text))


def first_part(page):
    part = page.split('<div class="first">')[1].split("\n</div>")[0]
    return re.sub(r"<[^>]*>", " ", part)


def printed(source, paper, folder):
    """The PDF of a page on this paper."""
    page = source.read_text()
    sized = folder / f"{source.stem}-{paper}.html"
    sized.write_text(page.replace("</head>", f"<style>@page {{ size: {paper}; }}</style>\n</head>"))
    target = sized.with_suffix(".pdf")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run([BROWSER, *options, sized.as_uri()], check=True, capture_output=True)
    sized.unlink()
    return target


def on_sheet(pdf, number):
    command = ["pdftotext", "-f", str(number), "-l", str(number), str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    root = pathlib.Path(__file__).parent.parent
    subprocess.run(["cargo", "run", "--quiet", "--example", "papers", "--", str(folder)], cwd=root, check=True)
    faults = 0
    sources = sorted(folder.glob("*.html"))
    for source in sources:
        part = first_part(source.read_text())
        for paper in PAPERS:
            pdf = printed(source, paper, folder)
            missing = words(part) - words(on_sheet(pdf, 1))
            if missing:
                faults += 1
                print(f"{pdf.stem}: not on the first sheet: {' '.join(missing)}")
            stem = str(pdf.with_suffix(""))
            subprocess.run(["pdftoppm", "-png", "-r", "60", "-f", "1", "-l", "1", "-singlefile", str(pdf), stem], check=True)
    print(f"{len(sources)} reports on {len(PAPERS)} papers, {faults} with something missing on the first sheet")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
