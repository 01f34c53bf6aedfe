"""Who is judged, and where they lie: section 1 of docs/judgement.md."""

from dataclasses import replace

import pytest

from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.reports import wording
from dabiao.rules.catalog.selection import NamesByCode
from dabiao.rules.formulas.formula import Ranking
from dabiao.schemas.divisions import leading
from dabiao.schemas.document import Units
from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.subject import Place
from tests.engine import builders
from tests.engine.builders import (
    A,
    Sub,
    at_least,
    county,
    judged,
    outcomes,
    pack,
    rule,
    school,
    submit,
    years,
)

PLACES = (
    Place(code="150000", name="内蒙古自治区", level=Level.REGION),
    Place(code="150600", name="鄂尔多斯市", level=Level.PREFECTURE, parent="150000"),
    Place(code="150602", name="东胜区", level=Level.COUNTY, parent="150600"),
    Place(code="NEWTOWN", name="新区", level=Level.COUNTY, parent="150600"),
)


def test_names_are_looked_up_where_they_stand() -> None:
    """Whoever has a row goes by the name there, and places by their own, all of them or one."""
    facts = submit(county("150602"), school("1506020001", "150602")).facts()
    names = NamesByCode(facts, pack(places=PLACES))
    asked = ("150600", "150602", "1506020001", "15060", "x")

    found = [names.get(code) for code in asked]
    assert found == ["鄂尔多斯市", "名150602", "名1506020001", None, None]
    assert dict(names) == {code: names[code] for code in names}
    assert len(names) == len(PLACES) + 1


def parents(*subjects: Sub, jurisdiction: str | None = None) -> tuple[str, ...]:
    """Give what lies above the last subject."""
    document = builders.document(jurisdiction=jurisdiction)
    catalog = pack(rule(at_least(1), document=document), places=PLACES)
    judgement = judged(catalog, *subjects)
    hierarchy = judgement.evaluator.frames.hierarchy
    for level, tier in hierarchy.tiers.items():
        every = [hierarchy.parents(level, at) for at in range(len(tier))]
        assert list(hierarchy.every_parents(level)) == every
    return next(judgement.findings(subject=subjects[-1].code)).subject.parents


def test_codes_lead_to_places() -> None:
    """The first six digits of a code name a county, a prefecture and a region."""
    assert list(leading("1506020010")) == ["150602", "150600", "150000"]
    assert list(leading("150600")) == ["150000"]
    assert list(leading("A15060")) == []


def test_submitted_parent_comes_first() -> None:
    """What was submitted counts more than what a code looks like; the rest follows from there."""
    assert parents(county("150621"), school("1506020010", "150621", a=1)) == (
        "150000",
        "150600",
        "150621",
    )


def test_parents_of_parents_are_followed() -> None:
    """A class lies in its school, and in whatever that lies in."""
    inner = Sub(Level.CLASS, "C1", "S1", {2025: {"a": 1}})
    catalog = pack(rule(at_least(1), level=Level.CLASS), places=PLACES)

    judgement = judged(catalog, county(), school("S1", a=1), inner)

    (finding,) = judgement.findings(rule="plan/r")
    assert finding.subject.parents == ("150000", "150600", "150602", "S1")


def test_places_come_before_digits() -> None:
    """A place of the pack lies where the pack says."""
    assert parents(school("S1", "NEWTOWN", a=1)) == ("150000", "150600", "NEWTOWN")


def test_digits_are_followed_where_nothing_was_submitted() -> None:
    """Only to places somebody knows: a school code is not a county because it has digits."""
    assert parents(school("1506020010", None, a=1)) == ("150000", "150600", "150602")
    assert parents(school("1506990010", None, a=1)) == ("150000", "150600")
    assert parents(school("9999990010", None, a=1)) == ()


def test_jurisdiction_is_known_without_places() -> None:
    """The place a document speaks of need not stand in a list."""
    document = builders.document(jurisdiction="330100")
    catalog = pack(rule(at_least(1), document=document))

    found = outcomes(judged(catalog, school("3301020010", None, a=1), school("S2", None, a=1)))

    assert found == {"3301020010": Outcome.COMPLIANT}


