"""The quality of facts: what is worth a second look; never a verdict.

docs/quality.md gives every method with its formula and source. What comes in are the columns of a
judgement; what goes out are notes. ``checks`` holds facts against the relations of a pack;
``copies``, ``jumps`` and ``outliers`` look at everybody at once, with ``peers`` saying who is
compared with whom and ``scales`` when a distance is large; ``remarks`` puts a note together.

A new way to look is a module here, named in ``engine.survey``.

Must not know: rules over outcomes, or what will be done about a note.
"""
