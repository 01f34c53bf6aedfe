"""Run ``dabiao`` as ``python -m dabiao``."""

from dabiao.cli import app

if __name__ == "__main__":
    app(prog_name="dabiao")
