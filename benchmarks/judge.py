"""How long a judgement takes: threshold rules over schools, on both engines.

Rules ask for a number against a bound, each for one stage of schooling and one in five with one
more condition; 120 items, one value in twenty missing. Facts are made in memory: reading files is
another matter.

    python benchmarks/judge.py                 100 x 1,000 and 300 x 20,000
    python benchmarks/judge.py 600x500000      rules x schools
"""

import argparse
import resource
import sys
import time

import numpy as np

from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import Both, Formula, Measured, Number, Relates, Relation, Text
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Document
from dabiao.schemas.facts import Column, Facts, LevelFacts, Origin, Standing
from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import NormRecord, Timing, TimingKind

ITEMS = 120
STAGES = ("幼儿园", "小学", "初中", "高中")
YEAR = 2025
SEED = 20251122
ORDERS = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE_THAN, Comparator.LESS_THAN)


def make_facts(schools: int, chance: np.random.Generator) -> Facts:
    """Make schools with a stage and 120 numbers each."""
    columns = {"stage": Column(chance.integers(0, 4, schools).astype(np.float64), STAGES)}
    for item in range(ITEMS):
        values = chance.normal(50, 15, schools).round(2)
        values[chance.random(schools) < 0.05] = np.nan
        columns[f"item_{item}"] = Column(values)
    codes = [f"{1506021000000 + number}" for number in range(schools)]
    table = LevelFacts(
        level=Level.SCHOOL,
        codes=codes,
        names=codes,
        parents=["150602"] * schools,
        standings=[Standing.REPORTED] * schools,
        subject=np.arange(schools, dtype=np.int32),
        year=np.full(schools, YEAR, np.int32),
        origin=np.zeros(schools, np.int32),
        number=np.arange(2, schools + 2, dtype=np.int32),
        columns=columns,
    )
    origin = Origin("schools.csv", None, dict.fromkeys(columns, "A"))
    return Facts({Level.SCHOOL: table}, [origin], [], [])


def make_catalog(rules: int, chance: np.random.Generator) -> Catalog:
    """Make rules over the items of ``make_facts``."""
    document = Document.model_validate(
        {"id": "plan", "title": "规划", "jurisdiction": "150602", "period": {"from": 2021}}
    )
    items = {
        f"item_{item}": Item(
            name=f"数据项{item}",
            slug=f"item_{item}",
            levels=(Level.SCHOOL,),
            unit="人",
            type=ItemType.NUMBER,
        )
        for item in range(ITEMS)
    }
    items["stage"] = Item(
        name="学段", slug="stage", levels=(Level.SCHOOL,), type=ItemType.CATEGORY, options=STAGES
    )
    made = [_rule(number, document, chance) for number in range(rules)]
    vocabulary = Vocabulary(items, {}, {}, {item.name: slug for slug, item in items.items()})
    return Catalog({"plan": document}, {}, vocabulary, {rule.id: rule for rule in made})


def _rule(number: int, document: Document, chance: np.random.Generator) -> Rule:
    stage = Text(STAGES[number % len(STAGES)])
    condition: Formula = Relates(Relation.EQUAL, Measured("stage"), stage)
    if number % 5 == 0:
        other = Measured(f"item_{chance.integers(ITEMS)}")
        condition = Both(condition, Relates(Relation.MORE, other, Number(40.0)))
    slug = f"item_{chance.integers(ITEMS)}"
    bound = Number(float(chance.integers(30, 70)))
    return Rule(
        id=f"plan/rule-{number:04}",
        title=f"规则{number}",
        description="",
        document=document,
        places=("第一条",),
        area=None,
        level=Level.SCHOOL,
        condition=condition,
        condition_text="条件",
        norm=Compares(Measured(slug), ORDERS[number % len(ORDERS)], bound),
        norm_text="要求",
        unit="人",
        measure=slug,
        timing=Timing(kind=TimingKind.STANDING),
        baseline=None,
        decimals=None,
        units=Units(),
        contradicts=(),
        aspiration=False,
        tags=frozenset(),
        file="plan.feature",
        line=1,
        norm_record=NormRecord(text="要求", kind="compares", measure=slug),
    )


def megabytes() -> float:
    """Give the most memory the process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def run(rules: int, schools: int, engine: EngineChoice) -> None:
    """Judge once and print what it took."""
    chance = np.random.default_rng(SEED)
    facts, catalog = make_facts(schools, chance), make_catalog(rules, chance)
    before, began = megabytes(), time.process_time()
    judgement = judge(catalog, facts, engine=engine)
    spent = time.process_time() - began
    summary = judgement.summary()
    began = time.process_time()
    violations = sum(
        1 for _, _ in zip(judgement.findings([Outcome.VIOLATION]), range(1000), strict=False)
    )
    told = time.process_time() - began
    print(
        f"{engine:9} {rules:4} rules x {schools:7,} schools: {sum(summary.values()):11,} findings,"
        f" {spent:7.3f} CPU s, {megabytes() - before:5.0f} MB above the facts;"
        f" {violations} violations told in {told:.3f} s"
    )


def main() -> None:
    """Read the sizes and run them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=["100x1000", "300x20000"])
    parser.add_argument("--engine", choices=("columnar", "durable"))
    arguments = parser.parse_args()
    for size in arguments.sizes:
        rules, schools = (int(number) for number in size.split("x"))
        few = rules * schools <= 200_000
        engines = [arguments.engine] if arguments.engine else ["columnar", *["durable"] * few]
        for engine in engines:
            run(rules, schools, EngineChoice(engine))


if __name__ == "__main__":
    main()
