"""Beginning a rule: a feature with boundary examples already in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dabiao.rules.build_norm import BuiltNorm, build_norm
from dabiao.rules.catalog import Catalog
from dabiao.rules.draft import Draft, Phrase, Spot
from dabiao.rules.norm import Changes
from dabiao.rules.sentences import Kind, find
from dabiao.schemas.finding import Comparator
from dabiao.schemas.language import Language, language, say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError, Problem

_NOWHERE = Spot("-", 1, 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a policy writer says about a new rule.

    Attributes:
        document: Id of the document.
        slug: Slug of the rule, without ``@``.
        title: Its title.
        place: Where it stands in the document.
        level: Level of its subjects, in Chinese or English.
        timing: A timing sentence, e.g. ``到2025年底``.
        norm: A norm sentence, e.g. ``班级人数 应不高于 45人``.
        condition: A condition, or None.
    """

    document: str
    slug: str
    title: str
    place: str
    level: str
    timing: str
    norm: str
    condition: str | None = None


def scaffold(outline: Outline, catalog: Catalog) -> str:
    """Write the feature of a new rule in the language spoken now.

    The examples stand on both sides of the norm's boundary, with the outcomes its sentence means;
    the writer checks them against the document.

    Raises:
        InputError: Something in the outline is not a sentence of the language, or does not fit the
            pack; carries every problem.
    """
    problems: list[Problem] = []
    draft = Draft("-", Phrase(outline.title, _NOWHERE))
    for text, word in ((outline.timing, "given"), (outline.norm, "then")):
        sentence = find(text, word)
        if sentence is None or sentence.kind not in (Kind.DEFINITION, Kind.NORM):
            problems.append(
                Problem(
                    code="unknown-sentence",
                    message=say(f"没有这样的句式：{text}", f"no such sentence: {text}"),
                    file="-",
                    hint=say("dabiao rules steps 列出全部句式", "see dabiao rules steps"),
                )
            )
            continue
        sentence.apply(draft, Phrase(text, _NOWHERE), None)
    level = Level.named(outline.level)
    if level is None:
        problems.append(
            Problem(
                code="unknown-level",
                message=say(f"没有“{outline.level}”这个层级", f"no such level: {outline.level}"),
                file="-",
                expected="、".join(each.label for each in Level),
            )
        )
    built: BuiltNorm | None = None
    if level is not None and draft.norms:
        built = build_norm(*draft.norms[0], catalog.vocabulary, level, problems.append)
    if built is None or not draft.timings or level is None:
        raise InputError(problems)
    timing = draft.timings[0][0]
    year = timing.last or timing.first or catalog_year(outline.document, catalog)
    return _write(outline, built, level, year, catalog)


def catalog_year(document: str, catalog: Catalog) -> int:
    """Give a year a document is in force in."""
    known = catalog.documents.get(document)
    return known.period.to or known.period.from_ if known is not None else 2025


def boundary(built: BuiltNorm, catalog: Catalog) -> list[tuple[str, Outcome]]:
    """List values on both sides of a norm's boundary, with the outcomes they must have.

    Empty where the norm has no fixed numeric boundary.
    """
    record = built.record
    item = catalog.vocabulary.items.get(built.measure or "")
    if isinstance(record.threshold, bool) and item is not None:
        yes, no = say("是", "yes"), say("否", "no")
        good, bad = (yes, no) if record.threshold else (no, yes)
        return [(good, Outcome.COMPLIANT), (bad, Outcome.VIOLATION)]
    if isinstance(built.norm, Changes) or not isinstance(record.threshold, float):
        return []
    whole = isinstance(item, Item) and item.type is ItemType.INTEGER
    step = 1.0 if whole else _step(record.threshold)
    low, inside = record.threshold, Outcome.COMPLIANT
    outside = Outcome.VIOLATION
    match record.comparator:
        case Comparator.AT_LEAST:
            pairs = [(low, inside), (low - step, outside)]
        case Comparator.MORE_THAN:
            pairs = [(low + step, inside), (low, outside)]
        case Comparator.AT_MOST:
            pairs = [(low, inside), (low + step, outside)]
        case Comparator.LESS_THAN:
            pairs = [(low - step, inside), (low, outside)]
        case Comparator.EQUAL:
            pairs = [(low - step, outside), (low, inside), (low + step, outside)]
        case _:
            high = record.upper if record.upper is not None else low
            pairs = [
                (low - step, outside),
                (low, inside),
                (high, inside),
                (high + step, outside),
            ]
    return [(f"{value:.10g}", outcome) for value, outcome in pairs]