@pytest.mark.parametrize(
    ("area", "expected"),
    [(None, {"S1", "S2", "S3"}), ("150600", {"S1", "S2"}), ("150602", {"S1"}), ("150621", {"S2"})],
)
def test_rules_speak_of_their_area(area: str | None, expected: set[str]) -> None:
    """A document without a jurisdiction speaks of every place."""
    catalog = pack(rule(at_least(1), area=area), places=PLACES)
    everywhere = (
        county("150602"),
        county("150621"),
        school("S1", "150602", a=1),
        school("S2", "150621", a=1),
        school("S3", None, a=1),
    )

    assert set(outcomes(judged(catalog, *everywhere))) == expected


def test_jurisdiction_itself_is_judged() -> None:
    """A rule about counties judges the county that is its area."""
    catalog = pack(rule(at_least(1), level=Level.COUNTY, area="150602"), places=PLACES)

    found = outcomes(judged(catalog, county("150602", a=1), county("150621", a=1)))

    assert found == {"150602": Outcome.COMPLIANT}


def test_every_known_subject_gets_a_finding() -> None:
    """Whether it has a row in another year, stands in the roster, or was only named."""
    catalog = pack(rule(at_least(1)), rule(at_least(1), "named", Level.COUNTY))
    facts = (county(), years("S1", y2024=5), school("S2"), school("S3", a=2))

    judgement = judged(catalog, *facts)

    assert outcomes(judgement) == {
        "S1": Outcome.MISSING,
        "S2": Outcome.MISSING,
        "S3": Outcome.COMPLIANT,
    }
    assert outcomes(judgement, "plan/named") == {"150602": Outcome.MISSING}


def test_mere_places_are_not_judged() -> None:
    """Places found by digits or in the pack give parents, not subjects."""
    catalog = pack(rule(at_least(1), level=Level.COUNTY), places=PLACES)

    assert outcomes(judged(catalog, school("1506020010", None, a=1))) == {}


def test_unplaced_subjects_are_noted() -> None:
    """Where a rule asks for the place, a subject that has none is not left out silently."""
    document = builders.document(jurisdiction="150600")
    catalog = pack(rule(at_least(1), document=document), places=PLACES)

    judgement = judged(catalog, county(), school("S1", a=1), school("S2", None, a=1))

    assert [(note.kind, note.subject) for note in judgement.notes()] == [("unplaced", "S2")]
    everywhere = pack(rule(at_least(1)), places=PLACES)
    assert judged(everywhere, school("S2", None, a=1)).notes() == []


def test_parents_stand_above() -> None:
    """A code of the same level or a lower one is no parent."""
    odd = Sub(Level.COUNTY, "150602", "S1", {2025: {"a": 1}}, Standing.REPORTED)
    facts = submit(odd, school("S1", a=1)).facts()

    hierarchy = Hierarchy(facts, {}, [])

    assert hierarchy.parents(Level.COUNTY, 0) == ()
    assert hierarchy.parents(Level.SCHOOL, 0) == ("150602",)


def test_school_with_the_code_of_a_place() -> None:
    """A code used twice does not take the place away from the document that speaks of it."""
    document = builders.document(jurisdiction="150602")
    catalog = pack(rule(at_least(1), document=document), places=PLACES)
    twins = (school("150602", None, a=1), school("S2", "150602", a=1))

    assert set(outcomes(judged(catalog, *twins))) == {"150602", "S2"}


def test_a_class_of_a_school_that_lies_nowhere() -> None:
    """Its own code tells the county, and so the rules of the county's prefecture judge it."""
    document = builders.document(jurisdiction="150600")
    lost, own = school("S9", None, a=1), Sub(Level.CLASS, "1506020001001", "S9", {2025: {"a": 1}})
    other = Sub(Level.CLASS, "C2", "S9", {2025: {"a": 1}})
    catalog = pack(rule(at_least(1), level=Level.CLASS, document=document), places=PLACES)

    judgement = judged(catalog, lost, own, other)

    (finding,) = judgement.findings(rule="plan/r")
    assert finding.subject.code == "1506020001001"
    assert finding.subject.parents == ("150000", "150600", "150602", "S9")
    told = [(each.kind, each.level, each.count, each.subjects) for each in judgement.caveats()]
    assert told == [
        ("unplaced", Level.SCHOOL, 1, ("S9",)),
        ("unplaced", Level.CLASS, 1, ("C2",)),
    ]


