"""Two findings of one rule and subject in, why they differ out: each cause with from what to what.

In order: ``rule_parts`` compares the rules, ``figures`` the values, ``roster`` who is there and
what lies in what; ``scope`` what either run was asked for; ``below`` finds the findings that a
finding over verdicts rests on; ``trying`` tries each cause alone; ``why`` puts it all together.

Must not know more than the two runs say: nothing is judged again.
"""
