"""Mutation: mutants that no example catches are named; those nobody could catch are told apart."""

from pathlib import Path

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.language.scenario import Judged
from dabiao.rules.packs.read import read
from dabiao.rules.proofs.mutate import Fate, MutantResult, mutate
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.rules.packs import RULES, WORDS, write_pack
from tests.rules.test_read import judged


def fates(folder: Path, rules: str) -> list[MutantResult]:
    """Mutate one pack."""
    return list(mutate(read([write_pack(folder, rules=rules)]), judged))


def test_examples_on_both_sides_kill_the_mutants_of_a_bound(tmp_path: Path) -> None:
    """44, 45 and 46 leave no other comparator and no other bound alive."""
    row = "        | 小学 | 45   | 达标   |\n"
    results = fates(tmp_path, RULES.replace(row, row + row.replace("45", "44")))

    bound = [each for each in results if each.change.startswith("班级人数 应")]
    assert len(bound) == 5
    assert {each.fate for each in bound} == {Fate.KILLED}


def test_a_missing_side_leaves_survivors(tmp_path: Path) -> None:
    """Without the example at 46, a bound of 46 could just as well be meant."""
    weak = RULES.replace("        | 小学 | 46   | 未达标 |\n", "").replace(
        "班级人数 是 48", "班级人数 是 60"
    )
    weak = weak.replace("      而且 差距是 3人\n", "")

    results = fates(tmp_path, weak)

    survivors = {each.change for each in results if each.fate is Fate.SURVIVED}
    assert "班级人数 应不高于 46人" in survivors
    assert "班级人数 应不低于 45人" not in survivors


def test_a_condition_dropped_is_caught_by_the_other_side(tmp_path: Path) -> None:
    """The example of a junior class is what proves that the rule is about primary classes."""
    weak = RULES.replace("        | 初中 | 46   | 不适用 |\n", "")

    results = fates(tmp_path, weak)

    assert any(
        each.fate is Fate.SURVIVED and each.change.startswith("去掉 仅限") for each in results
    )


def test_years_outside_the_document_are_equivalent(tmp_path: Path) -> None:
    """From 2021 or from 2020 is the same for a plan that begins in 2021."""
    results = fates(tmp_path, RULES)

    moved = {each.change: each.fate for each in results if each.rule == "plan/myopia"}
    assert moved["自2020年起"] is Fate.EQUIVALENT
    assert moved["自2022年起"] is not Fate.EQUIVALENT


def test_an_indicator_whose_scenario_fails_proves_nothing(tmp_path: Path) -> None:
    """What fails as it is would count as having found every mutant of the indicator."""
    wrong = WORDS.replace("| 40   | 4    | 10%   |", "| 40   | 4    | 11%   |")
    reading = read([write_pack(tmp_path, rules=RULES, words=wrong)])

    [failing] = [each for each in mutate(reading, judged) if each.rule == "rotation_rate"]

    assert failing.fate is Fate.FAILING
    assert "11%" in failing.change


def test_a_scenario_is_judged_once_for_a_rule_and_its_mutants(tmp_path: Path) -> None:
    """Facts are put together for a scenario, not for each of the rules that it tells apart."""
    reading = read([write_pack(tmp_path, rules=RULES)])
    judged_by: list[int] = []

    def counting(catalog: Catalog, facts: Facts, year: int) -> Judged:
        judged_by.append(len(catalog.rules))
        return judged(catalog, facts, year)

    results = list(mutate(reading, counting, rules={"plan/primary-class-size"}))

    own = [proof for proof in reading.proofs if proof.rule == "plan/primary-class-size"]
    assert len(judged_by) == len(own)
    assert judged_by[0] == 1 + sum(each.fate is not Fate.EQUIVALENT for each in results)


def test_what_expects_something_of_an_indicator_is_tried_first(tmp_path: Path) -> None:
    """No scenario that never looks at an indicator is judged where another kills its mutants."""
    outline = "  场景大纲: 交流比例的口径"
    given = "  场景: 教师\n    假如 某学校的 教师数 是 7\n"
    expected = "    当 在2025年考核\n    那么 教师数 是 7人\n\n"
    other = WORDS.replace(outline, f"{given}{expected}{outline}")
    reading = read([write_pack(tmp_path, rules=RULES, words=other)])
    teachers: list[float] = []

    def noting(catalog: Catalog, facts: Facts, year: int) -> Judged:
        teachers.extend(facts.levels[Level.SCHOOL].columns["teachers"].values)
        return judged(catalog, facts, year)

    results = mutate(reading, noting, rules={"plan/rotation"})

    assert {each.fate for each in results if each.rule == "rotation_rate"} == {Fate.KILLED}
    assert 7.0 not in teachers
