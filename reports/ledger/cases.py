"""The list of problems (问题清单): one row a case, and room for what becomes of it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.ledger.sheet import (
    HEAD,
    CellLink,
    Computed,
    Content,
    Entry,
    Figure,
    LedgerColumn,
    LedgerSheet,
    check_room,
    figure,
)
from dabiao.reports.numbers import bare_distance, gap_unit, quantity
from dabiao.reports.priorities import open_findings
from dabiao.reports.summaries import SubjectNames, case_number, common_folder
from dabiao.schemas.addresses import letters
from dabiao.schemas.case import DAYS, Case, CaseState
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.comparison import FindingChange
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Compared
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run
from dabiao.schemas.source import is_number
from dabiao.schemas.unit import POINTS, in_english

_SOON = 15
"""Days before it is due from which on a case is marked."""
_RED, _AMBER, _GREY = (
    {"bg_color": "#F8CBAD", "font_color": "#843C0C"},
    {"bg_color": "#FFE699", "font_color": "#7F6000"},
    {"bg_color": "#E7E6E6", "font_color": "#7F7F7F"},
)
_MARK = 8
"""Digits that tell one suggestion from another."""
_MARKS = 1_000
"""Suggestions that are met again."""
_BOOKS = (".xlsx", ".xlsm")
_NOT_SAID, _NO_DAY = Entry(), Entry(date=True)
_ROOM = 1
"""Rows that choices hold for where there is no case at all."""


def cases_name() -> str:
    """Name the sheet."""
    return say("问题清单", "Problems")


def states() -> list[str]:
    """List the states of a case, from the first to the last."""
    return [each.label for each in CaseState]


@dataclass(frozen=True, slots=True)
class _LedgerLine:
    """What a cell is written from; the suggestion stands where nobody has said any measure."""

    finding: Finding
    places: SubjectNames
    circumstances: Circumstances
    folder: str
    row: int
    counterparts: wording.Counterparts
    suggestion: str = ""
    change: FindingChange | None = None
    fingerprint: str = ""

    @property
    def case(self) -> Case | None:
        book = self.circumstances.cases
        return None if book is None else book.of(self.finding)

    @property
    def county(self) -> str:
        code = self.places.home(self.finding.subject)
        return self.places.name(code) if code else say("上级不详", "place unknown")

    @property
    def school(self) -> str | None:
        return self.places.school(self.finding.subject)


@dataclass(frozen=True, slots=True)
class _CaseColumn(LedgerColumn):
    key: str
    content: Callable[[_LedgerLine], Content]


def _several(finding: Finding) -> bool:
    """Tell whether there are several demands of which one is enough, and none is kept."""
    failed = finding.outcome is not Outcome.COMPLIANT
    return isinstance(finding.reason, Compared) and failed and bool(finding.reason.options)


def _observed(line: _LedgerLine) -> Content:
    finding = line.finding
    if _is_change(finding) or _several(finding):
        return wording.observed(finding)
    return _scalar(finding.observed, finding.required.value)


def _required(line: _LedgerLine) -> Content:
    """A bound is a number with its sign; a range is two, and a text."""
    required = line.finding.required
    if required.comparator is Comparator.BETWEEN or _is_change(line.finding):
        return wording.required(line.finding)
    if _several(line.finding):
        return wording.required(line.finding)
    return _scalar(required.value, sign=required.comparator.sign)


def _is_change(finding: Finding) -> bool:
    """Tell whether a change was judged, which takes two values to be understood."""
    return isinstance(finding.reason, Compared) and finding.reason.change is not None


def _gap(line: _LedgerLine) -> Content:
    finding = line.finding
    if _several(finding):
        return wording.gap(finding)
    if not finding.gap:
        return None
    points = gap_unit(finding.unit) == POINTS and finding.unit != POINTS
    text = bare_distance(finding.gap, finding.unit, finding.observed, wording.broken(finding))
    return figure(finding.gap, after=say("个百分点", " points") if points else "", shown=text)


def _scalar(value: Scalar, beside: Scalar = None, sign: str = "") -> Content:
    if isinstance(value, bool | str):
        return quantity(value)
    if value is None:
        return None
    return figure(value, float(beside) if is_number(beside) else None, sign)


def _days_left(line: _LedgerLine) -> Content:
    due, state = (f"{_letter(key)}{line.row + 1}" for key in ("due", "state"))
    over = ",".join(f'{state}="{each.label}"' for each in (CaseState.CLOSED, CaseState.WAIVED))
    formula = f'=IF(OR({due}="",{over}),"",{due}-TODAY())'
    return Computed(formula, "", "0")


def _said(name: str) -> Callable[[_LedgerLine], Content]:
    """Give what somebody said of a case, in a cell to go on in."""

    def content(line: _LedgerLine) -> Content:
        said = getattr(line.case, name, None)
        return Entry(said) if said else _NOT_SAID

    return content


def _day(name: str) -> Callable[[_LedgerLine], Content]:
    def content(line: _LedgerLine) -> Content:
        day = getattr(line.case, name, None)
        return Entry(day, date=True) if day else _NO_DAY

    return content


def _measure(line: _LedgerLine) -> Content:
    return Entry((line.case is not None and line.case.measure) or line.suggestion)


def _state(line: _LedgerLine) -> Content:
    return Entry((CaseState.OPENED if line.case is None else line.case.state).label)


def _number(line: _LedgerLine) -> str:
    return case_number(line.finding) if line.case is None else line.case.number


def _written(line: _LedgerLine) -> str:
    """Say what a row was written from, so that what comes back can be told from what went out."""
    version = 0 if line.case is None else line.case.version
    return f"{version}:{suggestion_mark(line.suggestion)}"


@lru_cache(_MARKS)
def suggestion_mark(text: str) -> str:
    """Give a few digits that tell a suggestion which nobody touched."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:_MARK]


