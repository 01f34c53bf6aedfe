"""What changed between two runs, as a page of its own."""

from typing import TextIO

from dabiao.reports.comparison.changes import ChangesOfKind, by_kind
from dabiao.reports.comparison.listing import headlines, outcome_word
from dabiao.reports.comparison.words import cause_words
from dabiao.reports.numbers import quantity
from dabiao.reports.page.scope import title_of_runs
from dabiao.reports.templates.templating import environment
from dabiao.schemas.comparison import ComparedFinding, FindingChange, RunComparison
from dabiao.schemas.run import Run


def write_comparison(of: RunComparison, runs: tuple[Run, Run], file: TextIO) -> None:
    """Write a comparison as one page that needs nothing else, and no script.

    Args:
        of: What changed.
        runs: The runs that were compared, which tell what it is about.
        file: Where to.
    """
    first, *told = headlines(of)
    shown = {
        "title": title_of_runs(runs, "两次考核对比", "two runs compared"),
        "first": first,
        "headlines": told,
        "kinds": by_kind(of),
        "before": of.before,
        "after": of.after,
    } | words()
    file.writelines(environment().get_template("comparison.html.jinja").generate(shown))


def words() -> dict[str, object]:
    """Give what writes a change in a template."""
    return {"value": value, "cause": cause_words, "word": outcome_word, "grouped": grouped}


def value(of: ComparedFinding | None, change: FindingChange) -> str:
    """Write what was observed; nothing where there was nothing."""
    return "" if of is None or of.observed is None else quantity(of.observed, change.unit)


def grouped(of: ChangesOfKind) -> list[tuple[str, str, list[FindingChange]]]:
    """Put the changes of a kind together by rule, those with most first."""
    found: dict[str, list[FindingChange]] = {}
    for change in of.changes:
        found.setdefault(change.rule, []).append(change)
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))
    return [(rule, changes[0].title, changes) for rule, changes in ranked]
