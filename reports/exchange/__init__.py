"""A run for programs that know nothing of it: build servers, and viewers of findings.

What comes in is a run and its findings; what goes out is JUnit's XML (``junit``) or SARIF
(``sarif``). Both name rules and subjects as every other report does, and say of what a run is a
part (``narrowed``).

Must not know: how a finding came about.
"""
