"""From the tables of features to a checked vocabulary."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict

from dabiao.rules.catalog import Vocabulary
from dabiao.rules.check_formula import check, in_unit, uses
from dabiao.rules.draft import Phrase, Row
from dabiao.rules.formula import Formula
from dabiao.rules.from_text import FormulaError, parse
from dabiao.rules.halfwidth import halfwidth
from dabiao.rules.nearest import nearest
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Measure, Summation
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.unit import is_known

_COLUMNS = {
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
_RANGE = re.compile(r"(-?[\d.]+)?\s*\.\.\s*(-?[\d.]+)?")

Report = Callable[[Problem], None]


def build_vocabulary(
    items: Iterable[Row], indicators: Iterable[Row], report: Report
) -> tuple[Vocabulary, Mapping[str, Phrase]]:
    """Build the vocabulary of a pack.

    Args:
        items: Rows of all 数据项 tables.
        indicators: Rows of all 指标 tables.
        report: Called with every problem; what has one is left out.

    Returns:
        The vocabulary, and for every slug the phrase that introduces it.
    """
    builder = _Builder(report)
    made_items = {item.slug: item for row in items if (item := builder.item(row)) is not None}
    made_indicators: dict[str, Indicator] = {}
    formulas_written: dict[str, Phrase] = {}
    for row in indicators:
        made = builder.indicator(row)
        if made is not None:
            made_indicators[made[0].slug] = made[0]
            formulas_written[made[0].slug] = made[1]
    bare = Vocabulary(made_items, made_indicators, {}, builder.names)
    formulas = {
        slug: formula
        for slug, written in formulas_written.items()
        if (formula := _formula(made_indicators[slug], written, bare, report)) is not None
    }
    for slug in _circular(formulas):
        written = formulas_written[slug]
        report(
            written.problem(
                "circular-formula",
                say(
                    f"{made_indicators[slug].name}的公式绕回了自己",
                    f"the formula of {made_indicators[slug].name} comes back to itself",
                ),
                hint=say("改写其中一个公式，打断循环", "rewrite one of the formulas in the circle"),
            )
        )
        formulas.pop(slug)
    kept = {slug: each for slug, each in made_indicators.items() if slug in formulas}
    names = {
        name: slug for name, slug in builder.names.items() if slug in made_items or slug in kept
    }
    return Vocabulary(made_items, kept, formulas, names), builder.introduced


class _Shared(TypedDict):
    """What items and indicators both have."""

    name: str
    slug: str
    english: str | None
    levels: tuple[Level, ...]
    unit: str
    definition: str


class _Builder:
    """Reads rows one by one and keeps names apart."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.names: dict[str, str] = {}
        self.introduced: dict[str, Phrase] = {}

    def item(self, row: Row) -> Item | None:
        cells = self._cells(row, _ITEM, {"name", "slug", "level", "type"})
        if cells is None:
            return None
        kind = _TYPES.get(cells["type"].text.strip())
        if kind is None:
            self._refuse(cells["type"], "unknown-type", "类型", "type", "整数、数值、是否、类别")
        total = _TOTALS.get(_text(cells, "total"))
        if total is None:
            self._refuse(cells["total"], "unknown-total", "汇总", "total", "求和、不汇总")
        bounds = self._range(cells.get("range"), kind)
        shared = self._shared(cells)
        if kind is None or total is None or bounds is None or shared is None:
            return None
        minimum, maximum, options = bounds
        return Item(
            **shared,
            type=kind,
            minimum=minimum,
            maximum=maximum,
            options=options,
            summation=total,
        )

    def indicator(self, row: Row) -> tuple[Indicator, Phrase] | None:
        cells = self._cells(row, _INDICATOR, {"name", "slug", "level", "formula"})
        if cells is None:
            return None
        shared = self._shared(cells)
        if shared is None:
            return None
        return Indicator(**shared, formula=cells["formula"].text), cells["formula"]

    def _cells(self, row: Row, known: set[str], needed: set[str]) -> dict[str, Phrase] | None:
        cells: dict[str, Phrase] = {}
        for header, cell in row.cells.items():
            column = _COLUMNS.get(header.strip(), header.strip().lower())
            if column not in known:
                names = [zh for zh, en in _COLUMNS.items() if en in known]
                self.report(
                    cell.problem(
                        "unknown-column",
                        say(f"没有“{header}”这一列", f"there is no column {header!r}"),
                        expected="、".join(names),
                        hint=_did_you_mean(header, [*names, *known]),
                    )
                )
                return None
            cells[column] = cell
        lacking = [zh for zh, en in _COLUMNS.items() if en in needed and not _text(cells, en)]
        if lacking:
            problem = Phrase("", row.spot).problem(
                "column-missing",
                say(f"这一行缺{'、'.join(lacking)}", f"this row lacks {', '.join(lacking)}"),
                hint=say("补上这一列", "fill it in"),
            )
            self.report(problem)
            return None
        return cells

    def _shared(self, cells: Mapping[str, Phrase]) -> _Shared | None:
        name, slug = cells["name"], cells["slug"]
        levels: list[Level] = []
        for word in re.split(r"[、,，\s]+", cells["level"].text.strip()):
            level = Level.named(word)
            if level is None:
                self._refuse(
                    cells["level"],
                    "unknown-level",
                    "层级",
                    "level",
                    "、".join(each.zh for each in Level),
                )
                return None
            levels.append(level)
        if not _SLUG.fullmatch(slug.text):
            self._refuse(
                slug, "bad-slug", "标识", "slug", say("小写字母、数字和下划线", "a-z, 0-9, _")
            )
            return None
        unit = _text(cells, "unit")
        if unit and not is_known(unit):
            self.report(
                cells["unit"].problem(
                    "unknown-unit",
                    say(f"不认识单位“{unit}”", f"the unit {unit!r} is not known"),
                    severity=Severity.WARNING,
                    hint=say("它只能同自己比较，不能换算", "it compares with itself only"),
                )
            )
        english = _text(cells, "english")
        for spoken, said in ((name.text, name), (slug.text, slug), (english, cells.get("english"))):
            if spoken and said is not None and not self._claim(spoken, slug.text, said):
                return None
        self.introduced[slug.text] = name
        return {
            "name": name.text,
            "slug": slug.text,
            "english": english or None,
            "levels": tuple(sorted(set(levels), key=lambda level: level.rank)),
            "unit": unit,
            "definition": _text(cells, "definition"),
        }

    def _claim(self, name: str, slug: str, said: Phrase) -> bool:
        holder = self.names.get(name)
        taken = holder is not None and (holder != slug or slug in self.introduced)
        if taken:
            before = self.introduced.get(holder or slug)
            where = f"{before.spot.file}:{before.spot.line}" if before else ""
            self.report(
                said.problem(
                    "duplicate-name",
                    say(f"“{name}”已在 {where} 定义", f"{name!r} is already defined at {where}"),
                    hint=say("一个概念只定义一次；换个名称或删去一处", "define a concept once"),
                )
            )
            return False
        self.names[name] = slug
        self.names[halfwidth(name)] = slug
        return True

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
            self._refuse(cell, "bad-range", "范围", "range", "0..、0..100、..5")
            return None
        low, high = (float(part) if part else None for part in found.groups())
        return low, high, ()

    def _refuse_option(self, cell: Phrase, options: str) -> None:
        self.report(
            cell.problem(
                "reserved-option",
                say(f"填“{options}”等于没有填报", f"a cell that says {options!r} is not reported"),
                hint=say(
                    "换个说法，如“非特色”“未评定”", "word it differently, such as 'not rated'"
                ),
            )
        )

    def _refuse(self, cell: Phrase, code: str, zh: str, en: str, expected: str) -> None:
        self.report(
            cell.problem(
                code,
                say(f"{zh}不能是“{cell.text}”", f"{en} can't be {cell.text!r}"),
                expected=expected,
                hint=_did_you_mean(cell.text, expected.split("、")),
            )
        )


