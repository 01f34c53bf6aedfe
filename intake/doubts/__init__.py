"""Numbers that are well formed and hardly right, by what other rows and tables say.

What comes in are the batches of rows of all tables (``facts.rows``), before they are put together;
what goes out are the same without rows that are the sum of the others (``sums``), with both
readings of numbers whose unit is doubted (``units``, and ``amounts`` where no header is at fault),
and problems where cells look shifted (``shifts``). Nothing is put right.

Must not know: formats, cells, how rows become facts, or what rules ask of a number.
"""

from dabiao.intake.doubts.shifts import tell_shifts
from dabiao.intake.doubts.sums import set_sums_aside
from dabiao.intake.doubts.units import doubt_units

__all__ = ["doubt_units", "set_sums_aside", "tell_shifts"]
