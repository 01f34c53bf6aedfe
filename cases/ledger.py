"""A ledger that people filled in, brought back: what they wrote told from what went out.

Each row says which version of its case it was written from. What differs from that was filled in;
what is another thing now in the database was changed there. Where both are, and differ, neither is
taken: that is told at its cell.

::

    as written ──► filled in by hand ──►┐
         └───────► changed meanwhile ──►┴──► the same, or only one of them: taken
                                             both, and not the same: told, and left alone
"""

import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from dabiao.cases.listing import field_name, value_words
from dabiao.cases.standing import restored
from dabiao.cases.store.store import HistoryLine, Transaction
from dabiao.cases.updating import RefusedError, Saying, no_such_case, update
from dabiao.intake.cells.unusable import bare, special
from dabiao.intake.formats.table import Cell, Moment, Table
from dabiao.intake.formats.xlsx.book import DAMAGE, open_workbook
from dabiao.intake.formats.xlsx.sheet import read_sheet
from dabiao.intake.limits import Limits, read_bounded
from dabiao.intake.names import nearest
from dabiao.intake.unreadable import Unreadable, explain
from dabiao.reports.ledger.cases import ENTRIES, HEADINGS, suggestion_mark
from dabiao.schemas.case import DAYS, Case, CaseState
from dabiao.schemas.days import day_in
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

