"""What matters first: hard and due before the rest, what many fail before what one fails."""

from dataclasses import replace

from dabiao.reports.priorities import open_findings, priorities
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding
from dabiao.schemas.importance import place_in_document
from dabiao.schemas.outcome import Outcome
from tests.reports.sample import finding, pupils


def told(
    rule: str,
    failing: int,
    judged: int,
    outcome: Outcome = Outcome.VIOLATION,
    gap: float = 1.0,
    *,
    aspiration: bool = False,
    places: tuple[str, ...] = ("第一章",),
) -> list[Finding]:
    """Make findings of a rule, of which some fail."""
    return [
        finding(
            rule,
            rule,
            pupils(number),
            outcome if number <= failing else Outcome.COMPLIANT,
            10 - gap,
            Comparator.AT_LEAST,
            10.0,
            gap=gap if number <= failing else None,
            aspiration=aspiration,
            places=places,
        )
        for number in range(1, judged + 1)
    ]


def order(*rules: list[Finding]) -> list[str]:
    """Give the rules in the order in which they matter."""
    ranked = priorities([each for rule in rules for each in rule])
    return [priority.example.title for priority in ranked]


def test_hard_before_aspirations() -> None:
    """What is only striven for stands behind what is demanded, however many fail it."""
    assert order(told("a", 9, 9, aspiration=True), told("b", 1, 9)) == ["b", "a"]


def test_due_before_what_is_not_due() -> None:
    """What is behind stands after what is missed."""
    assert order(told("a", 9, 9, Outcome.BEHIND), told("b", 1, 9)) == ["b", "a"]


def test_the_larger_share_first() -> None:
    """Half of the subjects weigh more than a tenth of them."""
    assert order(told("a", 2, 20), told("b", 10, 20)) == ["b", "a"]


def test_one_of_one_is_no_plague() -> None:
    """A rule that half of many fail matters more than one whose only subject fails it."""
    assert order(told("a", 1, 1), told("b", 10, 20)) == ["b", "a"]


def test_what_is_level_is_told_apart_by_its_gap() -> None:
    """Of two rules failed by as many, the one missed by more comes first, not the one spelt so."""
    assert order(told("a", 1, 1, gap=1.0), told("b", 1, 1, gap=9.0)) == ["b", "a"]


def test_what_a_document_says_often_matters_more() -> None:
    """Then how often the document says it, and where it stands in the document."""
    often = told("c", 1, 1, places=("第九章", "表1"))
    late, early = told("a", 1, 1, places=("第十一章",)), told("b", 1, 1, places=("第二章",))

    assert order(late, early, often) == ["c", "b", "a"]


def test_subjects_that_do_not_apply_are_left_out() -> None:
    """The share is of those whom the rule was judged for."""
    apart = finding("a", "a", pupils(9), Outcome.NOT_APPLICABLE)
    (only,) = priorities([*told("a", 1, 2), apart])

    assert (len(only.findings), only.judged) == (1, 2)


def test_places_are_read_in_either_numerals() -> None:
    """A place without a number stands first."""
    for place, numbers in (("第十二章，表3", (12.0, 3.0)), ("序言", ()), ("", ())):
        assert place_in_document([place] if place else []) == numbers


def test_a_ledger_lists_what_a_page_lists_first() -> None:
    """A commitment that many fail stands before a wider gap of one, and the last year first."""
    many, one = told("many", 5, 9, gap=1), told("one", 1, 9, gap=9)
    before = [replace(each, year=each.year - 1) for each in one]

    listed = open_findings([*before, *one, *many], lambda _: None)

    year = many[0].year
    assert [(each.title, each.year) for each in listed] == [
        *[("many", year)] * 5,
        ("one", year),
        ("one", year - 1),
    ]
