"""Cases, their history, measures and attached files; a history that nobody can alter."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TEXTS = (
    *("rule", "origin", "subject", "name", "parents", "title", "document"),
    *("lead", "responsible"),
)
_FILLED = (
    *("measure", "person", "progress", "evidence", "result", "closed_by", "approver", "reason"),
)
_DAYS = ("issued", "due", "rechecked", "expires")
_FIXED = ("number", "rule", "year", "origin", "opened")
"""What a case is; it never changes."""


def upgrade() -> None:
    """Make the tables, and the triggers that hold what the program promises."""
    _cases()
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("thing", sa.String(16), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "why", "changes")),
        sa.UniqueConstraint("thing", "key", "version", name="one_line_a_version"),
    )
    op.create_table(
        "successions",
        sa.Column("old", sa.String(80), primary_key=True),
        sa.Column("new", sa.String(80), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("by", "why")),
    )
    op.create_table(
        "actions",
        sa.Column("number", sa.String(40), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("start", sa.Date),
        sa.Column("due", sa.Date),
        sa.Column("cost", sa.String(40)),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("proof", sa.Text),
        sa.Column("cases", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "attachments",
        sa.Column("sha256", sa.String(64), sa.ForeignKey("files.sha256"), nullable=False),
        sa.Column("case_number", sa.String(40), sa.ForeignKey("cases.number"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("added", sa.Date, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("expires", sa.Date),
        sa.PrimaryKeyConstraint("sha256", "case_number", name="one_attachment"),
    )
    _guards()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.String(40), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("judged", sa.Integer, nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("opened", sa.Date, nullable=False),
        sa.Column("changed", sa.Date, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in _FILLED),
        *(sa.Column(name, sa.Date) for name in _DAYS),
        sa.UniqueConstraint("rule", "origin", "year", name="one_case"),
    )


def _guards() -> None:
    """Let nothing of the past be altered, and nothing be written without a line in the history."""
    for table in ("history", "files", "attachments", "successions"):
        _refuse(table, "UPDATE", "TRUE", f"{table} is only added to")
    for table in ("history", "files", "attachments", "successions", "cases", "actions"):
        _refuse(table, "DELETE", "TRUE", f"nothing is deleted from {table}")
    fixed = " OR ".join(f'NEW."{name}" <> OLD."{name}"' for name in _FIXED)
    _refuse("cases", "UPDATE", fixed, "a case stays what it is", name="fixed")
    _refuse("history", "INSERT", """trim(NEW."by") = ''""", "a change has somebody who made it")
    for table, thing in (("cases", "case"), ("actions", "measure")):
        told = (
            f"NOT EXISTS (SELECT 1 FROM history AS h WHERE h.thing = '{thing}'"  # noqa: S608 - ours
            ' AND h."key" = NEW.number AND h.version = NEW.version)'
        )
        said = f"{table} change only with a line in the history"
        _refuse(table, "INSERT", f"NEW.version <> 1 OR {told}", said)
        _refuse(table, "UPDATE", f"NEW.version <> OLD.version + 1 OR {told}", said)


def _refuse(table: str, act: str, when: str, why: str, name: str = "guard") -> None:
    trigger = f"{table}_{act.lower()}_{name}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )
        return
    body = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {when} THEN RAISE EXCEPTION '{why}'; END IF; RETURN {body}; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE {act} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {trigger}()"
    )
    if act == "DELETE":
        op.execute(
            f"CREATE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE EXCEPTION '{why}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate()"
        )