def _unit(line: _LedgerLine) -> str:
    unit = line.finding.unit
    return say(unit, "points" if unit == POINTS else in_english(unit))


def _cells(line: _LedgerLine) -> Content:
    """Name the cells it comes from; the last value read leads to its cell."""
    text = wording.cells(line.finding.inputs, line.folder, wording.MOST_CELLS)
    sources = (each.source for each in reversed(line.finding.inputs) if each.source is not None)
    for of in sources:
        if of.sheet and of.cell and of.file.endswith(_BOOKS):
            return CellLink(text, of.file.removeprefix(line.folder), of.sheet, of.cell)
    return text


def _before(line: _LedgerLine) -> Content:
    was = None if line.change is None else line.change.outcomes[0]
    return "" if was is None else was.label


def _change(line: _LedgerLine) -> Content:
    return "" if line.change is None else line.change.kind.label


_COLUMNS = (
    _CaseColumn("编号", "number", 18, "number", _number),
    _CaseColumn(
        "结论", "outcome", 8.5, "outcome", lambda of: of.finding.outcome.label, centred=True
    ),
    _CaseColumn("依据条款", "clause", 24, "clause", lambda of: wording.clause(of.finding.citation)),
    _CaseColumn("年份", "year", 6.5, "year", lambda of: Figure(of.finding.year, "0"), centred=True),
    _CaseColumn("旗县", "county", 11, "county", lambda of: of.county),
    _CaseColumn(
        "学校", "school", 16, "school", lambda of: of.places.name(of.school) if of.school else ""
    ),
    _CaseColumn("学校代码", "school code", 12.5, "school_code", lambda of: of.school or ""),
    _CaseColumn("对象", "subject", 16, "subject", lambda of: of.finding.subject.name),
    _CaseColumn("对象代码", "subject code", 15.5, "code", lambda of: of.finding.subject.code),
    _CaseColumn(
        "主题", "topic", 14, "topic", lambda of: of.circumstances.topics.get(of.finding.rule, "")
    ),
    _CaseColumn("目标", "goal", 20, "goal", lambda of: of.finding.title),
    _CaseColumn("问题", "problem", 30, "problem", lambda of: of.counterparts.reason(of.finding)),
    _CaseColumn("实测", "observed", 10, "observed", _observed),
    _CaseColumn("要求", "required", 10, "required", _required),
    _CaseColumn("差距", "gap", 11, "gap", _gap),
    _CaseColumn(
        "单位",
        "unit",
        7,
        "unit",
        _unit,
        centred=True,
    ),
    _CaseColumn(
        "约束性", "binding", 9.5, "binding", lambda of: wording.binding(of.finding.by), centred=True
    ),
    _CaseColumn(
        "整改措施（建议可改）",
        "measure (a suggestion)",
        26,
        "measure",
        _measure,
    ),
    _CaseColumn(
        "牵头单位", "lead units", 13, "lead", lambda of: wording.listed(of.finding.units.lead)
    ),
    _CaseColumn(
        "责任单位",
        "responsible units",
        15,
        "responsible",
        lambda of: wording.listed(of.finding.units.responsible),
    ),
    _CaseColumn("责任人", "person", 9, "person", _said("person")),
    _CaseColumn("下达日期", "issued", 11, "issued", _day("issued")),
    _CaseColumn("整改期限", "due", 11, "due", _day("due")),
    _CaseColumn("剩余天数", "days left", 7, "days_left", _days_left, centred=True),
    _CaseColumn("状态", "state", 9, "state", _state, centred=True),
    _CaseColumn("进展", "progress", 14, "progress", _said("progress")),
    _CaseColumn("佐证材料", "evidence", 12, "evidence", _said("evidence")),
    _CaseColumn("复核日期", "re-checked", 11, "rechecked", _day("rechecked")),
    _CaseColumn("复核结果", "result", 11, "result", _said("result")),
    _CaseColumn("销号人", "closed by", 9, "closed_by", _said("closed_by")),
    _CaseColumn("豁免批准人", "waived by", 10, "approver", _said("approver")),
    _CaseColumn("豁免到期", "waived until", 11, "expires", _day("expires")),
    _CaseColumn("豁免理由", "waiver reason", 14, "reason", _said("reason")),
    _CaseColumn("上次结论", "outcome before", 9, "before", _before, centred=True),
    _CaseColumn("变化", "change", 9, "change", _change, centred=True),
    _CaseColumn("数据出处", "cells", 26, "cells", _cells),
    _CaseColumn("检查指纹", "fingerprint", 9, "fingerprint", lambda of: of.fingerprint),
    _CaseColumn("底稿（勿改）", "as written (leave it)", 9, "written", _written, hidden=True),
)


