"""Files to tables: any format becomes ``table.Table``, cells as they stand with their addresses.

What comes in is a path or bytes and the limits; what goes out are tables, or ``Unreadable`` with
the reason. One reader a format: ``xlsx/``, ``ods/`` (which understands formats as the former does),
``csv`` (after ``encodings`` has decided by evidence), ``json`` and ``parquet``. ``merged_cells``
keeps one text over several columns or rows; ``lists`` reads small tables of our own kind.

A new format is a reader beside these, a suffix in ``intake.files`` and a line in ``intake.read``.

Must not know: headers, measures, subjects. A cell here is a text, a number, a moment or an error.
"""
