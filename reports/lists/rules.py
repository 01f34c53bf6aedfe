"""Rules, their proofs and the sentences they are written in, as listings."""

from collections.abc import Mapping, Sequence
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.reports.numbers import quantity
from dabiao.schemas.border import border
from dabiao.schemas.document import Document
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import number_of, say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.rule import RuleRecord

_Row = Mapping[str, Scalar]
"""One thing of a list, by key."""


def rule_listing(records: Sequence[RuleRecord]) -> Listing:
    """List rules, one a row."""
    columns = {
        "id": say("标识", "id"),
        "title": say("承诺", "commitment"),
        "level": say("层级", "level"),
        "norm": say("要求", "norm"),
        "timing": say("时限", "timing"),
        "lead": say("牵头单位", "lead units"),
        "responsible": say("责任单位", "responsible units"),
    }
    rows: list[dict[str, Scalar]] = [
        {
            "id": record.id,
            "title": record.title,
            "level": record.level.label,
            "norm": record.norm.text,
            "timing": record.timing.words,
            "lead": wording.listed(record.units.lead),
            "responsible": wording.listed(record.units.responsible),
        }
        for record in records
    ]
    return Listing(columns, rows, lambda: [_plain(record) for record in records])


def _plain(record: RuleRecord) -> object:
    """Give a rule as JSON has it."""
    return border(RuleRecord).dump_python(record, mode="json")


def print_rules(records: Sequence[RuleRecord], file: TextIO) -> None:
    """Print rules in two lines each, the first to be copied and searched for."""
    for record in records:
        file.write(f"{record.id}  {record.title}\n")
        told = [record.level.label, record.norm.text, record.timing.words]
        if record.aspiration:
            told.append(say("力争", "an aspiration"))
        for heading, names in wording.duties(record.units):
            told.append(say(f"{heading}：{names}", f"{heading}: {names}"))
        file.write("    " + say("　", "   ").join(filter(None, told)) + "\n")
    file.write(say(f"共 {len(records):,} 条\n", f"{number_of(len(records), 'rule')}\n"))


def rule_sheet(
    record: RuleRecord,
    document: Document,
    norm: str,
    area: str | None,
    items: Mapping[Level, Sequence[Item]],
) -> Listing:
    """Tell all that is known of one rule, one thing a row.

    Args:
        record: The rule.
        document: The document it comes from.
        norm: What it demands, in the language spoken now.
        area: The name of the place it is for; None where nobody knows it.
        items: What it looks at, by the level that reports it.
    """
    code = record.area or document.jurisdiction
    values = {
        say("标识", "id"): record.id,
        say("承诺", "commitment"): record.title,
        say("说明", "remarks"): record.description,
        say("文件", "document"): wording.document_title(document.title)
        + (f" {document.number}" if document.number else ""),
        say("出处", "places"): wording.listed(record.places),
        say("适用地区", "area"): say(f"{area}（{code}）", f"{area} ({code})") if area else code,
        say("考核对象", "subjects"): record.level.label,
        say("仅限", "only where"): record.condition,
        say("要求", "norm"): norm,
        say("所用数据", "data"): _asked(items),
        say("时限", "timing"): record.timing.words,
        say("基期", "baseline"): baseline_words(record),
        say("性质", "kind"): say("力争", "an aspiration") if record.aspiration else None,
        say("比较精度", "compared at"): None
        if record.decimals is None
        else say(f"{record.decimals} 位小数", f"{record.decimals} decimals"),
        **dict(wording.duties(record.units)),
        say("不一致", "at odds with"): wording.listed(record.contradicts),
        say("以此为准", "governed by"): record.governed_by,
        say("已被取代", "superseded"): superseded_words(record),
        say("标签", "tags"): wording.listed(
            tag for tag in record.tags if tag != record.id.rpartition("/")[2]
        ),
        say("规则文件", "feature"): f"{record.file}:{record.line}",
    }
    rows: list[dict[str, Scalar]] = [
        {"name": name, "value": value} for name, value in values.items() if value
    ]
    columns = {"name": say("项目", "what"), "value": say("内容", "value")}
    return Listing(columns, rows, lambda: _plain(record))


