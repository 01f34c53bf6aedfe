"""Explanations: why a warning or note is right as it is, who said so, and when.

What comes in is a file of explanations, or workbooks that came back with a list of problems; what
goes out says of a problem whether it is explained. In order: ``explanation`` is what is known of
some cells; ``from_file`` reads the file; ``from_returned`` gathers what schools wrote in the list.

Must not know: outcomes. An explained problem is told apart and changes nothing else.
"""

from dabiao.intake.explanations.explanation import Explanation, Explanations
from dabiao.intake.explanations.from_file import FILE_COLUMNS, read_explanations
from dabiao.intake.explanations.from_returned import gather

__all__ = ["FILE_COLUMNS", "Explanation", "Explanations", "gather", "read_explanations"]
