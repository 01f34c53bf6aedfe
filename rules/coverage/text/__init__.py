"""A policy text to clauses: the sentences and table cells that carry a quantity, with places."""
