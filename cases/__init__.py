"""Findings that somebody has to mend, from the day they are opened until they are closed.

What comes in are runs, what people do and say, and ledgers that they filled in; what goes out are
a ``schemas.case.CaseBook`` that any report can show, lists, and a bundle of proofs. From below:
``clocks`` counts days as a calendar does; ``transitions`` is the one table of what may follow what;
``store/`` keeps it all; ``opening`` takes cases from a run, and follows their subjects;
``updating`` changes one; ``standing`` says how they stood on a day of the past; ``actions`` are the
measures taken, ``attachments`` the files that show something; ``ledger`` brings back what people
filled in by hand; ``lint`` names what cannot be right; ``listing`` puts it into words; ``bundle``
packs it up.

A case is one rule, one subject and one year, so it is the same in every run; its number comes from
these alone and is the one that letters and ledgers print.

Must not know: how anything was judged, how a report looks.
"""
