"""Proposals: how a foreign table might be read, from its headers and what stands in it.

What comes in is a table without a mapping and the names of measures; what goes out is
``proposal.Proposal``, which ``writing`` makes the text of a mapping file: what counts is certain,
what begins with ``#`` is a doubt or to be filled in. In order: ``own`` passes over tables that need
no mapping; ``sampled`` finds the header and takes some rows; ``roles`` says what a header is for;
``years`` and ``keys`` find years, level, codes, names and parents; ``measures`` finds items, by
``likeness``; ``families`` finds wide columns that repeat; ``drafting`` puts readings together.

Nothing is decided here: a proposal is read by a person before it is used.

Must not know: rules, and which of the measures matter.
"""

from dabiao.intake.proposals.proposal import Proposal
from dabiao.intake.proposals.propose import propose
from dabiao.intake.proposals.writing import in_short, mapping_text

__all__ = ["Proposal", "in_short", "mapping_text", "propose"]
