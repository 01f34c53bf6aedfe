"""A run judged again: whether it comes out as it was written, and in what it differs.

What is compared is all that stands in its file: first what everything comes from, the rules by
their hash and the facts by the hashes of their files; then every finding, whole; and where rules
and facts are the same, all else that the head tells. Left out is what makes no difference: the
version and the engine that judged, where files lay, and what was said while they were read, which
stands in the language spoken then.
"""

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.run.json import write_json
from dabiao.reports.run.json_records import JsonFindings
from dabiao.reports.run.parquet.arrow import ArrowFindings
from dabiao.reports.run.parquet.stored import ParquetRun, is_parquet
from dabiao.schemas.attendance import Deadlines
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.facts import FactFile
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_Record = dict[str, Any]
"""A record, as the file has it."""
_SAID_THEN = ("message", "problem")
"""The fields of what was said while facts were read."""
_IN_ORDER_OF_FILES = "sources"
"""The field of the first of many cells; which these are, the names of the files tell."""
_LONGEST = 60
"""Characters that are shown of a value."""
_BEFORE = 20
"""Characters that are shown before the first that differs."""
_DECIDED = ("outcome", "observed", "required", "gap")
"""The fields of findings that are told first."""
_ENGINE_FAILED = "engine-failed"
"""The caveat that tells of the machine which judged, not of what it judged."""
_KEYS: Final[Mapping[str, Sequence[str]]] = {
    "documents": ("id",),
    "judged": ("id",),
    "measures": ("slug",),
    "subjects": ("level", "code", "years"),
    "attendance": ("year", "level", "area"),
    "counties": ("year", "level", "area"),
    "sheets": ("file", "sheet"),
}
"""By what records of the head are known again; the others are there or they are not."""
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "as_of": ("年份", "year"),
    "rules": ("规则", "rules"),
    "documents": ("文件", "document"),
    "judged": ("规则", "rule"),
    "measures": ("指标", "measure"),
    "subjects": ("对象", "subject"),
    "places": ("地方", "places"),
    "due": ("期限", "deadline"),
    "decisions": ("读取时的决定", "reading decision"),
    "summary": ("结论数", "counts"),
    "by_year": ("各年的结论数", "counts by year"),
    "by_rule": ("各规则的结论数", "counts by rule"),
    "repeated": ("重复的目标", "repeated targets"),
    "attendance": ("报送情况", "attendance"),
    "counties": ("各旗县的报送情况", "attendance by county"),
    "caveats": ("阅读前须知", "caveat"),
    "notes": ("数据疑点", "note"),
    "tables": ("文件附表", "table"),
    "sheets": ("原表", "sheet"),
}
"""What the fields of a head are called."""


def deadlines_of(run: Run, files: Iterable[FactFile]) -> Deadlines:
    """Give when forms were due and files came by a run; a file is known by what stands in it."""
    due = {each.level: each.day for each in run.due}
    came = {each.sha256: each.received for each in run.facts if each.received is not None}
    received = {each.file: came[each.sha256] for each in files if each.sha256 in came}
    return Deadlines(run.as_of, due, received) if due else Deadlines()


def differences(stored: Run, again: Iterable[Run]) -> list[str]:
    """Say in what a run that was judged again differs, a line each.

    Args:
        stored: The run.
        again: The same judged again, in each way in which it may have been written: a part counts
            as the check does that is asked for it alone, or as the report that takes it from the
            whole. The run is compared with the one that is most like it.
    """
    return min((list(_differences(stored, each)) for each in again), key=len)


def differing_columns(path: Path, run: Run) -> list[str]:
    """Say which columns that others count by have something else than the findings of a file.

    Args:
        path: The file that the run was read from; where it is no Parquet, there is nothing to say.
        run: The run.
    """
    if not is_parquet(path):
        return []
    table = ArrowFindings(RecordedFindings(run)).table()
    return [
        say(
            f"“{name}”列第 {row + 1:,} 行写的是 {_shown(was)}，结论里是 {_shown(now)}",
            f"column {name!r}, row {row + 1:,} has {_shown(was)}, and its finding {_shown(now)}",
        )
        for name, row, was, now in ParquetRun(path).unlike(table)
    ]


