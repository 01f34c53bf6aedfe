"""A run in any format, one renderer each.

What comes in is ``schemas.run.Run``; what goes out is text on a stream, from
``table`` for a terminal, ``json`` and ``csv`` for programs, ``markdown`` for messages. A page, a
workbook and a letter are larger than a module and have folders of their own, ``reports.page``,
``reports.ledger`` and ``reports.letter``.

A new format is a renderer here, a member and a suffix in ``reports.format_names``, and a line in
``reports.writing``.

Must not know: where the text goes.
"""
