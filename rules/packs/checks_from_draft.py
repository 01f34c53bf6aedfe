"""From the 核对关系 tables of features to checked relations, and from their words to peers."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from dabiao.rules.catalog.edit_check import EditCheck
from dabiao.rules.formulas.checking.check import ValueKind
from dabiao.rules.formulas.formula import Attainment, Formula, walk
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import Phrase, StepRow
from dabiao.rules.packs.norms.built import read_formula
from dabiao.rules.packs.together.clash import CLASH, clash, theirs
from dabiao.rules.sentences.tables import cell_text, columns_missing, unknown_columns
from dabiao.rules.sentences.values import unknown_level
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Problem

COLUMNS = {
    "名称": "name",
    "标识": "slug",
    "英文": "english",
    "层级": "level",
    "关系": "relation",
    "仅限": "only where",
    "程度": "degree",
    "说明": "definition",
}
_NEEDED = ("name", "slug", "level", "relation")
_UNUSUAL = {"": False, "不可能": False, "impossible": False, "少见": True, "unusual": True}
_SLUG = re.compile(r"[a-z][a-z0-9-]*")

_Report = Callable[[Problem], None]
Scopes = Mapping[str, Vocabulary]
"""The vocabulary as each file understands it."""


def build_checks(
    rows: Iterable[StepRow],
    scopes: Scopes,
    folder_of: Mapping[str, int],
    report: _Report,
    known: Mapping[str, EditCheck] | None,
) -> dict[str, EditCheck]:
    """Build the relations of packs; a later folder may repeat one, but not change it.

    Args:
        rows: Rows of all 核对关系 tables.
        scopes: The vocabulary as each file understands it.
        folder_of: Which folder a file lies in.
        report: Called with every problem; what has one is left out.
        known: Those of the first folder, if they were built before.
    """
    checks: dict[str, EditCheck] = dict(known or {})
    for row in sorted(rows, key=lambda row: folder_of.get(row.spot.file, 0)):
        cells = _cells(row, report)
        check = None if cells is None else _check(cells, row, scopes[row.spot.file], report)
        if check is None:
            continue
        before = checks.get(check.slug)
        if before is not None and folder_of.get(before.file) != folder_of.get(check.file):
            if replace(check, file=before.file, line=before.line) != before:
                slug = row.cells_by(COLUMNS)["slug"]
                what = say(f"核对关系 {check.slug} ", f"the relation {check.slug}")
                message, hint = clash(what, theirs(before.file, before.line), ())
                report(slug.problem(CLASH, message, hint=hint))
            continue
        if before is not None:
            place = f"{before.file}:{before.line}"
            report(
                row.cells_by(COLUMNS)["slug"].problem(
                    "duplicate-check",
                    say(
                        f"标识 {check.slug} 已用在 {place}",
                        f"the id {check.slug} is already used at {place}",
                    ),
                    hint=say("换一个标识", "choose another id"),
                )
            )
            continue
        checks[check.slug] = check
    return dict(sorted(checks.items()))


def build_peers(phrases: Iterable[Phrase], scopes: Scopes, report: _Report) -> tuple[str, ...]:
    """Find the categories that peers have in common.

    Args:
        phrases: What the packs name.
        scopes: The vocabulary as each file understands it.
        report: Called with every problem.
    """
    categories: set[str] = set()
    for said in phrases:
        words = scopes[said.spot.file]
        text = said.text.strip()
        slug = words.names.get(text) or words.names.get(halfwidth(text)) or ""
        item = words.items.get(slug)
        if item is not None and item.type is ItemType.CATEGORY:
            categories.add(slug)
            continue
        if text in words.left_out:
            continue
        known = [each.name for each in words.items.values() if each.type is ItemType.CATEGORY]
        report(
            said.problem(
                "not-a-category",
                say(f"“{text}”不是类别项", f"{text!r} is not a category"),
                expected="、".join(known[:5]) or None,
                hint=did_you_mean(text, known)
                or say("用类型是“类别”的数据项", "name an item of type category"),
            )
        )
    return tuple(sorted(categories))


def _cells(row: StepRow, report: _Report) -> dict[str, Phrase] | None:
    unknown = unknown_columns(row, COLUMNS)
    for problem in unknown:
        report(problem)
    if unknown:
        return None
    cells = row.cells_by(COLUMNS)
    lacking = [en for en in _NEEDED if not cell_text(cells, en)]
    if lacking:
        report(columns_missing(row, lacking, COLUMNS))
    return None if lacking else cells


def _check(
    cells: Mapping[str, Phrase], row: StepRow, words: Vocabulary, report: _Report
) -> EditCheck | None:
    levels = _levels(cells["level"], report)
    slug = cells["slug"]
    sound = levels is not None
    if not _SLUG.fullmatch(slug.text):
        sound = False
        report(
            slug.problem(
                "bad-slug",
                say(f"标识不能是“{slug.text}”", f"slug can't be {slug.text!r}"),
                expected=say(
                    "以小写字母开头，只用小写字母、数字和连字符", "a-z first, then a-z, 0-9, -"
                ),
            )
        )
    degree = _UNUSUAL.get(cell_text(cells, "degree"))
    if degree is None:
        sound = False
        said = cells["degree"]
        report(
            said.problem(
                "unknown-degree",
                say(f"程度不能是“{said.text}”", f"degree can't be {said.text!r}"),
                expected=say("不可能、少见", "impossible, unusual"),
            )
        )
    relation = _formula(cells["relation"], words, levels or (), report)
    condition = None
    if cell_text(cells, "only where"):
        condition = _formula(cells["only where"], words, levels or (), report)
        sound = sound and condition is not None
    if not sound or relation is None or levels is None:
        return None
    return EditCheck(
        name=cells["name"].text,
        slug=slug.text,
        english=cell_text(cells, "english") or None,
        levels=levels,
        relation=relation,
        condition=condition,
        unusual=bool(degree),
        definition=cell_text(cells, "definition"),
        file=row.spot.file,
        line=row.spot.line,
    )


def _levels(said: Phrase, report: _Report) -> tuple[Level, ...] | None:
    found: set[Level] = set()
    for word in re.split(r"[、,，\s]+", said.text.strip()):
        level = Level.named(word)
        if level is None:
            report(unknown_level(said))
            return None
        found.add(level)
    return tuple(sorted(found, key=lambda level: level.rank))


def _formula(
    said: Phrase, words: Vocabulary, levels: Iterable[Level], report: _Report
) -> Formula | None:
    """Read a condition that has to mean something at every level."""
    formula: Formula | None = None
    for level in levels:
        problems: list[Problem] = []
        checked = read_formula(said, words, level, problems.append)
        for problem in problems:
            report(problem)
        if checked is None:
            return None
        attained = any(isinstance(part, Attainment) for part in walk(checked.formula))
        if checked.kind is not ValueKind.TRUTH or attained:
            report(
                said.problem(
                    "not-a-relation",
                    say(f"“{said.text}”不是能核对的关系", f"{said.text!r} is no relation of facts"),
                    expected=say("如 部分数 ≤ 总数", "such as part ≤ whole"),
                    hint=say(
                        "核对关系里不能用达标率，改写成规则",
                        "compliance can't be used in a relation; make it a rule",
                    )
                    if attained
                    else say("写成两项或一项与数的比较", "compare two items, or one with a number"),
                )
            )
            return None
        formula = checked.formula
    return formula
