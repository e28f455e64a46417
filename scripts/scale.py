#!/usr/bin/env python3
"""Measures `redflag assess` on files of many sheets against what reading them takes, and against DuckDB.

    cargo build --release && cargo bench --bench scale --no-run
    scripts/scale.py target/release/redflag target/release/deps/scale-HASH [--rows N] [--rounds N] [--folder DIR]

It makes sheets with `redflag simulate`, and CSV in both layouts and Parquet of them with DuckDB and the statements of
`redflag sql`. Then it measures everything in turn, on one core, and prints processor time (user and system) for each
sheet and the ratios: the best of the rounds, since other programs only make it longer. At the end, elapsed time on one
core, on two, and of two runs at once, which no one run on both can beat, and the most memory. Needs duckdb of the
Python package index. docs/reference/scale.md has the figures.
"""
import argparse, json, os, pathlib, resource, subprocess, sys, tempfile, time


def run(command, core=None, out=None):
    """Seconds of processor time, elapsed seconds, and the most memory in MiB."""
    pin = (lambda: os.sched_setaffinity(0, core)) if core else None
    started = time.monotonic()
    with open(out or os.devnull, "wb") as to:
        child = subprocess.Popen(list(map(str, command)), stdout=to, stderr=subprocess.PIPE, preexec_fn=pin)
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
    elapsed = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command}\n{said.decode()[-2000:]}")
    return used.ru_utime + used.ru_stime, elapsed, used.ru_maxrss / 1024


def at_once(command):
    """Elapsed seconds of two runs, each on a core of its own."""
    started = time.monotonic()
    runs = [subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             preexec_fn=lambda core=core: os.sched_setaffinity(0, {core})) for core in range(2)]
    if any([one.wait() for one in runs]):
        sys.exit(f"{command} failed")
    return time.monotonic() - started


def sql(redflag, *more):
    return subprocess.run([redflag, "sql", "back-pain", "--dialect", "duckdb", *more], check=True, capture_output=True,
                          text=True).stdout


def make(args, folder):
    import duckdb

    jsonl = folder / "sheets.jsonl"
    # Populations of many kinds, so that branches of all kinds are asked.
    kinds = args.populations.split(",")
    with open(jsonl, "wb") as all:
        for number, kind in enumerate(kinds):
            part = folder / "part.jsonl"
            count = args.rows // len(kinds) + (args.rows % len(kinds) if number == 0 else 0)
            subprocess.run([args.redflag, "simulate", "back-pain", kind, "--people", str(count), "--sheets", part],
                           check=True, capture_output=True)
            all.write(part.read_bytes())
            part.unlink()
    os.chdir(folder)
    db = duckdb.connect()
    db.execute("set preserve_insertion_order = true")
    for layout in ["columns", "list"]:
        db.execute("drop table if exists answers")
        db.execute(sql(args.redflag, "--layout", layout, "--ddl"))
        load = sql(args.redflag, "--layout", layout, "--load").split("\n-- 2.")[0].replace("answers.jsonl", str(jsonl))
        for statement in load.split(";\n"):
            if statement.strip():
                db.execute(statement)
        # As survey programs write flags.
        names = db.execute("select column_name, data_type from information_schema.columns where table_name = 'answers' "
                           "order by ordinal_position").fetchall()
        flags = ", ".join(f'cast("{n}" as integer) as "{n}"' if t == "BOOLEAN" else f'"{n}"' for n, t in names)
        db.execute(f"copy (select {flags} from answers) to '{folder}/{layout}.csv' (header)")
        db.execute(f"copy answers to '{folder}/{layout}.parquet'")
    db.close()


def duck(args, folder, layout, source):
    """Processor time that DuckDB takes on one core for our SQL, all of one statement, in a process of its own."""
    code = f"""
import duckdb, sys
db = duckdb.connect()
db.execute("set threads = 1")
db.execute("create view answers as select * from {source}")
db.execute("copy (select level, rules from (" + open(sys.argv[1]).read().rstrip().rstrip(";") + ") as told) to '/dev/null' (format csv)")
"""
    path = folder / f"{layout}.sql"
    path.write_text(sql(args.redflag, "--layout", layout))
    return run([sys.executable, "-c", code, path], core={0})[0]


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("redflag", type=os.path.abspath)
    args.add_argument("bench", type=os.path.abspath)
    args.add_argument("--rows", type=int, default=200_000)
    args.add_argument("--rounds", type=int, default=3)
    args.add_argument("--populations", default="acute,cauda-equina-early,fracture-early,infection-early,metastasis-known-early")
    args.add_argument("--folder", type=pathlib.Path)
    args.add_argument("--no-duckdb", action="store_true")
    args.add_argument("--parquet", action="store_true", help="the programs are built with --features parquet")
    args = args.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (args.folder or pathlib.Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "list.parquet").exists():
            make(args, folder)
        measure(args, folder)


