"""Judging facts by rules, and explaining what came out."""
# ruff: noqa: PLR0917 - Typer calls a command by the names of its options

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Annotated

from dabiao.commands.exit_codes import NOT_WELL, Exit, FailOn, ending, unread
from dabiao.commands.loading import catalog_to_judge_by, judged, look_up, read_submission, usable
from dabiao.commands.options import (
    FACTS,
    PATHS,
    Builtin,
    Documents,
    Encoding,
    EngineName,
    Files,
    Force,
    Levels,
    Mapping,
    OutputFormat,
    Paths,
    RuleId,
    RuleIds,
    RulePacks,
    Strict,
    Tags,
    Year,
    argument,
    option,
)
from dabiao.reports.format_names import SHORT, Format
from dabiao.reports.outputs import Output, Write, outputs, tell, write_each
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    from dabiao.schemas.run import Caveat

_FAIL_ON = option("从哪种结论起退出码不为 0", "from which outcome on not to end with 0")
_ASPIRATIONS = option("力争目标不算", "aspirations do not count", "--ignore-aspirations")


def check(
    paths: Paths,
    packs: RulePacks = None,
    builtin: Builtin = True,
    documents: Documents = None,
    rules: RuleIds = None,
    tags: Tags = None,
    levels: Levels = None,
    area: Annotated[str | None, option("只看此地区及其下级", "only this place and below")] = None,
    as_of: Year = None,
    every_year: Annotated[bool, option("各年都考核", "judge every year", "--every-year")] = False,
    engine: EngineName = "auto",
    mapping: Mapping = None,
    encoding: Encoding = None,
    strict: Strict = False,
    fail_on: Annotated[FailOn, _FAIL_ON] = FailOn.VIOLATION,
    ignore_aspirations: Annotated[bool, _ASPIRATIONS] = False,
    form: OutputFormat = None,
    files: Files = None,
    force: Force = False,
    limit: Annotated[int, option("最多列出几条", "rows listed at most", metavar="N", min=0)] = 50,
    everything: Annotated[bool, option("全部列出", "list all of them", "--all")] = False,
) -> int:
    """Judge facts by rules and write what came out."""
    from dabiao.engine.findings.reasons import ended
    from dabiao.reports.run.formats import write_run
    from dabiao.reports.summaries import narrowed, one_line
    from dabiao.rules.catalog.selection import Wanted, find_subject, names_of, select_to_judge

    chosen = outputs(files, form, tuple(Format), force=force)
    catalog, aside = catalog_to_judge_by(packs, builtin=builtin)
    wanted = Wanted(documents or (), rules or (), tags or (), levels or ())
    selected = look_up(select_to_judge, catalog, wanted)
    facts = usable(read_submission(paths, catalog, mapping, encoding), strict=strict)
    names = names_of(facts, catalog)
    place = None if area is None else look_up(find_subject, names, area)
    judgement = judged(catalog, facts, selected, engine, as_of=as_of, every_year=every_year)
    for line in ended((catalog.rules[id_] for id_ in selected), judgement.as_of):
        tell(line)
    short = place is None and all(output.form in SHORT for output in chosen)
    brief = all(output.form is Format.TABLE for output in chosen)
    run = judgement.run(NOT_WELL if short else None, brief=brief)
    if place is not None:
        run = narrowed(run, place, judgement.attendance(place))
        run = run.model_copy(update={"caveats": judgement.caveats(place, run.summary)})

    def write(output: Output) -> Write:
        most = None if everything or output.path else limit
        return partial(write_run, run, output.form, limit=most, names=names)

    write_each(chosen, write)
    if all(output.path for output in chosen):
        tell(one_line(run))
    shown = any(output.path is None and output.form is Format.TABLE for output in chosen)
    _tell_caveats(run.caveats, shown=shown)
    if aside:
        return Exit.RULES
    if unread(facts.problems):
        return Exit.FACTS
    if not any(run.summary[each] for each in run.summary if each is not Outcome.NOT_APPLICABLE):
        return Exit.NOTHING
    unplaced = any(caveat.kind == "unplaced" for caveat in run.caveats)
    earned = ending(run.findings, fail_on, ignore_aspirations=ignore_aspirations)
    if earned is Exit.CHECKED and unplaced and fail_on is FailOn.MISSING:
        return Exit.UNDECIDED
    return earned


def _tell_caveats(caveats: "Iterable[Caveat]", *, shown: bool) -> None:
    """Tell what limits a run; of a year was told, and a table shown begins with the rest."""
    for caveat in caveats:
        if caveat.kind == "nothing-applied" or (not shown and caveat.kind != "year-passed-over"):
            tell(caveat.message)


def explain(
    rule: RuleId,
    subject: Annotated[str, argument("SUBJECT", "对象的代码或名称", "its code or name")],
    paths: Annotated[list[str] | None, PATHS] = None,
    more: Annotated[list[str] | None, FACTS] = None,
    packs: RulePacks = None,
    builtin: Builtin = True,
    year: Year = None,
    mapping: Mapping = None,
    encoding: Encoding = None,
    form: OutputFormat = None,
) -> int:
    """Print how one rule came out for one subject, and why."""
    from dabiao.engine.explain import explain as explained
    from dabiao.reports.lists.explanations import EXPLAINED, write_explanation
    from dabiao.rules.catalog.selection import find_rule, find_subject, names_of

    (output,) = outputs((), form, EXPLAINED)
    catalog, aside = catalog_to_judge_by(packs, builtin=builtin)
    found = look_up(find_rule, catalog, rule).id
    facts = usable(read_submission([*(paths or ()), *(more or ())], catalog, mapping, encoding))
    code = look_up(find_subject, names_of(facts, catalog), subject)
    judgement = judged(catalog, facts, [found], as_of=year)
    explanation = explained(judgement, found, code, year)
    output.write(partial(write_explanation, explanation, output.form))
    return Exit.RULES if aside else Exit.CHECKED
