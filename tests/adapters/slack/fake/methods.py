"""The Web API methods of the fake Slack: each checks its arguments and changes the state."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.adapters.slack.fake import limits
from tests.adapters.slack.fake.state import File, Message, Refusal, State

Args = dict[str, Any]
Method = Callable[[State, Args, str], dict[str, Any]]

METHODS: dict[str, tuple[Method, str]] = {}
"""Every method by name, with the scope that it needs."""

POSTING = {
    "channel", "text", "blocks", "thread_ts", "unfurl_links", "unfurl_media", "link_names",
    "parse", "user", "ts", "team_id",
}  # fmt: skip


def method(name: str, scope: str, *allowed: str) -> Callable[[Method], Method]:
    """Register a method; an argument that it does not take is refused."""

    def register(function: Method) -> Method:
        def checked(state: State, args: Args, base: str) -> dict[str, Any]:
            unknown = set(args) - set(allowed) - {"team_id"}
            if unknown:
                raise Refusal("invalid_arguments", [f"unknown: {sorted(unknown)}"])
            return function(state, args, base)

        METHODS[name] = (checked, scope)
        return function

    return register


def needed(args: Args, *names: str) -> None:
    """Refuse where an argument is missing."""
    missing = [name for name in names if not args.get(name)]
    if missing:
        raise Refusal("invalid_arguments", [f"missing: {missing}"])


def check_blocks(state: State, args: Args) -> list[Any]:
    """Return the blocks of a message, if Slack would take them."""
    blocks = args.get("blocks") or []
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    if not args.get("text", "").strip():
        raise Refusal("no_text", ["text= is what notifications and screen readers get"])
    if len(args["text"]) > 4000:
        raise Refusal("msg_too_long")
    checked = blocks and state.strict
    found = limits.problems(blocks, "message", state.files) if checked else []
    if "msg_blocks_too_long" in found:
        raise Refusal("msg_blocks_too_long")
    if found:
        raise Refusal("invalid_blocks", found)
    return list(blocks)


def speak(state: State, channel: str) -> None:
    """Refuse where the bot is no member of a conversation."""
    if channel not in state.channels:
        raise Refusal("channel_not_found")
    if state.bot_user not in state.channels[channel].members:
        raise Refusal("not_in_channel")


@method("auth.test", "")
def auth_test(state: State, args: Args, base: str) -> dict[str, Any]:
    return {
        "url": base,
        "team": "School",
        "user": "seminar",
        "team_id": "T1",
        "user_id": state.bot_user,
        "bot_id": "BBOT",
    }


@method("chat.postMessage", "chat:write", *POSTING)
def post_message(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel")
    channel = args["channel"]
    if channel in state.people:
        channel = state.dm(channel).id
    speak(state, channel)
    message = Message(
        channel, state.stamp(), state.bot_user, args.get("text", ""), check_blocks(state, args)
    )
    message.thread = args.get("thread_ts") or ""
    state.messages.append(message)
    state.revise(message)
    return {"channel": channel, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", *POSTING)
def post_ephemeral(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel", "user")
    speak(state, args["channel"])
    if args["user"] not in state.channels[args["channel"]].members:
        raise Refusal("user_not_in_channel")
    blocks = check_blocks(state, args)
    message = Message(args["channel"], state.stamp(), state.bot_user, args["text"], blocks)
    message.only, message.thread = args["user"], args.get("thread_ts") or ""
    live = any(m.thread == message.thread and not m.only for m in state.messages)
    if not message.thread or live:
        state.messages.append(message)
        state.revise(message)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write", *POSTING)
def update(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel", "ts")
    speak(state, args["channel"])
    message = state.message(args["channel"], args["ts"])
    if message.author != state.bot_user:
        raise Refusal("cant_update_message")
    if message.streaming:
        raise Refusal("streaming_state_conflict")
    message.blocks, message.text = check_blocks(state, args), args["text"]
    state.revise(message)
    return {"channel": message.channel, "ts": message.ts}


STREAM = ("channel", "ts", "thread_ts", "markdown_text", "recipient_user_id", "recipient_team_id")


@method("chat.startStream", "chat:write", *STREAM)
def start_stream(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel", "thread_ts")
    speak(state, args["channel"])
    if not any(m.ts == args["thread_ts"] for m in state.messages):
        raise Refusal("invalid_thread_ts")
    message = Message(args["channel"], state.stamp(), state.bot_user, thread=args["thread_ts"])
    message.text, message.streaming = args.get("markdown_text") or "", True
    state.messages.append(message)
    state.revise(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.appendStream", "chat:write", *STREAM)
def append_stream(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel", "ts", "markdown_text")
    message = state.message(args["channel"], args["ts"])
    if not message.streaming:
        raise Refusal("message_not_in_streaming_state")
    message.text += args["markdown_text"]
    if len(message.text) > 12_000:
        raise Refusal("msg_too_long")
    state.revise(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.stopStream", "chat:write", *STREAM)
def stop_stream(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel", "ts")
    message = state.message(args["channel"], args["ts"])
    if not message.streaming:
        raise Refusal("message_not_in_streaming_state")
    message.streaming = False
    return {"channel": message.channel, "ts": message.ts}


@method("views.open", "", "trigger_id", "view")
def views_open(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "trigger_id", "view")
    view = _view(state, args, "modal")
    user = state.use_trigger(args["trigger_id"])
    shown = {**view, "id": state.name("V"), "hash": state.name("h")}
    state.modals.setdefault(user, []).append(shown)
    return {"view": shown}


@method("views.publish", "", "user_id", "view")
def views_publish(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "user_id", "view")
    view = _view(state, args, "home")
    state.homes[args["user_id"]] = {**view, "id": state.name("V"), "hash": state.name("h")}
    state.home_revisions[args["user_id"]] = next(state.revisions)
    return {"view": state.homes[args["user_id"]]}


def _view(state: State, args: Args, kind: str) -> dict[str, Any]:
    view = args["view"]
    view = json.loads(view) if isinstance(view, str) else view
    found = limits.view_problems(view, state.files)
    if found or view["type"] != kind:
        raise Refusal("invalid_arguments", found)
    return dict(view)


@method("conversations.open", "im:write", "users", "return_im")
def conversations_open(state: State, args: Args, base: str) -> dict[str, Any]:
    return {"channel": {"id": state.dm(args["users"]).id}}


@method("users.info", "users:read", "user", "include_locale")
def users_info(state: State, args: Args, base: str) -> dict[str, Any]:
    person = state.people.get(args["user"])
    if person is None:
        raise Refusal("user_not_found")
    user: dict[str, Any] = {"id": person.id, "team_id": person.team}
    user |= dict.fromkeys(person.flags, True)
    if person.enterprise:
        organisation = {"enterprise_id": person.enterprise, "id": person.id}
        user["enterprise_user"] = {**organisation, **dict.fromkeys(person.org_flags, True)}
    return {"user": user}


@method("files.getUploadURLExternal", "files:write", "filename", "length", "alt_txt")
def upload_url(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "filename", "length")
    if len(args.get("alt_txt") or "") > 1000:
        raise Refusal("invalid_arguments", ["alt_txt"])
    file = File(state.name("F"), args["filename"], args.get("alt_txt") or "")
    state.files[file.id] = file
    file.not_ready = state.slow_files
    return {"file_id": file.id, "upload_url": f"{base}upload/{file.id}"}


@method(
    "files.completeUploadExternal",
    "files:write",
    *("files", "channel_id", "initial_comment", "thread_ts"),
)
def complete_upload(state: State, args: Args, base: str) -> dict[str, Any]:
    done = []
    for entry in json.loads(args["files"]):
        file = state.files[entry["id"]]
        if not file.content:
            raise Refusal("file_not_found")
        file.complete, file.channel = True, args.get("channel_id") or ""
        done.append({"id": file.id, "title": entry.get("title", "")})
        if file.channel:
            speak(state, file.channel)
            said = f"{args.get('initial_comment') or ''} [{file.name}]"
            message = Message(file.channel, state.stamp(), state.bot_user, said)
            message.thread = args.get("thread_ts") or ""
            state.messages.append(message)
            state.revise(message)
    return {"files": done}


@method(
    "assistant.threads.setStatus",
    "assistant:write",
    *("channel_id", "thread_ts", "status", "loading_messages"),
)
def thread_status(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel_id", "thread_ts")
    if len(args.get("loading_messages") or []) > 10:
        raise Refusal("invalid_arguments", ["loading_messages"])
    state.statuses.setdefault((args["channel_id"], args["thread_ts"]), []).append(args["status"])
    return {}


@method("agents.sessions.setStatus", "chat:write", "channel_id", "thread_ts", "status", "title")
def session_status(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel_id", "thread_ts", "status")
    if args["status"] not in ("processing", "active", "suspended", "closed"):
        raise Refusal("invalid_arguments", ["status"])
    state.statuses.setdefault((args["channel_id"], args["thread_ts"]), []).append(args["status"])
    return {"status": args["status"]}


@method(
    "assistant.threads.setSuggestedPrompts",
    "assistant:write",
    *("channel_id", "thread_ts", "prompts", "title"),
)
def suggested_prompts(state: State, args: Args, base: str) -> dict[str, Any]:
    needed(args, "channel_id", "prompts")
    if len(args["prompts"]) > 4 or not all(p["title"] and p["message"] for p in args["prompts"]):
        raise Refusal("invalid_arguments", ["prompts"])
    if "thread_ts" not in args:  # with it, an agent's prompts silently go nowhere
        state.prompts[args["channel_id"]] = args["prompts"]
    return {}


@method("oauth.v2.access", "", "client_id", "client_secret", "code", "redirect_uri", "grant_type")
def oauth_access(state: State, args: Args, base: str) -> dict[str, Any]:
    if args.get("code") != "good-code":
        raise Refusal("invalid_code")
    return {
        "app_id": "A1",
        "token_type": "bot",
        "access_token": "xoxb-granted",
        "bot_user_id": state.bot_user,
        "scope": "chat:write",
        "team": {"id": "T1", "name": "School"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "UADA"},
    }
