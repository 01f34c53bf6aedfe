"""Syntax tree to formula: names, kinds, levels and units all checked.

What comes in is a syntax tree, a vocabulary and a level; what goes out is ``typed.Typed``: a
formula, what it yields and in which unit. ``check`` walks the tree, ``check_call`` knows what
functions mean, ``elsewhere`` those that look beyond a subject, ``tags`` those over verdicts,
``checks`` says what these need of the walk, ``units`` what comes of adding, multiplying and
dividing, ``typed`` how one is brought into the unit of another.

Must not know: values. A unit that does not fit is a fault here, never a number that is off by 100.
"""
