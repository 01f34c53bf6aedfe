"""Changes of the engine that change nothing that is judged, each with the reason.

A change is named by its module, the text from its place to the end of the line, and what it is.
"""

FASTER = "only a shorter way to the same"
COPIES = "the same numbers, copied or not"
TOLD = "decides what is told of a finding, not what it is"
SAME = "the other choice is the same number here"
UNREACHED = "nothing that lint lets through comes here"

EQUIVALENT: dict[str, str] = {
    "data/algebra.py: False): False → True": COPIES,
    "data/algebra.py: 1)[:size]: 1 → 2": "what is beyond the groups is cut off",
    "data/algebra.py: if dust.any():: if → if True": FASTER,
    "data/algebra.py: if left.dtype != right.dtype:: if → if True": (
        "truths and texts compare as numbers as they do by themselves"
    ),
    "data/algebra.py: 0.0 if percent is None else percent: 0.0 → 1.0": (
        "only a percentile looks at it, which has one"
    ),
    "data/algebra.py: steps > 0, values / steps, np.nan): Gt → GtE": (
        "what is divided by 0 is missing all the same"
    ),
    "data/lifetimes.py: if table is None or self.is_complete(level):: if → if False": FASTER,
    "evaluation/evaluate.py: if part.slug == slug:: if → if True": (
        "whoever asks tries what changes nothing"
    ),
    "judging/comparison.py: left < norm.least: Lt → LtE": SAME,
    "judging/comparison.py: sign * np.floor(sign * exact) + 0.0): Add → Sub": (
        "0 and −0 compare alike"
    ),
    "judging/comparison.py: np.abs(moved - norm.least) < DUST * largest, norm.least, moved):"
    " Lt → LtE": "a difference that is that much to the last bit",
    "judging/readings.py: if not self._frames.doubted:: if → if False": FASTER,
    "judging/readings.py: 0]).any() or (: 0 → 1": "where codes differ, some differ from each",
    "judging/readings.py: any((side != side[0]).any() for side in sides): any → all": (
        "where both extremes fail by other bounds, both sides differ"
    ),
    "judging/rule_plan.py: 0), applicable): 0 → 1": "who is absent is left out once more",
    "judging/segments.py: if found is None:: if → if True": FASTER,
}
