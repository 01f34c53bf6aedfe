"""A folder of findings, rule by rule."""

from pathlib import Path

from dabiao.library.trees.check import as_written, read_head
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome


def folder_listing(folder: Path) -> Listing:
    """Count the findings of a folder by rule and outcome.

    Args:
        folder: The folder, as ``check`` by trees wrote it.

    Raises:
        OutputError: It is no such folder.
    """
    import polars as pl

    head = read_head(folder)
    files = sorted(folder.glob("part=counts/*/*.parquet"))
    with as_written(folder):
        kept = pl.scan_parquet(files, hive_partitioning=False)
        number = pl.col("number").sum()
        counted = kept.group_by("rule", "level", "outcome").agg(number).collect().rows()
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for rule, level, outcome, number in counted:
        counts.setdefault((rule, level), {})[outcome] = number
    columns = {"rule": say("规则", "rule"), "level": say("层级", "level")}
    columns |= {each.value: each.label for each in Outcome}
    rows = [
        {"rule": rule, "level": Level(level).label}
        | {each.value: of.get(each.value, 0) for each in Outcome}
        for (rule, level), of in sorted(counts.items())
    ]
    totals = {each: sum(of.get(each.value, 0) for of in counts.values()) for each in Outcome}
    told = say("，", ", ").join(f"{each.label} {count:,}" for each, count in totals.items())
    above = [say(f"{head['as_of']}年考核：{told}", f"{head['as_of']} judged: {told}")]
    if head["problems"]:
        problems = head["problems"]
        above.append(
            say(
                f"数据有 {problems} 个问题，见 part=problems",
                f"{problems} problems of rows, in part=problems",
            )
        )
    return Listing(columns, rows, {"check": head, "rules": rows}, above)
