"""The whole reasoning of one finding, for a terminal, a message or a program."""

import json
from collections.abc import Iterator
from dataclasses import field
from typing import TextIO, assert_never

from dabiao.reports import wording
from dabiao.reports.format_names import Format
from dabiao.reports.numbers import quantity
from dabiao.reports.summaries import common_folder
from dabiao.schemas.border import border
from dabiao.schemas.explanation import Explanation, WorkedStep
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.source import is_number

_DECIMALS = 4
_INDENT = 2


@dataclass(slots=True)
class _Section:
    """A step of the reasoning: what it is about, and lines, each with its depth."""

    heading: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, *texts: str | None, depth: int = 0) -> None:
        """Add lines; what is empty has nothing to say."""
        self.lines.extend((depth, text) for text in texts if text)


def write_explanation(explanation: Explanation, form: Format, file: TextIO) -> None:
    """Write an explanation: clause, condition, formula with numbers, cells, comparison, outcome."""
    match form:
        case Format.JSON:
            file.write(json.dumps(_record(explanation), ensure_ascii=False, indent=2) + "\n")
        case Format.MARKDOWN:
            _write_markdown(explanation, file)
        case (
            Format.TABLE
            | Format.JSONL
            | Format.CSV
            | Format.PARQUET
            | Format.HTML
            | Format.XLSX
            | Format.DOCX
            | Format.JUNIT
            | Format.SARIF
        ):
            _print(explanation, file)
        case _:
            assert_never(form)


def _record(explanation: Explanation) -> dict[str, object]:
    """Give an explanation as a program reads it: the facts, and what is said of them."""
    facts: dict[str, object] = border(Explanation).dump_python(
        explanation, mode="json", by_alias=True
    )
    told = [
        {"heading": section.heading, "lines": [text for _, text in section.lines]}
        for section in _sections(explanation)
    ]
    rule = border(JudgedRule).dump_python(explanation.finding.by, mode="json", by_alias=True)
    return {"rule": rule, "subject": _whom(explanation), **facts, "told": told}


def _write_markdown(explanation: Explanation, file: TextIO) -> None:
    from dabiao.reports.run.markdown import escaped

    finding = explanation.finding
    file.write(f"# {escaped(_title(finding))}\n\n{escaped(_whom(explanation))}\n")
    for number, section in enumerate(_sections(explanation), 1):
        file.write(f"\n## {number}. {section.heading}\n\n")
        file.writelines(
            f"{' ' * _INDENT * depth}- {escaped(text)}\n" for depth, text in section.lines
        )


def _print(explanation: Explanation, file: TextIO) -> None:
    from rich.text import Text

    from dabiao.reports.run.table import STYLES
    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.wrapping import print_wrapped

    screen = console(file)
    finding = explanation.finding
    word = Text(finding.outcome.label, STYLES[finding.outcome])
    screen.print(word.append("  " + finding.title, "not dim bold"))
    screen.print(Text(_whom(explanation), "dim"))
    for number, section in enumerate(_sections(explanation), 1):
        screen.print()
        screen.print(Text(f"{number}  {section.heading}", "bold"))
        for depth, text in section.lines:
            print_wrapped(screen, Text(text), 3 + _INDENT * depth)


def _title(finding: Finding) -> str:
    return f"{finding.outcome.label}{say('：', ': ')}{finding.title}"


def _whom(of: Explanation) -> str:
    finding = of.finding
    whole = " › ".join([*of.above, finding.subject.name])
    year = say(f"{finding.year}年", str(finding.year))
    return f"{whole}  {finding.subject.code}  {year}  {finding.rule}"


def _sections(of: Explanation) -> Iterator[_Section]:
    yield _clause(of)
    timing = _Section(say("时限", "When"))
    timing.add(wording.timing(of))
    yield timing
    if of.finding.by.condition:
        yield _condition(of)
    if of.steps or of.bound_steps or of.below:
        yield _computation(of)
    if of.comparison is not None:
        yield _comparison(of)
    yield _outcome(of)
    if of.finding.remedy:
        remedy = _Section(
            say("整改参考（做到其中一项即可）", "What would comply (any one of these)")
        )
        remedy.add(*wording.remedies(of.finding))
        yield remedy
    if of.notes:
        notes = _Section(say("数据提示", "Notes on the data"))
        notes.add(*(wording.note(note) for note in of.notes))
        yield notes


def _clause(of: Explanation) -> _Section:
    finding = of.finding
    section = _Section(say("承诺", "What was promised"))
    written = finding.by.document.number
    number = say(f"（{written}）", f" ({written})") if written else ""
    title = wording.document_title(finding.citation.title)
    section.add(f"{title}{number}", *finding.citation.places)
    section.add(say(f"要求：{finding.by.demanded}", f"norm: {finding.by.demanded}"))
    if finding.aspiration:
        section.add(say("这是力争目标", "the document only strives for it"))
    for heading, names in wording.duties(finding.units):
        section.add(say(f"{heading}：{names}", f"{heading}: {names}"))
    if finding.contradicts:
        other = wording.listed(finding.contradicts)
        section.add(say("另有不一致的规定：", "the documents also say otherwise: ") + other)
    found = {each.rule: each.outcome for each in of.counterparts}
    governance = wording.governance([finding], lambda id_, _: found.get(id_))
    section.add(*(f"{line}  {id_}" for id_, line in governance))
    if finding.by.description:
        section.add(say("读法：", "reading: ") + " ".join(finding.by.description.split()))
    return section


