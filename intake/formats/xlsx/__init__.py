"""Workbooks to tables, as a stream and in bounded memory.

What comes in is a path; what goes out are the sheets, one after the other, or why one cannot be
read. In order: ``workbook`` is the way in; ``book`` opens the archive and reads texts and styles;
``sheet`` streams the cells of a sheet; ``number_formats`` tells a percentage from a date; ``xml``
parses all of it and trusts nothing.

Must not know: what a sheet is about, or that another format exists.
"""
