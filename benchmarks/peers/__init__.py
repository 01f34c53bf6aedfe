"""The same job done with other tools: read rules and facts, compare, list every violation.

Each module has ``violations(rules, facts)``, which gives per rule the codes of the schools that
violate it, or, where its tool tells no more, how many there are. They share nothing with us but the
rules as plain data, and run with a Python of their own (``requirements.txt``).
"""
