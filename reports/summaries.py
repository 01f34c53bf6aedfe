"""What every report needs to know of a run beyond its findings one by one."""

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from dabiao.reports.numbers import NOTHING, share_in_words
from dabiao.reports.wording import lookup_in, reason
from dabiao.schemas.awaited import awaited, first_awaited
from dabiao.schemas.digest import HANGING, Digest, GraveGroup
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.importance import Importance
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import OTHERS_LEFT_OUT, Run
from dabiao.schemas.subject import Subject

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NOT_JUDGED = Outcome.NOT_APPLICABLE
_PLACES = (Level.REGION, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)


def repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that say of a target what another one of its group says already.

    The member to count by comes first; where it does not apply, the next that does.
    """
    said: set[tuple[str, str, int]] = set()
    judged = (each for each in findings if each.by.group and each.outcome is not NOT_JUDGED)
    for finding in sorted(judged, key=lambda each: (each.rule != each.by.group, each.rule)):
        target = (str(finding.by.group), finding.subject.code, finding.year)
        if target in said:
            yield finding
        said.add(target)


def finding_inputs(finding: Finding) -> Iterator[tuple[tuple[str, int], Input]]:
    """Give what a finding rests on, each with whose and of which year it is."""
    for each in finding.inputs:
        whose = finding.subject.code if each.subject is None else each.subject
        yield (whose, finding.figures if each.year is None else each.year), each


def once_said(run: Run) -> str:
    """Say what the counts come to where each target counts once; nothing if that is the same."""
    if not any(run.repeated.values()):
        return ""
    counts = (
        f"{each.label} {count:,}" for each, count in run.targets.items() if each is not NOT_JUDGED
    )
    listed = say("，", ", ").join(counts)
    return say(
        f"同一目标在几处写明的只算一次：{listed}",
        f"each target counted once, however often it is stated: {listed}",
    )


def yearly(run: Run) -> dict[int, dict[Outcome, int]]:
    """Count the findings of each year by outcome: those of several years are never one sum."""
    if len(run.years) == 1 or run.by_year:
        return run.by_year or {run.as_of: run.summary}
    counted = Counter((finding.year, finding.outcome) for finding in run.findings)
    return {year: {each: counted[year, each] for each in Outcome} for year in run.years}


def counts_all(run: Run) -> bool:
    """Tell whether the counts of a run are of all outcomes: those of a part may not be."""
    return all(each.kind != OTHERS_LEFT_OUT for each in run.caveats)


def judged_years(counts: Mapping[int, Mapping[Outcome, int]]) -> list[int]:
    """Give the years in which a rule applied to anybody: that of a mere baseline is none of them.

    Args:
        counts: The findings of each year by outcome, at least one year.

    Returns:
        These years; all of them where no rule applied in any.

    Examples:
        >>> judged_years({2020: {Outcome.NOT_APPLICABLE: 9}, 2023: {Outcome.MISSING: 1}})
        [2023]
    """
    return [year for year, found in counts.items() if count_judged(found)] or list(counts)


def counts_lines(run: Run, years: Mapping[int, Mapping[Outcome, int]] | None = None) -> list[str]:
    """Count the findings of a run, those of each year that was judged in a line.

    Args:
        run: The run.
        years: The findings of each year by outcome; None if the run holds all of them.
    """
    if len(run.years) == 1:
        return [*filter(None, (counts_line(run.summary), once_said(run)))]
    years = yearly(run) if years is None else years
    told = {year: counts_line(years[year]) for year in judged_years(years)}
    return [say(f"{year}年　{counts}", f"{year}   {counts}") for year, counts in told.items()]


def counts_line(counts: Mapping[Outcome, int]) -> str:
    """Say in a line how many findings came out how."""
    told = (f"{each.label} {number_of_outcome(counts, each)}" for each in Outcome)
    return say("　", "   ").join(told)


def number_of_outcome(counts: Mapping[Outcome, int], outcome: Outcome) -> str:
    """Write how many findings have an outcome; a dash where nobody knows."""
    return f"{counts[outcome]:,}" if outcome in counts else NOTHING


def rate(counts: Mapping[Outcome, int]) -> float | None:
    """Give the share that complies of what rules applied to, in per cent; None where nothing is.

    Examples:
        >>> rate({Outcome.COMPLIANT: 3, Outcome.MISSING: 1, Outcome.NOT_APPLICABLE: 9})
        75.0
    """
    of = count_judged(counts)
    return 100 * counts.get(Outcome.COMPLIANT, 0) / of if of else None


def mostly_missing(counts: Mapping[Outcome, int]) -> bool:
    """Tell whether data are missing for most of what rules applied to.

    A rate then tells how much is missing rather than how much was done, and is the least that it
    may come to.

    Examples:
        >>> mostly_missing({Outcome.MISSING: 3, Outcome.VIOLATION: 2})
        True
        >>> mostly_missing({Outcome.MISSING: 3, Outcome.COMPLIANT: 3, Outcome.NOT_APPLICABLE: 9})
        False
    """
    return 2 * counts.get(Outcome.MISSING, 0) > count_judged(counts)


def rate_in_words(
    counts: Mapping[Outcome, int],
    write: Callable[[float], str] = share_in_words,
    unknown: str | None = None,
) -> str:
    """Write a rate: where data are mostly missing, as the least it may come to.

    Args:
        counts: Findings by outcome.
        write: Writes a share in per cent.
        unknown: Stands where data are mostly missing and none complies; the word of the outcome
            if nothing is said.

    Examples:
        >>> rate_in_words({Outcome.COMPLIANT: 2, Outcome.VIOLATION: 1, Outcome.MISSING: 1})
        '50.0%'
        >>> rate_in_words({Outcome.COMPLIANT: 2, Outcome.MISSING: 6}), rate_in_words({})
        ('≥25.0%', '—')
        >>> rate_in_words({Outcome.VIOLATION: 1, Outcome.MISSING: 2})
        '缺数据'
    """
    share, least = rate(counts), mostly_missing(counts)
    if share is None:
        return NOTHING
    if least and share == 0:
        return Outcome.MISSING.label if unknown is None else unknown
    told = write(share)
    return f"≥{told}" if least else told


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by gravity: outcome, then how far from the bound for its size, rule, subject, year."""
    return sorted(
        findings,
        key=lambda finding: (
            finding.outcome.gravity,
            -relative_gap(finding),
            finding.rule,
            finding.subject.code,
            finding.year,
        ),
    )


