"""Who was to report, who did, how completely and how early; and which figures are still owed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import repeat
from operator import itemgetter

from dabiao.reports.at_once.alike import alike
from dabiao.reports.at_once.each import KnownTexts, worded
from dabiao.reports.numbers import in_part
from dabiao.reports.summaries import SubjectNames
from dabiao.reports.wording import origin, owed_below, reason
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.finding import Finding, Input, Scalar, Source
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import WORKED_OUT
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import DueDate, Run

COUNTS = {
    "expected": ("应报", "expected"),
    "reported": ("已报", "reported"),
    "partial": ("部分", "in part"),
    "blank": ("空表", "blank"),
    "absent": ("未报", "absent"),
}
"""What is counted of a form, and what it is called."""
DATES = {"on_time": ("按时", "on time"), "late": ("迟报", "late")}
"""What is counted where it is known what was due and came when."""
SHARES = {
    "returned_share": ("报送率", "returned"),
    "on_time_share": ("按时率", "on time"),
    "filled_share": ("填报率", "filled"),
    "sound_share": ("无矛盾率", "sound"),
}
"""What is told of a form in per cent."""
_KEPT = 400_000
"""Up to how many texts of numbers are kept to be known again."""


def shares(of: Attendance) -> dict[str, float | None]:
    """Give what is told of a form in per cent; None where there is nothing to tell."""
    return {
        "returned_share": share(of.returned, of.expected),
        "on_time_share": None if of.on_time is None else share(of.on_time, of.expected),
        "filled_share": share(of.filled, of.required),
        "sound_share": None if of.sound is None else share(of.sound, of.returned),
    }


def share(part: int, whole: int) -> float | None:
    """Give a share in per cent with one digit, 100 only where nothing is wanting, 0 where all is.

    Examples:
        >>> share(1, 3), share(1, 16), share(99999, 100000), share(1, 100000), share(0, 0)
        (33.3, 6.3, 99.9, 0.1, None)
    """
    if not whole:
        return None
    return float(in_part(100 * part / whole)) if 0 < part < whole else 100.0 * (part >= whole)


def percent(value: float | None) -> str:
    """Write a share, or that there is none."""
    return "—" if value is None else f"{value:g}%"


def due_in_words(due: Sequence[DueDate]) -> str:
    """Say by which day each form was due."""
    return say("；", "; ").join(
        f"{say('其他各表', 'all other forms') if each.level is None else each.level.label}"
        f" {each.day.isoformat()}"
        for each in due
    )


def cut_off_in_words(run: Run) -> str:
    """Say up to when the figures of a run reach: their year, and the day the last file came.

    A run knows no clock, so that it is the same whenever it is made. When files came it knows from
    a log of receipts; where nobody kept one, that is said.
    """
    zh, en = f"{run.as_of}年的填报数据", f"figures of {run.as_of}"
    days = [each.received for each in run.facts if each.received is not None]
    if not days:
        return say(f"{zh}，收到日期没有登记", f"{en}; nobody logged when they came")
    last, left = max(days), len(run.facts) - len(days)
    zh, en = f"{zh}，最后一份 {last} 收到", f"{en}, the last received on {last}"
    if left:
        return say(
            f"{zh}，另有 {left:,} 个文件没有登记", f"{en}; not logged: {number_of(left, 'file')}"
        )
    return say(zh, en)


class ReturnsTable:
    """Who was to report in the year judged last, and how far it was done.

    Attributes:
        headings: Titles of the columns: the form, the county, counts, shares in per cent.
        rows: A row a form, then a row a county and form.
        open: Whether something is still to come, a row each.
        forms: How many of the rows are of a form as a whole; they come first.
        numbers: How many columns of counts come behind form and county.
    """

    NAMES = 2

    def __init__(self, run: Run, places: SubjectNames) -> None:
        """Take down the returns of a run."""
        kept = {**COUNTS, **(DATES if run.due else {})}
        told = [key for key in SHARES if key != "sound_share" and (run.due or "time" not in key)]
        self.headings = [say("表", "form"), say("旗县", "county")]
        self.headings += [say(*words) for words in kept.values()]
        self.headings += [say(*SHARES[key]) for key in told]
        self.numbers = len(kept)
        of = sorted(_expected(run), key=lambda each: (each.area is not None, _order(each)))
        self.rows = [_row(each, places, kept, told) for each in of]
        self.open = [each.reported < each.expected or bool(each.late) for each in of]
        self.forms = sum(each.area is None for each in of)

    def texts(self) -> list[list[str]]:
        """Give the rows as texts."""
        first = self.NAMES + self.numbers
        return [
            [*(_text(each) for each in row[:first]), *(_share_text(each) for each in row[first:])]
            for row in self.rows
        ]


def _expected(run: Run) -> list[Attendance]:
    """Choose what was expected in the year judged last; a county by itself stands there once."""
    of_year = [
        each
        for each in (*run.attendance, *run.counties)
        if each.year == run.as_of and each.expected
    ]
    return list({(each.level, each.area): each for each in of_year}.values())


def _order(of: Attendance) -> tuple[int, str]:
    return of.level.rank, of.area or ""


def _row(
    of: Attendance, places: SubjectNames, counts: Mapping[str, object], keys: Sequence[str]
) -> list[Scalar]:
    area = places.name(of.area) if of.area else say("全部", "all")
    found = shares(of)
    cells: list[Scalar] = [of.level.label, area, *(getattr(of, key) for key in counts)]
    return [*cells, *(found[key] for key in keys)]


def _text(cell: Scalar) -> str:
    if cell is None:
        return "—"
    return cell if isinstance(cell, str) else f"{cell:,}"


def _share_text(cell: Scalar) -> str:
    return percent(None if cell is None else float(cell))


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """One figure that was not submitted, and what waits for it.

    Attributes:
        subject: Code of the subject it would have to come from.
        measure: Its name; None where nothing at all came from the subject.
        year: Its year.
        reason: Why it is missing.
        source: The cell it should stand in, or cannot be used from; None where there is none.
        rules: Rules that wait for it.
        findings: The findings that wait for it, each as its place among all that lack something.
    """

    subject: str
    measure: str | None
    year: int
    reason: str
    source: Source | None = None
    rules: set[str] = field(default_factory=set)
    findings: list[int] = field(default_factory=list)


def lacks(waiting: Iterable[FindingForms]) -> list[MissingFigure]:
    """List what is missing, each figure once, by the subject it has to come from.

    Args:
        waiting: The findings that lack something.
    """
    found: dict[tuple[str, str | None, int, str], MissingFigure] = {}
    known = KnownTexts[str](_KEPT, list)
    before = 0
    for of in waiting:
        for at, subject, measure, year, told, source, cell in _owed(of, known):
            once = subject, measure, year, "" if measure else told
            lack = found.get(once)
            if lack is None or (lack.source is None and source is not None):
                stands = source
                if source is not None and source.cell != cell:
                    stands = replace(source, cell=cell or None)
                if lack is None:
                    lack = MissingFigure(subject, measure, year, told, stands)
                else:
                    lack = replace(lack, source=stands)
                found[once] = lack
            lack.rules.add(of.by.id)
            if before + at not in lack.findings[-1:]:
                lack.findings.append(before + at)
        before += len(of.columns)
        known.bound()
    return [found[place] for place in sorted(found, key=lambda key: (key[0], key[2], key[1] or ""))]


def _owed(
    of: FindingForms, known: KnownTexts[str]
) -> list[tuple[int, str, str | None, int, str, Source | None, str]]:
    """List what findings of a rule wait for, in their order.

    Returns:
        The place of the finding, whose figure it is, its name, its year, why it is missing, and
        where it should stand, its cell apart.
    """
    whom = of.subjects()
    found: list[tuple[int, str, str | None, int, str, Source | None, str]] = []
    for some in alike(of):
        for each in worded(of, some, _missing_inputs):
            places, at_once = each.some.places, each.at_once
            own = [subject.code for subject in whom.at(places)]
            for (subject, measure, year, told), source in each.told.items():
                cell = "" if source is None else source.cell or ""
                found += zip(
                    places.tolist(),
                    own if subject is None else repeat(subject),
                    repeat(measure),
                    repeat(year),
                    at_once.texts(told, known),
                    repeat(source),
                    at_once.texts(cell, known),
                    strict=False,
                )
    found.sort(key=itemgetter(0))
    return found


def _missing_inputs(
    finding: Finding,
) -> dict[tuple[str | None, str | None, int, str], Source | None]:
    """Give what somebody would have to submit, rather than what could not be computed from it.

    Each stands with the cell it should be in. None stands for whom the finding is about.
    """
    missing = [given for given in finding.inputs if given.value is None]
    submitted = [given for given in missing if not isinstance(given.origin, WORKED_OUT)]
    items = [given for given in submitted if given.parts is None]
    counted = [given for given in submitted if given.parts is not None]
    below = [given for given in finding.inputs if given.value == Outcome.MISSING.value]
    found = items or counted or below
    if not items and (owed := owed_below(finding)):
        return owed
    if not found:
        return {(None, None, finding.year, reason(finding)): None}
    return {_missing(given, finding): given.source for given in found}


def _missing(given: Input, finding: Finding) -> tuple[str | None, str | None, int, str]:
    return (
        given.subject,
        given.name,
        given.year if given.year is not None else finding.year,
        "" if given.origin is None else origin(given.origin),
    )
