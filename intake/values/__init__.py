"""Tables by plan to rows of facts, every row and cell accounted for.

What comes in is a table and its plan; what goes out are batches of rows (``facts.rows.Batch``) and
what was wrong, by cell. ``table_reader`` is the way in. In order: ``identities`` reads who and
when of every row, and ``odd_rows`` tells of those that do not say; ``items`` sees to one item each,
with ``columns`` converting whole columns and ``arrow`` those in Arrow memory;
``shifted_columns`` notices a block that slipped; ``rosters`` and ``lifetimes`` read who exists from
when to when.

Must not know: other tables of the submission; whoever compares them is ``facts/``.
"""
