"""Word templates that people bring for their letters.

What comes in is a file; what goes out is a template that surely can be filled in, or all that is
wrong with it, each with its place. In order: ``reading`` reads the file, and says whether letters
can be written at all; ``places`` finds the tags in its paragraphs; ``rehearsal`` carries them out
once for trial; ``faults`` tells what is wrong.

Must not know: any run, or what a letter says.
"""
