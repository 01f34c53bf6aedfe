"""Bind the sentences of the rule language to pytest-bdd.

The same functions that read a rule run its scenarios here; this file only hands them over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import pytest
from _pytest.fixtures import FixtureManager
from pytest_bdd import given, then, when
from pytest_bdd.compat import get_fixture_names
from pytest_bdd.gherkin_parser import DataTable
from pytest_bdd.parser import Feature, Scenario, render_string
from pytest_bdd.parsers import StepParser
from pytest_bdd.steps import StepNamePrefix

from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.language.draft import Draft, FeaturePlace, Phrase, StepRow, StepTable
from dabiao.rules.language.scenario import Judged
from dabiao.rules.language.scenario import Scenario as Case
from dabiao.rules.packs.pack import read_pack
from dabiao.rules.packs.rule_from_draft import build_rule
from dabiao.rules.sentences import SentenceKind, find
from dabiao.schemas.facts import Facts
from dabiao.schemas.problem import Problem

NOWHERE = FeaturePlace("", 0, 0)
COLLECTED = pytest.StashKey[int]()


def with_values(table: DataTable, values: Mapping[str, object]) -> DataTable:
    """Put values of an example into a table, and copy nothing but what changes.

    pytest-bdd copies the whole of it, with its places, which takes as long as all the rest.
    """
    rows = [
        replace(
            row,
            cells=[replace(each, value=render_string(each.value, values)) for each in row.cells],
        )
        for row in table.rows
    ]
    return replace(table, rows=rows)


def names_of_steps(fixturemanager: FixtureManager) -> list[str]:
    """Name the fixtures that are steps; pytest-bdd asks all fixtures of the suite at each step."""
    every = get_fixture_names(fixturemanager)
    return [name for name in every if name.startswith(StepNamePrefix.step_def.value)]


vars(import_module("pytest_bdd.parser"))["Step"].render_datatable = staticmethod(with_values)
vars(import_module("pytest_bdd.scenario"))["get_fixture_names"] = names_of_steps


class AnySentence(StepParser):
    """Recognises every sentence of the language that stands behind one Gherkin word."""

    def is_matching(self, name: str) -> bool:
        """Ask the table of sentences."""
        return find(name, self.name) is not None

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """Hand the whole text on; the sentence itself takes it apart."""
        return {"text": name}


@dataclass
class Stage:
    """A scenario on its way through pytest-bdd."""

    catalog: Catalog
    draft: Draft
    below_rule: bool

    def play(self, text: str, word: str, cells: list[list[str]] | None) -> None:
        """Carry out one step."""
        sentence = find(text, word)
        assert sentence is not None
        if self.draft.scenario is None and sentence.kind not in (
            SentenceKind.DEFINITION,
            SentenceKind.NORM,
        ):
            self._begin()
        table: StepTable | None = _table(cells) if cells is not None else None
        sentence.apply(self.draft, Phrase(text, NOWHERE), table)
        assert not self.draft.problems, [str(each) for each in self.draft.problems]

    def _begin(self) -> None:
        """Build the rule that the background has told, and begin the facts."""
        problems: list[Problem] = []
        rule = None
        if self.below_rule:
            whole = self.catalog
            rule = build_rule(
                self.draft, whole.documents, whole.places, whole.vocabulary, problems.append
            )
            assert rule is not None, [str(each) for each in problems]
            read = whole.rules[rule.id]
            told = replace(
                rule,
                file=read.file,
                line=read.line,
                description=read.description,
                contradicts=read.contradicts,
                governors=read.governors,
                group=read.group,
                token=read.token,
                replaced_by=read.replaced_by,
            )
            assert told == read, "the background means something else here than when it is read"
        self.draft.scenario = Case(self.catalog, rule, judge_columnar)


def judge_columnar(catalog: Catalog, facts: Facts, year: int) -> Judged:
    """Judge for one year; no background of the engine matters here."""
    return judge(catalog, facts, as_of=year, engine=EngineChoice.COLUMNAR)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Count the scenarios before any are deselected; one test of that module is none."""
    names = [item.nodeid for item in items]
    config.stash[COLLECTED] = sum("test_features.py::" in name for name in names) - 1


@pytest.fixture(scope="session")
def scenarios_collected(request: pytest.FixtureRequest) -> int:
    """Tell how many tests pytest-bdd made."""
    return request.config.stash[COLLECTED]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Read the built-in pack once."""
    return read_pack([built_in()])


@pytest.fixture(scope="session")
def called(catalog: Catalog) -> dict[str, list[Rule]]:
    """Sort the rules by their titles."""
    found: dict[str, list[Rule]] = {}
    for rule in catalog:
        found.setdefault(rule.title, []).append(rule)
    return found


@pytest.fixture
def stage(catalog: Catalog) -> Stage:
    """Begin with nothing said."""
    return Stage(catalog, Draft("", Phrase("", NOWHERE)), below_rule=False)


def pytest_bdd_before_scenario(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario
) -> None:
    """Give the stage the headings, which are not steps."""
    stage: Stage = request.getfixturevalue("stage")
    stage.draft.tags = [Phrase(f"@{tag}", NOWHERE) for tag in sorted(feature.tags)]
    if scenario.rule is not None:
        stage.below_rule = True
        called: dict[str, list[Rule]] = request.getfixturevalue("called")
        slugs = {
            rule.id.partition("/")[2]
            for rule in called.get(scenario.rule.name, ())
            if feature.filename.endswith(rule.file)
        }
        written = sorted(scenario.rule.tags, key=lambda tag: (tag not in slugs, tag))
        tags = [Phrase(f"@{tag}", NOWHERE) for tag in written]
        stage.draft = stage.draft.inherit(Phrase(scenario.rule.name, NOWHERE), "", tags)


@given(AnySentence("given"))
def _given(stage: Stage, text: str, datatable: list[list[str]] | None = None) -> None:
    stage.play(text, "given", datatable)


@when(AnySentence("when"))
def _when(stage: Stage, text: str, datatable: list[list[str]] | None = None) -> None:
    stage.play(text, "when", datatable)


@then(AnySentence("then"))
def _then(stage: Stage, text: str, datatable: list[list[str]] | None = None) -> None:
    stage.play(text, "then", datatable)


def pytest_bdd_apply_tag(tag: str, function: Any) -> bool:  # noqa: ANN401, ARG001 - the hook's shape
    """Keep tags of features out of pytest's marks: they are names of rules and topics."""
    return True


def _table(cells: list[list[str]]) -> StepTable:
    """Make a table of what pytest-bdd gives, which knows no places."""
    header = [Phrase(cell, NOWHERE) for cell in cells[0]]
    rows = [
        StepRow(
            {name: Phrase(cell, NOWHERE) for name, cell in zip(cells[0], row, strict=True)},
            NOWHERE,
            header,
        )
        for row in cells[1:]
    ]
    return StepTable(header, rows)
