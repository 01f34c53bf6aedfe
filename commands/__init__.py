"""The commands: what each asks for, whom it calls, and with which code it ends.

What comes in are words of a command line; what goes out is text on a stream, files, and an exit
code. In order: ``program`` catches every way to end and reads ``settings``; ``options`` are what
several commands ask for; ``loading`` reads rule packs and submissions, ``deadlines`` when forms
were due; the modules of the groups (``preparing``, ``checking``, ``reporting``, ``facts``,
``rules``) call the other rooms; ``exit_codes`` says how it ended, ``help`` words what Typer says.

Must not know how anything is done: a command only calls. Heavy libraries are imported where they
are first needed, so that ``--help`` is quick.
"""
