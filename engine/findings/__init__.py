"""Findings: everything that is known of an outcome, put together when somebody asks."""
