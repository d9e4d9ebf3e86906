"""Many workspaces: installations and OAuth states in the course's own database, tokens sealed."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from cryptography.fernet import Fernet, InvalidToken
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models import Bot, Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlalchemy import ColumnElement, Engine, and_, delete, insert, or_, select

from adapters.slack.manifest import scopes
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.slack_tables import INSTALLATION, STATE

STATE_SECONDS = 600
STATE_BYTES = 32

log = logging.getLogger(__name__)


def authorization(settings: Settings) -> dict[str, Any]:
    """Return AsyncApp's arguments for OAuth, or none where one bot token serves one workspace."""
    if not settings.slack_client_id:
        return {}
    if settings.slack_client_secret is None:
        raise click.UsageError(
            "SEMINAR_SLACK_CLIENT_ID is set without SEMINAR_SLACK_CLIENT_SECRET."
        )
    database = open_database(settings.database)
    oauth = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=scopes(),
        user_scopes=[],
        installation_store=SqlInstallations(database, seal(settings)),
        installation_store_bot_only=True,
        state_store=SqlStates(database),
        state_expiration_seconds=STATE_SECONDS,
    )
    # Without it, every press would cost a call of auth.test; a revoked token is no longer found.
    oauth.authorize.cache_enabled = True  # type: ignore[attr-defined]
    return {"oauth_settings": oauth}


def seal(settings: Settings) -> Fernet:
    """Return what encrypts tokens at rest; UsageError where there is no usable key."""
    if settings.encryption_key is None:
        raise click.UsageError(
            "SEMINAR_ENCRYPTION_KEY is not set; make one with: python -c "
            "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
        )
    try:
        return Fernet(settings.encryption_key.get_secret_value())
    except ValueError as problem:
        raise click.UsageError(
            "SEMINAR_ENCRYPTION_KEY is no Fernet key: 32 bytes in URL-safe base64."
        ) from problem


class SqlInstallations(AsyncInstallationStore):
    """Installations by enterprise, team and installing user; the newest speaks for its team."""

    def __init__(self, database: Engine, seal: Fernet) -> None:
        self._database, self._seal = database, seal

    @property
    def logger(self) -> logging.Logger:
        """The log that Bolt writes to."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation in the place of the same installer's last one."""
        await asyncio.to_thread(self._save, installation)

    async def async_save_bot(self, bot: Bot) -> None:
        """Do nothing: a bot is kept as part of its installation."""

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        is_enterprise_install: bool | None = False,
    ) -> Bot | None:
        """Return the bot of a workspace, or of its whole enterprise."""
        found = await self.async_find_installation(
            enterprise_id=enterprise_id,
            team_id=team_id,
            is_enterprise_install=is_enterprise_install,
        )
        return found.to_bot() if found else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Return the newest installation that covers these ids, or None."""
        team = "" if is_enterprise_install else team_id or ""
        sealed = await asyncio.to_thread(self._newest, enterprise_id or "", team, user_id)
        return self._unseal(sealed) if sealed else None

    async def of_host(self, host: str) -> Bot | None:
        """Return the bot of a class's host: a workspace, or an organisation that has it whole.

        A workspace may be part of an organisation, which the records of a class do not tell.
        """
        sealed = await asyncio.to_thread(self._newest_of, host) if host else None
        found = self._unseal(sealed) if sealed else None
        return found.to_bot() if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace: without its bot's token there is nothing to keep."""
        await self.async_delete_all(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget what one user installed, or everything in the workspace."""
        await asyncio.to_thread(self._delete, enterprise_id or "", team_id or "", user_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace, because the app was uninstalled there."""
        await asyncio.to_thread(self._delete, enterprise_id or "", team_id or "", None)

    def _save(self, installation: Installation) -> None:
        key = {
            "enterprise": installation.enterprise_id or "",
            "team": "" if installation.is_enterprise_install else installation.team_id or "",
            "user": installation.user_id,
        }
        # Who installed it stands in the row alone, where it can be deleted.
        kept = json.dumps({**installation.to_dict(), "user_id": ""}, default=str).encode()
        with self._database.begin() as connection:
            connection.execute(delete(INSTALLATION).where(*_at(**key)))
            connection.execute(
                insert(INSTALLATION).values(
                    **key,
                    installed_at=datetime.fromtimestamp(installation.installed_at, UTC),
                    sealed=self._seal.encrypt(kept).decode(),
                )
            )

    def _newest(self, enterprise: str, team: str, user: str | None) -> str | None:
        return self._first(*_at(enterprise, team, user))

    def _newest_of(self, host: str) -> str | None:
        """A workspace's id is a team's in every organisation; a whole organisation has no team."""
        whole = and_(INSTALLATION.c.enterprise == host, INSTALLATION.c.team == "")
        return self._first(or_(INSTALLATION.c.team == host, whole))

    def _first(self, *where: ColumnElement[bool]) -> str | None:
        newest = select(INSTALLATION.c.sealed).where(*where)
        newest = newest.order_by(INSTALLATION.c.installed_at.desc()).limit(1)
        with self._database.connect() as connection:
            return connection.execute(newest).scalar()

    def _delete(self, enterprise: str, team: str, user: str | None) -> None:
        with self._database.begin() as connection:
            connection.execute(delete(INSTALLATION).where(*_at(enterprise, team, user)))

    def _unseal(self, sealed: str) -> Installation | None:
        try:
            kept = json.loads(self._seal.decrypt(sealed.encode()))
        except InvalidToken:
            log.error("an installation was sealed with another SEMINAR_ENCRYPTION_KEY")  # noqa: TRY400
            return None
        return Installation(**kept)


class SqlStates(AsyncOAuthStateStore):
    """OAuth states: each can be used once, within ten minutes, at any worker."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        """The log that Bolt writes to."""
        return log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """Return a new state."""
        return await asyncio.to_thread(self._issue)

    async def async_consume(self, state: str) -> bool:
        """Use a state up; False where it is unknown, used or too old."""
        return await asyncio.to_thread(self._consume, state)

    def _issue(self) -> str:
        state = secrets.token_urlsafe(STATE_BYTES)
        expires = _now() + timedelta(seconds=STATE_SECONDS)
        with self._database.begin() as connection:
            connection.execute(delete(STATE).where(STATE.c.expires_at < _now()))
            connection.execute(insert(STATE).values(state=state, expires_at=expires))
        return state

    def _consume(self, state: str) -> bool:
        used = delete(STATE).where(STATE.c.state == state, STATE.c.expires_at >= _now())
        with self._database.begin() as connection:
            return connection.execute(used).rowcount == 1


def _at(enterprise: str, team: str, user: str | None) -> list[ColumnElement[bool]]:
    where = [INSTALLATION.c.enterprise == enterprise, INSTALLATION.c.team == team]
    return where if user is None else [*where, INSTALLATION.c.user == user]


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 (states expire by the wall clock)
