"""Beginning a rule: from a sentence of a plan to a feature with boundary examples already in it.

What comes in is a sentence and a document; what goes out is the text of a feature for its writer
to correct. ``suggest`` guesses level, measure, comparator and year; ``scaffold`` writes the
feature, with an example on each side of the boundary (``examples/``); ``refusals`` says why nothing
is written, and how to go on.

Must not know: whether the guess is right. Nothing written here enters a pack by itself.
"""
