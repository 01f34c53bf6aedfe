"""The command line: arguments, exit codes, printing. What is done, others do."""
# ruff: noqa: PLR0917 - Typer calls a command by the names of its options

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer
from typer.core import TyperGroup

import dabiao
from dabiao.engine.faults import EngineError
from dabiao.reports.formats import SHORT, Format
from dabiao.reports.listings import write_out
from dabiao.reports.outputs import OutputError, outputs, print_line, tell, use_utf8, write_stream
from dabiao.reports.usage import (
    ABOUT,
    EXIT_CODES,
    both,
    fault_message,
    pull_language,
    settings_by_command,
    translate,
    usage_message,
)
from dabiao.schemas.configuration import read_settings, spoken_language
from dabiao.schemas.ending import NOT_WELL, Exit, FailOn, NotWell, acceptable, ending, unread
from dabiao.schemas.language import Language, say, speak
from dabiao.schemas.problem import InputError

if TYPE_CHECKING:
    from dabiao.engine.check import Judgement
    from dabiao.rules.case import Judge
    from dabiao.rules.catalog import Catalog
    from dabiao.rules.reading import Reading
    from dabiao.schemas.facts import Facts

Found = TypeVar("Found")


class Program(TyperGroup):
    """The way in and out of every command: language, settings, and every way to end."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Run the program and exit; nothing that goes wrong comes out as a traceback."""
        gc.set_threshold(200_000, 20, 20)  # findings are many and live to the end
        wanted = args[0] if args else extra.pop("args", None)
        given = list(sys.argv[1:] if wanted is None else wanted)
        for stream in (sys.stdout, sys.stderr):
            use_utf8(stream, always=os.name == "nt")
        try:
            code = self._run(given, extra)
        except KeyboardInterrupt:
            code = Exit.INTERRUPTED
        except (EngineError, InputError, OutputError) as error:
            tell(str(error))
            code = Exit.USAGE
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a line
            usage = usage_message(error)
            tell(usage if usage is not None else fault_message(error))
            code = Exit.FAULT if usage is None else Exit.USAGE
        if code == Exit.INTERRUPTED:
            tell(say("已中断", "interrupted"))
        gc.freeze()  # nothing is worth collecting on the way out
        sys.exit(int(code))

    def _run(self, given: list[str], extra: dict[str, Any]) -> int:
        wanted = pull_language(given)
        speak(spoken_language(wanted, {}, os.environ))
        settings = read_settings(Path.cwd(), os.environ)
        speak(spoken_language(wanted, settings, os.environ))
        translate(self)
        extra |= {"standalone_mode": False, "default_map": settings_by_command(self, settings)}
        return super().main(given, **extra) or Exit.CHECKED


def _option(zh: str, en: str, *names: str, **more: Any) -> Any:  # noqa: ANN401
    return typer.Option(*names, help=both(zh, en), **more)


def _argument(metavar: str, zh: str, en: str) -> Any:  # noqa: ANN401
    return typer.Argument(metavar=metavar, help=both(zh, en))