def by_rule(
    findings: Iterable[Finding], judged: Mapping[str, int] | None = None
) -> list[list[Finding]]:
    """Group findings by outcome and rule: gravest outcome first, then the rule that matters most.

    Within a rule the gravest finding stands first.

    Args:
        findings: What to group.
        judged: How many findings each rule has, of which these are some; None if these are all.
    """
    groups: dict[tuple[int, str], list[Finding]] = {}
    for finding in gravest_first(findings):
        groups.setdefault((finding.outcome.gravity, finding.rule), []).append(finding)
    if judged is None:
        judged = judged_by_rule(of for group in groups.values() for of in group)
    known = judged
    return sorted(
        groups.values(),
        key=lambda group: (group[0].outcome.gravity, importance(group, known).order),
    )


def judged_by_rule(findings: Iterable[Finding]) -> Counter[str]:
    """Count the findings of each rule; what does not apply is left out."""
    return Counter(of.rule for of in findings if of.outcome is not NOT_JUDGED)


def judged_as_told(run: Run, year: int | None = None) -> dict[str, int] | None:
    """Give how many findings each rule has, of those too that a run does not keep.

    Args:
        run: The run.
        year: Only those of this year.

    Returns:
        How many, what does not apply left out; None where the run does not say.
    """
    if not run.by_rule:
        return None
    return {
        rule: sum(count_judged(counts) for of, counts in years.items() if year in {None, of})
        for rule, years in run.by_rule.items()
    }


def importance(group: Sequence[Finding], judged: Mapping[str, int]) -> Importance:
    """Give what findings of one rule and one outcome, gravest first, are ranked by."""
    first = group[0]
    return Importance(
        first.aspiration,
        first.outcome,
        len(group),
        judged.get(first.rule, 0),
        relative_gap(first),
        first.by.places,
        first.rule,
    )


def share_out(sizes: Sequence[int], limit: int | None) -> list[int]:
    """Share a number of lines among groups so that none is pushed out by a bigger one.

    Examples:
        >>> share_out([300, 2, 40], 20), share_out([3, 4], None), share_out([5, 5, 5], 2)
        ([9, 2, 9], [3, 4], [1, 1, 0])
    """
    given = [0] * len(sizes)
    left = sum(sizes) if limit is None else min(limit, sum(sizes))
    while left:
        for place, size in enumerate(sizes):
            if left and given[place] < size:
                given[place] += 1
                left -= 1
    return given


