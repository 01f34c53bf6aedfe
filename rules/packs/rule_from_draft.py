"""From the draft of a rule to a checked one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, EachComplies
from dabiao.rules.catalog.supersession import successors
from dabiao.rules.formulas.checking.check import ValueKind
from dabiao.rules.formulas.checking.typed import not_a_condition
from dabiao.rules.formulas.formula import Both, Formula, LiesIn, walk
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import SLUG, ComparesDraft, Draft, Phrase, RecurrenceDraft
from dabiao.rules.packs.norm_from_draft import build_norm
from dabiao.rules.packs.norms.built import BuiltNorm, read_formula, report_faults
from dabiao.rules.packs.norms.changes import read_bare, read_tolerance
from dabiao.rules.packs.norms.places import find_place
from dabiao.rules.packs.norms.targets import by_year
from dabiao.rules.packs.norms.thresholds import is_part_of_one, per_cent_or_part
from dabiao.rules.packs.together.sharing import unknown_document
from dabiao.rules.sentences.values import unknown_level
from dabiao.schemas.document import Document
from dabiao.schemas.finding import Units
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.quantity import quantity
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from dabiao.schemas.subject import Place
from dabiao.schemas.unit import COUNTED, is_percent

_Report = Callable[[Problem], None]
_Words = tuple[str, str]
"""The same in Chinese and in English."""


def build_rule(
    draft: Draft,
    documents: Mapping[str, Document],
    places: Mapping[str, Place],
    vocabulary: Vocabulary,
    report: _Report,
) -> Rule | None:
    """Check the draft of a rule against its pack.

    Returns:
        The rule, or None if an error was reported.
    """
    return _Builder(draft, documents, places, vocabulary, report).rule()


class _Builder:
    """Checks one draft, part by part, so that all problems are found at once."""

    def __init__(
        self,
        draft: Draft,
        documents: Mapping[str, Document],
        places: Mapping[str, Place],
        vocabulary: Vocabulary,
        report: _Report,
    ) -> None:
        self.draft, self.documents, self.places = draft, documents, places
        self.vocabulary, self._report = vocabulary, report
        self.failed = False

    def report(self, problem: Problem) -> None:
        self.failed = self.failed or problem.severity is Severity.ERROR
        self._report(problem)

    def rule(self) -> Rule | None:
        draft = self.draft
        slug = self._slug()
        document = self._document()
        if not (draft.levels or draft.norms or draft.timings or draft.places or draft.unread):
            self._nothing_said()
            return None
        level = self._level()
        built = self._norm(level)
        timing = self._timing(document, built)
        area = self._area(document)
        condition, condition_text = self._condition(level, built)
        several = built is not None and bool(built.record.options)
        baseline = None if several else self._baseline(built, timing)
        decimals = self._decimals(draft.decimals)
        tolerance = self._tolerance(built)
        if several:
            self._alternatives_only()
        if draft.decimals and any(isinstance(norm, RecurrenceDraft) for norm, _ in draft.norms):
            self._years_only()
        if not draft.places:
            self._lack(
                "no-citation",
                ("出处", "citation"),
                ('出处"第三章第三节，第1段"', 'cited at "chapter 3, paragraph 1"'),
            )
        if (
            self.failed
            or document is None
            or level is None
            or timing is None
            or built is None
            or slug is None
        ):
            return None
        return Rule(
            id=f"{document.id}/{slug}",
            title=draft.title.text,
            description=draft.description,
            document=document,
            places=tuple(place.text for place in draft.places),
            area=area,
            level=level,
            condition=condition,
            condition_text=condition_text,
            norm=built.norm,
            norm_text=built.record.text,
            unit=built.unit,
            measure=built.measure,
            timing=timing,
            baseline=baseline,
            decimals=decimals,
            tolerance=tolerance,
            units=Units(
                lead=tuple(name.text for name in draft.lead),
                responsible=tuple(name.text for name in draft.responsible),
            ),
            contradicts=tuple(full_id(said.text, document.id) for said in draft.contradicts),
            replaces=tuple(
                (full_id(said.text, document.id), year) for said, year in draft.replaces
            ),
            aspiration=draft.aspiration,
            tags=frozenset(tag.text.removeprefix("@") for tag in draft.tags),
            file=draft.file,
            line=draft.title.spot.line,
            norm_record=built.record,
            stages=built.stages,
            superseded_by=successors(document, self.documents),
        )

    def _slug(self) -> str | None:
        first = self.draft.slug
        if first is None or not SLUG.fullmatch(first.text):
            self.report(
                (first or self.draft.title).problem(
                    "no-slug",
                    say("规则前面没有英文标识标签", "the rule has no slug tag before it"),
                    expected=say("如 @primary-class-size", "such as @primary-class-size"),
                    hint=say(
                        "在“规则:”上一行写 @ 和标识，用小写字母、数字和连字符",
                        "write it on the line above 'Rule:', in a-z, 0-9 and hyphens",
                    ),
                )
            )
            return None
        return first.text.removeprefix("@")

    def _document(self) -> Document | None:
        said = self._one(
            self.draft.documents,
            "no-document",
            ("依据文件", "document"),
            ('依据文件"ordos-145"', 'the document "ordos-145"'),
        )
        if said is None:
            return None
        if said.text not in self.documents:
            self.report(unknown_document(said, self.documents))
            return None
        return self.documents[said.text]

    def _level(self) -> Level | None:
        said = self._one(
            self.draft.levels,
            "no-subjects",
            ("考核对象", "subjects"),
            ('考核对象是"学校"', 'the subjects are "schools"'),
        )
        if said is None:
            return None
        level = Level.named(said.text)
        if level is None:
            self.report(unknown_level(said))
        return level

    def _timing(self, document: Document | None, built: BuiltNorm | None) -> Timing | None:
        phrases = [phrase for _, phrase in self.draft.timings]
        example = ("到2025年底、长期执行", "by the end of 2025, or: at all times")
        if any(by_year(norm) for norm, _ in self.draft.norms):
            if phrases:
                self._twice(phrases[0], "各年目标已经给出时限，时限")
            if built is None:
                return None
            last = Timing(kind=TimingKind.DUE, last=built.stages[-1].year)
            return self._in_force(last, self.draft.norms[0][1], document, built.stages[0].year)
        if self._one(phrases, "no-timing", ("时限", "timing"), example) is None:
            return None
        timing, said = self.draft.timings[0]
        norm = self.draft.norms[0][0] if self.draft.norms else None
        if isinstance(norm, ComparesDraft) and norm.term is not None:
            timing = replace(timing, term=norm.term)
        if timing.first and timing.last and timing.first > timing.last:
            self.report(
                said.problem(
                    "empty-span",
                    say(
                        f"“{said.text}”的起始年晚于结束年",
                        f"{said.text!r} ends before it begins",
                    ),
                    hint=say("两个年份对调", "exchange the years"),
                )
            )
        return self._in_force(timing, said, document)

    def _in_force(
        self, timing: Timing, said: Phrase, document: Document | None, *others: int
    ) -> Timing:
        """Warn of years in which the document is not in force."""
        years = [year for year in (*others, timing.first, timing.last) if year is not None]
        if document is not None and any(year not in document.period for year in years):
            period = document.period
            self.report(
                said.problem(
                    "outside-period",
                    say(
                        f"“{said.text}”不在文件有效期内",
                        f"{said.text!r} lies outside the period of the document",
                    ),
                    severity=Severity.WARNING,
                    expected=f"{period.from_}–{period.to or ''}",
                    hint=say("核对年份，或改 document.yaml", "check the year, or document.yaml"),
                )
            )
        return timing

    def _area(self, document: Document | None) -> str | None:
        if len(self.draft.areas) > 1:
            self._twice(self.draft.areas[1], "适用地区")
        home = (document.jurisdiction if document is not None else None) or ""
        if home and home not in self.places:
            self.failed = True  # told once, of the document
        for said in self.draft.areas[:1]:
            area = find_place(said, self.places, self.report)
            if area is not None and home in self.places and not self._meet(area, home):
                self.report(self._elsewhere(said, home))
            return area
        return None

    def _meet(self, area: str, home: str) -> bool:
        """Tell whether one of two places is, or lies in, the other."""
        return home in self._upwards(area) or area in self._upwards(home)

    def _upwards(self, code: str) -> list[str]:
        """List a place and those it lies in, as the pack says."""
        found: list[str] = []
        here: str | None = code
        while here is not None and here not in found:
            found.append(here)
            here = self.places[here].parent if here in self.places else None
        return found

    def _elsewhere(self, said: Phrase, home: str) -> Problem:
        """Warn of a rule about a place that the document has nothing to say of."""
        return said.problem(
            "area-elsewhere",
            say(
                f"“{said.text}”不在文件的辖区里",
                f"{said.text!r} lies outside the jurisdiction of the document",
            ),
            severity=Severity.WARNING,
            expected=self.places[home].name,
            hint=say("核对地区，或改 document.yaml", "check the place, or document.yaml"),
        )

    def _condition(
        self, level: Level | None, built: BuiltNorm | None
    ) -> tuple[Formula | None, str | None]:
        found: Formula | None = None
        if level is None:
            return None, None
        for said in self.draft.conditions:
            checked = read_formula(said, self.vocabulary, level, self.report)
            if checked is None:
                self.failed = True
                continue
            if checked.kind is not ValueKind.TRUTH:
                error = not_a_condition(checked)
                report_faults(said, error, self.report, self.vocabulary)
                continue
            found = checked.formula if found is None else Both(found, checked.formula)
        told = [said.text.strip() for said in self.draft.conditions]
        if built is not None and built.scope is not None:
            found = built.scope if found is None else Both(found, built.scope)
            told.append(built.scope_text)
        for part in walk(found) if found is not None else ():
            if isinstance(part, LiesIn) and part.code not in self.places:
                find_place(self.draft.title.named(part.code), self.places, self.report)
        return found, " 且 ".join(told) or None

    def _norm(self, level: Level | None) -> BuiltNorm | None:
        phrases = [phrase for _, phrase in self.draft.norms]
        example = ("那么 班级人数 应不高于 45人", "Then class_size must be at most 45 people")
        said = self._one(phrases, "no-norm", ("要求", "demand"), example)
        if said is None or level is None:
            return None
        draft, whole = self.draft.norms[0]
        return build_norm(draft, whole, self.vocabulary, level, self.report, self.places)

    def _alternatives_only(self) -> None:
        """Refuse what would be said of one number, where there are several."""
        said = [
            say(zh, en)
            for zh, en, there in (
                ("按N位小数比较", "decimals", self.draft.decimals),
                ("基期", "a baseline", self.draft.baselines),
            )
            if there
        ]
        if said:
            listed = say("、", ", ").join(said)
            self.report(
                self.draft.norms[0][1].problem(
                    "not-a-number",
                    say(
                        f"“或”的要求有几个数，{listed}不知道说的是哪一个",
                        f"of several demands nobody knows which is meant by {listed}",
                    ),
                    hint=say("去掉，或拆成几条规则", "leave it out, or write several rules"),
                )
            )

    def _years_only(self) -> None:
        """Refuse decimals where years are counted: what is compared in each is not rounded."""
        self.report(
            self.draft.norms[0][1].problem(
                "not-a-number",
                say(
                    "比较的是年数，各年的数不按N位小数比较",
                    "years are counted, and what is compared in each is not rounded",
                ),
                hint=say(
                    "去掉；原文的数是四舍五入的，按五入的界线写，如56%写55.5%",
                    "leave it out; if a bound is a rounded number, write from where it is rounded"
                    " to that: 55.5% for 56%",
                ),
            )
        )

    def _tolerance(self, built: BuiltNorm | None) -> float | None:
        """Read by how much the bound may be missed, in the unit of what is compared."""
        if len(self.draft.tolerances) > 1:
            self._twice(self.draft.tolerances[1], "允许相差")
        for said in self.draft.tolerances[:1]:
            if built is None:
                return None
            if isinstance(built.norm, AllComply | EachComplies) or isinstance(
                built.record.threshold, str | bool
            ):
                self.report(
                    said.problem(
                        "not-a-number",
                        say(
                            "要求不是数，谈不上相差多少",
                            "what is demanded is no number that could be missed by some",
                        ),
                        hint=say("去掉“允许相差”", "leave the allowed difference out"),
                    )
                )
                return None
            counted = built.counted and not is_percent(built.unit)
            return read_tolerance(said, built.unit, self.report, counted=counted)
        return None

    def _baseline(self, built: BuiltNorm | None, timing: Timing | None) -> Baseline | None:
        if len(self.draft.baselines) > 1:
            self._twice(self.draft.baselines[1][2], "基期")
        for year, said, whole in self.draft.baselines[:1]:
            if (
                timing is not None
                and timing.kind in (TimingKind.DUE, TimingKind.WITHIN)
                and (timing.last is not None and year >= timing.last)
            ):
                self.report(
                    whole.problem(
                        "late-baseline",
                        say(
                            f"基期{year}年不早于时限{timing.last}年",
                            f"the baseline, {year}, is not before the deadline, {timing.last}",
                        ),
                        hint=say("对照规划核对两个年份", "check both years against the plan"),
                    )
                )
            if said is None:
                return Baseline(year=year)
            value = self._baseline_value(said, built)
            return Baseline(year=year, value=value) if value is not None else None
        return None

    def _baseline_value(self, said: Phrase, built: BuiltNorm | None) -> float | None:
        found = quantity(said.text)
        if found is None:
            self.report(
                said.problem(
                    "not-a-number",
                    say(f"基期值“{said.text}”不是数", f"the baseline {said.text!r} is no number"),
                    expected=say("如 18%、1.4万人", "such as 18% or 1.4万人"),
                )
            )
            return None
        if built is None:
            return found.value
        measured = self._measured_in(built)
        if not found.unit and is_percent(measured) and is_part_of_one(said):
            self.report(per_cent_or_part(said))
            return None
        if not found.unit:
            return read_bare(said, found.value, measured, self.report)
        value = found.measured_in(COUNTED if built.counted else measured)
        if value is None:
            self.report(
                said.problem(
                    "unit-mismatch",
                    say(
                        f"基期值的单位“{found.unit}”与“{measured}”不符",
                        f"the baseline is in {found.unit!r}, the measure in {measured!r}",
                    ),
                    hint=say(f"用{measured}", f"use {measured}"),
                )
            )
            return None
        return value

    def _measured_in(self, built: BuiltNorm) -> str:
        """Give the unit of the measure itself; a change may be in another (百分点, or % of it)."""
        if built.measure is not None:
            return self.vocabulary.measure(built.measure).unit
        return built.unit if built.value_unit is None else built.value_unit

    def _one(
        self, said: Sequence[Phrase], code: str, name: _Words, example: _Words
    ) -> Phrase | None:
        if not said:
            self._lack(code, name, example)
            return None
        if len(said) > 1:
            self._twice(said[1], name[0])
        return said[0]

    def _decimals(self, said: list[int]) -> int | None:
        if len(said) > 1:
            self._twice(self.draft.title, "按N位小数比较")
        return said[0] if said else None

    def _nothing_said(self) -> None:
        """Tell of a rule without a background once, not of each sentence that it would hold."""
        title = self.draft.title
        zh = f"规则“{title.text}”没有背景：要求、考核对象、时限、出处都没有写"
        en = f"the rule {title.text!r} has no background: no demand, subjects, timing, citation"
        hint = say(
            "在规则下面写“背景:”和这几句；dabiao rules new 写得出整个样子",
            "write a Background below it, as dabiao rules new does",
        )
        self.report(title.problem("no-norm", say(zh, en), hint=hint))

    def _lack(self, code: str, name: _Words, example: _Words) -> None:
        if ("then" if code == "no-norm" else "given") in self.draft.unread:
            self.failed = True  # it may be what could not be read, which was told
            return
        self.report(
            self.draft.title.problem(
                code,
                say(
                    f"规则“{self.draft.title.text}”没有写{name[0]}",
                    f"the rule {self.draft.title.text!r} has no {name[1]}",
                ),
                expected=say(f"如 {example[0]}", f"such as {example[1]}"),
                hint=say("在规则的背景里加这一句", "add the sentence to the rule's background"),
            )
        )

    def _twice(self, said: Phrase, zh: str) -> None:
        self.report(
            said.problem(
                "said-twice",
                say(f"{zh}写了两次", f"said twice: {said.text!r}"),
                hint=say(
                    "一条规则只写一次；两个要求就是两条规则",
                    "once in a rule; two demands are two rules",
                ),
            )
        )


def full_id(said: str, document: str) -> str:
    """Complete the id of a rule named in a document: ``@slug`` and ``slug`` mean its own."""
    bare = said.removeprefix("@")
    return bare if "/" in bare else f"{document}/{bare}"
