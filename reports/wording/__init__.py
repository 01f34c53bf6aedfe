"""Wording: findings, reasons and numbers put into words, in the language spoken now.

What comes in are records without a word in them (``schemas.reasons``, ``schemas.finding``,
``schemas.run``); what goes out are phrases and sentences, each in Chinese and in English beside one
another. In order: ``phrases`` are what every report says in short; ``lacks`` and ``origins`` say
what is missing and where values come from; ``reasons`` makes the sentence of a finding,
``together`` those of all findings of a rule; ``remedies`` says what would comply; ``remarks`` words
notes, ``cautions`` what a run leaves out; ``explaining`` what only the whole reasoning of a finding
says, ``working`` what an opened finding of a report says beside its reason; ``returns`` who
reported; ``cases`` how a case stands.

Must not know: where the text goes, or what is done with it.
"""

from dabiao.reports.wording.cases import (
    OVERDUE_COLUMNS,
    case_state,
    days_of,
    overdue_heading,
    overdue_rows,
)
from dabiao.reports.wording.cautions import (
    cautions,
    caveat,
    lists_only,
    not_applying,
    nothing_judged,
)
from dabiao.reports.wording.explaining import comparing, precision, target_line, timing
from dabiao.reports.wording.lacks import owed_below, several, why_missing
from dabiao.reports.wording.origins import origin
from dabiao.reports.wording.phrases import (
    MOST_CELLS,
    binding,
    broken,
    cell,
    cells,
    choice_asked,
    clause,
    document_title,
    duties,
    either,
    facts_read,
    gap,
    given,
    in_all,
    in_its_language,
    listed,
    meaning,
    narrowed_to,
    observed,
    of_years,
    only,
    open_roll_ups,
    places,
    rate_definition,
    required,
    required_in_words,
    required_sign,
    required_words,
    scope_asked,
    where,
    whole_cells,
    years,
)
from dabiao.reports.wording.reasons import reason
from dabiao.reports.wording.remarks import note, visit_reason, why
from dabiao.reports.wording.remedies import remedies, remedy
from dabiao.reports.wording.returns import attendance_line, attendance_phrase, presence
from dabiao.reports.wording.together import (
    Counterparts,
    Lookup,
    governance,
    lookup_in,
)
from dabiao.reports.wording.working import applies, both_years, computed, worked

__all__ = [
    "MOST_CELLS",
    "OVERDUE_COLUMNS",
    "Counterparts",
    "Lookup",
    "applies",
    "attendance_line",
    "attendance_phrase",
    "binding",
    "both_years",
    "broken",
    "case_state",
    "cautions",
    "caveat",
    "cell",
    "cells",
    "choice_asked",
    "clause",
    "comparing",
    "computed",
    "days_of",
    "document_title",
    "duties",
    "either",
    "facts_read",
    "gap",
    "given",
    "governance",
    "in_all",
    "in_its_language",
    "listed",
    "lists_only",
    "lookup_in",
    "meaning",
    "narrowed_to",
    "not_applying",
    "note",
    "nothing_judged",
    "observed",
    "of_years",
    "only",
    "open_roll_ups",
    "origin",
    "overdue_heading",
    "overdue_rows",
    "owed_below",
    "places",
    "precision",
    "presence",
    "rate_definition",
    "reason",
    "remedies",
    "remedy",
    "required",
    "required_in_words",
    "required_sign",
    "required_words",
    "scope_asked",
    "several",
    "target_line",
    "timing",
    "visit_reason",
    "where",
    "whole_cells",
    "why",
    "why_missing",
    "worked",
    "years",
]
