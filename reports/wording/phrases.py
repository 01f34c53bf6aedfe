"""Short phrases about findings, worded once for every kind of report."""

from collections.abc import Iterable, Sequence
from typing import Protocol, assert_never

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.numbers import NOTHING, distance, quantity
from dabiao.reports.wording.lacks import submitted_as
from dabiao.reports.wording.origins import origin
from dabiao.reports.wording.reasons import asked, is_rank
from dabiao.reports.wording.working import both_years, computed
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Units
from dabiao.schemas.finding import Citation, Finding, Input, Required, Scalar, Source
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import ChangeSince, Compared, ComparedOption
from dabiao.schemas.rule import JudgedRule, Span
from dabiao.schemas.run import Run, RunOptions
from dabiao.schemas.source import is_number

_WITHIN = " › "
"""Between a file, its sheet and the cell in it."""
MOST_CELLS = 3
"""Cells named in a row; beyond, only how many there are."""


def required_sign(required: Required, unit: str) -> str:
    """Write a requirement with a sign: ``≤45人``, ``60%～70%``."""
    low = quantity(required.value, unit)
    if required.comparator is Comparator.BETWEEN:
        return f"{low}{say('～', ' – ')}{quantity(required.upper, unit)}"
    if required.value is None or isinstance(required.value, bool | str):
        return low
    if required.comparator.leaves_none(required.value, unit):
        return low
    return f"{required.comparator.sign}{low}"


def required_words(required: Required, unit: str) -> str:
    """Write a requirement in words: ``不高于45人``, ``在60%至70%之间``."""
    low = quantity(required.value, unit)
    if required.comparator is Comparator.BETWEEN:
        high = quantity(required.upper, unit)
        return say(f"在{low}至{high}之间", f"between {low} and {high}")
    if required.value is None:
        return NOTHING
    if isinstance(required.value, bool | str):
        return say(f"为“{low}”", low)
    return required.comparator.asking(required.value, unit, low)


def required(finding: Finding) -> str:
    """Write what is required with its sign, or in words where that says too little.

    Of several demands any of which is enough, each is told.
    """
    if found := _options(finding):
        signs = (
            required_sign(Required(comparator=each.comparator, value=each.bound), each.of.unit)
            for each in found
        )
        return say(" 或 ", " or ").join(signs)
    if isinstance(finding.reason, Compared) and finding.reason.change is not None:
        return asked(finding, finding.reason)
    if is_rank(finding) and finding.required.comparator is Comparator.AT_MOST:
        return asked(finding, Compared())
    return required_sign(finding.required, finding.unit)


def required_in_words(finding: Finding) -> str:
    """Write what is required in words; of several demands any of which is enough, each."""
    if found := _options(finding):
        words = (
            each.of.text
            + required_words(Required(comparator=each.comparator, value=each.bound), each.of.unit)
            for each in found
        )
        return say("，或", ", or ").join(words)
    if finding.required.value is True:
        return say("做到", "that it is so")
    if isinstance(finding.reason, Compared) and finding.reason.change is not None:
        return required(finding)
    return required_words(finding.required, finding.unit)


def _options(finding: Finding) -> tuple[ComparedOption, ...]:
    """Give the demands of which one would be enough and none is kept."""
    of = finding.reason
    kept = finding.outcome is Outcome.COMPLIANT
    return of.options if isinstance(of, Compared) and not kept else ()


def observed(finding: Finding, *, in_short: bool = False) -> str:
    """Write what was observed, told apart from the bound it is compared with.

    Of a change both values are told where they are known: a difference alone is nothing observed.

    Args:
        finding: The finding.
        in_short: Whether the difference alone is told, where there is no room for more.
    """
    if isinstance(finding.reason, Compared) and finding.reason.change is not None:
        return _change(finding, finding.reason.change, in_short=in_short)
    if found := _options(finding):
        return listed(quantity(each.observed, each.of.unit, each.bound) for each in found)
    return quantity(finding.observed, finding.unit, broken(finding))


def _change(finding: Finding, change: ChangeSince, *, in_short: bool) -> str:
    value = finding.observed
    if not is_number(value):
        return quantity(value)
    by = quantity(abs(value), finding.unit, decimals=2)
    rose = change.rise == (value >= 0)
    told = say("提高" if rose else "下降", "up " if rose else "down ") + by
    if change.span is Span.ANNUALISED:
        told = say("年均", "yearly ") + told
    known = None if in_short else both_years(finding)
    if known is None:
        return told
    earlier, later = (quantity(each.value, each.unit) for each in known)
    return told + say(
        f"（{known[0].year}年{earlier} → {known[1].year}年{later}）",
        f" ({known[0].year}: {earlier} → {known[1].year}: {later})",
    )


