"""What never changes once it is made, so that several may hold it."""

from typing import Never

from dabiao.schemas.language import say


class Unchanging:
    """Lets nobody give an attribute another value; ``__init__`` fills ``vars(self)``."""

    def __setattr__(self, name: str, value: object) -> Never:
        """Refuse."""
        raise _refusal(self, name)

    def __delattr__(self, name: str) -> Never:
        """Refuse."""
        raise _refusal(self, name)


def _refusal(of: object, name: str) -> AttributeError:
    kind = type(of).__name__
    return AttributeError(
        say(
            f"{kind} 不会改变：{name} 不能另设；要别的结果，另做一次检查",
            f"a {kind} never changes: {name} cannot be set; for another result check again",
        )
    )
