"""What a second submission changed, as people and programs read it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.reports.numbers import quantity
from dabiao.schemas.border import border
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import Severity
from dabiao.schemas.revision import (
    CellChange,
    CellFate,
    ProblemRecord,
    Revision,
    VerdictChange,
)

_MOST = 50
"""Cells and outcomes of one kind told one by one in a table for people."""


def revision_listing(of: Revision) -> Listing:
    """List outcomes, cells and problems, one a row; JSON has everything."""
    columns = {
        "kind": say("类别", "kind"),
        "level": say("层级", "level"),
        "code": say("代码", "code"),
        "name": say("对象", "subject"),
        "year": say("年份", "year"),
        "what": say("数据项、规则或问题", "item, rule or problem"),
        "before": say("原来", "before"),
        "after": say("现在", "now"),
        "place": say("位置", "place"),
        "remark": say("说明", "remark"),
    }
    rows = [_verdict_row(each) for each in _first_by_figures(of.verdicts)]
    rows += [_cell_row(each) for each in of.cells]
    rows += [_problem_row(each, say("问题已改", "cured")) for each in of.cured]
    rows += [_problem_row(each, say("新的问题", "new problem")) for each in of.arisen]
    return Listing(
        columns, rows, border(Revision).dump_python(of, mode="json", by_alias=True), summary(of)
    )


def _first_by_figures(verdicts: Iterable[VerdictChange]) -> list[VerdictChange]:
    return sorted(verdicts, key=lambda each: not each.by_figures)


def _verdict_row(of: VerdictChange) -> dict[str, Scalar]:
    return {
        "kind": say("结论", "outcome"),
        "level": of.level.label,
        "code": of.subject,
        "name": of.name,
        "year": of.year,
        "what": f"{of.title} [{of.rule}]",
        "before": _outcome(of.before),
        "after": _outcome(of.after),
        "place": "",
        "remark": _by_figures(of),
    }


def _cell_row(of: CellChange) -> dict[str, Scalar]:
    return {
        "kind": of.fate.label,
        "level": of.level.label,
        "code": of.subject,
        "name": of.name,
        "year": of.year,
        "what": of.measure_name,
        "before": _value(of, of.before),
        "after": _value(of, of.after),
        "place": "" if of.source is None else wording.cell(of.source),
        "remark": "",
    }


def _problem_row(of: ProblemRecord, kind: str) -> dict[str, Scalar]:
    nothing = dict.fromkeys(("level", "code", "name", "year"))
    told = f"{Severity(of.severity).label}{say('：', ': ')}{of.message} [{of.code}]"
    return {
        "kind": kind,
        **nothing,
        "what": told,
        "before": "",
        "after": "",
        "place": of.place,
        "remark": "",
    }


def _by_figures(of: VerdictChange) -> str:
    if not of.by_figures:
        return ""
    cells = say("；", "; ").join(_change_text(each) for each in of.cells)
    why = say("只因改动了原来填的数", "only because figures were changed")
    return f"{why}{say('：', ': ')}{cells}" if cells else why


def _change_text(of: CellChange) -> str:
    return f"{of.name} {of.measure_name} {_value(of, of.before)} → {_value(of, of.after)}"


def _value(of: CellChange, value: Scalar) -> str:
    if value is not None:
        return quantity(value, of.unit)
    return say("不能用", "not usable") if of.spoilt else say("空", "blank")


def _outcome(of: Outcome | None) -> str:
    return say("无", "none") if of is None else of.label


def summary(of: Revision) -> list[str]:
    """Say in a few lines how much was changed, and what has to be asked about."""
    fates = Counter(each.fate for each in of.cells)
    cells = say("，", ", ").join(f"{fate.label} {fates[fate]:,}" for fate in CellFate)
    turns = Counter((each.before, each.after) for each in of.verdicts)
    told = [
        f"{_outcome(was)} → {_outcome(now)} {count:,}" for (was, now), count in turns.most_common()
    ]
    figures = sum(each.by_figures for each in of.verdicts)
    listed = say("，", ", ").join(told)
    lines = [
        say(f"{of.year}年，单元格：{cells}", f"{of.year}, cells: {cells}"),
        say(
            f"问题：已改 {len(of.cured):,}，新的 {len(of.arisen):,}",
            f"problems: cured {len(of.cured):,}, new {len(of.arisen):,}",
        ),
        say(f"结论变了 {len(of.verdicts):,} 条", f"outcomes changed: {len(of.verdicts):,}")
        + (f"{say('：', ': ')}{listed}" if listed else ""),
    ]
    if figures:
        lines.append(
            say(
                f"其中 {figures:,} 条只因改动了原来填的数才变好，请核实原始材料",
                f"{figures:,} of them are well now only because figures were changed that stood"
                " there before; ask for the records they come from",
            )
        )
    return lines


def print_revision(of: Revision, file: TextIO) -> None:
    """Print how much was changed, then outcomes, cells and problems, the gravest first."""
    file.writelines(f"{line}\n" for line in summary(of))
    verdicts = _first_by_figures(of.verdicts)
    earned = [each for each in verdicts if each.by_figures]
    others = [each for each in verdicts if not each.by_figures]
    _section(
        file, say("只因改动了原来填的数", "Only because figures were changed"), map(_turn, earned)
    )
    _section(file, say("结论变了", "Outcomes that changed"), map(_turn, others))
    for fate in (CellFate.CHANGED, CellFate.EMPTIED, CellFate.FILLED):
        cells = [each for each in of.cells if each.fate is fate]
        title = say(f"{fate.label}的单元格", f"Cells {fate.value}")
        _section(file, title, map(_cell_line, cells))
    for title, problems in (
        (say("新的问题", "New problems"), of.arisen),
        (say("问题已改", "Problems cured"), of.cured),
    ):
        _section(file, title, (f"{each.place}: {each.message} [{each.code}]" for each in problems))


def _section(file: TextIO, title: str, lines: Iterable[str]) -> None:
    told: Sequence[str] = list(lines)
    if not told:
        return
    file.write(f"\n{title}\n")
    file.writelines(f"  {line}\n" for line in told[:_MOST])
    more = len(told) - _MOST
    if more > 0:
        file.write(
            say(
                f"  另有 {more:,} 条，用 -o 写入文件看全部\n",
                f"  {more:,} more; write them to a file with -o\n",
            )
        )


def _turn(of: VerdictChange) -> str:
    line = f"{of.name}（{of.subject}） {of.title}{say('：', ': ')}"
    line += f"{_outcome(of.before)} → {_outcome(of.after)} [{of.rule}]"
    cells = "".join(f"\n    {_change_text(each)}{_at(each)}" for each in of.cells)
    return line + cells


def _cell_line(of: CellChange) -> str:
    what = f"{of.name}（{of.subject}） {of.year} {of.measure_name}{say('：', ': ')}"
    return f"{what}{_value(of, of.before)} → {_value(of, of.after)}{_at(of)}"


def _at(of: CellChange) -> str:
    return "" if of.source is None else f"  {wording.cell(of.source)}"
