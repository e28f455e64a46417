#!/usr/bin/env python3
"""Holds `redflag sql` against `redflag assess`: the same sheets in both, and every row that differs.

    scripts/engines.py REDFLAG ENGINE... [--sheets N] [--seed N] [--questionnaires FILE...] [--made-up N]
                       [--audience WHICH]

The sheets are those of the scenarios beside a questionnaire, whole and cut off, and --sheets made up ones, a half for
each audience (--audience: for these alone). --made-up adds so many questionnaires made up from the seed, with 50 sheets each. ENGINE is duckdb, postgres or spark. Needs ruamel.yaml, and duckdb or pyspark of the same package index; for postgres a
server's programs (initdb, pg_ctl, psql), of which it starts one of its own on a free port of this machine, in a folder
that is deleted at the end. docs/reference/sql.md has the figures.
"""
import argparse, itertools, json, os, pathlib, random, shutil, socket, subprocess, sys, tempfile

import made_up

FIELDS = ["level", "certain", "possible", "complete", "rules", "unanswered", "set_aside"]


# So many sheets are judged at once: each engine takes seconds to plan a query, and memory for what comes of it.
PART = 125_000


class Refused(Exception):
    """`redflag sql` says that no query of this size can be written for the engine."""


def run(command, well=(0,), **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode and "again and again" in done.stderr:
        raise Refused(done.stderr.splitlines()[0])
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
        # As the query itself advises.
        options += " -c jit=off"
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
            .config("spark.driver.memory", "3g")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", os.path.join(folder, "warehouse"))
            .config("spark.driver.extraJavaOptions", f"-Dderby.system.home={folder}")
            .config("spark.sql.shuffle.partitions", "2")
            # Snappy's library takes a machine that has musl beside glibc for one of musl.
            .config("spark.sql.parquet.compression.codec", "uncompressed")
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


def compared(engine, redflag, path, layout, audience, wanted):
    """The rows that differ: their number, and of each field what is wanted and what the engine gave."""
    sql = lambda *more: run([redflag, "sql", path, "--dialect", engine.name, "--layout", layout,
                             "--audience", audience, *more])
    # The second part of what fills the table is for exports that are not here.
    load = sql("--load").split("\n-- 2.")[0]
    told = engine.judge(sql("--ddl"), load, sql())
    for number, want in enumerate(wanted, 1):
        got = told.get(str(number), {})
        bad = [f for f in FIELDS if got.get(f) != want[f]]
        if bad or got.get("refused") != "":
            yield number, {f: (want.get(f), got.get(f)) for f in bad + ["refused"]}
    if len(told) != len(wanted):
        yield "rows", {"count": (len(wanted), len(told))}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("redflag")
    args.add_argument("engines", nargs="+", choices=ENGINES)
    args.add_argument("--sheets", type=int, default=2000)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--questionnaires", nargs="*", default=None)
    args.add_argument("--made-up", type=int, default=0)
    args.add_argument("--audience", nargs="*", default=["patient", "clinician"], choices=["patient", "clinician"])
    args = args.parse_args()
    redflag = os.path.abspath(args.redflag)
    root = pathlib.Path(__file__).resolve().parent.parent
    # From a folder of its own the paths given would lead elsewhere.
    files = args.questionnaires and [os.path.abspath(path) for path in args.questionnaires]
    if files is None:
        files = [p for p in sorted((root / "questionnaires").glob("*.yaml")) if p.name.count(".") == 1]
        files += [root / "tests/fixtures/small.yaml", root / "docs/author/example.yaml"]
    files = [(path, args.sheets // 2) for path in files]
    judged = differ = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        engines = [ENGINES[name](folder) for name in args.engines]
        for number in range(args.made_up):
            path = pathlib.Path(folder) / f"made-up-{number}.yaml"
            path.write_text(made_up.questionnaire(f"{args.seed} {number}"), encoding="utf-8")
            files.append((path, 25))
        for path, count in files:
            qs, name = list(made_up.questions(path)), pathlib.Path(path).name
            for audience in args.audience:
                dice = random.Random(f"{args.seed} {name} {audience}")
                sheets = itertools.chain(made_up.in_scenarios(path), (made_up.sheet(qs, dice) for _ in range(count)))
                done = {(engine.name, layout): [0, 0] for engine in engines for layout in ["columns", "list"]}
                # A part at a time, so that a million of them need no more memory than a few.
                while part := list(itertools.islice(sheets, PART)):
                    with open("answers.jsonl", "w", encoding="utf-8") as out:
                        out.writelines(json.dumps(answers, ensure_ascii=False) + "\n" for answers in part)
                    wanted = list(expected(redflag, path, audience, "answers.jsonl"))
                    for engine in engines:
                        for layout in ["columns", "list"]:
                            try:
                                wrong = list(compared(engine, redflag, path, layout, audience, wanted))
                            except Refused as why:
                                # Said before anything is run, with the reason; the others judge it.
                                refused += 1
                                print(f"{engine.name:9} {layout:8} {audience:10} {name:22} refused: {why}", flush=True)
                                continue
                            done[engine.name, layout][0] += len(wanted)
                            done[engine.name, layout][1] += len(wrong)
                            for number, what in wrong[:3]:
                                print("   ", engine.name, layout, number, part[number - 1] if number != "rows" else "", what)
                for (engine, layout), (all, wrong) in done.items():
                    judged, differ = judged + all, differ + wrong
                    if wrong or not name.startswith("made-up"):
                        print(f"{engine:9} {layout:8} {audience:10} {name:22} {all} sheets, {wrong} differ", flush=True)
        for engine in engines:
            engine.close()
        os.chdir("/")
    print(f"{judged} judgements, {differ} differ; {refused} queries refused as too large")
    sys.exit(1 if differ or not judged else 0)


if __name__ == "__main__":
    main()
