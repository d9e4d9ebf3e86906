"""Every setting in one typed object, read from SEMINAR_… variables and `.env`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

import knowledge

BUILT_IN_COURSE = Path(knowledge.__file__).parent / "courses" / "long-context"


class Settings(BaseSettings):
    """What an operator can set; each field is the variable SEMINAR_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="SEMINAR_", env_file=".env", extra="ignore")

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
    log_level: str = Field("INFO", description="Least level of what is logged.")
    discord_token: SecretStr | None = Field(None, description="The Discord bot's token.")
    discord_dev_guild: int | None = Field(
        None, description="Sync commands to this server alone, at once, while developing."
    )
    slack_bot_token: SecretStr | None = Field(None, description="xoxb- token of the workspace.")
    slack_app_token: SecretStr | None = Field(None, description="xapp- token for Socket Mode.")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret, for HTTP.")
    slack_client_id: str | None = Field(None, description="OAuth client id, for many workspaces.")
    slack_client_secret: SecretStr | None = Field(None, description="OAuth client secret.")
    slack_command: str = Field("/seminar", description="The one slash command that holds all.")
    slack_external_users: bool = Field(
        True, description="Whether Slack Connect guests may take the course."
    )
    http_host: str = Field("127.0.0.1", description="Address the HTTP server listens on.")
    http_port: int = Field(8080, description="Port the HTTP server listens on.")
    encryption_key: SecretStr | None = Field(
        None, description="Key (Fernet) that encrypts Slack installation tokens at rest."
    )

    @property
    def database(self) -> str:
        """The URL of the records' database."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data / 'seminar.db'}"
