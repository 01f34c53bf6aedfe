"""Forms as workbooks: sheets to fill in, a roster, and what there is to know about them."""

from dabiao.reports.forms.workbook import write_form, write_forms

__all__ = ["write_form", "write_forms"]
