"""The same check on one machine, of more rows than its memory holds.

What comes in are folders of rows; what goes out are findings, a file a tree. In order: ``apart``
finds out which rows lie in which county, and puts them apart where a file mixes counties;
``workers`` judges a tree in a process of its own; ``driver`` puts it all together.

Must not know: whose rows a rule needs, nor how a tree is judged; that is for ``trees/``.
"""
