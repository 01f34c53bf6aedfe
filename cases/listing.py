"""Cases, measures and files put into lists, in both languages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from dabiao.cases.store.store import HistoryLine
from dabiao.reports import wording
from dabiao.reports.lists.listings import Listing
from dabiao.schemas.case import Attachment, Case, CaseBook, CaseState, CorrectiveAction
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import Outcome

FIELDS = {
    "state": ("状态", "state"),
    "measure": ("整改措施", "measure"),
    "person": ("责任人", "person"),
    "issued": ("下达日期", "issued"),
    "due": ("整改期限", "due"),
    "progress": ("进展", "progress"),
    "evidence": ("佐证材料", "evidence"),
    "rechecked": ("复核日期", "re-checked"),
    "result": ("复核结果", "result"),
    "closed_by": ("销号人", "closed by"),
    "approver": ("豁免批准人", "waived by"),
    "expires": ("豁免到期", "waived until"),
    "reason": ("豁免理由", "waiver reason"),
}
"""What people say of a case, by field."""
_OTHERS = {
    "outcome": ("结论", "outcome"),
    "judged": ("结论年份", "year of it"),
    "run": ("检查指纹", "fingerprint"),
    "subject": ("对象代码", "subject code"),
    "name": ("名称", "name"),
    "level": ("层级", "level"),
    "parents": ("上级", "above it"),
    "file": ("文件", "file"),
    "text": ("措施", "measure"),
    "owner": ("负责人", "owner"),
    "start": ("开始", "start"),
    "cost": ("费用（元）", "cost (yuan)"),
    "done": ("完成", "done"),
    "proof": ("证明", "proof"),
    "cases": ("案件", "cases"),
}
_ACTS = {
    "opened": "立案",
    "updated": "更新",
    "seen": "再次考核",
    "followed": "对象变更",
    "attached": "附件",
    "added": "新增",
}


def field_name(name: str) -> str:
    """Name a field in the language spoken now."""
    return say(*(FIELDS | _OTHERS)[name])


def case_listing(book: CaseBook, cases: Sequence[Case]) -> Listing:
    """List cases, one a row."""
    columns = {
        "number": say("编号", "number"),
        "state": field_name("state"),
        "subject": say("对象", "subject"),
        "code": field_name("subject"),
        "rule": say("规则", "rule"),
        "title": say("目标", "goal"),
        "year": say("年份", "year"),
        "outcome": say("现结论", "outcome now"),
        "issued": field_name("issued"),
        "due": field_name("due"),
        "late": say("超期天数", "days late"),
        "person": field_name("person"),
        "measures": say("措施数", "measures"),
        "files": say("附件数", "files"),
        "version": say("版本", "version"),
    }
    return Listing(columns, [_case_row(book, each) for each in cases])


def _case_row(book: CaseBook, case: Case) -> dict[str, Scalar]:
    return {
        "number": case.number,
        "state": case.state.label,
        "subject": case.name,
        "code": case.subject,
        "rule": case.rule,
        "title": case.title,
        "year": case.year,
        "outcome": None if case.outcome is None else case.outcome.label,
        "issued": _shown(case.issued),
        "due": _shown(case.due),
        "late": case.days_late(book.today),
        "person": case.person,
        "measures": len(book.actions_of(case)),
        "files": len(book.attachments_of(case)),
        "version": case.version,
    }


def print_cases(book: CaseBook, cases: Sequence[Case], file: TextIO) -> None:
    """Print cases for people: each in two lines."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console

    screen = console(file)
    for case in cases:
        late = case.days_late(book.today)
        outcome = "" if case.outcome is None else case.outcome.label
        due = "" if case.due is None else say(f"期限 {case.due}", f"due {case.due}")
        head = [case.number, wording.case_state(case, late), due, case.name, case.subject]
        style = "bold red" if late else "bold"
        screen.print(Text("  ".join(filter(None, head)), style), soft_wrap=True)
        told = Text(f"    {case.year} {outcome}  {case.title}  {case.rule}")
        screen.print(told, soft_wrap=True)
    listed = say(f"列出 {len(cases):,} 件；", f"{number_of(len(cases), 'case')} listed; ")
    screen.print(Text(listed + wording.overdue_heading(book), "dim"))


