"""The shape of the database, step by step: a module a step, in the order of their revisions.

A database says which step it is at; ``cases.store.database`` takes the ones after it, all in one
transaction, so that a database is of one shape or of the next.

Must not know: ``tables``, which says what the last step comes to, and will change.
"""