def gap(finding: Finding) -> str:
    """Write how far the observed value lies from the bound; nothing if it must only leave it."""
    if found := _options(finding):
        gaps = (distance(each.gap, each.of.unit, each.observed, each.bound) for each in found)
        return say(" 或 ", " or ").join(gaps)
    return distance(finding.gap, finding.unit, finding.observed, broken(finding))


def broken(finding: Finding) -> Scalar:
    """Give the bound that an observed value is told apart from: of two, the nearer one."""
    value, low, high = finding.observed, finding.required.value, finding.required.upper
    if finding.required.comparator is Comparator.BETWEEN and high is not None:
        above = is_number(value) and is_number(low) and is_number(high) and value > low
        return high if above else low
    return low


def document_title(title: str) -> str:
    """Put a document's title between title marks, as Chinese does."""
    return title if title.startswith("《") else say(f"《{title}》", title)


def clause(citation: Citation) -> str:
    """Name the document and the places in it, and in English that it is in Chinese."""
    named = say("", " ").join((document_title(citation.title), listed(citation.places)))
    return in_its_language(named)


def in_its_language(text: str) -> str:
    """In English say of a text that has no English that it is in Chinese."""
    return text if text.isascii() else say(text, f"{text} (in Chinese)")


def listed(words: Iterable[str]) -> str:
    """String words together."""
    return say("；", "; ").join(words)


def years(judged: Sequence[int]) -> str:
    """Name the years judged: ``2025``, ``2021–2025``.

    Args:
        judged: The years, as ``summaries.judged_years`` gives them; at least one.
    """
    first, last = judged[0], judged[-1]
    return str(last) if first == last else f"{first}–{last}"


def of_years(name: str, years: str) -> str:
    """Put a name before years; a number at its end stays another one: 示例小学2 2025."""
    return f"{name}{' ' if name[-1:].isdigit() else ''}{years}"


def facts_read(run: Run) -> str:
    """Say how much was read; a public edition keeps nothing of the files, and says so."""
    if not run.facts:
        return say("数据文件不列出", "files of facts: not listed")
    rows = sum(file.rows for file in run.facts)
    return say(
        f"数据 {len(run.facts):,} 个文件 {rows:,} 行",
        f"files of facts: {len(run.facts):,}, rows: {rows:,}",
    )


def narrowed_to(circumstances: Circumstances) -> str:
    """Name the place, unit and document that a run was narrowed to; nothing where it was not."""
    title = circumstances.document
    said = (circumstances.place, circumstances.unit, title and document_title(title))
    return say("　", ", ").join(each for each in said if each)


def scope_asked(run: Run) -> str:
    """Name what a run was narrowed to: place, unit, document, choice of rules; else nothing."""
    to = run.options
    place = "" if to.area is None else run.names.get(to.area, to.area)
    told = (place, to.unit or "", to.document or "", choice_asked(to))
    return say("、", ", ").join(filter(None, told))


def choice_asked(to: RunOptions) -> str:
    """Name which rules were asked for, as they were named; nothing where all were."""
    tokens = {
        None: "",
        True: say("只要看有没有的规则", "rules on whether something is there"),
        False: say("只要看多少的规则", "rules on how much"),
    }[to.tokens]
    told = (*to.documents, *to.rules, *to.tags, *to.levels, tokens)
    return say("、", ", ").join(filter(None, told))


def only(*asked: str | None) -> str:
    """Say behind a number of rules that these were asked for; nothing where all were."""
    told = say("、", ", ").join(filter(None, asked))
    return told and say(f"（只看 {told}）", f" (only {told})")


def rate_definition() -> str:
    """Say what the rate in every report is a share of."""
    return say(
        "达标率＝达标÷应判；应判＝未达标＋滞后＋缺数据＋推进中＋达标。不适用的不计入，缺数据的不算达标："
        "一半以上缺数据的，补齐后可能更高，写作“≥”，一项也没有达标的写作“缺数据”。",
        "Rate = compliant ÷ judged, where judged = violation + behind + missing + on track +"
        " compliant. What does not apply is left out; what is missing is not compliant:"
        " where most is missing, the rate may turn out higher, and is written with ≥, or as missing"
        " where nothing complies.",
    )


def binding(rule: JudgedRule) -> str:
    """Say whether the document demands it or only strives for it."""
    if rule.aspiration:
        return say("力争目标", "aspiration")
    return say("硬性要求", "hard")


def either(ways: Iterable[str]) -> str:
    """String together ways of which one is enough."""
    return say("；或", "; or ").join(ways)


def cell(source: Source, folder: str = "") -> str:
    """Name the cell a value was read from: file, sheet and cell.

    Args:
        source: The cell.
        folder: A folder that goes without saying.
    """
    file = source.file.removeprefix(folder)
    told = _WITHIN.join([part for part in (file, source.sheet, source.cell) if part])
    return told + submitted_as(source)


class _Sourced(Protocol):
    """Whatever says where its value comes from."""

    @property
    def source(self) -> Source | None: ...

    @property
    def sources(self) -> Sequence[Source]: ...


