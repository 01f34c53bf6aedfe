"""A run as SARIF 2.1.0, which code hosts and editors show beside the files that were checked.

A result is a finding that is not well. Each names the cells it rests on: the file as a place that a
viewer can open, sheet and cell as a name, since SARIF knows lines of text and no cells.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, Final, TextIO, assert_never
from urllib.parse import quote

from dabiao.reports import wording
from dabiao.reports.exchange.narrowed import narrowing_told
from dabiao.reports.fields import fields
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import RuleRef
from dabiao.schemas.run import Run

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MOST_PLACES: Final = 10
"""Cells that a result names; viewers show a few, and a sum over a city rests on thousands."""
_TOLD = fields("observed", "required", "gap", "remedy", "lead", "responsible")


def write_sarif(run: Run, findings: Iterable[Finding], file: TextIO, *, command: str) -> None:
    """Write the findings that are not well, and the rules that they are about.

    Args:
        run: What they are of.
        findings: The findings.
        file: Where to.
        command: What writes the same file again, where that is known.
    """
    files = {each.file for each in run.facts}
    at: dict[str, int] = {}
    rules: list[RuleRef] = []
    results = []
    for finding in findings:
        told = _kind(finding)
        if told is None:
            continue
        if finding.rule not in at:
            at[finding.rule] = len(rules)
            rules.append(finding.by)
        results.append(_result(finding, at[finding.rule], told, files))
    whole = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Dabiao",
                        "version": run.version,
                        "rules": [_rule(each) for each in rules],
                    }
                },
                "language": say("zh-CN", "en"),
                "properties": narrowing_told(run) | {"fingerprint": run.fingerprint},
                **({"invocations": [_invocation(command)]} if command else {}),
                "results": results,
            }
        ],
    }
    json.dump(whole, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _invocation(command: str) -> dict[str, Any]:
    return {"commandLine": command, "executionSuccessful": True}


def _kind(finding: Finding) -> dict[str, str] | None:
    """Say how it stands in SARIF's words; nothing where there is nothing to act on."""
    match finding.outcome:
        case Outcome.VIOLATION:
            return {"kind": "fail", "level": "note" if finding.aspiration else "error"}
        case Outcome.BEHIND:
            return {"kind": "fail", "level": "note" if finding.aspiration else "warning"}
        case Outcome.MISSING:
            return {"kind": "open"}
        case Outcome.ON_TRACK | Outcome.COMPLIANT | Outcome.NOT_APPLICABLE:
            return None
        case _:
            assert_never(finding.outcome)


def _result(
    finding: Finding, rule: int, kind: Mapping[str, str], files: Collection[str]
) -> dict[str, Any]:
    """Tell a finding, with the number of its rule, how it stands, and the files that were read."""
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        **kind,
        "message": {"text": _message(finding)},
        "locations": list(_locations(finding, files)),
        "partialFingerprints": {"subjectAndYear/v1": _identity(finding)},
        "properties": {
            "outcome": finding.outcome.value,
            "subject": finding.subject.code,
            "year": finding.year,
        },
    }


def _rule(rule: RuleRef) -> dict[str, Any]:
    clause = wording.document_title(rule.document.title) + wording.listed(rule.places)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.called},
        "fullDescription": {"text": clause},
    }


def _message(finding: Finding) -> str:
    subject = finding.subject
    lines = [f"{subject.name} {subject.code}: {wording.reason(finding)}"]
    lines += [f"{each.heading}: {text}" for each in _TOLD if (text := each.text(finding))]
    return "\n".join(lines)


def _locations(finding: Finding, files: Collection[str]) -> Iterator[dict[str, Any]]:
    places: dict[Source, None] = {}
    for given in finding.inputs:
        for source in (*([given.source] if given.source else []), *given.sources):
            if source.file in files:  # and not the document that prints a value
                places[source] = None
    for source in list(places)[:_MOST_PLACES]:
        uri = quote(PurePath(source.file).as_posix())
        name = {"fullyQualifiedName": wording.cell(source), "kind": "cell"}
        yield {"physicalLocation": {"artifactLocation": {"uri": uri}}, "logicalLocations": [name]}


def _identity(finding: Finding) -> str:
    """Give what stays the same from run to run, so that a viewer knows a result again."""
    told = f"{finding.rule}\n{finding.subject.code}\n{finding.year}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
