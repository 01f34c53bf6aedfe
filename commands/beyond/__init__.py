"""Checks that are more than one run of one process: tree by tree, or again and again.

What comes in are the options of ``check --engine stream`` and ``spark`` (``by_tree``), and those of
``watch`` (``watching``); what goes out are findings in a folder, and verdicts told as they change.

Must not know: how anything is judged, or which rows lie where; that is for ``library/``.
"""
