"""Our own way to do the job, as a library: read rules and facts, judge, list every violation.

python -m benchmarks.ours PACK FACTS OUT
"""

import json
import sys
from pathlib import Path

from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome


def violations(pack: Path, facts: Path) -> dict[str, list[str]]:
    """List the codes of the violations of each rule that has any."""
    catalog = read_pack([pack])
    submitted = read_facts([facts], dict(catalog.vocabulary.items), catalog.places)
    if submitted.problems:
        raise ValueError(submitted.problems[0].message)
    found = judge(catalog, submitted).excerpt().columns([Outcome.VIOLATION])
    codes = submitted.levels[Level.SCHOOL].codes
    return {of.rule.rpartition("/")[2]: [codes[at] for at in of.subject.tolist()] for of in found}


if __name__ == "__main__":
    told = violations(Path(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(told), "utf-8")
