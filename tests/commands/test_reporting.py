"""``dabiao report``: a run reported again, without its facts and rules."""

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Call, facts

PLACE = "150602"


@pytest.fixture
def run_file(check: Call, tmp_path: Path) -> Path:
    """Judge a class that is too large, and keep the run."""
    submitted = tmp_path / "facts.json"
    submitted.write_text(json.dumps(facts(46, "否"), ensure_ascii=False), "utf-8")
    path = tmp_path / "run.json"
    result = check(str(submitted), "-o", str(path))
    assert result.exit_code == 1
    submitted.unlink()
    return path


def test_every_format_again(call: Call, run_file: Path, tmp_path: Path) -> None:
    """Several at once, although the facts are gone."""
    names = ["a.html", "a.md", "a.csv", "a.json", "a.xlsx", "a.txt"]
    given = [word for name in names for word in ("-o", str(tmp_path / name))]

    result = call("report", str(run_file), *given)

    assert result.exit_code == 0
    assert all((tmp_path / name).stat().st_size for name in names)
    assert (tmp_path / "a.json").read_bytes() == run_file.read_bytes()


def test_a_run_in_parquet_again(check: Call, call: Call, tmp_path: Path) -> None:
    """What is written as it is read is the same as of a run in JSON, the table included."""
    submitted = tmp_path / "facts.json"
    submitted.write_text(json.dumps(facts(46, "否"), ensure_ascii=False), "utf-8")
    runs = [tmp_path / f"run.{suffix}" for suffix in ("json", "parquet")]
    check(str(submitted), *(word for run in runs for word in ("-o", str(run))))

    written = []
    for run in runs:
        into = [run.with_name(f"{run.suffix[1:]}.{each}") for each in ("csv", "jsonl", "json")]
        result = call("report", str(run), *(word for path in into for word in ("-o", str(path))))
        assert result.exit_code == 0
        written.append([path.read_bytes() for path in into])
        for form in ("table", "junit", "sarif"):
            told = call("report", str(run), "-f", form)
            assert told.exit_code == 0
            written[-1].append(told.stdout.replace(run.name, "").encode())
    assert written[0] == written[1]

    again = tmp_path / "again.parquet"
    assert call("report", str(runs[1]), "-o", str(again)).exit_code == 0
    assert call("report", str(again), "-f", "json").stdout.encode() == runs[0].read_bytes()


def test_of_all_outcomes_only_some_were_kept(check: Call, call: Call, tmp_path: Path) -> None:
    """Counts of each year stay those of all; a part, where that cannot be known, says so."""
    both = {
        level: rows + [row | {"年份": 2024} for row in rows]
        for level, rows in facts(46, "是").items()
    }
    (tmp_path / "facts.json").write_text(json.dumps(both, ensure_ascii=False), "utf-8")
    asked = ("facts.json", "--every-year", "--outcome", "未达标")
    written = check(*asked, "-o", "run.json", "-o", "run.parquet")
    assert "达标 1" in written.stderr

    shown = [call("report", f"run.{each}").stdout for each in ("json", "parquet")]
    assert shown[0].replace("run.json", "") == shown[1].replace("run.parquet", "")
    assert all(line in shown[0] for line in written.stderr.splitlines()[:2])
    assert "只保存了未达标" not in shown[0]
    part = call("report", "run.json", "--area", PLACE)
    assert "只保存了未达标，另有" in part.stdout.replace("\n", "")
    public = call("report", "run.json", "--suppress-below", "10")
    assert public.exit_code == 2
    assert "只是一次检查的一部分，不能出公开版" in public.stderr


