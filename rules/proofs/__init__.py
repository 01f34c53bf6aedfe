"""Proofs: does each rule say what was meant, and would its examples notice if it did not?

What comes in is a pack as read and a judge; what goes out are results by rule. In order: ``prove``
runs the scenarios; ``mutants`` changes a rule by the smallest step a reader could miss, and
``formula_mutants`` a formula; ``equivalence`` sets aside those that nobody could tell apart;
``mutate`` runs the scenarios again on the others, in as many processes as ``share_work`` has.
``rule_sheet`` tells rules as their features do, with their examples.

Must not know: which engine judges; it is handed in.
"""
