"""JSON: the whole run, by its schema, one finding a line."""

import io
import json

import jsonschema

from dabiao.commands.published_schemas import run_schema
from dabiao.reports.run.json import write_json
from dabiao.schemas.naming import MeasureName, Named, SubjectName
from dabiao.schemas.run import Run
from tests.reports.sample import DONGSHENG, pupils, sample_run


def written(run: Run) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_json(run, run.findings, file)
    return file.getvalue()


def test_nothing_is_lost() -> None:
    """What is written reads back as the same run, once its names are known."""
    run = sample_run()
    measures = {each.of.slug: each.of for finding in run.findings for each in finding.inputs}
    measures["boarding"] = MeasureName("boarding", "寄宿制学校")
    third = SubjectName(pupils(3).code, "示例第一小学一年级3班")
    names = Named(measures, {third.code: third, DONGSHENG.code: SubjectName("150602", "东胜区")})

    assert Run.model_validate_json(written(run), context=names) == run


def test_it_follows_the_schema() -> None:
    """It is valid by the schema that is published."""
    jsonschema.validate(json.loads(written(sample_run())), run_schema())


def test_a_finding_is_a_line() -> None:
    """Two runs can be compared line by line."""
    run = sample_run()
    lines = [line for line in written(run).splitlines() if line.startswith('{"by"')]

    assert len(lines) == len(run.findings)
    assert all(json.loads(line.rstrip(",")) for line in lines)


def test_a_run_without_findings() -> None:
    """An empty run is JSON too."""
    run = sample_run().model_copy(update={"findings": (), "notes": (), "facts": ()})

    assert json.loads(written(run))["findings"] == []
