"""JSON: the whole run, by its schema, one finding a line."""

import io
import json
from pathlib import Path

import jsonschema

from dabiao.reports.run.json import write_json
from dabiao.reports.run.reading import read_run
from dabiao.schemas.finding import RuleFindings
from dabiao.schemas.published import run_schema
from dabiao.schemas.run import Run
from tests.reports.sample import sample_run


def written(run: Run) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_json(run, RuleFindings.of(run.findings), file)
    return file.getvalue()


def test_nothing_is_lost(tmp_path: Path) -> None:
    """What is written reads back as the same run."""
    path = tmp_path / "run.json"
    path.write_text(written(sample_run()), "utf-8")

    assert read_run(path) == sample_run()


def test_it_follows_the_schema() -> None:
    """It is valid by the schema that is published."""
    jsonschema.validate(json.loads(written(sample_run())), run_schema())


def test_a_finding_is_a_line() -> None:
    """Two runs can be compared line by line."""
    run = sample_run()
    lines = [line for line in written(run).splitlines() if line.startswith('{"rule"')]

    assert len(lines) == len(run.findings)
    assert all(json.loads(line.rstrip(",")) for line in lines)


def test_a_run_without_findings() -> None:
    """An empty run is JSON too."""
    run = sample_run().model_copy(update={"findings": (), "notes": (), "facts": ()})

    assert json.loads(written(run))["findings"] == []