_PATHS = _argument(
    "PATHS", "填报数据的文件或文件夹；- 读 JSON", "files or folders; - is JSON on stdin"
)
Paths = Annotated[list[str], _PATHS]
_FACTS = _option("同 PATHS", "the same as PATHS", "--facts", metavar="PATH")
RuleId = Annotated[str, _argument("RULE", "规则标识，如 ordos-145/…", "id of the rule")]
_PACKS = _option("再加一个规则包", "a further rule pack", "--rules", metavar="DIR")
Packs = Annotated[list[Path] | None, _PACKS]
Builtin = Annotated[bool, _option("用不用自带的规则包", "use the rule packs supplied")]
_DOCUMENTS = _option("只用此文件的规则", "only of this document", "--document", metavar="ID")
Documents = Annotated[list[str] | None, _DOCUMENTS]
_RULES = _option("只用此规则，可含 * 和 ?", "only this rule; * and ?", "--rule", metavar="ID")
Rules = Annotated[list[str] | None, _RULES]
_GLOBS = _argument(
    "RULE", "规则标识，可含 * ?；或规则包文件夹", "ids (* and ?), or folders of rules"
)
Globs = Annotated[list[str] | None, _GLOBS]
_TAGS = _option("只用带此标签的规则", "only with this tag", "--tag", metavar="TAG")
Tags = Annotated[list[str] | None, _TAGS]
_CONDITION = _option("仅限的条件", "a condition", "--only-where", metavar="TEXT")
_LEVELS = _option("只用考核此层级的规则", "only about this level", "--level", metavar="LEVEL")
Levels = Annotated[list[str] | None, _LEVELS]
_YEAR = _option("考核年份；不写则取最近一年", "year to judge; else the latest", metavar="YEAR")
Year = Annotated[int | None, _YEAR]
Engine = Literal["auto", "durable", "columnar"]
EngineName = Annotated[Engine, _option("比较引擎；结论相同", "engine; findings agree", "--engine")]
_MAPPING = _option("外来表格的对照文件", "how foreign tables are read", metavar="FILE")
Mapping = Annotated[Path | None, _MAPPING]
_ENCODING = _option("CSV 的编码；不写则自动识别", "encoding of CSV files", metavar="NAME")
Encoding = Annotated[str | None, _ENCODING]
_ALSO = _option("也计入的结论", "outcomes that count too")
_WEIGHTS = _option("改权重，如 copy=5", "points of a kind, as in copy=5", "--weight", metavar="K=N")
_INSPECTORS = _option("检查人员名单（CSV）", "a CSV of inspectors", "--inspectors", metavar="FILE")
_FAIL_ON = _option("从哪种结论起退出码不为 0", "from which outcome on not to end with 0")
_ASPIRATIONS = _option("力争目标不算", "aspirations do not count", "--ignore-aspirations")
Strict = Annotated[bool, _option("有错误或警告就不通过", "refuse any problem", "--strict")]
Form = Annotated[Format | None, _option("输出格式", "format of the result", "--format", "-f")]
_FILES = ("写入文件，后缀定格式；可重复", "write to a file; its suffix tells the format")
Files = Annotated[list[Path] | None, _option(*_FILES, "--output", "-o", metavar="FILE")]
Force = Annotated[bool, _option("覆盖已有文件", "overwrite files", "--force")]
_JUDGED = ("考核哪一年", "the year to be judged")
_WHOM = ("哪个地区或学校；不写则是文件的辖区", "for which place or school; else the documents' own")
_FORMS = ("写入的 .xlsx；--split-by 时是文件夹", "an .xlsx file; with --split-by, a folder")
_SHEETS = ("只要此层级的表", "only the sheet of this level")
_ROSTER = ("名录或往年的表，预填代码和名称", "a roster, or last year's files, to fill in who")
_BLANK_ROWS = ("每张表留几个空白对象", "blank subjects on each sheet")
_SPLIT = ("此层级每个对象一个工作簿", "a workbook for each subject of this level")
_ANNOTATE = ("把标出问题的工作簿写入文件夹，可退回学校", "write the workbooks with marks into DIR")
Marked = Annotated[Path | None, _option(*_ANNOTATE, "--annotate", metavar="DIR")]

