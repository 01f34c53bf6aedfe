"""Words for what would comply."""

from dabiao.reports.numbers import gap_unit, in_full
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.reasons.remedies import Remedy


def remedies(finding: Finding) -> tuple[str, ...]:
    """Word the smallest changes that would comply, one of which is enough."""
    return tuple(map(remedy, finding.remedy))


def remedy(of: Remedy) -> str:
    """Word one change that would comply."""
    unit, name = of.measure.unit, of.measure.text
    whose = of.subject.name if of.subject else ""
    more = "" if of.year is None else say(f"（{of.year}年）", f" ({of.year})")
    if of.summed:
        more += say("（下级合计）", " (the sum of those below)")
    before, after = in_full(of.before, unit), in_full(of.after, unit)
    by = in_full(abs(of.by), gap_unit(unit))
    if of.by > 0:
        return say(
            f"{whose}“{name}”{more}由{before}增至{after}（增加{by}）",
            f"{whose and whose + ': '}raise {name}{more} from {before} to {after} (by {by})",
        )
    return say(
        f"{whose}“{name}”{more}由{before}减至{after}（减少{by}）",
        f"{whose and whose + ': '}lower {name}{more} from {before} to {after} (by {by})",
    )
