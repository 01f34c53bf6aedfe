"""JUnit and SARIF: what other programs show of a run."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TextIO, cast
from xml.etree import ElementTree

from inline_snapshot import external_file

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import Format
from dabiao.reports.visible import Visible
from dabiao.reports.writing.formats import write_run
from dabiao.schemas.outcome import NOT_WELL, Outcome
from dabiao.schemas.run import Run, RunOptions
from tests.reports.hostile import hostile_run
from tests.reports.sample import sample_run


def written(run: Run, form: Format) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_run(run, form, file)
    return file.getvalue()


def test_junit() -> None:
    """The file is the approved one, and its counts are those of the run."""
    run = sample_run()
    text = written(run, Format.JUNIT)

    assert text == external_file("approved/run.xml", format=".txt")
    suites = list(ElementTree.fromstring(text))  # noqa: S314 - our own
    counted = {
        key: sum(int(suite.attrib[key]) for suite in suites)
        for key in suites[0].attrib
        if key != "name"
    }
    told = run.summary
    assert counted == {
        "tests": len(run.findings),
        "failures": told[Outcome.VIOLATION] + told[Outcome.BEHIND],
        "errors": told[Outcome.MISSING],
        "skipped": told[Outcome.ON_TRACK] + told[Outcome.NOT_APPLICABLE],
    }


def test_sarif() -> None:
    """The file is the approved one: what is not well, each with its rule."""
    run = sample_run()
    text = written(run, Format.SARIF)

    assert text == external_file("approved/run.sarif", format=".txt")
    (told,) = json.loads(text)["runs"]
    rules = told["tool"]["driver"]["rules"]
    wrong = [each for each in run.findings if each.outcome in NOT_WELL]
    assert [each["ruleId"] for each in told["results"]] == [each.rule for each in wrong]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in told["results"])
    assert len(
        {each["partialFingerprints"]["subjectAndYear/v1"] for each in told["results"]}
    ) == len(wrong)


def test_a_part_says_of_what_it_is_one() -> None:
    """What was asked for and what is listed stand beside the fingerprint, by their options."""
    asked = RunOptions(area="150602", levels=("学校", "班级"), outcomes=(Outcome.VIOLATION,))
    run = replace(sample_run(), options=asked)
    told = {"area": "150602", "levels": "学校 班级", "outcomes": "violation"}

    suites = ElementTree.fromstring(written(run, Format.JUNIT))  # noqa: S314 - our own
    named = {each.attrib["name"]: each.attrib["value"] for each in suites[0].iter("property")}
    (of,) = json.loads(written(run, Format.SARIF))["runs"]
    assert named == of["properties"] == {"fingerprint": run.fingerprint, **told}


def test_names_stay_names(tmp_path: Path) -> None:
    """Whatever things are called, the files can be read, and every finding is in them."""
    run, known = hostile_run(), Circumstances(command='dabiao report "<a>&--.json"')
    for form in (Format.JUNIT, Format.SARIF):
        with (tmp_path / form).open("w", encoding="utf-8") as file:
            write_run(run, form, cast("TextIO", Visible(file)), circumstances=known)

    suites = ElementTree.parse(tmp_path / "junit").getroot()  # noqa: S314 - our own
    said = [each.attrib["value"] for each in suites[0].iter("property")]
    assert said == [run.fingerprint, known.command]
    cases = suites.iter("testcase")
    assert [each.attrib["classname"] for each in cases] == [each.rule for each in run.findings]
    (told,) = json.loads((tmp_path / "sarif").read_text("utf-8"))["runs"]
    assert len(told["results"]) == len(run.findings)
    assert told["invocations"][0]["commandLine"] == known.command
