"""The terminal: how wide, how coloured, and what moves while something takes long.

What comes in is a stream; what goes out is a Rich console that suits it (``consoles``), and
progress that is silent where nobody looks (``progress``); ``wrapping`` ends lines where a reader
would, ``grids`` prints tables that tear no word. ``interruption`` ends the program at
once when somebody presses Ctrl-C.

Must not know: what is printed.
"""
