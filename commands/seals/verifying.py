"""Judging a run once more, to see whether it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import (
    catalog_to_judge_by,
    judged,
    or_no_run,
    read_run_file,
    read_submission,
    usable,
)
from dabiao.commands.options import Limit, argument
from dabiao.commands.options.groups import HowRead, RulePacks
from dabiao.reports.outputs import print_line
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.schemas.run import Run

_STORED = argument("RUN", "check 写的 .json 或 .parquet", "a .json or .parquet that check wrote")
_AGAIN = argument("PATHS", "填报数据；不写则是当时的文件", "facts, if not the files of then")


def verify(
    run: Annotated[Path, _STORED],
    paths: Annotated[list[str] | None, _AGAIN] = None,
    *,
    packs: RulePacks,
    how: HowRead,
    limit: Limit = 50,
) -> int:
    """Judge once more what a run was made from, and say what differs."""
    from dabiao.reports.run.verification import (
        differences,
        differing_columns,
        unlike_as_written,
    )

    stored = read_run_file(run)
    with or_no_run():
        told = unlike_as_written(run, stored) + differing_columns(run, stored)
    catalog, aside = catalog_to_judge_by(packs)
    files = paths or [_where(file.file, file.sha256, run.parent) for file in stored.facts]
    again = list(_again(stored, files, catalog, how))
    told += differences(stored, again)
    more = say(f"还有 {len(told) - limit:,} 处", f"and {len(told) - limit:,} more")
    print_line(
        "\n".join([*told[:limit], *([more] if len(told) > limit else [])])
        if told
        else say("再考核一遍，结果相同", "judged again, it comes out the same")
    )
    if aside:
        return Exit.RULES
    return Exit.FOUND if told else Exit.CHECKED


def _again(
    stored: "Run", files: Sequence[str], catalog: "Catalog", how: HowRead
) -> "Iterator[Run]":
    """Judge again, and give what comes of it in each way in which a run may have been narrowed."""
    from dabiao.engine.findings.caveats import years_passed_over
    from dabiao.engine.heading import headed
    from dabiao.intake.excerpts import FactSheets
    from dabiao.intake.files import base_folder, named_within
    from dabiao.intake.formats.kept_tables import KeptTables
    from dabiao.reports.narrowing import narrowed
    from dabiao.reports.publishing.edition import public_edition
    from dabiao.reports.run.verification import deadlines_of

    tables, to = KeptTables(), stored.options
    facts = named_within(usable(read_submission(files, catalog, how, tables)), files)
    facts.deadlines = deadlines_of(stored, facts.files)
    selected = [id_ for id_ in stored.rules.selected if id_ in catalog.rules]
    judgement = judged(catalog, facts, selected, as_of=stored.as_of, every_year=to.every_year)

    by_default = any(each.kind == "year-passed-over" for each in stored.caveats)
    passed_over = tuple(years_passed_over(facts, stored.as_of)) if by_default else ()

    sheets = FactSheets(base_folder(files), how.encoding, tables)

    def run(area: str | None, unit: str | None) -> "Run":
        excerpt = judgement.excerpt(area, unit)
        found = judgement.run(to.outcomes or None, of=excerpt)
        by_rule = excerpt.told_by_rule() if to.outcomes else {}
        found = replace(found, by_rule=by_rule, caveats=found.caveats + passed_over)
        options = replace(to, area=area, unit=unit, document=None)
        return headed(found, judgement, options, sheets)

    whole = run(None, None)
    least = next((each.least for each in stored.caveats if each.kind == "withheld"), None)
    if least is not None:
        whole = public_edition(whole, least)
    yield narrowed(whole, to)
    if least is None and to.document is None and (to.area or to.unit):
        yield run(to.area, to.unit)


def _where(file: str, sha256: str, folder: Path) -> str:
    """Find a file of then, here or beside the run, or in a folder of either: by what is in it."""
    from dabiao.intake.files import file_hash

    near = [
        found
        for root in (Path(), folder)
        for found in (root / file, *(each / file for each in sorted(root.iterdir())))
        if found.is_file()
    ]
    alike = (found for found in near if file_hash(found) == sha256)
    return str(next(alike, near[0])) if near else file
