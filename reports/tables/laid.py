"""Filled tables laid out: headings, cells and remarks in words, the same for every format."""

from collections.abc import Iterable, Sequence
from typing import assert_never

from dabiao.reports import numbers, wording
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.filled_table import (
    DocumentTableFilled,
    FilledTable,
    FilledTargets,
    TableCell,
    TableTarget,
)
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE

_FINER = 3
"""Decimals at the foot, where variations stand, which are small numbers."""
_NAME, _CODE, _OWN, _MET = 22.0, 12.0, 12.5, 9.0
_GROUP, _TARGET, _OUTCOME = 16.0, 30.0, 9.0


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell.

    Attributes:
        text: What it says.
        value: Its number in full, where it holds one.
        beside: A number that it must not look the same as.
        short: Whether it falls short, and is shaded.
        name: Whether it is a text that stands at the left.
    """

    text: str
    value: float | None = None
    beside: float | None = None
    short: bool = False
    name: bool = False


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table as people read it.

    Attributes:
        title: What it is, of whom, of which year.
        called: What it is called.
        place: Whom it is of.
        year: The year.
        headings: The headings of its columns.
        widths: How wide they are, in digits.
        rows: Its rows.
        foot: What stands below them; empty where nothing does.
        remarks: The document, what shades mean, who is left out.
    """

    title: str
    called: str
    place: str
    year: int
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[LaidCell, ...], ...]
    foot: tuple[LaidCell, ...]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> tuple[tuple[LaidCell, ...], ...]:
        """Its rows and its foot."""
        return (*self.rows, self.foot) if self.foot else self.rows


def laid(table: DocumentTableFilled) -> LaidTable:
    """Lay a table out."""
    match table:
        case FilledTable():
            return _of_subjects(table)
        case FilledTargets():
            return _of_targets(table)
        case _:
            assert_never(table)


def values(tables: Sequence[DocumentTableFilled]) -> tuple[list[str], list[list[Scalar]]]:
    """Give tables of one definition as columns for programs: numbers in full, and no signs."""
    heads: list[str] = []
    rows: list[list[Scalar]] = []
    for table in tables:
        match table:
            case FilledTable():
                heads = [say("表", "table"), *_headings(table)]
                rows += ([_title(table), *row] for row in _subject_values(table))
            case FilledTargets():
                heads = [say(zh, en) for zh, en in _TARGET_VALUES]
                rows += (_target_values(table, each) for each in table.targets)
            case _:
                assert_never(table)
    return heads, rows


def _title(table: DocumentTableFilled) -> str:
    return say(
        f"{table.place.name}{table.title}（{table.year}年）",
        f"{table.place.name}: {table.title} ({table.year})",
    )


def _of_subjects(table: FilledTable) -> LaidTable:
    counted = _counts(table)
    rows = []
    for row in table.rows:
        cells = [_cell(cell, head.bound) for cell, head in zip(row.cells, table.heads, strict=True)]
        met = [LaidCell(f"{row.met}/{row.judged}")] * counted
        who = LaidCell(row.subject.name, name=True), LaidCell(row.subject.code, name=True)
        rows.append((*who, *cells, *met))
    foot: list[LaidCell] = []
    if table.foot:
        foot = [LaidCell(table.place.name, name=True), LaidCell("", name=True)]
        for cell, head in zip(table.foot, table.heads, strict=True):
            blank = cell.value is None and cell.outcome is None
            foot.append(LaidCell("") if blank else _cell(cell, head.foot_bound, _FINER))
        foot += [LaidCell("")] * counted
    said = [wording.in_its_language(wording.document_title(table.document))]
    if counted:
        said.append(say("▼ 加底纹的格子不达标", "▼ what is shaded falls short"))
        said += _required(say("要求：", "required: "), (head.norm for head in table.heads))
    if table.foot:
        whose = say("表尾一行的要求：", "required of the last row: ")
        said += _required(whose, (head.foot_norm for head in table.heads))
    if table.undecided:
        names = say("、", ", ").join(each.name for each in table.undecided)
        said.append(
            say(f"缺数据，不知是否列入：{names}", f"not known whether they belong here: {names}")
        )
    return LaidTable(
        title=_title(table),
        called=table.title,
        place=table.place.name,
        year=table.year,
        headings=tuple(_headings(table)),
        widths=(_NAME, _CODE, *[_OWN] * len(table.heads), *[_MET] * counted),
        rows=tuple(rows),
        foot=tuple(foot),
        remarks=tuple(said),
    )


def _required(whose: str, norms: Iterable[str | None]) -> list[str]:
    """Say what is required of some cells, each norm once; nothing where nothing is."""
    told = say("；", "; ").join(dict.fromkeys(filter(None, norms)))
    return [whose + told] if told else []


def _counts(table: FilledTable) -> bool:
    """Tell whether a rule looks at any of its columns, so that what is met can be counted."""
    return any(head.rule is not None for head in table.heads)


def _headings(table: FilledTable) -> list[str]:
    own = [f"{head.heading}（{head.unit}）" if head.unit else head.heading for head in table.heads]
    met = [say("达标项数", "met")] if _counts(table) else []
    return [table.level.label, say("代码", "code"), *own, *met]


