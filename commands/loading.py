"""What commands begin with: rule packs and submissions, read, looked up and judged."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from dabiao.cases.clocks import today
from dabiao.commands.exit_codes import Exit
from dabiao.commands.options import Engine
from dabiao.commands.options.groups import HowRead, RulePacks, RulesNamed
from dabiao.commands.settings import where_set
from dabiao.reports.outputs import tell, write_stream
from dabiao.schemas.language import number_of, say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError, Problem

if TYPE_CHECKING:
    from dabiao.engine.judge import Judgement
    from dabiao.intake.formats.kept_tables import KeptTables
    from dabiao.intake.justifications import Justification
    from dabiao.intake.layout.mapping_file import MappingFile
    from dabiao.reports.run.reading import StoredRun
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.rules.catalog.selection import Wanted
    from dabiao.rules.language.scenario import Judge
    from dabiao.rules.packs.read import PackReading
    from dabiao.schemas.facts import Facts
    from dabiao.schemas.run import Run

Loaded = TypeVar("Loaded")


@contextmanager
def or_exit(code: Exit) -> Iterator[None]:
    """End with a code if an input cannot be used, telling everything that is wrong with it."""
    try:
        yield
    except InputError as error:
        from dabiao.reports.lists.problems import print_problems

        told = [_with_setting(problem) for problem in error.problems]
        write_stream(sys.stderr, partial(print_problems, told))
        raise typer.Exit(code) from None


def _with_setting(problem: Problem) -> Problem:
    """Say of a wrong word where it stands, if that is in the settings: nobody typed it."""
    where = where_set(problem.file or "", Path.cwd(), os.environ)
    if where is None:
        return problem
    told = say(f"（{where} 里设的）", f" (set in {where})")
    return replace(problem, message=problem.message + told)


def read_catalog(packs: RulePacks, *, bare: bool = False) -> "Catalog":
    """Give rule packs as they are; one that was read before is not read again.

    One without any feature is refused, unless it may be ``bare``: a document, and no rule yet.
    """
    from dabiao.rules.packs.pack import read_pack

    with or_exit(Exit.RULES):
        return read_pack(packs.folders(), bare=bare)


def catalog_to_judge_by(packs: RulePacks) -> tuple["Catalog", list[Path]]:
    """Give rule packs to judge by, and list those left aside since they clash with the others.

    No pack can keep the others from judging by saying otherwise what they say.
    """
    from dabiao.rules.files.pack_files import ClashError
    from dabiao.rules.packs.pack import read_pack

    folders = packs.folders()
    aside: list[Path] = []
    with or_exit(Exit.RULES):
        while True:
            try:
                catalog = read_pack(folders)
            except ClashError as error:
                from dabiao.reports.lists.problems import print_problems

                write_stream(sys.stderr, partial(print_problems, error.problems))
                clashing = [folders[at] for at in sorted(error.folders)]
                for folder in clashing:
                    message = f"没有采用规则包 {folder}：它与别的规则包冲突"
                    tell(say(message, f"the rule pack {folder} is not used: it clashes"))
                aside += clashing
                folders = [folder for folder in folders if folder not in clashing]
            else:
                return catalog, aside


def read_rules(packs: RulePacks, *, sound: bool = True, whole: bool = False) -> "PackReading":
    """Read rule packs and their proofs; unless ``sound``, problems are left to the caller.

    Of the built-in ones, drafts and proofs are read only where there are no others, or for the
    ``whole``.
    """
    from dabiao.rules.packs.pack import known_catalog
    from dabiao.rules.packs.read import read

    with or_exit(Exit.RULES):
        folders = packs.folders()
        reading = read(folders, known=None if whole else known_catalog(folders))
        if sound and reading.errors:
            raise InputError(reading.errors)
    return reading


def read_chosen(packs: RulePacks, wanted: "Wanted") -> tuple["PackReading", list[str] | None]:
    """Read rule packs and their proofs, and the ids of the rules somebody named; None for all.

    All of one's own, that is, where there are packs of one's own.
    """
    from dabiao.rules.catalog.selection import select

    packs = packs.beside(wanted.folders)
    reading = read_rules(packs)
    if not wanted.rules and not wanted.tags:
        return reading, None
    chosen = look_up(select, reading.catalog, wanted)
    if not reading.drafts.keys() >= set(chosen):
        reading = read_rules(packs, whole=True)
    return reading, chosen


def proving(engine: Engine = "columnar") -> "Judge":
    """Give what proofs are judged by."""
    from dabiao.engine.judge import EngineChoice, judge

    choice = EngineChoice(engine)
    return lambda catalog, facts, year: judge(catalog, facts, as_of=year, engine=choice)


def look_up(find: Callable[..., Loaded], *arguments: object) -> Loaded:
    """Look up what somebody named in a rule pack or a submission."""
    with or_exit(Exit.RULES):
        return find(*arguments)


def find_place(area: str | None, names: Mapping[str, str], facts: "Facts") -> str | None:
    """Look up the code of a place that somebody named, if they did."""
    from dabiao.rules.catalog.selection import find_subject

    return None if area is None else look_up(find_subject, names, area, None, facts.former_codes)


def read_to_judge(
    paths: Sequence[str], packs: RulePacks, rules: RulesNamed, how: HowRead
) -> "tuple[Catalog, Sequence[str], Facts]":
    """Read rule packs and a submission, and look up which of the rules are wanted."""
    from dabiao.rules.catalog.selection import select_to_judge

    catalog = read_catalog(packs)
    selected = look_up(select_to_judge, catalog, rules.wanted())
    return catalog, selected, usable(read_submission(paths, catalog, how))


def read_submission(
    paths: Sequence[str],
    catalog: "Catalog",
    how: HowRead,
    kept: "KeptTables | None" = None,
) -> "Facts":
    """Read a submission, by a mapping file and in an encoding if they are given."""
    from dabiao.intake import read_facts
    from dabiao.intake.facts.years import tell_of_years_to_come
    from dabiao.reports.terminal.progress import ProgressDisplay

    with or_exit(Exit.FACTS), ProgressDisplay(sys.stderr) as progress:
        mapping = mapping_of(how.mapping)
        read = partial(read_facts, mapping=mapping, encoding=how.encoding, progress=progress.count)
        facts = read(paths, catalog.vocabulary.measures, catalog.places, kept=kept)
    tell_of_years_to_come(facts, today().year)
    return facts


def mapping_of(path: Path | None) -> "MappingFile | None":
    """Read a mapping file, where one is named."""
    if path is None:
        return None
    from dabiao.intake.layout.mapping_file import read_mapping

    return read_mapping(path)


def justifications(
    path: Path | None, facts: "Facts", problems: Sequence[Problem]
) -> "tuple[list[Problem], dict[Problem, Justification]]":
    """Part problems into open and explained ones, by a file and by what workbooks brought back.

    What they brought back is added to the file.
    """
    from dabiao.intake.justifications import Justifications, gather, read_justifications
    from dabiao.reports.lists.explained import write_justifications

    if path is None:
        return list(problems), {}
    with or_exit(Exit.FACTS):
        known = Justifications(read_justifications(path))
    if known.add(gather((file.file for file in facts.files), problems)):
        write_justifications(path, known)
    return known.parted(problems)


@contextmanager
def or_no_run() -> Iterator[None]:
    """Tell of a file that is no run that a check wrote, and end the command."""
    from dabiao.reports.run.reading import RunFileError

    try:
        yield
    except RunFileError as error:
        tell(str(error))
        raise typer.Exit(Exit.FACTS) from None


def read_run_file(path: Path) -> "Run":
    """Give a run that a check wrote; what is no such file is told, and ends the command."""
    from dabiao.reports.run.reading import read_run
    from dabiao.reports.terminal.progress import ProgressDisplay

    with or_no_run(), ProgressDisplay(sys.stderr, say(f"读取 {path.name}", f"reading {path.name}")):
        return read_run(path)


def open_run_file(path: Path) -> "Run | StoredRun":
    """Give a run that a check wrote, or of one in Parquet what builds findings as it is asked."""
    from dabiao.reports.run.reading import open_run
    from dabiao.reports.terminal.progress import ProgressDisplay

    with or_no_run(), ProgressDisplay(sys.stderr, say(f"读取 {path.name}", f"reading {path.name}")):
        return open_run(path)


_DECIDING = ("other-meaning",)
"""Notes on what was read that decide what is judged, and so are told before it is."""


def usable(facts: "Facts", *, strict: bool = False) -> "Facts":
    """Tell what is wrong with a submission, in short if it can be judged all the same."""
    from dabiao.intake.problem_groups import group_problems
    from dabiao.reports.lists.problems import FEW, print_causes, print_noted

    problems = facts.problems
    noted = [each for each in facts.notes if each.code in _DECIDING]
    refused = not facts.years() or (strict and bool(problems))
    few = None if refused else FEW
    write_stream(sys.stderr, lambda stream: print_causes(group_problems(problems), stream, few))
    write_stream(sys.stderr, lambda stream: print_noted(group_problems(noted), stream))
    if not facts.years():
        tell(say("没有可以考核的填报数据", "there are no facts to judge"))
    if refused:
        raise typer.Exit(Exit.FACTS)
    return facts


def judged(
    catalog: "Catalog",
    facts: "Facts",
    rules: Sequence[str],
    engine: Engine = "auto",
    *,
    as_of: int | None,
    every_year: bool = False,
    coming: bool = False,
) -> "Judgement":
    """Judge facts by some rules, showing how far it is and telling which year was chosen.

    A year that there are no facts of is refused, unless it is a coming one that may be asked about.
    """
    from dabiao.engine.judge import EngineChoice, judge, known_year
    from dabiao.reports import wording
    from dabiao.reports.terminal.progress import ProgressDisplay

    if not coming:
        known_year(facts, as_of)
    with ProgressDisplay(sys.stderr) as progress:
        rows = sum(file.rows for file in facts.files)
        counties = facts.levels.get(Level.COUNTY)
        of = len(counties.codes) if counties is not None else 0
        size = say(
            f"：{len(rules):,} 条规则，{rows:,} 行，{of:,} 个旗县",
            f": {number_of(len(rules), 'rule')}, {number_of(rows, 'row')},"
            f" {of:,} {'county' if of == 1 else 'counties'}",
        )

        def show(year: int, done: float) -> None:
            progress(say(f"考核{year}年", f"judging {year}") + size, done)

        run = partial(judge, engine=EngineChoice(engine), progress=show)
        judgement = run(catalog, facts, rules=rules, as_of=as_of, every_year=every_year)
    for caveat in judgement.years_passed_over():
        tell(wording.caveat(caveat))
    return judgement
