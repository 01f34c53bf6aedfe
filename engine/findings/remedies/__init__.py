"""The smallest change that would comply: found by trying, on the judgement itself.

Of one submitted number at a time, the others as they are: steps of 1 for integers and of 0.01 of
the unit for the rest, upwards and downwards, inside the range the vocabulary allows::

    steps   1  2  4  8  16  32 …        first powers of two (and the gap itself), all at once
    mends   ·  ·  ·  ·   ✓   ✓
                     └─┬─┘
                 9 … 16 in at most 64 lanes, again and again until two neighbours are left

This is exponential and then parallel binary search; every round is one evaluation of the norm for
many values of the number (``evaluation.what_if``), so nothing about formulas has to be inverted.
Where what is compared is a straight line of the number, or one such divided by another
(``evaluation.quotients``), three values tell where the edge is, and only the steps beside it are
tried. A step counts if it mends the bound that was broken; it is offered only if the whole norm
holds then, the rule still applies, and nothing that is divided by has shrunk: nobody is told to
have fewer pupils. Numbers of subjects below are tried only where they are few. There is none for
what is missing, for yes and no, or for rules over verdicts, in whatever part: a number may change
those.

What comes in is what failed, with what was compared; what goes out are remedies as data: of one
finding, and the same of many findings of a rule at once::

    trials      all numbers that one finding rests on
    grounds     which numbers many findings rest on
    stepping    how far a number of each of them has to go
    searches    numbers of their own
    below       numbers of who lies below
    finder      the way in: which of these is asked

Must not know: how an outcome was reached; what a number comes to is asked of ``evaluation``.
"""
