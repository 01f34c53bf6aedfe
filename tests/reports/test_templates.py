"""Templates compiled beforehand: the same pages; found only while nothing changed."""

import shutil
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, ModuleLoader, meta

from dabiao.reports.templates import templating
from dabiao.reports.templates.compiled import PREFIX, TEMPLATES, compile_templates, loader
from tests.reports.sample import sample_run
from tests.reports.test_page import page


def test_a_page_is_the_same_where_its_templates_were_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is filled by what was compiled of them, as nothing else is there to be read."""
    for part in ("report.html.jinja", "macros.jinja"):
        shutil.copy(TEMPLATES / part, tmp_path)
    monkeypatch.setattr(templating, "loader", lambda: FileSystemLoader(tmp_path))
    read = page(sample_run())
    made = compile_templates(tmp_path)
    compiled = loader(tmp_path)
    monkeypatch.setattr(templating, "loader", lambda: compiled)

    assert isinstance(compiled, ModuleLoader)
    assert page(sample_run()) == read
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == [made.name]


def test_they_are_found_only_while_nothing_changed(tmp_path: Path) -> None:
    """A changed template, and one more, are read as they stand; nothing is found half made."""
    template = tmp_path / "one.jinja"
    template.write_text("{{ page }}", "utf-8")
    made = compile_templates(tmp_path, tmp_path / "elsewhere")
    assert isinstance(loader(tmp_path), FileSystemLoader)

    shutil.copytree(made, tmp_path / made.name)
    assert made.name.startswith(PREFIX)
    assert isinstance(loader(tmp_path), ModuleLoader)

    template.write_text("{{ page }}!", "utf-8")
    assert isinstance(loader(tmp_path), FileSystemLoader)
    template.write_text("{{ page }}", "utf-8")
    assert isinstance(loader(tmp_path), ModuleLoader)
    (tmp_path / "two.jinja").touch()
    assert isinstance(loader(tmp_path), FileSystemLoader)


def test_templates_take_in_only_what_is_compiled_with_them() -> None:
    """What else a page holds, styles and scripts, is read as it stands and no template."""
    compiled = {each.name for each in TEMPLATES.glob("*.jinja")}
    named = {
        part
        for name in compiled
        for part in meta.find_referenced_templates(
            Environment(autoescape=True).parse((TEMPLATES / name).read_text("utf-8"))
        )
    }

    assert "macros.jinja" in named
    assert named <= compiled
