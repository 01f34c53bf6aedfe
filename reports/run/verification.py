"""A run judged again: whether it comes out as it was written, and in what it differs.

What is compared are the rules by their hash, the facts by the hashes of their files, and every
finding by what was decided. Where files lie now, and which engine judged, makes no difference.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dabiao.reports.run.parquet.stored import NoRunError, ParquetRun, is_parquet
from dabiao.schemas.attendance import Deadlines
from dabiao.schemas.facts import FactFile
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import FilePlace, InputError
from dabiao.schemas.run import RUN_SCHEMA

_DECIDED = ("outcome", "observed", "required", "gap", "best", "worst")
_MOST = 1 << 30
"""Bytes of a run that is read."""

Stored = Mapping[str, Any]


def read_stored(path: Path) -> Stored:
    """Read a run that was written as JSON, or as Parquet.

    Raises:
        InputError: It is no run.
    """
    why = say(
        "不是 dabiao check -o 写的 .json 或 .parquet",
        "it is no .json or .parquet that dabiao check -o wrote",
    )
    try:
        stored = _of_parquet(path) if is_parquet(path) else _of_json(path)
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        stored, why = None, explain_os(error)
    except NoRunError as error:
        stored, why = None, str(error)
    except (ValueError, RecursionError):
        stored = None
    if isinstance(stored, dict) and stored.get("schema") == RUN_SCHEMA and _is_whole(stored):
        return stored
    hint = say(f"给出一份 {RUN_SCHEMA} 的检查结果", f"give a result of the kind {RUN_SCHEMA}")
    raise InputError([FilePlace(str(path)).problem("not-a-run", why, hint)])


def _of_json(path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    with path.open("rb") as file:
        data = file.read(_MOST + 1)
    return json.loads(data) if len(data) <= _MOST else None


def _of_parquet(path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    run = ParquetRun(path)
    stored = json.loads(run.head)
    if isinstance(stored, dict):
        stored["findings"] = [json.loads(text) for texts in run.findings() for text in texts]
    return stored


def _is_whole(stored: Stored) -> bool:
    try:
        _ = [_key(finding) for finding in stored["findings"]]
        _ = [(file["file"], file["sha256"]) for file in stored["facts"]]
        _ = stored["summary"].items()
        options = stored["options"]
        _ = [Outcome(each) for each in options["outcomes"]], options["every_year"]
        _ = deadlines_of(stored, ())
        if not all(isinstance(each, str) for each in stored["rules"]["selected"]):
            return False
        return isinstance(stored["as_of"], int) and bool(
            stored["rules"]["hash"] and stored["years"]
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        return False


def deadlines_of(stored: Stored, files: Iterable[FactFile]) -> Deadlines:
    """Give when forms were due and files came by a run; a file is known by what stands in it."""
    due = {
        Level(each["level"]) if "level" in each else None: date.fromisoformat(each["day"])
        for each in stored.get("due", ())
    }
    came = {
        each["sha256"]: date.fromisoformat(each["received"])
        for each in stored["facts"]
        if "received" in each
    }
    received = {each.file: came[each.sha256] for each in files if each.sha256 in came}
    return Deadlines(stored["as_of"], due, received) if due else Deadlines()


def _key(finding: Mapping[str, Any]) -> tuple[str, str, int]:
    return str(finding["rule"]), str(finding["subject"]), int(finding["year"])


def differences(stored: Stored, again: Stored) -> Iterator[str]:
    """Say in what a run that was judged again differs, a line each.

    Where all else is the same, the counts in its head are compared too, and nothing stands twice.
    """
    told = list(_differences(stored, again))
    yield from told or _counts(stored, again)


def _counts(stored: Stored, again: Stored) -> Iterator[str]:
    for key, number in Counter(map(_key, stored["findings"])).items():
        if number > 1:
            name = f"{key[0]} {key[1]} {key[2]}"
            yield say(f"{name}：当时有 {number} 条", f"{name}: there were {number} then")
    was, now = (
        {name: count for name, count in run["summary"].items() if count} for run in (stored, again)
    )
    if was != now:
        then, here = (json.dumps(each, ensure_ascii=False) for each in (was, now))
        yield say(f"结论数：当时 {then}，现在 {here}", f"counts: then {then}, now {here}")


def _differences(stored: Stored, again: Stored) -> Iterator[str]:
    if stored["rules"]["hash"] != again["rules"]["hash"]:
        was, now = (f"{each['rules']['hash'][:12]}…" for each in (stored, again))
        yield say(f"规则不同：当时 {was}，现在 {now}", f"other rules: then {was}, now {now}")
    yield from _files(stored, again)
    if stored["years"] != again["years"]:
        was, now = stored["years"], again["years"]
        yield say(f"年份不同：当时 {was}，现在 {now}", f"other years: then {was}, now {now}")
    then, now_ = ({_key(each): each for each in run["findings"]} for run in (stored, again))
    for key in sorted(then.keys() | now_.keys()):
        name = f"{key[0]} {key[1]} {key[2]}"
        if key not in now_:
            yield say(f"{name}：现在没有这条结论", f"{name}: no such finding now")
        elif key not in then:
            yield say(f"{name}：当时没有这条结论", f"{name}: no such finding then")
        elif changed := [each for each in _DECIDED if then[key].get(each) != now_[key].get(each)]:
            was_, is_ = (_said(run[key], changed[0]) for run in (then, now_))
            yield say(f"{name}：当时{was_}，现在{is_}", f"{name}: then {was_}, now {is_}")


def _files(stored: Stored, again: Stored) -> Iterator[str]:
    then, now = (Counter(file["sha256"] for file in run["facts"]) for run in (stored, again))
    for run, gone, told in (
        (stored, then - now, ("现在没有", "is not there now")),
        (again, now - then, ("当时没有", "was not there then")),
    ):
        for file in run["facts"]:
            if file["sha256"] in gone:
                yield say(
                    f"填报数据 {file['file']}（{file['sha256'][:12]}…）{told[0]}",
                    f"facts {file['file']} ({file['sha256'][:12]}…) {told[1]}",
                )


def _said(finding: Mapping[str, Any], name: str) -> str:
    value = finding.get(name)
    if name == "outcome" and value in {each.value for each in Outcome}:
        return Outcome(value).label
    return json.dumps(value, ensure_ascii=False)
