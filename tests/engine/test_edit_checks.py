"""Edit checks: a relation that surely does not hold is noted, and changes nothing else."""

from dataclasses import replace

import pytest

from dabiao.reports import wording
from dabiao.rules.catalog.edit_check import EditCheck
from dabiao.rules.formulas.formula import Below, Fold, Formula, Measured, Number, Relates, Relation
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.run import Note
from tests.engine.builders import A, B, Cell, Sub, at_least, county, judged, pack, rule, school

WITHIN = Relates(Relation.AT_MOST, A, B)


def check(
    relation: Formula = WITHIN,
    condition: Formula | None = None,
    *,
    levels: tuple[Level, ...] = (Level.COUNTY, Level.SCHOOL),
    unusual: bool = False,
) -> EditCheck:
    """Declare a relation of schools and counties."""
    return EditCheck(
        name="部分不超过整体",
        slug="part-within-whole",
        english="part within whole",
        levels=levels,
        relation=relation,
        condition=condition,
        unusual=unusual,
        definition="",
        file="x.feature",
        line=1,
    )


def notes(declared: EditCheck, *subjects: Sub) -> list[Note]:
    """Give the notes of one relation."""
    catalog = replace(pack(rule(at_least(5))), checks={declared.slug: declared})
    return [note for note in judged(catalog, *subjects).notes() if note.check is not None]


@pytest.mark.parametrize(
    ("part", "whole", "noted"),
    [(9, 9, 0), (10, 9, 1), (0, 0, 0), (10, None, 0), (None, 9, 0), (9 + 1e-10, 9, 0)],
    ids=["equal", "above", "nothing", "no whole", "no part", "dust"],
)
def test_a_relation_is_broken_only_where_it_is_surely_false(
    part: Cell, whole: Cell, noted: int
) -> None:
    """The bound itself holds, and what is missing leaves it open."""
    assert len(notes(check(), school(a=part, b=whole))) == noted


def test_a_note_names_values_and_cells() -> None:
    """Whoever reads it can go and look."""
    (note,) = notes(check(), school(a=10, b=9))

    assert (note.kind, note.subject, note.year) == ("impossible", "S1", 2025)
    assert (
        wording.note(note)
        == "名S1，2025年：项a为10人，项b为9人；应满足：项a不高于项b（部分不超过整体）"
    )
    assert note.measures == ("a", "b")
    assert [source.cell for source in note.sources] == ["E2", "F2"]


def test_a_note_speaks_english() -> None:
    """The same in the other language."""
    (note,) = notes(check(unusual=True), school(a=10, b=9))

    assert note.kind == "unusual"
    with speaking(Language.EN):
        assert "part within whole: usually" in wording.note(note)


@pytest.mark.parametrize(("b", "noted"), [(1, 1), (0, 0), (None, 0)])
def test_only_those_of_whom_the_condition_is_true(b: Cell, noted: int) -> None:
    """Where it is false or missing nothing is noted."""
    some = Relates(Relation.MORE, B, Number(0.0))
    declared = check(Relates(Relation.MORE, A, Number(0.0)), some)

    assert len(notes(declared, school(a=0, b=b))) == noted


def test_who_reported_nothing_of_it_is_not_told() -> None:
    """A county whose sums break a relation reported neither: its schools are told."""
    total = Measured("total")
    declared = check(Relates(Relation.AT_MOST, total, Number(10.0)))

    found = notes(declared, county(a=1), school("S1", total=11), school("S2", total=1))

    assert [note.subject for note in found] == ["S1"]


def test_a_relation_with_those_below() -> None:
    """Pupils, but every class is empty."""
    filled = Below(Fold.COUNT, Level.SCHOOL, None, Relates(Relation.MORE, B, Number(0.0)))
    declared = check(
        Relates(Relation.MORE, filled, Number(0.0)),
        Relates(Relation.MORE, A, Number(0.0)),
        levels=(Level.COUNTY,),
    )

    assert len(notes(declared, county(a=3), school(b=0))) == 1
    assert notes(declared, county(a=3), school(b=1)) == []
    assert notes(declared, county(a=3), school()) == []


def test_notes_change_no_outcome() -> None:
    """A note is not a verdict."""
    plain = pack(rule(at_least(5)))
    noted = replace(plain, checks={"x": check()})
    told = [
        list(judged(each, school(a=10, b=9)).findings(rule="plan/r")) for each in (plain, noted)
    ]

    assert told[0] == told[1]
