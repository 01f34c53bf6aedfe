"""What came of the rules that are kept in place of others, and of those, side by side."""

from collections.abc import Sequence

from dabiao.reports import wording
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.run import Run


class Counterparts:
    """Says of findings which rule governs them, or which they govern, and what came of it."""

    def __init__(self, run: Run) -> None:
        """Look through a run once, for the few rules of which one is kept in place of another."""
        self._found = {
            (each.rule, each.subject.code, each.year): each
            for each in run.findings
            if each.by.governors or each.by.governs
        }

    def by_rule(self, findings: Sequence[Finding]) -> dict[str, str]:
        """Say it of findings of one rule in one year, by the other rule; mostly there is none."""
        by = findings[0].by
        if not by.governors and not by.governs:
            return {}
        return dict(wording.governance(findings, self._lookup))

    def lines(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """Say it of findings of one rule in one year, a line a rule."""
        return tuple(self.by_rule(findings).values())

    def reason(self, of: Finding) -> str:
        """Say why a finding came out as it did, and what else is to be known of it."""
        more = (say(f"{line}。", f" {line}.") for line in self.lines([of]))
        return wording.reason(of) + "".join(more)

    def _lookup(self, rule: str, beside: Finding) -> Finding | None:
        return self._found.get((rule, beside.subject.code, beside.year))
