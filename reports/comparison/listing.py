"""What changed between two runs, in words."""

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from dabiao.reports import numbers
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.comparison import Cause, CauseKind, FindingChange, RunComparison
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
        of.model_dump(mode="json", by_alias=True),
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


def headlines(of: RunComparison) -> Iterator[str]:
    """Say in a few lines what the changes come to."""
    before, after = of.before, of.after
    yield say(
        f"{before.as_of}年（{before.fingerprint}）与{after.as_of}年（{after.fingerprint}）比较",
        f"{before.as_of} ({before.fingerprint}) compared with {after.as_of} ({after.fingerprint})",
    )
    counts = say("，", ", ").join(
        f"{each.label} {before.summary.get(each, 0):,} → {after.summary.get(each, 0):,}"
        for each in Outcome
    )
    yield counts
    other = sum(each.outcomes[0] is not each.outcomes[1] for each in of.changes)
    yield say(
        f"结论变了的 {other:,} 条，只是数值变了的 {len(of.changes) - other:,} 条，"
        f"没有变的 {of.same:,} 条",
        f"{other:,} other outcomes, {len(of.changes) - other:,} other values only,"
        f" {of.same:,} unchanged",
    )
    kinds = Counter(
        kind
        for each in of.changes
        if each.outcomes[0] is not each.outcomes[1]
        for kind in dict.fromkeys(cause.kind for cause in each.causes)
    )
    if kinds:
        told = say("，", ", ").join(
            f"{kind.label} {kinds[kind]:,}" for kind in CauseKind if kinds[kind]
        )
        yield say(f"原因：{told}", f"causes: {told}")


def print_comparison(of: RunComparison, file: TextIO) -> None:
    """Print the changes for people: each in two lines, its causes below it."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console

    screen = console(file)
    for line in headlines(of):
        screen.print(Text(line))
    for change in of.changes:
        screen.print(Text(change_line(change), "bold"))
        for cause in change.causes:
            screen.print(Text(f"    {cause_words(cause)}"))


def change_line(change: FindingChange) -> str:
    """Tell of one change: who, which commitment, from what to what."""
    was, now = change.outcomes
    values = [
        numbers.quantity(each.observed, change.unit)
        for each in (change.before, change.after)
        if each is not None and each.observed is not None
    ]
    arrow = f"{outcome_word(was)} → {outcome_word(now)}"
    seen = f"（{' → '.join(dict.fromkeys(values))}）" if values else ""
    return f"{arrow}{seen}　{change.name} {change.subject}　{change.title}　{change.rule}"


def outcome_word(outcome: Outcome | None) -> str:
    """Name an outcome, or say that there was none."""
    return numbers.NOTHING if outcome is None else outcome.label


def cause_words(cause: Cause) -> str:
    """Say one cause in a clause."""
    was, now = (numbers.scalar(each) for each in (cause.before, cause.after))
    said = cause.kind.label
    if cause.part:
        said += say("（", " (") + _part(cause.part) + say("）", ")")
    if cause.kind in (CauseKind.FACTS, CauseKind.READING):
        whose = f"{cause.subject} " if cause.subject else ""
        when = say(f"{cause.year}年", f"{cause.year} ") if cause.year else ""
        said += say(
            f"：{whose}{when}{cause.name} {was} → {now}",
            f": {whose}{when}{cause.name} {was} → {now}",
        )
        if cause.source is not None:
            where = " ".join(
                each for each in (cause.source.file, cause.source.sheet, cause.source.cell) if each
            )
            said += f" [{where}]"
    elif cause.before is not None or cause.after is not None:
        said += say(f"：{was} → {now}", f": {was} → {now}")
    if cause.alone is not None:
        said += (
            say("，单独就足以改变", ", enough by itself")
            if cause.alone
            else say("，单独还不足以改变", ", not enough by itself")
        )
    return said


_PARTS = {
    "condition": ("仅限", "only where"),
    "norm": ("要求", "norm"),
    "value": ("公式", "value"),
    "timing": ("时限", "timing"),
    "decimals": ("小数位", "decimals"),
    "level": ("考核对象", "level"),
    "area": ("适用地区", "area"),
    "unit": ("单位", "unit"),
    "formula": ("指标的公式", "formula of an indicator"),
}


def _part(part: str) -> str:
    return say(*_PARTS[part]) if part in _PARTS else part
