#!/usr/bin/env python3
"""Holds `redflag sql` against `redflag assess`: the same sheets in both, and every row that differs.

    scripts/engines.py REDFLAG ENGINE... [--sheets N] [--seed N] [--questionnaires FILE...]

ENGINE is duckdb, postgres or spark. Needs ruamel.yaml, and duckdb or pyspark of the same package index; for postgres a
server's programs (initdb, pg_ctl, psql), of which it starts one of its own on a free port of this machine, in a folder
that is deleted at the end. docs/sql.md has the figures.
"""
import argparse, json, os, pathlib, random, shutil, socket, subprocess, sys, tempfile

from ruamel.yaml import YAML

FIELDS = ["level", "certain", "possible", "complete", "rules", "unanswered", "set_aside"]


def questions(path):
    """Id, type, options, exclusive options, bounds, unsure of each question of a file."""
    # Only texts: YAML 1.1 would take the option `no` for false.
    file = YAML(typ="base", pure=True).load(open(path, encoding="utf-8"))
    for section in file["sections"]:
        for q in section["questions"]:
            options = [str(o if not isinstance(o, dict) else o["id"]) for o in q.get("options", [])]
            alone = [o["id"] for o in q.get("options", []) if isinstance(o, dict) and o.get("exclusive") == "true"]
            if q["type"] == "yes_no":
                options = ["no", "yes"]
            yield {**q, "options": options, "alone": alone, "unsure": q.get("unsure") == "true"}


def answer(q, dice):
    kind = q["type"]
    if q.get("unsure") and dice.random() < 0.15:
        if kind in ("many_of", "body_map") and dice.random() < 0.5:
            rest = [o for o in q["options"] if o not in q["alone"]]
            return sorted(dice.sample(rest, dice.randint(1, min(3, len(rest)))), key=q["options"].index) + ["unsure"]
        return "unsure"
    if kind in ("one_of", "yes_no"):
        return dice.choice(q["options"])
    if kind in ("many_of", "body_map"):
        if q["alone"] and dice.random() < 0.45:
            return [dice.choice(q["alone"])]
        rest = [o for o in q["options"] if o not in q["alone"]]
        return sorted(dice.sample(rest, dice.randint(1, min(4, len(rest)))), key=q["options"].index)
    if kind in ("number", "scale"):
        low, high, decimals = float(q.get("min", 0)), float(q.get("max", 10)), int(q.get("decimals", 0))
        number = dice.uniform(low, high) if dice.random() < 0.6 else dice.choice([low, high, (low + high) / 2])
        return int(number) if decimals == 0 else round(number, decimals)
    return "words 'and' \"more\" \\ ü 漢"


def sheet(qs, dice):
    """From nothing at all to everything, also to questions that nobody asked."""
    share = dice.choice([0.0, 0.3, 0.7, 0.95, 1.0, 1.0, 1.0])
    return {q["id"]: answer(q, dice) for q in qs if q["type"] != "note" and dice.random() < share}


