"""Findings: everything that is known of an outcome, put together when somebody asks.

What comes in is an ``observation`` (one rule, subject and year with what was compared); what goes
out is ``schemas.finding.Finding``, in no language. ``finding_builder`` puts it together, in this
order: ``evidence`` (the values it rests on, with cells; ``provenance``, where one comes from),
``reasons`` (why, as data), ``missing`` (what was not submitted, and by whom) and ``remedies`` (the
smallest change that would comply). ``steps`` works a
formula out line by line, for ``engine.explain``; ``notes`` and ``caveats`` say what contradicts
itself and what is left out; ``naming`` has the names that all of them use.

Must not know: how the outcome was reached; it is given, and never changed here. Nor any sentence:
``reports.wording`` has them all.
"""
