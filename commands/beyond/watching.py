"""Judging a folder again whenever something in it changes."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import localtime, monotonic, sleep, strftime
from typing import TYPE_CHECKING, Annotated, Literal

from dabiao.commands.exit_codes import Exit, FailOn, earned
from dabiao.commands.loading import (
    catalog_to_judge_by,
    look_up,
    mapping_of,
    or_exit,
)
from dabiao.commands.options import EngineName, FilePaths, Force, Year, option
from dabiao.commands.options.groups import HowRead, RulePacks, RulesChosen
from dabiao.commands.options.wanted_reports import check_installed
from dabiao.reports.format_names import Format, held
from dabiao.reports.outputs import (
    Output,
    OutputError,
    Write,
    outputs,
    print_line,
    tell,
    write_each,
    write_stream,
)
from dabiao.reports.terminal.progress import silence
from dabiao.schemas.border import border
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import unread

if TYPE_CHECKING:
    from dabiao.engine.judgement import Judgement
    from dabiao.intake.rereading.kept_files import KeptFiles
    from dabiao.library.watching import Turn, Watch
    from dabiao.schemas.comparison import FindingChange
    from dabiao.schemas.problem import Problem
    from dabiao.schemas.run import Run, RunOptions

STEP_MS = 20
"""Milliseconds without another change after which a change is looked at."""
TICK_MS = 250
"""Milliseconds after which it is looked whether a report is due, or a file was saved by now."""
AT_LEAST = 5.0
"""Seconds after which one looks although nobody told of a change: not every disk does."""
QUIET = 0.5
"""Seconds without a change after which a report is written."""
OVERDUE = 5.0
"""Seconds after which it is written although changes go on."""
_FEW = 3
"""Files that are named; the others are counted."""

_ONCE = option("只看一次就结束，供脚本用", "look once and end, for scripts", "--once")
_FAIL_ON = option("--once 时，从哪种结论起退出码不为 0", "with --once: when not to end with 0")
_FORM = option(
    "table 给人看，jsonl 给程序读", "table for people, jsonl for programs", "--format", "-f"
)
_FILES = option(
    "一直保持最新的报告，后缀定格式；可重复",
    "a report that is kept current; its suffix tells the format",
    "--output",
    "-o",
    metavar="FILE",
)
ChangeFormat = Literal["table", "jsonl"]


def watch(
    paths: FilePaths,
    *,
    packs: RulePacks,
    rules: RulesChosen,
    as_of: Year = None,
    engine: EngineName = "auto",
    how: HowRead,
    once: Annotated[bool, _ONCE] = False,
    fail_on: Annotated[FailOn, _FAIL_ON] = FailOn.VIOLATION,
    form: Annotated[ChangeFormat, _FORM] = "table",
    files: Annotated[list[Path] | None, _FILES] = None,
    force: Force = False,
) -> int:
    """Stay open: judge again whatever changes, and print the verdicts that came out otherwise."""
    from dabiao.intake.rereading.kept_files import KeptFiles
    from dabiao.library.watching import Watch
    from dabiao.rules.catalog.selection import select_to_judge

    forms = tuple(each for each in Format if each is not Format.DOCX)  # addressed to one place
    kept_current = outputs(files, None, forms, force=force) if files else []
    for output in kept_current:
        _refuse_inside(output.path, paths)
    check_installed(kept_current)
    notices = None if once else _notices(paths)
    catalog, aside = catalog_to_judge_by(packs)
    wanted = rules.wanted()
    selected = look_up(select_to_judge, catalog, wanted)
    with or_exit(Exit.FACTS):
        mapping = mapping_of(how.mapping)
        kept = KeptFiles(paths, catalog.vocabulary.measures, catalog.places, mapping, how.encoding)
    watching = Watch(catalog, selected, kept, as_of=as_of, engine=engine)
    session = _Session(watching, kept_current, form, wanted.told())
    session.look()
    if notices is not None:
        silence()
        for told in notices:
            session.hear(told=told)
    session.write()
    return session.ending(fail_on, aside=bool(aside))


class _Session:
    """What is printed and written while a submission is watched."""

    def __init__(
        self,
        watching: "Watch",
        kept_current: Sequence[Output],
        form: ChangeFormat,
        asked: "RunOptions",
    ) -> None:
        self._watching = watching
        self._outputs = kept_current
        self._form = form
        self._asked = asked
        self._earlier = _earlier(kept_current)
        self._waiting: tuple[str, ...] = ()
        self._looked = self._changed = monotonic()
        self._due: float | None = None

    def hear(self, *, told: bool) -> None:
        """Look again where something changed, or may have; write what is due."""
        now = monotonic()
        if told or self._waiting or now - self._looked >= AT_LEAST:
            self.look()
        now = monotonic()
        if self._due is not None and (now - self._changed >= QUIET or now - self._due >= OVERDUE):
            self.write()

    def look(self) -> None:
        """Look at the submission, and print what came out otherwise."""
        begun = monotonic()
        turn = self._watching.look()
        self._looked = monotonic()
        waiting = self._watching.kept.waiting
        if fresh := sorted({*waiting} - {*self._waiting}):
            tell(
                say(
                    f"{_listed(fresh)}：现在读不了或不在了，可能正在保存；先按原来的内容",
                    f"{_listed(fresh)}: cannot be read now or not there, as if being saved;"
                    " what was said before stands",
                )
            )
        self._waiting = waiting
        if turn is not None:
            self._show(turn, self._looked - begun)

    def _show(self, turn: "Turn", seconds: float) -> None:
        _tell_problems(turn.problems)
        if turn.judgement is None:
            tell(say(f"{turn.reason}；等文件回来", f"{turn.reason}; waiting for files"))
            return
        self._changed = self._looked
        self._due = self._due or self._looked
        changes: Sequence[FindingChange] | None = turn.changes
        if self._earlier is not None:
            from dabiao.reports.comparison.compare import compare

            now = _run(turn.judgement, self._asked, None, self._watching.kept)
            changes = [
                each
                for each in compare(self._earlier, now).changes
                if each.outcomes[0] is not each.outcomes[1]
            ]
            self._earlier = None
        if self._form == "jsonl":
            for change in changes or ():
                print_line(border(type(change)).dump_json(change, by_alias=True).decode())
            return
        print_line("\n".join(_lines(turn, changes, seconds)))

    def write(self) -> None:
        """Write the reports, if anything changed since."""
        judgement = self._watching.judgement
        if self._due is None or judgement is None:
            return
        self._due = None
        if not self._outputs:
            return
        try:
            kept = self._watching.kept
            write_each(self._outputs, _writer(judgement, self._asked, self._outputs, kept))
        except OutputError as error:
            tell(str(error))
            self._due = self._changed = monotonic() + AT_LEAST

    def ending(self, fail_on: FailOn, *, aside: bool) -> Exit:
        """Tell what the last look earns."""
        judgement = self._watching.judgement
        if self._due is not None:
            return Exit.UNWRITTEN
        if judgement is None:
            return earned({}, fail_on, aside=aside, unread=True)
        return earned(
            judgement.summary(),
            fail_on,
            aside=aside,
            unread=unread(judgement.facts.problems),
            caveats=judgement.caveats(),
        )


def _earlier(kept_current: Sequence[Output]) -> "Run | None":
    """Read the run that was written when somebody watched last, if one of the files holds it."""
    from dabiao.reports.run.reading import RunFileError, read_run

    for output in kept_current:
        if (
            output.form in {Format.JSON, Format.PARQUET}
            and output.path is not None
            and output.path.is_file()
        ):
            try:
                return read_run(output.path)
            except RunFileError as error:
                tell(str(error))
    return None


def _run(
    judgement: "Judgement",
    asked: "RunOptions",
    outcomes: Collection[Outcome] | None,
    kept: "KeptFiles",
) -> "Run":
    from dabiao.engine.heading import headed
    from dabiao.intake.excerpts import FactSheets
    from dabiao.intake.files import base_folder

    sheets = FactSheets(base_folder(kept.paths), kept.encoding)
    return headed(judgement.run(outcomes), judgement, asked, sheets)


def _writer(
    judgement: "Judgement", asked: "RunOptions", chosen: Sequence[Output], kept: "KeptFiles"
) -> Callable[[Output], Write]:
    """Give what writes a report, as ``check`` does."""
    from dabiao.reports.circumstances import Circumstances
    from dabiao.reports.writing.formats import write_run
    from dabiao.rules.catalog.selection import NamesByCode

    forms = {output.form for output in chosen}
    excerpt, catalog = judgement.excerpt(), judgement.catalog
    run = _run(judgement, asked, held(forms), kept)
    known = Circumstances(
        names=NamesByCode(judgement.facts, catalog),
        topics=catalog.topics_of(judgement.rules),
        digest=excerpt.digest() if Format.TABLE in forms else None,
        source=excerpt,
    )
    return lambda output: partial(write_run, run, output.form, circumstances=known)


def _refuse_inside(path: Path | None, watched: Sequence[str]) -> None:
    """Refuse a report among the facts: it would be read as one of them, and change them.

    Raises:
        OutputError: It would lie there.
    """
    if path is None:
        raise OutputError(
            say("-o 要写入文件，不能是 -", "-o has to be a file that is kept current, not -")
        )
    for each in map(Path, watched):
        if each.is_dir() and path.resolve().is_relative_to(each.resolve()):
            raise OutputError(
                say(
                    f"{path} 在被守着的文件夹 {each} 里，会被当作填报数据；请写到别处",
                    f"{path} lies in {each}, which is watched, and would be taken for facts;"
                    " write it elsewhere",
                )
            )


def _notices(paths: Sequence[str]) -> Iterator[bool]:
    """Begin to watch, and yield whenever something may have changed: True where it has.

    Raises:
        OutputError: watchfiles is not installed.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise OutputError(
            say(
                "守着文件夹要用 watchfiles；请安装：pip install 'dabiao[watch]'，"
                "或用 --once 只看一次",
                "to watch a folder takes watchfiles; install it: pip install 'dabiao[watch]',"
                " or use --once to look once",
            )
        ) from None

    def told() -> Iterator[bool]:
        while True:
            # A file is watched by its folder: whoever saves it may put another in its place.
            folders = {path if path.is_dir() else path.parent for path in map(Path, paths)}
            if not all(folder.is_dir() for folder in folders):
                sleep(TICK_MS / 1000)
                yield True
                continue
            seen = changes(
                *folders,
                watch_filter=None,
                step=STEP_MS,
                rust_timeout=TICK_MS,
                yield_on_timeout=True,
            )
            for number, found in enumerate(seen):
                yield bool(found) or number == 0  # what changed before it was watched was not told
                if not all(folder.is_dir() for folder in folders):
                    break

    return told()


