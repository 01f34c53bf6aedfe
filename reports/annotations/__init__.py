"""Workbooks given back with what is wrong with them: comments, colours and a list of problems.

What comes in is a submission and its grouped problems; what goes out is a folder of the same
workbooks with marks, all else as it was. In order: ``marks`` says which cells of which file;
``folder`` goes through the files; ``workbooks`` marks a workbook and ``texts`` makes one of a CSV;
``summary`` adds the list of problems, ``overview`` lists all files. ``parts/`` replaces bytes.

Must not know: what a value means.
"""
