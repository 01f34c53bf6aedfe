"""What changed between two runs, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TextIO

from dabiao.reports import numbers
from dabiao.reports.comparison.words import cause_words
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.border import border
from dabiao.schemas.comparison import CauseKind, FindingChange, RunComparison
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome


def comparison_listing(of: RunComparison) -> Listing:
    """List the changes, one a row."""
    columns = {
        "before": say("原结论", "before"),
        "after": say("现结论", "now"),
        "rule": say("规则", "rule"),
        "title": say("承诺", "commitment"),
        "level": say("层级", "level"),
        "subject": say("代码", "code"),
        "name": say("名称", "name"),
        "year": say("年份", "year"),
        "observed_before": say("原实测", "observed before"),
        "observed": say("现实测", "observed now"),
        "required_before": say("原要求", "required before"),
        "required": say("现要求", "required now"),
        "causes": say("原因", "causes"),
    }
    return Listing(
        columns,
        [_row(each) for each in of.changes],
        border(RunComparison).dump_python(of, mode="json", by_alias=True),
        list(headlines(of)),
    )


def _row(change: FindingChange) -> dict[str, Scalar]:
    was, now = change.before, change.after
    return {
        "before": outcome_word(change.outcomes[0]),
        "after": outcome_word(change.outcomes[1]),
        "rule": change.rule,
        "title": change.title,
        "level": change.level.label,
        "subject": change.subject,
        "name": change.name,
        "year": now.year if now is not None else was.year if was is not None else None,
        "observed_before": None if was is None else was.observed,
        "observed": None if now is None else now.observed,
        "required_before": None if was is None else was.required,
        "required": None if now is None else now.required,
        "causes": say("；", "; ").join(cause_words(each) for each in change.causes),
    }


def headlines(of: RunComparison, *, marked: bool = True) -> Iterator[str]:
    """Say in a few lines what the changes come to.

    Args:
        of: The changes.
        marked: Whether the runs are told by their fingerprints too.
    """
    before, after = of.before, of.after
    one, other = (
        say(f"（{each.fingerprint}）", f" ({each.fingerprint})") if marked else ""
        for each in (before, after)
    )
    yield say(
        f"{before.as_of}年{one}与{after.as_of}年{other}比较",
        f"{before.as_of}{one} compared with {after.as_of}{other}",
    )
    yield from _years(of)
    yield from _scopes(of)
    yield from _counts(of.changes, of.same)
    if of.looked_at is not None:
        first, day = of.looked_at
        ended = sum(CauseKind.WAIVER_EXPIRED in each.kinds for each in of.changes)
        yield say(
            f"豁免按 {first} 与 {day} 比较：到期、重新计算的 {ended:,} 件",
            f"waivers on {first} compared with {day}: {ended:,} ended and count again",
        )
    if of.recoded:
        yield _recoded(of.recoded)
    yield from _causes(of.changes)


def _years(of: RunComparison) -> Iterator[str]:
    """Count the outcomes of each year, before and after."""
    before, after = of.before, of.after
    for earlier, later in of.years:
        was, now = before.years[earlier], after.years[later]
        known = [each for each in Outcome if each in was and each in now]
        counts = [(each.label, was[each], now[each]) for each in known]
        year = say(f"{earlier}年　", f"{earlier}   ") if len(of.years) > 1 else ""
        yield year + say("，", ", ").join(
            f"{label} {old:,} → {new:,}" for label, old, new in counts if old or new
        )


def _counts(changes: Sequence[FindingChange], same: int) -> Iterator[str]:
    """Count the changes by what is another one."""
    outcomes = sum(each.outcomes[0] is not each.outcomes[1] for each in changes)
    waivers = sum(each.kinds <= _WAIVERS for each in changes)
    told = (
        (outcomes, f"结论变了的 {outcomes:,} 条", f"{outcomes:,} other outcomes"),
        (
            values := len(changes) - outcomes - waivers,
            f"只是数值变了的 {values:,} 条",
            f"{values:,} other values only",
        ),
        (waivers, f"只是豁免变了的 {waivers:,} 条", f"{waivers:,} other waivers only"),
        (same, f"没有变的 {same:,} 条", f"{same:,} unchanged"),
    )
    if some := [say(zh, en) for number, zh, en in told if number]:
        yield say("，", ", ").join(some)


def _recoded(codes: Mapping[str, str]) -> str:
    """Name a few of those whose code is another one, and count the rest."""
    few = say("、", ", ").join(f"{old} → {new}" for old, new in islice(codes.items(), _NAMED))
    rest = len(codes) - _NAMED
    more = say(f" 等 {len(codes):,} 个", f" and {rest:,} more") if rest > 0 else ""
    return say(
        f"换了代码的按同一对象比较，只是换代码不算变化：{few}{more}",
        f"compared as the same though the code is another one, which is no change: {few}{more}",
    )


def _causes(changes: Sequence[FindingChange]) -> Iterator[str]:
    """Count why outcomes are others."""
    kinds = Counter(
        kind
        for each in changes
        if each.outcomes[0] is not each.outcomes[1]
        for kind in dict.fromkeys(cause.kind for cause in each.causes)
    )
    if kinds:
        why = say("，", ", ").join(
            f"{kind.label} {kinds[kind]:,}" for kind in CauseKind if kinds[kind]
        )
        yield say(f"原因：{why}", f"causes: {why}")


def _scopes(of: RunComparison) -> Iterator[str]:
    """Say in what the runs were asked for something else, so that not all can be compared."""
    before, after = of.before, of.after
    everything = say("全部", "everything")
    if before.asked != after.asked:
        told = f"{before.asked or everything} → {after.asked or everything}"
        yield say(
            f"两次考核的范围不同：{told}；上面的结论数各按自己的范围",
            f"the runs were asked for something else: {told}; the counts above are of their own",
        )
    if before.kept != after.kept:
        told = " → ".join(
            say("、", ", ").join(each.label for each in kept) or everything
            for kept in (before.kept, after.kept)
        )
        yield say(f"保存的结论不同：{told}", f"other outcomes were kept: {told}")
    if of.apart:
        yield say(
            f"没有比较的 {of.apart:,} 条：只在一次检查里有，另一次没有考核到或没有保存，"
            "不算新增，也不算不再考核",
            f"{of.apart:,} not compared: one run has them, the other was not asked for them or does"
            " not keep them; they are neither new nor gone",
        )


_NAMED = 5
"""Up to how many changed codes are named."""
_WAIVERS = {CauseKind.WAIVER_EXPIRED, CauseKind.WAIVER}


def print_comparison(of: RunComparison, file: TextIO) -> None:
    """Print the changes for people: each in a line, below it the rule and the causes."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.wrapping import print_wrapped

    screen = console(file)
    for line in headlines(of):
        print_wrapped(screen, Text(line))
    for change in of.changes:
        print_wrapped(screen, Text(_who_and_what(change), "bold"))
        first, *others = [cause_words(each) for each in change.causes] or [""]
        for line in (f"{change.rule}  {first}".rstrip(), *others):
            print_wrapped(screen, Text(line), 4)


def change_line(change: FindingChange) -> str:
    """Tell of one change in a line."""
    return f"{_who_and_what(change)}{say('　', '  ')}{change.rule}"


def _who_and_what(change: FindingChange) -> str:
    """Tell who, which commitment, from what to what."""
    was, now = change.outcomes
    values = [
        numbers.quantity(each.observed, change.unit)
        for each in (change.before, change.after)
        if each is not None and each.observed is not None
    ]
    arrow = f"{outcome_word(was)} → {outcome_word(now)}"
    seen = " → ".join(dict.fromkeys(values))
    if seen:
        arrow += say(f"（{seen}）", f" ({seen})")
    return say("　", "  ").join((arrow, f"{change.name} {change.subject}", change.title))


def outcome_word(outcome: Outcome | None) -> str:
    """Name an outcome, or say that there was none."""
    return numbers.NOTHING if outcome is None else outcome.label
