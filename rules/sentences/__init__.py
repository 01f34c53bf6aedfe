"""The sentences of the rule language: one table for the reader, the proofs and pytest-bdd.

A module here holds the sentences of one kind; each is a function under ``@sentence``, and there is
no other list of them.
"""

from dabiao.rules.sentences import (  # noqa: F401 - importing enters the sentences
    definition,
    expected,
    facts,
    norm,
    quality,
    timing,
)
from dabiao.rules.sentences.pattern import SENTENCES, Sentence, SentenceKind, find

__all__ = ["SENTENCES", "Sentence", "SentenceKind", "find"]
