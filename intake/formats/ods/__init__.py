"""OpenDocument spreadsheets (.ods) to tables, as a stream and in bounded memory.

What comes in is a path; what goes out are its sheets. In order: ``workbook`` is the way in;
``number_styles`` turns the formats of numbers into the codes that workbooks of the other kind have,
so that both are understood alike; ``styles`` says how cells look; ``sheets`` streams the cells.

Must not know: what a sheet is about.
"""
