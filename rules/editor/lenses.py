"""The verdicts of scenarios, told beside them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dabiao.rules.proofs.prove import ProofResult
from dabiao.schemas.language import number_of, say

_HEADING = re.compile(r"\s*(?:场景大纲|场景|Scenario Outline|Scenario|Example)\s*[:：]")


class Lens(NamedTuple):
    """Something told beside a line, which is counted from 1."""

    line: int
    text: str


def lenses(results: Sequence[ProofResult], lines: Sequence[str]) -> Iterator[Lens]:
    """Tell above each scenario whether its examples hold, and what differs first."""
    by_heading: dict[int, list[ProofResult]] = {}
    for each in results:
        by_heading.setdefault(_heading(each.line, lines), []).append(each)
    for line, told in sorted(by_heading.items()):
        failed = [each for each in told if not each.passed]
        if failed:
            first = f"{failed[0].example} {failed[0].message}".strip()
            text = say(
                f"✗ {len(told)} 个例子，{len(failed)} 个不符：{first}",
                f"✗ {len(failed)} of {number_of(len(told), 'example')} differ: {first}",
            )
        else:
            text = say(f"✓ {len(told)} 个例子都符合", f"✓ all {len(told)} examples hold")
        yield Lens(line, text)


def beside(results: Iterable[ProofResult]) -> Iterator[Lens]:
    """Tell at the end of each example's line whether it holds."""
    for each in results:
        yield Lens(each.line, "✓" if each.passed else say("✗ 不符", "✗ differs"))


def _heading(line: int, lines: Sequence[str]) -> int:
    """Find the heading of the scenario that a line is of."""
    for at in range(min(line, len(lines)), 0, -1):
        if _HEADING.match(lines[at - 1]):
            return at
    return line
