"""Streaming: tree by tree on one machine, and the findings are those of all rows at once."""

import shutil
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from benchmarks.spark_cluster import written
from benchmarks.tree_rows import of_example
from dabiao.engine.faults import EngineError
from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.library.streaming import apart, driver
from dabiao.library.streaming.again import judge_again
from dabiao.library.streaming.driver import check_by_stream
from dabiao.library.trees.check import TreesAsked, TreesCheck, seen_from
from dabiao.library.trees.homes import grouped
from dabiao.library.trees.listing import folder_listing
from dabiao.library.trees.looked_at import looked_at
from dabiao.library.trees.scope import tree_of
from dabiao.library.trees.tables import row_tables
from dabiao.reports.outputs import OutputError
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.formulas.formula import Above, Attainment, Below, Fold, Measured, Ranking, SentIn
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import A, at_least, at_most, pack
from tests.engine.builders import rule as stated
from tests.library.tree_rows import Rows, here, random_pack, random_rows, write, write_foreign


def judged(
    catalog: Catalog,
    rows: Rows,
    folder: Path,
    suffix: str = ".parquet",
    *,
    every_year: bool = False,
) -> TreesCheck:
    """Judge rows tree by tree, in this process."""
    write(rows, folder / "rows", suffix)
    wish = TreesAsked(catalog, sorted(catalog.rules), 2025, every_year=every_year)
    return check_by_stream(str(folder / "rows"), wish, folder / "findings", processes=1)


@pytest.mark.parametrize(("seed", "suffix"), [(0, ".parquet"), (1, ".csv"), (2, ".json")])
def test_the_same_findings(seed: int, suffix: str, tmp_path: Path) -> None:
    """Every fold, rank and look upwards, in all years; rows of counties mixed in every file."""
    catalog, rows = random_pack(seed), random_rows(seed)
    found = judged(catalog, rows, tmp_path, suffix, every_year=True)
    same = here(catalog, rows, tmp_path / "here", every_year=True)

    assert written(tmp_path / "findings").select(same.columns).equals(same)
    assert sum(found.summary.values()) == len(same)
    assert not list((tmp_path / "findings").glob("_*"))


def test_processes_and_outcomes(tmp_path: Path) -> None:
    """Two processes find the same; written is what was asked for, counted is all."""
    first = at_most(1, Ranking(Below(Fold.COUNT, Level.CLASS, None, None)))
    catalog = pack(stated(at_least(8), "enough"), stated(first, "first"))
    rows = random_rows(3)
    write(rows, tmp_path / "rows", ".parquet")
    only = (Outcome.VIOLATION, Outcome.BEHIND)
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025, outcomes=only)
    into = tmp_path / "findings"
    found = check_by_stream(str(tmp_path / "rows"), asked, into, processes=2)
    same = here(catalog, rows, tmp_path / "here")
    wanted = same.filter(pl.col("outcome").is_in([each.value for each in only]))

    assert written(into).select(same.columns).equals(wanted)
    counted = same.group_by("outcome").len().rows()
    assert {each: n for each, n in found.summary.items() if n} == {
        Outcome(outcome): n for outcome, n in counted
    }
    missing = same.filter(pl.col("outcome") == "missing").group_by("rule").len()
    listed = {row["rule"]: row["missing"] for row in folder_listing(into).rows}
    assert all(listed[rule] == n for rule, n in missing.rows())


def test_rows_of_one_county_stay_where_they_are(tmp_path: Path) -> None:
    """A file whose rows all lie in one county is read in its place; others are written anew."""
    rows = random_rows(4)[Level.SCHOOL]
    (tmp_path / "rows" / "学校").mkdir(parents=True)
    frame = pl.DataFrame(rows)
    for (name,), of in frame.group_by("上级代码"):
        of.write_parquet(tmp_path / "rows" / "学校" / f"{name}.parquet")
    tables = row_tables(tmp_path / "rows")
    catalog = pack(stated(at_least(5), "enough"))
    made = apart.Sorting(tables, catalog, tmp_path).put_apart()
    assert {piece.path.suffix for of in made.pieces.values() for piece in of} == {".parquet"}

    frame.write_parquet(tmp_path / "rows" / "学校" / "所有.parquet")
    made = apart.Sorting(row_tables(tmp_path / "rows"), catalog, tmp_path).put_apart()
    again = [piece for of in made.pieces.values() for piece in of if piece.path.suffix == ".arrow"]
    assert sum(piece.rows for piece in again) == len(rows)
    for county, pieces in made.pieces.items():
        for piece in pieces:
            assert piece.read(["上级代码"])["上级代码"].unique().to_list() == [county]