def case_lines(book: CaseBook, case: Case, history: Iterable[HistoryLine]) -> Iterator[str]:
    """Tell a case whole: what it is, how it stands, and what was done."""
    late = case.days_late(book.today)
    yield f"{case.number}　{wording.case_state(case, late)}"
    yield f"{case.title}　{case.rule}"
    moved = "" if case.origin == case.subject else say(f"（原 {case.origin}）", f" ({case.origin})")
    yield f"{case.name} {case.subject}{moved}　{case.year}"
    if case.outcome is not None:
        yield say(
            f"最近一次检查（{case.judged}年，{case.run}）：{case.outcome.label}",
            f"latest run ({case.judged}, {case.run}): {case.outcome.label}",
        )
    for earlier in book.cases:
        if (earlier.rule, earlier.subject) == (case.rule, case.subject) and earlier is not case:
            yield say("同一问题：", "the same problem: ") + _brief(earlier)
    for name in FIELDS:
        value = getattr(case, name)
        if value is not None and name != "state":
            yield f"{field_name(name)}{say('：', ': ')}{value}"
    for action in book.actions_of(case):
        yield f"{say('措施', 'measure')} {action.number}{say('：', ': ')}{action_words(action)}"
    for file in book.attachments_of(case):
        yield f"{say('附件', 'file')}{say('：', ': ')}{_file_words(file)}"
    yield ""
    for line in history:
        yield history_words(line)


def action_listing(book: CaseBook) -> Listing:
    """List measures, one a row."""
    cases = {each.number: each for each in book.cases}
    columns = {
        "number": say("编号", "number"),
        "text": field_name("text"),
        "owner": field_name("owner"),
        "start": field_name("start"),
        "due": field_name("due"),
        "cost": field_name("cost"),
        "done": field_name("done"),
        "proof": field_name("proof"),
        "cases": say("案件数", "cases"),
        "failing": say("仍未达标", "still failing"),
        "numbers": say("案件编号", "numbers of cases"),
    }
    rows: list[dict[str, Scalar]] = [
        {
            "number": each.number,
            "text": each.text,
            "owner": each.owner,
            "start": _shown(each.start),
            "due": _shown(each.due),
            "cost": each.cost,
            "done": each.done,
            "proof": each.proof,
            "cases": len(each.cases),
            "failing": sum(cases[number].failing for number in each.cases),
            "numbers": say("、", ", ").join(each.cases),
        }
        for each in book.actions
    ]
    return Listing(columns, rows)


def print_actions(book: CaseBook, file: TextIO) -> None:
    """Print measures for people: each in a line, and its cases below."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console

    screen = console(file)
    cases = {each.number: each for each in book.cases}
    for action in book.actions:
        screen.print(Text(f"{action.number}  {action_words(action)}", "bold"), soft_wrap=True)
        for number in action.cases:
            case = cases[number]
            outcome = "" if case.outcome is None else case.outcome.label
            told = f"    {number}  {case.state.label}  {outcome}  {case.name}  {case.title}"
            screen.print(Text(told), soft_wrap=True)
    count = len(book.actions)
    screen.print(Text(say(f"共 {count:,} 条措施", number_of(count, "measure")), "dim"))


def _brief(case: Case) -> str:
    return f"{case.number} {case.year} {case.state.label}"


def action_words(action: CorrectiveAction) -> str:
    """Say a measure in a line."""
    parts = [action.text, action.owner, _span(action), _cost(action)]
    parts.append(say("已完成", "done") if action.done else say("未完成", "not done"))
    return say("，", ", ").join(each for each in parts if each)


def _cost(action: CorrectiveAction) -> str | None:
    return None if action.cost is None else say(f"{action.cost} 元", f"{action.cost} yuan")


def _span(action: CorrectiveAction) -> str | None:
    if action.start is None and action.due is None:
        return None
    return f"{_shown(action.start) or '…'} – {_shown(action.due) or '…'}"


def _file_words(file: Attachment) -> str:
    until = "" if file.expires is None else say(f"，有效至 {file.expires}", f", to {file.expires}")
    return f"{file.name} {file.size:,} B {file.sha256[:12]} {file.added}{until}"


def history_words(line: HistoryLine) -> str:
    """Say one change in a line: when, who, what, from what to what, and why."""
    changes = say("；", "; ").join(
        f"{field_name(name)} {_word(name, before)} → {_word(name, after)}"
        for name, (before, after) in line.changes.items()
    )
    act = say(_ACTS.get(line.act, line.act), line.act)
    why = say(f"　因：{line.why}", f"  why: {line.why}") if line.why else ""
    what = f"{act}{say('：', ': ')}{changes}" if changes else act
    return f"{line.version}. {line.day} {line.by} {what}{why}"


def _word(name: str, value: object) -> str:
    """Say a value as the history has it."""
    match name, value:
        case "state", str():
            return CaseState(value).label
        case "outcome", str():
            return Outcome(value).label
        case _, list():
            return say("、", ", ").join(map(str, value)) or value_words(None)
        case _:
            return value_words(value)


def value_words(value: object) -> str:
    """Say what stands in a field, or that nothing does."""
    if value is None:
        return say("（空）", "(blank)")
    return value.label if isinstance(value, CaseState) else str(value)


def _shown(value: object) -> str | None:
    return None if value is None else str(value)
