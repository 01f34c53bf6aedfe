"""Rows of all tables to facts: subjects sorted and named, rows reconciled, contradictions told.

What comes in are batches of rows (``rows``); what goes out is ``schemas.facts.Facts``. In order,
as ``assemble`` calls them: ``subjects`` finds everybody who is spoken of, what they are called and
what they lie in; ``roster`` says who stands in one, and for how long; ``duplicates`` sees to rows
that speak of the same subject and year. The order of files changes nothing.

Must not know: formats, headers, cells; a row knows its origin, and that is enough for a message.
"""
