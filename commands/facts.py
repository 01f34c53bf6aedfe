"""``dabiao facts``: what can be asked of a submission before it is judged."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.commands.deadlines import DaysSaid, set_deadlines
from dabiao.commands.exit_codes import Exit, NotWell, acceptable
from dabiao.commands.help import both, example
from dabiao.commands.loading import (
    find_place,
    judged,
    justifications,
    look_up,
    or_exit,
    read_catalog,
    read_submission,
    read_to_judge,
    usable,
)
from dabiao.commands.options import (
    FILE,
    FilePaths,
    Force,
    Paths,
    Strict,
    Year,
    YearNamed,
    argument,
    completion,
    option,
    year_option,
)
from dabiao.commands.options.groups import (
    CommandGroup,
    Destination,
    Encoding,
    HowRead,
    RulePacks,
    RulesNamed,
    TableDestination,
)
from dabiao.reports.format_names import TABLES, Format
from dabiao.reports.outputs import outputs, tell, write_each
from dabiao.schemas.language import say
from dabiao.schemas.problem import unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from dabiao.engine.judge import Judgement
    from dabiao.reports.annotations.folder import TargetFolder
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.schemas.facts import Facts

_ALSO = option("也计入的结论", "outcomes that count too", metavar="OUTCOME")
_WEIGHTS = option("改权重，如 copy=5", "points of a kind, as in copy=5", "--weight", metavar="K=N")
_INSPECTORS = option("检查人员名单（CSV）", "a CSV of inspectors", "--inspectors", metavar="FILE")
_ANNOTATE = ("把标出问题的工作簿写入文件夹，可退回学校", "write the workbooks with marks into DIR")
Marked = Annotated[Path | None, option(*_ANNOTATE, "--annotate", metavar="DIR")]
_EXPLAINED = (
    "核实说明的文件；退回表中写的说明也记进去",
    "file of explanations, to which those in returned workbooks are added",
)
Explained = Annotated[Path | None, option(*_EXPLAINED, "--explained", metavar="FILE.csv")]
_TABLE = argument(
    "TABLE",
    "表的名称或其中几个字",
    "its title, or a part of it",
    autocompletion=completion.tables,
)
facts_app = CommandGroup()


@facts_app.command(
    "validate",
    help=both("校验，列出全部问题", "List every problem of a submission"),
    epilog=example(
        "facts validate examples/ordos-2025",
        "facts validate examples/ordos-2025 --annotate returned",
    ),
)
def validate(
    context: typer.Context,
    paths: Paths,
    *,
    packs: RulePacks,
    how: HowRead,
    strict: Strict = False,
    marked: Marked = None,
    explained: Explained = None,
    to: Destination,
) -> int:
    """List every problem of a submission; if wanted, mark them in its workbooks."""
    from dabiao.engine.findings.caveats import left_out
    from dabiao.reports import wording
    from dabiao.reports.lists.explained import counted
    from dabiao.reports.lists.problems import write_causes

    target = _target(marked, paths, force=to.force)
    catalog = read_catalog(packs)
    facts = read_submission(paths, catalog, how)
    still, why = justifications(explained, facts, facts.problems)
    try:
        write_causes([*still, *facts.notes], to.form, to.files, force=to.force, why=why)
    finally:  # a list that cannot be printed does not keep the workbooks from being written
        if target is not None:
            tell("\n".join(target.annotate(facts, how.encoding, why=why)))
    if explained is not None:
        tell(counted(still, why))
    rows = sum(file.rows for file in facts.files)
    bad = {each.file for each in facts.problems if unread([each])}
    none = sum(file.file in bad and not file.rows for file in facts.files)
    told = say(
        f"{'共' if none else '已读取'} {len(facts.files)} 个文件，{rows:,} 行",
        f"files: {len(facts.files)}, rows: {rows:,}",
    )
    more = say(f"；{none} 个文件读不了", f"; unreadable: {none}") if none else ""
    tell(told + more)
    for caveat in left_out(catalog, facts):
        tell(wording.caveat(caveat))
    fine = acceptable(still, strict=strict)
    if target is None and to.files is None and not fine:
        again = f"{context.obj or 'dabiao facts validate'} --annotate"
        tell(say(f"退回改正：{again} 退回", f"to have it corrected: {again} to-correct"))
    return Exit.CHECKED if rows and fine else Exit.FACTS


def _target(marked: Path | None, paths: Sequence[str], *, force: bool) -> "TargetFolder | None":
    """Give where workbooks go back to; it is looked at before anything is read."""
    if marked is None:
        return None
    from dabiao.reports.annotations.folder import TargetFolder

    target = TargetFolder(marked, force)
    target.check(paths)
    return target


@facts_app.command(
    "quality",
    help=both("列出值得再看一眼的数据", "List what is worth a second look"),
    epilog=example("facts quality examples/ordos-2025 --annotate returned-notes"),
)
def quality(
    paths: Paths,
    *,
    packs: RulePacks,
    as_of: Year = None,
    every_year: Annotated[bool, option("各年都看", "look at every year", "--every-year")] = False,
    how: HowRead,
    marked: Marked = None,
    explained: Explained = None,
    to: Destination,
) -> int:
    """List contradictions, jumps, outliers and copies as notes; none of them is a verdict."""
    from dabiao.engine.bearing import bearing
    from dabiao.engine.survey import survey
    from dabiao.reports.annotations.note_problems import note_problems
    from dabiao.reports.lists.quality import note_listing, print_notes
    from dabiao.rules.catalog.selection import NamesByCode

    target = _target(marked, paths, force=to.force)
    catalog = read_catalog(packs)
    facts = usable(read_submission(paths, catalog, how))
    judgement = judged(catalog, facts, (), "columnar", as_of=as_of, every_year=every_year)
    told = survey(judgement)
    at_cells = dict(note_problems(told, facts))
    _, why = justifications(explained, facts, [*at_cells.values(), *facts.problems])
    reasons = {note: why[each] for note, each in at_cells.items() if each in why}
    bears = bearing(facts, told, _judging_again(catalog, judgement))
    listing = note_listing(told, NamesByCode(facts, catalog), reasons, bears)
    prose = partial(print_notes, told, reasons, bears)
    try:
        to.write(listing, prose=prose)
    finally:
        if target is not None:
            back = target.annotate(facts, how.encoding, beside=list(at_cells.values()), why=why)
            tell("\n".join(back))
    return Exit.CHECKED


def _judging_again(catalog: "Catalog", judgement: "Judgement") -> "Callable[[Facts], Judgement]":
    """Give what judges other facts of the same year, by the rules that are judged by anyway."""
    from dabiao.rules.catalog.selection import Wanted, select_to_judge

    return partial(
        judged,
        catalog,
        rules=select_to_judge(catalog, Wanted()) if catalog.rules else (),
        engine="columnar",
        as_of=judgement.as_of,
        coming=True,
    )


@facts_app.command(
    "visits",
    help=both("按风险抽取实地核查对象", "Draw a sample of subjects to visit, by risk"),
    epilog=example("facts visits examples/ordos-2025 --share 10% --seed 20251101"),
)
def draw_visits(
    paths: Paths,
    share: Annotated[str, option("抽取比例，如 10%", "share to draw", metavar="N%")],
    seed: Annotated[str, option("种子，公开摇出的数", "what lots are drawn with", metavar="N")],
    *,
    packs: RulePacks,
    level: Annotated[str | None, option("抽哪一层级", "whom to draw", metavar="LEVEL")] = None,
    area: Annotated[
        str | None, option("只抽此地区的", "only in this place", metavar="AREA")
    ] = None,
    per: Annotated[str | None, option("按哪一层级分组", "level of strata", metavar="LEVEL")] = None,
    also: Annotated[list[NotWell] | None, _ALSO] = None,
    weights: Annotated[list[str] | None, _WEIGHTS] = None,
    inspectors: Annotated[Path | None, _INSPECTORS] = None,
    as_of: Year = None,
    how: HowRead,
    to: Destination,
) -> int:
    """Draw whom to visit, weighted by what is noted of them; the same seed draws the same."""
    from dabiao.engine.visits.lots import percent, seed_of
    from dabiao.engine.visits.risk import weighed
    from dabiao.engine.visits.sampling import VisitPlan, visits
    from dabiao.intake.inspectors import read_inspectors
    from dabiao.reports.lists.visits import print_visits, visit_listing
    from dabiao.rules.catalog.selection import NamesByCode, find_level
    from dabiao.schemas.outcome import Outcome

    part, lot, points = percent(share), seed_of(seed), weighed(weights or ())
    with or_exit(Exit.USAGE):
        lowest, group = (None if each is None else find_level(each) for each in (level, per))
        sent = () if inspectors is None else read_inspectors(inspectors)
    catalog = read_catalog(packs)
    facts = usable(read_submission(paths, catalog, how))
    names = NamesByCode(facts, catalog)
    place = find_place(area, names, facts)
    outcomes = tuple(Outcome(each) for each in dict.fromkeys(also or ()))
    rules = tuple(catalog.rules) if outcomes else ()
    judgement = judged(catalog, facts, rules, "columnar", as_of=as_of)
    plan = VisitPlan(lot, part, lowest, place, group, outcomes, points, sent)
    sample = visits(judgement, plan, _judging_again(catalog, judgement))
    listing, prose = visit_listing(sample, names), partial(print_visits, sample, names)
    to.write(listing, prose=prose)
    return Exit.CHECKED


@facts_app.command(
    "roster",
    help=both("名录：谁报齐了，谁没有", "Who reported, and who did not"),
    epilog=example("facts roster examples/ordos-2025"),
)
def roster(
    paths: Paths,
    *,
    packs: RulePacks,
    rules: RulesNamed,
    year: YearNamed = None,
    level: Annotated[str | None, option("只看此层级", "only this level", metavar="LEVEL")] = None,
    how: HowRead,
    everyone: Annotated[bool, option("报齐的也列出", "complete ones too", "--all")] = False,
    to: Destination,
) -> int:
    """Count per level who was to report and who did, and list those that are not complete."""
    from dabiao.reports import wording
    from dabiao.reports.lists.attendance import Register, attendance_listing, print_attendance
    from dabiao.rules.catalog.selection import NamesByCode, find_level

    only = None if level is None else find_level(level)
    catalog, selected, facts = read_to_judge(paths, packs, rules, how)
    judgement = judged(catalog, facts, selected, "columnar", as_of=year, coming=True)
    told = judgement.roster.call(judgement.as_of, only, everyone=everyone)
    register = Register(judgement.as_of, *told, NamesByCode(facts, catalog))
    prose = partial(print_attendance, register)
    to.write(attendance_listing(register), prose=prose)
    for caveat in judgement.outsiders():
        tell(wording.caveat(caveat))
    return Exit.FACTS if unread(facts.problems) else Exit.CHECKED


@facts_app.command(
    "completeness",
    help=both("报送率、按时率、填报率", "How completely and how early all reported"),
    epilog=example("facts completeness examples/ordos-2025 --due 2025-11-30 --log received.csv"),
)
def completeness(
    paths: Paths,
    *,
    packs: RulePacks,
    rules: RulesNamed,
    year: YearNamed = None,
    level: Annotated[str | None, option("只看此层级", "only this level", metavar="LEVEL")] = None,
    days: DaysSaid,
    how: HowRead,
    to: Destination,
) -> int:
    """Tell per form, county and item who reported, how completely, and whether in time."""
    from dabiao.engine.attendance.completeness import Completions
    from dabiao.reports.lists.returns.completeness import (
        CompletenessTable,
        completeness_listing,
        print_completeness,
    )
    from dabiao.rules.catalog.selection import NamesByCode, find_level
    from dabiao.schemas.run import DueDate

    only = None if level is None else find_level(level)
    catalog, selected, facts = read_to_judge(paths, packs, rules, how)
    set_deadlines(facts, catalog, selected, year, days)
    judgement = judged(catalog, facts, selected, "columnar", as_of=year, coming=True)
    told = Completions(
        judgement.roster,
        judgement.evaluator.frames,
        judgement.builder.names,
        judgement.notes(),
    )
    rows = tuple(told.find(judgement.as_of, only))
    dates = tuple(DueDate(level=at, day=day) for at, day in facts.deadlines.known.items())
    table = CompletenessTable(judgement.as_of, rows, dates, NamesByCode(facts, catalog))
    prose = partial(print_completeness, table)
    to.write(completeness_listing(table), prose=prose)
    return Exit.FACTS if unread(facts.problems) else Exit.CHECKED


@facts_app.command(
    "ask",
    help=both("先催什么：哪些空格最要紧", "Which blank cells to ask for first"),
    epilog=example("facts ask examples/ordos-2025"),
)
def ask(
    paths: Paths,
    *,
    packs: RulePacks,
    rules: RulesNamed,
    as_of: Year = None,
    how: HowRead,
    to: Destination,
) -> int:
    """List what is missing by how many findings it decides, and what decides nothing any more."""
    from dabiao.engine.asking import asks
    from dabiao.reports.lists.returns.asking import asks_listing, print_asks

    catalog, selected, facts = read_to_judge(paths, packs, rules, how)
    told = asks(judged(catalog, facts, selected, "columnar", as_of=as_of))
    titles = {id_: catalog.rules[id_].title for id_ in selected}
    prose = partial(print_asks, told, titles)
    to.write(asks_listing(told, titles), prose=prose)
    return Exit.FACTS if unread(facts.problems) else Exit.CHECKED


@facts_app.command(
    "diff",
    help=both("退回后改了什么", "What a second submission changed"),
    epilog=example("facts diff examples/ordos-2023 examples/ordos-2025"),
)
def diff(
    old: Annotated[str, argument("OLD", "原来的文件或文件夹", "the first submission")],
    new: Annotated[str, argument("NEW", "现在的文件或文件夹", "the second one")],
    *,
    packs: RulePacks,
    rules: RulesNamed,
    as_of: Year = None,
    how: HowRead,
    to: Destination,
) -> int:
    """Compare two submissions: cells, problems and outcomes; also which only figures changed."""
    from dabiao.engine.revisions import revise
    from dabiao.reports.lists.returns.revisions import print_revision, revision_listing
    from dabiao.rules.catalog.selection import select_to_judge

    catalog = read_catalog(packs)
    selected = look_up(select_to_judge, catalog, rules.wanted())
    before, after = (usable(read_submission([path], catalog, how)) for path in (old, new))
    later = judged(catalog, after, selected, "columnar", as_of=as_of)
    again = partial(
        judged, catalog, rules=selected, engine="columnar", as_of=later.as_of, coming=True
    )
    revision = revise(again(before), later, again)
    prose = partial(print_revision, revision)
    to.write(revision_listing(revision), prose=prose)
    return Exit.FACTS if unread([*before.problems, *after.problems]) else Exit.CHECKED


@facts_app.command(
    "map",
    help=both("为外来表格起草映射文件", "Propose how a table is mapped"),
    epilog=example(
        "facts map examples/wide-table/schools.csv --rules examples/wide-table/rules -o map.yaml"
    ),
)
def map_table(
    paths: FilePaths,
    *,
    level: Annotated[
        str | None, option("一行是哪个层级", "level of the rows", metavar="LEVEL")
    ] = None,
    year: Annotated[int | None, year_option("表中没有写的年份", "year of the rows")] = None,
    packs: RulePacks,
    encoding: Encoding = None,
    files: Annotated[list[Path] | None, FILE] = None,
    force: Force = False,
) -> int:
    """Propose a mapping file for tables made for another purpose, to be looked at and edited."""
    from dabiao.intake.proposals import in_short, mapping_text, propose
    from dabiao.rules.catalog.selection import find_level

    chosen = outputs(files, Format.TABLE, (Format.TABLE,), force=force)
    catalog = read_catalog(packs)
    with or_exit(Exit.USAGE):
        given = None if level is None else find_level(level)
    with or_exit(Exit.FACTS):
        known = partial(propose, level=given, year=year, encoding=encoding)
        proposal = known(paths, catalog.vocabulary.measures, catalog.places)
    for text in in_short(proposal):
        tell(text)
    if proposal.useful:
        write_each(chosen, lambda _: lambda file: file.write(mapping_text(proposal)))
    return Exit.CHECKED if proposal.useful or proposal.needless else Exit.FACTS


@facts_app.command(
    "table",
    help=both("填出文件的一张表：一校一行", "Fill in a table of a document"),
    epilog=example("facts table 小学资源配置 examples/national-balanced -o table.html"),
)
def fill_table(
    name: Annotated[str, _TABLE],
    paths: Paths,
    *,
    area: Annotated[
        str | None, option("只要此地区的", "only of this place", metavar="AREA")
    ] = None,
    as_of: Year = None,
    packs: RulePacks,
    how: HowRead,
    to: TableDestination,
) -> int:
    """Fill in a table of a document from facts, what falls short shaded."""
    from dabiao.engine.tables import filled
    from dabiao.reports.tables.formats import write_tables
    from dabiao.rules.catalog.selection import NamesByCode, find_table

    chosen = outputs(to.files, to.form, TABLES, force=to.force)
    catalog = read_catalog(packs)
    table = look_up(find_table, catalog, name)
    facts = usable(read_submission(paths, catalog, how))
    names = NamesByCode(facts, catalog)
    place = find_place(area, names, facts)
    judgement = judged(catalog, facts, table.rules, "columnar", as_of=as_of)
    tables = filled(judgement, table, place)
    if not tables:
        tell(say("没有对象列入这张表", "nobody belongs into this table"))
        return Exit.NOTHING
    write_each(chosen, lambda output: partial(write_tables, tables, output.form))
    return Exit.CHECKED
