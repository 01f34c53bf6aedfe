"""Proposals: how a foreign table might be read, from its headers and what stands in it.

What comes in is a table without a mapping and the names of measures; what goes out is
``proposal.Proposal``, which ``writing`` makes the text of a mapping file, with what to look at in
comments. In order, as ``propose`` calls them: ``own`` passes over tables that need none;
``clues/`` says what the columns hint at; ``candidates`` weighs measures for a column;
``assigning`` gives each measure to one column; ``drafting`` puts a reading together.

Nothing is decided here: a proposal is read by a person before it is used.

Must not know: rules, and which of the measures matter.
"""

from dabiao.intake.proposals.proposal import Proposal
from dabiao.intake.proposals.propose import propose
from dabiao.intake.proposals.writing import mapping_text, told

__all__ = ["Proposal", "mapping_text", "propose", "told"]
