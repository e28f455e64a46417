#!/usr/bin/env python3
"""A night at a kiosk: plays random people on the real program, and watches what is left of them.

Usage: scripts/kiosk-night.py [--people N] [--seed N] [--binary FILE] [QUESTIONNAIRE]

Each person begins in some language, answers at random by keyboard, numeric pad and taps, and finishes, stops, walks
away, tries to get out, or crashes (kill -9). After each one the page that waits has to be there again, in a process of
its own under the same supervisor. At the end: memory at the start and at the end, processor time while nobody is there,
and, where it may be read, whether the middle of any text that was typed is in the memory of either process.
"""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

WAITING = "press any key."
LIMIT = 20


class Kiosk:
    def __init__(self, binary, questionnaire, folder):
        site = os.path.join(folder, "site.yaml")
        with open(site, "w") as file:
            file.write("kiosk:\n  idle: 2\n  grace: 1\n  result: 2\n  on_emergency: [/bin/true]\n")
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent"}
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for stream in (0, 1):
                os.dup2(slave, stream)
            os.dup2(os.open(os.path.join(folder, "log"), os.O_WRONLY | os.O_CREAT), 2)
            os.closerange(3, 64)
            os.execve(binary, [binary, "kiosk", "--site", site, "--", questionnaire], environment)
        os.close(slave)
        self.seen = ""

    def read(self, wait):
        """Reads what comes within `wait` seconds, and goes on as long as more comes at once."""
        got = False
        while select.select([self.master], [], [], 0.02 if got else wait)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                raise SystemExit("the kiosk has ended: " + self.seen[-500:])
            got = True
            self.seen = (self.seen + data.decode("utf-8", "replace"))[-20000:]
        return got

    def send(self, keys):
        self.seen = ""
        os.write(self.master, keys if isinstance(keys, bytes) else keys.encode())

    def until(self, text):
        end = time.monotonic() + LIMIT
        while text not in plain(self.seen):
            if time.monotonic() > end:
                raise SystemExit(f"never saw {text!r}:\n{plain(self.seen)[-2000:]}")
            self.read(0.5)

    def person(self):
        with open(f"/proc/{self.pid}/task/{self.pid}/children") as file:
            children = file.read().split()
        return int(children[0]) if children else None


def plain(text):
    return re.sub(r"\x1b(\[[0-9;?<]*[ -/]*[@-~]|[\\c=>])", "", text)


def rss(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))


def ticks(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def files(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def found(pid, needles):
    """Which texts are in the memory of a process; None if it may not be read."""
    try:
        memory = open(f"/proc/{pid}/mem", "rb", buffering=0)
    except PermissionError:
        return None
    there = set()
    for line in open(f"/proc/{pid}/maps"):
        area, mode = line.split()[:2]
        if not mode.startswith("r"):
            continue
        start, end = (int(part, 16) for part in area.split("-"))
        try:
            memory.seek(start)
            data = memory.read(end - start)
        except (OSError, ValueError, OverflowError):
            continue
        there.update(needle for needle in needles if needle.encode() in data)
    return there


WAYS_OUT = ["q", "\x03", "\x1a", "\x1c", "\x04", "\x1b[24~\x1b", "\x1b[23~", "\x1bq", "\x1b[200~exit\r\x1b[201~", "\x1bc"]


def play(kiosk, rng, typed):
    """One person. Gives how they ended."""
    first = kiosk.person()
    kiosk.send(rng.choice(["1", "2", "\r", "x", "\x1b[<0;20;12M\x1b[<0;20;12m"]))
    kiosk.read(1)
    time.sleep(0.16)
    kiosk.send("\r")
    kiosk.read(1)
    time.sleep(0.16)
    kiosk.send("\r")
    end = rng.choices(["walk away", "stop", "finish", "crash"], [3, 5, 5, 1])[0]
    for _ in range(rng.randrange(3, 30)):
        kiosk.read(0.2)
        time.sleep(0.16)
        roll = rng.random()
        if roll < 0.55:
            kiosk.send(rng.choice("123456789") + "\r")
        elif roll < 0.65:
            kiosk.send(rng.choice(["-", "+", "0", ".", "u\r", "n\r", "y\r", "\x1b[B", " ", "\x1b"]))
        elif roll < 0.75:
            text = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz ") for _ in range(24))
            typed.add(text[6:18])
            kiosk.send(f"\x1b[200~{text}\x1b[201~\r")
        elif roll < 0.85:
            column, row = rng.randrange(1, 81), rng.randrange(1, 25)
            kiosk.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
        elif roll < 0.95:
            kiosk.send(rng.choice(WAYS_OUT))
        else:
            kiosk.send(bytes(rng.randrange(256) for _ in range(rng.randrange(1, 12))))
    if end == "crash":
        os.kill(kiosk.person(), signal.SIGKILL)
        # More than four in a minute take the kiosk out of order, as they should.
        time.sleep(15)
    elif end in ("stop", "finish"):
        for key in ("/", "3\r", "2\r"):
            kiosk.read(0.1)
            time.sleep(0.16)
            kiosk.send(key)
    # Whoever has not come to an end walks away.
    give_up = time.monotonic() + LIMIT
    while kiosk.person() in (first, None) and time.monotonic() < give_up:
        kiosk.read(0.3)
    if kiosk.person() == first:
        raise SystemExit(f"{end}: the same process is still there:\n{plain(kiosk.seen)[-2000:]}")
    kiosk.until(WAITING)
    return end


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--people", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--binary", default="target/release/redflag")
    arguments.add_argument("questionnaire", nargs="?", default="back-pain")
    chosen = arguments.parse_args()
    rng = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(os.path.abspath(chosen.binary), chosen.questionnaire, folder)
        kiosk.until(WAITING)
        typed, ends = set(), {}
        # The first few warm up.
        at_start = None
        for number in range(chosen.people):
            end = play(kiosk, rng, typed)
            ends[end] = ends.get(end, 0) + 1
            if number == min(10, chosen.people - 1):
                at_start = (rss(kiosk.pid), files(kiosk.pid))
            if number % 25 == 24:
                print(f"{number + 1} people, supervisor {rss(kiosk.pid)} KiB", flush=True)
        at_end = (rss(kiosk.pid), files(kiosk.pid))
        # The last person's keys may have begun with the next one, who then walks away.
        kiosk.read(5)
        time.sleep(5)
        person = kiosk.person()
        before, since = ticks(kiosk.pid) + ticks(person), time.monotonic()
        time.sleep(20)
        used = (ticks(kiosk.pid) + ticks(person) - before) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - since)
        print("ended:", ", ".join(f"{end} {count}" for end, count in sorted(ends.items())))
        print(f"supervisor: {at_start[0]} KiB and {at_start[1]} open files after the first, {at_end[0]} and {at_end[1]} at the end")
        print(f"idle, both processes: {used * 100:.2f} % of a core")
        left = [found(pid, typed) for pid in (kiosk.pid, person)]
        if None in left:
            print("memory was not searched: only root may read it")
        else:
            print(f"{len(typed)} typed texts, left in memory: {len(left[0] | left[1])}")
        with open(os.path.join(folder, "log")) as log:
            print("said on standard error:", log.read() or "nothing")
        os.kill(kiosk.pid, signal.SIGTERM)
        _, status = os.waitpid(kiosk.pid, 0)
        print("ended with", os.waitstatus_to_exitcode(status))
        grown = at_end[0] > at_start[0] * 1.1 or at_end[1] > at_start[1]
        sys.exit(1 if grown or used > 0.005 or (None not in left and left[0] | left[1]) else 0)


if __name__ == "__main__":
    main()
