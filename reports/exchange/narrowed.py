"""What programs are told of a run that is a part: what was asked for, and what is listed."""

from dataclasses import asdict

from dabiao.schemas.run import Run


def narrowing_told(run: Run) -> dict[str, str]:
    """Give what a run was narrowed to, by the names of its options; nothing of a whole one."""
    asked = asdict(run.options)
    del asked["every_year"]
    return {
        name: " ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in asked.items()
        if value not in {None, ()}
    }