def unlike_as_written(path: Path, run: Run) -> list[str]:
    """Say where a file is not what would be written of what was read from it.

    A name that is given twice says one thing to programs and may say another to people; one that is
    left out may be read as something that nobody wrote.

    Args:
        path: The file that the run was read from; of a Parquet file its head is looked at.
        run: The run.
    """
    written = io.StringIO()
    if is_parquet(path):
        found = ParquetRun(path).head.decode("utf-8")
        write_json(replace(run, findings=()), (), written)
    else:
        found = path.read_text("utf-8")
        write_json(run, RecordedFindings(run).forms(), written)
    means = written.getvalue()
    if found == means or _pairs(found) == _pairs(means):  # however it is laid out
        return []
    lines = zip_longest(found.rstrip().split("\n"), means.rstrip().split("\n"))
    for number, (was, now) in enumerate(lines, 1):
        if was == now:
            continue
        shared = zip(was or "", now or "", strict=False)
        at = next((place for place, (one, other) in enumerate(shared) if one != other), 0)
        has, should = (_shown(each and each[max(0, at - _BEFORE) :]) for each in (was, now))
        return [
            say(
                f"第 {number:,} 行不是写出时的样子：有 {has}，读出来应写作 {should}",
                f"line {number:,} is not as it is written: it has {has}, and what was read is"
                f" written {should}",
            )
        ]
    return []


def _pairs(text: str) -> object:
    """Read JSON with every name that is given, in whichever order."""
    return json.loads(text, object_pairs_hook=partial(sorted, key=itemgetter(0)))


def _differences(then: Run, now: Run) -> Iterator[str]:
    same = then.rules.hash == now.rules.hash
    if not same:
        was, is_ = (f"{each.rules.hash[:12]}…" for each in (then, now))
        yield say(f"规则不同：当时 {was}，现在 {is_}", f"other rules: then {was}, now {is_}")
    files = list(_files(then, now))
    yield from files
    if then.years != now.years:
        was, is_ = (", ".join(map(str, each.years)) for each in (then, now))
        yield say(f"年份不同：当时 {was}，现在 {is_}", f"other years: then {was}, now {is_}")
    names = _names_of_then(then, now)
    yield from _rows(then, now, names)
    yield from _findings(then, now, names)
    if same and not files and then.years == now.years:
        yield from _heads(then, now, names)


def _files(then: Run, now: Run) -> Iterator[str]:
    was, is_ = (Counter(file.sha256 for file in run.facts) for run in (then, now))
    for run, gone, told in (
        (then, was - is_, ("现在没有", "is not there now")),
        (now, is_ - was, ("当时没有", "was not there then")),
    ):
        for file in run.facts:
            if file.sha256 in gone:
                yield say(
                    f"填报数据 {file.file}（{file.sha256[:12]}…）{told[0]}",
                    f"facts {file.file} ({file.sha256[:12]}…) {told[1]}",
                )


def _names_of_then(then: Run, now: Run) -> Mapping[str, str]:
    """Give what files were called then, by what they are called now."""
    called: dict[str, list[str]] = {}
    for file in then.facts:
        called.setdefault(file.sha256, []).append(file.file)
    return {file.file: called[file.sha256].pop(0) for file in now.facts if called.get(file.sha256)}


def _rows(then: Run, now: Run, names: Mapping[str, str]) -> Iterator[str]:
    rows = {names.get(each.file): each.rows for each in now.facts}
    for file in then.facts:
        if rows.get(file.file, file.rows) != file.rows:
            yield _changed(file.file, ("rows",), file.rows, rows[file.file])


def _findings(then: Run, now: Run, names: Mapping[str, str]) -> Iterator[str]:
    """Compare findings; only those that are written otherwise are taken apart."""
    was, is_ = _lines(then), _lines(now)
    for key in sorted(was.keys() | is_.keys()):
        name = f"{key[0]} {key[1]} {key[2]}"
        if key not in is_:
            yield say(f"{name}：现在没有这条结论", f"{name}: no such finding now")
        elif key not in was:
            yield say(f"{name}：当时没有这条结论", f"{name}: no such finding then")
        elif was[key] != is_[key]:
            before, after = _read_alike(was[key], is_[key], names)
            for path, old, new in islice(_unlike(before, after), 1):
                yield _changed(name, path, old, new)


def _lines(run: Run) -> dict[tuple[str, str, int], str]:
    """Write findings, each by what it is known by."""
    written = JsonFindings().texts(RecordedFindings(run).forms(), "\n")
    lines = chain.from_iterable(text.split("\n") for text in written)
    return {
        (each.rule, each.subject.code, each.year): line
        for each, line in zip(run.findings, lines, strict=True)
    }


