"""How things stand, as a report tells it: by topic and by place, and what has been achieved."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dabiao.reports.letter.fields import Values
from dabiao.reports.numbers import quantity
from dabiao.reports.summaries import SubjectNames, lacking, rate
from dabiao.reports.tables.laid import laid
from dabiao.schemas.filled_table import DocumentTableFilled
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.rule import JudgedRule

MOST_ACHIEVEMENTS = 12
"""Achievements that are told; how many there are is said."""
_SEVERAL = 2
"""Findings that have to comply before a topic is called achieved."""


def rows(
    findings: Sequence[Finding], key: Callable[[Finding], tuple[str, str] | None]
) -> Iterator[Values]:
    """Count findings under headings, in order of their keys.

    Args:
        findings: What to count.
        key: Gives the sorting key and the heading of a finding; None where it has none.
    """
    counts: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for of in findings:
        heading = key(of)
        if heading is not None:
            counts[heading][of.outcome] += 1
    for heading in sorted(counts):
        yield _row(heading[1], counts[heading])


def _row(name: str, found: Mapping[Outcome, int]) -> Values:
    return {
        "name": name,
        "judged": count_judged(found),
        "met": found.get(Outcome.COMPLIANT, 0),
        "rate": _rate(found),
        "violations": found.get(Outcome.VIOLATION, 0),
        "behind": found.get(Outcome.BEHIND, 0),
        "missing": found.get(Outcome.MISSING, 0),
    }


def _rate(found: Mapping[Outcome, int]) -> str:
    if lacking(found):
        return Outcome.MISSING.label
    share = rate(found)
    return "—" if share is None else quantity(share, "%", 100.0)


RuleCounts = Sequence[tuple[JudgedRule, Mapping[Outcome, int]]]
"""Rules, each with its findings by outcome."""


def rule_counts(findings: Iterable[Finding]) -> RuleCounts:
    """Count findings by rule."""
    found: dict[str, tuple[JudgedRule, Counter[Outcome]]] = {}
    for of in findings:
        found.setdefault(of.rule, (of.by, Counter()))[1][of.outcome] += 1
    return list(found.values())


def topics(counted: RuleCounts) -> list[Values]:
    """Add rules up by document and topic."""
    found: dict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for by, counts in counted:
        found[f"{by.document.id}/{by.topic}", _topic(by)].update(counts)
    return [_row(heading[1], found[heading]) for heading in sorted(found)]


def by_year(counts: Mapping[int, Mapping[Outcome, int]]) -> list[Values]:
    """Tell the counts of each year; years in which nothing was judged are left out."""
    return [
        _row(say(f"{year}年", str(year)), counts[year])
        for year in sorted(counts)
        if count_judged(counts[year])
    ]


def _topic(by: JudgedRule) -> str:
    return by.topic_called or by.document.title


def places(findings: Sequence[Finding], names: SubjectNames) -> list[Values]:
    """Count by county; what a place above them answers for itself stands apart."""

    def home(of: Finding) -> tuple[str, str]:
        code = names.home(of.subject) or ""
        return code, names.home_label(code)

    return list(rows(findings, home))


def achievements(
    counted: RuleCounts, findings: Sequence[Finding], own: str = ""
) -> tuple[list[str], int]:
    """Say which topics are met in all, and which commitments all comply with that are judged.

    Commitments that the same subjects keep are told in one sentence.

    Args:
        counted: The rules that were judged by, each with its findings by outcome.
        findings: The findings, as far as there are any: who keeps a commitment is told by these.
        own: The name of whom all of it is about, which goes without saying.

    Returns:
        The sentences, and how many topics and commitments more there are than are told.
    """
    whole = [
        row for row in topics(counted) if row["judged"] >= _SEVERAL and row["met"] == row["judged"]
    ]
    whole.sort(key=lambda row: -row["judged"])
    done = {row["name"] for row in whole}
    rules = {
        by.id
        for by, counts in counted
        if 0 < counts.get(Outcome.COMPLIANT, 0) == count_judged(counts) and _topic(by) not in done
    }
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for of in findings:
        if of.rule in rules and of.outcome is Outcome.COMPLIANT:
            by_rule[of.rule].append(of)
    met = [group for _, group in sorted(by_rule.items())]
    met.sort(key=lambda group: (-len(group), group[0].by.token))
    told = [
        say(
            f"“{row['name']}”应判 {row['judged']:,} 项，全部达标。",
            f"“{row['name']}”: all {row['judged']:,} comply.",
        )
        for row in whole[:MOST_ACHIEVEMENTS]
    ]
    kept: dict[str, list[str]] = defaultdict(list)
    for group in met[: MOST_ACHIEVEMENTS - len(told)]:
        kept[_keepers(group, own)].append(f"“{group[0].title}”")
    told += [
        say(f"{who}：{''.join(titles)}。", f"{who}: {', '.join(titles)}.")
        for who, titles in kept.items()
    ]
    untold = len(rules) - len(met)
    return told, untold + max(0, len(whole) + len(met) - MOST_ACHIEVEMENTS)


def _keepers(group: Sequence[Finding], own: str) -> str:
    """Say who keeps a commitment: by name where it is one only."""
    first, level = group[0].subject, group[0].subject.level
    number = len({of.subject.code for of in group})
    if number == 1:
        if first.name == own:
            return say("已做到", "Kept")
        return say(f"{first.name}已做到", f"Kept by {first.name}")
    return say(
        f"{number:,} {level.counted_in}{level.zh}全部做到",
        f"Kept by all {number:,} {level.plural}",
    )


def filled_tables(tables: Iterable[DocumentTableFilled]) -> list[Values]:
    """Give tables of documents, each with its headings and rows in words."""
    return [
        {
            "title": table.title,
            "headings": list(table.headings),
            "widths": list(table.widths),
            "rows": [[cell.text for cell in line] for line in table.lines],
            "remarks": list(table.remarks),
        }
        for table in map(laid, tables)
    ]
