"""Run the suite.

python -m benchmarks                           small, medium and all other parts, and print
python -m benchmarks --only outputs            one part alone
python -m benchmarks --sizes large --only      one size alone
python -m benchmarks --sizes small medium large --write docs/performance.md
python -m benchmarks --peers /path/to/venv/bin/python --seed 7
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.jobs import peers
from benchmarks.page import page
from benchmarks.suite import SIZES, Suite
from benchmarks.workload import SEED

PARTS = ("start", "growth", "outputs", "reading")


def main() -> None:
    """Read what is asked for, and measure it."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="*", choices=SIZES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--runs", type=int, default=3, help="how often each job is done")
    parser.add_argument(
        "--peers",
        default=sys.executable,
        metavar="PYTHON",
        help="a Python that has what benchmarks/peers/requirements.txt lists",
    )
    parser.add_argument("--only", nargs="*", choices=PARTS, help="beside the sizes that are named")
    parser.add_argument("--write", type=Path, metavar="FILE")
    wanted = parser.parse_args()
    parts = PARTS if wanted.only is None else wanted.only
    sizes = wanted.sizes or (["small", "medium"] if wanted.only is None else [])
    others, missing = peers(wanted.peers)
    tables = []
    with tempfile.TemporaryDirectory() as folder:
        suite = Suite(Path(folder), wanted.seed, wanted.runs)
        for size in sizes:
            tables.append(suite.compare(size, others))
            print(tables[-1].title, file=sys.stderr)
        tables += [suite.start()] if "start" in parts else []
        tables += suite.growth() if "growth" in parts else []
        tables += [suite.outputs()] if "outputs" in parts else []
        tables += [suite.reading()] if "reading" in parts else []
    text = page(tables, missing, wanted.seed, wanted.runs)
    if wanted.write is None:
        print(text)
    else:
        wanted.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
