"""The same check on a Spark cluster: one county's tree at a time, judged where its rows lie.

What comes in are folders of rows that Spark reads; what goes out are findings that Spark writes.
In order: ``following`` tells how far it is; ``session`` begins with a cluster; ``hadoop`` lists
folders by path or address, opens files and writes them; ``reading`` reads files that have the same
columns; ``packing`` packs rows by the county they lie in, and ``rows`` those of all tables;
``judging`` is what a worker does with those of one tree; ``driver`` puts it all together.

Must not know: whose rows a rule needs, nor what becomes of them; that is for ``trees/``.
"""
