"""Pictures to Slack: uploaded once each, then shown by their file id in any card.

The file is uploaded to no channel, so an ephemeral card shows it to its learner alone, and the
alt text goes up with it.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterable

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.features import FAILURES
from adapters.slack.memory import keep
from adapters.slack.render.card import MAX_ALT
from adapters.slack.render.text import clip
from bot.replies import Picture

MAX_KNOWN = 2_000
"""Uploads remembered at most, so that a figure is not sent up for every learner."""

MAX_ALT_UPLOAD = 1000

log = logging.getLogger(__name__)


class Pictures:
    """Remembers which file id each picture got in each team."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def files(
        self, client: AsyncWebClient, team: str, pictures: Iterable[Picture]
    ) -> dict[str, str]:
        """Return file ids by source; one that cannot be uploaded is left out, and logged."""
        files = {}
        for picture in pictures:
            file = await self._file(client, team, picture) if picture.png else None
            if file is not None:
                files[picture.source] = file
        return files

    async def _file(self, client: AsyncWebClient, team: str, picture: Picture) -> str | None:
        key = (team, hashlib.sha256(picture.png).hexdigest())
        if key not in self._known:
            try:
                keep(self._known, key, await _upload(client, picture), MAX_KNOWN)
            except FAILURES as error:
                log.warning("picture %s was not uploaded: %s", picture.source, error)
                return None
        return self._known[key]


async def _upload(client: AsyncWebClient, picture: Picture) -> str:
    done = await client.files_upload_v2(
        filename="figure.png",
        title=clip(picture.caption or picture.alt, MAX_ALT),
        content=picture.png,
        alt_txt=clip(picture.alt, MAX_ALT_UPLOAD),
    )
    return str(done["files"][0]["id"])
