"""A run as a letter to whom it concerns (限期整改通知书): a Word document to sign and to send.

What comes in is a run narrowed to a county, a school or a unit; what goes out are the bytes of a
document. From below: ``fields`` names what a template can print; ``standing`` counts by topic and
place, says what was achieved, who owes data and which schools fall short; ``problems`` words what
is to be mended; ``content`` fills the fields in from the run; ``built_in`` draws, by ``drawing``
and with ``letter_columns``, the template that is used where nobody brings one; ``templates/`` reads
one that somebody brings, and says what is wrong in it; ``document`` puts both together.

Nothing here knows how anything was judged, and no text is invented: what the run does not say
(who signs, until when) stays blank for the hand.
"""
