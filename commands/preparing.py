"""What comes before a check: ``init``, a folder to work in, and ``template``, forms to fill in."""

import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import look_up, read_catalog, read_submission
from dabiao.commands.options import Force, argument, completion, option, year_option
from dabiao.commands.options.groups import HowRead, RulePacks, RulesNamed, Tags
from dabiao.commands.settings import FILE
from dabiao.reports.outputs import check_file, print_line, tell, write_bytes, write_stream
from dabiao.schemas.language import say
from dabiao.schemas.problem import unread

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.schemas.document import Document
    from dabiao.schemas.problem import Problem

_DIR = argument("DIR", "新建的工作文件夹", "the folder to make")
_DOCUMENT = option(
    "按哪个文件考核：标识或名称",
    "the document, by id or title",
    metavar="ID",
    autocompletion=completion.documents,
)
_AREA = option(
    "考核哪个地区：代码或名称",
    "the place, by code or name",
    metavar="AREA",
    autocompletion=completion.areas,
)
_YEAR = option(
    "考核年份；不写则每次取数据里最近的", "the year; else the latest of the facts", metavar="YEAR"
)
_JUDGED = year_option(
    "考核哪一年",
    "the year to be judged",
    "--year",
    "--as-of",  # the setting of this name holds here too
)
_WHOM = option(
    "哪个地区或学校；不写则是文件的辖区",
    "for which place or school; else the documents' own",
    metavar="AREA",
    autocompletion=completion.areas,
)
_FORMS = ("写入的 .xlsx；--split-by 时是文件夹", "an .xlsx file; with --split-by, a folder")
_SHEETS = option(
    "只要此层级的表",
    "only the sheet of this level",
    "--level",
    metavar="LEVEL",
    autocompletion=completion.levels,
)
_ROSTER = ("名录或往年的表，预填已知的", "a roster, or last year's files: what is known")
_BLANK_ROWS = ("每张表留几个空白对象", "blank subjects on each sheet")
_TABLE = option(
    "只要填这张表用得着的",
    "only what this table of a document needs",
    "--table",
    metavar="TITLE",
    autocompletion=completion.tables,
)
_SPLIT = ("此层级每个对象一个工作簿", "a workbook for each subject of this level")


def init(
    folder: Annotated[Path, _DIR],
    *,
    document: Annotated[str | None, _DOCUMENT] = None,
    area: Annotated[str | None, _AREA] = None,
    as_of: Annotated[int | None, _YEAR] = None,
    packs: RulePacks,
    force: Force = False,
) -> int:
    """Make a folder to work in: its settings, and a folder for what is submitted."""
    from dabiao.rules.catalog.selection import find_subject

    catalog = read_catalog(packs)
    if document is None:
        listed = "\n".join(f"  {id_}　{each.title}" for id_, each in catalog.documents.items())
        tell(say(f"用 --document 说明按哪个文件考核：\n{listed}", f"which --document?\n{listed}"))
        return Exit.USAGE
    chosen = _document(catalog, document)
    names = {code: place.name for code, place in catalog.places.items()}
    own = catalog.documents[chosen].jurisdiction
    place = own if area is None else look_up(find_subject, names, area)
    settings, facts = folder / FILE, folder / say("填报", "facts")
    folder.mkdir(parents=True, exist_ok=True)
    check_file(settings, force=force)
    facts.mkdir(exist_ok=True)
    rules = [str(pack.resolve()) for pack in packs.packs or ()]
    write_bytes(settings, _settings(catalog, chosen, place, as_of, rules).encode())
    year = "" if as_of else f"--year {_last_year(catalog.documents[chosen])} "
    print_line(
        say(
            f"建好了 {folder}。下一步：\n"
            f"  cd {folder}\n"
            f"  dabiao template {year}-o 填报表.xlsx    发给下面填\n"
            f"  收回的工作簿放进 {facts.name}\n"
            f"  dabiao facts validate {facts.name}\n"
            f"  dabiao check {facts.name} -o 报告.html -o 台账.xlsx --force",
            f"{folder} is ready. What comes next:\n"
            f"  cd {folder}\n"
            f"  dabiao template {year}-o form.xlsx    to be filled in\n"
            f"  put what comes back into {facts.name}\n"
            f"  dabiao facts validate {facts.name}\n"
            f"  dabiao check {facts.name} -o report.html -o ledger.xlsx --force",
        )
    )
    return Exit.CHECKED


