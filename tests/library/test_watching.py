"""Watching: at every moment as a fresh check would have it, and no verdict's change untold."""

import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dabiao.engine.judge import Judgement, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.intake import read_facts
from dabiao.intake.files import named_within
from dabiao.intake.rereading.kept_files import PATIENCE, KeptFiles
from dabiao.library.watching import Turn, Watch
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError
from tests.engine.builders import at_least, pack
from tests.engine.builders import rule as stated

CATALOG = pack(
    stated(at_least(5), "enough"),
    stated(at_least(3), "open", condition=Measured("open")),
    stated(at_least(20, Measured("total")), "sum", Level.COUNTY),
)
MEASURES = CATALOG.vocabulary.items
Key = tuple[str, str, int]
Grid = list[list[object]]
Lines = Sequence[tuple[int, int, object, object, bool]]
NAMES = ("150602/学校.csv", "150602.xlsx", "150603.xlsx", "150621/学校.csv", "学校.csv")
cells = st.one_of(st.integers(0, 9), st.none(), st.just("不详"))
rows = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from((2024, 2025)), cells, cells, st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[:2],
)


def table(county: str, lines: Lines) -> Grid:
    """Lay rows out as people send them."""
    head: list[object] = ["代码", "名称", "上级代码", "年份", "项a", "项total", "项open"]
    return [head] + [
        [f"{county}{n:04}", f"学校{n}", county, year, a, total, "是" if is_open else "否"]
        for n, year, a, total, is_open in lines
    ]


def content(name: str, county: str, lines: Lines) -> bytes:
    """Write a file of schools, and in a workbook a roster as well."""
    grid = table(county, lines)
    if name.endswith(".csv"):
        text = "\n".join(",".join("" if c is None else str(c) for c in row) for row in grid)
        return text.encode()
    book = openpyxl.Workbook()
    roster: Grid = [["代码", "名称", "层级"], [f"{county}0009", "新校", "学校"]]
    sheets: dict[str, Grid] = {"学校": grid, "名录": roster}
    for title, rows_ in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows_:
            sheet.append(row)
    del book["Sheet"]
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def outcomes(of: Judgement) -> dict[Key, Outcome]:
    """List what is concluded of whom."""
    places = tuple(Outcome)
    return {
        (rule_.id, of.excerpt().codes(rule_.level)[at], year): places[code]
        for rule_, year, who, found in of.excerpt().outcomes()
        for at, code in zip(who.tolist(), found.tolist(), strict=True)
    }


def same_facts(one: Facts, other: Facts) -> None:
    """Hold two readings to be one, to the last cell."""
    assert one.problems == other.problems
    assert one.notes == other.notes
    assert (one.files, one.origins) == (other.files, other.origins)
    assert one.levels.keys() == other.levels.keys()
    for level, table_ in one.levels.items():
        with_ = other.levels[level]
        assert (table_.codes, table_.names, table_.parents, table_.standings) == (
            with_.codes,
            with_.names,
            with_.parents,
            with_.standings,
        )
        assert table_.columns.keys() == with_.columns.keys()
        for slug, column in table_.columns.items():
            np.testing.assert_array_equal(column.values, with_.columns[slug].values)
            assert column.unusable == with_.columns[slug].unusable


