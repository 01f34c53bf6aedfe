"""The notebook of the documentation runs, cell by cell, as in Jupyter."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook.ipynb"


def test_every_cell_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No cell fails, and what a cell ends with can be shown."""
    (tmp_path / "examples").symlink_to(NOTEBOOK.parent)
    monkeypatch.chdir(tmp_path)
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    names: dict[str, object] = {}
    shown: list[object] = []
    for cell in cells:
        if cell["cell_type"] == "code":
            body = ast.parse("".join(cell["source"])).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))  # noqa: S307

    assert len(shown) >= 4
    views = [view() for each in shown if (view := getattr(each, "_repr_html_", None))]
    assert any("<table>" in view for view in views)
    assert {"report.html", "run.parquet"} <= {each.name for each in tmp_path.iterdir()}