def _read_alike(then: str, now: str, names: Mapping[str, str]) -> tuple[_Record, _Record]:
    """Read records as far as they can be compared: by the names of then, without what was said."""
    skipped = list(_SAID_THEN)
    if sorted(names, key=names.__getitem__) != sorted(names):
        skipped.append(_IN_ORDER_OF_FILES)

    def then_read(of: _Record) -> _Record:
        for key in skipped:
            of.pop(key, None)
        return of

    def now_read(of: _Record) -> _Record:
        if of.get("file") in names:
            of["file"] = names[of["file"]]
        return then_read(of)

    return json.loads(then, object_hook=then_read), json.loads(now, object_hook=now_read)


def _heads(then: Run, now: Run, names: Mapping[str, str]) -> Iterator[str]:
    """Compare all else that heads tell; of a part the sheets as far as it has them."""
    to = then.options
    if to.area or to.unit or to.document:
        now = replace(now, sheets=tuple(_as_far_as(then.sheets, now.sheets)))
    was, is_ = _read_alike(_head(then), _head(now), names)
    for field, words in _WORDS.items():
        before, after = was.get(field), is_.get(field)
        if isinstance(before, list) and isinstance(after, list):
            yield from _unlike_records(field, before, after)
            continue
        for path, old, new in _unlike(before, after):
            yield _changed(say(*words), path, old, new)


def _head(run: Run) -> str:
    """Write a head, but for what tells of the machine alone."""
    caveats = tuple(each for each in run.caveats if each.kind != _ENGINE_FAILED)
    written = io.StringIO()
    write_json(replace(run, caveats=caveats, findings=()), (), written)
    return written.getvalue()


def _unlike_records(field: str, then: Sequence[_Record], now: Sequence[_Record]) -> Iterator[str]:
    """Compare records that are known by their keys, or else are there or not."""
    keys, word = _KEYS.get(field, ()), say(*_WORDS[field])

    def known(of: _Record) -> str:
        return json.dumps([of.get(key) for key in keys] if keys else of, sort_keys=True)

    was, is_ = ({known(each): each for each in run} for run in (then, now))
    for key in dict.fromkeys((*was, *is_)):
        one = was.get(key, is_.get(key, {}))
        named = " ".join(str(one[each]) for each in keys if one.get(each))
        name = f"{word} {named or _shown(one)}"
        if key not in is_:
            yield say(f"{name}：现在没有", f"{name}: not there now")
        elif key not in was:
            yield say(f"{name}：当时没有", f"{name}: not there then")
        elif was[key] != is_[key]:
            for path, old, new in islice(_unlike(was[key], is_[key]), 1):
                yield _changed(name, path, old, new)
    if not was.keys() ^ is_.keys() and len(then) != len(now):
        yield _changed(word, (), len(then), len(now))


def _as_far_as(then: Sequence[SheetExcerpt], now: Sequence[SheetExcerpt]) -> Iterator[SheetExcerpt]:
    """Give of sheets the rows and columns that others have."""
    kept = {(each.file, each.sheet): each for each in then}
    for sheet in now:
        of = kept.get((sheet.file, sheet.sheet))
        if of is None:
            continue
        columns = [at for at, each in enumerate(sheet.columns) if each in {*of.columns}]
        lines = [at for at, each in enumerate(sheet.numbers) if each in {*of.numbers}]
        yield replace(
            sheet,
            columns=tuple(sheet.columns[at] for at in columns),
            heads=tuple(sheet.heads[at] for at in columns),
            numbers=tuple(sheet.numbers[at] for at in lines),
            cells=tuple(tuple(sheet.cells[line][at] for at in columns) for line in lines),
        )


def _unlike(then: object, now: object) -> Iterator[tuple[tuple[str, ...], object, object]]:
    """Yield where two values differ, what is decided first, and what stands there in each."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*_DECIDED, *then, *now)):
            for path, was, is_ in _unlike(then.get(key), now.get(key)):
                yield (key, *path), was, is_
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for at, (one, other) in enumerate(zip(then, now, strict=True), 1):
            for path, was, is_ in _unlike(one, other):
                yield (str(at), *path), was, is_
    elif type(then) is not type(now) or then != now:
        yield (), then, now


def _changed(name: str, path: Sequence[str], then: object, now: object) -> str:
    """Say what stood in a place then, and what does now."""
    if path == ("outcome",):
        was, is_ = (Outcome(str(each)).label for each in (then, now))
        return say(f"{name}：当时{was}，现在{is_}", f"{name}: then {was}, now {is_}")
    where = " ".join(filter(None, (name, ".".join(path))))
    was, is_ = _shown(then), _shown(now)
    return say(f"{where}：当时 {was}，现在 {is_}", f"{where}: then {was}, now {is_}")


def _shown(value: object) -> str:
    if value is None:
        return say("没有", "nothing")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