def test_who_moved_is_judged_with_both_counties(tmp_path: Path) -> None:
    """A subject whose rows lie in two counties, of two prefectures, is judged once, as ever."""
    catalog, rows = random_pack(5), random_rows(5)
    moved = next(row for row in rows[Level.SCHOOL] if row["上级代码"] == "150602")
    here_too = {**moved, "上级代码": "150702", "年份": "2022"}
    rows[Level.SCHOOL].append(here_too)
    judged(catalog, rows, tmp_path)
    same = here(catalog, rows, tmp_path / "here")

    assert written(tmp_path / "findings").select(same.columns).equals(same)


def test_one_county_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be judged is told: damaged files, rows of no county, too large a county."""
    catalog = pack(stated(at_least(5), "enough"))
    rows = random_rows(7)[Level.SCHOOL]
    rows.append({**rows[0], "代码": "X1", "上级代码": None})
    folder = tmp_path / "rows" / "学校"
    folder.mkdir(parents=True)
    pl.DataFrame(rows).write_parquet(folder / "1.parquet")
    (folder / "2.parquet").write_bytes((folder / "1.parquet").read_bytes()[:500])
    sizes = pl.DataFrame(rows).group_by("上级代码").len().drop_nulls().sort("len").rows()
    monkeypatch.setattr(driver, "MOST_BYTES", 8 * len(rows[0]) * (sizes[-1][1] - 1))
    into = tmp_path / "findings"
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025)
    found = check_by_stream(str(tmp_path / "rows"), asked, into, processes=1)

    told = "\n".join(found.problems)
    assert "2.parquet 读不了" in told
    assert "看不出这些数据属于哪个旗县" in told
    assert f"{sizes[-1][0]}: 数据有" in told
    large = {county for county, n in sizes if n == sizes[-1][1]}
    fit = {row["代码"] for row in rows if row["上级代码"] not in {*large, None}}
    assert set(written(into)["code"]) == fit
    assert found.problem_count >= 2 + len(large)
    assert found.unread == 2 + len(large)


def test_rows_that_cannot_be_placed_are_told(tmp_path: Path) -> None:
    """A row whose fields do not fit the header, and one of no county, whichever rules are judged.

    The latter also where no rule looks at rows of its level. What is left of the file is judged,
    whatever it is encoded in.
    """
    catalog = pack(
        stated(at_least(5, Below(Fold.SUM, Level.SCHOOL, A, None)), "s", Level.PREFECTURE)
    )
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "盟市.csv").write_text("代码,年份\n150600,2025\n", "utf-8")
    lines = (
        "代码,上级代码,年份,项a",
        "1506020001,150602,2025,7",
        "1506020002,150602,2025,1,234",
    )
    (rows / "班级.csv").write_text("代码,年份\nx,2025\n", "utf-8")
    (rows / "学校.csv").write_text("\n".join(lines), "gb18030")
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025)
    found = check_by_stream(str(rows), asked, tmp_path / "findings", processes=1)

    told = "\n".join(found.problems)
    assert f"{rows / '学校.csv'} 第 3 行字段数与表头不符，没有读取" in told
    assert "看不出这些数据属于哪个旗县" in told
    assert found.unread == found.problem_count == 2
    judged = written(tmp_path / "findings")
    assert judged.select("code", "observed").rows() == [("150600", 7.0)]


def test_a_county_of_which_nothing_came(tmp_path: Path) -> None:
    """Its schools stand in the roster alone, and are missing, as in any check.

    An empty file is told of in words; of places above that nobody reports on nothing is said.
    """
    catalog = pack(stated(at_least(5), "enough"), stated(at_least(5), "above", Level.PREFECTURE))
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "学校.csv").write_text("代码,上级代码,年份,项a\n1506020001,150602,2025,7\n", "utf-8")
    (rows / "班级.csv").touch()
    listed = "层级,代码,上级代码\n学校,1506020001,150602\n学校,1506030001,150603\n"
    (rows / "名录.csv").write_text(listed, "utf-8")
    asked = TreesAsked(catalog, sorted(catalog.rules), 2025)
    found = check_by_stream(str(rows), asked, tmp_path / "findings", processes=1)

    outcomes = dict(written(tmp_path / "findings").select("code", "outcome").iter_rows())
    assert outcomes == {"1506020001": "compliant", "1506030001": "missing"}
    assert found.unread == found.problem_count == 1
    assert found.problems == (f"{rows / '班级.csv'} 读不了：文件是空的",)


@pytest.mark.parametrize(("seed", "suffix"), [(0, ".parquet"), (1, ".csv"), (2, ".json")])
def test_the_same_findings_through_a_mapping(seed: int, suffix: str, tmp_path: Path) -> None:
    """Rows of another system at every level, with codes that are put together of two columns."""
    catalog, rows = random_pack(seed), random_rows(seed)
    mapping = read_mapping(write_foreign(rows, tmp_path / "rows", suffix))
    wish = TreesAsked(catalog, sorted(catalog.rules), 2025, every_year=True, mapping=mapping)
    check_by_stream(str(tmp_path / "rows"), wish, tmp_path / "findings", processes=1)
    same = here(catalog, rows, tmp_path / "here", every_year=True)

    assert written(tmp_path / "findings").select(same.columns).equals(same)


def test_a_mapping_tells_where_rows_lie(tmp_path: Path) -> None:
    """A table made for another purpose, whose codes are put together of several columns."""
    rows = [
        {"县": county, "校": str(number), "人数": str(number * 3)}
        for county in ("150602", "150603", "150702")
        for number in range(1, 4)
    ]
    (tmp_path / "rows").mkdir()
    pl.DataFrame(rows).write_csv(tmp_path / "rows" / "某系统.csv")
    (tmp_path / "map.yaml").write_text(
        "tables:\n  - level: 学校\n    columns: {县: 上级代码, 人数: 项a}\n"
        '    compose: {代码: "{县}{校}"}\n    constants: {年份: "2025"}\n',
        "utf-8",
    )
    catalog = pack(stated(at_least(5), "enough"))
    asked = TreesAsked(
        catalog, sorted(catalog.rules), 2025, mapping=read_mapping(tmp_path / "map.yaml")
    )
    found = check_by_stream(str(tmp_path / "rows"), asked, tmp_path / "f", processes=1)

    assert found.problems == ()
    assert found.trees == 3
    assert written(tmp_path / "f").select("code", "observed").rows() == [
        (row["县"] + row["校"], float(row["人数"])) for row in rows
    ]


def test_two_tables_of_one_level_are_refused(tmp_path: Path) -> None:
    """Nobody can tell which of them is meant."""
    (tmp_path / "学校").mkdir()
    for name in ("学校.csv", "学校/1.csv"):
        (tmp_path / name).write_text("代码,年份\n", "utf-8")
    with pytest.raises(EngineError, match="两张"):
        row_tables(tmp_path)


def test_what_rules_look_at() -> None:
    """A tree above counties is judged with those columns, and levels, that its rules look at."""
    mean = stated(at_least(5, Below(Fold.MEAN, Level.SCHOOL, A, None)), "m", Level.PREFECTURE)
    rate = stated(at_least(5, Attainment(Level.CLASS, "small")), "r", Level.REGION)
    small = stated(at_most(6, Measured("b")), "small", Level.CLASS)
    catalog = pack(mean, rate, small)
    of_mean = looked_at([mean.id], catalog)
    of_rate = looked_at([rate.id], catalog)

    assert of_mean.slugs == frozenset("a")
    assert of_rate.slugs == frozenset("b")
    assert Level.CLASS in of_rate.levels
    sent = stated(at_least(1, SentIn(in_time=False)), "sent", Level.REGION)
    assert looked_at([sent.id], pack(sent)).rows


def test_places_that_are_judged_together() -> None:
    """Those of one subject, with those of another that shares one of them, and what is above."""
    homes = ["150602", "150603", "150702", "150802"]
    grouping = grouped(homes, {}, {}, [["150602", "150702"], ["150702", "150603"]])

    trees = {home: grouping.tree(home, Level.COUNTY) for home in homes}
    assert trees == {
        "150602": "150602", "150603": "150602", "150702": "150602", "150802": "150802",
    }  # fmt: skip
    assert grouping.tree("150702", Level.PREFECTURE) == "150600"
    assert grouping.tree("150802", Level.PREFECTURE) == "150800"
    assert grouping.members("150602") == {"150602", "150603", "150702"}


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


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Judge something into a folder, for all who look at copies of it."""
    made = tmp_path_factory.mktemp("whole")
    judged(random_pack(6), random_rows(6), made)
    return made


