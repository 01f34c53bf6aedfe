"""durable-rules told of a submission that changes: it holds the facts as long as they stand.

Of a submission judged again only what changed is retracted and asserted. That is sound as long as
every fact fired at once and nothing is concluded inside the engine: then a fact that is retracted
takes nothing with it. Ids are told apart by their hashes alone there, so none is given whose hash
another one has; and no more facts are held than were measured to be safe. Every answer is held
against that of columns all the same; once it is another one, columns answer from then on.
"""

import itertools
from collections.abc import Iterable, Iterator

import numpy as np

from dabiao.engine.judging import columnar, durable
from dabiao.engine.judging.durable import Code, Question, Ruleset, Told
from dabiao.engine.judging.matcher import Codes, MatchCase, Mishap
from dabiao.schemas.run import EngineFailure

MOST_HELD = 20_000
"""Facts that are held at a time: each takes 8 KB of memory."""


class DurableSession:
    """Compares with durable-rules, and with columns to see that it is right.

    A fact is what a question was told of one observation, or of several that are alike. Judging
    again asserts the facts that are new; ``settle`` then retracts those that nothing asked about
    any more.

    Attributes:
        asserted: Facts that were asserted so far.
        retracted: Facts that were retracted so far.
    """

    name = "durable"

    def __init__(self) -> None:
        self.mishap: Mishap | None = None
        self.asserted = 0
        self.retracted = 0
        self._rulesets: list[Ruleset] = []
        self._of: dict[Question, Ruleset] = {}

    def match(self, cases: Iterable[MatchCase]) -> Iterator[Codes]:
        """Answer each case in turn; what was told before is not asserted again."""
        waiting = iter(cases)
        while batch := list(itertools.islice(waiting, durable.AT_ONCE)):
            right = [columnar.answer(case) for case in batch]
            how = self.mishap.how if self.mishap else self._failure(batch, right)
            if how is not None:
                before = self.mishap.observations if self.mishap else 0
                self.mishap = Mishap(how, before + sum(map(len, right)))
            yield from right

    def _failure(self, batch: list[MatchCase], right: list[Codes]) -> EngineFailure | None:
        """Have a batch answered by durable-rules, and tell whether it failed."""
        try:
            answered = self._answers(batch)
        except Exception:  # noqa: BLE001 - whatever it is, columns have answered
            return EngineFailure.REFUSED
        same = np.array_equal(np.concatenate(answered), np.concatenate(right))
        return None if same else EngineFailure.WRONG

    def _answers(self, batch: list[MatchCase]) -> list[Codes]:
        asked = [(Question.of(case), case) for case in batch]
        fresh = [question for question, _ in asked if question not in self._of]
        if fresh:
            ruleset = Ruleset(fresh)
            self._rulesets.append(ruleset)
            self._of |= dict.fromkeys(fresh, ruleset)
        return [durable.answer(question, case, self._ask) for question, case in asked]

    def _ask(self, question: Question, told: Told) -> Code:
        ruleset = self._of[question]
        before = len(ruleset)
        code = ruleset.hold(question, told)
        self.asserted += len(ruleset) - before
        return code

    def settle(self) -> None:
        """Retract the facts that nothing asked about since it was settled last."""
        self.retracted += sum(ruleset.settle() for ruleset in self._rulesets)
        for ruleset in self._rulesets:
            if not len(ruleset):
                ruleset.close()
        self._rulesets = [each for each in self._rulesets if len(each)]
        self._of = {each: of for each, of in self._of.items() if len(of)}

    def close(self) -> None:
        """Let go of all facts."""
        for ruleset in self._rulesets:
            ruleset.close()
        self._rulesets, self._of = [], {}
