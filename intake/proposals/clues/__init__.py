"""Clues: what a header, and what stands below it, hint at.

What comes in is a sampled table (``sampled``: the header and some of the rows); what goes out are
hints, each with how sure it is. ``variants`` makes traditional characters simplified; ``likeness``
compares a header with the name of a measure; ``gazetteer`` looks up places; ``keys`` finds code,
name, parent and year; ``levels`` guesses the level; ``families`` finds columns that repeat one
pattern over years or grades.

Must not know: which hint wins; that is weighed one floor up.
"""
