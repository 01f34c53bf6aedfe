"""Cases out of runs, and subjects followed."""

from typing import Annotated

from dabiao.commands.cases.store import Cases, Signing, opened
from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import read_run_file
from dabiao.commands.options import RunFile, argument
from dabiao.reports.outputs import OutputError, print_line
from dabiao.schemas.language import number_of, say
from dabiao.schemas.unseen import visible

_OLD = argument("OLD", "原来的代码", "the code before")
_NEW = argument("NEW", "现在的代码", "the code now")


def open_(
    path: RunFile,
    *,
    cases: Cases = None,
    signing: Signing,
) -> int:
    """Open a case for each finding that is missed or behind."""
    signature = signing.signed()
    run = read_run_file(path)
    store = opened(cases, create=True)
    from dabiao.cases.opening import open_cases

    done = open_cases(store, run, signature)
    print_line(
        say(
            f"新立案 {len(done.new):,} 件，已有 {done.known:,} 件；"
            f"结论变了 {len(done.seen):,} 件，对象变更 {len(done.followed):,} 件",
            f"{len(done.new):,} opened, {done.known:,} known;"
            f" {len(done.seen):,} with another outcome, {len(done.followed):,} followed",
        )
    )
    to = run.options
    if done.apart and (to.area or to.unit or to.document or to.choice or to.outcomes):
        print_line(
            say(
                f"这次检查只是一部分：另有 {done.apart:,} 件它没有结论，照旧不变",
                f"the run was narrowed: of {done.apart:,} more it concludes nothing, and they stay"
                " as they were",
            )
        )
    return Exit.CHECKED


def follow(
    old: Annotated[str, _OLD],
    new: Annotated[str, _NEW],
    *,
    cases: Cases = None,
    signing: Signing,
) -> int:
    """Let the cases of one code go on under another."""
    signature = signing.signed()
    store = opened(cases)
    from dabiao.cases.opening import follow as followed

    moved = followed(store, visible(old.strip()), visible(new.strip()), signature)
    if moved is None:
        raise OutputError(
            say(
                f"{old} 已有去向，或 {new} 又回到 {old}；没有改动",
                f"{old} already leads somewhere, or {new} leads back to it; nothing was changed",
            )
        )
    print_line(say(f"对象变更 {len(moved):,} 件", f"{number_of(len(moved), 'case')} followed"))
    return Exit.CHECKED