def _subject_values(table: FilledTable) -> list[list[Scalar]]:
    more = _counts(table)
    rows: list[list[Scalar]] = [
        [
            row.subject.name,
            row.subject.code,
            *(cell.value for cell in row.cells),
            *([row.met] if more else []),
        ]
        for row in table.rows
    ]
    if table.foot:
        foot = (cell.value for cell in table.foot)
        rows.append([table.place.name, table.place.code, *foot, *([None] if more else [])])
    return rows


def _cell(cell: TableCell, bound: float | None, decimals: int = 2) -> LaidCell:
    """Write a value so that it never looks like the bound it misses."""
    text = numbers.scalar(cell.value, bound, decimals)
    short = cell.outcome in OPEN
    return LaidCell(f"{text} ▼" if short else text, _number(cell.value), bound, short)


def _number(value: Scalar) -> float | None:
    return None if isinstance(value, bool | str | None) else float(value)


_TARGET_VALUES = (
    ("表", "table"),
    ("代码", "code"),
    ("类别", "group"),
    ("指标", "indicator"),
    ("规则", "rule"),
    ("单位", "unit"),
    ("基期年", "baseline year"),
    ("基期", "baseline"),
    ("比较", "comparator"),
    ("目标", "target"),
    ("目标上限", "upper target"),
    ("期限", "due"),
    ("现值", "value"),
    ("完成度（%）", "progress (%)"),
    ("结论", "outcome"),
)


def _target_values(table: FilledTargets, of: TableTarget) -> list[Scalar]:
    return [
        _title(table),
        table.place.code,
        of.group,
        of.name,
        of.rule,
        of.unit,
        of.baseline_year,
        of.baseline,
        None if of.comparator is None else of.comparator.value,
        of.target,
        of.upper,
        of.due,
        of.value,
        of.progress,
        None if of.outcome is None else of.outcome.label,
    ]


def _of_targets(table: FilledTargets) -> LaidTable:
    grouped = any(each.group for each in table.targets)
    begun = _one([each.baseline_year for each in table.targets])
    due = _one([each.due for each in table.targets])
    headings = [
        *([_naming("类别", "group", (of.group for of in table.targets))] if grouped else []),
        _naming("指标", "indicator", (of.name for of in table.targets)),
        say("基期", "baseline") if begun is None else say(f"{begun}年", str(begun)),
        say("目标", "target") if due is None else say(f"{due}年目标", f"target of {due}"),
        say(f"现值（{table.year}年）", f"value of {table.year}"),
        say("完成度（%）", "progress (%)"),
        say("结论", "outcome"),
    ]
    said = [
        wording.in_its_language(wording.document_title(table.document)),
        say(
            "完成度：从基期到目标走完了多少；没有基期的、基期就已做到的不算。▼ 未达标或滞后",
            "progress: how much of the way from baseline to target lies behind; none where there is"
            " no baseline, or it kept the target already. ▼ falls short or is behind",
        ),
    ]
    return LaidTable(
        title=_title(table),
        called=table.title,
        place=table.place.name,
        year=table.year,
        headings=tuple(headings),
        widths=(*[_GROUP] * grouped, _TARGET, *[_OWN] * 3, _MET, _OUTCOME),
        rows=tuple(_target_row(each, begun, due, grouped=grouped) for each in table.targets),
        foot=(),
        remarks=tuple(said),
    )


def _target_row(
    of: TableTarget, begun: int | None, due: int | None, *, grouped: bool
) -> tuple[LaidCell, ...]:
    name = f"{of.name}（{of.unit}）" if of.unit and of.unit != PER_ONE else of.name
    short, bound = of.outcome in OPEN, _number(of.target)
    value = LaidCell(
        f"{_shown(of, of.value, of.target)} ▼" if short else _shown(of, of.value, of.target),
        None if of.unit == PER_ONE else _number(of.value),
        bound,
        short,
    )
    return (
        *([LaidCell(of.group, name=True)] if grouped else []),
        LaidCell(name, name=True),
        LaidCell(_of_year(_shown(of, of.baseline), of.baseline_year, begun)),
        LaidCell(_of_year(_asked(of), of.due, due)),
        value,
        LaidCell(numbers.scalar(of.progress, decimals=1)),
        LaidCell("" if of.outcome is None else of.outcome.label, short=short),
    )


def _shown(of: TableTarget, value: Scalar, beside: Scalar = None) -> str:
    return numbers.quantity(value, of.unit if of.unit == PER_ONE else "", beside)


def _asked(of: TableTarget) -> str:
    """Write a target with its sign, as plans do; a word and an exact number need none."""
    text, sign = _shown(of, of.target), "" if of.comparator is None else of.comparator.sign
    if of.comparator is Comparator.BETWEEN:
        return text + sign + _shown(of, of.upper)
    plain = of.target is None or isinstance(of.target, bool | str)
    return text if plain or of.comparator is Comparator.EQUAL else sign + text


def _of_year(text: str, year: int | None, common: int | None) -> str:
    """Say of which year a value is, where not all are of one."""
    if year is None or common is not None or text == numbers.NOTHING:
        return text
    return say(f"{text}（{year}年）", f"{text} ({year})")


def _naming(zh: str, en: str, names: Iterable[str]) -> str:
    """Head a column of names; once for all, English says of those that have none in it."""
    return say(zh, en) if all(map(str.isascii, names)) else say(zh, f"{en} (in Chinese)")


def _one(years: Sequence[int | None]) -> int | None:
    found = {each for each in years if each is not None}
    return found.pop() if len(found) == 1 else None
