"""The program, as if it had been typed, but in the process of the tests."""

from typer.testing import CliRunner, Result

from dabiao.cli import program


def typed(*words: str, stdin: str | None = None) -> Result:
    """Call the program by what is typed behind its name; as from a shell, one command is made."""
    return CliRunner().invoke(program(words), list(words), input=stdin)
