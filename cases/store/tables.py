"""What is kept, as both databases know it."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

CASES = Table(
    "cases",
    METADATA,
    Column("number", String(40), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("parents", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("lead", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("outcome", String(16)),
    Column("judged", Integer, nullable=False),
    Column("run", String(64), nullable=False),
    Column("opened", Date, nullable=False),
    Column("changed", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("measure", Text),
    Column("person", Text),
    Column("issued", Date),
    Column("due", Date),
    Column("progress", Text),
    Column("evidence", Text),
    Column("rechecked", Date),
    Column("result", Text),
    Column("closed_by", Text),
    Column("approver", Text),
    Column("expires", Date),
    Column("reason", Text),
    UniqueConstraint("rule", "origin", "year", name="one_case"),
)
"""The cases as they stand; lists of codes and units are JSON."""

HISTORY = Table(
    "history",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("thing", String(16), nullable=False),
    Column("key", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("act", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("changes", Text, nullable=False),
    UniqueConstraint("thing", "key", "version", name="one_line_a_version"),
)
"""Every change of a case or a measure: who, when, why, and from what to what (JSON)."""

SUCCESSIONS = Table(
    "successions",
    METADATA,
    Column("old", String(80), primary_key=True),
    Column("new", String(80), nullable=False),
    Column("at", String(40), nullable=False),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
)
"""Codes of subjects that were merged or renamed, and what they became."""

ACTIONS = Table(
    "actions",
    METADATA,
    Column("number", String(40), primary_key=True),
    Column("text", Text, nullable=False),
    Column("owner", Text),
    Column("start", Date),
    Column("due", Date),
    Column("cost", String(40)),
    Column("done", Boolean, nullable=False),
    Column("proof", Text),
    Column("cases", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
"""The measures; the numbers of the cases they serve are JSON."""

FILES = Table(
    "files",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""What stands in attached files, each content once."""

ATTACHMENTS = Table(
    "attachments",
    METADATA,
    Column("sha256", String(64), ForeignKey("files.sha256"), nullable=False),
    Column("case_number", String(40), ForeignKey("cases.number"), nullable=False),
    Column("name", Text, nullable=False),
    Column("added", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("expires", Date),
    PrimaryKeyConstraint("sha256", "case_number", name="one_attachment"),
)
"""Which file is kept with which case."""
