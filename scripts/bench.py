#!/usr/bin/env python3
"""Measures the full screen for docs/design/benchmarks.md: first frame, key to frame, memory, size.

Usage: scripts/bench.py [BINARY], by default target/release/redflag. Build it first: cargo build --release
"""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time

RUNS = 50
# Nothing on the screen moves by itself: when nothing has come for this long, the frame is complete.
QUIET = 0.05


def read_frame(terminal):
    """Reads until it is quiet; gives the time of the last byte, or None if nothing came within a second."""
    last = None
    while select.select([terminal], [], [], QUIET if last else 1.0)[0]:
        try:
            if not os.read(terminal, 65536):
                break
        except OSError:  # The other end is closed.
            break
        last = time.perf_counter()
    return last


def start(binary):
    """Starts the program on a terminal of 80 by 24; gives its process, the terminal and when it was started."""
    # Never the site file of whoever measures.
    environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent"}
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    started = time.perf_counter()
    process = os.fork()
    if process == 0:
        os.setsid()
        fcntl.ioctl(child, termios.TIOCSCTTY, 0)
        for stream in range(3):
            os.dup2(child, stream)
        os.closerange(3, 64)
        os.execve(binary, [binary], environment)
    os.close(child)
    return process, parent, started


def stop(process, terminal):
    os.kill(process, signal.SIGTERM)
    read_frame(terminal)
    os.waitpid(process, 0)
    os.close(terminal)


def frame_after(action, terminal):
    before = time.perf_counter()
    action()
    frame = read_frame(terminal)
    if frame is None:
        sys.exit("the program drew nothing")
    return (frame - before) * 1000


def peak_memory(process):
    with open(f"/proc/{process}/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None


def shown(name, values):
    median, worst = statistics.median(values), max(values)
    print(f"{name}: median {median:.2f} ms, worst {worst:.2f} ms of {len(values)}")


def main():
    if len(sys.argv) > 1 and sys.argv[1].startswith("-"):
        print(__doc__.strip())
        return
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    binary = sys.argv[1] if len(sys.argv) > 1 else os.path.join(root, "target/release/redflag")
    if not os.access(binary, os.X_OK):
        sys.exit(f"there is no {binary}; build it: cargo build --release")

    first = []
    for _ in range(RUNS):
        process, terminal, started = start(binary)
        frame = read_frame(terminal)
        if frame is None:
            sys.exit("the program drew nothing")
        first.append((frame - started) * 1000)
        stop(process, terminal)
    shown("first frame", first)

    process, terminal, _ = start(binary)
    read_frame(terminal)
    time.sleep(0.2)
    frame_after(lambda: os.write(terminal, b"\r"), terminal)
    keys = [b"\x1b[B" if index % 20 < 10 else b"\x1b[A" for index in range(RUNS)]
    shown("key to frame", [frame_after(lambda key=key: os.write(terminal, key), terminal) for key in keys])
    memory = peak_memory(process)
    stop(process, terminal)
    print(f"memory: {memory:.1f} MiB" if memory else "memory: not known here")
    print(f"size: {os.path.getsize(binary) / 2**20:.2f} MiB")


main()
