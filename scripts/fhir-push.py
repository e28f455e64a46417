#!/usr/bin/env python3
"""Sends a made-up store to a FHIR server of others, with kills of the program and cuts of the connection in between.

    scripts/fhir-push.py REDFLAG CLINIC [--server medplum|sekmet] [--checks N] [--kills N] [--seed N] [--folder FOLDER]

REDFLAG is the program and CLINIC the built example: `cargo build --example clinic`. The server is one of these, installed
into --folder if it isn't there, on a port of this machine:

- Medplum's FHIR router (`@medplum/fhir-router` of npm) over its repository in memory, which `scripts/fhir-server.mjs` starts;
- Sekmet (`sekmet-fhir` of PyPI), which keeps all in SQLite, so it is killed and started again as well.

Between the two is a proxy that cuts connections before, in and after a request. New checks and corrections come while it
sends. At the end everything is read back by search: each check once, with the answers, the level and the person that the
store has now, each measured value once, and every entry in the store's chain. docs/reference/fhir.md has the figures.
"""
import argparse, contextlib, json, os, pathlib, random, socket, subprocess, sys, tempfile, threading, time, urllib.parse, urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TOKEN = "made-up"


class Proxy:
    """Passes on, and cuts one connection in three as long as `cuts` is set."""

    def __init__(self, port, seed):
        self.port_of_server, self.cuts, self.count, self.random = port, True, 0, random.Random(seed)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            outside, _ = self.listener.accept()
            way = self.random.choice(["in the request", "before the answer", "in the answer"] + [None] * 6)
            threading.Thread(target=self.pass_on, args=(outside, way if self.cuts else None), daemon=True).start()

    def pass_on(self, outside, way):
        self.count += way is not None
        with outside, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port_of_server)) as inside:
            request = b""
            while not is_whole(request):
                part = outside.recv(65536)
                if not part:
                    return
                request += part
            if way == "in the request":
                inside.sendall(request[: len(request) // 2])
                return
            inside.sendall(request.replace(b"connection: keep-alive", b"connection: close"))
            answer = b""
            while not is_whole(answer) and (part := inside.recv(65536)):
                answer += part
            if way == "before the answer":
                return
            outside.sendall(answer[: len(answer) // 2] if way == "in the answer" else answer)


def is_whole(message):
    head, separator, body = message.partition(b"\r\n\r\n")
    if not separator:
        return False
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return body.endswith(b"0\r\n\r\n")
    return len(body) >= int(fields.get(b"content-length", 0))


class Server:
    """What is the same for each server: searching, over all pages."""

    def find(self, kind, **search):
        address = f"http://127.0.0.1:{self.port}{self.base}/{kind}?{urllib.parse.urlencode({**search, '_count': self.count})}"
        found = []
        while address:
            request = urllib.request.Request(address, headers={"authorization": f"Bearer {TOKEN}"})
            with urllib.request.urlopen(request) as answer:
                page = json.load(answer)
            found += [entry["resource"] for entry in page.get("entry", [])]
            address = next((link["url"] for link in page.get("link", []) if link["relation"] == "next"), None)
        return found


class Medplum(Server):
    # It takes at most eight parts in a transaction with conditions.
    base, count, parts = "/fhir/R4", 100_000, ["--parts", 8]
    keeps = False

    def __init__(self, folder, data):
        if not (folder / "node_modules/@medplum/fhir-router").exists():
            run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "@medplum/fhir-router"])
        env = {**os.environ, "NODE_FOLDER": str(folder)}
        self.process = subprocess.Popen(["node", str(HERE / "fhir-server.mjs")], stdout=subprocess.PIPE, text=True, env=env)
        self.port = int(self.process.stdout.readline())


# Sekmet's table of search parameters has not all of R4. These are added, since each part is created on a condition about them.
SEKMET = """
import sys
from sekmet.cli import app
from sekmet.fhir.search_params import PARAMS, SearchParam
for kind in ("QuestionnaireResponse", "RiskAssessment"):
    PARAMS.setdefault(kind, {})["identifier"] = SearchParam("identifier", "token", ("identifier",))
app()
"""


class Sekmet(Server):
    base, count, parts = "/fhir", 1000, []
    keeps = True

    def __init__(self, folder, data):
        if not (folder / "bin/sekmet").exists():
            run([sys.executable, "-m", "venv", folder])
            run([folder / "bin/pip", "install", "--quiet", "sekmet-fhir"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        settings = {
            "base_url": f"http://127.0.0.1:{self.port}{self.base}", "host": "127.0.0.1", "port": self.port,
            "data_dir": str(data), "own_private_key_path": str(data / "sekmet.pem"), "simulator": {"enabled": False},
            "server_auth": {"types": ["bearer"], "tokens": [TOKEN]}, "validation": {"inbound": "strict"}, "log_inbound": False,
        }
        data.mkdir()
        self.data, self.python = data, folder / "bin/python"
        (data / "settings.yaml").write_text(json.dumps(settings))
        self.start()

    def start(self):
        with open(self.data / "log", "a") as log:
            command = [str(self.python), "-c", SEKMET, "serve", "--config", str(self.data / "settings.yaml")]
            self.process = subprocess.Popen(command, cwd=self.data, stdout=log, stderr=log)
        for _ in range(1200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.1)
        sys.exit(f"it doesn't start:\n{(self.data / 'log').read_text()[-2000:]}")

    def restart(self):
        self.process.kill()
        self.process.wait()
        self.start()


SERVERS = {"medplum": Medplum, "sekmet": Sekmet}


def run(command, well=(0,), **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode not in well:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def main():
    args = argparse.ArgumentParser()
    args.add_argument("redflag", type=pathlib.Path)
    args.add_argument("clinic", type=pathlib.Path)
    args.add_argument("--checks", type=int, default=100)
    args.add_argument("--kills", type=int, default=40)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--server", choices=SERVERS, default="medplum")
    args.add_argument("--folder", type=pathlib.Path)
    args = args.parse_args()
    redflag, clinic = args.redflag.resolve(), args.clinic.resolve()
    installed = (args.folder or pathlib.Path("target/made/fhir-servers") / args.server).resolve()
    installed.mkdir(parents=True, exist_ok=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fhir-push-"))
    chance = random.Random(args.seed)
    server = SERVERS[args.server](installed, folder / "server")
    try:
        sent(redflag, clinic, folder, chance, server, args)
    finally:
        server.process.kill()


def sent(redflag, clinic, folder, chance, server, args):
    proxy = Proxy(server.port, args.seed)
    run([clinic, folder, "make"])
    (folder / "token").write_text(TOKEN)
    (folder / "token").chmod(0o600)
    (folder / "pin").chmod(0o600)
    access = ["--store", folder / "store/clinic.db", "--key-file", folder / "store.key", "--as", "Ben", "--pin", folder / "pin"]
    push = [redflag, "fhir", "push", "--server", f"http://127.0.0.1:{proxy.port}{server.base}", "--token-file", folder / "token"]
    push += [*server.parts, "--timeout", 20, *access]
    push = [str(part) for part in push]
    env = {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "LC_ALL": "C"}
    per_kill = max(1, args.checks // args.kills)
    added, restarts = 0, 0
    with open(folder / "log", "w") as log:
        for kill in range(args.kills):
            run([clinic, folder, "add", min(per_kill, args.checks - added)])
            added += min(per_kill, args.checks - added)
            sender = subprocess.Popen(push, stdout=log, stderr=log, env=env)
            time.sleep(chance.uniform(0.3, 2.5))
            if kill % 4 == 3:
                run([clinic, folder, "correct", 3])
            if server.keeps and kill % 3 == 2:
                server.restart()
                restarts += 1
            sender.kill()
            sender.wait()
        run([clinic, folder, "add", args.checks - added])
        cut = proxy.count
        proxy.cuts = False
        done = subprocess.run([*push, "--once"], stdout=log, stderr=log, env=env)
    if done.returncode:
        sys.exit(f"not all was sent:\n{(folder / 'log').read_text()[-3000:]}")
    verified = run([redflag, "store", "verify", *access[:4]], env=env)
    compared(redflag, folder, server, access, env)
    text = (folder / "log").read_text()
    counts = {"checks": args.checks, "kills": args.kills, "kills of the server": restarts, "connections cut": cut}
    told = {"sent": "sent: ", "sent again": "sent again: ", "refused": "was refused", "tried again": "is not sent yet"}
    counts |= {what: sum(words in line for line in text.splitlines()) for what, words in told.items()}
    print(json.dumps(counts), verified.strip().splitlines()[-1])


def compared(redflag, folder, server, access, env):
    exported = run([redflag, "export", "--sheets", *access], env=env).splitlines()
    sheets = {(row := json.loads(line)).pop("id"): row for line in exported}
    rows = map(json.loads, run([redflag, "export", "--with-reference", *access], env=env).splitlines())
    whose = {row["id"]: row["reference"] for row in rows}
    responses = server.find("QuestionnaireResponse")
    held = {kind: server.find(kind) for kind in ("RiskAssessment", "DocumentReference", "Observation")}
    assert len(responses) == len(sheets), (len(responses), len(sheets))
    wrong = 0
    for number, answers in sheets.items():
        person = whose[number]
        [response] = [one for one in responses if one["subject"]["reference"] == person]
        [level] = [one for one in held["RiskAssessment"] if one["subject"]["reference"] == person]
        [handover] = [one for one in held["DocumentReference"] if one["subject"]["reference"] == person]
        values = [one for one in held["Observation"] if one["subject"]["reference"] == person]
        text = json.dumps(response)
        read = json.loads(run([redflag, "fhir", "import", "--answers"], input=text, env=env, well=(0, 1)))
        audience = "clinician" if "-clinician" in response["questionnaire"] else "patient"
        assess = [redflag, "assess", "back-pain", "--audience", audience]
        want = json.loads(run(assess, input=json.dumps(answers), env=env))
        got = level["prediction"][0]["qualitativeRisk"]["coding"][-1]["code"]
        counted = {question: answer for question, answer in answers.items() if question not in set(want["set_aside"])}
        numbers = sorted(one["code"]["coding"][-1]["code"] for one in values if one["status"] != "entered-in-error")
        asked = sorted(question for question, answer in counted.items() if isinstance(answer, (int, float)))
        about = f"QuestionnaireResponse/{response['id']}"
        refers = [level["basis"][0], handover["context"]["related"][0], *(one["derivedFrom"][0] for one in values)]
        reasons = [
            (read != counted, "answers", read, counted),
            (got != want["level"], "level", got, want["level"]),
            (numbers != asked, "measured values", numbers, asked),
            (any(one["reference"] != about for one in refers), "what they refer to", refers, about),
        ]
        for is_wrong, *why in reasons:
            if is_wrong:
                wrong += 1
                print(number, *why)
    identifiers = [json.dumps(one["identifier"]) for kind in held.values() for one in kind if one.get("identifier")]
    assert len(identifiers) == len(set(identifiers)), "something is there twice"
    print(f"{len(sheets)} checks read back, {wrong} differences")
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
