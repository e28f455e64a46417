#!/usr/bin/env python3
"""Reads the code that the program shows for phones with decoders of other authors, and prints a table of what they say.

    scripts/qr.py CHECK [BINARY]

CHECK is a finished check, kept with --keep or as a report in JSON; BINARY is target/debug/redflag by default. The page is
drawn in two ways: its cells with Pillow at several sizes and fonts, sharp, blurred and turned, and, where Xvfb and xterm
are installed, in a real xterm at several fonts, whose window is then taken as a picture.

Needs: pip install pyte pillow numpy zxing-cpp opencv-python-headless; zbarimg and the fonts of fonts-dejavu-core and
fonts-liberation; for the second way also xvfb, xterm and ImageMagick's import.
"""
import fcntl, os, pty, select, shutil, struct, subprocess, sys, tempfile, termios, time

import cv2
import numpy
import pyte
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

CHECK = sys.argv[1]
BINARY = os.path.abspath(sys.argv[2] if len(sys.argv) > 2 else "target/debug/redflag")
PALETTE = {"16": (0, 0, 0), "231": (255, 255, 255)}
FONTS = [
    path
    for path in (
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    )
    if os.path.exists(path)
]
SITE = """contacts:
  clinic: Clínica Peñarroya
  clinic_phone: 555 0123
  emergency_number: 112
"""


def arguments(theme, touch, site):
    looks = ["--touch"] if touch else []
    return [BINARY, *looks, "--theme", theme, "--site", site, "--go-on", CHECK]


def screen_of(theme, touch, size, site):
    """The page as cells: what a terminal would show."""
    screen = pyte.Screen(*size)
    stream = pyte.ByteStream(screen)
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(BINARY, arguments(theme, touch, site))
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def wait(quiet):
        end = time.time() + quiet
        while time.time() < end:
            if select.select([terminal], [], [], 0.05)[0]:
                stream.feed(os.read(terminal, 65536))
                end = time.time() + quiet

    wait(0.6)
    os.write(terminal, b"m")
    wait(0.5)
    os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(terminal)
    return screen


def colour(name, default):
    if name == "default":
        return default
    return tuple(int(name[i : i + 2], 16) for i in (0, 2, 4)) if len(name) == 6 else default


def drawn(screen, font_path, points):
    """The cells in a font, as a terminal puts them side by side."""
    font = ImageFont.truetype(font_path, points)
    wide = round(font.getlength("M"))
    ascent, descent = font.getmetrics()
    high = ascent + descent
    picture = Image.new("RGB", (wide * screen.columns, high * screen.lines))
    pen = ImageDraw.Draw(picture)
    for y in range(screen.lines):
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            fore, back = colour(cell.fg, (230, 230, 230)), colour(cell.bg, (0, 0, 0))
            if cell.reverse:
                fore, back = back, fore
            left, top = x * wide, y * high
            pen.rectangle([left, top, left + wide - 1, top + high - 1], fill=back)
            if cell.data.strip():
                pen.text((left, top), cell.data, font=font, fill=fore)
    return picture


