"""Judging facts by rules, and explaining what came out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dabiao.commands.beyond.by_tree import UNFIT, TreesWish, check_by_tree
from dabiao.commands.deadlines import DaysSaid, set_deadlines
from dabiao.commands.exit_codes import Exit, FailOn, earned
from dabiao.commands.loading import (
    catalog_to_judge_by,
    find_place,
    judged,
    look_up,
    read_submission,
    usable,
)
from dabiao.commands.options import (
    FACTS,
    PATHS,
    AnsweringUnit,
    Paths,
    RuleId,
    Strict,
    SuppressBelow,
    WithinArea,
    Year,
    YearNamed,
    argument,
    format_option,
    given,
    option,
)
from dabiao.commands.options.groups import HowRead, RulePacks, RulesChosen
from dabiao.commands.options.wanted_reports import WantedReports
from dabiao.reports.circumstances import Circumstances, told_by
from dabiao.reports.format_names import EXPLAINED, HEADED, KEPT, NOTED, STREAMED, Format, held
from dabiao.reports.outputs import Output, outputs, spare_inputs, tell
from dabiao.reports.writing.everywhere import write_everywhere
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.problem import unread
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.engine.columns.excerpt import Excerpt
    from dabiao.engine.judge import Judgement
    from dabiao.intake.formats.kept_tables import KeptTables
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.rules.catalog.selection import Wanted
    from dabiao.schemas.facts import Facts
    from dabiao.schemas.run import Caveat, Run

CheckEngine = Literal["auto", "durable", "columnar", "stream", "spark"]
_ENGINE = option("比较引擎；结论相同", "engine; findings agree", "--engine")
_MASTER = option("Spark 集群，如 spark://主机:7077", "the cluster of --engine spark", metavar="URL")
_FAIL_ON = option("从哪种结论起退出码不为 0", "from which outcome on not to end with 0")
_ASPIRATIONS = option("力争目标不算", "aspirations do not count", "--ignore-aspirations")


def _outcome(text: str) -> Outcome:
    """Read an outcome, named in either language."""
    found = Outcome.named(text)
    if found is None:
        from dabiao.rules.words.nearest import did_you_mean

        labels = [each.label for each in Outcome]
        known = say("、", ", ").join(labels)
        told = say(f"“{text}”不是下列之一：{known}", f"{text!r} is not one of {known}")
        asked = did_you_mean(text, labels)
        raise typer.BadParameter(told + (say("；", "; ") + asked if asked else ""))
    return found


_OUTCOMES = option(
    "只写出这种结论，如 未达标；可重复",
    "only findings that came out so, as violation",
    "--outcome",
    metavar="OUTCOME",
    parser=_outcome,
)


@dataclass(frozen=True)
class _Part:
    """Of whom somebody wants to know."""

    area: WithinArea = None
    unit: AnsweringUnit = None

    @property
    def is_addressed(self) -> bool:
        """Whether there is somebody whom a letter can go to."""
        return self.area is not None or self.unit is not None


@dataclass(frozen=True)
class _Years:
    """Which years are judged."""

    as_of: Year = None
    every_year: Annotated[bool, option("各年都考核", "judge every year", "--every-year")] = False


def check(
    context: typer.Context,
    paths: Paths,
    *,
    packs: RulePacks,
    rules: RulesChosen,
    part: _Part,
    years: _Years,
    engine: Annotated[CheckEngine, _ENGINE] = "auto",
    master: Annotated[str, _MASTER] = "local[*]",
    how: HowRead,
    days: DaysSaid,
    strict: Strict = False,
    fail_on: Annotated[FailOn, _FAIL_ON] = FailOn.VIOLATION,
    ignore_aspirations: Annotated[bool, _ASPIRATIONS] = False,
    outcomes: Annotated[list[Outcome] | None, _OUTCOMES] = None,
    reports: WantedReports,
    suppress: SuppressBelow = None,
) -> int:
    """Judge facts by rules and write what came out."""
    wanted, listed = rules.wanted(), tuple(outcomes or ())
    if engine == "stream" or engine == "spark":  # noqa: PLR1714 - so that what is left is known
        wish = TreesWish(
            engine=engine,
            master=master if engine == "spark" else None,
            paths=paths,
            files=reports.files,
            as_of=years.as_of,
            force=reports.force,
            every_year=years.every_year,
            outcomes=listed,
            mapping=how.mapping,
            unfit=given(context, UNFIT),
        )
        return check_by_tree(wish, packs, wanted, fail_on)
    chosen = reports.outputs()
    known = Circumstances(
        library=reports.library_address(chosen),
        template=reports.letter_template(chosen, addressed=part.is_addressed),
        wishes=reports.wishes,
        by_county=reports.by_county,
        command=context.obj or "",
        again=_again(paths, packs, how, years.as_of, days),
        outcomes=listed or None,
    )
    matter = _read(paths, packs, wanted, how, part=part, chosen=chosen, strict=strict)
    set_deadlines(matter.facts, matter.catalog, matter.rules, years.as_of, days)
    judgement = judged(
        matter.catalog,
        matter.facts,
        matter.rules,
        engine,
        as_of=years.as_of,
        every_year=years.every_year,
    )
    _tell_of_ended(matter, judgement.as_of)
    excerpt = judgement.excerpt(matter.place, matter.unit)
    options = replace(
        wanted.told(),
        every_year=years.every_year,
        area=matter.place,
        unit=matter.unit,
        outcomes=listed,
    )
    forms = {output.form for output in chosen}
    if suppress is None:
        run = _run(judgement, excerpt, forms, listed, by_county=reports.by_county)
        run = replace(run, options=options)
        if not forms.isdisjoint(HEADED):
            run = _headed(run, judgement, matter, how, forms)
        known = matter.beside(known, excerpt, in_short=Format.TABLE in forms)
    else:
        whole = replace(judgement.run(), options=options)
        run, known = _published(_headed(whole, judgement, matter, how, forms), suppress, known)
    counts = excerpt.yearly() if suppress is None else None
    write_everywhere(run, known, chosen, reports.most, counts)
    _tell_caveats(
        run.caveats, shown=any(each.path is None and each.form is Format.TABLE for each in chosen)
    )
    return earned(
        run.summary,
        fail_on,
        aside=bool(matter.aside),
        unread=unread(matter.facts.problems),
        counted=excerpt.summary(aspirations=not ignore_aspirations),
        caveats=run.caveats,
    )


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is to be judged, read and looked up.

    Attributes:
        catalog: The rules there are.
        aside: Rule packs that were left aside.
        rules: Ids of the rules to judge by.
        facts: What was submitted.
        base: The folder in which its files lie.
        names: The names of everybody, by code.
        place: The code of the place that is asked about; None for the whole.
        unit: The unit that is asked about; None for all of them.
        tables: The sheets that facts were read from, where a report cites them.
    """

    catalog: "Catalog"
    aside: Sequence[Path]
    rules: Sequence[str]
    facts: "Facts"
    base: str | None
    names: Mapping[str, str]
    place: str | None
    unit: str | None
    tables: "KeptTables | None"

    def beside(self, known: Circumstances, excerpt: "Excerpt", *, in_short: bool) -> Circumstances:
        """Add what reports say beside a run to what was known before anything was read."""
        return replace(
            known,
            names=self.names,
            topics=self.catalog.topics_of(self.rules),
            place=None if self.place is None else self.names[self.place],
            unit=self.unit,
            digest=excerpt.digest() if in_short else None,
            source=excerpt,
        )