HEADINGS = {word: each.key for each in _COLUMNS for word in (each.zh, each.en)}
"""Heading in both languages to what the column holds."""
ENTRIES = (
    *("measure", "person", "issued", "due", "state", "progress", "evidence"),
    *("rechecked", "result", "closed_by", "approver", "expires", "reason"),
)
"""Columns that people fill in, each named as the field of the case it comes back to."""

_PAGES = ("outcome", "measure")
"""The columns that the two printed pages begin with, behind the number, which both have."""
_PLACES = {column.key: at for at, column in enumerate(_COLUMNS)}
_OWN = [
    (_PLACES[key], _COLUMNS[_PLACES[key]].content)
    for key in (
        *("number", "county", "school", "school_code", "subject", "code", "problem", "observed"),
        *("required", "gap", "measure", "days_left", "cells", "written"),
    )
]
"""The columns in which findings of a rule and year with one outcome differ, if nobody has said
anything of them."""


def _at(key: str) -> int:
    return _PLACES[key]


def _letter(key: str) -> str:
    return letters(_at(key))


def cells_of(key: str, cases: int) -> str:
    """Name the cells that a column has for all cases."""
    column = _letter(key)
    first = HEAD + 2
    return f"'{cases_name()}'!${column}${first}:${column}${max(first, HEAD + 1 + cases)}"


def rows_of(run: Run, columns: OutcomeColumns, circumstances: Circumstances) -> list[Finding]:
    """Give what has a row: all that is to be mended, and what is well now but not closed yet."""
    found = open_findings(run.findings, columns.judged)
    book = circumstances.cases
    if book is None:
        return found
    there = {id(each) for each in found}
    over = (CaseState.CLOSED, CaseState.WAIVED)
    waiting = (
        each
        for each in run.findings
        if id(each) not in there and (case := book.of(each)) is not None and case.state not in over
    )
    return [*found, *waiting]


def states_of(
    run: Run, columns: OutcomeColumns, circumstances: Circumstances
) -> list[tuple[str, str]]:
    """Give the county and the state that each row of the list begins with."""
    found = rows_of(run, columns, circumstances)
    counterparts = wording.Counterparts(columns.lookup)
    told = (_LedgerLine(each, columns.places, circumstances, "", 0, counterparts) for each in found)
    return [
        (of.county, (CaseState.OPENED if of.case is None else of.case.state).label) for of in told
    ]


