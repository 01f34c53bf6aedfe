"""Checks of more rows than one process holds: a county's tree at a time, wherever its rows lie.

What comes in are folders of rows, a table for each level; what goes out are folders of findings by
county. What Spark (``../spark``) and one machine alone (``../streaming``) have in common: ``scope``
tells whose rows a rule needs; ``looked_at`` which columns of them; ``tables`` finds the tables of a
folder; ``homes`` tells in which county a row lies and which counties are judged together;
``judging`` judges one tree; ``listing`` counts what was written.

A rule about a county, or anybody in one, is judged with the rows of that county alone; one about a
prefecture or region, or that looks there, with all rows of that one. So every function means what
it means on one machine, and nothing is collected but what is asked for.

Must not know: how anything is judged; that is for ``engine/``.
"""
