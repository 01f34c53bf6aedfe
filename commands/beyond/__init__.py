"""Checks that are more than one run of one process: in a cluster, or again and again.

What comes in are the options of ``check --engine spark`` (``cluster``) and of ``watch``
(``watching``); what goes out are findings in a folder, and verdicts told as they change.

Must not know: how anything is judged, or which rows lie where; that is for ``library/``.
"""
