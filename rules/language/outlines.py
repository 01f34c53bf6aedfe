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
