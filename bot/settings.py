"""Every setting in one typed object: SEMINAR_… variables, `.env`, or secrets in files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import knowledge

SECRETS = Path("/run/secrets")
"""Where containers find their secrets: a file SEMINAR_<NAME> for a setting that is no variable."""

BUILT_IN_COURSE = Path(knowledge.__file__).parent / "courses" / "long-context"

DISCORD_ROLE = "discord-role:"
_MODERATOR = re.compile(rf"slack:[UW][A-Z0-9]+|discord:[0-9]+|{DISCORD_ROLE}[0-9]+")


class Settings(BaseSettings):
    """What an operator can set; each field is the variable SEMINAR_<NAME>."""

    model_config = SettingsConfigDict(
        env_prefix="SEMINAR_",
        env_file=".env",
        extra="ignore",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
    )

    course: Path = Field(BUILT_IN_COURSE, description="Folder of the course to teach.")
    data: Path = Field(Path.home() / ".seminar", description="Folder for records, index and logs.")
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL by URL; SQLite in the data folder without it."
    )
    chroma_url: str | None = Field(
        None, description="A Chroma server; embedded in the data folder without it."
    )
    encoder: str = Field(
        "all-MiniLM-L6-v2", description="The sentence-transformers model of the index."
    )
    model: str | None = Field(
        None, description="The tutor's model, provider:name; without it, the offline tutor answers."
    )
    model_base_url: str | None = Field(
        None, description="Address of an OpenAI-compatible server, or of Ollama."
    )
    model_api_key: SecretStr | None = Field(
        None, description="The model's key; without it, the provider's own variable is read."
    )
    model_temperature: float | None = Field(
        0.2, ge=0, le=2, description="How freely the model words; empty for models that take none."
    )
    model_timeout: float = Field(
        60, gt=0, le=110, description="Seconds that a whole answer of the model may take."
    )
    model_max_tokens: int = Field(1000, gt=0, description="Most tokens of one answer of the model.")
    model_tools: bool = Field(True, description="Whether the model is offered tools.")
    model_learner_tokens_per_day: int = Field(
        100_000, ge=0, description="Tokens that one learner may use in a UTC day; 0: any number."
    )
    model_workspace_tokens_per_day: int = Field(
        2_000_000, ge=0, description="Tokens that a workspace may use in a UTC day; 0: any number."
    )
    model_concurrency: int = Field(
        8, ge=0, description="Answers of the model that all workers make at once; 0: any number."
    )
    keep_transcripts_days: int = Field(
        365, ge=0, description="Days that exchanges with the tutor are kept; 0 keeps them for good."
    )
    keep_deliveries_days: int = Field(
        30, ge=0, description="Days that a platform's deliveries are remembered; 0: for good."
    )
    keep_sessions_days: int = Field(
        90, ge=0, description="Days that ended sessions can be looked over; 0: for good."
    )
    log_level: str = Field("INFO", description="Least level of what is logged.")
    discord_token: SecretStr | None = Field(None, description="The Discord bot's token.")
    discord_dev_guild: int | None = Field(
        None, description="Sync commands to this server alone, at once, while developing."
    )
    discord_shard_count: int | None = Field(
        None, ge=1, description="Shards of the bot in all; as many as Discord advises without it."
    )
    discord_shard_ids: list[int] | None = Field(
        None, description="The shards that this process runs, such as [0,1]; all without it."
    )
    slack_bot_token: SecretStr | None = Field(None, description="xoxb- token of the workspace.")
    slack_app_token: SecretStr | None = Field(None, description="xapp- token for Socket Mode.")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret, for HTTP.")
    slack_client_id: str | None = Field(None, description="OAuth client id, for many workspaces.")
    slack_client_secret: SecretStr | None = Field(None, description="OAuth client secret.")
    moderators: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(),
        description="Moderators beyond the platform's own: slack:U12,discord:34,discord-role:56.",
    )
    slack_external_users: bool = Field(
        True, description="Whether Slack Connect guests may take the course."
    )
    http_host: str = Field("127.0.0.1", description="Address the HTTP server listens on.")
    http_port: int = Field(8080, description="Port the HTTP server listens on.")
    metrics_port: int | None = Field(
        None, description="Port of /metrics where there is no HTTP server: Discord, Socket Mode."
    )
    encryption_key: SecretStr | None = Field(
        None, description="Key (Fernet) that encrypts Slack installation tokens at rest."
    )

    @field_validator("model", "model_base_url", "model_api_key", "model_temperature", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("moderators", mode="before")
    @classmethod
    def _listed(cls, value: str | frozenset[str]) -> frozenset[str]:
        """The entries of a list with commas; each names one person, or one role of Discord's."""
        given = value.split(",") if isinstance(value, str) else value
        names = frozenset(name.strip() for name in given) - {""}
        wrong = sorted(name for name in names if not _MODERATOR.fullmatch(name))
        if wrong:
            raise PydanticCustomError(
                "moderators",
                "“{name}” names nobody: write ids such as slack:U0123, discord:456 or "
                "discord-role:789, with commas between",
                {"name": wrong[0]},
            )
        return names

    @property
    def discord_moderator_roles(self) -> frozenset[int]:
        """The ids of the Discord roles whose holders run the class in their server."""
        roles = (name for name in self.moderators if name.startswith(DISCORD_ROLE))
        return frozenset(int(name.removeprefix(DISCORD_ROLE)) for name in roles)

    @property
    def database(self) -> str:
        """The URL of the records' database."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data / 'seminar.db'}"
