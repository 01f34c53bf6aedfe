"""Findings as columns: what is known of thousands of outcomes, without an object for any of them.

What comes in are the verdicts of rules and what they compared (``records``); what goes out are
columns of numbers per rule and year (``schemas.columns``). In order: ``rule_columns`` makes the
columns of one rule and year; ``rule_findings`` puts all that is said of each finding beside them,
what many have in common once; ``rule_forms`` says once what thousands say alike, as far as
``reach`` does not tell them apart; ``excerpt`` is the way in: the findings of a run, or those on a
place, or of a unit. A ``Finding`` is built only of what is picked.

Must not know: how a finding is worded.
"""
