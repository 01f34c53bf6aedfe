"""What an outline fills in, and whether its examples have a column for each of it."""

import re
from collections.abc import Collection, Iterable, Iterator

from dabiao.rules.language.draft import FeaturePlace, Phrase
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem

_FILLED_IN = re.compile(r"<([^<>\s]+)>")


def columns_lacking(
    steps: Iterable[str], names: Collection[str], header: FeaturePlace
) -> Iterator[Problem]:
    """Tell of what an outline fills in, and its examples have no column for.

    Args:
        steps: What its steps say.
        names: The headers of its examples.
        header: Where they stand.
    """
    for wanted in dict.fromkeys(_FILLED_IN.findall("\n".join(steps))):
        if wanted not in names:
            message = say(
                f"例子的表没有“{wanted}”这一列，而场景里写了 <{wanted}>",
                f"the examples have no column {wanted!r}, which the outline fills in",
            )
            hint = did_you_mean(wanted, names) or say("在表头加上这一列", "add the column")
            yield Phrase(wanted, header).problem("column-missing", message, hint=hint)


def columns_twice(header: Iterable[Phrase]) -> Iterator[Problem]:
    """Tell of every header that stands in a table twice: only one of the columns would count."""
    seen: set[str] = set()
    for cell in header:
        name = cell.text.strip()
        if name and name in seen:
            yield cell.problem(
                "duplicate-column",
                say(f"表头里有两个“{name}”", f"the table has two columns {name!r}"),
                hint=say("留下一个，或者改名", "leave one of them, or rename it"),
            )
        seen.add(name)


def filled_in(steps: Iterable[str]) -> str | None:
    """Give what the first step with a place for examples fills in; None where none has one."""
    found = _FILLED_IN.search("\n".join(steps))
    return found[0] if found is not None else None


def no_rows(wanted: str, spot: FeaturePlace) -> Problem:
    """Tell of a scenario that fills in something, and has no examples to fill it with."""
    return Phrase(wanted, spot).problem(
        "column-missing",
        say(
            f"场景里写了 {wanted}，下面却没有例子的表",
            f"the scenario fills in {wanted}, and no rows of examples stand below it",
        ),
        hint=say(
            "在步骤后面写 例子: 和一张表，表头是尖括号里的词，每行一个例子",
            "write Examples: and a table behind the steps: its header the words in < >, a row each",
        ),
    )