def _condition(of: Explanation) -> _Section:
    section = _Section(say("是否适用", "Whether it applies"))
    folder = _folder(of)
    verdict = {
        True: say("成立", "true"),
        False: say("不成立", "false"),
        None: say("不能确定", "not known"),
    }[of.applies]
    text = of.finding.by.applies_where
    section.add(say(f"仅限 {text}：{verdict}", f"only where {text}: {verdict}"))
    for step in of.condition_steps:
        section.add(_step(step, of.finding.figures, folder), depth=step.depth + 1)
    return section


def _computation(of: Explanation) -> _Section:
    section = _Section(say("数据与计算", "Figures and computation"))
    folder = _folder(of)
    if folder:
        section.add(say(f"文件在 {folder}", f"files are in {folder}"))
    for step in of.steps:
        section.add(_step(step, of.finding.figures, folder), depth=step.depth)
    if of.bound_steps:
        section.add(say("要求的值：", "what is required:"))
        for step in of.bound_steps:
            section.add(_step(step, of.finding.figures, folder), depth=step.depth + 1)
    if of.below:
        below = of.below
        section.add(
            say(
                f"下级 {below.counting:,} 个：做到 {below.passing:,}，没有做到 {below.failing:,}，"
                f"缺数据 {below.open:,}",
                f"{below.counting:,} below: {below.passing:,} do, {below.failing:,} do not, "
                f"{below.open:,} lack data",
            )
        )
        for each in below.findings:
            told = f"{each.name} {each.subject}  {each.outcome.label}  {each.title}  {each.rule}"
            section.add(told, depth=1)
        listed = {each.subject for each in below.findings}
        if len(listed) < below.failing + below.open:
            section.add("……", depth=1)
    return section


def _folder(of: Explanation) -> str:
    steps = (*of.condition_steps, *of.steps, *of.bound_steps)
    sources = [s for step in steps for s in (step.source, *step.sources) if s is not None]
    printed = of.finding.citation.title
    return common_folder([source.file for source in sources if source.file != printed])


def _step(step: WorkedStep, figures: int, folder: str) -> str:
    text = f"{step.subject.name} {step.text.text}" if step.subject else step.text.text
    if step.year != figures:
        text += say(f"（{step.year}年）", f" ({step.year})")
    # Between truth values an equals sign would look like one of the formula's own.
    equals = " → " if isinstance(step.value, bool) else " = "
    # Of many subjects below there is no one value, only where theirs stand.
    many = step.value is None and step.sources
    value = "" if many else quantity(step.value, step.unit, decimals=_DECIMALS)
    filled = "" if step.filled is None else step.filled.text
    text = equals.join(dict.fromkeys(part for part in (text, filled, value) if part))
    if cells := wording.where(step, folder):
        text += f"  ← {cells}"
    told = "" if step.origin is None else wording.origin(step.origin)
    return text + (say(f"（{told}）", f" ({told})") if told else "")


def _counts_known_years(of: Explanation) -> bool:
    """Tell whether a number of years was compared although some of them are not known."""
    whole = of.below is None and of.finding.readings is None
    observed = of.finding.observed
    return whole and is_number(observed) and bool(of.steps) and of.steps[0].value is None


def _comparison(of: Explanation) -> _Section:
    section = _Section(say("比较", "Comparison"))
    verdict = {
        True: say("成立", "holds"),
        False: say("不成立", "does not hold"),
        None: say("不能确定", "not decided"),
    }[of.holds]
    compared = wording.comparing(of)
    section.add(f"{compared}{say('：', ': ')}{verdict}", wording.precision(of.finding.by))
    if _counts_known_years(of):
        section.add(
            say(
                "比较的是已知成立的年数；不知道的年份，成立不成立都是这个结论",
                "the years known to hold are compared; the others come to the same, either way",
            )
        )
    line = wording.target_line(of)
    if line:
        section.add(say("进度线：", "line: ") + line)
    return section


def _outcome(of: Explanation) -> _Section:
    finding = of.finding
    section = _Section(say("结论", "Outcome"))
    section.add(finding.outcome.label, wording.reason(finding))
    if finding.best and finding.worst:
        section.add(
            say(
                f"缺的数据补齐后，最好为{finding.best.label}，最差为{finding.worst.label}",
                f"once the rest is submitted: {finding.best.label} at best, "
                f"{finding.worst.label} at worst",
            )
        )
    return section
