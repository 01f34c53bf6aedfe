"""Findings: everything that is known of an outcome, put together when somebody asks.

What comes in is an ``observation`` (one rule, subject and year with what was compared); what goes
out is ``schemas.finding.Finding``. ``finding_builder`` puts it together, in this order:
``evidence`` (the values it rests on, with cells), ``reasons`` (one plain sentence), ``missing``
with ``missing_words`` (what was not submitted, and by whom), ``remedies`` (the smallest change
that would comply). ``steps`` works a formula out line by line, for ``engine.explain``; ``notes``
remarks on what contradicts itself; ``wording`` has the words that all of them use.

Must not know: how the outcome was reached; it is given, and never changed here.
"""