def _read(
    paths: Sequence[str],
    packs: RulePacks,
    wanted: "Wanted",
    how: HowRead,
    *,
    part: _Part,
    chosen: Sequence[Output],
    strict: bool,
) -> _Matter:
    """Read rules and facts, and look up what was named in them."""
    from dabiao.intake.files import base_folder, named_within
    from dabiao.intake.formats.kept_tables import KeptTables
    from dabiao.rules.catalog.selection import (
        NamesByCode,
        find_unit,
        select_to_judge,
    )

    catalog, aside = catalog_to_judge_by(packs)
    selected = look_up(select_to_judge, catalog, wanted)
    unit = None if part.unit is None else look_up(find_unit, catalog, selected, part.unit)
    cited = any(output.form in NOTED for output in chosen)
    tables = KeptTables() if cited else None
    facts = usable(read_submission(paths, catalog, how, tables), strict=strict)
    spare_inputs(
        filter(None, (output.path for output in chosen)), (Path(file.file) for file in facts.files)
    )
    facts = named_within(facts, paths)
    names = NamesByCode(facts, catalog)
    place = find_place(part.area, names, facts)
    return _Matter(catalog, aside, selected, facts, base_folder(paths), names, place, unit, tables)


def _tell_of_ended(matter: _Matter, year: int) -> None:
    """Tell which of the rules are not applied, since something took their place by a year."""
    from dabiao.engine.findings.reasons import ended
    from dabiao.reports import wording

    for gone in ended((matter.catalog.rules[id_] for id_ in matter.rules), year):
        tell(wording.not_applying(*gone))