@pytest.mark.parametrize("suffix", ["md", "csv"])
def test_the_other_language(
    call: Call, pack: Path, run_file: Path, tmp_path: Path, suffix: str
) -> None:
    """Judged while Chinese was spoken, told in English: as if it had been judged in English."""
    submitted, told = tmp_path / "facts.json", tmp_path / f"told.{suffix}"
    again = tmp_path / f"again.{suffix}"
    submitted.write_text(json.dumps(facts(46, "否"), ensure_ascii=False), "utf-8")
    judged = ("check", "--no-builtin", "--rules", pack.name, str(submitted))

    call("--lang", "en", *judged, "-o", str(told))
    call("--lang", "en", "report", str(run_file), "-o", str(again))

    one, other = (each.read_text("utf-8").splitlines() for each in (told, again))
    assert [each for each in one if "--lang en" not in each] == [
        each for each in other if "--lang en" not in each
    ]
    assert len(one) == len(other)
    assert "≤ 45 people" in again.read_text("utf-8")
    assert "45人" not in again.read_text("utf-8")


def test_a_part_of_a_run(call: Call, run_file: Path) -> None:
    """Only a place, by its name; the title says so, and the counts are its own."""
    whole = json.loads(run_file.read_text("utf-8"))
    part = json.loads(call("report", str(run_file), "--area", "东胜区", "-f", "json").stdout)

    assert part["options"]["area"] == PLACE
    assert sum(part["summary"].values()) == len(part["findings"]) <= len(whole["findings"])
    page = call("report", str(run_file), "--area", PLACE, "-f", "html").stdout
    assert "东胜区2025年度" in page


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--area", "x"), "x"),
        (("--unit", "x"), "没有牵头单位或责任单位“x”；有的是：市教育体育局\n"),
        (("--document", "plam"), "是不是“plan”？"),
        (("--area", "1", "--subject", "2"), "只用一个"),
    ],
    ids=["place", "unit", "document", "both"],
)
def test_what_the_run_does_not_know(
    call: Call, run_file: Path, options: tuple[str, ...], told: str
) -> None:
    """One message, and nothing is written."""
    result = call("report", str(run_file), *options)

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_what_is_no_run(call: Call, tmp_path: Path) -> None:
    """A message and the exit code of what cannot be read."""
    path = tmp_path / "old.json"
    path.write_text('{"schema": "dabiao.run/1"}', "utf-8")

    result = call("report", str(path))

    assert (result.exit_code, result.stdout) == (3, "")
    assert "dabiao.run/1" in result.stderr


def test_a_chapter_for_each_county(check: Call, call: Call, run_file: Path, tmp_path: Path) -> None:
    """Of a run and of facts alike; only a table has chapters, which is said of other reports."""
    submitted = tmp_path / "facts.json"
    submitted.write_text(json.dumps(facts(46, "否"), ensure_ascii=False), "utf-8")

    judged = check(str(submitted), "--by-county")
    told = call("report", str(run_file), "--by-county")
    refused = call("report", str(run_file), "--by-county", "-o", str(tmp_path / "a.html"))

    chapter = next(line for line in told.stdout.splitlines() if line.startswith("东胜区"))
    assert chapter.startswith("东胜区　达标率 ")
    assert chapter in judged.stdout
    assert refused.exit_code != 0
    assert "--by-county" in refused.stderr
    assert not (tmp_path / "a.html").exists()


def test_rules_lead_to_the_page_of_the_library(call: Call, run_file: Path, tmp_path: Path) -> None:
    """As seen from the report; refused where there is no such page, or no report leads there."""
    library, report = tmp_path / "a folder" / "rules.html", tmp_path / "a.html"
    library.parent.mkdir()
    given = ("report", str(run_file), "--library", str(library))

    missing = call(*given, "-o", str(report))
    call("rules", "docs", "ordos-145/primary-class-size", "-o", str(library))
    unled = call(*given, "-o", str(tmp_path / "a.csv"))
    done = call(*given, "-o", str(report))

    assert missing.exit_code == unled.exit_code == 2
    assert f"rules docs -o {library}" in missing.stderr
    assert "-o 报告.html" in unled.stderr
    assert done.exit_code == 0
    assert '"library":"a%20folder/rules.html"' in report.read_text("utf-8")
    assert 'id="ordos-145--primary-class-size"' in library.read_text("utf-8")
