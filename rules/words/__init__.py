"""Words as people write them: the nearest known word to one that nobody knows.

What comes in is a word and those it may be; what goes out is what may have been meant
(``nearest``). Width does not count: ``schemas.halfwidth`` makes it alike.

Must not know: which words a rule may use; the candidates are handed in.
"""
