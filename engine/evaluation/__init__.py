"""Formulas to vectors: one per formula, level and year, each computed once."""
