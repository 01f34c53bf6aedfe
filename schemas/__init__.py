"""The models of every term: what the rooms exchange, and nothing that reads, judges or writes.

A level, a measure, facts, a rule as data, an outcome, a finding, a run, a form, a visit, a
problem: one module each, all alike. They are built by the room that knows how (facts by
``intake``, findings by ``engine``) and read by every other.

What comes in is checked values; what goes out are frozen models that say what they are in two
languages (``language.say``). Beside them stand what values themselves need: units, quantities as
people write them, numbers in words, half-width writing, and addresses of cells.

Must not know: files, features, frames, or what any rule means.
"""
