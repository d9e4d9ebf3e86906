"""Classes, memberships, the audit, the shelf, counts of people who left, and course versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NAME = sa.String(length=200)
KIND = sa.String(length=20)


def upgrade() -> None:
    """Make the tables, the indexes that statistics need, and keep the audit append-only."""
    _classes()
    _audit()
    _shelf()
    _former()
    op.create_table(
        "course_version",
        sa.Column("course", NAME, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("course"),
    )
    op.drop_index("ix_answer_item", "answer")
    op.create_index(
        "ix_answer_item",
        "answer",
        ["course", "question", "chosen", "correct", "attempt", "session_id"],
    )
    op.create_index("ix_result_first", "result", ["course", "kind", "subject", "attempt"])
    op.create_index("ix_exchange_at", "exchange", ["at"])
    op.create_index("ix_exchange_covered", "exchange", ["course", "covered", "id"])
    if op.get_bind().dialect.name == "postgresql":
        # Without it the planner takes a test's first attempts for a hundredth of what they are.
        op.execute(
            "CREATE STATISTICS result_first (dependencies, mcv) "
            "ON course, kind, subject, attempt, out_of FROM result"
        )


def _classes() -> None:
    op.create_table(
        "class",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("workspace", NAME, nullable=False),
        sa.Column("course", NAME, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("platform", "workspace", "course"),
    )
    op.create_table(
        "membership",
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("extra_attempts", sa.Integer(), nullable=False),
        sa.Column("unlocked", sa.Boolean(), nullable=False),
        sa.Column("waived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("class_id", "learner_id"),
    )
    for statement in _ENROL:
        op.execute(statement)
    op.create_index("ix_membership_learner_id", "membership", ["learner_id"])
    op.create_index("ix_membership_seen", "membership", ["class_id", "seen_at", "learner_id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", BIG_ID, nullable=True),
        sa.Column("target_id", BIG_ID, nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.ForeignKeyConstraint(["actor_id"], ["learner.id"]),
        sa.ForeignKeyConstraint(["target_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("actor_id", "target_id"):
        op.create_index(f"ix_audit_{name}", "audit", [name])
    op.create_index("ix_audit_class", "audit", ["class_id", "id"])
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _shelf() -> None:
    op.create_table(
        "shelf",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("learner_id", BIG_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", NAME, nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("class_id", "learner_id", "at"):
        op.create_index(f"ix_shelf_{name}", "shelf", [name])


def _former() -> None:
    op.create_table(
        "former_item",
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("out_of", sa.Integer(), nullable=False),
        sa.Column("question", NAME, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.PrimaryKeyConstraint(
            *("class_id", "kind", "subject", "out_of", "question", "score", "chosen", "correct")
        ),
    )
    op.create_table(
        "former_mark",
        sa.Column("class_id", BIG_ID, nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["class_id"], ["class.id"]),
        sa.PrimaryKeyConstraint("class_id", "kind", "subject"),
    )


# Whoever has begun anything belongs to the class of their own workspace.
_ENROL = (
    """
    INSERT INTO class (platform, workspace, course, rules, created_at)
    SELECT learner.platform, learner.workspace, session.course, '{}', min(session.begun_at)
    FROM session JOIN learner ON learner.id = session.learner_id
    GROUP BY learner.platform, learner.workspace, session.course
    """,
    """
    INSERT INTO membership
        (class_id, learner_id, joined_at, seen_at, extra_attempts, unlocked, waived)
    SELECT class.id, learner.id, min(session.begun_at), max(session.changed_at), 0, false, false
    FROM session
    JOIN learner ON learner.id = session.learner_id
    JOIN class ON class.platform = learner.platform
        AND class.workspace = learner.workspace AND class.course = session.course
    GROUP BY class.id, learner.id
    """,
)

# A person who has everything about them deleted is taken out of an entry; nothing else changes.
_APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "CREATE TRIGGER audit_never_changed "
        "BEFORE UPDATE OF id, class_id, at, action, what ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "CREATE TRIGGER audit_only_forgets BEFORE UPDATE OF actor_id, target_id, reason ON audit "
        "WHEN NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id "
        "OR NEW.target_id IS NOT NULL AND NEW.target_id IS NOT OLD.target_id "
        "OR NEW.reason <> '' AND NEW.reason <> OLD.reason "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    ),
    "postgresql": (
        """
        CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE'
                AND (NEW.id, NEW.class_id, NEW.at, NEW.action, NEW.what)
                    IS NOT DISTINCT FROM (OLD.id, OLD.class_id, OLD.at, OLD.action, OLD.what)
                AND (NEW.actor_id IS NULL OR NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id)
                AND (NEW.target_id IS NULL OR NEW.target_id IS NOT DISTINCT FROM OLD.target_id)
                AND (NEW.reason = '' OR NEW.reason = OLD.reason)
            THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'the audit is append-only';
        END $$
        """,
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
        "CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ),
}
