"""Reasons as data: why a finding came out as it did, where its values come from, what is missing.

A reason is one of a closed set of kinds, each with what it speaks of: measures, subjects, numbers,
years; never a sentence. ``why`` has the reasons of findings, with the ``lacks`` and ``readings``
that they speak of; ``origins`` says where a value comes from or why there is none; ``remedies``
what would comply; ``remarks`` what is worth a second look, ``cautions`` what a run leaves out.
``reports.wording`` puts them into words, in either language.

Must not know: how anything was found out, or how it is worded.
"""
