"""Forms as workbooks: sheets to fill in, a roster, and what there is to know about them."""

from dabiao.reports.forms.workbook import told, write_form, write_forms

__all__ = ["told", "write_form", "write_forms"]
