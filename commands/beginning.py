"""``dabiao init``: a folder to work in, whose settings spare later commands their options."""
# ruff: noqa: PLR0917 - Typer calls a command by the names of its options

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import look_up, read_catalog
from dabiao.commands.options import Builtin, Force, RulePacks, argument, option
from dabiao.commands.settings import FILE
from dabiao.reports.outputs import check_file, print_line, tell, write_bytes
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog

_DIR = argument("DIR", "新建的工作文件夹", "the folder to make")
_DOCUMENT = option("按哪个文件考核：标识或名称", "the document, by id or title", metavar="ID")
_AREA = option("考核哪个地区：代码或名称", "the place, by code or name", metavar="AREA")
_YEAR = option(
    "考核年份；不写则每次取数据里最近的", "the year; else the latest of the facts", metavar="YEAR"
)


def init(
    folder: Annotated[Path, _DIR],
    document: Annotated[str | None, _DOCUMENT] = None,
    area: Annotated[str | None, _AREA] = None,
    as_of: Annotated[int | None, _YEAR] = None,
    packs: RulePacks = None,
    builtin: Builtin = True,
    force: Force = False,
) -> int:
    """Make a folder to work in: its settings, and a folder for what is submitted."""
    from dabiao.rules.catalog.selection import find_subject

    catalog = read_catalog(packs, builtin=builtin)
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
    rules = [str(pack.resolve()) for pack in packs or ()]
    write_bytes(settings, _settings(catalog, chosen, place, as_of, rules).encode())
    year = as_of or 2025
    print_line(
        say(
            f"建好了 {folder}。下一步：\n"
            f"  cd {folder}\n"
            f"  dabiao template --year {year} -o 填报表.xlsx    发给下面填\n"
            f"  收回的工作簿放进 {facts.name}\n"
            f"  dabiao facts validate {facts.name}\n"
            f"  dabiao check {facts.name} -o 报告.html -o 台账.xlsx --force",
            f"{folder} is ready. What comes next:\n"
            f"  cd {folder}\n"
            f"  dabiao template --year {year} -o form.xlsx    to be filled in\n"
            f"  put what comes back into {facts.name}\n"
            f"  dabiao facts validate {facts.name}\n"
            f"  dabiao check {facts.name} -o report.html -o ledger.xlsx --force",
        )
    )
    return Exit.CHECKED


def _document(catalog: "Catalog", word: str) -> str:
    from dabiao.rules.words.nearest import did_you_mean

    found = [id_ for id_, each in catalog.documents.items() if word in (id_, each.title)]
    if found:
        return found[0]
    asked = did_you_mean(word, [*catalog.documents]) or "、".join(catalog.documents)
    tell(say(f"没有文件“{word}”；{asked}", f"there is no document {word!r}; {asked}"))
    raise typer.Exit(Exit.RULES)


def _settings(
    catalog: "Catalog", document: str, place: str | None, year: int | None, rules: list[str]
) -> str:
    """Write the settings, each with what it is."""
    import json

    title = catalog.documents[document].title
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
        else say("# as-of = 2025  # 考核年份，不写取最近的", "# as-of = 2025  # the year to judge")
    )
    if rules:
        lines.append(f"rules = {json.dumps(rules, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
