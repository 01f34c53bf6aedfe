"""Take the pictures of docs/gallery.md: every report of the examples, as people see it.

    python examples/make_gallery.py

Needs Chromium, LibreOffice and poppler's ``pdftoppm`` on the path, and ``.[site]``.
"""

import html
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import make_ledger
from PIL import Image

TOP = Path(__file__).parent.parent
INTO = TOP / "docs" / "gallery"
WIDE, PHONE = (1440, 900), (500, 900)
COLOURS = 64
"""Enough for text and a few shades; a picture stays well under 100 kB."""
WIDTH = 1100
"""Pixels of a picture of paper; more than a column of the site shows."""


def dabiao(*words: str | Path, at: Path = TOP) -> str:
    """Run a command as a user does, and give what it prints."""
    command = [sys.executable, "-m", "dabiao", *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", cwd=at)
    return done.stdout


def kept(picture: Path, name: str, top: int | None = None) -> None:
    """Keep a picture small: few colours, no wider than needed, perhaps only its upper part."""
    with Image.open(picture) as image:
        found = image.convert("RGB")
    if found.width > WIDTH:
        found = found.resize((WIDTH, round(found.height * WIDTH / found.width)))
    if top is not None:
        found = found.crop((0, 0, found.width, min(top, found.height)))
    few = found.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(INTO / f"{name}.png", optimize=True)


def seen(page: Path, name: str, size: tuple[int, int] = WIDE, place: str = "") -> None:
    """Take a picture of a page in a browser, which is opened at a place of it."""
    picture = page.with_suffix(".png")
    subprocess.run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--virtual-time-budget=5000",
            f"--window-size={size[0]},{size[1]}",
            f"--screenshot={picture}",
            page.as_uri() + place,
        ],
        check=True,
        capture_output=True,
    )
    kept(picture, name)


def printed(file: Path, name: str, number: int = 1, top: int | None = None) -> None:
    """Take a picture of a page of a document or workbook, as it is printed."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
        check=True,
        capture_output=True,
    )
    shot = file.with_suffix("")
    subprocess.run(
        [
            "pdftoppm",
            *("-png", "-r", "110", "-singlefile", "-f", str(number), "-l", str(number)),
            str(file.with_suffix(".pdf")),
            str(shot),
        ],
        check=True,
    )
    kept(shot.with_suffix(".png"), name, top)


def said(text: str, into: Path, name: str, lines: int = 34) -> None:
    """Take a picture of what a command prints."""
    shown = html.escape("\n".join(text.splitlines()[:lines]))
    into.write_text(
        "<!doctype html><meta charset=utf-8><style>body{margin:0;background:#1e1e1e;color:#ddd}"
        "pre{font:15px/1.5 'Noto Sans Mono CJK SC',monospace;padding:16px;"
        "white-space:pre-wrap}</style>"
        f"<pre>{shown}</pre>",
        "utf-8",
    )
    seen(into, name, (1100, 34 + round(22.5 * min(lines, len(text.splitlines())))))


def in_progress(folder: Path) -> None:
    """Keep cases for some months, and take pictures of how they stand."""
    make_ledger.main(folder)
    printed(folder / "ledger.xlsx", "ledger")
    day = ("--today", make_ledger.TODAY)
    listed = json.loads(dabiao("cases", "list", "-f", "json", at=folder))
    closed = next(case["number"] for case in listed if case["state"] == "已销号")
    shown = [dabiao("cases", "show", closed, *day, at=folder)]
    shown.append(dabiao("cases", "list", "--overdue", "--area", "150625", *day, at=folder))
    said("\n".join(shown), folder / "cases.html", "cases")


def main() -> None:
    """Make the reports in a folder of their own, and take their pictures."""
    INTO.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        facts = "examples/ordos-2025"
        run, old = work / "2025.json", work / "2023.json"
        said(dabiao("check", facts), work / "table.html", "table")
        dabiao("check", facts, "-o", run)
        dabiao("check", "examples/ordos-2023", "-o", old)
        dabiao("report", run, "--compare", old, "-o", work / "page.html")
        seen(work / "page.html", "page")
        seen(work / "page.html", "phone", PHONE)
        said(dabiao("check", facts, "--by-county"), work / "chapters.html", "chapters")
        explained = dabiao("explain", "ordos-145/primary-class-size", "1506020006003", facts)
        said(explained, work / "explain.html", "explain")
        dabiao("report", run, "--area", "150602", "-o", work / "letter.docx")
        printed(work / "letter.docx", "letter")
        in_progress(work / "cases")
        said(dabiao("compare", old, run), work / "compare.html", "compare")
        table = work / "balanced.html"
        targets = work / "targets.docx"
        dabiao("facts", "table", "教育事业发展主要指标", facts, "-o", targets)
        printed(targets, "targets")
        dabiao("facts", "table", "小学资源配置", "examples/national-balanced", "-o", table)
        seen(table, "balanced", (1440, 700))
        form = work / "form.xlsx"
        order = ("--document", "ordos-145", "--year", "2025", "--area", "150602")
        dabiao("template", *order, "--level", "county", "-o", form)
        printed(form, "form", 2, 900)
        dabiao("rules", "docs", "-o", work / "library.html")
        seen(work / "library.html", "library")


if __name__ == "__main__":
    main()
