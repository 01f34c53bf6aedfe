"""Words for who was to report, and who did."""

from dabiao.reports.wording.reasons import existing
from dabiao.schemas.attendance import Attendance, Attendee
from dabiao.schemas.language import say
from dabiao.schemas.run import Run


def presence(of: Attendee) -> str:
    """Say why somebody is new, or was not expected; nothing where neither is so."""
    if of.absence is not None:
        sent = say("，却报来了数据，不计入应报", ", yet it reported; it counts nowhere")
        return existing(of.absence) + (sent if of.sent else "")
    if not of.new:
        return ""
    if of.unlisted:
        return say("不在名录", "in no roster")
    return say(f"{of.year}年启用", f"opened in {of.year}")


def attendance_line(run: Run) -> str:
    """Say in a line how far the year judged last was reported on; nothing if nobody was to."""
    told = [each for each in run.attendance if each.year == run.as_of and each.expected]
    gaps = [
        attendance_phrase(each) for each in told if each.reported < each.expected or _changes(each)
    ]
    whole = [
        _counted(each) for each in told if each.reported == each.expected and not _changes(each)
    ]
    if whole:
        listed = say("、", ", ").join(whole)
        gaps.append(say(f"{listed}已报齐", f"complete: {listed}"))
    return say("；", "; ").join(gaps)


def attendance_phrase(counts: Attendance) -> str:
    """Say of one level who was to report and who did."""
    parts = [(say("已报", "reported"), counts.reported)]
    parts += [
        (word, number)
        for word, number in (
            (say("部分", "in part"), counts.partial),
            (say("空表", "blank"), counts.blank),
            (say("未报", "absent"), counts.absent),
            (say("迟报", "late"), counts.late),
        )
        if number
    ]
    told = say("，", ", ").join(
        say(f"{word} {number:,}", f"{number:,} {word}") for word, number in parts
    )
    changes = say("，", ", ").join(
        say(f"{word} {number:,}", f"{number:,} {word}") for word, number in _changes(counts)
    )
    counted = _counted(counts)
    return say(f"应报 {counted}，{told}", f"{counted} expected: {told}") + (
        say(f"（{changes}）", f" ({changes})") if changes else ""
    )


def _changes(counts: Attendance) -> list[tuple[str, int]]:
    found = (
        (say("新增", "new"), counts.new),
        (say("撤销", "closed"), counts.closed),
        (say("并入", "merged"), counts.merged),
    )
    return [(word, number) for word, number in found if number]


def _counted(counts: Attendance) -> str:
    level, number = counts.level, counts.expected
    plain = level.value if number == 1 else level.plural
    return say(f"{number:,} {level.counted_in}{level.zh}", f"{number:,} {plain}")