def _listed(files: Sequence[str]) -> str:
    """Name a few of some files, and count the rest."""
    few, more = say("、", ", ").join(files[:_FEW]), len(files) - _FEW
    return few if more <= 0 else few + say(f" 等 {len(files)} 个文件", f" and {more} more")


def _tell_problems(problems: "Sequence[Problem]") -> None:
    """Tell what is wrong that was not before, in short."""
    from dabiao.intake.problem_groups import group_problems
    from dabiao.reports.lists.problems import FEW, print_causes

    if problems:
        groups = group_problems(list(problems))
        write_stream(sys.stderr, lambda stream: print_causes(groups, stream, FEW))


def _lines(
    turn: "Turn", changes: "Sequence[FindingChange] | None", seconds: float
) -> Iterator[str]:
    """Say what came out otherwise: a line for the look, two or more for each verdict."""
    from dabiao.reports.comparison.listing import change_line
    from dabiao.reports.comparison.words import cause_words
    from dabiao.reports.summaries import counts_line

    when = strftime("%H:%M:%S", localtime())
    said = say("已考核", "judged")
    if changes is not None:
        said = say(f"{len(changes):,} 条结论变了", f"{number_of(len(changes), 'verdict')} changed")
    taken = say(f"（{seconds:.2f} 秒）", f" ({seconds:.2f} s)")
    yield f"{when}　{_listed(turn.files)}　{said}{taken}"
    for change in changes or ():
        yield "  " + change_line(change)
        for cause in change.causes:
            yield "      " + cause_words(cause)
    if turn.judgement is not None:
        yield "  " + counts_line(turn.judgement.summary())
