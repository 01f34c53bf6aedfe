"""``check --engine spark``: rows that lie in a cluster, judged there."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.commands.exit_codes import Exit, FailOn, ending
from dabiao.commands.loading import catalog_to_judge_by, look_up
from dabiao.reports.outputs import OutputError, UnwrittenError, print_line, tell
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.rules.catalog.selection import Wanted


@dataclass(frozen=True, slots=True)
class ClusterCheck:
    """What is asked of a cluster.

    Attributes:
        master: The cluster, as Spark names it.
        paths: The folder of rows, alone.
        files: The folder to write, alone.
        as_of: The year to judge.
        force: Whether a folder of findings may be replaced.
        unfit: Options that were given and that a cluster can't heed, by what they are called.
    """

    master: str
    paths: Sequence[str]
    files: Sequence[Path] | None
    as_of: int | None
    force: bool
    unfit: Mapping[str, object]

    def check(self) -> tuple[str, Path, int]:
        """Give the folder of rows, the one to write and the year, before any work is done.

        Raises:
            OutputError: It can't be done so.
        """
        given = [name for name, value in self.unfit.items() if value]
        if given:
            named = say("、", ", ").join(given)
            raise OutputError(
                say(f"--engine spark 不能用 {named}", f"--engine spark takes no {named}")
            )
        if len(self.paths) != 1 or len(self.files or ()) != 1:
            raise OutputError(
                say(
                    "--engine spark 要一个数据文件夹，和一个结果文件夹：-o 结果/",
                    "--engine spark takes one folder of rows, and one of findings: -o findings/",
                )
            )
        if self.as_of is None:
            raise OutputError(
                say(
                    "--engine spark 要用 --as-of 说明考核哪一年",
                    "--engine spark has to be told the year to judge: --as-of",
                )
            )
        (into,) = self.files or ()
        if into.exists() and not self.force:
            raise OutputError(
                say(
                    f"{into} 已存在，没有覆盖；要覆盖请加 --force",
                    f"{into} exists and was left alone; add --force to overwrite it",
                )
            )
        if into.is_file() or (into.exists() and any(into.iterdir()) and not _is_ours(into)):
            raise OutputError(
                say(
                    f"{into} 里不是检查结果，不能替换",
                    f"{into} holds no findings, and is not replaced",
                )
            )
        if not into.resolve().parent.is_dir():
            raise UnwrittenError(
                say(f"没有文件夹 {into.parent}", f"there is no folder {into.parent}")
            )
        return self.paths[0], into, self.as_of


def _is_ours(folder: Path) -> bool:
    from dabiao.library.spark.listing import HEAD

    return (folder / HEAD).is_file() or any(folder.glob("part=*")) or _is_begun(folder)


def _is_begun(folder: Path) -> bool:
    """Tell whether Spark began to write there, and did not come to an end."""
    return all(each.name.startswith(("_", ".")) for each in folder.iterdir())


def check_on_cluster(
    asked: ClusterCheck,
    packs: Sequence[Path] | None,
    wanted: "Wanted",
    fail_on: FailOn,
    *,
    builtin: bool,
) -> Exit:
    """Judge the rows of a folder on a cluster, and say in short what came out."""
    from dabiao.library.spark.driver import check_by_spark, start_spark
    from dabiao.reports.summaries import counts_line
    from dabiao.rules.catalog.selection import select_to_judge

    folder, into, as_of = asked.check()
    catalog, aside = catalog_to_judge_by(packs, builtin=builtin)
    rules = look_up(select_to_judge, catalog, wanted)
    spark = start_spark(asked.master)
    try:
        found = check_by_spark(spark, folder, catalog, rules, as_of=as_of, into=str(into.resolve()))
    finally:
        spark.stop()
    print_line(counts_line(found.summary))
    for problem in found.problems:
        tell(problem)
    if found.problem_count > len(found.problems):
        more = found.problem_count - len(found.problems)
        tell(say(f"还有 {more} 个问题，见 {into}", f"{more} more problems stand in {into}"))
    if aside:
        return Exit.RULES
    if not any(found.summary[each] for each in Outcome if each is not Outcome.NOT_APPLICABLE):
        return Exit.NOTHING
    return ending(found.summary, fail_on)
