"""Features as they are written: parsed, and taken down in drafts that nobody has checked yet.

What comes in is the text of a feature; what goes out are drafts. In order: ``feature_source``
parses Gherkin into rules, scenarios and steps with their places, and ``misread`` says what to do
about a line that it cannot; ``sentences/`` carries each step out on a ``draft``; a ``scenario``
holds the facts that an example gives, and what judging them gave back.

Must not know: whether a name exists or a unit fits; that is checked by ``packs/``.
"""
