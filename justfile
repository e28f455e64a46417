# The checks of this project. `just` shows them; docs/design/architecture.md says what each is for.

# What a clean checkout has to pass: format, lints, documentation, tests
ci:
    .ci/run

# The fast part of the tests
unit:
    cargo test --lib

# Everything that must hold
test:
    cargo test

# The agreed outputs written anew: look at the difference before you commit it
renew:
    UPDATE=1 cargo test --test mistakes --test diff --test copies --test scenarios --test testing --test plain --test reports --test written --test screen_reader --test docs --test doc_commands --test graph
    INSTA_UPDATE=always cargo test --test screens

# Small mistakes in the code of a room that no test notices
mutants room:
    scripts/mutants.sh {{room}}

# Made-up bytes for everything that reads bytes
fuzz seconds="600":
    scripts/fuzz.sh {{seconds}}

# First frame, key to frame, memory, size
bench:
    scripts/bench.py

# SQL against DuckDB and PostgreSQL, each scenario and some made-up questionnaires
engines:
    scripts/engines-for-ci.sh
