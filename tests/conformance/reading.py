"""The cases of conformance/, read: rules, facts, and what is expected. Knows no engine."""

from functools import cache

from conformance.run import CASES, Findings, read
from dabiao.intake import read_facts
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.read import read as read_pack
from dabiao.schemas.facts import Facts


@cache
def given(name: str) -> tuple[Catalog, Facts]:
    """Read the rules and the facts of a folder."""
    reading = read_pack([CASES / name / "rules"])
    assert reading.errors == []
    words = reading.catalog.vocabulary
    measures = words.measures
    return reading.catalog, read_facts([CASES / name / "facts"], measures, reading.catalog.places)


def expected(name: str) -> Findings:
    """Read what is expected of a folder."""
    return read((CASES / name / "expected.csv").read_text("utf-8"))