app = typer.Typer(
    cls=Program,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=ABOUT,
    epilog=EXIT_CODES,
)
facts_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    facts_app,
    name="facts",
    help=both("填报数据：校验、核对、抽查", "Facts: validate, look closer, visit"),
)
app.add_typer(
    rules_app, name="rules", help=both("规则：查看、检查、证明", "Rules: see, lint, prove")
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print_line(f"dabiao {dabiao.__version__}")
        raise typer.Exit


_SHOW = {"callback": _show_version, "is_eager": True}
_LANG = _option("显示和报告用的语言", "language of all that is said")


@app.callback()
def start(
    version: Annotated[bool, _option("显示版本", "show the version", "--version", **_SHOW)] = False,
    lang: Annotated[Language | None, _LANG] = None,
) -> None:
    """Hold what all commands share; both are dealt with before a command begins."""


@app.command(help=both("考核，列出没有做到的", "Judge facts, and list what was not kept"))
def check(
    paths: Paths,
    packs: Packs = None,
    builtin: Builtin = True,
    documents: Documents = None,
    rules: Rules = None,
    tags: Tags = None,
    levels: Levels = None,
    area: Annotated[str | None, _option("只看此地区及其下级", "only this place and below")] = None,
    as_of: Year = None,
    every_year: Annotated[bool, _option("各年都考核", "judge every year", "--every-year")] = False,
    engine: EngineName = "auto",
    mapping: Mapping = None,
    encoding: Encoding = None,
    strict: Strict = False,
    fail_on: Annotated[FailOn, _FAIL_ON] = FailOn.VIOLATION,
    ignore_aspirations: Annotated[bool, _ASPIRATIONS] = False,
    form: Form = None,
    files: Files = None,
    force: Force = False,
    limit: Annotated[int, _option("最多列出几条", "rows listed at most", metavar="N", min=0)] = 50,
    everything: Annotated[bool, _option("全部列出", "list all of them", "--all")] = False,
) -> int:
    """Judge facts by rules and write what came out."""
    from dabiao.reports.formats import write_run
    from dabiao.reports.overviews import narrowed, one_line
    from dabiao.rules.selection import Wanted, find_subject, names_of, select

    chosen = outputs(files, form, tuple(Format), force=force)
    catalog = _catalog(packs, builtin=builtin)
    wanted = Wanted(documents or (), rules or (), tags or (), levels or ())
    selected = _found(select, catalog, wanted)
    facts = _usable(_read(paths, catalog, mapping, encoding), strict=strict)
    names = names_of(facts, catalog)
    place = None if area is None else _found(find_subject, names, area)
    judgement = _judge(catalog, facts, selected, engine, as_of=as_of, every_year=every_year)
    short = place is None and all(output.form in SHORT for output in chosen)
    brief = all(output.form is Format.TABLE for output in chosen)
    run = judgement.run(NOT_WELL if short else None, brief=brief)
    if place is not None:
        run = narrowed(run, place, judgement.attendance(place))
    for output in chosen:
        most = None if everything or output.path else limit
        output.write(partial(write_run, run, output.form, limit=most, names=names))
    if all(output.path for output in chosen):
        tell(one_line(run))
    if unread(facts.problems):
        return Exit.FACTS
    return ending(run.findings, fail_on, ignore_aspirations=ignore_aspirations)


@app.command(help=both("说明一条结论的来龙去脉", "Show the whole reasoning of one finding"))
def explain(
    rule: RuleId,
    subject: Annotated[str, _argument("SUBJECT", "对象的代码或名称", "its code or name")],
    paths: Annotated[list[str] | None, _PATHS] = None,
    more: Annotated[list[str] | None, _FACTS] = None,
    packs: Packs = None,
    builtin: Builtin = True,
    year: Year = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    form: Form = None,
) -> int:
    """Print how one rule came out for one subject, and why."""
    from dabiao.engine.explain import explain as explained
    from dabiao.reports.explanations import EXPLAINED, write_explanation
    from dabiao.rules.selection import find_rule, find_subject, names_of

    (output,) = outputs((), form, EXPLAINED)
    catalog = _catalog(packs, builtin=builtin)
    found = _found(find_rule, catalog, rule).id
    facts = _usable(_read([*(paths or ()), *(more or ())], catalog, mapping, encoding))
    code = _found(find_subject, names_of(facts, catalog), subject)
    judgement = _judge(catalog, facts, [found], as_of=year)
    explanation = explained(judgement, found, code, year)
    output.write(partial(write_explanation, explanation, output.form))
    return Exit.CHECKED


@app.command(help=both("写出供填报的工作簿", "Write the workbook that rules need filled in"))
def template(
    year: Annotated[int, _option(*_JUDGED, metavar="YEAR", min=1949, max=2100)],
    output: Annotated[Path, _option(*_FORMS, "--output", "-o", metavar="FILE")],
    packs: Packs = None,
    builtin: Builtin = True,
    documents: Documents = None,
    rules: Rules = None,
    tags: Tags = None,
    area: Annotated[str | None, _option(*_WHOM, metavar="AREA")] = None,
    levels: Annotated[list[str] | None, _option(*_SHEETS, "--level", metavar="LEVEL")] = None,
    roster: Annotated[list[str] | None, _option(*_ROSTER, metavar="PATH")] = None,
    rows: Annotated[int | None, _option(*_BLANK_ROWS, metavar="N", min=0, max=10000)] = None,
    split_by: Annotated[str | None, _option(*_SPLIT, "--split-by", metavar="LEVEL")] = None,
    force: Force = False,
) -> int:
    """Write the workbooks in which schools, counties and prefectures report what rules need."""
    from dabiao.reports.forms import told, write_form, write_forms
    from dabiao.reports.problems import FEW, print_problems
    from dabiao.reports.progress import Progress
    from dabiao.rules.forms import Ground, Order, find_area, find_levels, plan_forms
    from dabiao.rules.selection import Wanted, select

    catalog = _catalog(packs, builtin=builtin)
    selected = _found(select, catalog, Wanted(documents or (), rules or (), tags or ()))
    known = _read(roster, catalog, None, None) if roster else None
    if known is not None:
        write_stream(sys.stderr, partial(print_problems, known.problems, most=FEW))
    ground = Ground.of(catalog.places, known, year)
    place = _found(find_area, area, selected, catalog, ground)
    wanted = _found(find_levels, levels or (), place)
    split = None if split_by is None else _found(find_levels, [split_by], place)[0]
    order = Order(place, year, wanted, rows)
    forms = _found(plan_forms, catalog, selected, order, ground, split)
    if split is None:
        write_form(forms[0], output, force=force)
    else:
        with Progress(sys.stderr) as progress:
            write_forms(forms, output, force=force, progress=progress)
    tell(told(forms))
    return Exit.CHECKED


@facts_app.command(
    "validate", help=both("校验，列出全部问题", "List every problem of a submission")
)
def validate(
    paths: Paths,
    packs: Packs = None,
    builtin: Builtin = True,
    mapping: Mapping = None,
    encoding: Encoding = None,
    strict: Strict = False,
    marked: Marked = None,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """List every problem of a submission; if wanted, mark them in its workbooks."""
    from dabiao.reports.problems import write_causes

    target = None
    if marked is not None:
        from dabiao.reports.annotations.folder import Target

        target = Target(marked, force)
        target.check(paths)
    facts = _read(paths, _catalog(packs, builtin=builtin), mapping, encoding)
    write_causes([*facts.problems, *facts.notes], form, files, force=force)
    if target is not None:
        tell("\n".join(target.annotate(facts, encoding)))
    rows = sum(file.rows for file in facts.files)
    tell(
        say(
            f"读了 {len(facts.files)} 个文件，{rows:,} 行",
            f"{len(facts.files)} files, {rows:,} rows",
        )
    )
    return Exit.CHECKED if rows and acceptable(facts.problems, strict=strict) else Exit.FACTS


@facts_app.command(
    "quality", help=both("列出值得再看一眼的数据", "List what is worth a second look")
)
def quality(
    paths: Paths,
    packs: Packs = None,
    builtin: Builtin = True,
    as_of: Year = None,
    every_year: Annotated[bool, _option("各年都看", "look at every year", "--every-year")] = False,
    mapping: Mapping = None,
    encoding: Encoding = None,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """List contradictions, jumps, outliers and copies as notes; none of them is a verdict."""
    from dabiao.engine.quality.survey import survey
    from dabiao.reports.quality import note_listing, print_notes
    from dabiao.rules.selection import names_of

    catalog = _catalog(packs, builtin=builtin)
    facts = _usable(_read(paths, catalog, mapping, encoding))
    judgement = _judge(catalog, facts, (), "columnar", as_of=as_of, every_year=every_year)
    told = survey(judgement)
    listing = note_listing(told, names_of(facts, catalog))
    write_out(listing, form, files, force=force, prose=partial(print_notes, told))
    return Exit.CHECKED


@facts_app.command(
    "visits", help=both("按风险抽取实地核查对象", "Draw a sample of subjects to visit, by risk")
)
def draw_visits(
    paths: Paths,
    share: Annotated[str, _option("抽取比例，如 10%", "share to draw", metavar="N%")],
    seed: Annotated[str, _option("种子，公开摇出的数", "what lots are drawn with", metavar="N")],
    packs: Packs = None,
    builtin: Builtin = True,
    level: Annotated[str | None, _option("抽哪一层级", "whom to draw", metavar="LEVEL")] = None,
    area: Annotated[str | None, _option("只抽此地区的", "only in this place")] = None,
    per: Annotated[
        str | None, _option("按哪一层级分组", "level of strata", metavar="LEVEL")
    ] = None,
    also: Annotated[list[NotWell] | None, _ALSO] = None,
    weights: Annotated[list[str] | None, _WEIGHTS] = None,
    inspectors: Annotated[Path | None, _INSPECTORS] = None,
    as_of: Year = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Draw whom to visit, weighted by what is noted of them; the same seed draws the same."""
    from dabiao.engine.quality.lots import percent
    from dabiao.engine.quality.risk import weighed
    from dabiao.engine.quality.visits import Plan, visits
    from dabiao.reports.visits import print_visits, visit_listing
    from dabiao.rules.selection import find_level, find_subject, names_of
    from dabiao.schemas.inspectors import read_inspectors
    from dabiao.schemas.outcome import Outcome

    part, points = percent(share), weighed(weights or ())
    with _or_exit(Exit.USAGE):
        lowest, group = (None if each is None else find_level(each) for each in (level, per))
        sent = () if inspectors is None else read_inspectors(inspectors)
    catalog = _catalog(packs, builtin=builtin)
    facts = _usable(_read(paths, catalog, mapping, encoding))
    names = names_of(facts, catalog)
    place = None if area is None else _found(find_subject, names, area)
    outcomes = tuple(Outcome(each) for each in dict.fromkeys(also or ()))
    rules = tuple(catalog.rules) if outcomes else ()
    judgement = _judge(catalog, facts, rules, "columnar", as_of=as_of)
    plan = Plan(seed, part, lowest, place, group, outcomes, points, sent)
    sample = visits(judgement, plan)
    listing, prose = visit_listing(sample, names), partial(print_visits, sample, names)
    write_out(listing, form, files, force=force, prose=prose)
    return Exit.CHECKED


@facts_app.command("roster", help=both("名录：谁报齐了，谁没有", "Who reported, and who did not"))
def roster(
    paths: Paths,
    packs: Packs = None,
    builtin: Builtin = True,
    documents: Documents = None,
    rules: Rules = None,
    year: Year = None,
    level: Annotated[str | None, _option("只看此层级", "only this level", metavar="LEVEL")] = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    everyone: Annotated[bool, _option("报齐的也列出", "complete ones too", "--all")] = False,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Count per level who was to report and who did, and list those that are not complete."""
    from dabiao.reports.attendance import Register, attendance_listing, print_attendance
    from dabiao.rules.selection import Wanted, find_level, names_of, select

    only = None if level is None else find_level(level)
    catalog = _catalog(packs, builtin=builtin)
    selected = _found(select, catalog, Wanted(documents or (), rules or ()))
    facts = _usable(_read(paths, catalog, mapping, encoding))
    judgement = _judge(catalog, facts, selected, "columnar", as_of=year)
    told = judgement.roster.call(judgement.as_of, only, everyone=everyone)
    register = Register(judgement.as_of, *told, names_of(facts, catalog))
    prose = partial(print_attendance, register)
    write_out(attendance_listing(register), form, files, force=force, prose=prose)
    return Exit.FACTS if unread(facts.problems) else Exit.CHECKED


@facts_app.command("map", help=both("为外来表格起草映射文件", "Propose how a table is mapped"))
def map_table(
    paths: Paths,
    level: Annotated[str | None, _option("一行是哪个层级", "level of the rows")] = None,
    year: Annotated[int | None, _option("表中没有写的年份", "year of the rows")] = None,
    packs: Packs = None,
    builtin: Builtin = True,
    encoding: Encoding = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Propose a mapping file for tables made for another purpose, to be looked at and edited."""
    from dabiao.schemas.intake.proposals import mapping_text, propose, told

    chosen = outputs(files, Format.TABLE, (Format.TABLE,), force=force)
    catalog = _catalog(packs, builtin=builtin)
    measures = {**catalog.vocabulary.items, **catalog.vocabulary.indicators}
    with _or_exit(Exit.FACTS):
        known = partial(propose, level=level, year=year, encoding=encoding)
        proposal = known(paths, measures, catalog.places)
    for text in told(proposal):
        tell(text)
    for output in chosen if proposal.useful else ():
        output.write(lambda file: file.write(mapping_text(proposal)))
    return Exit.CHECKED if proposal.useful or proposal.needless else Exit.FACTS


@rules_app.command("list", help=both("列出规则", "List rules"))
def list_rules(
    rules: Globs = None,
    tags: Tags = None,
    packs: Packs = None,
    builtin: Builtin = True,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """List rules, one a line; as JSON with all that is known of each."""
    from dabiao.reports.rules import print_rules, rule_listing
    from dabiao.rules.selection import Wanted, select

    wanted = Wanted.named(rules, tags)
    catalog = _catalog([*(packs or ()), *wanted.folders], builtin=builtin)
    selected = _found(select, catalog, wanted)
    told = [catalog.rules[each].record() for each in selected]
    write_out(rule_listing(told), form, files, force=force, prose=partial(print_rules, told))
    return Exit.CHECKED


@rules_app.command("show", help=both("查看一条规则", "Show one rule"))
def show(rule: RuleId, packs: Packs = None, builtin: Builtin = True, form: Form = None) -> int:
    """Show all that is known of a rule."""
    from dabiao.reports.rules import rule_sheet
    from dabiao.rules.selection import find_rule

    found = _found(find_rule, _catalog(packs, builtin=builtin), rule)
    write_out(rule_sheet(found.record(), found.document), form)
    return Exit.CHECKED


@rules_app.command("lint", help=both("检查规则写得对不对", "Check how rules are written"))
def lint(
    folders: Annotated[list[Path] | None, _argument("DIR", "规则包", "rule packs")] = None,
    builtin: Builtin = True,
    strict: Strict = False,
    form: Form = None,
) -> int:
    """List everything that is wrong with rule packs."""
    from dabiao.reports.problems import print_problems, problem_listing

    reading = _reading(folders, builtin=builtin, sound=False)
    told = reading.problems
    write_out(problem_listing(told), form, prose=partial(print_problems, told))
    count = len(reading.catalog.rules)
    tell(say(f"检查了 {count:,} 条规则", f"checked {count:,} rules"))
    return Exit.CHECKED if acceptable(told, strict=strict) else Exit.RULES


@rules_app.command("test", help=both("用例子证明规则", "Prove rules by their examples"))
def prove(
    rules: Globs = None,
    tags: Tags = None,
    packs: Packs = None,
    builtin: Builtin = True,
    engine: EngineName = "columnar",
    form: Form = None,
) -> int:
    """Run the scenarios of rules; those of shared indicators too, unless rules are selected."""
    from dabiao.reports.rules import print_proofs, proof_listing
    from dabiao.rules import proof
    from dabiao.rules.selection import Wanted, select

    wanted = Wanted.named(rules, tags)
    reading = _reading([*(packs or ()), *wanted.folders], builtin=builtin)
    narrow = wanted.rules or wanted.tags
    selected = _found(select, reading.catalog, wanted) if narrow else None
    results = proof.prove(
        [each for each in reading.proofs if wanted.wants_file(each.scenario.name.spot.file)],
        reading.catalog,
        _proving(engine),
        rules=selected,
    )
    rows = [asdict(each) for each in results]
    write_out(proof_listing(rows), form, prose=partial(print_proofs, rows))
    return Exit.CHECKED if results and all(each.passed for each in results) else Exit.RULES


@rules_app.command(
    "mutate", help=both("把规则改动一点，看例子能否发现", "Try the proofs on changed rules")
)
def mutate(
    rules: Globs = None,
    tags: Tags = None,
    packs: Packs = None,
    builtin: Builtin = True,
    form: Form = None,
) -> int:
    """Change each rule by the smallest steps and list the changes that no example catches."""
    from dabiao.reports.policy import mutant_listing, print_mutants
    from dabiao.reports.progress import Progress
    from dabiao.rules import mutation
    from dabiao.rules.selection import Wanted, select

    wanted = Wanted.named(rules, tags)
    reading = _reading([*(packs or ()), *wanted.folders], builtin=builtin)
    selected = _found(select, reading.catalog, wanted)
    with Progress(sys.stderr) as progress:
        found = list(mutation.mutate(reading, _proving(), rules=set(selected), progress=progress))
    rows = [asdict(each) for each in found]
    write_out(mutant_listing(rows), form, prose=partial(print_mutants, rows))
    survived = any(each.fate is mutation.Fate.SURVIVED for each in found)
    return Exit.RULES if survived or not found else Exit.CHECKED


@rules_app.command(
    "conflicts", help=both("列出说的是同一件事的规则", "List rules about the same thing")
)
def conflicts(
    packs: Packs = None,
    builtin: Builtin = True,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """List rules on one measure that meet: duplicate, stricter, contradictory, superseded."""
    from dabiao.reports.policy import conflict_listing, print_conflicts
    from dabiao.rules.conflicts import find_conflicts

    rows = [each.row() for each in find_conflicts(_catalog(packs, builtin=builtin))]
    listing, prose = conflict_listing(rows), partial(print_conflicts, rows)
    write_out(listing, form, files, force=force, prose=prose)
    return Exit.CHECKED


@rules_app.command(
    "coverage", help=both("规划里带数字的话，哪些已成规则", "See which clauses have become rules")
)
def cover(
    text: Annotated[
        Path, _option("规划全文（纯文本）", "the policy text, plain", "--text", metavar="FILE")
    ],
    document: Annotated[str, _option("文件的 id", "id of the document", metavar="ID")],
    packs: Packs = None,
    builtin: Builtin = True,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """List every clause that carries a quantity: covered, past, not checkable, or open."""
    from dabiao.reports.policy import clause_listing, print_clauses
    from dabiao.rules import coverage

    catalog = _catalog(packs, builtin=builtin)
    folders = _folders(packs, builtin=builtin)
    with _or_exit(Exit.RULES):
        ledger = coverage.read_ledger(coverage.ledger_path(folders, document))
        found = coverage.coverage(coverage.read_policy_text(text), document, catalog, ledger)
    rows = coverage.rows(found)
    prose = partial(print_clauses, rows, coverage.summary(found))
    write_out(clause_listing(coverage.headings(), rows), form, files, force=force, prose=prose)
    return Exit.RULES if found.open else Exit.CHECKED


@rules_app.command("docs", help=both("把规则库写成一页", "Write the rules as a page to browse"))
def docs(
    rules: Globs = None,
    packs: Packs = None,
    builtin: Builtin = True,
    form: Form = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Write document, topic, rule, norm, proof and place of every rule."""
    from dabiao.reports.library import LIBRARY, Entry, volumes, write_library
    from dabiao.rules.described import describe
    from dabiao.rules.selection import Wanted, select

    chosen = outputs(files, form or (None if files else LIBRARY[-1]), LIBRARY, force=force)
    wanted = Wanted.named(rules, None)
    reading = _reading([*(packs or ()), *wanted.folders], builtin=builtin)
    selected = _found(select, reading.catalog, wanted)
    entries = [Entry(*each) for each in describe(reading, set(selected))]
    told = volumes(reading.catalog.documents, entries)
    for output in chosen:
        output.write(partial(write_library, told, output.form))
    return Exit.CHECKED


@rules_app.command("steps", help=both("列出规则语言的全部句式", "List the sentences of rules"))
def steps(form: Form = None) -> int:
    """List every sentence of the rule language with an example and its meaning."""
    from dabiao.reports.rules import print_sentences, sentence_listing
    from dabiao.rules.sentences import SENTENCES

    keys = ("name", "pattern", "example", "meaning")
    rows = [
        {key: getattr(each, key) for key in keys} | {"step": each.kind.step} for each in SENTENCES
    ]
    write_out(sentence_listing(rows), form, prose=partial(print_sentences, rows))
    return Exit.CHECKED


@rules_app.command("new", help=both("起草一条规则，附界线上的例子", "Begin a rule, with examples"))
def new(
    rule: RuleId,
    place: Annotated[str, _option("在文件中的位置", "where it stands", metavar="TEXT")],
    sentence: Annotated[
        str, _option("规划里的原话，其余各项从中推出", "the plan's own words", metavar="TEXT")
    ] = "",
    title: Annotated[str, _option("规则的名称", "its title", metavar="TEXT")] = "",
    level: Annotated[str, _option("考核哪一层级", "level of its subjects", metavar="LEVEL")] = "",
    timing: Annotated[
        str, _option("时限，如 到2025年底", "a timing sentence", metavar="TEXT")
    ] = "",
    norm: Annotated[
        str, _option("要求，如 班级人数 应不高于 45人", "the norm", metavar="TEXT")
    ] = "",
    condition: Annotated[str | None, _CONDITION] = None,
    packs: Packs = None,
    builtin: Builtin = True,
    files: Files = None,
    force: Force = False,
) -> int:
    """Write the feature of a new rule, with examples on both sides of its boundary."""
    from dabiao.rules.scaffold import Outline, outlined, scaffold

    chosen = outputs(files, Format.TABLE, (Format.TABLE,), force=force)
    document, _, slug = rule.partition("/")
    outline = Outline(document, slug, title, place, level, timing, norm, condition)
    catalog = _catalog(packs, builtin=builtin)
    outline = _found(outlined, outline, sentence or title, catalog)
    feature = _found(scaffold, outline, catalog)
    for output in chosen:
        output.write(lambda file: file.write(feature))
    return Exit.CHECKED


@app.command(help=both("打印 JSON Schema", "Print a JSON Schema"))
def schema(
    of: Annotated[Literal["facts", "rule", "run"], _argument("NAME", "哪一种数据", "of what")],
) -> int:
    """Print the JSON Schema of what goes in or comes out."""
    import json

    from dabiao.schemas.json_schema import Published, json_schema

    print_line(json.dumps(json_schema(Published(of)), ensure_ascii=False, indent=2))
    return Exit.CHECKED


@contextmanager
def _or_exit(code: Exit) -> Iterator[None]:
    """End with a code if an input cannot be used, telling everything that is wrong with it."""
    try:
        yield
    except InputError as error:
        from dabiao.reports.problems import print_problems

        write_stream(sys.stderr, partial(print_problems, error.problems))
        raise typer.Exit(code) from None


def _folders(packs: Sequence[Path] | None, *, builtin: bool) -> list[Path]:
    """List the folders of rule packs, each once."""
    from dabiao.rules.pack_files import built_in

    folders = [*([built_in()] if builtin else []), *(packs or [])]
    distinct = {folder.resolve(): folder for folder in reversed(folders)}
    return list(reversed(distinct.values()))


def _catalog(packs: Sequence[Path] | None, *, builtin: bool) -> "Catalog":
    """Give rule packs to judge by; one that was read before is not read again."""
    from dabiao.rules.pack import read_pack

    with _or_exit(Exit.RULES):
        return read_pack(_folders(packs, builtin=builtin))


def _reading(packs: Sequence[Path] | None, *, builtin: bool, sound: bool = True) -> "Reading":
    """Read rule packs and their proofs; unless ``sound``, problems are left to the caller."""
    from dabiao.rules.reading import read

    with _or_exit(Exit.RULES):
        reading = read(_folders(packs, builtin=builtin))
        if sound and reading.errors:
            raise InputError(reading.errors)
    return reading


def _proving(engine: Engine = "columnar") -> "Judge":
    """Give what proofs are judged by."""
    from dabiao.engine.check import EngineChoice, judge

    choice = EngineChoice(engine)
    return lambda catalog, facts, year: judge(catalog, facts, as_of=year, engine=choice)


def _found(find: Callable[..., Found], *arguments: object) -> Found:
    """Look up what somebody named in a rule pack or a submission."""
    with _or_exit(Exit.RULES):
        return find(*arguments)


def _read(paths: Sequence[str], catalog: "Catalog", how: Path | None, code: str | None) -> "Facts":
    from dabiao.reports.progress import Progress
    from dabiao.schemas.intake import read_facts, read_mapping

    measures = {**catalog.vocabulary.items, **catalog.vocabulary.indicators}
    with _or_exit(Exit.FACTS), Progress(sys.stderr) as progress:
        mapping = None if how is None else read_mapping(how)
        read = partial(read_facts, mapping=mapping, encoding=code, progress=progress.count)
        return read(paths, measures, catalog.places)


def _usable(facts: "Facts", *, strict: bool = False) -> "Facts":
    """Tell what is wrong with a submission, in short if it can be judged all the same."""
    from dabiao.reports.problems import FEW, print_causes
    from dabiao.schemas.causes import find_causes

    problems = facts.problems
    refused = not facts.years() or (strict and bool(problems))
    few = None if refused else FEW
    write_stream(sys.stderr, lambda stream: print_causes(find_causes(problems), stream, few))
    if not facts.years():
        tell(say("没有可以考核的填报数据", "there are no facts to judge"))
    if refused:
        raise typer.Exit(Exit.FACTS)
    return facts


def _judge(
    catalog: "Catalog",
    facts: "Facts",
    rules: Sequence[str],
    engine: Engine = "auto",
    *,
    as_of: int | None,
    every_year: bool = False,
) -> "Judgement":
    from dabiao.engine.check import EngineChoice, judge
    from dabiao.reports.progress import Progress

    with Progress(sys.stderr) as progress:
        run = partial(judge, engine=EngineChoice(engine), progress=progress)
        return run(catalog, facts, rules=rules, as_of=as_of, every_year=every_year)
