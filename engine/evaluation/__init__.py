"""Formulas to vectors: one per formula, level and year, each computed once.

What comes in is a formula, a level, a year and the columns of ``data/``; what goes out is a vector
in which what is missing stays missing. ``evaluate`` is the evaluator. ``what_if`` evaluates the
same formulas for many values of one number at once, which remedies are found with; ``doubts`` tells
whom a cell of several readings can reach.

Must not know: norms and outcomes. 达标率 needs outcomes, so whoever judges hands in a function for
it.
"""
