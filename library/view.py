"""What a notebook shows of a result: counts, what is missed by most, and what is waited for."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dabiao.reports import wording
from dabiao.reports.summaries import causes, judged_years
from dabiao.reports.wording import open_roll_ups
from dabiao.schemas.digest import Digest
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Caveat

_SHOWN = 10
_LEFT = "text-align:left"
_RIGHT = "text-align:right"


def view(digest: Digest, caveats: Iterable[Caveat], *, trial: bool, only: str = "") -> str:
    """Write it as HTML, in the language spoken now.

    Args:
        digest: The result in short.
        caveats: What has to be known before its counts are read.
        trial: Whether rules on trial were judged by.
        only: Which rules were asked for, in words; nothing where all were.
    """
    years = wording.years(judged_years(digest.years))
    head = say(f"{years}年考核", f"Check of {years}") + only
    if trial:
        head += say("（试算）", " (on trial)")
    lines = [say("注意：", "note: ") + wording.caveat(each) for each in caveats]
    return "".join(
        (
            _counts(digest.years, head),
            *map(_line, lines),
            _groups(digest),
            *map(_line, _undecided(digest)),
        )
    )


def _counts(years: Mapping[int, Mapping[Outcome, int]], head: str) -> str:
    """Give a column an outcome, and a row a year that rules applied in."""
    rows = [
        [str(year), *(f"{years[year].get(each, 0):,}" for each in Outcome)]
        for year in judged_years(years)
    ]
    return _table([say("年份", "year"), *(each.label for each in Outcome)], rows, head, texts=1)


def _groups(digest: Digest) -> str:
    """List the rules that are missed or behind, those that matter most first."""
    rows = []
    for group in digest.groups[:_SHOWN]:
        (first,) = group.gravest(1)
        size = f"{group.size:,}/{group.judged:,}"
        rows.append([group.outcome.label, first.title, first.rule, size])
    if not rows:
        return ""
    names = (
        say("结论", "outcome"),
        say("承诺", "commitment"),
        say("规则", "rule"),
        say("对象", "subjects"),
    )
    rest = len(digest.groups) - len(rows)
    more = say(f"还有 {rest:,} 条规则", f"and {number_of(rest, 'more rule')}")
    return _table(names, rows, texts=3) + (_line(more) if rest > 0 else "")


def _undecided(digest: Digest) -> Sequence[str]:
    """Say what undecided findings wait for, and what those that can be bounded come to."""
    total = sum(counts.get(Outcome.MISSING, 0) for counts in digest.years.values())
    if not total:
        return ()
    named = [say(f"{name}（{count:,}）", f"{name} ({count:,})") for name, count in causes(digest)]
    some = say("、", ", ").join(named[:_SHOWN]) + say("等", ", …") * (len(named) > _SHOWN)
    told = f"{Outcome.MISSING.label} {total:,}{say('：', ': ')}{some}"
    return (told, *open_roll_ups(digest.hanging, digest.hanging_count))


def _table(
    names: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", *, texts: int
) -> str:
    """Write a table, of which so many columns are texts and the rest numbers."""
    styles = [_LEFT if at < texts else _RIGHT for at in range(len(names))]

    def row(cells: Sequence[str], tag: str) -> str:
        told = (
            f'<{tag} style="{style}">{escape(cell)}</{tag}>'
            for cell, style in zip(cells, styles, strict=True)
        )
        return f"<tr>{''.join(told)}</tr>"

    head = f"<caption>{escape(caption)}</caption>" if caption else ""
    body = "".join(row(cells, "td") for cells in rows)
    return f"<table>{head}<thead>{row(names, 'th')}</thead><tbody>{body}</tbody></table>"


def _line(text: str) -> str:
    return f"<div>{escape(text)}</div>"
