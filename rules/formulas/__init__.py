"""Formulas: from text to a checked tree, and back to text.

What comes in is the text of a formula, the ``vocabulary`` and the level it speaks of; what goes
out is a ``formula.Formula`` with names, levels and units all checked, or ``error.FormulaError``
with every fault and its place. In order: ``parsing/`` cuts the text into words and makes a tree
(``from_text`` is the way in); ``checking/`` gives the tree its meaning; ``to_text`` writes a
checked formula in the language spoken now. ``functions`` holds the words of the functions;
``unfolding`` tells which indicators come to too much.

A new function: its word in ``functions``, its meaning in ``checking.check_call``, a node in
``formula``, its evaluation in ``engine.evaluation.evaluate``.

Must not know: rules and norms; nor facts, but for the measures that the vocabulary names.
"""
