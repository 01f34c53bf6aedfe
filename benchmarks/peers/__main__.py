"""Do the job with one tool: ``python -m benchmarks.peers NAME RULES FACTS OUT``."""

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.workload import read_rules

name, rules, facts, out = sys.argv[1:]
tool = import_module(f"benchmarks.peers.{name}")
Path(out).write_text(json.dumps(tool.violations(read_rules(Path(rules)), facts)), "utf-8")
