"""How fast, how large: the same work done by us and by others, each held to what is right.

``workload`` makes rules and facts from a seed; ``oracle`` lists the violations, obviously right;
``ours`` and ``peers/`` do the same job, each in a process of its own; ``measuring`` runs them and
counts the time of the processor; ``page`` writes docs/performance.md. ``python -m benchmarks``.
"""
