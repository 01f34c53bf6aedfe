"""Judging: facts and a catalog go in, findings with their whole reasoning come out.

The ways in stand here: ``judge`` (a run), ``explain`` (one finding), ``survey`` (what is worth a
second look), ``tables`` (the tables of documents), ``asking`` (which blank cells to ask for first)
and ``visits/``; ``heading`` gives a run the head that its file begins with. In the middle is
``judgement``: the outcomes of all rules, per year and subject. The stages, each knowing only those
before it:

1. ``data/`` puts facts into columns, with who lies in what and who exists when.
2. ``evaluation/`` computes measures and formulas, whole columns at a time.
3. ``judging/`` turns a rule and a year into comparisons, asks a matcher, and makes outcomes.
4. ``findings/`` says of an outcome all there is to say: cells, reason, gap, remedy.
5. ``columns/`` says of thousands what can be said in numbers, and picks whom to say more of.
6. ``attendance/`` calls the roll; ``quality/`` remarks on facts. Neither changes a verdict.
7. ``revisions/`` tells what a second submission changed, and what came of it.

Must not know: Gherkin, Excel, HTML; and only ``judging/`` knows which rules engine is used.
"""
