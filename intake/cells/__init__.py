"""Single cells: what one says, or why it says nothing that can be used.

What comes in is a ``formats.table.Cell`` and, for items, how its column is read; what goes out is
a value in the item's unit, or ``unusable.Unusable`` with a code, a message and a hint.
``identity_cells`` reads who and when (codes, names, years, levels, totals, remarks),
``item_cells`` what is reported (numbers with units, yes and no, categories; ``not_numbers`` what to
write instead of what is no number; ``commas_and_points``, what 1,234 may be), and ``arrow_cells``
gives the cells of a column in Arrow memory one by one. ``variants`` knows traditional characters,
``nobodys_codes`` tells which codes are
none, as others show.

Must not know: the table around the cell.
"""
