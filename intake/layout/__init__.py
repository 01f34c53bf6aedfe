"""Tables to plans: which columns say who and when, and which give which item."""
