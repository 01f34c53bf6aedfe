"""``check --engine stream`` and ``spark``: more rows than memory holds, judged tree by tree."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.commands.exit_codes import Exit, FailOn, earned
from dabiao.commands.loading import catalog_to_judge_by, look_up, mapping_of, or_exit
from dabiao.commands.options.groups import RulePacks
from dabiao.commands.options.wanted_reports import not_here
from dabiao.reports.outputs import OutputError, UnwrittenError, print_line, tell
from dabiao.schemas.language import language, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.library.trees.check import TreesAsked, TreesCheck
    from dabiao.rules.catalog.selection import Wanted
    from dabiao.schemas.run import Run


UNFIT = (
    "area",
    "unit",
    "encoding",
    "due",
    "came",
    "strict",
    "form",
    "template",
    "kind",
    "by_county",
    "library",
    "suppress",
)
"""Options of a check that can't be heeded."""


@dataclass(frozen=True, slots=True)
class TreesWish:
    """What is asked for.

    Attributes:
        engine: The engine, by its name.
        master: The cluster, as Spark names it; None where it is this machine alone.
        paths: The folder of rows, alone.
        files: The folder to write, alone.
        as_of: The year to judge.
        force: Whether a folder of findings may be replaced.
        every_year: Whether the years before are judged too.
        outcomes: Only findings with one of these outcomes are written; all if none is named.
        mapping: How tables made for another purpose are read.
        unfit: Options that were given and can't be heeded, as they are called.
    """

    engine: str
    master: str | None
    paths: Sequence[str]
    files: Sequence[str] | None
    as_of: int | None
    force: bool
    every_year: bool
    outcomes: tuple[Outcome, ...]
    mapping: Path | None
    unfit: Sequence[str]

    def check(self) -> tuple[str, str, int]:
        """Give the folder of rows, the one to write and the year, before any work is done.

        Raises:
            OutputError: It can't be done so.
        """
        from dabiao.intake.files import is_address, path_here

        if self.unfit:
            named = say("、", ", ").join(self.unfit)
            raise OutputError(
                say(
                    f"--engine {self.engine} 不能用 {named}",
                    f"--engine {self.engine} takes no {named}",
                )
            )
        if len(self.paths) != 1 or len(self.files or ()) != 1:
            raise OutputError(
                say(
                    f"--engine {self.engine} 要一个数据文件夹，和一个结果文件夹：-o 结果/",
                    f"--engine {self.engine} takes one folder of rows, and one of findings:"
                    " -o findings/",
                )
            )
        if self.as_of is None:
            raise OutputError(
                say(
                    f"--engine {self.engine} 要用 --as-of 说明考核哪一年",
                    f"--engine {self.engine} has to be told the year to judge: --as-of",
                )
            )
        (folder,), (into,) = self.paths, self.files or ()
        if self.master is None and is_address(folder):
            raise OutputError(
                say(
                    f"--engine {self.engine} 只读本机的文件夹，读不了 {folder}；取到本机，"
                    "或用 --engine spark --master …",
                    f"--engine {self.engine} reads a folder of this machine, not {folder}; copy it"
                    " here, or use --engine spark --master …",
                )
            )
        here = path_here(into)
        if here is None:
            if self.master is None:
                raise not_here(into)
            return folder, into, self.as_of
        if here.is_dir():
            self.check_replaced(here, [each.name for each in here.iterdir()])
        elif here.exists():
            self.check_replaced(here, [here.name])
        if not here.resolve().parent.is_dir():
            raise UnwrittenError(
                say(f"没有文件夹 {here.parent}", f"there is no folder {here.parent}")
            )
        return folder, str(here), self.as_of

    def check_replaced(self, into: object, names: Sequence[str]) -> None:
        """Refuse to replace what somebody else wrote, or what was not to be overwritten.

        Args:
            into: What is to be written, told by its name.
            names: What lies in it.

        Raises:
            OutputError: It is not replaced.
        """
        from dabiao.library.trees.check import HEAD

        if not self.force:
            raise OutputError(
                say(
                    f"{into} 已存在，没有覆盖；要覆盖请加 --force",
                    f"{into} exists and was left alone; add --force to overwrite it",
                )
            )
        begun = all(each.startswith(("_", ".")) for each in names)  # and not come to an end
        if not (begun or HEAD in names or any(each.startswith("part=") for each in names)):
            raise OutputError(
                say(
                    f"{into} 里不是检查结果，不能替换",
                    f"{into} holds no findings, and is not replaced",
                )
            )