_SHEETS = ("问题清单", "Problems")
_TOLD = 60
"""Characters of a value that is told; it is written whole."""
_WHOM = ("code", "goal", "year")
_MARK = re.compile(r"(?P<version>\d{1,9}):(?P<suggestion>[0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What one cell of a ledger says.

    Attributes:
        cell: Its address.
        value: What it says; None where it is blank.
    """

    cell: str
    value: Saying


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A case as a ledger has it.

    Attributes:
        number: Its number.
        cell: The cell that says so.
        version: The version that the row was written from; 0 for none; None where nobody knows.
        suggestion: What tells the suggested measure; empty where nobody knows.
        entries: What people may have filled in, by field.
        whom: Whom the row speaks of: the subject's code, what is asked of it, and the year; empty
            where the ledger does not say.
        unread: Fields whose cells say nothing that can be read, which has been told.
    """

    number: str
    cell: str
    version: int | None
    suggestion: str
    entries: Mapping[str, LedgerEntry]
    whom: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(slots=True)
class FilledLedger:
    """A ledger as it came back.

    Attributes:
        file: Its path.
        sha256: SHA-256 of it.
        sheet: The sheet with the cases.
        rows: Its cases.
        problems: Cells that say nothing.
    """

    file: str
    sha256: str
    sheet: str
    rows: list[LedgerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place(self, cell: str) -> FilePlace:
        """Give the place of a cell."""
        return FilePlace(self.file, sheet=self.sheet, cell=cell)


@dataclass(slots=True)
class BroughtBack:
    """What a ledger did to the cases.

    Attributes:
        told: Each difference, with its cell.
        changed: How many cases changed.
        same: How many rows say nothing new.
        problems: What was not taken, and why.
    """

    told: list[str] = field(default_factory=list)
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_ledger(path: Path) -> FilledLedger:
    """Read what people filled in.

    Raises:
        InputError: It is no ledger, or cannot be read.
    """
    try:
        sha256 = hashlib.sha256(read_bounded(path)).hexdigest()
        table = _table(path)
    except (Unreadable, OSError, *DAMAGE) as error:
        why = error.message if isinstance(error, Unreadable) else explain(error)
        raise InputError([_no_ledger(path.as_posix(), why)]) from None
    if table is None:
        raise InputError([_no_ledger(path.as_posix())])
    found = FilledLedger(path.as_posix(), sha256, table.sheet or "")
    for number, cells in table.head:
        columns: dict[str, int] = {}
        again: list[tuple[str, int]] = []
        for at, cell in cells.items():
            heading = str(cell).strip()
            if heading in HEADINGS and columns.setdefault(HEADINGS[heading], at) != at:
                again.append((heading, at))
        if {"number", "state"} <= columns.keys():
            found.problems.extend(_misnamed(table, number, cells, columns, found))
            for heading, at in again:
                first = table.cell(columns[HEADINGS[heading]], number)
                place = found.place(table.cell(at, number))
                found.problems.append(_headed_twice(place, heading, first))
            _read_rows(table, number, columns, found)
            return found
    raise InputError([_no_ledger(found.file)])


def _table(path: Path) -> Table | None:
    with zipfile.ZipFile(path) as archive:
        book = open_workbook(archive, Limits())
        for name, part, _ in book.sheets:
            if name.strip() in _SHEETS:
                return read_sheet(book, part, path.as_posix(), name, hidden=False)
    return None


def _no_ledger(file: str, why: str = "") -> Problem:
    told = say("不是台账", "this is no ledger")
    return FilePlace(file).problem(
        "no-ledger",
        told + (say("：", ": ") + why if why else ""),
        expected=say(
            ".xlsx，其中“问题清单”一表有“编号”“状态”两列",
            'an .xlsx with a sheet "Problems" that has columns "number" and "state"',
        ),
        hint=say(
            "要 dabiao report run.json -o 台账.xlsx 写出、由人填写的那个文件",
            "take the file that dabiao report run.json -o ledger.xlsx wrote and people filled in",
        ),
    )


def _read_rows(table: Table, head: int, columns: Mapping[str, int], found: FilledLedger) -> None:
    seen: dict[str, str] = {}
    for block in table.blocks(head, sorted(columns.values())):
        for at, row in enumerate(block.numbers.tolist()):
            cells = {
                name: (table.cell(column, row), block.columns[column][at])
                for name, column in columns.items()
            }
            cell, number = cells["number"][0], _text(cells["number"][1])
            if not number:
                written = [
                    where
                    for name in ENTRIES
                    if name in cells
                    for where, said in [cells[name]]
                    if _text(said)
                ]
                if written:
                    found.problems.append(_numberless(found.place(cell), written))
                continue
            if number in seen:
                found.problems.append(_twice(found.place(cell), number, seen[number]))
                continue
            seen[number] = cell
            found.rows.append(_read_row(number, cells, found))


def _read_row(number: str, cells: Mapping[str, tuple[str, Cell]], found: FilledLedger) -> LedgerRow:
    """Read what the cells of a case say, each with its address; what cannot be read is told."""
    texts = {name: _text(cell) for name, (_, cell) in cells.items()}
    mark = _MARK.fullmatch(texts.get("written", ""))
    entries: dict[str, LedgerEntry] = {}
    unread: set[str] = set()
    for name in ENTRIES:
        if name in cells:
            where, cell = cells[name]
            said = _said(name, cell, found.place(where))
            if isinstance(said, Problem):
                found.problems.append(said)
                unread.add(name)
            else:
                entries[name] = LedgerEntry(where, said)
    return LedgerRow(
        number,
        cells["number"][0],
        None if mark is None else int(mark["version"]),
        "" if mark is None else mark["suggestion"],
        entries,
        tuple(texts[name] for name in _WHOM if name in texts),
        frozenset(unread),
    )


def _twice(place: FilePlace, number: str, first: str) -> Problem:
    return place.problem(
        "case-cell",
        say(f"{number} 在 {first} 已有一行；这一行没有采用", f"{number} stands in {first} already"),
        found=number,
        hint=say("只留一行", "keep one row"),
    )


def _misnamed(
    table: Table,
    number: int,
    cells: Mapping[int, Cell],
    columns: Mapping[str, int],
    found: FilledLedger,
) -> Iterator[Problem]:
    """Tell of columns whose headings nobody knows, which may be those that are lacking."""
    lacking = [word for word, name in HEADINGS.items() if name in ENTRIES and name not in columns]
    for at, cell in cells.items():
        heading = str(cell).strip()
        meant = [] if heading in HEADINGS else nearest(heading, lacking)
        if meant:
            yield found.place(table.cell(at, number)).problem(
                "case-cell",
                say(
                    f"没有“{heading}”这一列；其中填写的没有采用",
                    f'there is no column "{heading}"; what it says was not followed',
                ),
                found=heading,
                hint=say(f"改回“{meant[0]}”再导入", f'call it "{meant[0]}" and import it again'),
            )


def _numberless(place: FilePlace, written: Sequence[str]) -> Problem:
    listed = say("、", ", ").join(written)
    return place.problem(
        "case-cell",
        say(
            f"这一行没有编号；其中填写的（{listed}）没有采用",
            f"this row has no number; what it says ({listed}) was not followed",
        ),
        hint=say("编号见 dabiao cases list", "dabiao cases list gives the numbers"),
    )


def _headed_twice(place: FilePlace, heading: str, first: str) -> Problem:
    return place.problem(
        "case-cell",
        say(
            f"“{heading}”在 {first} 已有一列；这一列没有采用",
            f'"{heading}" stands in {first} already; this column was not followed',
        ),
        found=heading,
        hint=say("只留一列", "keep one column"),
    )


def _said(name: str, cell: Cell, place: FilePlace) -> Saying | Problem:
    """Give what a cell says of a field, or that it says nothing that can be read."""
    wrong = None if isinstance(cell, Moment) else special(cell)
    if wrong is not None:
        message = f"{field_name(name)}{say('', ' ')}{wrong.message}"
        return place.problem("case-cell", message, found=bare(cell), hint=wrong.hint)
    text = _text(cell)
    read: Saying = text or None
    expected = ""
    if text and name == "state":
        read, expected = (
            CaseState.named("".join(text.split())),
            say("、", ", ").join(e.label for e in CaseState),
        )
    elif text and name in DAYS:
        read, expected = day_in(text), say("日期，如 2026-03-31", "a date, like 2026-03-31")
    if read is not None or not text:
        return read
    return place.problem(
        "case-cell",
        say(
            f"{field_name(name)}读不懂：“{text}”",
            f'the {field_name(name)} cannot be read: "{text}"',
        ),
        found=text,
        expected=expected,
        hint=say("改正这一格再导入", "correct the cell and import it again"),
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, Moment):
        return cell.shown
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else str(cell).strip()


def bring_back(open_: Transaction, ledger: FilledLedger) -> BroughtBack:
    """Write what a ledger says of cases; what cannot be so is told, and the rest is written."""
    done = BroughtBack(problems=list(ledger.problems))
    cases = {each.number: each for each in open_.cases()}
    history: dict[str, list[HistoryLine]] = {}
    for line in open_.history():
        history.setdefault(line.key, []).append(line)
    whose: dict[tuple[str, ...], list[str]] = {}
    for each in cases.values():
        for whom in _whom(each):
            whose.setdefault(whom, []).append(each.number)
    for row in ledger.rows:
        case = cases.get(row.number)
        if case is None:
            problem = no_such_case(row.number, cases)
            at = ledger.place(row.cell)
            done.problems.append(at.problem(problem.code, problem.message, hint=problem.hint))
            continue
        numbers = whose.get(row.whom, [case.number])
        if case.number not in numbers:
            done.problems.append(_another(ledger.place(row.cell), case, numbers[0], row))
            continue
        lines = history.get(case.number, [])
        said = dict(_filled(row, case, lines, ledger, done.problems))
        if not said:
            done.same += 1
            continue
        taken = _taken(open_, case, said, row, ledger, done.problems)
        done.changed += bool(taken)
        done.told += [_change_text(row, case, name, value) for name, value in taken.items()]
    return done


def _whom(case: Case) -> Iterator[tuple[str, ...]]:
    """Yield whom a row of a case may speak of: as it was opened, or as it stands."""
    for code in {case.origin, case.subject}:
        for year in {case.year, case.judged}:
            yield code, case.title, str(year)


def _another(place: FilePlace, case: Case, number: str, row: LedgerRow) -> Problem:
    """Refuse a row that was moved to another number, as by sorting some of the columns only."""
    code, goal, year = row.whom
    return place.problem(
        "case-cell",
        say(
            f"这一行写的是 {code} {year}年的“{goal}”，编号应是 {number}；这一行没有采用",
            f'this row speaks of {code} in {year} and of "{goal}", which is {number}; it was not'
            " followed",
        ),
        found=case.number,
        expected=number,
        hint=say(
            "可能只给部分列排了序；把各列对齐再导入",
            "perhaps only some columns were sorted; put each cell back into its row",
        ),
    )


def _taken(  # noqa: PLR0913, PLR0917 - what is told needs all of them
    open_: Transaction,
    case: Case,
    said: dict[str, Saying],
    row: LedgerRow,
    ledger: FilledLedger,
    problems: list[Problem],
) -> dict[str, Saying]:
    """Write what a row says, and give it; where its state cannot be so, the rest of it."""
    while said:
        try:
            changed = update(open_, case, said)
        except RefusedError as error:
            if error.field not in row.unread:  # else its cell was told
                cell = row.entries[error.field].cell if error.field in row.entries else row.cell
                problems.append(error.at(ledger.place(cell)))
            stateless = {name: value for name, value in said.items() if name != "state"}
            said = stateless if "state" in said else {}
        else:
            return said if changed is not case else {}
    return {}


def _change_text(row: LedgerRow, case: Case, name: str, value: Saying) -> str:
    before, after = (_short(value_words(each)) for each in (getattr(case, name), value))
    what = f"{field_name(name)} {before} → {after}"
    return f"{row.entries[name].cell} {case.number}{say('：', ': ')}{what}"


def _short(text: str) -> str:
    return text if len(text) <= _TOLD else text[:_TOLD] + "…"


def _filled(
    row: LedgerRow,
    case: Case,
    lines: Sequence[HistoryLine],
    ledger: FilledLedger,
    problems: list[Problem],
) -> Iterator[tuple[str, Saying]]:
    """Yield what people filled in that the database does not say yet."""
    base = _as_written(case, row.version, lines)
    for name, entry in row.entries.items():
        value, now = entry.value, getattr(case, name)
        untouched = name == "measure" and _is_suggestion(value, row)
        if value == now or (untouched and (base is None or base[name] is None)):
            continue
        if value is None and (base is None or name == "state"):
            continue
        first = CaseState.OPENED if name == "state" else None
        before = first if base is None else base[name]
        if value == before:
            continue
        if now == before:
            yield name, value
        else:
            problems.append(_moved(ledger.place(entry.cell), case, name, value, lines))


def _is_suggestion(value: Saying, row: LedgerRow) -> bool:
    return isinstance(value, str) and suggestion_mark(value) == row.suggestion


def _as_written(
    case: Case, version: int | None, lines: Iterable[HistoryLine]
) -> dict[str, Saying] | None:
    """Give what a case said at a version; None where nobody knows which."""
    if version is None or version > case.version:
        return None
    found: dict[str, Saying] = {name: getattr(case, name) for name in ENTRIES}
    for line in sorted(lines, key=lambda each: -each.version):
        if line.version > max(version, 1):
            for name in found.keys() & line.changes.keys():
                found[name] = restored(name, line.changes[name][0])
    return found


def _moved(
    place: FilePlace, case: Case, name: str, value: Saying, lines: Iterable[HistoryLine]
) -> Problem:
    last = max((each for each in lines if name in each.changes), key=lambda each: each.version)
    now, wanted = (_short(value_words(each)) for each in (getattr(case, name), value))
    return place.problem(
        "case-moved",
        say(
            f"{case.number} 的{field_name(name)}台账写“{wanted}”，"
            f"数据库里 {last.by} 已于 {last.day} 改为“{now}”；没有采用台账",
            f'of {case.number} the ledger has "{wanted}" as {field_name(name)}, but {last.by} made'
            f' it "{now}" on {last.day}; the ledger was not followed',
        ),
        found=wanted,
        hint=say(
            "问清哪个对，再用 dabiao cases update 改，或重新写出台账来填",
            "find out which is right, then dabiao cases update, or fill in a new ledger",
        ),
    )
