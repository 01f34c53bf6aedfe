"""How long after a workbook is saved its verdicts are told: ``python -m benchmarks.watching``.

A session watches a copy of an example; one county's workbook is replaced by one with another
number in a cell that a verdict hangs on, and back. Measured is from the moment it is in its place
until the line with the changed verdicts is read, and the processor time that the session took.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

import openpyxl

EXAMPLES = Path(__file__).parents[1] / "examples"
COUNTY = "150602-东胜区.xlsx"
SHEET, ITEM = "旗县", "党委常委会研究教育工作次数"
TIMES = 11


def other(path: Path, to: Path) -> None:
    """Write a workbook with 0 in the cell of one item in its last row."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    (column,) = (cell.column for cell in sheet[1] if str(cell.value).startswith(ITEM))
    sheet.cell(sheet.max_row, column).value = 0
    book.save(to)


def used(process: int) -> float:
    """Give the processor time that a process took so far; 0 where nobody tells."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print, sorted, in seconds."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "facts")
        shutil.copytree(EXAMPLES / "ordos-2025", folder)
        changed = Path(made, COUNTY)
        other(folder / COUNTY, changed)
        versions = (changed, EXAMPLES / "ordos-2025" / COUNTY)
        words = [sys.executable, "-u", "-m", "dabiao", "watch", str(folder), *sys.argv[1:]]
        with subprocess.Popen(  # noqa: S603 - ourselves
            words, stdout=subprocess.PIPE, encoding="utf-8"
        ) as session:
            if session.stdout is None:
                raise RuntimeError("there is nothing to read from")
            session.stdout.readline()
            sleep(1.5)
            taken = []
            for number in range(TIMES):
                part = folder / f"~${COUNTY}"
                shutil.copy(versions[number % 2], part)
                sleep(1.5)
                before, begun = used(session.pid), perf_counter()
                part.replace(folder / COUNTY)
                while not session.stdout.readline()[:2].isdigit():
                    pass
                taken.append((perf_counter() - begun, used(session.pid) - before))
            session.terminate()
    print("seconds  ", " ".join(f"{each:.2f}" for each, _ in sorted(taken)))
    print("processor", " ".join(f"{each:.2f}" for _, each in sorted(taken)))


if __name__ == "__main__":
    main()
