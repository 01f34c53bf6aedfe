"""The way in from a shell: ``dabiao``, or ``python -m dabiao``."""

import gc
import sys


def main() -> None:
    """Run the program; from here on Ctrl-C ends it in one line."""
    gc.set_threshold(200_000, 20, 20)  # modules and findings are many and live to the end
    from dabiao.reports.terminal.interruption import end_at_once

    end_at_once()
    from dabiao.cli import program

    try:
        program(sys.argv[1:])(prog_name="dabiao")
    finally:
        gc.freeze()  # nothing is worth collecting on the way out


if __name__ == "__main__":
    # Python looks into the folder one stands in first. Nothing is to be imported from there: it may
    # hold what somebody sent, and in it a json.py.
    if not sys.flags.safe_path:
        del sys.path[:1]
    main()
