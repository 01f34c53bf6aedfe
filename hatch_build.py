"""Put ``cli.py`` into the wheel as ``dabiao/cli.py``."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NO_LINKS = """\
src/dabiao holds no links to the parts, so an editable install would find nothing.
hint: turn on Developer Mode (Windows), then run
      git config core.symlinks true && git checkout -- src/dabiao"""


class CliHook(BuildHookInterface[Any]):
    """Do for one file what ``sources`` in ``pyproject.toml`` does for folders."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy into a wheel; in an editable install, where a copy would go stale, only look."""
        if version == "standard":
            build_data["force_include"]["cli.py"] = "dabiao/cli.py"
        elif not Path(self.root, "src", "dabiao", "engine").is_dir():
            raise RuntimeError(NO_LINKS)
