"""Plain rules in VTL, the language of official statistics, for an engine that is not ours.

A plain rule compares what its own subject reported in the year, by + − × ÷, 比例 and numbers, with
a bound that is written or reported, at any time. What it comes to is said once more in VTL 2, from
docs/judgement.md sections 2 and 4, and run by ``vtlengine``; it is compared with what
``conformance/`` expects. The engine runs in a Python of its own, named by DABIAO_VTL, as it wants
other versions of numpy than we do.
"""

import json
import math
import subprocess
from collections.abc import Iterator, Mapping
from typing import assert_never

from conformance.run import Findings
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, Within
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.facts import Facts
from dabiao.schemas.measure import Summation
from dabiao.schemas.rule import TimingKind

PROGRAM = """
import json, sys
import pandas
from vtlengine import run
asked = json.load(sys.stdin)
found = []
for each in asked:
    columns = [{"name": "code", "type": "String", "role": "Identifier", "nullable": False},
               {"name": "year", "type": "Integer", "role": "Identifier", "nullable": False}]
    columns += [{"name": name, "type": "Number", "role": "Measure", "nullable": True}
                for name in each["measures"]]
    data = pandas.DataFrame(each["rows"], columns=[one["name"] for one in columns])
    made = run(script=each["script"], datapoints={"F": data},
               data_structures={"datasets": [{"name": "F", "DataStructure": columns}]})["R"].data
    found.append([[str(row.code), int(row.year), str(row.verdict),
                   None if pandas.isna(row.observed) else float(row.observed)]
                  for row in made.itertuples()])
json.dump(found, sys.stdout)
"""


class NotPlainError(ValueError):
    """What is not said in VTL here."""


def number(value: float) -> str:
    """Write a number without an exponent."""
    return f"{value:.20f}".rstrip("0") + "0"


def text(of: f.Formula, catalog: Catalog) -> str:
    """Say a formula in VTL.

    Raises:
        NotPlainError: It looks at more than what the subject itself reported.
    """
    match of:
        case f.Number(value):
            return number(value)
        case f.Measured(slug):
            item = catalog.vocabulary.items.get(slug)
            if item is None or not item.type.numeric or item.summation is Summation.SUM:
                raise NotPlainError(slug)
            return "m_" + slug.replace("-", "_")
        case f.Scale(operand, factor):
            return f"({text(operand, catalog)} * {number(factor)})"
        case f.Ratio(part, whole):
            a, b = text(part, catalog), text(whole, catalog)
            return f"(if {b} = 0.0 then null else 100.0 * {a} / {b})"
        case f.Calculation(operator, left, right):
            a, b = text(left, catalog), text(right, catalog)
            match operator:
                case f.Arithmetic.ADD | f.Arithmetic.SUBTRACT:
                    made = f"({a} {'+' if operator is f.Arithmetic.ADD else '-'} {b})"
                    dust = f"abs({made}) < 0.000000000001 * abs({a})"
                    return f"(if {dust} then 0.0 else {made})"
                case f.Arithmetic.MULTIPLY:
                    return f"({a} * {b})"
                case f.Arithmetic.DIVIDE:
                    return f"(if {b} = 0.0 then null else {a} / {b})"
                case _:
                    raise NotPlainError(operator)
        case _:
            raise NotPlainError(type(of).__name__)


def verdict(rule: Rule, catalog: Catalog) -> tuple[str, str]:
    """Give what a rule comes to, and what it observes, in VTL.

    Raises:
        NotPlainError: The rule is not plain.
    """
    timing = rule.timing
    plain = timing.kind is TimingKind.STANDING and timing.first is None
    more = (rule.condition, rule.decimals, rule.tolerance, rule.jurisdiction)
    if not plain or any(each is not None for each in more) or rule.stages or rule.superseded_by:
        raise NotPlainError(rule.id)
    norm = rule.norm
    if not isinstance(norm, Compares | Within):
        raise NotPlainError(rule.id)
    value = text(norm.value, catalog)
    edges = (norm.bound,) if isinstance(norm, Compares) else (norm.low, norm.high)
    if any(not isinstance(each, f.Number) for each in edges) and _has_best(norm.value, catalog):
        raise NotPlainError(rule.id)
    bounds = [text(each, catalog) for each in edges]
    near = [f"0.000000001 * abs({each})" for each in bounds]
    lacking = " or ".join(f"isnull({each})" for each in (value, *bounds) if "m_" in each)
    if isinstance(norm, Within):  # decided as soon as one of them is broken
        low = f"nvl({value} < {bounds[0]} - {near[0]}, false)"
        high = f"nvl({value} > {bounds[1]} + {near[1]}, false)"
        rest = f'if {lacking} then "missing" else "compliant"'
        return f'if {low} or {high} then "violation" else {rest}', value
    keeps = _keeps(norm.comparator, value, bounds[0], near[0])
    holds = f'if {keeps} then "compliant" else "violation"'
    return f'if {lacking} then "missing" else {holds}', value


