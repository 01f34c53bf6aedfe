"""From the tables of features to a checked vocabulary."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypedDict

from dabiao.rules.analysis.lint import personal
from dabiao.rules.formulas.checking.check import check, in_unit, uses
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.from_text import FormulaError, parse
from dabiao.rules.formulas.unfolding import MOST, overgrown
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import Phrase, StepRow
from dabiao.rules.language.left_out import LeftOut, mentions
from dabiao.rules.packs.norms.built import remark_on
from dabiao.rules.packs.together.names import PackNames
from dabiao.rules.packs.together.sharing import Sharing
from dabiao.rules.sentences.tables import cell_text, columns_missing, unknown_columns
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_known

COLUMNS = {
    "名称": "name",
    "标识": "slug",
    "英文": "english",
    "层级": "level",
    "单位": "unit",
    "类型": "type",
    "范围": "range",
    "汇总": "total",
    "口径": "definition",
    "公式": "formula",
}
_ITEM = {"name", "slug", "english", "level", "unit", "type", "range", "total", "definition"}
_INDICATOR = {"name", "slug", "english", "level", "unit", "formula", "definition"}
_TYPES = {
    "整数": ItemType.INTEGER,
    "数值": ItemType.NUMBER,
    "小数": ItemType.NUMBER,
    "是否": ItemType.BOOLEAN,
    "类别": ItemType.CATEGORY,
} | {each.value: each for each in ItemType}
_TOTALS = {
    "": Summation.NONE,
    "不汇总": Summation.NONE,
    "none": Summation.NONE,
    "求和": Summation.SUM,
    "sum": Summation.SUM,
}
_RESERVED = {"无", "空", "—", "-", "/"}
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_RANGE = re.compile(rf"({_NUMBER})?\s*\.\.\s*({_NUMBER})?")

_Report = Callable[[Problem], None]
_Written = tuple[str, Phrase]
"""The slug of a new indicator, and its formula as it stands there."""


@dataclass(frozen=True, slots=True)
class BuiltVocabulary:
    """The vocabulary of packs read together.

    Attributes:
        vocabulary: All measures; its names are those that every folder understands.
        scopes: The same for each folder: its own names, and those of others that it knows.
        introduced: For every slug the phrase that introduces it.
    """

    vocabulary: Vocabulary
    scopes: Mapping[int, Vocabulary]
    introduced: Mapping[str, Phrase]


def build_vocabulary(  # noqa: PLR0913 - what packs are made of, and what came before
    items: Iterable[StepRow],
    indicators: Iterable[StepRow],
    report: _Report,
    shared: Sharing,
    left_out: LeftOut,
    *,
    used: Iterable[Phrase],
    known: Vocabulary | None,
) -> BuiltVocabulary:
    """Build the vocabulary of packs.

    A later folder may repeat a measure of an earlier one as it stands, which is the same measure,
    or give its name another meaning, which counts in that folder alone (``together.names``).

    Args:
        items: Rows of all 数据项 tables.
        indicators: Rows of all 指标 tables.
        report: Called with every problem; what has one is left out.
        shared: Which folder a file lies in, and which folders know its names.
        left_out: What errors have kept from being read; what is left out here is added.
        used: The ids of documents in the sentences that use their items.
        known: The vocabulary of folder 0, if that was read before; no row is of it then.
    """
    lost, folders = left_out, shared.folders
    names = PackNames(shared)
    if known is not None:
        names.begin_with(known)
    builder = _Builder(report, names)
    written: dict[str, Phrase] = {}
    by_folder: dict[int, tuple[list[StepRow], list[StepRow]]] = {}
    for at, rows in enumerate((items, indicators)):
        for row in rows:
            by_folder.setdefault(folders.get(row.spot.file, 0), ([], []))[at].append(row)
    for _, (here, computed) in sorted(by_folder.items()):
        for row in here:
            if not builder.item(row):
                lost.row(row)
        for row, new in builder.indicators(computed):
            if new is None:
                lost.row(row)
            else:
                written[new[0]] = new[1]
    for problem in (*names.own_meanings(), *names.uses_of_own(used)):
        report(problem)
    scopes = names.scopes({}, lost.names)
    formulas = _formulas(names, written, scopes, lost, report, known)
    whole = names.of_all(formulas, lost.names)
    return BuiltVocabulary(whole, names.scopes(formulas, lost.names), names.introduced)


def _formulas(  # noqa: PLR0913, PLR0917 - what formulas are read with
    names: PackNames,
    written: Mapping[str, Phrase],
    scopes: Mapping[int, Vocabulary],
    lost: LeftOut,
    report: _Report,
    known: Vocabulary | None,
) -> dict[str, Formula]:
    """Read the formulas of the indicators; those without one are left out."""
    formulas: dict[str, Formula] = dict(known.formulas) if known is not None else {}
    for slug, said in written.items():
        words = scopes[names.shared.folders.get(said.spot.file, 0)]
        formula = _formula(names.indicators[slug], said, words, report)
        if formula is not None:
            formulas[slug] = formula
    for circle in _circles(formulas):
        report(_circular([names.indicators[slug].name for slug in circle], written[circle[0]]))
        for slug in circle:
            formulas.pop(slug)
    too_large = list(overgrown(formulas))
    if too_large:  # the others are made of the first
        report(_overgrown(names.indicators[too_large[0]].name, written[too_large[0]]))
    for slug in too_large:
        formulas.pop(slug)
    for slug in names.indicators.keys() - formulas.keys():
        lost.names.update((slug, names.indicators.pop(slug).name))
    return formulas


class _Shared(TypedDict):
    """What items and indicators both have."""

    name: str
    slug: str
    english: str | None
    levels: tuple[Level, ...]
    unit: str
    definition: str


class _Builder:
    """Reads rows one by one, those of the earliest folder first."""

    def __init__(self, report: _Report, names: PackNames) -> None:
        self.report, self.names = report, names

    def item(self, row: StepRow) -> bool:
        """Read an item; tell whether it could be."""
        cells = self._cells(row, _ITEM, {"name", "slug", "level", "type"})
        if cells is None:
            return False
        kind = _TYPES.get(cells["type"].text.strip())
        if kind is None:
            self._refuse(cells["type"], "unknown-type", "类型", "type", _types())
        total = _TOTALS.get(cell_text(cells, "total"))
        if total is None:
            words = [say("求和", "sum"), say("不汇总", "none")]
            self._refuse(cells["total"], "unknown-total", "汇总", "total", words)
        bounds = self._range(cells.get("range"), kind)
        shared = self._shared(cells)
        if kind is None or total is None or bounds is None or shared is None:
            return False
        minimum, maximum, options = bounds
        item = Item(
            **shared,
            type=kind,
            minimum=minimum,
            maximum=maximum,
            options=options,
            summation=total,
        )
        if self._twice(cells):
            return False
        self.names.settle(item, cells["name"])
        return True

    def indicators(self, rows: Iterable[StepRow]) -> Iterator[tuple[StepRow, _Written | None]]:
        """Read the indicators of one folder.

        Yields:
            Every row that is a new indicator with its slug and formula, and every row that has a
            problem.
        """
        waiting: list[tuple[StepRow, Mapping[str, Phrase], Indicator]] = []
        for row in rows:
            cells = self._cells(row, _INDICATOR, {"name", "slug", "level", "formula"})
            shared = self._shared(cells) if cells is not None else None
            if cells is None or shared is None:
                yield row, None
            else:
                waiting.append((row, cells, Indicator(**shared, formula=cells["formula"].text)))
        while waiting:
            # What is repeated means another thing as soon as a word of its formula does.
            apart = [each for each in waiting if self.names.is_apart(each[2], each[1]["name"])]
            for row, told, indicator in apart or waiting:
                if self._twice(told):
                    yield row, None
                    continue
                slug, is_new = self.names.settle(indicator, told["name"])
                if is_new:
                    yield row, (slug, told["formula"])
            waiting = [each for each in waiting if each not in apart] if apart else []

    def _twice(self, cells: Mapping[str, Phrase]) -> bool:
        """Report a name that its own folder has for something already."""
        for key in ("name", "slug", "english"):
            name = cell_text(cells, key)
            before = self.names.own_place(name, cells["name"]) if name else None
            if before is not None:
                place = f"{before.file}:{before.line}"
                self.report(
                    cells[key].problem(
                        "duplicate-name",
                        say(
                            f"“{name}”已在 {place} 定义", f"{name!r} is already defined at {place}"
                        ),
                        hint=say("一个概念只定义一次；换个名称或删去一处", "define a concept once"),
                    )
                )
                return True
        return False

    def _cells(self, row: StepRow, known: set[str], needed: set[str]) -> dict[str, Phrase] | None:
        unknown = unknown_columns(row, {zh: en for zh, en in COLUMNS.items() if en in known})
        for problem in unknown:
            self.report(problem)
        if unknown:
            return None
        cells = row.cells_by(COLUMNS)
        lacking = [key for key in COLUMNS.values() if key in needed and not cell_text(cells, key)]
        if lacking:
            self.report(columns_missing(row, lacking, COLUMNS))
            return None
        return cells

    def _shared(self, cells: Mapping[str, Phrase]) -> _Shared | None:
        name, slug = cells["name"], cells["slug"]
        for problem in personal(name):
            self.report(problem)
        levels: list[Level] = []
        for word in re.split(r"[、,，\s]+", cells["level"].text.strip()):
            level = Level.named(word)
            if level is None:
                self._refuse(
                    cells["level"],
                    "unknown-level",
                    "层级",
                    "level",
                    [each.label for each in Level],
                )
                return None
            levels.append(level)
        if not _SLUG.fullmatch(slug.text):
            rule = say("以小写字母开头，只用小写字母、数字和下划线", "a-z first, then a-z, 0-9, _")
            self._refuse(slug, "bad-slug", "标识", "slug", [rule])
            return None
        unit = halfwidth(cell_text(cells, "unit"))  # ％ and ： as a Chinese keyboard types them
        if unit and not is_known(unit):
            self.report(
                cells["unit"].problem(
                    "unknown-unit",
                    say(f"不认识单位“{unit}”", f"the unit {unit!r} is not known"),
                    severity=Severity.WARNING,
                    hint=say("它只能同自己比较，不能换算", "it compares with itself only"),
                )
            )
        english = cell_text(cells, "english")
        return {
            "name": name.text,
            "slug": slug.text,
            "english": english or None,
            "levels": tuple(sorted(set(levels), key=lambda level: level.rank)),
            "unit": unit,
            "definition": cell_text(cells, "definition"),
        }

    def _range(
        self, cell: Phrase | None, kind: ItemType | None
    ) -> tuple[float | None, float | None, tuple[str, ...]] | None:
        text = cell.text.strip() if cell is not None else ""
        if not text or cell is None:
            return None, None, ()
        if kind is ItemType.CATEGORY:
            options = tuple(part for part in re.split(r"[、,，|]\s*", text) if part)
            if reserved := _RESERVED.intersection(options):
                self._refuse_option(cell, "、".join(sorted(reserved)))
                return None
            return None, None, options
        found = _RANGE.fullmatch(halfwidth(text))
        if found is None or kind is ItemType.BOOLEAN:
            self._refuse(cell, "bad-range", "范围", "range", ["0..", "0..100", "..5"])
            return None
        low, high = (float(part) if part else None for part in found.groups())
        if low is not None and high is not None and low > high:
            self._refuse(cell, "bad-range", "范围", "range", [f"{high:g}..{low:g}"])
            return None
        return low, high, ()

    def _refuse_option(self, cell: Phrase, options: str) -> None:
        self.report(
            cell.problem(
                "reserved-option",
                say(
                    f"选项“{options}”与没有填报分不开",
                    f"the option {options!r} can't be told from what is not reported",
                ),
                hint=say(
                    "换个说法，如“非特色”“未评定”", "word it differently, such as 'not rated'"
                ),
            )
        )

    def _refuse(self, cell: Phrase, code: str, zh: str, en: str, words: Sequence[str]) -> None:
        self.report(
            cell.problem(
                code,
                say(f"{zh}不能是“{cell.text}”", f"{en} can't be {cell.text!r}"),
                expected=say("、", ", ").join(words),
                hint=did_you_mean(cell.text, words),
            )
        )


def _types() -> list[str]:
    return [
        say("整数", "integer"),
        say("数值", "number"),
        say("是否", "boolean"),
        say("类别", "category"),
    ]


def _formula(
    indicator: Indicator, written: Phrase, vocabulary: Vocabulary, report: _Report
) -> Formula | None:
    found: Formula | None = None
    try:
        syntax = parse(written.text, vocabulary.names)
        for level in indicator.levels:
            checked = check(syntax, vocabulary, level, partial(remark_on, written, report))
            found = in_unit(checked, indicator.unit)
    except FormulaError as error:
        for fault in error.faults:
            word = written.text[fault.offset : fault.offset + fault.length]
            if mentions(written.text, word, vocabulary.left_out):
                continue
            report(written.problem(fault.code, fault.message, hint=fault.hint, offset=fault.offset))
        return None
    return found


def _overgrown(name: str, said: Phrase) -> Problem:
    return said.problem(
        "too-deep",
        say(
            f"{name}的公式经过指标和各年展开，超过 {MOST:,} 项",
            f"the formula of {name} comes to more than {MOST:,} parts, indicators and years"
            " written out",
        ),
        say("改成由较少的指标、较少的年份组成", "make it of fewer indicators and years"),
    )


def _circular(names: Sequence[str], first: Phrase) -> Problem:
    if len(names) == 1:
        message = say(
            f"{names[0]}的公式用到了它自己", f"the formula of {names[0]} uses {names[0]} itself"
        )
    else:
        message = say(
            f"{'、'.join(names)}的公式互相引用，绕成了圈",
            f"the formulas of {', '.join(names)} use one another in a circle",
        )
    hint = say("改写其中一个公式，打断循环", "rewrite one of the formulas in the circle")
    return first.problem("circular-formula", message, hint)


def _circles(formulas: Mapping[str, Formula]) -> list[list[str]]:
    """Find the indicators that lie on circles, those together that reach one another."""
    uses_of = {slug: uses(formula) & formulas.keys() for slug, formula in formulas.items()}
    reached: dict[str, set[str]] = {}
    for start in formulas:
        seen = reached[start] = set[str]()
        waiting = list(uses_of[start])
        while waiting:
            slug = waiting.pop()
            if slug not in seen:
                seen.add(slug)
                waiting.extend(uses_of[slug])
    found: list[list[str]] = []
    for slug in formulas:
        if slug in reached[slug] and not any(slug in circle for circle in found):
            found.append(
                [each for each in formulas if each in reached[slug] and slug in reached[each]]
            )
    return found
