"""What can be wrong with the table below a step, whatever the step."""

from dabiao.rules.draft import Phrase
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem


def table_missing(step: Phrase) -> Problem:
    """Tell that a sentence came without its table."""
    return step.problem(
        "table-missing",
        say(f"“{step.text}”后面没有表", f"no table follows {step.text!r}"),
        hint=say(
            "在下一行写表，以 | 开头", "write a table on the next lines, each beginning with |"
        ),
    )