def _keeps(comparator: Comparator, value: str, bound: str, near: str) -> str:
    match comparator:
        case Comparator.AT_LEAST:
            return f"{value} >= {bound} - {near}"
        case Comparator.MORE_THAN:
            return f"{value} > {bound} + {near}"
        case Comparator.AT_MOST:
            return f"{value} <= {bound} + {near}"
        case Comparator.LESS_THAN:
            return f"{value} < {bound} - {near}"
        case Comparator.EQUAL:
            return f"abs({value} - {bound}) <= {near}"
        case Comparator.BETWEEN:
            raise NotPlainError(comparator)
        case _:
            assert_never(comparator)


def _has_best(value: f.Formula, catalog: Catalog) -> bool:
    """Tell whether there may be a best value, which the page makes a rule of its own about."""
    items = catalog.vocabulary.items
    parts = {part.slug for part in f.walk(value) if isinstance(part, f.Measured)}
    ends = (end for slug in parts if slug in items for end in items[slug].bounds)
    return any(map(math.isfinite, ends)) or any(isinstance(part, f.Ratio) for part in f.walk(value))


def figures(facts: Facts, rule: Rule) -> Mapping[tuple[str, int], dict[str, float]]:
    """Give what was reported of each subject and year.

    Raises:
        NotPlainError: Cells cannot be used, or may mean several values, or subjects come and go.
    """
    found: dict[tuple[str, int], dict[str, float]] = {}
    table = facts.levels[rule.level]
    if table.lifetimes or any(each.unusable for each in table.columns.values()):
        raise NotPlainError(rule.id)
    for slug, column in table.columns.items():
        for row, value in enumerate(column.values.tolist()):
            if value == value:  # noqa: PLR0124 - it is not NaN
                key = (table.codes[int(table.subject[row])], int(table.year[row]))
                found.setdefault(key, {})["m_" + slug.replace("-", "_")] = value
    return found


def asked(
    catalog: Catalog, facts: Facts, expected: Findings
) -> Iterator[tuple[str, dict[str, object]]]:
    """Say all plain rules in VTL, each with the figures of those it is expected to judge."""
    for rule in catalog:
        try:
            (outcome, observed), known = verdict(rule, catalog), figures(facts, rule)
        except NotPlainError:
            continue
        keys = [
            (code, int(year))
            for (id_, code, year), row in expected.items()
            if id_ == rule.id and row["outcome"] != "not applicable"
        ]
        names = sorted({name for key in known for name in known[key]})
        if any(f"m_{slug.replace('-', '_')}" not in names for slug in _slugs(rule)):
            continue
        yield (
            rule.id,
            {
                "script": f"R <- F[calc verdict := {outcome}, observed := {observed}];",
                "measures": names,
                "rows": [
                    [code, year, *(known.get((code, year), {}).get(name) for name in names)]
                    for code, year in keys
                ],
            },
        )


def _slugs(rule: Rule) -> set[str]:
    norm = rule.norm
    assert isinstance(norm, Compares | Within)
    edges = (norm.bound,) if isinstance(norm, Compares) else (norm.low, norm.high)
    every = (part for each in (norm.value, *edges) for part in f.walk(each))
    return {part.slug for part in every if isinstance(part, f.Measured)}


Answer = list[tuple[str, int, str, float | None]]
"""Of each subject and year the outcome, and what was observed."""


def answered(python: str, questions: list[dict[str, object]]) -> list[Answer]:
    """Have vtlengine run them all."""
    ran = subprocess.run(
        [python, "-c", PROGRAM],
        input=json.dumps(questions),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    found: list[Answer] = json.loads(ran.stdout)
    return found