def _text(cells: Mapping[str, Phrase], column: str) -> str:
    return cells[column].text.strip() if column in cells else ""


def _did_you_mean(word: str, known: Iterable[str]) -> str | None:
    close = nearest(word, list(known))
    return (
        say(f"是不是：{'、'.join(close)}", f"did you mean {', '.join(close)}?") if close else None
    )


def _formula(
    indicator: Indicator, written: Phrase, vocabulary: Vocabulary, report: Report
) -> Formula | None:
    found: Formula | None = None
    try:
        syntax = parse(written.text, vocabulary.names)
        for level in indicator.levels:
            found = in_unit(check(syntax, vocabulary, level), indicator.unit)
    except FormulaError as error:
        for fault in error.faults:
            report(written.problem(fault.code, fault.message, hint=fault.hint, offset=fault.offset))
        return None
    return found


def _circular(formulas: Mapping[str, Formula]) -> list[str]:
    """Find the indicators that lie on a circle."""
    uses_of = {slug: uses(formula) & formulas.keys() for slug, formula in formulas.items()}

    def reaches(start: str) -> bool:
        seen: set[str] = set()
        waiting = list(uses_of[start])
        while waiting:
            slug = waiting.pop()
            if slug == start:
                return True
            if slug not in seen:
                seen.add(slug)
                waiting.extend(uses_of[slug])
        return False

    return [slug for slug in formulas if reaches(slug)]


def alike(vocabulary: Vocabulary) -> list[tuple[Measure, Measure]]:
    """Find pairs of measures whose names differ by so little that they may be one concept."""
    measures = [*vocabulary.items.values(), *vocabulary.indicators.values()]
    by_shape: dict[str, Measure] = {}
    pairs: list[tuple[Measure, Measure]] = []
    for measure in measures:
        shape = re.sub(r"[的之与和及数量率比例占总()（）\s]", "", measure.name)
        other = by_shape.setdefault(f"{shape}|{measure.unit}", measure)
        if other is not measure:
            pairs.append((other, measure))
    return pairs
