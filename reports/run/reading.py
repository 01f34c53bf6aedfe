"""A run read back from its file, as strictly as it was written."""

import codecs
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dabiao.reports.run.parquet.stored import NoRunError, ParquetRun, is_parquet
from dabiao.reports.summaries import yearly
from dabiao.schemas.border import border
from dabiao.schemas.document import Document
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.naming import FileNames, MeasureName, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import RUN_SCHEMA, Run
from dabiao.schemas.subject import ListedSubject, Subject

MOST_BYTES = 2**31
"""A larger file is no run that people read."""
_FINDINGS: TypeAdapter[list[Finding]] = TypeAdapter(
    list[Finding], config=ConfigDict(defer_build=True)
)
_FAMILY = "dabiao.run/"
_FIRST = 100
"""Bytes within which a run says that it is one."""
_OTHER_ENCODINGS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What files begin with that editors save in another encoding than runs are written in."""
_FOUND = 40
"""Characters that are shown of a value that cannot be read."""


class RunFileError(ValueError):
    """A file that is no run of ours, or none that can be read."""


class _Head(BaseModel):
    """The first things that are read: what the others name."""

    model_config = ConfigDict(strict=True)

    schema_: Annotated[str, Field(alias="schema")] = ""
    documents: tuple[Document, ...] = ()
    measures: tuple[MeasureName, ...] = ()
    subjects: tuple[ListedSubject, ...] = ()


class _Schema(BaseModel):
    schema_: Annotated[object, Field(alias="schema")] = None


class _Rules(BaseModel):
    model_config = ConfigDict(strict=True)

    judged: tuple[JudgedRule, ...] = ()


def read_run(path: Path) -> Run:
    """Read a run from the file that ``dabiao check -o`` wrote, as .json or .parquet.

    Raises:
        RunFileError: It cannot be read, or is no such run; the message says what to do.
    """
    found = open_run(path)
    if isinstance(found, Run):
        return found
    run = replace(found.head, findings=tuple(found.findings(None)))
    _refuse_twice(path, run)
    return run


def open_run(path: Path) -> "Run | StoredRun":
    """Read a run, or of one in Parquet the head: its findings are built as they are asked for.

    Raises:
        RunFileError: It cannot be read, or is no such run; the message says what to do.
    """
    try:
        if is_parquet(path):
            return StoredRun(path)
        if path.stat().st_size > MOST_BYTES:
            raise RunFileError(
                say(f"{path} 太大，不像一次检查", f"{path} is too large to be a run")
            )
        raw = path.read_bytes()
    except OSError as error:
        from dabiao.intake.unreadable import explain_os

        raise RunFileError(
            say(f"读不了 {path}：{explain_os(error)}", f"cannot read {path}: {explain_os(error)}")
        ) from error
    run = _run(path, raw)[0]
    _refuse_other_years(path, run, {finding.year for finding in run.findings})
    _refuse_twice(path, run)
    _refuse_partial(path, run, Counter(finding.outcome for finding in run.findings))
    return run


class StoredRun:
    """A run in Parquet, of any size.

    Attributes:
        head: The run without its findings.
        judged: How many findings each rule has; what does not apply is left out.
        years: The findings of each year by outcome.

    Args:
        path: The file.

    Raises:
        RunFileError: It is no whole run.
    """

    def __init__(self, path: Path) -> None:
        """Read the head, and count the findings."""
        self._path = path
        try:
            self._stored = ParquetRun(path)
            self.head, self._names = _run(path, self._stored.head)
            counts = self._stored.counts()
        except NoRunError as error:
            raise RunFileError(str(error)) from error
        found: Counter[Outcome] = Counter()
        self.judged: Counter[str] = Counter()
        counted = {year: dict.fromkeys(Outcome, 0) for year in self.head.years}
        _refuse_other_years(path, self.head, {year for _, year, _ in counts})
        for (rule, year, outcome), number in counts.items():
            found[Outcome(outcome)] += number
            counted[year][Outcome(outcome)] += number
            if outcome != Outcome.NOT_APPLICABLE:
                self.judged[rule] += number
        _refuse_partial(path, self.head, found)
        told = len(counted) == 1 or self.head.by_year
        self.years: Mapping[int, Mapping[Outcome, int]] = yearly(self.head) if told else counted

    def findings(self, outcomes: Collection[Outcome] | None) -> Iterator[Finding]:
        """Give the findings, those with some outcomes or all, as they are read.

        Raises:
            RunFileError: What stands there is not what was written.
        """
        wanted = None if outcomes is None else {each.value for each in outcomes}
        try:
            for texts in self._stored.findings(wanted):
                yield from _FINDINGS.validate_json(f"[{','.join(texts)}]", context=self._names)
        except NoRunError as error:
            raise RunFileError(str(error)) from error
        except ValidationError as error:
            raise _damaged(self._path, error) from None


def _refuse_partial(path: Path, run: Run, found: Mapping[Outcome, int]) -> None:
    """Refuse a run of whose findings some are gone, or others than were counted.

    Raises:
        RunFileError: It is none that was written so.
    """
    for outcome in run.options.outcomes or Outcome:
        counted = run.summary.get(outcome, 0)
        if found.get(outcome, 0) != counted:
            raise RunFileError(
                say(
                    f"{path} 已损坏或被改动：{outcome.label}应有 {counted:,} 条，找到"
                    f" {found.get(outcome, 0):,} 条；用 dabiao check 重新写出",
                    f"{path} is damaged or was changed: {found.get(outcome, 0):,} findings are"
                    f" {outcome.label}, and {counted:,} were counted; write it again with"
                    " dabiao check",
                )
            )


def _refuse_other_years(path: Path, run: Run, found: Collection[int]) -> None:
    """Refuse a run whose head speaks of other years than its findings.

    Raises:
        RunFileError: It is none that was written so.
    """
    others = sorted({*found, run.as_of}.difference(run.years))
    if others:
        raise RunFileError(
            say(
                f"{path} 已损坏或被改动：说的是 {others[0]} 年，考核的却不是这一年；用 dabiao"
                " check 重新写出",
                f"{path} is damaged or was changed: it speaks of {others[0]}, a year that"
                " was not judged; write it again with dabiao check",
            )
        )


def _refuse_twice(path: Path, run: Run) -> None:
    """Refuse a run that says twice how a rule, a subject and a year came out.

    Raises:
        RunFileError: It is none that was written so.
    """
    told = Counter((each.rule, each.subject.code, each.year) for each in run.findings)
    for (rule, code, year), number in told.items():
        if number > 1:
            raise RunFileError(
                say(
                    f"{path} 已损坏或被改动：{rule} {code} {year} 的结论有 {number} 条；用 dabiao"
                    " check 重新写出",
                    f"{path} is damaged or was changed: it has {number} findings of {rule} {code}"
                    f" {year}; write it again with dabiao check",
                )
            )


def _run(path: Path, raw: bytes) -> tuple[Run, FileNames]:
    """Read a run, and what its head names."""
    try:
        _check_schema(path, raw)
        names = _names(raw)
        return border(Run).validate_json(raw, context=names), names
    except ValidationError as error:
        raise _damaged(path, error) from None
    except RecursionError:
        raise RunFileError(
            say(f"{path} 嵌套太深，不是检查结果", f"{path} is nested too deeply to be a run")
        ) from None


def _check_schema(path: Path, raw: bytes) -> None:
    """Refuse what is no run, and runs of other versions of the format."""
    try:
        found = _Schema.model_validate_json(raw).schema_
    except ValidationError:
        if raw.startswith(_OTHER_ENCODINGS):
            raise RunFileError(
                say(
                    f"{path} 被别的程序另存过，不再是原来的 UTF-8；要的是 dabiao check 写出的原件",
                    f"{path} was saved again by another program, and is no longer the UTF-8 that"
                    " was written; what is wanted is the file as dabiao check wrote it",
                )
            ) from None
        if RUN_SCHEMA.encode() in raw[:_FIRST]:
            raise RunFileError(
                say(
                    f"{path} 不完整，或被改动过：不是完整的 JSON；用 dabiao check 重新写出",
                    f"{path} was cut off or changed: it is no whole JSON; write it again with"
                    " dabiao check",
                )
            ) from None
        found = None
    if found == RUN_SCHEMA:
        return
    if isinstance(found, str) and found.startswith(_FAMILY):
        raise RunFileError(
            say(
                f"{path} 是 {found} 格式，这一版只读 {RUN_SCHEMA}；"
                "用写它的那一版出报告，或用这一版对原来的数据重新 dabiao check",
                f"{path} has the format {found}, and this version reads {RUN_SCHEMA} only; report"
                " it with the version that wrote it, or dabiao check the facts again with this one",
            )
        )
    has = (
        say(f"它是 {found[:_FOUND]} 格式", f"its format is {found[:_FOUND]}")
        if isinstance(found, str)
        else say(f"没有 schema: {RUN_SCHEMA}", f"it has no schema: {RUN_SCHEMA}")
    )
    raise RunFileError(
        say(
            f"{path} 不是检查结果（{has}）；"
            "要的是 dabiao check … -o 文件.json（或 .parquet）写出的文件",
            f"{path} is no run ({has}); what is wanted is a file that"
            " dabiao check … -o FILE.json (or .parquet) wrote",
        )
    )


def _damaged(path: Path, error: ValidationError) -> RunFileError:
    """Say in one line where a file is not as it was written."""
    first = error.errors(include_url=False, include_context=False)[0]
    match first["type"]:
        case "missing":
            what = say("缺少这一项", "this is missing")
        case "unexpected_keyword_argument":
            what = say("不该有这一项", "this does not belong here")
        case _:
            found = repr(first["input"])[:_FOUND]
            what = say(f"读不懂 {found}", f"{found} cannot be read: {first['msg']}")
    place = ".".join(map(str, first["loc"])) or say("开头", "its beginning")
    more = error.error_count() - 1
    rest = say(f"（另有 {more:,} 处）", f" (and {more:,} more)") if more else ""
    return RunFileError(
        say(
            f"{path} 已损坏或被改动：{place} 处{what}{rest}；用 dabiao check 重新写出",
            f"{path} is damaged or was changed: at {place}, {what}{rest}; write it again"
            " with dabiao check",
        )
    )


def _names(raw: bytes) -> FileNames:
    """Read what the head of a file names."""
    head = _Head.model_validate_json(raw)
    names: FileNames = {"documents": {each.id: each for each in head.documents}}
    rules = _Rules.model_validate_json(raw, context=names).judged
    names["rules"] = {each.id: each for each in rules}
    names["measures"] = {each.slug: each for each in head.measures} | {
        each.id: MeasureName(each.id, each.title) for each in rules
    }
    names["subjects"] = {
        each.code: SubjectName(each.code, each.called or each.name)
        for each in reversed(head.subjects)
    }
    names["levels"] = _by_level(head.subjects)
    return names


def _by_level(subjects: Iterable[ListedSubject]) -> dict[tuple[Level, str], dict[int, Subject]]:
    """Give subjects by level and code, and by year where they moved; 0 stands for every year."""
    found: dict[tuple[Level, str], dict[int, Subject]] = {}
    for each in subjects:
        subject = Subject(code=each.code, name=each.name, level=each.level, parents=each.parents)
        ways = found.setdefault((each.level, each.code), {})
        ways.update(dict.fromkeys(each.years or (0,), subject))
    return found
