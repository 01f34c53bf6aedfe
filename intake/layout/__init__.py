"""Tables to plans: which columns say who and when, and which give which item.

What comes in is a table; what goes out is ``plan.TablePlan``, which ``values/`` follows without
asking again. In order: ``skipped_rows`` tells by name and title what the table is about;
``headers`` finds the rows of the header (``two_row_headers`` where titles are not merged);
``measures`` knows what a header may name; then ``from_headers`` makes the plan, or
``from_mapping`` does if a ``mapping_file`` describes the table. What is no row of facts is told by
``skipped_rows`` at the end.

Must not know: what values stand below the header, but for telling a header from a row.
"""
