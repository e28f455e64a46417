#!/usr/bin/env python3
"""Tries packages on a Debian that has nothing but them: package-try.py FOLDER. Needs root, debootstrap and the network.

Checksums, installing the .deb, a whole check with a report, manual pages, completions, a store, a newer version on top,
removing; what is left must be the person's own files and nothing else. Then the program from the archive.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WORK = Path(__file__).resolve().parent.parent / "target" / "packaging"
BASE, SYSTEM = WORK / "debian", WORK / "debian-tried"
RELEASE = "bookworm"
# What dpkg and man write about themselves.
RECORDS = ("/var/lib/dpkg/", "/var/log/", "/var/cache/man/", "/var/cache/debconf/", "/etc/ld.so.cache", "/tmp/")
# What a person may answer who has nothing of what is asked for, the likeliest first.
ANSWERS = ["n", "40", "1", "2", "u", "", "go on"]


def fresh_system():
    if not BASE.exists():
        made = WORK / "debian-in-the-making"
        shutil.rmtree(made, ignore_errors=True)
        programs = "--include=man-db,bash-completion"
        run(["debootstrap", "--variant=minbase", programs, RELEASE, made])
        made.rename(BASE)
    shutil.rmtree(SYSTEM, ignore_errors=True)
    run(["cp", "--archive", BASE, SYSTEM])
    inside("useradd --create-home ann")


def run(command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def inside(script, user="root", status=0, lines=""):
    """What a script prints that runs in the Debian; its exit status has to be this one, unless that is None."""
    command = ["chroot", f"--userspec={user}:{user}", SYSTEM, "/usr/bin/env", "-i", *environment(user)]
    ended = subprocess.run([*command, "bash", "-c", script], text=True, capture_output=True, input=lines)
    if status not in (None, ended.returncode):
        fail(f"`{script}` ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def environment(user):
    home = "/root" if user == "root" else f"/home/{user}"
    return [f"HOME={home}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "TERM=dumb", "MANPAGER=cat"]


def fail(words):
    sys.exit(f"package-try: {words}")


def expect(found, words, what):
    if words not in found:
        fail(f"{what}: `{words}` is not in\n{found}")


def files():
    """Every file of the system with its time and size, but for the records of the package system."""
    found = {}
    for folder, folders, names in os.walk(SYSTEM):
        for name in folders + names:
            path = Path(folder) / name
            inner = "/" + str(path.relative_to(SYSTEM))
            if not inner.startswith(RECORDS):
                state = path.lstat()
                # Folders change their time when something comes and goes.
                found[inner] = None if path.is_dir() else (state.st_mtime_ns, state.st_size)
    return found


def whole_check(report):
    """Answers the back pain check line by line as somebody with nothing to tell, until it has ended."""
    given = []
    while True:
        heard = plain(given)
        for answer in ANSWERS:
            more = plain([*given, answer])
            if more.count("\nQuestion ") > heard.count("\nQuestion ") or "Not finished" not in more:
                given.append(answer)
                break
        else:
            fail(f"no answer leads on after\n{heard}")
        if "Not finished" not in more:
            return plain(given, f"--report {report}")


def plain(answers, options=""):
    """What is said to these lines. Where the input ends too soon the exit status is 1."""
    lines = "".join(f"{answer}\n" for answer in answers)
    return inside(f"redflag --plain {options}", user="ann", status=None, lines=lines)


def try_deb(deb, commit):
    """Installs it, uses it as a person and as a clinic, and removes it."""
    before = files()
    shutil.copy(deb, SYSTEM / "tmp")
    inside(f"dpkg --install /tmp/{deb.name}")
    expect(inside("redflag --version"), f"({commit})", "the version")
    expect(inside("ldd /usr/bin/redflag 2>&1", status=None), "statically linked", "ldd")

    expect(whole_check("/home/ann/summary.txt"), "The check is finished", "the check")
    report = (SYSTEM / "home/ann/summary.txt").read_text()
    expect(report, "Back pain", "the report")

    expect(inside("man redflag"), "EXIT STATUS", "the manual page")
    pages = inside("ls /usr/share/man/man1/redflag*.1.gz").split()
    for page in pages:
        expect(inside(f"man {Path(page).name.removesuffix('.1.gz')}"), "EXAMPLES", page)
    # As bash does after Tab: by itself it loads the script of the command.
    completed = inside(
        "source /usr/share/bash-completion/bash_completion; _completion_loader redflag;"
        "COMP_WORDS=(redflag asse) COMP_CWORD=1 COMP_LINE='redflag asse' COMP_POINT=12;"
        "$(complete -p redflag | sed 's/.*-F \\([^ ]*\\).*/\\1/') redflag asse redflag; echo ${COMPREPLY[*]}"
    )
    expect(completed, "assess", "the completion")
    for shell in ["zsh/vendor-completions/_redflag", "fish/vendor_completions.d/redflag.fish"]:
        expect((SYSTEM / "usr/share" / shell).read_text(), "redflag complete-word", shell)
    expect(inside("redflag complete-word --word=ba --"), "back-pain", "what all of them ask")

    expect(inside("redflag check back-pain", user="ann"), "back-pain", "the proofs")
    expect(inside("echo '{}' | redflag assess", user="ann"), '"level"', "a judgement")
    store = "--store /home/ann/clinic/store.db --key-file /home/ann/clinic/store.key"
    inside(f"mkdir /home/ann/clinic && redflag store init {store}", user="ann")
    inside(f"redflag store verify {store}", user="ann")

    # As an update does it: a new version over the one that is there.
    inside(f"dpkg --install /tmp/{deb.name}")
    expect(inside("redflag store verify " + store, user="ann"), "", "the store after an update")
    inside("dpkg --purge redflag")
    after = files()
    left = [path for path in after if path not in before and not path.startswith("/home/ann/")]
    changed = [path for path in before if after.get(path, ()) != before[path]]
    if left or changed:
        fail(f"after removing there is more: {left}, or something else: {changed}")
    if not (SYSTEM / "home/ann/clinic/store.db").exists():
        fail("the store is gone with the program")
    print(f"{deb.name}: installed, tried with {len(pages)} manual pages, updated, removed; nothing of it is left")


def try_archive(archive, commit):
    """What a person without a package system has."""
    shutil.copy(archive, SYSTEM / "tmp")
    inside(f"tar -C /opt -xzf /tmp/{archive.name}")
    folder = "/opt/" + archive.name.removesuffix(".tar.gz")
    expect(inside(f"{folder}/redflag --version", user="ann"), f"({commit})", "the version in the archive")
    expect(inside(f"man {folder}/man/redflag.1"), "EXIT STATUS", "the manual page in the archive")
    print(f"{archive.name}: unpacked and tried")


def main():
    packages = Path(sys.argv[1]).resolve()
    run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=packages)
    WORK.mkdir(parents=True, exist_ok=True)
    commit = run(["git", "rev-parse", "--short=12", "HEAD"], cwd=WORK, capture_output=True).stdout.strip()
    (deb,), (archive,) = packages.glob("*.deb"), packages.glob("*.tar.gz")
    fresh_system()
    try_deb(deb, commit)
    try_archive(archive, commit)


if __name__ == "__main__":
    main()
