"""Runs that were written to files: reported again, compared, and put side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dabiao.commands.beyond.by_tree import run_of_place
from dabiao.commands.cases.store import Cases, Today, book, day, waivers_between
from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import open_run_file, or_exit, or_no_run, read_run_file
from dabiao.commands.options import (
    AnsweringUnit,
    RunFile,
    SuppressBelow,
    WithinArea,
    argument,
    option,
)
from dabiao.commands.options.groups import PageDestination
from dabiao.commands.options.wanted_reports import WantedReports, files_here
from dabiao.reports.format_names import STREAMED, Format
from dabiao.reports.lists.listings import write_out
from dabiao.reports.outputs import Output, OutputError, tell
from dabiao.reports.writing.everywhere import write_everywhere
from dabiao.schemas.language import say
from dabiao.schemas.outcome import NOT_WELL
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.reports.run.reading import StoredRun
    from dabiao.schemas.run import Run, RunOptions

_SUBJECT = option(
    "只看此对象（如一所学校）及其下级", "only this subject and below", metavar="SUBJECT"
)
_DOCUMENT = option("只看此文件的", "only of this document", metavar="ID")
_EARLIER = option(
    "与这次检查（.json、.parquet）相比，页面上说明变化和原因",
    "compare with this run; the page tells what changed and why",
    "--compare",
    metavar="OLD",
)
_SINCE = option(
    "上一次检查是哪天看的（豁免按这一天算）；不写则是由它立案的那天",
    "the day on which the earlier run was looked at; if not given, that of cases open",
    "--since",
    metavar="DATE",
)
_Since = Annotated[str | None, _SINCE]
_OLD = argument(
    "OLD", "上一次 check -o 写出的 .json 或 .parquet", "the file of an earlier check -o"
)
_NEW = argument("NEW", "这一次的", "the one of a later check")
_RUNS = argument("RUN", "几次 check -o 写出的文件，按先后", "files of several runs, in order")


@dataclass(frozen=True)
class _Part:
    """The part of a run that is reported."""

    area: WithinArea = None
    subject: Annotated[str | None, _SUBJECT] = None
    unit: AnsweringUnit = None
    document: Annotated[str | None, _DOCUMENT] = None

    @property
    def place(self) -> str | None:
        """The subject that it is about, with all below it."""
        return self.area if self.subject is None else self.subject

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the run."""
        return self.place is None and self.unit is None and self.document is None

    @property
    def is_addressed(self) -> bool:
        """Whether there is somebody whom a letter can go to."""
        return self.place is not None or self.unit is not None

    def check(self) -> None:
        """Refuse two places at once.

        Raises:
            OutputError: Both are given.
        """
        if self.area is not None and self.subject is not None:
            raise OutputError(
                say("--area 和 --subject 只用一个", "give either --area or --subject, not both")
            )


@dataclass(frozen=True)
class _Earlier:
    """An earlier run, which a report compares with."""

    earlier: Annotated[Path | None, _EARLIER] = None
    since: _Since = None


def report(
    context: typer.Context,
    path: RunFile,
    *,
    part: _Part,
    reports: WantedReports,
    cases: Cases = None,
    today: Today = None,
    before: _Earlier,
    suppress: SuppressBelow = None,
) -> int:
    """Report a run again: in other formats, in the other language, or only a part of it."""
    from dabiao.reports.circumstances import told_by
    from dabiao.reports.narrowing import narrowed
    from dabiao.reports.publishing.edition import public_cases

    _check_source(path, public=suppress is not None)
    if path.is_dir() and part.area is None:
        more_than_list = not part.is_whole or reports.template or cases or before.earlier
        return _list_folder(path, reports, more_than_list=bool(more_than_list))
    if today is not None:
        day(today)
    part.check()
    chosen = reports.outputs()
    address = reports.library_address(chosen)
    letter = reports.letter_template(chosen, addressed=part.is_addressed)
    whole = part.is_whole and not reports.by_county
    alone = suppress is None and before.earlier is None and cases is None
    if whole and alone and {output.form for output in chosen} <= {*STREAMED}:
        _report_whole(open_run_file(path), chosen, context.obj or "", reports.most)
        return Exit.CHECKED
    run, earlier = _read_runs(path, part, before, suppress)
    to = _narrowing(run, part)
    run = run if to == run.options else narrowed(run, to)
    changed = None
    if earlier is not None:
        from dabiao.reports.comparison.compare import compare as compared

        waivers = None if cases is None else waivers_between(earlier, cases, before.since, today)
        changed = compared(narrowed(earlier, to), run, waivers)
    kept = None if cases is None else book(cases, today)
    if kept is not None and suppress is not None:
        kept = public_cases(kept, run)
    known = replace(
        told_by(run, context.obj or "", cases=kept),
        template=letter,
        comparison=changed,
        wishes=reports.wishes,
        by_county=reports.by_county,
        library=address,
    )
    write_everywhere(run, known, chosen, reports.most)
    return Exit.CHECKED


