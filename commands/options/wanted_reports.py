"""Reports of a run: where they go, in which formats, and what is wanted of them."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Annotated
from urllib.parse import quote

from dabiao.commands.options import FILES, Force, Limit, RunFormat, option
from dabiao.reports.format_names import Format
from dabiao.reports.outputs import Output, OutputError, outputs
from dabiao.schemas.language import say
from dabiao.schemas.letter import LetterKind, LetterWishes
from dabiao.schemas.record import dataclass

_TEMPLATE = option(
    ".docx 用的模板；不写则用自带的", "template for .docx, if not our own", metavar="FILE.docx"
)
_KIND = option(
    "写成哪一种 .docx；不写则有对象的为通知书，没有的为报告",
    "which .docx; else a notice to whom it goes, or a report",
    "--letter",
)
_REPLY = option("几日内书面回复，0 为不写", "days for a reply; 0 for none", metavar="N", min=0)
_OBJECTION = option("几日内可提异议，0 为不写", "days to object; 0 for none", metavar="N", min=0)
_FOLLOW_UP = option("“后续”一段的文字", "what follows, in your words", metavar="TEXT")
_ALL = option("全部列出", "list all of them", "--all")
_BY_COUNTY = option("表里一个旗县一章", "a chapter of the table per county", "--by-county")
_LIBRARY = option(
    "规则库的页面（rules docs -o 写的）；报告页面里的规则链到那里",
    "page that rules docs wrote; rules in the report's page lead there",
    "--library",
    metavar="FILE.html",
)


@dataclass(frozen=True)
class WantedReports:
    """Which reports of a run are wanted.

    All that can be refused is refused when it is asked for here: before any work is done for it.
    """

    form: RunFormat = None
    files: Annotated[list[str] | None, FILES] = None  # a path would fold hdfs://host/
    template: Annotated[Path | None, _TEMPLATE] = None
    kind: Annotated[LetterKind | None, _KIND] = None
    reply_days: Annotated[int, _REPLY] = 30
    objection_days: Annotated[int, _OBJECTION] = 15
    follow_up: Annotated[str, _FOLLOW_UP] = ""
    force: Force = False
    limit: Limit = 50
    everything: Annotated[bool, _ALL] = False
    by_county: Annotated[bool, _BY_COUNTY] = False
    library: Annotated[Path | None, _LIBRARY] = None

    @property
    def most(self) -> int | None:
        """How many rows a table lists; None for all."""
        return None if self.everything else self.limit

    @property
    def wishes(self) -> LetterWishes:
        """What is wanted of a letter."""
        return LetterWishes(self.kind, self.reply_days, self.objection_days, self.follow_up)

    def outputs(self) -> list[Output]:
        """Give where they go, each with its format.

        Raises:
            OutputError: They cannot be written there, or so.
        """
        files = files_here(self.files or ())
        chosen = outputs(files, self.form, tuple(Format), force=self.force)
        check_installed(chosen)
        if self.by_county and not _any(chosen, Format.TABLE):
            raise OutputError(
                say(
                    "--by-county 是给终端上的表或 .txt 分章的；别的报告各有自己的分旗县部分",
                    "--by-county is for the table of a terminal or .txt; other reports have a part"
                    " for each county anyway",
                )
            )
        return chosen

    def letter_template(self, chosen: Sequence[Output], *, addressed: bool) -> bytes | None:
        """Read the template of a letter; None for the built-in one, or where none is written.

        Raises:
            OutputError: No letter can be written, or not to anybody.
        """
        if not _any(chosen, Format.DOCX):
            if self.template is not None:
                raise OutputError(
                    say(
                        "--template 是 .docx 通知书的模板，而没有要 .docx；加 -o 通知书.docx",
                        "--template is for a letter, and none is asked for; add -o letter.docx",
                    )
                )
            return None
        from dabiao.reports.letter.templates.reading import check_letters, read_template

        check_letters(self.kind, addressed=addressed)
        return None if self.template is None else read_template(self.template)

    def library_address(self, chosen: Sequence[Output]) -> str:
        """Give the address of the page of the rules, as seen from the report; empty for none.

        Raises:
            OutputError: There is no such page, or no report leads there.
        """
        page = self.library
        if page is None:
            return ""
        if not _any(chosen, Format.HTML):
            raise OutputError(
                say(
                    "--library 是给 .html 的报告用的，而没有要 .html；加 -o 报告.html",
                    "--library is for a report as a page, and none is asked for;"
                    " add -o report.html",
                )
            )
        if not page.is_file():
            raise OutputError(
                say(
                    f"没有 {page}；先用 dabiao rules docs -o {page} 写出规则库",
                    f"there is no {page}; write the library first: dabiao rules docs -o {page}",
                )
            )
        home = next(each.path or Path("-") for each in chosen if each.form is Format.HTML)
        there, here = page.resolve(), home.resolve().parent
        if there.anchor != here.anchor:  # another drive
            return there.as_uri()
        return quote(PurePath(os.path.relpath(there, here)).as_posix())


def check_installed(chosen: Sequence[Output]) -> None:
    """Refuse formats that need what is not installed, before any work is done for them.

    Raises:
        OutputError: The library that writes one of them is not there.
    """
    if _any(chosen, Format.PARQUET):
        from dabiao.reports.run.parquet.arrow import check_arrow

        check_arrow()


def _any(chosen: Sequence[Output], form: Format) -> bool:
    return any(output.form is form for output in chosen)


def files_here(files: Sequence[str]) -> list[Path]:
    """Give the paths of what is to be written on this machine.

    Raises:
        OutputError: One of them is an address elsewhere.
    """
    from dabiao.intake.files import path_here

    found = []
    for each in files:
        here = path_here(each)
        if here is None:
            raise not_here(each)
        found.append(here)
    return found


def not_here(into: str) -> OutputError:
    """Give what is told of an address that only a cluster writes to."""
    return OutputError(
        say(
            f"只有 --engine spark 能写到 {into}；请写到本机",
            f"only --engine spark can write to {into}; write to this machine",
        )
    )