def _run(
    judgement: "Judgement",
    excerpt: "Excerpt",
    forms: set[Format],
    outcomes: Sequence[Outcome],
    *,
    by_county: bool,
) -> "Run":
    """Make the run with those findings that formats want at hand, not only one after the other.

    A ledger that Excel has no room for is refused before a finding is made for it.
    """
    if Format.XLSX in forms:
        from dabiao.reports.ledger.sheet import check_room

        years, listing = excerpt.yearly().values(), {*OPEN} & {*(outcomes or OPEN)}
        check_room(sum(counts[each] for counts in years for each in listing))
    listed = held(forms, outcomes, by_county=by_county)
    brief = forms <= {*STREAMED} - {*KEPT}
    noted = not forms.isdisjoint(NOTED)
    run = judgement.run(listed, of=excerpt, brief=brief, noted=noted)
    return replace(run, by_rule=excerpt.told_by_rule() if outcomes else {})


def _headed(
    run: "Run", judgement: "Judgement", matter: _Matter, how: HowRead, forms: Collection[Format]
) -> "Run":
    """Give a run the head that some of its formats hold."""
    from dabiao.engine.heading import headed
    from dabiao.intake.excerpts import FactSheets

    tables = matter.tables
    sheets = None if tables is None else FactSheets(matter.base, how.encoding, tables)
    kept = any(form in KEPT for form in forms)
    return headed(run, judgement, run.options, sheets, kept=kept)


def _published(whole: "Run", least: int, known: Circumstances) -> "tuple[Run, Circumstances]":
    """Give the public edition of a whole run, of it what was asked for, and what is known of it."""
    from dabiao.reports.counted.recorded import RecordedFindings
    from dabiao.reports.narrowing import by_rule, narrowed
    from dabiao.reports.publishing.edition import public_edition
    from dabiao.reports.summaries import digest_of

    run = narrowed(public_edition(whole, least), whole.options)
    if run.options.outcomes:
        run = replace(run, by_rule=by_rule(run.findings))
    return run, replace(
        told_by(run, known.command),
        template=known.template,
        wishes=known.wishes,
        by_county=known.by_county,
        library=known.library,
        source=RecordedFindings(run, whole=True),
        digest=digest_of(run, whole=True),
    )


def _again(
    paths: Sequence[str], packs: RulePacks, how: HowRead, year: int | None, days: DaysSaid
) -> str:
    """Give what another command has to be told to judge the same; nothing where it cannot be."""
    from dabiao.commands.program import quoted

    if "-" in paths:
        return ""
    words = [*paths, *(word for pack in packs.packs or () for word in ("--rules", str(pack)))]
    words += [word for each in days.due or () for word in ("--due", each)]
    for option_name, value in (
        ("--mapping", how.mapping),
        ("--encoding", how.encoding),
        ("--year", year),
        ("--log", days.log),
        ("--received", days.came),
    ):
        if value is not None:
            words += [option_name, str(value)]
    if not packs.builtin:
        words.append("--no-builtin")
    return " ".join(map(quoted, words))


def _tell_caveats(caveats: "Iterable[Caveat]", *, shown: bool) -> None:
    """Tell what limits a run; of a year was told, and a table shown begins with the rest."""
    from dabiao.reports import wording

    for caveat in caveats:
        if caveat.kind == "nothing-applied" or (not shown and caveat.kind != "year-passed-over"):
            tell(wording.caveat(caveat))


def explain(
    rule: RuleId,
    subject: Annotated[str, argument("SUBJECT", "对象的代码或名称", "its code or name")],
    paths: Annotated[list[str] | None, PATHS] = None,
    more: Annotated[list[str] | None, FACTS] = None,
    *,
    packs: RulePacks,
    year: YearNamed = None,
    how: HowRead,
    days: DaysSaid,
    form: Annotated[Format | None, format_option(EXPLAINED)] = None,
) -> int:
    """Print how one rule came out for one subject, and why."""
    from dabiao.engine.explain import explain as explained
    from dabiao.reports.lists.explanations import write_explanation
    from dabiao.rules.catalog.selection import (
        NamesByCode,
        find_rule,
        find_subject,
        parents_of,
    )

    (output,) = outputs((), form, EXPLAINED)
    catalog, aside = catalog_to_judge_by(packs)
    found = look_up(find_rule, catalog, rule).id
    facts = usable(read_submission([*(paths or ()), *(more or ())], catalog, how))
    code = look_up(
        find_subject, NamesByCode(facts, catalog), subject, parents_of(facts), facts.former_codes
    )
    set_deadlines(facts, catalog, [found], year, days)
    judgement = judged(catalog, facts, [found], as_of=year)
    explanation = explained(judgement, found, code, year)
    output.write(partial(write_explanation, explanation, output.form))
    return Exit.RULES if aside else Exit.CHECKED
