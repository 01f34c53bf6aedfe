"""Revisions: what a second submission changed against the first.

What comes in are two judgements of one year by one catalog; what goes out is a
``schemas.revision.Revision``. In order: ``cells`` compares what was submitted, ``problems`` what
was wrong with it, ``verdicts`` what came out, and ``revise`` puts it together.

Must not know: which of the two is right.
"""

from dabiao.engine.revisions.revise import revise

__all__ = ["revise"]
