"""Many findings at once: those that say the same but for numbers.

What comes in are the forms of findings (``schemas.columns``); what goes out are those that are
alike, with their numbers as columns, and one of them to be worded in place of all. In order:
``recorded`` finds forms in findings that are there one by one; ``alike`` puts them together;
``each`` stands for the numbers of all where one is worded.

Must not know: what is said of a finding, or where it goes.
"""
