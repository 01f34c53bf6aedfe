"""A run as the ledger that an inspectorate keeps: a workbook, one row a case.

What comes in is a run and what is known beside it (``reports.circumstances``); what goes out are
the bytes of a workbook. From below: ``sheet`` writes texts that stay texts and numbers that stay
numbers; ``cases`` is the list of problems (问题清单); ``overview`` counts them (汇总); ``tasks``
lists what documents ask for (任务清单); ``duties`` says who answers for what (责任清单) and who
owes data (缺报清单); ``basis`` what the run rests on (说明); ``kept`` what became of the cases,
where they are kept; ``workbook`` puts the sheets together.

Must not know: how anything was judged.
"""
