"""Sentences about the quality of facts: relations to check, who is a peer, and their proofs."""

from dabiao.rules.language.draft import Draft, Phrase, StepTable
from dabiao.rules.language.scenario import UnprovedError
from dabiao.rules.sentences.pattern import SentenceKind, sentence
from dabiao.rules.sentences.tables import table_missing
from dabiao.rules.sentences.values import scenario_of
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say


@sentence(
    SentenceKind.DEFINITION,
    "核对关系",
    "the edit checks",
    example=("核对关系", "the edit checks"),
    meaning=(
        "下表逐行写数据间应有的关系：名称 标识 层级 关系 仅限 程度 说明；不成立只提示",
        "relations between facts: name, slug, level, relation, only where, degree, definition",
    ),
)
def edit_checks(draft: Draft, whole: Phrase, table: StepTable | None = None) -> None:
    if table is None:
        draft.problems.append(table_missing(whole))
    else:
        draft.checks.extend(table.rows)


@sentence(
    SentenceKind.DEFINITION,
    "同类对象的 {measure} 相同",
    "peers have the same {measure}",
    example=("同类对象的 学段 相同", "peers have the same stage"),
    meaning=(
        "找离群值和突变时，只同这一类别相同的对象相比",
        "outliers and jumps are looked for among subjects of one category",
    ),
)
def peers(draft: Draft, measure: Phrase) -> None:
    draft.peers.append(measure)


@sentence(
    SentenceKind.EXPECTED,
    '有核对提示"{text}"',
    'a note comes of the check "{text}"',
    example=('有核对提示"part-of-teachers"', 'a note comes of the check "part-of-teachers"'),
    meaning=("这条核对关系（名称或标识）不成立", "the relation, by name or slug, does not hold"),
)
def noted(draft: Draft, text: Phrase) -> None:
    _expect(draft, text, wanted=True)


@sentence(
    SentenceKind.EXPECTED,
    '没有核对提示"{text}"',
    'no note comes of the check "{text}"',
    example=('没有核对提示"part-of-teachers"', 'no note comes of the check "part-of-teachers"'),
    meaning=("这条核对关系成立，或缺数据", "the relation holds, or facts are missing"),
)
def not_noted(draft: Draft, text: Phrase) -> None:
    _expect(draft, text, wanted=False)


def _expect(draft: Draft, said: Phrase, *, wanted: bool) -> None:
    scenario = scenario_of(draft)
    checks = scenario.catalog.checks
    names = {name: slug for slug, each in checks.items() for name in (slug, each.name, each.label)}
    slug = names.get(said.text)
    if slug is None:
        draft.problems.append(
            said.problem(
                "unknown-check",
                say(f"没有核对关系“{said.text}”", f"there is no edit check {said.text!r}"),
                hint=did_you_mean(said.text, names)
                or say("先在“核对关系”表里写它", "write it in a table of edit checks first"),
            )
        )
        return
    if scenario.judged is None:
        return
    found = [*scenario.judged.broken(slug)]
    if wanted and not found:
        raise UnprovedError(say("没有这条提示", "it was not noted"))
    if found and not wanted:
        raise UnprovedError(say("有提示", "noted"), lambda: found[0])
