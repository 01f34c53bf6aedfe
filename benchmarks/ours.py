"""Our own way to do the job, as a library: read rules and facts, judge, list every violation.

python -m benchmarks.ours PACK FACTS OUT
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.columns import OUTCOMES
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome


def violations(pack: Path, facts: Path) -> Iterator[tuple[str, list[str]]]:
    """List the codes of the violations of each rule."""
    catalog = read_pack([pack])
    submitted = read_facts([facts], dict(catalog.vocabulary.items), catalog.places)
    if submitted.problems:
        raise ValueError(submitted.problems[0].message)
    codes = pl.Series(submitted.levels[Level.SCHOOL].codes)
    violated = OUTCOMES.index(Outcome.VIOLATION)
    for rule, _, subjects, outcomes in judge(catalog, submitted).excerpt().outcomes():
        yield rule.id.rpartition("/")[2], codes.gather(subjects[outcomes == violated]).to_list()


if __name__ == "__main__":
    with Path(sys.argv[3]).open("w", encoding="utf-8") as out:
        before = "{"
        for name, told in violations(Path(sys.argv[1]), Path(sys.argv[2])):
            out.write(f"{before}{json.dumps(name)}: {json.dumps(told)}")
            before = ",\n"
        out.write("}" if before != "{" else "{}")
