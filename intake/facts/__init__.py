"""Rows of all tables to facts: subjects sorted and named, rows reconciled, contradictions told."""
