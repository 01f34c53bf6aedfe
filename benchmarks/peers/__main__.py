"""Do the job with one tool: ``python -m benchmarks.peers NAME RULES FACTS OUT``."""

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.workload import read_rules

name, rules, facts, out = sys.argv[1:]
tool = import_module(f"benchmarks.peers.{name}")
with Path(out).open("w", encoding="utf-8") as file:
    before = "["
    for told in tool.violations(read_rules(Path(rules)), facts):
        file.write(before + json.dumps(told))
        before = ",\n"
    file.write("]" if before != "[" else "[]")
