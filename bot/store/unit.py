"""One transaction on behalf of one learner: what the engine reads and writes in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, select, true, update
from sqlalchemy.exc import IntegrityError

from bot.effects import Advance, Finish, Record, Remember
from bot.events import Learner
from bot.gradebook import Kind, Mark, Progress
from bot.store import marks, personal, statements, summaries
from bot.store.tables import DELIVERY, LEARNER, SESSION
from bot.tutor.types import Exchange, Summary


class TurnMovedError(Exception):
    """Another worker moved the session on first: read it again and start over."""


class Unit:
    """A transaction's reads and writes. It commits or rolls back as a whole (see Store)."""

    def __init__(
        self,
        connection: Connection,
        course: str,
        now: datetime,
        *,
        again: bool = False,
        doubtful: Mapping[datetime, Any] = MappingProxyType({}),
    ) -> None:
        self._db = connection
        self._course = course
        self._now = now
        self.again = again
        """Whether the same work was rolled back before, because another was first."""
        self.doubtful = doubtful
        """What came of the same work before, by when it was begun, where it may be committed."""

    @property
    def db(self) -> Connection:
        """The transaction itself, for the other modules of the store."""
        return self._db

    @property
    def course(self) -> str:
        """The course's id."""
        return self._course

    @property
    def now(self) -> datetime:
        """When the transaction began."""
        return self._now

    def learner(self, who: Learner) -> int:
        """Return the id of a learner, made on first sight."""
        found = self._found(who)
        if found is None:
            return self._new_learner(who)
        if who.name and found.name != who.name:
            self._db.execute(
                update(LEARNER).where(LEARNER.c.id == found.id).values(name=who.name[:200])
            )
        return int(found.id)

    def known(self, who: Learner) -> int | None:
        """Return the id of a learner who was here before, else None; nothing is kept of it."""
        found = self._found(who)
        return None if found is None else int(found.id)

    def _found(self, who: Learner) -> Row[Any, Any] | None:
        key = {"platform": who.platform, "workspace": who.workspace, "user": who.user}
        return self._db.execute(statements.FIND_LEARNER, key).first()

    def _new_learner(self, who: Learner) -> int:
        row = {
            "platform": who.platform,
            "workspace": who.workspace,
            "user": who.user,
            "name": who.name[:200],
            "created_at": self._now,
            "seen_at": self._now,
        }
        try:
            made = self._db.execute(statements.ADD_LEARNER, row)
        except IntegrityError as problem:
            raise TurnMovedError from problem
        return int(made.inserted_primary_key[0])  # type: ignore[index]

    def delivery(self, event: str) -> RowMapping | None:
        """Return what is kept of a delivery, or None where it is new."""
        return self._db.execute(statements.FIND_DELIVERY, {"id": event}).mappings().first()

    def add_delivery(self, event: str, learner: int, replies: str, work: str | None) -> None:
        """Keep a delivery; TurnMovedError where another worker kept it first."""
        row = {
            "id": event,
            "learner_id": learner,
            "at": self._now,
            "replies": replies,
            "work": work,
        }
        try:
            self._db.execute(statements.ADD_DELIVERY, {**row, "delivered": False})
        except IntegrityError as problem:
            raise TurnMovedError from problem

    def settle_delivery(self, event: str, replies: str) -> None:
        """Keep the outcome of a delivery's slow work; who did the work now tells the learner."""
        settled = {"replies": replies, "work": None, "at": self._now}
        self._db.execute(update(DELIVERY).where(DELIVERY.c.id == event).values(settled))

    def claim_delivery(self, event: str, at: datetime) -> None:
        """Take a delivery over, at a time, from a worker that did not finish it.

        The learner's row is locked meanwhile (see `learner`), so no two workers do.
        """
        self._db.execute(update(DELIVERY).where(DELIVERY.c.id == event).values(at=at))

    def mark_delivered(self, events: Collection[str]) -> None:
        """Note that the replies to deliveries have reached the platform."""
        self._db.execute(statements.MARK_DELIVERED, {"ids": list(events)})

    def session(self, session: str) -> RowMapping | None:
        """Return a session by its id."""
        return self._db.execute(statements.FIND_SESSION, {"id": session}).mappings().first()

    def open_session(
        self, learner: int, flow: str, subject: str | None = None
    ) -> RowMapping | None:
        """Return the learner's newest open session of a flow, on a subject or on any."""
        return self._newest(
            SESSION.c.learner_id == learner,
            SESSION.c.course == self._course,
            SESSION.c.flow == flow,
            true() if subject is None else SESSION.c.subject == subject,
            SESSION.c.open,
        )

    def latest_session(self, learner: int, flows: Collection[str]) -> RowMapping | None:
        """Return the session of one of these flows that the learner was at last, open or not."""
        return self._newest(
            SESSION.c.learner_id == learner,
            SESSION.c.course == self._course,
            SESSION.c.flow.in_(flows),
        )

    def session_at(self, learner: int, flow: str, place: str) -> RowMapping | None:
        """Return the learner's open session that hears what is typed in a place."""
        return self._newest(
            SESSION.c.learner_id == learner,
            SESSION.c.place == place,
            SESSION.c.course == self._course,
            SESSION.c.flow == flow,
            SESSION.c.open,
        )

    def _newest(self, *where: Any) -> RowMapping | None:
        newest = select(SESSION).where(*where).order_by(SESSION.c.changed_at.desc()).limit(1)
        return self._db.execute(newest).mappings().first()

    def add_session(self, row: dict[str, Any]) -> None:
        """Keep a new session; the row needs all but course and times."""
        times = {"begun_at": self._now, "changed_at": self._now}
        self._db.execute(statements.ADD_SESSION, {**row, "course": self._course, **times})

    def save_session(self, session: str, was: int, values: dict[str, Any]) -> None:
        """Save turn, open, state and place of a session that stood at turn `was`.

        TurnMovedError where it stands there no more.
        """
        row = {**values, "is_id": session, "was_turn": was, "changed_at": self._now}
        if self._db.execute(statements.SAVE_SESSION, row).rowcount != 1:
            raise TurnMovedError

    def leave_place(self, learner: int, place: str, flow: str, keep: str = "") -> None:
        """Stop sending what is typed in a place to sessions of a flow, but for one."""
        self._db.execute(
            update(SESSION)
            .where(
                SESSION.c.learner_id == learner,
                SESSION.c.place == place,
                SESSION.c.flow == flow,
                SESSION.c.id != keep,
            )
            .values(place="")
        )

    def progress(self, learner: int) -> Progress:
        """Return all marks of a learner in this course."""
        key = {"learner": learner, "course": self._course}
        found = self._db.execute(statements.FIND_MARKS, key)
        return Progress(
            {
                (Kind(row.kind), row.subject): Mark(
                    row.latest, row.best, row.out_of, row.attempts, row.done_at, row.changed_at
                )
                for row in found
            }
        )

    def talk(self, session: str) -> tuple[tuple[Exchange, ...], Summary | None]:
        """Return the last exchanges of a conversation, oldest first, and those before in short."""
        before = summaries.load(self._db, session)
        return summaries.history(self._db, session, before.upto if before else 0), before

    def record(self, learner: int, session: str, effect: Record) -> None:
        """Keep an answer."""
        self._db.execute(
            statements.ADD_ANSWER,
            {
                "session_id": session,
                "question": effect.question,
                "learner_id": learner,
                "course": self._course,
                "kind": effect.kind,
                "subject": effect.subject,
                "attempt": effect.attempt,
                "chosen": effect.chosen,
                "correct": effect.correct,
                "at": self._now,
            },
        )

    def finish(self, learner: int, session: str, effect: Finish) -> None:
        """Keep a result, and raise the mark it belongs to."""
        key = (effect.kind, effect.subject)
        before = self.progress(learner).mark(*key)
        attempts = (before.attempts if before else 0) + 1
        self._db.execute(
            statements.ADD_RESULT,
            {
                "session_id": session,
                "learner_id": learner,
                "course": self._course,
                "kind": effect.kind,
                "subject": effect.subject,
                "attempt": effect.attempt,
                "score": effect.score,
                "out_of": effect.out_of,
                "passed": effect.passed,
                "at": self._now,
            },
        )
        if effect.kind is Kind.TEST:
            self._db.execute(statements.SPEND_WAIVER, {"learner": learner})
        complete = effect.passed or effect.kind is not Kind.TEST
        best = max(effect.score, before.best if before else 0)
        self._raise_mark(
            learner, key, before, (effect.score, best, effect.out_of), attempts, complete
        )

    def advance(self, learner: int, effect: Advance) -> None:
        """Raise the mark of a lesson or lab; it never goes back."""
        key = (effect.kind, effect.subject)
        before = self.progress(learner).mark(*key)
        done = max(effect.done, before.latest if before else 0)
        points = (done, done, effect.out_of)
        self._raise_mark(learner, key, before, points, 0, done >= effect.out_of)

    def _raise_mark(self, learner: int, key: tuple[Kind, str], *change: Any) -> None:
        marks.put(self._db, (learner, self._course, *key), self._now, *change)

    def remember(self, learner: int, session: str, effect: Remember) -> None:
        """Keep an exchange with the tutor."""
        self._db.execute(
            statements.ADD_EXCHANGE,
            {
                "learner_id": learner,
                "course": self._course,
                "session_id": session,
                "lesson": effect.lesson,
                "question": effect.question,
                "answer": effect.answer,
                "covered": effect.covered,
                "counted": effect.counted,
                "at": self._now,
            },
        )
        if effect.summary is not None:
            summaries.save(self._db, learner, self._course, session, effect.summary)

    def export(self, learner: int) -> dict[str, list[dict[str, Any]]]:
        """Return every row kept about a learner, by table; see bot.store.personal."""
        return personal.export(self._db, learner)

    def forget(self, learner: int) -> None:
        """Delete every row kept about a learner."""
        personal.forget(self._db, learner)
