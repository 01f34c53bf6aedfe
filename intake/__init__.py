"""Reading what is submitted: workbooks, delimited text, JSON and Parquet become facts.

What comes in are files as people send them; what goes out are ``schemas.facts.Facts``, in which
every value knows its cell, and problems that say where, what and what to do. In order, as ``read``
calls them:

1. ``files`` finds what belongs to a submission; ``limits`` and ``unreadable`` refuse the rest.
2. ``formats/`` opens each file: any format becomes tables of cells.
3. ``layout/`` finds out what the columns mean, from headers or from a mapping file: a plan.
4. ``values/`` reads a table by its plan, whole columns at once; ``cells/`` knows single cells.
5. ``doubts/`` compares the rows of all tables, and doubts what can hardly be right.
6. ``facts/`` puts rows together: who is who, what is said twice, what contradicts itself.

``problem_log`` takes down what is noticed on the way, ``problem_groups`` tells one cause once;
``excerpts`` opens files once more, for what stands around the cells that values were read from.
``proposals/`` drafts a mapping for a table that nobody has described yet; ``justifications/`` knows
which problems are right as they are, since somebody said why.

Must not know: rules, their formulas, or what a measure is used for.
"""

from dabiao.intake.limits import Limits
from dabiao.intake.read import ReadingProgress, read_facts

__all__ = ["Limits", "ReadingProgress", "read_facts"]