def template(
    year: Annotated[int, _JUDGED],
    output: Annotated[Path, option(*_FORMS, "--output", "-o", metavar="FILE")],
    *,
    packs: RulePacks,
    rules: RulesNamed,
    tags: Tags = None,
    tables: Annotated[list[str] | None, _TABLE] = None,
    area: Annotated[str | None, _WHOM] = None,
    levels: Annotated[list[str] | None, _SHEETS] = None,
    roster: Annotated[list[str] | None, option(*_ROSTER, metavar="PATH")] = None,
    rows: Annotated[int | None, option(*_BLANK_ROWS, metavar="N", min=0, max=10000)] = None,
    split_by: Annotated[str | None, option(*_SPLIT, "--split-by", metavar="LEVEL")] = None,
    force: Force = False,
) -> int:
    """Write the workbooks in which schools, counties and prefectures report what rules need."""
    from dabiao.reports.forms import what_was_written, write_form, write_forms
    from dabiao.reports.lists.problems import FEW, print_problems
    from dabiao.reports.terminal.progress import ProgressDisplay
    from dabiao.rules.catalog.selection import Wanted, rules_of_table, select_to_judge
    from dabiao.rules.forms import Columns, Ground, Order, Past, find_area, find_levels, plan_forms

    catalog = read_catalog(packs)
    named = [id_ for word in tables or () for id_ in look_up(rules_of_table, catalog, word)]
    wanted_rules = Wanted(rules.documents or (), [*(rules.rules or ()), *named], tags or ())
    selected = look_up(select_to_judge, catalog, wanted_rules)
    known = read_submission(roster, catalog, HowRead()) if roster else None
    lasting = Columns(catalog).lasting
    if known is not None:
        told_of = [each for each in known.problems if not _is_used(each, lasting)]
        write_stream(sys.stderr, partial(print_problems, told_of, most=FEW))
        if unread(known.problems):
            tell(
                say("名录没有读全，没有制表", "the roster was not read in full; nothing is written")
            )
            return Exit.FACTS
    ground = Ground.of(catalog.places, known, year)
    ground = replace(ground, past=Past.of(known, catalog.vocabulary.items, lasting))
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
    tell(what_was_written(forms))
    return Exit.CHECKED


def _is_used(problem: "Problem", lasting: Sequence[str]) -> bool:
    """Tell whether a problem only says that kinds in a roster are not judged: forms use them."""
    return problem.code == "item-in-roster" and problem.item in lasting


def _last_year(document: "Document") -> int:
    """Give the last year that a document speaks for, or this one."""
    return document.period.to or datetime.datetime.now(datetime.UTC).year


def _document(catalog: "Catalog", word: str) -> str:
    from dabiao.rules.words.nearest import did_you_mean

    found = [id_ for id_, each in catalog.documents.items() if word in (id_, each.title)]
    if found:
        return found[0]
    listed = "、".join(catalog.documents)
    asked = did_you_mean(word, [*catalog.documents]) or say(f"有的是：{listed}", f"it is {listed}")
    tell(say(f"没有文件“{word}”；{asked}", f"there is no document {word!r}; {asked}"))
    raise typer.Exit(Exit.RULES)


def _settings(
    catalog: "Catalog", document: str, place: str | None, year: int | None, rules: list[str]
) -> str:
    """Write the settings, each with what it is."""
    title, last = catalog.documents[document].title, _last_year(catalog.documents[document])
    lines = [
        say(
            "# 在这个文件夹和它下面，dabiao 的命令不写选项时按这里的。",
            "# What dabiao's commands go by in this folder, where they are told nothing else.",
        ),
        f"document = {json.dumps([document])}  # {title}",
    ]
    if place is not None:
        named = catalog.places[place].name if place in catalog.places else place
        lines.append(f'area = "{place}"  # {named}')
    lines.append(
        f"as-of = {year}"
        if year is not None
        else say(
            f"# as-of = {last}  # 考核年份，不写取最近的", f"# as-of = {last}  # the year to judge"
        )
    )
    if rules:
        lines.append(f"rules = {json.dumps(rules, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
