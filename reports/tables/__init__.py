"""The tables of documents, filled in, in any format: the same values and shades in each.

What comes in is ``schemas.filled_table.FilledTable``, one a place; what goes out are streams and
workbooks. In order: ``cells`` words values and heads; ``workbook`` and ``page`` lay them out on
sheets and on a page; ``formats`` is the way in, and has the plain formats.

Must not know: how values came about.
"""
