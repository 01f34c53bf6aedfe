"""The tables of documents, filled in, in any format: the same values and shades in each.

What comes in is a table of ``schemas.filled_table``, one a place; what goes out are streams,
workbooks and documents. In order: ``laid`` puts values and heads into words; ``workbook``,
``document`` (with ``writing``) and ``page`` draw them on sheets, on paper and on a page;
``formats`` is the way in, and has the plain formats.

Must not know: how values came about.
"""
