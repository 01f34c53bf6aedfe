"""Run ``dabiao`` as ``python -m dabiao``."""

import sys

if __name__ == "__main__":
    # Python looks into the folder one stands in first. Nothing is to be imported from there: it may
    # hold what somebody sent, and in it a json.py.
    if not sys.flags.safe_path:
        del sys.path[:1]

    from dabiao.cli import app

    app(prog_name="dabiao")
