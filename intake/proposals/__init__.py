"""Proposals: how a foreign table might be read, from its headers and what stands in it."""

from dabiao.intake.proposals.proposal import Proposal
from dabiao.intake.proposals.propose import propose
from dabiao.intake.proposals.writing import mapping_text, told

__all__ = ["Proposal", "mapping_text", "propose", "told"]