def _list_folder(folder: Path, reports: WantedReports, *, more_than_list: bool) -> int:
    """List what a folder of findings holds, place by place.

    Raises:
        OutputError: More is asked for, which is told of one place only.
    """
    if more_than_list:
        raise OutputError(
            say(
                "结果文件夹要用 --area 说明哪个旗县、盟市，才能出完整的报告",
                "of a folder of findings, the whole report is given for one place: --area CODE",
            )
        )
    from dabiao.library.trees.listing import folder_listing

    files = files_here(reports.files or ())
    write_out(folder_listing(folder), reports.form, files, force=reports.force)
    return Exit.CHECKED


def _read_runs(
    path: Path, part: _Part, before: _Earlier, suppress: int | None
) -> "tuple[Run, Run | None]":
    """Read the run and the earlier one, of both the public edition where one is asked for."""
    from dabiao.reports.publishing.edition import public_edition

    if part.area is None or path.is_file():
        run = read_run_file(path)
    else:
        run = run_of_place(path, part.area)
    earlier = None if before.earlier is None else read_run_file(before.earlier)
    if suppress is None:
        return run, earlier
    _check_whole(path, run)
    if before.earlier is None or earlier is None:
        return public_edition(run, suppress), None
    _check_whole(before.earlier, earlier)
    return public_edition(run, suppress, earlier), public_edition(earlier, suppress, run)


def _check_source(path: Path, *, public: bool) -> None:
    """Refuse what no report is made of.

    Raises:
        OutputError: It lies elsewhere, or a public edition is asked for of a folder of findings.
    """
    from dabiao.intake.files import is_address

    if is_address(path):
        raise OutputError(
            say(
                "report 只读本机的文件和文件夹；把结果取到本机再出，如 hdfs dfs -get 地址 结果/",
                "report reads files and folders of this machine; copy the findings here first, as"
                " with hdfs dfs -get ADDRESS findings/",
            )
        )
    if public and path.is_dir():
        raise OutputError(
            say(
                "结果文件夹不能出公开版：各地的公开版要取自整个结果的公开版，否则合起来会泄露；"
                "用 check -o 写出的 .json 或 .parquet",
                "no public edition is made of a folder of findings: those of its places have to be"
                " parts of one edition of all, or they give figures away together; use the .json or"
                " .parquet that check -o wrote",
            )
        )


def _check_whole(path: Path, run: "Run") -> None:
    """Refuse to make a public edition of a part: those of several give figures away together.

    Raises:
        OutputError: The run was narrowed.
    """
    to = run.options
    if to.area or to.unit or to.document or to.outcomes:
        raise OutputError(
            say(
                f"{path} 只是一次检查的一部分，不能出公开版：公开版要取自整个检查，几个部分各出一份"
                "合起来会泄露；用 check … --suppress-below，限定范围也写在那里，或用没有限定的"
                "检查结果",
                f"{path} holds a part of a check, of which no public edition is made: those of"
                " several parts give figures away together; use check … --suppress-below, narrowed"
                " there, or a run that was not narrowed",
            )
        )


