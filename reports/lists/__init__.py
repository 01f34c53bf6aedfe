"""Lists of like things: problems, rules, notes, visits, attendance, in any format but the page.

What comes in are records; what goes out are ``listings.Listing``, rows with headings in two
languages, which ``listings`` writes in every format. One module a subject: ``attendance``,
``problems``, ``quality``, ``visits``, ``rules``, ``policy``, ``library``, ``explanations``,
``explained``, and ``returns/`` of submissions as a whole. ``workbook`` is how they all look in one,
``charts`` how some are drawn there.

Must not know: how what it lists was found.
"""