@pytest.mark.parametrize("part", ["check.json", "rules.bin", "part=counts", "part=findings"])
@pytest.mark.parametrize("left", [None, b"PAR1 {"])
def test_a_folder_that_is_not_whole_is_refused(
    part: str, left: bytes | None, whole: Path, tmp_path: Path
) -> None:
    """Whatever of it is gone or damaged, in one message that names it."""
    folder = Path(shutil.copytree(whole, tmp_path, dirs_exist_ok=True)) / "findings"
    for file in (folder / part, *(folder / part).rglob("*.parquet")):
        if file.is_file():
            file.unlink() if left is None else file.write_bytes(left)
    report = folder_listing if part == "part=counts" else partial(judge_again, place="150602")

    with pytest.raises(OutputError, match=r"findings|150602"):
        report(folder)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """Of findings as of rows, with what is missing."""
    with pytest.raises(OutputError, match="不是 check --engine stream"):
        judge_again(tmp_path / "nowhere", "150602")
    with pytest.raises(EngineError, match="没有文件夹"):
        row_tables(tmp_path / "nowhere")


def test_a_place_is_judged_once_more(tmp_path: Path) -> None:
    """With its whole reasoning, by the rules of then; refused where the rows were changed since."""
    catalog, rows = random_pack(6), random_rows(6)
    judged(catalog, rows, tmp_path)
    here(catalog, rows, tmp_path / "here")
    facts = read_facts([str(tmp_path / "here")], catalog.vocabulary.items, catalog.places)
    whole = judge(catalog, facts, as_of=2025)
    for place in ("150602", "150600"):
        again = judge_again(tmp_path / "findings", place)
        ours, theirs = again.judgement.excerpt(place), whole.excerpt(place)

        assert again.left_out == 0
        told = {(f.rule, f.subject.code, f.year): f.outcome for f in theirs.findings()}
        assert {(f.rule, f.subject.code, f.year): f.outcome for f in ours.findings()} == told
        assert all(finding.reason for finding in ours.findings())

    for row in rows[Level.CLASS]:
        row["项a"] = "99"
    shutil.rmtree(tmp_path / "rows")
    write(rows, tmp_path / "rows", ".parquet")
    with pytest.raises(OutputError, match="改过"):
        judge_again(tmp_path / "findings", "150602")
    with pytest.raises(OutputError, match="自治区 999999"):
        judge_again(tmp_path / "findings", "999999")
    shutil.rmtree(tmp_path / "rows")
    with pytest.raises(OutputError, match="不在了"):
        judge_again(tmp_path / "findings", "150602")


def test_rows_on_another_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No way leads from one drive of Windows to another: then the rows are named in full."""
    rows, into = tmp_path / "rows", tmp_path / "findings"
    assert seen_from(into, str(rows)) == "../rows"

    def no_way(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", no_way)
    assert into / seen_from(into, str(rows)) == rows.resolve()


def test_the_rows_of_the_example_keep_their_units() -> None:
    """Some of its workbooks have 元 in a header; it goes with the figures that stood below it."""
    schools = of_example(Path(__file__).parents[2] / "examples" / "ordos-2025")[Level.SCHOOL][
        "公用经费总额"
    ]

    assert {each[-1] == "元" for each in schools.drop_nulls()} == {True, False}
    assert all(each[-1] == "元" or float(each) < 10_000 for each in schools.drop_nulls())
