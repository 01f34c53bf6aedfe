"""The sentences of the rule language: one table for the reader, the proofs and pytest-bdd.

A module here holds the sentences of one kind; each is a function under ``@sentence``, and there is
no other list of them. What comes in is a step of a feature; what goes out is a change of a draft
or of the scenario under way. ``pattern`` says how a sentence is recognised; ``definition``,
``timing``, ``indicator_tables``, ``bounds`` and ``norm``, the latter two tried in this order, are
those of a background; ``facts`` and ``expected`` those of a scenario; ``quality`` both; ``tables``
and ``values`` what several of them share.

Must not know: how a draft becomes a rule.
"""

from dabiao.rules.sentences import (  # noqa: F401 - importing enters the sentences
    bounds,
    definition,
    expected,
    facts,
    indicator_tables,
    norm,
    quality,
    timing,
)
from dabiao.rules.sentences.pattern import LONGEST_STEP, SENTENCES, Sentence, SentenceKind, find

__all__ = ["LONGEST_STEP", "SENTENCES", "Sentence", "SentenceKind", "find"]
