"""Put into the wheel what lies elsewhere or has to be made: ``cli.py``, catalog and templates."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NO_LINKS = """\
src/dabiao holds no links to the parts, so an editable install would find nothing.
hint: turn on Developer Mode (Windows), then run
      git config core.symlinks true && git checkout -- src/dabiao"""

PARTS = ("features", "intake", "rules", "schemas")
"""What the catalog of the built-in packs is made of and by."""
NEEDED = ("gherkin-official", "jinja2", "lark", "numpy", "pydantic", "pyyaml")
"""What those parts need to do so, and what compiles templates."""
TEMPLATES = "reports/templates"
MAKE = """\
import sys
from pathlib import Path
program, folder, what = sys.argv[1:]
sys.path.insert(0, program)
from dabiao.rules.files.pack_files import built_in, find_files
from dabiao.rules.packs.cache import bring_along
from dabiao.rules.packs.read import read
reading = read([built_in()], proofs=False)
if reading.errors:
    raise reading.refusal
content = find_files([built_in()]).hash()
bring_along(Path(folder), content, reading.catalog, clone=what == "clone")
"""


class WheelHook(BuildHookInterface[Any]):
    """Do for one file what ``sources`` in ``pyproject.toml`` does for folders; make the rest."""

    made: list[Path]

    def dependencies(self) -> list[str]:
        """Ask for what reads features and templates, in the versions that the program asks for."""
        return [each for each in self.metadata.core.dependencies if each.startswith(NEEDED)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill a wheel; in an editable install, where a copy would go stale, make it in place."""
        self.made = []
        if version == "standard":
            build_data["force_include"]["cli.py"] = "dabiao/cli.py"
            catalog, templates = self._catalog(), self._templates(Path(mkdtemp()))
            self.made += [catalog, templates]
            build_data["force_include"][str(catalog)] = f"dabiao/rules/packs/{catalog.name}"
            build_data["force_include"][str(templates)] = f"dabiao/{TEMPLATES}/{templates.name}"
        elif not Path(self.root, "src", "dabiao", "engine").is_dir():
            raise RuntimeError(NO_LINKS)
        else:
            self._catalog_here()
            for old in Path(self.root, TEMPLATES).glob(".compiled-*"):
                shutil.rmtree(old)
            self._templates(None)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        del version, build_data, artifact_path
        for made in self.made:
            shutil.rmtree(made.parent)

    def _templates(self, into: Path | None) -> Path:
        """Compile the templates as the program does that looks for them."""
        compiled = runpy.run_path(str(Path(self.root, TEMPLATES, "compiled.py")))
        made: Path = compiled["compile_templates"](into=into)
        return made

    def _catalog(self) -> Path:
        """Make the catalog with the very files that the wheel will hold."""
        made = mkdtemp()
        with TemporaryDirectory() as folder:
            for part in PARTS:
                shutil.copytree(Path(self.root, part), Path(folder, "dabiao", part))
            shutil.copy(Path(self.root, "src", "dabiao", "__init__.py"), Path(folder, "dabiao"))
            _make(folder, made, "wheel").check_returncode()
        return next(Path(made).iterdir())

    def _catalog_here(self) -> None:
        """Make the catalog where a clone looks for it; features that are wrong can be mended."""
        folder = Path(self.root, "rules", "packs")
        for old in folder.glob("*.catalog"):
            old.unlink()
        _make(str(Path(self.root, "src")), str(folder), "clone")


def _make(program: str, folder: str, what: str) -> "subprocess.CompletedProcess[bytes]":
    """Write the catalog of a program into a folder."""
    # Not on this path: a clone that was installed before is taken off it, as any site's folder is.
    path = os.pathsep.join(filter(None, sys.path))
    settled = {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}
    made = [sys.executable, "-c", MAKE, program, folder, what]
    return subprocess.run(made, env=settled, check=False)  # noqa: S603 - this Python
