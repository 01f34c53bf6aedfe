"""Streaming: tree by tree on one machine, and the findings are those of all rows at once."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.spark_cluster import written
from dabiao.engine.faults import EngineError
from dabiao.library.streaming.driver import check_by_stream
from dabiao.library.trees.check import Asked
from dabiao.library.trees.listing import folder_listing
from dabiao.library.trees.scope import tree_of
from dabiao.rules.formulas.formula import Above, Attainment, Below, Fold, Ranking, SentIn
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import A, at_least, at_most, pack
from tests.engine.builders import rule as stated
from tests.library.tree_rows import here, random_pack, random_rows, write


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json"])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_findings(seed: int, suffix: str, tmp_path: Path) -> None:
    """Every fold, rank and look upwards, in all years; rows of counties mixed in every file."""
    catalog, rows = random_pack(seed), random_rows(seed)
    write(rows, tmp_path / "rows", suffix)
    asked = Asked(catalog, sorted(catalog.rules), 2025, every_year=True)
    into = tmp_path / "findings"
    found = check_by_stream(str(tmp_path / "rows"), asked, into, processes=1)
    same = here(catalog, rows, tmp_path / "here", every_year=True)

    assert written(into).select(same.columns).equals(same)
    assert sum(found.summary.values()) == len(same)


def test_whose_rows_a_rule_needs() -> None:
    """Its own tree's, unless it looks above; everybody's for a rank among all."""
    county = stated(at_least(5, Below(Fold.MEDIAN, Level.CLASS, A, None)), "m", Level.COUNTY)
    up = stated(at_least(5, Above(Level.REGION, A)), "up")
    ranked = stated(at_most(3, Ranking(A, Level.PREFECTURE)), "ranked")
    of_all = stated(at_most(3, Ranking(A)), "all")
    in_time = stated(at_least(1, SentIn(in_time=True)), "sent")
    over = stated(at_least(90, Attainment(Level.SCHOOL, "ranked")), "over", Level.COUNTY)
    catalog = pack(county, up, ranked, of_all, in_time, over)

    trees = {one.id.partition("/")[2]: tree_of(one, catalog) for one in catalog}
    assert trees == {
        "m": Level.COUNTY,
        "up": Level.REGION,
        "ranked": Level.PREFECTURE,
        "all": None,
        "sent": Level.COUNTY,
        "over": Level.PREFECTURE,
    }
