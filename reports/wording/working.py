"""Words that an opened finding needs: formulas with numbers in them, and years side by side."""

import re
from collections.abc import Mapping

from dabiao.reports.at_once.each import Each, told
from dabiao.reports.numbers import exact
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.patterns import pattern
from dabiao.schemas.reasons.origins import ComputedValue
from dabiao.schemas.reasons.why import Compared, OutOfScope, ScopeUnknown

_MARK = pattern(r"\{(\w+)\}")
_EQUALS = " ＝ "


def worked(finding: Finding) -> str:
    """Write the formula of what was observed, with names and then with numbers.

    Nothing where it is a single measure, which says all there is to say.
    """
    formula = finding.by.formula
    return "" if formula is None else _written(formula, finding, None, finding.figures)


def computed(given: Input, finding: Finding) -> str:
    """Write how an input was computed; nothing where it was not."""
    formula = given.of.formula
    if formula is None or not isinstance(given.origin, ComputedValue):
        return ""
    year = finding.figures if given.year is None else given.year
    return _written(formula, finding, given.subject, year)


def _written(formula: Bilingual, finding: Finding, subject: str | None, year: int) -> str:
    own = {
        each.measure: each
        for each in finding.inputs
        if (each.subject, each.year) == (subject, year)
    }

    def name(found: re.Match[str]) -> str:
        given = own.get(found[1])
        return found[1] if given is None else given.name

    text = formula.text
    told = [_MARK.sub(name, text)]
    marks = set(_MARK.findall(text))
    if marks and all(each in own and own[each].value is not None for each in marks):
        told.append(_MARK.sub(lambda found: _number(own[found[1]].value), text))
    return _EQUALS.join(told)


def _number(value: Scalar) -> str:
    match value:
        case Each():
            return told(_number, value)
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case int() | float():
            text = exact(value)
            return f"({text})" if value < 0 else text
        case _:
            return f'"{value}"'


def applies(finding: Finding) -> str:
    """Say whether the condition of the rule holds; nothing where it has none."""
    if finding.by.condition is None:
        return ""
    if isinstance(finding.reason, OutOfScope):
        return say("不成立", "does not hold")
    if isinstance(finding.reason, ScopeUnknown):
        return say("不能确定", "not known")
    return "" if finding.outcome is Outcome.NOT_APPLICABLE else say("成立", "holds")


def both_years(finding: Finding) -> tuple[Input, Input] | None:
    """Give the earlier and the later value of a change, where both are known."""
    change = finding.reason.change if isinstance(finding.reason, Compared) else None
    value = finding.by.value
    if change is None or value is None:
        return None
    named: Mapping[int | None, Input] = {
        each.year: each
        for each in reversed(finding.inputs)
        if each.subject is None and each.of.zh == value.zh
    }
    earlier, later = named.get(change.year), named.get(finding.figures)
    if earlier is None or later is None or earlier.value is None or later.value is None:
        return None
    return earlier, later
