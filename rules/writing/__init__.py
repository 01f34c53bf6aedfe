"""Beginning a rule: from a sentence of a plan to a feature with boundary examples already in it."""
