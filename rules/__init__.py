"""The rule language: from sentences to a catalog that can be judged by, and what is asked of it.

What comes in are folders of features; what goes out is ``catalog.catalog.Catalog`` and everything
that is wrong with the pack. In order, each folder knowing only those before it:

1. ``words/`` compares words as people write them; ``files/`` finds the files of a pack.
2. ``formulas/`` reads, checks and prints formulas.
3. ``catalog/`` says what a checked rule is.
4. ``language/`` takes features apart into drafts; ``sentences/`` says what each sentence does to
   one.
5. ``analysis/`` looks at a catalog: lint, conflicts, what data it needs.
6. ``packs/`` does the whole way, from files to a catalog, and keeps it.
7. ``proofs/`` runs scenarios and mutants; ``coverage/`` compares rules with the text of a plan;
   ``forms/`` plans what a place is asked for; ``writing/`` helps to begin a rule.

Must not know: frames, files of facts, or how an outcome is found; a judge is handed in.
"""
