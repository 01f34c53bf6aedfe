"""``dabiao cases``: what becomes of findings until they are closed.

What comes in are words of a command line; what goes out is text, files, and an exit code. In order:
``store`` says where cases are kept and who writes; ``opening`` takes them from runs; ``updating``
changes them one by one or from a ledger; ``looking`` lists, shows, lints and packs them up;
``measures`` are a group of their own; ``group`` names all of them.

Must not know what may follow what, or how it is kept: a command only calls ``dabiao.cases``.
"""
