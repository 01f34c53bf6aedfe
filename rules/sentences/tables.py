"""What can be wrong with the table below a step, whatever the step."""

from collections.abc import Mapping, Sequence

from dabiao.rules.language.draft import Phrase, StepRow, StepTable
from dabiao.rules.words.nearest import did_you_mean
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


def table_unread(step: Phrase, table: StepTable) -> Problem:
    """Tell that a sentence has a table below it which it does not ask for."""
    return table.header[0].problem(
        "table-unread",
        say(
            f"“{step.text}”后面不用表，这张表没有读",
            f"{step.text!r} takes no table; this one was not read",
        ),
        hint=say(
            "把表移到要用它的那一句下面，或者删去",
            "move the table below the sentence that asks for it, or delete it",
        ),
    )


def header_alone(step: Phrase) -> Problem:
    """Tell that the table of a sentence has one row, which is read as its header."""
    return step.problem(
        "table-missing",
        say(
            f"“{step.text}”后面的表只有一行，是表头，没有内容",
            f"the table below {step.text!r} has one row, the header, and says nothing",
        ),
        hint=say(
            "第一行写列名，从第二行起写内容", "write the columns' names first, and rows below them"
        ),
    )


def column(header: Phrase, columns: Mapping[str, str]) -> str:
    """Give the key of a column; its header may be in either language."""
    return columns.get(header.text.strip(), header.text.strip().lower())


def cell_text(cells: Mapping[str, Phrase], key: str) -> str:
    """Give what a line says in a column; empty where it has none."""
    return cells[key].text.strip() if key in cells else ""


def unknown_columns(row: StepRow, columns: Mapping[str, str]) -> list[Problem]:
    """Tell of every header of a line's table that names no column.

    Args:
        row: The line.
        columns: Chinese header to key.
    """
    unknown = [each for each in row.header if column(each, columns) not in columns.values()]
    expected = "、".join(say(zh, en) for zh, en in columns.items())
    if len(unknown) == len(row.header) > 1:
        return [
            unknown[0].problem(
                "unknown-column",
                say("表的第一行不是表头", "the first row of the table is no header"),
                expected=expected,
                hint=say("先写一行列名", "begin with a row of the columns' names"),
            )
        ]
    return [_unknown_column(header, columns, expected) for header in unknown]


def _unknown_column(header: Phrase, columns: Mapping[str, str], expected: str) -> Problem:
    """Tell that a header names no column."""
    message = say(f"没有“{header.text}”这一列", f"there is no column {header.text!r}")
    if not header.text.strip():
        message = say("表头有一格空着", "a column has no header")
    return header.problem(
        "unknown-column",
        message,
        expected=expected,
        hint=did_you_mean(header.text, [*columns, *columns.values()])
        or say("写上列名，或者删去这一列", "name the column, or delete it"),
    )


def columns_missing(row: StepRow, lacking: Sequence[str], columns: Mapping[str, str]) -> Problem:
    """Tell what a line of a table lacks: at the header where the whole table lacks the column.

    Args:
        row: The line.
        lacking: Keys of the columns that it has nothing in.
        columns: Chinese header to key.
    """
    there = {column(header, columns) for header in row.header}
    absent = [key for key in lacking if key not in there]
    chinese = {key: zh for zh, key in columns.items()}
    if row.header and absent:
        listed = say("、".join(chinese[key] for key in absent), ", ".join(absent))
        return row.header[0].problem(
            "column-missing",
            say(f"表头缺{listed}", f"the table has no column {listed}"),
            hint=say("在表头加上这一列", "add the column"),
        )
    listed = say("、".join(chinese[key] for key in lacking), ", ".join(lacking))
    return Phrase("", row.spot).problem(
        "column-missing",
        say(f"这一行缺{listed}", f"this row lacks {listed}"),
        hint=say("补上这一列", "fill it in"),
    )
