"""Justifications: why a warning or note is right as it is, who said so, and when.

What comes in is a file of explanations, or workbooks that came back with a list of problems; what
goes out says of a problem whether it is explained. In order: ``justification`` is what is known of
some cells; ``from_file`` reads the file; ``from_returned`` gathers what schools wrote in the list.

Must not know: outcomes. An explained problem is told apart and changes nothing else.
"""

from dabiao.intake.justifications.from_file import FILE_COLUMNS, read_justifications
from dabiao.intake.justifications.from_returned import gather
from dabiao.intake.justifications.justification import Justification, Justifications

__all__ = ["FILE_COLUMNS", "Justification", "Justifications", "gather", "read_justifications"]