def relative_gap(finding: Finding) -> float:
    """Give the gap as a part of the bound, so that people and money can be ranked together.

    A norm about something other than a quantity is missed by all of it: 1.
    """
    if finding.gap is None:
        return 1.0 if finding.outcome is Outcome.VIOLATION else 0.0
    gap, observed, required = finding.gap, finding.observed, finding.required
    bound = required.value
    if required.upper is not None and isinstance(observed, int | float):
        bound = min(
            (value for value in (bound, required.upper) if isinstance(value, int | float)),
            key=lambda value: abs(value - float(observed or 0)),
        )
    if isinstance(bound, str | bool) or not bound:
        bound = observed if isinstance(observed, int | float) else None
    return gap / abs(bound) if bound else math.inf if gap else 0.0


def causes(digest: Digest) -> list[tuple[str, int]]:
    """Count undecided findings by what they wait for, most frequent first."""
    counted = Counter(dict(digest.awaited))
    counted.update(reason(finding).rstrip("。.") for finding in digest.unnamed)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def digest_of(
    run: Run,
    judged: Mapping[str, int] | None = None,
    years: Mapping[int, Mapping[Outcome, int]] | None = None,
    *,
    whole: bool | None = None,
) -> Digest:
    """Give a run in short.

    Args:
        run: The run, with all its findings, or all of those that are not well.
        judged: How many findings each rule has; None if the run holds all of them.
        years: The findings of each year by outcome; None likewise.
        whole: Whether those of every outcome were counted; as the run says if None.
    """
    told = judged_as_told(run)
    if whole is None:
        whole = told is not None or not run.options.outcomes
    judged = judged if told is None else told
    waiting: Counter[str] = Counter()
    unnamed: list[Finding] = []
    for finding in run.findings:
        if finding.outcome is Outcome.MISSING:
            first = first_awaited(awaited(finding.inputs, finding.reason))
            if first is not None:
                waiting[first.text] += 1
            else:
                unnamed.append(finding)
    hanging = hanging_roll_ups(run.findings)
    return Digest(
        groups=grave_groups(run.findings, judged, whole=whole),
        awaited=list(waiting.items()),
        unnamed=unnamed,
        hanging=hanging[:HANGING],
        hanging_count=len(hanging),
        counterpart=lookup_in(run.findings),
        years=yearly(run) if years is None else years,
    )


def grave_groups(
    findings: Sequence[Finding], judged: Mapping[str, int] | None, *, whole: bool
) -> list[GraveGroup]:
    """Give what is missed and what is behind, the rule that matters most first.

    Args:
        findings: The findings.
        judged: How many findings each rule has; None if they are all of them.
        whole: Whether those of every outcome were kept, so that it is known how many there are.
    """
    grave = (of for of in findings if of.outcome in OPEN)
    judged = judged_by_rule(findings) if judged is None else judged
    groups = ((group, judged[group[0].rule]) for group in by_rule(grave, judged))
    return [
        GraveGroup(group[0].outcome, len(group), number if whole else None, partial(_first, group))
        for group, number in groups
    ]


def _first(group: Sequence[Finding], most: int) -> Sequence[Finding]:
    return group[:most]


def hanging_roll_ups(findings: Iterable[Finding]) -> list[Finding]:
    """Give the undecided roll-ups of which the best and the worst are known."""
    return [each for each in findings if each.best is not None and each.worst is not None]


def common_folder(files: Sequence[str]) -> str:
    """Give the folder in which all files lie, with a slash behind it; nothing if there is none.

    Examples:
        >>> common_folder(["a/b/x.csv", "a/b/y.csv"]), common_folder(["a/x.csv", "b/x.csv"])
        ('a/b/', '')
    """
    folders = {file.rpartition("/")[0] for file in files}
    (only,) = folders if len(folders) == 1 else ("",)
    return f"{only}/" if only else ""


