"""Facts as columns, and everything that is known of the subjects before any formula is computed.

What comes in are ``Facts`` and the places of a pack; what goes out are vectors per level, item and
year, and the way back from a number to its cell. ``algebra`` calculates with whole columns,
missing values included (NaN for numbers, -1 for truth and text); ``tidy_columns`` writes numbers as
records have them; ``hierarchy`` says who lies in
what; ``lifetimes`` who exists in which year; ``frames`` holds the columns; ``subject_year`` is one
subject in one year, for whoever looks at them one by one.

Must not know: rules, but for the years they look at; formulas, but for those that name years.
"""
