"""The parts of a workbook, changed by replacing bytes: what is not touched stays as it was.

What comes in are the bytes of a part and what is to be marked; what goes out are bytes.
``package`` copies part by part; ``markup`` finds places in XML; ``stream`` and ``splice`` copy a
sheet in bounded memory; ``survey`` finds what has to be known of it first; ``styles``,
``comments`` and ``shapes`` are the parts that marks need.

Must not know: problems, measures or levels; a mark is a cell and a colour.
"""
