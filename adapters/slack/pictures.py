"""Pictures to Slack: uploaded once each, then shown by their file id in any card.

The file is uploaded to no channel, so an ephemeral card shows it to its learner alone, and the
alt text goes up with it.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.features import FAILURES
from adapters.slack.memory import keep
from adapters.slack.render.card import MAX_ALT, Message
from adapters.slack.render.text import clip
from bot.replies import Picture

MAX_KNOWN = 2_000
"""Uploads remembered at most, so that a figure is not sent up for every learner."""

MAX_ALT_UPLOAD = 1000

log = logging.getLogger(__name__)


class Pictures:
    """Remembers which file id each picture got where the app is installed.

    A file belongs to who uploaded it, the app in one workspace or organisation (`host`), whoever
    looks at it.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    def known(self, host: str, picture: Picture) -> str | None:
        """Return the file id of a picture that was uploaded there before."""
        return self._known.get(_key(host, picture))

    async def file(
        self, client: AsyncWebClient, host: str, picture: Picture, lost: str = ""
    ) -> str | None:
        """Return the file id of a picture, but not `lost`; None where it cannot be uploaded."""
        known = self.known(host, picture)
        if known is not None and known != lost:
            return known
        try:
            uploaded = await _upload(client, picture)
        except FAILURES as error:
            log.warning("picture %s was not uploaded: %s", picture.source, error)
            return None
        return keep(self._known, _key(host, picture), uploaded, MAX_KNOWN)


class Album:
    """The pictures of one act's replies."""

    def __init__(self, pictures: Pictures, client: AsyncWebClient, host: str) -> None:
        self._pictures, self._client, self._host = pictures, client, host
        self._files: dict[str, str] = {}
        self._old: dict[str, Picture] = {}

    async def files(self, pictures: Iterable[Picture]) -> Mapping[str, str]:
        """Return the file ids by source of these and all before them.

        One that cannot be uploaded is left out, and logged.
        """
        for picture in pictures:
            if not picture.png or picture.source in self._files:
                continue
            if known := self._pictures.known(self._host, picture):
                self._old[known] = picture
            file = await self._pictures.file(self._client, self._host, picture)
            if file is not None:
                self._files[picture.source] = file
        return self._files

    async def anew(self, message: Message) -> Message:
        """Return a message that Slack refused with its old files uploaded anew, each once."""
        blocks = [
            {**block, "slack_file": {"id": await self._renewed(block["slack_file"]["id"])}}
            if block["type"] == "image"
            else block
            for block in message.blocks
        ]
        return Message(message.text, blocks)

    async def _renewed(self, file: str) -> str:
        picture = self._old.pop(file, None)
        if picture is None:
            return file
        log.info("picture %s may be gone from Slack and is uploaded anew", picture.source)
        renewed = await self._pictures.file(self._client, self._host, picture, lost=file) or file
        self._files[picture.source] = renewed
        return renewed


def _key(host: str, picture: Picture) -> tuple[str, str]:
    return host, hashlib.sha256(picture.png).hexdigest()


async def _upload(client: AsyncWebClient, picture: Picture) -> str:
    done = await client.files_upload_v2(
        filename="figure.png",
        title=clip(picture.caption or picture.alt, MAX_ALT),
        content=picture.png,
        alt_txt=clip(picture.alt, MAX_ALT_UPLOAD),
    )
    return str(done["files"][0]["id"])
