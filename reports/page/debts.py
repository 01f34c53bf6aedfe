"""Who owes what, and what was not judged and why: told of the one whose figure it is.

A finding on a city may wait for a figure of a single school: the school owes it, not the city.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import assert_never

from dabiao.reports import wording
from dabiao.reports.at_once.alike import Alike
from dabiao.reports.at_once.each import KnownTexts, worded
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.reasons.lacks import Lack, NamedFew
from dabiao.schemas.reasons.why import (
    Compared,
    Lacking,
    NobodyBelow,
    NoChange,
    NotBegun,
    NothingApplies,
    NotThere,
    OutOfScope,
    OutsidePeriod,
    Over,
    OwnRules,
    Reason,
    Replaced,
    RolledUp,
    ScopeUnknown,
    Superseded,
)
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Subject

_KEPT = 400_000
"""Up to how many texts of numbers are kept to be known again."""


@dataclass(frozen=True, slots=True)
class OwedFigures:
    """Figures that somebody owes for one reason.

    Attributes:
        names: What they are; none where the reason says all there is to say.
        year: Of which year.
        why: Why they are missing.
        cell: The cell it should stand in, or cannot be used from, if it is one and there is one.
    """

    names: Sequence[str]
    year: int
    why: str
    cell: str


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes figures, and what waits for them.

    Attributes:
        code: Its code; empty for several that are not named one by one.
        label: Its name.
        figures: What it owes.
        waiting: How many findings wait.
    """

    code: str
    label: str
    figures: Sequence[OwedFigures]
    waiting: int


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    year: int
    why: str
    cell: str = ""


@dataclass(slots=True)
class _Account:
    label: str
    figures: dict[tuple[str, int], _Figure] = field(default_factory=dict)
    waiting: set[tuple[str, str, int]] = field(default_factory=set)

    def owe(self, figure: _Figure) -> None:
        """Note a figure once, with its cell if any finding knows that."""
        noted = self.figures.get((figure.name, figure.year))
        if noted is None or (figure.cell and not noted.cell):
            self.figures[figure.name, figure.year] = figure

    def together(self) -> list[OwedFigures]:
        """Tell what is missing for one reason in one line; a cell has a line of its own."""
        found: dict[tuple[int, str, str], list[str]] = defaultdict(list)
        for each in self.figures.values():
            found[each.year, each.why, each.cell].append(each.name)
        return [
            OwedFigures([name for name in names if name], year, why, cell)
            for (year, why, cell), names in found.items()
        ]


def debtors(
    findings: Iterable[tuple[FindingForms, Alike]],
    subjects: Iterable[Subject],
    places: SubjectNames,
    folder: str,
) -> list[Debtor]:
    """Say who has to report what, the one that most waits for first.

    Args:
        findings: What lacks figures, those together that say the same but for numbers.
        subjects: Everybody judged.
        places: Names of subjects.
        folder: The folder of all files, which goes without saying.
    """
    labels = {of.code: places.label(of) for of in subjects}
    accounts: dict[tuple[str, str], _Account] = {}
    known = KnownTexts[str](_KEPT, list)
    for of, some in findings:
        for each in worded(of, some, lambda one: list(_owed(one, places, folder))):
            whom = [subject.code for subject in of.subjects().at(each.some.places)]
            for who, figure in each.told:
                told = (each.at_once.texts(text, known) for text in (figure.why, figure.cell))
                for own, why, cell in zip(whom, *told, strict=False):
                    code, name = (own, "") if who is None else who
                    label = labels.get(code, name)
                    account = accounts.setdefault((code, label), _Account(label))
                    account.owe(_Figure(figure.name, figure.year, why, cell))
                    account.waiting.add((of.by.id, own, of.columns.year))
    made = [
        Debtor(code, account.label, account.together(), len(account.waiting))
        for (code, _), account in accounts.items()
    ]
    return sorted(made, key=lambda debtor: (-debtor.waiting, debtor.code, debtor.label))


def _owed(
    of: Finding, places: SubjectNames, folder: str
) -> Iterator[tuple[tuple[str, str] | None, _Figure]]:
    """Yield what a finding waits for, and who owes it; None stands for whom it is about."""
    match of.reason:
        case Lacking() | ScopeUnknown():
            for lack in of.reason.lacks:
                figure = _figure(lack, folder)
                for who in (None,) if lack.whose is None else _each(lack.whose, of, places):
                    yield who, figure
        case RolledUp(unsure=NamedFew() as few):
            figure = _Figure("", of.year, say("结论未定", "findings are open"))
            for who in _each(few, of, places):
                yield who, figure
        case (
            RolledUp()
            | Superseded()
            | Replaced()
            | OutsidePeriod()
            | NotBegun()
            | Over()
            | NotThere()
            | OutOfScope()
            | NothingApplies()
            | NoChange()
            | NobodyBelow()
            | Compared()
            | OwnRules()
        ):
            yield None, _Figure("", of.year, wording.reason(of))
        case _:
            assert_never(of.reason)


def _each(few: NamedFew, of: Finding, places: SubjectNames) -> Iterator[tuple[str, str]]:
    """Name the first of them each, and the others together by the one they lie in."""
    for each in few.first:
        yield each.code, each.name
    if others := few.count - len(few.first):
        level, name = few.level, places.label(of.subject)
        yield (
            "",
            say(
                f"{name}所辖另{others:,}{level.counted_in}{level.zh}",
                f"{others:,} other {level.plural} in {name}",
            ),
        )


def _figure(lack: Lack, folder: str) -> _Figure:
    named = lack.measure or lack.formula
    cell = "" if lack.source is None else wording.cell(lack.source, folder)
    return _Figure("" if named is None else named.text, lack.year, wording.why_missing(lack), cell)


def unjudged(reasons: Iterable[tuple[Reason, int]]) -> list[tuple[str, int]]:
    """Count what was left out by why it does not apply, most frequent first.

    Args:
        reasons: Reasons, each with how many findings have it.
    """
    counted: Counter[str] = Counter()
    for reason, count in reasons:
        counted[kind_in_words(reason)] += count
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def kind_in_words(reason: Reason) -> str:
    """Say of what kind a reason is."""
    match reason:
        case OutOfScope():
            return say("不在规则的适用范围内", "outside the scope of the rule")
        case NotThere():
            return say(
                "该年还没有、已撤销或已并入", "not there in the year: not open yet, or closed"
            )
        case NotBegun():
            return say("规则尚未开始", "the rule has not begun")
        case Over() | OutsidePeriod():
            return say("规则或文件已过期限", "the rule, or its document, is over")
        case Superseded() | Replaced():
            return say("文件或规则已被取代", "the document, or the rule, was superseded")
        case NothingApplies():
            return say("下级的结论都不适用", "nothing below applies")
        case Lacking() | ScopeUnknown() | NobodyBelow():
            return say("缺数据", "missing figures")
        case NoChange():
            return say("变化无从算起", "no change can be computed")
        case Compared() | RolledUp() | OwnRules():
            return say("已考核", "judged")
        case _:
            assert_never(reason)
