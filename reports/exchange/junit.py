"""A run as JUnit's XML, which build servers show: a suite is a rule and a year, a case a subject.

What is violated or behind has failed; what cannot be judged for want of facts is an error, for
nobody knows; what is not due yet, or does not apply, is skipped. An aspiration fails like any other
and says so in its type, so that a build server can be told to let it pass.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TextIO, assert_never
from xml.sax.saxutils import escape, quoteattr

from dabiao.reports import wording
from dabiao.reports.exchange.narrowed import narrowing_told
from dabiao.reports.fields import fields
from dabiao.reports.summaries import judged_years, yearly
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_TOLD = fields("places", "observed", "required", "gap", "remedy", "lead", "responsible", "cells")


def write_junit(run: Run, findings: Iterable[Finding], file: TextIO, *, command: str) -> None:
    """Write findings, which come rule by rule; those of one rule and year are held at a time.

    Args:
        run: What they are of.
        findings: The findings.
        file: Where to.
        command: What writes the same file again, where that is known.
    """
    of_run = {"fingerprint": run.fingerprint, **narrowing_told(run)}
    if command:
        of_run["command"] = command
    properties = "".join(
        f"<property{_attributes({'name': name, 'value': value})}/>"
        for name, value in of_run.items()
    )
    named = _attributes({"name": f"dabiao {wording.years(judged_years(yearly(run)))}"})
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites{named}>\n')
    for (rule, year), group in groupby(findings, key=lambda of: (of.rule, of.year)):
        cases = list(group)
        elements = [_element(each.outcome) for each in cases]
        counts = {
            "tests": len(cases),
            "failures": elements.count("failure"),
            "errors": elements.count("error"),
            "skipped": elements.count("skipped"),
        }
        file.write(f"<testsuite{_attributes({'name': f'{cases[0].title} {year}', **counts})}>\n")
        file.write(f"<properties>{properties}</properties>\n")
        for finding, element in zip(cases, elements, strict=True):
            subject = finding.subject
            name = f"{subject.name} {subject.code} {year}".strip()
            file.write(f"<testcase{_attributes({'classname': rule, 'name': name})}>")
            if element is not None:
                said = {"message": wording.reason(finding), "type": _type(finding)}
                told = "" if element == "skipped" else escape(_body(finding))
                file.write(f"<{element}{_attributes(said)}>{told}</{element}>")
            file.write("</testcase>\n")
        file.write("</testsuite>\n")
    file.write("</testsuites>\n")


def _attributes(of: Mapping[str, object]) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in of.items())


def _element(outcome: Outcome) -> str | None:
    match outcome:
        case Outcome.VIOLATION | Outcome.BEHIND:
            return "failure"
        case Outcome.MISSING:
            return "error"
        case Outcome.ON_TRACK | Outcome.NOT_APPLICABLE:
            return "skipped"
        case Outcome.COMPLIANT:
            return None
        case _:
            assert_never(outcome)


def _type(finding: Finding) -> str:
    return f"{finding.outcome.value} aspiration" if finding.aspiration else finding.outcome.value


def _body(finding: Finding) -> str:
    lines = ((field.heading, field.text(finding)) for field in _TOLD)
    return "\n" + "".join(f"{heading}: {text}\n" for heading, text in lines if text)
