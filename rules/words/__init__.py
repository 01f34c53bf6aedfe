"""Words as people write them: full-width writing made half-width, and the nearest known word.

What comes in is a word or a line; what goes out has as many characters, so that every place stays
true (``halfwidth``), or is what may have been meant (``nearest``).

Must not know: which words a rule may use; the candidates are handed in.
"""