class SubjectNames:
    """Names of the subjects of a run, and the county each of them lies in."""

    def __init__(
        self,
        run: Run,
        names: Mapping[str, str] | None = None,
        subjects: Iterable[Subject] | None = None,
    ) -> None:
        """Learn from the subjects that findings speak of, and from names of others.

        Args:
            run: The run.
            names: Names of others, by code.
            subjects: Whom findings speak of, where the run does not hold them.
        """
        if subjects is None:
            subjects = (finding.subject for finding in run.findings)
        self._subjects = {subject.code: subject for subject in subjects}
        self._names = {} if names is None else names
        self._homes: dict[tuple[str, tuple[str, ...]], str | None] = {}

    def name(self, code: str) -> str:
        """Give the name of a subject, or its code where nothing names it."""
        subject = self._subjects.get(code)
        return (subject.name if subject else self._names.get(code)) or code

    def level(self, code: str) -> Level | None:
        """Tell the level of a subject, by its findings or by its GB/T 2260 code."""
        subject = self._subjects.get(code)
        return subject.level if subject else gbt_level(code)

    def home(self, subject: Subject) -> str | None:
        """Give the code under which a report files a subject.

        That is the county it lies in; itself when it is a county or more; the highest known subject
        above it when no county is known; None when nothing is.
        """
        if subject.level.rank <= Level.COUNTY.rank:
            return subject.code
        key = subject.code, subject.parents
        if key not in self._homes:
            counties = (code for code in subject.parents if self.level(code) is Level.COUNTY)
            lowest = [*subject.parents[:1], *counties][-1:]
            self._homes[key] = lowest[0] if lowest else None
        return self._homes[key]

    def home_label(self, code: str) -> str:
        """Name a home; of a place above counties only what it answers for itself counts."""
        if not code:
            return say("上级不详", "place unknown")
        level, name = self.level(code), self.name(code)
        if level is not None and level.rank < Level.COUNTY.rank:
            return say(f"{name}本级", f"{name} itself")
        return name

    def path(self, subject: Subject) -> str:
        """Name the subjects between a subject and its county, from above."""
        home = self.home(subject)
        above = (
            subject.parents[subject.parents.index(home) + 1 :] if home in subject.parents else ()
        )
        return " › ".join(self.name(code) for code in above)

    def school(self, subject: Subject) -> str | None:
        """Give the code of the school that a subject is, or lies in; None where there is none."""
        if subject.level is Level.SCHOOL:
            return subject.code
        if subject.level is Level.CLASS and subject.parents:
            above = subject.parents[-1]
            return None if self.level(above) in _PLACES else above
        return None

    def label(self, subject: Subject) -> str:
        """Name a subject together with the one right above it, where it is not a county or more."""
        own, above = subject.name or subject.code, self._above(subject)
        return f"{above} {own}" if above else own

    def in_sentence(self, subject: Subject, within: str = "") -> str:
        """Name a subject likewise, where a space would not tell where one name ends.

        Args:
            subject: The subject.
            within: Name of a place that goes without saying.
        """
        own, above = subject.name or subject.code, self._above(subject)
        return say(f"{above}的{own}", f"{own} of {above}") if above not in ("", within) else own

    def _above(self, subject: Subject) -> str:
        """Name what lies right above a subject; nothing where its own name says as much."""
        if subject.level.rank <= Level.COUNTY.rank or not subject.parents:
            return ""
        above = subject.parents[-1]
        name = self.name(above)
        said = name == above or (subject.name or subject.code).startswith(name)
        return "" if said else name

    def of_code(self, code: str) -> str:
        """Name a subject in a sentence, by its code."""
        subject = self._subjects.get(code)
        return self.in_sentence(subject) if subject else self.name(code)

    def home_of(self, code: str) -> str | None:
        """Give the home of a subject by its code."""
        subject = self._subjects.get(code)
        return self.home(subject) if subject else code


def case_number(finding: Finding) -> str:
    """Number a case: the same in every run, for it comes from rule, subject and year alone.

    The letters and digits leave out those that are taken for one another (I L O U).
    """
    text = f"{finding.rule}\n{finding.subject.code}\n{finding.year}"
    digest = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 14
    letters = [_LETTERS[digest >> 5 * at & 31] for at in range(10)]
    return f"{finding.year}-{''.join(letters[:5])}-{''.join(letters[5:])}"


@dataclass(frozen=True, slots=True)
class OutcomeTally:
    """Findings counted by outcome under one heading."""

    label: str
    code: str
    counts: Counter[Outcome]
