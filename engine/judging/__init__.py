"""A rule and a year to outcomes.

What comes in is a rule, a year and an evaluator; what goes out is one outcome per subject. In
order: ``strata`` sorts rules so that one over verdicts comes after those it looks at; ``segments``
tells whom a rule applies to; ``rule_plan`` evaluates all that it needs of them; ``comparison``
makes of a norm a value between bounds; a matcher answers (``matcher`` is the interface,
``columnar`` and ``durable`` the two behind it, the latter kept in by ``containment``, or by
``durable_session``, which holds facts that are judged again);
``rule_plan`` turns answers into outcomes; ``roll_ups`` counts them for the rules above.

``comparison.Comparison`` is what a rule asks, ``matcher.MatchCase`` the part of it that a matcher
gets to see.

Must not know: why, or in which words; that is for ``findings/``.
"""
