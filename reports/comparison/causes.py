"""Why a finding is another one: everything that differs between the two, by kind."""

from collections.abc import Iterator
from dataclasses import fields

from dabiao.schemas.comparator import Comparator
from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding, Input, Required, Scalar
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import Replaced, Superseded
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run

_TOLERANCE = 1e-9
"""Values that differ by no more than the noise of computing are the same."""
_TOLD = frozenset(
    {"condition", "norm", "value", "timing", "decimals", "level", "area", "unit", "hash"}
)
"""What of a rule decides a verdict; the rest tells who answers for it and where it stands."""

_Key = tuple[str, str | None, int | None]


class Causes:
    """Tells why findings of two runs differ.

    Args:
        before: The earlier run.
        after: The later one.
    """

    def __init__(self, before: Run, after: Run) -> None:
        self._runs = before, after
        self._rules = tuple(set(run.rules.selected) for run in self._runs)
        self._subjects = tuple({each.code for each in run.subjects} for run in self._runs)
        files = tuple({each.file: each.sha256 for each in run.facts} for run in self._runs)
        self._same_files = {
            name for name, digest in files[0].items() if files[1].get(name) == digest
        }

    def of_one(self, finding: Finding, *, gone: bool) -> tuple[Cause, ...]:
        """Say why only one of the runs has a finding.

        Args:
            finding: The finding.
            gone: Whether the earlier run has it.
        """
        rules, subjects = (pair[1] if gone else pair[0] for pair in (self._rules, self._subjects))
        if finding.rule not in rules:
            kind = CauseKind.WITHDRAWN if gone else CauseKind.ADDED
            return (Cause(kind=kind),)
        if finding.subject.code not in subjects:
            here = finding.subject.name
            return (
                Cause(kind=CauseKind.ROSTER, before=here)
                if gone
                else Cause(kind=CauseKind.ROSTER, after=here),
            )
        return self._otherwise()

    def of_both(self, before: Finding, after: Finding) -> tuple[Cause, ...]:
        """Say why a finding is another one, foremost first."""
        facts = list(self._facts(before, after))
        rule = list(_rule(before.by, after.by))
        found: list[Cause] = []
        if not isinstance(before.reason, _TAKEN) and isinstance(after.reason, _TAKEN):
            found.append(Cause(kind=CauseKind.SUPERSEDED))
        if before.year != after.year:
            one, other = str(before.year), str(after.year)
            found.append(Cause(kind=CauseKind.YEAR, before=one, after=other))
        found += rule
        if before.subject.parents != after.subject.parents:
            one, other = ("/".join(each.subject.parents) for each in (before, after))
            found.append(Cause(kind=CauseKind.ROSTER, before=one, after=other))
        found += facts
        return tuple(_tried(found, before, after)) or self._otherwise()

    def _facts(self, before: Finding, after: Finding) -> Iterator[Cause]:
        """Compare what the two rest on, value by value; a later year's with the earlier year's."""
        shift = after.figures - before.figures
        old = {_key(each, shift): each for each in before.inputs}
        new = {_key(each, 0): each for each in after.inputs}
        for key in dict.fromkeys((*old, *new)):
            one, other = old.get(key), new.get(key)
            was, now = (None if each is None else each.value for each in (one, other))
            if same(was, now):
                continue
            known = old[key] if other is None else other
            source = known.source
            file = source.file if source is not None else None
            unread = shift == 0 and one is not None and other is not None
            kind = CauseKind.READING if unread and file in self._same_files else CauseKind.FACTS
            yield Cause(
                kind=kind,
                measure=known.measure,
                name=known.name,
                subject=known.subject,
                year=known.year if shift == 0 else None,
                before=was,
                after=now,
                source=source,
            )

    def _otherwise(self) -> tuple[Cause, ...]:
        before, after = self._runs
        if before.version != after.version:
            program = Cause(kind=CauseKind.PROGRAM, before=before.version, after=after.version)
            return (program,)
        return (Cause(kind=CauseKind.UNKNOWN),)


_TAKEN = (Superseded, Replaced)


def same(one: Scalar, other: Scalar) -> bool:
    """Tell whether two values are one, up to the noise of computing."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= _TOLERANCE * max(1.0, abs(one), abs(other))
    return one == other


def _key(of: Input, shift: int) -> _Key:
    return of.measure or of.name, of.subject, None if of.year is None else of.year + shift


def _rule(before: JudgedRule, after: JudgedRule) -> Iterator[Cause]:
    """Say which parts of a rule differ; where none of those it tells does, one it does not tell."""
    told = False
    for each in fields(JudgedRule):
        one, other = getattr(before, each.name), getattr(after, each.name)
        if each.name not in _TOLD or one == other or (each.name == "hash" and told):
            continue
        told = True
        yield Cause(
            kind=CauseKind.RULE,
            part="formula" if each.name == "hash" else each.name,
            before=None if each.name == "hash" else _words(one),
            after=None if each.name == "hash" else _words(other),
        )


def _words(part: object) -> Scalar:
    match part:
        case None | str() | int() | float():
            return part
        case _:
            return getattr(part, "text", None) or str(part)


def _tried(found: list[Cause], before: Finding, after: Finding) -> Iterator[Cause]:
    """Try values and bounds each alone, where both kinds differ and the norm is a comparison."""
    turned = _holds(before.observed, before.required), _holds(after.observed, after.required)
    kinds = {each.kind for each in found}
    facts = kinds & {CauseKind.FACTS, CauseKind.READING}
    rules = kinds & {CauseKind.RULE, CauseKind.YEAR}
    told = None not in turned and turned[0] is not turned[1] and facts and rules
    by_facts = _holds(after.observed, before.required) if told else None
    by_rule = _holds(before.observed, after.required) if told else None
    for each in found:
        alone = None
        if told and each.kind in facts:
            alone = None if by_facts is None else by_facts is not turned[0]
        elif told and each.kind in rules:
            alone = None if by_rule is None else by_rule is not turned[0]
        yield each.model_copy(update={"alone": alone})


def _holds(observed: Scalar, required: Required) -> bool | None:
    """Tell whether a value keeps a bound; None where one of them is no number."""
    low = high = required.value
    if required.comparator is Comparator.BETWEEN:
        high = required.upper
    values = [observed, low, high]
    if any(isinstance(each, bool | str) or each is None for each in values):
        return None
    value, least, most = (float(each) for each in values if each is not None)
    near = _TOLERANCE * max(1.0, abs(least), abs(most))
    open_ = -near if required.comparator.is_open else near
    if required.comparator.bounds_low and value < least - open_:
        return False
    return not (required.comparator.bounds_high and value > most + open_)


def is_other(before: Finding, after: Finding) -> bool:
    """Tell whether a finding is another one: its outcome, its value or its bound."""
    return (
        before.outcome is not after.outcome
        or not same(before.observed, after.observed)
        or (
            Outcome.NOT_APPLICABLE not in (before.outcome, after.outcome)
            and not same(before.required.value, after.required.value)
        )
    )
