"""Who answers for what (责任清单), and who owes data (缺报清单)."""

from collections.abc import Iterator

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.counted.recorded import waiting
from dabiao.reports.ledger.overview import unnamed_unit
from dabiao.reports.ledger.sheet import Content, Figure, LedgerColumn, LedgerSheet
from dabiao.reports.priorities import open_findings
from dabiao.reports.returns import lacks
from dabiao.reports.summaries import case_number, common_folder
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_NAMED = 20
"""Subjects and numbers written into one cell; all of them stand in the list of problems."""

_DUTIES = (
    LedgerColumn("单位", "unit", 22),
    LedgerColumn("角色", "part", 8, centred=True),
    LedgerColumn("目标", "goal", 32),
    LedgerColumn("依据条款", "clause", 34),
    LedgerColumn("主题", "topic", 16),
    LedgerColumn("约束性", "binding", 10, centred=True),
    LedgerColumn("未达标", "violation", 8),
    LedgerColumn("滞后", "behind", 8),
    LedgerColumn("涉及对象", "subjects", 40),
    LedgerColumn("问题编号", "numbers", 20),
)
_OWED = (
    LedgerColumn("旗县", "county", 13),
    LedgerColumn("应报者", "who", 24),
    LedgerColumn("代码", "code", 16),
    LedgerColumn("数据项", "item", 30),
    LedgerColumn("年份", "year", 7, centred=True),
    LedgerColumn("原因", "reason", 28),
    LedgerColumn("应填的单元格", "cell", 40),
    LedgerColumn("待判条数", "findings waiting", 9),
    LedgerColumn("待判的目标", "goals waiting", 44),
)


def duties_name() -> str:
    """Name the sheet of who answers for what."""
    return say("责任清单", "Duties")


def owed_name() -> str:
    """Name the sheet of who owes data."""
    return say("缺报清单", "Data owed")


def write_duties(
    sheet: LedgerSheet, run: Run, columns: OutcomeColumns, circumstances: Circumstances
) -> None:
    """Write what each unit has to see mended: a row a unit, its part and a commitment."""
    found: dict[tuple[bool, str, bool, str], list[Finding]] = {}
    for finding in open_findings(run.findings, columns.judged):
        for unit, leads in _answering(finding):
            key = (not unit, unit or unnamed_unit(), not leads, finding.rule)
            found.setdefault(key, []).append(finding)
    hint = say(
        "一个单位的一项目标一行；点“单位”的筛选箭头，就是这个单位的责任清单。",
        "One row for a goal of a unit; filter by unit to see what one unit answers for.",
    )
    sheet.title(duties_name(), hint)

    def rows() -> Iterator[list[Content]]:
        for (nobody, unit, takes_part, rule), each in sorted(
            found.items(), key=lambda item: item[0][:3]
        ):  # what one unit answers for keeps the order of what matters
            first = each[0]
            outcomes = [one.outcome for one in each]
            yield [
                unit,
                "" if nobody else _part(takes_part=takes_part),
                first.title,
                wording.clause(first.citation),
                circumstances.topics.get(rule, ""),
                wording.binding(first.by),
                outcomes.count(Outcome.VIOLATION),
                outcomes.count(Outcome.BEHIND),
                _some([columns.places.label(one.subject) for one in each[:_NAMED]], len(each)),
                _some([case_number(one) for one in each[:_NAMED]], len(each), "\n"),
            ]

    sheet.table(_DUTIES, rows())


def _answering(finding: Finding) -> Iterator[tuple[str, bool]]:
    """Give those who answer for a finding, each with whether it leads; nothing where none does."""
    units = finding.units
    yield from ((unit, True) for unit in units.lead)
    yield from ((unit, False) for unit in units.responsible if unit not in units.lead)
    if not units.lead and not units.responsible:
        yield "", True


def _part(*, takes_part: bool) -> str:
    return say("参与", "takes part") if takes_part else say("牵头", "leads")


def _some(first: list[str], size: int, between: str | None = None) -> str:
    """Name the first of some, and say how many they are where these are not all."""
    text = wording.listed(first) if between is None else between.join(first)
    if size == len(first):
        return text
    more = say(f"……共 {size:,} 个，见问题清单", f"… {size:,} in all, see the problems")
    return text + (between or "") + more


def write_owed(
    sheet: LedgerSheet, run: Run, columns: OutcomeColumns, circumstances: Circumstances
) -> None:
    """Write each figure that somebody has to submit, and what waits for it."""
    places = columns.places
    titles = {rule.id: rule.called for rule in columns.rules}
    folder = common_folder([record.file for record in run.facts])
    found, listed = lacks(waiting(run, circumstances)), circumstances.has(Outcome.MISSING)
    hint = say(
        "补报这些数据后再考核一次；缺数据的不算达标。",
        "Submit these and check again; what is missing is not compliant.",
    )
    number = say(f"（{len(found):,} 项）", f" ({len(found):,})")
    apart = say("（没有列出）", " (not listed)")
    sheet.title(owed_name() + (number if listed else apart), hint if listed else "")

    def rows() -> Iterator[list[Content]]:
        for lack in found:
            home = places.home_of(lack.subject)
            yield [
                places.name(home) if home else say("上级不详", "place unknown"),
                places.name(lack.subject),
                lack.subject,
                lack.measure or say("（全部）", "(everything)"),
                Figure(lack.year, "0"),
                lack.reason,
                wording.cell(lack.source, folder) if lack.source else "",
                len(lack.findings),
                _some([titles[rule] for rule in sorted(lack.rules)][:_NAMED], len(lack.rules)),
            ]

    sheet.table(_OWED, rows())
