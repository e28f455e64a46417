#!/usr/bin/env bash
# A small part of scripts/engines.py on DuckDB and a PostgreSQL server of its own, with what that needs installed: Python
# packages below target/, PostgreSQL from Debian's packages where this user may. Left out, with the reason, where
# something can't be had; with CI set that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() {
    echo "SQL in real engines was left out: $*"
    if [ -n "${CI:-}" ]; then
        exit 1
    fi
    exit 0
}

install() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get install -y -q "$@" >/dev/null 2>&1 ||
            { apt-get update -q >/dev/null 2>&1 && apt-get install -y -q "$@" >/dev/null 2>&1; }
    else
        return 1
    fi
}

has_server() {
    command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

python3 -m pip --version >/dev/null 2>&1 || install python3-pip || missing "python3 with pip is needed"
{ has_server && command -v psql >/dev/null; } || install postgresql || missing "PostgreSQL (initdb, pg_ctl, psql) is needed"

export PYTHONPATH=$PWD/target/engines
python3 -c "import duckdb, ruamel.yaml" 2>/dev/null ||
    python3 -m pip install --quiet --target target/engines duckdb ruamel.yaml ||
    missing "the Python packages duckdb and ruamel.yaml could not be installed"

cargo build --quiet --locked
scripts/engines.py target/debug/redflag duckdb postgres --sheets 200 --made-up 20