def run(command, well=(0,), **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode not in well:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


class DuckDb:
    name = "duckdb"

    def __init__(self, folder):
        import duckdb

        self.db = duckdb.connect()
        self.folder = folder

    def judge(self, ddl, load, select):
        self.db.execute("drop table if exists answers")
        self.db.execute(ddl)
        for statement in load.split(";\n"):
            if statement.strip():
                self.db.execute(statement)
        cursor = self.db.execute(select.rstrip().rstrip(";"))
        names = [c[0] for c in cursor.description]
        return {row[0]: dict(zip(names, row)) for row in cursor.fetchall()}

    def close(self):
        self.db.close()


class Postgres:
    name = "postgres"

    def __init__(self, folder):
        self.folder = pathlib.Path(folder) / "server"
        self.user = None
        if os.geteuid() == 0:
            # The server refuses to run as root.
            self.user = "postgres"
            self.folder.mkdir()
            os.chmod(folder, 0o755)
            shutil.chown(self.folder, self.user)
        places = sorted(map(str, pathlib.Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
        places += os.environ["PATH"].split(os.pathsep)
        self.bin = pathlib.Path(next(p for p in places if (pathlib.Path(p) / "initdb").exists()))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.as_user([self.bin / "initdb", "-D", self.folder / "data", "-A", "trust", "-U", "redflag", "-E", "UTF8",
                      "--locale", "C.UTF-8"])
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        self.as_user([self.bin / "pg_ctl", "-D", self.folder / "data", "-o", options, "-l", self.folder / "log", "-w",
                      "start"])

    def as_user(self, command):
        if self.user:
            command = ["su", self.user, "-s", "/bin/sh", "-c", " ".join(f"'{part}'" for part in command)]
        # What a server leaves open would keep us waiting.
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if "initdb" in str(command) else
                              subprocess.DEVNULL, text=True)
        if done.returncode:
            sys.exit(f"{command}: {done.stderr}")

    def psql(self, script):
        command = ["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "redflag", "-d", "postgres", "-X",
                   "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        return run(command, input=script, cwd=self.answers)

    def judge(self, ddl, load, select):
        self.answers = pathlib.Path(self.folder).parent
        query = select.rstrip().rstrip(";")
        script = f"drop table if exists answers;\n{ddl}\n{load}\n\\t on\n\\pset format unaligned\n"
        script += f"select row_to_json(told) from (\n{query}\n) as told;\n"
        rows = (json.loads(line) for line in self.psql(script).splitlines() if line.startswith("{"))
        return {row["id"]: row for row in rows}

    def close(self):
        self.as_user([self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"])


class Spark:
    name = "spark"

    def __init__(self, folder):
        from pyspark.sql import SparkSession

        self.session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", os.path.join(folder, "warehouse"))
            .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={folder}")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        self.session.sparkContext.setLogLevel("ERROR")

    def judge(self, ddl, load, select):
        self.session.sql("drop table if exists answers")
        shutil.rmtree(os.path.join(str(self.session.conf.get("spark.sql.warehouse.dir")).removeprefix("file:"), "answers"),
                      ignore_errors=True)
        self.session.sql(ddl.strip().rstrip(";"))
        for statement in load.split(";\n"):
            if statement.strip():
                self.session.sql(statement)
        rows = self.session.sql(select.rstrip().rstrip(";")).collect()
        return {row["id"]: row.asDict() for row in rows}

    def close(self):
        self.session.stop()


ENGINES = {"duckdb": DuckDb, "postgres": Postgres, "spark": Spark}


def expected(redflag, path, audience, sheets):
    lines = run([redflag, "assess", path, "--audience", audience, "--answers", sheets], well=(0, 1)).splitlines()
    for line in lines:
        told = json.loads(line)
        if "error" in told:
            sys.exit(f"a sheet that was made here is refused: {told}")
        told["rules"] = " ".join(told["rules"])
        told["unanswered"] = " ".join(told["unanswered"])
        told["set_aside"] = " ".join(told["set_aside"])
        yield told


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("redflag")
    args.add_argument("engines", nargs="+", choices=ENGINES)
    args.add_argument("--sheets", type=int, default=2000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--questionnaires", nargs="*", default=None)
    args = args.parse_args()
    redflag = os.path.abspath(args.redflag)
    root = pathlib.Path(__file__).resolve().parent.parent
    # From a folder of its own the paths given would lead elsewhere.
    files = args.questionnaires and [os.path.abspath(path) for path in args.questionnaires]
    if files is None:
        files = [p for p in sorted((root / "questionnaires").glob("*.yaml")) if p.name.count(".") == 1]
        files += [root / "tests/fixtures/small.yaml", root / "docs/example.yaml"]
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        engines = [ENGINES[name](folder) for name in args.engines]
        for path in files:
            qs = list(questions(path))
            for audience in ["patient", "clinician"]:
                dice = random.Random(f"{args.seed} {path} {audience}")
                with open("answers.jsonl", "w") as out:
                    for _ in range(args.sheets):
                        out.write(json.dumps(sheet(qs, dice), ensure_ascii=False) + "\n")
                wanted = list(expected(redflag, path, audience, "answers.jsonl"))
                for engine in engines:
                    for layout in ["columns", "list"]:
                        sql = lambda *more: run([redflag, "sql", path, "--dialect", engine.name, "--layout", layout,
                                                 "--audience", audience, *more])
                        # The second part of what fills the table is for exports that are not here.
                        load = sql("--load").split("\n-- 2.")[0]
                        told = engine.judge(sql("--ddl"), load, sql())
                        wrong = []
                        for number, want in enumerate(wanted, 1):
                            got = told.get(str(number), {})
                            bad = [f for f in FIELDS if got.get(f) != want[f]]
                            if bad or got.get("refused") != "":
                                wrong.append((number, {f: (want.get(f), got.get(f)) for f in bad + ["refused"]}))
                        if len(told) != len(wanted):
                            wrong.append(("rows", {"count": (len(wanted), len(told))}))
                        differ += len(wrong)
                        print(f"{engine.name:9} {layout:8} {audience:10} {pathlib.Path(path).name:22} "
                              f"{len(wanted)} sheets, {len(wrong)} differ", flush=True)
                        for number, what in wrong[:3]:
                            print("   ", number, what)
        for engine in engines:
            engine.close()
        os.chdir("/")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
