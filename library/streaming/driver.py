"""A check of more rows than memory holds, from the folder of rows to the folder of findings."""

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from dabiao.library.streaming.apart import RowsApart, Sorting
from dabiao.library.streaming.workers import (
    IDS,
    Job,
    TreeDone,
    Worker,
    begin,
    judge,
    nothing_judged,
)
from dabiao.library.trees.check import (
    RULES,
    SHOWN,
    TreesAsked,
    TreesCheck,
    TreesProgress,
    into_folder,
    seen_from,
    told_of,
    write_damaged,
    write_head,
)
from dabiao.library.trees.judging import MOST_BYTES, Task, refused
from dabiao.library.trees.looked_at import looked_at
from dabiao.library.trees.scope import Tree, by_tree, tree_name
from dabiao.library.trees.tables import row_tables
from dabiao.rules.packs.catalog_text import catalog_text
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

ROWS = "_rows"
"""The folder beside the findings in which rows are put apart; it is gone in the end."""
_Start = tuple[Path, Mapping[Tree, Task], tuple[Outcome, ...], Path]
_AHEAD = 4
"""Trees that wait for each process."""


def check_by_stream(
    folder: str,
    asked: TreesAsked,
    into: Path,
    *,
    processes: int | None = None,
    progress: TreesProgress | None = None,
) -> TreesCheck:
    """Judge the rows of a folder tree by tree, and write the findings into another.

    Args:
        folder: Holds, for each table, a file or a folder of files: ``学校.parquet``, ``班级/``.
        asked: What is to be judged.
        into: The folder to write; what is there is replaced.
        processes: How many trees are judged at a time; as many as there are processors if
            None. One at a time, it is done in this process.
        progress: Is told what is being done, and how much of it is.

    Raises:
        EngineError: A rule needs everybody's rows, or the rows are not as they have to be.
    """
    rules = by_tree(asked.rules, asked.catalog)
    tables = row_tables(Path(folder), mapped=asked.mapping is not None)
    _empty(into)
    with tempfile.TemporaryDirectory(prefix=ROWS, dir=into) as made:
        sorting = Sorting(tables, asked.catalog, Path(made), asked.mapping, asked.every_year)
        apart = sorting.put_apart(progress)
        earlier = sorted(year for year in apart.years if year < asked.as_of)
        tasks: dict[Tree, Task] = {}
        for tree, ids in rules.items():
            tells = not tasks
            tasks[tree] = Task(
                tree, tuple(ids), asked.as_of, tuple(earlier), tells, tables[0].suffix,
                asked.language, asked.mapping, MOST_BYTES,
            )  # fmt: skip
        jobs = [job for tree in tasks for job in _jobs(tree, apart, asked, tasks)]
        at_once = processes or _processors()
        start = _kept(Path(made), asked, tasks, into)
        if at_once == 1:
            worker = Worker(asked.catalog, tasks, asked.outcomes, into)
            judged: Iterator[tuple[Job, TreeDone]] = ((job, worker.judge(job)) for job in jobs)
        else:
            judged = _run(jobs, at_once, start)
        found = _gathered(judged, len(jobs), apart, progress)
    put = into_folder(into)
    write_damaged(put, apart.damaged)
    write_head(put, asked, seen_from(into, folder), [*earlier, asked.as_of], found)
    return found


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _empty(into: Path) -> None:
    """Make the folder, or empty it: findings of another check would stand beside these."""
    if into.is_dir():
        shutil.rmtree(into)
    into.mkdir()


def _jobs(
    tree: Tree, apart: RowsApart, asked: TreesAsked, tasks: Mapping[Tree, Task]
) -> Iterator[Job]:
    """Give the trees of a level, the largest first."""
    looked = looked_at(tasks[tree].rules, asked.catalog)
    rows: dict[str, list[str]] = {}
    for home in sorted(apart.pieces):
        tells = not home and tasks[tree].tells  # once, of rows that nobody knows where they lie
        whose = "" if tells else apart.grouping.tree(home, tree)
        if whose is not None:
            rows.setdefault(whose, []).append(home)
    jobs = []
    for whose, places in rows.items():
        pieces = tuple(
            piece
            for home in places
            for piece in apart.pieces[home]
            if not whose
            or tree is Level.COUNTY
            or piece.level is None
            or piece.level.rank <= looked.lowest
        )
        if pieces:  # rules of prefectures may look at nothing that stands there
            jobs.append(Job(tree, whose, apart.grouping.members(whose), pieces))
    yield from sorted(jobs, key=lambda job: -job.size)


def _kept(made: Path, asked: TreesAsked, tasks: Mapping[Tree, Task], into: Path) -> _Start:
    """Write down what is large of what processes begin with.

    What begins a process is handed to it through a pipe, and whoever fills a pipe that nobody reads
    any more, since the process was killed, waits for ever.
    """
    ids = {tree_name(tree): task.rules for tree, task in tasks.items()}
    (made / IDS).write_text(json.dumps(ids), "utf-8")
    (made / RULES).write_bytes(catalog_text(asked.catalog))
    return made, {tree: replace(t, rules=()) for tree, t in tasks.items()}, asked.outcomes, into


def _run(jobs: Sequence[Job], at_once: int, start: _Start) -> Iterator[tuple[Job, TreeDone]]:
    """Judge trees in processes; those that were under way when one died are tried alone."""
    waiting = list(jobs)
    while waiting:
        for job in (yield from _pool(waiting, at_once, start)):
            if (yield from _pool([job], 1, start)):
                died = say(
                    "没有考核：考核它的进程中断了，可能是内存不够",
                    "not judged: its process died; there may be too little memory",
                )
                yield job, nothing_judged(refused(died))


def _pool(
    waiting: list[Job], at_once: int, start: _Start
) -> Generator[tuple[Job, TreeDone], None, list[Job]]:
    """Judge what waits until nothing does, or a process dies; give what was under way then."""
    under_way: dict[Future[TreeDone], Job] = {}
    with (
        _one_thread(),
        ProcessPoolExecutor(
            at_once, get_context("spawn"), initializer=begin, initargs=start
        ) as pool,
    ):
        try:
            while waiting or under_way:
                while waiting and len(under_way) < at_once * _AHEAD:
                    job = waiting.pop(0)
                    under_way[pool.submit(judge, job)] = job
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    done = future.result()
                    yield under_way.pop(future), done
        except BrokenProcessPool:
            return list(under_way.values())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return []


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let each process use one processor: there are as many of them as processors."""
    name = "POLARS_MAX_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _gathered(
    found: Iterable[tuple[Job, TreeDone]],
    total: int,
    apart: RowsApart,
    progress: TreesProgress | None,
) -> TreesCheck:
    """Count what came of all trees."""
    summary: Counter[Outcome] = Counter()
    left_out, others = list(apart.damaged[:SHOWN]), list[str]()
    trees, unread, problem_count = 0, len(apart.damaged), len(apart.damaged)
    for number, (job, done) in enumerate(found, 1):
        summary.update(dict(zip(Outcome, done.summary, strict=True)))
        trees += done.judged
        unread += done.unread
        problem_count += len(done.problems)
        kept = left_out if done.unread else others
        kept += [told_of(job.tree, each) for each in done.problems[: SHOWN - len(kept)]]
        if progress is not None:
            what = say("考核", "judging")
            progress(f"{what} {job.tree} {number:,}/{total:,}", number / total)
    counted = {each: summary[each] for each in Outcome}
    problems = tuple([*left_out, *others][:SHOWN])
    return TreesCheck(counted, trees, problems, problem_count, unread)
