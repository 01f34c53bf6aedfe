"""A policy text to clauses: the sentences and table cells that carry a quantity, with places.

What comes in is a file (``texts``); what goes out are ``clauses``. In order: ``blocks`` tells
paragraphs from tables; ``headings`` and ``outline`` know how official documents number their
parts; ``mentions`` finds quantities; ``tables`` gives a cell the labels of its row and column.

Must not know: rules.
"""