def _report_whole(
    found: "Run | StoredRun", chosen: Sequence[Output], command: str, most: int | None
) -> None:
    """Report a run whole; of one in Parquet, findings are built as they are written."""
    from dabiao.reports.circumstances import told_by
    from dabiao.reports.counted.recorded import RecordedFindings
    from dabiao.reports.summaries import digest_of
    from dabiao.schemas.run import Run

    if isinstance(found, Run):
        write_everywhere(found, told_by(found, command), chosen, most)
        return
    with or_no_run():
        run, digest = found.head, None
        if any(output.form is Format.TABLE for output in chosen):
            run = replace(run, findings=tuple(found.findings(NOT_WELL)))
            digest = digest_of(run, found.judged, found.years)
        source = RecordedFindings(run, found.findings)
        known = replace(told_by(run, command), source=source, digest=digest)
        write_everywhere(run, known, chosen, most, found.years)


def compare(
    old: Annotated[Path, _OLD],
    new: Annotated[Path, _NEW],
    *,
    outcomes: Annotated[
        bool, option("只看结论变了的", "only other outcomes", "--outcomes-only")
    ] = False,
    cases: Cases = None,
    since: _Since = None,
    today: Today = None,
    to: PageDestination,
) -> int:
    """Tell what changed between two runs, finding by finding, and why."""
    from dabiao.reports.comparison.compare import compare as compared
    from dabiao.reports.comparison.listing import comparison_listing, headlines, print_comparison
    from dabiao.reports.page.comparison import write_comparison

    before, after = read_run_file(old), read_run_file(new)
    waivers = None if cases is None else waivers_between(before, cases, since, today)
    found = compared(before, after, waivers)
    if outcomes:
        kept = tuple(each for each in found.changes if each.outcomes[0] is not each.outcomes[1])
        found = replace(found, changes=kept)
    listing = comparison_listing(found)
    prose, page = (
        partial(print_comparison, found),
        partial(write_comparison, found, (before, after)),
    )
    to.write(listing, prose=prose, page=page)
    if to.files:
        tell("\n".join(headlines(found)))
    return Exit.CHECKED


def trend(
    runs: Annotated[list[Path], _RUNS],
    *,
    to: PageDestination,
) -> int:
    """Put the counts of several runs beside each other."""
    from dabiao.reports.comparison.trend import trend_lines, trend_listing
    from dabiao.reports.page.trend import write_trend

    found = [(path.name, read_run_file(path)) for path in runs]
    page = partial(write_trend, found)
    to.write(trend_listing(found), page=page)
    tell("\n".join(trend_lines(found)))
    return Exit.CHECKED


def _narrowing(run: "Run", part: _Part) -> "RunOptions":
    """Look up what a report is narrowed to; what the run was narrowed to before stays."""
    from dabiao.rules.catalog.selection import find_subject

    to: dict[str, Any] = {}
    if part.place is not None:
        with or_exit(Exit.USAGE):
            to["area"] = find_subject(run.names, part.place, former=run.former_codes)
    if part.unit is not None:
        units = {name: name for each in run.judged for name in each.units.names}
        to["unit"] = _known(part.unit, units, say("牵头单位或责任单位", "lead or responsible unit"))
    if part.document is not None:
        titles = {each.id: each.title for each in run.documents}
        to["document"] = _known(part.document, titles, say("文件", "document"))
    return replace(run.options, **to)


def _known(word: str, names: Mapping[str, str], what: str) -> str:
    """Find what somebody means among ids and their names.

    Raises:
        OutputError: There is none.
    """
    from dabiao.rules.words.nearest import did_you_mean

    found = [id_ for id_, name in names.items() if word in (id_, name)]
    if found:
        return found[0]
    told = say(f"这次检查里没有{what}“{word}”", f"this run has no {what} {word!r}")
    known = list(dict.fromkeys([*names, *names.values()]))
    asked = did_you_mean(word, known) or (
        say(f"有的是：{'、'.join(known)}", f"it has: {', '.join(known)}") if known else ""
    )
    raise OutputError(told + (say("；", "; ") + asked if asked else ""))
