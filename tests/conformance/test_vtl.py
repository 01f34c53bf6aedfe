"""A foreign engine comes to what the cases expect, wherever a rule can be said in its language."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from conformance.run import CASES
from tests.conformance.reading import expected, given
from tests.conformance.vtl import answered, asked

PYTHON = os.environ.get("DABIAO_VTL") or (sys.executable if find_spec("vtlengine") else None)


def questions() -> Iterator[tuple[str, str, dict[str, object]]]:
    """Say all plain rules of all cases."""
    for case in sorted(CASES.iterdir()):
        for rule, question in asked(*given(case.name), expected(case.name)):
            yield case.name, rule, question


def test_plain_rules_are_many() -> None:
    """A good part of the cases is plain, whether or not the engine is at hand."""
    assert len(list(questions())) >= 50


@pytest.mark.skipif(PYTHON is None, reason="DABIAO_VTL names no Python that has vtlengine")
def test_vtl_agrees() -> None:
    """Outcome and observed value of every finding."""
    assert PYTHON is not None
    told = list(questions())
    wrong: list[str] = []
    count = 0
    for (case, rule, _), rows in zip(
        told, answered(PYTHON, [each for _, _, each in told]), strict=True
    ):
        wanted = expected(case)
        for code, year, outcome, observed in rows:
            count += 1
            row = wanted[rule, code, str(year)]
            same = row["outcome"] == outcome
            if same and outcome != "missing":
                value = float(row["observed"])
                same = observed is not None and abs(observed - value) <= 1e-9 * max(1.0, abs(value))
            if not same:
                wrong.append(f"{case} {rule} {code} {year}: {outcome} {observed}, not {dict(row)}")
    assert wrong == [], "\n".join(wrong)
    print(f"{len(told)} rules, {count} findings, the same by vtlengine")  # noqa: T201
