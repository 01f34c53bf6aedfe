"""Groups: which rules state one target, and by which of them it is counted."""

from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.rules.analysis.conflicts import find_conflicts
from dabiao.rules.analysis.groups import groups, is_token
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Compares, Norm
from dabiao.rules.catalog.selection import Wanted, select
from dabiao.rules.formulas.formula import Number, Text, Truth
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from tests.engine.builders import OPEN, STAGE, A, B, C, at_least, document, pack, rule
from tests.rules.packs import RULES, write_pack

UNDER = replace(document("under"), under=("plan",))


def grouped(*rules: Rule) -> dict[str, str]:
    """Give the groups of some rules."""
    catalog = pack(*rules)
    return dict(groups(find_conflicts(catalog), catalog))


def twins(one: Rule, other: Rule) -> tuple[Rule, Rule]:
    """Let two rules say of one another that they disagree."""
    return replace(one, contradicts=(other.id,)), replace(other, contradicts=(one.id,))


def test_what_two_documents_demand_alike_counts_by_the_higher() -> None:
    """However their ids are sorted."""
    here, there = rule(at_least(5), slug="z"), rule(at_least(5), slug="a", document=UNDER)

    assert grouped(here, there) == {"plan/z": "plan/z", "under/a": "plan/z"}


def test_a_stricter_rule_is_a_target_of_its_own() -> None:
    """Unless the two say that they disagree, in which case it is the one to count by."""
    one, other = rule(at_least(5), slug="one"), rule(at_least(6), slug="two")
    catalog = pack(*twins(one, other))

    assert grouped(one, other) == {}
    assert dict(groups(find_conflicts(catalog), catalog)) == dict.fromkeys(
        ("plan/one", "plan/two"), "plan/one"
    )


def test_a_duty_counts_before_an_aspiration() -> None:
    """The one that is only striven for is a member all the same."""
    hoped = replace(rule(at_least(5, A), slug="a"), aspiration=True)
    duty = rule(at_least(5, B), slug="b")

    assert grouped(*twins(hoped, duty)) == {"plan/a": "plan/b", "plan/b": "plan/b"}


@pytest.mark.parametrize("other", [{"level": Level.COUNTY}, {"condition": OPEN}])
def test_other_subjects_are_other_targets(other: dict[str, object]) -> None:
    """Of other schools, or of counties, it is not the same shortfall."""
    one = rule(at_least(5), slug="one", level=Level.SCHOOL)
    two = replace(rule(at_least(5), slug="two", level=Level.SCHOOL), **other)  # type: ignore[arg-type]

    assert grouped(one, two) == {}


def test_a_sum_that_disagrees_with_its_parts_does_not_make_them_one_target() -> None:
    """The parts say nothing of one another."""
    whole = replace(rule(at_least(9), slug="whole"), contradicts=("plan/b", "plan/c"))
    parts = (
        replace(rule(at_least(5, value), slug=slug), contradicts=("plan/whole",))
        for value, slug in ((B, "b"), (C, "c"))
    )

    assert grouped(whole, *parts) == {}


@pytest.mark.parametrize(
    ("norm", "token"),
    [
        (Compares(OPEN, Comparator.EQUAL, Truth(value=True)), True),
        (Compares(STAGE, Comparator.EQUAL, Text("小学")), True),
        (Compares(A, Comparator.MORE_THAN, Number(0.0)), True),
        (Compares(B, Comparator.AT_LEAST, Number(1.0)), True),
        (Compares(A, Comparator.AT_LEAST, Number(1.0)), False),
        (Compares(B, Comparator.AT_LEAST, Number(2.0)), False),
        (Compares(A, Comparator.MORE_THAN, Number(1.0)), False),
    ],
    ids=["yes", "category", "any", "one counted", "one measured", "two", "more than one"],
)
def test_a_token_asks_whether_a_quantity_how_much(norm: Norm, *, token: bool) -> None:
    """One of things that are counted is whether there is any."""
    catalog = pack(rule(norm))

    assert is_token(catalog.rules["plan/r"], catalog.vocabulary) is token


def test_rules_are_chosen_by_whether_they_are_tokens() -> None:
    """Or both, where nobody says which."""
    catalog = pack(rule(at_least(5), slug="much"), replace(rule(at_least(5)), token=True))

    chosen = [select(catalog, Wanted(tokens=each)) for each in (True, False, None)]
    assert chosen == [["plan/r"], ["plan/much"], ["plan/much", "plan/r"]]


def test_a_pack_knows_groups_and_tokens_once_it_is_read(tmp_path: Path) -> None:
    """And the record of a rule tells them."""
    once = RULES[RULES.index("  @rotation") : RULES.index("  @myopia")]
    again = once.replace("@rotation", "@rotation-again")
    catalog = read_pack([write_pack(tmp_path, rules=RULES + again)])

    record = catalog.rules["plan/rotation-again"].record()
    assert (record.group, record.token) == ("plan/rotation", False)
