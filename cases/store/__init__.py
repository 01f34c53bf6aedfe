"""Where cases are kept: SQLite in a file, or PostgreSQL by its address; the same for both.

In order: ``tables`` says what is kept; ``migrations/`` makes a database of it, and a newer one of
an older; ``database`` finds, opens and locks one; ``store`` reads and writes. A change is one
transaction: its line in the history, then what it changes. The database itself refuses a change
without such a line, and that a line is ever altered or taken out.

Must not know: which change may follow which.
"""
