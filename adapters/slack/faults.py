"""What went wrong before an act reached the desk: logged, and told wherever Slack leaves a way."""

from __future__ import annotations

from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import words
from adapters.slack.work import OK
from bot.observe.faults import report

log = structlog.get_logger(__name__)


async def fault(
    error: Exception, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> BoltResponse | None:
    """Tell the learner under which number it is in the log; return what a form is to show.

    None leaves the delivery unacknowledged, as is right for what is not recorded.
    """
    error_id = report(error, payload=_kind(body))
    told = words.FAILED.format(error_id=error_id)
    if body.get("type") == "view_submission":
        shown = {"response_action": "update", "view": _view(told)}
        return BoltResponse(status=OK, body=shown)
    try:
        await _tell(told, body, context, client)
    except Exception:
        log.exception("a fault could not be told", error=error_id)
    return None


async def _tell(
    told: str, body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient
) -> None:
    event = body.get("event") or {}
    if body.get("response_url") and context.respond is not None:
        await context.respond(text=told, response_type="ephemeral", replace_original=False)
    elif event.get("channel_type") == "im" and event.get("user"):
        await client.chat_postMessage(channel=event["channel"], text=told)


def _kind(body: dict[str, Any]) -> str:
    """What Slack delivered, such as block_actions, message or a command's name."""
    return str((body.get("event") or body).get("type") or body.get("command") or "")


def _view(told: str) -> dict[str, Any]:
    said = {"type": "section", "text": {"type": "plain_text", "text": told}}
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": words.FAILED_TITLE},
        "close": {"type": "plain_text", "text": words.CLOSE},
        "blocks": [said],
    }
