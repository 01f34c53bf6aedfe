"""A run as one offline page that an inspector acts on: searches, filters, follows and prints.

What comes in is a run and what is known beside it; what goes out is one file of HTML5 that asks
the network for nothing. ``columns`` holds all findings as columns, by which they are counted and
ranked; ``scope`` says whom and what a run is about; ``overview`` makes the first screen: tiles, a
matrix of places by topics, the ten that matter most; ``sections`` and ``debts`` make what stands
below it, and is read without scripts and printed; ``charts`` draws; ``cutting`` takes numbers out
of texts; ``telling`` words findings, with what else a run knows of them, and ``packing`` lays them
into the page, which ``records.js`` among the templates reads, searches, sorts and groups, and
``report.js`` shows; ``report`` puts it together. ``comparison`` is a page of its own, of what
changed between two runs.

Must not know: how a finding was reached; where the text goes.
"""