def _step(threshold: float) -> float:
    """Take the smallest step a printed value shows: a tenth for whole numbers."""
    decimals = len(f"{threshold:.10g}".partition(".")[2])
    return 10.0 ** -max(decimals, 1)


def _write(outline: Outline, built: BuiltNorm, level: Level, year: int, catalog: Catalog) -> str:
    chinese = language() is Language.ZH
    measure = built.measure
    name = ""
    if measure is not None:
        known = catalog.vocabulary.measure(measure)
        name = known.name if chinese else known.slug
    examples = boundary(built, catalog)
    lines = _heading(outline, level, chinese=chinese)
    if examples and name:
        lines += _outline_scenario(name, level, year, examples, chinese=chinese)
    else:
        lines += _open_scenario(level, year, chinese=chinese)
    return "\n".join(lines) + "\n"


def _heading(outline: Outline, level: Level, *, chinese: bool) -> list[str]:
    if chinese:
        condition = [f"      而且 仅限 {outline.condition}"] if outline.condition else []
        return [
            "# language: zh-CN",
            f"功能: {outline.title}",
            "  背景:",
            f'    假如 依据文件"{outline.document}"',
            "",
            f"  @{outline.slug}",
            f"  规则: {outline.title}",
            "    背景:",
            f'      假如 出处"{outline.place}"',
            f'      而且 考核对象是"{level.zh}"',
            *condition,
            f"      而且 {outline.timing}",
            f"      那么 {outline.norm}",
        ]
    condition = [f"      And only where {outline.condition}"] if outline.condition else []
    return [
        "# language: en",
        f"Feature: {outline.title}",
        "  Background:",
        f'    Given the document "{outline.document}"',
        "",
        f"  @{outline.slug}",
        f"  Rule: {outline.title}",
        "    Background:",
        f'      Given cited at "{outline.place}"',
        f'      And the subjects are "{level.value}"',
        *condition,
        f"      And {outline.timing}",
        f"      Then {outline.norm}",
    ]


def _outline_scenario(
    name: str,
    level: Level,
    year: int,
    examples: Sequence[tuple[str, Outcome]],
    *,
    chinese: bool,
) -> list[str]:
    if chinese:
        rows = [("值", "结论"), *((value, outcome.zh) for value, outcome in examples)]
        lines = [
            "    场景大纲: 界线",
            f"      假如 某{level.zh}的 {name} 是 <值>",
            f"      当 在{year}年考核",
            '      那么 结论是"<结论>"',
            "      例子:",
        ]
    else:
        spoken = [(value, outcome.value.replace("_", " ")) for value, outcome in examples]
        rows = [("value", "outcome"), *spoken]
        lines = [
            "    Scenario Outline: boundary",
            f"      Given a {level.value} whose {name} is <value>",
            f"      When judged in {year}",
            '      Then the outcome is "<outcome>"',
            "      Examples:",
        ]
    return [*lines, *(f"        | {value} | {outcome} |" for value, outcome in rows)]


def _open_scenario(level: Level, year: int, *, chinese: bool) -> list[str]:
    """Leave the facts to the writer: the scenario fails until they are filled in."""
    if chinese:
        return [
            "    场景: 界线（请填数据项和值）",
            f"      假如 某{level.zh}的 数据项 是 值",
            f"      当 在{year}年考核",
            '      那么 结论是"达标"',
        ]
    return [
        "    Scenario: boundary (fill in item and value)",
        f"      Given a {level.value} whose item is value",
        f"      When judged in {year}",
        '      Then the outcome is "compliant"',
    ]
