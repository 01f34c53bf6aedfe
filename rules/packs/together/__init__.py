"""Packs that are read together: none reaches into another.

What comes in are the files and drafts of several folders; what goes out is who knows whose names
(``sharing``), and every change of what an earlier folder says, which is refused (``clash``). The
reader of the vocabulary asks the first which names a formula may use, and the second what a measure
that is defined once more differs in.

Must not know: how a formula or a rule is checked.
"""