def xterm(theme, touch, size, site, face, points, folder):
    """The window of an xterm on a display of its own, or nothing."""
    if not all(map(shutil.which, ("Xvfb", "xterm", "import"))):
        return None
    display = f":{90 + os.getpid() % 500}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", "2600x1900x24"], stderr=subprocess.DEVNULL)
    time.sleep(0.8)
    environment = dict(os.environ, DISPLAY=display, LC_ALL="C.UTF-8")
    keys = os.path.join(folder, "keys.py")
    with open(keys, "w") as file:
        # Presses the key once the page is there: xterm runs the program below a small terminal of its own.
        file.write(
            "import os, pty, sys, threading, time, fcntl, termios\n"
            "size = fcntl.ioctl(0, termios.TIOCGWINSZ, b'0' * 8)\n"
            "pid, fd = pty.fork()\n"
            "if pid == 0:\n    time.sleep(0.3); os.execv(sys.argv[1], sys.argv[1:])\n"
            "fcntl.ioctl(fd, termios.TIOCSWINSZ, size)\n"
            "threading.Timer(1.5, lambda: os.write(fd, b'm')).start()\n"
            "while True:\n    os.write(1, os.read(fd, 65536))\n"
        )
    window = subprocess.Popen(
        ["xterm", "-fa", face, "-fs", str(points), "-geometry", f"{size[0]}x{size[1]}+0+0", "-bw", "0", "-b", "0"]
        + ["-e", sys.executable, keys, *arguments(theme, touch, site)],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(4)
    path = os.path.join(folder, "window.png")
    taken = subprocess.run(["import", "-window", "root", path], env=environment, stderr=subprocess.DEVNULL)
    window.kill()
    server.kill()
    window.wait()
    server.wait()
    return Image.open(path).convert("RGB") if taken.returncode == 0 else None


def zbar(picture, folder):
    path = os.path.join(folder, "code.png")
    picture.save(path)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", path], capture_output=True)
    return read.stdout.decode("utf-8", "replace").removesuffix("\n")


def zxing(picture, _):
    codes = zxingcpp.read_barcodes(numpy.array(picture))
    return codes[0].text if codes else ""


def opencv(picture, _):
    return cv2.QRCodeDetector().detectAndDecode(numpy.array(picture)[:, :, ::-1].copy())[0]


DECODERS = {"zbar": zbar, "zxing-cpp": zxing, "OpenCV": opencv}
WAYS = {
    "sharp": lambda picture: picture,
    "blurred": lambda picture: picture.filter(ImageFilter.GaussianBlur(1.2)),
    "turned by 4°": lambda picture: picture.rotate(4, Image.BICUBIC, expand=True, fillcolor=(40, 40, 40)),
}


def main():
    counts = {}
    said = set()
    with tempfile.TemporaryDirectory() as folder:
        site = os.path.join(folder, "site.yaml")
        with open(site, "w") as file:
            file.write(SITE)

        def look(how, picture):
            for name, decoder in DECODERS.items():
                text = decoder(picture, folder).replace("\r\n", "\n")
                good = text.startswith("BEGIN:VCARD\n") and text.endswith("END:VCARD") and "Peñarroya" in text
                if good:
                    said.add(text)
                elif text:
                    print(f"{name} {how}: misread {text!r}")
                tried, read = counts.get((how, name), (0, 0))
                counts[how, name] = (tried + 1, read + good)

        for theme in ("dark", "light", "high-contrast"):
            for touch, size in ((False, (80, 24)), (True, (80, 24)), (True, (120, 40)), (False, (200, 50))):
                screen = screen_of(theme, touch, size, site)
                for font in FONTS:
                    for points in (8, 11, 14, 20) if size[0] < 200 else (8, 11):
                        picture = drawn(screen, font, points)
                        for way, change in WAYS.items():
                            look(f"{theme}, {size[0]}x{size[1]}{' touch' if touch else ''}, {way}", change(picture))
        for theme in ("dark", "light"):
            for touch, size in ((False, (80, 24)), (True, (80, 24))):
                for face, points in (("DejaVu Sans Mono", 9), ("DejaVu Sans Mono", 14), ("Liberation Mono", 12)):
                    picture = xterm(theme, touch, size, site, face, points, folder)
                    if picture:
                        look(f"xterm {theme}, {size[0]}x{size[1]}{' touch' if touch else ''}", picture)
    print("| picture | " + " | ".join(DECODERS) + " |\n|---|" + "---|" * len(DECODERS))
    for how in dict.fromkeys(how for how, _ in counts):
        cells = [f"{counts[how, name][1]} of {counts[how, name][0]}" for name in DECODERS]
        print(f"| {how} | {' | '.join(cells)} |")
    for text in sorted(said, key=len):
        print(f"\n{len(text.encode())} bytes:\n{text}")


main()