def measure(args, folder):
    jsonl, files = folder / "sheets.jsonl", {l: folder / f"{l}.csv" for l in ["columns", "list"]}
    with open(jsonl) as lines:
        answers = [len(json.loads(line)) for line, _ in zip(lines, range(5000))]
    print(f"{args.rows:,} sheets of {sum(answers) / len(answers):.0f} answers, {jsonl.stat().st_size // args.rows} bytes of JSON, "
          f"{files['columns'].stat().st_size // args.rows} and {files['list'].stat().st_size // args.rows} of CSV")
    assess = lambda file, *more: [args.redflag, "assess", "back-pain", "--answers", file, "--columns", "level,rules", *more]
    bench = lambda mode, file: [args.bench, mode, file]
    tasks = {
        "csv crate, columns": bench("split", files["columns"]),
        "assess CSV, columns": assess(files["columns"]),
        "csv crate, list": bench("split", files["list"]),
        "assess CSV, list": assess(files["list"]),
        "simd-json": bench("parse", jsonl),
        "serde_json, nothing kept": bench("serde", jsonl),
        "assess JSON Lines": assess(jsonl),
        "assess JSON Lines, all columns": [args.redflag, "assess", "back-pain", "--answers", jsonl],
    }
    if args.parquet:
        for layout in files:
            file = folder / f"{layout}.parquet"
            tasks[f"parquet crate, {layout}"] = bench("decode", file)
            tasks[f"assess Parquet, {layout}"] = assess(file, "--format", "csv")
    best = {}
    note = lambda name, seconds: best.__setitem__(name, min(seconds, best.get(name, seconds)))
    for _ in range(args.rounds):
        for name, command in tasks.items():
            note(name, run(command, core={0})[0])
        if not args.no_duckdb:
            for layout, file in files.items():
                note(f"DuckDB CSV, {layout}", duck(args, folder, layout, f"read_csv('{file}', header = true)"))
                note(f"DuckDB Parquet, {layout}", duck(args, folder, layout, f"read_parquet('{folder}/{layout}.parquet')"))
            note("DuckDB alone", run([sys.executable, "-c", "import duckdb; duckdb.connect()"], core={0})[0])
    for name, seconds in best.items():
        print(f"{name:32} {seconds:8.2f} s {seconds / args.rows * 1e9:8.0f} ns a sheet")
    ratios = [
        ("CSV, columns, to splitting it", "assess CSV, columns", "csv crate, columns", 1.5),
        ("CSV, list, to splitting it", "assess CSV, list", "csv crate, list", 1.5),
        ("JSON Lines to simd-json", "assess JSON Lines", "simd-json", 1.3),
    ]
    if args.parquet:
        ratios += [(f"Parquet, {l}, to decoding it", f"assess Parquet, {l}", f"parquet crate, {l}", 2) for l in files]
    for what, a, b, most in ratios:
        print(f"{what:32} {best[a] / best[b]:8.2f} times (at most {most})")
    if not args.no_duckdb:
        for what, a, b in [
            ("DuckDB to CSV, columns", "DuckDB CSV, columns", "assess CSV, columns"),
            ("DuckDB to CSV, list", "DuckDB CSV, list", "assess CSV, list"),
            *[(f"DuckDB to Parquet, {l}", f"DuckDB Parquet, {l}", f"assess Parquet, {l}") for l in files if args.parquet],
        ]:
            print(f"{what:32} {(best[a] - best['DuckDB alone']) / best[b]:8.2f} times (at least 3)")
    on_two = {"CSV, columns": assess(files["columns"]), "JSON Lines": assess(jsonl)}
    if args.parquet:
        on_two["Parquet, list"] = tasks["assess Parquet, list"]
    for name, command in on_two.items():
        one = [run(command, core={0})[1] for _ in range(args.rounds)]
        two = [run(command, core={0, 1})[1:] for _ in range(args.rounds)]
        # What the second core gives at all: some share their parts, or are given less than all of their time.
        most = 2 * min(one) / min(at_once(command) for _ in range(args.rounds))
        print(f"{name + ', two cores':32} {min(one) / min(t for t, _ in two):8.2f} times as fast as one; two runs at once "
              f"{most:.2f} times; {max(m for _, m in two):.0f} MiB")


if __name__ == "__main__":
    main()
