"""From files to a catalog: the whole way, and every problem of every file in one go.

What comes in are folders; what goes out is ``read.PackReading``: a catalog, its drafts and proofs,
and all that is wrong. In order, as ``read`` calls them: ``rules.files`` finds, and
``rules.language`` parses and drafts; ``together`` tells who may use whose names, and
``vocabulary_from_draft`` makes one vocabulary of all tables;
``rule_from_draft`` with ``norm_from_draft`` and ``norms`` checks each rule, ``checks_from_draft``
each relation, ``tables_from_draft`` each table. ``pack`` is the way in for who only wants to judge,
and asks ``cache`` first.

Must not know: how scenarios are run, or who judges.
"""
