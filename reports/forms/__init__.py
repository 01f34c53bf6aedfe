"""Forms as workbooks: sheets to fill in, a roster, and what there is to know about them.

What comes in is ``schemas.form.Form``; what goes out is a workbook that ``intake`` reads back
unchanged. In order: ``workbook`` opens it; ``sheet`` draws one level, with ``options`` for
drop-downs, ``words`` for notes, ``looks`` and ``paper`` for how it looks and prints; ``notes``
writes the guide, the meanings and the roster.

Must not know: rules; which cell is needed was decided in ``rules/forms/``.
"""

from dabiao.reports.forms.workbook import what_was_written, write_form, write_forms

__all__ = ["what_was_written", "write_form", "write_forms"]
