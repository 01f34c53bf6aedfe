"""Lists of like things: problems, rules, notes, visits, attendance, in any format but the page."""
