"""A table of targets as one norm: the bound is the target of the subject's place, category or year.

By place and by category the bound is a choice, and the rule speaks of nobody whom the table leaves
out; by year every target is a stage of its own, with a line from the one before.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce

from dabiao.rules.catalog.catalog import Stage
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import (
    Choice,
    Either,
    Formula,
    LiesIn,
    Measured,
    Number,
    Relates,
    Relation,
    Text,
    Truth,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import NormDraft, Phrase, TargetsDraft
from dabiao.rules.packs.norms.places import find_place
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.problem import Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place

_YEAR, _PLACE = ("年", "年份", "year"), ("地区", "place")
_DATE = re.compile(r"(\d{4})(?:年(?:底)?)?")
_ANSWERS = {"是": True, "yes": True, "否": False, "no": False}
_Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Targets:
    """What a table of targets comes to.

    Attributes:
        norm: What is demanded; of targets by year, by the last one.
        scope: Whom the table speaks of, and in words; None for everybody.
        stages: The targets by year.
        lines: Each line as text and number.
    """

    norm: Compares
    scope: tuple[Formula, str] | None
    stages: tuple[Stage, ...]
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class TargetGround:
    """What a table of targets stands on."""

    vocabulary: Vocabulary
    level: Level
    places: Mapping[str, Place]
    report: _Report


def by_year(draft: NormDraft) -> bool:
    """Tell whether a norm is a table of targets by year, which says when it is due."""
    return isinstance(draft, TargetsDraft) and draft.by.text.strip().lower() in _YEAR


def build_targets(
    draft: TargetsDraft, value: Formula, numbers: Sequence[float], ground: TargetGround
) -> Targets | None:
    """Make one norm of a table.

    Args:
        draft: The table.
        value: What is compared.
        numbers: The targets in the unit of the value, line by line.
        ground: The measures and places there are.
    """
    keys = [where for where, _ in draft.targets]
    if not _differ(keys, ground.report):
        return None
    by = draft.by.text.strip().lower()
    lines = tuple((key.text.strip(), number) for key, number in zip(keys, numbers, strict=True))
    if by_year(draft):
        return _by_year(draft, value, numbers, lines, ground.report)
    conditions = _places(keys, ground) if by in _PLACE else _options(draft.by, keys, ground)
    if conditions is None:
        return None
    cases = list(zip(conditions, numbers, strict=True))
    if by in _PLACE:
        cases.sort(key=lambda case: -_rank(case[0], ground.places))  # the nearest place counts
    bound: Formula = Number(cases[-1][1])
    for condition, number in reversed(cases[:-1]):
        bound = Choice(condition, Number(number), bound)
    scope = reduce(Either, conditions)
    header = draft.by.text.strip()
    told = f"{header} is in the table" if header.isascii() else f"{header}在目标表内"
    return Targets(Compares(value, draft.comparator, bound), (scope, told), (), lines)


def _rank(condition: Formula, places: Mapping[str, Place]) -> int:
    return places[condition.code].level.rank if isinstance(condition, LiesIn) else 0


def _differ(keys: Sequence[Phrase], report: _Report) -> bool:
    """Tell whether every line is about something else, and there is one."""
    texts = [key.text.strip() for key in keys]
    for at, key in enumerate(keys):
        if texts[at] in texts[:at]:
            report(
                key.problem(
                    "said-twice",
                    say(f"目标表里“{texts[at]}”写了两次", f"said twice: {texts[at]!r}"),
                    hint=say("只留一行", "keep one line"),
                )
            )
    return bool(texts) and len(set(texts)) == len(texts)


def _by_year(
    draft: TargetsDraft,
    value: Formula,
    numbers: Sequence[float],
    lines: tuple[tuple[str, float], ...],
    report: _Report,
) -> Targets | None:
    stages = []
    for (where, _), number in zip(draft.targets, numbers, strict=True):
        found = _DATE.fullmatch(where.text.strip())
        if found is None:
            report(
                where.problem(
                    "not-a-year",
                    say(f"“{where.text}”不是年份", f"{where.text!r} is not a year"),
                    hint=say("写四位年份，如 2025", "write four digits, such as 2025"),
                )
            )
            return None
        norm = Compares(value, draft.comparator, Number(number))
        stages.append(Stage(int(found[1]), norm, number))
    stages.sort(key=lambda stage: stage.year)
    return Targets(stages[-1].norm, None, tuple(stages), lines)


def _places(keys: Sequence[Phrase], ground: TargetGround) -> list[Formula] | None:
    codes = [find_place(key, ground.places, ground.report) for key in keys]
    return None if None in codes else [LiesIn(code) for code in codes if code is not None]


def _options(by: Phrase, keys: Sequence[Phrase], ground: TargetGround) -> list[Formula] | None:
    """Read the lines as what a category, or a yes or no, may say."""
    said = by.text.strip()
    item = ground.vocabulary.items.get(ground.vocabulary.names.get(said, ""))
    if (
        item is None
        or item.type.numeric
        or not ground.vocabulary.exists_at(item.slug, ground.level)
    ):
        ground.report(
            by.problem(
                "unknown-name",
                say(
                    f"“{said}”不是年、地区，也不是{ground.level.zh}的类别项",
                    f"{said!r} is neither year nor place nor a category of a {ground.level.value}",
                ),
                hint=did_you_mean(said, _categories(ground))
                or say("第一列写 年、地区 或一个类别项", "head the first column year or place"),
            )
        )
        return None
    found = [_option(item, key, ground.report) for key in keys]
    return None if None in found else [each for each in found if each is not None]


def _categories(ground: TargetGround) -> Iterator[str]:
    for item in ground.vocabulary.items.values():
        if not item.type.numeric and ground.vocabulary.exists_at(item.slug, ground.level):
            yield item.name


def _option(item: Item, key: Phrase, report: _Report) -> Formula | None:
    said = key.text.strip().strip('"“”')
    if item.type is ItemType.BOOLEAN and said.lower() in _ANSWERS:
        return Relates(Relation.EQUAL, Measured(item.slug), Truth(_ANSWERS[said.lower()]))
    if item.type is ItemType.CATEGORY and said in item.options:
        return Relates(Relation.EQUAL, Measured(item.slug), Text(said))
    options = item.options or ("是", "否")
    report(
        key.problem(
            "unknown-option",
            say(f"{item.name}没有“{said}”这一类", f"{item.name} can't be {said!r}"),
            expected="、".join(options),
            hint=did_you_mean(said, options),
        )
    )
    return None
