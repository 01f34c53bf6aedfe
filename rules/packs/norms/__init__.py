"""What the checking of norms is made of.

``built`` says what a checked norm is, and reads formulas; ``places`` finds the place that a word
means; ``changes`` reads by how much something is to change; ``thresholds`` warns of those that may
not be what was meant; ``targets`` makes one norm of a table of targets, with whom it binds and its
stages.

Must not know: the sentences that a norm may be said in.
"""
