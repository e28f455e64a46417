#!/usr/bin/env bash
# Makes the packages of the commit that is checked out, in target/packages/: an archive with a static program, a .deb, the
# source for the registry, a list of what the program is built of (SBOM), and checksums of all. Then tries them on a
# Debian of their own. Needs Debian 12 or later, Rust by rustup, and the network; as root it installs what is missing.
#
# All is made twice, in two folders with other names, another home of cargo, another locale and time zone, and must be the
# same to the byte. `scripts/package.sh --once` leaves the second out.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
tools=$root/target/package-tools
work=$root/target/packaging
packages=$root/target/packages
# What is built by one and the same tools is the same for whoever builds it.
cargo_deb=3.8.0 cargo_cyclonedx=0.5.9
features=postgres,parquet

step() {
    printf '\n== %s (after %ss)\n' "$*" "$SECONDS"
}

# What a bare Debian lacks.
need_programs() {
    local -A from=([git]=git [cc]=gcc [musl-gcc]=musl-tools [python3]=python3 [debootstrap]=debootstrap [xz]=xz-utils)
    local missing=() program
    for program in "${!from[@]}"; do
        command -v "$program" >/dev/null || missing+=("${from[$program]}")
    done
    if [[ ${#missing[@]} -gt 0 ]]; then
        apt-get install --yes --no-install-recommends "${missing[@]}" ||
            { echo "Install these first: ${missing[*]}" >&2; exit 1; }
    fi
    local crate
    for crate in cargo-deb@$cargo_deb cargo-cyclonedx@$cargo_cyclonedx; do
        if ! grep -qs "\"${crate/@/ } " "$tools/.crates.toml"; then
            CARGO_TARGET_DIR=$tools/build CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
                cargo install --quiet --locked --root "$tools" "$crate"
        fi
    done
}

# With musl everything is in the program, also how names of machines are looked up. Where Rust's library for it can't be
# had, glibc is linked in, which looks names up by the files of the glibc of the machine that it runs on.
choose_target() {
    machine=$(uname -m)
    target=$machine-unknown-linux-musl
    # Nothing unwinds in a program that aborts when it panics: tables for that are a tenth of it.
    rust_flags=(-C target-feature=+crt-static -C force-unwind-tables=no)
    if ! rustup target add "$target"; then
        target=$machine-unknown-linux-gnu
        echo "Without musl: the program is linked with glibc." >&2
    fi
}

# Builds the commit in a folder, and puts what is for others into another one: build FOLDER CARGO_HOME RESULTS.
build() {
    local folder=$1 home=$2 results=$3
    rm -rf "$folder" "$results"
    mkdir -p "$results"
    git clone --quiet "$root" "$folder"
    cd "$folder"
    # Nothing of the folders of this machine is in the program; `--target` keeps these flags from build scripts.
    local flags=("${rust_flags[@]}" --remap-path-prefix="$folder=/redflag" --remap-path-prefix="$home=/cargo")
    CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}")
    export CARGO_ENCODED_RUSTFLAGS CARGO_HOME=$home REDFLAG_COMMIT=$commit SOURCE_DATE_EPOCH=$epoch
    export CFLAGS="-fno-asynchronous-unwind-tables -ffile-prefix-map=$folder=/redflag -ffile-prefix-map=$home=/cargo"
    cargo build --release --locked --target "$target" --features "$features"

    local program=target/$target/release/redflag made=target/made
    mkdir -p $made/man
    "$program" man --to $made/man
    mkdir -p $made/completions
    "$program" completions bash >$made/completions/redflag.bash
    "$program" completions zsh >$made/completions/_redflag
    "$program" completions fish >$made/completions/redflag.fish
    "$program" completions elvish >$made/completions/redflag.elv
    python3 scripts/licences.py --texts $made/THIRD-PARTY.txt --features "$features" --target "$target"
    cat LICENSE-MIT $made/THIRD-PARTY.txt >$made/copyright
    "$tools/bin/cargo-cyclonedx" cyclonedx --quiet --format json --spec-version 1.5 --features "$features" \
        --target "$target" --override-filename sbom
    python3 scripts/sbom.py sbom.json "$results/redflag-$version.cdx.json"
    "$tools/bin/cargo-deb" --quiet --no-build --no-strip --target "$target" --locked --output "$results/"

    local name=redflag-$version-$machine-linux
    mkdir "$name"
    cp -r "$program" README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md LICENSE-MIT LICENSE-APACHE docs kiosk \
        languages questionnaires \
        scripts/postgres-roles.sql $made/THIRD-PARTY.txt $made/man $made/completions "$name"
    chmod -R u=rwX,go=rX "$name"
    tar --create --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu "$name" |
        gzip --no-name --best >"$results/$name.tar.gz"
    cd "$root"
}

# The source as the registry takes it. That what is in it is all that it needs is seen by building it, without network.
# Cargo says of each test that it isn't in there, as is meant; anything else that it warns of is a fault.
package_source() {
    (
        cd "$1"
        cargo package --locked --offline --target-dir target/source 2>&1 | tee target/source.log
        if grep '^warning' target/source.log | grep -v '^warning: ignoring \(test\|benchmark\|example\)'; then
            exit 1
        fi
        cp target/source/package/redflag-"$version".crate "$packages/"
    )
}

commit=$(git rev-parse --short=12 HEAD)
epoch=$(git log -1 --format=%ct)
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
if [[ -n $(git status --porcelain --untracked-files=no) ]]; then
    echo "Some files differ from commit $commit; they go into no package as they are now." >&2
fi
own_home=${CARGO_HOME:-$HOME/.cargo}
step tools
need_programs
choose_target
step "build $version ($commit) for $target"
(umask 022 && build "$work/one" "$own_home" "$work/results")
if [[ ${1:-} != --once ]]; then
    step "build it again, elsewhere"
    mkdir -p "$work/other-home"
    ln -sfn "$own_home/registry" "$work/other-home/registry"
    (umask 077 && LC_ALL=C TZ=Pacific/Auckland build "$work/another/folder" "$work/other-home" "$work/results-again")
    diff --recursive --brief "$work/results" "$work/results-again"
    echo "All files of both builds are the same."
fi
rm -rf "$packages"
mkdir -p "$packages"
cp "$work"/results/* "$packages/"
step "source for the registry"
package_source "$work/one"
(cd "$packages" && sha256sum -- *.cdx.json *.crate *.deb *.tar.gz >SHA256SUMS && cat SHA256SUMS)
step "try them on a Debian of their own"
scripts/package-try.py "$packages"
printf '\n== all well (after %ss)\n' "$SECONDS"
