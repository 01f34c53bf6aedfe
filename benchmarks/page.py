"""docs/performance.md, from what was measured."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from benchmarks.jobs import our_version
from benchmarks.suite import Table

HEAD = Path(__file__).with_name("head.md")


def page(tables: Sequence[Table], missing: Sequence[str], seed: int, runs: int) -> str:
    """Write the page."""
    crowded = os.getloadavg()[0] > (os.cpu_count() or 1) if hasattr(os, "getloadavg") else False
    parts = [
        HEAD.read_text("utf-8").format(
            seed=seed,
            runs=runs,
            version=our_version(),
            python=platform.python_version(),
            machine=f"{platform.system()} on {platform.machine()}",
            cores=os.cpu_count(),
            load=", busy with other work at the same time, which makes all times longer"
            if crowded
            else "",
        )
    ]
    for table in tables:
        compared = any(row.ratio for row in table.rows)
        head = ["", "CPU s", "MB", *(["times ours"] if compared else [])]
        parts.append(f"\n## {table.title}\n")
        parts.append("| " + " | ".join(head) + " |")
        parts.append("|---|" + "---:|" * (len(head) - 1))
        for row in table.rows:
            cells = [
                row.name,
                str(row.seconds or ""),
                f"{row.megabytes:.0f}" if row.seconds else "",
            ]
            if compared:
                cells.append("" if row.ratio is None or row.said else str(row.ratio))
            if row.said:
                cells[1] = f"{cells[1]} {row.said}".strip().replace("|", "/")
            parts.append("| " + " | ".join(cells) + " |")
    if missing:
        parts.append("\nNot measured: " + "; ".join(missing) + ".")
    return "\n".join(parts) + "\n"