def write_cases(
    sheet: LedgerSheet, run: Run, columns: OutcomeColumns, circumstances: Circumstances
) -> None:
    """Write the list of problems."""
    found = rows_of(run, columns, circumstances)
    check_room(len(found))
    folder, fingerprint = common_folder([record.file for record in run.facts]), run.fingerprint
    compared = circumstances.comparison
    changes = {
        (each.rule, each.subject, each.after.year): each
        for each in (() if compared is None else compared.changes)
        if each.after is not None
    }
    hint = say(
        "浅黄色的格由人填写；状态从下拉中选；编号由规则、对象、年份得出，重新考核也不变。"
        "措施一栏先填了最少改动的建议。",
        "Pale yellow cells are filled in by hand; choose the state from its list. A number comes"
        " from rule, subject and year, and stays when the check is run again.",
    )
    title = cases_name() + say(f"（{len(found):,} 条）", f" ({len(found):,})")
    sheet.title(title, hint, at=_at(_PAGES[0]))
    sheet.title(title + say("（续）", ", continued"), at=_at(_PAGES[1]))

    counterparts = wording.Counterparts(columns.lookup)
    lines = (
        _LedgerLine(
            each,
            columns.places,
            circumstances,
            folder,
            row,
            counterparts,
            suggestion=wording.either(wording.remedies(each)),
            change=changes.get((each.rule, each.subject.code, each.year)),
            fingerprint=fingerprint,
        )
        for row, each in enumerate(found, HEAD + 1)
    )
    last = sheet.table(_COLUMNS, _contents(lines))
    _set_choices(sheet, max(last, HEAD + _ROOM))


def _contents(lines: Iterable[_LedgerLine]) -> Iterator[list[Content]]:
    """Give the cells of each line; what findings of a rule, year and outcome share is made once."""
    alike: dict[tuple[int, int, Outcome], list[Content]] = {}
    for line in lines:
        of = line.finding
        key = id(of.by), of.year, of.outcome
        is_plain = line.change is None and line.case is None
        known = alike.get(key) if is_plain else None
        if known is None:
            contents = [column.content(line) for column in _COLUMNS]
            if is_plain:
                alike[key] = contents
        else:
            contents = known.copy()
            for at, content in _OWN:
                contents[at] = content(line)
        yield contents


def _set_choices(sheet: LedgerSheet, last: int) -> None:
    """Let the state be chosen, dates be dates, and colours tell what is grave or late."""
    first, page = HEAD + 1, sheet.sheet
    page.data_validation(
        first, _at("state"), last, _at("state"), {"validate": "list", "source": states()}
    )
    for key in DAYS:
        page.data_validation(
            first,
            _at(key),
            last,
            _at(key),
            {
                "validate": "custom",
                "value": f"=ISNUMBER({_letter(key)}{first + 1})",
                "error_title": say("应为日期", "A date"),
                "error_message": say("写成 2026-03-31 这样的日期", "Write a date as 2026-03-31"),
            },
        )
    state, left = f"${_letter('state')}{first + 1}", f"{_letter('days_left')}{first + 1}"
    whole = (first, 0, last, len(_COLUMNS) - 1)
    due = (first, _at("days_left"), last, _at("days_left"))
    kind = (first, _at("outcome"), last, _at("outcome"))
    word = f"{_letter('outcome')}{first + 1}"
    for cells, formula, look in (
        (whole, f'={state}="{CaseState.CLOSED.label}"', _GREY),
        (kind, f'={word}="{Outcome.VIOLATION.label}"', _RED),
        (kind, f'={word}="{Outcome.BEHIND.label}"', _AMBER),
        (due, f"=AND(ISNUMBER({left}),{left}<0)", _RED),
        (due, f"=AND(ISNUMBER({left}),{left}<={_SOON})", _AMBER),
    ):
        page.conditional_format(
            *cells,
            {
                "type": "formula",
                "criteria": formula,
                "format": sheet.looks.look("margin", **look),
                "stop_if_true": look is _GREY,
            },
        )


def print_cases(sheet: LedgerSheet, foot: str) -> None:
    """Put what was found onto one page, and what becomes of it onto the next."""
    sheet.paper_of_two(foot, _COLUMNS, _at(_PAGES[1]))
