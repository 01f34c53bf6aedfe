"""How it stands: by topic and place, what was achieved, who owes data, which schools fall short."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np

from dabiao.reports import wording
from dabiao.reports.counted.outcome_columns import OutcomeColumns, counter
from dabiao.reports.letter.fields import Values
from dabiao.reports.returns import lacks
from dabiao.reports.summaries import SubjectNames, rate_in_words
from dabiao.reports.tables.laid import laid
from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.filled_table import DocumentTableFilled
from dabiao.schemas.language import say
from dabiao.schemas.outcome import NOT_WELL, Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.subject import Subject

MOST_ACHIEVEMENTS = 12
"""Achievements that are told; how many there are is said."""
MOST_OWING = 1_000
"""Who owes data: those for whom the most waits, if they are more; the ledger has the others."""
MOST_FIGURES = 5_000
"""Figures that they owe, to the last one of whoever begins below; they take a hundred pages."""
MOST_SCHOOLS = 1_000
"""Schools, the gravest; the others are counted."""
_SEVERAL = 2
"""Findings that have to comply before a topic is called achieved."""


def _row(name: str, found: Mapping[Outcome, int]) -> Values:
    return {
        "name": name,
        "judged": count_judged(found),
        "met": found.get(Outcome.COMPLIANT, 0),
        "rate": rate_in_words(found),
        "violations": found.get(Outcome.VIOLATION, 0),
        "behind": found.get(Outcome.BEHIND, 0),
        "missing": found.get(Outcome.MISSING, 0),
    }


RuleCounts = Sequence[tuple[JudgedRule, Mapping[Outcome, int]]]
"""Rules, each with its findings by outcome."""


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


def places(columns: OutcomeColumns, findings: Places, names: SubjectNames) -> list[Values]:
    """Count some findings by county; what a place above them answers for itself stands apart."""
    home, codes = columns.lie_in(lambda of: names.home(of) or "")
    counted = columns.count(home, len(codes), findings)
    order = sorted((codes[at], at) for at in np.flatnonzero(counted.any(1)).tolist())
    return [_row(names.home_label(code), counter(counted[at])) for code, at in order]


def achievements(
    counted: RuleCounts, columns: OutcomeColumns, findings: Places, own: str
) -> tuple[list[str], int]:
    """Say which topics are met in all, and which commitments all comply with that are judged.

    Commitments that the same subjects keep are told in one sentence.

    Args:
        counted: The rules that were judged by, each with its findings by outcome.
        columns: The findings, as far as there are any: who keeps a commitment is told by these.
        findings: Which of them.
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
        by.id: by
        for by, counts in counted
        if 0 < counts.get(Outcome.COMPLIANT, 0) == count_judged(counts) and _topic(by) not in done
    }
    complying = findings[columns.outcome[findings] == Outcome.COMPLIANT.gravity]
    asked = [at for at, by in enumerate(columns.rules) if by.id in rules]
    met = [
        (columns.rules[at], group)
        for at in sorted(asked, key=lambda at: columns.rules[at].id)
        if len(group := complying[columns.rule[complying] == at])
    ]
    met.sort(key=lambda kept: (-len(kept[1]), kept[0].token))
    told = [
        say(
            f"“{row['name']}”应判 {row['judged']:,} 项，全部达标。",
            f"“{row['name']}”: all {row['judged']:,} comply.",
        )
        for row in whole[:MOST_ACHIEVEMENTS]
    ]
    kept: dict[str, list[str]] = defaultdict(list)
    for by, group in met[: MOST_ACHIEVEMENTS - len(told)]:
        kept[_keepers(list(columns.met(group)), own)].append(f"“{by.called}”")
    told += [
        say(f"{who}：{''.join(titles)}。", f"{who}: {', '.join(titles)}.")
        for who, titles in kept.items()
    ]
    untold = len(rules) - len(met)
    return told, untold + max(0, len(whole) + len(met) - MOST_ACHIEVEMENTS)


def _keepers(keepers: Sequence[Subject], own: str) -> str:
    """Say who keeps a commitment: by name where it is one only."""
    first, level = keepers[0], keepers[0].level
    number = len({of.code for of in keepers})
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


@dataclass(frozen=True, slots=True)
class Annex:
    """Rows of an annex.

    Attributes:
        rows: The rows.
        left_out: How many there was no room for.
    """

    rows: Sequence[Values]
    left_out: int


def owing(waiting: Iterable[FindingForms], places: SubjectNames, folder: str) -> Annex:
    """List who owes which data.

    Args:
        waiting: The findings that lack something.
        places: Names of subjects.
        folder: The folder of all files, which goes without saying.
    """
    found: dict[str, list[str]] = defaultdict(list)
    waits: dict[str, set[int]] = defaultdict(set)
    for lack in lacks(waiting):
        what = lack.measure or say("全部数据", "everything")
        place = wording.cell(lack.source, folder) if lack.source else ""
        details = say("，", ", ").join(each for each in (lack.reason, place) if each)
        told = say(f"{lack.year}年{what}", f"{what} of {lack.year}")
        found[lack.subject].append(
            told + (say(f"（{details}）", f" ({details})") if details else "")
        )
        waits[lack.subject].update(lack.findings)
    most = sorted(found, key=lambda code: -len(waits[code]))[:MOST_OWING]
    before = accumulate((len(found[code]) for code in most), initial=0)
    kept = {code for code, figures in zip(most, before, strict=False) if figures < MOST_FIGURES}
    rows = [
        {
            "number": number,
            "who": places.of_code(code),
            "code": code,
            "data": found[code],
            "waiting": len(waits[code]),
        }
        for number, code in enumerate((code for code in found if code in kept), 1)
    ]
    return Annex(rows, len(found) - len(rows))


def failing_schools(columns: OutcomeColumns, findings: Places, places: SubjectNames) -> Annex:
    """List the schools where something is not as it should be, the gravest first.

    Args:
        columns: The findings.
        findings: Which of them.
        places: Names of subjects.
    """
    school, codes = columns.lie_in(places.school)
    counted = columns.count(school, len(codes), findings)
    counts = {code: counter(of) for code, of in zip(codes, counted, strict=True)}
    listed = sorted(
        (code for code in counts if any(counts[code][each] for each in NOT_WELL)),
        key=lambda code: ([-counts[code][each] for each in NOT_WELL], code),
    )
    rows: list[Values] = []
    for number, code in enumerate(listed[:MOST_SCHOOLS], 1):
        violations, behind, missing = (counts[code][each] for each in NOT_WELL)
        rows.append(
            {
                "number": number,
                "name": places.name(code),
                "code": code,
                "violations": violations,
                "behind": behind,
                "missing": missing,
            }
        )
    return Annex(rows, len(listed) - len(rows))