def test_who_lies_outside_is_counted() -> None:
    """A school elsewhere is outside; who lies inside is not, nor anybody of a rule for all."""
    document = builders.document(jurisdiction="150602")
    catalog = pack(rule(at_least(1), document=document), places=PLACES)
    subjects = (school("S1", "150602", a=1), school("S2", "NEWTOWN", a=1))

    (caveat,) = judged(catalog, *subjects).caveats()
    assert (caveat.kind, caveat.level, caveat.subjects) == ("outside", Level.SCHOOL, ("S2",))
    everywhere = pack(rule(at_least(1)), places=PLACES)
    assert judged(everywhere, *subjects).caveats() == ()


def test_who_lies_in_the_region_alone_is_outside() -> None:
    """A rule about the region itself does not make up for a school that no other rule judges."""
    region, prefecture = (builders.document(jurisdiction=code) for code in ("150000", "150600"))
    rules = (
        rule(at_least(1), document=prefecture),
        rule(at_least(1), "above", level=Level.REGION, document=region),
    )
    judgement = judged(pack(*rules, places=PLACES), school("S1", "150602"), school("S2", "150000"))

    found = [(caveat.kind, caveat.subjects) for caveat in judgement.caveats()]
    assert ("outside", ("S2",)) in found


def test_nothing_applies_outside() -> None:
    """Where all lie outside, nothing is judged, and it is said why."""
    document = builders.document(jurisdiction="150602")
    catalog = pack(rule(at_least(1), document=document), places=PLACES)

    outside, nothing = judged(catalog, school("S2", "NEWTOWN", a=1)).caveats()
    assert (outside.kind, nothing.kind, nothing.count) == ("outside", "nothing-applied", 1)
    assert "的适用地区里没有这样的对象" in wording.caveat(nothing)


def test_nothing_applies_that_a_unit_answers_for() -> None:
    """It is said of a unit too, though rules of others were judged."""
    here, there = (builders.document(jurisdiction=code) for code in ("150602", "150603"))
    away = replace(rule(at_least(1), "away", document=there), units=Units(lead=("教育局",)))
    catalog = pack(rule(at_least(1), document=here), away, places=PLACES)
    judgement = judged(catalog, school("S1", "150602", a=1))

    assert judgement.caveats() == ()
    (nothing,) = judgement.caveats(judgement.excerpt(unit="教育局"))
    assert (nothing.kind, nothing.count) == ("nothing-applied", 1)


@pytest.mark.parametrize("places", [(), PLACES], ids=["by digits", "by places"])
def test_a_rank_in_a_place_that_only_codes_tell(places: tuple[Place, ...]) -> None:
    """Nobody has to be the county, nor to name it; who names what lies above it is not in it."""
    numbers = {"1506020001": 5, "1506020002": 9, "1506030001": 7, "S1": 8}
    ranked = rule(at_least(1, Ranking(A, Level.COUNTY)))
    schools = [school(code, None, a=number) for code, number in numbers.items()]
    schools += [school("1506020009", "150600", a=10), school("S2", "150603", a=6)]

    found = judged(pack(ranked, places=places), *schools).findings()

    assert [one.observed for one in found] == [2, 1, None, 1, None, 2]


def test_where_a_code_alone_tells_of_a_year() -> None:
    """A place that nothing else leads to is there in the year in which a subject lay in it."""
    facts = submit(school("1506210001", "150602", a=1)).facts()
    facts.levels[Level.SCHOOL].moves[0] = {2024: None, 2025: "150602"}
    there = Place(code="150621", name="达拉特旗", level=Level.COUNTY, parent="150600")
    places = {place.code: place for place in (*PLACES, there)}

    hierarchy = Hierarchy(facts, places, [])

    assert hierarchy.of(2024).parents(Level.SCHOOL, 0) == ("150000", "150600", "150621")
    assert hierarchy.of(2025).parents(Level.SCHOOL, 0) == ("150000", "150600", "150602")
    assert hierarchy.of(2024).ladder(Level.SCHOOL, Level.PREFECTURE).tolist() == [0]
