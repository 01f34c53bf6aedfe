"""A run in, a document out: tables for a terminal, files for people and for programs.

What comes in is data that outlives the process (``schemas.run.Run``, a form, problems); what goes
out are streams and files, complete or not there at all (``outputs``). ``format_names`` says which
formats there are; ``numbers`` and ``wording`` how numbers and findings are put, once for all;
``summaries`` what a report needs beyond its findings, ``priorities`` what matters first. ``run/``
has one renderer a format, ``page/``, ``ledger/`` and ``letter/`` make a run a page to act on, a
workbook to keep and a letter to sign, ``exchange/`` a file for programs that know nothing of it,
and ``circumstances`` is what they know beside it; ``narrowing`` keeps a part of a run,
``comparison/`` puts runs beside each other, ``tables/`` has the tables of documents; ``lists/`` are
the listings, ``terminal/`` the console, ``forms/`` the workbooks to fill in, ``annotations/`` those
given back, ``templates/`` what pages are filled from: their parts, styles and scripts;
``writing/`` says who writes a run in which format.

Nothing here knows how a rule is read or judged; everything that is said comes from the run.
"""