class Watching(RuleBasedStateMachine):
    """Somebody saves, half saves, renames and deletes files, and somebody watches."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now = 1000.0
        self.told: dict[Key, Outcome] = {}
        self.watch = self.begin()

    def begin(self) -> Watch:
        """Begin to watch, as after a crash; what is concluded then is told at once."""
        kept = KeptFiles([str(self.folder)], MEASURES, CATALOG.places, clock=lambda: self.now)
        return Watch(CATALOG, sorted(CATALOG.rules), kept, as_of=2025)

    def look(self) -> Turn | None:
        """Look, and take down what is told."""
        first = self.watch.judgement is None
        turn = self.watch.look()
        if turn is None:
            return None
        if first and turn.judgement is not None:
            self.told = outcomes(turn.judgement)
        for change in turn.changes or ():
            was, now = change.outcomes
            key = (change.rule, change.subject, 2025)
            assert self.told.get(key) is (None if was is Outcome.NOT_APPLICABLE else was)
            assert change.causes
            self.told.pop(key, None)
            if now not in {None, Outcome.NOT_APPLICABLE}:
                self.told[key] = change.outcomes[1] or Outcome.MISSING
        return turn

    def put(self, name: str, data: bytes) -> None:
        """Save a file as programs do: beside it, then in its place, at another time."""
        target = self.folder / name
        target.parent.mkdir(exist_ok=True)
        part = target.with_name(f"~${target.name}")
        part.write_bytes(data)
        self.now += 10
        os.utime(part, (self.now, self.now))
        part.replace(target)

    @initialize(lines=rows)
    def start(self, lines: Lines) -> None:
        """Begin with one file."""
        self.put("学校.csv", content("学校.csv", "150602", lines))

    @rule(name=st.sampled_from(NAMES), lines=rows)
    def save(self, name: str, lines: Lines) -> None:
        """Save a file."""
        self.put(name, content(name, name[:6] if name[0] == "1" else "150602", lines))

    @precondition(lambda self: self.files())
    @rule(data=st.data(), share=st.floats(0.1, 0.9))
    def half_save(self, data: st.DataObject, share: float) -> None:
        """Leave half of a file behind."""
        path = data.draw(st.sampled_from(self.files()))
        whole = path.read_bytes()
        name = path.relative_to(self.folder).as_posix()
        self.put(name, whole[: int(len(whole) * share)])

    @precondition(lambda self: self.files())
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, name: str) -> None:
        """Give a file another name, perhaps that of another file."""
        path = data.draw(st.sampled_from(self.files()))
        target = self.folder / name
        if path.suffix == target.suffix and target.parent.is_dir():
            path.replace(target)

    @precondition(lambda self: self.files())
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete a file."""
        data.draw(st.sampled_from(self.files())).unlink()

    @rule()
    def lock(self) -> None:
        """Open a file in Excel, which leaves a file that is none."""
        (self.folder / "~$150602.xlsx").write_bytes(b"\0" * 165)
        (self.folder / "说明.txt").write_text("…", "utf-8")

    @rule()
    def glance(self) -> None:
        """Look at once, whatever is going on."""
        self.look()

    @rule()
    def crash(self) -> None:
        """End, and begin anew."""
        self.watch.close()
        self.watch = self.begin()

    def files(self) -> list[Path]:
        """List the files that are read."""
        return sorted(self.folder / name for name in NAMES if (self.folder / name).is_file())

    @invariant()
    def as_fresh(self) -> None:
        """Once nothing moves any more, all is as a fresh check has it."""
        self.look()
        for _ in range(2):
            self.now += PATIENCE
            self.look()
        assert self.watch.kept.waiting == ()
        try:
            facts = read_facts([str(self.folder)], MEASURES, CATALOG.places)
            facts = named_within(facts, [str(self.folder)])
        except InputError:
            return
        judgement = self.watch.judgement
        if 2025 not in facts.years() or judgement is None:
            return
        same_facts(judgement.facts, facts)
        fresh = judge(CATALOG, facts, as_of=2025)
        assert outcomes(fresh) == outcomes(judgement) == self.told
        assert list(fresh.findings()) == list(judgement.findings())

    def teardown(self) -> None:
        """Remove the folder."""
        self.watch.close()
        shutil.rmtree(self.folder)


Watching.TestCase.settings = settings(
    max_examples=8, stateful_step_count=10, suppress_health_check=list(HealthCheck)
)
TestWatching = Watching.TestCase


@pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used here")
def test_only_what_changed_is_told_to_the_engine(tmp_path: Path) -> None:
    """One cell of one school is one fact taken back and one asserted, and one file read."""
    for county, more in (("150602", 1), ("150603", 10)):
        lines = [(n, 2025, n + more, n, True) for n in range(1, 9)]
        (tmp_path / county).mkdir()
        (tmp_path / county / "学校.csv").write_bytes(content("学校.csv", county, lines))
    kept = KeptFiles([str(tmp_path)], MEASURES, CATALOG.places)
    watch = Watch(CATALOG, ["plan/enough"], kept)
    first = watch.look()
    assert first is not None
    before = watch.asserted

    path = tmp_path / "150603" / "学校.csv"
    path.write_bytes(path.read_bytes().replace(b"150603,2025,18", b"150603,2025, 1"))
    turn = watch.look()

    assert turn is not None
    assert turn.files == (str(path),)
    assert (watch.asserted - before, watch.retracted) == (1, 1)
    assert turn.changes is not None
    (change,) = turn.changes
    (cause,) = change.causes
    assert (change.subject, change.outcomes) == (
        "1506030008",
        (Outcome.COMPLIANT, Outcome.VIOLATION),
    )
    assert (cause.before, cause.after) == (18, 1)
    assert cause.source is not None
    assert (cause.source.file, cause.source.cell) == ("150603/学校.csv", "E9")
    assert watch.look() is None
    watch.close()