def check_by_tree(wish: TreesWish, packs: RulePacks, wanted: "Wanted", fail_on: FailOn) -> Exit:
    """Judge the rows of a folder tree by tree, and say in short what came out."""
    from dabiao.library.trees.check import TreesAsked
    from dabiao.reports.summaries import counts_line
    from dabiao.rules.catalog.selection import select_to_judge

    folder, into, as_of = wish.check()
    catalog, aside = catalog_to_judge_by(packs)
    rules = look_up(select_to_judge, catalog, wanted)
    with or_exit(Exit.FACTS):
        mapping = mapping_of(wish.mapping)
    asked = TreesAsked(catalog, rules, as_of, wish.every_year, wish.outcomes, mapping, language())
    found = (
        _on_cluster(wish, folder, asked, into) if wish.master else _here(folder, asked, Path(into))
    )
    print_line(counts_line(found.summary))
    for problem in found.problems:
        tell(problem)
    if found.problem_count > len(found.problems):
        more = found.problem_count - len(found.problems)
        tell(say(f"还有 {more} 个问题，见 {into}", f"{more} more problems stand in {into}"))
    return earned(found.summary, fail_on, aside=bool(aside), unread=bool(found.unread))


def _on_cluster(wish: TreesWish, folder: str, asked: "TreesAsked", into: str) -> "TreesCheck":
    from dabiao.intake.files import is_address
    from dabiao.library.spark.driver import check_by_spark
    from dabiao.library.spark.following import Following
    from dabiao.library.spark.hadoop import names_in
    from dabiao.library.spark.session import session
    from dabiao.reports.terminal.progress import ProgressDisplay

    with (
        ProgressDisplay(sys.stderr) as progress,
        Following(progress) as following,
        session(wish.master or "", following) as spark,
    ):
        if is_address(into):
            names = names_in(spark, into)
            if names is not None:
                wish.check_replaced(into, names)
        else:
            into = str(Path(into).resolve())
        return check_by_spark(spark, folder, asked, into, following)


def _here(folder: str, asked: "TreesAsked", into: Path) -> "TreesCheck":
    from dabiao.library.streaming.driver import check_by_stream
    from dabiao.reports.run.parquet.arrow import check_arrow
    from dabiao.reports.terminal.progress import ProgressDisplay

    check_arrow()
    with ProgressDisplay(sys.stderr) as progress:
        return check_by_stream(folder, asked, into, progress=progress)


def run_of_place(folder: Path, place: str) -> "Run":
    """Give a county, prefecture or region of a folder of findings as a run, to be reported."""
    from dabiao.engine.heading import headed
    from dabiao.library.streaming.again import judge_again
    from dabiao.reports.run.parquet.arrow import check_arrow
    from dabiao.reports.terminal.progress import ProgressDisplay
    from dabiao.schemas.run import RunOptions

    check_arrow()
    with ProgressDisplay(sys.stderr) as progress:
        again = judge_again(folder, place, progress=progress)
    if again.left_out:
        tell(
            say(
                f"{again.left_out} 条规则要看这里以外的大量数据，没有列入",
                f"{again.left_out} rules look at more rows than can be read at once, and are left"
                " out",
            )
        )
    judgement = again.judgement
    run = judgement.run(of=judgement.excerpt(place))
    return headed(run, judgement, RunOptions(area=place, every_year=len(judgement.years) > 1))
