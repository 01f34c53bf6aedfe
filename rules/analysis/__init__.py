"""Looking at a catalog without judging by it.

What comes in is a catalog; what goes out are problems, conflicts and needs. ``lint`` says what is
wrong with a pack although every sentence can be read; ``readings`` which rules may be read wrongly;
``conflicts`` which commitments speak of the same thing, and which is stricter (``demands`` compares
two of them, ``authority`` their documents; ``meetings`` says which pairs are worth a look),
``governing`` which of two is to be kept;
``data_needs`` what has to be submitted so that rules can be judged.

``data_needs.DataNeed`` is what a rule needs by what it says; its twin
``engine.attendance.expected_items.ExpectedItems`` is what it needs of those it turned out to apply
to.

Must not know: facts.
"""
