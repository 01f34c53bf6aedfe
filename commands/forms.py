"""Handing out the forms that rules need filled in."""
# ruff: noqa: PLR0917 - Typer calls a command by the names of its options

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

from dabiao.commands.exit_codes import Exit, unread
from dabiao.commands.loading import look_up, read_catalog, read_submission
from dabiao.commands.options import Builtin, Documents, Force, RuleIds, RulePacks, Tags, option
from dabiao.reports.outputs import tell, write_stream
from dabiao.schemas.language import say

_JUDGED = ("考核哪一年", "the year to be judged")
_WHOM = ("哪个地区或学校；不写则是文件的辖区", "for which place or school; else the documents' own")
_FORMS = ("写入的 .xlsx；--split-by 时是文件夹", "an .xlsx file; with --split-by, a folder")
_SHEETS = ("只要此层级的表", "only the sheet of this level")
_ROSTER = ("名录或往年的表，预填代码和名称", "a roster, or last year's files, to fill in who")
_BLANK_ROWS = ("每张表留几个空白对象", "blank subjects on each sheet")
_SPLIT = ("此层级每个对象一个工作簿", "a workbook for each subject of this level")


def template(
    year: Annotated[int, option(*_JUDGED, metavar="YEAR", min=1949, max=2100)],
    output: Annotated[Path, option(*_FORMS, "--output", "-o", metavar="FILE")],
    packs: RulePacks = None,
    builtin: Builtin = True,
    documents: Documents = None,
    rules: RuleIds = None,
    tags: Tags = None,
    area: Annotated[str | None, option(*_WHOM, metavar="AREA")] = None,
    levels: Annotated[list[str] | None, option(*_SHEETS, "--level", metavar="LEVEL")] = None,
    roster: Annotated[list[str] | None, option(*_ROSTER, metavar="PATH")] = None,
    rows: Annotated[int | None, option(*_BLANK_ROWS, metavar="N", min=0, max=10000)] = None,
    split_by: Annotated[str | None, option(*_SPLIT, "--split-by", metavar="LEVEL")] = None,
    force: Force = False,
) -> int:
    """Write the workbooks in which schools, counties and prefectures report what rules need."""
    from dabiao.reports.forms import told, write_form, write_forms
    from dabiao.reports.lists.problems import FEW, print_problems
    from dabiao.reports.terminal.progress import ProgressDisplay
    from dabiao.rules.catalog.selection import Wanted, select_to_judge
    from dabiao.rules.forms import Ground, Order, find_area, find_levels, plan_forms

    catalog = read_catalog(packs, builtin=builtin)
    selected = look_up(select_to_judge, catalog, Wanted(documents or (), rules or (), tags or ()))
    known = read_submission(roster, catalog, None, None) if roster else None
    if known is not None:
        write_stream(sys.stderr, partial(print_problems, known.problems, most=FEW))
        if unread(known.problems):
            tell(
                say("名录没有读全，没有制表", "the roster was not read in full; nothing is written")
            )
            return Exit.FACTS
    ground = Ground.of(catalog.places, known, year)
    place = look_up(find_area, area, selected, catalog, ground)
    wanted = look_up(find_levels, levels or (), place)
    split = None if split_by is None else look_up(find_levels, [split_by], place)[0]
    order = Order(place, year, wanted, rows)
    forms = look_up(plan_forms, catalog, selected, order, ground, split)
    if split is None:
        write_form(forms[0], output, force=force)
    else:
        with ProgressDisplay(sys.stderr) as progress:
            write_forms(forms, output, force=force, progress=progress)
    tell(told(forms))
    return Exit.CHECKED
