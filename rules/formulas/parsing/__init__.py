"""Text to syntax tree: every node knows its place in the text.

What comes in is a text and the words it may be made of; what goes out is ``syntax_tree.Syntax``.
In order: ``lexicon`` holds the names and units that are known; ``lexer`` cuts the text, longest
name first, as Chinese leaves no spaces; ``parser`` follows ``formula.lark``; ``unknown_words``
says what may have been meant.

Must not know: what a name stands for, its level or its unit.
"""