def _asked(items: Mapping[Level, Sequence[Item]]) -> str:
    """Say what has to be reported, and by whom."""
    told = []
    for level, some in items.items():
        zh = (item.name + (f"（{item.unit}）" if item.unit else "") for item in some)
        en = (item.english or item.name for item in some)
        told.append(say(f"{level.label}：{'、'.join(zh)}", f"{level.label}: {', '.join(en)}"))
    return wording.listed(told)


def superseded_words(record: RuleRecord) -> str | None:
    """Say which document takes the place of a rule's own, and from when on."""
    if record.superseded_by is None:
        return None
    return say(
        f"自{record.superseded_from}年起由 {record.superseded_by} 取代",
        f"by {record.superseded_by} from {record.superseded_from} on",
    )


def baseline_words(record: RuleRecord) -> str | None:
    """Say where the line to a target begins; None where a rule has no baseline."""
    if record.baseline is None:
        return None
    if record.baseline.value is None:
        return say(f"{record.baseline.year}年", f"{record.baseline.year}")
    return f"{record.baseline.year}{say('年 ', ' ')}" + quantity(
        record.baseline.value, record.norm.unit
    )


def proof_listing(proofs: Sequence[_Row]) -> Listing:
    """List what came of scenarios, one a row."""
    columns = {
        "rule": say("规则", "rule"),
        "scenario": say("场景", "scenario"),
        "example": say("例子", "example"),
        "passed": say("通过", "passed"),
        "message": say("不符之处", "what differs"),
        "file": say("文件", "file"),
        "line": say("行", "line"),
    }
    return Listing(columns, proofs)


def print_proofs(proofs: Sequence[_Row], file: TextIO) -> None:
    """Print the scenarios that came out otherwise than they say, and how many there were."""
    failed = [proof for proof in proofs if not proof["passed"]]
    for proof in failed:
        what = " ".join(str(proof[key]) for key in ("scenario", "example") if proof[key])
        file.write(f"{proof['file']}:{proof['line']}: {say('不符', 'differs')}: {what}\n")
        file.write(f"  {proof['message']}\n")
    rules = len({proof["rule"] for proof in proofs if proof["rule"]})
    held = len(proofs) - len(failed)
    file.write(
        say(
            f"{rules:,} 条规则的例子 {len(proofs):,} 个：符合 {held:,}，不符 {len(failed):,}\n",
            f"{number_of(len(proofs), 'example')} of {number_of(rules, 'rule')}: {held:,} hold,"
            f" {len(failed):,} differ\n",
        )
    )


def print_sentences(sentences: Sequence[_Row], file: TextIO) -> None:
    """Print the sentences and functions of rules, each with its meaning and an example."""
    words = _words()
    for sentence in sentences:
        file.write(f"{words[str(sentence['step'])]} {sentence['pattern']}\n")
        file.write(f"    {sentence['meaning']}\n")
        if sentence["example"] != sentence["pattern"]:
            file.write(f"    {say('例：', 'e.g. ')}{sentence['example']}\n")


def sentence_listing(sentences: Sequence[_Row]) -> Listing:
    """List the sentences and functions of rules, one a row."""
    columns = {
        "step": say("词", "step"),
        "pattern": say("句式", "sentence"),
        "example": say("例", "example"),
        "meaning": say("含义", "meaning"),
    }
    words = _words()
    rows = [{**sentence, "step": words[str(sentence["step"])]} for sentence in sentences]
    return Listing(columns, rows, sentences)


def _words() -> dict[str, str]:
    return {
        "given": say("假如", "Given"),
        "when": say("当", "When"),
        "then": say("那么", "Then"),
        "function": say("函数", "function"),
    }