def where(of: _Sourced, folder: str = "") -> str:
    """Name the cells a value comes from; nothing where it comes from none."""
    sources = [of.source] if of.source is not None else of.sources
    return _some((cell(source, folder) for source in sources), MOST_CELLS)


def cells(inputs: Iterable[Input], folder: str = "", most: int | None = None) -> str:
    """Name all cells a finding rests on, each once, or the first of them."""
    return _some(places(inputs, folder), most)


def whole_cells(inputs: Iterable[Input]) -> str:
    """Name all of them, each with its file and sheet: for programs, and to be searched."""
    return listed(places(inputs))


def places(inputs: Iterable[Input], folder: str = "") -> Iterable[str]:
    """Name the cells that values stand in, each once."""
    found: dict[str, None] = {}
    for given in inputs:
        if given.source is not None:
            found[cell(given.source, folder)] = None
        for source in given.sources:
            found[cell(source, folder)] = None
    return found


def _some(places: Iterable[str], most: int | None) -> str:
    every = list(places)
    told = _by_sheet(every[:most])
    if len(every) == len(every[:most]):
        return listed(told)
    return listed([*told, say(f"…… 共 {len(every)} 处", f"… {len(every)} in all")])


def _by_sheet(places: Iterable[str]) -> list[str]:
    """Name a sheet once for all of its cells that stand next to one another."""
    told: list[str] = []
    last = None
    for place in places:
        sheet, mark, at = place.rpartition(_WITHIN)
        if mark and at.isalnum() and sheet == last:
            told[-1] += say("、", ", ") + at
        else:
            told.append(place)
        last = sheet if at.isalnum() else None
    return told


def in_all(count: int) -> str:
    """Say how many there are of what is listed only in part."""
    return say(f"…… 共 {count:,} 项", f"… {count:,} in all")


def given(of: Input, finding: Finding, name: str | None = None, folder: str = "") -> str:
    """Write one value that a finding rests on: whose, of which year, what, and from where.

    Args:
        of: The value.
        finding: What rests on it.
        name: Name of the subject it belongs to, where that is another one.
        folder: The folder of all files, which goes without saying.
    """
    whose = f"{name} " if name else ""
    when = ""
    if of.year is not None and of.year != finding.year:
        when = say(f"（{of.year}年）", f" ({of.year})")
    head = f"{whose}{of.name}{when}"
    # Of many subjects below, and of findings below, the origin says all there is to say.
    said = "" if of.origin is None else origin(of.origin)
    if (of.value is None and of.parts is not None) or "/" in of.measure:
        told = f"{head}{say('：', ': ')}{said or NOTHING}"
        return told + (f" ← {where(of, folder)}" if of.sources else "")
    told = f"{head} {quantity(of.value, of.unit)}"
    if made := computed(of, finding):
        told += f" ＝ {made}"
    elif said:
        told += say("，", ", ") + said
    if cells_of := where(of, folder):
        told += f" ← {cells_of}"
    return told


def duties(units: Units) -> list[tuple[str, str]]:
    """Name who leads and who is responsible for a rule, each under a heading."""
    told = [
        (say("牵头单位", "lead units"), listed(units.lead)),
        (say("责任单位", "responsible units"), listed(units.responsible)),
    ]
    return [(heading, names) for heading, names in told if names]


def open_roll_ups(first: Sequence[Finding], count: int) -> list[str]:
    """Say of undecided roll-ups how they come out if all that is missing is good, and if bad.

    Args:
        first: The first of them.
        count: How many there are.
    """
    lines: list[str] = []
    for one in first:
        best, worst = (each.label if each else "" for each in (one.best, one.worst))
        lines.append(
            say(
                f"{one.subject.name}　{one.title}：补齐后最好为{best}，最差为{worst}",
                f"{one.subject.name}, {one.title}: {best} at best, {worst} at worst",
            )
        )
    if len(first) < count:
        rest = count - len(first)
        lines.append(say(f"…… 还有 {rest:,} 条", f"… and {rest:,} more"))
    return lines


def meaning(outcome: Outcome) -> str:
    """Say what an outcome means."""
    match outcome:
        case Outcome.VIOLATION:
            return say("期限已到或要求长期执行，没有做到", "it is due, and not met")
        case Outcome.BEHIND:
            return say("期限未到，按进度应达到而没有达到", "not due yet, and below its line")
        case Outcome.MISSING:
            return say("缺少要用的数据，不能判断", "what is needed was not submitted")
        case Outcome.ON_TRACK:
            return say("期限未到，还没有做到，也没有落后于进度", "not due yet, nor below its line")
        case Outcome.COMPLIANT:
            return say("已经做到", "it is met")
        case Outcome.NOT_APPLICABLE:
            return say("规则不适用于此对象或此年份", "the rule says nothing of it in that year")
        case _:
            assert_never(outcome)
